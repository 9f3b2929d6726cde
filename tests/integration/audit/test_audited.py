"""Matrix row 10: what was asked and what stands in the log are the same, or nothing was done."""

from collections import Counter
from collections.abc import Iterator
from typing import Self

import pytest
from attrs import evolve
from sqlalchemy import Engine, text

from adapters.memory.ports import PORTS as MEMORY_PORTS
from adapters.memory.unit import MemoryStore, MemoryTransactions
from adapters.sql.engine.schema import audit_row
from adapters.sql.frame.commit import SqlAuditLog, SqlOutbox, take_positions
from adapters.sql.frame.unit import SqlTransactions, SqlUnitOfWork
from adapters.sql.ports import PORTS
from entrypoints.catalogue import use_cases
from supervision_core.audit.model import AuditEntry, Outcome
from supervision_core.audit.ports import AuditLog
from supervision_core.audit.services import LogTampered, WriteGuard
from supervision_core.identity.model import Actor, DataScope, PermissionDenied
from supervision_core.identity.ports import DoneCommand, DoneCommands
from supervision_core.identity.services import Commands, Question, UseCase, Work, use_case
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import DomainError, NotFound, Violation
from supervision_core.kernel.ports import Transactions
from supervision_core.subjects.ports import Tags
from supervision_core.testing.cases import CASES
from supervision_core.testing.commands import OFFICER, CountedIds, Make, StoppedClock, make_with

CASE = next(case for case in CASES if case.port is Tags)
NOBODY = Actor(
    user="u-2", department="d-2", scope=DataScope(region="450100"), permissions=frozenset()
)


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Give an empty database of each kind."""
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    return found


def commands(transactions: Transactions) -> Commands:
    """Give the frame."""
    return Commands(transactions, StoppedClock(), CountedIds())


@use_case("testing.tampered", "篡改")
def meet_tampered(work: Work, cmd: Make) -> str:
    """Meet a row that was changed behind the platform."""
    del work, cmd
    raise Tampered((Violation("crypto.row_changed", at="tag"),))


def test_the_log_is_the_list_of_what_was_asked(engine: Engine) -> None:
    """Done once each; denied and out of scope once each; refused and repeated: no row more."""
    run = commands(SqlTransactions(engine, PORTS))
    make = make_with(CASE)
    allowed = evolve(OFFICER, permissions=frozenset({"testing.*"}))
    asked: list[tuple[str, str, str]] = []

    def ask(case: UseCase[Make, str], id: str, actor: Actor, **more: str) -> None:
        region = more.pop("region", "450100")
        try:
            run.run(case, Make(id=id, region=region), actor=actor, key=more.get("key"))
            end = "done"
        except PermissionDenied:
            end = "denied"
        except (NotFound, Tampered):
            end = "denied"
        except DomainError:
            end = "refused"
        asked.append((actor.user, case.name, end))

    for number in range(5):
        ask(make, f"a-{number}", allowed)
    ask(make, "a-0", allowed)  # taken: refused
    ask(make, "b-1", NOBODY)
    ask(make, "b-2", allowed, region="450200")
    ask(meet_tampered, "b-3", allowed)
    ask(make, "c-1", allowed, key="k")
    repeated = len(asked)
    ask(make, "c-1", allowed, key="k")
    del asked[repeated]
    ask(make, "c-2", allowed, key="k")  # another request under the key: refused
    expected = Counter(one for one in asked if one[2] != "refused")
    rows = [row.entry for row in SqlAuditLog(engine).rows()]
    found = Counter((one.actor, one.action, one.outcome.value) for one in rows)
    assert found == expected
    assert len(rows) == 9


def test_what_proves_tampered_with_is_an_alarm_in_the_log(engine: Engine) -> None:
    """The row says what was found and where, and that the attempt came to nothing."""
    allowed = evolve(OFFICER, permissions=frozenset({"testing.*"}))
    with pytest.raises(Tampered):
        commands(SqlTransactions(engine, PORTS)).run(meet_tampered, Make(id="a"), actor=allowed)
    (row,) = SqlAuditLog(engine).rows()
    assert row.entry.outcome is Outcome.DENIED
    assert row.entry.note == (("alarm", "crypto.row_changed"), ("place", "tag"))


@pytest.mark.parametrize("name", sorted(use_cases()))
def test_every_use_case_audits_its_denial(name: str) -> None:
    """Whoever lacks the permission of any use case leaves exactly one row, whatever he asked."""
    for case in use_cases()[name]:
        store = MemoryStore()
        frame = commands(MemoryTransactions(store, MEMORY_PORTS))
        act = frame.ask if isinstance(case, Question) else frame.run
        with pytest.raises(PermissionDenied):
            act(case, Make(id="a"), actor=NOBODY)  # type: ignore[arg-type]
        (row,) = store.audit
        assert (row.entry.actor, row.entry.action) == ("u-2", name)
        assert row.entry.outcome is Outcome.DENIED


_FUNCTION = (
    "CREATE OR REPLACE FUNCTION no_audit() RETURNS trigger AS "
    "$$ BEGIN RAISE EXCEPTION 'full'; END $$ LANGUAGE plpgsql"
)
_TRIGGER = "CREATE TRIGGER no_audit BEFORE INSERT ON audit_row"
TRIGGERS = {
    "sqlite": [f"{_TRIGGER} BEGIN SELECT RAISE(ABORT, 'full'); END"],
    "postgresql": [_FUNCTION, f"{_TRIGGER} FOR EACH ROW EXECUTE FUNCTION no_audit()"],
}


@pytest.fixture
def without_audit(engine: Engine) -> Iterator[Engine]:
    """Give a database whose log takes no row."""
    with engine.begin() as connection:
        for statement in TRIGGERS[engine.dialect.name]:
            connection.execute(text(statement))
    yield engine
    on = " ON audit_row" if engine.dialect.name == "postgresql" else ""
    with engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER no_audit{on}"))


def left(engine: Engine, transactions: Transactions) -> list[str]:
    """Name what a command left though its audit row could not be written."""
    found = []
    with transactions.begin() as unit:
        if unit[DoneCommands].find("u-1", "k") is not None:
            found.append("done")
        try:
            unit[CASE.port].get("a-1")
            found.append("tag")
        except NotFound:
            pass
    if SqlOutbox(engine).pending(9):
        found.append("event")
    return found


def test_without_an_audit_row_nothing_is_done(without_audit: Engine) -> None:
    """No business row, event or idempotency record stays when the log takes no row."""
    transactions = SqlTransactions(without_audit, PORTS)
    with pytest.raises(Exception, match="full"):
        commands(transactions).run(make_with(CASE), Make(id="a-1"), actor=OFFICER, key="k")
    assert left(without_audit, transactions) == []


class _ApartUnit(SqlUnitOfWork):
    """A unit that commits first and writes its audit row after: what must not be."""

    def commit(self) -> None:
        waiting = self._audit
        self._audit = SqlAuditLog(self._connection)
        super().commit()
        with self._engine.begin() as connection:
            waiting.flush(connection, take_positions(connection, audit_row, waiting.waiting))


class _Apart(SqlTransactions):
    def begin(self) -> SqlUnitOfWork:
        return _ApartUnit(self._engine, self._ports)


def test_the_watch_sees_a_log_kept_apart(without_audit: Engine) -> None:
    """Negative control: a unit that writes its audit row in a transaction of its own is found."""
    apart = _Apart(without_audit, PORTS)
    with pytest.raises(Exception, match="full"):
        commands(apart).run(make_with(CASE), Make(id="a-1"), actor=OFFICER, key="k")
    assert left(without_audit, SqlTransactions(without_audit, PORTS)) == ["done", "tag", "event"]


class _BrokenLog(AuditLog):
    """A log whose port fails."""

    def append(self, entry: AuditEntry) -> None:
        raise OSError(entry.action)

    def rows(self, start: int = 0) -> Iterator[object]:  # type: ignore[override]
        raise NotImplementedError(start)


class _BrokenUnit(SqlUnitOfWork):
    def __enter__(self) -> Self:
        super().__enter__()
        self._made[AuditLog] = _BrokenLog()
        return self


class _Broken(SqlTransactions):
    def begin(self) -> SqlUnitOfWork:
        return _BrokenUnit(self._engine, self._ports)


def test_a_failing_port_stops_the_command(engine: Engine) -> None:
    """The log's own failure comes before the commit, and the command ends with it."""
    with pytest.raises(OSError, match=r"testing\.make"):
        commands(_Broken(engine, PORTS)).run(
            make_with(CASE), Make(id="a-1"), actor=OFFICER, key="k"
        )
    assert left(engine, SqlTransactions(engine, PORTS)) == []


