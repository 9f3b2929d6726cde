"""The seed of a draw over a store and real keys: who contributes, what is kept, what opens."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import define, evolve, field
from sqlalchemy import Engine

from adapters.crypto.draw_keys import HeldDeposits, KeyedDeposits, KeyedLeaves
from adapters.crypto.platform_keys import KeySettings, PlatformKeys
from adapters.crypto.sm2 import new_private_key
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.sql.draws import draw
from adapters.sql.ports import sql_transactions
from adapters.system import SystemIds, SystemRandomness
from supervision_core.audit.ports import AuditLog
from supervision_core.draws.model.deposits import ClosedList, DepositsUnopened, Keeper
from supervision_core.draws.model.draw import Draw, DrawNotFrozen, DrawState
from supervision_core.draws.model.leaves import LEAVES, Leaf
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.ranking import commitment
from supervision_core.draws.model.rounds import NamedValue
from supervision_core.draws.model.sources import OpenedBy, OutsiderKind
from supervision_core.draws.model.verification import verify
from supervision_core.draws.ports import Deposits, Draws, LeafTrees, Leaves, Pools
from supervision_core.draws.services import (
    ClearDraw,
    CompleteDraw,
    FreezeDraw,
    ProveDraw,
    clear_draw,
    complete_draw,
    freeze_draw,
    prove_draw,
)
from supervision_core.draws.services.rounds import (
    CloseRound,
    ConsentToRedraw,
    DepositNonce,
    EnterPublicValue,
    OpenRound,
    close_round,
    consent_to_redraw,
    deposit_for,
    deposit_nonce,
    enter_public_value,
    open_round,
)
from supervision_core.identity.model import Actor, DataScope, Department, DepartmentData, User
from supervision_core.identity.ports import Departments, Regions, Users
from supervision_core.identity.services import Commands, UseCase
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.crypto import Decryptor, KeyMissing
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.ports import Clock, Transactions
from supervision_core.tasks.ports import Tasks
from supervision_core.testing.draws import PlainCalendars
from supervision_core.testing.identity import full_draft
from supervision_core.testing.offices import keep_directory
from supervision_core.testing.tasks import task

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
POOLS = [Pool.of((f"企业{n:03}", "A") for n in range(size)) for size in (100, 101)]
DRAWS = NamedValue(name="双色球", issue="2026025", day=date(2026, 3, 3))
REGION = "450103"


@define
class _Now(Clock):
    at: datetime = NOON

    def now(self) -> datetime:
        return self.at


class _Silent(Deposits):
    """A witness that cannot be asked."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper

    def keeper(self) -> Keeper:
        return self._keeper

    def open(self, closed: ClosedList, keeper: Keeper) -> Mapping[str, bytes]:
        del closed, keeper
        raise DepositsUnopened((Violation("draws.keeper_unknown"),))


