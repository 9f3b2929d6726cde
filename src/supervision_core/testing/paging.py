"""Contract of keyset pages, and of the list of subjects. Fixtures: ``backend``."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from supervision_core.identity.model import Placement
from supervision_core.kernel.paging import BadCursor, Page, PageRequest
from supervision_core.subjects.facts import SubjectFact
from supervision_core.subjects.model import Subject, SubjectKind, SubjectStatus
from supervision_core.subjects.ports import (
    SubjectFacts,
    SubjectFilter,
    SubjectQueries,
    SubjectRow,
    Subjects,
)
from supervision_core.testing.subjects import facts_of, full_subject
from supervision_core.testing.units import NOON, Backend, refuses

Item = TypeVar("Item")
NAMES = ("南宁乳业", "南宁乳业", "Ａ店", "a店", "B店", "𠮷野家", "100%_店", "o'店", "  店", "柳州")
REGIONS = ("450000", "450100", "450103", "450127", "450200", "450203")
DEPARTMENTS = (frozenset[str](), frozenset({"d-1"}), frozenset({"d-1", "d-2"}), frozenset({"d-3"}))
TAGS = (frozenset[str](), frozenset({"t-1"}), frozenset({"t-1", "t-2"}), frozenset({"t-3"}))


def walk(page: Callable[[PageRequest], Page[Item]], size: int, order: str = "") -> list[Item]:
    """Read every page from the first to the last."""
    found: list[Item] = []
    cursor: str | None = None
    while True:
        got = page(PageRequest(size=size, cursor=cursor, order=order))
        assert len(got.items) == size or got.next_cursor is None
        found += got.items
        cursor = got.next_cursor
        if cursor is None:
            return found


def subject_number(at: int, name: str | None = None) -> Subject:
    """Give the ``at``-th subject of a register in which everything varies."""
    root = full_subject(f"s-{at:04d}", f"code-{at:04d}")
    state = {
        "_name": name or NAMES[at % len(NAMES)],
        "_region": REGIONS[at % len(REGIONS)],
        "_kind": list(SubjectKind)[at % 7],
        "_status": list(SubjectStatus)[at % 5],
        "_departments": DEPARTMENTS[at // 2 % len(DEPARTMENTS)],
        "_chosen_tags": TAGS[at // 3 % len(TAGS)],
        "_earned_tags": frozenset[str](),
        "_category": "c-1" if at % 4 == 0 else None,
        "_doubts": root.doubts if at % 3 == 0 else (),
    }
    for field, value in state.items():
        setattr(root, field, value)
    root.version = 0
    return root


FILTERS = (
    SubjectFilter(),
    *(SubjectFilter(region=region) for region in REGIONS),
    SubjectFilter(departments=frozenset({"d-1"})),
    SubjectFilter(departments=frozenset({"d-2", "d-3"}), region="450100"),
    SubjectFilter(kind=SubjectKind.ENTERPRISE),
    SubjectFilter(status=SubjectStatus.ACTIVE, region="450200"),
    SubjectFilter(tags=frozenset({"t-1"})),
    SubjectFilter(tags=frozenset({"t-1"}), region="450100", doubtful=True),
    SubjectFilter(tags=frozenset({"t-1", "t-2", "t-3"})),
    SubjectFilter(tags=frozenset({"t-9"})),
    SubjectFilter(category="c-1"),
    SubjectFilter(name_prefix="南宁"),
    SubjectFilter(name_prefix="100%_"),
    SubjectFilter(name_prefix="a"),
    SubjectFilter(code="code-0007"),
    SubjectFilter(doubtful=True),
    SubjectFilter(doubtful=False),
)


class PagingContract:
    """Pages are complete, in order, stable while others insert, and bound to their filter."""

    def _fill(self, backend: Backend, subjects: Sequence[Subject]) -> None:
        with backend.transactions.begin() as unit:
            unit[Subjects].save_all(subjects)
            unit.commit()

    def _page(
        self, backend: Backend, filter: SubjectFilter
    ) -> Callable[[PageRequest], Page[SubjectRow]]:
        def page(request: PageRequest) -> Page[SubjectRow]:
            with backend.transactions.begin() as unit:
                return unit[SubjectQueries].page(filter, request)

        return page

    def test_every_filter_shows_what_it_lets_through(self, backend: Backend) -> None:
        """For every filter, in both orders and any page size, the rows are those, all and once."""
        everything = [subject_number(at) for at in range(60)]
        self._fill(backend, everything)
        for filter in FILTERS:  # noqa: A001 - the ports' own word
            expected = {one.id for one in everything if lets_through(filter, one)}
            for order in ("", "id"):
                rows = walk(self._page(backend, filter), 7, order)
                assert {row.id for row in rows} == expected, filter
                assert len(rows) == len(expected)
                keys = [(row.id,) if order else (row.name, row.id) for row in rows]
                assert keys == sorted(keys)
                assert rows == walk(self._page(backend, filter), 200, order)
            with backend.transactions.begin() as unit:
                assert unit[SubjectQueries].count(filter) == len(expected)

    def test_rows_tell_the_subject(self, backend: Backend) -> None:
        """A row shows what the subject holds, tags sorted."""
        one = subject_number(21)
        self._fill(backend, [one])
        (row,) = self._page(backend, SubjectFilter())(PageRequest()).items
        assert row == SubjectRow(
            id=one.id,
            kind=one.kind,
            name=one.shown_name,
            code=one.identity.code,
            region=one.region,
            status=one.status,
            industry=one.basic.industry,
            tags=tuple(sorted(one.tags)),
            doubtful=bool(one.doubts),
        )

    def test_inserts_shift_no_row(self, backend: Backend) -> None:
        """While rows are inserted before and after, each old row is read exactly once."""
        self._fill(backend, [subject_number(at) for at in range(30)])
        page = self._page(backend, SubjectFilter())
        seen: list[str] = []
        cursor: str | None = None
        new = 100
        while True:
            got = page(PageRequest(size=4, cursor=cursor))
            seen += [row.id for row in got.items]
            cursor = got.next_cursor
            if cursor is None:
                break
            first = subject_number(new, name="  最前")
            last = subject_number(new + 1, name="𠮷最后")
            self._fill(backend, [first, last])
            new += 2
        old = [id for id in seen if id < "s-0100"]  # noqa: A001 - a row's own word
        assert sorted(old) == [f"s-{at:04d}" for at in range(30)]
        assert len(seen) == len(set(seen))

    def test_cursor_belongs_to_its_filter(self, backend: Backend) -> None:
        """A cursor given out for one filter is refused under another."""
        self._fill(backend, [subject_number(at) for at in range(12)])
        cursor = self._page(backend, SubjectFilter())(PageRequest(size=3)).next_cursor
        with refuses(BadCursor):
            self._page(backend, SubjectFilter(region="450000"))(PageRequest(size=3, cursor=cursor))
        with refuses(BadCursor):
            self._page(backend, SubjectFilter())(PageRequest(size=3, cursor=cursor, order="id"))

    def test_codes_find_subjects(self, backend: Backend) -> None:
        """Subjects are found by any number of identity codes, unknown ones passed over."""
        self._fill(backend, [subject_number(at) for at in range(600)])
        with backend.transactions.begin() as unit:
            codes = [f"code-{at:04d}" for at in range(-3, 1_100)]
            found = unit[Subjects].find_by_codes([*codes, codes[5]])
            assert sorted(one.id for one in found) == [f"s-{at:04d}" for at in range(600)]
            some = unit[Subjects].find_many(["s-0001", "s-0001", "absent"])
            assert [one.id for one in some] == ["s-0001"]
            places = unit[Subjects].places_of(["s-0001", "s-0001", "absent"])
            assert places == {
                "s-0001": Placement(region=some[0].region, departments=some[0].departments)
            }

    def test_latest_fact_of_the_day_counts(self, backend: Backend) -> None:
        """On each day the value known last counts; of the same day, the one recorded last."""
        facts = facts_of("s-1")
        days = sorted({fact.known_on for fact in facts})
        with backend.transactions.begin() as unit:
            unit[SubjectFacts].record(facts)
            unit.commit()
        for day in days:
            expected = _latest(facts, day.isoformat())
            with backend.transactions.begin() as unit:
                known = unit[SubjectFacts].facts_on(["s-1", "s-2"], day)
            assert {name: (type(v), v) for name, v in known["s-1"].items()} == expected
            assert known["s-2"] == {}

    def test_repeated_fact_replaces(self, backend: Backend) -> None:
        """A fact equal in subject, name, day and source replaces its predecessor."""
        day = NOON.date()
        for value in (3, 4):
            fact = SubjectFact(
                subject="s-1", name="penalties_3y", value=value, known_on=day, source="table"
            )
            with backend.transactions.begin() as unit:
                unit[SubjectFacts].record([fact])
                unit.commit()
        with backend.transactions.begin() as unit:
            assert unit[SubjectFacts].facts_on(["s-1"], day) == {"s-1": {"penalties_3y": 4}}

    def test_facts_of_a_table_are_facts(self, backend: Backend) -> None:
        """What a table says is kept as ``record`` keeps it: by type, replaced, the last counts."""
        day = NOON.date()
        told: list[dict[str, str | int | bool]] = [
            {"penalties_3y": 3, "tax_in_arrears": True},
            {"penalties_3y": 4, "entity_type": "有限责任公司"},
        ]
        one = SubjectFact(
            subject="s-1", name="tax_in_arrears", value=False, known_on=day, source="visit:1"
        )
        with backend.transactions.begin() as unit:
            facts = unit[SubjectFacts]
            facts.record_table({}, known_on=day, source="table")
            facts.record_table({"s-1": told[0], "s-2": {}}, known_on=day, source="table")
            facts.record([one])
            facts.record_table({"s-1": told[1], "s-3": told[0]}, known_on=day, source="table")
            unit.commit()
        with backend.transactions.begin() as unit:
            known = unit[SubjectFacts].facts_on(["s-1", "s-2", "s-3"], day)
        assert known == {
            "s-1": {"penalties_3y": 4, "tax_in_arrears": False, "entity_type": "有限责任公司"},
            "s-2": {},
            "s-3": told[0],
        }
        assert type(known["s-3"]["tax_in_arrears"]) is bool


def _latest(
    facts: Sequence[SubjectFact], day: str
) -> dict[str, tuple[type[object], str | int | bool]]:
    known = sorted(
        (fact for fact in facts if fact.known_on.isoformat() <= day),
        key=lambda fact: fact.known_on,
    )
    return {fact.name: (type(fact.value), fact.value) for fact in known}


def _in_region(outer: str, inner: str) -> bool:
    return (
        inner.startswith(outer.rstrip("0").ljust(2, "0"))
        if outer.endswith("00")
        else (outer == inner)
    )


def lets_through(filter: SubjectFilter, one: Subject) -> bool:
    """Say in plain words what ``filter`` means, as an oracle for adapters."""
    if filter.region and not _in_region(filter.region, one.region):
        return False
    if filter.departments and one.departments and not filter.departments & one.departments:
        return False
    if filter.tags and not filter.tags & one.tags:
        return False
    wanted = (
        (filter.kind, one.kind),
        (filter.status, one.status),
        (filter.category or None, one.category),
        (filter.code or None, one.identity.code),
        (filter.doubtful, bool(one.doubts)),
    )
    fits = all(want is None or want == got for want, got in wanted)
    return fits and one.shown_name.startswith(filter.name_prefix)
