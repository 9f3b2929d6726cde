"""The lists of aggregates: memory is the definition, each database must say the same."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, case
from tests.integration.sql.test_lists import REGIONS, world

from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.sql.engine.database import open_engine
from adapters.sql.engine.lists import ListSource
from adapters.sql.lists import SOURCES, source_of
from adapters.sql.ports import sql_transactions
from adapters.sql.sealing.protection import Sealing
from entrypoints.registered import lists, registers
from supervision_core.clues.lists import CLUES
from supervision_core.clues.model import ClueKind
from supervision_core.clues.ports import Clues
from supervision_core.content.model import Article, ArticleState
from supervision_core.grading.current import CurrentGrade, CurrentStanding, GradedPlace
from supervision_core.handbooks.model import Handbook, HandbookState
from supervision_core.identity.model import (
    Channel,
    DataScope,
    Department,
    ExportRequest,
    Group,
    Purpose,
    Role,
    SceneRole,
    User,
    UserKind,
)
from supervision_core.identity.ports import Departments
from supervision_core.items.ports import CheckItems
from supervision_core.kernel.codes.region import RegionLevel
from supervision_core.kernel.listing import (
    Criterion,
    ListFilter,
    ListQuery,
    Lists,
    Match,
    partial_of,
)
from supervision_core.kernel.paging import BadCursor, PageRequest
from supervision_core.kernel.ports import Transactions
from supervision_core.kernel.registers import Ask, Entry, Reach, called
from supervision_core.kernel.registers.store import Between
from supervision_core.plans.model import Plan, PlanState
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.lists import (
    EXTENSIONS,
    RECTIFICATIONS,
    THIRD_PARTY_VISITS,
    VISITS,
)
from supervision_core.tasks.model.letters import LetterState, ServedLetter
from supervision_core.tasks.model.presence import ExtensionState
from supervision_core.tasks.model.review import Review
from supervision_core.tasks.model.transfer import Transfer, TransferKind
from supervision_core.tasks.model.visit import Visit
from supervision_core.tasks.ports import Publications, Visits
from supervision_core.testing.cases import CASES
from supervision_core.testing.identity import NOON
from supervision_core.testing.paging import subject_number, walk
from supervision_core.testing.tasks import FARM, LEAD

SEARCH = settings(max_examples=15, deadline=None)
EXAMPLES = {case.port: case.example for case in CASES}
RUNNING = partial_of(
    RECTIFICATIONS, name="tasks.running_term", plural="running_terms", title="未办结的整改",
    where={"open": True}, criteria=(Criterion("state"), Criterion("department")),
)  # fmt: skip
"""A part of a list, beside those that there are."""
QUERIES = (*lists().values(), RUNNING)
WORLDLY = {port for port, _ in world()} | {Subjects}
COMPILED = tuple(one for one in QUERIES if isinstance(source_of(one), ListSource))
SCOPES = st.builds(
    DataScope,
    region=st.sampled_from((*REGIONS, "440100", "-")),
    departments=st.frozensets(st.sampled_from(("d-0", "d-1", "d-2", LEAD, FARM, "nobody"))),
    role=st.none() | st.sampled_from(SceneRole),
    party=st.sampled_from(["", "f-1"]),
)
REACHES = (
    st.none()
    | st.builds(DataScope.predicate, SCOPES)
    | st.builds(Reach, region=st.sampled_from(REGIONS), upward=st.booleans())
)
Both = tuple[Transactions, Transactions]


def peopled() -> Iterator[tuple[type[Any], Any]]:
    """Give the world of lists, with transfers and reviews, and a visit for each publication."""
    root: Any
    for port, root in world():
        if port is Clues:
            kind = list(ClueKind)[int(root.id[-3:]) % 3]
            object.__setattr__(root, "sheet", evolve(root.sheet, kind=kind))
            object.__setattr__(root, "reporter", ("", "f-1", "f-2")[int(root.id[-3:]) // 3 % 3])
        if port is Visits:
            _ask_for_days(root, int(root.id[-3:]))
        if port is Publications:
            object.__setattr__(root, "region", REGIONS[int(root.id[-3:]) % 4])
            _vary_shown(root, int(root.id[-3:]))
            visit = EXAMPLES[Visits](root.id)
            object.__setattr__(visit, "sheet", evolve(visit.sheet, task="tasks-000"))
            yield Visits, visit
            concerned = visit.sheet.departments | {one.department for one in visit.officers}
            object.__setattr__(root, "departments", concerned)
        yield port, root
    for port in {one.port for one in QUERIES} - WORLDLY:
        for at in range(12):
            root = EXAMPLES[port](f"{port.__name__.lower()}-{at:03}")
            if port is Departments and at % 3:
                root._deleted_at = None
            _vary_directory(root, at)
            _vary(root, at)
            yield port, root


def _vary_shown(root: Any, at: int) -> None:
    """Let most results be of other firms and scenes, formed on other days."""
    names = ("南宁某乳业有限公司", "柳州示例乳业", "ＡＢ奶吧")
    said = evolve(root.shown.subject, name=names[at % 3], credit_code=f"91450100MA{at % 3}")
    root._shown = evolve(root.shown, subject=said, scene=f"scene-{at % 2}")
    object.__setattr__(root, "formed_on", root.formed_on + timedelta(days=at % 3))
    root._until = root.until + timedelta(days=at % 4)


def _ask_for_days(visit: Visit, at: int) -> None:
    """Let most visits have a request for more days, each another one, and some no finding."""
    if at % 3 == 0:
        visit._results = ()
    asked = evolve(
        visit.extensions[0],
        by=f"officers-00{at % 3}",
        department=f"d-{at % 3}",
        state=list(ExtensionState)[at % 3],
        days=1 + at % 4,
        old_due=visit.due_on + timedelta(days=at % 7),
        new_due=visit.due_on + timedelta(days=at % 7 + 1 + at % 4),
    )
    visit._extensions = (visit.extensions[0], asked)[: at % 5 and 2]
    object.__setattr__(visit, "sheet", evolve(visit.sheet, lead=f"d-{at % 4}"))


def _vary_directory(root: Any, at: int) -> None:
    """Let what lists ask of roles and requests differ."""
    match root:
        case Role() | Group():
            root._name, root._enabled = f"角色{at % 4}", at % 3 > 0
            root._department = f"departments-{at:03}" if at % 4 else ""
        case User():
            homes = [f"departments-{(at + one) % 12:03}" for one in range(at % 3)]
            root._memberships = tuple(
                evolve(root.memberships[0], department=home, order=(at * 7 + each) % 5)
                for each, home in enumerate(homes)
            )
            root._extended = evolve(
                root.extended, kind=list(UserKind)[at % 4], party=("", "f-1")[at % 2]
            )
            root._person = evolve(root.person, name=f"王{at % 3}", document_number=f"45{at % 4}")
            root._account = evolve(root.account, phone=f"1390000000{at % 4}")
            root._enabled, root._deleted_at = at % 4 > 0, None if at % 5 else NOON
        case Department():
            root._data = evolve(
                root.data, region=REGIONS[at % 4], order=at % 5, name=f"机构A{at % 4}",
                parent=f"departments-{at % 3:03}" if at % 4 else "",
            )  # fmt: skip
            root._enabled = at % 4 > 0
            root._administrators = frozenset({f"u-{at % 3}", "u-9"})
        case Entry():
            code = ("450000", "450100", "450103", "450200")[at % 4][:5] + str(at % 10)
            root._content = evolve(
                root.content, code=code, name=f"区划{at % 5}", parent=("", "450100")[at % 2],
                level=list(RegionLevel)[at % 3].value,
            )  # fmt: skip
            root._position, root._enabled, root._deleted_at = at % 7, at % 3 > 0, None
        case ExportRequest():
            for name, value in (
                ("region", REGIONS[at % 4]), ("about", f"d-{at % 3}"),
                ("asked_by", f"u-{at % 2}"), ("purpose", list(Purpose)[at % 5]),
            ):  # fmt: skip
                object.__setattr__(root, name, value)
            if at % 3:
                root.decide(allowed=at % 3 == 1, reason="核对", by="u-9", at=root.asked_at)


def _vary(root: Any, at: int) -> None:
    """Let what lists ask of plans, transfers and reviews differ."""
    region, department = REGIONS[at % 4], f"d-{at % 3}"
    match root:
        case Transfer():
            about = evolve(
                root.sheet, region=region, department=department, subject=f"s-{at % 4}",
                kind=list(TransferKind)[at % 2], scene=f"scene-{at % 2}",
            )  # fmt: skip
            object.__setattr__(root, "sheet", about)
            root._steps = root.steps[: 1 + at % 2]
        case Review():
            for name, value in (
                ("region", region), ("department", department), ("task", f"tasks-00{at % 3}"),
                ("visit", f"v-{at % 5}"), ("_result", root.result if at % 2 else None),
            ):  # fmt: skip
                object.__setattr__(root, name, value)
        case ServedLetter():
            letter = evolve(
                root.sheet, region=region, department=department, subject=f"s-{at % 4}",
                task=f"tasks-00{at % 3}", rectification=f"r-{at % 5}", number=f"文书{at}",
                channel=list(Channel)[at % 3],
            )  # fmt: skip
            object.__setattr__(root, "sheet", letter)
            root._state = list(LetterState)[at % 3]
        case CurrentGrade():
            root._place = GradedPlace(
                region=region, departments=(department,)[: at % 4], category=f"c-{at % 2}",
                code=f"code-{at % 3}",
            )  # fmt: skip
            root._grade, root._grade_name = at % 5, f"{at % 5}类"
            root._risk = CurrentStanding(level="AB"[at % 2], points=str(at))
            root._credit = CurrentStanding(level="AB"[at % 3 % 2], points="")
            root._as_of += timedelta(days=at % 3)
            object.__setattr__(root, "rule", f"rule-{at % 2}")
            object.__setattr__(root, "subject", f"s-{at % 4}")
        case Article():
            root._content = evolve(
                root.content, title=("乳制品通知", "\uff21会议")[at % 2] + str(at), region=region,
                department=department, trade=f"trade-{at % 2}",
                kind=("inspection", "result")[at % 2], tags=f"标签{at % 3}",
                column=("notices", "news")[at % 3 % 2],
            )  # fmt: skip
            root._state = list(ArticleState)[at % 6]
            root._changed_at = root._published_at = NOON + timedelta(days=at % 4)
            root._reviews = root.reviews[: at % 3]
        case Handbook():
            root._state, root._region = list(HandbookState)[at % 3], region
            root._changed_at = NOON + timedelta(days=at % 3)
        case Plan():
            days = timedelta(days=at % 3)
            root._sub_plans = tuple(
                evolve(one, starts_on=one.starts_on + days, ends_on=one.ends_on + days)
                for one in root.sub_plans[: at % 5]
            )
            root._sheet = evolve(
                root.sheet, region=region, lead=department, scene=f"scene-{at % 2}",
                year=2026 + at % 2, name=("乳品计划", "\uff21计划")[at % 2] + str(at),
            )  # fmt: skip
            root._state = list(PlanState)[at % 3]


def people(transactions: Transactions) -> None:
    """Let a store hold the world."""
    with transactions.begin() as unit:
        for port, root in peopled():
            unit[port].save(root)
        for at in range(48):
            unit[Subjects].save(subject_number(at))
        unit.commit()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def both(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    sealing: Sealing,
    empty: Callable[[Engine], None],
) -> Iterator[Both]:
    """Give memory and a database that hold the same world; tests read it and change nothing."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("world") / "world.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite_file"), path)
        engine = open_engine(f"sqlite:///{path}", sealing=sealing)
    else:
        engine = request.getfixturevalue("migrated_postgres")
        empty(engine)
    found = (memory_transactions(MemoryStore()), sql_transactions(engine))
    for transactions in found:
        people(transactions)
    yield found
    if request.param == "sqlite":
        engine.dispose()


