"""Bounds as people write them, and what may be read in two ways."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.assessment.test_decimals import AS_OF, document

from supervision_core.assessment.document import DocumentNotUnderstood, read_model, write_model
from supervision_core.assessment.fields import Axis
from supervision_core.assessment.messages import MESSAGES
from supervision_core.assessment.model import Bands, FactValue, ModelNotUsable, Scale, evaluate
from supervision_core.assessment.ranges import RangeFault, read_range
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.messages import Messages

COUNT = Axis(0, ("次",))
RATE = Axis(4, is_rate=True)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("≤ 30", (None, 31)),
        ("≦30", (None, 31)),
        ("<=30", (None, 31)),
        ("\uff1c30", (None, 30)),
        ("30以下", (None, 31)),
        ("30 次及以下", (None, 31)),
        ("30次以内", (None, 31)),
        ("30（不含）以下", (None, 30)),
        ("30以下（不含30次）", (None, 30)),
        ("30以下（含本数）", (None, 31)),
        ("不超过30", (None, 31)),
        ("至多30次", (None, 31)),
        ("不足30次", (None, 30)),
        ("不满30", (None, 30)),
        ("> 30", (31, None)),
        ("超过30", (31, None)),
        ("≥30", (30, None)),
        ("30以上", (30, None)),
        ("30及以上", (30, None)),
        ("至少 30 次", (30, None)),
        ("30~60", (30, 61)),
        ("30\uff5e60", (30, 61)),
        ("30\u201460", (30, 61)),
        ("30-60", (30, 61)),
        ("30至60次", (30, 61)),
        ("从30到60", (30, 61)),
        ("30（不含）~60（含）", (31, 61)),
        ("-5~-3", (-5, -2)),
        ("[30, 60)", (30, 60)),
        ("(30, 60]", (31, 61)),
        ("[30, +∞)", (30, None)),
        ("(-∞, 30)", (None, 30)),
        ("30 < x ≤ 60", (31, 61)),
        ("60 ≥ 得分 > 30", (31, 61)),
        ("大于30，不超过60", (31, 61)),
        ("30以上不满60", (30, 60)),
        ("超过30且60以下", (31, 61)),
        ("5", (5, 6)),
        ("= 5次", (5, 6)),
        ("不限", (None, None)),
    ],
)
def test_a_range_means_what_its_words_say(text: str, ends: tuple[int | None, int | None]) -> None:
    """以上, 以下 and A~B include the number; 超过, 不足 and 不满 do not."""
    assert read_range(text, COUNT.read, COUNT.units).whole() == ends


@pytest.mark.parametrize(
    ("text", "axis", "code"),
    [
        ("约30", COUNT, "range_not_understood"),
        ("30左右", COUNT, "range_not_understood"),
        ("三十以下", COUNT, "range_not_understood"),
        ("30元以下", COUNT, "range_not_understood"),
        ("30%以下", COUNT, "range_not_understood"),
        ("大于30大于40", COUNT, "range_not_understood"),
        ("30 < x > 20", COUNT, "range_not_understood"),
        ("", COUNT, "range_not_understood"),
        ("30~60（含）", COUNT, "range_half_marked"),
        ("30（不含）~60", COUNT, "range_half_marked"),
        ("≤30（不含）", COUNT, "range_contradicts"),
        ("30（含）以上（不含）", COUNT, "range_contradicts"),
        ("30及以上（不含30）", COUNT, "range_contradicts"),
        ("30.5以下", COUNT, "range_too_precise"),
        ("≥ 85.555%", RATE, "range_too_precise"),
        ("≥ 85", RATE, "range_without_percent"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_in_words(text: str, axis: Axis, code: str) -> None:
    """Each has a fault of its own that quotes it and says how to write it."""
    with pytest.raises(RangeFault) as refusal:
        read_range(text, axis.read, axis.units)
    assert refusal.value.code == code
    said = Messages(MESSAGES).explain(Violation(f"assessment.{code}", "x", refusal.value.data))
    assert "{" not in said.reason + said.remedy
    assert said.remedy


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("≥ 90%", (18000, None)),
        ("> 90%", (18001, None)),
        ("0.75以上不满0.9", (15000, 18000)),
        ("≤ 85.55%", (None, 17111)),
        ("≤ 1", (None, 20001)),
    ],
)
def test_a_rate_keeps_whether_its_bound_is_included(
    text: str, ends: tuple[int | None, int | None]
) -> None:
    """Between 90% and the next hundredth lie other rates, so each bound keeps its half step."""
    found = read_range(text, RATE.read)
    assert (found.lower, found.upper) == ends


@given(st.integers(-1000, 1000), st.integers(-1000, 1000), st.integers(-1100, 1100))
def test_written_comparisons_hold_as_numbers_compare(low: int, high: int, number: int) -> None:
    """Whatever the bounds, a number is in the range exactly where the comparison holds."""
    cases = {
        f"≤ {high}": number <= high,
        f"{high}以下": number <= high,
        f"不足{high}": number < high,
        f"> {low}": number > low,
        f"{low}以上": number >= low,
        f"{low} ~ {high}": low <= number <= high,
        f"{low} < x ≤ {high}": low < number <= high,
        f"[{low}, {high})": low <= number < high,
    }
    for text, holds in cases.items():
        lower, upper = read_range(text, COUNT.read).whole()
        found = (lower is None or lower <= number) and (upper is None or number < upper)
        assert found == holds, text


def with_ranges(*ranges: str | int) -> dict[str, Any]:
    """Give a model whose bands over a depth (two decimals) are these."""
    changed = document()
    changed["indicators"] = changed["indicators"][:1]
    changed["indicators"][0]["bands"] = [
        {"range": text, "points": points} for points, text in enumerate(ranges)
    ]
    return changed


def test_ranges_are_of_the_scale_and_unit_of_their_fact() -> None:
    """≤ 3.25 米 ends below 3.26 where the fact has two decimals."""
    model = read_model(with_ranges("≤ 3.25米", "3.25米 < x < 7", "7以上"))
    rule = model.indicators[0].rule
    assert isinstance(rule, Bands)
    assert [(b.lower, b.upper) for b in rule.bands] == [(None, 326), (326, 700), (700, None)]
    assert read_model(write_model(model)) == model
    depths: dict[str, int] = {"3.25": 0, "3.26": 100, "6.99": 100, "7": 200}
    for depth, points in depths.items():
        facts: dict[str, FactValue] = {"depth": depth}
        assert evaluate(model, facts, AS_OF).total == points


def test_levels_are_cut_by_ranges_of_points() -> None:
    """Points have two decimals, so 30 belongs to ≤ 30 and 30.01 does not."""
    result = {"bands": [{"range": "≤ 30分", "level": "A"}, {"range": "> 30", "level": "B"}]}
    grader = read_model(document(result=result)).grader
    assert isinstance(grader, Scale)
    assert [(b.lower, b.upper) for b in grader.bands] == [(None, 3001), (3001, None)]


@pytest.mark.parametrize(
    ("ranges", "at", "code"),
    [
        (("3以下", "3~7", "> 7"), "indicators[0].bands[1].range", "range_shared"),
        (("≤ 3", "4~7", "> 7"), "indicators[0].bands", "bands_gap"),
        (("≤ 5", "3~7", "> 7"), "indicators[0].bands", "bands_overlap"),
        (("< 3", "> 3"), "indicators[0].bands", "bands_gap"),
        (("≤ 3.255", "> 3.255"), "indicators[0].bands[0].range", "range_too_precise"),
        ((True, "> 3"), "indicators[0].bands[0].range", "field_not_text"),
    ],
    ids=["shared", "gap", "overlap", "hole", "finer", "flag"],
)
def test_ranges_that_do_not_fit_together_are_named(
    ranges: tuple[str, ...], at: str, code: str
) -> None:
    """Two ranges that share an end, a gap between units, an overlap, a place too many."""
    with pytest.raises((DocumentNotUnderstood, ModelNotUsable)) as refusal:
        read_model(with_ranges(*ranges))
    found = {v.at: v for v in refusal.value.violations}
    assert found[at].code == f"assessment.{code}"
    assert Messages(MESSAGES).explain(found[at]).remedy


def test_a_shared_end_is_the_only_fault_told_of_it() -> None:
    """The overlap that follows from it is not told as well."""
    with pytest.raises(DocumentNotUnderstood) as refusal:
        read_model(with_ranges("3以下", "3~7", "7以上"))
    found = [(v.at, v.data) for v in refusal.value.violations]
    assert found == [
        ("indicators[0].bands[1].range", {"number": "3"}),
        ("indicators[0].bands[2].range", {"number": "7"}),
    ]


def test_a_range_stands_alone() -> None:
    """Beside from or below it would say the same thing twice, perhaps differently."""
    changed = with_ranges("不限")
    changed["indicators"][0]["bands"][0]["below"] = 3
    with pytest.raises(DocumentNotUnderstood) as refusal:
        read_model(changed)
    assert [(v.at, v.code) for v in refusal.value.violations] == [
        ("indicators[0].bands[0].range", "assessment.range_twice")
    ]


def test_a_bare_integer_is_a_range() -> None:
    """YAML reads 3 as a number; it means exactly 3."""
    model = read_model(with_ranges("< 3", 3, "> 3"))
    rule = model.indicators[0].rule
    assert isinstance(rule, Bands)
    assert [(b.lower, b.upper) for b in rule.bands] == [(None, 300), (300, 301), (301, None)]
