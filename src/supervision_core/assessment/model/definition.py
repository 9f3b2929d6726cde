"""AssessmentModel: the frozen definition of one version of a risk or credit model."""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import define, evolve, field, frozen

from supervision_core.assessment.model.decimals import MOST_SCALE
from supervision_core.assessment.model.expressions import Bounds
from supervision_core.assessment.model.facts import (
    NAME,
    FactCatalogue,
    FactDefinition,
    FactType,
)
from supervision_core.assessment.model.levels import COUNTS, Grader, Level, Measures
from supervision_core.assessment.model.lifecycle import Definition
from supervision_core.assessment.model.rules import (
    EXCLUDED,
    MOST_POINTS,
    FlagPoints,
    Manual,
    Rule,
    Veto,
    criterion_violations,
)
from supervision_core.assessment.model.syntax import RESERVED, Criterion
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.fields import said

MOST_INDICATORS = 300
LONGEST_LEVEL = 20
FULL_MARKS = ("full", "applicable")


class Kind(StrEnum):
    """What a model assesses."""

    RISK = "risk"
    CREDIT = "credit"


KIND_TITLES: Final = MappingProxyType({"risk": "风险", "credit": "信用"})


class ScoringMethod(StrEnum):
    """计分方式 (proposal 6.4.2.6.2.4.2): automatic, or on site by the evaluator."""

    AUTOMATIC = "automatic"
    ON_SITE = "on_site"


@frozen
class Category:
    """指标分类 (category): a group of indicators with a subtotal (proposal 6.4.2.6.2.4 (1))."""

    code: str = field(metadata=said("指标分类编码", example="static"))
    name: str = field(metadata=said("指标分类名称", example="静态风险"))
    parent: str = field(default="", metadata=said("上级指标分类的编码，最上级为空"))
    note: str = field(default="", metadata=said("备注", long=True))


@frozen
class Indicator:
    """指标 (Indicator): one question about a subject, with the rule that gives its points.

    A disabled indicator stays in the model and counts for nothing (proposal 6.4.2.6.2.4.4). Where
    the condition ``applies`` does not hold for a subject (合理缺项), neither its points nor its
    full marks count; a fact that the condition lacks is treated as one that the rule lacks.
    """

    code: str = field(metadata=said("指标编码", example="products"))
    name: str = field(metadata=said("指标名称", example="食品类别"))
    category: str = field(metadata=said("所属指标分类的编码", example="static"))
    rule: Rule = field(metadata=said("计分规则"))
    enabled: bool = field(default=True, metadata=said("是否参与计分"))
    note: str = field(default="", metadata=said("指标说明", long=True))
    applies: Criterion | None = field(
        default=None,
        metadata=said("适用条件，不适用的为合理缺项，为空则一律适用", example="cold_chain == 1"),
    )
    full: int | None = field(
        default=None,
        metadata=said("满分，以百分之一分计，为空则取规则可得的最高分", example=1000, places=2),
    )

    def facts(self) -> tuple[str, ...]:
        """Name the facts that it reads: those that say whether it applies, then the rule's."""
        first = () if self.applies is None else sorted(self.applies.meaning.names())
        return tuple(dict.fromkeys((*first, *self.rule.facts())))

    def full_marks(self, catalogue: FactCatalogue) -> int:
        """Give its full marks (满分): as stated, or else the most that its rule can give."""
        return max(0, self.rule.bounds(catalogue)[1]) if self.full is None else self.full

    @property
    def method(self) -> ScoringMethod:
        """Tell whether an evaluator scores it on site."""
        manual = isinstance(self.rule, Manual)
        return ScoringMethod.ON_SITE if manual else ScoringMethod.AUTOMATIC

    @property
    def column(self) -> str:
        """Name its contribution in results: ``p_`` points, ``v_`` a veto, ``s_`` steps."""
        if isinstance(self.rule, Veto):
            return f"v_{self.code}"
        return f"{'p' if self.rule.gives_points else 's'}_{self.code}"


