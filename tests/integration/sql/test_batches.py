"""Rows that one command wrote together are under one seal, and none of them changes unseen."""

from collections.abc import Mapping, Sequence
from datetime import date
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine, Row, Select, delete, insert, select, text, update
from tests.eventually import eventually

from adapters.sql.frame.commit import SqlAuditLog
from adapters.sql.graded import GRADINGS, SqlGradedSubjects, graded_subject
from adapters.sql.migrations import migrate, migrate_down
from adapters.sql.ports import BATCHED, other_rows, sql_transactions, stored_versions
from adapters.sql.sealing.batches import SIZE, batch_seal, read_whole
from adapters.sql.sealing.protected import SqlProtectedRows
from adapters.sql.sealing.protection import Sealing, is_own, sealing_of
from adapters.sql.subject_facts import subject_fact, subject_statement
from adapters.sql.subjects import SqlSubjects, subject
from supervision_core.audit.model import AuditEntry, Outcome, target_of
from supervision_core.audit.ports import AuditLog
from supervision_core.audit.services import NamedInMemory, compare_versions
from supervision_core.grading.ports import GradedSubjects
from supervision_core.kernel.batches import BATCH
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.errors import Conflict
from supervision_core.kernel.ports import UnitOfWork, unlogged_kinds
from supervision_core.kernel.sealing import renew
from supervision_core.subjects.ports import SubjectFacts, Subjects
from supervision_core.testing.grading import DAY, full_graded
from supervision_core.testing.subjects import full_subject
from supervision_core.testing.units import NOON

MANY = 2 * SIZE + 50
WHO = [f"s-{at:04d}" for at in range(MANY)]
KNOWN = date(2026, 1, 1)


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Give an empty database of each kind."""
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    return found


def log(unit: UnitOfWork, *targets: str) -> None:
    """Write an audit row, and commit."""
    unit[AuditLog].append(
        AuditEntry(
            at=NOON,
            actor="u-1",
            department="",
            action="x.y",
            outcome=Outcome.DONE,
            request="0" * 64,
            targets=targets,
        )
    )
    unit.commit()


def fill(engine: Engine) -> None:
    """Import subjects with a fact of each kind, and grade them."""
    with sql_transactions(engine).begin() as unit:
        unit[Subjects].save_all([full_subject(one, f"code-{one}") for one in WHO])
        said = {one: {"penalties_3y": 3, "other_things": 1} for one in WHO}
        unit[SubjectFacts].record_table(said, known_on=KNOWN, source="表")
        unit[GradedSubjects].record([full_graded(one) for one in WHO])
        log(unit, *(target_of(Subjects.kind, one, 1) for one in WHO))


def broken(engine: Engine) -> set[str]:
    """Name all that the worker's walk finds, by what stands before the first stroke."""
    rows, seen = other_rows(engine), set[str]()
    look = rows.look()
    seen.update(look.broken)
    while look.after:
        look = rows.look(look.after)
        seen.update(look.broken)
    return {one.partition("/")[0] for one in seen}


def compared(engine: Engine) -> set[tuple[str, str]]:
    """Give what does not fit the log: code, and kind of what it is about."""
    stored = stored_versions(engine)
    found = compare_versions(
        SqlAuditLog(engine), stored, NamedInMemory(),
        kinds=stored.kinds() - unlogged_kinds(), whole=True,
    )  # fmt: skip
    return {(one.code, one.what.partition("/")[0]) for one in found}


def seals(engine: Engine, table: Any) -> list[str]:
    """Give what each row of a table is sealed by."""
    with engine.connect() as connection:
        return list(connection.execute(select(table.c.row_seal)).scalars())


def test_what_one_command_writes_has_one_seal_a_batch(engine: Engine) -> None:
    """Firms, facts and gradings: none has a seal of its own; no row is one that all wait for."""
    fill(engine)
    for table in (subject, subject_statement, subject_fact, graded_subject):
        found = seals(engine, table)
        assert len(found) == MANY
        assert len(set(found)) == 3, table.name
        assert not any(map(is_own, found))
    assert len(seals(engine, batch_seal)) == 4 * 3
    assert (broken(engine), compared(engine)) == (set(), set())