@cache
def values_of(query: ListQuery[Any], field: str) -> tuple[Any, ...]:
    """Give the values that a field has somewhere in the world, and one that it has nowhere."""
    found: dict[Any, None] = {}
    for root in filter(query.listed, everything(query)):
        for holder in (query.row_of(root), query.facts(root)):
            value = getattr(holder, field, None)
            for one in value if isinstance(value, tuple) else (value,):
                found[one] = None
    kinds = {type(one) for one in found if isinstance(one, str)}
    return (*(one for one in found if one not in (None, "")), *(["none"] if kinds == {str} else []))


@cache
def everything(query: ListQuery[Any]) -> tuple[Any, ...]:
    """Give the aggregates of the world that a list is about."""
    return tuple(one for one in _roots() if type(one) is query.cls)


@cache
def _roots() -> tuple[Any, ...]:
    return (*(root for _, root in peopled()), *(subject_number(at) for at in range(48)))


def referred_by(root: Any) -> str:
    """Give what refers to an aggregate: its id, of regions their code."""
    return str(root.content.code if isinstance(root, Entry) else root.id)


def asked_of(query: ListQuery[Any]) -> st.SearchStrategy[Mapping[str, Any]]:
    """Give what a list may be asked for, most of it found somewhere."""
    options: dict[str, st.SearchStrategy[Any]] = {}
    for one in query.criteria:
        values = st.sampled_from(values_of(query, one.field) or ("none",))
        match one.match:
            case Match.AMONG | Match.UNDER:
                options[one.names[0]] = st.sets(values, min_size=1, max_size=3).map(tuple)
            case Match.BLANK:
                options[one.names[0]] = st.booleans()
            case Match.WITHIN:
                options[one.names[0]] = st.builds(_days_from, values, st.integers(0, 40))
            case Match.HOLDS | Match.FRAGMENT:
                options[one.names[0]] = st.builds(
                    _part, values, st.integers(0, 9), st.integers(1, 4)
                )
            case Match.BEGINS if query.by_name[one.field].to is None:
                options[one.names[0]] = st.builds(lambda text, most: text[:most], values,
                                               st.integers(1, 6))  # fmt: skip
            case _:
                options |= dict.fromkeys(one.names, values)
    names = sorted(options)
    chosen = st.lists(st.sampled_from(names), max_size=3, unique=True) if names else st.just([])
    return chosen.flatmap(lambda some: st.fixed_dictionaries({one: options[one] for one in some}))


