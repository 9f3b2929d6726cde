"""Past facts, and the aggregates that record them."""

from datetime import datetime

from attrs import define, field, frozen, setters


@frozen(kw_only=True)
class Event:
    """A past fact. ``at`` is aware, in UTC; every other field is a plain value."""

    at: datetime


@define(eq=False, kw_only=True)
class Aggregate:
    """A consistency boundary: changed only through verbs, stored whole, versioned.

    ``version`` is 0 until first stored; a repository raises it at each save and refuses a save
    whose version is not the stored one.
    """

    id: str = field(on_setattr=setters.frozen)
    version: int = 0
    _events: list[Event] = field(factory=list, init=False, repr=False)

    def _record(self, event: Event) -> None:
        self._events.append(event)

    def take_events(self) -> tuple[Event, ...]:
        """Hand over the events recorded since the last call, oldest first."""
        events, self._events = tuple(self._events), []
        return events
