"""The contract of register stores, and a register of every kind of column to try them with."""

from datetime import UTC, date, datetime

import attrs
from attrs import frozen

from supervision_core.kernel.codes.credit_code import check_credit_code
from supervision_core.kernel.errors import Conflict, NotFound
from supervision_core.kernel.paging import BadCursor, PageRequest
from supervision_core.kernel.registers import (
    Content,
    Entry,
    EntryFilter,
    RegisterStore,
    Search,
    choice,
    day,
    flag,
    integer,
    text,
    texts,
)

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
KINDS = {"laboratory": "检验检测机构", "agency": "专业服务机构"}


@frozen(kw_only=True)
class SampleInstitution(Content):
    """A sample register: third-party institutions, with a column of each type and rule."""

    name: str = text("机构名称", required=True, search=Search.FUZZY, unique=True, max_length=20)
    credit_code: str | None = text(
        "统一社会信用代码", unique=True, check=check_credit_code, default=None
    )
    kind: str = choice("机构类型", KINDS, required=True, default="agency")
    matters: tuple[str, ...] = texts("相关业务", search=Search.FUZZY, max_length=10)
    staff: int | None = integer("人数", search=Search.RANGE)
    entrusted: bool = flag("是否委托机构", search=Search.EXACT)
    since: date | None = day("合作起始日", search=Search.RANGE)


class SampleInstitutions(RegisterStore[SampleInstitution]):
    """The port of the sample register."""

    kind = "sample_institution"


FULL = SampleInstitution(
    name="南宁某检测有限公司",
    credit_code="91350100M000100Y43",
    kind="laboratory",
    matters=("食品检测", "Water"),
    staff=12,
    entrusted=True,
    since=date(2025, 3, 1),
)


def sample_entry(
    id: str, *, name: str | None = None, position: int = 0
) -> Entry[SampleInstitution]:
    """Build a new entry named for its id."""
    content = SampleInstitution(name=name or f"机构{id}", matters=(f"业务{id}",))
    return Entry.add(id=id, content=content, position=position, at=NOON)


