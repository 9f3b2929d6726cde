"""A scope compiled into a query lets through exactly what its definition admits."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Engine, MetaData, String, Table, event, insert, select
from tests.integration.sql.test_lists import world

from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.sql.engine.schema import NAMING
from adapters.sql.engine.scopes import reached, standing
from adapters.sql.engine.types import key, required, words
from adapters.sql.ports import sql_transactions
from supervision_core.identity.lists import GROUPS, ROLES, USERS
from supervision_core.identity.model import (
    DataScope,
    ExtendedData,
    GrantSheet,
    Group,
    HolderKind,
    LedBy,
    OwnedBy,
    Placement,
    Predicate,
    Reading,
    RegionContent,
    Role,
    SceneRole,
    UserKind,
    admits,
)
from supervision_core.identity.ports import (
    Departments,
    GrantSheets,
    Groups,
    HolderFilter,
    HolderQueries,
    Regions,
    Roles,
    Users,
)
from supervision_core.kernel.listing import ListFilter, ListQuery, Lists
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.ports import Transactions, UnitOfWork
from supervision_core.kernel.registers import Entry
from supervision_core.subjects.lists import SUBJECTS
from supervision_core.subjects.ports import SubjectFilter, SubjectQueries, Subjects
from supervision_core.tasks.lists import RECTIFICATIONS, TASKS
from supervision_core.testing.directory import a_department, a_user
from supervision_core.testing.identity import NOON
from supervision_core.testing.paging import subject_number, walk
from supervision_core.testing.tasks import LEAD

CODES = ("450000", "450100", "450103", "450200", "440100", "-")
OWNERS = ("d-1", "d-2", "d-3")
PARTIES = ("f-1", "f-2")
SCOPES = st.builds(
    DataScope,
    region=st.sampled_from(CODES),
    departments=st.frozensets(st.sampled_from(OWNERS)),
    role=st.none() | st.sampled_from(SceneRole),
    party=st.sampled_from(["", *PARTIES]),
)
samples = MetaData(naming_convention=NAMING)
thing = Table(
    "thing", samples, key(), required("region", 12), words("lead", 36), words("party", 36)
)
thing_department = Table(
    "thing_department", samples, key("thing_id"), Column("department", String(36), primary_key=True)
)
PLACED = standing(
    thing, thing_department, lead=thing.c.lead, concerns=lambda party: thing.c.party == party
)


def placements() -> Iterator[tuple[str, Placement]]:
    """Give objects placed in every combination of region, owners, lead and party."""
    number = 0
    for region in CODES[:5]:
        for owners in ((), ("d-1",), ("d-2",), ("d-1", "d-2"), ("d-2", "d-3")):
            for lead in ("", *owners):
                for party in ("", *PARTIES):
                    number += 1
                    yield (
                        f"t-{number:04}",
                        Placement(
                            region=region,
                            departments=frozenset(owners),
                            lead=lead,
                            parties=frozenset({party} - {""}),
                        ),
                    )


THINGS = tuple(placements())


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Give an empty database of each kind."""
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    return found


@pytest.fixture
def things(engine: Engine) -> Iterator[Engine]:
    """Give a database in which things stand everywhere."""
    samples.create_all(engine)
    with engine.begin() as connection:
        for name, place in THINGS:
            row = {"id": name, "region": place.region, "lead": place.lead}
            connection.execute(insert(thing), {**row, "party": next(iter(place.parties), "")})
            for one in sorted(place.departments):
                connection.execute(insert(thing_department), {"thing_id": name, "department": one})
    yield engine
    samples.drop_all(engine)


SEARCH = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SEARCH
@given(scope=SCOPES)
def test_a_compiled_scope_is_its_definition(things: Engine, scope: DataScope) -> None:
    """Region subtree × department × scene role × party: the same rows, none more, none fewer."""
    predicate = scope.predicate()
    with things.connect() as connection:
        asked = select(thing.c.id).where(reached(predicate, PLACED)).order_by(thing.c.id)
        found = list(connection.execute(asked).scalars())
    assert found == [name for name, place in THINGS if admits(predicate, place)]


@SEARCH
@given(scope=SCOPES, reading=st.sampled_from(Reading))
def test_a_compiled_reading_is_its_definition(
    things: Engine, scope: DataScope, reading: Reading
) -> None:
    """Everyone, the owner's region and below, the owner, a party: the same rows in both."""
    predicate = scope.readable(reading)
    with things.connect() as connection:
        asked = select(thing.c.id).where(reached(predicate, PLACED)).order_by(thing.c.id)
        found = list(connection.execute(asked).scalars())
    assert found == [name for name, place in THINGS if admits(predicate, place)]


