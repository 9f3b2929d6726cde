"""Events on their way out: written with the change they tell of, received in that order after."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from attrs import frozen

from supervision_core.kernel.canonical import Json
from supervision_core.kernel.events import Event, Thing
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.ports import Ids, Repository, Root, UnitOfWork
from supervision_core.kernel.storing import store


@frozen(kw_only=True)
class Envelope:
    """An event as it leaves: ``name`` is ``context.EventClass``, ``facts`` its plain fields.

    ``number`` counts in the order of the commits, without a gap. ``thing`` is what it happened to,
    in the version that the change gave it: a receiver loads the thing itself.
    """

    number: int
    name: str
    at: datetime
    thing: Thing
    facts: Mapping[str, Json]


@frozen(kw_only=True)
class Receiving:
    """What a receiver works with: its transaction, the moment, and fresh ids."""

    unit: UnitOfWork
    now: datetime
    ids: Ids

    def save(self, port: type[Repository[Root]], root: Root) -> None:
        """Store ``root`` and its to-dos, and send its events out, as a command's work does."""
        store(self.unit, self.unit[port], [root], at=self.now)


Receive = Callable[[Receiving, Sequence[Envelope]], None]


@frozen(kw_only=True)
class Receiver:
    """事件接收方 (Receiver): who is told of events, of which, and what it does with them.

    It gets events named in ``names`` or of things in ``kinds``, in order, some at a time. What it
    writes commits with its position, exactly once; one ``outside`` of the database only reads in
    ``receiving.unit``, and may be told the same again. What one gets that ``leaves`` the house is
    sent again by two persons only. ``title`` is for people.
    """

    name: str
    title: str
    receive: Receive
    names: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    outside: bool = False
    leaves: bool = False

    def wants(self, envelope: Envelope) -> bool:
        """Tell whether the event is for it."""
        return envelope.name in self.names or envelope.thing.kind in self.kinds


def event_name(event: Event) -> str:
    """Give the stable name of an event: its context and its class."""
    return name_of(type(event))


def name_of(event: type[Event]) -> str:
    """Give the stable name of a class of events."""
    context = event.__module__.split(".")[1]
    return f"{context}.{event.__name__}"


def event_facts(event: Event) -> Mapping[str, Json]:
    """Give the fields of an event as plain values, ``at`` among them."""
    facts = to_plain(event)
    if not isinstance(facts, Mapping):
        raise TypeError(event)
    return facts


class Outbox(ABC):
    """What is committed and not yet received by everybody."""

    @abstractmethod
    def pending(self, limit: int, start: int = 0) -> Sequence[Envelope]:
        """Give the oldest events from number ``start`` on, at most ``limit``, in order."""

    @abstractmethod
    def forget(self, upto: int) -> None:
        """Let go of every event below number ``upto``: all receivers have passed it."""


class Positions(ABC):
    """How far each receiver is, in the transaction of what it writes."""

    @abstractmethod
    def all(self) -> Mapping[str, int]:
        """Give, by receiver, the number of the event that it gets next."""

    @abstractmethod
    def move(self, receiver: str, *, before: int | None, to: int) -> None:
        """Put a receiver from ``before`` (``None``: it has none) to ``to``.

        Raises ``Conflict`` where it stands elsewhere by now: another process was first.
        """

    @abstractmethod
    def leave(self, receiver: str) -> None:
        """Forget a receiver that is no more: nothing waits for it."""
