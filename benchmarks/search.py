"""Search by fragments, in the index and in a list, through HTTP, at three sizes.

    python -m benchmarks.search [--sizes 60000 600000 6000000] [--postgres URL]

With ``SUPERVISION_KEPT=folder`` the filled SQLite databases stay there, and a run that was
interrupted is begun again without filling.

Sizes count firms; there is a visit for six of them, and a task for sixty. One connection, two
workers that serve, and this client on the same machine. Rows are written past the aggregates,
by the same tables; the index is built by the product. Asked are pieces of names that are there, at
random places, by the least privileged role of a county and by somebody of the whole region: 100
requests a round. Told is the mean, beside it the 95th percentile.
"""

import asyncio
import json
import os
import random  # noqa: TID251 - what is asked must be the same each time
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import uvloop
from attrs import evolve
from benchmarks._databases import made_on_server
from benchmarks._measuring import Asked, Case, Sample, measure
from benchmarks._people import let_in, log
from benchmarks.over_http import Server, processor_seconds, product
from benchmarks.paging import NO_EXTRAS
from sqlalchemy import Engine, Table

from adapters.crypto.platform_keys import KeySettings
from adapters.search.tantivy_index import TantivyIndex
from adapters.sql.engine.bulk import insert_rows
from adapters.sql.engine.database import open_engine
from adapters.sql.migrations import migrate
from adapters.sql.ports import sql_transactions
from adapters.sql.sealing.protection import Sealing
from adapters.sql.subjects import subject
from adapters.sql.tasks import task, task_department, visit, visit_department
from adapters.system import SystemClock, SystemRandomness
from supervision_core.checklists.lists import CHECKLISTS
from supervision_core.identity.ports import Departments, Users
from supervision_core.identity.services.lists import cases_of
from supervision_core.identity.services.searching import SearchFeed
from supervision_core.kernel.codes.data import guangxi_regions
from supervision_core.kernel.initials import initials
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.search import folded
from supervision_core.subjects.lists import SUBJECTS
from supervision_core.tasks.lists import TASKS, VISITS
from supervision_core.testing.directory import a_department, a_user

SEARCH: Final = "/api/v1/search"
KEPT: Final = "SUPERVISION_KEPT"
_FILLED: Final = "filled"
REQUESTS: Final = 100
CHUNK: Final = 20_000
OF_VISIT, OF_TASK = 6, 60
COUNTY: Final = "450103"
WHO: Final = {"县": ("county", COUNTY), "全区": ("whole", "450000")}
LISTED: Final[Sequence[ListQuery[Any]]] = (SUBJECTS, TASKS, VISITS)
SEARCHED: Final[Sequence[ListQuery[Any]]] = (SUBJECTS, TASKS, CHECKLISTS)
ADDRESSES: Final = {
    SUBJECTS: "/api/v1/subjects/subjects", TASKS: "/api/v1/tasks/tasks",
    VISITS: "/api/v1/tasks/visits",
}  # fmt: skip
PLACES: Final = (
    "南宁", "柳州", "桂林", "梧州", "北海", "防城港", "钦州", "贵港",
    "玉林", "百色", "贺州", "河池", "来宾", "崇左", "广西",
)  # fmt: skip
SIGNS: Final = [chr(0x4E00 + at * 17) for at in range(1_200)]
TRADES: Final = (
    "乳业", "餐饮", "商贸", "建筑", "科技", "物流", "食品", "农业",
    "旅游", "化工", "医药", "文化", "机械", "家具", "服饰",
)  # fmt: skip
ENDS: Final = ["有限公司", "有限责任公司", "股份有限公司", "经营部", "专业合作社", "店"]
COUNTIES: Final = sorted(
    one.code for one in guangxi_regions() if not one.code.endswith("00") and one.code != COUNTY
)


def name_of(at: int) -> str:
    """Give the name of a firm: its parts follow one another in no order."""
    rest = at * 2_654_435_761 % 2**32
    parts = []
    for words in (PLACES, SIGNS, SIGNS, TRADES, ENDS):
        rest, place = divmod(rest, len(words))
        parts.append(words[place])
        rest = (rest + at * 40_503) % 2**32
    return "".join(parts)


def region_of(at: int) -> str:
    """Give where a firm stands: one in a hundred in the county that asks."""
    return COUNTY if at % 100 == 0 else COUNTIES[at * 7 % len(COUNTIES)]


def department_of(region: str) -> str:
    """Give whose the work of a county is: of who asks there, of one of many elsewhere."""
    return "county" if region == COUNTY else f"d-{COUNTIES.index(region)}"


def code_of(at: int) -> str:
    """Give the code of a firm."""
    return f"91450100MA{at:08d}"


def _row(table: Table, values: dict[str, object]) -> list[object]:
    """Give a row; a count or a year that is not said is nought."""
    return [values.get(one.name, None if one.nullable else 0) for one in table.columns]


