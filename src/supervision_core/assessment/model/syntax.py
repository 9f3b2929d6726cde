"""The written form of expressions: ``min(fines * 3, 10)``, ``listed and not repaired``.

The grammar is a small subset of Python's, read by the standard ``ast`` and never executed:
integers, decimals, names, ``+ - *``, ``min(…)``, ``max(…)``, ``a if condition else b``,
comparisons, ``and or not``, ``name == "code"``, and ``ratio_at_least(a, b, p, q)``: a/b >= p/q by
cross-multiplication, false where b is not positive.
"""

import ast
import keyword
from collections.abc import Callable
from typing import Any, TypeVar

from attrs import define, frozen

from supervision_core.assessment.model.decimals import MOST_SCALE, decimal_parts
from supervision_core.assessment.model.expressions import (
    Arithmetic,
    Choose,
    Compare,
    Comparison,
    Condition,
    DecimalNumber,
    Every,
    Extreme,
    Holds,
    Node,
    Not,
    Number,
    Operation,
    Quantity,
    Ref,
    Same,
    Some,
)
from supervision_core.kernel.errors import Refused, Violation

LONGEST_TEXT = 1000
DEEPEST = 40
RESERVED = frozenset({"min", "max", "ratio_at_least", *keyword.kwlist, *keyword.softkwlist})


@define(eq=False)
class ExpressionNotUnderstood(Refused):
    """The text is no expression of the language; ``data`` quotes the part concerned."""

    code = "assessment.expression_not_understood"


@frozen
class Formula:
    """算式: an expression as its author wrote it, with its meaning."""

    text: str
    meaning: Quantity


@frozen
class Criterion:
    """条件: a condition as its author wrote it, with its meaning."""

    text: str
    meaning: Condition


@frozen(repr=False)
class _Decimal:
    """A decimal literal by its text: no float ever stands between the author and the number."""

    text: str

    def __repr__(self) -> str:
        """Give the text, as ``ast.unparse`` writes it."""
        return self.text


class _Decimals(ast.NodeTransformer):
    """Replaces the floats that ``ast`` made by what was written."""

    def __init__(self, text: str) -> None:
        """Read from ``text``."""
        self._text = text

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """Keep what is no float."""
        if type(node.value) is not float:
            return node
        literal: Any = _Decimal(ast.get_source_segment(self._text, node) or "")
        return ast.copy_location(ast.Constant(literal), node)


class _Unknown(Exception):
    """The node is not part of the language."""


Kind = TypeVar("Kind", bound=Node)

_OPERATIONS: dict[type[ast.operator], Operation] = {
    ast.Add: Operation.ADD,
    ast.Sub: Operation.SUBTRACT,
    ast.Mult: Operation.MULTIPLY,
}
_COMPARISONS: dict[type[ast.cmpop], Comparison] = {
    ast.Lt: Comparison.LESS,
    ast.LtE: Comparison.AT_MOST,
    ast.Eq: Comparison.EQUAL,
    ast.NotEq: Comparison.NOT_EQUAL,
    ast.GtE: Comparison.AT_LEAST,
    ast.Gt: Comparison.MORE,
}


def _constant(node: ast.expr) -> Quantity:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return Number(node.value)
    if isinstance(node, ast.Constant) and isinstance(node.value, _Decimal):
        parts = decimal_parts(node.value.text)
        if parts is not None and parts[1] <= MOST_SCALE:
            number, scale = parts
            return DecimalNumber(number, scale) if scale else Number(number)
    raise _Unknown(node)


def _name(node: ast.expr) -> Quantity:
    if isinstance(node, ast.Name):
        return Ref(node.id)
    raise _Unknown(node)


def _negative(node: ast.expr) -> Quantity:
    if not isinstance(node, ast.UnaryOp) or not isinstance(node.op, ast.USub):
        raise _Unknown(node)
    inner = _quantity(node.operand)
    if isinstance(inner, Number):
        return Number(-inner.number)
    if isinstance(inner, DecimalNumber):
        return DecimalNumber(-inner.number, inner.scale)
    return Arithmetic(Operation.SUBTRACT, Number(0), inner)


def _arithmetic(node: ast.expr) -> Quantity:
    if not isinstance(node, ast.BinOp) or type(node.op) not in _OPERATIONS:
        raise _Unknown(node)
    operation = _OPERATIONS[type(node.op)]
    return Arithmetic(operation, _quantity(node.left), _quantity(node.right))


def _arguments(node: ast.expr, *names: str) -> tuple[Quantity, ...]:
    if (
        not isinstance(node, ast.Call)
        or not isinstance(node.func, ast.Name)
        or node.func.id not in names
        or node.keywords
        or not node.args
    ):
        raise _Unknown(node)
    return tuple(_quantity(argument) for argument in node.args)


