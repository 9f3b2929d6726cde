"""Results as tables for people, and the facts of one subject, out of files."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import duckdb

from adapters.analytics.files import FactFileNotUsable, literal_path, open_facts
from supervision_core.assessment.model import FactDefinition, FactType, FactValue
from supervision_core.assessment.model.decimals import decimal_text
from supervision_core.kernel.errors import refuse_if

ROWS_AT_ONCE = 10_000
_DAY_ZERO = date(1970, 1, 1)

Titles = Mapping[str, str]


def write_csv(results: Path, out: Path, titles: Titles, points: Sequence[str]) -> None:
    """Write a Parquet file of results as CSV that Excel opens: columns under their ``titles``.

    The columns named in ``points`` hold hundredths and are written divided: 12.50. What is half
    written lies beside ``results``.
    """
    cells = (
        f"CAST({_quoted(name)} * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))"
        if name in points
        else _quoted(name)
        for name in titles
    )
    listed = ", ".join(
        f"{cell} AS {_quoted(title)}" for cell, title in zip(cells, titles.values(), strict=True)
    )
    with tempfile.TemporaryDirectory(dir=results.resolve().parent) as scratch:
        body = Path(scratch) / "results.csv"
        query = f"SELECT {listed} FROM {_parquet(results)}"  # noqa: S608 - quoted names
        with duckdb.connect() as connection:
            connection.execute(
                f"COPY ({query}) TO '{literal_path(body)}' (FORMAT csv, HEADER true)"
            )
        whole = Path(scratch) / "marked.csv"
        with whole.open("wb") as target, body.open("rb") as source:
            target.write(b"\xef\xbb\xbf")
            while part := source.read(1 << 20):
                target.write(part)
        whole.replace(out)


def result_rows(results: Path, columns: Sequence[str]) -> Iterator[tuple[str | int | None, ...]]:
    """Give the rows of a Parquet file of results, these columns of them, in the file's order."""
    listed = ", ".join(map(_quoted, columns))
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT {listed} FROM {_parquet(results)}")  # noqa: S608 - as above
        while rows := found.fetchmany(ROWS_AT_ONCE):
            yield from rows


def known_of(
    subject: str,
    path: Path,
    facts: Sequence[FactDefinition],
    scratch: Path,
    key: str | None = None,
) -> Mapping[str, FactValue] | None:
    """Give the facts of one subject in a file as ``evaluate`` wants them, if it is there.

    Raises ``FactFileNotUsable``, also where it is there with a cell that cannot be read.
    """
    with duckdb.connect() as connection:
        source = open_facts(connection, path, facts, scratch, key)
        names = ", ".join(_quoted(fact.name) for fact in facts)
        asked = f"SELECT {names} FROM {source.table} WHERE CAST(subject_id AS VARCHAR) = ? LIMIT 1"  # noqa: S608 - as above
        row = connection.execute(asked, [subject]).fetchone()
    if row is None:
        refuse_if(
            FactFileNotUsable,
            (
                fault.violation
                for each in source.rejected
                if each.raw.cells[source.key] == subject
                for fault in each.faults
            ),
        )
        return None
    return {fact.name: _value(fact, cell) for fact, cell in zip(facts, row, strict=True)}


def _value(fact: FactDefinition, cell: str | int | None) -> FactValue:
    if cell is None:
        return None
    if fact.type is FactType.FLAG:
        return bool(cell)
    if fact.type is FactType.DAY:
        return _DAY_ZERO + timedelta(days=int(cell))
    if fact.type is FactType.DECIMAL:
        return decimal_text(int(cell), fact.scale)
    return cell


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _parquet(path: Path) -> str:
    return f"read_parquet('{literal_path(path)}')"
