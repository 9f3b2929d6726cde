"""Decimals: text outside, integers of a declared scale within, and nothing ever rounded."""

from datetime import date
from typing import Any

import pytest

from supervision_core.assessment.document import DocumentNotUnderstood, read_model, write_model
from supervision_core.assessment.messages import MESSAGES
from supervision_core.assessment.model import (
    EXCLUDED,
    REFUSED,
    AssessmentModel,
    Band,
    Bands,
    Computed,
    FactDefinition,
    FactsNotUsable,
    FactType,
    FactValue,
    ModelNotUsable,
    Veto,
    evaluate,
    parse_criterion,
    parse_formula,
    raw_facts,
)
from supervision_core.assessment.model.aligning import aligned_condition, aligned_quantity
from supervision_core.assessment.model.decimals import decimal_number, decimal_text
from supervision_core.assessment.model.expressions import DecimalNumber
from supervision_core.assessment.model.facts import FactCatalogue
from supervision_core.assessment.wording import explain
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.plain import from_plain, to_plain

AS_OF = date(2026, 11, 26)
DEPTH = FactDefinition("depth", "深度", FactType.DECIMAL, "米", scale=2)
FINES = FactDefinition("fines", "次数", FactType.INTEGER, least=0, most=99)
CATALOGUE = FactCatalogue((DEPTH, FINES))


def document(**changes: Any) -> dict[str, Any]:
    """Give a model over a decimal fact."""
    return {
        "format": "assessment-model/1",
        "kind": "risk",
        "code": "m",
        "name": "基坑",
        "facts": [
            {
                "name": "depth",
                "title": "深度",
                "type": "decimal",
                "scale": 2,
                "unit": "米",
                "least": "-0.5",
                "most": 60,
            }
        ],
        "categories": [{"code": "c", "name": "全部"}],
        "indicators": [
            {
                "code": "i",
                "name": "深度",
                "category": "c",
                "rule": "bands",
                "fact": "depth",
                "bands": [{"below": "3.25", "points": 0}, {"from": 3.25, "points": 5}],
                "missing": "error",
            },
            {
                "code": "f",
                "name": "折算",
                "category": "c",
                "rule": "formula",
                "formula": "depth - 0.5",
                "missing": "exclude",
            },
        ],
        "levels": [{"code": "A", "name": "低"}, {"code": "B", "name": "高"}],
        "result": {"bands": [{"below": 8, "level": "A"}, {"from": 8, "level": "B"}]},
    } | changes


@pytest.mark.parametrize(
    ("text", "scale", "number"),
    [
        ("3.25", 2, 325),
        ("3", 2, 300),
        ("-0.5", 1, -5),
        ("+7.10", 1, 71),
        ("3.250", 2, 325),
        ("3.255", 2, None),
        ("3,25", 2, None),
        ("1e3", 2, None),
        (".5", 2, None),
        ("", 2, None),
    ],
)
def test_a_decimal_is_read_exactly_or_not_at_all(text: str, scale: int, number: int | None) -> None:
    """Noughts at the end say nothing; other places beyond the scale are never dropped."""
    assert decimal_number(text, scale) == number


@pytest.mark.parametrize(
    ("number", "text"), [(325, "3.25"), (300, "3"), (-50, "-0.5"), (5, "0.05")]
)
def test_a_decimal_is_written_as_people_write_it(number: int, text: str) -> None:
    """The shortest text that reads back."""
    assert decimal_text(number, 2) == text
    assert decimal_number(text, 2) == number


def test_a_decimal_fact_is_an_integer_of_its_scale() -> None:
    """Rules see hundredths; the empty text is unknown."""
    assert raw_facts((DEPTH,), {"depth": "3.25"}) == {"depth": 325}
    assert raw_facts((DEPTH,), {"depth": ""}) == {"depth": None}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("3.255", "fact_too_precise"),
        ("三", "fact_of_another_type"),
        (3, "fact_of_another_type"),
        (True, "fact_of_another_type"),
        ("92233720368547758.08", "fact_out_of_range"),
    ],
)
def test_a_decimal_that_does_not_fit_is_named(value: FactValue, code: str) -> None:
    """More places than the scale, a number that could be of either scale, and 64 bits."""
    with pytest.raises(FactsNotUsable) as refusal:
        raw_facts((DEPTH,), {"depth": value})
    (violation,) = refusal.value.violations
    assert violation.code == f"assessment.{code}"
    assert "深度" in Messages(MESSAGES).explain(violation).reason


@pytest.mark.parametrize(
    ("depth", "row"),
    [
        ("3.24", ("A", 274, 0, 0, 274)),
        ("3.25", ("A", 775, 0, 500, 275)),
        ("3.50", ("B", 800, 0, 500, 300)),
        ("60", ("B", 6450, 0, 500, 5950)),
        ("60.01", (None, None, 1, 500, None)),
        (None, (None, None, 1, None, None)),
    ],
)
def test_a_model_over_decimals_is_exact(depth: str | None, row: tuple[object, ...]) -> None:
    """Bands, formulas and declared limits hold to the last place."""
    model = read_model(document())
    assert read_model(write_model(model)) == model
    assert from_plain(AssessmentModel, to_plain(model)) == model
    assert write_model(model)["facts"] == document()["facts"]
    assert evaluate(model, {"depth": depth}, AS_OF).row() == row


def test_decimals_are_explained_as_written() -> None:
    """Bounds of a decimal are told with their decimals."""
    model = read_model(document())
    facts: dict[str, FactValue] = {"depth": "3.50"}
    lines = explain(model, evaluate(model, facts, AS_OF), facts).lines
    assert lines[0] == "深度：深度3.50米；不足3.25米0分，3.25米及以上5分；得5分。"


