"""Import messy rows of firms into SQLite with full durability.

    python -m benchmarks.import [--sizes 1000 10000 100000]

Each time into a new database, from the opened file to the workbook to correct. One process reads
and understands while this one stores; the processor time of both is told apart, and so is the most
memory that either held.
"""

import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks._measuring import (
    Asked,
    Case,
    Sample,
    measure,
    peak_megabytes,
    processor_seconds,
)

from entrypoints.actors import operator
from entrypoints.container import generate_firms, open_platform
from entrypoints.intake import open_subjects, store_subjects
from entrypoints.intake.beside import ReadingBeside

SEED = 7


def carry_out(file: Path) -> Mapping[str, Sample]:
    """Import into a new database."""
    with tempfile.TemporaryDirectory() as folder:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
        platform = open_platform(f"sqlite:///{folder}/import.db", make_keys=True)
        begun, used, storing = time.perf_counter(), processor_seconds(), time.process_time()
        with open_subjects(platform, file, region="450000") as reading:
            opened = time.perf_counter() - begun
            report = store_subjects(
                platform,
                reading,
                source=file.name,
                actor=operator(),
                errors=Path(folder) / "errors.xlsx",
            )
            # what is small is read in this process
            reader = reading._process.pid if isinstance(reading, ReadingBeside) else "self"  # noqa: SLF001
            peak = peak_megabytes(reader)
        wall, stored = time.perf_counter() - begun, time.process_time() - storing
        platform.engine.dispose()
    whole = processor_seconds() - used
    more = {
        "行": report.rows,
        "监管对象": report.added,
        "存下第一行之前，秒": opened,
        "读取进程内存峰值，MiB": peak,
        "存储进程内存峰值，MiB": peak_megabytes(),
    }
    return {
        "全部": Sample(wall, whole, more),
        "其中存储": Sample(wall, stored),
    }


def cases(size: int, _asked: Asked) -> Iterator[Case]:
    """Give the import."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "firms.xlsx"
        with ProcessPoolExecutor(1, get_context("spawn")) as aside:  # its memory is not counted
            aside.submit(generate_firms, file, size, SEED).result()
        yield Case("导入", {"产品": lambda: carry_out(file)})


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(1_000, 10_000, 100_000), small=(50,), rounds=3)
