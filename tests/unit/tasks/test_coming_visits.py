"""What is to come is read by lead, departments concerned and own officers; oversight leaves a row.

Before somebody came a visit tells a firm when to tidy up: content authors, officers of other
departments and custom roles without a part in tasks find nothing of it.
"""

from typing import Any

import pytest
from attrs import field, frozen

from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from entrypoints.registered import shipped_roles
from supervision_core.audit.model import Outcome
from supervision_core.draws.ports import Draws
from supervision_core.draws.services.ceremony import ViewCeremony, view_ceremony
from supervision_core.identity.model import Actor, DataScope
from supervision_core.identity.services import Commands
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.errors import NotFound
from supervision_core.tasks.lists import EXTENSIONS, VISITS
from supervision_core.tasks.model.visit import Visit, VisitState
from supervision_core.tasks.ports import Tasks, Visits
from supervision_core.tasks.services.approving import ViewApprovalList, view_approval_list
from supervision_core.tasks.services.archiving import ShowTaskFile, view_task_file
from supervision_core.testing.commands import CountedIds, StoppedClock
from supervision_core.testing.draws import draw, keep_pool
from supervision_core.testing.tasks import FARM, LEAD, task, visit

LOOKS = (*cases_of(VISITS).all, *cases_of(EXTENSIONS).all)
READS = frozenset(
    one.permission for one in (*LOOKS, view_task_file, view_ceremony, view_approval_list)
)
CHECKS, OVERSEES = frozenset({"tasks.check_in"}), frozenset({"tasks.supervise"})
HOME, BUREAU = "450100", "dept-of-the-province"
COMING, BEGUN = "visit-coming", "visit-begun"


def somebody(department: str, parts: frozenset[str], *, reaches: tuple[str, ...] = ()) -> Actor:
    """Give an account of a department that reaches those below it, with a part in tasks or none."""
    scope = DataScope(region=HOME, departments=frozenset({department, *reaches}))
    return Actor(
        user=f"u-{department}", department=department, scope=scope, permissions=READS | parts
    )


LEADS = somebody(LEAD, CHECKS)
JOINS = somebody(FARM, CHECKS, reaches=("dept-below",))
WRITES = somebody(LEAD, frozenset({"content.create"}))
ABOVE = somebody(BUREAU, CHECKS, reaches=(LEAD, FARM))
HEAD_ABOVE = somebody(BUREAU, OVERSEES, reaches=(LEAD, FARM))


