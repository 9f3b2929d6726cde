"""Who proposes does not decide, through whatever second role, post or delegation, by context.

An account may hold both roles; what it asked for is then for another leader of the department or,
where there is only one, for the department above.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from supervision_core.clues.model import Clue, ClueState, Triage, Verdict
from supervision_core.items.model.documents import TemplateState
from supervision_core.kernel.errors import Refused
from supervision_core.kernel.messages import KERNEL_MESSAGES
from supervision_core.kernel.verbs import decided_by_another
from supervision_core.plans.model import Objection
from supervision_core.subjects.model.data_change import DataChange
from supervision_core.tasks.model.rectification import TermDecision
from supervision_core.tasks.model.sheet import Opinion
from supervision_core.testing import clues, content, items, officers, plans, subjects, tasks

NOON = datetime(2026, 5, 5, 4, tzinfo=UTC)
PROPOSED = frozenset({"both"})
CODE = "kernel.decided_by_proposer"


def _extension(by: str) -> None:
    made = tasks.visit("visit-1")
    (asked,) = made.extensions
    officer = asked.by if by == "both" else "officer-9"
    made.decide_extension(extension=asked.id, granted=True, by=by, at=NOON, officer=officer)


def _term(by: str) -> None:
    made = tasks.rectification("order-1")
    (asked,) = made.term_requests
    who = asked.by if by == "both" else by
    decision = TermDecision(granted=True, new_due=date(2026, 6, 5), by=who, at=NOON)
    made.decide_term(asked.id, decision)


def _opinion(by: str) -> None:
    made = tasks.task("task-1")
    said = Opinion(participates=True, by="both", at=NOON, matters_to_add=("matter-9",))
    made._put(tasks.FARM, opinion=said)
    made.answer_opinion(tasks.FARM, adopted=True, text="", by=by, at=NOON)


def _objection(by: str) -> None:
    made = plans.plan("plan-1")
    made._objections = (
        Objection(id="o-1", department="dept-farm", reason="冲突", at=NOON, by="both"),
    )
    made.answer(objection="o-1", accepted=True, text="采纳", by=by)


def _triage(by: str) -> None:
    judged = Triage(verdict=Verdict.HANDLE, reason="属实", by=by, at=NOON)
    clues.clue("clue-1").triage(judged, entered_by=PROPOSED)


def _registered() -> Clue:
    made = clues.clue("clue-1")
    made._state = ClueState.REGISTERED
    return made


def _inspection(by: str) -> None:
    _registered().inspect(to="dept-farm", reason="属实", by=by, at=NOON, entered_by=PROPOSED)


def _leaving(by: str) -> None:
    _registered().ignore(reason="不属于监管职责", by=by, at=NOON, entered_by=PROPOSED)


def _template(by: str) -> None:
    made = items.full_document_template()
    made._state = TemplateState.SUBMITTED
    made.approve(at=NOON, by=by, made_by=PROPOSED)


def _data_change(decide: Callable[[DataChange, str], None]) -> Callable[[str], None]:
    def decided(by: str) -> None:
        made = subjects.full_data_change()
        decide(made, made.by if by == "both" else by)

    return decided


def _proposal(by: str) -> None:
    made = officers.full_proposal()
    made.accept(version=2, by=made.by if by == "both" else by, at=NOON)


DECISIONS: dict[str, Callable[[str], None]] = {
    "more days for a visit": _extension,
    "more days to put things right": _term,
    "an opinion on a task": _opinion,
    "an objection to a plan": _objection,
    "a plan": lambda by: plans.plan("plan-1").settle(at=NOON, by=by, drafted_by=PROPOSED),
    "a clue": _triage,
    "a clue to inspect": _inspection,
    "a clue to leave": _leaving,
    "an article": lambda by: content.full_article().approve(at=NOON, by=by, written_by=PROPOSED),
    "a template": _template,
    "data that a firm changes": _data_change(lambda made, by: made.accept(by=by, at=NOON)),
    "data that a firm may not change": _data_change(
        lambda made, by: made.refuse("证明不清", by=by, at=NOON)
    ),
    "what an institution changes": _proposal,
}


def _codes(decide: Callable[[str], None], by: str) -> set[str]:
    try:
        decide(by)
    except Refused as refused:
        return {one.code for one in refused.violations}
    return set()


@pytest.mark.parametrize("name", DECISIONS)
def test_who_proposed_it_does_not_decide_it(name: str) -> None:
    """One account with both roles is refused, another is not for that reason."""
    assert CODE in _codes(DECISIONS[name], "both")
    assert CODE not in _codes(DECISIONS[name], "another")


def test_nobody_known_is_nobody() -> None:
    """What came from elsewhere, or was kept before accounts were, has no proposer."""
    assert list(decided_by_another("", "")) == []
    assert list(decided_by_another("one", "", "other")) == []


def test_the_refusal_names_who_decides_in_a_small_office() -> None:
    """Where there is one leader alone, the department above decides."""
    assert "另一名负责人" in KERNEL_MESSAGES[CODE].remedy
    assert "上级部门" in KERNEL_MESSAGES[CODE].remedy
