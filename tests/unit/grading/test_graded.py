from datetime import date

import pytest
from attrs import evolve

from supervision_core.assessment.document import read_model
from supervision_core.assessment.model import (
    EXCLUDED,
    AssessmentModel,
    Band,
    Bands,
    FactDefinition,
    FactsNotUsable,
    FactType,
    Kind,
    evaluate,
)
from supervision_core.grading.document import read_grading, write_grading
from supervision_core.grading.graded import SubjectGrader
from supervision_core.grading.model import Grade, GradingDefinition
from supervision_core.subjects.facts import day_number

AS_OF = date(2026, 7, 2)


def _model(kind: str) -> AssessmentModel:
    return read_model(
        {
            "format": "assessment-model/1",
            "kind": kind,
            "code": kind,
            "name": kind,
            "version": 2,
            "facts": [
                {"name": "penalties", "title": "处罚", "type": "integer"},
                {"name": "expires_on", "title": "到期", "type": "day"},
                {"name": "listed", "title": "列异", "type": "flag"},
            ],
            "categories": [{"code": "all", "name": "全部"}],
            "indicators": [
                {
                    "code": "a", "name": "甲", "category": "all", "rule": "occurrences",
                    "fact": "penalties", "each": 2, "cap": 5, "missing": "exclude",
                },
                {
                    "code": "b", "name": "乙", "category": "all", "rule": "bands",
                    "fact": "expires_on", "missing": {"points": 1},
                    "bands": [{"below": 1, "points": 0}, {"from": 1, "points": 4}],
                },
                {
                    "code": "c", "name": "丙", "category": "all", "rule": "flag", "fact": "listed",
                    "if_yes": 3, "if_no": 0, "missing": "error",
                },
            ],
            "levels": [{"code": "A", "name": "低"}, {"code": "B", "name": "高"}],
            "result": {
                "measure": "total",
                "bands": [{"below": 5, "level": "A"}, {"from": 5, "level": "B"}],
            },
        }
    )  # fmt: skip


RULE = GradingDefinition(
    risk_levels=("A", "B"),
    credit_levels=("A", "B"),
    matrix=((1, 2), (2, 3)),
    grades=tuple(
        Grade(number=number, name=f"{number}", measure="m", object_ratio=ratio)
        for number, ratio in ((1, "0.1"), (2, "0.2"), (3, "1"))
    ),
    version=4,
)
GRADER = SubjectGrader(
    rule_id="r", rule=RULE, risk=_model("risk"), credit=_model("credit"), as_of=AS_OF
)


def test_a_grading_says_what_the_definition_of_each_model_says() -> None:
    """Points, levels and contributions equal ``evaluate``; a kept day number counts as its day."""
    gone = date(2026, 6, 30)
    facts = {"penalties": 2, "expires_on": day_number(gone), "listed": True, "unasked": 9}
    found = GRADER.grade("s", facts)
    defined = evaluate(GRADER.risk, {"penalties": 2, "expires_on": gone, "listed": True}, AS_OF)
    assert (found.risk.level, found.risk.total) == (defined.level, defined.total) == ("B", 1100)
    assert found.risk.contributions == tuple(
        (one.indicator, one.points) for one in defined.contributions
    )
    assert found.risk.contributions == (("a", 400), ("b", 400), ("c", 300))
    assert (found.grade, found.rule_version, found.risk.model_version) == (3, 4, 2)


def test_only_the_facts_that_were_asked_for_are_kept() -> None:
    """The record holds the inputs of the result and nothing else, in one order."""
    found = GRADER.grade("s", {"unasked": 1, "listed": False, "penalties": 0})
    assert dict(found.facts) == {"listed": False, "penalties": 0}
    assert list(found.facts) == ["listed", "penalties"]
    assert (found.grade, found.risk.total, found.risk.level) == (1, 100, "A")


def test_a_fact_that_a_model_insists_on_leaves_a_subject_ungraded() -> None:
    """Without level there is no grade; the record shows which indicator had no points."""
    found = GRADER.grade("s", {"penalties": 1})
    assert (found.grade, found.risk.level, found.risk.total) == (None, None, None)
    assert dict(found.risk.contributions)["c"] is None


def test_a_fact_of_another_type_is_refused() -> None:
    """A number for a flag is never guessed at."""
    with pytest.raises(FactsNotUsable) as refused:
        GRADER.grade("s", {"listed": 1})
    assert {one.code for one in refused.value.reasons} == {"assessment.fact_of_another_type"}


def test_the_same_inputs_give_the_same_record() -> None:
    """A record can be made again from what it holds."""
    first = GRADER.grade("s", {"penalties": 3, "listed": False})
    assert GRADER.grade("s", first.facts) == first
    assert GRADER.grade("s", first.facts).digest == first.digest


def _insisting(kind: str) -> AssessmentModel:
    return evolve(_model(kind), least_known=2)


@pytest.mark.parametrize("treated", [None, 2])
def test_too_few_facts_give_no_level_but_what_the_rule_says(treated: int | None) -> None:
    """Below the threshold of a model there is no level; the grade is what the rule says of it."""
    grader = evolve(
        GRADER,
        rule=evolve(RULE, insufficient=treated),
        risk=_insisting("risk"),
        credit=_model("credit"),
    )
    found = grader.grade("s", {"listed": False})
    assert (found.risk.level, found.risk.total, found.credit.level) == (None, None, "A")
    assert (found.grade, found.insufficient) == (treated, True)
    risk, _ = grader.explain(found)
    assert "已知1项数据，少于模型要求的2项" in risk.conclusion
    enough = grader.grade("s", {"listed": False, "penalties": 0})
    assert (enough.risk.level, enough.grade, enough.insufficient) == ("A", 1, False)


@pytest.mark.parametrize("few", [-1, 4])
def test_a_threshold_that_no_subject_could_reach_is_refused(few: int) -> None:
    """A model cannot ask for more facts than it reads."""
    violations = evolve(_model("risk"), least_known=few).violations()
    assert [one.code for one in violations] == ["assessment.least_known_out_of_reach"]


def test_a_rule_names_one_of_its_grades_for_subjects_without_a_level() -> None:
    """数据不足 is treated as a grade there is; the document keeps it."""
    assert [one.at for one in evolve(RULE, insufficient=9).violations()] == ["insufficient"]
    kept = evolve(RULE, insufficient=2)
    assert read_grading(write_grading(kept)) == kept


def test_a_decimal_is_kept_as_an_integer_of_its_scale() -> None:
    """325 of scale 2 is kept, read as 3.25 by both ways of assessing, and explained as 3.25."""
    depth = FactDefinition("penalties", "深度", FactType.DECIMAL, "米", scale=2)
    bands = Bands("penalties", (Band(None, 325, 0), Band(325, None, 900)), EXCLUDED)
    deep = {
        model.kind: evolve(
            model,
            facts=(depth, *model.facts[1:]),
            indicators=(evolve(model.indicators[0], rule=bands), *model.indicators[1:]),
        )
        for model in (GRADER.risk, GRADER.credit)
    }
    grader = SubjectGrader(
        rule_id="r", rule=RULE, risk=deep[Kind.RISK], credit=deep[Kind.CREDIT], as_of=AS_OF
    )
    for number, wanted in ((324, "A"), (325, "B")):
        graded = grader.grade("s", {"penalties": number, "listed": False})
        assert (graded.risk.level, graded.facts["penalties"]) == (wanted, number)
        said, _ = grader.explain(graded)
        assert f"深度{number // 100}.{number % 100}米" in said.lines[0]
