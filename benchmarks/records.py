"""What a year of 52 million records costs: writing, lists, histories, clearing up, backups.

    python -m benchmarks.records [--sizes 520000 5200000 52000000] --postgres URL

Simulated: the rows are made inside PostgreSQL, one fifth visits (each with a body of 384 characters
and one department), the rest facts that another system said of six million firms, spread over a
year in the order of their days. Sizes count both; indexes are made afterwards. Asked is the
product: a clerk of a county, to whom one visit in a hundred belongs. Figures are those of one
question or one write. Of a backup: the first piece of a table, then 100,000 rows more. The clearing
up (``VACUUM``) follows a change of one visit in a hundred.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from attrs import evolve
from benchmarks._databases import served
from benchmarks._measuring import Asked, Case, Sample, measure
from benchmarks.growth import CLERK, Busy, deep_cursor
from sqlalchemy import Engine, Table, text

from adapters.sql.backups import SqlDatabase
from adapters.sql.subject_facts import subject_fact
from adapters.sql.tasks import visit, visit_department
from entrypoints.container import Platform, open_platform
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.paging import PageRequest
from supervision_core.subjects.facts import SubjectFact
from supervision_core.subjects.ports import SubjectFacts
from supervision_core.tasks.lists import VISITS
from supervision_core.tasks.ports import Visits
from supervision_core.testing.tasks import visit as a_visit
from supervision_core.testing.tasks import visit_sheet

TIMES: Final = 50
ONE_IN: Final = 5
"""Of how many records one is a visit."""
FIRMS: Final = 6_000_000
READ_ON: Final = 100_000
_OWNER: Final = "CASE WHEN i % 100 = 0 THEN 'county' ELSE 'd-' || i * 7 % 4500 END"
_OPEN: Final = "i % 3 = 0 AND i > :many * 19 / 20"
_DAY: Final = "DATE '2026-01-01' + (i * 365 / :many)::int"
_ID: Final = "'01m87hjfrr' || lpad(i::text, 16, '0')"
_TASK: Final = "'01m87hjtsk' || lpad((i / 10)::text, 16, '0')"
_CODE: Final = "'RW' || lpad(i::text, 12, '0')"
_FIRM: Final = "'01m87hjsub' || lpad(({})::text, 16, '0')"
_ROWS: Final = {
    visit: {
        "id": _ID, "version": "3", "code": _CODE, "task": _TASK,
        "subject": _FIRM.format(f"i * 7919 % {FIRMS}"),
        "region": "CASE WHEN i % 100 = 0 THEN '450103' ELSE (450200 + i * 7 % 110)::text END",
        "state": f"CASE WHEN {_OPEN} THEN 'assigned' ELSE 'completed' END", "is_open": _OPEN,
        "due_on": _DAY, "formed_on": _DAY, "findings": "0", "key_findings": "0",
        "obstructed": "false", "unreachable": "false", "assisted": "false", "lead": _OWNER,
        "sealed": "'{}'", "body": "repeat(md5(i::text), 12)", "row_seal": "'-'",
    },
    visit_department: {
        "visit_id": _ID, "department": _OWNER, "task": _TASK, "is_open": _OPEN, "code": _CODE,
    },
    subject_fact: {
        "subject_id": _FIRM.format(f"i % {FIRMS}"), "name": "'fact_' || i % 40",
        "known_on": _DAY, "source": "'自治区市场监督管理局'", "recorded": "i", "form": "'i'",
        "int_value": "i % 100",
        "row_seal": "'batch/01m87hjbat' || lpad((i / 200)::text, 16, '0')",
    },
}  # fmt: skip


def fill(engine: Engine, size: int) -> None:
    """Make the rows, then the indexes, as a server would have them by then."""
    visits = size // ONE_IN
    for table in _ROWS:
        many = size - visits if table is subject_fact else visits
        _fill(engine, table, many)
    with engine.begin() as connection:
        connection.execute(text("UPDATE counter SET upto = :size"), {"size": size})
    with engine.connect() as connection:
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")
        alone.execute(text("VACUUM (FREEZE, ANALYZE)"))


def _fill(engine: Engine, table: Table, many: int) -> None:
    key, said = table.primary_key, _ROWS[table]
    rows = f"SELECT {', '.join(said.values())} FROM generate_series(0::bigint, :many - 1) i"  # noqa: S608 - our own words
    names, columns = (", ".join(one) for one in (said, key.columns.keys()))
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL synchronous_commit = off"))
        connection.execute(text("SET LOCAL maintenance_work_mem = '1GB'"))
        for index in table.indexes:
            index.drop(connection)
        connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {key.name} CASCADE"))
        connection.execute(text(f"INSERT INTO {table} ({names}) {rows}"), {"many": many})
        connection.execute(
            text(f"ALTER TABLE {table} ADD CONSTRAINT {key.name} PRIMARY KEY ({columns})")
        )
        for index in table.indexes:
            index.create(connection)


def _write_visit(platform: Platform, numbers: Iterator[int]) -> None:
    id_ = f"01m87hjnew{next(numbers):016d}"
    made = evolve(a_visit(id_), sheet=visit_sheet(number=f"RW-{id_}", region="450103"))
    with platform.transactions.begin() as unit:
        unit[Visits].save(made)
        unit.commit()


def _write_facts(platform: Platform, numbers: Iterator[int]) -> None:
    firm = f"01m87hjsub{next(numbers) * 7919 % FIRMS:016d}"
    facts = [
        SubjectFact(subject=firm, name=f"new_{at}", known_on=date(2026, 12, 31), source="部门",
                    value=at)
        for at in range(3)
    ]  # fmt: skip
    with platform.transactions.begin() as unit:
        unit[SubjectFacts].record(facts)
        unit.commit()


def _read_piece(platform: Platform, busy: Busy, table: Table) -> dict[str, Sample]:
    """Begin to read a table for a backup, and go on for a while."""
    with SqlDatabase(platform.engine).snapshot() as state:
        kept = next(one for one in state.tables() if one.name == table.name)
        first = busy.timed(lambda: next(kept.pieces))

        def go_on() -> None:
            read = 0
            while read < READ_ON and (piece := next(kept.pieces, None)) is not None:
                read += piece[0]

        return {"首块": first, "再读十万行": busy.timed(go_on)}


def _clear_up(platform: Platform, busy: Busy) -> Sample:
    """Change one visit in a hundred, then clear up; give what the clearing up took."""
    changed = text("UPDATE visit SET version = version + 1 WHERE id LIKE '%37'")
    with platform.engine.begin() as connection:
        connection.execute(changed)
    with platform.engine.connect() as connection:
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")
        return busy.timed(lambda: alone.execute(text("VACUUM visit")))


def of_platform(platform: Platform) -> Iterator[Case]:
    """Give what is asked, written, cleared up and read for a backup."""
    ask, case, busy = platform.commands.ask, cases_of(VISITS), Busy(platform)
    deep = case.asking(page=PageRequest(cursor=deep_cursor(platform, VISITS)))
    of_firm = case.asking(subject=f"01m87hjsub{0:016d}")

    acts = {
        "现场检查，首页": partial(ask, case.list, case.asking(), actor=CLERK),
        "现场检查，深页": partial(ask, case.list, deep, actor=CLERK),
        "现场检查，一户的": partial(ask, case.list, of_firm, actor=CLERK),
        "写入一次检查": partial(_write_visit, platform, count()),
        "写入一户的三项事实": partial(_write_facts, platform, count()),
    }
    for name, act in acts.items():
        yield Case(name, {"产品": partial(busy.timed, act, TIMES)}, warm=1)
    for table in (visit, subject_fact):
        read = partial(_read_piece, platform, busy, table)
        yield Case(f"备份，{table.name}", {"产品": read})
    yield Case("清理百分之一改动过的检查", {"产品": partial(_clear_up, platform, busy)})


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give what is measured on PostgreSQL; nothing where there is none."""
    with TemporaryDirectory() as name:
        for kind, url, engine in served(Path(name), asked.postgres):
            if kind == "SQLite":
                continue
            fill(engine, size)
            platform = open_platform(url)
            yield from of_platform(platform)
            platform.engine.dispose()


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(520_000, 5_200_000, 52_000_000), small=(5_000,), rounds=3)
