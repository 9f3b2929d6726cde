"""The contract of to-dos: who reads which, in which order, and what a save changes of them.

Fixture: ``backend`` (a ``Backend``).
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Final

from attrs import evolve

from supervision_core.identity.services.todos import AT_ONCE, differences, rebuild
from supervision_core.kernel.paging import BadCursor, Page, PageRequest
from supervision_core.kernel.todos import MOST_TALLIED, Mine, Todos, key_of
from supervision_core.kernel.verbs import Assignee, AssigneeKind, Todo
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.ports import Tasks
from supervision_core.testing.tasks import FARM, LEAD, task_sheet
from supervision_core.testing.units import Backend, refuses

MOMENT: Final = datetime(2026, 4, 7, 1, tzinfo=UTC)
ME: Final = Assignee(AssigneeKind.USER, "u-1")
OFFICE: Final = Assignee(AssigneeKind.DEPARTMENT, "d-1")
OTHERS: Final = Assignee(AssigneeKind.DEPARTMENT, "d-2")
MINE: Final = Mine(
    assignees=frozenset({ME, OFFICE}), permissions=frozenset({"tasks.claim", "tasks.sign"})
)


def a_todo(id: str, assignee: Assignee = OFFICE, **more: Any) -> Todo:
    """Give a to-do about a task."""
    told = {"kind": "task", "verb": "claim", "permission": "tasks.claim", "label": "检查", **more}
    return Todo(id=id, assignee=assignee, **told)


EVERY: Final = (
    a_todo("t-3", due_on=date(2026, 5, 3)),
    a_todo("t-1", due_on=date(2026, 5, 1), subject="s-1"),
    a_todo("t-2", ME, due_on=date(2026, 5, 2), part="p-1"),
    a_todo("t-2", ME, due_on=date(2026, 5, 2), part="p-2"),
    a_todo("t-9"),
    a_todo("t-1", kind="visit", verb="sign", permission="tasks.sign", due_on=date(2026, 5, 1)),
    a_todo("t-4", OTHERS, due_on=date(2026, 4, 1)),
    a_todo("t-5", permission="tasks.approve", due_on=date(2026, 4, 1)),
)
"""The last two are not mine: another department's, and beyond what I may do."""


