"""How fast backups are made, verified and restored, and what an incremental one stores.

    python -m benchmarks.backup [--firms 100000] [--postgres URL]

A SQLite database gets that many generated firms by the ordinary import. Then: a full backup;
incremental ones after one firm in 10,000 and one in 100 were changed, scattered over all; verifying
and restoring into SQLite and, with ``--postgres``, into the empty database at that address; a
drill. Wall and processor time of one process; peak memory is that of the whole run.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import text

from adapters.sql.backups import SqlDatabase
from adapters.sql.engine import open_engine
from entrypoints.actors import operator
from entrypoints.backups import Backups
from entrypoints.container import Platform, backups_in, generate_firms, open_platform
from entrypoints.drills import drill
from entrypoints.intake import open_subjects, store_subjects
from supervision_core.kernel.backups import BackupKind, Manifest

SEED = 7
Answer = TypeVar("Answer")


def fill(platform: Platform, folder: Path, count: int) -> None:
    """Import generated firms."""
    file = folder / "firms.xlsx"
    generate_firms(file, count, SEED)
    with open_subjects(platform, file, region="450000") as reading:
        store_subjects(
            platform, reading, source=file.name, actor=operator(), errors=folder / "e.xlsx"
        )


def change(platform: Platform, one_in: int) -> int:
    """Change one firm in so many; give how many."""
    asked = text(
        "UPDATE subject SET body = body || ' ' WHERE id IN"
        " (SELECT id FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS n FROM subject)"
        " WHERE n % :one_in = 1)"
    )
    with platform.engine.begin() as connection:
        return connection.execute(asked, {"one_in": one_in}).rowcount


def say(what: str, rows: int, size: int, act: Callable[[], Answer]) -> Answer:
    """Do it, and print a line: rows and mebibytes of the database a second."""
    began, busy = time.perf_counter(), time.process_time()
    answer = act()
    wall, busy = time.perf_counter() - began, time.process_time() - busy
    speed = f"{rows / busy:,.0f} | {size / 2**20 / busy:.1f}"
    sys.stdout.write(f"| {what} | {wall:.1f} | {busy:.1f} | {speed} |\n")
    return answer


def stored(backups: Path, made: Manifest) -> str:
    """Say how much a backup stores."""
    files = list((backups / made.id).iterdir())
    size = sum(one.stat().st_size for one in files) / 2**20
    chunks = list(made.chunks())
    own = sum(chunk.file.startswith(made.id) for chunk in chunks)
    return f"{size:.1f} MiB, {own} of {len(chunks)} chunks"


def restored(backups: Backups, made: Manifest, url: str) -> None:
    """Restore into an empty database."""
    engine = open_engine(url)
    backups.restore(made.id, SqlDatabase(engine))
    engine.dispose()


def main() -> None:
    """Measure and say."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--firms", type=int, default=100_000)
    parser.add_argument("--postgres", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {
            "SUPERVISION_KEYS": f"{name}/keys",
            "SUPERVISION_MASTER_KEY": f"{name}/master.key",
        }
        platform = open_platform(f"sqlite:///{name}/a.db", make_keys=True)
        fill(platform, folder, asked.firms)
        with platform.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            size = pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one()
        backups = backups_in(folder / "backups", platform.keys, platform.clock)
        source = SqlDatabase(platform.engine)
        with source.snapshot() as snapshot:
            rows = sum(count for table in snapshot.tables() for count, _ in table.pieces)
        sys.stdout.write(f"{rows:,} rows, {size / 2**20:.0f} MiB\n\n")
        sys.stdout.write("| | wall s | processor s | rows/s | MiB/s |\n|---|---|---|---|---|\n")
        sizes = []
        made = say("full", rows, size, lambda: backups.make(source, BackupKind.FULL))
        sizes.append(f"full: {stored(folder / 'backups', made)}")
        for one_in in (10_000, 100):
            count = change(platform, one_in)
            made = say(
                f"incremental, {count:,} firms changed",
                rows,
                size,
                lambda: backups.make(source, BackupKind.INCREMENTAL),
            )
            sizes.append(f"{count:,} firms changed: {stored(folder / 'backups', made)}")
        say("verify", rows, size, lambda: backups.verify(made.id))
        say("restore", rows, size, lambda: restored(backups, made, f"sqlite:///{name}/b.db"))
        if asked.postgres:
            say("restore, PostgreSQL", rows, size, lambda: restored(backups, made, asked.postgres))
        say("drill", rows, size, lambda: drill(platform, backups, made.id, lambda _rows: None))
        platform.engine.dispose()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    sys.stdout.write("\n" + "\n".join(f"- {one}" for one in sizes) + f"\n- peak {peak:.0f} MiB\n")


if __name__ == "__main__":
    main()
