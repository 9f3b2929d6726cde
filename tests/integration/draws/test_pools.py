"""Pools of the platform's draws: stored once, apart from the draws, checked by their hash."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import define, evolve
from sqlalchemy import Engine, delete, func, select, update

from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.sql.draws import draw, draw_pool
from adapters.sql.ports import other_rows, sql_transactions
from adapters.system import SystemIds
from supervision_core.draws.model import pool as pools
from supervision_core.draws.model.assignment import DemandsUnmet
from supervision_core.draws.model.deposits import round_label, sealed_content
from supervision_core.draws.model.draw import DrawState
from supervision_core.draws.model.in_turn import assign_in_turn
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.ranking import commitment
from supervision_core.draws.model.selection import Action
from supervision_core.draws.model.verification import verify
from supervision_core.draws.ports import Draws, Pools
from supervision_core.draws.services import (
    AdjustDraw,
    AssignInspectors,
    ClearDraw,
    CompleteDraw,
    FreezeDraw,
    ProveDraw,
    adjust_draw,
    assign_inspectors,
    assigning,
    clear_draw,
    complete_draw,
    freeze_draw,
    keep_pool,
    prove_draw,
)
from supervision_core.draws.services.rounds import (
    CloseRound,
    DepositNonce,
    OpenRound,
    close_round,
    deposit_nonce,
    open_round,
)
from supervision_core.identity.model import Actor, DataScope, PermissionDenied
from supervision_core.identity.services import Commands, UseCase, Work, use_case
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.ports import Clock, Transactions
from supervision_core.officers.ports import Officers
from supervision_core.tasks.ports import Tasks
from supervision_core.testing.draws import beside_draws, staffing_for
from supervision_core.testing.officers import full_officer
from supervision_core.testing.offices import keep_directory
from supervision_core.testing.tasks import task

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
DUE = NOON + timedelta(hours=3)
DEPARTMENTS = ("甲", "乙")
POOL = Pool.of((f"企业{n:04}", "AB"[n % 2]) for n in range(1_000))


class _Noon(Clock):
    def now(self) -> datetime:
        return NOON


def _of(department: str, *permissions: str) -> Actor:
    return Actor(
        user=f"u-{department}",
        department=department,
        scope=DataScope(region="450000", departments=frozenset({department})),
        permissions=frozenset(permissions or ["draws.*", "tasks.supervise"]),
    )


@define
class _Drawing:
    """A draw on its way."""

    transactions: Transactions
    id: str = ""

    @property
    def commands(self) -> Commands:
        return Commands(self.transactions, _Noon(), SystemIds())

    def run(self, case: UseCase[Any, Any], command: Any, by: str = "甲", key: str = "") -> Any:
        return self.commands.run(case, command, actor=_of(by), key=key or None)

    def freeze(self, **quota: Json) -> None:
        frozen = FreezeDraw(
            region="450000",
            pool_hash=POOL.hash,
            rule={"strata": dict.fromkeys("AB", quota or {"ratio": "0.01"})},
            contributors=DEPARTMENTS,
            due=DUE,
        )
        self.id = self.run(freeze_draw, frozen)

    def deposit_and_open(self) -> None:
        for number, one in enumerate(DEPARTMENTS):
            nonce = bytes([number]) * 32
            sealed = sealed_content(round_label(self.id, DUE), one, nonce)
            made = DepositNonce(draw_id=self.id, commitment=commitment(one, nonce), sealed=sealed)
            self.run(deposit_nonce, made, one)
        self.run(close_round, CloseRound(draw_id=self.id))
        self.run(open_round, OpenRound(draw_id=self.id))

    def complete(self) -> Any:
        return self.run(complete_draw, CompleteDraw(draw_id=self.id), key="complete")

    def state(self) -> DrawState:
        with self.transactions.begin() as unit:
            return unit[Draws].get(self.id).state


def _drawing(transactions: Transactions) -> _Drawing:
    """Give a draw over nothing but what it refers to."""
    with transactions.begin() as unit:
        keep_directory(unit, (*DEPARTMENTS, "dept-market"))
        unit[Tasks].save(task("t"))
        for n in range(3):
            unit[Officers].save(full_officer(f"officer-{n}", str(n)))
        unit.commit()
    return _Drawing(transactions)


def broken(engine: Engine) -> list[str]:
    """Walk through all rows; name those that were changed."""
    rows = other_rows(engine)
    look = rows.look()
    seen = list(look.broken)
    while look.after:
        look = rows.look(look.after)
        seen += look.broken
    return seen


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def drawing(request: pytest.FixtureRequest) -> _Drawing:
    """Give a draw that may be frozen, on each store."""
    if request.param == "memory":
        return _drawing(memory_transactions(MemoryStore(), beside_draws()))
    engine = request.getfixturevalue(f"{request.param}_engine")
    return _drawing(sql_transactions(engine, beside=beside_draws()))


def test_a_draw_of_a_kept_pool(drawing: _Drawing) -> None:
    """From pool to proof; the same key answers the same, though nothing is to be done any more."""
    assert keep_pool(drawing.commands, POOL, actor=_of("甲")) == POOL.hash.hex()
    drawing.freeze()
    drawing.deposit_and_open()
    picked = drawing.complete()
    assert len(picked) == 10
    assert tuple(drawing.complete()) == tuple(picked)
    proof = drawing.run(prove_draw, ProveDraw(draw_id=drawing.id))
    assert verify(proof).ok
    assert proof["pool_hash"] == POOL.hash.hex()


def test_no_draw_without_its_pool(drawing: _Drawing) -> None:
    """A pool that nobody kept cannot be frozen; who may not freeze keeps none."""
    with pytest.raises(NotFound):
        drawing.freeze()
    with pytest.raises(PermissionDenied):
        keep_pool(drawing.commands, POOL, actor=_of("甲", "draws.prove"))
    with pytest.raises(NotFound):
        drawing.freeze()


def test_commands_touch_the_draw_alone(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deposits, opening and clearing need no pool, and its rows are written once."""
    monkeypatch.setattr(pools, "PART", 100)
    pool = Pool.of((each.id, each.stratum) for each in POOL.candidates)
    assert (len(pool.parts), pool.hash) == (10, POOL.hash)
    drawing = _drawing(sql_transactions(sqlite_engine, beside=beside_draws()))
    for _ in range(2):
        keep_pool(drawing.commands, pool, actor=_of("甲"))
    drawing.freeze()
    drawing.deposit_and_open()
    drawing.complete()
    with sqlite_engine.begin() as connection:
        counted = select(func.count(), func.sum(func.length(draw_pool.c.content)))
        here = draw_pool.c.pool_hash == POOL.hash.hex()
        told = connection.execute(counted.select_from(draw_pool).where(here)).one()
        assert tuple(told) == (10, sum(map(len, POOL.parts)))
        row = connection.execute(select(draw)).one()
        assert sum(len(str(value)) for value in row) < 6_000
        connection.execute(delete(draw_pool).where(here))
    drawing.run(clear_draw, ClearDraw(draw_id=drawing.id, reason="对象库有误"))
    assert drawing.state() is DrawState.CLEARED


