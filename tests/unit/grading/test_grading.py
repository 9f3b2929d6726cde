from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.grading.document import (
    GradingDocumentNotUnderstood,
    read_grading,
    write_grading,
)
from supervision_core.grading.model import (
    Grade,
    GradingDefinition,
    GradingNotUsable,
    GradingRule,
    GradingRuleNotChangeable,
    ItemDraw,
    LevelNotCovered,
    ModelsDoNotFit,
    SecondaryObject,
    require_fitting,
)
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.testing.assessment import awkward_model

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
RISKS, CREDITS = ("低", "一般", "较高", "高"), ("A", "B", "C", "D")
MATRIX = ((1, 1, 2, 3), (1, 2, 2, 3), (2, 2, 3, 4), (3, 3, 4, 4))
MEASURES = ("自主监管", "一般监管", "重点监管", "严格监管")
RATIOS = ("0.01", "0.05", "0.2", "1")


def rule(**changes: Any) -> GradingDefinition:
    """Give a usable rule, changed."""
    grades = tuple(
        Grade(number=n, name=f"{n}级", measure=measure, object_ratio=ratio)
        for n, (measure, ratio) in enumerate(zip(MEASURES, RATIOS, strict=True), 1)
    )
    usual = GradingDefinition(
        risk_levels=RISKS, credit_levels=CREDITS, matrix=MATRIX, grades=grades
    )
    return evolve(usual, **changes)


def changed(row: int, column: int, number: int) -> tuple[tuple[int, ...], ...]:
    """Give the matrix with one other cell."""
    cells = [list(numbers) for numbers in MATRIX]
    cells[row][column] = number
    return tuple(tuple(numbers) for numbers in cells)


def codes(definition: GradingDefinition) -> list[tuple[str, str]]:
    """Give the violations with their places."""
    return [(v.at, v.code) for v in definition.violations()]


@pytest.mark.function("F193")
def test_every_pair_of_levels_has_its_grade() -> None:
    """The matrix is total: risk and credit always give a grade, by its cell."""
    definition = rule()
    definition.require_usable()
    found = tuple(tuple(definition.grade(r, c) for c in CREDITS) for r in RISKS)
    assert found == MATRIX
    assert definition.grade_numbered(3).measure == "重点监管"


def test_grade_and_position_agree() -> None:
    """What executors compute from positions is the grade of the matrix."""
    definition = rule()
    quantity = definition.position("r", "c")
    for (r, risk), (c, credit) in product(enumerate(RISKS), enumerate(CREDITS)):
        assert quantity.value({"r": r, "c": c}) == definition.grade(risk, credit)


def test_a_level_outside_the_matrix_is_refused() -> None:
    """Both unknown levels are named."""
    with pytest.raises(LevelNotCovered) as refusal:
        rule().grade("极高", "E")
    assert [v.data["level"] for v in refusal.value.violations] == ["极高", "E"]


@pytest.mark.function("F193")
@pytest.mark.parametrize(
    ("row", "column", "number", "wanted"),
    [
        (
            1,
            1,
            3,
            [
                ("matrix[1][2]", "grading.less_credit_but_milder"),
                ("matrix[2][1]", "grading.riskier_but_milder"),
            ],
        ),
        (3, 0, 1, [("matrix[3][0]", "grading.riskier_but_milder")]),
        (0, 3, 1, [("matrix[0][3]", "grading.less_credit_but_milder")]),
        (2, 2, 5, [("matrix[2][2]", "grading.grade_unknown")]),
    ],
)
def test_the_matrix_is_monotone(
    row: int, column: int, number: int, wanted: list[tuple[str, str]]
) -> None:
    """Riskier or less creditworthy never means a milder grade."""
    assert codes(rule(matrix=changed(row, column, number))) == wanted


@given(st.lists(st.integers(1, 4), min_size=16, max_size=16))
def test_the_check_is_exactly_monotonicity(numbers: list[int]) -> None:
    """A matrix passes if and only if no pair of comparable cells goes the wrong way."""
    matrix = tuple(tuple(numbers[4 * r : 4 * r + 4]) for r in range(4))
    cells = list(product(range(4), range(4)))
    wrong = any(
        matrix[a][b] > matrix[c][d] for a, b in cells for c, d in cells if a <= c and b <= d
    )
    assert bool(codes(rule(matrix=matrix))) is wrong


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"matrix": MATRIX[:3]}, [("matrix", "grading.matrix_incomplete")]),
        (
            {"risk_levels": ("低", "低", "较高", "高")},
            [("risk_levels", "grading.levels_not_distinct")],
        ),
        (
            {"grades": rule().grades[::-1]},
            [
                ("grades", "grading.grades_not_in_order"),
                ("grades[1].object_ratio", "grading.milder_inspected_more"),
                ("grades[2].object_ratio", "grading.milder_inspected_more"),
                ("grades[3].object_ratio", "grading.milder_inspected_more"),
            ],
        ),
        (
            {
                "secondary": (
                    SecondaryObject(tag="锅炉", model_id="m", draw=ItemDraw.BY_RATIO, ratio="2"),
                )
            },
            [("secondary[0].ratio", "grading.ratio_not_usable")],
        ),
    ],
)
def test_a_faulty_rule_is_named_with_its_place(
    changes: dict[str, Any], wanted: list[tuple[str, str]]
) -> None:
    """Each fault of a rule has its code and path."""
    assert codes(rule(**changes)) == wanted


