"""Who reaches many departments is shown what is theirs, and nobody asks for it by all their ids."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event

from adapters.sql.ports import sql_transactions
from supervision_core.identity.lists import DEPARTMENTS
from supervision_core.identity.model import AllOf, InRegion, OwnedBy
from supervision_core.identity.ports import Departments
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import PageRequest, every_page
from supervision_core.testing.directory import a_department

MANY = [f"d-{at:03}" for at in range(160)]


@pytest.fixture
def asked(sqlite_engine: Engine) -> Iterator[tuple[Engine, list[Any]]]:
    """Give a database of 160 departments, and with which values selects are carried out."""
    with sql_transactions(sqlite_engine).begin() as unit:
        for at, one in enumerate(MANY):
            unit[Departments].save(a_department(one, order=at, region="450103"))
        unit.commit()
    told: list[Any] = []

    def note(*said: Any) -> None:
        if said[2].startswith("SELECT"):
            told.append(said[3])

    event.listen(sqlite_engine, "before_cursor_execute", note)
    yield sqlite_engine, told
    event.remove(sqlite_engine, "before_cursor_execute", note)


def _shown(engine: Engine, own: frozenset[str], size: int) -> list[str]:
    reach = AllOf((InRegion("450100"), OwnedBy(own)))
    with sql_transactions(engine).begin_reading() as unit:
        lists, wanted = unit[Lists], ListFilter(reach=reach)

        def page(request: PageRequest) -> Any:
            return lists.page(DEPARTMENTS, wanted, PageRequest(size=size, cursor=request.cursor))

        return [row.id for found in every_page(page) for row in found.items]


@pytest.mark.parametrize("size", [7, 20, 159, 200])
def test_whoever_reaches_many_is_shown_these_and_no_other(
    asked: tuple[Engine, list[Any]], size: int
) -> None:
    """Whichever they are, and wherever the others stand: page by page, in their order."""
    for others in ([], MANY[:1], MANY[6:8], MANY[-1:], MANY[19::31], MANY[::3]):
        own = frozenset(MANY) - frozenset(others)
        assert _shown(asked[0], own, size) == sorted(own)


def test_a_page_of_own_rows_is_asked_for_without_their_ids(
    asked: tuple[Engine, list[Any]],
) -> None:
    """Where another department's stands in between, it is asked for with them."""
    engine, told = asked
    whole = frozenset(MANY)

    def with_ids(own: frozenset[str]) -> int:
        told.clear()
        assert _shown(engine, own, 200) == sorted(own)
        return sum("d-005" in str(one) for one in told)

    assert with_ids(whole) == 0
    assert with_ids(whole - {"d-030"}) == 1
    assert with_ids(frozenset(MANY[:20])) == 1
