"""Import 100,000 messy rows of firms into SQLite with full durability.

    python -m benchmarks.import [rows]

Prints Markdown. Wall time and processor time are both given, the latter of either process: on a
busy machine only it compares.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import func, select

from adapters.sql.subject_facts import STATED, subject_statement
from entrypoints.actors import operator
from entrypoints.container import generate_firms, open_platform
from entrypoints.intake import open_subjects, store_subjects

SEED = 7


def main(count: int) -> None:
    """Measure an import, from the opened file to the workbook to correct."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "firms.xlsx"
        generate_firms(file, count, SEED)
        platform = open_platform(f"sqlite:///{folder}/import.db", make_keys=True)
        begun, used = time.perf_counter(), time.process_time()
        with open_subjects(platform, file, region="450000") as reading:
            opened = time.perf_counter() - begun
            report = store_subjects(
                platform,
                reading,
                source=file.name,
                actor=operator(),
                errors=Path(folder) / "errors.xlsx",
            )
        whole, storing = time.perf_counter() - begun, time.process_time() - used
        said = select(*(func.count(subject_statement.c[name]) for name in STATED))
        with platform.engine.connect() as connection:
            facts = sum(connection.execute(said).one())
        platform.engine.dispose()
    beside = resource.getrusage(resource.RUSAGE_CHILDREN)
    reading_time = beside.ru_utime + beside.ru_stime
    print(f"{report.rows:,} rows, {report.added:,} subjects, {facts:,} facts\n")  # noqa: T201
    print("| | s |\n|---|---|")  # noqa: T201
    print(f"| wall, until the first row is stored | {opened:.1f} |")  # noqa: T201
    print(f"| processor, storing | {storing:.1f} |")  # noqa: T201
    print(f"| processor, reading beside | {reading_time:.1f} |")  # noqa: T201
    print(f"| **wall, whole** | **{whole:.1f}** |")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
