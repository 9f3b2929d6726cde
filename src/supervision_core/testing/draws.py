"""A draw with every field filled, to try repositories with."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from supervision_core.audit.model.tree import inclusion_proof, root_from_proof
from supervision_core.draws.model.changes import kept_list
from supervision_core.draws.model.deposits import ClosedList, Keeper, sealed_content
from supervision_core.draws.model.draw import Draw, DrawState, GrantedRecusal, Round
from supervision_core.draws.model.leaves import DEPTH, LEAVES, Leaf, LeafTree, leaf_hash
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.ranking import commitment
from supervision_core.draws.model.rounds import NamedValue
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.model.selection import Action
from supervision_core.draws.model.series import DrawSeries
from supervision_core.draws.model.sources import (
    DRAW_1,
    DrawNumber,
    Mark,
    OpenedBy,
    Outsider,
    OutsiderKind,
)
from supervision_core.draws.model.staffing import (
    Certificate,
    Demand,
    Ground,
    Inspector,
    Recusal,
    Staffing,
    Ties,
    Visit,
)
from supervision_core.draws.ports import (
    Deposits,
    Draws,
    LeafTrees,
    Leaves,
    Pools,
    SeriesOfDraws,
    keep,
)
from supervision_core.kernel.calendar import Calendars, WorkingCalendar
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.testing.units import RepositoryCase

MOMENT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
DUE = MOMENT + timedelta(hours=2)
NONCES = {"dept-farm": b"\x01" * 32, "dept-market": b"\x02" * 32}
RULE = {
    "strata": {"A": {"ratio": "0.25"}, "D": {"count": 2}},
    "filters": ["scene:dairy"],
    "exclusions": ["inspected:2026"],
    "items": {
        "strata": {"A": {"count": 1}},
        "pool": [{"id": "item-1", "strata": ["A", "D"]}, {"id": "item-2", "strata": ["A", "D"]}],
    },
}


def staffing_for(subjects: tuple[str, ...]) -> Staffing:
    """Give one visit of two officers for each subject, from three officers."""
    certificate = Certificate(
        frozenset({"matter-1"}), frozenset({"450000"}), date(2025, 1, 1), date(2027, 12, 31)
    )
    return Staffing(
        day=date(2026, 3, 3),
        visits=tuple(
            Visit(each, "450103", (Demand(("dept-market",), 2, "matter-1"),)) for each in subjects
        ),
        inspectors=tuple(
            Inspector(f"officer-{n}", "dept-market", (certificate,), workload=n) for n in range(3)
        ),
        recusals=(Recusal("officer-0", subjects[0], Ground.INTEREST),),
        cap=40,
    )


POOL = Pool.of([(f"firm-{n:02}", "D" if n < 4 else "A") for n in range(16)])


def keep_pool(unit: UnitOfWork, pool: Pool = POOL) -> None:
    """Store the pool of these draws."""
    keep(unit[Pools], pool)


CALENDAR = WorkingCalendar.of_weekdays(2026).joined(WorkingCalendar.of_weekdays(2027))
WITNESS = Keeper(by=OpenedBy.WITNESS, public_key=b"\x04" + b"\x07" * 64)
PLATFORM = Keeper(by=OpenedBy.PLATFORM, public_key=b"\x04" + b"\x08" * 64)
OUTSIDER = Outsider(kind=OutsiderKind.DEPARTMENT, contributor="dept-farm")
_FEW = 64
"""Leaves of the examples: a power of two."""
BALLS = NamedValue(name="福利彩票双色球", issue="2026024", day=date(2026, 3, 3))


def leaf_at(index: int, seed: bytes = b"tree") -> Leaf:
    """Give the leaf at a place of a tree of examples, one of the first few."""
    hashes = [leaf_hash(one, _value_at(one, seed)) for one in range(1, _FEW + 1)]
    rest = (bytes(32),) * (DEPTH - _FEW.bit_length() + 1)
    path = (*inclusion_proof(hashes, index - 1), *rest)
    root = root_from_proof(hashes[0], 0, LEAVES, (*inclusion_proof(hashes, 0), *rest)) or b""
    return Leaf(root=root, index=index, value=_value_at(index, seed), path=path)


def _value_at(index: int, seed: bytes) -> bytes:
    return sm3(seed + bytes([index]))


def place(index: int = 1) -> Leaf:
    """Give a place of that tree, its value unknown."""
    return Leaf(root=leaf_at(1).root, index=index)


class PlainLeaves(Leaves):
    """The tree of examples: in clear, for tests alone."""

    def root(self, year: int) -> bytes:
        """Give the root of a year."""
        return leaf_at(1, str(year).encode()).root

    def leaf(self, year: int, place: Leaf) -> Leaf:
        """Give the leaf."""
        return leaf_at(place.index, str(year).encode())

    def blinded(self, year: int, place: Leaf, text: str) -> str:
        """Give its hash, which others could make as well."""
        return sm3(f"{year}{place.index}{text}".encode()).hex()


class PlainDeposits(Deposits):
    """Deposits that are not sealed at all: for tests of what comes of them."""

    def __init__(self, keeper: Keeper = WITNESS) -> None:
        """Be that keeper."""
        self._keeper = keeper

    def keeper(self) -> Keeper:
        """Give it."""
        return self._keeper

    def open(self, closed: ClosedList, keeper: Keeper) -> Mapping[str, bytes]:
        """Give what was deposited."""
        del keeper
        return {one.contributor: one.sealed for one in closed.deposits}


class PlainCalendars(Calendars):
    """The calendar of the examples."""

    def working_calendar(self) -> WorkingCalendar:
        """Give it."""
        return CALENDAR


def beside_draws(keeper: Keeper = WITNESS) -> Mapping[type[Any], Callable[[Any], Any]]:
    """Give what draws ask for beside a store: a calendar, a tree and deposits, all in clear."""
    calendars, leaves, deposits = PlainCalendars(), PlainLeaves(), PlainDeposits(keeper)
    return {
        Calendars: lambda _: calendars,
        Leaves: lambda _: leaves,
        Deposits: lambda _: deposits,
    }


def frozen_draw(id: str = "draw-1", pool: Pool = POOL, **other: Any) -> Draw:
    """Give a draw that awaits deposits; ``other`` says what shall be otherwise."""
    given: dict[str, Any] = {
        "task": "task-1",
        "region": "450100",
        "lead": "dept-market",
        "rule": Rule.of(RULE),
        "contributors": (*NONCES, "dept-late"),
        "due": DUE,
        "at": MOMENT,
        "by": "u-1",
        "calendar": CALENDAR,
        "leaf": place(),
        "outsider": OUTSIDER,
        "keeper": WITNESS,
        "levels": {"A": "一级"},
    }
    return Draw.freeze(id=id, pool=pool, **{**given, **other})


def nonce_of(contributor: str) -> bytes:
    """Give the nonce that a contributor of the examples makes."""
    return NONCES.get(contributor) or contributor.encode().ljust(32)[:32]


def deposit(draw: Draw, contributor: str, nonce: bytes = b"", *, at: datetime = MOMENT) -> None:
    """Deposit a nonce, sealed as ``PlainDeposits`` opens it."""
    made = nonce or nonce_of(contributor)
    sealed = sealed_content(draw.round.label, contributor, made)
    draw.deposit(contributor, commitment(contributor, made), sealed, at=at)


def opened_draw(draw: Draw, *, at: datetime = DUE + timedelta(minutes=1)) -> Draw:
    """Close and open a draw; what was deposited opens."""
    draw.close(at=at)
    opened = {one.contributor: one.sealed for one in draw.round.contributions}
    draw.open(opened, leaf_at(draw.leaf.index if draw.leaf else 1), at=at)
    return draw


def earlier_draw(
    id: str = "draw-1",
    pool: Pool = POOL,
    contributors: tuple[str, ...] = (*NONCES, "dept-late"),
    **other: Any,
) -> Draw:
    """Give a ``draw/1`` that awaits commitments, as installations still hold some."""
    given: dict[str, Any] = {
        "task": "task-1",
        "region": "450100",
        "lead": "dept-market",
        "rule": Rule.of(RULE),
        "spent": frozenset({b"\x09" * 32}),
        "levels": {"A": "一级"},
    }
    return Draw(
        id=id,
        pool_hash=pool.hash,
        sizes=dict(pool.sizes),
        format=DRAW_1,
        rounds=(Round(tuple(sorted(contributors)), DUE),),
        state=DrawState.COLLECTING,
        **{**given, **other},
    )


def completed_draw(id: str = "draw-1", pool: Pool = POOL) -> Draw:
    """Give a ``draw/1`` of two rounds, whose second was completed."""
    draw = earlier_draw(id, pool)
    again = DUE + timedelta(hours=3)
    draw.commit("dept-farm", commitment("dept-farm", b"\x03" * 32), at=MOMENT)
    draw.commit("dept-market", commitment("dept-market", b"\x04" * 32), at=MOMENT)
    draw.repeat_round(due=again, at=DUE + timedelta(hours=1))
    at = DUE + timedelta(hours=2)
    for contributor, nonce in NONCES.items():
        draw.commit(contributor, commitment(contributor, nonce), at=at)
    for contributor, nonce in NONCES.items():
        draw.reveal(contributor, nonce, at=at)
    draw.complete(pool, at=at)
    return draw


LEAF = leaf_at(3)


def drawn_2(id: str = "draw-2", pool: Pool = POOL, **other: Any) -> Draw:
    """Give a draw/2 whose witness opened one deposit of two, beside a public value, and drawn."""
    given = {
        "number": DrawNumber(lead="dept-market", scene="scene-1", year=2026, number=3),
        "leaf": place(3),
        "public_value": BALLS,
        "pool_changes": {"status": 2},
        "changes_hash": kept_list((), since="", words="首次抽取，无从比较").hash,
        "marked": (Mark.UNPLANNED,),
    }
    draw = frozen_draw(id, pool, **{**given, **other})
    deposit(draw, "dept-farm")
    draw.deposit("dept-market", b"\x07" * 32, b"of no nonce", at=MOMENT)
    draw.close(at=DUE + timedelta(seconds=1))
    day = DUE + timedelta(days=1)
    for one in NONCES:
        draw.enter_value(one, "03 08 12", at=day)
    opened = {one.contributor: one.sealed for one in draw.round.contributions}
    draw.open(opened, LEAF, at=day)
    draw.complete(pool, at=day + timedelta(minutes=2))
    return draw


def draw(id: str) -> Draw:
    """Give a draw with every field filled."""
    ties = {"officer-1": Ties(interests=frozenset({"00ff"}))}
    made = frozen_draw(id, public_value=BALLS, earlier=[completed_draw()], ties=ties)
    deposit(made, "dept-farm", b"\x11" * 32)
    due = DUE + timedelta(hours=1)
    made.move_deadline(due=due, reason="停电", by="u-1", at=MOMENT, calendar=CALENDAR)
    deposit(made, "dept-market", b"\x12" * 32)
    made.consent(by="u-2", at=MOMENT)
    made.close(at=due + timedelta(seconds=1))
    for one in NONCES:
        made.enter_value(one, "02 08 11", at=MOMENT + timedelta(days=2))
    opened = {one.contributor: one.sealed for one in made.round.contributions}
    made.open(opened, leaf_at(1), at=MOMENT + timedelta(days=2))
    made.complete(POOL, at=MOMENT + timedelta(days=2))
    at = DUE + timedelta(hours=4)
    made.adjust(Action.ADD, "firm-extra", by="u-1", reason="群众举报", at=at)
    made.assign_inspectors(staffing_for(made.course.subjects), at=at)
    granted = GrantedRecusal("officer-1", made.selection[0], "近亲属", "head-1", at)
    made._granted = (granted,)  # noqa: SLF001 - nobody is left who could take the place
    made._former = () if made.assignment is None else (made.assignment,)  # noqa: SLF001 - as above
    made.clear(by="u-1", reason="对象库有误", at=at)
    made.take_events()
    return made


def change(root: Draw) -> None:
    """Alter a draw."""
    root._cleared_because = "另有原因"  # noqa: SLF001 - a cleared draw has no verb left


def series(id: str) -> DrawSeries:
    """Give a series with every field filled."""
    made = DrawSeries(id=id, lead="dept-market", scene="scene-1", year=2026)
    made.enter("draw-1")
    made.clear(1, reason="对象库有误")
    made.enter("draw-2")
    return made


SERIES_CASE: RepositoryCase[DrawSeries] = RepositoryCase(
    port=SeriesOfDraws, example=series, change=lambda root: root.dispatch(2)
)
DRAW_CASE: RepositoryCase[Draw] = RepositoryCase(port=Draws, example=draw, change=change)


def tree(id: str) -> LeafTree:
    """Give a tree some of whose leaves are taken."""
    made = LeafTree(id=id, root=leaf_at(1).root)
    made.take()
    return made


def take(root: LeafTree) -> None:
    """Take the next leaf."""
    root.take()


TREE_CASE: RepositoryCase[LeafTree] = RepositoryCase(port=LeafTrees, example=tree, change=take)
