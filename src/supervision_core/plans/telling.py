"""消息规则: which events of plans tell whom, in which words."""

from collections.abc import Iterable
from typing import Final

from supervision_core.identity.model import Audience, Telling, Told, fact
from supervision_core.plans.model import PlanConsulted, PlanDisplayed, PlanObjected, PlanSettled


def _lead(told: Told) -> Iterable[str]:
    return (told.thing.sheet.lead,)


def _departments(told: Told) -> Iterable[str]:
    found: frozenset[str] = told.thing.departments
    return found


TELLINGS: Final = (
    Telling(
        PlanConsulted,
        "计划征集意见",
        "检查计划“{thing}”征集意见，请在{until}前反馈。",
        Audience(departments=fact("departments"), permission="plans.give_opinion"),
    ),
    Telling(
        PlanDisplayed,
        "计划公示",
        "检查计划“{thing}”正在公示，有异议的请在{until}前提出。",
        Audience(departments=fact("departments"), permission="plans.object"),
    ),
    Telling(
        PlanObjected,
        "计划异议",
        "{department}对检查计划“{thing}”提出异议，请答复。",
        Audience(departments=_lead, permission="plans.answer_objection"),
    ),
    Telling(
        PlanSettled,
        "计划已确定",
        "检查计划“{thing}”已确定，可以据此发起任务。",
        Audience(departments=_departments, permission="tasks.create"),
    ),
)
"""Everything about plans that somebody is told."""
