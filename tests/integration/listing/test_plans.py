"""How databases find the rows of lists: by an index, in its order, whatever the scope."""

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from attrs import evolve
from sqlalchemy import Connection, Engine, event, text
from tests.integration.listing.test_contract import QUERIES, peopled

from adapters.sql.engine.lists import ListSource, listing_of
from adapters.sql.lists import source_of
from adapters.sql.ports import sql_transactions
from supervision_core.identity.model import DataScope, Department
from supervision_core.identity.ports import Departments
from supervision_core.identity.services import Work
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.listing import ListFilter, ListQuery
from supervision_core.kernel.registers import Reach, Reading
from supervision_core.subjects.ports import Subjects
from supervision_core.testing.commands import CountedIds
from supervision_core.testing.identity import NOON, full_department_data
from supervision_core.testing.paging import subject_number
from supervision_core.testing.register_cases import actor_of

COUNTY = "450103"
OWNED: Mapping[str, Any] = {
    "everything": None,
    "province": DataScope(region="450000").predicate(),
    "city": DataScope(region="450100").predicate(),
    "county": DataScope(region=COUNTY).predicate(),
    "department": DataScope(region=COUNTY, departments=frozenset({"d-1"})).predicate(),
}
UPWARD: Mapping[str, Any] = {"everything": None, "upward": Reach(region=COUNTY, upward=True)}
COMPILED = [(one, place) for one in QUERIES if isinstance(place := source_of(one), ListSource)]


def plan_of(connection: Connection, statement: Any) -> str:
    """Give the database's plan for a statement, one step a line."""
    told: list[tuple[str, Any]] = []

    def keep(_c: Any, _u: Any, sent: str, values: Any, _x: Any, _m: Any) -> None:
        told.append((sent, values))

    event.listen(connection, "before_cursor_execute", keep)
    connection.execute(statement)
    event.remove(connection, "before_cursor_execute", keep)
    sent, values = next(one for one in told if one[0].startswith("SELECT"))
    asked = "EXPLAIN" if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.exec_driver_sql(f"{asked} {sent}", values) as found:
        return "\n".join(str(row[-1]) for row in found)


def plans(
    connection: Connection, query: ListQuery[Any], place: ListSource
) -> Iterator[tuple[str, str]]:
    """Give the plan of the first page for each kind of scope and each order, by their names."""
    scopes = UPWARD if query.read is Reading.OWNER_AND_BELOW else OWNED
    for scope, reach in scopes.items():
        for order in query.orders:
            wanted = ListFilter(asked={order.within: "d-1"} if order.within else {}, reach=reach)
            asked = listing_of(query, place, wanted, order).page(20, None)
            yield f"{scope} {order.name}", plan_of(connection, asked)
            if query.hides:
                inside = listing_of(query, place, evolve(wanted, insider="d-1"), order)
                name = f"{scope} {order.name} inside"
                yield name, plan_of(connection, inside.page(20, None))


@pytest.mark.parametrize(("query", "place"), COMPILED, ids=[one.name for one, _ in COMPILED])
def test_sqlite_reads_an_index_in_its_order(
    sqlite_engine: Engine, query: ListQuery[Any], place: ListSource
) -> None:
    """No scan, no sort; one county is found by its code, one department of it by its own rows.

    Lists of rules may be sorted: few rows.

    What stands with something else (roles, of which there are few) is walked in its order.
    """
    with sqlite_engine.connect() as connection:
        for name, plan in plans(connection, query, place):
            first = plan.splitlines()[0]
            assert first.startswith("MULTI-INDEX OR") or "USING" in first, (name, plan)
            if query.read is Reading.OWNER:
                assert "TEMP B-TREE" not in plan, (name, plan)
            if name.startswith(("county", "department")) and query.stands_with is None:
                owned = name.startswith("department") and place.standing.owned
                by_owner = owned and any(
                    (column := place.looked_up(one)) is not None
                    and column.table is place.standing.owners
                    for one in place.ordered
                )
                assert ("department=?" if by_owner else "region=?") in first, (name, plan)


