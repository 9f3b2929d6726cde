"""Opens a file of facts in DuckDB as a table of integers, codes, flags and day numbers.

Nothing is rounded or guessed: a column that is not what its fact wants is refused, a cell that is
not costs its row, with its place.
"""

import csv
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from attrs import define, frozen
from python_calamine import CalamineError, CalamineWorkbook
from sqlalchemy import BigInteger, FromClause, SmallInteger, String, column, table
from sqlalchemy.types import TypeEngine

from supervision_core.assessment.model import FactDefinition, FactType
from supervision_core.kernel.documents import FAULT_HEADINGS, RejectedRow
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.tables import HeaderMatch, RawRow, RowFault

INTEGERS = frozenset(
    {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}
)
FITTING: Mapping[FactType, frozenset[str]] = {
    FactType.INTEGER: INTEGERS,
    FactType.CODE: frozenset({"VARCHAR"}),
    FactType.FLAG: frozenset({"BOOLEAN"}),
    FactType.DAY: frozenset({"DATE"}),
    FactType.DECIMAL: INTEGERS | {"VARCHAR"},
}
"""The types of a Parquet column by the type of its fact; a decimal may be a DECIMAL(…) as well."""
MOST_REJECTED = 100_000
"""Where more rows than this cannot be read, it is the column that is wrong, not the rows."""

_WIDE = "".join(map(chr, range(0xFF01, 0xFF5F))) + "\u3000"
_NARROW = "".join(map(chr, range(0x21, 0x7F))).replace("'", "''") + " "
_DAMAGED = (duckdb.InvalidInputException, duckdb.DataError)
YES, NO = ("是", "有", "true", "yes", "y", "1"), ("否", "无", "false", "no", "n", "0")


@define(eq=False)
class FactFileNotUsable(Refused):
    """The file cannot be read as the facts that the models want."""

    code = "analytics.fact_file_not_usable"


@contextmanager
def reading() -> Iterator[None]:
    """Tell what DuckDB says of a damaged file as ``FactFileNotUsable``.

    Its Parquet reader raises the base of all its errors where a page makes no sense; what has a
    class of its own (no memory, no room) is no fault of the file.
    """
    try:
        yield
    except duckdb.Error as error:
        if type(error) is not duckdb.Error and not isinstance(error, _DAMAGED):
            raise
        raise FactFileNotUsable((_violation("file_unreadable"),)) from error


@frozen
class FactsOfFile:
    """A file's rows as a table, the heading of the subjects' ids, and the rows left out of it.

    ``parquet`` is a Parquet file itself, under a name that nothing takes for a pattern, and
    ``headings`` heads the column of each fact in it.
    """

    table: FromClause
    key: str
    rejected: tuple[RejectedRow, ...] = ()
    headings: Mapping[str, str] = {}
    parquet: Path | None = None


def open_facts(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    facts: Sequence[FactDefinition],
    scratch: Path,
    key: str | None = None,
) -> FactsOfFile:
    """Open a .parquet, .csv or .xlsx file whose columns are headed by fact names or titles.

    Gives a table of ``subject_id`` and a column for each fact, as ``assess_select`` wants it.
    ``key`` heads the column of subject ids; without it, the first column that is no fact.
    ``scratch`` is a directory of ours that outlives the table. Rows of text with a cell that is not
    what its fact wants are left out. Raises ``FactFileNotUsable``.
    """
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise FactFileNotUsable((_violation("file_kind_unknown", suffix=path.suffix),))
    try:
        path.open("rb").close()
    except OSError as error:
        raise FactFileNotUsable((_violation("file_unreadable"),)) from error
    try:
        relation = read(path.resolve(strict=True), scratch)
        described = connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()  # noqa: S608 - quoted names
    except (duckdb.Error, CalamineError, UnicodeError) as error:
        raise FactFileNotUsable((_violation("file_unreadable"),)) from error
    types = {str(name): str(kind) for name, kind, *_ in described}
    headings = fact_headings(types, facts)
    key = subject_heading(types, headings, key)
    rejected: tuple[RejectedRow, ...] = ()
    if path.suffix.lower() == ".parquet":
        refuse_if(FactFileNotUsable, _unfit_columns(types, headings, facts))
        refuse_if(FactFileNotUsable, _unfit_decimals(connection, relation, headings, facts))
        cells = {fact.name: _native(headings[fact.name], types, fact) for fact in facts}
    else:
        relation, rejected = _without_unfit(connection, relation, path, key, headings, facts)
        cells = {fact.name: _parsed(headings[fact.name], fact) for fact in facts}
    chosen = {"subject_id": _quoted(key), **cells}
    listed = ", ".join(f"{cell} AS {_quoted(name)}" for name, cell in chosen.items())
    view = f"SELECT {listed} FROM {relation}"  # noqa: S608 -- quoted names and literals
    connection.execute(f"CREATE OR REPLACE TEMP VIEW facts_of_file AS {view}")
    typed = (column(fact.name, SQL_TYPES[fact.type]) for fact in facts)
    opened = table("facts_of_file", column("subject_id", String()), *typed)
    parquet = _link(path, scratch) if path.suffix.lower() == ".parquet" else None
    return FactsOfFile(opened, key, rejected, headings, parquet)


