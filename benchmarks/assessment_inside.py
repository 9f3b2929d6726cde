"""The models of ``assessment`` inside a business database: 30 + 20 indicators and the matrix.

    python -m benchmarks.assessment_inside [--postgres URL]

SQLite always, PostgreSQL where there is one. Facts are rows of a table there, and results become
rows of another; none leaves the database. Told are reading all facts, reading and computing, and
the whole. The processor time is that of this process and of the server's process.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
from benchmarks._databases import made_on_server
from benchmarks._measuring import Asked, Case, Sample, measure, timed
from benchmarks.assessment_models import AS_OF, credit_model, facts_sql, grading, risk_model
from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    Select,
    String,
    Table,
    create_engine,
    func,
    insert,
    select,
    text,
)

from adapters.analytics.database import FLATTENING, SqlAssessment, results_table
from adapters.analytics.duckdb_files import facts_of
from adapters.analytics.files import SQL_TYPES
from adapters.analytics.selecting import Part, assess_select
from supervision_core.assessment.model import FactType

AT_ONCE = 10_000
PARTS = (Part(risk_model(), "r_"), Part(credit_model(), "c_"))
Steps = Mapping[str, Sample]


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give one case, each kind of database a way."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        facts = folder / "facts.parquet"
        duckdb.execute(f"COPY ({facts_sql(size)}) TO '{facts}' (FORMAT parquet)")
        places = {"SQLite": f"sqlite:///{folder}/inside.db"}
        if asked.postgres:
            (places["PostgreSQL"],) = stack.enter_context(made_on_server(asked.postgres, 1))
        ways = {}
        for kind, place in places.items():
            engine = create_engine(place)
            stack.callback(engine.dispose)
            connection = stack.enter_context(engine.connect())
            ways[kind] = partial(_steps, connection, *_filled(connection, facts))
        yield Case("数据库内", ways)


def _filled(connection: Connection, facts: Path) -> tuple[Table, Table]:
    """Make the tables, and fill that of the facts."""
    metadata, definitions = MetaData(), facts_of(PARTS)
    columns = (Column(fact.name, SQL_TYPES[fact.type]) for fact in definitions)
    source = Table("facts", metadata, Column("subject_id", String(64), primary_key=True), *columns)
    results = results_table("results", metadata, risk_model(), credit_model())
    metadata.create_all(connection)
    cells = {
        FactType.DAY: "({0} - DATE '1970-01-01')",
        FactType.FLAG: "CAST({0} AS INTEGER)",
    }
    listed = ", ".join(cells.get(f.type, "{0}").format(f.name) for f in definitions)
    names = [column.name for column in source.c]
    with duckdb.connect() as reader:
        read = reader.execute(f"SELECT subject_id, {listed} FROM read_parquet('{facts}')")  # noqa: S608 - our own words
        while rows := read.fetchmany(AT_ONCE):
            connection.execute(insert(source), [dict(zip(names, row, strict=True)) for row in rows])
    connection.commit()
    if connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE facts"))
        connection.execute(text("SET max_parallel_workers_per_gather = 0"))
        connection.commit()
    return source, results


def _steps(connection: Connection, source: Table, results: Table) -> Steps:
    """Read all facts, compute without keeping anything, and do the whole."""
    statement = assess_select(
        source, "subject_id", PARTS, AS_OF, barrier=connection.dialect.name in FLATTENING
    )
    return {
        "只读": _timed(connection, lambda: _counted(connection, select(source))),
        "读和算": _timed(connection, lambda: _counted(connection, statement)),
        "读、算、写": _timed(connection, lambda: _whole(connection, source, results)),
    }


def _counted(connection: Connection, statement: Select[Any]) -> None:
    """Have every column computed, and nothing given."""
    of = statement.subquery()
    connection.execute(select(*(func.count(column) for column in of.c))).all()
    connection.rollback()


def _whole(connection: Connection, source: Table, results: Table) -> None:
    batch = SqlAssessment(connection, source, "subject_id", results)
    batch.grade(risk_model(), credit_model(), grading(), AS_OF)
    connection.commit()


def _timed(connection: Connection, act: Callable[[], None]) -> Sample:
    """Time an act, with the processor time of the server's process."""
    if connection.dialect.name != "postgresql":
        return timed(act)
    pid = connection.scalar(text("SELECT pg_backend_pid()"))
    connection.rollback()
    assert pid is not None  # noqa: S101 - every connection has one
    used = _used(pid)
    sample = timed(act)
    return Sample(sample.wall, sample.processor + _used(pid) - used)


def _used(pid: int) -> float:
    """Give the processor seconds of a process of this machine."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(6_000, 60_000, 600_000), small=(500, 1_000), rounds=3)
