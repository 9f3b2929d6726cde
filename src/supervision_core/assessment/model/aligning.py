"""Formulas with decimals as formulas over integers: brought to one scale, nothing rounded."""

from collections.abc import Mapping
from functools import singledispatch

from supervision_core.assessment.model.expressions import (
    Arithmetic,
    Choose,
    Compare,
    Condition,
    DecimalNumber,
    Every,
    Extreme,
    Node,
    Not,
    Number,
    Operation,
    Quantity,
    Ref,
    Some,
)

Scales = Mapping[str, int]
"""Decimal places by the name of the fact; none where it is not listed."""


def has_decimals(node: Node, scales: Scales) -> bool:
    """Tell whether a decimal fact or a decimal literal occurs in ``node``."""
    return any(
        isinstance(part, DecimalNumber) or (isinstance(part, Ref) and scales.get(part.name, 0) > 0)
        for part in node.walk()
    )


def aligned_quantity(node: Quantity, scales: Scales) -> tuple[Quantity, int]:
    """Give ``node`` as integers alone, with the scale of its value.

    What is added or compared is first brought to the larger scale, by multiplication; scales of
    factors are added up.
    """
    return _quantity(node, scales)


def aligned_condition(node: Condition, scales: Scales) -> Condition:
    """Give ``node`` with both sides of every comparison as integers of one scale."""
    return _condition(node, scales)


def _rescaled(node: Quantity, scale: int, wanted: int) -> Quantity:
    if scale == wanted:
        return node
    factor = 10 ** (wanted - scale)
    if isinstance(node, Number):
        return Number(node.number * factor)
    return Arithmetic(Operation.MULTIPLY, node, Number(factor))


def _like(nodes: tuple[Quantity, ...], scales: Scales) -> tuple[tuple[Quantity, ...], int]:
    found = [_quantity(node, scales) for node in nodes]
    wanted = max(scale for _, scale in found)
    return tuple(_rescaled(node, scale, wanted) for node, scale in found), wanted


@singledispatch
def _quantity(node: Quantity, scales: Scales) -> tuple[Quantity, int]:  # noqa: ARG001 -- singledispatch
    raise TypeError(node)


@_quantity.register
def _(node: Number, scales: Scales) -> tuple[Quantity, int]:  # noqa: ARG001 -- singledispatch
    return node, 0


@_quantity.register
def _(node: DecimalNumber, scales: Scales) -> tuple[Quantity, int]:  # noqa: ARG001 -- singledispatch
    return Number(node.number), node.scale


@_quantity.register
def _(node: Ref, scales: Scales) -> tuple[Quantity, int]:
    return node, scales.get(node.name, 0)


@_quantity.register
def _(node: Arithmetic, scales: Scales) -> tuple[Quantity, int]:
    if node.operation is Operation.MULTIPLY:
        left, places = _quantity(node.left, scales)
        right, more = _quantity(node.right, scales)
        return Arithmetic(node.operation, left, right), places + more
    (left, right), scale = _like((node.left, node.right), scales)
    return Arithmetic(node.operation, left, right), scale


@_quantity.register
def _(node: Extreme, scales: Scales) -> tuple[Quantity, int]:
    among, scale = _like(node.among, scales)
    return Extreme(node.most, among), scale


@_quantity.register
def _(node: Choose, scales: Scales) -> tuple[Quantity, int]:
    (then, otherwise), scale = _like((node.then, node.otherwise), scales)
    return Choose(_condition(node.when, scales), then, otherwise), scale


@singledispatch
def _condition(node: Condition, scales: Scales) -> Condition:  # noqa: ARG001 -- flags and codes
    return node


@_condition.register
def _(node: Compare, scales: Scales) -> Condition:
    (left, right), _scale = _like((node.left, node.right), scales)
    return Compare(node.comparison, left, right)


@_condition.register
def _(node: Every, scales: Scales) -> Condition:
    return Every(tuple(_condition(part, scales) for part in node.of))


@_condition.register
def _(node: Some, scales: Scales) -> Condition:
    return Some(tuple(_condition(part, scales) for part in node.of))


@_condition.register
def _(node: Not, scales: Scales) -> Condition:
    return Not(_condition(node.of, scales))
