"""How fast backups are made, verified and restored, and what an incremental one stores.

    python -m benchmarks.backup [--sizes 1000 10000 100000] [--postgres URL]

A SQLite database gets that many generated firms by the ordinary import. Each round: a full backup;
incremental ones after one firm in 10,000 and one in 100 were changed, scattered over all; verifying
and restoring into SQLite and, with ``--postgres``, into a new database of that server; a drill.
"""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path

from benchmarks._databases import made_on_server
from benchmarks._measuring import Asked, Case, Sample, measure, timed
from sqlalchemy import text

from adapters.sql.backups import SqlDatabase
from adapters.sql.engine.database import open_engine
from entrypoints.actors import operator
from entrypoints.backups import Backups
from entrypoints.container import Platform, backups_in, generate_firms, open_platform
from entrypoints.drills import drill
from entrypoints.intake import open_subjects, store_subjects
from supervision_core.kernel.backups import BackupKind, Manifest

SEED = 7


def fill(platform: Platform, folder: Path, firms: int) -> None:
    """Import generated firms."""
    file = folder / "firms.xlsx"
    generate_firms(file, firms, SEED)
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


def stored(backups: Path, made: Manifest) -> Mapping[str, float]:
    """Count what a backup stores."""
    size = sum(one.stat().st_size for one in (backups / made.id).iterdir()) / 2**20
    chunks = list(made.chunks())
    own = sum(chunk.file.startswith(made.id) for chunk in chunks)
    return {"MiB": size, "自己的块": own, "全部块": len(chunks)}


def restored(backups: Backups, made: Manifest, url: str) -> None:
    """Restore into an empty database."""
    engine = open_engine(url)
    backups.restore(made.id, SqlDatabase(engine))
    engine.dispose()


def round_of(platform: Platform, folder: Path, postgres: str) -> Mapping[str, Sample]:
    """Make, verify and restore backups in an empty folder."""
    backups = backups_in(folder / "backups", platform.keys, platform.clock)
    source, found, made = SqlDatabase(platform.engine), dict[str, Sample](), list[Manifest]()

    def make(what: str, kind: BackupKind) -> None:
        taken = timed(lambda: made.append(backups.make(source, kind)))
        more = stored(folder / "backups", made[-1])
        found[what] = Sample(taken.wall, taken.processor, more)

    make("全备份", BackupKind.FULL)
    for one_in in (10_000, 100):
        change(platform, one_in)
        make(f"增量备份，改动{one_in:,}分之一", BackupKind.INCREMENTAL)
    last = made[-1]
    found["验证"] = timed(lambda: backups.verify(last.id))
    found["恢复到 SQLite"] = timed(lambda: restored(backups, last, f"sqlite:///{folder}/b.db"))
    if postgres:
        with made_on_server(postgres, 1) as (place,):
            found["恢复到 PostgreSQL"] = timed(lambda: restored(backups, last, place))
    act: Callable[[], object] = lambda: drill(platform, backups, last.id, lambda _rows: None)  # noqa: E731
    found["恢复演练"] = timed(act)
    return found


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give the rounds, each in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        os.environ |= {
            "SUPERVISION_KEYS": f"{name}/keys",
            "SUPERVISION_MASTER_KEY": f"{name}/master.key",
        }
        platform = open_platform(f"sqlite:///{name}/a.db", make_keys=True)
        fill(platform, Path(name), size)
        numbers = count()

        def product() -> Mapping[str, Sample]:
            folder = Path(name, str(next(numbers)))
            folder.mkdir()
            return round_of(platform, folder, asked.postgres)

        yield Case("", {"产品": product})
        platform.engine.dispose()


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(1_000, 10_000, 100_000), small=(50,), rounds=3)
