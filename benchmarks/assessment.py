"""Subjects x (30 risk + 20 credit indicators + matrix): the product against its peers.

    python -m benchmarks.assessment [--sizes 60000 600000 6000000]

Files: the product, with Polars (extra ``speed``) and with DuckDB alone, against a DuckDB statement
and a Polars pipeline (streamed) written by hand over the same Parquet file, each run a process of
its own, contributions of all indicators written; the results of all four are compared subject by
subject. The risk model alone, a tenth of the subjects: zen-engine's expressions, compiled once and
given a ready dict for each subject, against the product's generated Python function over ready rows
and over rows out of SQLite, and against the product from file to file; only the last two's loading
counts. The results of the first two are compared, too.
"""

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import zen
from benchmarks._measuring import Asked, Case, Sample, in_child, measure, peak_megabytes, tell
from benchmarks.assessment_models import (
    AS_OF,
    credit_model,
    facts_sql,
    grading,
    hand_written_sql,
    risk_model,
    zen_expression,
)

from adapters.analytics.duckdb_files import DuckDbFiles
from adapters.analytics.fact_files import fact_files
from supervision_core.assessment.model import compile_python

FILES = ("产品", "产品，只有 DuckDB", "手写 SQL", "Polars")
MEMORY_MB = 320
ONE_IN = 10
AT_ONCE = 10_000
EPOCH = date(1970, 1, 1)


def run_product(facts: Path, results: Path) -> None:
    """Grade the file by the product."""
    fact_files(facts, results).grade(risk_model(), credit_model(), grading(), AS_OF)


def run_duckdb(facts: Path, results: Path) -> None:
    """Grade the file by the product without the extra."""
    DuckDbFiles(facts, results).grade(risk_model(), credit_model(), grading(), AS_OF)


def run_risk_model(facts: Path, results: Path) -> None:
    """Assess the file by the product."""
    fact_files(facts, results).assess(risk_model(), AS_OF)


def run_by_hand(facts: Path, results: Path) -> None:
    """Run the hand-written statement, in whatever order is fastest to write; then count levels."""
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY_MB}MB'")
        connection.execute("SET threads = 2")
        connection.execute("SET preserve_insertion_order = false")
        connection.execute(hand_written_sql(str(facts), str(results)))
    count_levels(results)


def count_levels(results: Path) -> None:
    """Give the summary that the product gives too."""
    for column in ("grade", "r_level", "c_level"):
        duckdb.execute(
            f"SELECT {column}, count(*) FROM read_parquet('{results}') GROUP BY 1"  # noqa: S608 - our own words
        ).fetchall()


def run_polars(facts: Path, results: Path) -> None:
    """Run the Polars pipeline on as many threads, and give the summary too."""
    os.environ["POLARS_MAX_THREADS"] = "2"  # read when Polars is imported
    from benchmarks._assessment_polars import run as streamed  # noqa: PLC0415 - see above

    streamed(str(facts), str(results))
    count_levels(results)


WAYS = {
    "产品": run_product,
    "产品，只有 DuckDB": run_duckdb,
    "手写 SQL": run_by_hand,
    "Polars": run_polars,
    "产品，文件": run_risk_model,
}


def child(way: str, facts: str, results: str) -> None:
    """Run one way and tell its figures."""
    start, busy = time.perf_counter(), time.process_time()
    WAYS[way](Path(facts), Path(results))
    wall, processor = time.perf_counter() - start, time.process_time() - busy
    tell(Sample(wall, processor, {"峰值 MB": peak_megabytes()}))


def require_same(product: Path, by_hand: Path) -> None:
    """Stop where the two do not agree in levels, totals, grade or contributions."""
    columns = [i.column for i in risk_model().enabled if not i.column.startswith("v_")]
    pairs = [(f"r_{c}", f"r_{c[2:]}") for c in columns]
    pairs += [(f"c_{i.column}", f"c_{i.column[2:]}") for i in credit_model().enabled]
    pairs += [(c, c) for c in ("r_total", "c_total", "r_level", "c_level", "grade")]
    unlike = " OR ".join(f"a.{a} IS DISTINCT FROM b.{b}" for a, b in pairs)
    found = duckdb.execute(
        f"SELECT count(*) FILTER (WHERE {unlike}) FROM read_parquet('{product}') a "  # noqa: S608 - our own words
        f"FULL JOIN read_parquet('{by_hand}') b USING (subject_id)"
    ).fetchone()
    if found != (0,):
        raise SystemExit(f"subjects with different results: {found}")