@pytest.mark.parametrize("ratio", ["", "1.5", "-0.1", "5%", ".5", "0.1234567", "1.01", "nan"])
def test_a_ratio_is_a_decimal_between_nought_and_one(ratio: str) -> None:
    """A ratio is an exact decimal text, so that the draw can be replayed."""
    first, *others = rule().grades
    grades = (evolve(first, object_ratio=ratio, yearly_cap=0), *others)
    assert codes(rule(grades=grades)) == [
        ("grades[0].object_ratio", "grading.ratio_not_usable"),
        ("grades[0].yearly_cap", "grading.cap_too_small"),
    ]


def test_models_must_give_the_levels_of_the_matrix() -> None:
    """A model with other levels, or in another order, does not fit."""
    model = awkward_model(1)
    levels = model.level_codes
    matrix = tuple((1,) * len(levels) for _ in levels)
    fitting = rule(risk_levels=levels, credit_levels=levels, matrix=matrix)
    require_fitting(fitting, model, model)
    with pytest.raises(ModelsDoNotFit) as refusal:
        require_fitting(rule(), model, model)
    assert [v.at for v in refusal.value.violations] == ["risk_levels", "credit_levels"]


def grading_rule() -> GradingRule:
    """Give a drafted rule."""
    return GradingRule.create(
        id="g1",
        name="规则",
        department="d1",
        region="450000",
        trade="dairy",
        risk_model="r1",
        credit_model="c1",
        definition=rule(),
        at=AT,
    )


@pytest.mark.function("F194")
def test_a_rule_lives_in_immutable_versions() -> None:
    """Enabled, changed beside, enabled again: each version stays as it was."""
    aggregate = grading_rule()
    aggregate.enable(at=AT)
    aggregate.redefine(rule(matrix=changed(0, 0, 1)), at=AT)
    aggregate.enable(at=AT)
    assert [version.version for version in aggregate.versions] == [1, 2]
    with pytest.raises(GradingRuleNotChangeable) as refusal:
        aggregate.change_models(risk_model="r2", credit_model="c2", at=AT)
    assert [v.code for v in refusal.value.violations] == ["grading.rule_is_enabled"]
    aggregate.disable(at=AT)
    aggregate.change_models(risk_model="r2", credit_model="c2", at=AT)
    with pytest.raises(GradingRuleNotChangeable) as refusal:
        aggregate.delete(at=AT)
    assert [v.code for v in refusal.value.violations] == ["grading.rule_is_disabled"]
    with pytest.raises(GradingRuleNotChangeable) as refusal:
        aggregate.version_numbered(3)
    assert [v.code for v in refusal.value.violations] == ["grading.version_unknown"]


def test_a_faulty_rule_cannot_be_enabled() -> None:
    """Enabling gives every fault of the draft."""
    aggregate = grading_rule()
    aggregate.redefine(rule(matrix=changed(3, 0, 1)), at=AT)
    with pytest.raises(GradingRuleNotChangeable) as refusal:
        aggregate.enable(at=AT)
    assert [v.code for v in refusal.value.violations] == ["grading.riskier_but_milder"]
    with pytest.raises(GradingNotUsable):
        rule(grades=()).require_usable()


def test_a_rule_survives_storage() -> None:
    """Every field of a filled rule comes back from plain JSON."""
    second = SecondaryObject(tag="锅炉", model_id="m", draw=ItemDraw.BY_RATIO, ratio="0.5")
    aggregate = grading_rule()
    aggregate.redefine(rule(secondary=(second,), object_tags=("乳品",)), at=AT)
    aggregate.enable(at=AT)
    aggregate.change_basics(name="新", trade="x", scenes=("s1",), description="说明", at=AT)
    back = from_plain(GradingRule, to_plain(aggregate))
    for attribute in fields(GradingRule):
        if attribute.init:
            found, wanted = getattr(back, attribute.name), getattr(aggregate, attribute.name)
            assert found == wanted, attribute.name


def test_a_rule_survives_writing_and_reading() -> None:
    """A rule written as a document and read again is the same rule."""
    first, *others = rule().grades
    definition = rule(grades=(evolve(first, yearly_cap=2, item_ratio="0.3"), *others))
    assert read_grading(write_grading(definition)) == definition


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"format": "x"}, {"format": "assessment.field_not_one_of"}),
        ({"matrix": {}}, {f"matrix.{r}": "assessment.field_missing" for r in RISKS}),
        (
            {"matrix": dict.fromkeys(RISKS, "12")},
            {f"matrix.{r}": "assessment.field_not_integers" for r in RISKS},
        ),
        (
            {"item_draw": None, "extra": 1},
            {
                "item_draw": "assessment.field_missing",
                "extra": "assessment.field_unknown",
            },
        ),
    ],
)
def test_a_wrong_field_of_a_rule_is_named(changes: dict[str, Any], wanted: dict[str, str]) -> None:
    """Each wrong field has its code and path."""
    with pytest.raises(GradingDocumentNotUnderstood) as refusal:
        read_grading(write_grading(rule()) | changes)
    assert {v.at: v.code for v in refusal.value.violations} == wanted
