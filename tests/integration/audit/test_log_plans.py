"""How databases find the rows of the log that concern a few departments."""

from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from adapters.sql.frame.audit_questions import MOST_APART, SqlAuditQueries
from supervision_core.audit.ports import AuditFilter
from supervision_core.kernel.paging import PageRequest


def plan_of(engine: Engine, wanted: AuditFilter) -> str:
    """Give the database's plan for a page of the log."""
    told: list[tuple[str, Any]] = []

    def keep(_c: Any, _u: Any, sent: str, values: Any, _x: Any, _m: Any) -> None:
        told.append((sent, values))

    with engine.connect() as connection:
        postgres = engine.dialect.name == "postgresql"
        if postgres:
            connection.execute(text("SET LOCAL enable_seqscan = off"))
            connection.execute(text("SET LOCAL enable_bitmapscan = off"))
        event.listen(connection, "before_cursor_execute", keep)
        SqlAuditQueries(connection).search(wanted, PageRequest())
        sent, values = next(one for one in told if one[0].startswith("SELECT"))
        asked = "EXPLAIN" if postgres else "EXPLAIN QUERY PLAN"
        with connection.exec_driver_sql(f"{asked} {sent}", values) as found:
            return "\n".join(str(row[-1]) for row in found)


@pytest.mark.parametrize("kind", ["sqlite_engine", "postgres_engine"])
def test_each_of_a_few_departments_is_looked_for_by_itself(
    kind: str, request: pytest.FixtureRequest
) -> None:
    """One that the log hardly names costs no more than any other: nothing is read back to it."""
    engine: Engine = request.getfixturevalue(kind)
    few = plan_of(engine, AuditFilter(departments=frozenset({"d-1", "d-2"})))
    assert few.count("ix_audit_row_department") == len({"d-1", "d-2"}), few
    assert few.count("audit_target") >= len({"d-1", "d-2"}), few
    many = frozenset(f"d-{at}" for at in range(MOST_APART + 1))
    assert "ix_audit_row_department" not in plan_of(engine, AuditFilter(departments=many))