def _extreme(node: ast.expr) -> Quantity:
    among = _arguments(node, "min", "max")
    most = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "max"
    return Extreme(most, among) if len(among) > 1 else among[0]


def _choose(node: ast.expr) -> Quantity:
    if isinstance(node, ast.IfExp):
        return Choose(_condition(node.test), _quantity(node.body), _quantity(node.orelse))
    raise _Unknown(node)


_QUANTITIES: dict[type[ast.expr], Callable[[ast.expr], Quantity]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.UnaryOp: _negative,
    ast.BinOp: _arithmetic,
    ast.Call: _extreme,
    ast.IfExp: _choose,
}


def _quantity(node: ast.expr) -> Quantity:
    read = _QUANTITIES.get(type(node))
    if read is None:
        raise _Unknown(node)
    return read(node)


def _flag(node: ast.expr) -> Condition:
    if isinstance(node, ast.Name):
        return Holds(node.id)
    raise _Unknown(node)


def _ratio(node: ast.expr) -> Condition:
    arguments = _arguments(node, "ratio_at_least")
    if len(arguments) != 4:  # noqa: PLR2004 -- a, b, p, q
        raise _Unknown(node)
    part, whole, p, q = arguments
    if not (isinstance(q, Number | DecimalNumber) and q.number > 0):
        raise _Unknown(node)
    left = Arithmetic(Operation.MULTIPLY, part, q)
    right = Arithmetic(Operation.MULTIPLY, p, whole)
    positive = Compare(Comparison.MORE, whole, Number(0))
    return Every((positive, Compare(Comparison.AT_LEAST, left, right)))


def _comparison(node: ast.expr) -> Condition:
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        raise _Unknown(node)
    left, right, asked = node.left, node.comparators[0], _COMPARISONS.get(type(node.ops[0]))
    if asked is None:
        raise _Unknown(node)
    if isinstance(right, ast.Constant) and isinstance(right.value, str):
        return _code(node, left, right.value, asked)
    return Compare(asked, _quantity(left), _quantity(right))


def _code(node: ast.expr, left: ast.expr, text: str, asked: Comparison) -> Condition:
    if not isinstance(left, ast.Name) or not text or "\0" in text:
        raise _Unknown(node)
    if asked is Comparison.EQUAL:
        return Same(left.id, text)
    if asked is Comparison.NOT_EQUAL:
        return Not(Same(left.id, text))
    raise _Unknown(node)


def _logic(node: ast.expr) -> Condition:
    if not isinstance(node, ast.BoolOp):
        raise _Unknown(node)
    parts = tuple(_condition(value) for value in node.values)
    return Every(parts) if isinstance(node.op, ast.And) else Some(parts)


def _negation(node: ast.expr) -> Condition:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return Not(_condition(node.operand))
    raise _Unknown(node)


_CONDITIONS: dict[type[ast.expr], Callable[[ast.expr], Condition]] = {
    ast.Name: _flag,
    ast.Call: _ratio,
    ast.Compare: _comparison,
    ast.BoolOp: _logic,
    ast.UnaryOp: _negation,
}


def _condition(node: ast.expr) -> Condition:
    read = _CONDITIONS.get(type(node))
    if read is None:
        raise _Unknown(node)
    return read(node)


def _depth(node: ast.AST) -> int:
    level, depth = [node], 0
    while level:
        depth += 1
        level = [child for parent in level for child in ast.iter_child_nodes(parent)]
    return depth


def _read(text: str, reader: Callable[[ast.expr], Kind]) -> Kind:
    def refusal(part: str) -> ExpressionNotUnderstood:
        data = {"text": text[:200], "part": part[:200]}
        return ExpressionNotUnderstood((Violation(ExpressionNotUnderstood.code, data=data),))

    if len(text) > LONGEST_TEXT or "\\" in text:
        raise refusal(text)
    try:
        tree = ast.parse(text.strip(), mode="eval")
        if _depth(tree) > DEEPEST:
            raise refusal(text)
        return reader(_Decimals(text.strip()).visit(tree).body)
    except _Unknown as unknown:
        node = unknown.args[0]
        raise refusal(ast.unparse(node)) from None
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise refusal(text) from error


def parse_formula(text: str) -> Formula:
    """Read a quantity. Raises ``ExpressionNotUnderstood``."""
    return Formula(text, _read(text, _quantity))


def parse_criterion(text: str) -> Criterion:
    """Read a condition. Raises ``ExpressionNotUnderstood``."""
    return Criterion(text, _read(text, _condition))
