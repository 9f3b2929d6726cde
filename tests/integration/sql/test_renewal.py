"""Keys that change while the platform works, and keys that are not the right ones."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from sqlalchemy import Engine, select, update
from tests.eventually import eventually
from tests.halting import halt

from adapters.crypto.platform_keys import KeySettings, PlatformKeys
from adapters.sql.engine.database import READING, open_engine
from adapters.sql.graded import graded_subject
from adapters.sql.migrations import migrate
from adapters.sql.ports import kept_here, sql_transactions
from adapters.sql.sealing.batches import batch_seal
from adapters.sql.sealing.key_marks import KeysForeign, check_marks, is_marked, write_marks
from adapters.sql.sealing.protected import SqlProtectedRows, protected_rows
from adapters.sql.sealing.protection import Sealing
from adapters.sql.subjects import SqlSubjects, subject
from adapters.system import SystemRandomness
from supervision_core.grading.ports import GradedSubjects
from supervision_core.identity.model import Credentials, GrantSheet, HolderKind, Role
from supervision_core.identity.ports import (
    CredentialsStore,
    GrantSheets,
    Roles,
)
from supervision_core.kernel.crypto import KeyMissing, Tampered
from supervision_core.kernel.sealing import KEY_NAMES, ProtectedRows, renew
from supervision_core.subjects.ports import Subjects
from supervision_core.tasks.ports import Visits
from supervision_core.testing.grading import DAY, full_graded
from supervision_core.testing.subjects import full_subject
from supervision_core.testing.tasks import VISITS
from supervision_core.testing.units import NOON

BATCHES = 2
"""Of the subjects that ``filled`` stores together, and of the grading."""
CALL = "from entrypoints.cli import main; main()"


@frozen
class Kept:
    """A database with its own keys."""

    engine: Engine
    keys: PlatformKeys
    settings: KeySettings


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    """Give an empty SQLite database under first keys."""
    settings = KeySettings(folder=tmp_path / "keys", master=tmp_path / "master.key")
    randomness = SystemRandomness()
    settings.make(randomness)
    keys = settings.open(randomness)
    url = f"sqlite:///{tmp_path}/kept.db"
    engine = open_engine(url, sealing=Sealing.under(keys.store, randomness))
    migrate(engine)
    write_marks(engine, keys.store)
    yield Kept(engine, keys, settings)
    engine.dispose()


def filled(engine: Engine, subjects: int) -> None:
    """Store subjects, a visit and a grading."""
    with sql_transactions(engine).begin() as unit:
        found = unit[Subjects]
        assert isinstance(found, SqlSubjects)
        found.save_all([full_subject(f"s-{at:05d}", f"code-{at}") for at in range(subjects)])
        unit[Visits].save(VISITS.example("v-1"))
        unit[GradedSubjects].record([full_graded()])
        unit.commit()


def renewed(stores: list[ProtectedRows], batch: int = 500) -> int:
    """Walk every store to its end, and count what was renewed."""
    done = 0
    for store in stores:
        step = renew(store, batch=batch)
        done += step.renewed
        while step.cursor:
            step = renew(store, cursor=step.cursor, batch=batch)
            done += step.renewed
    return done


def versions(engine: Engine) -> set[str]:
    """Give the key versions under which subjects are sealed, taking no lock."""
    with engine.connect().execution_options(**{READING: True}) as connection:
        return {sealed[:6] for sealed in connection.execute(select(subject.c.sealed)).scalars()}


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_renewal_brings_every_row_under_the_newest_keys(
    kind: str, request: pytest.FixtureRequest, sealing: Sealing
) -> None:
    """Fields, indexes and row seals follow; versions stay; a second walk finds nothing to do."""
    engine: Engine = request.getfixturevalue(f"{kind}_engine")
    filled(engine, 7)
    for name in KEY_NAMES:
        sealing.keys.rotate(name)
    stores = protected_rows(engine, kept_here())
    assert {"subject", "officer", "visit", "draw", "batch_seal", "app_user"} <= {
        store.name for store in stores
    }
    assert [store.count() for store in stores if store.name == "subject"] == [7]
    assert renewed(stores, batch=3) == 7 + 1 + BATCHES
    assert renewed(stores) == 0
    newest = f"sm4$v{sealing.keys.current('fields')}$"
    assert all(one.startswith(newest[:6]) for one in versions(engine))
    with sql_transactions(engine).begin() as unit:
        assert unit[Subjects].get("s-00003").version == 1
        assert unit[Visits].get("v-1").version == 1
        assert unit[GradedSubjects].of_day("r1", DAY, ["s1"])["s1"] == full_graded()


def test_a_renewal_takes_nothing_from_a_writer(kept: Kept) -> None:
    """A row saved between the renewal's look and its write stays as the writer saved it."""
    filled(kept.engine, 3)
    kept.keys.rotate()
    store = SqlProtectedRows(kept.engine, SqlSubjects.mapper)
    seen = [row.cursor for row in store.after("", 10)]
    with sql_transactions(kept.engine).begin() as unit:
        written = unit[Subjects].get("s-00001")
        written.tag(frozenset({"by-hand"}))
        unit[Subjects].save(written)
        unit.commit()
    store.protect(seen)
    with sql_transactions(kept.engine).begin() as unit:
        found = unit[Subjects].get("s-00001")
        assert (found.version, "by-hand" in found.tags) == (2, True)