FEW = [
    (one, place, criterion.field)
    for one, place in COMPILED
    if place.standing.owned and place.ordered
    for criterion in one.criteria
    if criterion.field in one.by_name and one.by_name[criterion.field].to == Subjects.kind
]
"""Lists of what each firm has few of and an owner many: none may leave out to say so."""


@pytest.mark.parametrize(
    ("query", "place", "name"), FEW, ids=[f"{one.name} {name}" for one, _, name in FEW]
)
def test_sqlite_reads_what_there_are_few_of_by_their_own_index(
    sqlite_engine: Engine, query: ListQuery[Any], place: ListSource, name: str
) -> None:
    """However much the reader's department has: its rows are not gone through for one firm's."""
    wanted = ListFilter(asked={name: "s-1"}, reach=OWNED["department"])
    asked = listing_of(query, place, wanted, query.orders[0]).page(20, None)
    with sqlite_engine.connect() as connection:
        plan = plan_of(connection, asked)
    assert f"{name}=?" in plan.splitlines()[0], plan
    assert "TEMP B-TREE" not in plan, plan


def read_beforehand(plan: str) -> list[str]:
    """Give the steps that read rows of a table to look others up in; ids that are given may be."""
    steps = plan.splitlines()
    hashed = set(re.findall(r"hashed SubPlan (\d+)", plan))
    firsts = [
        after
        for step, after in itertools.pairwise(steps)
        if (found := re.fullmatch(r"\s*SubPlan (\d+)", step)) and found[1] in hashed
    ]
    return [one for one in firsts if "ProjectSet" not in one]


@pytest.mark.parametrize(("query", "place"), COMPILED, ids=[one.name for one, _ in COMPILED])
def test_postgres_can_read_an_index_in_its_order(
    postgres_engine: Engine, query: ListQuery[Any], place: ListSource
) -> None:
    """An index gives every order: where sorting is dear, only ends of equal keys are sorted.

    Whose a row is, is looked for row by row, not by reading all owners for a page of twenty.
    """
    with postgres_engine.connect() as connection:
        for switch in ("enable_seqscan", "enable_sort", "enable_bitmapscan"):
            connection.execute(text(f"SET LOCAL {switch} = off"))
        for name, plan in plans(connection, query, place):
            assert f"Seq Scan on {place.table.name} " not in plan, (name, plan)
            sorts = [one for one in plan.splitlines() if "Sort  (" in one]
            assert all("Incremental" in one for one in sorts), (name, plan)
            assert not read_beforehand(plan), (name, plan)


@pytest.mark.parametrize(("query", "place"), COMPILED, ids=[one.name for one, _ in COMPILED])
def test_a_page_asks_once_for_rows_and_once_a_kind_for_names(
    sqlite_engine: Engine, query: ListQuery[Any], place: ListSource
) -> None:
    """One statement for rows, one for each kind that they refer to, two for what waits in them.

    Those two ask which officer the actor is, and what is to be done about the rows.
    """
    del place
    transactions = sql_transactions(sqlite_engine)
    with transactions.begin() as unit:
        for port, root in peopled():
            unit[port].save(root)
        for at in range(30):
            unit[Subjects].save(subject_number(at))
        unit[Departments].save(Department.add(full_department_data(), id="d-0", at=NOON))
        unit.commit()
    cases = cases_of(query)
    sent: list[str] = []

    def keep(_c: Any, _u: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT"):
            sent.append(statement)

    with transactions.begin() as unit:
        work = Work(actor_of("450000", "d-1", wide=True), NOON, CountedIds(), unit)
        event.listen(sqlite_engine, "before_cursor_execute", keep)
        page = cases.list.body(work, cases.asking())
        event.remove(sqlite_engine, "before_cursor_execute", keep)
    assert page.items
    kinds = {one.to for one in query.fields if one.to is not None}
    waits = 0 if query.cls.verbs is None else 2
    assert len(sent) <= 1 + len(kinds) + waits + len(query.counts) + len(query.counting)