@pytest.mark.parametrize(
    "change",
    [
        lambda: (
            update(draw_pool)
            .where(draw_pool.c.part_number == 3)
            .values(content="企业9999\x1fA\n".encode())
        ),
        lambda: delete(draw_pool).where(draw_pool.c.part_number == 9),
        lambda: update(draw_pool).where(draw_pool.c.part_number == 9).values(part_number=-1),
    ],
    ids=["changed", "taken away", "elsewhere"],
)
def test_a_pool_changed_behind_the_platform_is_found(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch, change: Callable[[], Any]
) -> None:
    """Nothing is picked of it, frozen of it or proved with it, and the walk through rows names it.

    Control: parts that no draw is of are nobody's loss.
    """
    monkeypatch.setattr(pools, "PART", 100)
    pool = Pool.of((each.id, each.stratum) for each in POOL.candidates)
    drawing = _drawing(sql_transactions(sqlite_engine, beside=beside_draws()))
    keep_pool(drawing.commands, pool, actor=_of("甲"))
    drawing.freeze()
    drawing.deposit_and_open()
    with drawing.transactions.begin() as unit:
        unit[Pools].put(b"\0" * 32, 0, b"of no draw")
        unit.commit()
    assert broken(sqlite_engine) == []
    with sqlite_engine.begin() as connection:
        connection.execute(change())
    assert broken(sqlite_engine) == [f"draw_pool/{POOL.hash.hex()}"]
    acts: list[Callable[[], Any]] = [drawing.complete, drawing.freeze]
    for act in acts:
        with pytest.raises(Tampered) as found:
            act()
        assert [one.code for one in found.value.violations] == ["draws.pool_changed"]
    assert drawing.state() is DrawState.OPENED


