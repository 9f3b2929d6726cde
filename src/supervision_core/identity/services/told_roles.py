"""用户角色关系 of the existing platform: it gives here what an administrator tied it to."""

from functools import partial

from attrs import field, frozen

from supervision_core.identity.lists import DEPARTMENTS
from supervision_core.identity.model import (
    CounterpartKind,
    GrantForbidden,
    HolderKind,
    ToldRole,
    ToldUser,
    UserInvalid,
    counterpart_id,
    powers_in,
    source_of,
)
from supervision_core.identity.ports import (
    Counterparts,
    GrantSheets,
    Roles,
    Users,
)
from supervision_core.identity.services.access import sheet_of, sheets_of
from supervision_core.identity.services.authority import against_giving
from supervision_core.identity.services.frame import Work, question, use_case
from supervision_core.identity.services.keeping import keep, require_everything
from supervision_core.identity.services.organisation import Counts, counterpart_of, each_told
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import every_page


@frozen(kw_only=True)
class SynchroniseRoles:
    """At most 1,000 roles that the platform tells, and users with theirs."""

    roles: tuple[ToldRole, ...] = field(
        default=(), metadata=said("现有平台的角色，角色和用户合计至多1000个")
    )
    users: tuple[ToldUser, ...] = field(default=(), metadata=said("现有平台的用户及其角色"))


@use_case(
    "identity.synchronise_roles", "同步现有平台的用户角色", by_programs="由现有平台的接口送来"
)
def synchronise_roles(work: Work, cmd: SynchroniseRoles) -> Counts:
    """角色和用户角色关系: give users the roles here to which an administrator tied theirs there.

    A role that nobody tied gives nothing, one that holds an administrator's duty is refused. What
    was given by hand stays. Answers as ``synchronise_directory``. Source: proposal 6.4.2.12.8.3.
    """
    require_everything(work, "identity.synchronise_roles")
    counts, refused = dict.fromkeys(("added", "changed", "deleted", "same"), 0), list[Json]()
    each_told(work, cmd.roles, _role, counts, refused)
    each_told(work, cmd.users, _holder, counts, refused)
    return {**counts, "refused": refused}


def _role(work: Work, told: ToldRole) -> str:
    link = counterpart_of(work, CounterpartKind.ROLE, told.id)
    wanted = (told.name, "" if told.deleted else link.local)
    if (link.name, link.local) == wanted and (link.version or told.deleted):
        return "same"
    outcome = "changed" if link.version else "added"
    link.call(told.name)
    link.bind(wanted[1])
    work.save(Counterparts, link)
    return "deleted" if told.deleted else outcome


def _holder(work: Work, told: ToldUser) -> str:
    link = counterpart_of(work, CounterpartKind.USER, told.id)
    if not link.local:
        raise UserInvalid((Violation("identity.told_user_unknown"),))
    if told.deleted:
        return "same"
    ties = (counterpart_of(work, CounterpartKind.ROLE, one).local for one in told.roles)
    wanted = frozenset(one for one in ties if one)
    sheet = sheet_of(work.unit, HolderKind.USER, link.local)
    new, gone = wanted - sheet.roles, (link.given - wanted) & sheet.roles
    for one in sorted(new):
        _require_plain(work, one)
    moved = sheets_of(work.unit, HolderKind.ROLE, sorted(new | gone))
    places = work[Users].get(link.local).departments
    refuse_if(GrantForbidden, against_giving(work, map(source_of, moved), to=places))
    if link.local == work.actor.user and (new or gone):
        raise GrantForbidden((Violation("identity.own_access", "user_id"),))
    if new or gone:
        sheet.assign(roles=(sheet.roles - gone) | new, groups=sheet.groups, at=work.now)
        keep(work, GrantSheets, sheet)
    given = (link.given & wanted) | new
    if given != link.given:
        link.give(given)
        work.save(Counterparts, link)
    return "changed" if new or gone else "same"


def _require_plain(work: Work, role: str) -> None:
    """Demand that a role holds nothing of an administrator's duty."""
    work[Roles].get(role)
    if powers_in(sheet_of(work.unit, HolderKind.ROLE, role).permissions):
        raise GrantForbidden((Violation("identity.tied_role_of_duty", "role_id", {"id": role}),))


@frozen(kw_only=True)
class TieRole:
    """A role of the platform, by its id there, and the role here that it stands for.

    Without a ``role_id`` it stands for nothing any more.
    """

    told_role: str = field(metadata=said("现有平台的角色编号", example="5001"))
    role_id: str = field(
        default="", metadata=said("本系统的角色编号，为空则解除绑定", example="r1")
    )


@use_case("identity.tie_role", "绑定现有平台的角色")
def tie_role(work: Work, cmd: TieRole) -> str:
    """Tie a role of the platform to one here, from the next synchronisation on.

    Who has it there will have this one here. Never one that holds an administrator's duty:
    administrators are made here only. For who reaches everything and may give that role.
    """
    require_everything(work, "identity.tie_role")
    link = work[Counterparts].get(counterpart_id(CounterpartKind.ROLE, cmd.told_role))
    if cmd.role_id:
        _require_plain(work, cmd.role_id)
        tied = source_of(sheet_of(work.unit, HolderKind.ROLE, cmd.role_id))
        refuse_if(GrantForbidden, against_giving(work, [tied], to=_everywhere(work)))
    link.bind(cmd.role_id)
    work.save(Counterparts, link)
    return link.id


def _everywhere(work: Work) -> list[str]:
    """Give the departments at the top: whoever has the role there may work anywhere."""
    top = ListFilter(asked={"top": True})
    pages = every_page(partial(work[Lists].page, DEPARTMENTS, top))
    return [one.id for page in pages for one in page.items]


@frozen(kw_only=True)
class ListToldRoles:
    """All roles that the platform has told."""


@frozen(kw_only=True)
class ToldRoleView:
    """A role of the platform, and the role here that it is tied to, if any."""

    id: str = field(metadata=said("编号", example="n000001"))
    version: int = field(metadata=said("版本", example=1))
    told_role: str = field(metadata=said("现有平台的角色编号", example="5001"))
    name: str = field(metadata=said("现有平台的角色名称", example="检查人员"))
    role_id: str = field(metadata=said("绑定到本系统的角色编号，没有绑定则为空", example="r1"))


@question("identity.list_told_roles", "查看现有平台的角色")
def list_told_roles(work: Work, about: ListToldRoles) -> tuple[ToldRoleView, ...]:
    """List the platform's roles by their ids there, for who reaches everything."""
    del about
    require_everything(work, "identity.list_told_roles")
    found = work[Counterparts].of_kind(CounterpartKind.ROLE)
    views = (
        ToldRoleView(
            id=one.id,
            version=one.version,
            told_role=one.foreign,
            name=one.name,
            role_id=one.local,
        )
        for one in found
    )
    return tuple(sorted(views, key=lambda one: one.told_role))
