"""Rules: how the facts of a subject become the points of one indicator.

``score`` is the definition of a rule; ``quantity`` says the same in the expression language, from
which the executors are compiled. A property test holds the two equal.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import ClassVar

from attrs import evolve, field, frozen

from supervision_core.assessment.model.aligning import (
    aligned_condition,
    aligned_quantity,
    has_decimals,
)
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
from supervision_core.kernel.fields import said

MOST_POINTS = 10**9
"""No indicator gives or takes more than ten million points (in hundredths)."""

MOST_STEPS = 20
"""No rule moves a level further."""

NUMERIC = (FactType.INTEGER, FactType.DAY, FactType.DECIMAL)
BOUNDED = (FactType.INTEGER, FactType.DECIMAL)


class Treatment(StrEnum):
    """What becomes of an indicator whose fact is not known."""

    POINTS = "points"
    EXCLUDE = "exclude"
    ERROR = "error"


@frozen
class Missing:
    """缺失处理: the treatment of a missing fact, with the points it gives, if it gives any."""

    treatment: Treatment = field(
        metadata=said(
            "事实缺失时怎样处理",
            codes={"points": "按规定得分", "exclude": "不参与评价", "error": "视为有误"},
            example="exclude",
        )
    )
    points: int = field(
        default=0, metadata=said("缺失时的得分，以百分之一分计", example=0, places=2)
    )

    @classmethod
    def scores(cls, points: int) -> "Missing":
        """Count a missing fact as ``points``."""
        return cls(Treatment.POINTS, points)


EXCLUDED = Missing(Treatment.EXCLUDE)
REFUSED = Missing(Treatment.ERROR)


class Rule(ABC):
    """计分规则: gives points, in hundredths, once every fact it needs is known.

    A rule without points (``gives_points``) acts on the level instead.
    """

    missing: Missing
    gives_points: ClassVar[bool] = True

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

    def aligned(self, catalogue: FactCatalogue) -> "Rule":  # noqa: ARG002 -- most have no decimals
        """Give the same rule over integers alone: what ``score`` and ``quantity`` are asked of."""
        return self

    def bounds(self, catalogue: FactCatalogue) -> Bounds:
        """Give the least and most points, those for a missing fact included."""
        ranges = {d.name: d.bounds() for d in catalogue.definitions}
        least, most = self.aligned(catalogue).quantity().bounds(ranges)
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


def aligned_criterion(criterion: Criterion, catalogue: FactCatalogue) -> Criterion:
    """Give a condition over integers alone."""
    scales = catalogue.scales
    if "." not in criterion.text and not scales:  # told cheaply: most models have no decimals
        return criterion
    if not has_decimals(criterion.meaning, scales):
        return criterion
    return evolve(criterion, meaning=aligned_condition(criterion.meaning, scales))


def criterion_violations(
    criterion: Criterion, catalogue: FactCatalogue, at: str
) -> Iterator[Violation]:
    """Want facts of fitting types, at least one, and nothing that could leave 64 bits."""
    if wrong := tuple(_typed_names(criterion.meaning, catalogue, at)):
        yield from wrong
        return
    if not criterion.meaning.names():
        yield Violation("assessment.formula_without_facts", at)
    meaning = aligned_criterion(criterion, catalogue).meaning
    try:
        meaning.check({d.name: d.bounds() for d in catalogue.definitions})
    except ExpressionTooLarge:
        yield Violation("assessment.formula_too_large", at)


def out_of_range(names: tuple[str, ...], catalogue: FactCatalogue) -> Condition | None:
    """Say when one of the numbers lies beyond its declared bounds; nothing if none is a number."""
    found: list[Condition] = []
    for name in names:
        definition = catalogue.find(name)
        if definition is not None and definition.type in BOUNDED:
            least, most = definition.bounds()
            found.append(Compare(Comparison.LESS, Ref(name), Number(least)))
            found.append(Compare(Comparison.MORE, Ref(name), Number(most)))
    return Some(tuple(found)) if found else None


@frozen
class Bands(Rule):
    """分段计分: points by the band in which a number, or the age of a day, lies."""

    fact: str = field(metadata=said("所用事实的标识", example="penalties"))
    bands: tuple[Band[int], ...] = field(metadata=said("各区间及其得分"))
    missing: Missing = field(metadata=said("缺失处理"))

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
        scale = catalogue.scales.get(self.fact, 0)
        yield from band_violations(self.bands, f"{at}.bands", scale)


@frozen
class LookUp(Rule):
    """查表计分: points by a code.

    A code that is not listed gives ``otherwise``, or is a fault where that is ``None``.
    """

    fact: str = field(metadata=said("所用事实的标识", example="category"))
    codes: Mapping[str, int] = field(
        hash=False, metadata=said("各代码的得分，以百分之一分计", places=2)
    )
    otherwise: int | None = field(
        metadata=said("未列出的代码的得分，以百分之一分计，为空则视为有误", places=2)
    )
    missing: Missing = field(metadata=said("缺失处理"))

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

    fact: str = field(metadata=said("所用事实的标识", example="certified"))
    yes: int = field(metadata=said("为“是”时的得分，以百分之一分计", example=0, places=2))
    no: int = field(metadata=said("为“否”时的得分，以百分之一分计", example=500, places=2))
    missing: Missing = field(metadata=said("缺失处理"))

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

    fact: str = field(metadata=said("计次的事实标识", example="complaints"))
    each: int = field(metadata=said("每次的得分，以百分之一分计", example=200, places=2))
    cap: int = field(metadata=said("最多计多少次", example=5))
    missing: Missing = field(metadata=said("缺失处理"))

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

    The formula must be bounded (by ``min`` and ``max``, or by the bounds of its facts), and the
    decimals of its value must come to whole hundredths of points.
    """

    formula: Formula = field(metadata=said("计分公式", example="min(penalties, 10)"))
    each: int = field(metadata=said("公式结果每1对应的得分，以百分之一分计", example=100, places=2))
    missing: Missing = field(metadata=said("缺失处理"))

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

    def aligned(self, catalogue: FactCatalogue) -> "Computed":
        """Bring the formula to integers; each unit of the last place is worth its share."""
        scales = catalogue.scales
        if "." not in self.formula.text and not scales:  # as in ``aligned_criterion``
            return self
        if not has_decimals(self.formula.meaning, scales):
            return self
        meaning, scale = aligned_quantity(self.formula.meaning, scales)
        each = self.each // 10**scale  # whole: ``violations`` wants it so
        return evolve(self, formula=evolve(self.formula, meaning=meaning), each=each)

    def beyond(self, catalogue: FactCatalogue) -> Condition | None:
        """Find a number beyond its declared bounds."""
        return out_of_range(self.facts(), catalogue)

    def violations(self, catalogue: FactCatalogue, at: str) -> Iterator[Violation]:
        """Want facts of fitting types, a value that stays in bounds, and no part of a hundredth."""
        where = f"{at}.formula"
        if wrong := tuple(_typed_names(self.formula.meaning, catalogue, where)):
            yield from wrong
            return
        if not self.facts():
            yield Violation("assessment.formula_without_facts", where)
        _, scale = aligned_quantity(self.formula.meaning, catalogue.scales)
        if self.each % 10**scale:
            yield Violation("assessment.formula_too_fine", where, {"scale": scale})
            return
        ranges = {d.name: d.bounds() for d in catalogue.definitions}
        try:
            self.aligned(catalogue).quantity().bounds(ranges)
        except ExpressionTooLarge:
            yield Violation("assessment.formula_too_large", where)