def test_the_comparison_sees_a_scope_that_forgets_a_part(things: Engine) -> None:
    """Negative control: a query by region alone shows rows of other departments, and it shows."""
    narrow = DataScope(region="450100", departments=frozenset({"d-1"}))
    wide = DataScope(region="450100")
    with things.connect() as connection:
        asked = select(thing.c.id).where(reached(wide.predicate(), PLACED))
        found = set(connection.execute(asked).scalars())
    admitted = {name for name, place in THINGS if admits(narrow.predicate(), place)}
    assert found > admitted


SIZES = (0, 1, 500, 1_001, 5_000)
OF_SIZES = MetaData(naming_convention=NAMING)
owned = Table("owned", OF_SIZES, key(), required("region", 12), words("department", 36))
OWNED = standing(owned, department=owned.c.department, lead=owned.c.department)


def _some(size: int, first: int = 0) -> frozenset[str]:
    """Give ids with every sign that a list, an array or JSON might take for its own."""
    return frozenset(f"d{at} \"{{\\,'}}" for at in range(first, first + size))


def _fill(source: Engine) -> None:
    """Let each of 6,000 departments own a thing, and nobody another one."""
    OF_SIZES.create_all(source)
    with source.begin() as connection:
        rows = [
            {"id": f"t-{at:04}", "region": "450100", "department": one}
            for at, one in enumerate(["", *sorted(_some(6_000))])
        ]
        connection.execute(insert(owned), rows)


@pytest.fixture
def many(engine: Engine) -> Iterator[Engine]:
    """Give a database in which things of many departments stand."""
    _fill(engine)
    yield engine
    OF_SIZES.drop_all(engine)


def _shown(source: Engine, predicate: Predicate) -> list[str]:
    with source.connect() as connection:
        asked = select(owned.c.department).where(reached(predicate, OWNED))
        return sorted(connection.execute(asked).scalars())


def _admitted(predicate: Predicate) -> list[str]:
    def stands(one: str) -> Placement:
        return Placement(region="450100", departments=frozenset({one} - {""}), lead=one)

    return sorted(one for one in ("", *_some(6_000)) if admits(predicate, stands(one)))


def _texts(source: Engine, predicates: Iterable[Predicate]) -> set[str]:
    """Ask with each of ``predicates``, compare with the definition, give the texts asked."""
    texts = set[str]()

    def note(*told: Any) -> None:
        texts.add(told[2])

    event.listen(source, "before_cursor_execute", note)
    try:
        for one in predicates:
            assert _shown(source, one) == _admitted(one)
    finally:
        event.remove(source, "before_cursor_execute", note)
    return {one for one in texts if one.startswith("SELECT")}


def _of_sizes() -> list[Predicate]:
    return [kind(_some(*of)) for kind in (OwnedBy, LedBy) for of in product(SIZES, (0, 700))]


def test_a_scope_of_any_size_is_one_value(many: Engine) -> None:
    """Of none or 5,000 departments: the rows that are admitted, one statement a kind.

    PostgreSQL makes a table of many departments.
    """
    kinds = {"owned", "led", "led by anybody"}
    kinds |= {"owned by many"} if many.dialect.name == "postgresql" else set()
    assert len(_texts(many, _of_sizes())) == len(kinds)


