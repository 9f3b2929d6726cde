"""What other systems and administrators ask the directory: users, departments, regions, changes."""

from collections.abc import Sequence
from typing import Final

from attrs import evolve, frozen

from supervision_core.identity.model import (
    Department,
    DepartmentData,
    FirmProof,
    Purpose,
    RegionContent,
    User,
    UserDraft,
    UserKind,
)
from supervision_core.identity.ports import (
    DepartmentFilter,
    DepartmentQueries,
    DepartmentRow,
    Departments,
    DirectoryChange,
    DirectoryChanges,
    GroupQueries,
    RegionFilter,
    RegionQueries,
    Regions,
    RoleFilter,
    RoleQueries,
    RoleRow,
    UserFilter,
    UserQueries,
    UserRow,
    Users,
)
from supervision_core.identity.services.frame import Work, question, use_case
from supervision_core.identity.services.keeping import (
    administers,
    administers_one_of,
    require_everything,
)
from supervision_core.kernel.paging import FIRST_PAGE, Page, PageRequest
from supervision_core.kernel.registers import Entry

MOST_CHANGES: Final = 500
_SHOWN: Final = 4


@frozen(kw_only=True)
class UserView:
    """A user as others see him."""

    id: str
    version: int
    enabled: bool
    draft: UserDraft
    proof: FirmProof | None = None


@frozen(kw_only=True)
class Known:
    """Something by its id, with the name or account that people know it by."""

    id: str
    name: str


@frozen(kw_only=True)
class DepartmentView:
    """A department as others see it.

    ``above`` are the departments above it, from the top down, as far as the asker reaches them;
    ``appointed`` its administrators by account; ``managed`` says whether the asker administers it.
    """

    id: str
    version: int
    enabled: bool
    administrators: frozenset[str]
    data: DepartmentData
    above: tuple[Known, ...]
    appointed: tuple[Known, ...]
    managed: bool


@frozen(kw_only=True)
class RegionView:
    """A region as others see it."""

    id: str
    version: int
    enabled: bool
    position: int
    content: RegionContent


def _covered(text: str, shown: int = _SHOWN) -> str:
    """Give a text with all but its last signs covered; a short one is covered whole."""
    kept = text[len(text) - shown :] if len(text) > 2 * shown else ""
    return "*" * (len(text) - len(kept)) + kept


def masked(draft: UserDraft) -> UserDraft:
    """Give a user's data without what tells who he is (GB/T 35273: 去标识化展示).

    The surname, and the last four signs of phone and document, stay: enough to tell people whom
    one knows apart.
    """
    account, person = draft.account, draft.person
    name = person.name[:1] + "*" * (len(person.name) - 1)
    return evolve(
        draft,
        account=evolve(account, phone=_covered(account.phone), mail=_covered(account.mail, 0)),
        person=evolve(
            person,
            name=name,
            sex="",
            birthday=None,
            nationality="",
            document_number=_covered(person.document_number),
            address="",
        ),
    )


@frozen(kw_only=True)
class ViewUser:
    """The user to look at."""

    user_id: str


def _reached_user(work: Work, id: str) -> User:
    """Give a living user whom the actor administers, or who is within his reach.

    Within reach is who stands there by his main department, or by the party he acts for.
    """
    found = work[Users].get(id)
    home = found.memberships[0].department if found.memberships else ""
    region = work[Departments].get(home).data.region if home else ""
    parties = frozenset({found.extended.party} - {""})
    if found.deleted:
        raise work.foreign("user", id)
    if not any(administers(work, one) for one in sorted(found.departments)):
        work.reach("user", id, region=region, departments=found.departments, parties=parties)
    return found


@question("identity.view_user")
def view_user(work: Work, about: ViewUser) -> UserView:
    """Show a user; what tells who he is, is masked."""
    found = _reached_user(work, about.user_id)
    return UserView(
        id=found.id,
        version=found.version,
        enabled=found.active,
        draft=masked(found.draft),
        proof=found.proof,
    )