class _OnLevel:
    """What rules share that act on the level while a condition holds, and give no points.

    A missing fact must exclude such a rule (it does not act) or be refused: points make no sense.
    """

    gives_points: ClassVar[bool] = False
    when: Criterion
    missing: Missing

    def facts(self) -> tuple[str, ...]:
        """Name every fact of the condition."""
        return tuple(sorted(self.when.meaning.names()))

    def beyond(self, catalogue: FactCatalogue) -> Condition | None:
        """Find a number beyond its declared bounds."""
        return out_of_range(self.facts(), catalogue)

    def violations(self, catalogue: FactCatalogue, at: str) -> Iterator[Violation]:
        """Want facts of fitting types, and no points for a missing one."""
        if self.missing.treatment is Treatment.POINTS:
            yield Violation("assessment.veto_without_points", f"{at}.missing")
        yield from criterion_violations(self.when, catalogue, f"{at}.when")


@frozen
class Veto(_OnLevel, Rule):
    """一票否决: while the condition holds, the result is ``level`` at the mildest.

    Its own contribution is 1 where it applies, 0 where it does not.
    """

    when: Criterion = field(metadata=said("一票否决的条件", example="revoked == 1"))
    level: str = field(metadata=said("否决后至少为哪一等级", example="D"))
    missing: Missing = field(metadata=said("缺失处理"))

    def score(self, known: Known) -> int:
        """Give 1 where it applies, else 0."""
        return int(self.when.meaning.holds(known))

    def quantity(self) -> Quantity:
        """Give 1 where it applies, else 0."""
        return Choose(self.when.meaning, Number(1), Number(0))

    def aligned(self, catalogue: FactCatalogue) -> "Veto":
        """Bring the condition to integers."""
        when = aligned_criterion(self.when, catalogue)
        return self if when is self.when else evolve(self, when=when)


