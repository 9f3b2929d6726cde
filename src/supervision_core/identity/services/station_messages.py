"""站内消息: events told to the users whom they concern, and what each reads of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Final

from attrs import define, field, frozen

from supervision_core.identity.model import (
    Audience,
    StationMessage,
    Telling,
    Told,
)
from supervision_core.identity.ports import (
    AccountTies,
    Notices,
    StationMessages,
    Users,
)
from supervision_core.identity.services.access import Shared
from supervision_core.identity.services.holding import Holders
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.fields import said
from supervision_core.kernel.outbox import Envelope, Receiver, Receiving
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.ports import UnitOfWork, repository_of
from supervision_core.kernel.registers import Ask

NOTICE: Final = Notices.kind


@define
class _Hearing:
    """What is read once for all events of a transaction: what they speak of, who holds what."""

    receiving: Receiving
    shared: Shared
    _loaded: dict[tuple[str, str], object] = field(factory=dict, init=False)

    @property
    def day(self) -> date:
        """The local day on which they are told."""
        return local_day(self.receiving.now)

    def load(self, kind: str, id: str) -> object:
        """Give the thing that an event speaks of. Raises ``NotFound``."""
        if (kind, id) not in self._loaded and (port := repository_of(kind)) is not None:
            self._loaded[kind, id] = self.receiving.unit[port].get(id)
        return self._loaded[kind, id]


@define(eq=False)
class Messenger:
    """Writes a message to each user whom an event concerns.

    Who holds what in a department is remembered until that changes.
    """

    tellings: Mapping[str, Telling]
    _holders: Holders = field(factory=Holders, init=False)

    @classmethod
    def of(cls, tellings: Iterable[Telling]) -> "Messenger":
        """Tell by these rules."""
        return cls({one.name: one for one in tellings})

    @property
    def receiver(self) -> Receiver:
        """Give it as a receiver of events."""
        return Receiver(
            name="messages", title="写站内消息", receive=self.receive,
            names=frozenset(self.tellings),
        )  # fmt: skip

    def receive(self, receiving: Receiving, events: Sequence[Envelope]) -> None:
        """Write what these events tell."""
        made = [
            StationMessage(
                id=receiving.ids.next_id(),
                user=user,
                title=telling.title,
                words=telling.words,
                kind=event.thing.kind,
                thing=event.thing.id,
                facts={name: event.facts[name] for name in telling.slots},
                made_at=event.at,
            )
            for event, telling, user in self.addressed(receiving, events)
        ]
        receiving.unit[StationMessages].add_all(made)

    def addressed(
        self, receiving: Receiving, events: Sequence[Envelope]
    ) -> Iterator[tuple[Envelope, Telling, str]]:
        """Give each user whom an event is told, with the event and how it is told."""
        hearing = _Hearing(receiving, Shared(receiving.unit))
        self._holders.follow(receiving.unit, hearing.day)
        for event in events:
            telling = self.tellings[event.name]
            for user in self._users(hearing, event, telling):
                yield event, telling, user

    def _users(self, hearing: "_Hearing", event: Envelope, telling: Telling) -> Sequence[str]:
        with suppress(NotFound):  # it is gone: there is nobody to tell, and nothing to open
            told = Told(event.facts, event.thing, hearing.load)
            return sorted({user for to in telling.to for user in self._of(hearing, to, told)})
        return ()

    def _of(self, hearing: "_Hearing", to: Audience, told: Told) -> Iterator[str]:
        unit = hearing.receiving.unit
        if to.departments is not None:
            for department in to.departments(told):
                yield from self._holders.of(hearing.shared, department, to.permission, hearing.day)
        if to.officers is not None:
            yield from unit[AccountTies].accounts_of(to.officers(told))
        if to.parties is not None:
            for party in to.parties(told):
                yield from (one.id for one in unit[Users].find_by_party(party))
        if to.users is not None:
            yield from to.users(told)


@frozen(kw_only=True)
class MessageView:
    """A message as its user reads it; ``kind`` and ``thing`` say what it speaks of."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    title: str = field(metadata=said("消息标题", example="待认领任务"))
    text: str = field(
        metadata=said("消息内容", example="检查任务“乳品专项检查”已分发，请在2026年3月1日前认领。")
    )
    kind: str = field(metadata=said("所说对象的类型", example="task"))
    thing: str = field(metadata=said("所说对象的编号", example="0123abcd"))
    at: datetime = field(metadata=said("时间", example="2026-01-31T08:00:00+00:00"))
    read: bool = field(metadata=said("是否已读", example=False))


def messages_of(
    unit: UnitOfWork, user: str, *, unread: bool, request: PageRequest
) -> Page[MessageView]:
    """Give one page of the messages to a user, newest first."""
    found = unit[StationMessages].page(user, unread=unread, request=request)
    names = _names(unit, found.items)
    return Page(tuple(_view(unit, one, names) for one in found.items), found.next_cursor)


def _names(unit: UnitOfWork, messages: Sequence[StationMessage]) -> Mapping[tuple[str, str], str]:
    wanted: dict[str, set[str]] = {}
    for message in messages:
        for kind, one in message.referred.values():
            wanted.setdefault(kind, set()).add(one)
    names = {}
    for kind, ids in wanted.items():
        with suppress(KeyError):  # what has no name is not named in any words
            found = unit[Ask].resolve(kind, sorted(ids))
            names.update({(kind, thing): one.name for thing, one in found.items()})
    return names


def _view(
    unit: UnitOfWork, message: StationMessage, names: Mapping[tuple[str, str], str]
) -> MessageView:
    title, text = message.title, message.said(names)
    notice = find(unit, Notices, message.thing) if message.kind == NOTICE else None
    if notice is not None:
        title, text = notice.title, notice.text
    return MessageView(
        id=message.id,
        title=title,
        text=text,
        kind=message.kind,
        thing=message.thing,
        at=message.made_at,
        read=message.read_at is not None,
    )