class RegisterStoreContract:
    """What any store of a register keeps; a subclass gives ``store``: an empty one.

    The fixture's store may live in one unit of work, uncommitted: a conflict ends each test.
    """

    def test_an_entry_comes_back_whole(self, store: RegisterStore[SampleInstitution]) -> None:
        """Every field survives, and the version counts the saves."""
        entry = Entry.add(id="full", content=FULL, position=7, at=NOON)
        entry.disable(at=NOON)
        store.save(entry)
        entry.delete(at=NOON)
        store.save(entry)
        found = store.get("full")
        assert attrs.asdict(found, recurse=False) | {"_events": []} == attrs.asdict(
            entry, recurse=False
        ) | {"_events": []}
        assert found.version == 2

    def test_an_unknown_id_is_not_found(self, store: RegisterStore[SampleInstitution]) -> None:
        """``not_found``, as everywhere."""
        try:
            store.get("nobody")
        except NotFound as refused:
            assert refused.code == "not_found"  # noqa: PT017 - needs no pytest
        else:
            raise AssertionError

    def test_a_unique_value_has_one_holder(self, store: RegisterStore[SampleInstitution]) -> None:
        """Its holder is told; deleting frees it; another entry with it is a conflict."""
        first = sample_entry("a", name="甲")
        store.save(first)
        assert store.holder("name", "甲") == "a"
        assert store.holder("name", "乙") is None
        first.delete(at=NOON)
        store.save(first)
        assert store.holder("name", "甲") is None
        store.save(sample_entry("b", name="甲"))
        assert store.holder("name", "甲") == "b"
        try:
            store.save(sample_entry("c", name="甲"))
        except Conflict as refused:
            assert refused.code == "conflict"  # noqa: PT017 - needs no pytest
        else:
            raise AssertionError

    def test_a_changed_value_is_free_again(self, store: RegisterStore[SampleInstitution]) -> None:
        """Only the present value counts, and an entry may be saved with its own."""
        entry = sample_entry("a", name="甲")
        store.save(entry)
        entry.change(attrs.evolve(entry.content, name="乙"), at=NOON)
        store.save(entry)
        store.save(entry)
        store.save(sample_entry("b", name="甲"))
        assert (store.holder("name", "乙"), store.holder("name", "甲")) == ("a", "b")

    def test_no_value_is_shared_by_all(self, store: RegisterStore[SampleInstitution]) -> None:
        """A unique column may be empty in any number of entries."""
        for one in ("a", "b"):
            store.save(sample_entry(one))
        assert len(store.page(EntryFilter(), PageRequest()).items) == 2

    def test_a_stale_entry_is_a_conflict(self, store: RegisterStore[SampleInstitution]) -> None:
        """Two hands on one row: the second reads again."""
        store.save(sample_entry("a"))
        one, other = store.get("a"), store.get("a")
        one.move(3, at=NOON)
        store.save(one)
        other.move(4, at=NOON)
        try:
            store.save(other)
        except Conflict as refused:
            assert refused.code == "conflict"  # noqa: PT017 - needs no pytest
        else:
            raise AssertionError

    def test_pages_follow_position_then_id(self, store: RegisterStore[SampleInstitution]) -> None:
        """Numbers sort as numbers, each entry comes once, deleted ones never."""
        places = {"d": 10, "a": 9, "c": 10, "b": -1, "e": 100, "gone": 5}
        for one, place in places.items():
            store.save(sample_entry(one, position=place))
        gone = store.get("gone")
        gone.delete(at=NOON)
        store.save(gone)
        seen = []
        request = PageRequest(size=2)
        while True:
            page = store.page(EntryFilter(), request)
            seen += [entry.id for entry in page.items]
            if page.next_cursor is None:
                break
            request = PageRequest(size=2, cursor=page.next_cursor)
        assert seen == ["b", "a", "c", "d", "e"]

    def test_the_filter_is_its_definition(self, store: RegisterStore[SampleInstitution]) -> None:
        """Text, values and state find exactly what ``EntryFilter.admits`` admits."""
        entries = [
            Entry.add(id="full", content=FULL, position=1, at=NOON),
            sample_entry("x", name="柳州Lab_1"),
            sample_entry("y", name="柳州Lab%2"),
            sample_entry("z", name="柳州LabA3"),
        ]
        entries[1].disable(at=NOON)
        entries[2].delete(at=NOON)
        for entry in entries:
            store.save(entry)
        for wanted, count in [
            (EntryFilter(), 3),
            (EntryFilter(text="柳州"), 2),
            (EntryFilter(text=" lab_ "), 1),
            (EntryFilter(text="%"), 0),
            (EntryFilter(text="water"), 1),
            (EntryFilter(text="91350100"), 0),
            (EntryFilter(enabled=True), 2),
            (EntryFilter(enabled=False), 1),
            (EntryFilter(values={"kind": "laboratory"}), 1),
            (EntryFilter(values={"staff": 12, "entrusted": True, "since": date(2025, 3, 1)}), 1),
            (EntryFilter(values={"staff": None}), 2),
            (EntryFilter(text="柳州", values={"kind": "laboratory"}), 0),
        ]:
            found = {entry.id for entry in store.page(wanted, PageRequest()).items}
            assert found == {entry.id for entry in entries if wanted.admits(entry)}, wanted
            assert len(found) == count, wanted

    def test_a_cursor_belongs_to_its_filter(self, store: RegisterStore[SampleInstitution]) -> None:
        """Going on with another filter would leave rows out: ``kernel.bad_cursor``."""
        for one in "abc":
            store.save(sample_entry(one))
        cursor = store.page(EntryFilter(enabled=True), PageRequest(size=1)).next_cursor
        for other in (EntryFilter(), EntryFilter(text="机构", enabled=True)):
            try:
                store.page(other, PageRequest(size=1, cursor=cursor))
            except BadCursor as refused:
                assert refused.code == "kernel.bad_cursor"  # noqa: PT017 - needs no pytest
            else:
                raise AssertionError

    def test_the_last_position_is_of_the_living(
        self, store: RegisterStore[SampleInstitution]
    ) -> None:
        """A new entry goes behind all that are shown."""
        assert store.last_position() == 0
        for one, place in (("a", 3), ("b", 8)):
            store.save(sample_entry(one, position=place))
        assert store.last_position() == 8
        last = store.get("b")
        last.delete(at=NOON)
        store.save(last)
        assert store.last_position() == 3
