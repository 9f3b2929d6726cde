"""Past facts, and the aggregates that record them."""

from collections.abc import Iterator
from copy import copy
from datetime import datetime
from typing import Any, ClassVar, Final, Self

from attrs import define, field, fields, frozen, setters

from supervision_core.kernel.errors import Violation
from supervision_core.kernel.verbs import Verbs

_CHANGED_IN_PLACE: Final = frozenset({dict, list, set})
_NOTHING: Final = object()


@frozen(kw_only=True)
class Event:
    """A past fact. ``at`` is aware, in UTC; every other field is a plain value."""

    at: datetime


@frozen(kw_only=True)
class Saved(Event):
    """Something was stored of which no other event tells."""


@frozen
class Thing:
    """What an event happened to: an aggregate in the version that the change gave it."""

    kind: str
    id: str
    version: int


@define(eq=False, kw_only=True)
class Aggregate:
    """A consistency boundary: changed only through verbs, stored whole, versioned.

    ``version`` is 0 until first stored; a repository raises it at each save and refuses a save
    whose version is not the stored one. ``verbs`` says what is done with it in which states.
    """

    verbs: ClassVar[Verbs | None] = None

    id: str = field(on_setattr=setters.frozen)
    version: int = 0
    _events: list[Event] = field(factory=list, init=False, repr=False)

    def forbids(self, verb: str, part: Any = None) -> Iterator[Violation]:
        """Give why its state, and that of the part, forbids a verb that is declared."""
        if self.verbs is not None:
            yield from self.verbs.forbids(self, verb, part)

    def _record(self, event: Event) -> None:
        self._events.append(event)

    def take_events(self) -> tuple[Event, ...]:
        """Hand over the events recorded since the last call, oldest first."""
        events, self._events = tuple(self._events), []
        return events

    def twin(self) -> Self:
        """Give another of the same content: whatever is done with one leaves the other as it is."""
        made = object.__new__(type(self))
        for one in fields(type(self)):
            value = getattr(self, one.name, _NOTHING)
            if value is not _NOTHING:
                kept = copy(value) if type(value) in _CHANGED_IN_PLACE else value
                object.__setattr__(made, one.name, kept)
        return made