def test_a_firm_changed_later_has_its_own_seal_and_leaves_its_batch(engine: Engine) -> None:
    """The batch counts one less, in the version that the log names; the others stay readable."""
    fill(engine)
    with sql_transactions(engine).begin() as unit:
        changed = unit[Subjects].get(WHO[0])
        changed.tag(frozenset({"by-hand"}))
        unit[Subjects].save(changed)
        log(unit, target_of(Subjects.kind, changed.id, changed.version))
    assert [is_own(one) for one in seals(engine, subject)].count(True) == 1
    with engine.connect() as connection:
        versions = select(batch_seal.c.version).order_by(batch_seal.c.version.desc())
        assert list(connection.execute(versions).scalars())[:2] == [2, 1]
    with sql_transactions(engine).begin() as unit:
        assert "by-hand" in unit[Subjects].get(WHO[0]).tags
        assert len(unit[Subjects].find_many(WHO)) == MANY
        unit.commit()
    with sql_transactions(engine).begin() as unit:  # a second time there is no batch to leave
        again = unit[Subjects].get(WHO[0])
        again.untag(frozenset({"by-hand"}))
        unit[Subjects].save(again)
        log(unit, target_of(Subjects.kind, again.id, again.version))
    assert (broken(engine), compared(engine)) == (set(), set())


def test_what_is_said_or_graded_anew_leaves_its_batch(engine: Engine) -> None:
    """The old rows are in no batch, the new ones in one of their own; all is named in the log."""
    fill(engine)
    with sql_transactions(engine).begin() as unit:
        unit[GradedSubjects].record([full_graded(one, grade=1) for one in WHO[:3]])
        said = {one: {"penalties_3y": 0, "other_things": 0} for one in WHO[:2]}
        unit[SubjectFacts].record_table(said, known_on=KNOWN, source="表")
        log(unit)
    assert (broken(engine), compared(engine)) == (set(), set())
    with sql_transactions(engine).begin() as unit:
        grades = unit[GradedSubjects].grades_until("r1", DAY)
        known = unit[SubjectFacts].facts_on(WHO, KNOWN)
    assert [grades[one].grade for one in WHO[:4]] == [1, 1, 1, 2]
    assert [known[one]["penalties_3y"] for one in WHO[:3]] == [0, 0, 3]
    assert [known[one]["other_things"] for one in WHO[:3]] == [0, 0, 1]


def _use(engine: Engine, table: str) -> None:
    """Read the first row by itself, where it is relied on."""
    with sql_transactions(engine).begin_reading() as unit:
        if table == "subject":
            unit[Subjects].get(WHO[0])
        elif table == "graded_subject":
            unit[GradedSubjects].of_day("r1", DAY, WHO[:1])
        else:
            unit[SubjectFacts].facts_on(WHO[:1], KNOWN)


CHANGES: Mapping[str, Mapping[str, Any]] = {
    "subject": {"region": "450200"},
    "graded_subject": {"grade": 1},
    "subject_statement": {"penalties_3y": 0},
    "subject_fact": {"int_value": 7},
}
TABLES = {one.name: one for one in (subject, graded_subject, subject_statement, subject_fact)}


def _key(table: str) -> Any:
    return TABLES[table].c["id" if table == "subject" else "subject_id"]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("known", [False, True], ids=["fresh", "read-before"])
def test_a_row_changed_moved_or_unsealed_is_refused_at_use(
    engine: Engine, table: str, *, known: bool
) -> None:
    """Also where the process has read the batch before; and the walk names its table."""
    fill(engine)
    if known:
        _use(engine, table)
    first = _key(table) == WHO[0]
    others = set(seals(engine, TABLES[table]))
    with engine.connect() as connection:
        own = connection.execute(select(TABLES[table].c.row_seal).where(first)).scalar_one()
    foreign = seals(engine, graded_subject if table == "subject" else subject)[0]
    (moved, *_) = others - {own}
    for values in (
        CHANGES[table],
        {"row_seal": moved},
        {"row_seal": foreign},
        {"row_seal": "0" * 32},
        {"row_seal": "-"},
    ):
        with engine.begin() as connection:
            kept = connection.execute(select(TABLES[table]).where(first)).one()._asdict()
            connection.execute(update(TABLES[table]).where(first).values(values))
        with pytest.raises(Tampered):
            _use(engine, table)
        assert table in broken(engine)
        with engine.begin() as connection:
            connection.execute(update(TABLES[table]).where(first).values(kept))
        _use(engine, table)
    assert broken(engine) == set()


