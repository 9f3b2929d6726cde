"""Who judged the clue on which a visit rests stays known: he neither approves nor inspects."""

import pytest

from supervision_core.clues.model import Verdict
from supervision_core.kernel.errors import Refused
from supervision_core.tasks.model.grounds import VisitGround
from supervision_core.tasks.model.opening import VisitOrder

from .honest import proposal
from .test_chance import does
from .world import FIRMS, copied, founded


def test_a_clue_on_which_a_visit_rests_is_not_judged_again() -> None:
    """Another judgement would hide who judged it, and he could inspect after all."""
    world = copied(founded())
    about = {"clue_id": "clue-judged", "verdict": Verdict.INSPECT, "reason": "另有安排"}
    does(world, "lead-clerk", "clues.triage", **about)
    task = does(world, "lead-admin", "tasks.create", sheet=proposal("scene-dairy"))
    officers = ("lead-1", "farm-1")
    order = VisitOrder(
        subject=FIRMS[2], ground=VisitGround.CLUE, clue="clue-judged", officers=officers
    )
    does(world, "lead-admin", "tasks.open_visits", task_id=task, orders=(order,))
    with pytest.raises(Refused) as refused:
        does(world, "lead-head", "clues.triage", **about)
    assert [one.code for one in refused.value.violations] == ["clues.visit_rests_on_it"]
    does(world, "lead-admin", "tasks.delete", task_id=task, reason="重复下达")
    does(world, "lead-head", "clues.triage", **about)
