"""Drafts of evaluations: their author lists, edits and deletes them; nobody else sees them."""

from typing import Any

import pytest

from supervision_core.assessment.model import EvaluationRound, Kind, RoundState
from supervision_core.assessment.ports import EvaluationRounds, RiskModels
from supervision_core.testing.models import full_risk_model

from .browsing import Document, entered
from .conftest import Surface

LIST = "/gov/assessment/rounds"
EDIT, DELETE = "/gov/assessment/do/edit_round", f"{LIST}/several"


@pytest.fixture
def drafts(surface: Surface) -> Surface:
    """Give a department with a model and two drafts of different authors."""
    surface.let("doer", "assessment.list_rounds", "assessment.view_round")
    now = surface.province.platform.clock.now()
    model: Any = full_risk_model("model_1")
    model.department, model.region = "office", "450000"
    with surface.province.platform.transactions.begin() as unit:
        unit[RiskModels].save(model)
        for author in ("doer", "system"):
            draft = EvaluationRound.create(
                id=f"round_{author}", kind=Kind.RISK, model_id="model_1", model_version=1,
                initiator=author, department="office", batch=f"草稿{author}",
                subjects=("subject_office",), region="450000", at=now,
            )  # fmt: skip
            unit[EvaluationRounds].save(draft)
        unit.commit()
    return surface


def _round(surface: Surface, id: str) -> EvaluationRound:
    with surface.province.platform.transactions.begin() as unit:
        return unit[EvaluationRounds].get(id)


@pytest.mark.function("F171", surface="page")
def test_an_author_sees_edits_and_deletes_the_own_drafts_alone(drafts: Surface) -> None:
    """Proposal 3508-3520: a draft stands in the list of its author, who changes and deletes it."""
    browser = entered(drafts, "doer")
    page = browser.go(LIST).text
    assert ("草稿doer" in page, "草稿system" in page) == (True, False)
    assert browser.go(f"{LIST}/round_system").status_code == 404
    told = browser.go(f"{LIST}/round_doer").text
    assert "编辑评价草稿" in told
    path = f"{EDIT}?round_id=round_doer"
    answer = browser.send(path, to=EDIT, batch="2027年上半年")
    assert answer.status_code == 303, answer.text
    assert _round(drafts, "round_doer").batch == "2027年上半年"
    assert _round(drafts, "round_doer").subjects == ("subject_office",)
    several = {"act": "assessment.delete_round", "row-round_doer": "yes"}
    asked = Document(browser.send(LIST, to=DELETE, **several).text)
    done = browser.go(DELETE, asked.forms[DELETE])
    assert done.status_code == 200, done.text
    assert _round(drafts, "round_doer").state is RoundState.DELETED
    assert "2027年上半年" not in browser.go(LIST).text
