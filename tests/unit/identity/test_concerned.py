"""Who audits a department sees what parties did upon its objects, and upon nobody else's."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count

import pytest
from attrs import evolve, field, frozen

from adapters.memory.unit import MemoryStore, MemoryTransactions
from supervision_core.identity.model import Actor, DataScope, SceneRole
from supervision_core.identity.services import Commands, UseCase, Work
from supervision_core.identity.services.auditing import SearchLog, search_log
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.ports import Clock, Ids

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
FIRM = Actor(
    user="firm-user", department="",
    scope=DataScope(region="", role=SceneRole.ENTERPRISE, party="firm-1"),
    permissions=frozenset({"tasks.report"}),
)  # fmt: skip
OFFICER = Actor(
    user="officer", department="nanning", scope=DataScope(region="450100"),
    permissions=frozenset({"tasks.report"}),
)  # fmt: skip
AUDITOR = Actor(
    user="auditor", department="nanning",
    scope=DataScope(region="450100", departments=frozenset({"nanning", "qingxiu"})),
    permissions=frozenset({"audit.search"}),
)  # fmt: skip
ELSEWHERE = evolve(
    AUDITOR, department="liuzhou",
    scope=DataScope(region="450200", departments=frozenset({"liuzhou"})),
)  # fmt: skip


@frozen
class Noon(Clock):
    """Stands still."""

    def now(self) -> datetime:
        """Give noon."""
        return NOON


@frozen
class Numbered(Ids):
    """Counts."""

    numbers: Iterator[int] = field(factory=count)

    def next_id(self) -> str:
        """Give the next number."""
        return str(next(self.numbers))


def _report(work: Work, order: str) -> str:
    """Report about an order of a county's department, in the party's own matter."""
    work.reach(
        "rectification", order, region="450103", departments=frozenset({"qingxiu"}),
        parties=frozenset({"firm-1"}),
    )  # fmt: skip
    work.wrote("rectification", order, 2)
    return order


REPORT: UseCase[str, str] = UseCase("tasks.report", "报告", _report)


@pytest.fixture
def commands() -> Commands:
    """Give the frame over a store in memory."""
    return Commands(MemoryTransactions(MemoryStore(), {}), Noon(), Numbered())


def _seen(commands: Commands, auditor: Actor) -> list[tuple[object, object]]:
    found = commands.run(search_log, SearchLog(), actor=auditor)["rows"]
    assert isinstance(found, list)
    return [(one["actor"], one["action"]) for one in found if one["action"] != "audit.search"]


def test_acts_of_a_firm_are_seen_where_its_object_stands(commands: Commands) -> None:
    """The firm belongs to no department; the department whose order it answers sees the act."""
    commands.run(REPORT, "order-1", actor=FIRM)
    assert _seen(commands, AUDITOR) == [("firm-user", "tasks.report")]
    assert _seen(commands, ELSEWHERE) == []


def test_what_is_foreign_to_the_firm_concerns_nobody(commands: Commands) -> None:
    """An attempt upon what is not the firm's own is refused, and tells no department of it."""
    stranger = evolve(FIRM, scope=evolve(FIRM.scope, party="firm-2"))
    with pytest.raises(NotFound):
        commands.run(REPORT, "order-1", actor=stranger)
    assert _seen(commands, ELSEWHERE) == []


def test_acts_of_departments_stay_where_they_were_done(commands: Commands) -> None:
    """What an officer does stands with the department for which he did it."""
    commands.run(REPORT, "order-1", actor=OFFICER)
    assert _seen(commands, AUDITOR) == [("officer", "tasks.report")]
    assert _seen(commands, evolve(AUDITOR, scope=evolve(
        AUDITOR.scope, departments=frozenset({"qingxiu"})
    ))) == []  # fmt: skip
