"""``supervision backup``, ``supervision restore`` and the worker's job, as people have them."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, inspect
from tests.integration.backups.conftest import START
from tests.integration.backups.filling import Content, content, tag

from adapters.crypto.platform_keys import PlatformKeys
from adapters.sql.backups import SqlDatabase
from adapters.sql.engine.database import open_engine
from adapters.system import FixedClock
from entrypoints.cli import main
from entrypoints.cli.working import jobs_of
from entrypoints.container import Platform, backups_in, open_platform
from entrypoints.worker.backing import BackupJob
from entrypoints.worker.loop import Worker
from supervision_core.audit.model import AuditRow, LogUnanchored
from supervision_core.audit.ports import AuditFilter
from supervision_core.kernel.backups import BackupKind
from supervision_core.kernel.paging import PageRequest

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a way to run ``supervision`` in a folder with a database and a public key."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUPERVISION_DATABASE", f"sqlite:///{tmp_path}/a.db")

    def ran(*words: str) -> Result:
        found = CliRunner().invoke(main, list(words))
        if found.exception and not isinstance(found.exception, SystemExit):
            raise found.exception
        return found

    made = open_platform(f"sqlite:///{tmp_path}/a.db")
    tag(made, "一")
    made.engine.dispose()
    assert ran("audit", "key", "k.pem").exit_code == 0
    return ran


def data(found: Result, code: int = 0) -> dict[str, object]:
    """Give what a command answered in JSON."""
    assert found.exit_code == code, found.output
    read: dict[str, object] = json.loads(found.stdout)
    return read


def rows_of(url: str) -> Content:
    """Give what a database holds beside its log, which tells of backups themselves."""
    engine = open_engine(url)
    found = dict(content(engine))
    engine.dispose()
    for name in ("audit_row", "counter", "done_command", "outbox"):
        found.pop(name)
    return found


def test_from_backup_to_restoration(run: Run, tmp_path: Path) -> None:
    """Made, listed, verified, rehearsed, restored: every step answers, and the log verifies."""
    made = data(run("backup", "make", "b", "--json"))
    assert (made["kind"], made["stored"]) == ("full", made["chunks"])
    assert data(run("backup", "make", "b", "--json"))["backup"] == ""
    later = data(run("backup", "make", "b", "--kind", "incremental", "--json"))
    assert int(str(later["stored"])) < int(str(later["chunks"]))
    listed = data(run("backup", "list", "b", "--json"))
    assert [one["backup"] for one in listed["backups"]] == [made["backup"], later["backup"]]  # type: ignore[attr-defined]
    assert data(run("backup", "verify", "b", "--json"))["backup"] == later["backup"]
    drilled = data(run("backup", "drill", "b", "--json"))
    assert (drilled["backup"], drilled["rows"]) == (later["backup"], later["rows"])
    assert data(run("backup", "prune", "b", "--json")) == {"removed": []}
    restored = data(run("restore", "b", "--database", "r.db", "--json"))
    assert restored["rows"] == later["rows"]
    assert rows_of("sqlite:///r.db") == rows_of("sqlite:///a.db")
    assert run("audit", "verify", "r.db", "--public-key", "k.pem").exit_code == 0
    told = [row.entry.action for row in log_of(f"sqlite:///{tmp_path}/r.db")]
    assert told[-2:] == ["identity.back_up", "identity.restore"]
    assert "✓ 已恢复" in run("restore", "b", str(made["backup"]), "--database", "s.db").stdout


def log_of(url: str) -> list[AuditRow]:
    """Give the rows of a log."""
    platform = open_platform(url)
    found = list(platform.auditing().store.log.rows())
    platform.engine.dispose()
    return found


def test_a_witness_that_saw_more_does_not_hush_up_a_restoration(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing may be written without the witness, who refuses the older log; this is told still."""
    monkeypatch.setenv("SUPERVISION_AUDIT_WITNESSES", str(tmp_path / "witness"))
    for words in (("audit", "checkpoint"), ("backup", "make", "b"), ("audit", "checkpoint")):
        assert run(*words).exit_code == 0
    monkeypatch.setenv("SUPERVISION_AUDIT_UNANCHORED_HOURS", "0")
    assert run("restore", "b", "--database", "r.db").exit_code == 0
    restored = open_platform(f"sqlite:///{tmp_path}/r.db")
    assert [row.entry.action for row in restored.auditing().store.log.rows()][-1] == (
        "identity.restore"
    )
    with pytest.raises(LogUnanchored):
        tag(restored, "二")
    restored.engine.dispose()


def test_restoring_into_the_past(run: Run) -> None:
    """``--at`` takes the newest backup not after that moment; none before the first."""
    assert run("backup", "make", "b").exit_code == 0
    early = run("restore", "b", "--database", "r.db", "--at", "2020-01-01", "--json")
    assert data(early, 3)["error"] == "kernel.backup_absent"
    assert run("restore", "b", "--database", "r.db", "--at", "2999-01-01").exit_code == 0
    again = run("restore", "b", "--database", "r.db", "--json")
    assert data(again, 3)["reasons"][0]["code"] == "kernel.backup_not_empty"  # type: ignore[index]


