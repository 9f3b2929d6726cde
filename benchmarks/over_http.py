"""What the whole stack costs over HTTP: lists against FastAPI's bare query, and the audit log.

    python -m benchmarks.over_http [--postgres postgresql://…] [--peer PYTHON] [--seconds 10]

Lists: 20 departments (session, permission, scope) and 20 users (also personal data unsealed and
masked), by 64 connections; in turn the product and ``_fastapi_peer``, both served by two workers of
granian. ``--peer`` is a Python that has FastAPI; without it, this one. Requests a
processor second count the servers and PostgreSQL, not this client.
Commands: adding a tag, the lightest one, with the log and with a log that writes nothing, in turn
on two servers whose databases grow alike; what the log adds is the median of the rounds' ratios.
"""

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import Final

import uvloop
from attrs import evolve, frozen
from benchmarks.audit import SilentTransactions
from sqlalchemy import create_engine, make_url, text

from adapters.crypto.platform_keys import KeySettings
from adapters.sql.engine import open_engine
from adapters.sql.migrations import migrate
from adapters.sql.ports import sql_transactions
from adapters.sql.sealing import Sealing
from adapters.system import SystemClock, SystemRandomness
from entrypoints.container import open_platform
from entrypoints.http.api import api_routes
from entrypoints.http.app import HttpApp
from entrypoints.http.limits import Rate
from entrypoints.http.routes import verb
from entrypoints.http.serving import DATABASE, Place, log_to_stderr, run
from entrypoints.http.settings import HttpSettings
from supervision_core.identity.model import GrantSheet, HolderKind, Session
from supervision_core.identity.ports import Departments, GrantSheets, Sessions, Users
from supervision_core.kernel.canonical import sm3
from supervision_core.subjects.services import create_tag
from supervision_core.testing.directory import a_department, a_user

ROOT: Final = Path(__file__).resolve().parents[1]
UNLIMITED: Final = Rate(1e9, 10**9)
SETTINGS: Final = HttpSettings(per_source=UNLIMITED, per_user=UNLIMITED)
TAGS: Final = "/api/v1/subjects/tags"
TOKEN: Final = "bench-" + "0" * 32
DEPARTMENTS, USERS = 500, 2_000
PERMISSIONS: Final = ("identity.list_departments", "identity.list_users", "subjects.create_tag")
LISTS: Final = {"departments": "/api/v1/identity/departments", "users": "/api/v1/identity/users"}
CONNECTIONS: Final = 64
COMMANDS: Final = 40
WARMING: Final = 3
START_SECONDS: Final = 120


def _app(*, silent: bool) -> HttpApp:
    log_to_stderr()
    platform = open_platform(os.environ[DATABASE])
    if silent:
        usual = sql_transactions(platform.engine)
        quiet = SilentTransactions(platform.engine, usual._ports)  # noqa: SLF001 - a log left out
        commands = evolve(platform.commands, transactions=quiet)
        platform = evolve(platform, transactions=quiet, commands=commands)
    return HttpApp(platform, SETTINGS, (*api_routes(), verb("POST", TAGS, create_tag, "新增标签")))


def logged() -> HttpApp:
    """Give the surface as it is, with a route for tags: what each worker runs."""
    return _app(silent=False)


def silent() -> HttpApp:
    """Give it over a log that writes nothing."""
    return _app(silent=True)


def fill(url: str, *, departments: int = DEPARTMENTS, users: int = USERS) -> None:
    """Make tables, a directory, and a session of somebody who may."""
    randomness = SystemRandomness()
    keys = KeySettings.read(os.environ).open(randomness)
    engine = open_engine(url, sealing=Sealing.under(keys.store, randomness))
    migrate(engine)
    now = SystemClock().now()
    with sql_transactions(engine).begin() as unit:
        for at in range(departments):
            one = a_department(f"d-{at:04}", "d-0000" if at else "", order=at, region="450000")
            unit[Departments].save(one)
        for at in range(users):
            user = a_user(f"u-{at:04}", "d-0000")
            unit[Users].save(user)
        sheet = GrantSheet.empty(HolderKind.USER, "u-0000")
        for permission in PERMISSIONS:
            sheet.grant(permission, passable=False, by="bench", at=now)
        unit[GrantSheets].save(sheet)
        unit[Sessions].save(
            Session(
                id=sm3(TOKEN.encode()).hex(), user="u-0000", department="d-0000",
                started_at=now, seen_at=now, stepped_up_at=now,
            )
        )  # fmt: skip
        unit.commit()
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            connection.execute(text("ANALYZE"))  # as the server does by itself before long
    engine.dispose()


@frozen
class Server:
    """A server that answers."""

    port: int
    pid: int


