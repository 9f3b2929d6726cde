"""The file format of a model, ``assessment-model/1``, as plain data for YAML or JSON.

Described for authors in ``docs/formats/model.md``. Reading finds every fault at once, each with
its path; writing and reading give the same model again.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import singledispatch
from typing import TypeVar

from attrs import define, evolve

from supervision_core.assessment.fields import Axis, Fields, read_ranges, written
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
    RateScale,
    Rule,
    Scale,
    Shift,
    Treatment,
    Veto,
    Worst,
)
from supervision_core.assessment.model.decimals import MOST_SCALE
from supervision_core.assessment.model.expressions import MixedUnits, Ref
from supervision_core.assessment.model.facts import FactCatalogue
from supervision_core.assessment.model.levels import COUNTS, RATE_PLACES
from supervision_core.assessment.model.levels import POINTS_PLACES as POINTS
from supervision_core.assessment.model.syntax import Formula, parse_criterion, parse_formula
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Refused, Violation

FORMAT = "assessment-model/1"
Document = Mapping[str, Json]
Option = TypeVar("Option")


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
    facts = FactCatalogue(tuple(_read_fact(part) for part in top.parts("facts")))
    model = AssessmentModel(
        kind=top.one_of("kind", {kind.value: kind for kind in Kind}) or Kind.RISK,
        code=top.text("code"),
        name=top.text("name"),
        version=top.integer("version", 1),
        description=top.text("description", ""),
        least_known=top.integer("least_known", 0),
        facts=facts.definitions,
        categories=tuple(_read_category(part) for part in top.parts("categories")),
        indicators=tuple(_read_indicator(part, facts) for part in top.parts("indicators")),
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
        "indicators": [_write_indicator(i, model.catalogue) for i in model.indicators],
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
    kind = part.one_of("type", {kind.value: kind for kind in FactType}) or FactType.INTEGER
    scale = part.integer("scale", 0)
    is_decimal = kind is FactType.DECIMAL and 1 <= scale <= MOST_SCALE

    def limit(key: str, usually: int) -> int:
        if is_decimal and part.has(key):
            return part.decimal(key, scale)
        return part.integer(key, usually)

    fact = FactDefinition(
        name=part.text("name"),
        title=part.text("title"),
        type=kind,
        unit=part.text("unit", ""),
        least=limit("least", usual.least),
        most=limit("most", usual.most),
        scale=scale,
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
        **({"scale": fact.scale} if fact.scale else {}),
        **({"least": written(fact.least, fact.scale)} if fact.least != usual.least else {}),
        **({"most": written(fact.most, fact.scale)} if fact.most != usual.most else {}),
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


def _read_indicator(part: Fields, facts: FactCatalogue) -> Indicator:
    read = part.one_of("rule", _READERS)
    missing = _read_missing(part)
    indicator = Indicator(
        code=part.text("code"),
        name=part.text("name"),
        category=part.text("category"),
        rule=read(part, missing, facts) if read else FlagPoints("", 0, 0, EXCLUDED),
        enabled=part.flag("enabled", default=True),
        note=part.text("note", ""),
        applies=part.criterion("applies") if part.has("applies") else None,
        full=part.bound("full", POINTS),
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


def _read_bands(part: Fields, missing: Missing, facts: FactCatalogue) -> Rule:
    fact = part.text("fact")
    found = facts.find(fact)
    unit = "" if found is None else "天" if found.type is FactType.DAY else found.unit
    axis = Axis(facts.scales.get(fact, 0), (unit,))
    parts = part.parts("bands")
    ends = [each.whole() for each in read_ranges(parts, axis)]
    values = [each.decimal("points", POINTS) for each in parts]
    return Bands(fact, _bands(parts, ends, values), missing)


def _bands(
    parts: Sequence[Fields],
    ends: Sequence[tuple[int | None, int | None]],
    values: Sequence[Option],
) -> tuple[Band[Option], ...]:
    for part in parts:
        part.close()
    pairs = zip(ends, values, strict=True)
    return tuple(Band(lower, upper, value) for (lower, upper), value in pairs)


def _read_lookup(part: Fields, missing: Missing, facts: FactCatalogue) -> Rule:  # noqa: ARG001 -- as bands
    otherwise = None
    if part.raw("otherwise") != "error":
        otherwise = part.decimal("otherwise", POINTS)
    return LookUp(part.text("fact"), part.entries("codes", POINTS), otherwise, missing)


def _read_flag(part: Fields, missing: Missing, facts: FactCatalogue) -> Rule:  # noqa: ARG001 -- as bands
    yes, no = part.decimal("if_yes", POINTS), part.decimal("if_no", POINTS)
    return FlagPoints(part.text("fact"), yes, no, missing)


def _read_occurrences(part: Fields, missing: Missing, facts: FactCatalogue) -> Rule:  # noqa: ARG001 -- as bands
    each, cap = part.decimal("each", POINTS), part.integer("cap")
    return Occurrences(part.text("fact"), each, cap, missing)


def _read_formula(part: Fields, missing: Missing, facts: FactCatalogue) -> Rule:  # noqa: ARG001 -- as bands
    formula = part.formula("formula") or parse_formula("0")
    return Computed(formula, part.decimal("each", POINTS, 1), missing)


def _read_veto(part: Fields, missing: Missing, facts: FactCatalogue) -> Rule:  # noqa: ARG001 -- as bands
    criterion = part.criterion("when") or parse_criterion("0 == 0")
    return Veto(criterion, part.text("level"), missing)


def _read_shift(
    part: Fields,
    missing: Missing,
    facts: FactCatalogue,  # noqa: ARG001 -- as bands
) -> Rule:
    criterion = part.criterion("when") or parse_criterion("0 == 0")
    worse, better = part.integer("worse", 0), part.integer("better", 0)
    if (worse > 0) == (better > 0):
        part.refuse("shift_not_one_way", "worse")
    return Shift(criterion, worse or -better, missing)


def _read_manual(part: Fields, missing: Missing, facts: FactCatalogue) -> Rule:  # noqa: ARG001 -- as bands
    choices = tuple(_read_choice(choice) for choice in part.parts("choices", ()))
    least, most = part.decimal("least", POINTS), part.decimal("most", POINTS)
    each = part.decimal("each", POINTS, 1)
    return Manual(part.text("fact"), least, most, missing, choices, each)


def _read_choice(part: Fields) -> Choice:
    choice = Choice(part.text("name"), part.decimal("points", POINTS), part.text("note", ""))
    part.close()
    return choice


_READERS: dict[str, Callable[[Fields, Missing, FactCatalogue], Rule]] = {
    "bands": _read_bands,
    "lookup": _read_lookup,
    "flag": _read_flag,
    "occurrences": _read_occurrences,
    "formula": _read_formula,
    "veto": _read_veto,
    "shift": _read_shift,
    "manual": _read_manual,
}


def _write_indicator(indicator: Indicator, facts: FactCatalogue) -> dict[str, Json]:
    return {
        "code": indicator.code,
        "name": indicator.name,
        "category": indicator.category,
        **({} if indicator.enabled else {"enabled": False}),
        **_given("note", indicator.note),
        **({} if indicator.applies is None else {"applies": indicator.applies.text}),
        **({} if indicator.full is None else {"full": written(indicator.full, POINTS)}),
        **_write_rule(indicator.rule, facts),
        "missing": _write_missing(indicator.rule.missing),
    }


def _ends(lower: int | None, upper: int | None, places: int) -> dict[str, Json]:
    start: dict[str, Json] = {} if lower is None else {"from": written(lower, places)}
    end: dict[str, Json] = {} if upper is None else {"below": written(upper, places)}
    return start | end


@singledispatch
def _write_rule(
    rule: Rule,
    facts: FactCatalogue,  # noqa: ARG001 -- most need none
) -> dict[str, Json]:
    raise TypeError(rule)


@_write_rule.register
def _(rule: Bands, facts: FactCatalogue) -> dict[str, Json]:
    scale = facts.scales.get(rule.fact, 0)
    bands = [
        {**_ends(band.lower, band.upper, scale), "points": written(band.value, POINTS)}
        for band in rule.bands
    ]
    return {"rule": "bands", "fact": rule.fact, "bands": bands}


@_write_rule.register
def _(rule: LookUp, facts: FactCatalogue) -> dict[str, Json]:  # noqa: ARG001 -- as above
    codes = {code: written(points, POINTS) for code, points in rule.codes.items()}
    otherwise = "error" if rule.otherwise is None else written(rule.otherwise, POINTS)
    return {"rule": "lookup", "fact": rule.fact, "codes": codes, "otherwise": otherwise}


@_write_rule.register
def _(rule: FlagPoints, facts: FactCatalogue) -> dict[str, Json]:  # noqa: ARG001 -- as above
    yes, no = written(rule.yes, POINTS), written(rule.no, POINTS)
    return {"rule": "flag", "fact": rule.fact, "if_yes": yes, "if_no": no}


@_write_rule.register
def _(rule: Occurrences, facts: FactCatalogue) -> dict[str, Json]:  # noqa: ARG001 -- as above
    each = written(rule.each, POINTS)
    return {"rule": "occurrences", "fact": rule.fact, "each": each, "cap": rule.cap}


@_write_rule.register
def _(rule: Computed, facts: FactCatalogue) -> dict[str, Json]:  # noqa: ARG001 -- as above
    each = written(rule.each, POINTS)
    return {"rule": "formula", "formula": rule.formula.text, "each": each}


@_write_rule.register
def _(rule: Veto, facts: FactCatalogue) -> dict[str, Json]:  # noqa: ARG001 -- as above
    return {"rule": "veto", "when": rule.when.text, "level": rule.level}


@_write_rule.register
def _(rule: Shift, facts: FactCatalogue) -> dict[str, Json]:  # noqa: ARG001 -- as above
    way: dict[str, Json] = {"worse": rule.by} if rule.by > 0 else {"better": -rule.by}
    return {"rule": "shift", "when": rule.when.text, **way}


@_write_rule.register
def _(rule: Manual, facts: FactCatalogue) -> dict[str, Json]:  # noqa: ARG001 -- as above
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
        grader = _read_scale(part, measure, gives)
    part.close()
    return grader


def _read_scale(part: Fields, measure: Formula, gives: str) -> Scale | RateScale:
    parts = part.parts("bands")
    if not part.has("over"):
        places = _places(measure)
        axis = Axis(places, ("分",) if places else ("个", "项"))
        ends = [each.whole() for each in read_ranges(parts, axis)]
        return Scale(measure, _bands(parts, ends, [each.text(gives) for each in parts]))
    over = part.formula("over") or Formula("total", Ref("total"))
    rate = RateScale(measure, over, ())
    try:
        degree = rate.degree()
    except MixedUnits:  # the model's own violations will say so
        degree = 0
    axis = Axis(RATE_PLACES, is_rate=True) if degree <= 0 else Axis(POINTS * degree, ("分",))
    found = read_ranges(parts, axis)
    bands = _bands(
        parts, [(each.lower, each.upper) for each in found], [each.text(gives) for each in parts]
    )
    return evolve(rate, bands=bands)


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
    if isinstance(grader, RateScale):
        return {
            "measure": grader.measure.text,
            "over": grader.over.text,
            "bands": [
                {"range": _range_text(grader, band), gives: band.value} for band in grader.bands
            ],
        }
    if not isinstance(grader, Scale):
        raise TypeError(grader)
    places = _places(grader.measure)
    bands: list[Json] = [
        {**_ends(band.lower, band.upper, places), gives: band.value} for band in grader.bands
    ]
    return {"measure": grader.measure.text, "bands": bands}


def _range_text(rate: RateScale, band: Band[str]) -> str:
    """Write the range of a band of rates so that it reads back: ``75% ≤ x < 90%``."""
    if band.lower is None and band.upper is None:
        return "不限"
    low = "" if band.lower is None else rate.bound_text(band.lower // 2)
    high = "" if band.upper is None else rate.bound_text(band.upper // 2)
    after = "" if band.upper is None else f"{'≤' if band.upper % 2 else '<'} {high}"
    if band.lower is None:
        return after
    if band.upper is None:
        return f"{'>' if band.lower % 2 else '≥'} {low}"
    return f"{low} {'<' if band.lower % 2 else '≤'} x {after}"
