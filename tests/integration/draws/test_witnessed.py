"""Deposits that a witness at another department keeps: opened once, late enough, as witnessed."""

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from attrs import define, evolve
from sqlalchemy import Engine

from adapters.crypto.platform_keys import PlatformKeys
from adapters.system import FixedClock, SystemIds
from entrypoints.container import open_openings, open_witness
from entrypoints.container.logs import Auditing, auditing_of, deposits_of
from entrypoints.settings import Settings
from entrypoints.witnessing import WitnessServer
from supervision_core.audit.model import AuditEntry, Outcome
from supervision_core.audit.ports import AuditLog
from supervision_core.draws.model.deposits import (
    ClosedList,
    Deposit,
    DepositsUnopened,
    round_label,
)
from supervision_core.draws.model.draw import Contribution, DrawState
from supervision_core.draws.model.sources import OpenedBy
from supervision_core.draws.model.verification import verify
from supervision_core.draws.model.witnessed import CLOSED_LIST, CLOSING
from supervision_core.draws.ports import Deposits
from supervision_core.draws.services import ProveDraw, prove_draw
from supervision_core.draws.services.rounds import (
    CloseRound,
    DepositNonce,
    OpenRound,
    close_round,
    deposit_nonce,
    open_round,
)

from .test_seed import NOON, POOLS, _Office, _office, keys  # noqa: F401 - a fixture

DUE = NOON + timedelta(hours=3)


@define
class _Witnessed:
    office: _Office
    auditing: Auditing
    deposits: Deposits
    clock: FixedClock
    """The witness's own."""

    def closed(self) -> str:
        """Give a draw whose list is closed at the deadline: 乙 was in time, the third was late."""
        made = self.office.freeze("甲", "乙", "司法")
        self.office.deposit(made, "甲", "乙")
        self.office.clock.at = DUE + timedelta(minutes=1)
        self.office.run(close_round, CloseRound(draw_id=made))
        return made

    def stolen(self, made: Sequence[Contribution]) -> str:
        """Give another draw of the same lead, closed, into which these deposits were copied."""
        other = self.office.freeze("甲", "乙", pool=POOLS[1])
        for one in made:
            command = DepositNonce(draw_id=other, commitment=one.commitment, sealed=one.sealed)
            self.office.run(deposit_nonce, command, one.contributor)
        self.office.run(close_round, CloseRound(draw_id=other))
        return other

    def list_of(self, draw: str) -> ClosedList:
        found = self.office.draw(draw).closed_list
        assert found is not None
        return found


@pytest.fixture
def witnessed(
    keys: PlatformKeys,  # noqa: F811
    sqlite_engine: Engine,
    tmp_path: Path,
) -> Iterator[_Witnessed]:
    """Give departments whose log and deposits a witness elsewhere watches."""
    clock = FixedClock(NOON)
    watching, verifier = open_witness(tmp_path / "witness", keys.trusted, clock)
    openings = open_openings(tmp_path / "witness", watching, keys.trusted, clock)
    with WitnessServer(("127.0.0.1", 0), watching, verifier.public_key, openings) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        place = f"http://127.0.0.1:{server.server_address[1]}#{verifier.public_key.hex()}"
        settings = Settings.from_environment({
            "SUPERVISION_AUDIT_WITNESSES": place, "SUPERVISION_WORKER_FOLDER": str(tmp_path),
        })  # fmt: skip
        now = FixedClock(NOON)
        auditing = auditing_of(sqlite_engine, keys, settings, now, SystemIds())
        deposits = deposits_of(keys, settings, lambda: auditing)
        office = _office(keys, deposits, sqlite_engine)
        yield _Witnessed(office, auditing, deposits, clock)
        server.shutdown()
        thread.join()


def _refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(DepositsUnopened) as refused:
        act()
    return [one.code for one in refused.value.reasons]


