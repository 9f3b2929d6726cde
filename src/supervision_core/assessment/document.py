"""The file format of a model, ``assessment-model/1``, as plain data for YAML or JSON.

Described for authors in ``docs/formats/model.md``. Reading finds every fault at once, each with
its path; writing and reading give the same model again.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import singledispatch

from attrs import define

from supervision_core.assessment.fields import Fields, written
from supervision_core.assessment.model import (
    EXCLUDED,
    REFUSED,
    AssessmentModel,
    Band,
    Bands,
    Category,
    Choice,
    Computed,
    FactDefinition,
    FactType,
    FlagPoints,
    Grader,
    Indicator,
    Kind,
    Level,
    LookUp,
    Manual,
    Matrix,
    Missing,
    Occurrences,
    Rule,
    Scale,
    Treatment,
    Veto,
    Worst,
)
from supervision_core.assessment.model.definition import COUNTS
from supervision_core.assessment.model.expressions import MixedUnits, Ref
from supervision_core.assessment.model.levels import POINTS_PLACES as POINTS
from supervision_core.assessment.model.syntax import Formula, parse_criterion, parse_formula
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Refused, Violation

FORMAT = "assessment-model/1"
Document = Mapping[str, Json]


@define(eq=False)
class DocumentNotUnderstood(Refused):
    """The file is no model: every wrong field with its path."""

    code = "assessment.document_not_understood"


def read_model(document: object) -> AssessmentModel:
    """Read a model from plain data.

    Raises ``DocumentNotUnderstood`` where the data has not the form of a model, and
    ``ModelNotUsable`` where only the model itself has faults (gaps, unknown facts, …); both give
    every reason with its path, the first also those of the model that do not follow from the form.
    """
    problems: list[Violation] = []
    top = Fields(document, "", problems)
    top.one_of("format", {FORMAT: FORMAT})
    model = AssessmentModel(
        kind=top.one_of("kind", {kind.value: kind for kind in Kind}) or Kind.RISK,
        code=top.text("code"),
        name=top.text("name"),
        version=top.integer("version", 1),
        description=top.text("description", ""),
        least_known=top.integer("least_known", 0),
        facts=tuple(_read_fact(part) for part in top.parts("facts")),
        categories=tuple(_read_category(part) for part in top.parts("categories")),
        indicators=tuple(_read_indicator(part) for part in top.parts("indicators")),
        levels=tuple(_read_level(part) for part in top.parts("levels")),
        grader=_read_grader(top.part("result"), "level"),
    )
    top.close()
    if problems:
        own = (each for each in model.violations() if not _follows(each, problems))
        raise DocumentNotUnderstood((*problems, *own))
    model.require_usable()
    return model


_NEEDS: Mapping[str, tuple[str, ...]] = {
    "assessment.fact_unknown": ("facts",),
    "assessment.fact_does_not_fit_rule": ("facts",),
    "assessment.category_unknown": ("categories",),
    "assessment.level_unknown": ("levels",),
    "assessment.matrix_incomplete": ("result",),
    "assessment.measure_unknown": ("categories", "indicators"),
    "assessment.mixed_units": ("categories", "indicators"),
    "assessment.formula_too_large": ("facts", "categories", "indicators"),
}
"""Faults that may only be there because a part of the document could not be read."""
_NAMED = {"assessment.name_twice", "assessment.name_not_usable"}


def _follows(fault: Violation, problems: Sequence[Violation]) -> bool:
    """Tell whether a fault of the model may come from a stand-in for what could not be read."""
    places = [problem.at for problem in problems]
    if any(value == "" for value in fault.data.values()):
        return True
    if fault.code in _NAMED:
        return False
    needs = _NEEDS.get(fault.code, ())
    return any(
        _within(place, fault.at) or _within(fault.at, place) or _within(place, part)
        for place in places
        for part in (*needs, fault.at)
    )


def _within(place: str, outer: str) -> bool:
    return place == outer or (place.startswith(outer) and place[len(outer)] in ".[")


def write_model(model: AssessmentModel) -> dict[str, Json]:
    """Write a model as plain data: strings, integers, booleans, lists and mappings."""
    return {
        "format": FORMAT,
        "kind": model.kind.value,
        "code": model.code,
        "name": model.name,
        "version": model.version,
        **_given("description", model.description),
        **({"least_known": model.least_known} if model.least_known else {}),
        "facts": [_write_fact(fact) for fact in model.facts],
        "categories": [
            {
                "code": category.code,
                "name": category.name,
                **_given("parent", category.parent),
                **_given("note", category.note),
            }
            for category in model.categories
        ],
        "indicators": [_write_indicator(indicator) for indicator in model.indicators],
        "levels": [
            {"code": level.code, "name": level.name, **_given("note", level.note)}
            for level in model.levels
        ],
        "result": _write_grader(model.grader),
    }


def _given(key: str, value: str) -> dict[str, Json]:
    return {key: value} if value else {}


def _read_fact(part: Fields) -> FactDefinition:
    usual = FactDefinition("", "", FactType.INTEGER)
    fact = FactDefinition(
        name=part.text("name"),
        title=part.text("title"),
        type=part.one_of("type", {kind.value: kind for kind in FactType}) or FactType.INTEGER,
        unit=part.text("unit", ""),
        least=part.integer("least", usual.least),
        most=part.integer("most", usual.most),
    )
    part.close()
    return fact


def _write_fact(fact: FactDefinition) -> dict[str, Json]:
    usual = FactDefinition("", "", FactType.INTEGER)
    return {
        "name": fact.name,
        "title": fact.title,
        "type": fact.type.value,
        **_given("unit", fact.unit),
        **({"least": fact.least} if fact.least != usual.least else {}),
        **({"most": fact.most} if fact.most != usual.most else {}),
    }


def _read_category(part: Fields) -> Category:
    category = Category(
        part.text("code"), part.text("name"), part.text("parent", ""), part.text("note", "")
    )
    part.close()
    return category


def _read_level(part: Fields) -> Level:
    level = Level(part.text("code"), part.text("name"), part.text("note", ""))
    part.close()
    return level


def _read_indicator(part: Fields) -> Indicator:
    read = part.one_of("rule", _READERS)
    missing = _read_missing(part)
    indicator = Indicator(
        code=part.text("code"),
        name=part.text("name"),
        category=part.text("category"),
        rule=read(part, missing) if read else FlagPoints("", 0, 0, EXCLUDED),
        enabled=part.flag("enabled", default=True),
        note=part.text("note", ""),
    )
    if read:
        part.close()
    return indicator


def _read_missing(part: Fields) -> Missing:
    word = part.raw("missing")
    if word in ("exclude", "error"):
        return EXCLUDED if word == "exclude" else REFUSED
    if isinstance(word, Mapping):
        inner = Fields(word, part.path("missing"), part.problems)
        missing = Missing.scores(inner.decimal("points", POINTS))
        inner.close()
        return missing
    part.refuse("missing_policy_missing", "missing")
    return EXCLUDED


def _write_missing(missing: Missing) -> Json:
    if missing.treatment is Treatment.POINTS:
        return {"points": written(missing.points, POINTS)}
    return missing.treatment.value


def _read_bands(part: Fields, missing: Missing) -> Rule:
    fact = part.text("fact")
    return Bands(fact, tuple(_read_points_band(band) for band in part.parts("bands")), missing)


def _read_points_band(part: Fields) -> Band[int]:
    band = Band(part.bound("from", 0), part.bound("below", 0), part.decimal("points", POINTS))
    part.close()
    return band


def _read_lookup(part: Fields, missing: Missing) -> Rule:
    otherwise = None
    if part.raw("otherwise") != "error":
        otherwise = part.decimal("otherwise", POINTS)
    return LookUp(part.text("fact"), part.entries("codes", POINTS), otherwise, missing)


def _read_flag(part: Fields, missing: Missing) -> Rule:
    yes, no = part.decimal("if_yes", POINTS), part.decimal("if_no", POINTS)
    return FlagPoints(part.text("fact"), yes, no, missing)


def _read_occurrences(part: Fields, missing: Missing) -> Rule:
    each, cap = part.decimal("each", POINTS), part.integer("cap")
    return Occurrences(part.text("fact"), each, cap, missing)


def _read_formula(part: Fields, missing: Missing) -> Rule:
    formula = part.formula("formula") or parse_formula("0")
    return Computed(formula, part.decimal("each", POINTS, 1), missing)


def _read_veto(part: Fields, missing: Missing) -> Rule:
    criterion = part.criterion("when") or parse_criterion("0 == 0")
    return Veto(criterion, part.text("level"), missing)


def _read_manual(part: Fields, missing: Missing) -> Rule:
    choices = tuple(_read_choice(choice) for choice in part.parts("choices", ()))
    least, most = part.decimal("least", POINTS), part.decimal("most", POINTS)
    each = part.decimal("each", POINTS, 1)
    return Manual(part.text("fact"), least, most, missing, choices, each)


def _read_choice(part: Fields) -> Choice:
    choice = Choice(part.text("name"), part.decimal("points", POINTS), part.text("note", ""))
    part.close()
    return choice


_READERS: dict[str, Callable[[Fields, Missing], Rule]] = {
    "bands": _read_bands,
    "lookup": _read_lookup,
    "flag": _read_flag,
    "occurrences": _read_occurrences,
    "formula": _read_formula,
    "veto": _read_veto,
    "manual": _read_manual,
}


def _write_indicator(indicator: Indicator) -> dict[str, Json]:
    return {
        "code": indicator.code,
        "name": indicator.name,
        "category": indicator.category,
        **({} if indicator.enabled else {"enabled": False}),
        **_given("note", indicator.note),
        **_write_rule(indicator.rule),
        "missing": _write_missing(indicator.rule.missing),
    }


def _ends(lower: int | None, upper: int | None, places: int) -> dict[str, Json]:
    start: dict[str, Json] = {} if lower is None else {"from": written(lower, places)}
    end: dict[str, Json] = {} if upper is None else {"below": written(upper, places)}
    return start | end


@singledispatch
def _write_rule(rule: Rule) -> dict[str, Json]:
    raise TypeError(rule)


@_write_rule.register
def _(rule: Bands) -> dict[str, Json]:
    bands = [
        {**_ends(band.lower, band.upper, 0), "points": written(band.value, POINTS)}
        for band in rule.bands
    ]
    return {"rule": "bands", "fact": rule.fact, "bands": bands}


@_write_rule.register
def _(rule: LookUp) -> dict[str, Json]:
    codes = {code: written(points, POINTS) for code, points in rule.codes.items()}
    otherwise = "error" if rule.otherwise is None else written(rule.otherwise, POINTS)
    return {"rule": "lookup", "fact": rule.fact, "codes": codes, "otherwise": otherwise}


@_write_rule.register
def _(rule: FlagPoints) -> dict[str, Json]:
    yes, no = written(rule.yes, POINTS), written(rule.no, POINTS)
    return {"rule": "flag", "fact": rule.fact, "if_yes": yes, "if_no": no}


@_write_rule.register
def _(rule: Occurrences) -> dict[str, Json]:
    each = written(rule.each, POINTS)
    return {"rule": "occurrences", "fact": rule.fact, "each": each, "cap": rule.cap}


@_write_rule.register
def _(rule: Computed) -> dict[str, Json]:
    each = written(rule.each, POINTS)
    return {"rule": "formula", "formula": rule.formula.text, "each": each}


@_write_rule.register
def _(rule: Veto) -> dict[str, Json]:
    return {"rule": "veto", "when": rule.when.text, "level": rule.level}


@_write_rule.register
def _(rule: Manual) -> dict[str, Json]:
    least, most = written(rule.least, POINTS), written(rule.most, POINTS)
    choices: list[Json] = [
        {"name": c.name, "points": written(c.points, POINTS), **_given("note", c.note)}
        for c in rule.choices
    ]
    listed: dict[str, Json] = {"choices": choices} if choices else {}
    bounds: dict[str, Json] = {"least": least, "most": most, "each": written(rule.each, POINTS)}
    return {"rule": "manual", "fact": rule.fact, **bounds, **listed}


def _places(measure: Formula) -> int:
    """Count the decimals of a bound: two for points, four for a product of two, none for counts."""
    names = measure.meaning.names()
    try:
        return POINTS * measure.meaning.degree({n: 0 if n in COUNTS else 1 for n in names})
    except MixedUnits:  # the model's own violations will say so
        return 0


def _read_grader(part: Fields, gives: str) -> Grader:
    grader: Grader
    if part.has("worst_of"):
        grader = Worst(tuple(_read_grader(inner, gives) for inner in part.parts("worst_of")))
    elif part.has("cells"):
        grader = _read_matrix(part)
    else:
        measure = part.formula("measure", "total") or Formula("total", Ref("total"))
        places = _places(measure)
        bands = tuple(_read_level_band(band, places, gives) for band in part.parts("bands"))
        grader = Scale(measure, bands)
    part.close()
    return grader


def _read_level_band(part: Fields, places: int, gives: str) -> Band[str]:
    band = Band(part.bound("from", places), part.bound("below", places), part.text(gives))
    part.close()
    return band


def _read_matrix(part: Fields) -> Matrix:
    rows, columns = part.part("rows"), part.part("columns")
    row_labels, column_labels = rows.texts("labels"), columns.texts("labels")
    cells = part.part("cells")
    return Matrix(
        rows=_read_grader(rows, "label"),
        row_labels=row_labels,
        columns=_read_grader(columns, "label"),
        column_labels=column_labels,
        cells=_read_cells(cells, row_labels),
    )


def _read_cells(part: Fields, row_labels: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    cells = tuple(part.texts(label) for label in row_labels)
    part.close()
    return cells


def _write_grader(grader: Grader, gives: str = "level") -> dict[str, Json]:
    if isinstance(grader, Worst):
        return {"worst_of": [_write_grader(inner, gives) for inner in grader.of]}
    if isinstance(grader, Matrix):
        cells = zip(grader.row_labels, grader.cells, strict=True)
        return {
            "rows": {"labels": list(grader.row_labels), **_write_grader(grader.rows, "label")},
            "columns": {
                "labels": list(grader.column_labels),
                **_write_grader(grader.columns, "label"),
            },
            "cells": {label: list(row) for label, row in cells},
        }
    if not isinstance(grader, Scale):
        raise TypeError(grader)
    places = _places(grader.measure)
    bands: list[Json] = [
        {**_ends(band.lower, band.upper, places), gives: band.value} for band in grader.bands
    ]
    return {"measure": grader.measure.text, "bands": bands}
