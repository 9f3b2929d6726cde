"""Import 100,000 messy rows of firms into SQLite with full durability.

    python benchmarks/import.py [rows]

Prints Markdown. Wall time and processor time are both given: on a busy machine only the latter
compares.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

from entrypoints.actors import operator
from entrypoints.container import generate_firms, open_platform
from entrypoints.intake import read_subjects, store_subjects

SEED = 7


def main(count: int) -> None:
    """Measure reading and storing."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "firms.xlsx"
        generate_firms(file, count, SEED)
        platform = open_platform(f"sqlite:///{folder}/import.db")
        begun, used = time.perf_counter(), time.process_time()
        understood = read_subjects(platform, file, region="450000")
        read, read_used = time.perf_counter() - begun, time.process_time() - used
        report = store_subjects(
            platform, understood, actor=operator(), errors=Path(folder) / "errors.xlsx"
        )
        whole, whole_used = time.perf_counter() - begun, time.process_time() - used
        platform.engine.dispose()
    facts = sum(len(entry.facts) for entry in understood.entries)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{report.rows:,} rows, {report.added:,} subjects, {facts:,} facts, {memory} MB\n")  # noqa: T201
    print("| | wall s | processor s |\n|---|---|---|")  # noqa: T201
    print(f"| read and understand | {read:.1f} | {read_used:.1f} |")  # noqa: T201
    print(f"| store and report | {whole - read:.1f} | {whole_used - read_used:.1f} |")  # noqa: T201
    print(f"| **whole** | **{whole:.1f}** | **{whole_used:.1f}** |")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