def test_a_bound_finer_than_the_fact_is_refused() -> None:
    """No value could tell 3.255 from 3.26."""
    changed = document()
    changed["indicators"][0]["bands"][0]["below"] = "3.255"
    with pytest.raises(DocumentNotUnderstood) as refusal:
        read_model(changed)
    assert [(v.at, v.code) for v in refusal.value.violations] == [
        ("indicators[0].bands[0].below", "assessment.field_not_decimal")
    ]


@pytest.mark.parametrize(
    ("fact", "fits"),
    [
        ({"type": "decimal", "scale": 1}, True),
        ({"type": "decimal", "scale": 9}, True),
        ({"type": "decimal", "scale": 10}, False),
        ({"type": "decimal"}, False),
        ({"type": "integer", "scale": 2}, False),
    ],
)
def test_a_scale_belongs_to_decimals(fact: dict[str, Any], fits: bool) -> None:  # noqa: FBT001
    """A decimal says how many places it has, from 1 to 9; nothing else does."""
    changed = document()
    changed["facts"] = [{"name": "depth", "title": "深度", **fact}]
    changed["indicators"] = changed["indicators"][:1]
    changed["indicators"][0]["bands"] = [{"points": 0}]
    if fits:
        assert read_model(changed).facts[0].scale == fact["scale"]
    else:
        with pytest.raises(ModelNotUsable) as refusal:
            read_model(changed)
        codes = [(v.at, v.code) for v in refusal.value.violations]
        assert codes == [("facts[0].scale", "assessment.fact_scale_unfit")]


@pytest.mark.parametrize(
    ("text", "known", "value", "scale"),
    [
        ("depth + fines", {"depth": 325, "fines": 2}, 525, 2),
        ("fines - 0.5", {"fines": 2}, 15, 1),
        ("depth * 1.5", {"depth": 325}, 4875, 3),
        ("min(depth, 3)", {"depth": 325}, 300, 2),
        ("depth if depth > 3.2 else -1.5", {"depth": 325}, 325, 2),
        ("depth if not depth > 3.2 else -1.5", {"depth": 325}, -150, 2),
        ("1.0 * fines", {"fines": 2}, 2, 0),
    ],
)
def test_a_formula_brings_decimals_to_one_scale(
    text: str, known: dict[str, int], value: int, scale: int
) -> None:
    """The smaller scale is multiplied up; factors add their places."""
    meaning, found = aligned_quantity(parse_formula(text).meaning, CATALOGUE.scales)
    assert (meaning.value(known), found) == (value, scale)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("depth >= 3.25", True),
        ("depth > 3.25", False),
        ("depth == 3.250 and fines < 2.5", True),
        ("ratio_at_least(depth, fines, 1.625, 1)", True),
        ("ratio_at_least(depth, fines, 1.626, 1)", False),
        ("fines > 2 or depth < 3.2500001", True),
    ],
)
def test_a_condition_compares_decimals_exactly(text: str, holds: bool) -> None:  # noqa: FBT001
    """Each comparison is of integers of one scale."""
    meaning = aligned_condition(parse_criterion(text).meaning, CATALOGUE.scales)
    assert meaning.holds({"depth": 325, "fines": 2}) is holds


def test_points_are_never_parts_of_a_hundredth() -> None:
    """A formula whose last place is worth less than a hundredth of a point is refused."""
    fine = Computed(parse_formula("depth * 0.5"), 1000, EXCLUDED)
    assert list(fine.violations(CATALOGUE, "r")) == []
    coarse = Computed(parse_formula("depth * 0.5"), 100, EXCLUDED)
    (violation,) = coarse.violations(CATALOGUE, "r")
    assert (violation.code, violation.at) == ("assessment.formula_too_fine", "r.formula")
    assert violation.data == {"scale": 3}


def test_what_leaves_64_bits_by_its_scale_is_refused() -> None:
    """Bringing to one scale counts as arithmetic."""
    wide = FactDefinition("wide", "宽", FactType.INTEGER, least=0, most=10**18)
    catalogue = FactCatalogue((DEPTH, wide))
    veto = Veto(parse_criterion("wide > depth"), "A", REFUSED)
    assert [v.code for v in veto.violations(catalogue, "r")] == ["assessment.formula_too_large"]


def test_a_literal_has_no_value_before_it_is_aligned() -> None:
    """Nobody counts with 0.5 by mistake for 5."""
    with pytest.raises(TypeError, match="aligned"):
        DecimalNumber(5, 1).value({})
    with pytest.raises(TypeError, match="aligned"):
        DecimalNumber(5, 1).bounds({})


def test_levels_are_cut_in_whole_units() -> None:
    """A formula of measures has no decimals of its own."""
    with pytest.raises(ModelNotUsable) as refusal:
        read_model(document(result={"measure": "total * 0.5", "bands": [{"level": "A"}]}))
    codes = [(v.at, v.code) for v in refusal.value.violations]
    assert codes == [("result.measure", "assessment.decimal_in_measure")]


def test_bands_of_a_decimal_tell_their_gaps_with_decimals() -> None:
    """As they are written, not as integers."""
    rule = Bands("depth", (Band(None, 325, 0), Band(350, None, 0)), EXCLUDED)
    (violation,) = rule.violations(CATALOGUE, "r")
    assert violation.data == {"upper": "3.25", "lower": "3.50"}