def test_writers_and_a_renewal_work_side_by_side(kept: Kept) -> None:
    """Every change acknowledged during a renewal is there afterwards, under keys that read."""
    filled(kept.engine, 200)
    kept.keys.rotate()
    done: list[str] = []

    def write() -> None:
        for at in range(0, 200, 5):
            with sql_transactions(kept.engine).begin() as unit:
                found = unit[Subjects].get(f"s-{at:05d}")
                found.tag(frozenset({"by-hand"}))
                unit[Subjects].save(found)
                unit.commit()
            done.append(f"s-{at:05d}")

    writer = threading.Thread(target=write)
    writer.start()
    renewed(protected_rows(kept.engine, kept_here()), batch=10)
    writer.join()
    assert len(done) == 40
    renewed(protected_rows(kept.engine, kept_here()))
    assert versions(kept.engine) == {"sm4$v2"}
    with sql_transactions(kept.engine).begin() as unit:
        assert all("by-hand" in unit[Subjects].get(one).tags for one in done)


def test_a_renewal_never_blesses_a_changed_row(kept: Kept) -> None:
    """It stops at a subject or a batch that was changed; a changed grading stays refused."""
    filled(kept.engine, 3)
    with kept.engine.begin() as connection:
        connection.execute(update(graded_subject).values(grade=1))
    kept.keys.rotate()
    with kept.engine.begin() as connection:
        connection.execute(update(subject).values(region="450200").where(subject.c.id == "s-00001"))
    with pytest.raises(Tampered):
        renewed(protected_rows(kept.engine, kept_here()))
    with kept.engine.begin() as connection:
        connection.execute(update(batch_seal).values(version=9))
    kept.keys.rotate()
    (batches,) = (
        one for one in protected_rows(kept.engine, kept_here()) if one.name == "batch_seal"
    )
    with pytest.raises(Tampered):
        renewed([batches])
    with sql_transactions(kept.engine).begin() as unit, pytest.raises(Tampered):
        unit[GradedSubjects].of_day("r1", DAY, ["s1"])


def let_in(engine: Engine) -> list[tuple[Any, str]]:
    """Store what decides about permissions; give where it is."""
    role = Role.add(id="r-1", name="检查员", department="d-1")
    sheet = GrantSheet.empty(HolderKind.USER, "u-1")
    sheet.grant("tasks.close", passable=True, by="u-2", at=NOON)
    credentials = Credentials(id="u-1", password="hashed", changed_at=NOON)  # noqa: S106 - a hash
    stored: tuple[tuple[Any, Any], ...] = (
        (Roles, role),
        (GrantSheets, sheet),
        (CredentialsStore, credentials),
    )
    with sql_transactions(engine).begin() as unit:
        for port, root in stored:
            unit[port].save(root)
        unit.commit()
    return [(port, root.id) for port, root in stored]