def test_picks_changed_behind_the_platform_are_found(sqlite_engine: Engine) -> None:
    """What was picked is kept as pools are: nothing is adjusted or proved of other picks."""
    drawing = _drawing(sql_transactions(sqlite_engine, beside=beside_draws()))
    keep_pool(drawing.commands, POOL, actor=_of("甲"))
    drawing.freeze()
    drawing.deposit_and_open()
    (picked, *_) = drawing.complete()
    with sqlite_engine.begin() as connection:
        drawn = connection.execute(select(draw.c.drawn_hash)).scalar_one()
        here = draw_pool.c.pool_hash == drawn
        kept = connection.execute(select(draw_pool.c.content).where(here)).scalar_one()
        assert kept.count(b"\n") == 10
        other = kept.replace(picked.encode(), "企业9999".encode())
        connection.execute(update(draw_pool).where(here).values(content=other))
    assert broken(sqlite_engine) == [f"draw_pool/{drawn}"]
    out = AdjustDraw(draw_id=drawing.id, action=Action.REMOVE, subject="企业9999", reason="停业")
    acts: list[Callable[[], Any]] = [
        lambda: drawing.run(adjust_draw, out),
        lambda: drawing.run(prove_draw, ProveDraw(draw_id=drawing.id)),
    ]
    for act in acts:
        with pytest.raises(Tampered):
            act()


def test_a_draw_of_nobody_is_kept(drawing: _Drawing) -> None:
    """A rule that takes none of any stratum is completed, read and proved as any other."""
    keep_pool(drawing.commands, POOL, actor=_of("甲"))
    drawing.freeze(count=0)
    drawing.deposit_and_open()
    assert drawing.complete() == ()
    out = AdjustDraw(draw_id=drawing.id, action=Action.ADD, subject="企业0009", reason="举报")
    assert drawing.run(adjust_draw, out) == ("企业0009",)
    assert verify(drawing.run(prove_draw, ProveDraw(draw_id=drawing.id))).ok


def test_picking_ranking_and_assigning_keep_nobody_from_writing(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is done once, without the lock, and the command takes what was found."""
    drawing, done = _drawing(sql_transactions(sqlite_engine, beside=beside_draws())), list[str]()

    def meanwhile(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*given: Any) -> Any:
            with drawing.transactions.begin() as unit:
                unit.commit()
            done.append(name)
            return act(*given)

        return watched

    monkeypatch.setattr(Pool, "_smallest", meanwhile("rank", Pool._smallest))
    monkeypatch.setattr(assigning, "assign_in_turn", meanwhile("assign", assign_in_turn))
    keep_pool(drawing.commands, POOL, actor=_of("甲"))
    drawing.freeze()
    drawing.deposit_and_open()
    picked = drawing.complete()
    assert done == ["rank"]
    out = AdjustDraw(draw_id=drawing.id, action=Action.REMOVE, subject=picked[0], reason="停业")
    drawing.run(adjust_draw, out)
    assert done == ["rank"] * 3
    with drawing.transactions.begin_reading() as unit:
        course = unit[Draws].get(drawing.id).course
    staffing = staffing_for(course.subjects)
    done.clear()
    command = AssignInspectors(draw_id=drawing.id, staffing=staffing)
    short = evolve(staffing, inspectors=staffing.inspectors[:1])
    with pytest.raises(DemandsUnmet):
        drawing.run(assign_inspectors, evolve(command, staffing=short))
    assert done == ["rank", "assign"]
    answer = drawing.run(assign_inspectors, command)
    assert done[2:] == ["rank", "assign"]
    with drawing.transactions.begin_reading() as unit:
        drawn = unit[Draws].get(drawing.id)
    assert drawn.assignment == assign_in_turn(drawn.seed or b"", staffing, course)
    assert list(answer) == [each.id for each in drawn.assignment.visits]


def test_what_takes_long_keeps_nobody_from_writing(sqlite_engine: Engine) -> None:
    """What a use case does beforehand it does without the lock: others write meanwhile."""
    transactions = sql_transactions(sqlite_engine, beside=beside_draws())

    def meanwhile(work: Work, _cmd: str) -> str:
        del work
        with transactions.begin() as unit:
            unit.commit()
        return "written"

    @use_case("draws.freeze", "冻结抽取名单", beforehand=meanwhile)
    def act(work: Work, cmd: str) -> str:
        """Answer with what was made."""
        return f"{cmd} {work.ready}"

    assert _Drawing(transactions).run(act, "a") == "a written"
    refused = Commands(transactions, _Noon(), SystemIds())
    with pytest.raises(PermissionDenied):
        refused.run(act, "a", actor=_of("甲", "draws.prove"))