def _days_from(day: date | str, days: int) -> Between:
    """Give what a question puts for a number of days, asked on some day."""
    since = day if isinstance(day, date) else date(2026, 6, 30)
    return Between(since, since + timedelta(days=days))


def _asked_alone(match_: Match, value: Any) -> Any:
    """Give how a criterion is asked for one value."""
    match match_:
        case Match.AMONG | Match.EVERY | Match.UNDER:
            return (value,)
        case Match.WITHIN:
            return _days_from(value, 0)
        case _:
            return value


def _part(text: str, start: int, length: int) -> str:
    at = start % len(text)
    return text[at : at + length].swapcase() if text.isascii() else text[at : at + length]


def told(transactions: Transactions, query: ListQuery[Any], wanted: ListFilter) -> list[Any]:
    """Give all that a list says: its pages in each order, its count, its tally."""
    choices = tuple(one.name for one in query.fields if one.codes)
    with transactions.begin() as unit:
        lists = unit[Lists]
        return [
            *(
                walk(lambda request: lists.page(query, wanted, request), 5, order.name)
                for order in query.orders
                if not order.within or wanted.told.get(order.within)
            ),
            lists.count(query, wanted),
            dict(lists.tally(query, wanted, choices)),
        ]


@pytest.mark.function("F050")
@pytest.mark.function("F051")
@pytest.mark.function("F111")
@pytest.mark.function("F128")
@pytest.mark.function("F136")
@pytest.mark.parametrize("query", QUERIES, ids=lambda one: one.name)
@SEARCH
@given(data=st.data())
def test_the_database_lists_what_the_definition_lists(
    both: Both, query: ListQuery[Any], data: st.DataObject
) -> None:
    """Whatever is asked, in whatever reach and order: the same rows, counts and pages.

    Of some rows alone too, where only those are wanted.
    """
    memory, database = both
    ids = [one.id for one in everything(query)]
    some = st.none() | st.frozensets(st.sampled_from(ids), max_size=9) if ids else st.none()
    wanted = ListFilter(
        asked=data.draw(asked_of(query)), reach=data.draw(REACHES), ids=data.draw(some)
    )
    assert told(database, query, wanted) == told(memory, query, wanted)


