"""统一组织架构接入: departments, users and roles of the existing platform, taken in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from attrs import evolve, frozen

from supervision_core.identity.model import (
    AccountData,
    Counterpart,
    CounterpartKind,
    Department,
    DepartmentData,
    DepartmentInvalid,
    GrantForbidden,
    HolderKind,
    Membership,
    PersonData,
    ToldDepartment,
    ToldRole,
    ToldUser,
    User,
    UserDraft,
    UserInvalid,
    UserKind,
    UserLocked,
    access_once_active,
    counterpart_id,
    downwards,
    duties_in,
)
from supervision_core.identity.ports import Counterparts, Departments, GrantSheets, Roles, Users
from supervision_core.identity.services.access import picture_of, sheet_of
from supervision_core.identity.services.departments import (
    AddDepartment,
    ChangeDepartment,
    DeleteDepartment,
    add_department,
    change_department,
    delete_department,
)
from supervision_core.identity.services.frame import Work, question, use_case
from supervision_core.identity.services.keeping import find, keep, require_everything
from supervision_core.identity.services.users import (
    ChangeUser,
    DeleteUser,
    RegisterUser,
    SwitchUser,
    change_user,
    delete_user,
    register_user,
    switch_user,
)
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import NotFound, Refused, Violation, refuse_if

Row = TypeVar("Row", ToldDepartment, ToldUser, ToldRole)
Counts = Mapping[str, Json]


@frozen(kw_only=True)
class SynchroniseDirectory:
    """At most 1,000 departments and users that the platform tells."""

    departments: tuple[ToldDepartment, ...] = ()
    users: tuple[ToldUser, ...] = ()


@use_case("identity.synchronise_directory")
def synchronise_directory(work: Work, cmd: SynchroniseDirectory) -> Counts:
    """统一组织架构接入: take in departments and users (with 兼职) by the platform's own ids.

    Unknown ones are added, others changed, deleted ones deleted logically; told twice, nothing
    changes the second time. No credential, no permission and no administrator is made, nor is an
    administrator touched. Answers how many were ``added``, ``changed``, ``deleted`` and the
    ``same``, and what was ``refused`` with each reason. Source: proposal 6.4.2.12.8.3.
    """
    require_everything(work, "identity.synchronise_directory")
    counts, refused = dict.fromkeys(("added", "changed", "deleted", "same"), 0), list[Json]()
    _each(work, downwards(cmd.departments), _department, counts, refused)
    _each(work, cmd.users, _user, counts, refused)
    return {**counts, "refused": refused}


def _each(
    work: Work,
    rows: Iterable[Row],
    take_in: Callable[[Work, Row], str],
    counts: dict[str, int],
    refused: list[Json],
) -> None:
    for row in rows:
        try:
            counts[take_in(work, row)] += 1
        except (Refused, NotFound) as refusal:
            refused += _refused(row.id, _reasons(refusal))


def _reasons(refusal: Refused | NotFound) -> Sequence[Violation]:
    if isinstance(refusal, NotFound):  # bound to what is not there any more
        return (Violation("identity.told_counterpart_gone"),)
    return refusal.reasons


def _refused(id: str, reasons: Iterable[Violation]) -> list[Json]:
    return [{"id": id, "code": one.code, "at": one.at, "data": dict(one.data)} for one in reasons]


def _counterpart(work: Work, kind: CounterpartKind, foreign: str) -> Counterpart:
    found = find(work.unit, Counterparts, counterpart_id(kind, foreign))
    return found or Counterpart.of(kind, foreign)


def _bound(work: Work, link: Counterpart, local: str) -> None:
    if link.local != local:
        link.bind(local)
        work.save(Counterparts, link)


def _department(work: Work, told: ToldDepartment) -> str:
    link = _counterpart(work, CounterpartKind.DEPARTMENT, told.id)
    if told.deleted:
        if not link.local or work[Departments].get(link.local).deleted:
            return "same"
        delete_department.body(work, DeleteDepartment(department_id=link.local))
        return "deleted"
    known = (
        work[Departments].get(link.local) if link.local
        else work[Departments].find_by_code(told.code)
    )  # fmt: skip
    data = _data_of(work, told, known)
    if known is None:
        _bound(work, link, add_department.body(work, AddDepartment(data=data)))
        return "added"
    changed = data != known.data
    if changed:
        command = ChangeDepartment(department_id=known.id, data=data, enabled=known.enabled)
        change_department.body(work, command)
    _bound(work, link, known.id)
    return "changed" if changed else "same"


def _data_of(work: Work, told: ToldDepartment, known: Department | None) -> DepartmentData:
    """Give what is told, and what was known of all else."""
    before = DepartmentData(name="", code="", region="") if known is None else known.data
    parent = _counterpart(work, CounterpartKind.DEPARTMENT, told.parent).local
    if told.parent and not parent:
        data = {"id": told.parent}
        raise DepartmentInvalid((Violation("identity.told_department_unknown", "parent", data),))
    return evolve(
        before,
        name=told.name,
        code=told.code,
        region=told.region,
        parent=parent,
        order=told.order,
    )


def _user(work: Work, told: ToldUser) -> str:
    link = _counterpart(work, CounterpartKind.USER, told.id)
    known = work[Users].get(link.local) if link.local else None
    if told.deleted:
        if known is None or known.deleted:
            return "same"
        _require_no_duty(work, known)
        delete_user.body(work, DeleteUser(user_id=known.id))
        return "deleted"
    known = known or _same_person(work, told)
    draft = _draft_of(work, told, known)
    if known is None:
        made = register_user.body(work, RegisterUser(draft=draft))
        if not told.enabled:
            switch_user.body(work, SwitchUser(user_id=made, enabled=False))
        _bound(work, link, made)
        return "added"
    if known.deleted:
        raise UserLocked((Violation("identity.user_deleted"),))
    changed, switched = draft != known.draft, told.enabled != known.active
    if changed or switched:
        _require_no_duty(work, known)
    if changed:
        change_user.body(work, ChangeUser(user_id=known.id, draft=draft))
    if switched:
        switch_user.body(work, SwitchUser(user_id=known.id, enabled=told.enabled))
    _bound(work, link, known.id)
    return "changed" if changed or switched else "same"


def _same_person(work: Work, told: ToldUser) -> User | None:
    """Give who has that account here already, if his identity number says that it is he.

    An account alone proves nobody: whoever takes another's name there must not become him here.
    """
    found = work[Users].find_by_account(told.account)
    if found is not None and (
        not told.document_number
        or found.person.document_number != told.document_number
        or found.extended.kind is not UserKind.STAFF
    ):
        raise UserInvalid((Violation("identity.told_account_taken", "account"),))
    return found


def _draft_of(work: Work, told: ToldUser, known: User | None) -> UserDraft:
    """Give what is told, and what was known of all that is not."""
    before = (
        UserDraft(account=AccountData(account=""), person=PersonData())
        if known is None
        else known.draft
    )
    account = evolve(before.account, account=told.account, phone=told.phone or before.account.phone)
    person = evolve(
        before.person,
        name=told.name,
        document_number=told.document_number or before.person.document_number,
    )
    return evolve(
        before, account=account, person=person, memberships=_memberships(work, told, before)
    )


def _memberships(work: Work, told: ToldUser, before: UserDraft) -> tuple[Membership, ...]:
    places = {one.department: one for one in before.memberships}
    found, faults = [], []
    for one in told.posts:
        local = _counterpart(work, CounterpartKind.DEPARTMENT, one.department).local
        if local:
            place = places.get(local, Membership(department=local))
            found.append(evolve(place, post=one.post or place.post))
        else:
            data = {"id": one.department}
            faults.append(Violation("identity.told_department_unknown", "posts", data))
    refuse_if(UserInvalid, faults)
    return tuple(found)


def _require_no_duty(work: Work, user: User) -> None:
    """Demand that he is no administrator: those are maintained here, by each other."""
    access = access_once_active(user, picture_of(work.unit, user), on=local_day(work.now))
    if access.duties:
        raise UserLocked((Violation("identity.told_administrator"),))


@frozen(kw_only=True)
class SynchroniseRoles:
    """At most 1,000 roles that the platform tells, and users with theirs."""

    roles: tuple[ToldRole, ...] = ()
    users: tuple[ToldUser, ...] = ()


@use_case("identity.synchronise_roles")
def synchronise_roles(work: Work, cmd: SynchroniseRoles) -> Counts:
    """角色和用户角色关系: give users the roles here to which an administrator tied theirs there.

    A role that nobody tied gives nothing, one that holds an administrator's duty is refused. What
    was given by hand stays. Answers as ``synchronise_directory``. Source: proposal 6.4.2.12.8.3.
    """
    require_everything(work, "identity.synchronise_roles")
    counts, refused = dict.fromkeys(("added", "changed", "deleted", "same"), 0), list[Json]()
    _each(work, cmd.roles, _role, counts, refused)
    _each(work, cmd.users, _holder, counts, refused)
    return {**counts, "refused": refused}


def _role(work: Work, told: ToldRole) -> str:
    link = _counterpart(work, CounterpartKind.ROLE, told.id)
    wanted = (told.name, "" if told.deleted else link.local)
    if (link.name, link.local) == wanted and (link.version or told.deleted):
        return "same"
    outcome = "changed" if link.version else "added"
    link.call(told.name)
    link.bind(wanted[1])
    work.save(Counterparts, link)
    return "deleted" if told.deleted else outcome


def _holder(work: Work, told: ToldUser) -> str:
    link = _counterpart(work, CounterpartKind.USER, told.id)
    if not link.local:
        raise UserInvalid((Violation("identity.told_user_unknown"),))
    if told.deleted:
        return "same"
    ties = (_counterpart(work, CounterpartKind.ROLE, one).local for one in told.roles)
    wanted = frozenset(one for one in ties if one)
    sheet = sheet_of(work.unit, HolderKind.USER, link.local)
    new, gone = wanted - sheet.roles, (link.given - wanted) & sheet.roles
    for one in sorted(new):
        _require_plain(work, one)
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
    if duties_in(sheet_of(work.unit, HolderKind.ROLE, role).permissions):
        raise GrantForbidden((Violation("identity.tied_role_of_duty", "role_id", {"id": role}),))


@frozen(kw_only=True)
class TieRole:
    """A role of the platform, by its id there, and the role here that it stands for.

    Without a ``role_id`` it stands for nothing any more.
    """

    told_role: str
    role_id: str = ""


@use_case("identity.tie_role")
def tie_role(work: Work, cmd: TieRole) -> str:
    """Tie a role of the platform to one here, from the next synchronisation on.

    Who has it there will have this one here. Never one that holds an administrator's duty:
    administrators are made here only. For who reaches everything.
    """
    require_everything(work, "identity.tie_role")
    link = work[Counterparts].get(counterpart_id(CounterpartKind.ROLE, cmd.told_role))
    if cmd.role_id:
        _require_plain(work, cmd.role_id)
    link.bind(cmd.role_id)
    work.save(Counterparts, link)
    return link.id


@frozen(kw_only=True)
class ListToldRoles:
    """All roles that the platform has told."""


@frozen(kw_only=True)
class ToldRoleView:
    """A role of the platform, and the role here that it is tied to, if any."""

    told_role: str
    name: str
    role_id: str


@question("identity.list_told_roles")
def list_told_roles(work: Work, about: ListToldRoles) -> tuple[ToldRoleView, ...]:
    """List the platform's roles by their ids there, for who reaches everything."""
    del about
    require_everything(work, "identity.list_told_roles")
    found = work[Counterparts].of_kind(CounterpartKind.ROLE)
    views = (ToldRoleView(told_role=one.foreign, name=one.name, role_id=one.local) for one in found)
    return tuple(sorted(views, key=lambda one: one.told_role))
