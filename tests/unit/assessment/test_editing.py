"""A model is configured piece by piece: levels, categories, one indicator, several indicators."""

from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve

from supervision_core.assessment.model import (
    EXCLUDED,
    Category,
    FlagPoints,
    Indicator,
    Kind,
    Manual,
    ModelNotChangeable,
    ModelNotUsable,
    NoSuchIndicator,
    RiskModel,
)
from supervision_core.assessment.model.catalogued import CATALOGUED
from supervision_core.assessment.model.models import Cycle
from supervision_core.assessment.model.standards import (
    IndicatorAct,
    LevelStandard,
    blank_model,
    standards_of,
)
from supervision_core.grading.model import usual_definition
from supervision_core.testing.models import full_definition

NOW = datetime(2026, 11, 26, 4, tzinfo=UTC)
FLAG = Indicator(
    "abnormal", "经营异常", "general", FlagPoints("abnormal_listed", 2000, 0, EXCLUDED)
)


@pytest.fixture
def model() -> RiskModel:
    """Give a model that was begun by its basics."""
    return RiskModel.create(
        id="m-1", department="d-1", region="450100", object_type="企业", cycle=Cycle.YEAR,
        definition=blank_model(Kind.RISK, "dairy_risk", "模型", ""), at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("kind", list(Kind))
def test_a_new_model_has_the_four_levels_of_its_kind(kind: Kind) -> None:
    """3415, 3743: nothing is missing but indicators, and its levels read back as they were."""
    made = blank_model(kind, "dairy", "模型", "说明")
    assert {one.code for one in made.violations()} == {"assessment.indicators_missing"}
    assert len(standards_of(made)) == 4
    assert standards_of(made)[0].upper or standards_of(made)[0].lower


def test_levels_with_a_gap_are_refused_where_they_are(model: RiskModel) -> None:
    """3429: every total leads to exactly one level."""
    wrong = (
        LevelStandard(code="低", name="低", upper="20"),
        LevelStandard(code="高", name="高", lower="30"),
    )
    with pytest.raises(ModelNotUsable) as refused:
        model.set_levels(wrong, at=NOW)
    assert [one.code for one in refused.value.violations] == ["assessment.bands_gap"]
    with pytest.raises(ModelNotUsable) as refused:
        model.set_levels((evolve(wrong[0], upper="2.505"),), at=NOW)
    assert [one.at for one in refused.value.violations] == ["standards[0].upper"]


def test_an_indicator_defines_the_facts_of_the_catalogue(model: RiskModel) -> None:
    """3445-3449: facts by name; what is scored on site is a fact of the indicator's own."""
    model.add_indicator(FLAG, at=NOW)
    hygiene = Indicator("hygiene", "卫生", "general", Manual("", 0, 1000, EXCLUDED))
    model.add_indicator(hygiene, at=NOW)
    assert model.newest.facts[0] == CATALOGUED["abnormal_listed"]
    assert [one.name for one in model.newest.facts] == ["abnormal_listed", "hygiene"]
    model.enable(at=NOW)
    model.change_indicator(evolve(FLAG, name="列入经营异常"), at=NOW)
    assert model.current().indicators[0].name == "经营异常"
    assert model.newest.indicators[0].name == "列入经营异常"


def test_a_code_is_never_given_twice(model: RiskModel) -> None:
    """To add is refused where the code is another's; to change, where there is none."""
    model.add_indicator(FLAG, at=NOW)
    with pytest.raises(ModelNotUsable) as refused:
        model.add_indicator(evolve(FLAG, name="另一项"), at=NOW)
    (one,) = refused.value.violations
    assert (one.code, one.at) == ("assessment.indicator_code_taken", "indicator.code")
    assert one.data == {"code": "abnormal", "name": "经营异常"}
    assert [one.name for one in model.newest.indicators] == ["经营异常"]
    with pytest.raises(NoSuchIndicator):
        model.change_indicator(evolve(FLAG, code="other"), at=NOW)


def test_what_is_wrong_in_an_indicator_is_said_of_it_alone(model: RiskModel) -> None:
    """A rule of an unknown fact, in a category that is not there."""
    wrong: Any = Indicator("x", "甲", "other", FlagPoints("unheard_of", 1, 0, EXCLUDED))
    with pytest.raises(ModelNotUsable) as refused:
        model.add_indicator(wrong, at=NOW)
    assert {one.at for one in refused.value.violations} == {
        "indicator.category", "indicator.rule.fact",
    }  # fmt: skip


def test_categories_in_use_stay(model: RiskModel) -> None:
    """3437: a category that indicators stand in is not taken away."""
    model.add_indicator(FLAG, at=NOW)
    model.set_categories(
        (Category("general", "综合"), Category("fixed", "静态", "general")), at=NOW
    )
    with pytest.raises(ModelNotUsable):
        model.set_categories((Category("fixed", "静态"),), at=NOW)


def test_several_indicators_are_arranged_together(model: RiskModel) -> None:
    """3457-3468: copied, switched, deleted; a copy does not count before it is looked at."""
    model.add_indicator(FLAG, at=NOW)
    model.arrange_indicators(("abnormal",), IndicatorAct.COPY, at=NOW)
    assert [(one.code, one.enabled) for one in model.newest.indicators] == [
        ("abnormal", True), ("abnormal_2", False),
    ]  # fmt: skip
    model.arrange_indicators(("abnormal", "abnormal_2"), IndicatorAct.DISABLE, at=NOW)
    assert not model.newest.enabled
    model.arrange_indicators(("abnormal_2",), IndicatorAct.DELETE, at=NOW)
    assert len(model.newest.indicators) == 1


def test_levels_of_a_model_in_force_stay(model: RiskModel) -> None:
    """3473: 不支持已启动的模型仍然能被修改等级结果."""
    model.add_indicator(FLAG, at=NOW)
    model.enable(at=NOW)
    with pytest.raises(ModelNotChangeable):
        model.set_levels((LevelStandard(code="低", name="低"),), at=NOW)


def test_a_new_rule_is_sound_over_any_levels() -> None:
    """3872: four grades, the worse of both levels decides."""
    risk = blank_model(Kind.RISK, "r", "风险", "")
    found = usual_definition(risk, full_definition(Kind.CREDIT))
    assert list(found.violations()) == []
    assert found.matrix[3] == (4, 4)
