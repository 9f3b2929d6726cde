"""In which order the users of a department, and the departments below one, are shown."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from attrs import evolve, field, frozen

from supervision_core.identity.model import Department, DepartmentInvalid, User, UserInvalid
from supervision_core.identity.ports import Collation, Departments, SortKey, Users
from supervision_core.identity.services.frame import Work, use_case
from supervision_core.identity.services.keeping import keep, require_area, tell
from supervision_core.identity.services.users import save_user
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.fields import said


class Ordering(StrEnum):
    """By what people or departments are put in order (proposal 6.4.1.4.1.7, 6.4.1.4.2.7)."""

    PINYIN = "pinyin"
    STROKES = "strokes"
    POST = "post"


@frozen(kw_only=True)
class OrderUsers:
    """The users of a department in their new order, each of them once."""

    department_id: str = field(metadata=said("组织机构编号", example="nanning"))
    users: tuple[str, ...] = field(metadata=said("用户编号，按新的排序"))


@use_case("identity.order_users", "调整机构用户排序", answers="用户编号，按新的排序")
def order_users(work: Work, cmd: OrderUsers) -> Sequence[str]:
    """Put the users of one department in order; other departments keep theirs."""
    members = {one.id: one for one in _members(work, cmd.department_id)}
    if sorted(cmd.users) != sorted(members):
        raise UserInvalid((Violation("identity.order_incomplete", "users"),))
    return _placed(work, cmd.department_id, [members[one] for one in cmd.users])


@frozen(kw_only=True)
class SortUsers:
    """By what to sort a department's users; ``posts`` are the posts, the highest first."""

    department_id: str = field(metadata=said("组织机构编号", example="nanning"))
    by: Ordering = field(
        metadata=said("排序依据", example="pinyin", hint="pinyin拼音，strokes笔画，post职位")
    )
    posts: tuple[str, ...] = field(default=(), metadata=said("职位，从高到低"))


@use_case("identity.sort_users", "按拼音、笔画或职位排序机构用户", answers="用户编号，按新的排序")
def sort_users(work: Work, cmd: SortUsers) -> Sequence[str]:
    """Sort the users of one department by pinyin, strokes or post; answers their new order.

    Whoever has a post that is not among ``posts`` comes after those who have; equals keep their
    order.
    """
    members = _members(work, cmd.department_id)
    refuse_if(UserInvalid, _unfit(cmd))
    ranks = {post: rank for rank, post in enumerate(cmd.posts)}

    def key(user: User) -> SortKey:
        if cmd.by is Ordering.POST:
            post = next(m.post for m in user.memberships if m.department == cmd.department_id)
            return (("", ranks.get(post, len(ranks))),)
        return _name_key(work, cmd.by, user.person.name, person=True)

    return _placed(work, cmd.department_id, sorted(members, key=key))


def _unfit(cmd: SortUsers) -> Iterator[Violation]:
    if cmd.by is Ordering.POST and not cmd.posts:
        yield Violation("identity.posts_missing", "posts")
    if len(set(cmd.posts)) < len(cmd.posts):
        yield Violation("identity.post_twice", "posts")


def _name_key(work: Work, by: Ordering, name: str, *, person: bool) -> SortKey:
    collation = work[Collation]
    if by is Ordering.STROKES:
        return collation.by_strokes(name)
    return collation.by_pinyin(name, person=person)


def _members(work: Work, department: str) -> list[User]:
    work[Departments].get(department)
    require_area(work, "department", department, [department])
    return work[Users].of_department(department)


def _placed(work: Work, department: str, members: Sequence[User]) -> list[str]:
    for place, user in enumerate(members, 1):
        user.place(department, place, at=work.now)
        save_user(work, user)
    return [one.id for one in members]


@frozen(kw_only=True)
class OrderDepartments:
    """The departments right below one in their new order, each once; ``""`` stands for the top."""

    department_id: str = field(metadata=said("组织机构编号", example="nanning"))
    departments: tuple[str, ...] = field(metadata=said("下级机构编号，按新的排序"))


@use_case("identity.order_departments", "调整下级机构排序", answers="下级机构编号，按新的排序")
def order_departments(work: Work, cmd: OrderDepartments) -> Sequence[str]:
    """Put the departments right below one in order; the top is the super administrator's."""
    children = {one.id: one for one in _children(work, cmd.department_id)}
    if sorted(cmd.departments) != sorted(children):
        raise DepartmentInvalid((Violation("identity.department_order_incomplete", "departments"),))
    return _arranged(work, [children[one] for one in cmd.departments])


@frozen(kw_only=True)
class SortDepartments:
    """By what to sort the departments right below one; ``""`` stands for the top."""

    department_id: str = field(metadata=said("组织机构编号", example="nanning"))
    by: Ordering = field(
        metadata=said("排序依据", example="pinyin", hint="pinyin拼音，strokes笔画，post职位")
    )


@use_case(
    "identity.sort_departments", "按拼音或笔画排序下级机构", answers="下级机构编号，按新的排序"
)
def sort_departments(work: Work, cmd: SortDepartments) -> Sequence[str]:
    """Sort the departments right below one by pinyin or strokes; answers their new order."""
    children = _children(work, cmd.department_id)
    if cmd.by is Ordering.POST:
        raise DepartmentInvalid((Violation("identity.departments_have_no_post", "by"),))
    return _arranged(
        work, sorted(children, key=lambda one: _name_key(work, cmd.by, one.data.name, person=False))
    )


def _children(work: Work, department: str) -> list[Department]:
    if department:
        work[Departments].get(department)
    require_area(work, "department", department, [department])
    return [one for one in work[Departments].below(department) if one.data.parent == department]


def _arranged(work: Work, children: Sequence[Department]) -> list[str]:
    for place, one in enumerate(children, 1):
        one.change(evolve(one.data, order=place), at=work.now, by=work.actor.user)
        keep(work, Departments, one)
        tell(work, "department", one.id)
    return [one.id for one in children]
