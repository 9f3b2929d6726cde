"""How figures of a department are found: by its own groups, whatever else was counted."""

from datetime import date
from typing import Any

from sqlalchemy import Engine, event

from adapters.sql.ports import sql_transactions
from supervision_core.dashboards.model import Cell, Group, Measure
from supervision_core.dashboards.ports import Counts, Wanted
from supervision_core.identity.model import DataScope

COUNTY = "450103"
GROUPS = 40
WANTED = Wanted(
    measures=frozenset(Measure),
    starts_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    reach=DataScope(region=COUNTY, departments=frozenset({"d-0"})).predicate(),
)


def _cell(place: int) -> Cell:
    return Cell(
        measure=Measure.VISIT_DUE, value="assigned", day=date(2026, 4, 7), region=COUNTY,
        group=Group(("d-0", f"d-{place}")), about="s-1",
    )  # fmt: skip


def _sent(engine: Engine) -> list[tuple[str, Any]]:
    """Ask for the figures of a department with many groups; give the statements that it took."""
    transactions, sent = sql_transactions(engine), list[tuple[str, Any]]()

    def keep(_c: Any, _u: Any, statement: str, values: Any, _x: Any, _m: Any) -> None:
        if "FROM count_" in statement:
            sent.append((statement, values))

    with transactions.begin() as unit:
        for place in range(1, GROUPS):
            unit[Counts].settle("visit", f"v-{place}", (_cell(place),))
        unit.commit()
    event.listen(engine, "before_cursor_execute", keep)
    with transactions.begin_reading() as unit:
        assert unit[Counts].sums(WANTED, ("measure",)) == {(Measure.VISIT_DUE,): GROUPS - 1}
    event.remove(engine, "before_cursor_execute", keep)
    return sent


def test_what_a_department_counts_is_found_by_its_groups(sqlite_engine: Engine) -> None:
    """With many groups and all measures, SQLite would rather look at every cell of the year."""
    sent = _sent(sqlite_engine)
    with sqlite_engine.connect() as connection:
        plans = [
            str(row[-1])
            for statement, values in sent
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    found = "ix_count_cell_group (group_id=? AND region=? AND counted_on>?"
    assert any(found in one for one in plans), plans


def test_no_table_is_gone_through_for_a_department(postgres_engine: Engine) -> None:
    """PostgreSQL finds groups and cells by indexes; of small tables it has to be told to."""
    sent = _sent(postgres_engine)
    with postgres_engine.connect() as connection:
        connection.exec_driver_sql("SET enable_seqscan = off")
        plans = [
            str(row[0])
            for statement, values in sent
            for row in connection.exec_driver_sql(f"EXPLAIN {statement}", values)
        ]
    assert plans
    assert not [one for one in plans if "Seq Scan" in one], plans
