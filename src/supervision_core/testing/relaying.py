"""The contract of the relay: every event to every receiver, in order, once inside.

Fixture: ``backend`` (a ``Backend``) that serves ``Positions``, ``DeadLetters`` and ``Parcels``.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from attrs import define, field

from supervision_core.identity.model import DeadLetter, DeadLetterState
from supervision_core.identity.ports import DeadLetters
from supervision_core.identity.services.relaying import Relay
from supervision_core.kernel.errors import Conflict, NotFound, Unavailable, Violation
from supervision_core.kernel.events import Thing
from supervision_core.kernel.outbox import Envelope, Positions, Receiver, Receiving
from supervision_core.kernel.ports import Clock, Ids
from supervision_core.testing.sample import Parcels, parcel
from supervision_core.testing.units import NOON, Backend, Noticed, refuses, together

NOTICED = frozenset({"testing.Noticed"})


@define
class MovedClock(Clock):
    """A clock that stands until it is moved."""

    at: datetime = NOON

    def now(self) -> datetime:
        """Give where it stands."""
        return self.at


@define
class CountingIds(Ids):
    """Ids that count."""

    count: int = 0

    def next_id(self) -> str:
        """Give the next."""
        self.count += 1
        return f"n{self.count:06}"


@define
class Heard:
    """A receiver outside that keeps what it was told; it may be away, or choke on some."""

    said: list[str] = field(factory=list)
    poisoned: frozenset[str] = frozenset()
    away: bool = False

    def receive(self, receiving: Receiving, events: Sequence[Envelope]) -> None:
        """Keep what was said, all or nothing."""
        del receiving
        if self.away:
            raise Unavailable((Violation("unavailable"),))
        said = [str(one.facts["what"]) for one in events]
        if self.poisoned & set(said):
            raise KeyError(said)
        self.said += said

    def receiver(self, name: str = "heard", *, leaves: bool = False) -> Receiver:
        """Give it as a receiver."""
        return Receiver(
            name=name, title="外部", receive=self.receive, names=NOTICED, outside=True,
            leaves=leaves,
        )  # fmt: skip


def kept(name: str = "kept", poisoned: Callable[[str], bool] = lambda _: False) -> Receiver:
    """Give a receiver inside: it stores a parcel for each event, and chokes on some."""

    def receive(receiving: Receiving, events: Sequence[Envelope]) -> None:
        for one in events:
            made = parcel(f"{name}-{one.number:04}")
            made.title = str(one.facts["what"])
            receiving.unit[Parcels].save(made)
            if poisoned(str(one.facts["what"])):
                raise KeyError(one.number)

    return Receiver(name=name, title="包裹", receive=receive, names=NOTICED)


class RelayContract:
    """What relaying promises. Fixture: ``backend``."""

    def _tell(self, backend: Backend, *said: str, of: str = "a-1") -> None:
        with backend.transactions.begin() as unit:
            for what in said:
                unit.emit(Noticed(at=NOON, what=what), Thing("thing", of, 1))
            unit.commit()

    def _relay(
        self, backend: Backend, *receivers: Receiver, clock: MovedClock | None = None
    ) -> Relay:
        return Relay(
            transactions=backend.transactions,
            outbox=backend.outbox,
            receivers=receivers,
            clock=clock or MovedClock(),
            ids=CountingIds(),
        )

    def _kept(self, backend: Backend, name: str = "kept", most: int = 40) -> list[str]:
        found = []
        with backend.transactions.begin_reading() as unit:
            for number in range(most):
                with suppress(NotFound):
                    found.append(unit[Parcels].get(f"{name}-{number:04}").title)
        return found

    def _letters(self, backend: Backend) -> list[DeadLetter]:
        with backend.transactions.begin_reading() as unit:
            return unit[DeadLetters].open()

    def _decide(self, backend: Backend, letter: DeadLetter, *, again: bool) -> None:
        with backend.transactions.begin() as unit:
            fresh = unit[DeadLetters].get(letter.id)
            (fresh.send_again if again else fresh.drop)(by="u-1")
            unit[DeadLetters].save(fresh)
            unit.commit()

    def test_everything_in_order_once(self, backend: Backend) -> None:
        """Every receiver gets every event that it wants, in the order of the commits, once."""
        heard = Heard()
        relay = self._relay(backend, kept(), heard.receiver())
        said = [str(number) for number in range(12)]
        for first in range(0, 12, 3):
            self._tell(backend, *said[first : first + 3])
        assert relay.run() == 24
        self._tell(backend, "末")
        assert relay.run() == 2
        assert relay.run() == 0
        assert self._kept(backend) == heard.said == [*said, "末"]

    def test_what_a_receiver_stores_is_told_on(self, backend: Backend) -> None:
        """``Receiving.save`` sends out what happened to what it stores, as a command does."""
        heard: list[Envelope] = []

        def pack(receiving: Receiving, events: Sequence[Envelope]) -> None:
            for one in events:
                receiving.save(Parcels, parcel(f"packed-{one.number:04}"))

        relay = self._relay(
            backend,
            Receiver(name="packs", title="包裹", receive=pack, names=NOTICED),
            Receiver(
                name="follows", title="跟随", receive=lambda _, events: heard.extend(events),
                kinds=frozenset({Parcels.kind}),
            ),
        )  # fmt: skip
        self._tell(backend, "一")
        while relay.run():
            pass
        assert [(one.name, one.thing.version) for one in heard] == [("kernel.Saved", 1)]

    def test_rows_leave_when_the_slowest_has_passed(self, backend: Backend) -> None:
        """What one receiver has not had stays, and nothing stays that all have had."""
        heard = Heard(away=True)
        clock = MovedClock()
        relay = self._relay(backend, kept(), heard.receiver(), clock=clock)
        self._tell(backend, "一", "二")
        relay.run()
        assert len(backend.outbox.pending(9)) == 2
        heard.away = False
        clock.at += timedelta(seconds=2)
        relay.run()
        assert backend.outbox.pending(9) == []
        assert heard.said == ["一", "二"]

    def test_one_away_holds_nobody_up(self, backend: Backend) -> None:
        """One that is away is asked again, later each time, and gets everything in the end."""
        heard, clock = Heard(away=True), MovedClock()
        relay = self._relay(backend, heard.receiver(), kept(), clock=clock)
        self._tell(backend, "一")
        relay.run()
        assert (self._kept(backend), relay.away) == (["一"], ["heard"])
        heard.away = False
        clock.at += timedelta(seconds=1)
        relay.run()
        assert heard.said == []
        clock.at += timedelta(seconds=1)
        relay.run()
        assert (heard.said, relay.away, self._letters(backend)) == (["一"], [], [])

    def test_what_nobody_wants_passes(self, backend: Backend) -> None:
        """A receiver moves past events of other names and kinds; one may ask by kind."""
        heard = Heard()
        other = Receiver(name="other", title="无", receive=heard.receive)
        by_kind = Receiver(
            name="kind", title="类", receive=heard.receive, kinds=frozenset({"thing"}), outside=True
        )
        self._tell(backend, "一")
        self._relay(backend, other, by_kind).run()
        assert (heard.said, backend.outbox.pending(9)) == (["一"], [])

    def test_a_poisoned_event_becomes_a_letter(self, backend: Backend) -> None:
        """What fails is kept for a person with its reason; everything else goes on, once."""
        self._tell(backend, "毒")
        self._tell(backend, "一", of="a-2")
        self._tell(backend, "二", of="a-3")
        relay = self._relay(backend, kept(poisoned=lambda what: what == "毒"))
        relay.run()
        assert self._kept(backend) == ["一", "二"]
        (letter,) = self._letters(backend)
        assert (letter.state, letter.failure) == (DeadLetterState.DEAD, "KeyError")
        assert (letter.envelope.facts["what"], letter.envelope.thing.id) == ("毒", "a-1")
        assert backend.outbox.pending(9) == []
        assert len(relay.failures) == 1

    def test_what_comes_later_waits_behind(self, backend: Backend) -> None:
        """Of one thing a receiver gets everything in order: the later waits for the mended."""
        poisoned = ["毒"]
        receiver = kept(poisoned=lambda what: what in poisoned)
        relay = self._relay(backend, receiver)
        self._tell(backend, "毒", "一")
        relay.run()
        self._tell(backend, "二")
        self._tell(backend, "他", of="a-2")
        relay.run()
        assert self._kept(backend) == ["他"]
        first, *behind = self._letters(backend)
        assert [one.state for one in behind] == [DeadLetterState.BEHIND] * 2
        self._decide(backend, first, again=True)
        relay.run()
        assert [one.tries for one in self._letters(backend)] == [2, 0, 0]
        poisoned.clear()
        self._decide(backend, first, again=True)
        assert relay.run() == 3
        assert (self._kept(backend), self._letters(backend)) == (["毒", "一", "二", "他"], [])

    def test_what_is_given_up_lets_the_rest_go(self, backend: Backend) -> None:
        """A dropped event never comes; what waited behind it does."""
        heard = Heard(poisoned=frozenset({"毒"}))
        relay = self._relay(backend, heard.receiver(leaves=True))
        self._tell(backend, "毒", "一")
        relay.run()
        assert all(one.leaves for one in self._letters(backend))
        self._decide(backend, self._letters(backend)[0], again=False)
        relay.run()
        assert (heard.said, self._letters(backend)) == (["一"], [])

    def test_two_relays_are_one(self, backend: Backend) -> None:
        """Two processes that relay at the same time do nothing twice and lose nothing."""
        said = [str(number) for number in range(30)]
        for what in said:
            self._tell(backend, what)
        relays = [self._relay(backend, kept()) for _ in range(2)]
        ends = together(*(one.run for one in relays))
        assert all(isinstance(end, int) for end in ends), ends
        relays[0].run()
        assert self._kept(backend) == said

    def test_a_position_moves_from_where_it_is(self, backend: Backend) -> None:
        """Who moves a receiver from where it is not is refused; one that leaves is forgotten."""
        with backend.transactions.begin() as unit:
            unit[Positions].move("kept", before=None, to=0)
            unit.commit()
        for before in (None, 7):
            with refuses(Conflict), backend.transactions.begin() as unit:
                unit[Positions].move("kept", before=before, to=9)
        with backend.transactions.begin() as unit:
            unit[Positions].move("kept", before=0, to=3)
            unit.commit()
        with backend.transactions.begin() as unit:
            assert unit[Positions].all() == {"kept": 3}
            unit[Positions].leave("kept")
            unit.commit()
        with backend.transactions.begin_reading() as unit:
            assert unit[Positions].all() == {}