@pytest.fixture(scope="module")
def in_memory() -> Transactions:
    """Give memory that holds the world."""
    transactions = memory_transactions(MemoryStore())
    people(transactions)
    return transactions


@pytest.mark.parametrize("query", COMPILED, ids=lambda one: one.name)
def test_the_world_tells_each_criterion_from_none(
    in_memory: Transactions, query: ListQuery[Any]
) -> None:
    """Each criterion lets rows through for some value, and keeps rows out for some.

    In memory alone: what it says, each database is held to above. A part has no column of its own:
    its criteria are told apart in what it is a part of.
    """
    asked_at = query if query.of is None else evolve(query.of, criteria=query.criteria)
    with in_memory.begin_reading() as unit:
        lists = unit[Lists]
        whole = lists.count(asked_at, ListFilter())
        for one in query.criteria:
            found = [
                lists.count(asked_at, ListFilter(asked={one.names[0]: asked}))
                for value in (
                    (True, False) if one.match is Match.BLANK else values_of(asked_at, one.field)
                )
                for asked in [_asked_alone(one.match, value)]
            ]
            told_apart = any(found) and any(rows < whole for rows in found)
            assert told_apart, (
                f"{query.name} shows rows that do not differ in {one.field}: vary it in `world` "
                f"(tests/integration/sql/test_lists.py) or `_vary` above, apart from its state"
            )


