"""What grows with the platform's rows: lists, search, to-dos, history, statistics, backups.

    python -m benchmarks.growth [--sizes 60000 600000 6000000] [--postgres URL]

Sizes count firms, filled as in ``benchmarks.search``: a visit for six of them, a task for sixty.
Beside them three rows of the log for each visit, a to-do for each open one, and the counts of so
many visits. A clerk of a county asks, a leader of the whole region for statistics. Questions are
put to the library, in this process, without HTTP; processor time is that of this process and, on
PostgreSQL, of the server's processes of this database. A deep page begins after 5,000 rows, or
with the last page. Figures are those of one question; backups are made and verified whole.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from attrs import evolve, frozen
from benchmarks._databases import served
from benchmarks._measuring import Asked, Case, Sample, measure, timed
from benchmarks._people import keep_regions, log
from benchmarks.homes import cells_of
from benchmarks.homes import counties as counties_counted
from benchmarks.search import (
    COUNTY,
    OF_VISIT,
    SEARCHED,
    department_of,
    fill,
    region_of,
    texts,
)
from sqlalchemy import text

from adapters.sql.counts import SqlCounts
from adapters.sql.engine.bulk import insert_rows
from adapters.sql.engine.schema import audit_row, audit_target
from adapters.sql.frame.commit import audit_values, take_positions
from adapters.sql.frame.todos import todo
from adapters.system import SystemClock
from entrypoints.container import Platform, backups_in, open_platform, stored_database
from entrypoints.searching import search_in
from supervision_core.audit.model import AuditEntry, Outcome
from supervision_core.audit.ports import AuditFilter, AuditQueries
from supervision_core.dashboards.model import Cell, Group, Measure
from supervision_core.dashboards.services import Along, ViewCounts, view_counts
from supervision_core.identity.model import Actor, DataScope
from supervision_core.identity.services.histories import ShowHistory
from supervision_core.identity.services.lists import cases_of
from supervision_core.identity.services.searching import SearchFeed
from supervision_core.identity.services.todos import (
    CountTodos,
    ListTodos,
    list_todos,
    view_todo_counts,
)
from supervision_core.kernel.backups import BackupKind, Manifest
from supervision_core.kernel.days import local_day
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.paging import MAX_PAGE_SIZE, PageRequest
from supervision_core.kernel.todos import Todos
from supervision_core.kernel.verbs import Assignee, AssigneeKind, Todo
from supervision_core.subjects.lists import SUBJECTS
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.lists import TASKS, VISITS
from supervision_core.testing.subjects import full_subject

TIMES: Final = 50
CHUNK: Final = 20_000
DEEP_PAGES: Final = 25
"""Pages of ``MAX_PAGE_SIZE`` that lie before a deep one."""
ACTS: Final = 3
"""Rows of the log for each visit."""
ACTS_SHOWN: Final = 60
"""Rows of the log about the firm whose history is asked for, from all times."""
FIRM: Final = "subject-1"
OWED: Final = "tasks.check_in"
MAY: Final = frozenset(
    f"{one}.*" for one in ("subjects", "tasks", "identity", "dashboards", "checklists")
)
CLERK: Final = Actor(
    user="u-county", department="county", permissions=MAY,
    scope=DataScope(region=COUNTY, departments=frozenset({"county"})),
)  # fmt: skip
COUNTED: Final = evolve(
    CLERK, department=f"d-{COUNTY}-0",
    scope=DataScope(region=COUNTY, departments=frozenset({f"d-{COUNTY}-0"})),
)  # fmt: skip
"""A clerk of whose department there are counts."""
LEADER: Final = Actor(
    user="u-whole", department="whole", permissions=MAY,
    scope=DataScope(region="450000"),
)  # fmt: skip


def _acts(visits: int) -> Iterator[tuple[AuditEntry, list[str]]]:
    """Give the rows of the log, each with the things that it is about."""
    begins, total = SystemClock().now() - timedelta(days=300), visits * ACTS
    shown = {at * total // ACTS_SHOWN for at in range(ACTS_SHOWN)}
    for at in range(total):
        version, visit = divmod(at, visits)
        things = [f"visit/v-{visit:08d}", f"task/t-{visit // 10:08d}"]
        targets = [f"{things[0]}@{version + 1}", f"{things[1]}@{version + 1}"]
        if at in shown:
            things.append(f"subject/{FIRM}")
            targets.append(f"subject/{FIRM}@{at + 1}")
        yield AuditEntry(
            at=begins + timedelta(seconds=at), actor=f"u-{visit % 130_000}",
            department=department_of(region_of(visit)), action="tasks.record_result",
            outcome=Outcome.DONE, request=f"{at * 2_654_435_761 % 2**256:064x}",
            targets=tuple(targets),
        ), things  # fmt: skip


def _keep_acts(platform: Platform, visits: int) -> None:
    acts, total = _acts(visits), visits * ACTS
    with platform.engine.begin() as connection:
        first = take_positions(connection, audit_row, total)
    for begins in range(first, first + total, CHUNK):
        some = list(zip(range(begins, min(begins + CHUNK, first + total)), acts, strict=False))
        with platform.engine.begin() as connection:
            insert_rows(connection, audit_row, [audit_values(at, one) for at, (one, _) in some])
            about = [(thing, at) for at, (_, things) in some for thing in things]
            insert_rows(connection, audit_target, about)


def _keep_todos(platform: Platform, visits: int) -> None:
    today = local_day(SystemClock().now())
    for begins in range(0, visits, CHUNK):
        rows = [
            ("visit", f"v-{at:08d}", "-", "check_in",
             f"department:{department_of(region_of(at))}", today + timedelta(days=at % 90 - 30),
             OWED, f"JC{at:010d}", f"s-{at * OF_VISIT:08d}")
            for at in range(begins, min(begins + CHUNK, visits)) if at % 3 == 0
        ]  # fmt: skip
        with platform.engine.begin() as connection:
            insert_rows(connection, todo, rows)


def keep_more(platform: Platform, size: int) -> None:
    """Write what ``benchmarks.search`` does not: log, to-dos, counts, a firm that is whole."""
    visits = size // OF_VISIT
    firm = full_subject(FIRM)
    with platform.transactions.begin() as unit:
        keep_regions(unit, "450000")
        unit[Subjects].save(firm)
        log(unit, (Subjects.kind, firm))
        unit.commit()
    _keep_acts(platform, visits)
    _keep_todos(platform, visits)
    with platform.engine.begin() as connection:
        cells = cells_of(visits, local_day(SystemClock().now()))
        SqlCounts(connection)._add(cells)  # noqa: SLF001 - as relayed
    if platform.engine.dialect.name != "sqlite":
        with platform.engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            alone.execute(text("VACUUM ANALYZE"))  # as the server does by itself before long


@frozen
class Busy:
    """What the server's processes of a database have used."""

    platform: Platform

    def seconds(self) -> float:
        """Give their processor seconds; nought for SQLite, which has none."""
        if self.platform.engine.dialect.name == "sqlite":
            return 0.0
        asked = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        with self.platform.engine.connect() as connection:
            pids = connection.execute(asked).scalars().all()
        ticks = 0
        for pid in pids:
            with suppress(OSError):
                stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
                fields = stat.rpartition(")")[2].split()
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def timed(self, act: Callable[[], object], times: int = 1) -> Sample:
        """Time an act done so many times; give the figures of one."""
        used = self.seconds()

        def all_of_them() -> None:
            for _ in range(times):
                act()

        sample = timed(all_of_them)
        processor = sample.processor + self.seconds() - used
        return Sample(sample.wall / times, processor / times)


