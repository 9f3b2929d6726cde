"""The small language in which every rule and level is written: integers, facts, conditions.

Two kinds of node: a ``Quantity`` has an integer value, a ``Condition`` holds or does not. There is
no division, no float and no unbounded loop, so each engine computes the same. ``value`` and
``holds`` are the meaning of a node; whoever compiles it must agree with them.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import product

from attrs import field, frozen

from supervision_core.assessment.model.facts import LEAST_INTEGER, MOST_INTEGER, RawValue

Known = Mapping[str, RawValue]
Bounds = tuple[int, int]


class ExpressionTooLarge(ValueError):
    """A value could leave 64 bits."""


class MixedUnits(ValueError):
    """Points are added to, or compared with, something that is not points."""


class Node(ABC):
    """A part of an expression."""

    @abstractmethod
    def parts(self) -> tuple["Node", ...]:
        """Give the nodes directly beneath."""

    def walk(self) -> Iterator["Node"]:
        """Give the node and everything beneath it."""
        yield self
        for part in self.parts():
            yield from part.walk()

    def names(self) -> frozenset[str]:
        """Give every name that the value depends on."""
        found = (getattr(node, "name", None) for node in self.walk())
        return frozenset(name for name in found if isinstance(name, str))


class Quantity(Node):
    """A node with an integer value, or none."""

    @abstractmethod
    def value(self, known: Known) -> int | None:
        """Compute the value."""

    @abstractmethod
    def bounds(self, of: Mapping[str, Bounds]) -> Bounds:
        """Give the least and most possible value; raises ``ExpressionTooLarge``."""

    @abstractmethod
    def degree(self, of: Mapping[str, int]) -> int:
        """Give the power of points in the unit: 0 a count, 1 points; raises ``MixedUnits``."""


class Condition(Node):
    """A node that holds or does not."""

    @abstractmethod
    def holds(self, known: Known) -> bool:
        """Decide."""

    def check(self, of: Mapping[str, Bounds]) -> None:
        """Raise ``ExpressionTooLarge`` where a part could leave 64 bits."""
        for part in self.parts():
            if isinstance(part, Quantity):
                part.bounds(of)
            elif isinstance(part, Condition):
                part.check(of)

    def check_units(self, of: Mapping[str, int]) -> None:
        """Raise ``MixedUnits`` where unlike things are compared."""
        for part in self.parts():
            if isinstance(part, Condition):
                part.check_units(of)
        _same_degree([p for p in self.parts() if isinstance(p, Quantity)], of)


def _same_degree(parts: list[Quantity], of: Mapping[str, int]) -> int:
    degrees = {part.degree(of) for part in parts}
    if len(degrees) > 1:
        raise MixedUnits
    return degrees.pop() if degrees else 0


def _number(quantity: Quantity, known: Known) -> int:
    value = quantity.value(known)
    if value is None:
        raise TypeError("a missing value is decided before it is counted with")
    return value


def _within(*values: int) -> Bounds:
    least, most = min(values), max(values)
    if least < LEAST_INTEGER or most > MOST_INTEGER:
        raise ExpressionTooLarge
    return least, most


@frozen
class Number(Quantity):
    """A literal integer."""

    number: int

    def parts(self) -> tuple[Node, ...]:
        """Nothing beneath."""
        return ()

    def value(self, known: Known) -> int:  # noqa: ARG002 -- the same for everyone
        """Give the literal."""
        return self.number

    def bounds(self, of: Mapping[str, Bounds]) -> Bounds:  # noqa: ARG002 -- as above
        """Give the literal twice."""
        return _within(self.number)

    def degree(self, of: Mapping[str, int]) -> int:  # noqa: ARG002 -- as above
        """Count, not points."""
        return 0


@frozen
class DecimalNumber(Quantity):
    """A literal with decimals, as its author wrote it: ``number`` of ``scale`` decimal places.

    It is a part of formulas only until ``decimals.aligned_quantity`` has made integers of them.
    """

    number: int
    scale: int

    def parts(self) -> tuple[Node, ...]:
        """Nothing beneath."""
        return ()

    def value(self, known: Known) -> int:  # noqa: ARG002 -- no integer yet
        """Refuse: it has no integer value of its own."""
        raise TypeError("a decimal is aligned before it is counted with")

    def bounds(self, of: Mapping[str, Bounds]) -> Bounds:  # noqa: ARG002 -- no integer yet
        """Refuse: as above."""
        raise TypeError("a decimal is aligned before it is counted with")

    def degree(self, of: Mapping[str, int]) -> int:  # noqa: ARG002 -- a plain number
        """Count, not points."""
        return 0


@frozen
class Nothing(Quantity):
    """No value: the contribution of what does not count."""

    def parts(self) -> tuple[Node, ...]:
        """Nothing beneath."""
        return ()

    def value(self, known: Known) -> None:
        """Give no value."""

    def bounds(self, of: Mapping[str, Bounds]) -> Bounds:  # noqa: ARG002 -- no value
        """Count as zero."""
        return 0, 0

    def degree(self, of: Mapping[str, int]) -> int:  # noqa: ARG002 -- no value
        """Count, not points."""
        return 0


@frozen
class Ref(Quantity):
    """The number behind a name; none where it is not known."""

    name: str

    def parts(self) -> tuple[Node, ...]:
        """Nothing beneath."""
        return ()

    def value(self, known: Known) -> int | None:
        """Look the number up."""
        value = known[self.name]
        if isinstance(value, str):
            raise TypeError(self.name)
        return value

    def bounds(self, of: Mapping[str, Bounds]) -> Bounds:
        """Look the bounds up."""
        return _within(*of[self.name])

    def degree(self, of: Mapping[str, int]) -> int:
        """Look the unit up."""
        return of.get(self.name, 0)


@frozen
class OrElse(Quantity):
    """The number behind a name, or ``otherwise`` where it is not known."""

    name: str
    otherwise: int

    def parts(self) -> tuple[Node, ...]:
        """Nothing beneath."""
        return ()

    def value(self, known: Known) -> int:
        """Look the number up."""
        value = Ref(self.name).value(known)
        return self.otherwise if value is None else value

    def bounds(self, of: Mapping[str, Bounds]) -> Bounds:
        """Span both."""
        return _within(*of[self.name], self.otherwise)

    def degree(self, of: Mapping[str, int]) -> int:
        """Look the unit up."""
        return of.get(self.name, 0)


class Operation(StrEnum):
    """What ``Arithmetic`` does."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"

    def apply(self, left: int, right: int) -> int:
        """Compute."""
        if self is Operation.ADD:
            return left + right
        return left - right if self is Operation.SUBTRACT else left * right


