"""On how many facts grades rest: counted from the records, said to people."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from entrypoints.container import Platform
from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.grading.graded import facts_asked
from supervision_core.grading.ports import GradedSubjects, GradingRules


def asked_by(platform: Platform, rule_id: str) -> int:
    """Count the facts that both models of a rule ask for."""
    with platform.transactions.begin() as work:
        rule = work[GradingRules].get(rule_id)
        risk = work[RiskModels].get(rule.risk_model).current()
        return facts_asked(risk, work[CreditModels].get(rule.credit_model).current())


def known_of(platform: Platform, rule: str, day: date, subjects: Sequence[str]) -> dict[str, int]:
    """Count the facts that the grading of each subject rests on."""
    with platform.transactions.begin() as work:
        found = work[GradedSubjects].of_day(rule, day, subjects)
    return {subject: len(one.facts) for subject, one in found.items()}


def coverage_line(known: Counter[int], asked: int) -> str:
    """Say how many of the facts asked for are known; ``known`` counts subjects by their facts."""
    subjects = known.total()
    tenths = (
        sum(count * times for count, times in known.items()) * 1000 // (subjects * asked)
        if subjects and asked
        else 0
    )
    few = sum(times for count, times in known.items() if 2 * count < asked)
    return (
        f"评价依据：模型用到{asked}项数据，平均已知{tenths // 10}.{tenths % 10}%；"
        f"已知不足一半的{few}户，完全没有的{known[0]}户"
    )