@frozen(kw_only=True)
class ShowPersonalData:
    """Whose personal data is wanted, and what for."""

    user_id: str
    purpose: Purpose


@use_case("identity.show_personal_data")
def show_personal_data(work: Work, about: ShowPersonalData) -> UserView:
    """Show a user with all his personal data; the log keeps who looked at whom, and what for."""
    found = _reached_user(work, about.user_id)
    work.wrote("user", found.id)
    work.note(purpose=about.purpose)
    return UserView(id=found.id, version=found.version, enabled=found.active, draft=found.draft)


@frozen(kw_only=True)
class ViewDepartment:
    """The department to look at."""

    department_id: str


def _reaches(work: Work, lineage: Sequence[Department]) -> bool:
    """Tell whether the actor reaches the first of ``lineage``, above which the others stand."""
    found = lineage[0]
    return not found.deleted and (
        administers_one_of(work, lineage)
        or work.actor.scope.covers(region=found.data.region, departments=frozenset({found.id}))
    )


def _department_view(work: Work, lineage: Sequence[Department]) -> DepartmentView:
    found = lineage[0]
    places = range(len(lineage) - 1, 0, -1)
    above = [lineage[at] for at in places if _reaches(work, lineage[at:])]
    accounts = {one: work[Users].get(one).account.account for one in found.administrators}
    return DepartmentView(
        id=found.id,
        version=found.version,
        enabled=found.enabled,
        administrators=found.administrators,
        data=found.data,
        above=tuple(Known(id=one.id, name=one.data.name) for one in above),
        appointed=tuple(
            Known(id=one, name=accounts[one])
            for one in sorted(accounts, key=lambda one: (accounts[one], one))
        ),
        managed=administers_one_of(work, lineage),
    )


@question("identity.view_department")
def view_department(work: Work, about: ViewDepartment) -> DepartmentView:
    """Show a department with its administrators, and what of those above it is within reach."""
    found = work[Departments].get(about.department_id)
    lineage = work[Departments].lineage(found.id)
    if not _reaches(work, lineage):
        raise work.foreign("department", found.id)
    return _department_view(work, lineage)


@frozen(kw_only=True)
class ViewRegion:
    """The region to look at."""

    region_id: str


def region_view(found: Entry[RegionContent]) -> RegionView:
    """Give a region as others see it."""
    return RegionView(
        id=found.id,
        version=found.version,
        enabled=found.enabled,
        position=found.position,
        content=found.content,
    )


@question("identity.view_region")
def view_region(work: Work, about: ViewRegion) -> RegionView:
    """Show a region; regions are public knowledge and within everybody's reach."""
    found = work[Regions].get(about.region_id)
    if found.deleted:
        raise work.foreign("region", found.id)
    return region_view(found)


@frozen(kw_only=True)
class ListUsers:
    """Which users are wanted; ``text`` is part of the account."""

    text: str = ""
    department: str = ""
    kind: UserKind | None = None
    enabled: bool | None = None
    page: PageRequest = FIRST_PAGE


@question("identity.list_users", looks_once=True, orders=("place",))
def list_users(work: Work, about: ListUsers) -> Page[UserView]:
    """List users within reach by account, or one department's by place (order ``place``)."""
    if not about.department:
        about.page.require_order()
    wanted = UserFilter(
        reach=work.actor.scope.predicate(),
        text=about.text,
        department=about.department,
        kind=about.kind,
        enabled=about.enabled,
    )
    return masked_page(work[UserQueries].page(wanted, about.page))


@frozen(kw_only=True)
class ListUsersByPerson:
    """Who is looked for: name, phone and number of the document are whole."""

    name: str = ""
    phone: str = ""
    document: str = ""
    page: PageRequest = FIRST_PAGE


@question("identity.list_users_by_person", looks_once=True)
def list_users_by_person(work: Work, about: ListUsersByPerson) -> Page[UserView]:
    """Find users within reach by who they are; what is not asked for stays masked."""
    wanted = UserFilter(
        reach=work.actor.scope.predicate(),
        name=about.name,
        phone=about.phone,
        document=about.document,
    )
    return masked_page(work[UserQueries].page(wanted, about.page))


