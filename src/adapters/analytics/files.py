"""Opens a file of facts in DuckDB as a table of integers, codes, flags and day numbers.

Nothing is rounded or guessed: a column or cell that is not exactly what its fact wants is refused,
with its place.
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from attrs import define
from python_calamine import CalamineError, CalamineWorkbook
from sqlalchemy import BigInteger, FromClause, SmallInteger, String, column, table
from sqlalchemy.types import TypeEngine

from supervision_core.assessment.model import FactDefinition, FactType
from supervision_core.kernel.errors import Refused, Violation, refuse_if

INTEGERS = frozenset(
    {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}
)
FITTING: Mapping[FactType, frozenset[str]] = {
    FactType.INTEGER: INTEGERS,
    FactType.CODE: frozenset({"VARCHAR"}),
    FactType.FLAG: frozenset({"BOOLEAN"}),
    FactType.DAY: frozenset({"DATE"}),
}
YES, NO = ("是", "有", "true", "yes", "y", "1"), ("否", "无", "false", "no", "n", "0")


@define(eq=False)
class FactFileNotUsable(Refused):
    """The file cannot be read as the facts that the models want."""

    code = "analytics.fact_file_not_usable"


def open_facts(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    facts: Sequence[FactDefinition],
    scratch: Path,
    key: str | None = None,
) -> FromClause:
    """Open a .parquet, .csv or .xlsx file whose columns are headed by fact names or titles.

    Gives a table of ``subject_id`` and a column for each fact, as ``assess_select`` wants it.
    ``key`` heads the column of subject ids; without it, the first column that is no fact.
    ``scratch`` is a directory of ours that outlives the table. Raises ``FactFileNotUsable``.
    """
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise FactFileNotUsable((_violation("file_kind_unknown", suffix=path.suffix),))
    try:
        relation = read(path.resolve(strict=True), scratch)
        described = connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()  # noqa: S608 - quoted names
    except (OSError, duckdb.Error, CalamineError, UnicodeError) as error:
        raise FactFileNotUsable((_violation("file_unreadable"),)) from error
    types = {str(name): str(kind) for name, kind, *_ in described}
    headings = _headings(types, facts)
    key = _key(types, headings, key)
    if path.suffix.lower() == ".parquet":
        refuse_if(FactFileNotUsable, _unfit_columns(types, headings, facts))
        cells = {fact.name: _native(headings[fact.name], types) for fact in facts}
    else:
        refuse_if(FactFileNotUsable, _unfit_cells(connection, relation, headings, facts))
        cells = {fact.name: _parsed(headings[fact.name], fact.type) for fact in facts}
    chosen = {"subject_id": _quoted(key), **cells}
    listed = ", ".join(f"{cell} AS {_quoted(name)}" for name, cell in chosen.items())
    view = f"SELECT {listed} FROM {relation}"  # noqa: S608 -- quoted names and literals
    connection.execute(f"CREATE OR REPLACE TEMP VIEW facts_of_file AS {view}")
    typed = (column(fact.name, _SQL_TYPES[fact.type]) for fact in facts)
    return table("facts_of_file", column("subject_id", String()), *typed)


def _violation(code: str, at: str = "", **data: str | int) -> Violation:
    return Violation(f"analytics.{code}", at, data)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _linked(path: Path, scratch: Path) -> str:
    """Give a path that DuckDB cannot take for a pattern or a quotation."""
    link = scratch / f"facts{path.suffix.lower()}"
    link.unlink(missing_ok=True)
    link.symlink_to(path)
    return str(link).replace("'", "''")


def _read_parquet(path: Path, scratch: Path) -> str:
    return f"read_parquet('{_linked(path, scratch)}')"


def _read_csv(path: Path, scratch: Path) -> str:
    with path.open("rb") as file:
        encoding = _encoding(file.read(1 << 20))
    copy = scratch / "facts_utf8.csv"
    with (
        path.open(encoding=encoding, newline="") as source,
        copy.open("w", encoding="utf-8") as out,
    ):
        while part := source.read(1 << 20):
            out.write(part)
    return _csv_relation(copy)


def _encoding(head: bytes) -> str:
    """Tell UTF-8 from what Excel writes in China; a character cut in two at the end is fine."""
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return "gb18030" if error.start < len(head) - 3 else "utf-8-sig"
    return "utf-8-sig"


def _csv_relation(path: Path) -> str:
    name = str(path).replace("'", "''")
    return (
        f"read_csv('{name}', header = true, all_varchar = true, auto_detect = false, "
        f"delim = ',', quote = '\"', escape = '\"', columns = {_csv_columns(path)})"
    )


def _csv_columns(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        headings = [heading.strip() for heading in next(csv.reader(file), [])]
    twice = sorted({heading for heading in headings if headings.count(heading) > 1})
    refuse_if(FactFileNotUsable, (_violation("column_twice", name=name) for name in twice))
    quoted = ("'" + heading.replace("'", "''") + "': 'VARCHAR'" for heading in headings)
    return "{" + ", ".join(quoted) + "}"


def _read_workbook(path: Path, scratch: Path) -> str:
    copy = scratch / "facts_sheet.csv"
    with (
        CalamineWorkbook.from_path(path) as book,
        copy.open("w", encoding="utf-8", newline="") as out,
    ):
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        csv.writer(out).writerows([_text(cell) for cell in row] for row in rows if any(row))
    return _csv_relation(copy)


def _text(cell: object) -> str:
    """Write a cell so that nothing is lost: Excel keeps integers as floats and days as moments."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    return str(cell)


