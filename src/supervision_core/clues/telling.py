"""消息规则: which events of clues tell whom, in which words."""

from collections.abc import Iterable
from typing import Final

from supervision_core.clues.model import ClueAnswered, ClueConcluded, ClueHandedOn, ClueRegistered
from supervision_core.identity.model import Audience, Telling, Told, fact


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
        "问题线索“{thing}”分发给本部门，请签收，并在{due_on}前反馈处理结果。",
        Audience(departments=fact("department"), permission="clues.sign_for"),
    ),
    Telling(
        ClueAnswered,
        "线索已反馈",
        "{department}反馈了问题线索“{thing}”的处理结果。",
        Audience(departments=_registrar, permission="clues.conclude"),
    ),
    Telling(
        ClueConcluded,
        "线索已办结",
        "问题线索“{thing}”已办结。",
        Audience(departments=_registrar, permission="clues.register"),
    ),
)
"""Everything about clues that somebody is told."""
