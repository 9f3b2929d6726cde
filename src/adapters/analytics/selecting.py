"""A model, or a pair of models with their matrix, as one SELECT over a table of facts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from attrs import frozen
from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    FromClause,
    Select,
    String,
    case,
    cast,
    false,
    literal,
    null,
    select,
    true,
)

from adapters.analytics.printing import number, quantity
from supervision_core.assessment.model import AssessmentModel, FactDefinition, FactType, day_number
from supervision_core.assessment.model.expressions import Choose, Number, Quantity
from supervision_core.assessment.model.lowering import LoweredModel, lower


@frozen
class Part:
    """One model of a statement; ``prefix`` stands before the names of its result columns."""

    model: AssessmentModel
    prefix: str = ""


@frozen
class Crossing:
    """A further column computed from the positions of the levels of two parts.

    ``places`` reads ``<prefix>position`` of each part; where a part has faults the column
    is ``otherwise``.
    """

    name: str
    places: Quantity
    otherwise: int | None = None


def assess_select(  # noqa: PLR0913 -- what is asked, and of what
    source: FromClause,
    key: str,
    parts: Sequence[Part],
    as_of: date,
    *,
    crossing: Crossing | None = None,
    barrier: bool = False,
) -> Select[Any]:
    """Give the statement: key, then for each part its ``AssessmentModel.columns()``.

    ``source`` has one row a subject and a column for each fact, named as the fact: integers,
    decimals as integers of their scale, codes as text, flags as booleans or as 1 and 0, days as
    days since 1970-01-01; NULL where not known. ``barrier`` keeps PostgreSQL and SQLite from
    flattening the layers, which would compute every contribution many times over.
    """
    lowered = [(part, lower(part.model)) for part in parts]
    layer = _layer(select(source.c[key], *_facts(source, parts, as_of)), "facts", barrier=False)
    scored = select(layer.c[key], *_first(layer, lowered))
    layer = _layer(scored, "scored", barrier=barrier)
    measured = select(layer, *_measures(layer, lowered))
    layer = _layer(measured, "measured", barrier=barrier)
    placed = select(layer, *_positions(layer, lowered))
    layer = _layer(placed, "placed", barrier=barrier)
    columns = [c for part, low in lowered for c in _results(layer, part, low)]
    if crossing is not None:
        columns.append(_crossed(layer, parts, crossing))
    return select(layer.c[key], *columns)


def _layer(statement: Select[Any], name: str, *, barrier: bool) -> FromClause:
    return (statement.offset(0) if barrier else statement).subquery(name)


def _facts(source: FromClause, parts: Sequence[Part], as_of: date) -> list[ColumnElement[Any]]:
    definitions: dict[str, FactDefinition] = {}
    for part in parts:
        definitions |= {fact.name: fact for fact in part.model.facts}
    used = {
        name for part in parts for indicator in part.model.enabled for name in indicator.facts()
    }
    return [
        _fact(source.c[name], definition.type, as_of).label(name)
        for name, definition in definitions.items()
        if name in used
    ]


def _fact(column: ColumnElement[Any], kind: FactType, as_of: date) -> ColumnElement[Any]:
    if kind is FactType.CODE:
        return column
    if kind is FactType.FLAG:
        if isinstance(column.type, Boolean):
            yes, no = column == true(), column == false()
            return case((yes, number(1)), (no, number(0)), else_=null())
        return column
    widened = cast(column, BigInteger)
    return number(day_number(as_of)) - widened if kind is FactType.DAY else widened


def _first(
    layer: FromClause, lowered: Sequence[tuple[Part, LoweredModel]]
) -> list[ColumnElement[Any]]:
    return [
        quantity(node, _named(layer)).label(f"{part.prefix}{name}")
        for part, low in lowered
        for name, node in low.first
    ]


def _named(layer: FromClause) -> Mapping[str, ColumnElement[Any]]:
    return {c.name: c for c in layer.c}


def _scope(layer: FromClause, part: Part) -> Mapping[str, ColumnElement[Any]]:
    """Give the columns of one part under the names that its expressions use."""
    start = len(part.prefix)
    return {c.name[start:]: c for c in layer.c if c.name.startswith(part.prefix)}


def _measures(
    layer: FromClause, lowered: Sequence[tuple[Part, LoweredModel]]
) -> list[ColumnElement[Any]]:
    return [
        quantity(node, _scope(layer, part)).label(f"{part.prefix}{name}")
        for part, low in lowered
        for name, node in low.measures
    ]


def _positions(
    layer: FromClause, lowered: Sequence[tuple[Part, LoweredModel]]
) -> list[ColumnElement[Any]]:
    found: list[ColumnElement[Any]] = []
    for part, low in lowered:
        own = _scope(layer, part)
        found.append(quantity(low.position, own).label(f"{part.prefix}position"))
        if low.of_nothing is not None:
            one = Choose(low.of_nothing, Number(1), Number(0))
            found.append(quantity(one, own).label(f"{part.prefix}of_nothing"))
    return found


def _results(layer: FromClause, part: Part, low: LoweredModel) -> list[ColumnElement[Any]]:
    own = _scope(layer, part)
    counted = _faults(own, part)
    faults = counted > number(0)
    names = [
        (own["position"] == number(place), literal(code, String(30)))
        for place, code in enumerate(low.levels)
    ]
    level = case((faults, null()), *names, else_=null())
    total = case((faults, null()), else_=own["total"])
    fixed = (level.label(f"{part.prefix}level"), total.label(f"{part.prefix}total"))
    contributions = (own[i.column] for i in part.model.enabled)
    return [*fixed, counted, *contributions]


def _faults(own: Mapping[str, ColumnElement[Any]], part: Part) -> ColumnElement[Any]:
    """Count the faults; where there is none, a rate of nothing is one."""
    faults = own["faults"]
    if "of_nothing" not in own:
        return faults
    counted = case((faults > number(0), faults), else_=own["of_nothing"])
    return counted.label(f"{part.prefix}faults")


def _crossed(layer: FromClause, parts: Sequence[Part], crossing: Crossing) -> ColumnElement[Any]:
    faults = [_faults(_scope(layer, part), part) > number(0) for part in parts]
    known = quantity(crossing.places, _named(layer))
    without = null() if crossing.otherwise is None else number(crossing.otherwise)
    return case(*((fault, without) for fault in faults), else_=known).label(crossing.name)