Questions = Iterator[tuple[str, Callable[[], object]]]


def deep_cursor(platform: Platform, query: ListQuery[Any]) -> str | None:
    """Give where the clerk's deep page of a list begins."""
    case, cursor = cases_of(query), None
    for _ in range(DEEP_PAGES):
        asked = case.asking(page=PageRequest(size=MAX_PAGE_SIZE, cursor=cursor))
        page = platform.commands.ask(case.list, asked, actor=CLERK)
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
    return cursor


def lists_asked(platform: Platform) -> Questions:
    """Give the first page and a deep one of each list, and its count."""
    ask = platform.commands.ask
    for query in (SUBJECTS, TASKS, VISITS):
        case = cases_of(query)
        deep = case.asking(page=PageRequest(cursor=deep_cursor(platform, query)))
        yield f"{query.title}，首页", partial(ask, case.list, case.asking(), actor=CLERK)
        yield f"{query.title}，深页", partial(ask, case.list, deep, actor=CLERK)
        yield f"{query.title}，计数", partial(ask, case.count, case.asking(), actor=CLERK)


def others_asked(platform: Platform, size: int) -> Questions:
    """Give search, to-dos, histories and statistics."""
    ask = platform.commands.ask
    pieces = iter(texts("片段，3至6个字", size, COUNTY, size) * 10_000)

    def searched() -> None:
        search_in(platform, CLERK, SUBJECTS, next(pieces), PageRequest())

    yield "检索，片段3至6个字", searched
    yield "待办，第一页", partial(ask, list_todos, ListTodos(), actor=CLERK)
    yield "待办，件数", partial(ask, view_todo_counts, CountTodos(), actor=CLERK)
    yield "待办，写入一件", partial(_owe, platform, count(size))
    history = cases_of(SUBJECTS).history
    yield "历史，一户的操作记录", partial(ask, history, ShowHistory(id=FIRM), actor=LEADER)
    case = cases_of(VISITS)
    of_firm = case.asking(subject=f"s-{OF_VISIT * 300:08d}")
    yield "历史，一户的现场检查", partial(ask, case.list, of_firm, actor=CLERK)
    for department, title in (("county", "一个县的部门"), ("d-none", "没有记录的部门")):
        yield f"审计日志，{title}", partial(_audited, platform, department)
    year = local_day(SystemClock().now()).year
    first, last = date(year, 1, 1), date(year, 12, 31)
    for along, title in (
        (Along.NOTHING, "合计"),
        (Along.MONTH, "按月"),
        (Along.DEPARTMENT, "按部门"),
    ):
        wanted = ViewCounts(along=along, starts_on=first, ends_on=last, most=10)
        yield f"统计，全区{title}", partial(ask, view_counts, wanted, actor=LEADER)
        own = partial(ask, view_counts, wanted, actor=COUNTED)
        yield f"统计，县里{title}", own
    yield "统计，更新一次检查", partial(_count, platform, count(size))


