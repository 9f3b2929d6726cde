"""How fast this machine assesses, measured, and what follows for a whole batch."""

import os
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen

from adapters.analytics.engines import Asked, DuckDbEngine, same_form
from adapters.analytics.files import FactFileNotUsable
from supervision_core.kernel.errors import Violation

SAMPLED = 40_000
SAMPLES = (SAMPLED // 4, SAMPLED)
MILLION = 1_000_000


@frozen
class Pace:
    """Seconds of one core: ``begins`` for each file, ``million`` for a million subjects."""

    begins: float
    million: float
    cores: int

    def seconds(self, files: int, subjects: int, workers: int, machines: int = 1) -> float:
        """Tell how long so many workers on each of so many machines take, evenly busy."""
        busy = files * self.begins + subjects * self.million / MILLION
        return busy / (machines * max(1, min(workers, self.cores)))


def measured(asked: Asked, facts: Path, key: str | None, scratch: Path) -> Pace:
    """Measure on the first subjects of a file: two sizes, so that starting is told apart.

    Raises ``FactFileNotUsable``.
    """
    taken: list[tuple[int, float]] = []
    try:
        with pq.ParquetFile(facts) as file:
            first = next(file.iter_batches(SAMPLED), None)
            table = pa.Table.from_batches([] if first is None else [first], file.schema_arrow)
    except (pa.ArrowException, OSError) as error:  # a damaged page is an OSError to it
        raise FactFileNotUsable((Violation("analytics.file_unreadable"),)) from error
    for rows in (SAMPLES[0], *SAMPLES):  # the first warms up
        sample = scratch / "sample.parquet"
        pq.write_table(table.slice(0, rows), sample)
        began = time.perf_counter()
        found = DuckDbEngine().results("", sample, asked, key)
        with pq.ParquetWriter(scratch / "sampled.parquet", asked.schema()) as writer:
            for one in same_form(found, asked.schema()):
                writer.write_table(one)
        taken.append((min(rows, len(table)), time.perf_counter() - began))
    _, (few, short), (many, long) = taken
    cores = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    if not many:
        return Pace(long, 0.0, cores)
    apart = many > few and long > short  # where the two cannot be told apart, subjects cost it all
    each = (long - short) / (many - few) if apart else long / many
    return Pace(max(short - few * each, 0.0) if apart else 0.0, each * MILLION, cores)
