"""事件转发: every event to every receiver, in the order of the commits."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from attrs import define, field

from supervision_core.identity.model import DeadLetter, DeadLetterState
from supervision_core.identity.ports import DeadLetters
from supervision_core.kernel.errors import Conflict, DomainError, Unavailable
from supervision_core.kernel.outbox import Envelope, Outbox, Positions, Receiver, Receiving
from supervision_core.kernel.ports import Clock, Ids, Transactions, UnitOfWork

BATCH: Final = 500
MOST_READ: Final = 4
"""Batches that are kept for the other receivers."""
TRIES: Final = 3
LONGEST: Final = timedelta(minutes=10)


@define(eq=False)
class Relay:
    """Hands what is committed to each receiver, and lets go of what all have received.

    A receiver that fails holds up nobody else. One that is not available is tried again, later
    each time; an event that fails for any other reason ``TRIES`` times becomes a dead letter, and
    what happened later to the same thing waits behind it. Several processes may relay: what a
    receiver writes commits with its position, so that one of them loses and writes nothing.
    """

    transactions: Transactions
    outbox: Outbox
    receivers: Sequence[Receiver]
    clock: Clock
    ids: Ids
    go_on: Callable[[], bool] = lambda: True
    failures: list[str] = field(factory=list, init=False)
    """What became a dead letter since somebody looked: event, receiver and failure."""
    _away: dict[str, tuple[int, datetime]] = field(factory=dict, init=False)
    _read: dict[int, Sequence[Envelope]] = field(factory=dict, init=False)
    """What this run read, by where it begins: receivers mostly stand at the same places."""

    def run(self) -> int:
        """Hand on all that waits; tell to how many receivers events went. May break off."""
        self._read.clear()
        self._join()
        handed = sum(self._serve(one) for one in self.receivers if not self._is_away(one))
        with self.transactions.begin_reading() as unit:
            slowest = min(unit[Positions].all().values(), default=0)
        if slowest:
            self.outbox.forget(slowest)
        return handed

    @property
    def away(self) -> Sequence[str]:
        """Name the receivers that were not available when they were tried last."""
        return sorted(self._away)

    def _join(self) -> None:
        with self.transactions.begin_reading() as unit:
            known = unit[Positions].all()
        for one in self.receivers:
            if one.name not in known:
                with suppress(Conflict), self.transactions.begin() as unit:
                    unit[Positions].move(one.name, before=None, to=0)
                    unit.commit()

    def _serve(self, receiver: Receiver) -> int:
        handed = 0
        try:
            handed += self._send_again(receiver)
            while self.go_on() and (found := self._pending(receiver)):
                start, waiting = found
                self._hand_on(receiver, start, waiting)
                handed += len(waiting)
            self._away.pop(receiver.name, None)
        except Unavailable:
            times = self._away.get(receiver.name, (0, None))[0] + 1
            later = min(timedelta(seconds=2 ** min(times, 10)), LONGEST)
            self._away[receiver.name] = times, self.clock.now() + later
        except Conflict:
            pass  # another process serves it, or changed what it wrote: the next run looks again
        return handed

    def _is_away(self, receiver: Receiver) -> bool:
        return receiver.name in self._away and self.clock.now() < self._away[receiver.name][1]

    def _pending(self, receiver: Receiver) -> tuple[int, Sequence[Envelope]] | None:
        with self.transactions.begin_reading() as unit:
            start = unit[Positions].all()[receiver.name]
        if start not in self._read:
            if not (waiting := self.outbox.pending(BATCH, start)):
                return None
            if len(self._read) >= MOST_READ:
                self._read.clear()
            self._read[start] = waiting
        return start, self._read[start]

    def _hand_on(self, receiver: Receiver, start: int, waiting: Sequence[Envelope]) -> None:
        """Hand a batch over, or one by one where something in it fails."""
        try:
            self._receive(receiver, start, waiting)
        except (Unavailable, Conflict):
            raise
        except Exception:  # noqa: BLE001 - which of them it is, and why, is found one by one
            for one in waiting:
                self._hand_on_one(receiver, start, one)
                start = one.number + 1

    def _hand_on_one(self, receiver: Receiver, start: int, envelope: Envelope) -> None:
        failure = ""
        for _ in range(TRIES):
            try:
                self._receive(receiver, start, [envelope])
            except (Unavailable, Conflict):
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, a person looks at it
                failure = failure_name(error)
            else:
                return
        with self.transactions.begin() as unit:
            self._keep(unit, receiver, envelope, failure)
            unit[Positions].move(receiver.name, before=start, to=envelope.number + 1)
            unit.commit()
        self._say(receiver, envelope, failure)

    def _receive(self, receiver: Receiver, start: int, waiting: Sequence[Envelope]) -> None:
        wanted = [one for one in waiting if receiver.wants(one)]
        if receiver.outside and wanted:
            with self.transactions.begin_reading() as unit:
                blocked = _blocked(unit, receiver)
                free = [one for one in wanted if _thing(one) not in blocked]
                if free:
                    receiver.receive(self._receiving(unit), free)
        with self.transactions.begin() as unit:
            to = waiting[-1].number + 1
            unit[Positions].move(receiver.name, before=start, to=to)
            blocked = _blocked(unit, receiver) if wanted else frozenset()
            for one in wanted:
                if _thing(one) in blocked:
                    self._keep(unit, receiver, one, "")
            free = [one for one in wanted if _thing(one) not in blocked]
            if free and not receiver.outside:
                receiver.receive(self._receiving(unit), free)
            unit.commit()

    def _receiving(self, unit: UnitOfWork) -> Receiving:
        return Receiving(unit=unit, now=self.clock.now(), ids=self.ids)

    def _keep(self, unit: UnitOfWork, receiver: Receiver, envelope: Envelope, failure: str) -> None:
        letter = DeadLetter.of(
            envelope,
            id=self.ids.next_id(),
            receiver=receiver.name,
            title=receiver.title,
            leaves=receiver.leaves,
            failure=failure,
            at=self.clock.now(),
        )
        unit[DeadLetters].save(letter)

    def _send_again(self, receiver: Receiver) -> int:
        """Hand over what somebody mended, and what waited behind it, in order."""
        with self.transactions.begin_reading() as unit:
            letters = unit[DeadLetters].open(receiver.name)
        blocked, handed = set[tuple[str, str]](), 0
        for letter in letters:
            thing = _thing(letter.envelope)
            if thing in blocked or letter.state is DeadLetterState.DEAD:
                blocked.add(thing)
                continue
            failure = self._received_again(receiver, letter)
            if failure:
                blocked.add(thing)
                now = self.clock.now()
                with self.transactions.begin() as unit:
                    fresh = unit[DeadLetters].get(letter.id)
                    fresh.failed(failure, at=now)
                    unit[DeadLetters].save(fresh)
                    unit.commit()
                self._say(receiver, letter.envelope, failure)
            else:
                handed += 1
        return handed

    def _received_again(self, receiver: Receiver, letter: DeadLetter) -> str:
        try:
            if receiver.outside:
                with self.transactions.begin_reading() as unit:
                    receiver.receive(self._receiving(unit), [letter.envelope])
            with self.transactions.begin() as unit:
                fresh = unit[DeadLetters].get(letter.id)
                fresh.received()
                unit[DeadLetters].save(fresh)
                if not receiver.outside:
                    receiver.receive(self._receiving(unit), [letter.envelope])
                unit.commit()
        except (Unavailable, Conflict):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, a person looks at it
            return failure_name(error)
        return ""

    def _say(self, receiver: Receiver, envelope: Envelope, failure: str) -> None:
        self.failures.append(f"{envelope.number} {envelope.name} {receiver.name} {failure}")


def _thing(envelope: Envelope) -> tuple[str, str]:
    return envelope.thing.kind, envelope.thing.id


def _blocked(unit: UnitOfWork, receiver: Receiver) -> frozenset[tuple[str, str]]:
    """Give the things of which something earlier waits for a person."""
    return frozenset(_thing(one.envelope) for one in unit[DeadLetters].open(receiver.name))


def failure_name(error: Exception) -> str:
    """Name an error for people who look it up; its text may hold what is personal."""
    return error.code if isinstance(error, DomainError) else type(error).__name__
