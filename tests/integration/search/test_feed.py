"""An index that follows the log: soon after the write, mended when it is not as it should be."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import define, evolve
from sqlalchemy import Engine

from adapters.search.tantivy_index import TantivyIndex
from adapters.sql.engine.lists import ListSource
from adapters.sql.lists import source_of
from adapters.sql.ports import sql_transactions
from entrypoints.searching import searched_lists
from supervision_core.checklists.lists import CHECKLISTS
from supervision_core.identity.model import Actor, DataScope
from supervision_core.identity.services import Commands
from supervision_core.identity.services.finding import (
    FindByFragment,
    finding,
)
from supervision_core.identity.services.searching import SearchFeed
from supervision_core.kernel.paging import BadCursor, PageRequest
from supervision_core.kernel.ports import Clock, Ids, Transactions
from supervision_core.kernel.search import (
    FragmentTooShort,
    IndexPlace,
    IndexUnusable,
    SearchIndex,
    SearchSource,
)
from supervision_core.subjects.lists import SUBJECTS
from supervision_core.subjects.model import SubjectStatus
from supervision_core.subjects.ports import Subjects
from supervision_core.subjects.services import (
    CorrectSubject,
    RegisterSubject,
    correct_subject,
    register_subject,
)
from supervision_core.tasks.lists import TASKS
from supervision_core.testing.offices import keep_directory
from supervision_core.testing.subjects import full_subject_draft
from supervision_core.testing.units import refuses

START = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@define
class _Clock(Clock):
    at: datetime = START

    def now(self) -> datetime:
        return self.at


@define
class _Ids(Ids):
    count: int = 0

    def next_id(self) -> str:
        self.count += 1
        return f"s-{self.count:04}"


def _actor(region: str) -> Actor:
    return Actor(
        user=f"of-{region}",
        department="",
        scope=DataScope(region=region),
        permissions=frozenset({"subjects.*"}),
    )


@define
class World:
    """A database, its index, and who works with both."""

    transactions: Transactions
    index: SearchIndex
    commands: Commands
    clock: _Clock
    feed: SearchFeed

    def add(self, name: str, number: int, region: str = "450103") -> str:
        """Register a firm."""
        draft = evolve(full_subject_draft(f"91450100MA5TE{number:04}"), name=name, region=region)
        command = RegisterSubject(draft=draft)
        return self.commands.run(register_subject, command, actor=_actor("450000"))

    def found(self, text: str, region: str = "450000", **page: Any) -> Any:
        """Find firms."""
        about = FindByFragment(text=text, page=PageRequest(**page))
        return self.commands.ask(finding(SUBJECTS), about, actor=_actor(region))

    def names(self, text: str, region: str = "450000") -> list[str]:
        """Give the names of what is found by the index."""
        found = self.found(text, region)
        assert found.by_index
        return [one.name for one in found.items]


@pytest.fixture
def world(sqlite_engine: Engine, tmp_path: Path) -> World:
    """Give an empty world with an index."""
    index, clock = TantivyIndex(tmp_path / "search"), _Clock()
    transactions = sql_transactions(sqlite_engine, {SearchIndex: lambda _connection: index})
    feed = SearchFeed(transactions, index, (SUBJECTS, TASKS, CHECKLISTS))
    with transactions.begin() as unit:
        keep_directory(unit, ())
        unit.commit()
    feed.rebuild()
    return World(transactions, index, Commands(transactions, clock, _Ids()), clock, feed)


@pytest.mark.function("F022")
def test_what_is_written_is_found_and_what_changed_found_anew(world: World) -> None:
    """Firms, renamed ones, and their state: each as the next look at the log leaves it."""
    one = world.add("南宁示例乳业有限公司", 1)
    assert world.feed.keep() == 1
    assert world.names("示例乳业") == world.names("nnsl") == ["南宁示例乳业有限公司"]
    two = world.add("南宁示例店", 2)
    world.feed.keep()
    assert sorted(world.names("示例")) == ["南宁示例乳业有限公司", "南宁示例店"]
    with world.commands.transactions.begin() as unit:
        over = unit[Subjects].get(two)
        over.change_status(SubjectStatus.DEREGISTERED, at=world.clock.now())
        unit[Subjects].save(over)
        unit.commit()
    world.feed.keep()
    assert world.names("示例") == ["南宁示例乳业有限公司", "南宁示例店"]
    draft = evolve(full_subject_draft("91450100MA5TE0001"), name="南宁样板乳业", region="450103")
    renamed = CorrectSubject(subject_id=one, draft=draft)
    world.commands.run(correct_subject, renamed, actor=_actor("450000"))
    assert world.names("示例乳业") == []  # the index does not know yet, and shows nothing wrong
    world.feed.keep()
    assert world.names("样板") == ["南宁样板乳业"]


def test_nobody_finds_what_lies_out_of_reach(world: World) -> None:
    """A county finds its own; counts tell nothing of what others have."""
    world.add("南宁示例一店", 1, "450103")
    world.add("柳州示例二店", 2, "450200")
    world.feed.keep()
    for region, count in (("450000", 2), ("450100", 1), ("450103", 1), ("450105", 0)):
        found = world.found("示例", region)
        assert (len(found.items), found.count) == (count, count)


def test_an_index_that_lies_shows_nothing_foreign(world: World) -> None:
    """What an index says is read again through the scope: tampering with it gains nothing."""
    one = world.add("柳州示例二店", 2, "450200")
    world.feed.keep()
    with world.transactions.begin() as unit:
        (entry,) = unit[SearchSource].entries(SUBJECTS, [one])
    world.index.change([evolve(entry, region="450103")], [], world.index.place())
    found = world.found("示例", "450103")
    assert (found.by_index, found.items, found.count) == (True, (), 0)


def test_what_left_ones_reach_since_is_neither_shown_nor_counted(world: World) -> None:
    """Between the index and the question a firm moved to another county, by a command.

    The control: whoever reaches both counties finds it where it is now.
    """
    one = world.add("南宁示例一店", 1, "450103")
    world.feed.keep()
    assert world.found("示例", "450103").count == 1
    draft = evolve(full_subject_draft("91450100MA5TE0001"), name="南宁示例一店", region="450100")
    moved = CorrectSubject(subject_id=one, draft=draft)
    world.commands.run(correct_subject, moved, actor=_actor("450000"))
    left, wide = world.found("示例", "450103"), world.found("示例", "450100")
    assert (left.by_index, left.items, left.count) == (True, (), 0)
    assert [(each.region, wide.count) for each in wide.items] == [("450100", 1)]


def test_pages_go_on_and_belong_to_their_text(world: World) -> None:
    """Every firm once, whatever the size of a page; a cursor of another text is refused."""
    for number in range(7):
        world.add(f"南宁示例{number}店", number)
    world.feed.keep()
    seen, cursor = list[str](), None
    while True:
        found = world.found("示例", size=3, cursor=cursor)
        assert found.count == 7
        seen += [one.id for one in found.items]
        if found.next_cursor is None:
            break
        cursor = found.next_cursor
    assert len(seen) == len(set(seen)) == 7
    first = world.found("示例", size=3)
    with refuses(BadCursor):
        world.found("南宁", size=3, cursor=first.next_cursor)
    with refuses(FragmentTooShort):
        world.found("店")


def test_an_index_that_is_behind_is_not_asked(world: World) -> None:
    """Ten seconds behind: beginnings and codes are found by SQL, and the answer says so."""
    world.add("南宁示例一店", 1)
    assert world.found("示例").by_index  # it was a moment ago
    world.clock.at += timedelta(seconds=11)
    found = world.found("示例")
    assert (found.by_index, found.items) == (False, ())
    begun = world.found("南宁示")
    assert (begun.by_index, [one.name for one in begun.items]) == (False, ["南宁示例一店"])
    coded = world.found(begun.items[0].code)
    assert [one.name for one in coded.items] == ["南宁示例一店"]
    assert world.found("南宁示", "450105").items == ()
    world.feed.keep()
    assert world.names("示例") == ["南宁示例一店"]


def _looked_at(world: World) -> None:
    """Look at an index as the worker does."""
    world.index.check()
    world.feed.follow()


@pytest.mark.parametrize("harm", ["absent", "foreign", "longer", "damaged"])
def test_an_unusable_index_is_mended(world: World, tmp_path: Path, harm: str) -> None:
    """Missing, damaged, or of another database: never a wrong answer, and built anew."""
    world.add("南宁示例一店", 1)
    world.feed.keep()
    place = world.index.place()
    match harm:
        case "absent":
            (tmp_path / "search" / "current").unlink()
        case "foreign":
            world.index.change([], [], evolve(place, leaf="00"))
        case "longer":
            world.index.change([], [], IndexPlace(place.next + 5, place.leaf))
        case _:
            for file in (tmp_path / "search").rglob("*.term"):
                file.unlink()
            (tmp_path / "search" / "1" / "meta.json").write_text("{", encoding="utf-8")
    found = world.found("南宁示例")
    assert (found.by_index, len(found.items)) == (False, 1)
    with pytest.raises(IndexUnusable):
        _looked_at(world)
    world.feed.rebuild()
    world.index.check()
    assert world.names("示例") == ["南宁示例一店"]
    assert not list((tmp_path / "search").glob("1/*"))


def test_changes_during_a_rebuild_are_not_lost(world: World) -> None:
    """What is written while an index is built is followed afterwards."""
    world.add("南宁示例一店", 1)
    late = list[str]()

    def say(_title: str, _count: int) -> None:
        if not late:
            late.append(world.add("南宁示例二店", 2))

    SearchFeed(world.transactions, world.index, (TASKS, SUBJECTS, CHECKLISTS), say).rebuild()
    world.feed.keep()
    assert sorted(world.names("示例")) == ["南宁示例一店", "南宁示例二店"]


def test_rows_of_an_archived_log_lead_to_a_new_index(world: World, sqlite_engine: Engine) -> None:
    """An index whose next rows are gone from the log cannot follow, and is built anew."""
    world.add("南宁示例一店", 1)
    world.add("南宁示例二店", 2)
    with sqlite_engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM audit_row WHERE position = 0")
    with pytest.raises(IndexUnusable):
        world.feed.follow()
    assert world.feed.keep() == 2
    assert len(world.names("示例")) == 2


def test_every_list_that_is_searched_says_where_its_rows_stand() -> None:
    """A list without its departments is found by nobody, or keeps the index from being made."""
    sources = [source_of(one) for one in searched_lists()]
    assert len(sources) > 3
    assert all(isinstance(one, ListSource) and one.standing.owners is not None for one in sources)
