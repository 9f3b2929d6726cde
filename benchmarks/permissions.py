"""How long it takes to know who acts: read afresh with every seal checked, kept, and the check.

    python -m benchmarks.permissions [--sizes 20 200 2000] [--postgres URL]

Sizes count users. Processor time of the client alone.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from attrs import frozen
from benchmarks._databases import databases
from benchmarks._measuring import Asked, Case, Sample, measure, timed
from sqlalchemy import Engine

from adapters.sql.ports import sql_transactions
from adapters.system import FixedClock, SystemIds
from supervision_core.identity.model import (
    Actor,
    DataScope,
    GrantSheet,
    Group,
    HolderKind,
    Role,
)
from supervision_core.identity.ports import (
    AccessEpoch,
    Departments,
    GrantSheets,
    Groups,
    KnownVersions,
    Roles,
    Users,
)
from supervision_core.identity.services import Commands, Work, use_case
from supervision_core.identity.services.actors import Actors
from supervision_core.identity.services.keeping import keep
from supervision_core.testing.directory import a_department, a_user

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
ROOT = Actor(
    user="bench",
    department="",
    scope=DataScope(region="450000"),
    permissions=frozenset({"testing.*"}),
)


@use_case("testing.fill", "填充")
def fill(work: Work, users: int) -> int:
    """Keep users in a tree of departments of three levels, each with roles and a group."""
    kept: list[tuple[type[Any], Any]] = [
        (Departments, a_department("d-1")),
        (Departments, a_department("d-2", "d-1")),
        (Departments, a_department("d-3", "d-2")),
        (Groups, Group.add(id="g-1", name="g", department="")),
    ]
    for at in range(6):
        kept.append((Roles, Role.add(id=f"r-{at}", name=f"r{at}", department="")))
        kept.append((GrantSheets, _sheet(HolderKind.ROLE, f"r-{at}", 10, at)))
    kept.append((GrantSheets, _sheet(HolderKind.GROUP, "g-1", 10, 7)))
    for at in range(users):
        name = f"user-{at:05}"
        kept.append((Users, a_user(name, "d-3")))
        sheet = _sheet(HolderKind.USER, name, 5, 8)
        roles = frozenset(f"r-{one}" for one in range(at % 6 + 1))
        sheet.assign(roles=roles, groups=frozenset({"g-1"}), at=NOON)
        kept.append((GrantSheets, sheet))
    for port, root in kept:
        keep(work, port, root)
    return users


def _sheet(kind: HolderKind, id: str, count: int, seed: int) -> GrantSheet:
    sheet = GrantSheet.empty(kind, id)
    for at in range(count):
        sheet.grant(f"tasks.act_{seed}_{at}", passable=False, by="bench", at=NOON)
    return sheet


@frozen
class Steady(AccessEpoch):
    """An epoch that costs nothing to know."""

    number: int

    def current(self) -> int:
        """Give it."""
        return self.number

    def advance(self, *changed: str) -> None:
        """Stay."""

    def changed(self, after: int, upto: int) -> frozenset[str] | None:
        """Give nothing: nothing changes."""
        del after, upto
        return frozenset()

    def hold(self) -> None:
        """Stay."""


def repeated(act: Callable[[], object], times: int) -> Sample:
    """Do it so often: what one took."""

    def all_of_them() -> None:
        for _ in range(times):
            act()

    taken = timed(all_of_them)
    return Sample(taken.wall / times, taken.processor / times)


def ways_of(engine: Engine, kind: str, users: int) -> Iterator[Case]:
    """Fill the database and give what is asked."""
    transactions = sql_transactions(engine)
    Commands(transactions, FixedClock(NOON), SystemIds()).run(fill, users, actor=ROOT)
    who, actors = f"user-{users // 2:05}", Actors()
    with transactions.begin_reading() as unit:

        def afresh() -> object:
            return Actors().of(unit, who, "d-3", now=NOON)

        def kept() -> object:
            return actors.of(unit, who, "d-3", now=NOON)

        actor = actors.of(unit, who, "d-3", now=NOON)
        if actor is None:
            raise SystemExit(who)
        epoch = unit[AccessEpoch]
        steady: Any = {
            AccessEpoch: Steady(epoch.current()),
            KnownVersions: unit[KnownVersions],
        }
        asked: dict[str, tuple[Callable[[], object], int]] = {
            "重新读出并核对封签": (afresh, 20),
            "已读入，连同权限纪元": (kept, 500),
            "只查权限纪元": (epoch.current, 500),
            "已读入，不查纪元": (lambda: actors.of(steady, who, "d-3", now=NOON), 5_000),
            "判断一项权限": (lambda: actor.may("tasks.act_0_0"), 20_000),
        }
        ways = {name: lambda one=one: repeated(*one) for name, one in asked.items()}
        yield Case(kind, ways)


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give each kind of database."""
    for kind, (engine,) in databases(asked.postgres):
        yield from ways_of(engine, kind, size)


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(20, 200, 2_000), small=(5, 10), rounds=7)
