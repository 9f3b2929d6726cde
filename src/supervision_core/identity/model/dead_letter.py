"""Events that a receiver could not take, kept until a person has mended what is wrong."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from attrs import define

from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.events import Aggregate, Thing
from supervision_core.kernel.outbox import Envelope


@define(eq=False)
class DeadLetterOver(Refused):
    """The event was received after all, or given up."""

    code: ClassVar[str] = "identity.dead_letter_over"


class DeadLetterState(StrEnum):
    """What becomes of an event that could not be received."""

    DEAD = "dead"
    BEHIND = "behind"
    AGAIN = "again"
    RECEIVED = "received"
    DROPPED = "dropped"


_OPEN = frozenset({DeadLetterState.DEAD, DeadLetterState.BEHIND, DeadLetterState.AGAIN})


@define(eq=False, kw_only=True)
class DeadLetter(Aggregate):
    """未送达事件 (DeadLetter): an event that one receiver could not take, and why.

    What happened later to the same thing waits behind it, so that the receiver gets everything
    about one thing in order. Source: proposal 6.4.2.12.8.1.
    """

    _receiver: str
    _title: str
    _number: int
    _name: str
    _kind: str
    _thing: str
    _thing_version: int
    _at: datetime
    _facts: Mapping[str, Json]
    _leaves: bool
    _failure: str
    _failed_at: datetime
    _tries: int = 0
    _state: DeadLetterState = DeadLetterState.DEAD
    _decided_by: str = ""

    @classmethod
    def of(  # noqa: PLR0913 - whose, what, why and when
        cls,
        envelope: Envelope,
        *,
        id: str,
        receiver: str,
        title: str,
        leaves: bool,
        failure: str,
        at: datetime,
    ) -> "DeadLetter":
        """Keep an event; without a ``failure`` it only waits behind another."""
        return cls(
            id=id,
            receiver=receiver,
            title=title,
            number=envelope.number,
            name=envelope.name,
            kind=envelope.thing.kind,
            thing=envelope.thing.id,
            thing_version=envelope.thing.version,
            at=envelope.at,
            facts=envelope.facts,
            leaves=leaves,
            failure=failure,
            failed_at=at,
            tries=1 if failure else 0,
            state=DeadLetterState.DEAD if failure else DeadLetterState.BEHIND,
        )

    @property
    def receiver(self) -> str:
        """Who could not take it."""
        return self._receiver

    @property
    def title(self) -> str:
        """What the receiver does, for people."""
        return self._title

    @property
    def envelope(self) -> Envelope:
        """The event as it left the outbox."""
        return Envelope(
            number=self._number,
            name=self._name,
            at=self._at,
            thing=Thing(self._kind, self._thing, self._thing_version),
            facts=self._facts,
        )

    @property
    def leaves(self) -> bool:
        """Whether sending it again takes it out of the house: two persons do it."""
        return self._leaves

    @property
    def failure(self) -> str:
        """The code of why, or the class of the error."""
        return self._failure

    @property
    def failed_at(self) -> datetime:
        """When it failed last."""
        return self._failed_at

    @property
    def tries(self) -> int:
        """How often it failed."""
        return self._tries

    @property
    def state(self) -> DeadLetterState:
        """What becomes of it."""
        return self._state

    @property
    def is_open(self) -> bool:
        """Whether something may still become of it."""
        return self._state in _OPEN

    @property
    def decided_by(self) -> str:
        """Who had it sent again or gave it up."""
        return self._decided_by

    def send_again(self, *, by: str) -> None:
        """Have it handed over again. Raises ``DeadLetterOver``."""
        self._decide(DeadLetterState.AGAIN, by)

    def drop(self, *, by: str) -> None:
        """Give it up: the receiver never gets it. Raises ``DeadLetterOver``."""
        self._decide(DeadLetterState.DROPPED, by)

    def received(self) -> None:
        """Note that the receiver has it now."""
        self._state = DeadLetterState.RECEIVED

    def failed(self, failure: str, *, at: datetime) -> None:
        """Note that it failed once more."""
        self._state, self._failure, self._failed_at = DeadLetterState.DEAD, failure, at
        self._tries += 1

    def _decide(self, state: DeadLetterState, by: str) -> None:
        if not self.is_open:
            raise DeadLetterOver((Violation(DeadLetterOver.code, "letter_id"),))
        self._state, self._decided_by = state, by
