"""Lists come from a copy that has everything, and from the primary otherwise."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text, update

from adapters.sql.engine.database import open_engine
from adapters.sql.engine.replica import Replica
from adapters.sql.engine.schema import audit_row, counter
from adapters.sql.frame.unit import SqlTransactions
from adapters.sql.ports import LISTED, PORTS, sql_transactions
from adapters.sql.sealing.protection import Sealing
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.ports import Transactions, UnitOfWork
from supervision_core.subjects.ports import SubjectFilter, SubjectQueries, Subjects
from supervision_core.testing.cases import CASES

EXAMPLE = next(case.example for case in CASES if case.port is Subjects)


def put(engine: Engine, id: str, *, rows: int) -> None:
    """Store a subject, and say that so many audit rows were written."""
    with SqlTransactions(engine, PORTS).begin() as unit:
        unit[Subjects].save(EXAMPLE(id))
        unit.commit()
    with engine.begin() as connection:
        connection.execute(
            update(counter).where(counter.c.name == audit_row.name).values(upto=rows)
        )


def listed(unit: UnitOfWork) -> list[str]:
    """Give the ids of a list."""
    page = unit[SubjectQueries].page(SubjectFilter(region="450000"), PageRequest())
    return [row.id for row in page.items]


@pytest.fixture
def copy(kingbase_engine: Engine) -> Engine:
    """Give a second database, with a row that the primary has not: it tells who answered."""
    put(kingbase_engine, "in-copy", rows=7)
    return kingbase_engine


@pytest.fixture
def primary(postgres_engine: Engine) -> Engine:
    """Give the database that is written to."""
    put(postgres_engine, "in-primary", rows=7)
    return postgres_engine


def transactions(primary: Engine, copy: Engine) -> tuple[Transactions, Replica]:
    """Give what the platform works with."""
    replica = Replica(copy)
    return sql_transactions(primary, replica=replica), replica


def test_a_copy_that_has_everything_answers(primary: Engine, copy: Engine) -> None:
    """A list in a unit that only reads comes from the copy; in one that may write, it does not."""
    both, _ = transactions(primary, copy)
    with both.begin_reading() as unit:
        assert listed(unit) == ["in-copy"]
    with both.begin() as unit:
        assert listed(unit) == ["in-primary"]


def test_a_copy_that_is_behind_does_not_answer(primary: Engine, copy: Engine) -> None:
    """Whoever wrote sees what he wrote: one audit row less in the copy, and the primary answers.

    The copy is looked at again for the next question, not avoided.
    """
    both, _ = transactions(primary, copy)
    put(primary, "just-written", rows=8)
    with both.begin_reading() as unit:
        assert listed(unit) == ["in-primary", "just-written"]
    put(copy, "arrived", rows=8)
    with both.begin_reading() as unit:
        assert listed(unit) == ["arrived", "in-copy"]


def test_a_copy_that_is_down_is_done_without(primary: Engine) -> None:
    """Without the copy the primary answers, and the copy is not asked again at once."""
    gone = open_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
    both, replica = transactions(primary, gone)
    with both.begin_reading() as unit:
        assert listed(unit) == ["in-primary"]
    assert replica.avoided
    gone.dispose()


def test_a_copy_that_fails_in_the_middle_is_replaced(primary: Engine, copy: Engine) -> None:
    """A question that has begun at the copy is answered by the primary when the copy dies."""
    both, replica = transactions(primary, copy)
    with both.begin_reading() as unit:
        assert listed(unit) == ["in-copy"]
        with copy.begin() as other:
            other.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        assert listed(unit) == ["in-primary"]
        assert replica.avoided


def test_decisions_rest_on_the_primary(primary: Engine, copy: Engine) -> None:
    """Aggregates, rights and sessions are never read from a copy."""
    both, _ = transactions(primary, copy)
    with both.begin_reading() as unit:
        assert listed(unit) == ["in-copy"]
        assert unit[Subjects].get("in-primary").id == "in-primary"
        with pytest.raises(NotFound):
            unit[Subjects].get("in-copy")
    names = {port.__name__ for port in LISTED}
    assert not any("User" in name or "Grant" in name or "Session" in name for name in names)


@pytest.fixture
def few_connections(postgres_dsn: str, sealing: Sealing) -> Iterator[Engine]:
    """Give an engine that can tell whether a connection was left behind."""
    engine = open_engine(postgres_dsn, pool_size=1, sealing=sealing)
    yield engine
    engine.dispose()


def test_connections_are_given_back(primary: Engine, few_connections: Engine) -> None:
    """A copy's connection is free again after each unit, whether it answered or not."""
    both, _ = transactions(primary, few_connections)
    for at in range(3):
        with both.begin_reading() as unit:
            listed(unit)
        put(primary, f"more-{at}", rows=at)
    assert few_connections.pool.checkedout() == 0  # type: ignore[attr-defined]