def _firm(at: int) -> list[object]:
    region = region_of(at)
    return _row(subject, {
        "id": f"s-{at:08d}", "version": 1, "kind": "enterprise", "name": name_of(at),
        "code": code_of(at), "region": region, "city": f"{region[:4]}00",
        "status": "deregistered" if at % 9 == 0 else "active", "industry": "1441",
        "doubtful": False, "deleted": False, "shared": True, "tags": "[]", "sealed": "{}",
        "row_seal": "-", "extras": NO_EXTRAS, "body": "{}",
    })  # fmt: skip


def _visit(at: int) -> list[object]:
    day = SystemClock().now().date()
    return _row(visit, {
        "id": f"v-{at:08d}", "version": 1, "code": f"JC{at:010d}",
        "task": f"t-{at // 10:08d}", "subject": f"s-{at * OF_VISIT:08d}", "region": region_of(at),
        "state": "assigned", "is_open": at % 3 == 0, "due_on": day, "findings": 0,
        "key_findings": 0, "obstructed": False, "unreachable": False, "sealed": "{}",
        "body": "{}", "row_seal": "-",
    })  # fmt: skip


def _task(at: int) -> list[object]:
    day = SystemClock().now().date()
    return _row(task, {
        "id": f"t-{at:08d}", "version": 1, "code": f"RW{at:010d}",
        "name": f"{name_of(at)[:6]}综合检查", "scene": "scene", "plan": "", "kind": "routine",
        "state": "dispatched", "region": region_of(at),
        "lead_department": department_of(region_of(at)),
        "starts_on": day, "ends_on": day, "body": "{}", "row_seal": "-",
    })  # fmt: skip


