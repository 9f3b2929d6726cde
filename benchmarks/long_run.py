"""A long use of one installation: whether anything grows that must not.

    python -m benchmarks.long_run [--requests 1000000] [--postgres URL]

Sizes count requests. Over SQLite, or PostgreSQL where its address is told, 6,000 firms with their
visits and tasks; what is shipped serves (``supervision serve``, two processes), and beside it runs
``supervision worker`` with all of its tasks. Fifty people click, each with a pause of at most a
fifth of a second: 40 of 100 clicks show a list, 30 open a firm, 20 register a clue, 10 search (as
in ``users``). Whose session is over gets a new one. The first fiftieth warms up and does not
count; the rest is told in tenths: what is held usually, and the most of the write-ahead log. Memory
is what all processes together hold of their own (anonymous: what the system maps of files it takes
back when it likes, and is told beside), from the third tenth (the second has what the first left)
to the last; at least 200,000 requests are needed to judge it.
"""

import asyncio
import os
import random  # noqa: TID251 - what is clicked must be the same each time
import statistics
import subprocess
import sys
import tempfile
import time
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Final

import uvloop
from attrs import define, evolve, field, frozen
from benchmarks._databases import served
from benchmarks._measuring import ROOT, Asked, Case, Sample, measure
from benchmarks._people import keep_firm, log
from benchmarks.over_http import Server, free_port, processor_seconds, serving
from benchmarks.search import COUNTIES, SEARCHED, name_of, texts
from benchmarks.users import DEPARTMENTS, PIECES, SHARES, Clicks, people, token_of
from sqlalchemy import Engine, text

from adapters.search.tantivy_index import TantivyIndex
from adapters.sql.ports import sql_transactions
from adapters.system import SystemClock
from supervision_core.identity.model import Session
from supervision_core.identity.ports import Sessions
from supervision_core.identity.services.searching import SearchFeed
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.ports import Tasks, Visits
from supervision_core.testing.tasks import ITEMS, task_sheet, visit_sheet
from supervision_core.testing.tasks import visit as a_visit

FIRMS: Final = 6_000
PEOPLE: Final = 50
PAUSE: Final = 0.2
AT_ONCE: Final = 100
OF_VISIT: Final = 6
STAYS: Final = 200
"""Clicks for which a browser keeps its connection: then any process may get the next."""
WARMING: Final = 50
TENTHS: Final = 10
SAMPLES: Final = 20
"""Of what the processes hold, in each tenth."""
LOG_SECONDS: Final = 0.1
"""After which the log is looked at again: it grows by some 10 MiB a second until taken back."""
MEBIBYTE: Final = 2**20
PROGRAM: Final = "from entrypoints.starting import main; main()"
KINDS: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
MOST_GROWTH: Final = 1.0
"""MiB of memory for each 100,000 requests."""
ENOUGH: Final = 200_000
MOST_SLOWER: Final = 1.2
LOG_LIMIT: Final = 64 * MEBIBYTE
"""Of SQLite: twice what is carried into the file at once (``LOG_PAGES``)."""


@frozen
class Held:
    """What all processes hold at a moment."""

    memory: Mapping[int, float]
    """MiB of each process, by its number."""
    mapped: float
    """MiB of files that are mapped into all of them, what several map as often."""
    descriptors: int
    threads: int
    log: float
    """Bytes of the write-ahead log, at most since the look before."""

    @property
    def total(self) -> float:
        """MiB of all processes."""
        return sum(self.memory.values())