_READERS: Mapping[str, Callable[[Path, Path], str]] = {
    ".parquet": _read_parquet,
    ".csv": _read_csv,
    ".xlsx": _read_workbook,
}
_SQL_TYPES: Mapping[FactType, TypeEngine[Any]] = {
    FactType.INTEGER: BigInteger(),
    FactType.CODE: String(),
    FactType.FLAG: SmallInteger(),
    FactType.DAY: BigInteger(),
}


def _headings(types: Mapping[str, str], facts: Sequence[FactDefinition]) -> dict[str, str]:
    """Find the heading of each fact: its name or its title, whatever the case."""
    by_heading = {heading.strip().casefold(): heading for heading in types}
    found: dict[str, str] = {}
    missing: list[Violation] = []
    for fact in facts:
        heading = by_heading.get(fact.name) or by_heading.get(fact.title.strip().casefold())
        if heading is None:
            missing.append(_violation("column_missing", name=fact.name, title=fact.title))
        else:
            found[fact.name] = heading
    refuse_if(FactFileNotUsable, missing)
    return found


def _key(types: Mapping[str, str], headings: Mapping[str, str], key: str | None) -> str:
    others = [heading for heading in types if heading not in headings.values()]
    if key is not None:
        others = [heading for heading in types if heading == key]
    if not others:
        raise FactFileNotUsable((_violation("key_missing"),))
    return others[0]


def _unfit_columns(
    types: Mapping[str, str], headings: Mapping[str, str], facts: Sequence[FactDefinition]
) -> Iterator[Violation]:
    for fact in facts:
        heading = headings[fact.name]
        if types[heading] not in FITTING[fact.type]:
            data = {"name": heading, "type": types[heading], "wanted": fact.type.value}
            yield _violation("column_type_unfit", heading, **data)


def _native(heading: str, types: Mapping[str, str]) -> str:
    cell = _quoted(heading)
    if types[heading] == "DATE":
        return f"({cell} - DATE '1970-01-01')"
    if types[heading] == "BOOLEAN":
        return f"CASE WHEN {cell} THEN 1 WHEN NOT {cell} THEN 0 END"
    return cell


def _listed(words: Sequence[str]) -> str:
    return "(" + ", ".join(f"'{word}'" for word in words) + ")"


def _parsed(heading: str, kind: FactType) -> str:
    """Read a text cell exactly, or give NULL."""
    cell = f"nullif(trim({_quoted(heading)}), '')"
    if kind is FactType.INTEGER:
        shaped = f"regexp_full_match({cell}, '[+-]?[0-9]+')"
        return f"CASE WHEN {shaped} THEN TRY_CAST({cell} AS BIGINT) END"
    if kind is FactType.FLAG:
        word = f"lower({cell})"
        return f"CASE WHEN {word} IN {_listed(YES)} THEN 1 WHEN {word} IN {_listed(NO)} THEN 0 END"
    if kind is FactType.DAY:
        day = f"TRY_CAST(replace({cell}, '/', '-') AS DATE)"
        shaped = f"regexp_full_match({cell}, '[0-9]{{4}}[-/][0-9]{{1,2}}[-/][0-9]{{1,2}}')"
        return f"CASE WHEN {shaped} THEN {day} - DATE '1970-01-01' END"
    return cell


def _unfit_cells(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    headings: Mapping[str, str],
    facts: Sequence[FactDefinition],
) -> Iterator[Violation]:
    checked = [fact for fact in facts if fact.type is not FactType.CODE]
    if not checked:
        return
    asked = []
    for fact in checked:
        heading = headings[fact.name]
        unfit = f"trim({_quoted(heading)}) <> '' AND ({_parsed(heading, fact.type)}) IS NULL"
        asked.append(f"count(*) FILTER (WHERE {unfit}), min(row_of_file) FILTER (WHERE {unfit})")
    numbered = f"(SELECT *, row_number() OVER () AS row_of_file FROM {relation})"  # noqa: S608 -- as above
    found = connection.execute(f"SELECT {', '.join(asked)} FROM {numbered}").fetchone() or ()  # noqa: S608 - quoted names
    for fact, count, row in zip(checked, found[::2], found[1::2], strict=True):
        if count:
            data = {"name": headings[fact.name], "wanted": fact.type.value}
            yield _violation("cells_unfit", headings[fact.name], count=count, row=row, **data)
