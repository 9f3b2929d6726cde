"""Expressions of the core as Polars expressions, each as narrow as its values allow.

Polars wraps around without a word where a number leaves its width, so every quantity carries the
least and the most that it can be, whatever the facts hold, and is computed in the width that these
need. As in SQL, what is unknown is decided before anything is computed with it.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import reduce, singledispatch
from itertools import product
from operator import and_, or_
from typing import Any, Final

import polars as pl
from attrs import frozen

from supervision_core.assessment.model.expressions import (
    Absent,
    Arithmetic,
    Choose,
    Clamp,
    Compare,
    Comparison,
    Condition,
    Every,
    Extreme,
    Holds,
    Look,
    Node,
    Not,
    Nothing,
    Number,
    Operation,
    OrElse,
    Quantity,
    Ref,
    Same,
    Some,
    Steps,
)
from supervision_core.assessment.model.facts import LEAST_INTEGER, MOST_INTEGER

MOST_CHOICES: Final = 200
_TYPES: Mapping[int, Any] = {16: pl.Int16, 32: pl.Int32, 64: pl.Int64}


@frozen
class Sized:
    """An expression with the least and the most that it can be; ``bits`` is how wide it is."""

    expression: pl.Expr
    bits: int = 64
    least: int = LEAST_INTEGER
    most: int = MOST_INTEGER

    def within(self, least: int, most: int) -> "Sized":
        """Give the same, known to lie between these bounds, as narrow as they allow."""
        return Sized(self.expression, self.bits, least, most).cast(_bits(least, most))

    def cast(self, bits: int) -> "Sized":
        """Give the same in this width; where it does not fit, the whole run fails."""
        if bits == self.bits:
            return self
        return Sized(self.expression.cast(_TYPES[bits]), bits, self.least, self.most)


Names = Mapping[str, Sized]
"""What names stand for; the name of a code stands for a text."""
_Whens = list[tuple[pl.Expr, Sized]]


def number(value: int) -> Sized:
    """Write an integer."""
    bits = _bits(value, value)
    return Sized(pl.lit(value, dtype=_TYPES[bits]), bits, value, value)


def quantity(node: Quantity, names: Names) -> Sized:
    """Print a quantity."""
    found: Sized = _print(node, names)
    return found


def condition(node: Condition, names: Names) -> pl.Expr:
    """Print a condition."""
    found: pl.Expr = _print(node, names)
    return found


class TooManyChoices(Exception):
    """A model chooses among more than Polars can: its time and memory grow by their square."""


def _require_few(branches: Collection[object]) -> None:
    if len(branches) > MOST_CHOICES:
        raise TooManyChoices


def chosen(whens: Iterable[tuple[pl.Expr, pl.Expr]], last: pl.Expr) -> pl.Expr:
    """Give the value of the first condition that holds, or the last one."""
    found: Any = pl
    for when, then in whens:
        found = found.when(when).then(then)
    return last if found is pl else found.otherwise(last)


def _bits(least: int, most: int) -> int:
    return next(b for b in _TYPES if -(1 << (b - 1)) <= least and most < 1 << (b - 1))


@singledispatch
def _print(node: Node, names: Names) -> Any:  # noqa: ARG001 -- singledispatch
    raise TypeError(node)


@_print.register
def _(node: Number, names: Names) -> Sized:  # noqa: ARG001 -- singledispatch
    return number(node.number)


@_print.register
def _(node: Nothing, names: Names) -> Sized:  # noqa: ARG001 -- singledispatch
    return Sized(pl.lit(None, dtype=pl.Int16), 16, 0, 0)


@_print.register
def _(node: Ref, names: Names) -> Sized:
    return names[node.name]


@_print.register
def _(node: OrElse, names: Names) -> Sized:
    of, other = names[node.name], number(node.otherwise)
    bits = max(of.bits, other.bits)
    known = of.cast(bits).expression.fill_null(other.cast(bits).expression)
    return Sized(known, bits, min(of.least, other.least), max(of.most, other.most))


@_print.register
def _(node: Arithmetic, names: Names) -> Sized:
    left, right = quantity(node.left, names), quantity(node.right, names)
    corners = product((left.least, left.most), (right.least, right.most))
    ends = [node.operation.apply(a, b) for a, b in corners]
    least, most = min(ends), max(ends)
    if least < LEAST_INTEGER or most > MOST_INTEGER:  # never where the value is asked for
        least, most = LEAST_INTEGER, MOST_INTEGER
    bits = max(_bits(least, most), left.bits, right.bits)
    a, b = left.cast(bits).expression, right.cast(bits).expression
    if node.operation is Operation.ADD:
        return Sized(a + b, bits, least, most)
    return Sized(a - b if node.operation is Operation.SUBTRACT else a * b, bits, least, most)


@_print.register
def _(node: Extreme, names: Names) -> Sized:
    among = [quantity(part, names) for part in node.among]
    pick = max if node.most else min
    of = pl.max_horizontal if node.most else pl.min_horizontal
    found = Sized(of(*(one.expression for one in among)), max(one.bits for one in among))
    return found.within(pick(one.least for one in among), pick(one.most for one in among))


@_print.register
def _(node: Clamp, names: Names) -> Sized:
    of = quantity(node.of, names)
    least, most = (max(node.least, min(end, node.most)) for end in (of.least, of.most))
    wide = of.cast(max(of.bits, _bits(least, most)))
    low, high = (pl.lit(end, dtype=_TYPES[wide.bits]) for end in (least, most))
    return Sized(wide.expression.clip(low, high), wide.bits).within(least, most)


def _whens(node: Quantity, names: Names) -> tuple[_Whens, Sized]:
    """Flatten choices inside the otherwise of choices into the branches of one."""
    if isinstance(node, Choose):
        first = (condition(node.when, names), quantity(node.then, names))
        more, last = _whens(node.otherwise, names)
        return [first, *more], last
    if isinstance(node, Steps):
        of = quantity(node.of, names).expression
        steps = zip(node.cuts, node.values, strict=False)
        return [(of < number(cut).expression, number(n)) for cut, n in steps], number(
            node.values[-1]
        )
    if isinstance(node, Look):
        of = names[node.name].expression
        listed = [(of == pl.lit(code), number(n)) for code, n in node.table.items()]
        more, last = _whens(node.otherwise, names)
        return [*listed, *more], last
    return [], quantity(node, names)


def _choice(node: Quantity, names: Names) -> Sized:
    whens, last = _whens(node, names)
    _require_few(whens)
    values = [*(then for _, then in whens), last]
    found = chosen(((when, then.expression) for when, then in whens), last.expression)
    bits = max(one.bits for one in values)
    return Sized(found, bits, min(v.least for v in values), max(v.most for v in values))


_print.register(Choose, _choice)
_print.register(Steps, _choice)
_print.register(Look, _choice)


@_print.register
def _(node: Compare, names: Names) -> pl.Expr:
    left, right = quantity(node.left, names).expression, quantity(node.right, names).expression
    relations = {
        Comparison.LESS: left < right,
        Comparison.AT_MOST: left <= right,
        Comparison.EQUAL: left == right,
        Comparison.NOT_EQUAL: left != right,
        Comparison.AT_LEAST: left >= right,
        Comparison.MORE: left > right,
    }
    return relations[node.comparison]


@_print.register
def _(node: Same, names: Names) -> pl.Expr:
    return names[node.name].expression == pl.lit(node.text)


@_print.register
def _(node: Holds, names: Names) -> pl.Expr:
    return names[node.name].expression == number(1).expression


@_print.register
def _(node: Absent, names: Names) -> pl.Expr:
    of = names[node.name].expression
    return of.is_null() | (of == pl.lit("")) if node.is_code else of.is_null()


@_print.register
def _(node: Every, names: Names) -> pl.Expr:
    return reduce(and_, (condition(part, names) for part in node.of), pl.lit(value=True))


@_print.register
def _(node: Some, names: Names) -> pl.Expr:
    _require_few(node.of)
    return reduce(or_, (condition(part, names) for part in node.of), pl.lit(value=False))


@_print.register
def _(node: Not, names: Names) -> pl.Expr:
    return ~condition(node.of, names)