def masked_page(found: Page[UserRow]) -> Page[UserView]:
    """Give a page of users as others see them."""
    views = (
        UserView(id=one.id, version=one.version, enabled=one.enabled, draft=masked(one.draft))
        for one in found.items
    )
    return Page(tuple(views), found.next_cursor)


@frozen(kw_only=True)
class ListDepartments:
    """Which departments are wanted: ``text`` in name or code, right below ``parent``."""

    text: str = ""
    parent: str | None = None
    region: str = ""
    enabled: bool | None = None
    page: PageRequest = FIRST_PAGE


@question("identity.list_departments", looks_once=True)
def list_departments(work: Work, about: ListDepartments) -> Page[DepartmentRow]:
    """List departments within reach by their place in the tree."""
    wanted = DepartmentFilter(
        reach=work.actor.scope.predicate(),
        text=about.text,
        parent=about.parent,
        region=about.region,
        enabled=about.enabled,
    )
    return work[DepartmentQueries].page(wanted, about.page)


@frozen(kw_only=True)
class ListRoles:
    """Which roles or groups are wanted: ``text`` is part of the name."""

    text: str = ""
    enabled: bool | None = None
    page: PageRequest = FIRST_PAGE


def _roles_wanted(work: Work, about: ListRoles) -> RoleFilter:
    return RoleFilter(reach=work.actor.scope.predicate(), text=about.text, enabled=about.enabled)


@question("identity.list_roles", looks_once=True)
def list_roles(work: Work, about: ListRoles) -> Page[RoleRow]:
    """List roles within reach by name."""
    return work[RoleQueries].page(_roles_wanted(work, about), about.page)


@question("identity.list_groups", looks_once=True)
def list_groups(work: Work, about: ListRoles) -> Page[RoleRow]:
    """List groups within reach by name."""
    return work[GroupQueries].page(_roles_wanted(work, about), about.page)


@frozen(kw_only=True)
class ListRegions:
    """Which regions are wanted: ``text`` in name or code, below ``parent``."""

    text: str = ""
    parent: str | None = None
    page: PageRequest = FIRST_PAGE


@question("identity.list_regions", looks_once=True)
def list_regions(work: Work, about: ListRegions) -> Page[RegionView]:
    """List regions by position; name and code are searched for any part of them.

    Regions are public knowledge: nobody's scope narrows this.
    """
    found = work[RegionQueries].page(RegionFilter(text=about.text, parent=about.parent), about.page)
    return Page(tuple(map(region_view, found.items)), found.next_cursor)


@frozen(kw_only=True)
class ReadChanges:
    """Which changes of the directory are wanted: at most ``limit`` behind number ``after``."""

    after: int = 0
    limit: int = 100


@frozen(kw_only=True)
class ChangesView:
    """Changes in order; ``after`` is where to go on, next time or at once where ``more``."""

    items: tuple[DirectoryChange, ...]
    after: int
    more: bool


@question("identity.read_changes")
def read_changes(work: Work, about: ReadChanges) -> ChangesView:
    """Tell what changed among users, departments and regions, for systems that keep a copy.

    The feed names what lies anywhere: it is for whoever reaches the whole province.
    """
    require_everything(work, "identity.read_changes")
    limit = max(1, min(about.limit, MOST_CHANGES))
    found = work[DirectoryChanges].after(max(about.after, 0), limit + 1)
    shown = tuple(found[:limit])
    return ChangesView(
        items=shown, after=shown[-1].number if shown else about.after, more=len(found) > limit
    )


@frozen(kw_only=True)
class ReadProofs:
    """The row of the log whose proof is wanted; none for a checkpoint, which names no row."""

    number: int | None = None


@question("audit.read_proofs")
def read_proofs(work: Work, about: ReadProofs) -> bool:
    """Permit to read checkpoints and proofs of rows, whichever department a row is about.

    It is for the auditor of the whole province.
    """
    del about
    require_everything(work, "audit.read_proofs")
    return True
