"""What administrators list and look up: users, departments, regions, roles, grants, access."""

from typing import Final

from attrs import frozen

from supervision_core.identity.model import (
    Access,
    Grant,
    HolderKind,
    Predicate,
    RegionContent,
    UserKind,
    access_of,
)
from supervision_core.identity.ports import (
    DepartmentFilter,
    DepartmentQueries,
    DepartmentRow,
    GroupQueries,
    RegionFilter,
    RegionQueries,
    RoleFilter,
    RoleQueries,
    RoleRow,
    UserFilter,
    UserQueries,
)
from supervision_core.identity.services.access import picture_of, require_holder, sheet_of
from supervision_core.identity.services.frame import Work, question
from supervision_core.identity.services.keeping import is_super
from supervision_core.identity.services.questions import UserView, masked
from supervision_core.identity.services.users import managed_user
from supervision_core.kernel.days import local_day
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.registers import Entry

FIRST_PAGE: Final = PageRequest()


def _reach(work: Work) -> Predicate | None:
    """Give what the actor reaches of the directory: the super administrator everything."""
    return None if is_super(work) else work.actor.scope.predicate()


@frozen(kw_only=True)
class ListUsers:
    """Which users are wanted: ``text`` in the account; name, phone and document whole.

    Of one ``department`` its members come in their order there, main and other ones alike.
    """

    text: str = ""
    name: str = ""
    phone: str = ""
    document: str = ""
    department: str = ""
    kind: UserKind | None = None
    enabled: bool | None = None
    page: PageRequest = FIRST_PAGE


@question("identity.list_users")
def list_users(work: Work, about: ListUsers) -> Page[UserView]:
    """List the users within reach; what tells who they are, is masked.

    Source: proposal 6.4.1.4.2.6, 6.4.1.4 (1).
    """
    wanted = UserFilter(
        reach=_reach(work),
        text=about.text,
        name=about.name,
        phone=about.phone,
        document=about.document,
        department=about.department,
        kind=about.kind,
        enabled=about.enabled,
    )
    found = work[UserQueries].page(wanted, about.page)
    shown = (
        UserView(id=one.id, version=one.version, enabled=one.enabled, draft=masked(one.draft))
        for one in found.items
    )
    return Page(tuple(shown), found.next_cursor)


@frozen(kw_only=True)
class ListDepartments:
    """Which departments are wanted: ``text`` in name or code, right below ``parent``."""

    text: str = ""
    parent: str | None = None
    region: str = ""
    enabled: bool | None = None
    page: PageRequest = FIRST_PAGE


@question("identity.list_departments")
def list_departments(work: Work, about: ListDepartments) -> Page[DepartmentRow]:
    """List the departments within reach, by their order. Source: proposal 6.4.1.4 (4), .2.3."""
    wanted = DepartmentFilter(
        reach=_reach(work),
        text=about.text,
        parent=about.parent,
        region=about.region,
        enabled=about.enabled,
    )
    return work[DepartmentQueries].page(wanted, about.page)


@frozen(kw_only=True)
class ListManagedRegions:
    """Which of one's own regions are wanted: ``text`` in name or code, right below ``parent``."""

    text: str = ""
    parent: str | None = None
    page: PageRequest = FIRST_PAGE


@question("identity.list_managed_regions")
def list_managed_regions(work: Work, about: ListManagedRegions) -> Page[Entry[RegionContent]]:
    """List the regions within reach, by position. Source: proposal 6.4.1.4 (4), 6.4.2.3.3."""
    wanted = RegionFilter(reach=_reach(work), text=about.text, parent=about.parent)
    return work[RegionQueries].page(wanted, about.page)


@frozen(kw_only=True)
class ListRoles:
    """Which roles or groups are wanted: ``text`` in the name."""

    text: str = ""
    enabled: bool | None = None
    page: PageRequest = FIRST_PAGE


@question("identity.list_roles")
def list_roles(work: Work, about: ListRoles) -> Page[RoleRow]:
    """List the roles of departments within reach, and those of no department."""
    wanted = RoleFilter(reach=_reach(work), text=about.text, enabled=about.enabled)
    return work[RoleQueries].page(wanted, about.page)


@question("identity.list_groups")
def list_groups(work: Work, about: ListRoles) -> Page[RoleRow]:
    """List the groups of departments within reach, and those of no department."""
    wanted = RoleFilter(reach=_reach(work), text=about.text, enabled=about.enabled)
    return work[GroupQueries].page(wanted, about.page)


@frozen(kw_only=True)
class ViewGrants:
    """The holder whose grants are asked for."""

    holder: HolderKind
    holder_id: str


@frozen(kw_only=True)
class GrantsView:
    """What was granted to one holder: permissions with who gave them when, roles and groups."""

    id: str
    version: int
    grants: tuple[Grant, ...]
    roles: frozenset[str]
    groups: frozenset[str]


@question("identity.view_grants")
def view_grants(work: Work, about: ViewGrants) -> GrantsView:
    """Show what was granted to a holder whom the administrator manages."""
    require_holder(work, about.holder, about.holder_id)
    sheet = sheet_of(work.unit, about.holder, about.holder_id)
    return GrantsView(
        id=sheet.id,
        version=sheet.version,
        grants=sheet.grants,
        roles=sheet.roles,
        groups=sheet.groups,
    )


@frozen(kw_only=True)
class ViewAccess:
    """The user whose access is asked for."""

    user_id: str


@question("identity.view_access")
def view_access(work: Work, about: ViewAccess) -> Access:
    """Show what a managed user may do today, all sources together, and what he may pass on."""
    user = managed_user(work, about.user_id)
    return access_of(user, picture_of(work.unit, user), on=local_day(work.now))