@frozen
class Town:
    """A task with a visit that is to come and one that has begun, and its draw."""

    store: MemoryStore = field(factory=MemoryStore)

    @property
    def commands(self) -> Commands:
        """Give the frame over its store."""
        return Commands(memory_transactions(self.store), StoppedClock(), CountedIds())

    def ask(self, question: Any, about: Any, who: Actor) -> Any:
        """Ask as somebody."""
        return self.commands.ask(question, about, actor=who)

    def listed(self, who: Actor, query: Any = VISITS, **asked: str) -> set[str]:
        """Give the ids of a page."""
        cases = cases_of(query)
        return {one.id for one in self.ask(cases.list, cases.asking(**asked), who).items}

    def viewed(self, who: Actor, id: str) -> str:
        """Give the subject that a visit names."""
        cases = cases_of(VISITS)
        return str(self.ask(cases.view, cases.named(id=id), who).content.subject)

    def rows(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Give who did what with what, as the log has it."""
        kept = (one.entry for one in self.store.audit)
        return [(one.actor, one.action, one.targets) for one in kept if one.outcome is Outcome.DONE]


def _visit(id: str, state: VisitState) -> Visit:
    made = visit(id)
    made._state = state
    return made


@pytest.fixture
def town() -> Town:
    """Give the town."""
    made = Town()
    with memory_transactions(made.store).begin() as unit:
        unit[Tasks].save(task("task-1"))
        unit[Visits].save(_visit(COMING, VisitState.ASSIGNED))
        unit[Visits].save(_visit(BEGUN, VisitState.STARTED))
        unit[Draws].save(draw("draw-1"))
        keep_pool(unit)
        unit.commit()
    return made


@pytest.mark.parametrize("query", [VISITS, EXTENSIONS])
def test_who_has_a_part_in_it_finds_what_is_to_come(town: Town, query: Any) -> None:
    """Lead and joining department find it, whatever else is below them; the log gains no row."""
    for one in (LEADS, JOINS):
        assert town.listed(one, query) == {COMING, BEGUN}
        assert town.viewed(one, COMING) == town.viewed(one, BEGUN)
    assert town.rows() == []


@pytest.mark.parametrize("query", [VISITS, EXTENSIONS])
@pytest.mark.parametrize("who", [WRITES, ABOVE], ids=["content author", "officer of a superior"])
def test_nobody_else_finds_it(town: Town, who: Actor, query: Any) -> None:
    """List, count, departments beside it, export, view and history have what has begun alone."""
    cases = cases_of(query)
    assert town.listed(who, query) == {BEGUN}
    assert town.listed(who, query, subject="subject-1") == {BEGUN}
    assert town.ask(cases.count, cases.asking(), who).count == 1
    exported = town.commands.run(cases.export, cases.asking(), actor=who)
    assert {one.id for one in exported.items} == {BEGUN}
    for asked in (cases.view, cases.history):
        with pytest.raises(NotFound):
            town.ask(asked, cases.named(id=COMING), who)
    assert town.viewed(who, BEGUN)


def test_oversight_reads_it_with_a_row_a_page(town: Town) -> None:
    """The row names what was shown of it; what has begun leaves none."""
    assert town.listed(HEAD_ABOVE) == {COMING, BEGUN}
    told = [(HEAD_ABOVE.user, "tasks.list_visits", (f"visit/{COMING}",))]
    assert town.rows() == told
    assert town.listed(HEAD_ABOVE, state=VisitState.STARTED) == {BEGUN}
    assert town.viewed(HEAD_ABOVE, BEGUN)
    assert town.rows() == told
    town.viewed(HEAD_ABOVE, COMING)
    assert town.rows() == [*told, (HEAD_ABOVE.user, "tasks.view_visit", (f"visit/{COMING}",))]


def test_a_count_that_singles_out_leaves_a_row(town: Town) -> None:
    """How many visits a firm will have says that it will; how many there are in all, nothing."""
    cases = cases_of(VISITS)
    town.ask(cases.count, cases.asking(), HEAD_ABOVE)
    assert town.rows() == []
    town.ask(cases.count, cases.asking(subject="subject-1"), HEAD_ABOVE)
    assert [one[:2] for one in town.rows()] == [(HEAD_ABOVE.user, "tasks.list_visits")]


@pytest.mark.parametrize(
    ("asked", "about"),
    [
        (view_task_file, ShowTaskFile(task_id="task-1")),
        (view_approval_list, ViewApprovalList(task_id="task-1")),
        (view_ceremony, ViewCeremony(draw_id="draw-1")),
    ],
    ids=["file", "approval list", "ceremony"],
)
def test_what_names_firms_beside_the_list_is_as_closed(town: Town, asked: Any, about: Any) -> None:
    """Task file, list for approval and ceremony: no other officer, and a row for oversight."""
    with pytest.raises(NotFound):
        town.ask(asked, about, ABOVE)
    with pytest.raises(NotFound):
        town.ask(asked, about, WRITES)
    town.ask(asked, about, LEADS)
    assert town.rows() == []
    town.ask(asked, about, HEAD_ABOVE)
    assert [one[:2] for one in town.rows()] == [(HEAD_ABOVE.user, asked.permission)]


def test_roles_that_do_not_work_with_tasks_look_at_no_visits() -> None:
    """Who works with tasks looks at visits and draws: nobody else of the departments."""
    closed = {"tasks.list_visits", "tasks.view_visit", "tasks.export_visits",
              "tasks.list_extensions", "tasks.view_task_file", "draws.view_ceremony"}  # fmt: skip
    held = {
        one.code for one in shipped_roles()
        if not closed.isdisjoint(one.permissions) and not one.code.startswith("institution")
    }  # fmt: skip
    assert held == {"leader", "task_administrator", "officer", "clerk"}