@frozen
class Arithmetic(Quantity):
    """A sum, difference or product."""

    operation: Operation
    left: Quantity
    right: Quantity

    def parts(self) -> tuple[Node, ...]:
        """Give both sides."""
        return self.left, self.right

    def value(self, known: Known) -> int:
        """Compute."""
        return self.operation.apply(_number(self.left, known), _number(self.right, known))

    def bounds(self, of: Mapping[str, Bounds]) -> Bounds:
        """Take the extremes over the corners, where those of +, - and * lie."""
        corners = product(self.left.bounds(of), self.right.bounds(of))
        return _within(*(self.operation.apply(a, b) for a, b in corners))

    def degree(self, of: Mapping[str, int]) -> int:
        """Add the powers of a product; a sum needs like units."""
        if self.operation is Operation.MULTIPLY:
            return self.left.degree(of) + self.right.degree(of)
        return _same_degree([self.left, self.right], of)


@frozen
class Extreme(Quantity):
    """The least or the most of several quantities."""

    most: bool
    among: tuple[Quantity, ...]

    def parts(self) -> tuple[Node, ...]:
        """Give the quantities."""
        return self.among

    def value(self, known: Known) -> int:
        """Compute."""
        values = [_number(part, known) for part in self.among]
        return max(values) if self.most else min(values)

    def bounds(self, of: Mapping[str, Bounds]) -> Bounds:
        """Take the extreme of each end."""
        pick = max if self.most else min
        lows, highs = zip(*(part.bounds(of) for part in self.among), strict=True)
        return pick(lows), pick(highs)

    def degree(self, of: Mapping[str, int]) -> int:
        """All alike."""
        return _same_degree(list(self.among), of)


@frozen
class Clamp(Quantity):
    """A quantity held between two literals: bounded whatever the quantity may be."""

    of: Quantity
    least: int
    most: int

    def parts(self) -> tuple[Node, ...]:
        """Give the quantity that is held."""
        return (self.of,)

    def value(self, known: Known) -> int:
        """Compute."""
        return max(self.least, min(_number(self.of, known), self.most))

    def bounds(self, of: Mapping[str, Bounds]) -> Bounds:
        """Hold each end; a plain name is safe even where its own bounds are not declared."""
        if isinstance(self.of, Ref):
            return _within(self.least, self.most)
        low, high = self.of.bounds(of)
        return max(self.least, min(low, self.most)), max(self.least, min(high, self.most))

    def degree(self, of: Mapping[str, int]) -> int:
        """Keep the unit."""
        return self.of.degree(of)


@frozen
class Choose(Quantity):
    """One quantity where a condition holds, another where it does not."""

    when: Condition
    then: Quantity
    otherwise: Quantity

    def parts(self) -> tuple[Node, ...]:
        """Give the condition and both quantities."""
        return self.when, self.then, self.otherwise

    def value(self, known: Known) -> int | None:
        """Decide, then compute only what was chosen."""
        return (self.then if self.when.holds(known) else self.otherwise).value(known)

    def bounds(self, of: Mapping[str, Bounds]) -> Bounds:
        """Span both."""
        self.when.check(of)
        return _within(*self.then.bounds(of), *self.otherwise.bounds(of))

    def degree(self, of: Mapping[str, int]) -> int:
        """Both alike."""
        self.when.check_units(of)
        return _same_degree([self.then, self.otherwise], of)


