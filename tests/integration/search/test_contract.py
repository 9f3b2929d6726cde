"""Search by fragments: memory is the definition, tantivy must find the same in the same order."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.integration.listing.test_contract import REACHES, Both, both, everything

from adapters.memory.search import MemorySearchIndex
from adapters.search.tantivy_index import TantivyIndex
from entrypoints.searching import searched_lists
from supervision_core.kernel.listing import ListFilter, ListQuery
from supervision_core.kernel.search import (
    INEXACT,
    Hits,
    IndexBusy,
    IndexPlace,
    IndexUnusable,
    SearchEntry,
    SearchIndex,
    SearchSource,
    SearchWanted,
    folded,
    fragments,
    holds,
    rank_of,
)
from supervision_core.testing.tasks import FARM, LEAD

__all__ = ["both"]

OFTEN = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
NAMES = st.text("南宁乳业有限公司重庆行长Kfc\uff21店（）·1 ", max_size=14) | st.sampled_from(
    ["南宁示例乳业有限公司", "重庆火锅店", "KFC餐厅", "司有限公", "有限公司有限公司"]
)
CODES = st.sampled_from(["", "91450100MA5TEST01X", "RW20260407001", "南宁"])
REGIONS = ("450000", "450100", "450103", "450127", "450200", "450203", "")
DEPARTMENTS = ("d-0", "d-1", "d-2", LEAD, FARM)


@st.composite
def entries(draw: st.DrawFn) -> SearchEntry:
    """Give an entry in which everything varies."""
    name, number = folded(draw(NAMES)), draw(st.integers(0, 30))
    owners = draw(st.frozensets(st.sampled_from(DEPARTMENTS), max_size=3))
    lead = draw(st.sampled_from(["", *sorted(owners)]))
    return SearchEntry(
        kind=draw(st.sampled_from(["subject", "task"])),
        id=f"n-{number:02}",
        name=name,
        code=folded(draw(CODES)),
        region=draw(st.sampled_from(REGIONS)),
        departments=owners,
        lead=lead,
        parties=draw(st.frozensets(st.sampled_from(["f-1", "f-2"]))),
        rank=rank_of(f"n-{number:02}", draw(st.integers(0, 2))),
    )


FRAGMENTS = st.text("南宁乳业有限公司cqzqhznnkfc1", min_size=2, max_size=8)


@st.composite
def wanted(draw: st.DrawFn, known: list[SearchEntry]) -> SearchWanted:
    """Give a question, half of them for a piece of a name that is there."""
    named = [one for one in (folded(one.name) for one in known) if len(one) > 1]
    pieces = FRAGMENTS | CODES.map(folded).filter(lambda one: len(one) > 1)
    if named:
        start, length = draw(st.integers(0, 9)), draw(st.integers(2, 6))
        part = draw(st.sampled_from(named))
        pieces |= st.just(part[start % (len(part) - 1) :][:length])
    places = [(one.rank | draw(st.sampled_from([0, INEXACT])), one.id) for one in known]
    after = draw(st.none() | st.sampled_from(places or [(0, "")]))
    return SearchWanted(
        kind=draw(st.sampled_from(["subject", "task"])),
        fragments=tuple(draw(st.lists(pieces, min_size=1, max_size=2))),
        reach=draw(REACHES),
        after=after,
        most=draw(st.integers(1, 8)),
        counted=draw(st.integers(1, 12)),
    )


def built(index: SearchIndex, known: list[SearchEntry], place: IndexPlace) -> None:
    """Build an index anew."""
    with index.rebuild() as building:
        building.add(known)
        building.finish(place)


def of_ids(known: list[SearchEntry]) -> list[SearchEntry]:
    """Give the last entry of each kind and id."""
    return list({(one.kind, one.id): one for one in known}.values())


@pytest.fixture(params=[0, 100], ids=["in_the_order_of_ranks", "as_a_whole"])
def tantivy(tmp_path: Path, request: pytest.FixtureRequest) -> TantivyIndex:
    """Give an index in a folder, for which every fragment is frequent, or none."""
    return TantivyIndex(tmp_path / "search", frequent=request.param)


@pytest.mark.function("F022")
@OFTEN
@given(data=st.data())
def test_tantivy_finds_what_the_definition_finds(
    tantivy: TantivyIndex, data: st.DataObject
) -> None:
    """Whatever names there are, and whatever is changed or gone: the same things, order, count."""
    memory = MemorySearchIndex()
    known = of_ids(data.draw(st.lists(entries(), max_size=20)))
    new = of_ids(data.draw(st.lists(entries(), max_size=5)))
    gone = data.draw(st.sets(st.sampled_from([(one.kind, one.id) for one in known] or [("", "")])))
    gone -= {(one.kind, one.id) for one in new}
    changes = data.draw(st.booleans())
    for index in (memory, tantivy):
        built(index, known, IndexPlace(3, "a"))
        if changes:
            index.change(new, gone, IndexPlace(5, "b"))
        assert index.place() == (IndexPlace(5, "b") if changes else IndexPlace(3, "a"))
    for _ in range(6):
        asked = data.draw(wanted(known + new))
        assert tantivy.find(asked) == memory.find(asked), asked


def test_a_wrong_index_is_caught(tantivy: TantivyIndex) -> None:
    """Negative control: an index that lacks an entry finds something else."""
    one = SearchEntry(
        kind="subject", id="n-1", name="南宁示例乳业", code="", region="450100", rank=1
    )
    memory, asked = MemorySearchIndex(), SearchWanted(kind="subject", fragments=("示例",))
    built(memory, [one], IndexPlace())
    built(tantivy, [], IndexPlace())
    assert memory.find(asked) != tantivy.find(asked)


def test_what_is_called_as_is_asked_for_comes_first(tantivy: TantivyIndex) -> None:
    """The whole name, or the whole code, is before whatever only holds it, on the first page."""
    names = ["示例店一分店", "示例店", "新示例店", "老示例店"]
    known = [
        SearchEntry(
            kind="subject", id=f"n-{at}", name=name, code="", region="450100",
            rank=rank_of(f"n-{at}", 0 if at else 1),
        )
        for at, name in enumerate(names)
    ]  # fmt: skip
    built(tantivy, known, IndexPlace())
    asked = SearchWanted(kind="subject", fragments=("示例店",), most=2)
    first = tantivy.find(asked)
    assert first.hits[0].id == "n-1"
    last = first.hits[-1]
    rest = tantivy.find(evolve(asked, after=(last.rank, last.id)))
    assert {one.id for one in (*first.hits, *rest.hits)} == {"n-0", "n-1", "n-2", "n-3"}
    assert rest.hits[-1].id == "n-0"


def test_a_page_behind_what_is_counted_is_found(tantivy: TantivyIndex) -> None:
    """Counting ends early, turning pages does not."""
    known = [
        SearchEntry(
            kind="subject", id=f"n-{at:02}", name="示例店", code="", region="450100",
            rank=rank_of(f"n-{at:02}", 0),
        )
        for at in range(60)
    ]  # fmt: skip
    built(tantivy, known, IndexPlace())
    ranked = sorted(known, key=lambda one: one.rank)
    for fragment in ("示例", "sl", "sld"):
        asked = SearchWanted(
            kind="subject", fragments=(fragment,), counted=5, most=2,
            after=(ranked[40].rank | INEXACT, ranked[40].id),
        )  # fmt: skip
        found = tantivy.find(asked)
        assert [one.id for one in found.hits] == [one.id for one in ranked[41:43]]
        assert found.count == asked.counted


def test_fragments_are_what_one_types() -> None:
    """Words of two signs or more, of one width and case, without what stands between signs."""
    assert fragments("  南宁（示例） \uff21\uff22 店 c·q ") == ("南宁示例", "ab", "cq")
    assert holds("重庆火锅店", "", "cqhg")
    assert holds("重庆火锅店", "", "zqhg")
    assert holds("KFC餐厅", "", "kfcct")
    assert holds("某店", "91450100MA5TEST01X", "91450100ma5test01x")
    assert not holds("某店", "91450100MA5TEST01X", "9145")
    assert not holds("南宁乳业", "", "宁业")


@pytest.mark.parametrize("query", searched_lists(), ids=lambda one: one.name)
def test_databases_give_the_entries_of_the_definition(both: Both, query: ListQuery[object]) -> None:
    """By ids or one after the other: entries say of each thing what its aggregate says."""
    ids = [one.id for one in everything(query)]
    said = []
    for transactions in both:
        with transactions.begin() as unit:
            source = unit[SearchSource]
            found = source.entries(query, [*ids, "absent"])
            assert {one.id for one in found} <= set(ids)
            pages: list[SearchEntry] = []
            last: str | None = ""
            while last is not None:
                more, last = source.entries_after(query, last, 5)
                pages += more
            said.append((sorted(found, key=lambda one: one.id), pages))
    assert said[0] == said[1]
    assert said[0][0] == said[0][1]
    assert said[0][0]


@pytest.mark.parametrize("query", searched_lists(), ids=lambda one: one.name)
@OFTEN
@given(data=st.data())
def test_databases_give_rows_within_reach_alone(
    both: Both, query: ListQuery[object], data: st.DataObject
) -> None:
    """What an index named is read again through the scope; so is what begins with a text."""
    ids = data.draw(st.lists(st.sampled_from([one.id for one in everything(query)]), unique=True))
    filter_ = ListFilter(reach=data.draw(REACHES))
    text = data.draw(st.sampled_from(["南", "南宁", "检查", "乳", "code-0007", "RW", "none"]))
    said = []
    for transactions in both:
        with transactions.begin() as unit:
            source = unit[SearchSource]
            rows = source.rows(query, ids, filter_)
            said.append((rows, source.rows_called(query, text, filter_, 7)))
    assert list(said[0][0]) == list(said[1][0])
    assert said[0][1] == said[1][1]


def test_who_is_a_person_stands_in_no_index(both: Both) -> None:
    """The name of a natural person is sealed: it comes neither into an index nor out of names."""
    for transactions in both:
        with transactions.begin() as unit:
            for query in searched_lists():
                everyone = [one.id for one in everything(query)]
                found = unit[SearchSource].entries(query, everyone)
                rows = unit[SearchSource].rows(query, everyone, ListFilter())
                people = {one.id for one in rows if getattr(one, "kind", "") == "person"}
                assert not people & {one.id for one in found}
                if query.name == "subjects.subject":
                    assert people


def test_an_absent_index_says_so(tantivy: TantivyIndex) -> None:
    """Where nothing was built nothing is found, and that is no empty answer."""
    with pytest.raises(IndexUnusable):
        tantivy.find(SearchWanted(kind="subject", fragments=("示例",)))
    with pytest.raises(IndexUnusable):
        tantivy.place()


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(
        one for one in folder.rglob("*.*") if one.suffix in {".idx", ".term", ".fast"}
    )


@pytest.mark.parametrize("harm", ["flip", "cut", "gone", "meta", "place", "current"])
def test_damage_is_noticed(tmp_path: Path, harm: str) -> None:
    """A changed, shortened or missing part of an index is noticed by who looks at it."""
    index = TantivyIndex(tmp_path)
    some = [
        SearchEntry(kind="subject", id=f"n-{at}", name=f"示例{at}店", code="", region="45", rank=at)
        for at in range(50)
    ]
    built(index, some, IndexPlace(1, "a"))
    index.check()
    folder = tmp_path / "1"
    part = next(_files(folder))
    match harm:
        case "flip":
            body = bytearray(part.read_bytes())
            body[0] ^= 1
            part.write_bytes(body)
        case "cut":
            body = bytearray(part.read_bytes())
            part.unlink()
            part.write_bytes(body[: len(body) // 2])
        case "gone":
            part.unlink()
        case "meta":
            (folder / "meta.json").write_text("{", encoding="utf-8")
        case "place":
            (folder / "place.json").unlink()
        case _:
            (tmp_path / "current").unlink()
    with pytest.raises(IndexUnusable):
        TantivyIndex(tmp_path).check()
    built(index, some, IndexPlace(2, "b"))
    index.check()
    found = index.find(SearchWanted(kind="subject", fragments=("示例",), most=3))
    assert found.count == len(some)


def test_files_that_are_gone_are_known_no_longer(tmp_path: Path) -> None:
    """A check that goes on for years remembers the files that there are, and no former one."""
    index = TantivyIndex(tmp_path)
    built(index, [], IndexPlace())
    remembered = []
    for at in range(40):
        one = SearchEntry(kind="subject", id="n-1", name=f"{at}店", code="", region="45", rank=1)
        index.change([one], [], IndexPlace(at + 1, "a"))
        index.check()
        remembered.append({name for name, *_ in index._sound})
        assert remembered[-1] <= {one.name for one in (tmp_path / "1").iterdir()}
    assert remembered[0].isdisjoint(remembered[-1])


def test_one_process_writes(tmp_path: Path) -> None:
    """Who wants to write while another does is told so, and reads meanwhile."""
    first, second = TantivyIndex(tmp_path), TantivyIndex(tmp_path)
    one = SearchEntry(kind="subject", id="n-1", name="示例店", code="", region="45", rank=1)
    built(first, [], IndexPlace())
    first.change([one], [], IndexPlace(1, "a"))
    with pytest.raises(IndexBusy):
        second.change([one], [], IndexPlace(1, "a"))
    with first.rebuild(), pytest.raises(IndexBusy), second.rebuild():
        raise AssertionError
    assert second.find(SearchWanted(kind="subject", fragments=("示例",))).count == 1


def test_hits_of_an_engine_are_plain(both: Both, tantivy: TantivyIndex) -> None:
    """What the world of lists holds is found through the index as by the definition."""
    _, database = both
    memory = MemorySearchIndex()
    with database.begin() as unit:
        for query in searched_lists():
            some, _ = unit[SearchSource].entries_after(query, "", 500)
            memory.entries |= {(one.kind, one.id): one for one in some}
    memory.followed = IndexPlace()
    built(tantivy, list(memory.entries.values()), IndexPlace())
    asked = SearchWanted(kind="subject", fragments=("南宁",), most=5)
    found: Hits = tantivy.find(asked)
    assert found == memory.find(asked)
    assert found.count
