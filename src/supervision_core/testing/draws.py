"""A draw with every field filled, to try repositories with."""

from datetime import UTC, date, datetime, timedelta

from supervision_core.draws.model.draw import Action, Draw, GrantedRecusal
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.ranking import commitment
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.model.staffing import (
    Certificate,
    Demand,
    Ground,
    Inspector,
    Recusal,
    Staffing,
    Visit,
)
from supervision_core.draws.ports import Draws, Pools, keep
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


def frozen_draw(id: str = "draw-1", pool: Pool = POOL) -> Draw:
    """Give a draw that awaits commitments."""
    return Draw.freeze(
        id=id,
        task="task-1",
        region="450100",
        lead="dept-market",
        pool=pool,
        rule=Rule.of(RULE),
        contributors=(*NONCES, "dept-late"),
        due=DUE,
        at=MOMENT,
        spent=(b"\x09" * 32,),
        levels={"A": "一级"},
    )


def completed_draw(id: str = "draw-1", pool: Pool = POOL) -> Draw:
    """Give a draw of two rounds, whose second was completed."""
    draw = frozen_draw(id, pool)
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


def draw(id: str) -> Draw:
    """Give a draw with every field filled."""
    made = completed_draw(id)
    at = DUE + timedelta(hours=4)
    made.adjust(Action.ADD, "firm-extra", by="u-1", reason="群众举报", at=at)
    made.assign_inspectors(staffing_for(made.selection), at=at)
    granted = GrantedRecusal("officer-1", made.selection[0], "近亲属", "head-1", at)
    made._granted = (granted,)  # noqa: SLF001 - nobody is left who could take the place
    made._former = () if made.assignment is None else (made.assignment,)  # noqa: SLF001 - as above
    made.clear(by="u-1", reason="对象库有误", at=at)
    made.take_events()
    return made


def change(root: Draw) -> None:
    """Alter a draw."""
    root._cleared_because = "另有原因"  # noqa: SLF001 - a cleared draw has no verb left


DRAW_CASE: RepositoryCase[Draw] = RepositoryCase(port=Draws, example=draw, change=change)