@frozen
class Watch:
    """Looks at the processes of an installation."""

    engine: Engine
    roots: tuple[int, ...]

    def held(self, log: float) -> Held:
        """Look; the log came to ``log``."""
        found = {pid: one for pid in self.processes() if (one := _held(pid)) is not None}
        memory = {pid: one[0] for pid, one in found.items()}
        mapped = sum(one[1] for one in found.values())
        descriptors = sum(one[2] for one in found.values())
        threads = sum(one[3] for one in found.values())
        return Held(memory, mapped, descriptors, threads, log)

    def processes(self) -> list[int]:
        """Give the processes, with those that they started."""
        parents = dict(_parents())
        started = [pid for pid, parent in parents.items() if parent in self.roots]
        return [*self.roots, *sorted(started)]

    def log(self) -> float:
        """Give the size of the write-ahead log."""
        if self.engine.dialect.name == "sqlite":
            file = Path(f"{self.engine.url.database}-wal")
            return file.stat().st_size if file.exists() else 0
        return self._asked("SELECT sum(size) FROM pg_ls_waldir()")

    def limit(self) -> float:
        """Give what the log may come to."""
        if self.engine.dialect.name == "sqlite":
            return LOG_LIMIT
        return 1.5 * self._asked("SELECT pg_size_bytes(current_setting('max_wal_size'))")

    def _asked(self, question: str) -> float:
        with self.engine.connect() as connection:
            return float(connection.execute(text(question)).scalar_one())


def _parents() -> Iterator[tuple[int, int]]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            yield int(path.parent.name), int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue


def _held(pid: int) -> tuple[float, float, int, int] | None:
    """Give memory, mapped files, descriptors and threads, ``None`` where it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        descriptors = len(os.listdir(f"/proc/{pid}/fd"))  # noqa: PTH208 - it is counted
    except OSError:
        return None
    told = dict(line.split(":", 1) for line in status.splitlines())
    if "RssAnon" not in told:  # nobody has waited for it yet
        return None
    own, mapped = (int(told[one].split()[0]) / 1024 for one in ("RssAnon", "RssFile"))
    return own, mapped, descriptors, int(told["Threads"])


@define
class Use:
    """Clicks of many, one after the other in the order in which they were answered."""

    port: int
    engine: Engine
    watch: Watch
    requests: int
    seconds: "array[float]" = field(factory=lambda: array("d"))
    held: list[Held] = field(factory=list)
    renewed: int = 0
    refused: list[bytes] = field(factory=list)
    _log: float = 0.0
    """The most that the write-ahead log came to since the last look."""

    async def go(self) -> None:
        """Let everybody click until so many were answered. Raises ``SystemExit``."""
        following = asyncio.create_task(self._follow_log())
        await asyncio.gather(*(self._person(at) for at in range(PEOPLE)))
        if not following.cancel():  # it has ended, by an error
            following.result()
        if self.refused:
            raise SystemExit(self.refused[0].decode())

    async def _person(self, at: int) -> None:
        chance = random.Random(at)  # noqa: S311 - a person, no secret
        clicks = Clicks(at, FIRMS, {}, [])
        token, sessions = token_of(at), count()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        for click in count(1):
            if len(self.seconds) >= self.requests or self.refused:
                break
            await asyncio.sleep(chance.uniform(0, PAUSE))
            what = chance.choices(list(SHARES), list(SHARES.values()))[0]
            asked = clicks.request(what, chance, token)
            stays = click % STAYS > 0
            began, head = time.perf_counter(), b""
            while not head:
                if not stays:
                    writer.close()
                    reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.write(asked)
                try:
                    head = (await reader.readuntil(b"\r\n\r\n")).lower()
                except (ConnectionResetError, asyncio.IncompleteReadError):
                    stays = False  # the server ends what stays idle
            body = await reader.readexactly(int(head.partition(b"content-length:")[2].split()[0]))
            took = time.perf_counter() - began
            if head[9:12] == b"401":
                token = f"bench-again-{at}-{next(sessions)}-" + "0" * 32
                await asyncio.to_thread(self._renew, at, token)
            elif head[9:10] != b"2":
                self.refused.append(head + body)
            else:
                await self._answered(took)
        writer.close()

    async def _follow_log(self) -> None:
        while True:
            self._log = max(self._log, await asyncio.to_thread(self.watch.log))
            await asyncio.sleep(LOG_SECONDS)

    async def _answered(self, took: float) -> None:
        self.seconds.append(took)
        if len(self.seconds) % max(1, self.requests // (TENTHS * SAMPLES)) == 0:
            most, self._log = self._log, 0.0
            self.held.append(await asyncio.to_thread(self.watch.held, most))

    def _renew(self, at: int, token: str) -> None:
        """Log somebody in anew: eight hours after he came."""
        now = SystemClock().now()
        session = Session(
            id=sm3(token.encode()).hex(), user=f"u-{at}", department=f"d-{at % DEPARTMENTS}",
            started_at=now, seen_at=now, stepped_up_at=now,
        )  # fmt: skip
        with sql_transactions(self.engine).begin() as unit:
            unit[Sessions].save(session)
            log(unit, (Sessions.kind, session))
            unit.commit()
        self.renewed += 1


@frozen
class Tenth:
    """What a tenth of the requests came to: the 99th percentile, and what was usually held."""

    late: float
    memory: float
    """MiB of all processes."""
    mapped: float
    each: Sequence[float]
    """MiB of those that were there throughout: the server, what it started, the worker."""
    descriptors: float
    threads: float
    log: float
    """The most that it came to."""


def tenths(use: Use) -> list[Tenth]:
    """Give what each tenth came to, without the first requests."""
    counted = len(use.seconds) // WARMING
    parts, looks = _parts(use.seconds[counted:]), _parts(use.held)
    return [
        Tenth(
            statistics.quantiles(seconds, n=100)[98],
            statistics.median(one.total for one in held),
            statistics.median(one.mapped for one in held),
            [*_each(held)],
            statistics.median(one.descriptors for one in held),
            statistics.median(one.threads for one in held),
            max(one.log for one in held),
        )
        for seconds, held in zip(parts, looks, strict=True)
    ]


def _each(held: Sequence[Held]) -> Iterator[float]:
    for pid in sorted(set[int].intersection(*({*one.memory} for one in held))):
        yield statistics.median(one.memory[pid] for one in held)


def _parts(many: Sequence[Any]) -> list[Sequence[Any]]:
    ends = [len(many) * at // TENTHS for at in range(TENTHS + 1)]
    return [many[ends[at] : ends[at + 1]] for at in range(TENTHS)]


def judged(found: list[Tenth], requests: int, limit: float) -> Mapping[str, tuple[float, bool]]:
    """Give for each goal the figure, and whether it is met."""
    first, settled, last = found[0], found[2], found[-1]
    grown = (last.memory - settled.memory) / (requests * 0.7) * 100_000
    slower = last.late / first.late
    log = max(one.log for one in found)
    return {
        "内存，每10万个请求增加，MiB": (grown, grown <= MOST_GROWTH),
        "文件描述符，增加": (
            last.descriptors - settled.descriptors, last.descriptors <= settled.descriptors
        ),
        "线程，增加": (last.threads - settled.threads, last.threads <= settled.threads),
        "最后与最初十分之一，第99百分位之比": (slower, slower <= MOST_SLOWER),
        "预写日志，最大，MiB": (log / MEBIBYTE, log <= limit),
    }  # fmt: skip


def told(found: list[Tenth], goals: Mapping[str, tuple[float, bool]], use: Use) -> str:
    """Say what each tenth came to, and for each goal whether it is met."""
    lines = [
        f"{at}/10：第99百分位 {one.late * 1e3:.1f} 毫秒，内存 {one.memory:.1f} MiB"
        f"（{'、'.join(f'{each:.1f}' for each in one.each)}），映射的文件 {one.mapped:.1f} MiB，"
        f"描述符 {one.descriptors:g}，线程 {one.threads:g}，预写日志 {one.log / MEBIBYTE:.1f} MiB"
        for at, one in enumerate(found, 1)
    ]
    for goal, (figure, met) in goals.items():
        lines.append(f"{'达到' if met else '未达到'}：{goal} {figure:.3g}")
    if use.requests < ENOUGH:
        lines.append(f"不足{ENOUGH:,}个请求，内存的结论不作数")
    lines.append(f"重新登录 {use.renewed} 次")
    return "\n".join(lines) + "\n"


@contextmanager
def worked(url: str) -> Iterator[int]:
    """Let the worker run until the end of the block; give its process."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(  # noqa: S603 - our own worker
            (sys.executable, "-c", PROGRAM, "worker"), stdout=log, stderr=log,
            env={**os.environ, "PYTHONPATH": path, "SUPERVISION_DATABASE": url},
        ) as process,
    ):  # fmt: skip
        try:
            yield process.pid
            if process.poll() is not None:
                log.seek(0)
                raise SystemExit(log.read().decode())
        finally:
            process.terminate()