def _audited(platform: Platform, department: str) -> None:
    wanted = AuditFilter(departments=frozenset({department}))
    with platform.transactions.begin_reading() as unit:
        unit[AuditQueries].search(wanted, PageRequest())


def _owe(platform: Platform, numbers: Iterator[int]) -> None:
    number = next(numbers)
    owed = Todo(
        kind="visit", id=f"w-{number:08d}", part="", verb="check_in",
        assignee=Assignee(AssigneeKind.DEPARTMENT, "county"), permission=OWED, label="",
        due_on=local_day(SystemClock().now()), subject="",
    )  # fmt: skip
    with platform.transactions.begin() as unit:
        unit[Todos].settle("visit", owed.id, [owed], new=True)
        unit.commit()


def _count(platform: Platform, numbers: Iterator[int]) -> None:
    region = counties_counted()[3]
    cell = Cell(
        measure=Measure.VISIT_DUE, value="assigned", day=local_day(SystemClock().now()),
        region=region, group=Group((f"d-{region}-1", f"d-{region}-2"), f"d-{region}-1"),
        about="scene-1",
    )  # fmt: skip
    with platform.engine.begin() as connection:
        counts = SqlCounts(connection)
        counts.settle("visit", f"w-{next(numbers):08d}", [cell])
        counts.flush()


def backups_made(platform: Platform, folder: Path) -> Iterator[Case]:
    """Give a full backup and its verification."""
    numbers, made, busy = count(), list[Manifest](), Busy(platform)
    source = stored_database(platform.engine)

    def make() -> Sample:
        place = folder / f"backup-{next(numbers)}"
        store = backups_in(place, platform.keys, platform.clock)
        sample = busy.timed(lambda: made.append(store.make(source, BackupKind.FULL)))
        size = sum(one.stat().st_size for one in place.rglob("*") if one.is_file()) / 2**20
        return evolve(sample, more={"行": made[-1].rows, "MiB": size})

    def verify() -> None:
        place = folder / f"backup-{len(made) - 1}"
        backups_in(place, platform.keys, platform.clock).verify(made[-1].id)

    yield Case("备份，全部", {"产品": make})
    yield Case("备份，验证", {"产品": verify})


def of_database(platform: Platform, size: int, folder: Path) -> Iterator[Case]:
    """Give what is asked of a filled database, then its backups."""
    SearchFeed(platform.transactions, platform.search, SEARCHED).rebuild()
    busy = Busy(platform)
    for name, act in (*lists_asked(platform), *others_asked(platform, size)):
        yield Case(name, {"产品": partial(busy.timed, act, TIMES)}, warm=1)
    yield from backups_made(platform, folder)


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give what is measured on each kind of database: PostgreSQL where there is one, or SQLite."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for kind, url, engine in served(folder, asked.postgres):
            if asked.postgres and kind == "SQLite":
                continue
            fill(engine, size)
            engine.dispose()
            os.environ["SUPERVISION_SEARCH_FOLDER"] = str(folder / "search")
            platform = open_platform(url)
            keep_more(platform, size)
            for one in of_database(platform, size, folder):
                yield evolve(one, name=f"{kind}，{one.name}")
            platform.engine.dispose()


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(60_000, 600_000, 6_000_000), small=(6_000,), rounds=3)
