"""Pages of 20 subjects at 60,000, 600,000 and 6,000,000 rows, by every indexed filter and order.

    python -m benchmarks.paging [--sizes 60000 600000 6000000] [--dsn postgresql+psycopg://…]

Rows are written past the aggregates, by the same table; pages are read by the product's query
port, cold caches aside. Each figure is the median of 200 pages read one after the other.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks._keys import sealing_in
from sqlalchemy import Engine, text

from adapters.sql.bulk import insert_rows
from adapters.sql.engine import open_engine
from adapters.sql.migrations import migrate
from adapters.sql.subject_queries import SqlSubjectQueries
from adapters.sql.subjects import subject, subject_tag
from supervision_core.kernel.paging import PageRequest
from supervision_core.subjects.model import SubjectKind, SubjectStatus
from supervision_core.subjects.ports import SubjectFilter

SIZES = (60_000, 600_000, 6_000_000)
CITIES = [f"45{city:02d}" for city in range(1, 15)]
CASES = {
    "no filter, by name": (SubjectFilter(), ""),
    "no filter, by id": (SubjectFilter(), "id"),
    "county": (SubjectFilter(region="450103"), ""),
    "city": (SubjectFilter(region="450100"), ""),
    "kind": (SubjectFilter(kind=SubjectKind.ENTERPRISE), ""),
    "status, 1 in 100": (SubjectFilter(status=SubjectStatus.REVOKED), ""),
    "tag, 1 in 10": (SubjectFilter(tags=frozenset({"t-common"})), ""),
    "tag, 200 in all": (SubjectFilter(tags=frozenset({"t-rare"})), ""),
    "doubtful, 1 in 50": (SubjectFilter(doubtful=True), ""),
    "name prefix": (SubjectFilter(name_prefix="南宁"), ""),
    "identity code": (SubjectFilter(code="code-00000777"), ""),
    "city + status + department": (
        SubjectFilter(region="450100", status=SubjectStatus.ACTIVE, departments=frozenset({"d-1"})),
        "",
    ),
}
ODD = 7


def rows(first: int, last: int) -> Iterator[list[object]]:
    """Give rows of table subject; numbers are scattered so that names come in no order."""
    body = json.dumps({"_basic": {"scope": "乳制品生产；食品销售；货物进出口" * 4}})
    for at in range(first, last):
        mixed = at * 2_654_435_761 % 2**32
        city = CITIES[mixed % 14]
        values = {
            "id": f"s-{at:08d}", "version": 1, "kind": "enterprise" if mixed % 3 else "sole_trader",
            "name": f"{('南宁', '柳州', '桂林', '玉林')[mixed % 4]}第{mixed:010d}乳业有限公司",
            "code": f"code-{at:08d}", "region": f"{city}{mixed // 14 % 5 + 1:02d}",
            "city": f"{city}00", "status": "revoked" if mixed % 100 == ODD else "active",
            "industry": "1441", "category": None, "doubtful": mixed % 50 == ODD, "shared": True,
            "tags": "[]", "sealed": "{}", "code_index": None, "row_seal": "-", "body": body,
        }  # fmt: skip
        yield [values[column.name] for column in subject.columns]


def fill(engine: Engine, first: int, last: int) -> None:
    """Write the subjects from ``first`` up to ``last``, with their tags, then index them."""
    indexes = [*subject.indexes, *subject_tag.indexes]
    for index in indexes:
        index.drop(engine)
    for at in range(first, last, 20_000):
        chunk = list(rows(at, min(at + 20_000, last)))
        with engine.begin() as connection:
            insert_rows(connection, subject, chunk)
            common = [(one[0], "t-common", one[3]) for one in chunk[::10]]
            rare = [(one[0], "t-rare", one[3]) for one in chunk if str(one[0]) < "s-00000200"]
            insert_rows(connection, subject_tag, [*common, *rare])
    for index in indexes:
        index.create(engine)


def milliseconds(
    engine: Engine, filter: SubjectFilter, order: str, pages: int
) -> tuple[float, float]:
    """Give median and 99th percentile of reading pages one after the other."""
    queries, taken, cursor = SqlSubjectQueries(engine), list[float](), None
    for _ in range(pages):
        started = time.perf_counter()
        page = queries.page(filter, PageRequest(size=20, cursor=cursor, order=order))
        taken.append((time.perf_counter() - started) * 1_000)
        cursor = page.next_cursor
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--dsn", default="")
    asked = parser.parse_args()
    sizes = sorted(asked.sizes)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(
            asked.dsn or f"sqlite:///{Path(folder) / 'paging.db'}",
            sealing=sealing_in(Path(folder)),
        )
        migrate(engine)
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in CASES}
        done = 0
        for size in sizes:
            fill(engine, done, size)
            done = size
            if engine.dialect.name == "postgresql":
                with engine.begin() as connection:
                    connection.execute(text("ANALYZE"))
            for name, (filter_, order) in CASES.items():
                milliseconds(engine, filter_, order, asked.pages)  # warm
                found[name].append(milliseconds(engine, filter_, order, asked.pages))
            sys.stderr.write(f"{size} rows measured\n")
        engine.dispose()
    out = [f"Engine: {engine.dialect.name}. Median (99th percentile) milliseconds a page of 20."]
    out += [
        "",
        "| filter | " + " | ".join(f"{size:,} rows" for size in sizes) + " | last ÷ first |",
    ]
    out.append("|---" * (len(sizes) + 2) + "|")
    for name, times in found.items():
        cells = " | ".join(f"{median:.2f} ({tail:.2f})" for median, tail in times)
        out.append(f"| {name} | {cells} | {times[-1][0] / times[0][0]:.2f} |")
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
