"""What somebody with the database's password, but no key, changes: all of it is found."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from adapters.sql.ports import PORTS, kept_here
from entrypoints.auditing import compare_database
from entrypoints.cli.working import jobs_of
from entrypoints.container import Platform, open_platform
from entrypoints.worker.loop import Worker
from supervision_core.audit.model import AuditEntry, Outcome, target_of
from supervision_core.audit.ports import AuditLog, SealedRows
from supervision_core.grading.ports import GradedSubjects
from supervision_core.identity.ports import (
    GrantSheets,
)
from supervision_core.kernel.canonical import Stated
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import Content, Entries, Entry, Register
from supervision_core.kernel.sealing import RowSeal
from supervision_core.officers.registers import (
    ASSOCIATION_PEOPLE,
    INSTITUTION_PEOPLE,
    INSTITUTION_QUALIFICATIONS,
    INSTITUTIONS,
    AssociationPersonContent,
    InstitutionContent,
    InstitutionPersonContent,
    InstitutionQualificationContent,
)
from supervision_core.subjects.facts import SubjectFact
from supervision_core.subjects.ports import SubjectFacts, Subjects
from supervision_core.subjects.registers import APPROVAL_FILES
from supervision_core.testing.cases import CASES
from supervision_core.testing.draws import keep_pool
from supervision_core.testing.grading import full_graded
from supervision_core.testing.register_cases import THINGS, an_entry
from supervision_core.testing.subjects import full_approval_file, full_subject

NOON = datetime(2026, 11, 25, 4, tzinfo=UTC)
FRAME = {
    "access_change": "not sealed: as the counter of epochs beside it, for a minute at most",
    "alembic_version": "another step is refused at start",
    "audit_row": "test_tamper_database",
    "audit_checkpoint": "test_tamper_database",
    "audit_cosignature": "test_tamper_database",
    "audit_segment": "test_commands",
    "audit_target": "an index of the log, read for show alone",
    "key_mark": "other keys are refused at start",
    "challenge": "passes within minutes; deleting one only ends the attempt",
    "log_in": "the same",
    "guess_limit": "an account's guesses are counted anew",
    "phone_change": "passes within minutes; deleting one only ends the attempt",
    "phone_notice": "passes within days: the change itself is in the log",
    "source_limit": "an address counts anew",
    "staged_file": "passes within a day; deleting one only ends the attempt",
    "staged_piece": "the same, and the whole is held against its digest",
    "staged_content": "the same: for the sweep alone",
    "counter": "not sealed",
    "directory_change": "not sealed: what was changed is, and says so itself",
    "done_command": "not sealed: what a repetition is answered",
    "handbook_reading": "not sealed: how often something was read decides nothing",
    "receiver": "not sealed: moved back, a receiver is told again of what it has had",
    "station_message": "not sealed: nothing is decided by what somebody was told",
    "outbox": "not sealed: what happened is in the log",
    "counted": "not sealed: the worker counts anew from aggregates, whose commands decide",
    "count_cell": "not sealed: the same",
    "count_group": "not sealed: the same",
    "count_member": "not sealed: the same",
    "count_sum": "not sealed: the same",
    "todo": "not sealed: the worker makes it anew from aggregates, whose commands decide",
}
"""Tables that the walks leave out, and why."""
APART: tuple[tuple[Register[Any], Content], ...] = (
    (INSTITUTIONS, InstitutionContent(name="示例检测所", sort="testing", phone="07710000001")),
    (
        ASSOCIATION_PEOPLE,
        AssociationPersonContent(
            association="association-1", name="钱示例", phone="13900000002", head=True
        ),
    ),
    (
        INSTITUTION_PEOPLE,
        InstitutionPersonContent(
            institution="institution-1", name="赵示例", phone="13900000001", head=True, user="u-1"
        ),
    ),
    (
        INSTITUTION_QUALIFICATIONS,
        InstitutionQualificationContent(institution="institution-1", name="示例资质", number="Z-1"),
    ),
    (APPROVAL_FILES, full_approval_file("subject-1")),
)
"""Entries of registers that keep tables of their own."""
FIRMS = ("firm-1", "firm-2")
"""Subjects that were registered together."""


def _fact(name: str, value: int) -> SubjectFact:
    return SubjectFact(
        subject="s-1", name=name, value=value, known_on=date(2026, 1, 1), source="局"
    )


def _log(unit: UnitOfWork, *targets: str) -> None:
    entry = AuditEntry(
        at=NOON,
        actor="u-1",
        department="",
        action="x.y",
        outcome=Outcome.DONE,
        request="0" * 64,
        targets=targets,
    )
    unit[AuditLog].append(entry)


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Platform]:
    """Give a database with a row of every kind, sealed, tallied and logged."""
    monkeypatch.setenv("SUPERVISION_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("SUPERVISION_MASTER_KEY", str(tmp_path / "master.key"))
    platform = open_platform(f"sqlite:///{tmp_path}/a.db", make_keys=True)
    served = [case for case in CASES if case.port in PORTS]
    with platform.transactions.begin() as unit:
        for case in served:
            root = case.example(f"{case.port.kind}-1")
            unit[case.port].save(root)
        keep_pool(unit)
        unit[Entries].of(THINGS).save(an_entry("entry-1"))
        for register, content in APART:
            unit[Entries].of(register).save(
                Entry.add(
                    id=f"{register.noun}-1", content=content, position=1, at=NOON,
                    register=register.name, region="450100", department="d-city",
                )
            )  # fmt: skip
        unit[Subjects].save_all([full_subject(one, f"code-{one}") for one in FIRMS])
        unit[GradedSubjects].record([full_graded(), full_graded(subject="s2")])
        unit[SubjectFacts].record([_fact("penalties_3y", 3), _fact("other_things", 1)])
        _log(
            unit,
            *(target_of(one.port.kind, f"{one.port.kind}-1", 1) for one in served),
            *(target_of(Subjects.kind, one, 1) for one in FIRMS),
            target_of("entry", "entry-1", 1),
            *(target_of(register.noun, f"{register.noun}-1", 1) for register, _ in APART),
        )
        unit.commit()
    yield platform
    platform.engine.dispose()


def found(platform: Platform) -> set[str]:
    """Give whatever the worker would be alarmed by."""
    auditing = platform.auditing()
    seen = {one.what or one.code for one in compare_database(auditing.store)}
    for rows in (auditing.deciding, auditing.others):
        seen.update(broken(rows))
    return seen


def broken(rows: SealedRows) -> set[str]:
    """Walk through all rows."""
    look = rows.look()
    seen = set(look.broken)
    while look.after:
        look = rows.look(look.after)
        seen.update(look.broken)
    return seen


@contextmanager
def behind(platform: Platform) -> Iterator[sqlite3.Connection]:
    """Give the file to somebody else, and put everything back afterwards."""
    keep = sqlite3.connect(":memory:")
    database = sqlite3.connect(str(platform.engine.url.database), isolation_level=None)
    database.execute("PRAGMA foreign_keys = OFF")
    database.backup(keep)
    yield database
    keep.backup(database)
    database.close()
    keep.close()


def walked(database: sqlite3.Connection) -> dict[str, list[str]]:
    """Give the columns of each table that is not the frame's; none of them is empty."""
    asked = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    tables = [name for (name,) in database.execute(asked).fetchall() if name not in FRAME]
    for table in tables:
        assert rows_of(database, table), table
    return {
        table: [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        for table in tables
    }


def named(seen: set[str]) -> set[str]:
    """Name the tables that were found: by kind of aggregate."""
    kinds = {one.kind: one.mapper.table.name for one in kept_here()}
    return {kinds.get(one, one) for one in (name.partition("/")[0] for name in seen)}


def test_whatever_column_of_whatever_table_is_changed_is_found(filled: Platform) -> None:
    """Matrix S4: the first column of every table, then the second, and so on.

    Look-up tables by themselves: they are held against rows that are as they were.
    """
    assert found(filled) == set()
    with behind(filled) as database:
        columns = walked(database)
    lookups = {one.table.name for kept in kept_here() for one in kept.mapper.lookups}
    unseen, tried = list[str](), 0
    for at, apart in product(range(max(map(len, columns.values()))), (False, True)):
        with behind(filled) as database:
            those = [
                (table, names[at])
                for table, names in columns.items()
                if (table in lookups) is apart
                and at < len(names)
                and changed(database, table, names[at])
            ]
            if not those:
                continue
            seen = named(found(filled))
        tried += len(those)
        unseen += [f"{table}.{name}" for table, name in those if table not in seen]
    assert unseen == []
    assert tried > 400
    assert found(filled) == set()


def test_rows_deleted_from_whatever_table_are_missed(filled: Platform) -> None:
    """Aggregates by the log, all other rows by what they belong to or by batch.

    Not what goes its way without an act, of which the log names no version: nothing hangs on it.
    """
    with behind(filled) as database:
        tables = set(walked(database))
    aggregates = {one.mapper.table.name for one in kept_here()} & tables
    for those in (tables - aggregates, aggregates):
        with behind(filled) as database:
            for table in those:
                database.execute(f"DELETE FROM {table}")  # noqa: S608 - our own words
            assert those - named(found(filled)) == those & {
                "current_grade", "face_check", "form_draft", "log_in_session", "notice",
                "preferences", "synchronisation",
            }  # fmt: skip


def changed(database: sqlite3.Connection, table: str, column: str) -> bool:
    """Change a column of a row; tell whether the table took it."""
    asked = f"SELECT {column} FROM {table} LIMIT 1"  # noqa: S608 - our own words
    (value,) = database.execute(asked).fetchone()
    last = "2" if str(value).endswith("1") else "1"
    other: object
    if isinstance(value, int):
        other = 1 - value if value in {0, 1} else value + 1
    elif isinstance(value, bytes):
        other = value.replace(b"A", b"D", 1)
    else:
        other = f"{(value or 'zz')[:-1]}{last}"
    try:
        database.execute(
            f"UPDATE {table} SET {column} = ? WHERE {column} IS ?",  # noqa: S608 - our own words
            (other, value),
        )
    except sqlite3.IntegrityError:
        return False
    return True


def rows_of(database: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    """Give all rows."""
    return database.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - our own words


def put(database: sqlite3.Connection, table: str, rows: list[tuple[object, ...]]) -> None:
    """Put a table back as it was."""
    database.execute(f"DELETE FROM {table}")  # noqa: S608 - our own words
    for row in rows:
        marks = ", ".join("?" * len(row))
        database.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608 - our own words


@pytest.mark.parametrize(
    "table", ["graded_subject", "subject_statement", "subject_fact", "subject"]
)
def test_rows_put_back_are_in_no_batch_and_old_batches_are_known_to_be_over(
    filled: Platform, table: str
) -> None:
    """An old score, fact or firm put back: its batch does not hold it any more.

    With the old batch put back as well, the log knows of a newer one.
    """
    with behind(filled) as database:
        old = {name: rows_of(database, name) for name in (table, "batch_seal")}
        with filled.transactions.begin() as unit:
            unit[GradedSubjects].record([full_graded(grade=1)])
            unit[SubjectFacts].record([_fact("penalties_3y", 0)])
            unit[SubjectFacts].record([_fact("other_things", 0)])
            firm = unit[Subjects].get(FIRMS[0])
            firm.tag(frozenset({"by-hand"}))
            unit[Subjects].save(firm)
            _log(unit, target_of(Subjects.kind, firm.id, firm.version))
            unit.commit()
        assert found(filled) == set()
        put(database, table, old[table])
        assert table in {one.partition("/")[0] for one in broken(filled.auditing().others)}
        put(database, "batch_seal", old["batch_seal"])
        assert table not in {one.partition("/")[0] for one in broken(filled.auditing().others)}
        alarmed = compare_database(filled.auditing().store)
        assert "audit.object_put_back" in {
            one.code for one in alarmed if one.what.startswith("batch/")
        }


def test_a_permission_put_back_or_deleted_is_alarmed_by_the_job_of_half_a_minute(
    filled: Platform,
) -> None:
    """A sheet of grants as it was before a withdrawal: the alarm names it, and stays."""
    jobs = {one.name: one for one in jobs_of(filled, Event())}
    working = Worker([jobs["permissions"]])
    kept = ("grant_sheet", "grant_holding")
    assert (working.run_once(), working.alarmed) == (True, False)
    assert jobs["permissions"].every.total_seconds() <= 30
    assert jobs["permissions"].state()["rows"] == 7
    with behind(filled) as database:
        old = {name: rows_of(database, name) for name in kept}
        with filled.transactions.begin() as unit:
            sheet = unit[GrantSheets].get(f"{GrantSheets.kind}-1")
            unit[GrantSheets].save(sheet)
            _log(unit, target_of(GrantSheets.kind, sheet.id, sheet.version))
            unit.commit()
        assert working.run_once()
        for name in kept:
            put(database, name, old[name])
        assert (working.run_once(), working.alarmed) == (False, True)
        last = list(filled.auditing().store.log.rows())[-1].entry
        assert (last.action, last.targets) == ("audit.alarm", ("grant_sheet/grant_sheet-1@2",))
        assert (working.run_once(), working.alarmed) == (False, True)


def test_what_decides_is_worked_off_once(filled: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as when it was found good, nothing is computed again; a change is found each time."""
    checked, check = [], RowSeal.check

    def counting(self: RowSeal, table: str, stated: Stated, seal: str) -> None:
        checked.append(table)
        check(self, table, stated, seal)

    monkeypatch.setattr(RowSeal, "check", counting)
    rows = filled.auditing().deciding
    assert broken(rows) == set()
    assert {"app_user", "department", "log_in_session"} <= set(checked)
    checked.clear()
    assert broken(rows) == set()
    assert checked == []
    for change, named_so in (
        ("UPDATE app_user SET enabled = 1 - enabled", "user"),
        ("UPDATE user_department SET place = place + 1", "user_department"),
    ):
        with behind(filled) as database:
            database.execute(change)
            for _ in range(2):
                assert named_so in {one.partition("/")[0] for one in broken(rows)}
        assert broken(rows) == set()


def test_a_row_that_nobody_can_read_hides_no_other(filled: Platform) -> None:
    """A day that is none, in the first row of a table: named, and the walk goes on."""
    with behind(filled) as database:
        database.execute("UPDATE law SET in_force_from = 'x'")
        database.execute("UPDATE tag SET name = 'x'")
        database.execute("UPDATE subject_statement SET known_on = 'x'")
        seen = broken(filled.auditing().others)
    assert {f"law/{_kind('Laws')}-1", f"tag/{_kind('Tags')}-1", "subject_statement/"} <= seen


def _kind(name: str) -> str:
    return next(case.port.kind for case in CASES if case.port.__name__ == name)
