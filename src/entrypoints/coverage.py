"""On how many facts grades rest: counted from the records, said to people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.grading.graded import facts_asked
from supervision_core.grading.ports import GradedSubjects, GradingRules

if TYPE_CHECKING:
    from entrypoints.container import Platform


def asked_by(platform: Platform, rule_id: str) -> int:
    """Count the facts that both models of a rule ask for."""
    with platform.transactions.begin() as work:
        rule = work[GradingRules].get(rule_id)
        risk = work[RiskModels].get(rule.risk_model).current()
        return facts_asked(risk, work[CreditModels].get(rule.credit_model).current())


@frozen
class Footing:
    """How many facts the grading of a subject rests on, and whether they are too few."""

    known: int
    insufficient: bool


def footings(
    platform: Platform, rule: str, day: date, subjects: Sequence[str]
) -> dict[str, Footing]:
    """Say on what the grading of each subject rests."""
    with platform.transactions.begin() as work:
        found = work[GradedSubjects].of_day(rule, day, subjects)
    return {one.subject: Footing(len(one.facts), one.insufficient) for one in found.values()}


def coverage_line(found: Counter[Footing], asked: int) -> str:
    """Say how many of the facts asked for are known; ``found`` counts subjects."""
    known = known_counts(found)
    lacking = sum(times for one, times in found.items() if one.insufficient)
    subjects = known.total()
    tenths = (
        sum(count * times for count, times in known.items()) * 1000 // (subjects * asked)
        if subjects and asked
        else 0
    )
    few = sum(times for count, times in known.items() if 2 * count < asked)
    return (
        f"评价依据：模型用到{asked}项数据，平均已知{tenths // 10}.{tenths % 10}%；"
        f"已知不足一半的{few}户，完全没有的{known[0]}户；"
        f"数据不足{lacking}户"
    )


def known_counts(found: Counter[Footing]) -> Counter[int]:
    """Count subjects by how many facts are known."""
    counts = Counter[int]()
    for one, times in found.items():
        counts[one.known] += times
    return counts