@pytest.mark.parametrize("table", [one.table.name for one in BATCHED])
def test_a_row_with_a_good_seal_of_its_own_is_refused_where_batches_seal(
    engine: Engine, table: str
) -> None:
    """Else one of a time before batches could be put in: no version would tell."""
    fill(engine)
    (kept,) = (one for one in BATCHED if one.table.name == table)
    first = _key(table) == WHO[0]
    with engine.begin() as connection:
        row = connection.execute(select(kept.table).where(first)).one()
        seal = sealing_of(engine).rows.of(table, kept.state(row))
        connection.execute(update(kept.table).where(first).values(row_seal=seal))
    with pytest.raises(Tampered):
        _use(engine, table)


@pytest.mark.parametrize("table", [one.table.name for one in BATCHED])
def test_rows_deleted_or_put_in_are_missed_in_their_batch(engine: Engine, table: str) -> None:
    """One deleted, one copied under another key; then all of a batch with the batch itself."""
    fill(engine)
    first = _key(table) == WHO[0]
    with engine.begin() as connection:
        row = connection.execute(select(TABLES[table]).where(first)).one()._asdict()
        copy = row | {"subject_id": "s-9999"}
        connection.execute(insert(TABLES[table]).values(copy))
    assert broken(engine) == {table}
    with engine.begin() as connection:
        connection.execute(delete(TABLES[table]).where(_key(table).in_(["s-9999", WHO[0]])))
    assert broken(engine) == {table}
    assert compared(engine) == set()
    with engine.begin() as connection:
        batch = row["row_seal"]
        connection.execute(delete(TABLES[table]).where(TABLES[table].c.row_seal == batch))
        connection.execute(delete(batch_seal).where(batch_seal.c.id == batch))
    assert broken(engine) == set()
    assert compared(engine) == {("audit.object_gone", BATCH)}


def test_a_batch_changed_by_somebody_without_keys_holds_nothing(engine: Engine) -> None:
    """Its rows are refused, and it is named itself."""
    fill(engine)
    with engine.begin() as connection:
        connection.execute(update(batch_seal).values(version=7))
    for table in TABLES:
        with pytest.raises(Tampered):
            _use(engine, table)
    assert "batch_seal" in broken(engine)


@pytest.mark.parametrize("known", [False, True], ids=["fresh", "read-before"])
def test_a_batch_copied_over_another_holds_nothing(engine: Engine, *, known: bool) -> None:
    """Its good seal is that of another id, also where the process knows the seal."""
    fill(engine)
    if known:
        _use(engine, "subject_fact")
    first = subject_fact.c.subject_id == WHO[0]
    with engine.begin() as connection:
        own = connection.execute(select(subject_fact.c.row_seal).where(first)).scalar_one()
        kept = connection.execute(select(batch_seal).where(batch_seal.c.id == own)).one()
        elsewhere = subject_fact.c.row_seal != own
        (other, *_) = connection.execute(select(subject_fact.c.row_seal).where(elsewhere)).scalars()
        copied = update(batch_seal).where(batch_seal.c.id == other)
        connection.execute(copied.values(row_seal=kept.row_seal, body=kept.body))
        connection.execute(update(subject_fact).where(first).values(row_seal=other))
    with pytest.raises(Tampered):
        _use(engine, "subject_fact")


