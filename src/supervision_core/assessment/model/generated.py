"""The fast pure-Python path: one straight-line function generated for each model."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache, partial, singledispatch
from typing import Final, cast

from supervision_core.assessment.model.definition import AssessmentModel
from supervision_core.assessment.model.evaluation import Row
from supervision_core.assessment.model.expressions import (
    Absent,
    Arithmetic,
    Choose,
    Clamp,
    Compare,
    Every,
    Extreme,
    Holds,
    Look,
    Node,
    Not,
    Nothing,
    Number,
    OrElse,
    Ref,
    Same,
    Some,
    Steps,
)
from supervision_core.assessment.model.facts import FactType, RawValue, day_number
from supervision_core.assessment.model.lowering import lower

Assess = Callable[[Iterable[tuple[RawValue, ...]]], Iterator[Row]]

MOST_COMPILED: Final = 500
"""Versions of models that a process keeps compiled: of the pilots, some 20 kilobytes each."""


def compile_python(model: AssessmentModel, as_of: date) -> Assess:
    """Compile a usable model into a function over raw rows, once in a process.

    A row holds the raw facts (``raw_facts``: integers, decimals as integers of their scale, codes,
    1 or 0 for flags, day numbers) in the order of ``model.facts``; each result is a row in the
    order of ``model.columns()``, equal to ``evaluate(…).row()``. Integers must lie within 64 bits,
    as ``raw_facts`` ensures.
    """
    return partial(_compiled(model), today=day_number(as_of))


@lru_cache(MOST_COMPILED)
def _compiled(model: AssessmentModel) -> Callable[..., Iterator[Row]]:
    namespace: dict[str, object] = {}
    code = compile(_source(model), f"<model {model.code} v{model.version}>", "exec")
    exec(code, namespace)  # noqa: S102 -- the source is ours: checked names, repr of literals
    return cast("Callable[..., Iterator[Row]]", namespace["assess"])


def _source(model: AssessmentModel) -> str:
    lowered = lower(model)
    facts = "".join(f"{_local(fact.name)}, " for fact in model.facts)
    lines = [f"    for {facts} in rows:"]
    for fact in model.facts:
        if fact.type is FactType.DAY:
            name = _local(fact.name)
            lines.append(f"        if {name} is not None: {name} = today - {name}")
    fact_names = {fact.name for fact in model.facts}
    shared = _Printer()
    for name, quantity in lowered.first:
        lines.append(f"        {name} = {shared.print(quantity, fact_names)}")
    points = "".join(f", {i.column}" for i in model.enabled)
    # faults is a column of the first layer, so a measure of that name cannot exist
    lines.append(f"        if faults: yield None, None, faults{points}; continue")
    for name, quantity in lowered.measures:
        lines.append(f"        {name} = {shared.print(quantity, set())}")
    if lowered.of_nothing is not None:
        nothing = shared.print(lowered.of_nothing, set())
        lines.append(f"        if {nothing}: yield None, None, 1{points}; continue")
    lines.append(f"        position = {shared.print(lowered.position, set())}")
    lines.append(f"        yield levels[position], total, 0{points}")
    defaults = "".join(f", {name}={table!r}" for name, table in shared.tables.items())
    head = f"def assess(rows, *, today, levels={lowered.levels!r}{defaults}):"
    return "\n".join([head, *lines])


def _local(fact: str) -> str:
    """Keep facts apart from contributions and measures."""
    return f"f_{fact}"


class _Printer:
    """Prints nodes as Python; look-up tables become constants of the function."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, int]] = {}
        self.facts: set[str] = set()

    def print(self, node: Node, facts: set[str]) -> str:
        """Print ``node``; names in ``facts`` are facts."""
        self.facts = facts
        return _python(node, self)

    def name(self, name: str) -> str:
        """Give the local of a name."""
        return _local(name) if name in self.facts else name

    def table(self, table: dict[str, int]) -> str:
        """Give the constant that holds a table."""
        name = f"t_{len(self.tables)}"
        self.tables[name] = table
        return name


@singledispatch
def _python(node: Node, to: _Printer) -> str:  # noqa: ARG001 -- singledispatch
    raise TypeError(node)


@_python.register
def _(node: Number, to: _Printer) -> str:  # noqa: ARG001 -- singledispatch
    return f"({node.number})" if node.number < 0 else str(node.number)


@_python.register
def _(node: Nothing, to: _Printer) -> str:  # noqa: ARG001 -- singledispatch
    return "None"


@_python.register
def _(node: Ref, to: _Printer) -> str:
    return to.name(node.name)


@_python.register
def _(node: OrElse, to: _Printer) -> str:
    name = to.name(node.name)
    if node.otherwise == 0:
        return f"({name} or 0)"
    return f"({node.otherwise} if {name} is None else {name})"


@_python.register
def _(node: Arithmetic, to: _Printer) -> str:
    right = _python(node.right, to)
    left = _python(node.left, to)
    if node.operation.value == "+" and isinstance(node.left, Arithmetic):
        left = left[1:-1]  # a long sum stays flat: (a + b + c), not ((a + b) + c)
        if node.left.operation.value != "+":
            left = f"({left})"
    return f"({left} {node.operation.value} {right})"


@_python.register
def _(node: Extreme, to: _Printer) -> str:
    among = ", ".join(_python(part, to) for part in node.among)
    return f"{'max' if node.most else 'min'}({among})"


@_python.register
def _(node: Clamp, to: _Printer) -> str:
    of = _python(node.of, to)
    if isinstance(node.of, Ref):
        low, high = node.least, node.most
        return f"({low} if {of} < {low} else {high} if {of} > {high} else {of})"
    return f"max({node.least}, min({of}, {node.most}))"


@_python.register
def _(node: Choose, to: _Printer) -> str:
    when, then = _python(node.when, to), _python(node.then, to)
    return f"({then} if {when} else {_python(node.otherwise, to)})"


@_python.register
def _(node: Steps, to: _Printer) -> str:
    of = _python(node.of, to)
    if not node.cuts:
        return str(node.values[0])
    binding = of
    if not isinstance(node.of, Ref):
        binding, of = f"(s := {of})", "s"
    text = f"({node.values[0]} if {binding} < {node.cuts[0]} else "
    for cut, value in zip(node.cuts[1:], node.values[1:], strict=False):
        text += f"{value} if {of} < {cut} else "
    return f"{text}{node.values[-1]})"


@_python.register
def _(node: Look, to: _Printer) -> str:
    table = to.table(dict(node.table))
    return f"{table}.get({to.name(node.name)}, {_python(node.otherwise, to)})"


@_python.register
def _(node: Compare, to: _Printer) -> str:
    return f"({_python(node.left, to)} {node.comparison.value} {_python(node.right, to)})"


@_python.register
def _(node: Same, to: _Printer) -> str:
    return f"({to.name(node.name)} == {node.text!r})"


@_python.register
def _(node: Holds, to: _Printer) -> str:
    return f"({to.name(node.name)} == 1)"


@_python.register
def _(node: Absent, to: _Printer) -> str:
    name = to.name(node.name)
    return f"(not {name})" if node.is_code else f"({name} is None)"


@_python.register
def _(node: Every, to: _Printer) -> str:
    return "(" + " and ".join(_python(part, to) for part in node.of) + ")"


@_python.register
def _(node: Some, to: _Printer) -> str:
    return "(" + " or ".join(_python(part, to) for part in node.of) + ")"


@_python.register
def _(node: Not, to: _Printer) -> str:
    return f"(not {_python(node.of, to)})"
