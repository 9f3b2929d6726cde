"""Expressions of the core as SQLAlchemy column expressions, within the portable subset.

Integers and CASE only: no division, no ``%``, no function that treats NULL in its own way; NULL is
decided by the expression itself before anything is computed. Wherever neither side of an
operation is known to be 64 bits wide, one side is widened.
"""

from collections.abc import Mapping
from functools import singledispatch
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    and_,
    case,
    cast,
    false,
    literal,
    literal_column,
    not_,
    null,
    or_,
    true,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

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

Columns = Mapping[str, ColumnElement[Any]]
Whens = list[tuple[ColumnElement[bool], ColumnElement[Any]]]


class greatest(FunctionElement[int]):  # noqa: N801 -- named as in SQL
    """The greatest of several numbers, none of them NULL."""

    type = BigInteger()
    inherit_cache = True
    name = "greatest"


class least(FunctionElement[int]):  # noqa: N801 -- named as in SQL
    """The least of several numbers, none of them NULL."""

    type = BigInteger()
    inherit_cache = True
    name = "least"


@compiles(greatest)
@compiles(least)
def _extreme(element: FunctionElement[int], compiler: SQLCompiler, **kw: Any) -> str:
    return f"{element.name}({compiler.process(element.clauses, **kw)})"


@compiles(greatest, "sqlite")
def _sqlite_max(element: FunctionElement[int], compiler: SQLCompiler, **kw: Any) -> str:
    return f"max({compiler.process(element.clauses, **kw)})"


@compiles(least, "sqlite")
def _sqlite_min(element: FunctionElement[int], compiler: SQLCompiler, **kw: Any) -> str:
    return f"min({compiler.process(element.clauses, **kw)})"


def number(value: int) -> ColumnElement[int]:
    """Write an integer into the statement itself: thousands of parameters would be a burden."""
    return literal_column(f"({value})" if value < 0 else str(value), Integer())


def quantity(node: Quantity, columns: Columns) -> ColumnElement[Any]:
    """Print a quantity."""
    return _print(node, columns)


def condition(node: Condition, columns: Columns) -> ColumnElement[bool]:
    """Print a condition."""
    return _print(node, columns)


def _wide(node: Node, columns: Columns) -> bool:
    """Tell whether the printed node is certainly 64 bits wide."""
    if isinstance(node, Ref | OrElse):
        return isinstance(columns[node.name].type, BigInteger)
    if isinstance(node, Choose):
        return _wide(node.then, columns) or _wide(node.otherwise, columns)
    if isinstance(node, Extreme):
        return any(_wide(part, columns) for part in node.among)
    if isinstance(node, Clamp):
        return _wide(node.of, columns)
    return isinstance(node, Arithmetic)


@singledispatch
def _print(node: Node, columns: Columns) -> ColumnElement[Any]:  # noqa: ARG001 -- singledispatch
    raise TypeError(node)


@_print.register
def _(node: Number, columns: Columns) -> ColumnElement[Any]:  # noqa: ARG001 -- singledispatch
    return number(node.number)


@_print.register
def _(node: Nothing, columns: Columns) -> ColumnElement[Any]:  # noqa: ARG001 -- singledispatch
    return null()


@_print.register
def _(node: Ref, columns: Columns) -> ColumnElement[Any]:
    return columns[node.name]


@_print.register
def _(node: OrElse, columns: Columns) -> ColumnElement[Any]:
    column = columns[node.name]
    return case((column.is_(None), number(node.otherwise)), else_=column)


@_print.register
def _(node: Arithmetic, columns: Columns) -> ColumnElement[Any]:
    left, right = quantity(node.left, columns), quantity(node.right, columns)
    if not _wide(node.left, columns) and not _wide(node.right, columns):
        left = cast(left, BigInteger)
    if node.operation is Operation.ADD:
        return left + right
    return left - right if node.operation is Operation.SUBTRACT else left * right


@_print.register
def _(node: Extreme, columns: Columns) -> ColumnElement[Any]:
    among = [quantity(part, columns) for part in node.among]
    return greatest(*among) if node.most else least(*among)


@_print.register
def _(node: Clamp, columns: Columns) -> ColumnElement[Any]:
    of = quantity(node.of, columns)
    low, high = number(node.least), number(node.most)
    return case((of < low, low), (of > high, high), else_=of)


def _whens(node: Quantity, columns: Columns) -> tuple[Whens, ColumnElement[Any]]:
    """Flatten choices inside the otherwise of choices into the branches of one CASE."""
    if isinstance(node, Choose):
        first = (condition(node.when, columns), quantity(node.then, columns))
        more, last = _whens(node.otherwise, columns)
        return [first, *more], last
    if isinstance(node, Steps) and node.cuts:
        of = quantity(node.of, columns)
        steps = zip(node.cuts, node.values, strict=False)
        whens: Whens = [(of < number(cut), number(value)) for cut, value in steps]
        return whens, number(node.values[-1])
    if isinstance(node, Look):
        of = columns[node.name]
        listed: Whens = [(of == literal(code), number(n)) for code, n in node.table.items()]
        more, last = _whens(node.otherwise, columns)
        return [*listed, *more], last
    if isinstance(node, Steps):
        return [], number(node.values[0])
    return [], quantity(node, columns)


@_print.register
def _(node: Choose, columns: Columns) -> ColumnElement[Any]:
    whens, last = _whens(node, columns)
    return case(*whens, else_=last)


@_print.register
def _(node: Steps, columns: Columns) -> ColumnElement[Any]:
    whens, last = _whens(node, columns)
    return case(*whens, else_=last) if whens else last


@_print.register
def _(node: Look, columns: Columns) -> ColumnElement[Any]:
    whens, last = _whens(node, columns)
    return case(*whens, else_=last)


@_print.register
def _(node: Compare, columns: Columns) -> ColumnElement[Any]:
    left, right = quantity(node.left, columns), quantity(node.right, columns)
    relations: dict[Comparison, ColumnElement[bool]] = {
        Comparison.LESS: left < right,
        Comparison.AT_MOST: left <= right,
        Comparison.EQUAL: left == right,
        Comparison.NOT_EQUAL: left != right,
        Comparison.AT_LEAST: left >= right,
        Comparison.MORE: left > right,
    }
    return relations[node.comparison]


@_print.register
def _(node: Same, columns: Columns) -> ColumnElement[Any]:
    return columns[node.name] == literal(node.text)


@_print.register
def _(node: Holds, columns: Columns) -> ColumnElement[Any]:
    return columns[node.name] == number(1)


@_print.register
def _(node: Absent, columns: Columns) -> ColumnElement[Any]:
    column = columns[node.name]
    # where '' is NULL (Oracle modes) the second part is never true and the first one is
    return or_(column.is_(None), column == literal("")) if node.is_code else column.is_(None)


@_print.register
def _(node: Every, columns: Columns) -> ColumnElement[Any]:
    return and_(true(), *(condition(part, columns) for part in node.of))


@_print.register
def _(node: Some, columns: Columns) -> ColumnElement[Any]:
    return or_(false(), *(condition(part, columns) for part in node.of))


@_print.register
def _(node: Not, columns: Columns) -> ColumnElement[Any]:
    return not_(condition(node.of, columns))
