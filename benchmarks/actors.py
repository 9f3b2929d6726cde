"""What the first request after a change of access costs, and the list of users, by departments.

    python -m benchmarks.actors [--sizes 100 1000 10000] [--postgres URL]

Sizes count departments, in a tree of three levels. Who acts for the top department is read in a
process that knew the person before: after a department below was moved, after the person's own
account changed, after that of somebody elsewhere. A colleague and the head of a coordinating
department ask afterwards; the way before read every department below as a whole. The first look of
a process checks the seal of every department. The list is what the page of users in a browser asks
for the head of the top department, without who acts.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from attrs import evolve
from benchmarks._databases import databases
from benchmarks._measuring import Asked, Case, Sample, measure, timed
from sqlalchemy import Engine

from adapters.sql.frame.known import KNOWN
from adapters.sql.ports import sql_transactions
from adapters.system import FixedClock, SystemIds
from supervision_core.identity.lists import USERS
from supervision_core.identity.model import Actor, DataScope, User
from supervision_core.identity.ports import AccessEpoch, Departments, Users
from supervision_core.identity.services import Commands, UseCase, Work, use_case
from supervision_core.identity.services.actors import Actors
from supervision_core.identity.services.intake import departments_at_hand
from supervision_core.identity.services.keeping import keep, keep_all
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.ports import Transactions
from supervision_core.testing.directory import a_department, a_user

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
ROOT = Actor(
    user="bench",
    department="",
    scope=DataScope(region="450000"),
    permissions=frozenset({"testing.*", "identity.*"}),
)
MIDDLE = 20


@use_case("testing.fill", "填充")
def fill(work: Work, count: int) -> int:
    """Keep a tree of ``count`` departments, users at its top, and one elsewhere."""
    tree = [a_department("d-0", region="450000")]
    tree += [a_department(f"m-{at}", "d-0") for at in range(MIDDLE)]
    tree += [a_department(f"l-{at}", f"m-{at % MIDDLE}") for at in range(count - len(tree))]
    other = a_department("coordinating", region="450000")
    other.change(evolve(other.data, coordinates=True), at=NOON, by="admin")
    tree += [other, a_department("other")]
    tree[0].appoint(frozenset({"one"}), at=NOON)
    keep_all(work, Departments, tree)
    people = [a_user(f"user-{at:03}", f"l-{at}") for at in range(60)]
    named = (("one", "d-0"), ("two", "d-0"), ("lead", "coordinating"), ("stranger", "other"))
    keep_all(work, Users, [*people, *(a_user(*one) for one in named)])
    return count


@use_case("testing.change", "修改")
def change(work: Work, cmd: str) -> str:
    """Change a user."""
    user: User = work[Users].get(cmd)
    user.switch(enabled=not user.works_on(NOON.date()), at=NOON)
    keep(work, Users, user)
    return cmd


@use_case("testing.move", "改挂")
def move(work: Work, cmd: str) -> str:
    """Move a department to another one of the middle."""
    root = work[Departments].get(cmd)
    parent = "m-1" if root.data.parent == "m-0" else "m-0"
    root.change(evolve(root.data, parent=parent), at=NOON, by="admin")
    keep(work, Departments, root)
    return cmd


def ways_of(engine: Engine, count: int) -> Callable[[], Mapping[str, Sample]]:
    """Fill the database and give a round: access changes, then each asks."""
    transactions = sql_transactions(engine)
    commands = Commands(transactions, FixedClock(NOON), SystemIds())
    commands.run(fill, count, actor=ROOT)
    actors = Actors()

    def of(user: str, department: str, known: Actors | None = None) -> Callable[[], object]:
        def read() -> None:
            with transactions.begin_reading() as unit:
                if (known or Actors()).of(unit, user, department, now=NOON) is None:
                    raise SystemExit(user)

        return read

    with transactions.begin_reading() as unit:
        head = actors.of(unit, "one", "d-0", now=NOON)
    if head is None:
        raise SystemExit(count)
    changing: dict[str, tuple[UseCase[str, str], str]] = {
        "下级机构改挂后第一次": (move, "l-0"),
        "本人变更后第一次": (change, "one"),
        "别人变更后第一次": (change, "stranger"),
    }
    asked = {
        "同机构第二人": of("two", "d-0", actors),
        "统筹机构": of("lead", "coordinating", actors),
        "只查权限纪元": _epoch(transactions),
        "全部": _whole(transactions),
        "用户列表": _list(transactions, commands, head),
    }

    def one_round() -> Mapping[str, Sample]:
        engine.update_execution_options(**{KNOWN: None})
        start = timed(of("one", "d-0"))
        first = of("one", "d-0", actors)
        first()
        found = {"进程启动后第一次": start}
        for name, (case, changed) in changing.items():
            for _ in range(2):  # there and back
                commands.run(case, changed, actor=ROOT)
            found[name] = timed(first)
        return found | {name: timed(act) for name, act in asked.items()}

    return one_round


def _epoch(transactions: Transactions) -> Callable[[], object]:
    def read() -> None:
        with transactions.begin_reading() as unit:
            unit[AccessEpoch].current()

    return read


def _whole(transactions: Transactions) -> Callable[[], object]:
    def read() -> None:
        with transactions.begin_reading() as unit:
            frozenset(one.id for one in unit[Departments].below("d-0"))

    return read


def _list(transactions: Transactions, commands: Commands, head: Actor) -> Callable[[], object]:
    administrator = evolve(head, permissions=frozenset({"identity.list_users"}))

    def read() -> None:
        found = commands.ask(cases_of(USERS).list, cases_of(USERS).asking(), actor=administrator)
        members = {one.department for user in found.items for one in user.draft.memberships}
        with transactions.begin_reading() as unit:
            departments_at_hand(unit, administrator, ids=members)

    return read


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give each kind of database."""
    for kind, (engine,) in databases(asked.postgres):
        yield Case(kind, {"产品": ways_of(engine, size)}, warm=1)


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(100, 1_000, 10_000), small=(30,), rounds=9)
