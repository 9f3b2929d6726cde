"""合理缺项, rates by cross-multiplication, and levels that move by steps."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.assessment.document import DocumentNotUnderstood, read_model, write_model
from supervision_core.assessment.messages import MESSAGES
from supervision_core.assessment.model import (
    AssessmentModel,
    Band,
    FactValue,
    ModelNotUsable,
    Outcome,
    RateScale,
    Row,
    compile_python,
    evaluate,
    parse_formula,
    raw_facts,
)
from supervision_core.assessment.wording import explain
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.plain import from_plain, to_plain

AS_OF = date(2026, 11, 26)
ITEMS = ("hall", "kitchen", "cold")
RATE_BANDS = [
    {"range": "90%以上", "level": "A"},
    {"range": "75%以上不满90%", "level": "B"},
    {"range": "不满75%", "level": "C"},
]


def item(code: str, full: int) -> dict[str, Any]:
    """Give an item of a checklist: points 0 to ``full``, or not applicable."""
    return {
        "code": code,
        "name": code,
        "category": "c",
        "applies": f'{code}_result != "合理缺项"',
        "full": full,
        "rule": "manual",
        "fact": f"{code}_points",
        "least": 0,
        "most": full,
        "missing": "error",
    }


def shift(code: str, when: str, **way: int) -> dict[str, Any]:
    """Give a rule that moves the level."""
    rule: dict[str, Any] = {"code": code, "name": code, "category": "c", "rule": "shift"}
    return rule | {"when": when, "missing": "exclude", **way}


def document(**changes: Any) -> dict[str, Any]:
    """Give a checklist of three items, 50, 30 and 20 points, levelled by its rate."""
    facts: list[dict[str, Any]] = []
    for code in ITEMS:
        facts.append({"name": f"{code}_result", "title": f"{code}结果", "type": "code"})
        facts.append({"name": f"{code}_points", "title": f"{code}得分", "type": "integer"})
    facts.append({"name": "fines", "title": "处罚", "type": "integer", "least": 0, "most": 99})
    facts.append({"name": "listed", "title": "失信", "type": "flag"})
    return {
        "format": "assessment-model/1",
        "kind": "credit",
        "code": "m",
        "name": "量化",
        "facts": facts,
        "categories": [{"code": "c", "name": "检查"}],
        "indicators": [item("hall", 50), item("kitchen", 30), item("cold", 20)],
        "levels": [{"code": code, "name": code} for code in "ABC"],
        "result": {"measure": "total", "over": "applicable", "bands": RATE_BANDS},
    } | changes


def visit(hall: int | None, kitchen: int | None, cold: int | None) -> dict[str, FactValue]:
    """Give the facts of a visit; an item without points does not apply."""
    facts: dict[str, FactValue] = {}
    for code, points in zip(ITEMS, (hall, kitchen, cold), strict=True):
        facts[f"{code}_result"] = "合理缺项" if points is None else "已检查"
        facts[f"{code}_points"] = points
    return facts


def row(model: AssessmentModel, facts: dict[str, FactValue]) -> Row:
    """Assess by the definition, and see that the generated function says the same."""
    wanted = evaluate(model, facts, AS_OF).row()
    raw = tuple(raw_facts(model.facts, facts).values())
    assert list(compile_python(model, AS_OF)([raw])) == [wanted]
    return wanted


@pytest.mark.parametrize(
    ("points", "level", "total"),
    [
        ((50, 30, 20), "A", 10000),
        ((45, 27, 18), "A", 9000),
        ((45, 27, 17), "B", 8900),
        ((45, 27, None), "A", 7200),
        ((44, 27, None), "B", 7100),
        ((None, None, 18), "A", 1800),
        ((None, None, 17), "B", 1700),
        ((None, None, 14), "C", 1400),
    ],
)
def test_what_does_not_apply_counts_neither_way(
    points: tuple[int | None, int | None, int | None], level: str, total: int
) -> None:
    """得分 ÷ 适用满分: an item left out lowers neither, and the bound itself is reached."""
    model = read_model(document())
    assert read_model(write_model(model)) == model
    assert from_plain(AssessmentModel, to_plain(model)) == model
    found = row(model, visit(*points))
    assert found[:3] == (level, total, 0)
    assert found[3:] == tuple(None if n is None else 100 * n for n in points)


def test_nothing_applicable_at_all_is_too_little_data() -> None:
    """No division by nought and no level, but an outcome of its own."""
    model = read_model(document())
    facts = visit(None, None, None)
    found = evaluate(model, facts, AS_OF)
    assert row(model, facts) == (None, None, 1, None, None, None)
    assert found.insufficient
    assert found.faults == ()
    assert {c.outcome for c in found.contributions} == {Outcome.INAPPLICABLE}
    assert explain(model, found, facts).conclusion == (
        "没有适用的项目，得分率无从计算：数据不足，不能定级。"
    )


def test_lacking_is_not_inapplicable() -> None:
    """An unknown result is treated as missing, an unknown score of an applicable item too."""
    model = read_model(document())
    unknown = visit(50, 30, 20) | {"cold_result": None}
    assert row(model, unknown)[:3] == (None, None, 1)
    unscored = visit(50, 30, 20) | {"cold_points": None}
    assert row(model, unscored)[:3] == (None, None, 1)
    left_out = visit(50, 30, None)
    assert evaluate(model, left_out, AS_OF).measures["missing"] == 0


def test_an_inapplicable_item_is_explained() -> None:
    """The enterprise reads what was left out, and of how many marks its points are."""
    model = read_model(document())
    facts = visit(45, 27, None)
    said = explain(model, evaluate(model, facts, AS_OF), facts)
    assert said.lines[2] == (
        "cold：cold结果合理缺项，cold得分未知；"
        "cold结果不为“合理缺项”时适用；现场打分0分至20分；"
        "不适用，得分和满分都不计该项。"
    )
    assert said.conclusion == "总分72分，适用满分80分；结果等级：A（A）。"


@given(
    st.integers(0, 300), st.integers(1, 300), st.integers(0, 15000), st.booleans(), st.booleans()
)
def test_a_rate_is_compared_as_the_fraction_it_is(
    part: int,
    whole: int,
    bound: int,
    above: bool,  # noqa: FBT001 -- a fact
    negative: bool,  # noqa: FBT001 -- a fact
) -> None:
    """Cross-multiplication says what the exact fraction says, at the bound and beside it."""
    cut = 2 * (-bound if negative else bound) + above
    bands = (Band(None, cut, "low"), Band(cut, None, "high"))
    grader = RateScale(parse_formula("total"), parse_formula("applicable"), bands)
    known = {"total": -part if negative else part, "applicable": whole}
    rate, limit = Fraction(known["total"], whole), Fraction(cut // 2, 10_000)
    is_high = rate > limit if above else rate >= limit
    assert grader.label(known, ("low", "high")) == ("high" if is_high else "low")


@pytest.mark.parametrize(
    ("measure", "over", "bands", "at", "code"),
    [
        ("total", "nothing", RATE_BANDS, "result.over", "measure_unknown"),
        ("total", "total + vetoes", RATE_BANDS, "result.over", "mixed_units"),
        ("vetoes", "total", RATE_BANDS, "result.over", "mixed_units"),
        ("total", "0.5 * applicable", RATE_BANDS, "result.over", "decimal_in_measure"),
        ("total", "applicable", RATE_BANDS[:2], "result.bands", "bands_start_late"),
        ("total", "applicable", [], "result.bands", "bands_missing"),
        (
            "total",
            "applicable",
            [{"below": 10**12, "level": "A"}, {"from": 10**12, "level": "B"}],
            "result.bands",
            "formula_too_large",
        ),
        (
            "total",
            "applicable",
            [{"range": "90%以上", "level": "A"}, {"range": "< 80%", "level": "B"}],
            "result.bands",
            "bands_gap",
        ),
        (
            "total",
            "applicable",
            [{"range": "不限", "level": "Z"}],
            "result.bands[0]",
            "level_unknown",
        ),
    ],
)
def test_each_fault_of_a_rate_is_named(
    measure: str, over: str, bands: list[dict[str, Any]], at: str, code: str
) -> None:
    """Measures, units, size, seams and levels, each with its place."""
    with pytest.raises(ModelNotUsable) as refusal:
        read_model(document(result={"measure": measure, "over": over, "bands": bands}))
    found = {v.at: v for v in refusal.value.violations}
    assert found[at].code == f"assessment.{code}"
    if code == "bands_gap":
        reason = Messages(MESSAGES).explain(found[at]).reason
        assert reason == "80%与90%之间没有区间可落"


@pytest.mark.parametrize(
    ("change", "at", "code"),
    [
        ({"full": -1}, "indicators[0].full", "full_marks_unfit"),
        ({"applies": "nothing > 1"}, "indicators[0].applies", "fact_unknown"),
        ({"applies": "1 == 1"}, "indicators[0].applies", "formula_without_facts"),
    ],
)
def test_each_fault_of_applying_is_named(change: dict[str, Any], at: str, code: str) -> None:
    """Full marks are of points; the condition is over known facts."""
    changed = document()
    changed["indicators"][0] |= change
    with pytest.raises(ModelNotUsable) as refusal:
        read_model(changed)
    assert (at, f"assessment.{code}") in {(v.at, v.code) for v in refusal.value.violations}


def test_full_marks_are_the_most_that_a_rule_can_give() -> None:
    """Unless the indicator says otherwise; deductions alone have none."""
    changed = document()
    for part in changed["indicators"]:
        del part["full"]
    model = read_model(changed)
    assert model.full_marks() == {"applicable": {"hall": 5000, "kitchen": 3000, "cold": 2000}}
    changed["indicators"][0] |= {"least": -10, "most": 0}
    assert read_model(changed).full_marks()["applicable"]["hall"] == 0


STEPPED = document(
    indicators=[
        *document()["indicators"],
        shift("up", "fines >= 2", worse=1),
        shift("more", "fines >= 5", worse=5),
        shift("down", "fines == 0", better=1),
        {
            "code": "v",
            "name": "v",
            "category": "c",
            "rule": "veto",
            "when": "listed",
            "level": "B",
            "missing": "exclude",
        },
    ]
)


@pytest.mark.parametrize(
    ("points", "fines", "listed", "level"),
    [
        (85, 1, False, "B"),
        (85, 2, False, "C"),
        (85, 0, False, "A"),
        (95, 2, False, "B"),
        (95, 5, False, "C"),
        (95, 0, False, "A"),
        (85, 0, True, "B"),
        (95, 2, True, "B"),
        (85, 2, True, "C"),
        (85, None, False, "B"),
    ],
)
def test_a_level_moves_by_steps(
    points: int,
    fines: int | None,
    listed: bool,  # noqa: FBT001 -- a fact
    level: str,
) -> None:
    """Steps add up and stop at the first and last level, vetoes come after, unknown moves none."""
    model = read_model(STEPPED)
    assert read_model(write_model(model)) == model
    assert from_plain(AssessmentModel, to_plain(model)) == model
    facts = visit(points - 50, 30, 20) | {"fines": fines, "listed": listed}
    assert row(model, facts)[0] == level


def test_steps_are_columns_of_their_own_and_no_points() -> None:
    """``s_`` holds the steps that were made: worse above nought, better below."""
    model = read_model(STEPPED)
    assert model.columns()[6:] == ("s_up", "s_more", "s_down", "v_v")
    facts = visit(50, 30, 20) | {"fines": 5, "listed": False}
    assert row(model, facts)[6:] == (1, 5, 0, 0)
    facts["fines"] = 0
    assert row(model, facts)[6:] == (0, 0, -1, 0)
    assert model.full_points() == (0, 10000)


def test_steps_are_explained() -> None:
    """Which rule moved the level, and by how much."""
    model = read_model(STEPPED)
    facts = visit(35, 30, 20) | {"fines": 2, "listed": True}
    said = explain(model, evaluate(model, facts, AS_OF), facts)
    assert said.lines[3] == "up：处罚2；处罚不小于2时等级加重1级；条件成立。"
    assert said.lines[5] == "down：处罚2；处罚等于0时等级减轻1级；条件不成立。"
    assert said.conclusion == (
        "总分85分，适用满分100分；升降级：up（加重1级）；触发一票否决：v；结果等级：C（C）。"
    )


@pytest.mark.parametrize(
    ("way", "error", "at", "code"),
    [
        ({}, DocumentNotUnderstood, "indicators[0].worse", "shift_not_one_way"),
        (
            {"worse": 1, "better": 1},
            DocumentNotUnderstood,
            "indicators[0].worse",
            "shift_not_one_way",
        ),
        ({"worse": -1}, DocumentNotUnderstood, "indicators[0].worse", "shift_not_one_way"),
        ({"better": 21}, ModelNotUsable, "indicators[0].by", "shift_out_of_reach"),
        ({"worse": 1, "full": 5}, ModelNotUsable, "indicators[0].full", "full_marks_unfit"),
        (
            {"worse": 1, "missing": {"points": 1}},
            ModelNotUsable,
            "indicators[0].missing",
            "veto_without_points",
        ),
    ],
    ids=["none", "both", "negative", "far", "full", "points"],
)
def test_each_fault_of_a_step_is_named(
    way: dict[str, Any],
    error: type[DocumentNotUnderstood | ModelNotUsable],
    at: str,
    code: str,
) -> None:
    """One way, by some steps, and no points."""
    rule = shift("up", "fines >= 2") | way
    with pytest.raises(error) as refusal:
        read_model(document(indicators=[rule, *document()["indicators"]]))
    found = {v.at: v for v in refusal.value.violations}
    assert found[at].code == f"assessment.{code}"
    assert Messages(MESSAGES).explain(found[at]).remedy
