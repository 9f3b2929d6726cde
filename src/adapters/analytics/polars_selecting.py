"""A model, or a pair of models with their matrix, over a Polars frame of facts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from adapters.analytics.polars_printing import (
    Names,
    Sized,
    chosen,
    number,
    quantity,
)
from adapters.analytics.selecting import Crossing, Part
from supervision_core.assessment.model import FactDefinition, FactType, day_number
from supervision_core.assessment.model.expressions import Choose, Number
from supervision_core.assessment.model.lowering import LoweredModel, lower

KEY = "subject_id"
INTEGERS = frozenset({pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32})
_FITTING: Mapping[FactType, frozenset[Any]] = {
    FactType.INTEGER: INTEGERS,
    FactType.CODE: frozenset({pl.String}),
    FactType.FLAG: frozenset({pl.Boolean}),
    FactType.DAY: frozenset({pl.Date}),
    FactType.DECIMAL: INTEGERS,
}
_DIGITS = 38
_NOTHING = pl.lit(None)


def fits(fact: FactDefinition, kind: pl.DataType | None) -> bool:
    """Tell whether Polars reads a column of this type exactly as the fact."""
    if fact.type is FactType.DECIMAL and isinstance(kind, pl.Decimal):
        return kind.scale <= fact.scale
    return kind in _FITTING[fact.type]


def assessed(
    frame: pl.LazyFrame,
    facts: Sequence[FactDefinition],
    parts: Sequence[Part],
    as_of: date,
    crossing: Crossing | None = None,
) -> pl.LazyFrame:
    """Give the columns of ``assess_select``: the key, then each part's, then the crossing.

    ``frame`` has ``subject_id`` and a column for each fact, that ``fits``. Integers of the
    results are as narrow as the models allow.
    """
    lowered = [(part, lower(part.model)) for part in parts]
    types = frame.collect_schema()
    frame = frame.select(KEY, *(_fact(fact, types[fact.name], as_of) for fact in facts))
    known = {fact.name: _known(fact) for fact in facts}
    first = {
        f"{part.prefix}{name}": quantity(node, known)
        for part, low in lowered
        for name, node in low.first
    }
    frame = frame.select(KEY, *_columns(first))
    names = _held(first)
    measures = {
        f"{part.prefix}{name}": quantity(node, _scope(names, part))
        for part, low in lowered
        for name, node in low.measures
    }
    frame, names = frame.with_columns(*_columns(measures)), {**names, **_held(measures)}
    places = {
        f"{part.prefix}{name}": found
        for part, low in lowered
        for name, found in _places(low, _scope(names, part)).items()
    }
    frame, names = frame.with_columns(*_columns(places)), {**names, **_held(places)}
    columns = [c for part, low in lowered for c in _results(_scope(names, part), part, low)]
    if crossing is not None:
        columns.append(_crossed(names, parts, crossing))
    return frame.select(KEY, *columns)


def _fact(fact: FactDefinition, kind: pl.DataType, as_of: date) -> pl.Expr:
    column = pl.col(fact.name)
    if fact.type is FactType.CODE:
        return column
    if fact.type is FactType.FLAG:
        return column.cast(pl.Int16)
    if fact.type is FactType.DAY:
        return (day_number(as_of) - column.cast(pl.Int32).cast(pl.Int64)).alias(fact.name)
    if isinstance(kind, pl.Decimal):
        return column.cast(pl.Decimal(_DIGITS, fact.scale)).to_physical().cast(pl.Int64)
    return column.cast(pl.Int64) * 10**fact.scale if fact.scale else column.cast(pl.Int64)


def _known(fact: FactDefinition) -> Sized:
    column = pl.col(fact.name)
    return Sized(column, 16, 0, 1) if fact.type is FactType.FLAG else Sized(column)


def _columns(made: Mapping[str, Sized]) -> list[pl.Expr]:
    return [sized.expression.alias(name) for name, sized in made.items()]


def _held(made: Mapping[str, Sized]) -> dict[str, Sized]:
    """Give what was made as columns of a layer."""
    return {name: Sized(pl.col(name), s.bits, s.least, s.most) for name, s in made.items()}


def _scope(names: Names, part: Part) -> Names:
    """Give the columns of one part under the names that its expressions use."""
    start = len(part.prefix)
    return {name[start:]: one for name, one in names.items() if name.startswith(part.prefix)}


def _places(low: LoweredModel, own: Names) -> dict[str, Sized]:
    found = {"position": quantity(low.position, own)}
    if low.of_nothing is not None:
        found["of_nothing"] = quantity(Choose(low.of_nothing, Number(1), Number(0)), own)
    return found


def _faults(own: Names) -> pl.Expr:
    """Count the faults; where there is none, a rate of nothing is one."""
    faults = own["faults"].expression
    if "of_nothing" not in own:
        return faults
    return chosen([(_some(faults), faults)], own["of_nothing"].expression)


def _some(faults: pl.Expr) -> pl.Expr:
    return faults > number(0).expression


def _results(own: Names, part: Part, low: LoweredModel) -> list[pl.Expr]:
    counted = _faults(own)
    faulty = _some(counted)
    position, total = own["position"].expression, own["total"].expression
    names = [
        (position == number(place).expression, pl.lit(code))
        for place, code in enumerate(low.levels)
    ]
    found = {
        "level": chosen([(faulty, _NOTHING), *names], _NOTHING),
        "total": chosen([(faulty, _NOTHING)], total),
        "faults": counted,
    }
    found |= {i.column: own[i.column].expression for i in part.model.enabled}
    return [expression.alias(f"{part.prefix}{name}") for name, expression in found.items()]


def _crossed(names: Names, parts: Sequence[Part], crossing: Crossing) -> pl.Expr:
    faulty = [_some(_faults(_scope(names, part))) for part in parts]
    known = quantity(crossing.places, names).expression
    without = _NOTHING if crossing.otherwise is None else number(crossing.otherwise).expression
    return chosen([(fault, without) for fault in faulty], known).alias(crossing.name)
