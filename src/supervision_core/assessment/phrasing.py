"""Expressions in Chinese words, facts by their titles, for who never reads a formula."""

from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import Final

from supervision_core.assessment.model import AssessmentModel, FactType
from supervision_core.assessment.model.decimals import decimal_text
from supervision_core.assessment.model.expressions import (
    Absent,
    Arithmetic,
    Choose,
    Compare,
    Comparison,
    DecimalNumber,
    Every,
    Extreme,
    Holds,
    Node,
    Not,
    Number,
    Operation,
    Ref,
    Same,
    Some,
)

_SIGNS: Final = {Operation.ADD: "+", Operation.SUBTRACT: "-", Operation.MULTIPLY: "×"}
_RELATIONS: Final = {
    Comparison.LESS: "小于", Comparison.AT_MOST: "不大于", Comparison.EQUAL: "等于",
    Comparison.NOT_EQUAL: "不等于", Comparison.AT_LEAST: "不小于", Comparison.MORE: "大于",
}  # fmt: skip


@singledispatch
def phrase(node: Node, model: AssessmentModel) -> str:  # noqa: ARG001 -- singledispatch
    """Say an expression that an author can write. Raises ``TypeError`` for any other."""
    raise TypeError(node)


@phrase.register
def _(node: Number, model: AssessmentModel) -> str:  # noqa: ARG001 -- singledispatch
    return str(node.number)


@phrase.register
def _(node: DecimalNumber, model: AssessmentModel) -> str:  # noqa: ARG001 -- singledispatch
    return decimal_text(node.number, node.scale)


@phrase.register
def _(node: Ref, model: AssessmentModel) -> str:
    definition = model.catalogue.find(node.name)
    is_day = definition is not None and definition.type is FactType.DAY
    return f"{title_of(node.name, model)}{'距评价日天数' if is_day else ''}"


@phrase.register
def _(node: Arithmetic, model: AssessmentModel) -> str:
    left = _operand(node.left, model, apart=node.operation is Operation.MULTIPLY)
    right = _operand(node.right, model, apart=node.operation is not Operation.ADD)
    return f"{left}{_SIGNS[node.operation]}{right}"


def _operand(node: Node, model: AssessmentModel, *, apart: bool) -> str:
    """Say a part of a sum or product, a sum in brackets where it would be read otherwise."""
    said = phrase(node, model)
    if said.startswith("-"):
        return f"（{said}）"
    is_sum = isinstance(node, Arithmetic) and node.operation is not Operation.MULTIPLY
    return f"（{said}）" if apart and is_sum else said


@phrase.register
def _(node: Extreme, model: AssessmentModel) -> str:
    among = "、".join(phrase(one, model) for one in node.among)
    return f"{'最大者' if node.most else '最小者'}（{among}）"


@phrase.register
def _(node: Choose, model: AssessmentModel) -> str:
    when, then, otherwise = (phrase(one, model) for one in (node.when, node.then, node.otherwise))
    return f"（{when}的，为{then}；其他的，为{otherwise}）"


@phrase.register
def _(node: Compare, model: AssessmentModel) -> str:
    left, right = (phrase(one, model) for one in (node.left, node.right))
    return f"{left}{_RELATIONS[node.comparison]}{right}"


@phrase.register
def _(node: Same, model: AssessmentModel) -> str:
    return f"{title_of(node.name, model)}为“{node.text}”"


@phrase.register
def _(node: Holds, model: AssessmentModel) -> str:
    return f"{title_of(node.name, model)}为“是”"


@phrase.register
def _(node: Absent, model: AssessmentModel) -> str:
    return f"{title_of(node.name, model)}未知"


@phrase.register
def _(node: Every, model: AssessmentModel) -> str:
    return "，且".join(_parts(node.of, model, apart=Some))


@phrase.register
def _(node: Some, model: AssessmentModel) -> str:
    return "，或".join(_parts(node.of, model, apart=Every))


def _parts(of: Iterable[Node], model: AssessmentModel, *, apart: type[Node]) -> Iterator[str]:
    """Say parts of a condition, those that would be read otherwise in brackets."""
    for one in of:
        said = phrase(one, model)
        yield f"（{said}）" if isinstance(one, apart) else said


@phrase.register
def _(node: Not, model: AssessmentModel) -> str:
    match node.of:
        case Holds(name):
            return f"{title_of(name, model)}为“否”"
        case Same(name, text):
            return f"{title_of(name, model)}不为“{text}”"
        case other:
            return f"并非（{phrase(other, model)}）"


def title_of(name: str, model: AssessmentModel) -> str:
    """Give what a fact is called."""
    definition = model.catalogue.find(name)
    return definition.title if definition else name