class TodosContract:
    """To-dos are read by who owes them and may do them, by day; a save writes what differs."""

    def _settle(self, backend: Backend, *duties: Todo) -> None:
        with backend.transactions.begin() as unit:
            for kind, id_ in sorted({(one.kind, one.id) for one in duties}):
                about = [one for one in duties if (one.kind, one.id) == (kind, id_)]
                unit[Todos].settle(kind, id_, about)
            unit.commit()

    def _ask(self, backend: Backend, asked: Callable[[Todos], Any]) -> Any:
        with backend.transactions.begin_reading() as unit:
            return asked(unit[Todos])

    def _page(self, backend: Backend, mine: Mine, request: PageRequest) -> Page[Todo]:
        with backend.transactions.begin_reading() as unit:
            return unit[Todos].page(mine, request)

    def test_mine_come_by_day_page_by_page(self, backend: Backend) -> None:
        """Only mine, the earliest day first, those without a term last, whatever the page size."""
        self._settle(backend, *EVERY)
        mine = sorted(filter(MINE.holds, EVERY), key=key_of)
        assert [one.id for one in mine] == ["t-1", "t-1", "t-2", "t-2", "t-3", "t-9"]
        for size in (1, 4, 6, 50):
            found: list[Todo] = []
            request = PageRequest(size=size)
            while True:
                page = self._page(backend, MINE, request)
                found += page.items
                if page.next_cursor is None:
                    break
                request = evolve(request, cursor=page.next_cursor)
            assert found == mine

    def test_a_kind_narrows_them(self, backend: Backend) -> None:
        """Asked for visits, it gives visits; a cursor of another question is refused."""
        self._settle(backend, *EVERY)
        visits = evolve(MINE, kinds=frozenset({"visit"}))
        page = self._page(backend, visits, PageRequest())
        assert [one.kind for one in page.items] == ["visit"]
        first = self._page(backend, MINE, PageRequest(size=1))
        with refuses(BadCursor):
            request = PageRequest(cursor=first.next_cursor)
            self._page(backend, visits, request)

    def test_who_may_nothing_has_nothing(self, backend: Backend) -> None:
        """Without the permission there is nothing to do."""
        self._settle(backend, *EVERY)
        nobody = evolve(MINE, permissions=frozenset())
        assert self._page(backend, nobody, PageRequest()).items == ()
        assert self._ask(backend, lambda todos: dict(todos.tally(nobody))) == {}

    def test_they_are_tallied_by_kind_up_to_a_bound(self, backend: Backend) -> None:
        """Counts stop a little above the bound: nobody counts ten thousand for a bell."""
        self._settle(backend, *EVERY)
        assert self._ask(backend, lambda todos: dict(todos.tally(MINE))) == {"task": 5, "visit": 1}
        many = (a_todo(f"m-{at:04}", due_on=date(2026, 1, 1)) for at in range(2 * MOST_TALLIED))
        self._settle(backend, *many)
        counts = self._ask(backend, lambda todos: dict(todos.tally(MINE)))
        assert sum(counts.values()) == MOST_TALLIED + 1 + 2

    def test_what_is_about_some_things_is_found(self, backend: Backend) -> None:
        """Mine about some aggregates, and everybody's about each."""
        self._settle(backend, *EVERY)
        found = self._ask(backend, lambda todos: todos.about("task", ["t-1", "t-4", "t-9"], MINE))
        assert [one.id for one in found] == ["t-1", "t-9"]
        every = self._ask(backend, lambda todos: todos.of("task", ["t-4", "t-5", "t-7"]))
        assert every == {
            "t-4": frozenset({EVERY[-2]}), "t-5": frozenset({EVERY[-1]}), "t-7": frozenset(),
        }  # fmt: skip
        ids = self._ask(backend, lambda todos: list(todos.ids("task", "t-1", 3)))
        assert ids == ["t-2", "t-3", "t-4"]

    def test_settling_replaces_what_stood_there(self, backend: Backend) -> None:
        """What is done goes, what changed its day moves, others' rows stay."""
        self._settle(backend, *EVERY)
        moved = evolve(EVERY[1], due_on=date(2026, 6, 1))
        with backend.transactions.begin() as unit:
            unit[Todos].settle("task", "t-1", [moved])
            unit[Todos].settle("task", "t-2", [])
            unit[Todos].settle("task", "t-new", [a_todo("t-new")], new=True)
            unit.commit()
        page = self._page(backend, MINE, PageRequest())
        assert [(one.kind, one.id) for one in page.items] == [
            ("visit", "t-1"), ("task", "t-3"), ("task", "t-1"), ("task", "t-9"), ("task", "t-new"),
        ]  # fmt: skip

    def test_what_is_not_committed_is_not_there(self, backend: Backend) -> None:
        """Rows stand and fall with the transaction of the aggregate."""
        with backend.transactions.begin() as unit:
            unit[Todos].settle("task", "t-1", [EVERY[1]])
        assert self._page(backend, MINE, PageRequest()).items == ()

    def test_a_comparison_finds_what_a_rebuild_mends(self, backend: Backend) -> None:
        """Missing, left over, of what is no more, in whatever part of the walk: all are found."""
        many = [f"k-{at:04}" for at in range(AT_ONCE + 3)]
        with backend.transactions.begin() as unit:
            for number, id_ in enumerate(many):
                sheet = task_sheet(number=f"RW-{number:04}")
                unit[Tasks].save(Task.create(id=id_, sheet=sheet, at=MOMENT))
            unit[Todos].settle("task", "a-gone", [a_todo("a-gone")])
            unit[Todos].settle("task", "z-gone", [a_todo("z-gone")])
            unit[Todos].settle("task", many[0], [a_todo(many[0], OTHERS)])
            unit.commit()
        found = list(differences(backend.transactions, ["task"]))
        assert [one.id for one in found] == ["a-gone", *many, "z-gone"]
        assert [bool(one.left_over) for one in found[:3]] == [True, True, False]
        assert [one.id for one in rebuild(backend.transactions, ["task"])] == [
            one.id for one in found
        ]
        assert list(differences(backend.transactions, ["task"])) == []
        lead = Mine(
            assignees=frozenset({Assignee(AssigneeKind.DEPARTMENT, LEAD)}),
            permissions=frozenset({"tasks.consult"}),
        )
        page = self._page(backend, lead, PageRequest(size=200))
        assert {one.verb for one in page.items} == {"consult"}
        assert FARM not in {one.assignee.id for one in page.items}