def test_rows_replaced_while_they_are_read_are_read_again(postgres_engine: Engine) -> None:
    """A command sees what others commit between its statements: that is no tampering."""
    fill(postgres_engine)
    replaced: list[bool] = []
    with postgres_engine.connect() as connection:

        def read(asked: Select[Any]) -> Sequence[Row[Any]]:
            rows = connection.execute(asked).all()
            if not replaced:
                replaced.append(True)
                with sql_transactions(postgres_engine).begin() as unit:
                    unit[GradedSubjects].record([full_graded(WHO[0], grade=1)])
                    unit.commit()
            return rows

        rows, sealing = read_whole(read, GRADINGS.whole(), sealing_of(connection))
    for row, digest in zip(rows, GRADINGS.digests(rows), strict=True):
        GRADINGS.check(row, digest, sealing)
    assert {row.subject_id: row.grade for row in rows}[WHO[0]] == 1


def test_two_commands_take_rows_out_of_one_batch_side_by_side(postgres_engine: Engine) -> None:
    """The one that commits later waits for the other; neither fails, and both rows have left."""
    fill(postgres_engine)
    transactions, failed = sql_transactions(postgres_engine), list[Exception]()

    def finish(unit: UnitOfWork) -> None:
        try:
            log(unit)
        except Conflict as error:
            failed.append(error)

    with transactions.begin() as one, transactions.begin() as other:
        graded = one[GradedSubjects]
        assert isinstance(graded, SqlGradedSubjects)
        graded.record([full_graded(WHO[0], grade=1)])
        other[GradedSubjects].record([full_graded(WHO[1], grade=1)])
        targets = graded.flush()
        waiting = Thread(target=finish, args=(other,))
        waiting.start()
        with postgres_engine.connect() as connection:
            asked = text("SELECT 1 FROM pg_locks WHERE NOT granted")
            eventually(lambda: connection.execute(asked).all())
        log(one, *targets)
        waiting.join()
    assert failed == []
    assert broken(postgres_engine) == set()
    assert compared(postgres_engine) == set()


def test_a_row_tampered_with_before_it_is_replaced_stays_missed(engine: Engine) -> None:
    """Its batch goes on holding what it was: nobody covers up by a lawful command."""
    fill(engine)
    with engine.begin() as connection:
        changed = update(graded_subject).where(graded_subject.c.subject_id == WHO[0])
        connection.execute(changed.values(grade=1))
    with sql_transactions(engine).begin() as unit:
        unit[GradedSubjects].record([full_graded(WHO[0])])
        log(unit)
    assert broken(engine) == {"graded_subject"}


def test_under_new_keys_rows_leave_batches_without_a_version(
    engine: Engine, sealing: Sealing
) -> None:
    """Firms are enciphered anew and sealed by themselves; nothing is broken, nothing is told."""
    fill(engine)
    for name in ("fields", "index", "rows"):
        sealing.keys.rotate(name)
    store = SqlProtectedRows(engine, SqlSubjects.mapper)
    assert renew(store, batch=MANY + 1).renewed == MANY
    assert all(map(is_own, seals(engine, subject)))
    assert (broken(engine), compared(engine)) == (set(), set())


def test_what_was_there_before_is_put_into_batches(engine: Engine) -> None:
    """Rows sealed one by one go into batches that the log names; changed ones stay refused."""
    fill(engine)
    migrate_down(engine, "0016")
    assert all(map(is_own, seals(engine, subject_fact)))
    with engine.begin() as connection:
        for table in (graded_subject, subject_statement, subject_fact):
            changed = update(table).where(_key(table.name) == WHO[0])
            connection.execute(changed.values(CHANGES[table.name]))
    migrate(engine)
    for table in (graded_subject, subject_statement, subject_fact):
        assert [is_own(one) for one in seals(engine, table)].count(True) == 1
        with pytest.raises(Tampered):
            _use(engine, table.name)
    assert broken(engine) == {"graded_subject", "subject_statement", "subject_fact"}
    assert compared(engine) == {("audit.object_gone", BATCH)}  # those of before the way down
    with sql_transactions(engine).begin() as unit:
        assert len(unit[Subjects].find_many(WHO)) == MANY
        assert unit[SubjectFacts].facts_on(WHO[1:2], KNOWN)[WHO[1]]["penalties_3y"] == 3
