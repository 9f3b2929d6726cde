"""消息规则: which events of clues tell whom, in which words."""

from collections.abc import Iterable
from typing import Final

from supervision_core.clues.model import ClueAnswered, ClueConcluded, ClueHandedOn, ClueRegistered
from supervision_core.identity.model import Audience, Telling, Told


def _department(told: Told) -> Iterable[str]:
    """Find the department to which it was handed, unless an officer of it was named."""
    return () if _officer(told) else told.all("department")


def _officer(told: Told) -> Iterable[str]:
    return _named(told, "officer")


def _giver(told: Told) -> Iterable[str]:
    return _named(told, "to") or tuple(_registrar(told))


def _named(told: Told, fact: str) -> tuple[str, ...]:
    """Find the id in a fact that events of older releases have not."""
    found = str(told.facts.get(fact, ""))
    return (found,) if found else ()


def _reporter(told: Told) -> Iterable[str]:
    return (told.thing.reporter,) if told.thing.reporter else ()


def _registrar(told: Told) -> Iterable[str]:
    return (told.thing.sheet.registered_by,)


TELLINGS: Final = (
    Telling(
        ClueRegistered,
        "待研判线索",
        "登记了问题线索“{thing}”，请研判。",
        Audience(departments=_registrar, permission="clues.triage"),
    ),
    Telling(
        ClueHandedOn,
        "待签收线索",
        "问题线索“{thing}”已转来承办，请签收，并在{due_on}前反馈处理结果。",
        Audience(departments=_department, permission="clues.sign_for", officers=_officer),
    ),
    Telling(
        ClueAnswered,
        "线索已反馈",
        "{department}反馈了问题线索“{thing}”的处理结果。",
        Audience(departments=_giver, permission="clues.conclude"),
    ),
    Telling(
        ClueConcluded,
        "线索已办结",
        "问题线索“{thing}”已办结。",
        Audience(departments=_registrar, permission="clues.register", parties=_reporter),
    ),
)
"""Everything about clues that somebody is told."""
