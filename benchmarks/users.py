"""How many people at once this machine carries, with whoever asks on the same cores.

    python -m benchmarks.users [--sizes 60000 600000 6000000] [--postgres URL]

Sizes count firms; there is a visit for six of them, and a task for sixty. Two workers serve, and
beside them the platform's worker takes what is written into the index and hands events on.
Everybody has a session of his own in one of 100 departments, each answering for a county, and a
connection that stays open while the server keeps it; between an answer and the next click pass one
to five seconds. Of 100 clicks, 40 show a list, 30 open a firm (one of 1,000 that came in through
the aggregates, with seals and personal data), 20 register a clue, with its audit row, to-do and
event, and 10 search by a piece of a name. A level is held where the 99th percentile is at most
100 ms of what reads and 300 ms of what writes. Told is the mean of an answer, beside it the
processors that servers, the worker and PostgreSQL kept busy, and this client.
"""

import asyncio
import json
import os
import random  # noqa: TID251 - what is clicked must be the same each time
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event
from typing import Final

import uvloop
from attrs import field, frozen
from benchmarks._databases import served
from benchmarks._measuring import ROOT, Asked, Case, Sample, measure
from benchmarks._people import keep_firm, keep_regions, let_in, log
from benchmarks.over_http import Server, processor_seconds, product
from benchmarks.search import (
    ADDRESSES,
    COUNTIES,
    REQUESTS,
    SEARCH,
    SEARCHED,
    fill,
    request,
    texts,
)
from sqlalchemy import Engine

from adapters.search.tantivy_index import TantivyIndex
from adapters.sql.ports import sql_transactions
from entrypoints.cli.opening import opened
from entrypoints.worker.loop import Worker
from entrypoints.worker.relaying import relaying
from entrypoints.worker.searching import SearchJob
from supervision_core.clues.services import register_clue
from supervision_core.identity.ports import Departments, Users
from supervision_core.identity.services.lists import cases_of
from supervision_core.identity.services.searching import SearchFeed
from supervision_core.identity.services.todos import list_todos
from supervision_core.subjects.lists import SUBJECTS
from supervision_core.testing.directory import a_department, a_user

LEVELS: Final = (100, 200, 400, 700, 1_000, 1_400)
DEPARTMENTS: Final = 100
FIRMS: Final = 1_000
WARMING: Final = 10.0
SECONDS: Final = 40.0
FOLLOWING: Final = "--follow"
READING, WRITING = "读", "写"
LIMITS: Final = {READING: 0.100, WRITING: 0.300}
SHARES: Final = {"list": 40, "view": 30, "clue": 20, "search": 10}
PER_LIST: Final = (*ADDRESSES.values(), "/api/v1/identity/list_todos")


def people(engine: Engine, many: int) -> None:
    """Let everybody have a session, and the firms that are opened come in."""
    looks = {cases_of(one).list.permission for one in (*ADDRESSES, *SEARCHED)}
    permissions = looks | {
        cases_of(SUBJECTS).view.permission, list_todos.permission, register_clue.permission,
    }  # fmt: skip
    with sql_transactions(engine).begin() as unit:
        keep_regions(unit, "450000")
        for at in range(DEPARTMENTS):
            home = a_department(f"d-{at}", region=COUNTIES[at])
            unit[Departments].save(home)
            log(unit, (Departments.kind, home))
        unit.commit()
    for first in range(0, many, 100):
        with sql_transactions(engine).begin() as unit:
            for at in range(first, min(first + 100, many)):
                place = f"d-{at % DEPARTMENTS}"
                user = a_user(f"u-{at}", place)
                unit[Users].save(user)
                log(unit, (Users.kind, user))
                let_in(unit, user.id, place, permissions, token_of(at))
            unit.commit()
    for first in range(0, FIRMS, 100):
        with sql_transactions(engine).begin() as unit:
            for at in range(first, first + 100):
                region = COUNTIES[at % DEPARTMENTS]
                keep_firm(unit, firm_of(at), f"91450103MA6{at:06}", region=region)
            unit.commit()


def token_of(at: int) -> str:
    """Give the session of a person."""
    return f"bench-user-{at}-" + "0" * 32


def firm_of(at: int) -> str:
    """Give the id of a firm that can be opened."""
    return f"opened-{at:04d}"


