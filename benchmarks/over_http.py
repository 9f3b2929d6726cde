"""What the whole stack costs over HTTP: lists against FastAPI's bare query, and the audit log.

    python -m benchmarks.over_http [--sizes 50 500 5166] [--postgres URL]

Sizes count departments; of users there are four times as many. Figures are those of one request;
processor time is that of the servers and of PostgreSQL, not of this client. Lists: 20 departments
(session, permission, scope) and 20 users (also personal data unsealed and masked), by 64
connections, eighty people in turn; in turn the product and ``_fastapi_peer``, both served by
two workers of granian.
Commands: adding a tag, the lightest one, with the log and with a log that writes nothing, in turn
on two servers whose databases grow alike.
"""

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
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from itertools import count, cycle
from pathlib import Path
from typing import Final

import uvloop
from attrs import evolve, frozen
from benchmarks._databases import made_on_server
from benchmarks._measuring import Asked, Case, Sample, measure
from benchmarks._people import let_in
from benchmarks.audit import SilentTransactions
from sqlalchemy import make_url, text

from adapters.crypto.platform_keys import KeySettings
from adapters.sql.engine.database import open_engine
from adapters.sql.migrations import migrate
from adapters.sql.ports import sql_transactions
from adapters.sql.sealing.protection import Sealing
from adapters.system import SystemRandomness
from entrypoints.container import open_platform
from entrypoints.http.api import api_routes
from entrypoints.http.app import HttpApp, RouteTable
from entrypoints.http.limits import Rate
from entrypoints.http.routes import verb
from entrypoints.http.serving import DATABASE, Place, log_to_stderr, run, settled
from entrypoints.http.settings import HttpSettings
from supervision_core.identity.ports import Departments, Users
from supervision_core.subjects.services import create_tag
from supervision_core.testing.directory import a_department, a_user
from supervision_core.testing.offices import keep_directory

ROOT: Final = Path(__file__).resolve().parents[1]
UNLIMITED: Final = Rate(1e9, 10**9)
SETTINGS: Final = HttpSettings(per_source=UNLIMITED, per_user=UNLIMITED)
TAGS: Final = "/api/v1/subjects/tags"
PEOPLE: Final = 80
"""How many ask, each in a session of his own."""
USERS_OF_ONE: Final = 4
SECONDS: Final = 4.0
PERMISSIONS: Final = ("identity.list_departments", "identity.list_users", "subjects.create_tag")
LISTS: Final = {"departments": "/api/v1/identity/departments", "users": "/api/v1/identity/users"}
TITLES: Final = {"departments": "机构列表", "users": "用户列表"}
CONNECTIONS: Final = 64
COMMANDS: Final = 40
WARMING: Final = 6
"""Each server has two workers, and a connection reaches one of them."""
START_SECONDS: Final = 120


def _app(*, silent: bool) -> HttpApp:
    log_to_stderr()
    platform = open_platform(os.environ[DATABASE])
    if silent:
        usual = sql_transactions(platform.engine)
        quiet = SilentTransactions(platform.engine, usual._ports)  # noqa: SLF001 - a log left out
        commands = evolve(platform.commands, transactions=quiet)
        platform = evolve(platform, transactions=quiet, commands=commands)
    routes = (*api_routes(), verb("POST", TAGS, create_tag, "新增标签"))
    return settled(HttpApp(platform, SETTINGS, RouteTable(routes, pages=())))


def logged() -> HttpApp:
    """Give the surface as it is, with a route for tags: what each worker runs."""
    return _app(silent=False)


def silent() -> HttpApp:
    """Give it over a log that writes nothing."""
    return _app(silent=True)


def fill(url: str, *, departments: int, users: int) -> None:
    """Make tables, a directory, and a session of somebody who may."""
    randomness = SystemRandomness()
    keys = KeySettings.read(os.environ).open(randomness)
    engine = open_engine(url, sealing=Sealing.under(keys.store, randomness))
    migrate(engine)
    with sql_transactions(engine).begin() as unit:
        keep_directory(unit, ())
        for at in range(departments):
            one = a_department(f"d-{at:04}", "d-0000" if at else "", order=at, region="450000")
            unit[Departments].save(one)
        for at in range(users):
            user = a_user(f"u-{at:04}", "d-0000")
            unit[Users].save(user)
        for at in range(PEOPLE):
            let_in(unit, f"u-{at:04}", "d-0000", PERMISSIONS, _token(at))
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