@define(eq=False)
class ModelNotUsable(Refused):
    """The definition has faults; ``at`` of each is its path, such as ``indicators[3].bands``."""

    code = "assessment.model_not_usable"


@define(eq=False)
class NoSuchIndicator(Refused):
    """The model has no indicator of that code."""

    code = "assessment.no_such_indicator"


@frozen
class AssessmentModel(Definition):
    """评价模型 (AssessmentModel): facts, indicators and levels of one version, never changed.

    ``levels`` stand mildest first; ``grader`` gives one of them; a veto may only worsen it.
    A subject of whom fewer than ``least_known`` of the ``asked`` facts are known gets no level
    (数据不足). (proposal 6.4.2.6.2 and 6.4.2.7.2)
    """

    kind: Kind = field(metadata=said("模型类型", codes=KIND_TITLES, example="risk"))
    code: str = field(metadata=said("模型编码", example="dairy-risk"))
    name: str = field(metadata=said("模型名称", example="乳制品生产企业风险评价模型"))
    facts: tuple[FactDefinition, ...] = field(metadata=said("指标所用的事实"))
    categories: tuple[Category, ...] = field(metadata=said("指标分类"))
    indicators: tuple[Indicator, ...] = field(metadata=said("指标"))
    levels: tuple[Level, ...] = field(metadata=said("结果等级，从轻到重"))
    grader: Grader = field(metadata=said("定级规则"))
    version: int = field(default=1, metadata=said("版本号", example=1))
    description: str = field(default="", metadata=said("模型说明", long=True))
    least_known: int = field(
        default=0, metadata=said("至少须有多少项事实已知，不足的为数据不足，不定等级", example=3)
    )

    def at_version(self, number: int) -> "AssessmentModel":
        """Give the same definition under another version number."""
        return evolve(self, version=number)

    @property
    def enabled(self) -> tuple[Indicator, ...]:
        """Give the indicators that count, in order."""
        return tuple(i for i in self.indicators if i.enabled)

    @property
    def counted(self) -> tuple[Indicator, ...]:
        """Give the enabled indicators that give points."""
        return tuple(i for i in self.enabled if i.rule.gives_points)

    @property
    def level_codes(self) -> tuple[str, ...]:
        """Give the level codes, mildest first."""
        return tuple(level.code for level in self.levels)

    def level_name(self, code: str | None) -> str:
        """Give what the level of a code is called, empty for none."""
        return next((level.name for level in self.levels if level.code == code), "")

    @property
    def catalogue(self) -> FactCatalogue:
        """Give the facts by name."""
        return FactCatalogue(self.facts)

    @property
    def asked(self) -> tuple[FactDefinition, ...]:
        """Give the facts that enabled indicators read."""
        names = {name for i in self.enabled for name in i.facts()}
        return tuple(fact for fact in self.facts if fact.name in names)

    def columns(self) -> tuple[str, ...]:
        """Name the columns of a result row: level, total, faults, then each contribution."""
        return ("level", "total", "faults", *(i.column for i in self.enabled))

    def full_points(self) -> Bounds:
        """Give the least and most total that the enabled indicators allow (总分), in hundredths.

        Only of a model without violations.
        """
        catalogue = self.catalogue
        scored = [i.rule.bounds(catalogue) for i in self.counted]
        return sum(low for low, _ in scored), sum(high for _, high in scored)

    def measures(self) -> Measures:
        """Give the measures that a grader may ask for, with their bounds and units."""
        catalogue = self.catalogue
        counted = self.counted
        spans = {i.code: _with_nought(i.rule.bounds(catalogue)) for i in counted}
        bounds = {f"item_{code}": span for code, span in spans.items()}
        for category in self.categories:
            inside = [spans[i.code] for i in counted if i.category == category.code]
            bounds[f"category_{category.code}"] = _sum(inside)
        bounds["total"] = _sum(spans.values())
        bounds["worst"] = (0, max((high for _, high in spans.values()), default=0))
        for name, marks in self.full_marks().items():
            most = sum(marks.values())
            bounds[name] = (0 if is_applicable(name) else most, most)
        degrees = dict.fromkeys(bounds, 1)
        bounds |= dict.fromkeys(COUNTS, (0, len(self.enabled)))
        return Measures(bounds, degrees | dict.fromkeys(COUNTS, 0))

    def full_marks(self) -> dict[str, dict[str, int]]:
        """Give what each measure of full marks adds up, by indicator.

        Only those measures that the grader asks for: ``full…`` adds up all of it, ``applicable…``
        what counts for a subject.
        """
        asked = {name for name in self.grader.names() if name.startswith(FULL_MARKS)}
        if not asked:
            return {}
        catalogue = self.catalogue
        groups = {"": self.counted} | {
            f"_category_{c.code}": tuple(i for i in self.counted if i.category == c.code)
            for c in self.categories
        }
        return {
            f"{kind}{group}": {i.code: i.full_marks(catalogue) for i in inside}
            for group, inside in groups.items()
            for kind in FULL_MARKS
            if f"{kind}{group}" in asked
        }

    def with_indicator(self, indicator: Indicator) -> "AssessmentModel":
        """Add the indicator, or put it in place of the one with its code."""
        kept = {i.code: i for i in self.indicators} | {indicator.code: indicator}
        return evolve(self, indicators=tuple(kept.values()))

    def without_indicators(self, *codes: str) -> "AssessmentModel":
        """Delete indicators. Raises ``NoSuchIndicator``."""
        self._find(codes)
        return evolve(self, indicators=tuple(i for i in self.indicators if i.code not in codes))

    def switched(self, *codes: str, enabled: bool) -> "AssessmentModel":
        """Enable or disable indicators (启停). Raises ``NoSuchIndicator``."""
        self._find(codes)
        changed = (evolve(i, enabled=enabled) if i.code in codes else i for i in self.indicators)
        return evolve(self, indicators=tuple(changed))

    def with_copies(self, *codes: str) -> "AssessmentModel":
        """Copy indicators (指标复制) under the next free code ``<code>_2``, ``<code>_3`` ….

        A copy is disabled, so that nothing counts twice before somebody has looked at it.
        """
        model = self
        for original in self._find(codes):
            taken = {i.code for i in model.indicators}
            code = next(c for n in range(2, 10**6) if (c := f"{original.code}_{n}") not in taken)
            model = model.with_indicator(evolve(original, code=code, enabled=False))
        return model

    def require(self, code: str) -> None:
        """Demand an indicator of that code. Raises ``NoSuchIndicator``."""
        self._find((code,))

    def _find(self, codes: Iterable[str]) -> tuple[Indicator, ...]:
        by_code = {i.code: i for i in self.indicators}
        wanted = tuple(codes)
        unknown = (
            Violation("assessment.no_such_indicator", data={"indicator": code})
            for code in wanted
            if code not in by_code
        )
        refuse_if(NoSuchIndicator, unknown)
        return tuple(by_code[code] for code in wanted)

    def violations(self) -> Iterator[Violation]:
        """Give every reason why the model cannot be used; none for a usable one."""
        yield from self._name_violations()
        yield from self._indicator_violations()
        yield from self._level_violations()

    def require_usable(self) -> None:
        """Raise ``ModelNotUsable`` with every violation, if there is any."""
        refuse_if(ModelNotUsable, self.violations())

    def _name_violations(self) -> Iterator[Violation]:
        yield from _names("facts", [f.name for f in self.facts], RESERVED)
        yield from _names("categories", [c.code for c in self.categories])
        yield from _names("indicators", [i.code for i in self.indicators])
        for index, fact in enumerate(self.facts):
            if fact.least > fact.most:
                yield Violation("assessment.fact_bounds_crossed", f"facts[{index}].least")
            least = int(fact.type is FactType.DECIMAL)
            if not least <= fact.scale <= least * MOST_SCALE:
                most = {"most": MOST_SCALE}
                yield Violation("assessment.fact_scale_unfit", f"facts[{index}].scale", most)
        yield from self._category_violations()

    def category_violations(self) -> Iterator[Violation]:
        """Give every fault of the categories: their names, and those that are missing."""
        yield from _names("categories", [c.code for c in self.categories])
        yield from self._category_violations()

    def _category_violations(self) -> Iterator[Violation]:
        known = {c.code for c in self.categories}
        for index, category in enumerate(self.categories):
            if category.parent and category.parent not in known:
                at, data = f"categories[{index}].parent", {"category": category.parent}
                yield Violation("assessment.category_unknown", at, data)
        for index, indicator in enumerate(self.indicators):
            if indicator.category not in known:
                at, data = f"indicators[{index}].category", {"category": indicator.category}
                yield Violation("assessment.category_unknown", at, data)

    def _indicator_violations(self) -> Iterator[Violation]:
        if not self.enabled:
            yield Violation("assessment.indicators_missing", "indicators")
        if len(self.indicators) > MOST_INDICATORS:
            yield Violation(
                "assessment.indicators_too_many", "indicators", {"most": MOST_INDICATORS}
            )
        if not 0 <= self.least_known <= len(self.asked):
            most = {"most": len(self.asked)}
            yield Violation("assessment.least_known_out_of_reach", "least_known", most)
        catalogue = self.catalogue
        for index, indicator in enumerate(self.indicators):
            at = f"indicators[{index}]"
            wrong = tuple(indicator.rule.violations(catalogue, at))
            yield from wrong
            applies = indicator.applies
            if applies is not None:
                yield from criterion_violations(applies, catalogue, f"{at}.applies")
            full = indicator.full
            if full is not None and not (indicator.rule.gives_points and 0 <= full <= MOST_POINTS):
                yield Violation("assessment.full_marks_unfit", f"{at}.full")
            if not wrong and max(map(abs, indicator.rule.bounds(catalogue))) > MOST_POINTS:
                yield Violation("assessment.points_unbounded", at, {"most": MOST_POINTS // 100})
            if isinstance(indicator.rule, Veto) and indicator.rule.level not in self.level_codes:
                data = {"level": indicator.rule.level}
                yield Violation("assessment.level_unknown", f"{at}.level", data)

    def _level_violations(self) -> Iterator[Violation]:
        codes = self.level_codes
        if not codes:
            yield Violation("assessment.levels_missing", "levels")
        for index, code in enumerate(codes):
            if not 1 <= len(code) <= LONGEST_LEVEL or "\0" in code:
                yield Violation("assessment.level_code_not_usable", f"levels[{index}].code")
        for code, times in Counter(codes).items():
            if times > 1:
                yield Violation("assessment.name_twice", "levels", {"name": code})
        measures = self._without_faulty_rules().measures()
        yield from self.grader.violations(measures, codes, "result")

    def _without_faulty_rules(self) -> "AssessmentModel":
        """Give nought for each rule that has a fault, and so no bounds of its own."""
        catalogue = self.catalogue
        sound = (
            evolve(i, rule=FlagPoints("", 0, 0, EXCLUDED))
            if i.rule.gives_points and any(i.rule.violations(catalogue, ""))
            else i
            for i in self.indicators
        )
        return evolve(self, indicators=tuple(sound))


def is_applicable(measure: str) -> bool:
    """Tell whether a measure of full marks adds up only what counts for the subject."""
    return measure.startswith(FULL_MARKS[1])


def _sum(spans: Iterable[Bounds]) -> Bounds:
    listed = list(spans)
    return sum(low for low, _ in listed), sum(high for _, high in listed)


def _with_nought(span: Bounds) -> Bounds:
    """Widen to nought, as which an excluded indicator counts."""
    return min(0, span[0]), max(0, span[1])


def _names(
    at: str, names: list[str], reserved: frozenset[str] = frozenset()
) -> Iterator[Violation]:
    for index, name in enumerate(names):
        if not NAME.fullmatch(name) or name in reserved:
            yield Violation("assessment.name_not_usable", f"{at}[{index}]", {"name": name})
    for name, times in Counter(names).items():
        if times > 1:
            yield Violation("assessment.name_twice", at, {"name": name})
