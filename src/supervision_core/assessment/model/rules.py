"""Rules: how the facts of a subject become the points of one indicator.

``score`` is the definition of a rule; ``quantity`` says the same in the expression language, from
which the executors are compiled. A property test holds the two equal.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from enum import StrEnum

from attrs import field, frozen

from supervision_core.assessment.model.bands import Band, band_for, band_violations, cuts_of
from supervision_core.assessment.model.expressions import (
    Arithmetic,
    Bounds,
    Choose,
    Clamp,
    Compare,
    Comparison,
    Condition,
    Every,
    ExpressionTooLarge,
    Holds,
    Known,
    Look,
    Node,
    Not,
    Number,
    Operation,
    Quantity,
    Ref,
    Same,
    Some,
    Steps,
)
from supervision_core.assessment.model.facts import FactCatalogue, FactType
from supervision_core.assessment.model.syntax import Criterion, Formula
from supervision_core.kernel.errors import Violation

MOST_POINTS = 10**9
"""No indicator gives or takes more than ten million points (in hundredths)."""

NUMERIC = (FactType.INTEGER, FactType.DAY)


class Treatment(StrEnum):
    """What becomes of an indicator whose fact is not known."""

    POINTS = "points"
    EXCLUDE = "exclude"
    ERROR = "error"


@frozen
class Missing:
    """缺失处理: the treatment of a missing fact, with the points it gives, if it gives any."""

    treatment: Treatment
    points: int = 0

    @classmethod
    def scores(cls, points: int) -> "Missing":
        """Count a missing fact as ``points``."""
        return cls(Treatment.POINTS, points)


EXCLUDED = Missing(Treatment.EXCLUDE)
REFUSED = Missing(Treatment.ERROR)


class Rule(ABC):
    """计分规则: gives points, in hundredths, once every fact it needs is known."""

    missing: Missing

    @abstractmethod
    def facts(self) -> tuple[str, ...]:
        """Name the facts without which the rule cannot be applied, in order."""

    @abstractmethod
    def score(self, known: Known) -> int:
        """Give the points; every fact of ``facts`` is known, and ``beyond`` does not hold."""

    @abstractmethod
    def quantity(self) -> Quantity:
        """Say ``score`` in the expression language."""

    @abstractmethod
    def violations(self, catalogue: FactCatalogue, at: str) -> Iterator[Violation]:
        """Give every fault of the rule."""

    def beyond(self, catalogue: FactCatalogue) -> Condition | None:  # noqa: ARG002 -- most have none
        """Say when known facts are unusable, or that they never are."""
        return None

    def bounds(self, catalogue: FactCatalogue) -> Bounds:
        """Give the least and most points, those for a missing fact included."""
        ranges = {d.name: d.bounds() for d in catalogue.definitions}
        least, most = self.quantity().bounds(ranges)
        if self.missing.treatment is Treatment.POINTS:
            return min(least, self.missing.points), max(most, self.missing.points)
        return least, most


def _typed(
    catalogue: FactCatalogue, name: str, kinds: tuple[FactType, ...], at: str
) -> Iterator[Violation]:
    found = catalogue.find(name)
    if found is None:
        yield Violation("assessment.fact_unknown", at, {"fact": name})
    elif found.type not in kinds:
        data = {"fact": name, "type": found.type.value, "wanted": ", ".join(kinds)}
        yield Violation("assessment.fact_does_not_fit_rule", at, data)


def _typed_names(node: Node, catalogue: FactCatalogue, at: str) -> Iterator[Violation]:
    for part in node.walk():
        if isinstance(part, Ref):
            yield from _typed(catalogue, part.name, (*NUMERIC, FactType.FLAG), at)
        elif isinstance(part, Holds):
            yield from _typed(catalogue, part.name, (FactType.FLAG,), at)
        elif isinstance(part, Same):
            yield from _typed(catalogue, part.name, (FactType.CODE,), at)


def _out_of_range(names: tuple[str, ...], catalogue: FactCatalogue) -> Condition | None:
    found: list[Condition] = []
    for name in names:
        definition = catalogue.find(name)
        if definition is not None and definition.type is FactType.INTEGER:
            least, most = definition.bounds()
            found.append(Compare(Comparison.LESS, Ref(name), Number(least)))
            found.append(Compare(Comparison.MORE, Ref(name), Number(most)))
    return Some(tuple(found)) if found else None


@frozen
class Bands(Rule):
    """分段计分: points by the band in which a number, or the age of a day, lies."""

    fact: str
    bands: tuple[Band[int], ...]
    missing: Missing

    def facts(self) -> tuple[str, ...]:
        """Name the number."""
        return (self.fact,)

    def score(self, known: Known) -> int:
        """Give the points of the band."""
        return band_for(self.bands, _integer(known, self.fact))

    def quantity(self) -> Quantity:
        """Step over the bounds."""
        cuts, values = cuts_of(self.bands)
        return Steps(Ref(self.fact), cuts, values)

    def violations(self, catalogue: FactCatalogue, at: str) -> Iterator[Violation]:
        """Want a number, and bands that cover every number once."""
        yield from _typed(catalogue, self.fact, NUMERIC, f"{at}.fact")
        yield from band_violations(self.bands, f"{at}.bands")


@frozen
class LookUp(Rule):
    """查表计分: points by a code.

    A code that is not listed gives ``otherwise``, or is a fault where that is ``None``.
    """

    fact: str
    codes: Mapping[str, int] = field(hash=False)
    otherwise: int | None
    missing: Missing

    def facts(self) -> tuple[str, ...]:
        """Name the code."""
        return (self.fact,)

    def score(self, known: Known) -> int:
        """Give the points of the code."""
        points = self.codes.get(str(known[self.fact]), self.otherwise)
        if points is None:
            raise KeyError(known[self.fact])
        return points

    def quantity(self) -> Quantity:
        """Look the code up."""
        return Look(self.fact, self.codes, Number(self.otherwise or 0))

    def beyond(self, catalogue: FactCatalogue) -> Condition | None:  # noqa: ARG002 -- codes only
        """Find a code that is not listed, where there is nothing for it."""
        if self.otherwise is not None:
            return None
        return Not(Some(tuple(Same(self.fact, code) for code in self.codes)))

    def violations(self, catalogue: FactCatalogue, at: str) -> Iterator[Violation]:
        """Want a code, and at least one entry, each a usable text."""
        yield from _typed(catalogue, self.fact, (FactType.CODE,), f"{at}.fact")
        if not self.codes:
            yield Violation("assessment.codes_missing", f"{at}.codes")
        if any(not code or "\0" in code for code in self.codes):
            yield Violation("assessment.code_not_usable", f"{at}.codes")


@frozen
class FlagPoints(Rule):
    """是否计分: points for yes and for no."""

    fact: str
    yes: int
    no: int
    missing: Missing

    def facts(self) -> tuple[str, ...]:
        """Name the flag."""
        return (self.fact,)

    def score(self, known: Known) -> int:
        """Choose by the flag."""
        return self.yes if known[self.fact] == 1 else self.no

    def quantity(self) -> Quantity:
        """Choose by the flag."""
        return Choose(Holds(self.fact), Number(self.yes), Number(self.no))

    def violations(self, catalogue: FactCatalogue, at: str) -> Iterator[Violation]:
        """Want a flag."""
        yield from _typed(catalogue, self.fact, (FactType.FLAG,), f"{at}.fact")


@frozen
class Occurrences(Rule):
    """按次计分: ``each`` for every occurrence, at most ``cap`` occurrences counted.

    A count below nought counts as nought.
    """

    fact: str
    each: int
    cap: int
    missing: Missing

    def facts(self) -> tuple[str, ...]:
        """Name the count."""
        return (self.fact,)

    def score(self, known: Known) -> int:
        """Multiply what counts."""
        return self.each * max(0, min(_integer(known, self.fact), self.cap))

    def quantity(self) -> Quantity:
        """Clamp before multiplying, so that nothing overflows."""
        counted = Clamp(Ref(self.fact), 0, self.cap)
        return Arithmetic(Operation.MULTIPLY, counted, Number(self.each))

    def violations(self, catalogue: FactCatalogue, at: str) -> Iterator[Violation]:
        """Want a number and a cap of at least one."""
        yield from _typed(catalogue, self.fact, (FactType.INTEGER,), f"{at}.fact")
        if self.cap < 1:
            yield Violation("assessment.cap_too_small", f"{at}.cap", {"cap": self.cap})


@frozen
class Computed(Rule):
    """公式计分: the value of a formula over facts, each unit of it worth ``each`` points.

    The formula must be bounded (by ``min`` and ``max``, or by the bounds of its facts).
    """

    formula: Formula
    each: int
    missing: Missing

    def facts(self) -> tuple[str, ...]:
        """Name every fact of the formula."""
        return tuple(sorted(self.formula.meaning.names()))

    def score(self, known: Known) -> int:
        """Compute."""
        value = self.formula.meaning.value(known)
        return self.each * (value or 0)

    def quantity(self) -> Quantity:
        """Multiply the formula."""
        return Arithmetic(Operation.MULTIPLY, self.formula.meaning, Number(self.each))

    def beyond(self, catalogue: FactCatalogue) -> Condition | None:
        """Find an integer beyond its declared bounds."""
        return _out_of_range(self.facts(), catalogue)

    def violations(self, catalogue: FactCatalogue, at: str) -> Iterator[Violation]:
        """Want facts of fitting types and a value that stays in bounds."""
        where = f"{at}.formula"
        if wrong := tuple(_typed_names(self.formula.meaning, catalogue, where)):
            yield from wrong
            return
        if not self.facts():
            yield Violation("assessment.formula_without_facts", where)
        ranges = {d.name: d.bounds() for d in catalogue.definitions}
        try:
            self.quantity().bounds(ranges)
        except ExpressionTooLarge:
            yield Violation("assessment.formula_too_large", where)


@frozen
class Veto(Rule):
    """一票否决: while the condition holds, the result is ``level`` at the mildest.

    It gives no points. Its own contribution is 1 where it applies, 0 where it does not. A missing
    fact must exclude it (it does not apply) or be refused: points make no sense.
    """

    when: Criterion
    level: str
    missing: Missing

    def facts(self) -> tuple[str, ...]:
        """Name every fact of the condition."""
        return tuple(sorted(self.when.meaning.names()))

    def score(self, known: Known) -> int:
        """Give 1 where it applies, else 0."""
        return int(self.when.meaning.holds(known))

    def quantity(self) -> Quantity:
        """Give 1 where it applies, else 0."""
        return Choose(self.when.meaning, Number(1), Number(0))

    def beyond(self, catalogue: FactCatalogue) -> Condition | None:
        """Find an integer beyond its declared bounds."""
        return _out_of_range(self.facts(), catalogue)

    def violations(self, catalogue: FactCatalogue, at: str) -> Iterator[Violation]:
        """Want facts of fitting types, and no points for a missing one."""
        where = f"{at}.when"
        if self.missing.treatment is Treatment.POINTS:
            yield Violation("assessment.veto_without_points", f"{at}.missing")
        if wrong := tuple(_typed_names(self.when.meaning, catalogue, where)):
            yield from wrong
            return
        if not self.facts():
            yield Violation("assessment.formula_without_facts", where)
        try:
            self.when.meaning.check({d.name: d.bounds() for d in catalogue.definitions})
        except ExpressionTooLarge:
            yield Violation("assessment.formula_too_large", where)


@frozen
class Choice:
    """评价等级 (of one indicator): a grade an evaluator may pick, with its points."""

    name: str
    points: int
    note: str = ""


@frozen
class Manual(Rule):
    """现场打分: points that the evaluator enters, as an integer fact of ``each`` points a unit.

    The points lie between ``least`` and ``most``; where ``choices`` are given, they are the
    points of one of these. Anything else is a fault. (proposal 6.4.2.6.2.4.2)
    """

    fact: str
    least: int
    most: int
    missing: Missing
    choices: tuple[Choice, ...] = ()
    each: int = 100

    def facts(self) -> tuple[str, ...]:
        """Name the entered number."""
        return (self.fact,)

    def score(self, known: Known) -> int:
        """Turn what was entered into points."""
        return self.each * _integer(known, self.fact)

    def quantity(self) -> Quantity:
        """Hold to the bounds before multiplying, so that nothing overflows."""
        entered = Clamp(Ref(self.fact), self.least // self.each, self.most // self.each)
        return Arithmetic(Operation.MULTIPLY, entered, Number(self.each))

    def beyond(self, catalogue: FactCatalogue) -> Condition | None:  # noqa: ARG002 -- own bounds
        """Find points that may not be entered."""
        entered = Ref(self.fact)
        if self.choices:
            units = sorted({choice.points // self.each for choice in self.choices})
            other = (Compare(Comparison.NOT_EQUAL, entered, Number(n)) for n in units)
            return Every(tuple(other))
        below = Compare(Comparison.LESS, entered, Number(self.least // self.each))
        above = Compare(Comparison.MORE, entered, Number(self.most // self.each))
        return Some((below, above))

    def violations(self, catalogue: FactCatalogue, at: str) -> Iterator[Violation]:
        """Want an integer, an order of the bounds, choices inside them, all whole units."""
        yield from _typed(catalogue, self.fact, (FactType.INTEGER,), f"{at}.fact")
        if self.least > self.most:
            yield Violation("assessment.manual_bounds_crossed", f"{at}.least")
        points = (self.least, self.most, *(choice.points for choice in self.choices))
        if self.each < 1 or any(p % self.each for p in points):
            yield Violation("assessment.manual_unit_does_not_divide", f"{at}.each")
        for index, choice in enumerate(self.choices):
            if not self.least <= choice.points <= self.most:
                yield Violation("assessment.choice_out_of_bounds", f"{at}.choices[{index}]")


def _integer(known: Known, name: str) -> int:
    value = known[name]
    if not isinstance(value, int):
        raise TypeError(name)
    return value