def free_port() -> int:
    """Give a port on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def product(url: str, target: str = "logged") -> AbstractContextManager[Server]:
    """Run the product over a database."""
    port = free_port()
    words = (sys.executable, "-m", "benchmarks.over_http", "--serve", target, str(port))
    return serving(words, port, **{DATABASE: url})


def peer(url: str) -> AbstractContextManager[Server]:
    """Run the peer over the same database."""
    port = free_port()
    words = (
        sys.executable, "-m", "granian", "--interface", "asgi", "--workers", "2", "--loop",
        "uvloop", "--no-ws", "--port", str(port), "_fastapi_peer:app",
    )  # fmt: skip
    return serving(words, port, PEER_DATABASE=url)


def processor_seconds(*roots: int) -> float:
    """Give what processes with those below them, and all of PostgreSQL, have used."""
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
        while pid and pid not in roots:
            pid = parents.get(pid, 0)
        return pid in roots

    ticks = sum(used[pid] for pid in used if pid in database or ours(pid))
    return ticks / os.sysconf("SC_CLK_TCK")


@frozen
class Load:
    """What a load came to: seconds of each request, and of the whole; seconds of processor."""

    each: tuple[float, ...]
    wall: float
    processor: float

    def sample(self) -> Sample:
        """Give what a request took."""
        many, late = len(self.each), statistics.quantiles(self.each, n=100)
        more = {"p50，毫秒": late[49] * 1e3, "p99，毫秒": late[98] * 1e3}
        return Sample(self.wall / many, self.processor / many, more)


Requests = Iterator[bytes]


def getting(path: str) -> Requests:
    """Give the request for a list, again and again, each time by the next of the people."""
    return cycle([_request("GET", path, who=at) for at in range(PEOPLE)])


def adding(numbers: Iterator[int]) -> Requests:
    """Give requests that each add a tag of another name under a key of its own."""
    for number in numbers:
        body = json.dumps({"name": f"标签{number}", "region": "450000"}).encode()
        yield _request("POST", TAGS, body, f"Idempotency-Key: k-{number}")


def _token(at: int) -> str:
    return f"bench-{at:04}-" + "0" * 32


def _request(method: str, path: str, body: bytes = b"", *more: str, who: int = 0) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Authorization: Bearer {_token(who)}"]
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
        going = True
        while going:  # once at least, however long connecting took
            asked = time.perf_counter()
            await _ask(reader, writer, next(requests))
            each.append(time.perf_counter() - asked)
            going = goes_on(len(each), time.perf_counter() - began)
        writer.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    wall = time.perf_counter() - began
    return Load(tuple(each), wall, processor_seconds(server.pid) - used)


def load_for(server: Server, path: str, seconds: float) -> Sample:
    """Ask for a list by many connections for so long."""
    going = _load(server, getting(path), CONNECTIONS, lambda _done, passed: passed < seconds)
    return uvloop.run(going).sample()


def load_of(server: Server, numbers: Iterator[int], connections: int) -> Sample:
    """Add tags."""
    sent = adding(numbers)
    return uvloop.run(
        _load(server, sent, connections, lambda done, _passed: done < COMMANDS)
    ).sample()


def lists(kind: str, url: str, seconds: float) -> Iterator[Case]:
    """Give each list, by the peer and by the product."""
    plain = make_url(url).render_as_string(hide_password=False)
    with product(url) as ours, peer(plain) as other:
        for name, path in LISTS.items():
            if uvloop.run(_first(ours, path)) != uvloop.run(_first(other, f"/{name}")):
                raise SystemExit(f"{name}: not the same page")
            ways = {
                "FastAPI": partial(load_for, other, f"/{name}", seconds),
                "产品": partial(load_for, ours, path, seconds),
            }
            yield Case(f"{kind}，{TITLES[name]}", ways, "FastAPI", warm=1)


def commands(kind: str, urls: Sequence[str]) -> Iterator[Case]:
    """Give adding a tag, without the log and with it, by one connection and by eight."""
    numbers = count()
    with product(urls[0], "silent") as quiet, product(urls[1], "logged") as full:
        for connections in (1, 8):
            ways = {
                "不写审计": partial(load_of, quiet, numbers, connections),
                "产品": partial(load_of, full, numbers, connections),
            }
            name = f"{kind}，建一个标签，{connections}个连接"
            yield Case(name, ways, "不写审计", warm=WARMING)


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give each kind of database."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["SUPERVISION_KEYS"] = str(folder / "keys")
        os.environ["SUPERVISION_MASTER_KEY"] = str(folder / "master.key")
        KeySettings.read(os.environ).make(SystemRandomness())
        files = [f"sqlite:///{folder}/{one}.db" for one in ("first", "second")]
        kinds: dict[str, AbstractContextManager[Sequence[str]]] = {"SQLite": nullcontext(files)}
        if asked.postgres:
            kinds["PostgreSQL"] = made_on_server(asked.postgres, 2)
        for kind, opened in kinds.items():
            with opened as urls:
                for url in urls:
                    fill(url, departments=size, users=size * USERS_OF_ONE)
                yield from lists(kind, urls[0], 0.1 if asked.small else SECONDS)
                yield from commands(kind, urls)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        target, port = sys.argv[2:]
        run(Place(port=int(port)), SETTINGS, f"benchmarks.over_http:{target}")
    else:
        measure(__doc__, cases, sizes=(50, 500, 5_166), small=(20,), rounds=12)