def _violation(code: str, at: str = "", **data: str | int) -> Violation:
    return Violation(f"analytics.{code}", at, data)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _linked(path: Path, scratch: Path) -> str:
    """Give a path that DuckDB cannot take for a pattern or a quotation."""
    link = _link(path, scratch)
    link.unlink(missing_ok=True)
    try:
        link.symlink_to(path)
    except OSError:  # Windows lets few users make one
        shutil.copyfile(path, link)
    return literal_path(link)


def _link(path: Path, scratch: Path) -> Path:
    return scratch / f"facts{path.suffix.lower()}"


def literal_path(path: Path) -> str:
    """Write a path as it stands between quotes."""
    return str(path).replace("'", "''")


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
    return (
        f"read_csv('{literal_path(path)}', header = true, all_varchar = true, auto_detect = false, "
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
    with copy.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(cells for _, cells in _workbook_records(path))
    return _csv_relation(copy)


def _text(cell: object) -> str:
    """Write a cell so that nothing is lost: Excel keeps integers as floats and days as moments."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, float):
        return format(Decimal(repr(cell)), "f")  # never 1e-05
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    return str(cell)


_READERS: Mapping[str, Callable[[Path, Path], str]] = {
    ".parquet": _read_parquet,
    ".csv": _read_csv,
    ".xlsx": _read_workbook,
}
SQL_TYPES: Mapping[FactType, TypeEngine[Any]] = {
    FactType.INTEGER: BigInteger(),
    FactType.CODE: String(),
    FactType.FLAG: SmallInteger(),
    FactType.DAY: BigInteger(),
    FactType.DECIMAL: BigInteger(),
}


def fact_headings(types: Mapping[str, object], facts: Sequence[FactDefinition]) -> dict[str, str]:
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


def subject_heading(
    types: Mapping[str, object], headings: Mapping[str, str], key: str | None
) -> str:
    """Find the heading of the subjects' ids: ``key``, or the first column that is no fact."""
    others = [
        heading
        for heading in types
        if heading not in headings.values() and heading not in FAULT_HEADINGS
    ]
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
        is_decimal = fact.type is FactType.DECIMAL and types[heading].startswith("DECIMAL(")
        if types[heading] not in FITTING[fact.type] and not is_decimal:
            data = {"name": heading, "type": types[heading], "wanted": fact.type.value}
            yield _violation("column_type_unfit", heading, **data)


def _unfit_decimals(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    headings: Mapping[str, str],
    facts: Sequence[FactDefinition],
) -> Iterator[Violation]:
    """Find columns of decimals with a value that is none of the fact's scale: none is rounded."""
    for fact in facts:
        if fact.type is FactType.DECIMAL:
            name = headings[fact.name]
            asked = f"SELECT count(*) FILTER (WHERE {_unfit(name, fact)}) FROM {relation}"  # noqa: S608 - quoted names
            (count,) = connection.execute(asked).fetchone() or (0,)
            if count:
                data = {"name": name, "count": count, "scale": fact.scale}
                yield _violation("column_not_decimal", name, **data)


def _native(heading: str, types: Mapping[str, str], fact: FactDefinition) -> str:
    if fact.type is FactType.DECIMAL:
        return _parsed(heading, fact)
    cell = _quoted(heading)
    if types[heading] == "DATE":
        return f"({cell} - DATE '1970-01-01')"
    if types[heading] == "BOOLEAN":
        return f"CASE WHEN {cell} THEN 1 WHEN NOT {cell} THEN 0 END"
    return cell


def _listed(words: Sequence[str]) -> str:
    return "(" + ", ".join(f"'{word}'" for word in words) + ")"


def _narrow(heading: str) -> str:
    """Write full-width signs as the usual ones, without spaces around."""
    return f"trim(translate(CAST({_quoted(heading)} AS VARCHAR), '{_WIDE}', '{_NARROW}'))"


def _decimal(cell: str, scale: int) -> str:
    """Read a decimal as an integer of its scale, or give NULL where it has more places."""
    shaped = f"regexp_full_match({cell}, '[+-]?[0-9]+([.][0-9]{{1,{scale}}}0*)?')"
    places = f"substr(rpad(regexp_extract({cell}, '[.]([0-9]+)', 1), {scale}, '0'), 1, {scale})"
    digits = f"regexp_extract({cell}, '^[+-]?[0-9]+') || {places}"
    return f"CASE WHEN {shaped} THEN TRY_CAST({digits} AS BIGINT) END"


def _parsed(heading: str, fact: FactDefinition) -> str:
    """Read a text cell exactly, or give NULL."""
    kind = fact.type
    if kind is FactType.CODE:
        return f"nullif(trim({_quoted(heading)}), '')"
    cell = f"nullif({_narrow(heading)}, '')"
    if kind is FactType.DECIMAL:
        return _decimal(cell, fact.scale)
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
    raise TypeError(kind)


def _unfit(heading: str, fact: FactDefinition) -> str:
    return f"coalesce({_narrow(heading)} <> '' AND ({_parsed(heading, fact)}) IS NULL, false)"


def _without_unfit(  # noqa: PLR0913, PLR0917 - a file is read by these
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    path: Path,
    key: str,
    headings: Mapping[str, str],
    facts: Sequence[FactDefinition],
) -> tuple[str, tuple[RejectedRow, ...]]:
    """Leave out the rows with a cell that cannot be read, and say which."""
    checked = [fact for fact in facts if fact.type is not FactType.CODE]
    if not checked:
        return relation, ()
    unfit = [_unfit(headings[fact.name], fact) for fact in checked]
    any_unfit = " OR ".join(unfit)
    counted = ", ".join(f"count(*) FILTER (WHERE {each})" for each in (any_unfit, *unfit))
    rows, *counts = connection.execute(f"SELECT {counted} FROM {relation}").fetchone() or (0,)  # noqa: S608 - quoted names
    if not rows:
        return relation, ()
    if rows > MOST_REJECTED:
        worst = headings[checked[counts.index(max(counts))].name]
        raise FactFileNotUsable((_violation("too_many_rows_unfit", worst, count=rows, name=worst),))
    numbered = f"(SELECT *, row_number() OVER () AS row_of_file FROM {relation})"  # noqa: S608 - as above
    asked = f"SELECT row_of_file, {', '.join(unfit)} FROM {numbered} WHERE {any_unfit}"  # noqa: S608 - as above
    found = {row: flags for row, *flags in connection.execute(asked).fetchall()}
    records = _RECORDS[path.suffix.lower()](path)
    _, first = next(records)
    titles = [heading.strip() for heading in first]
    match = HeaderMatch(
        columns={"subject_id": key, **{fact.name: headings[fact.name] for fact in facts}},
        extra=tuple(t for t in titles if t not in {key, *headings.values(), *FAULT_HEADINGS}),
    )
    rejected = []
    for place, (number, cells) in enumerate(records, 1):
        if place in found:
            raw = RawRow(number=number, cells=dict(zip(titles, cells, strict=False)))
            wrong = [fact for fact, bad in zip(checked, found[place], strict=True) if bad]
            faults = [_fault(raw, fact, headings[fact.name], key) for fact in wrong]
            rejected.append(RejectedRow(raw=raw, match=match, faults=faults))
    return f"(SELECT * FROM {relation} WHERE NOT ({any_unfit}))", tuple(rejected)  # noqa: S608 - as above


def _fault(raw: RawRow, fact: FactDefinition, heading: str, key: str) -> RowFault:
    subject = str(raw.cells.get(key, "")).strip()
    data: dict[str, str | int] = {"subject": subject, "name": heading}
    if fact.type is FactType.DECIMAL:
        data |= {"scale": fact.scale}
    violation = _violation(f"cell_not_{fact.type.value}", heading, **data)
    return RowFault(row=raw.number, column=heading, violation=violation)


def _csv_records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Give each record that is not empty, with its number as Excel shows it."""
    with path.open("rb") as file:
        encoding = _encoding(file.read(1 << 20))
    with path.open(encoding=encoding, newline="") as file:
        for number, cells in enumerate(csv.reader(file), 1):
            if cells:
                yield number, cells


def _workbook_records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Give each row that is not empty, with its number as Excel shows it."""
    with CalamineWorkbook.from_path(path) as book:
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    for number, row in enumerate(rows, 1):
        if any(row):
            yield number, [_text(cell) for cell in row]


_RECORDS: Mapping[str, Callable[[Path], Iterator[tuple[int, list[str]]]]] = {
    ".csv": _csv_records,
    ".xlsx": _workbook_records,
}
