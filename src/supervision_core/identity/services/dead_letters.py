"""未送达事件: what receivers could not take, mended by a person and sent again, or given up."""

from datetime import datetime
from typing import Final

from attrs import field, frozen

from supervision_core.identity.model import (
    DeadLetter,
    DeadLetterState,
    Duty,
    SecondPersonNeed,
)
from supervision_core.identity.ports import DeadLetters
from supervision_core.identity.services.authority import require_second
from supervision_core.identity.services.frame import Work, question, use_case
from supervision_core.identity.services.keeping import require_everything
from supervision_core.kernel.fields import said

SHOWN: Final = 200


@frozen(kw_only=True)
class ListDeadLetters:
    """All of which nothing has become."""


@frozen(kw_only=True)
class DeadLetterRow:
    """An event that was not received: by whom, what it tells of which thing, and why not."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    version: int = field(metadata=said("版本", example=1))
    receiver: str = field(metadata=said("接收方", example="写站内消息"))
    event: str = field(metadata=said("事件", example="tasks.TaskDispatched"))
    number: int = field(metadata=said("事件序号", example=12))
    kind: str = field(metadata=said("对象类型", example="task"))
    thing: str = field(metadata=said("对象的编号", example="0123abcd"))
    at: datetime = field(metadata=said("发生时间", example="2026-01-31T08:00:00+00:00"))
    state: DeadLetterState = field(
        metadata=said("dead未送达，behind排在其后，again等待重新发送", example="dead")
    )
    failure: str = field(metadata=said("原因编码，排在其后的为空", example="not_found"))
    failed_at: datetime = field(metadata=said("失败时间", example="2026-01-31T08:00:01+00:00"))
    tries: int = field(metadata=said("失败次数", example=1))
    leaves: bool = field(metadata=said("是否发往平台之外（重新发送须双人复核）", example=False))


@question("identity.list_dead_letters", "查看未送达事件")
def list_dead_letters(work: Work, about: ListDeadLetters) -> tuple[DeadLetterRow, ...]:
    """List the oldest 200 events that were not received, for who reaches everything."""
    del about
    require_everything(work, "identity.list_dead_letters")
    return tuple(map(_row, work[DeadLetters].open()[:SHOWN]))


def _row(one: DeadLetter) -> DeadLetterRow:
    event = one.envelope
    return DeadLetterRow(
        id=one.id,
        version=one.version,
        receiver=one.title,
        event=event.name,
        number=event.number,
        kind=event.thing.kind,
        thing=event.thing.id,
        at=event.at,
        state=one.state,
        failure=one.failure,
        failed_at=one.failed_at,
        tries=one.tries,
        leaves=one.leaves,
    )


@frozen(kw_only=True)
class ResendDeadLetter:
    """The event to send again."""

    letter_id: str = field(metadata=said("未送达事件的编号", example="0123abcd"))


@use_case("identity.resend_dead_letter", "重新发送未送达事件")
def resend_dead_letter(work: Work, cmd: ResendDeadLetter) -> str:
    """Have the worker send an event again, and what waits behind it; for who reaches everything.

    What leaves the house is sent again by two persons.
    """
    letter = _reached(work, cmd.letter_id, "identity.resend_dead_letter")
    if letter.leaves:
        duties = frozenset({Duty.SYSTEM})
        require_second(work, SecondPersonNeed(user="", duties=duties))
    letter.send_again(by=work.actor.user)
    work.save(DeadLetters, letter)
    return letter.id


@frozen(kw_only=True)
class DropDeadLetter:
    """The event to give up."""

    letter_id: str = field(metadata=said("未送达事件的编号", example="0123abcd"))


@use_case("identity.drop_dead_letter", "放弃未送达事件")
def drop_dead_letter(work: Work, cmd: DropDeadLetter) -> str:
    """Give an event up: its receiver never gets it, and what waits behind it is sent."""
    letter = _reached(work, cmd.letter_id, "identity.drop_dead_letter")
    letter.drop(by=work.actor.user)
    work.save(DeadLetters, letter)
    return letter.id


def _reached(work: Work, id: str, permission: str) -> DeadLetter:
    require_everything(work, permission)
    return work[DeadLetters].get(id)