def fill(engine: Engine, size: int) -> None:
    """Write firms, visits and tasks, then their indexes; and who asks."""
    tables = {subject: (_firm, size), task: (_task, size // OF_TASK),
              visit: (_visit, size // OF_VISIT)}  # fmt: skip
    indexes = [index for table in tables for index in table.indexes]
    for index in indexes:
        index.drop(engine)
    for table, (made, count) in tables.items():
        for first in range(0, count, CHUNK):
            numbers = range(first, min(first + CHUNK, count))
            with engine.begin() as connection:
                insert_rows(connection, table, [made(at) for at in numbers])
                if table is task:
                    rows = [(f"t-{at:08d}", department_of(region_of(at)), f"RW{at:010d}")
                            for at in numbers]  # fmt: skip
                    insert_rows(connection, task_department, rows)
                if table is visit:
                    owned = [(f"v-{at:08d}", department_of(region_of(at)), f"t-{at // 10:08d}",
                              at % 3 == 0, f"JC{at:010d}") for at in numbers]  # fmt: skip
                    insert_rows(connection, visit_department, owned)
    for index in indexes:
        index.create(engine)
    _people(engine)


def _people(engine: Engine) -> None:
    looks = [cases_of(one).list.permission for one in (*LISTED, CHECKLISTS)]
    with sql_transactions(engine).begin() as unit:
        for name, region in WHO.values():
            home, user = a_department(name, region=region), a_user(f"u-{name}", name)
            unit[Departments].save(home)
            unit[Users].save(user)
            log(unit, (Departments.kind, home), (Users.kind, user))
            let_in(unit, f"u-{name}", name, looks, token_of(name))
        unit.commit()


def token_of(name: str) -> str:
    """Give the token of whoever has that name."""
    return f"bench-{name}-" + "0" * 32


def texts(kind: str, size: int, region: str, seed: int) -> list[str]:
    """Give what is asked for: pieces of names of firms that whoever asks may see."""
    chance = random.Random(f"{kind}{seed}")  # noqa: S311 - a question that nobody has to guess
    found = []
    for _ in range(REQUESTS):
        at = chance.randrange(size)
        at -= at % 100 if region == COUNTY else 0
        plain = folded(name_of(at))
        if kind == "统一社会信用代码":
            found.append(code_of(at))
            continue
        whole = initials(plain)[0] if kind == "首字母，3至5个" else plain
        length = {"片段，2个字": 2, "片段，3至6个字": chance.randint(3, 6)}.get(
            kind, chance.randint(3, 5)
        )
        start = chance.randrange(max(1, len(whole) - length + 1))
        found.append(whole[start : start + length])
    return found


def request(method: str, path: str, token: str, body: bytes = b"", *more: str) -> bytes:
    """Give a request of whoever has the session."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Authorization: Bearer {token}"]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join((*lines, *more, "", "")).encode() + body


def answers(server: Server, requests: Sequence[bytes]) -> list[float]:
    """Ask one after the other on one connection; give how long each answer took."""
    return uvloop.run(_asked(server.port, requests))


async def _asked(port: int, requests: Sequence[bytes]) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    taken = []
    for one in requests:
        began = time.perf_counter()
        writer.write(one)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        body = await reader.readexactly(int(head.partition(b"content-length:")[2].split()[0]))
        taken.append(time.perf_counter() - began)
        if head[9:12] != b"200" or (b"by_index" in body and b'"by_index":false' in body):
            raise SystemExit((head + body).decode())
    writer.close()
    return taken


def ask(server: Server, requests: Sequence[bytes], part: int) -> Sample:
    """Ask one after the other; give the mean, and the percentile ``part``."""
    used = processor_seconds(server.pid)
    taken = answers(server, requests)
    processor = (processor_seconds(server.pid) - used) / len(taken)
    late = statistics.quantiles(taken, n=100)[part - 1] * 1e3
    return Sample(statistics.mean(taken), processor, {f"第{part}百分位，毫秒": late})


def searches(server: Server, size: int) -> Iterator[Case]:
    """Give each kind of text, asked by a county and by the region."""
    for who, (name, region) in WHO.items():
        for kind in ("片段，2个字", "片段，3至6个字", "首字母，3至5个", "统一社会信用代码"):
            asked = [
                request("POST", SEARCH, token_of(name), json.dumps({"text": text}).encode())
                for text in texts(kind, size, region, size)
            ]
            yield Case(f"{who}，{kind}", {"产品": partial(ask, server, asked, 95)}, warm=1)


def lists_of_names(server: Server, size: int) -> Iterator[Case]:
    """Give the first page of the list of firms that is asked for a piece of a name."""
    for who, (name, region) in WHO.items():
        asked = [
            request("GET", f"{ADDRESSES[SUBJECTS]}?name={quote(text)}", token_of(name))
            for text in texts("片段，3至6个字", size, region, size)
        ]
        yield Case(f"{who}，列表按名称片段", {"产品": partial(ask, server, asked, 95)}, warm=1)


def rebuild(url: str, sealing: Sealing, folder: Path) -> Sample:
    """Build the index from the database."""
    engine, index = open_engine(url, sealing=sealing), TantivyIndex(folder)
    began, busy = time.perf_counter(), time.process_time()
    SearchFeed(sql_transactions(engine), index, SEARCHED).rebuild()
    taken = time.perf_counter() - began
    size = sum(one.stat().st_size for one in index.folder.rglob("*.*")) / 2**20
    engine.dispose()
    return Sample(taken, time.process_time() - busy, {"大小，MiB": size})


@contextmanager
def place(size: int) -> Iterator[Path]:
    """Give a folder for a database: one that stays where ``SUPERVISION_KEPT`` names its parent."""
    if parent := os.environ.get(KEPT):
        folder = Path(parent) / str(size)
        if not (folder / _FILLED).exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        yield folder
    else:
        with tempfile.TemporaryDirectory() as name:
            yield Path(name)


def filled(folder: Path, size: int) -> tuple[str, Sealing]:
    """Give the address of a filled SQLite database, and its keys, which are where servers look."""
    os.environ["SUPERVISION_KEYS"] = str(folder / "keys")
    os.environ["SUPERVISION_MASTER_KEY"] = str(folder / "master.key")
    randomness = SystemRandomness()
    there = (folder / _FILLED).exists()
    if not there:
        KeySettings.read(os.environ).make(randomness)
    keys = KeySettings.read(os.environ).open(randomness)
    sealing, url = Sealing.under(keys.store, randomness), f"sqlite:///{folder}/a.db"
    if not there:
        fill_at(url, sealing, size)
        (folder / _FILLED).touch()
    return url, sealing


def fill_at(url: str, sealing: Sealing, size: int) -> None:
    """Make the tables of a database, and fill them."""
    engine = open_engine(url, sealing=sealing)
    migrate(engine)
    fill(engine, size)
    engine.dispose()


def of_database(url: str, sealing: Sealing, size: int, index: Path) -> Iterator[Case]:
    """Give the building of the index, then what is asked of it, then the lists."""
    os.environ["SUPERVISION_SEARCH_FOLDER"] = str(index)
    yield Case("从数据库重建索引", {"产品": partial(rebuild, url, sealing, index)})
    with product(url) as server:
        yield from searches(server, size)
        yield from lists_of_names(server, size)


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give what is measured on each kind of database."""
    with place(size) as folder:
        url, sealing = filled(folder, size)
        yield from of_database(url, sealing, size, folder / "a.db.search")
        if not asked.postgres:
            return
        with made_on_server(asked.postgres, 1) as (url,):
            fill_at(url, sealing, size)
            for one in of_database(url, sealing, size, folder / "postgres.search"):
                yield evolve(one, name=f"PostgreSQL，{one.name}")


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(60_000, 600_000, 6_000_000), small=(600, 6_000), rounds=3)
