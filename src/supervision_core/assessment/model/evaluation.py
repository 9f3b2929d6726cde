"""The definition of an evaluation: what a model says of one subject as of one day.

Readable rather than fast; every executor is held equal to it, subject by subject.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from attrs import evolve, frozen

from supervision_core.assessment.model.definition import (
    AssessmentModel,
    Indicator,
    is_applicable,
)
from supervision_core.assessment.model.facts import (
    FactCatalogue,
    FactType,
    FactValue,
    RawValue,
    day_number,
    raw_facts,
)
from supervision_core.assessment.model.rules import (
    Shift,
    Treatment,
    Veto,
    aligned_criterion,
    out_of_range,
)

Row = tuple[str | int | None, ...]
"""A result as every executor gives it, in the order of ``AssessmentModel.columns()``."""


class Outcome(StrEnum):
    """How an indicator came to its contribution."""

    SCORED = "scored"
    INAPPLICABLE = "inapplicable"
    ASSUMED = "assumed"
    EXCLUDED = "excluded"
    FAULTY = "faulty"


@frozen
class Contribution:
    """指标得分 (Contribution): the points of one indicator, in hundredths, and why.

    ``points`` is ``None`` where the indicator does not count (``EXCLUDED``, ``INAPPLICABLE``) or
    could not be scored (``FAULTY``); for a veto it is 1 where it applies and 0 where it does not,
    for a shift the steps by which it moves the level.
    """

    indicator: str
    outcome: Outcome
    points: int | None
    is_veto: bool = False
    lacks: tuple[str, ...] = ()


@frozen
class Evaluation:
    """评价结果 (Evaluation): total and level of a subject, with everything that led to them.

    Together with the facts, the model version and the day it can be replayed by anyone. ``total``
    and ``level`` are ``None`` as long as an indicator is faulty, and where too few facts are known
    or nothing applies of which a rate is to be made (``insufficient``).
    """

    model: str
    model_version: int
    as_of: date
    contributions: tuple[Contribution, ...]
    measures: Mapping[str, int]
    total: int | None
    level: str | None
    insufficient: bool = False

    @property
    def faults(self) -> tuple[Contribution, ...]:
        """Give the contributions that could not be scored."""
        return tuple(c for c in self.contributions if c.outcome is Outcome.FAULTY)

    @property
    def vetoes(self) -> tuple[Contribution, ...]:
        """Give the vetoes that apply."""
        return tuple(c for c in self.contributions if c.is_veto and c.points == 1)

    def row(self) -> Row:
        """Give the result as an executor would."""
        points = (c.points for c in self.contributions)
        return (self.level, self.total, len(self.faults) + self.insufficient, *points)


def facts_as_of(
    model: AssessmentModel, facts: Mapping[str, FactValue], as_of: date
) -> dict[str, RawValue]:
    """Give the facts as rules see them: days as ages in days. Raises ``FactsNotUsable``."""
    known = raw_facts(model.facts, facts)
    for definition in model.facts:
        number = known[definition.name]
        if definition.type is FactType.DAY and isinstance(number, int):
            known[definition.name] = day_number(as_of) - number
    return known


def evaluate(model: AssessmentModel, facts: Mapping[str, FactValue], as_of: date) -> Evaluation:
    """Assess one subject by a usable model.

    Raises ``FactsNotUsable`` for facts of a wrong type. Lacking or unusable facts never raise:
    the rule of each indicator says what becomes of them.
    """
    known = facts_as_of(model, facts, as_of)
    catalogue = model.catalogue
    contributions = tuple(_contribution(catalogue, i, known) for i in model.enabled)
    measures = dict(_measures(model, contributions))
    few = sum(known[fact.name] is not None for fact in model.asked) < model.least_known
    evaluation = Evaluation(
        model.code,
        model.version,
        as_of,
        contributions,
        measures,
        total=None,
        level=None,
        insufficient=few,
    )
    if evaluation.faults or few:
        return evaluation
    if any(rate.of_nothing().holds(measures) for rate in model.grader.rates()):
        return evolve(evaluation, insufficient=True)
    return Evaluation(
        model.code,
        model.version,
        as_of,
        contributions,
        measures,
        total=measures["total"],
        level=_level(model, contributions, measures),
    )


def _contribution(
    catalogue: FactCatalogue, indicator: Indicator, known: Mapping[str, RawValue]
) -> Contribution:
    rule = indicator.rule.aligned(catalogue)
    is_veto = isinstance(rule, Veto)
    if indicator.applies is not None:
        applies = aligned_criterion(indicator.applies, catalogue)
        names = tuple(sorted(applies.meaning.names()))
        if lacks := _unknown(names, known):
            return _lacking(indicator, lacks)
        odd = out_of_range(names, catalogue)
        if odd is not None and odd.holds(known):
            return Contribution(indicator.code, Outcome.FAULTY, None, is_veto)
        if not applies.meaning.holds(known):
            return Contribution(indicator.code, Outcome.INAPPLICABLE, None, is_veto)
    if lacks := _unknown(rule.facts(), known):
        return _lacking(indicator, lacks)
    unusable = rule.beyond(catalogue)
    if unusable is not None and unusable.holds(known):
        return Contribution(indicator.code, Outcome.FAULTY, None, is_veto)
    return Contribution(indicator.code, Outcome.SCORED, rule.score(known), is_veto)


def _unknown(names: tuple[str, ...], known: Mapping[str, RawValue]) -> tuple[str, ...]:
    return tuple(name for name in names if known[name] is None)


def _lacking(indicator: Indicator, lacks: tuple[str, ...]) -> Contribution:
    rule = indicator.rule
    outcome, points = {
        Treatment.POINTS: (Outcome.ASSUMED, rule.missing.points),
        Treatment.EXCLUDE: (Outcome.EXCLUDED, None),
        Treatment.ERROR: (Outcome.FAULTY, None),
    }[rule.missing.treatment]
    return Contribution(indicator.code, outcome, points, isinstance(rule, Veto), lacks)


def _measures(
    model: AssessmentModel, contributions: tuple[Contribution, ...]
) -> Iterator[tuple[str, int]]:
    given = {c.indicator: c.points for c in contributions}
    counted = {i.code: given[i.code] or 0 for i in model.counted}
    yield "total", sum(counted.values())
    yield "worst", max(0, *counted.values()) if counted else 0
    for category in model.categories:
        inside = (i.code for i in model.enabled if i.category == category.code)
        yield f"category_{category.code}", sum(counted.get(code, 0) for code in inside)
    for code, points in counted.items():
        yield f"item_{code}", points
    for name, marks in model.full_marks().items():
        left_out = {c for c in marks if given[c] is None and is_applicable(name)}
        yield name, sum(full for code, full in marks.items() if code not in left_out)
    yield "vetoes", sum(c.is_veto and c.points == 1 for c in contributions)
    yield "missing", sum(bool(c.lacks) for c in contributions)


def _level(
    model: AssessmentModel, contributions: tuple[Contribution, ...], measures: Mapping[str, int]
) -> str:
    labels = model.level_codes
    place = labels.index(model.grader.label(measures, labels))
    floor = 0
    for indicator, contribution in zip(model.enabled, contributions, strict=True):
        if isinstance(indicator.rule, Shift):
            place += contribution.points or 0
        elif isinstance(indicator.rule, Veto) and contribution.points == 1:
            floor = max(floor, labels.index(indicator.rule.level))
    return labels[max(floor, min(max(place, 0), len(labels) - 1))]
