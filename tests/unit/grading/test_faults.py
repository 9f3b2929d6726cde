from collections.abc import Callable

import pytest
from attrs import evolve

from supervision_core.assessment.model import (
    EXCLUDED,
    AssessmentModel,
    Band,
    Bands,
    Category,
    FactDefinition,
    FactType,
    FlagPoints,
    Indicator,
    Kind,
    Level,
    total_scale,
)
from supervision_core.assessment.model.expressions import (
    Arithmetic,
    Number,
    Operation,
    Ref,
    Steps,
)
from supervision_core.grading.document import (
    GradingDocumentNotUnderstood,
    read_grading,
    write_grading,
)
from supervision_core.grading.model import (
    Grade,
    GradingDefinition,
    ItemDraw,
    LevelNotCovered,
    ModelsDoNotFit,
    SecondaryObject,
    require_fitting,
)
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Violation

MILD = Grade(number=1, name="一级", measure="自主监管", object_ratio="0.05", item_ratio="0.5")
STRICT = Grade(number=2, name="二级", measure="严格监管", object_ratio="1")
SMALL = GradingDefinition(
    risk_levels=("低", "高"),
    credit_levels=("A", "B"),
    matrix=((1, 1), (1, 2)),
    grades=(MILD, STRICT),
)


def faults(definition: GradingDefinition) -> tuple[Violation, ...]:
    """Give the violations whole: code, place and data."""
    return tuple(definition.violations())


def test_the_small_rule_is_usable() -> None:
    """The rule that the other tests spoil has no fault of its own."""
    assert faults(SMALL) == ()


def test_an_unknown_level_is_named() -> None:
    """A level of no row, and one of no column, are refused with their words."""
    with pytest.raises(LevelNotCovered) as refusal:
        SMALL.grade("中", "Z")
    assert refusal.value.violations == (
        Violation("grading.level_not_covered", data={"level": "中"}),
        Violation("grading.level_not_covered", data={"level": "Z"}),
    )


def test_a_position_steps_at_each_change_of_grade() -> None:
    """Cells are counted row by row from 0; a step stands wherever the grade changes, only there."""
    cell = Arithmetic(Operation.ADD, Arithmetic(Operation.MULTIPLY, Ref("r"), Number(2)), Ref("c"))
    each = evolve(SMALL, matrix=((1, 2), (3, 4)))
    assert each.position("r", "c") == Steps(cell, (1, 2, 3), (1, 2, 3, 4))
    assert SMALL.position("r", "c") == Steps(cell, (3,), (1, 2))


def test_a_rule_wants_grades() -> None:
    """Without grades a rule is refused, and so is each cell that names one."""
    assert faults(evolve(SMALL, grades=(), matrix=((1, 1), (1, 1)))) == (
        Violation("grading.grades_missing", "grades"),
        *(
            Violation("grading.grade_unknown", f"matrix[{row}][{column}]", {"grade": 1})
            for row in (0, 1)
            for column in (0, 1)
        ),
    )


def test_grades_count_from_one() -> None:
    """Grade numbers are 1, 2, …; a gap is refused."""
    skipped = evolve(SMALL, grades=(MILD, evolve(STRICT, number=3)), matrix=((1, 1), (1, 3)))
    assert faults(skipped) == (Violation("grading.grades_not_in_order", "grades"),)


@pytest.mark.parametrize("name", ["object_ratio", "item_ratio"])
def test_a_ratio_that_is_none_is_given_back(name: str) -> None:
    """The text that is no ratio stands in the reason, at its grade and field."""
    spoilt: Callable[..., Grade] = evolve
    assert faults(evolve(SMALL, grades=(MILD, spoilt(STRICT, **{name: "2"})))) == (
        Violation("grading.ratio_not_usable", f"grades[1].{name}", {"ratio": "2"}),
    )


@pytest.mark.parametrize(("cap", "refused"), [(-1, True), (0, True), (1, False), (2, False)])
def test_a_yearly_cap_is_one_inspection_at_least(cap: int, *, refused: bool) -> None:
    """A cap below one inspection a year is refused, one is not."""
    wanted = (Violation("grading.cap_too_small", "grades[0].yearly_cap"),) if refused else ()
    assert faults(evolve(SMALL, grades=(evolve(MILD, yearly_cap=cap), STRICT))) == wanted


@pytest.mark.parametrize("name", ["object_ratio", "item_ratio"])
def test_a_milder_grade_is_never_inspected_more(name: str) -> None:
    """Of two neighbours the milder has no greater ratio; the stricter is named."""
    lowered: Callable[..., Grade] = evolve
    strict = lowered(STRICT, **{name: "0.01"})
    assert faults(evolve(SMALL, grades=(MILD, strict))) == (
        Violation("grading.milder_inspected_more", f"grades[1].{name}", {"grade": 2}),
    )
    same = lowered(STRICT, **{name: getattr(MILD, name)})
    assert faults(evolve(SMALL, grades=(MILD, same))) == ()


@pytest.mark.parametrize("ratio", ["1.1", "一半"])
def test_a_secondary_object_wants_a_ratio(ratio: str) -> None:
    """The ratio of a secondary object is checked like that of a grade."""
    boiler = SecondaryObject(tag="锅炉", model_id="m", draw=ItemDraw.BY_RATIO)
    second = evolve(boiler, tag="车辆", ratio=ratio)
    assert faults(evolve(SMALL, secondary=(boiler, second))) == (
        Violation("grading.ratio_not_usable", "secondary[1].ratio", {"ratio": ratio}),
    )