@define
class _Office:
    """Departments that draw: 甲 leads, 甲所 is below it, 乙 beside it."""

    transactions: Transactions
    keys: PlatformKeys
    clock: _Now = field(factory=_Now)
    nonces: int = 0

    def run(self, case: UseCase[Any, Any], command: Any, by: str = "甲", user: str = "") -> Any:
        scope = DataScope(region="450000", departments=frozenset({by}))
        actor = Actor(
            user=user or f"u-{by}", department=by, scope=scope,
            permissions=frozenset({"draws.*", "tasks.supervise"}),
        )  # fmt: skip
        return Commands(self.transactions, self.clock, SystemIds()).run(case, command, actor=actor)

    def freeze(self, *contributors: str, pool: Pool = POOLS[0], **other: Any) -> str:
        with self.transactions.begin() as unit:
            for number, part in enumerate(pool.parts):
                unit[Pools].put(pool.hash, number, part)
            unit.commit()
        given = {
            "region": REGION, "pool_hash": pool.hash,
            "rule": {"strata": {"A": {"count": 5}}}, "contributors": contributors,
            "due": NOON + timedelta(hours=3), **other,
        }  # fmt: skip
        return str(self.run(freeze_draw, FreezeDraw(**given)))

    def deposit(self, draw_id: str, *by: str) -> None:
        for one in by:
            found = self.draw(draw_id)
            assert found.keeper is not None
            self.nonces += 1
            encryptor = self.keys.algorithms.encryptor(found.keeper.public_key)
            nonce = self.nonces.to_bytes(32, "big")
            made = deposit_for(encryptor, draw_id, found.round.label, one, nonce)
            self.run(deposit_nonce, made, one)

    def open(self, draw_id: str) -> None:
        self.run(close_round, CloseRound(draw_id=draw_id))
        self.clock.at = max(self.clock.at, NOON + timedelta(days=1))
        if self.draw(draw_id).awaits_value:
            for one in ("甲", "乙"):
                self.run(enter_public_value, EnterPublicValue(draw_id=draw_id, value="02"), one)
        self.run(open_round, OpenRound(draw_id=draw_id))

    def complete(self, draw_id: str) -> Draw:
        self.run(complete_draw, CompleteDraw(draw_id=draw_id))
        return self.draw(draw_id)

    def draw(self, draw_id: str) -> Draw:
        with self.transactions.begin_reading() as unit:
            return unit[Draws].get(draw_id)

    def supervise(self, region: str, department: str) -> None:
        with self.transactions.begin() as unit:
            entry = unit[Regions].get(f"region-{region}")
            entry.change(evolve(entry.content, supervision=department), at=NOON)
            unit[Regions].save(entry)
            unit.commit()


@pytest.fixture
def keys(tmp_path: Path) -> PlatformKeys:
    """Give keys of an installation."""
    settings = KeySettings(folder=tmp_path / "keys", master=tmp_path / "master.key")
    settings.make(SystemRandomness())
    return settings.open(SystemRandomness())


def _office(
    keys: PlatformKeys, deposits: Deposits | None = None, engine: Engine | None = None
) -> _Office:
    calendars, leaves = PlainCalendars(), KeyedLeaves(keys.store)
    kept = deposits or KeyedDeposits(keys.store, keys.algorithms)
    beside = {
        Calendars: lambda _: calendars, Leaves: lambda _: leaves, Deposits: lambda _: kept,
    }  # fmt: skip
    transactions: Transactions = (
        memory_transactions(MemoryStore(), beside)
        if engine is None
        else sql_transactions(engine, beside=beside)
    )
    with transactions.begin() as unit:
        keep_directory(unit, ("甲", "乙", "司法"))
        below = DepartmentData(name="甲所", code="1", region=REGION, parent="甲")
        unit[Departments].save(Department.add(below, id="甲所", at=NOON))
        unit[Tasks].save_all([task("t"), task("t2")])
        unit.commit()
    return _Office(transactions, keys)


def _witness(keys: PlatformKeys) -> Decryptor:
    return keys.algorithms.decryptor(new_private_key(SystemRandomness()))


@pytest.fixture
def office(keys: PlatformKeys) -> _Office:
    """Give departments whose deposits a witness keeps."""
    return _office(keys, HeldDeposits(_witness(keys)))


def _reasons(office: _Office, *contributors: str, **other: Any) -> list[str]:
    with pytest.raises(DrawNotFrozen) as refused:
        office.freeze(*contributors, **other)
    return [one.code for one in refused.value.violations]


def test_the_lead_and_its_own_office_need_somebody_from_outside(office: _Office) -> None:
    """The region's supervision is found and contributes, also where a region above names it."""
    assert _reasons(office, "甲") == ["draws.no_outsider"]
    assert _reasons(office, "甲", "甲所") == ["draws.no_outsider"]
    with office.transactions.begin_reading() as unit:
        assert find(unit, LeafTrees, "2026") is None  # nothing is taken by what is refused
        assert not list(unit[Draws].of_task(""))
    office.supervise("450000", "司法")
    found = office.draw(office.freeze("甲", "甲所"))
    assert found.outsider is not None
    assert found.outsider.kind is OutsiderKind.SUPERVISION
    assert found.round.contributors == ("司法", "甲", "甲所")
    assert found.leaf is not None
    assert found.leaf.index == 1
    other = office.draw(office.freeze("甲", "乙", pool=POOLS[1]))
    assert other.outsider is not None
    assert (other.outsider.kind, other.outsider.contributor) == (OutsiderKind.DEPARTMENT, "乙")