def test_a_denial_that_cannot_be_logged_is_no_silent_denial(without_audit: Engine) -> None:
    """Where even the denial cannot be written, the failure of the log is what is answered."""
    with pytest.raises(Exception, match="full"):
        commands(SqlTransactions(without_audit, PORTS)).run(
            make_with(CASE), Make(id="a-1"), actor=NOBODY
        )


def test_nothing_is_written_while_the_guard_refuses(engine: Engine) -> None:
    """The guard stands before the transaction: a refused command leaves no row of any kind."""

    class _Refusing(WriteGuard):
        def require(self, now: object) -> None:
            del now
            raise LogTampered((Violation(LogTampered.code, data={"row": 1}),))

    guarded = evolve(
        commands(SqlTransactions(engine, PORTS)),
        guard=_Refusing(lambda: None),  # type: ignore[arg-type,return-value]
    )
    with pytest.raises(LogTampered):
        guarded.run(make_with(CASE), Make(id="a-1"), actor=OFFICER, key="k")
    assert left(engine, SqlTransactions(engine, PORTS)) == []
    assert list(SqlAuditLog(engine).rows()) == []


def test_a_done_command_is_in_the_log(engine: Engine) -> None:
    """Every idempotency record has its audit row: the same actor, action and digest."""
    run = commands(SqlTransactions(engine, PORTS))
    run.run(make_with(CASE), Make(id="a-1"), actor=OFFICER, key="k")
    with SqlTransactions(engine, PORTS).begin() as unit:
        done = unit[DoneCommands].find("u-1", "k")
    (row,) = SqlAuditLog(engine).rows()
    assert done == DoneCommand(
        key="k", action=row.entry.action, request=row.entry.request, answer='"a-1"',
        done_on=local_day(row.entry.at),
    )  # fmt: skip
