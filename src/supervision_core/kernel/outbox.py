"""Events on their way out: written with the change they tell of, delivered at least once after."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import datetime

from attrs import frozen

from supervision_core.kernel.canonical import Json
from supervision_core.kernel.events import Event
from supervision_core.kernel.plain import to_plain


@frozen(kw_only=True)
class Envelope:
    """An event as it leaves: ``name`` is ``context.EventClass``, ``facts`` its plain fields.

    ``number`` grows in the order of the commits; a receiver that remembers the last one it
    carried out can drop a repeated delivery.
    """

    number: int
    name: str
    at: datetime
    facts: Mapping[str, Json]


def event_name(event: Event) -> str:
    """Give the stable name of an event: its context and its class."""
    context = type(event).__module__.split(".")[1]
    return f"{context}.{type(event).__name__}"


def event_facts(event: Event) -> Mapping[str, Json]:
    """Give the fields of an event as plain values, ``at`` among them."""
    facts = to_plain(event)
    if not isinstance(facts, Mapping):
        raise TypeError(event)
    return facts


class Outbox(ABC):
    """What is committed and not yet delivered. Receivers see an event once or more, never never."""

    @abstractmethod
    def pending(self, limit: int) -> Sequence[Envelope]:
        """Give the oldest undelivered events, at most ``limit``, in order of number."""

    @abstractmethod
    def mark_delivered(self, numbers: Sequence[int]) -> None:
        """Say that these were received; numbers unknown or marked before are passed over."""