def test_damage_ends_with_code_four(run: Run, tmp_path: Path) -> None:
    """A changed byte in a file of any kind: told by name, exit code 4, and nothing is restored."""
    made = data(run("backup", "make", "b", "--json"))
    for name in ("head.json", "manifest.json", "tag.000000"):
        path = tmp_path / "b" / str(made["backup"]) / name
        whole = path.read_bytes()
        path.write_bytes(whole[:9] + bytes([whole[9] ^ 1]) + whole[10:])
        for words in (
            ("backup", "verify", "b"),
            ("backup", "drill", "b"),
            ("restore", "b", "--database", "r.db"),
            ("restore", "b", str(made["backup"]), "--database", "r.db"),
        ):
            said = run(*words)
            assert (said.exit_code, name in said.stderr) == (4, True), (words, said.output)
        listed = run("backup", "list", "b")
        assert (listed.exit_code, name in listed.stdout) == (
            (4, True) if name == "head.json" else (0, False)
        )
        path.write_bytes(whole)
        engine = create_engine("sqlite:///r.db")
        assert inspect(engine).get_table_names() == []
        engine.dispose()
    assert run("restore", "b", "--database", "r.db").exit_code == 0


def test_a_full_disk_is_told(run: Run, tmp_path: Path) -> None:
    """Where backups cannot be written, exit code 1 and why."""
    (tmp_path / "file").write_text("x")
    said = run("backup", "make", "file/b")
    assert (said.exit_code, "文件不能读写" in said.stderr) == (1, True)


@pytest.fixture
def worked(
    tmp_path: Path, platform_keys: PlatformKeys
) -> Iterator[tuple[Platform, FixedClock, Path]]:
    """Give a platform whose clock is put, and a folder."""
    clock = FixedClock(START)
    platform = open_platform(f"sqlite:///{tmp_path}/w.db", keys=platform_keys, clock=clock)
    yield platform, clock, tmp_path / "backups"
    platform.engine.dispose()


def kinds(platform: Platform, folder: Path) -> list[BackupKind]:
    """Give the kinds of the backups that are there."""
    return [one.kind for one in backups_in(folder, platform.keys, platform.clock).heads()]


def told(platform: Platform) -> int:
    """Count what the log tells of backups."""
    page = platform.auditing().store.queries.search(
        AuditFilter(action="identity.back_up"), PageRequest()
    )
    return len(page.items)


def test_the_worker_makes_each_once(worked: tuple[Platform, FixedClock, Path]) -> None:
    """Full at first, incremental each four hours, full again each week; the log tells each once."""
    platform, clock, folder = worked
    job = BackupJob(platform, folder)
    for hours in (0, 0, 1, 3, 3, 4, 7):
        clock.put(START + timedelta(hours=hours))
        job.run()
    assert kinds(platform, folder) == [BackupKind.FULL, *[BackupKind.INCREMENTAL] * 2]
    BackupJob(platform, folder).run()  # a worker started anew
    assert (len(kinds(platform, folder)), told(platform)) == (3, 3)
    clock.put(START + timedelta(weeks=5))
    job.run()
    assert kinds(platform, folder)[-1] is BackupKind.FULL
    assert (len(kinds(platform, folder)), told(platform)) == (4, 4)


def test_the_worker_keeps_three_cycles(worked: tuple[Platform, FixedClock, Path]) -> None:
    """Six weeks leave three full backups with theirs."""
    platform, clock, folder = worked
    job = BackupJob(platform, folder)
    for day in range(0, 42, 3):
        clock.put(START + timedelta(days=day))
        job.run()
    assert kinds(platform, folder).count(BackupKind.FULL) == 3
    assert len(list(folder.iterdir())) < 10


def test_a_backup_that_was_not_told_is_told_later(
    worked: tuple[Platform, FixedClock, Path],
) -> None:
    """Killed between making and telling, the next worker tells; nothing is made twice."""
    platform, clock, folder = worked
    backups_in(folder, platform.keys, clock).make(SqlDatabase(platform.engine), BackupKind.FULL)
    assert told(platform) == 0
    BackupJob(platform, folder).run()
    assert (told(platform), len(kinds(platform, folder))) == (1, 1)


def test_a_damaged_full_backup_is_made_anew(worked: tuple[Platform, FixedClock, Path]) -> None:
    """A head that does not hold counts as none: a full one is made, and the job says it failed."""
    platform, clock, folder = worked
    BackupJob(platform, folder).run()
    (first,) = folder.iterdir()
    (first / "head.json").write_text("{}")
    clock.put(START + timedelta(minutes=10))
    working = Worker([BackupJob(platform, folder).job()])
    assert not working.run_once()
    assert kinds(platform, folder) == [BackupKind.FULL]
    (first / "head.json").unlink()
    assert working.run_once()


def test_a_folder_that_cannot_be_used_fails_the_job(
    worked: tuple[Platform, FixedClock, Path],
) -> None:
    """The other jobs go on, the health says so, and it works again when the folder does."""
    platform, _, folder = worked
    folder.write_text("a file")
    working = Worker([BackupJob(platform, folder).job()])
    assert not working.run_once()
    folder.unlink()
    assert working.run_once()
    assert kinds(platform, folder) == [BackupKind.FULL]


def test_the_worker_backs_up_where_a_folder_is_set(
    worked: tuple[Platform, FixedClock, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """``SUPERVISION_BACKUP_FOLDER`` switches the job on; without it there is none."""
    platform, _, folder = worked
    assert "backup" not in {job.name for job in jobs_of(platform, Event())}
    monkeypatch.setenv("SUPERVISION_BACKUP_FOLDER", str(folder))
    (job,) = [job for job in jobs_of(platform, Event()) if job.name == "backup"]
    job.run()
    assert kinds(platform, folder) == [BackupKind.FULL]
