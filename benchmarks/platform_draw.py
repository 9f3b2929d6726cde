"""A draw through the platform's use cases on SQLite: processor, memory, bytes, the write lock.

    python -m benchmarks.platform_draw [--sizes 60000 600000 6000000]

Each draw is made in a process of its own: the pool is frozen and kept, five departments
deposit, the round is opened, 1 in 100 of each of four strata is picked, one subject is taken out by
hand. Locked is the longest time that any transaction held the database's write lock.
"""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks._databases import sealing_in
from benchmarks._measuring import Asked, Case, Sample, in_child, measure, peak_megabytes, tell
from sqlalchemy import Connection, event

from adapters.calendar import ChineseCalendars
from adapters.crypto.draw_keys import HeldDeposits
from adapters.crypto.providers import open_algorithms
from adapters.crypto.sm2 import new_private_key
from adapters.sql.engine.database import READING, open_engine
from adapters.sql.migrations import migrate
from adapters.sql.ports import sql_transactions
from adapters.system import SystemClock, SystemIds, SystemRandomness
from entrypoints.demo.rounds import deposit, open_deposits
from supervision_core.draws.model.deposits import round_label
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.selection import Action
from supervision_core.draws.ports import Deposits, Leaves
from supervision_core.draws.services import (
    AdjustDraw,
    CompleteDraw,
    FreezeDraw,
    adjust_draw,
    complete_draw,
    freeze_draw,
    keep_pool,
)
from supervision_core.identity.model import Actor, DataScope
from supervision_core.identity.services import Commands, UseCase
from supervision_core.identity.services.frame import Answer, Cmd
from supervision_core.kernel.calendar import Calendars
from supervision_core.tasks.ports import Tasks
from supervision_core.testing.draws import PlainLeaves
from supervision_core.testing.offices import keep_directory
from supervision_core.testing.tasks import task

DEPARTMENTS = tuple(f"dept-{n}" for n in range(5))


class Locked:
    """How long each transaction that may write lasted."""

    def __init__(self) -> None:
        """Begin with none."""
        self.longest, self._since = 0.0, 0.0

    def begin(self, connection: Connection) -> None:
        """Note the beginning, the lock being held from now on."""
        self._since = 0.0
        if not connection.get_execution_options().get(READING, False):
            self._since = time.perf_counter()

    def end(self, _connection: Connection) -> None:
        """Note the end."""
        if self._since:
            self.longest = max(self.longest, time.perf_counter() - self._since)


def actor(department: str) -> Actor:
    """Give who acts for a department."""
    scope = DataScope(region="450000", departments=frozenset({department}))
    permissions = frozenset({"draws.*"})
    return Actor(
        user=f"u-{department}", department=department, scope=scope, permissions=permissions
    )


def pairs(count: int) -> Iterator[tuple[str, str]]:
    """Give candidates in order of their ids, which are as long as credit codes."""
    return ((f"91450000{n:010}", "ABCD"[n % 4]) for n in range(count))


def one(count: int, folder: Path) -> Sample:
    """Make one draw, and tell what it took."""
    random = SystemRandomness()
    engine = open_engine(f"sqlite:///{folder / 'a.db'}", sealing=sealing_in(folder))
    migrate(engine)
    algorithms = open_algorithms(random)
    witness = algorithms.decryptor(new_private_key(random))
    encryptor = algorithms.encryptor(witness.public_key)
    calendars, leaves = ChineseCalendars(), PlainLeaves()
    deposits = HeldDeposits(witness, demo=True)
    beside = {
        Calendars: lambda _: calendars, Leaves: lambda _: leaves, Deposits: lambda _: deposits,
    }  # fmt: skip
    commands = Commands(sql_transactions(engine, beside=beside), SystemClock(), SystemIds())
    with commands.transactions.begin() as unit:
        keep_directory(unit, DEPARTMENTS)
        unit[Tasks].save(task("t"))
        unit.commit()
    lead, locked, steps = actor(DEPARTMENTS[0]), Locked(), {}
    event.listen(engine, "begin", locked.begin)
    event.listen(engine, "commit", locked.end)
    began = written(folder), time.process_time(), time.perf_counter()

    def step(name: str, act: Callable[[], object]) -> object:
        at, locked.longest = time.process_time(), 0.0
        found = act()
        steps[name] = (round(time.process_time() - at, 2), round(locked.longest, 3))
        return found

    pool = Pool.of(pairs(count))
    steps["冻结名单"] = (round(time.process_time() - began[1], 2), 0.0)
    pool_hash = pool.hash
    step("写入名单", partial(keep_pool, commands, pool, actor=lead))
    del pool
    frozen = FreezeDraw(
        region="450000",
        pool_hash=pool_hash,
        rule={"strata": {name: {"ratio": "0.01"} for name in "ABCD"}},
        contributors=DEPARTMENTS,
        due=SystemClock().now() + timedelta(days=10),
    )
    draw = str(step("冻结", lambda: commands.run(freeze_draw, frozen, actor=lead)))
    nonces = {name: random.token(32) for name in DEPARTMENTS}

    def do(case: UseCase[Cmd, Answer], command: Cmd, *, by: str, key: str) -> Answer:
        return commands.run(case, command, actor=actor(by), key=key)

    def each() -> None:
        label = round_label(draw, frozen.due)
        for name, nonce in nonces.items():
            deposit(do, encryptor, draw, label, name, nonce, key=draw)
        open_deposits(do, draw, DEPARTMENTS[0], key=draw)

    step("提交与开启", each)
    drawn = CompleteDraw(draw_id=draw)
    picked = step("抽取", lambda: commands.run(complete_draw, drawn, actor=lead))
    out = AdjustDraw(draw_id=draw, action=Action.REMOVE, subject=picked[0], reason="停业")  # type: ignore[index]
    step("手动调整", lambda: commands.run(adjust_draw, out, actor=lead))
    return Sample(
        time.perf_counter() - began[2],
        time.process_time() - began[1],
        {
            "抽中": len(picked),  # type: ignore[arg-type]
            "峰值 MB": peak_megabytes(),
            "数据库增加 MB": (written(folder) - began[0]) / 1e6,
            **{f"{name}，处理器秒": spent for name, (spent, _) in steps.items()},
            **{f"{name}，写锁秒": lasted for name, (_, lasted) in steps.items()},
        },
    )


def written(folder: Path) -> int:
    """Give the bytes of the database and its log."""
    return sum(file.stat().st_size for file in folder.glob("a.db*"))


def cases(size: int, _asked: Asked) -> Iterator[Case]:
    """Give the draw."""
    words = ("-m", "benchmarks.platform_draw", "--child", str(size))
    yield Case("抽取", {"产品": lambda: in_child(words)})


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        with TemporaryDirectory() as name:
            tell(one(int(sys.argv[2]), Path(name)))
    else:
        measure(__doc__, cases, sizes=(60_000, 600_000, 6_000_000), small=(400,), rounds=3)
