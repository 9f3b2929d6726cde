"""What an evaluation cost, and what is said of it: the largest loss first, in the model's words."""

import pytest
from attrs import evolve

from supervision_core.assessment.document import read_model
from supervision_core.assessment.model import Kind, costs, evaluate
from supervision_core.assessment.model.costs import more_is_worse
from supervision_core.assessment.wording import improvements

from .test_levels import AS_OF, model_with, scale


@pytest.mark.parametrize(
    ("labels", "order"),
    [
        ("ABC", [("severity", 1700), ("likelihood", 1200)]),
        ("CBA", [("likelihood", 800), ("severity", 300)]),
    ],
)
def test_the_largest_loss_stands_first(labels: str, order: list[tuple[str, int]]) -> None:
    """Each indicator loses as far as it is from its best: least points, or full marks."""
    model = model_with(scale("total", 0, 500, labels))
    found = costs(model, evaluate(model, {"likelihood": 2, "severity": 7}, AS_OF))
    assert [(one.indicator, one.lost) for one in found] == order


def test_what_is_at_its_best_or_did_not_count_costs_nothing() -> None:
    """Nothing is said of it: there is nothing to improve."""
    model = model_with(scale("total", 0, 500))
    evaluation = evaluate(model, {"likelihood": -10}, AS_OF)
    assert costs(model, evaluation) == ()
    assert improvements(model, evaluation, {"likelihood": -10}) == ()


def test_a_grader_that_does_not_say_leaves_it_to_the_kind() -> None:
    """Risk adds up to what is severe, credit does not."""
    model = model_with(scale("total", 0, 500, "AAA"))
    assert more_is_worse(model)
    assert not more_is_worse(evolve(model, kind=Kind.CREDIT))


def test_it_is_said_in_the_words_of_the_indicator() -> None:
    """What worsened the level outright comes before what cost points."""
    model = read_model({
        "format": "assessment-model/1", "kind": "risk", "code": "m", "name": "样例",
        "facts": [
            {"name": "fines", "title": "处罚次数", "type": "integer", "unit": "次"},
            {"name": "listed", "title": "列入经营异常名录", "type": "flag"},
        ],
        "categories": [{"code": "all", "name": "全部"}],
        "indicators": [
            {"code": "fines", "name": "行政处罚", "category": "all", "rule": "occurrences",
             "fact": "fines", "each": 2, "cap": 3, "missing": "error"},
            {"code": "veto", "name": "异常名录", "category": "all", "rule": "veto",
             "when": "listed", "level": "B", "missing": "exclude"},
        ],
        "levels": [{"code": "A", "name": "低"}, {"code": "B", "name": "高"}],
        "result": {"bands": [{"below": 4, "level": "A"},
                                                {"from": 4, "level": "B"}]},
    })  # fmt: skip
    facts = {"fines": 2, "listed": True}
    first, second = improvements(model, evaluate(model, facts, AS_OF), facts)
    assert first.startswith("异常名录：列入经营异常名录是；列入经营异常名录为“是”时")
    assert second == (
        "行政处罚：处罚次数2次，现计4分，最好可计0分，相差4分；计分办法：每次2分，最多计3次。"
    )