@contextmanager
def serving(words: Sequence[str], port: int, **environment: str) -> Iterator[Server]:
    """Run a server until the end of the block."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "src"), str(ROOT / "benchmarks")])
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(  # noqa: S603 - our own servers
            words, stdout=log, stderr=log, env={**os.environ, "PYTHONPATH": path, **environment}
        ) as process,
    ):
        until = time.monotonic() + START_SECONDS
        try:
            while not _answers(port):
                if process.poll() is not None or time.monotonic() > until:
                    log.seek(0)
                    raise SystemExit(log.read().decode())
                time.sleep(0.2)
            yield Server(port, process.pid)
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as asked:
            asked.sendall(b"GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n")
            return asked.recv(12).endswith(b"404")
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def product(url: str, target: str = "logged") -> AbstractContextManager[Server]:
    """Run the product over a database."""
    port = _free_port()
    words = (sys.executable, "-m", "benchmarks.over_http", "--serve", target, str(port))
    return serving(words, port, **{DATABASE: url})


def peer(url: str, python: str) -> AbstractContextManager[Server]:
    """Run the peer over the same database."""
    port = _free_port()
    words = (
        python, "-m", "granian", "--interface", "asgi", "--workers", "2", "--loop", "uvloop",
        "--no-ws", "--port", str(port), "_fastapi_peer:app",
    )  # fmt: skip
    return serving(words, port, PEER_DATABASE=url)


def processor_seconds(root: int) -> float:
    """Give what a server with its workers, and all of PostgreSQL, have used."""
    parents, used, database = {}, {}, set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text().partition("(")[2].rpartition(")")
        except OSError:
            continue
        pid, fields = int(path.parent.name), rest.split()
        parents[pid], used[pid] = int(fields[1]), int(fields[11]) + int(fields[12])
        if name == "postgres":
            database.add(pid)

    def ours(pid: int) -> bool:
        while pid and pid != root:
            pid = parents.get(pid, 0)
        return pid == root

    ticks = sum(used[pid] for pid in used if pid in database or ours(pid))
    return ticks / os.sysconf("SC_CLK_TCK")


@frozen
class Load:
    """What a load came to: seconds of each request, and of the whole; seconds of processor."""

    each: tuple[float, ...]
    wall: float
    processor: float

    def milliseconds(self, percent: int) -> float:
        """Give the time within which so many percent were answered."""
        return statistics.quantiles(self.each, n=100)[percent - 1] * 1000

    def told(self) -> str:
        """Give cells: requests a second, p50, p99, requests a second of processor."""
        rate, capacity = len(self.each) / self.wall, len(self.each) / self.processor
        p50, p99 = self.milliseconds(50), self.milliseconds(99)
        return f"{rate:,.0f} | {p50:.1f} | {p99:.1f} | {capacity:,.0f}"


Requests = Iterator[bytes]


def getting(path: str) -> Requests:
    """Give the request for a list, again and again."""
    while True:
        yield _request("GET", path)


def adding(numbers: Iterator[int]) -> Requests:
    """Give requests that each add a tag of another name under a key of its own."""
    for number in numbers:
        body = json.dumps({"name": f"标签{number}", "region": "450000"}).encode()
        yield _request("POST", TAGS, body, f"Idempotency-Key: k-{number}")


def _request(method: str, path: str, body: bytes = b"", *more: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Authorization: Bearer {TOKEN}"]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join((*lines, *more, "", "")).encode() + body


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> bytes:
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    body = await reader.readexactly(int(head.partition(b"content-length:")[2].split()[0]))
    if head[9:10] != b"2":
        raise SystemExit(head + body)
    return body


async def _first(server: Server, path: str) -> list[str]:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    body = await _ask(reader, writer, _request("GET", path))
    writer.close()
    return [one["id"] for one in json.loads(body)["items"]]


async def _load(
    server: Server, requests: Requests, connections: int, goes_on: Callable[[int, float], bool]
) -> Load:
    each: list[float] = []
    used = processor_seconds(server.pid)
    began = time.perf_counter()

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        while goes_on(len(each), time.perf_counter() - began):
            asked = time.perf_counter()
            await _ask(reader, writer, next(requests))
            each.append(time.perf_counter() - asked)
        writer.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    wall = time.perf_counter() - began
    return Load(tuple(each), wall, processor_seconds(server.pid) - used)


def load_for(server: Server, path: str, seconds: float) -> Load:
    """Ask for a list by many connections for so long."""
    going = _load(server, getting(path), CONNECTIONS, lambda _done, passed: passed < seconds)
    return uvloop.run(going)


def load_of(server: Server, numbers: Iterator[int], connections: int, times: int) -> Load:
    """Add so many tags."""
    sent = adding(numbers)
    return uvloop.run(_load(server, sent, connections, lambda done, _passed: done < times))


def compare_lists(url: str, python: str, seconds: float) -> Iterator[str]:
    """Give the cells of each list: the product, the peer, and the ratios of what they do."""
    plain = make_url(url).render_as_string(hide_password=False)
    with product(url) as ours, peer(plain, python) as other:
        for name, path in LISTS.items():
            if uvloop.run(_first(ours, path)) != uvloop.run(_first(other, f"/{name}")):
                raise SystemExit(f"{name}: not the same page")
            servers = ((ours, path), (other, f"/{name}"))
            for server, where in servers:
                load_for(server, where, seconds / 4)
            mine, theirs = (load_for(server, where, seconds) for server, where in servers)
            rate = len(mine.each) / mine.wall * theirs.wall / len(theirs.each)
            capacity = len(mine.each) / mine.processor * theirs.processor / len(theirs.each)
            yield f"{name} | {mine.told()} | {theirs.told()} | {rate:.2f} | {capacity:.2f}"


def compare_logs(urls: Sequence[str], rounds: int) -> Iterator[str]:
    """Give the cells for one connection and for eight: with the log, without, what it adds."""
    numbers = count()
    with product(urls[0], "logged") as first, product(urls[1], "silent") as second:
        for connections in (1, 8):
            found: list[tuple[Load, Load]] = []
            for number in range(rounds + WARMING):
                order = (first, second) if number % 2 else (second, first)
                taken = {
                    server: load_of(server, numbers, connections, COMMANDS) for server in order
                }
                found.append((taken[first], taken[second]))
            pairs = found[WARMING:]
            cells = []
            for which in (0, 1):
                whole = [one for pair in pairs for one in pair[which].each]
                each = Load(tuple(whole), 1.0, 1.0)
                cells.append(f"{each.milliseconds(50):.2f} | {each.milliseconds(99):.2f}")
            adds = statistics.median(mine.wall / other.wall for mine, other in pairs) - 1
            used = [sum(pair[which].processor for pair in pairs) for which in (0, 1)]
            yield f"{connections} | {' | '.join(cells)} | {adds:.1%} | {used[0] / used[1] - 1:.1%}"


@contextmanager
def databases(server: str, folder: Path, departments: int, users: int) -> Iterator[Sequence[str]]:
    """Give two fresh databases, filled alike: files of SQLite, or of a PostgreSQL server."""
    names = [f"bench_http_{name}_{time.monotonic_ns()}" for name in ("first", "second")]
    if not server:
        urls = [f"sqlite:///{folder / name}.db" for name in names]
        for url in urls:
            fill(url, departments=departments, users=users)
        yield urls
        return
    place = make_url(server).set(drivername="postgresql+psycopg")
    admin = create_engine(place, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for name in names:
            connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            urls = [place.set(database=one).render_as_string(hide_password=False) for one in names]
            for url in urls:
                fill(url, departments=departments, users=users)
            yield urls
        finally:
            for name in names:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def main() -> None:
    """Measure and say."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--postgres", default="")
    parser.add_argument("--peer", default=sys.executable)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--departments", type=int, default=DEPARTMENTS)
    parser.add_argument("--users", type=int, default=USERS)
    parser.add_argument("--serve", nargs=2, metavar=("TARGET", "PORT"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        target, port = asked.serve
        return run(Place(port=int(port)), SETTINGS, f"benchmarks.over_http:{target}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["SUPERVISION_KEYS"] = str(folder / "keys")
        os.environ["SUPERVISION_MASTER_KEY"] = str(folder / "master.key")
        KeySettings.read(os.environ).make(SystemRandomness())
        kinds = {"SQLite": "", **({"PostgreSQL": asked.postgres} if asked.postgres else {})}
        lists, logs = [], []
        for kind, server in kinds.items():
            with databases(server, folder, asked.departments, asked.users) as urls:
                lists += [
                    f"{kind} | {one}" for one in compare_lists(urls[0], asked.peer, asked.seconds)
                ]
                logs += [f"{kind} | {one}" for one in compare_logs(urls, asked.rounds)]
    _table(
        "database | list | requests/s | p50 ms | p99 ms | of a processor second | peer: requests/s"
        " | p50 ms | p99 ms | of a processor second | ratio | of processor",
        lists,
    )
    _table(
        "database | connections | with the log: p50 ms | p99 ms | without: p50 ms | p99 ms | adds"
        " | of processor time",
        logs,
    )
    return None


def _table(head: str, lines: Sequence[str]) -> None:
    rule = "|".join("---" for _ in head.split("|"))
    for line in (head, rule, *lines):
        sys.stdout.write(f"| {line} |\n")
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