def test_supervision_in_the_lead_s_own_line_is_no_outsider(office: _Office) -> None:
    """Where the region names the lead's own office, a public value is asked for."""
    office.supervise(REGION, "甲所")
    assert _reasons(office, "甲") == ["draws.no_outsider"]
    found = office.draw(office.freeze("甲", public_value=DRAWS))
    assert found.outsider is not None
    assert found.outsider.kind is OutsiderKind.PUBLIC_VALUE


def test_without_a_witness_a_public_value_is_asked_for(keys: PlatformKeys) -> None:
    """The platform's own key keeps no secret from its operator."""
    office = _office(keys)
    assert _reasons(office, "甲", "乙") == ["draws.public_value_required"]
    found = office.draw(office.freeze("甲", "乙", public_value=DRAWS))
    assert found.keeper is not None
    assert found.keeper.by is OpenedBy.PLATFORM


@pytest.mark.parametrize("store", ["memory", "sqlite"])
def test_a_draw_from_freezing_to_proof(
    keys: PlatformKeys, store: str, request: pytest.FixtureRequest
) -> None:
    """Sealed under the platform's key, nothing is opened: commitments count, the proof holds."""
    engine = request.getfixturevalue("sqlite_engine") if store == "sqlite" else None
    office = _office(keys, engine=engine)
    made = office.freeze("甲", "乙", public_value=DRAWS)
    office.deposit(made, "甲")
    keys.rotate()
    office.deposit(made, "乙")
    before = office.draw(made)
    assert [one.nonce for one in before.round.contributions] == [None, None]
    if engine is not None:
        with engine.connect() as connection:
            (row,) = connection.execute(draw.select())
        assert all((1).to_bytes(32, "big").hex() not in str(value) for value in row)
    office.open(made)
    found = office.complete(made)
    assert [(one.nonce, one.share) for one in found.round.contributions] == [
        (None, one.commitment) for one in found.round.contributions
    ]
    assert found.leaf is not None
    assert found.leaf.holds
    assert verify(office.run(prove_draw, ProveDraw(draw_id=made))).ok
    with office.transactions.begin_reading() as unit:
        rows = [row.entry for row in unit[AuditLog].rows()]
    notes = {entry.action: dict(entry.note) for entry in rows}
    assert notes["draws.freeze"]["tree_begun"] == f"2026 {found.leaf.root.hex()}"
    assert found.closed_list is not None
    assert notes["draws.close_round"]["closed_list"] == found.closed_list.digest.hex()


def test_cleared_and_frozen_again_it_is_the_same_draw(office: _Office) -> None:
    """Same pool and rule: same round, leaf, seed and picks; another takes the next leaf."""
    office.supervise("450000", "司法")
    made = office.freeze("甲", "乙")
    office.deposit(made, "甲", "乙")
    office.open(made)
    first = office.complete(made)
    office.run(clear_draw, ClearDraw(draw_id=made, reason="再来一次"))
    due = office.clock.at + timedelta(hours=3)
    again = office.freeze("甲", due=due)
    assert office.draw(again).state is DrawState.OPENED
    second = office.complete(again)
    assert (second.seed, second.picks, second.leaf) == (first.seed, first.picks, first.leaf)
    assert second.round == first.round
    office.run(clear_draw, ClearDraw(draw_id=again, reason="再来一次"))
    other = office.freeze("甲", "乙", pool=POOLS[1], due=due)
    changed = office.draw(other)
    assert changed.changed
    assert changed.leaf is not None
    assert changed.leaf.index == 2
    office.deposit(other, "甲", "乙")
    office.run(consent_to_redraw, ConsentToRedraw(draw_id=other), user="u-head")
    office.run(close_round, CloseRound(draw_id=other))
    assert office.draw(other).consented is not None


