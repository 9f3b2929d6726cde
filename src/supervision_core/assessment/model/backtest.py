"""Back-test: what a new version of a model would change, before it is enabled."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from math import ceil

from attrs import frozen

from supervision_core.assessment.model.definition import AssessmentModel
from supervision_core.assessment.model.evaluation import evaluate
from supervision_core.assessment.model.facts import FactValue


@frozen
class Case:
    """A subject of the past: its facts then, and whether the check that followed found anything."""

    facts: Mapping[str, FactValue]
    found: bool


@frozen
class Ranking:
    """How well a model put the subjects with findings above those without.

    ``concordance`` is the share of pairs (one with, one without a finding) in which the level of
    the first is the more severe, a tie counting half: 1 is perfect, 1/2 is chance, ``None`` where
    there is no pair. ``captured`` of all findings lie in the most severe tenth of the subjects;
    of a level that lies across the border only its share counts.
    """

    concordance: Fraction | None
    captured: Fraction | None


@frozen
class BackTest:
    """回测 (BackTest): the old and the new version over the same past.

    ``moves`` counts subjects by (old level, new level), ``None`` where a version could not level
    them; inspections are the sums over levels of ceil(ratio x subjects of that level).
    """

    moves: Mapping[tuple[str | None, str | None], int]
    inspections_old: int
    inspections_new: int
    ranking_old: Ranking
    ranking_new: Ranking

    @property
    def moved(self) -> int:
        """Count the subjects whose level changes."""
        return sum(count for (old, new), count in self.moves.items() if old != new)

    @property
    def more_inspections(self) -> int:
        """Count the additional inspections; negative where there are fewer."""
        return self.inspections_new - self.inspections_old


def back_test(
    old: AssessmentModel,
    new: AssessmentModel,
    cases: Iterable[Case],
    as_of: date,
    ratios: Mapping[str, Fraction],
) -> BackTest:
    """Apply both versions, which have the same levels, to the same cases.

    ``ratios`` gives for each level the share of subjects to inspect; a level without one is not
    inspected.
    """
    moves: Counter[tuple[str | None, str | None]] = Counter()
    findings: Counter[tuple[str | None, str | None]] = Counter()
    for case in cases:
        pair = evaluate(old, case.facts, as_of).level, evaluate(new, case.facts, as_of).level
        moves[pair] += 1
        findings[pair] += case.found
    return BackTest(
        moves=dict(moves),
        inspections_old=_inspections(moves, 0, ratios),
        inspections_new=_inspections(moves, 1, ratios),
        ranking_old=_ranking(old, moves, findings, 0),
        ranking_new=_ranking(new, moves, findings, 1),
    )


Pairs = Counter[tuple[str | None, str | None]]


def _by_level(pairs: Pairs, side: int) -> Counter[str]:
    counted: Counter[str] = Counter()
    for pair, count in pairs.items():
        level = pair[side]
        if level is not None:
            counted[level] += count
    return counted


def _inspections(moves: Pairs, side: int, ratios: Mapping[str, Fraction]) -> int:
    levels = _by_level(moves, side)
    return sum(ceil(ratios.get(level, Fraction()) * count) for level, count in levels.items())


def _ranking(model: AssessmentModel, moves: Pairs, findings: Pairs, side: int) -> Ranking:
    subjects, found = _by_level(moves, side), _by_level(findings, side)
    everyone, hits = sum(subjects.values()), sum(found.values())
    pairs = hits * (everyone - hits)
    better = Fraction()
    milder_without = 0
    for level in model.level_codes:
        without = subjects[level] - found[level]
        better += found[level] * (milder_without + Fraction(without, 2))
        milder_without += without
    captured = _captured(model, subjects, found) / hits if hits else None
    return Ranking(better / pairs if pairs else None, captured)


def _captured(model: AssessmentModel, subjects: Counter[str], found: Counter[str]) -> Fraction:
    room = Fraction(sum(subjects.values()), 10)
    captured = Fraction()
    for level in reversed(model.level_codes):
        if subjects[level]:
            share = min(Fraction(1), room / subjects[level])
            captured += share * found[level]
            room -= share * subjects[level]
    return captured
