"""What somebody may not see leaves no trace in what he sees: neither in rows nor in counts."""

import shutil
import statistics
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from tests.integration.listing.test_contract import QUERIES, peopled, told

from adapters.sql.engine.database import open_engine
from adapters.sql.ports import sql_transactions
from adapters.sql.sealing.protection import Sealing
from supervision_core.identity.model import DataScope, reached_by
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.listing import ListFilter, ListQuery, Lists, reaching
from supervision_core.kernel.paging import FIRST_PAGE
from supervision_core.kernel.ports import Transactions
from supervision_core.kernel.registers import Reading
from supervision_core.subjects.lists import SUBJECTS
from supervision_core.subjects.ports import Subjects
from supervision_core.testing.paging import REGIONS, subject_number

CITY = DataScope(region="450100").predicate()
OWNED = tuple(
    one for one in QUERIES if one.read is Reading.OWNER and not one.public and not one.partial
)
Rooted = tuple[type[Any], Any]


@pytest.fixture
def another_engine(
    migrated_sqlite_file: Path, tmp_path: Path, sealing: Sealing
) -> Iterator[Engine]:
    """Give another empty database."""
    path = tmp_path / "another.db"
    shutil.copy(migrated_sqlite_file, path)
    engine = open_engine(f"sqlite:///{path}", sealing=sealing)
    yield engine
    engine.dispose()


def everything() -> list[Rooted]:
    """Give all that the whole region has."""
    return [*peopled(), *((Subjects, subject_number(at)) for at in range(48))]


def _within(query: ListQuery[Any], those: Iterable[Rooted]) -> set[str]:
    """Give the ids of what the city reaches of a list."""
    known = {(port, root.id): root for port, root in those}

    def get(port: type[Any], id_: str) -> Any:
        try:
            return known[port, id_]
        except KeyError:
            raise NotFound(port.kind, id_) from None

    reaches = reaching(query, reached_by(CITY), get)
    return {root.id for port, root in known.items() if port[0] is query.port if reaches(root)}


def _holding(engine: Engine, those: Iterable[Rooted]) -> Transactions:
    transactions = sql_transactions(engine)
    with transactions.begin() as unit:
        for port, root in those:
            root.version = 0
            unit[port].save(root)
        unit.commit()
    return transactions


def test_what_is_out_of_reach_changes_nothing(
    sqlite_engine: Engine, another_engine: Engine
) -> None:
    """Rows, pages, counts and tallies of a city: with all of the region, and with its own alone.

    Control: whoever reaches everything is told more by the one than by the other.
    """
    those = everything()
    near = {query.port: _within(query, those) for query in OWNED}
    own = [(port, root) for port, root in those if port not in near or root.id in near[port]]
    whole, alone = _holding(sqlite_engine, those), _holding(another_engine, own)
    wanted, control = ListFilter(reach=CITY), ListFilter()
    differing = [one.name for one in OWNED if told(whole, one, wanted) != told(alone, one, wanted)]
    assert differing == []
    assert [one.name for one in OWNED if told(whole, one, control) != told(alone, one, control)]


@pytest.mark.slow
def test_what_is_out_of_reach_takes_no_time(sqlite_engine: Engine, another_engine: Engine) -> None:
    """A page and a count of a county take as long whether the next one has ten firms or 5,000.

    Of processor time, medians of 200 in turns: less than a quarter apart. Control: a scan of
    all tells them apart.
    """
    here, there = REGIONS.index("450103"), REGIONS.index("450203")
    own = [(Subjects, subject_number(here + at * len(REGIONS))) for at in range(10)]
    others = [(Subjects, subject_number(there + at * len(REGIONS))) for at in range(5_000)]
    ways = {
        "few": _holding(another_engine, own + others[:10]),
        "many": _holding(sqlite_engine, own + others),
    }
    county = DataScope(region=own[0][1].region).predicate()

    def apart(wanted: ListFilter) -> float:
        taken: dict[str, list[float]] = {"few": [], "many": []}
        for turn in range(400):
            way = sorted(ways)[turn % 2]
            with ways[way].begin_looking() as unit:
                began = time.process_time()
                unit[Lists].page(SUBJECTS, wanted, FIRST_PAGE)
                unit[Lists].count(SUBJECTS, wanted)
                taken[way].append(time.process_time() - began)
        few, many = (statistics.median(taken[one]) for one in ("few", "many"))
        return many / few

    assert 0.75 < apart(ListFilter(reach=county)) < 1.25
    assert apart(ListFilter(asked={"name": "没有这样"})) > 1.5