def test_a_wrong_column_is_caught(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: a criterion that reads another column says something else."""
    memory, database = both
    query = next(one for one in QUERIES if one.name == "tasks.task")
    source: Any = SOURCES[query]
    wrong = evolve(source, columns={**source.columns, "plan": source.table.c.scene})
    monkeypatch.setattr("adapters.sql.lists.SOURCES", {**SOURCES, query: wrong})
    wanted = ListFilter(asked={"plan": "plan-1"})
    assert told(database, query, wanted) != told(memory, query, wanted)


def test_a_draft_is_its_authors_alone(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a table as in memory: each author finds his drafts among what is nobody's alone."""
    drafts = evolve(CLUES, name="clues.draft", author=lambda one: (
        one.sheet.registered_by if one.sheet.kind is ClueKind.REPORT else ""
    ))  # fmt: skip
    source: Any = SOURCES[CLUES]
    clue = source.table.c
    whose = case((clue.kind == ClueKind.REPORT.value, clue.registered_by))
    sources = {**SOURCES, drafts: evolve(source, author=whose)}
    monkeypatch.setattr("adapters.sql.lists.SOURCES", sources)
    memory, database = both
    found = {}
    for asker in ("", "nobody", *{one.sheet.registered_by for one in everything(CLUES)}):
        wanted = ListFilter(asker=asker)
        found[asker] = told(memory, drafts, wanted)
        assert told(database, drafts, wanted) == found[asker]
    assert len({str(rows) for rows, *_ in found.values()}) > 1


@pytest.mark.parametrize("query", [VISITS, THIRD_PARTY_VISITS, EXTENSIONS])
def test_what_is_closed_is_found_where_it_belongs(both: Both, query: ListQuery[Any]) -> None:
    """Somebody inside finds all of his department; nobody's department what is open, no more."""
    memory, database = both
    every = [one for one in everything(query) if query.listed(one)]
    shut = {one.id: query.closed(one) for one in every if query.closed(one)}
    assert 0 < len(shut) < len(every)
    found = {}
    for insider in ("", "nobody", *sorted(frozenset().union(*shut.values()))):
        wanted = ListFilter(insider=insider)
        found[insider] = told(memory, query, wanted)
        assert told(database, query, wanted) == found[insider]
    assert len({str(rows) for rows, *_ in found.values()}) > 1


def test_a_part_of_a_list_holds_some_of_it(both: Both) -> None:
    """Those that the whole gives where it is asked so, of whichever reach."""
    for transactions in both:
        for reach in (None, Reach(region="450100")):
            part = told(transactions, RUNNING, ListFilter(reach=reach))
            asked = ListFilter(asked={"open": True}, reach=reach)
            assert part[:2] == told(transactions, RECTIFICATIONS, asked)[:2]
            assert part[0] != told(transactions, RECTIFICATIONS, ListFilter(reach=reach))[0]


def test_a_part_is_made_by_what_the_whole_is_asked_for() -> None:
    """Anything else fails where it is declared, by its name."""
    with pytest.raises(TypeError, match=r"tasks\.part: tasks\.rectification .* \['opened'\]"):
        partial_of(RECTIFICATIONS, name="tasks.part", plural="parts", title="部分",
                   where={"opened": True})  # fmt: skip
    with pytest.raises(TypeError, match=r"state is never \['finish'\], but one of \['corrected', "):
        partial_of(RECTIFICATIONS, name="tasks.part", plural="parts", title="部分",
                   where={"state": "finish"})  # fmt: skip


def test_a_cursor_is_good_for_its_list_alone(both: Both) -> None:
    """A cursor of one list, filter or order is refused by another."""
    query = next(one for one in QUERIES if one.name == "tasks.task")
    for transactions in both:
        with transactions.begin() as unit:
            first = unit[Lists].page(query, ListFilter(), PageRequest(size=2))
            for wanted, order in (
                (ListFilter(asked={"plan": "plan-1"}), ""),
                (ListFilter(), f"-{query.orders[0].name}"),
                (ListFilter(reach=Reach(region="450000")), ""),
            ):
                other = PageRequest(size=2, cursor=first.next_cursor, order=order)
                with pytest.raises(BadCursor):
                    unit[Lists].page(query, wanted, other)


def test_what_rows_refer_to_has_the_same_name_everywhere(both: Both) -> None:
    """References: each aggregate by its id, its name and its code, in memory as in the database.

    What a form shows and takes names that thing, and none that bears its name or code alone.
    """
    described = (*(one.fields for one in QUERIES), *(one.fields for one in registers().values()))
    referred = {one.to for fields in described for one in fields} | {CheckItems.kind}
    found, coded = [], set[str]()
    for transactions in both:
        with transactions.begin() as unit:
            ask = unit[Ask]
            told: dict[Any, Any] = {}
            for query in QUERIES:
                kind = query.port.kind
                if kind not in referred:
                    continue
                ids = [referred_by(one) for one in everything(query)]
                told[kind] = ask.resolve(kind, ids)
                assert set(told[kind]) == set(ids)
                usable = [one for one in told[kind].values() if one.code and one.usable]
                for one in usable:
                    coded.add(kind)
                    known = called(ask, kind, [one.text])[one.text]
                    same = {each.id for each in usable if each.text == one.text}
                    assert {each.id for each in known} == same, one
                names = ask.named(kind, [one.name for one in told[kind].values()])
                told[kind, "named"] = {
                    name: {one.id for one in those} for name, those in names.items()
                }
                told[kind, "offered"] = [one.id for one in ask.offered(kind, "", 5)]
            number = ask.named("task", ["tasks-003", "none"])
            told["named"] = {name: [one.id for one in those] for name, those in number.items()}
            found.append(told)
    memory, database = found
    assert database == memory
    assert memory["named"] == {"tasks-003": ["tasks-003"], "none": []}
    bear_codes = {"scene", "plan", "checklist", "subject", "task", "officer", "team"}
    assert {CheckItems.kind, *(bear_codes & referred)} <= coded


REFERRED = ("plan-1", "plan-2", "t-1", "t-2", "material-1", "risk-1", "credit-1", "m-1", "none")
"""What the things of the world refer to: plans, tags, materials and models."""


def test_what_lists_count_is_the_same_everywhere(both: Both) -> None:
    """关联数: how many tasks, subjects, check items, scenes and rounds refer to each thing."""
    found = []
    for transactions in both:
        with transactions.begin() as unit:
            found.append(
                {
                    (query.name, one.of): dict(unit[Ask].uses(query.port.kind, REFERRED, one.of))
                    for query in QUERIES
                    for one in query.counts
                }
            )
    memory, database = found
    assert database == memory
    assert all(uses and "none" not in uses for uses in memory.values()), memory
