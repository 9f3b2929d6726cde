from datetime import date

import pytest
from attrs import evolve

from supervision_core.assessment.model import (
    REFUSED,
    AssessmentModel,
    Band,
    Category,
    FactDefinition,
    FactType,
    Grader,
    Indicator,
    Kind,
    Level,
    Manual,
    Matrix,
    Scale,
    Worst,
    evaluate,
    parse_formula,
)

AS_OF = date(2026, 1, 1)


def scale(measure: str, first: int, second: int, labels: str = "ABC") -> Scale:
    """Cut a measure into three."""
    a, b, c = tuple(labels)
    return Scale(
        parse_formula(measure),
        (Band(None, first, a), Band(first, second, b), Band(second, None, c)),
    )


def model_with(grader: Grader) -> AssessmentModel:
    """Give a model of two entered points in two categories."""
    names = ("likelihood", "severity")
    return AssessmentModel(
        kind=Kind.RISK,
        code="model",
        name="模型",
        facts=tuple(FactDefinition(name, name, FactType.INTEGER) for name in names),
        categories=tuple(Category(name, name) for name in names),
        indicators=tuple(
            Indicator(name, name, name, Manual(name, -1000, 1000, REFUSED)) for name in names
        ),
        levels=tuple(Level(code, code) for code in "ABC"),
        grader=grader,
    )


def level(grader: Grader, likelihood: int, severity: int) -> str | None:
    """Assess by that grader."""
    model = model_with(grader)
    model.require_usable()
    return evaluate(model, {"likelihood": likelihood, "severity": severity}, AS_OF).level


def test_total_and_worst_single_score_take_the_worse() -> None:
    """The most severe of two scales decides: total 15 is B, but a single 9 makes it C."""
    grader = Worst((scale("total", 1000, 2000), scale("worst", 500, 900)))
    assert level(grader, 4, 4) == "A"
    assert level(grader, 8, 7) == "B"
    assert level(grader, 9, 0) == "C"


def test_the_worst_single_score_is_never_below_nought() -> None:
    """Credits alone leave the worst single score at nought."""
    grader = scale("worst", 0, 1)
    assert level(grader, -5, -5) == "B"


def test_a_matrix_crosses_two_measures() -> None:
    """Each pair of row and column has its own level."""
    cells = (("A", "A", "B"), ("A", "B", "C"), ("B", "C", "C"))
    labels = ("低", "中", "高")
    rows = scale("category_likelihood", 300, 600, "低中高")
    columns = scale("category_severity", 300, 600, "低中高")
    grader = Matrix(rows, labels, columns, labels, cells)
    found = tuple(tuple(level(grader, r, c) for c in (0, 3, 6)) for r in (0, 3, 6))
    assert found == cells


def test_a_product_of_scores_can_be_cut() -> None:
    """A formula over measures is cut in its own unit: hundredths times hundredths."""
    grader = scale("category_likelihood * category_severity", 20 * 10**4, 70 * 10**4)
    assert [level(grader, 4, n) for n in (4, 5)] == ["A", "B"]
    assert [level(grader, 7, n) for n in (9, 10)] == ["B", "C"]


@pytest.mark.parametrize(
    ("grader", "at", "code"),
    [
        (scale("nothing", 0, 1), "result.measure", "assessment.measure_unknown"),
        (scale("total + 1", 0, 1), "result.measure", "assessment.mixed_units"),
        (scale("total", 0, 1, "ABX"), "result.bands[2]", "assessment.level_unknown"),
        (Worst(()), "result.worst_of", "assessment.graders_missing"),
        (
            Worst((scale("total", 1, 0),)),
            "result.worst_of[0].bands[1]",
            "assessment.band_empty",
        ),
    ],
)
def test_a_faulty_grader_is_named_with_its_place(grader: Grader, at: str, code: str) -> None:
    """Each fault has its code and path."""
    found = {v.at: v.code for v in model_with(grader).violations()}
    assert found[at] == code


def test_a_matrix_is_complete() -> None:
    """A missing cell, a label twice or an unknown level is refused."""
    labels = ("低", "中", "高")
    side = scale("total", 0, 1, "低中高")
    whole = Matrix(side, labels, side, labels, (("A", "B", "C"),) * 3)
    assert list(model_with(whole).violations()) == []
    short = evolve(whole, cells=(("A", "B", "C"),) * 2)
    ragged = evolve(whole, cells=(("A", "B", "C"), ("A", "B"), ("A", "B", "C")))
    for grader in (short, ragged):
        found = {v.at: v.code for v in model_with(grader).violations()}
        assert found == {"result.cells": "assessment.matrix_incomplete"}
    unknown = evolve(whole, cells=(("A", "B", "Z"),) * 3)
    found = {v.at: v.code for v in model_with(unknown).violations()}
    assert found["result.cells[1][2]"] == "assessment.level_unknown"
