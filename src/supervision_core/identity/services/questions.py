"""What other systems and administrators ask the directory: users, departments, regions, changes."""

from collections.abc import Iterable, Sequence
from typing import Final

from attrs import field, frozen

from supervision_core.identity.lists import USERS, UserRow, masked
from supervision_core.identity.model import (
    Department,
    DepartmentData,
    FirmProof,
    Purpose,
    User,
    UserDraft,
)
from supervision_core.identity.model.actors import Actor
from supervision_core.identity.ports import (
    Departments,
    DirectoryChange,
    DirectoryChanges,
    Users,
)
from supervision_core.identity.services.frame import Work, question, use_case
from supervision_core.identity.services.keeping import (
    administers,
    administers_in,
    reach_of,
    require_everything,
)
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import FIRST_PAGE, Page, PageRequest

MOST_CHANGES: Final = 500


@frozen(kw_only=True)
class UserView:
    """A user as others see him."""

    id: str = field(metadata=said("编号", example="n000001"))
    version: int = field(metadata=said("版本", example=1))
    enabled: bool = field(metadata=said("是否启用", example=True))
    draft: UserDraft = field(metadata=said("用户信息"))
    proof: FirmProof | None = field(
        default=None, metadata=said("企业证明材料", hint="只有企业用户需要，由查验的人填写")
    )


@frozen(kw_only=True)
class Known:
    """Something by its id, with the name or account that people know it by."""

    id: str = field(metadata=said("编号", example="n000001"))
    name: str = field(
        metadata=said("机构、角色或群组的名称，或用户的账号", example="南宁市市场监督管理局")
    )


@frozen(kw_only=True)
class DepartmentView:
    """A department as others see it.

    ``above`` are the departments above it, from the top down, as far as the asker reaches them;
    ``appointed`` its administrators by account; ``managed`` says whether the asker administers it.
    """

    id: str = field(metadata=said("编号", example="n000001"))
    version: int = field(metadata=said("版本", example=1))
    enabled: bool = field(metadata=said("是否启用", example=True))
    administrators: frozenset[str] = field(metadata=said("管理员的用户编号"))
    data: DepartmentData = field(metadata=said("机构信息"))
    above: tuple[Known, ...] = field(metadata=said("上级机构，从最上级起，仅限可查看的"))
    appointed: tuple[Known, ...] = field(metadata=said("管理员及其账号"))
    managed: bool = field(metadata=said("本人是否管辖该机构", example=True))


@frozen(kw_only=True)
class ViewUser:
    """The user to look at."""

    user_id: str = field(metadata=said("用户编号", example="clerk"))


def _reached_user(work: Work, id: str) -> User:
    """Give a living user whom the actor administers, or who is within his reach.

    Within reach is who stands there by his main department, or by the party he acts for.
    """
    found = work[Users].get(id)
    home = found.draft.home
    region = work[Departments].get(home).data.region if home else ""
    parties = frozenset({found.extended.party} - {""})
    if found.deleted:
        raise work.foreign("user", id)
    if not any(administers(work, one) for one in sorted(found.departments)):
        work.reach("user", id, region=region, departments=found.departments, parties=parties)
    return found


@question("identity.view_user", "查看用户")
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

    user_id: str = field(metadata=said("用户编号", example="clerk"))
    purpose: Purpose = field(
        metadata=said(
            "使用目的：contact联系、identify核实、correct更正、complaint投诉、inspection检查",
            example="contact",
        )
    )


@use_case("identity.show_personal_data", "查看用户完整个人信息")
def show_personal_data(work: Work, about: ShowPersonalData) -> UserView:
    """Show a user with all his personal data; the log keeps who looked at whom, and what for."""
    found = _reached_user(work, about.user_id)
    work.wrote("user", found.id)
    work.note(purpose=about.purpose)
    return UserView(id=found.id, version=found.version, enabled=found.active, draft=found.draft)


@frozen(kw_only=True)
class ViewDepartment:
    """The department to look at."""

    department_id: str = field(metadata=said("组织机构编号", example="nanning"))


def _reaches(actor: Actor, lineage: Sequence[Department]) -> bool:
    """Tell whether an actor reaches the first of ``lineage``, above which the others stand."""
    if not lineage or lineage[0].deleted:
        return False
    found = lineage[0]
    return administers_in(actor, lineage) or actor.scope.covers(
        region=found.data.region, departments=frozenset({found.id})
    )


def reached_departments(
    departments: Departments, actor: Actor, ids: Iterable[str]
) -> frozenset[str]:
    """Give those of ``ids`` that ``view_department`` shows an actor who may use it."""
    lineages = departments.lineages(ids)
    return frozenset(one for one, lineage in lineages.items() if _reaches(actor, lineage))


def _department_view(work: Work, lineage: Sequence[Department]) -> DepartmentView:
    found = lineage[0]
    places = range(len(lineage) - 1, 0, -1)
    above = [lineage[at] for at in places if _reaches(work.actor, lineage[at:])]
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
        managed=administers_in(work.actor, lineage),
    )


@question("identity.view_department", "查看组织机构")
def view_department(work: Work, about: ViewDepartment) -> DepartmentView:
    """Show a department with its administrators, and what of those above it is within reach."""
    found = work[Departments].get(about.department_id)
    lineage = work[Departments].lineage(found.id)
    if not _reaches(work.actor, lineage):
        raise work.foreign("department", found.id)
    return _department_view(work, lineage)


@frozen(kw_only=True)
class ListUsersByPerson:
    """Who is looked for: name, phone and number of the document are whole."""

    name: str = field(default="", metadata=said("姓名", example="王示例"))
    phone: str = field(default="", metadata=said("手机号", example="13900000001"))
    document: str = field(default="", metadata=said("证件号码", example="450103199001010016"))
    page: PageRequest = field(default=FIRST_PAGE, metadata=said("分页：每页行数、游标和排序"))


@question("identity.list_users_by_person", "按姓名、手机号、证件号查找用户")
def list_users_by_person(work: Work, about: ListUsersByPerson) -> Page[UserRow]:
    """Find users within reach by who they are; what is not asked for stays masked."""
    asked = {
        "full_name": about.name, "full_phone": about.phone, "full_document": about.document,
    }  # fmt: skip
    wanted = ListFilter(asked=asked, reach=reach_of(work))
    return work[Lists].page(USERS, wanted, about.page)


@frozen(kw_only=True)
class ReadChanges:
    """Which changes of the directory are wanted: at most ``limit`` behind number ``after``."""

    after: int = field(default=0, metadata=said("从此编号之后读取", example=0))
    limit: int = field(default=100, metadata=said("至多读取多少条", example=100))


@frozen(kw_only=True)
class ChangesView:
    """Changes in order; ``after`` is where to go on, next time or at once where ``more``."""

    items: tuple[DirectoryChange, ...] = field(metadata=said("本页各行"))
    after: int = field(metadata=said("从此编号之后读取", example=0))
    more: bool = field(metadata=said("其后还有", example=False))


@question("identity.read_changes", "读取组织机构、用户、区划的变更")
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

    number: int | None = field(default=None, metadata=said("记录编号，从0起连续", example=0))


@question("audit.read_proofs", "读取审计检查点和证明")
def read_proofs(work: Work, about: ReadProofs) -> bool:
    """Permit to read checkpoints and proofs of rows, whichever department a row is about.

    It is for the auditor of the whole province.
    """
    del about
    require_everything(work, "audit.read_proofs")
    return True
