"""Handbooks in tables as in memory: what is published, how often it was read, the list."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine

from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.sql.ports import sql_transactions
from supervision_core.handbooks.lists import HANDBOOKS
from supervision_core.handbooks.model import ReadingChannel, ReadingCounts
from supervision_core.handbooks.ports import HandbookReadings, Handbooks, PublishedHandbooks
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.ports import Transactions
from supervision_core.testing.handbooks import AT, BY, full_handbook

DAY = date(2026, 3, 2)


@pytest.fixture(params=["memory", "tables"])
def kept(request: pytest.FixtureRequest) -> Transactions:
    """Give transactions over one published handbook, a withdrawn one and a draft's."""
    made: dict[str, Callable[[], Transactions]] = {
        "memory": lambda: memory_transactions(MemoryStore()),
        "tables": lambda: sql_transactions(_engine(request)),
    }
    transactions = made[request.param]()
    with transactions.begin() as unit:
        for name in ("one", "two"):
            unit[Handbooks].save(full_handbook(name))
        gone = full_handbook("gone")
        gone.withdraw(at=AT, by=BY)
        unit[Handbooks].save(gone)
        unit.commit()
    return transactions


def _engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.getfixturevalue("sqlite_engine")
    return found


def test_readings_are_counted_by_channel(kept: Transactions) -> None:
    """Days and channels add up; what was never opened has no count."""
    public, staff = ReadingChannel.PUBLIC, ReadingChannel.STAFF
    for channel, day in ((public, 2), (public, 2), (public, 3), (staff, 2)):
        with kept.begin() as unit:
            unit[HandbookReadings].count("one", channel, DAY.replace(day=day))
            unit.commit()
    with kept.begin() as unit:
        found = unit[HandbookReadings].of(["one", "two"])
        assert found == {"one": ReadingCounts(public=3, staff=1)}
        rows = unit[Lists].page(HANDBOOKS, ListFilter(), PageRequest()).items
        assert sorted(one.id for one in rows) == ["gone", "one", "two"]
        assert HANDBOOKS.counting["reads"](unit, [one.id for one in rows]) == {"one": 4}


def test_only_what_is_published_is_given_to_everybody(kept: Transactions) -> None:
    """The newest version, not the draft; by trade, scene, region and text; nobody's name in it."""
    with kept.begin() as unit:
        public = unit[PublishedHandbooks]
        assert [one.id for one in public.find()] == ["one", "two"]
        asked: list[tuple[dict[str, str], int]] = [
            ({"trade": "trade-1", "scene": "scene-1"}, 2), ({"trade": "trade-2"}, 0),
            ({"region": "450100"}, 2), ({"region": "440000"}, 0),
            ({"text": "书面旅游合同"}, 2), ({"text": "不曾写过"}, 0),
        ]  # fmt: skip
        assert [len(public.find(**one)) for one, _ in asked] == [count for _, count in asked]
        told = public.read("one")
        assert (told.version, told.sections[-1].elements[0].risk != "") == (2, True)
        assert "user-" not in repr(told)
        with pytest.raises(NotFound):
            public.read("gone")
