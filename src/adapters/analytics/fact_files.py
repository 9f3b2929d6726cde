"""What assesses a file of facts: Polars where it is installed (extra ``speed``), else DuckDB."""

from importlib.util import find_spec
from pathlib import Path

from adapters.analytics.duckdb_files import DuckDbFiles


def fact_files(facts: Path, results: Path, key: str | None = None) -> DuckDbFiles:
    """Give what assesses ``facts`` into ``results``; which of the two it is changes no result."""
    if find_spec("polars") is None:
        return DuckDbFiles(facts, results, key)
    from adapters.analytics.polars_files import PolarsFiles  # noqa: PLC0415 -- may not be there

    return PolarsFiles(facts, results, key)