def rows_of(facts: Path, count: int) -> list[tuple[Any, ...]]:
    """Read raw facts in the order of the risk model."""
    cells = [
        f"({f.name} - DATE '{EPOCH}')" if f.type.value == "day" else f.name
        for f in risk_model().facts
    ]
    return duckdb.execute(
        f"SELECT {', '.join(cells)} FROM read_parquet('{facts}') LIMIT {count}"  # noqa: S608 - our own words
    ).fetchall()


def by_python(rows: list[tuple[Any, ...]]) -> Sample:
    """Assess by the generated Python function."""
    began, busy = time.perf_counter(), time.process_time()
    assess = compile_python(risk_model(), AS_OF)
    for _ in assess(rows):
        pass
    return Sample(time.perf_counter() - began, time.process_time() - busy)


def kept(rows: list[tuple[Any, ...]], database: Path) -> None:
    """Write raw facts into SQLite."""
    with closing(sqlite3.connect(database)) as connection, connection:
        names = ", ".join(fact.name for fact in risk_model().facts)
        connection.execute(f"CREATE TABLE facts ({names})")
        marks = ", ".join("?" * len(risk_model().facts))
        connection.executemany(f"INSERT INTO facts VALUES ({marks})", rows)  # noqa: S608 - our own words


def by_python_from(database: Path) -> Sample:
    """Assess by the generated Python function as rows come out of SQLite."""
    began, busy = time.perf_counter(), time.process_time()
    with closing(sqlite3.connect(database)) as connection:
        for _ in compile_python(risk_model(), AS_OF)(connection.execute("SELECT * FROM facts")):
            pass
    return Sample(time.perf_counter() - began, time.process_time() - busy)


def by_zen(rows: list[tuple[Any, ...]]) -> Sample:
    """Assess by zen-engine; the dicts are made beforehand, a portion at a time."""
    names = [fact.name for fact in risk_model().facts]
    expression = zen.compile_expression(zen_expression())
    wall = processor = 0.0
    rest = iter(rows)
    while portion := [dict(zip(names, row, strict=True)) for row in islice(rest, AT_ONCE)]:
        began, busy = time.perf_counter(), time.process_time()
        for subject in portion:
            expression.evaluate(subject)
        wall += time.perf_counter() - began
        processor += time.process_time() - busy
    return Sample(wall, processor)


def require_zen_agrees(rows: list[tuple[Any, ...]]) -> None:
    """Stop where zen-engine finds another level, total or contribution than the product."""
    model = risk_model()
    names, columns = [fact.name for fact in model.facts], model.columns()
    expression = zen.compile_expression(zen_expression())
    for row, expected in zip(rows, compile_python(model, AS_OF)(rows), strict=True):
        found = expression.evaluate(dict(zip(names, row, strict=True)))
        wanted = dict(zip(columns, expected, strict=True))
        if unlike := [name for name in found if found[name] != wanted[name]]:
            raise SystemExit(f"zen-engine differs in {unlike}: {row}")


def run(way: str, facts: Path, results: Path) -> Sample:
    """Run one way over a file in a process of its own."""
    return in_child(("-m", "benchmarks.assessment", "--child", way, str(facts), str(results)))


def cases(size: int, _asked: Asked) -> Iterator[Case]:
    """Give both."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        facts, out = folder / "facts.parquet", folder / "out.parquet"
        duckdb.execute(f"COPY ({facts_sql(size)}) TO '{facts}' (FORMAT parquet)")
        results = {way: folder / f"{way}.parquet" for way in FILES}
        yield Case(
            "文件进、文件出",
            {way: partial(run, way, facts, results[way]) for way in FILES},
            peer="Polars",
        )
        for way in FILES[:2]:
            for peer in FILES[2:]:
                require_same(results[way], results[peer])
        for path in (facts, *results.values()):
            path.unlink()
        count = size // ONE_IN
        duckdb.execute(f"COPY ({facts_sql(count)}) TO '{facts}' (FORMAT parquet)")
        rows = rows_of(facts, count)
        require_zen_agrees(rows[:AT_ONCE])
        kept(rows, folder / "facts.db")
        ways = {
            "zen-engine": lambda: by_zen(rows),
            "产品，Python": lambda: by_python(rows),
            "产品，Python，从 SQLite 读": lambda: by_python_from(folder / "facts.db"),
            "产品，文件": lambda: run("产品，文件", facts, out),
        }
        yield Case("风险模型", ways, peer="zen-engine", size=count)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(*sys.argv[2:])
    else:
        measure(__doc__, cases, sizes=(60_000, 600_000, 6_000_000), small=(2_000, 4_000), rounds=3)
