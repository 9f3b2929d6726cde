"""6 million subjects x (30 risk + 20 credit indicators + matrix): the product against SQL by hand.

    python -m benchmarks.assessment [--rows 6000000] [--repeats 3] [--folder DIR]

Each run is a process of its own, in turn product and hand-written SQL over the same Parquet file;
medians count. The results of both are compared subject by subject before anything is reported.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb
from benchmarks.assessment_models import (
    AS_OF,
    credit_model,
    facts_sql,
    grading,
    hand_written_sql,
    risk_model,
)

from adapters.analytics.duckdb_files import DuckDbFiles
from supervision_core.assessment.model import compile_python

MEMORY_MB = 320


def run_product(facts: Path, results: Path) -> None:
    """Grade the file by the product."""
    DuckDbFiles(facts, results, memory_mb=MEMORY_MB).grade(
        risk_model(), credit_model(), grading(), AS_OF
    )


def run_by_hand(facts: Path, results: Path) -> None:
    """Run the hand-written statement, with the summary that the product gives too."""
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY_MB}MB'")
        connection.execute("SET threads = 2")
        connection.execute(hand_written_sql(str(facts), str(results)))
        for column in ("grade", "r_level", "c_level"):
            connection.execute(
                f"SELECT {column}, count(*) FROM read_parquet('{results}') GROUP BY 1"  # noqa: S608 - our own words
            ).fetchall()


def run_python(facts: Path, _results: Path) -> None:
    """Assess by the generated Python function alone; the rows are loaded beforehand."""
    model = risk_model()
    cells = [
        f"({f.name} - DATE '1970-01-01')" if f.type.value == "day" else f.name for f in model.facts
    ]
    rows = duckdb.execute(
        f"SELECT {', '.join(cells)} FROM read_parquet('{facts}') LIMIT 600000"  # noqa: S608 - our own words
    ).fetchall()
    assess = compile_python(model, AS_OF)
    start = time.perf_counter()
    count = sum(1 for _ in assess(rows))
    print(f"{count / (time.perf_counter() - start):.0f}")  # noqa: T201 -- read by the parent


WAYS = {"product": run_product, "by_hand": run_by_hand, "python": run_python}


def measure(way: str, facts: Path, results: Path) -> tuple[float, float, str]:
    """Run one way in a process of its own: seconds, peak MB, what it printed."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.assessment",
        "--child",
        way,
        str(facts),
        str(results),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    *printed, seconds, peak = done.stdout.split()
    return float(seconds), float(peak), " ".join(printed)


def child(way: str, facts: str, results: str) -> None:
    """Run one way and print its figures."""
    start = time.perf_counter()
    WAYS[way](Path(facts), Path(results))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, peak)  # noqa: T201 -- read by the parent


def differences(product: Path, by_hand: Path) -> int:
    """Count the subjects for whom the two do not agree in levels, totals, grade, contributions."""
    columns = [i.column for i in risk_model().enabled if not i.column.startswith("v_")]
    pairs = [(f"r_{c}", f"r_{c[2:]}") for c in columns]
    pairs += [(f"c_{i.column}", f"c_{i.column[2:]}") for i in credit_model().enabled]
    pairs += [(c, c) for c in ("r_total", "c_total", "r_level", "c_level", "grade")]
    unlike = " OR ".join(f"a.{a} IS DISTINCT FROM b.{b}" for a, b in pairs)
    found = duckdb.execute(
        f"SELECT count(*), count(*) FILTER (WHERE {unlike}) FROM read_parquet('{product}') a "  # noqa: S608 - our own words
        f"FULL JOIN read_parquet('{by_hand}') b USING (subject_id)"
    ).fetchone()
    return int(found[1]) if found else -1


def compare(rows: int, repeats: int, folder: Path) -> list[str]:
    """Measure one size and give the lines of the table."""
    facts, product, by_hand = (folder / f"{n}_{rows}.parquet" for n in ("facts", "product", "hand"))
    if not facts.exists():
        duckdb.execute(f"COPY ({facts_sql(rows)}) TO '{facts}' (FORMAT parquet)")
    measured: dict[str, list[tuple[float, float, str]]] = {"product": [], "by_hand": []}
    for _ in range(repeats):
        measured["product"].append(measure("product", facts, product))
        measured["by_hand"].append(measure("by_hand", facts, by_hand))
    unlike = differences(product, by_hand)
    seconds = {way: statistics.median(s for s, _, _ in runs) for way, runs in measured.items()}
    peaks = {way: max(p for _, p, _ in runs) for way, runs in measured.items()}
    ratio = seconds["product"] / seconds["by_hand"]
    return [
        (
            f"| {rows:,} | {seconds['product']:.2f} | {seconds['by_hand']:.2f} | {ratio:.2f} | "
            f"{peaks['product']:.0f} | {peaks['by_hand']:.0f} | {unlike} |"
        )
    ]


def main(arguments: Sequence[str]) -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=6_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--child", nargs=3)
    given = parser.parse_args(arguments)
    if given.child:
        child(*given.child)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        lines = [
            "| subjects | product s | by hand s | ratio | product MB | by hand MB | differences |",
            "|---|---|---|---|---|---|---|",
        ]
        for rows in (given.rows // 10, given.rows):
            lines += compare(rows, given.repeats, folder)
        facts = folder / f"facts_{given.rows // 10}.parquet"
        rates = [float(measure("python", facts, facts)[2]) for _ in range(given.repeats)]
        lines += [
            "",
            f"Generated Python, 30 indicators: {statistics.median(rates):,.0f} subjects/s",
        ]
    print("\n".join(lines))  # noqa: T201 -- a command


if __name__ == "__main__":
    main(sys.argv[1:])