@frozen
class Clicks:
    """What one person clicks; ``answers`` takes the seconds of each by its kind."""

    at: int
    size: int
    answers: dict[str, list[float]] = field(repr=False)
    refused: list[bytes] = field(repr=False)

    async def go(self, port: int, until: float, since: float) -> None:
        """Click until then; what was answered since counts."""
        chance = random.Random(self.at)  # noqa: S311 - a person, no secret
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.sleep(chance.uniform(0, 5))
        while time.perf_counter() < until:
            what = chance.choices(list(SHARES), list(SHARES.values()))[0]
            asked = self.request(what, chance, token_of(self.at))
            began = time.perf_counter()
            if reader.at_eof():  # the server ends what stays idle; browsers connect anew
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(asked)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            body = await reader.readexactly(int(head.partition(b"content-length:")[2].split()[0]))
            if head[9:10] != b"2":
                self.refused.append(head + body)
                break
            if began >= since:
                kind = WRITING if what == "clue" else READING
                self.answers[kind].append(time.perf_counter() - began)
            await asyncio.sleep(chance.uniform(1, 5))
        writer.close()

    def request(self, what: str, chance: random.Random, token: str) -> bytes:
        """Give what a click of this kind asks for."""
        region = COUNTIES[self.at % DEPARTMENTS]
        if what == "list":
            return request("GET", chance.choice(PER_LIST), token)
        if what == "view":
            near = self.at % DEPARTMENTS + DEPARTMENTS * chance.randrange(FIRMS // DEPARTMENTS)
            return request("GET", f"{ADDRESSES[SUBJECTS]}/{firm_of(near)}", token)
        if what == "search":
            piece = PIECES[self.size][chance.randrange(REQUESTS)]
            return request("POST", SEARCH, token, json.dumps({"text": piece}).encode())
        sheet = {
            "title": "售后问题", "content": "购买的商品有异味", "channel": "manual",
            "kind": "report", "region": region,
        }  # fmt: skip
        return request(
            "POST", "/api/v1/clues/register", token, json.dumps({"sheet": sheet}).encode(),
            f"Idempotency-Key: {self.at}-{time.monotonic_ns()}",
        )  # fmt: skip


PIECES: Final = dict[int, list[str]]()


async def _all(port: int, size: int, many: int, seconds: float) -> Clicks:
    began = time.perf_counter()
    answers, refused = {READING: list[float](), WRITING: list[float]()}, list[bytes]()
    people = [Clicks(at, size, answers, refused) for at in range(many)]
    since = began + min(WARMING, seconds)
    await asyncio.gather(*(one.go(port, since + seconds, since) for one in people))
    if refused:
        raise SystemExit(refused[0].decode())
    return people[0]


@contextmanager
def followed(url: str) -> Iterator[int]:
    """Let the worker follow what is written until the end of the block; give its process."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    with subprocess.Popen(  # noqa: S603 - our own worker
        (sys.executable, "-m", "benchmarks.users", FOLLOWING, url),
        env={**os.environ, "PYTHONPATH": path},
    ) as process:
        try:
            yield process.pid
        finally:
            process.terminate()


def follow(url: str) -> None:
    """Follow what is written until told to stop."""
    stop = Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stop.set())
    with opened(url) as platform:
        Worker([SearchJob(platform).job(), relaying(platform, stop)]).run(stop)


def at_once(server: Server, worker: int, size: int, seconds: float, many: int) -> Sample:
    """Let so many click for so long."""
    served_by = (server.pid, worker)
    used, busy, began = processor_seconds(*served_by), time.process_time(), time.perf_counter()
    found = uvloop.run(_all(server.port, size, many, seconds)).answers
    wall = time.perf_counter() - began
    served = processor_seconds(*served_by) - used
    each = [*found[READING], *found[WRITING]]
    more = {"每秒请求": len(each) / seconds, "处理器，服务与数据库": served / wall,
            "处理器，客户端": (time.process_time() - busy) / wall}  # fmt: skip
    held = True
    for kind, taken in found.items():
        late = statistics.quantiles(taken, n=100)[98]
        more[f"{kind}，第99百分位，毫秒"] = late * 1e3
        held = held and late <= LIMITS[kind]
    return Sample(statistics.mean(each), served / len(each), {**more, "达标": float(held)})


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give each level on each kind of database."""
    levels: Sequence[int] = (20,) if asked.small else LEVELS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["SUPERVISION_SEARCH_FOLDER"] = str(folder / "search")
        PIECES[size] = texts("片段，3至6个字", size, "450000", size)
        for kind, url, engine in served(folder, asked.postgres):
            fill(engine, size)
            people(engine, max(levels))
            index = TantivyIndex(folder / "search")
            SearchFeed(sql_transactions(engine), index, SEARCHED).rebuild()
            engine.dispose()
            with product(url) as server, followed(url) as worker:
                for many in levels:
                    seconds = 4.0 if asked.small else SECONDS
                    way = partial(at_once, server, worker, size, seconds, many)
                    yield Case(f"{kind}，{many}人同时使用", {"产品": way})


if __name__ == "__main__":
    if sys.argv[1:2] == [FOLLOWING]:
        follow(sys.argv[2])
    else:
        measure(__doc__, cases, sizes=(60_000, 600_000, 6_000_000), small=(600,), rounds=1)