def work(engine: Engine) -> None:
    """Write firms, their visits and tasks as the aggregates do, sealed and named in the log."""
    for first in range(0, FIRMS, AT_ONCE):
        with sql_transactions(engine).begin() as unit:
            for at in range(first, first + AT_ONCE):
                firm, region = f"s-{at:08d}", COUNTIES[at % DEPARTMENTS]
                name, code = name_of(at), f"91450103MA7{at:06}"
                keep_firm(unit, firm, code, name=name, region=region)
                if at < FIRMS // OF_VISIT:
                    _work(unit, at, region, firm)
            unit.commit()


def _work(unit: UnitOfWork, at: int, region: str, firm: str) -> None:
    """Write a visit, and for every tenth its task."""
    number, whose = f"RW{at - at % 10:010d}", f"d-{at % DEPARTMENTS}"
    if at % 10 == 0:
        sheet = task_sheet(
            number=number, name=f"{name_of(at)[:6]}综合检查", region=region, lead=whose, joining=()
        )
        made = Task.create(id=f"t-{at:08d}", sheet=sheet, at=SystemClock().now())
        unit[Tasks].save(made)
        log(unit, (Tasks.kind, made))
    told = visit_sheet(
        number=f"{number}-{at % 10}", task=f"t-{at - at % 10:08d}", subject=firm, region=region,
        lead=whose, items=tuple(evolve(one, department=whose) for one in ITEMS),
    )  # fmt: skip
    gone = evolve(a_visit(f"v-{at:08d}"), sheet=told)
    unit[Visits].save(gone)
    log(unit, (Visits.kind, gone))


def used(url: str, engine: Engine, requests: int) -> Sample:
    """Use an installation for so many requests."""
    port = free_port()
    serve = (sys.executable, "-c", PROGRAM, "serve", "--port", str(port))
    with ExitStack() as stack:
        server: Server = stack.enter_context(serving(serve, port, SUPERVISION_DATABASE=url))
        worker = stack.enter_context(worked(url))
        watch = Watch(engine, (server.pid, worker))
        use = Use(port, engine, watch, requests)
        busy, began = processor_seconds(server.pid, worker), time.perf_counter()
        uvloop.run(use.go())
        wall = time.perf_counter() - began
        busy = processor_seconds(server.pid, worker) - busy
        found = tenths(use)
        goals = judged(found, requests, watch.limit())
    sys.stderr.write(told(found, goals, use))
    more = {name: float(figure) for name, (figure, _) in goals.items()}
    more |= {
        "每秒请求": requests / wall, "第99百分位，最初，毫秒": found[0].late * 1e3,
        "第99百分位，最后，毫秒": found[-1].late * 1e3, "内存，最后，MiB": found[-1].memory,
        "达标": float(all(met for _, met in goals.values())),
    }  # fmt: skip
    return Sample(statistics.mean(use.seconds), busy / requests, more)


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give the one use there is."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for what in ("search", "files", "worker", "jobs"):
            os.environ[f"SUPERVISION_{what.upper()}_FOLDER"] = str(folder / what)
        os.environ["SUPERVISION_FILES"] = str(folder / "files")
        os.environ["SUPERVISION_JOBS_DATABASE"] = f"sqlite:///{folder}/queue.db"
        os.environ["SUPERVISION_HTTP_SOURCE_RATE"] = str(10**6)  # all of them are on one machine
        PIECES[FIRMS] = texts("片段，3至6个字", FIRMS, "450000", FIRMS)
        for kind, url, engine in served(folder, asked.postgres):
            if (kind == "SQLite") == bool(asked.postgres):
                continue
            people(engine, PEOPLE)
            work(engine)
            index = TantivyIndex(folder / "search")
            SearchFeed(sql_transactions(engine), index, SEARCHED).rebuild()
            way = partial(used, url, engine, size)
            yield Case(f"{kind}，{PEOPLE}人不停地用", {"产品": way})


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(1_000_000,), small=(2_000,), rounds=1)