@frozen
class Steps(Quantity):
    """A step function: ``values[i]`` where i cuts are at or below the quantity.

    ``cuts`` ascend, ``values`` has one more entry: half-open bands that cover every integer.
    """

    of: Quantity
    cuts: tuple[int, ...]
    values: tuple[int, ...]

    def parts(self) -> tuple[Node, ...]:
        """Give the quantity that is cut."""
        return (self.of,)

    def value(self, known: Known) -> int:
        """Count the cuts that are reached."""
        number = _number(self.of, known)
        return self.values[sum(cut <= number for cut in self.cuts)]

    def bounds(self, of: Mapping[str, Bounds]) -> Bounds:
        """Span the values."""
        self.of.bounds(of)
        return _within(*self.values)

    def degree(self, of: Mapping[str, int]) -> int:
        """Count: what the values mean is the owner's."""
        self.of.degree(of)
        return 0


@frozen
class Look(Quantity):
    """The value listed for a code; ``otherwise`` for a code that is not listed."""

    name: str
    table: Mapping[str, int] = field(hash=False)
    otherwise: Quantity

    def parts(self) -> tuple[Node, ...]:
        """Give what stands for the codes not listed."""
        return (self.otherwise,)

    def value(self, known: Known) -> int | None:
        """Look the code up."""
        code = known[self.name]
        found = self.table.get(code) if isinstance(code, str) else None
        return self.otherwise.value(known) if found is None else found

    def bounds(self, of: Mapping[str, Bounds]) -> Bounds:
        """Span the table."""
        return _within(*self.table.values(), *self.otherwise.bounds(of))

    def degree(self, of: Mapping[str, int]) -> int:  # noqa: ARG002 -- plain numbers
        """Count, not points."""
        return 0


class Comparison(StrEnum):
    """What ``Compare`` asks."""

    LESS = "<"
    AT_MOST = "<="
    EQUAL = "=="
    NOT_EQUAL = "!="
    AT_LEAST = ">="
    MORE = ">"

    def apply(self, left: int, right: int) -> bool:
        """Decide by the sign of left against right."""
        sign = (left > right) - (left < right)
        return sign in _SIGNS[self]


_SIGNS = {
    Comparison.LESS: (-1,),
    Comparison.AT_MOST: (-1, 0),
    Comparison.EQUAL: (0,),
    Comparison.NOT_EQUAL: (-1, 1),
    Comparison.AT_LEAST: (0, 1),
    Comparison.MORE: (1,),
}


@frozen
class Compare(Condition):
    """Two quantities stand in the given relation."""

    comparison: Comparison
    left: Quantity
    right: Quantity

    def parts(self) -> tuple[Node, ...]:
        """Give both sides."""
        return self.left, self.right

    def holds(self, known: Known) -> bool:
        """Compare."""
        return self.comparison.apply(_number(self.left, known), _number(self.right, known))


@frozen
class Same(Condition):
    """A code equals a text, character by character."""

    name: str
    text: str

    def parts(self) -> tuple[Node, ...]:
        """Nothing beneath."""
        return ()

    def holds(self, known: Known) -> bool:
        """Compare."""
        return known[self.name] == self.text


@frozen
class Holds(Condition):
    """A flag is set."""

    name: str

    def parts(self) -> tuple[Node, ...]:
        """Nothing beneath."""
        return ()

    def holds(self, known: Known) -> bool:
        """Look the flag up."""
        return known[self.name] == 1


@frozen
class Absent(Condition):
    """A name is not known; for a code the empty text counts as not known."""

    name: str
    is_code: bool = False

    def parts(self) -> tuple[Node, ...]:
        """Nothing beneath."""
        return ()

    def holds(self, known: Known) -> bool:
        """Look for it."""
        return known[self.name] is None or (self.is_code and known[self.name] == "")


@frozen
class Every(Condition):
    """All conditions hold."""

    of: tuple[Condition, ...]

    def parts(self) -> tuple[Node, ...]:
        """Give the conditions."""
        return self.of

    def holds(self, known: Known) -> bool:
        """Decide in order, stopping at the first that does not."""
        return all(part.holds(known) for part in self.of)


@frozen
class Some(Condition):
    """At least one condition holds; none of no conditions does."""

    of: tuple[Condition, ...]

    def parts(self) -> tuple[Node, ...]:
        """Give the conditions."""
        return self.of

    def holds(self, known: Known) -> bool:
        """Decide in order, stopping at the first that does."""
        return any(part.holds(known) for part in self.of)


@frozen
class Not(Condition):
    """A condition does not hold."""

    of: Condition

    def parts(self) -> tuple[Node, ...]:
        """Give the condition."""
        return (self.of,)

    def holds(self, known: Known) -> bool:
        """Turn it round."""
        return not self.of.holds(known)