@frozen
class Shift(_OnLevel, Rule):
    """升降级: while the condition holds, the level moves by ``by`` steps, to worse where positive.

    All steps are added up and end at the first and last level; a veto is applied after them. Its
    own contribution is ``by`` where it applies, 0 where it does not.
    """

    when: Criterion = field(metadata=said("升降级的条件", example="penalties > 2"))
    by: int = field(metadata=said("升降几级，正数为往重调，负数为往轻调", example=1))
    missing: Missing = field(metadata=said("缺失处理"))

    def score(self, known: Known) -> int:
        """Give the steps where it applies, else 0."""
        return self.by if self.when.meaning.holds(known) else 0

    def quantity(self) -> Quantity:
        """Give the steps where it applies, else 0."""
        return Choose(self.when.meaning, Number(self.by), Number(0))

    def aligned(self, catalogue: FactCatalogue) -> "Shift":
        """Bring the condition to integers."""
        when = aligned_criterion(self.when, catalogue)
        return self if when is self.when else evolve(self, when=when)

    def violations(self, catalogue: FactCatalogue, at: str) -> Iterator[Violation]:
        """Want at least a step, and a sound condition."""
        yield from super().violations(catalogue, at)
        if not 1 <= abs(self.by) <= MOST_STEPS:
            yield Violation("assessment.shift_out_of_reach", f"{at}.by", {"most": MOST_STEPS})


@frozen
class Choice:
    """评价等级 (of one indicator): a grade an evaluator may pick, with its points."""

    name: str = field(metadata=said("评价等级的名称", example="良好"))
    points: int = field(metadata=said("得分，以百分之一分计", example=500, places=2))
    note: str = field(default="", metadata=said("说明", long=True))


@frozen
class Manual(Rule):
    """现场打分: points that the evaluator enters, as an integer fact of ``each`` points a unit.

    The points lie between ``least`` and ``most``; where ``choices`` are given, they are the
    points of one of these. Anything else is a fault. (proposal 6.4.2.6.2.4.2)
    """

    fact: str = field(metadata=said("现场打分的事实标识", example="site_hygiene"))
    least: int = field(metadata=said("最低分", example=0, places=2))
    most: int = field(metadata=said("最高分", example=10, places=2))
    missing: Missing = field(metadata=said("缺失处理"))
    choices: tuple[Choice, ...] = field(
        default=(), metadata=said("可选的评价等级，没有则在最低分和最高分之间打分")
    )
    each: int = field(
        default=100, metadata=said("每打1分折算的得分，以百分之一分计", example=100, places=2)
    )

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
