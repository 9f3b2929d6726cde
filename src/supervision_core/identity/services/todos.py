"""待办 (to-dos): what the acting account has to do, and how its rows are kept true."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from attrs import field, frozen

from supervision_core.identity.ports import StationMessages
from supervision_core.identity.services.acting import assignees_of
from supervision_core.identity.services.frame import Work, question
from supervision_core.kernel.days import local_day
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import FIRST_PAGE, Page, PageRequest
from supervision_core.kernel.ports import Transactions, repository_of
from supervision_core.kernel.registers import Ask
from supervision_core.kernel.todos import MOST_TALLIED, Mine, Todos, owed_permissions, verbs_of
from supervision_core.kernel.verbs import AssigneeKind, Todo

SUBJECT: Final = "subject"
AT_ONCE: Final = 50
"""Aggregates whose to-dos are set right in one transaction."""


def mine_of(work: Work, kinds: Iterable[str] = ()) -> Mine:
    """Give which to-dos the actor can do."""
    may = work.actor.may
    return Mine(
        assignees=assignees_of(work),
        permissions=frozenset(one for one in owed_permissions() if may(one)),
        kinds=frozenset(kinds),
    )


@frozen(kw_only=True)
class ListTodos:
    """What the actor has to do, of one kind of things or of all."""

    kind: str = field(default="", metadata=said("对象类型，为空则全部", example="task"))
    page: PageRequest = field(default=FIRST_PAGE, metadata=said("分页"))


@frozen(kw_only=True)
class TodoRow:
    """Something to do: what, with which thing, by when."""

    kind: str = field(metadata=said("对象类型", example="task"))
    kind_title: str = field(metadata=said("对象类型的名称", example="检查任务"))
    id: str = field(metadata=said("对象的编号", example="0123abcd"))
    label: str = field(metadata=said("对象的名称或文号", example="2026年乳制品综合检查"))
    subject: str = field(metadata=said("所涉监管对象的编号，没有的为空"))
    subject_name: str = field(metadata=said("所涉监管对象的名称", example="南宁示例乳业有限公司"))
    part_noun: str = field(metadata=said("所办部分的类型，就整个对象而言的为空"))
    part: str = field(metadata=said("所办部分的编号，就整个对象而言的为空"))
    title: str = field(metadata=said("要办的事", example="认领检查任务"))
    permission: str = field(metadata=said("办理所需的权限", example="tasks.claim"))
    due_on: date | None = field(metadata=said("期限，没有期限的为空", example="2026-07-10"))
    overdue: int = field(metadata=said("已超过期限的天数", example=0))


@question("identity.list_todos", "查看待办事宜")
def list_todos(work: Work, about: ListTodos) -> Page[TodoRow]:
    """Give what the actor has to do, what is overdue first, then by day."""
    kinds = [about.kind] if about.kind else []
    found = work[Todos].page(mine_of(work, kinds), about.page)
    return Page(rows_of(work, found.items), found.next_cursor)


def rows_of(work: Work, todos: Iterable[Todo]) -> tuple[TodoRow, ...]:
    """Say of to-dos what people read; firms are named in one look."""
    todos = tuple(todos)
    firms = {one.subject for one in todos} - {""}
    names = work[Ask].resolve(SUBJECT, firms) if firms else {}
    today = local_day(work.now)
    return tuple(
        _row(one, names[one.subject].name if one.subject in names else "", today)
        for one in todos
        if (verbs := verbs_of(one.kind)) is not None and one.verb in verbs.by_name
    )


def _row(one: Todo, subject: str, today: date) -> TodoRow:
    verbs: Any = verbs_of(one.kind)
    verb = verbs[one.verb]
    late = (today - one.due_on).days if one.due_on else 0
    return TodoRow(
        kind=one.kind, kind_title=verbs.title, id=one.id, label=one.label, subject=one.subject,
        subject_name=subject, part_noun=verb.part, part=one.part, title=verb.title,
        permission=one.permission, due_on=one.due_on, overdue=max(0, late),
    )  # fmt: skip


@frozen(kw_only=True)
class CountTodos:
    """How much the actor has to do."""


@frozen(kw_only=True)
class TodoCount:
    """How many things of one kind wait for the actor."""

    kind: str = field(metadata=said("对象类型", example="task"))
    count: int = field(metadata=said("件数", example=3))


@frozen(kw_only=True)
class TodoCounts:
    """How much waits for the actor; no more are counted than ``most``, or a few times so many."""

    count: int = field(metadata=said("件数", example=3))
    most: int = field(metadata=said("至多数到多少件", example=99))
    kinds: tuple[TodoCount, ...] = field(metadata=said("各类对象的件数"))
    officer: str = field(metadata=said("本人在执法人员库中的编号，没有的为空"))
    messages: int = field(metadata=said("未读的站内消息数", example=1))


@question("identity.view_todo_counts", "查看待办数量")
def view_todo_counts(work: Work, _about: CountTodos) -> TodoCounts:
    """Count what the actor has to do, by kinds of things, and what he has not read."""
    mine = mine_of(work)
    found = work[Todos].tally(mine)
    officers = (one.id for one in mine.assignees if one.kind is AssigneeKind.OFFICER)
    kinds = tuple(TodoCount(kind=kind, count=count) for kind, count in sorted(found.items()))
    return TodoCounts(
        count=sum(found.values()), most=MOST_TALLIED, kinds=kinds, officer=next(officers, ""),
        messages=work[StationMessages].unread(work.actor.user),
    )  # fmt: skip


@frozen(kw_only=True)
class Difference:
    """What stands about an aggregate and is not owed, or is owed and does not stand there."""

    kind: str
    id: str
    missing: frozenset[Todo]
    left_over: frozenset[Todo]


def differences(transactions: Transactions, kinds: Iterable[str]) -> Iterator[Difference]:
    """Compare the rows with what aggregates owe, in one look of the store a part."""
    for kind in kinds:
        yield from _each(transactions.begin_reading, kind, _compared)


def rebuild(transactions: Transactions, kinds: Iterable[str]) -> Iterator[Difference]:
    """Set the rows right, so many aggregates a transaction; give what was wrong."""
    for kind in kinds:
        yield from _each(transactions.begin, kind, _mended)


Found = Mapping[str, frozenset[Todo]]


def _each(
    begin: Callable[[], Any],
    kind: str,
    treat: Callable[[Any, str, Found, Found], Iterable[Difference]],
) -> Iterator[Difference]:
    port, verbs = repository_of(kind), verbs_of(kind)
    if port is None or verbs is None:
        return
    after = ""
    while True:
        with begin() as unit:
            roots = unit[port].walk(after, AT_ONCE, hold=treat is _mended)
            last = roots[-1].id if len(roots) == AT_ONCE else ""
            standing = _standing(unit[Todos], kind, after, last)
            owed = {root.id: verbs.duties(root, kind) for root in roots}
            yield from treat(unit, kind, owed, standing)
        if not last:
            return
        after = last


def _standing(todos: Todos, kind: str, after: str, last: str) -> Found:
    """Give what stands about aggregates from ``after`` to ``last``, to the end without it."""
    found: dict[str, frozenset[Todo]] = {}
    while ids := todos.ids(kind, after, AT_ONCE):
        inside = [one for one in ids if not last or one <= last]
        found |= todos.of(kind, inside)
        if len(inside) < AT_ONCE:
            break
        after = inside[-1]
    return found


def _compared(_unit: Any, kind: str, owed: Found, standing: Found) -> Iterator[Difference]:
    none = frozenset[Todo]()
    for one in sorted(owed.keys() | standing.keys()):
        now, wanted = standing.get(one, none), owed.get(one, none)
        if now != wanted:
            yield Difference(kind=kind, id=one, missing=wanted - now, left_over=now - wanted)


def _mended(unit: Any, kind: str, owed: Found, standing: Found) -> Iterable[Difference]:
    found = list(_compared(unit, kind, owed, standing))
    for one in found:
        unit[Todos].settle(kind, one.id, owed.get(one.id, frozenset()))
    unit.commit()
    return found
