"""Polars instead of DuckDB where a file of facts is a Parquet file of plain columns."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
from attrs import frozen
from polars.exceptions import ComputeError, PanicException
from polars.io.plugins import register_io_source

from adapters.analytics.duckdb_files import DuckDbFiles, facts_of
from adapters.analytics.files import FactsOfFile
from adapters.analytics.polars_printing import TooManyChoices
from adapters.analytics.polars_selecting import INTEGERS, KEY, assessed, fits
from adapters.analytics.selecting import Crossing, Part
from supervision_core.assessment.model import FactDefinition

ROWS_AT_ONCE = 122_880
"""Rows that are read at once, however large the row groups, and those of a row group of results."""


@frozen
class PolarsFiles(DuckDbFiles):
    """``DuckDbFiles`` with the same results, faster where a Parquet file has plain columns.

    DuckDB opens the file and checks its columns. Where Polars reads them exactly, it computes and
    writes the results; else DuckDB does, also where a model lists very many codes, and where Polars
    finds the file damaged: what is wrong with it, DuckDB says.
    """

    def _write(  # noqa: PLR0913, PLR0917 -- as there
        self,
        connection: duckdb.DuckDBPyConnection,
        source: FactsOfFile,
        parts: Sequence[Part],
        as_of: date,
        crossing: Crossing | None,
        target: Path,
    ) -> None:
        facts = facts_of(parts)
        with suppress(ComputeError, PanicException, TooManyChoices):
            frame = _frame(source, facts)
            if frame is not None:
                assessed(frame, facts, parts, as_of, crossing).sink_parquet(
                    target, compression="snappy", statistics=False, row_group_size=ROWS_AT_ONCE
                )
                return
        super()._write(connection, source, parts, as_of, crossing, target)


def _frame(source: FactsOfFile, facts: Sequence[FactDefinition]) -> pl.LazyFrame | None:
    """Give key and facts as rows of the file, where Polars reads them exactly."""
    if source.parquet is None:
        return None
    scanned = pl.scan_parquet(source.parquet, glob=False, hive_partitioning=False)
    types = scanned.collect_schema()
    if types.get(source.key) not in INTEGERS | {pl.String}:
        return None
    if not all(fits(fact, types.get(source.headings[fact.name])) for fact in facts):
        return None
    named = {KEY: source.key, **source.headings}
    chosen = scanned.select(pl.col(heading).alias(name) for name, heading in named.items())
    rows = scanned.select(pl.len()).collect().item()

    def read(*_asked: object) -> Iterator[pl.DataFrame]:
        for start in range(0, rows, ROWS_AT_ONCE):
            yield chosen.slice(start, ROWS_AT_ONCE).collect()

    return register_io_source(read, schema=chosen.collect_schema())
