"""Pages of 20 subjects at 60,000, 600,000 and 6,000,000 rows, by every indexed filter and order.

    python -m benchmarks.paging [--sizes 60000 600000 6000000] [--postgres URL]

Rows are written past the aggregates, by the same table; pages are read by the product's query
port, cold caches aside. Each round reads 200 pages one after the other; figures are those of one.
"""

import json
import statistics
import time
from collections.abc import Iterator
from functools import partial

from benchmarks._databases import databases
from benchmarks._measuring import Asked, Case, Sample, measure
from sqlalchemy import Engine, text

from adapters.sql.engine.bulk import insert_rows
from adapters.sql.subject_queries import SqlSubjectQueries
from adapters.sql.subjects import subject, subject_tag
from supervision_core.kernel.paging import PageRequest
from supervision_core.subjects.model import SubjectKind, SubjectStatus
from supervision_core.subjects.ports import SubjectFilter

PAGES = 200
CITIES = [f"45{city:02d}" for city in range(1, 15)]
CASES = {
    "无条件，按名称": (SubjectFilter(), ""),
    "无条件，按编号": (SubjectFilter(), "id"),
    "县": (SubjectFilter(region="450103"), ""),
    "市": (SubjectFilter(region="450100"), ""),
    "种类": (SubjectFilter(kind=SubjectKind.ENTERPRISE), ""),
    "状态，百里挑一": (SubjectFilter(status=SubjectStatus.REVOKED), ""),
    "标签，十里挑一": (SubjectFilter(tags=frozenset({"t-common"})), ""),
    "标签，一共200个": (SubjectFilter(tags=frozenset({"t-rare"})), ""),
    "存疑，五十里挑一": (SubjectFilter(doubtful=True), ""),
    "名称前缀": (SubjectFilter(name_prefix="南宁"), ""),
    "统一社会信用代码": (SubjectFilter(code="code-00000777"), ""),
    "市 + 状态 + 部门": (
        SubjectFilter(region="450100", status=SubjectStatus.ACTIVE, departments=frozenset({"d-1"})),
        "",
    ),
}
ODD = 7
NO_EXTRAS = '{"number":0,"values":{}}'


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
            "industry": "1441", "category": None, "doubtful": mixed % 50 == ODD,
            "deleted": False, "extras": NO_EXTRAS, "principal": None,
            "principal_index": None, "shared": True,
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


def read(engine: Engine, filter: SubjectFilter, order: str) -> Sample:
    """Read pages one after the other: what one took."""
    queries, taken, cursor, busy = (
        SqlSubjectQueries(engine),
        list[float](),
        None,
        time.process_time(),
    )
    for _ in range(PAGES):
        started = time.perf_counter()
        page = queries.page(filter, PageRequest(size=20, cursor=cursor, order=order))
        taken.append(time.perf_counter() - started)
        cursor = page.next_cursor
    processor = (time.process_time() - busy) / PAGES
    late = statistics.quantiles(taken, n=100)[98] * 1_000
    return Sample(statistics.median(taken), processor, {"第99百分位，毫秒": late})


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give each filter on each kind of database."""
    for kind, (engine,) in databases(asked.postgres):
        fill(engine, 0, size)
        if engine.dialect.name == "postgresql":
            with engine.begin() as connection:
                connection.execute(text("ANALYZE"))
        for name, (filter_, order) in CASES.items():
            yield Case(f"{kind}，{name}", {"产品": partial(read, engine, filter_, order)}, warm=1)


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(60_000, 600_000, 6_000_000), small=(50, 100))