def test_a_witness_opens_what_it_has_seen_closed(witnessed: _Witnessed) -> None:
    """After the deadline by its own clock; the proof says that it was the witness."""
    made = witnessed.closed()

    def act() -> object:
        return witnessed.office.run(open_round, OpenRound(draw_id=made))

    assert _refused(act) == ["draws.witness_not_due"]
    assert witnessed.office.draw(made).state is DrawState.CLOSED
    witnessed.clock.put(DUE + timedelta(minutes=1))
    act()
    found = witnessed.office.complete(made)
    assert found.opening is not None
    assert (found.opening.by, found.opening.demo) == (OpenedBy.WITNESS, False)
    assert [one.nonce is None for one in found.round.contributions] == [False, False]
    assert verify(witnessed.office.run(prove_draw, ProveDraw(draw_id=made))).ok


def test_nobody_has_deposits_opened_that_the_log_does_not_hold(witnessed: _Witnessed) -> None:
    """A list that was never closed, one with fewer deposits, another of the round: refused.

    So whoever operates the platform sees no nonce before the list is closed for good.
    """
    made = witnessed.office.freeze("甲", "乙")
    witnessed.office.deposit(made, "甲", "乙")
    draw = witnessed.office.draw(made)
    assert draw.keeper is not None
    keeper, opened = draw.keeper, witnessed.deposits.open
    witnessed.clock.put(DUE + timedelta(days=1))
    witnessed.office.run(close_round, CloseRound(draw_id=made))
    closed = witnessed.list_of(made)
    fewer = evolve(closed, deposits=closed.deposits[:1])
    unseen = evolve(closed, closed_at=closed.closed_at + timedelta(days=9))
    for other in (fewer, unseen):
        assert _refused(partial(opened, other, keeper)) == ["draws.witness_not_covered"]
    assert len(opened(closed, keeper)) == len(closed.deposits)
    assert opened(closed, keeper) == opened(closed, keeper)


def test_the_operator_looks_at_nothing_early_and_asks_for_no_second_list(
    witnessed: _Witnessed,
) -> None:
    """Whoever writes the log at will sees no nonce before the deadline that it was sealed for.

    Neither by a list that says that all had deposited, nor by one of an earlier deadline; and once
    a list of the round is opened, no other one is.
    """
    made = witnessed.office.freeze("甲", "乙")
    witnessed.office.deposit(made, "乙")
    draw = witnessed.office.draw(made)
    assert draw.keeper is not None
    keeper = draw.keeper
    (given,) = draw.round.contributions
    forged = ClosedList(
        round=draw.round.label, pool_hash=draw.pool_hash, rule_hash=draw.rule.hash,
        root=b"", index=1, due=NOON, closed_at=NOON, late=(),
        deposits=(
            Deposit(contributor="乙", commitment=given.commitment, sealed=given.sealed),
        ),
    )  # fmt: skip
    earlier = evolve(forged, round=round_label(made, NOON - timedelta(days=1)))
    for one in (forged, earlier):
        _written(witnessed, one)
    assert _refused(lambda: witnessed.deposits.open(forged, keeper)) == ["draws.witness_not_due"]
    assert witnessed.deposits.open(earlier, keeper) == {}
    witnessed.clock.put(DUE)
    assert list(witnessed.deposits.open(forged, keeper)) == ["乙"]
    other = evolve(forged, index=2)
    _written(witnessed, other)
    wrong = ["draws.witness_other_list"]
    assert _refused(lambda: witnessed.deposits.open(other, keeper)) == wrong


def _written(witnessed: _Witnessed, closed: ClosedList) -> None:
    """Write into the log that a list was closed, as only its operator can."""
    with witnessed.office.transactions.begin() as unit:
        unit[AuditLog].append(
            AuditEntry(
                at=closed.closed_at, actor="u", department="甲", action=CLOSING,
                outcome=Outcome.DONE, request="", note=((CLOSED_LIST, closed.digest.hex()),),
            )
        )  # fmt: skip
        unit.commit()


def test_a_deposit_is_bound_to_its_round(witnessed: _Witnessed) -> None:
    """Sealed nonces moved into another round of the lead's own open to nothing there."""
    one = witnessed.office.freeze("甲", "乙")
    witnessed.office.deposit(one, "甲", "乙")
    other = witnessed.stolen(witnessed.office.draw(one).round.contributions)
    witnessed.clock.put(DUE + timedelta(days=1))
    witnessed.office.run(open_round, OpenRound(draw_id=other))
    found = witnessed.office.draw(other).round.contributions
    assert [it.nonce for it in found] == [None, None]
