"""Restoring: in earnest, and as a drill that is thrown away."""

import os
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from attrs import evolve, frozen

from entrypoints.actors import operator
from entrypoints.auditing import verify_database
from entrypoints.backups import Backups
from entrypoints.container import (
    Platform,
    SystemClock,
    backups_in,
    file_bytes,
    fresh_database,
    listed_backups,
    log_store,
    open_keys,
    open_platform,
    scratch_folder,
    stored_database,
    take_keyring,
)
from entrypoints.settings import Settings
from supervision_core.identity.services import Commands, UseCase
from supervision_core.identity.services.keeping_safe import (
    TellBackup,
    tell_backup,
    tell_restoration,
)
from supervision_core.kernel.backups import BackupDamaged, Manifest
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.crypto import Decryptor, Verifier

Advance = Callable[[int], None]


@frozen(kw_only=True)
class Drill:
    """恢复演练 (Drill): what restoring a backup for trial came to.

    ``age_minutes`` is how old the backup is: what would be lost if it had to be used now.
    """

    backup: str
    rows: int
    audit_rows: int
    seconds: float
    age_minutes: int


def _tell(commands: Commands, case: UseCase[TellBackup, str], made: Manifest) -> None:
    """Tell the log of a backup, once."""
    command = TellBackup(
        backup=made.id, kind=made.kind, rows=made.rows, sm3=sm3(made.content()).hex()
    )
    commands.run(case, command, actor=operator(), key=f"{case.name}/{made.id}")


def tell_made(platform: Platform, made: Manifest) -> None:
    """Tell the log of a backup that was made; told again, nothing happens."""
    _tell(platform.commands, tell_backup, made)


@frozen(kw_only=True)
class SafeKey:
    """保险柜密钥 (SafeKey): what opens backups on a machine that has nothing of the host's.

    ``trusted`` are the platform's public keys, kept beside it: what they did not sign is not
    opened. Source: GB/T 22239-2019 8.1.4.9; docs/backup.md.
    """

    decryptor: Decryptor
    trusted: Mapping[str, Verifier]


def restore_into(  # noqa: PLR0913, PLR0917 - one for each choice
    url: str,
    folder: Path,
    backup: str | None,
    at: datetime | None,
    advance: Advance,
    safe_key: SafeKey | None = None,
) -> Manifest:
    """Restore a backup of ``folder`` into the empty database at ``url`` and open it.

    Without ``backup`` it is the newest, or the newest not after ``at``. With a ``safe_key`` the
    platform's keys are taken out of the backup first, to where the environment says. Raises
    ``BackupAbsent``, ``BackupDamaged``, ``BackupLocked``, ``BackupUnfit``, ``KeysDiffer``; then the
    database is as empty as before.
    """
    engine = fresh_database(url)
    clock = SystemClock()
    try:
        opener = None
        if safe_key is not None:
            listed = listed_backups(folder, safe_key.trusted, clock)
            backup = backup or listed.before(at)
            opener = safe_key.decryptor
            take_keyring(listed.manifest(backup), opener)
        files = file_bytes(url, Settings.from_environment(os.environ))
        backups = backups_in(folder, open_keys(), clock, safe_key=opener, files=files)
        manifest = backups.restore(backup or backups.before(at), stored_database(engine), advance)
    finally:
        engine.dispose()
    platform = open_platform(url)
    try:
        # a witness that saw more than was restored must not keep the log from saying so
        _tell(evolve(platform.commands, guard=None), tell_restoration, manifest)
    finally:
        platform.engine.dispose()
    return manifest


def drill(platform: Platform, backups: Backups, backup: str, advance: Advance) -> Drill:
    """Restore into a database of its own, verify its log, and throw it away.

    Raises ``BackupDamaged`` also for a log that does not verify.
    """
    began = time.monotonic()
    with scratch_folder("drill") as folder:
        engine = fresh_database(f"sqlite:///{folder}/drill.db")
        try:
            trial = evolve(backups, files=None)  # read and checked, and put nowhere
            manifest = trial.restore(backup, stored_database(engine), advance)
            auditing = platform.auditing()
            verdict = verify_database(log_store(engine), auditing.trusted, [], auditing.witnesses)
        finally:
            engine.dispose()
    if verdict.findings:
        raise BackupDamaged.at(f"{backup}/audit_row")
    age = platform.clock.now() - manifest.at
    return Drill(
        backup=manifest.id,
        rows=manifest.rows,
        audit_rows=manifest.audit_size,
        seconds=time.monotonic() - began,
        age_minutes=int(age.total_seconds() // 60),
    )
