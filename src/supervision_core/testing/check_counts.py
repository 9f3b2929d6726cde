"""The contract of ``CheckCounts``: which visits use a cap and keep a firm from being drawn.

Fixture: ``backend`` (a ``Backend``).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any, Final

from supervision_core.plans.limits import PlannedCheck
from supervision_core.plans.ports import CheckCounts
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.visit import Visit, VisitState
from supervision_core.tasks.ports import Tasks, Visits
from supervision_core.testing.tasks import (
    FARM,
    INSPECTORS,
    LEAD,
    MOMENT,
    task_sheet,
    visit_sheet,
)
from supervision_core.testing.units import Backend

TODAY: Final = date(2026, 6, 1)
DAYS: Final = (TODAY - timedelta(days=1), TODAY, date(2027, 1, 4))
FIRM: Final = "firm-1"
SENT, DRAFT, GONE = "task-sent", "task-draft", "task-gone"


def _visit(number: int, *, state: VisitState, of: str, due: date, capped: bool) -> Visit:
    """Give a visit of a task; a completed one is confirmed only where its number is even."""
    formed = state is VisitState.COMPLETED and number % 2 == 0
    return Visit(
        id=f"visit-{number:03}",
        sheet=visit_sheet(number=f"RW-{number}", task=of, subject=FIRM, counts_toward_cap=capped),
        officers=INSPECTORS, due_on=due, state=state, formed_on=due if formed else None,
    )  # fmt: skip


def _task(id: str, *, dispatched: bool) -> Task:
    return Task(
        id=id, sheet=task_sheet(number=id), parts=(), dispatched_at=MOMENT if dispatched else None,
        created_at=MOMENT,
    )  # fmt: skip


class CheckCountsContract:
    """Visits count by what ``Visit.shields`` and ``Visit.is_arranged`` say of them."""

    def _kept(self, backend: Backend) -> list[tuple[Visit, bool]]:
        """Store visits of every kind, each with whether its task went out."""
        sent = {SENT: True, DRAFT: False, GONE: False}
        each = product(VisitState, sent, DAYS, (True, False), range(2))
        kept = [
            (_visit(number, state=state, of=of, due=due, capped=capped), sent[of])
            for number, (state, of, due, capped, _) in enumerate(each)
        ]
        self._store(backend, [one for one, _ in kept])
        return kept

    def _ask(self, backend: Backend, year: int) -> tuple[Mapping[Any, int], Any, Any]:
        with backend.transactions.begin_reading() as unit:
            counts, whom = unit[CheckCounts], {FIRM, "firm-2"}
            return (
                dict(counts.in_year(year, today=TODAY, subjects=whom, departments=[FARM])),
                counts.tasks_of_year(year, today=TODAY, subjects=whom),
                counts.planned(year, subjects=whom),
            )

    def test_only_what_took_place_or_is_arranged_counts(self, backend: Backend) -> None:
        """Each visit of the year that shields counts once: by department, and by its task."""
        kept = self._kept(backend)
        for year in (2026, 2027):
            wanted = sorted(
                one.sheet.task
                for one, sent in kept
                if one.cap_year == year and one.shields(today=TODAY, dispatched=sent)
            )
            counted, tasks, _ = self._ask(backend, year)
            assert counted == {(FIRM, FARM): len(wanted)}
            assert {firm: sorted(those) for firm, those in tasks.items()} == {FIRM: wanted}

    def test_drafts_and_what_is_lawfully_not_made_count_for_nothing(self, backend: Backend) -> None:
        """No visit of a draft or a deleted task, nor one left unmade, is counted or planned."""
        nothing = [
            _visit(1, state=VisitState.NOT_VISITED, of=SENT, due=TODAY, capped=True),
            _visit(2, state=VisitState.ASSIGNED, of=DRAFT, due=TODAY, capped=True),
            _visit(3, state=VisitState.ASSIGNED, of=GONE, due=TODAY, capped=True),
        ]
        self._store(backend, nothing)
        assert self._ask(backend, 2026) == ({}, {}, ())

    def test_what_nobody_confirmed_counts_until_its_day(self, backend: Backend) -> None:
        """A completed visit whose record awaits its second officer shields no longer after it."""
        late = _visit(1, state=VisitState.COMPLETED, of=SENT, due=DAYS[0], capped=True)
        self._store(backend, [late])
        counted, tasks, planned = self._ask(backend, 2026)
        assert (counted, tasks) == ({}, {})
        month, plan = DAYS[0].month, task_sheet().plan
        assert planned == tuple(
            PlannedCheck(subject=FIRM, year=2026, month=month, department=each, plan=plan)
            for each in sorted((FARM, LEAD))
        )

    def _store(self, backend: Backend, visits: list[Visit]) -> None:
        with backend.transactions.begin() as unit:
            for id_, dispatched in ((SENT, True), (DRAFT, False)):
                unit[Tasks].save(_task(id_, dispatched=dispatched))
            for one in visits:
                unit[Visits].save(one)
            unit.commit()