def test_a_scope_of_any_size_is_lists_of_500_on_dm(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The statements that DM gets, carried out by SQLite: the same rows, and no longer list."""
    monkeypatch.setattr(sqlite_engine.dialect, "name", "dm")
    _fill(sqlite_engine)
    texts = _texts(sqlite_engine, _of_sizes())
    OF_SIZES.drop_all(sqlite_engine)
    lists = [one.count("?") for text in texts for one in text.split(" IN (")[1:]]
    assert sorted({len(text.split(" IN (")) - 1 for text in texts}) == [0, 1, 3, 10]
    assert max(lists) == 500


def _regions() -> Iterator[tuple[type[Any], Any]]:
    for at, code in enumerate(CODES[:5]):
        above = {"450000": "", "450103": "450100"}.get(code, "450000")
        content = RegionContent(code=code, name=f"区划A{at}", level="city", parent=above)
        region = Entry.add(id=f"r-{at}", content=content, position=at % 3, at=NOON)
        if code == "440100":
            region.delete(at=NOON)
        yield Regions, region


def _departments() -> Iterator[tuple[type[Any], Any]]:
    for at in range(6):
        parent = "" if at < 2 else f"d-{at % 2}"
        root = a_department(f"d-{at}", parent, order=at % 2, region=CODES[at % 5])
        if at == 4:
            root.switch(enabled=False, at=NOON)
        if at == 5:
            root.delete(at=NOON)
        yield Departments, root
        kinds: tuple[tuple[type[Any], type[Role]], ...] = ((Roles, Role), (Groups, Group))
        for port, kind in kinds:
            owner = "" if at % 3 == 0 else f"d-{at}"
            role = kind.add(id=f"{port.kind}-{at}", name=f"角色{at % 2}", department=owner)
            role.change(name=role.name, enabled=at % 2 == 0)
            yield port, role


def _users() -> Iterator[tuple[type[Any], Any]]:
    for at in range(16):
        user = a_user(f"User-{at:02}x", f"d-{at % 6}", f"d-{(at + 1) % 6}")
        draft = user.draft
        if at % 4 == 3:
            user._extended = ExtendedData(kind=UserKind.ENTERPRISE, party=PARTIES[at % 2])
            draft = evolve(user.draft, memberships=())
        draft = evolve(draft, person=evolve(draft.person, name=("王一", "李二")[at % 2]))
        user.change(draft, at=NOON)
        if at == 9:
            user.switch(enabled=False, at=NOON)
        if at == 10:
            user.delete(at=NOON)
        yield Users, user


def _sheets() -> Iterator[tuple[type[Any], Any]]:
    for at in range(16):
        kind = HolderKind.GROUP if at % 4 == 2 else HolderKind.USER
        holder = f"group-{at // 4}" if at % 4 == 2 else f"User-{at:02}x"
        sheet = GrantSheet.empty(kind, holder)
        groups = frozenset({"group-0"} if kind is HolderKind.USER and at % 2 else ())
        sheet.assign(roles=frozenset({f"role-{at % 3 % 2}"}), groups=groups, at=NOON)
        yield GrantSheets, sheet


@pytest.fixture
def both(engine: Engine) -> tuple[Transactions, Transactions]:
    """Give memory and a database that hold one directory."""
    found = (memory_transactions(MemoryStore()), sql_transactions(engine))
    for transactions in found:
        with transactions.begin() as unit:
            for port, root in (*_regions(), *_departments(), *_users(), *_sheets()):
                unit[port].save(root)
            unit.commit()
    return found


def _lists(unit: UnitOfWork, reach: Any) -> list[list[list[object]]]:
    """Ask for every list, narrowed in every way, page by page."""

    def pages(port: type[Any], filter: Any, order: str = "") -> list[object]:
        found = walk(lambda request: unit[port].page(filter, request), 5, order)
        return [to_plain(one) if isinstance(one, Entry) else one for one in found]

    number = a_user("number").person.document_number
    phone = a_user("number").account.phone
    users = [
        ListFilter(reach=reach),
        ListFilter(reach=reach, asked={"text": "USER-0"}),
        ListFilter(reach=reach, asked={"full_name": "王一"}),
        ListFilter(reach=reach, asked={"full_name": "王"}),
        ListFilter(
            reach=reach,
            asked={"full_phone": phone, "full_document": number, "kind": UserKind.ENTERPRISE},
        ),
        ListFilter(reach=reach, asked={"enabled": False}),
    ]
    roles = [
        ListFilter(reach=reach),
        ListFilter(reach=reach, asked={"name": "1", "enabled": False}),
    ]

    def listed(
        query: ListQuery[Any], wanted: ListFilter, order: str = "", size: int = 5
    ) -> list[object]:
        return list(walk(lambda request: unit[Lists].page(query, wanted, request), size, order))

    holders = [
        HolderFilter(reach=reach, role="role-0"),
        HolderFilter(reach=reach, role="role-1"),
        HolderFilter(reach=reach, group="group-0"),
    ]
    places = [ListFilter(reach=reach, asked={"department": f"d-{at}"}) for at in range(3)]
    return [
        [listed(USERS, one) for one in (*users, *places)],
        [listed(USERS, one, "place", 2) for one in places],
        [listed(query, one) for query in (ROLES, GROUPS) for one in roles],
        [pages(HolderQueries, one) for one in holders],
    ]


def _asked(transactions: Transactions, reach: Any) -> list[list[list[object]]]:
    with transactions.begin() as unit:
        return _lists(unit, reach)


@settings(SEARCH, max_examples=20)
@given(scope=SCOPES)
def test_lists_of_the_directory_show_what_is_reached(
    both: tuple[Transactions, Transactions], scope: DataScope
) -> None:
    """Memory says it in plain words; the database lists the same rows in the same order."""
    memory, database = both
    assert _asked(database, scope.predicate()) == _asked(memory, scope.predicate())


def test_lists_without_a_scope_show_everything(both: tuple[Transactions, Transactions]) -> None:
    """The super administrator's list: all living rows, and more than any scope shows."""
    memory, database = both
    everything = _asked(database, None)
    assert everything == _asked(memory, None)
    scoped = _asked(memory, DataScope(region="450000").predicate())
    assert len(everything[0][0]) == 15 > len(scoped[0][0])


SUBJECT = "s-1"
"""The example's: rectifications are about it, though none of the subjects stored is."""
FIRM = subject_number(3).identity.shown
BUSINESS_SCOPES = st.builds(
    DataScope,
    region=st.sampled_from(CODES),
    departments=st.frozensets(st.sampled_from([*OWNERS, "d-0", LEAD, "nobody"])),
    role=st.none() | st.sampled_from(SceneRole),
    party=st.sampled_from(["", *PARTIES, "institution-1", SUBJECT, FIRM]),
)
BUSINESS: tuple[tuple[type[Any], type[Any]], ...] = ((SubjectQueries, SubjectFilter),)


@pytest.fixture
def business(engine: Engine) -> tuple[Transactions, Transactions]:
    """Give memory and a database that hold the same tasks, officers, subjects and so on."""
    found = (memory_transactions(MemoryStore()), sql_transactions(engine))
    for transactions in found:
        with transactions.begin() as unit:
            for port, root in world():
                unit[port].save(root)
            for at in range(48):
                unit[Subjects].save(subject_number(at))
            unit.commit()
    return found


def _business(transactions: Transactions, **narrowed: Any) -> list[list[Any]]:
    with transactions.begin() as unit:
        return [_every(unit[port], kind(**narrowed)) for port, kind in BUSINESS]


def _every(queries: Any, filter: Any) -> list[Any]:
    return walk(lambda request: queries.page(filter, request), 50)


@settings(SEARCH, max_examples=60)
@given(scope=BUSINESS_SCOPES, reading=st.none() | st.sampled_from(Reading))
def test_lists_of_the_business_show_what_is_reached(
    business: tuple[Transactions, Transactions], scope: DataScope, reading: Reading | None
) -> None:
    """Subjects alike; every other list is proved in ``tests/integration/listing``."""
    memory, database = business
    reach = scope.predicate() if reading is None else scope.readable(reading)
    assert _business(database, reach=reach) == _business(memory, reach=reach)


def test_a_party_finds_what_concerns_it(business: tuple[Transactions, Transactions]) -> None:
    """An institution its tasks, a firm its orders and itself, nothing else."""
    for transactions in business:
        for role, party, shown in (
            (SceneRole.THIRD_PARTY, "institution-1", {TASKS}),
            (SceneRole.ENTERPRISE, SUBJECT, {RECTIFICATIONS}),
            (SceneRole.ENTERPRISE, FIRM, {SUBJECTS}),
            (SceneRole.CITIZEN, "nobody", set[ListQuery[Any]]()),
        ):
            reach = DataScope(region="-", role=role, party=party).predicate()
            with transactions.begin() as unit:
                pages = {
                    query: unit[Lists].page(query, ListFilter(reach=reach), PageRequest())
                    for query in (TASKS, RECTIFICATIONS, SUBJECTS)
                }
            assert {query for query, page in pages.items() if page.items} == shown, party


def test_the_business_world_shows_every_scope_something_and_hides_something(
    business: tuple[Transactions, Transactions],
) -> None:
    """Negative control: in each list a scope finds rows, and fewer than there are."""
    memory, _ = business
    everything = _business(memory)
    scoped = _business(memory, reach=DataScope(region="450100").predicate())
    for all_rows, reached_rows in zip(everything, scoped, strict=True):
        assert 0 < len(reached_rows) < len(all_rows)