def broken(engine: Engine, rows: list[tuple[Any, str]]) -> list[tuple[Any, str]]:
    """Give those whose seal does not hold."""
    found = []
    with sql_transactions(engine).begin_reading() as unit:
        for port, one in rows:
            try:
                unit[port].get(one)
            except (Tampered, KeyMissing):
                found.append((port, one))
    return found


@contextmanager
def without_old_keys(kept: Kept) -> Iterator[Engine]:
    """Open the database where the first version of each key was taken away."""
    old = sorted(kept.settings.folder.glob("*.1.key"))
    for one in old:
        one.rename(one.with_suffix(".away"))
    randomness = SystemRandomness()
    sealing = Sealing.under(kept.settings.open(randomness).store, randomness)
    engine = open_engine(str(kept.engine.url), sealing=sealing)
    yield engine
    engine.dispose()
    for one in old:
        one.with_suffix(".away").rename(one)


@pytest.mark.parametrize("batch", [1, 2, 500])
def test_after_a_renewal_the_old_keys_are_not_needed(kept: Kept, batch: int) -> None:
    """Rows and the seals on permissions go over: with the old keys taken away, all is read.

    Control: without a renewal the seals of the old key do not hold.
    """
    rows = let_in(kept.engine)
    filled(kept.engine, 3)
    kept.keys.rotate()
    with without_old_keys(kept) as engine:
        assert broken(engine, rows) == rows
    renewed(protected_rows(kept.engine, kept_here()), batch=batch)
    assert renewed(protected_rows(kept.engine, kept_here())) == 0
    with without_old_keys(kept) as engine:
        assert broken(engine, rows) == []
        with sql_transactions(engine).begin_reading() as unit:
            assert unit[Subjects].get("s-00001").personal == full_subject().personal
            assert unit[Roles].get("r-1").name == "检查员"


def test_a_renewal_killed_anywhere_loses_nothing(kept: Kept, tmp_path: Path) -> None:
    """Matrix row 14: killed in its midst, half the rows are under new keys, and all of them load.

    Control: at the kill both versions were there, so it did strike in the midst.
    """
    filled(kept.engine, 4_000)
    kept.keys.rotate()
    environment = {
        **os.environ,
        "SUPERVISION_KEYS": str(kept.settings.folder),
        "SUPERVISION_MASTER_KEY": str(kept.settings.master),
    }
    command = [sys.executable, "-c", CALL, "keys", "renew", "--database", f"{tmp_path}/kept.db"]
    child = subprocess.Popen(  # noqa: S603 - our own words
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )

    def is_in_its_midst() -> bool:
        halt(child.pid)  # it stands still while we look
        found = "sm4$v2" in versions(kept.engine)
        if not found:
            child.send_signal(signal.SIGCONT)
        return found

    eventually(is_in_its_midst, lambda: child.poll() is not None and "it ended unseen")
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert versions(kept.engine) == {"sm4$v1", "sm4$v2"}
    with sql_transactions(kept.engine).begin() as unit:
        found = unit[Subjects].find_many([f"s-{at:05d}" for at in range(4_000)])
        assert {one.personal for one in found} == {full_subject().personal}
        assert len(found) == 4_000
    subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603 - our own words
    assert versions(kept.engine) == {"sm4$v2"}


def test_a_database_is_never_opened_with_other_keys(kept: Kept, tmp_path: Path) -> None:
    """Other keys, or keys of which a version was lost, are refused by name; its own are not."""
    assert is_marked(kept.engine)
    check_marks(kept.engine, kept.keys.store)
    other = KeySettings(folder=tmp_path / "others", master=tmp_path / "other.key")
    other.make(SystemRandomness())
    with pytest.raises(KeysForeign) as refused:
        check_marks(kept.engine, other.open(SystemRandomness()).store)
    assert len(refused.value.violations) == len(KEY_NAMES)
    kept.keys.rotate()
    write_marks(kept.engine, kept.keys.store)
    (kept.settings.folder / "rows.2.key").unlink()
    with pytest.raises(KeysForeign) as refused:
        check_marks(kept.engine, kept.settings.open(SystemRandomness()).store)
    assert [one.data for one in refused.value.violations] == [{"name": "rows", "version": 2}]