def test_a_witness_that_cannot_be_asked_leaves_the_round_closed(keys: PlatformKeys) -> None:
    """What is not opened stays closed: the refusal says so, and it may be tried again."""
    keeper = HeldDeposits(_witness(keys)).keeper()
    office = _office(keys, _Silent(keeper))
    made = office.freeze("甲", "乙")
    office.deposit(made, "甲", "乙")
    with pytest.raises(DepositsUnopened):
        office.open(made)
    assert office.draw(made).state is DrawState.CLOSED


def test_whose_deposit_does_not_open_counts_with_its_commitment(office: _Office) -> None:
    """Bytes that are no ciphertext to that key withhold nothing."""
    made = office.freeze("甲", "乙")
    office.deposit(made, "甲")
    bound = commitment("乙", b"\x05" * 32)
    office.run(deposit_nonce, DepositNonce(draw_id=made, commitment=bound, sealed=b"?"), "乙")
    office.open(made)
    found = office.complete(made)
    assert {one.contributor: one.nonce is None for one in found.round.contributions} == {
        "甲": False, "乙": True,
    }  # fmt: skip
    assert verify(office.run(prove_draw, ProveDraw(draw_id=made))).ok


def test_nobody_is_lead_and_outsider_in_one(office: _Office) -> None:
    """Who also has a post in the lead's line hands in nothing for the outsider, nor enters a value.

    Whoever works for the outsider alone does.
    """
    made = office.freeze("甲", "乙", public_value=DRAWS)
    found = office.draw(made)
    assert found.keeper is not None
    encryptor = office.keys.algorithms.encryptor(found.keeper.public_key)
    command = deposit_for(encryptor, made, found.round.label, "乙", b"\x07" * 32)
    with office.transactions.begin() as unit:
        for id_, posts in (("both", ("乙", "甲")), ("below", ("乙", "甲所")), ("one", ("乙",))):
            unit[Users].save(User.register(full_draft(id_, *posts), id=id_, at=NOON))
        unit.commit()
    entered = EnterPublicValue(draw_id=made, value="02")
    for user in ("both", "below"):
        attacks: list[tuple[Any, Any]] = [(deposit_nonce, command), (enter_public_value, entered)]
        for case, asked in attacks:
            with pytest.raises(Refused) as refusal:
                office.run(case, asked, "乙", user=user)
            assert [one.code for one in refusal.value.violations] == ["draws.post_with_lead"]
    office.run(deposit_nonce, command, "乙", user="one")
    assert office.draw(made).round.of("乙") is not None


def test_restarted_and_copied_a_tree_gives_the_same_leaves(keys: PlatformKeys) -> None:
    """Leaves follow from the keys; under a renewed key a tree that began goes on as it began."""
    leaves = KeyedLeaves(keys.store)
    root = leaves.root(2026)
    places = [Leaf(root=root, index=one) for one in (1, 2, 512, 513, LEAVES)]
    found = [leaves.leaf(2026, one) for one in places]
    assert [leaf.is_at(one) for leaf, one in zip(found, places, strict=True)] == [True] * 5
    keys.rotate()
    restarted = KeyedLeaves(keys.store)
    assert [restarted.leaf(2026, one) for one in places] == found
    assert restarted.blinded(2026, places[0], "x") == leaves.blinded(2026, places[0], "x")
    assert restarted.root(2026) != root
    assert leaves.root(2027) != root
    with pytest.raises(KeyMissing):
        restarted.leaf(2027, places[0])


def test_the_first_freeze_of_a_year_begins_its_tree(office: _Office) -> None:
    """The root stands in the audit row of that freeze; another freeze takes the next leaf of it."""
    made = [office.freeze("甲", "乙"), office.freeze("甲", "乙", pool=POOLS[1])]
    places = [office.draw(one).leaf for one in made]
    with office.transactions.begin_reading() as unit:
        begun = [dict(row.entry.note).get("tree_begun") for row in unit[AuditLog].rows()]
        tree = unit[LeafTrees].get("2026")
    assert [one for one in begun if one] == [f"2026 {tree.root.hex()}"]
    assert places == [Leaf(root=tree.root, index=1), Leaf(root=tree.root, index=2)]
    assert tree.taken == 2
