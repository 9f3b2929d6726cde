"""Long walks: any verbs in any order with tasks, visits, clues, plans and draws.

The suite walks ``STEPS`` with each and takes the guards away once; ``nox -s lives`` walks 500,000.
"""

import os
from math import ceil
from typing import Any, ClassVar, Final

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, run_state_machine_as_test
from tests.unit.clues.test_clue import ClueLife
from tests.unit.tasks import test_visit
from tests.unit.tasks.test_task import TaskLife
from tests.unit.tasks.test_visit import VisitLife

from supervision_core.clues.model import Clue
from supervision_core.draws.model.draw import Draw
from supervision_core.kernel.events import Aggregate
from supervision_core.plans.model import Plan
from supervision_core.tasks.model.rectification import findings_to_order
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.visit import Visit

from .machines import DrawLife, EarlierDrawLife, PlanLife

LIVES: Final[dict[type[RuleBasedStateMachine], type[Aggregate]]] = {
    TaskLife: Task, VisitLife: Visit, ClueLife: Clue, PlanLife: Plan, DrawLife: Draw,
    EarlierDrawLife: Draw,
}  # fmt: skip
STEPS: Final = int(os.environ.get("SUPERVISION_LIFE_STEPS", "2500")) // len(LIVES)
PART: Final = 20_000
"""Steps of one part of a walk: parts run side by side."""
WITHIN: Final = 5_000
"""Within so many steps it is found that guards are gone."""
HISTORY: Final = 40
"""The most steps of one life."""


def walk(life: type[RuleBasedStateMachine], steps: int, number: int) -> int:
    """Walk at least so many steps; the seeds follow from the number. Give how many it were."""

    class Counting(life):  # type: ignore[valid-type,misc]
        walked: ClassVar[int] = 0

        @invariant()
        def counted(self) -> None:
            """Count one more step, or the beginning of a life."""
            type(self).walked += 1

    part = 0
    while Counting.walked < steps:
        run_state_machine_as_test(
            seed(number * 10**6 + part)(Counting),
            settings=settings(
                max_examples=min(100, ceil(steps / HISTORY)), stateful_step_count=HISTORY,
                deadline=None, database=None, print_blob=False, phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            ),
        )  # fmt: skip
        part += 1
    return Counting.walked


@pytest.mark.parametrize("number", range(ceil(STEPS / PART)))
@pytest.mark.parametrize("life", LIVES, ids=lambda one: one.__name__)
def test_a_long_life_breaks_no_rule(life: type[RuleBasedStateMachine], number: int) -> None:
    """Whatever is tried with it, what must hold does; what is refused changes nothing."""
    assert walk(life, min(PART, STEPS), number) >= min(PART, STEPS)


@pytest.mark.parametrize("life", LIVES, ids=lambda one: one.__name__)
def test_guards_that_are_taken_away_are_missed(
    life: type[RuleBasedStateMachine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: verbs that start from any state break what must hold, soon."""

    def nothing(self: object, *told: Any) -> tuple[()]:
        """Forbid nothing."""
        del self, told
        return ()

    monkeypatch.setattr(LIVES[life], "forbids", nothing)
    with pytest.raises(AssertionError):
        walk(life, WITHIN, 0)


def test_a_second_visit_of_a_firm_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: a task that is not told who has a visit lets a firm be visited twice."""
    admit = Task.admit_visits
    monkeypatch.setattr(Task, "admit_visits", lambda task, subjects=(), **_: admit(task, subjects))
    with pytest.raises(AssertionError):
        walk(TaskLife, WITHIN, 0)


def test_a_second_order_of_a_finding_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: where the earlier orders are not told, a finding is ordered twice."""
    monkeypatch.setattr(
        test_visit,
        "findings_to_order",
        lambda visit, part, *, department, **_: findings_to_order(
            visit, part, department=department
        ),
    )
    with pytest.raises(AssertionError):
        walk(VisitLife, WITHIN, 0)