def test_levels_are_distinct_on_both_sides() -> None:
    """A level given twice is refused on its side; no level at all makes the matrix unfit too."""
    twice = evolve(SMALL, risk_levels=("低", "低"), credit_levels=("A", "A"))
    assert faults(twice) == (
        Violation("grading.levels_not_distinct", "risk_levels"),
        Violation("grading.levels_not_distinct", "credit_levels"),
    )
    assert faults(evolve(SMALL, credit_levels=())) == (
        Violation("grading.levels_not_distinct", "credit_levels"),
        Violation("grading.matrix_incomplete", "matrix", {"rows": 2, "columns": 0}),
    )


@pytest.mark.parametrize(
    "matrix", [((1, 1),), ((1,), (1,)), ((1, 1), (1,)), ((1, 1, 1), (1, 1, 1))]
)
def test_a_matrix_has_a_cell_for_each_pair(matrix: tuple[tuple[int, ...], ...]) -> None:
    """The size that is wanted is given: so many rows, so many columns."""
    assert faults(evolve(SMALL, matrix=matrix)) == (
        Violation("grading.matrix_incomplete", "matrix", {"rows": 2, "columns": 2}),
    )


def test_an_unknown_grade_is_given_with_its_cell() -> None:
    """A cell names a grade of the rule."""
    assert faults(evolve(SMALL, matrix=((1, 1), (1, 9)))) == (
        Violation("grading.grade_unknown", "matrix[1][1]", {"grade": 9}),
    )


def test_a_cell_that_goes_the_wrong_way_is_given_with_its_levels() -> None:
    """The levels of the cell that is too mild stand in the reason, in both directions."""
    high_a, low_b = {"risk": "高", "credit": "A"}, {"risk": "低", "credit": "B"}
    assert faults(evolve(SMALL, matrix=((2, 2), (1, 2)))) == (
        Violation("grading.riskier_but_milder", "matrix[1][0]", high_a),
    )
    assert faults(evolve(SMALL, matrix=((2, 1), (2, 2)))) == (
        Violation("grading.less_credit_but_milder", "matrix[0][1]", low_b),
    )


def model(kind: Kind, levels: tuple[str, str], fact: FactDefinition) -> AssessmentModel:
    """Give a model of two levels over one fact."""
    rule = (
        FlagPoints(fact.name, 100, 0, EXCLUDED)
        if fact.type is FactType.FLAG
        else Bands(fact.name, (Band(None, None, 100),), EXCLUDED)
    )
    return AssessmentModel(
        kind=kind,
        code="m",
        name="模型",
        facts=(fact,),
        categories=(Category("all", "全部"),),
        indicators=(Indicator("one", "一", "all", rule),),
        levels=tuple(Level(level, level) for level in levels),
        grader=total_scale((Band(None, 50, levels[0]), Band(50, None, levels[1]))),
    )


NUMBER = FactDefinition("fines", "罚款次数", FactType.INTEGER)
FLAG = FactDefinition("fines", "有无罚款", FactType.FLAG)
OTHER = FactDefinition("listed", "列异", FactType.FLAG)


def test_models_fit_by_levels_in_order_and_types_of_facts() -> None:
    """Each side's levels are those of the matrix; a fact that both read is of one type."""
    risk = model(Kind.RISK, ("低", "高"), NUMBER)
    credit = model(Kind.CREDIT, ("A", "B"), NUMBER)
    require_fitting(SMALL, risk, credit)
    require_fitting(SMALL, risk, model(Kind.CREDIT, ("A", "B"), OTHER))
    turned_risk = model(Kind.RISK, ("高", "低"), NUMBER)
    turned_credit = model(Kind.CREDIT, ("B", "A"), FLAG)
    with pytest.raises(ModelsDoNotFit) as refusal:
        require_fitting(SMALL, turned_risk, turned_credit)
    assert refusal.value.violations == (
        Violation("grading.levels_differ", "risk_levels"),
        Violation("grading.levels_differ", "credit_levels"),
        Violation("grading.fact_types_differ", data={"fact": "fines"}),
    )


def test_a_file_may_leave_out_version_items_and_cap() -> None:
    """Left out: version 1, every item, no cap; item_draw is never guessed."""
    document = write_grading(SMALL)
    del document["version"]
    grade: Json = {"number": 1, "name": "一级", "measure": "自主监管", "object_ratio": "0.05"}
    document |= {"grades": [grade], "matrix": {"低": [1, 1], "高": [1, 1]}}
    read = read_grading(document)
    assert read.version == 1
    assert read.grades == (evolve(MILD, item_ratio="1"),)
    assert read.grades[0].yearly_cap is None


def test_a_file_says_how_items_are_drawn() -> None:
    """Both ways of drawing items come back from a file as they were written."""
    for draw in ItemDraw:
        definition = evolve(SMALL, item_draw=draw, version=7)
        assert read_grading(write_grading(definition)) == definition


def test_a_file_that_is_no_mapping_is_refused_as_a_whole() -> None:
    """What is not a mapping at all has one fault at the whole, and its missing fields."""
    with pytest.raises(GradingDocumentNotUnderstood) as refusal:
        read_grading(["grading-rule/1"])
    assert refusal.value.violations[0] == Violation("assessment.field_not_mapping", "")


def test_a_rule_that_lacks_a_row_is_not_written() -> None:
    """Writing never drops a level in silence."""
    with pytest.raises(ValueError, match="zip"):
        write_grading(evolve(SMALL, matrix=((1, 1),)))
