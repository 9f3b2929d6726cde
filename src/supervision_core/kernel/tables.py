"""Tables that people send: which columns are expected, under which headings, and what was wrong.

Reading cells from a workbook is an adapter's; what a cell means is decided here.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial
from typing import ClassVar

from attrs import define, evolve, field, frozen

from supervision_core.kernel.cells import (
    Cell,
    Edge,
    Reader,
    choice_reader,
    clean_lines,
    code_reader,
    edge_reader,
    number_reader,
    read_day,
    read_flag,
    read_span_start,
    text_reader,
)
from supervision_core.kernel.errors import Refused, Violation, refuse_if

__all__ = [
    "Cell",
    "Column",
    "ColumnKind",
    "Edge",
    "HeaderMatch",
    "MappingUnfit",
    "RawRow",
    "ReadRow",
    "RowFault",
    "Severity",
    "SkippedRow",
    "TableFormat",
    "heading_key",
    "match_headers",
    "read_row",
    "with_headings",
]


class ColumnKind(StrEnum):
    """What a column holds once read.

    ``LINES`` is a text whose line breaks stay, as those of a long text or of a list of values.
    ``HUNDREDTHS`` is a number with at most two decimals, held as an integer of hundredths.
    """

    TEXT = "text"
    LINES = "lines"
    CODE = "code"
    DATE = "date"
    INTEGER = "integer"
    HUNDREDTHS = "hundredths"
    CHOICE = "choice"
    FLAG = "flag"


@frozen(kw_only=True, cache_hash=True)
class Column:
    """One column: its field name, its Chinese heading and every heading it also comes under.

    ``digits`` of a code column is how long its numbers are at least: zeros that a spreadsheet
    dropped in front are put back. A unit stands in the title in brackets: 注册资本（万元）.
    A column of days with an ``edge`` takes that end of two days in one cell; two such columns may
    share a heading that both have (营业期限); a single day there is the end.
    """

    name: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    aliases: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[str, ...] = ()
    max_length: int = 500
    digits: int = 0
    edge: Edge | None = None
    example: str = ""
    note: str = ""


@frozen(kw_only=True, cache_hash=True)
class TableFormat:
    """A table by name, with its columns in the order of the template.

    ``mapped`` says for headings of a file which column they stand for, by field name.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    mapped: tuple[tuple[str, str], ...] = ()


@frozen(kw_only=True)
class RawRow:
    """A row as it stands in the file: ``number`` counts from 1 as Excel shows it.

    ``cells`` are keyed by the headings as they stand in the file.
    """

    number: int
    cells: Mapping[str, Cell]


@frozen(kw_only=True)
class SkippedRow:
    """A row below the heading that is no data: a total, a note, the heading again, the example."""

    number: int
    violation: Violation


class Severity(StrEnum):
    """Whether a fault keeps the row out or is only told."""

    ERROR = "error"
    WARNING = "warning"


@frozen(kw_only=True)
class RowFault:
    """What is wrong in one row: the column's title and a violation with reason and remedy."""

    row: int
    column: str
    violation: Violation
    severity: Severity = Severity.ERROR


@frozen(kw_only=True)
class ReadRow:
    """A row once read: values by field name (absent when empty) and its faults.

    ``extra`` holds the cells of headings that the format does not know, as they stand; ``columns``
    are those that its sheet has.
    """

    number: int
    values: Mapping[str, str | int | bool | date]
    faults: tuple[RowFault, ...] = field(default=())
    extra: Mapping[str, Cell] = field(factory=dict)
    columns: tuple[str, ...] = field(default=())

    @property
    def usable(self) -> bool:
        """Tell whether no fault keeps the row out."""
        return all(fault.severity is Severity.WARNING for fault in self.faults)


@frozen(kw_only=True)
class HeaderMatch:
    """Which heading of the file stands for which column.

    ``columns`` maps field names to headings as they stand in the file; ``extra`` are the headings
    no column claims; with any of ``violations`` the table cannot be read.
    """

    columns: Mapping[str, str]
    extra: tuple[str, ...] = ()
    violations: tuple[Violation, ...] = ()


_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>")
_MARKS = re.compile(r"[\s*★☆※●:\u200b-\u200f\u2060\ufeff]|必填项?|选填项?")
_UNIT = re.compile(r"\((?:单位:?)?([百千万亿]*元|[年月天日人户家次条])\)")


def _folded(heading: str) -> str:
    text = unicodedata.normalize("NFKC", heading)
    return _MARKS.sub("", text).strip("'\"").upper()


@lru_cache(maxsize=4096)
def heading_key(heading: str) -> str:
    """Give what two headings share when they mean the same.

    Width, case, spaces, required marks and what stands in brackets (units, notes) do not matter.
    """
    folded = _folded(heading)
    return _MARKS.sub("", _IN_BRACKETS.sub("", folded)) or folded


@lru_cache(maxsize=4096)
def _unit(heading: str) -> str:
    found = _UNIT.search(_folded(heading))
    return found[1] if found else ""


def match_headers(format: TableFormat, headers: Sequence[str]) -> HeaderMatch:
    """Find the columns of ``format`` under the headings of a file.

    What ``format.mapped`` says wins over all. A column's title wins over its aliases, those in
    their order; the heading as a whole wins over the heading without its brackets. Refused: a
    required column that is missing, one heading twice for the same column, an amount in another
    unit than the column's.
    """
    present = [header for header in headers if header.strip()]
    by_key: dict[str, list[str]] = {}
    for header in present:
        for key in {_folded(header), heading_key(header)}:
            by_key.setdefault(key, []).append(header)
    columns = _mapped(format, present)
    violations: list[Violation] = []
    taken: dict[str, Edge | None] = dict.fromkeys(columns.values())
    for column in format.columns:
        if column.name in columns:
            continue
        found = _claim(column, by_key, taken)
        if not found:
            if column.required:
                violations.append(
                    Violation("kernel.table_column_missing", column.name, {"title": column.title})
                )
            continue
        if len(found) > 1:
            violations.append(
                Violation("kernel.table_heading_twice", column.name, {"title": column.title})
            )
        heading = found[0]
        if _unit(heading) and _unit(column.title) and _unit(heading) != _unit(column.title):
            violations.append(
                Violation(
                    "kernel.table_other_unit",
                    column.name,
                    {"title": column.title, "unit": _unit(heading), "wanted": _unit(column.title)},
                )
            )
        columns[column.name] = heading
        taken |= dict.fromkeys(found, column.edge)
    extra = tuple(dict.fromkeys(header for header in present if header not in taken))
    return HeaderMatch(columns=columns, extra=extra, violations=tuple(violations))


@define(eq=False)
class MappingUnfit(Refused):
    """What is said of a heading cannot be done."""

    code: ClassVar[str] = "kernel.table_map_unfit"


def with_headings(format: TableFormat, said: Iterable[tuple[str, str]]) -> TableFormat:
    """Give ``format`` with headings of a file and the columns that they stand for.

    A column is named by its title, field name or any of its headings. Raises ``MappingUnfit``
    with the titles of all where there is no such column, and for two headings of one column.
    """
    by_key = {
        heading_key(name): column
        for column in reversed(format.columns)
        for name in (*column.aliases, column.name, column.title)
    }
    mapped: dict[str, str] = {}
    violations: list[Violation] = []
    titles = "、".join(column.title for column in format.columns)
    for heading, named in said:
        column = by_key.get(heading_key(named))
        if column is None:
            data = {"title": named, "titles": titles}
            violations.append(Violation("kernel.table_map_column", heading, data))
        elif column.name in mapped.values():
            data = {"title": column.title}
            violations.append(Violation("kernel.table_map_twice", heading, data))
        else:
            mapped[heading] = column.name
    refuse_if(MappingUnfit, violations)
    return evolve(format, mapped=tuple(mapped.items()))


def _mapped(format: TableFormat, present: Iterable[str]) -> dict[str, str]:
    """Give the columns that ``format`` itself finds under headings of the file."""
    by_whole = {_folded(heading): heading for heading in present}
    return {
        name: by_whole[_folded(heading)]
        for heading, name in format.mapped
        if _folded(heading) in by_whole
    }


def _claim(
    column: Column, by_key: Mapping[str, list[str]], taken: Mapping[str, Edge | None]
) -> list[str]:
    """Give the headings for ``column`` of the best rank; more than one is ambiguous."""
    names = (column.title, *column.aliases)
    for key in (*map(_folded, names), *map(heading_key, names)):
        if found := [one for one in by_key.get(key, ()) if _free(column, one, taken)]:
            return found
    return []


def _free(column: Column, heading: str, taken: Mapping[str, Edge | None]) -> bool:
    if heading not in taken:
        return True
    edge = taken[heading]
    return column.edge is not None and edge is not None and edge is not column.edge


_MAKE: Mapping[ColumnKind, Callable[[Column], Reader]] = {
    ColumnKind.TEXT: lambda column: text_reader(column.max_length),
    ColumnKind.LINES: lambda column: text_reader(column.max_length, clean_lines),
    ColumnKind.CODE: lambda column: code_reader(column.max_length, column.digits),
    ColumnKind.DATE: lambda column: _cached(edge_reader(column.edge) if column.edge else read_day),
    ColumnKind.INTEGER: lambda column: _cached(number_reader(0, _unit(column.title))),
    ColumnKind.HUNDREDTHS: lambda column: _cached(number_reader(2, _unit(column.title))),
    ColumnKind.CHOICE: lambda column: _cached(choice_reader(column.choices)),
    ColumnKind.FLAG: lambda _: _cached(read_flag),
}


def _cached(read: Reader) -> Reader:
    return lru_cache(maxsize=8192, typed=True)(read)  # 1, 1.0 and True are different cells


@lru_cache(maxsize=64)
def _readers(format: TableFormat) -> tuple[tuple[str, Column, Reader], ...]:
    return tuple((column.name, column, _MAKE[column.kind](column)) for column in format.columns)


def read_row(format: TableFormat, raw: RawRow, match: HeaderMatch) -> ReadRow:
    """Read the cells of ``raw`` as the columns of ``format`` and give every fault."""
    return row_reader(format, match)(raw)


def row_reader(format: TableFormat, match: HeaderMatch) -> Callable[[RawRow], ReadRow]:
    """Give ``read_row`` for many rows of one table: its columns are looked up once."""
    ends = {
        match.columns[column.name]
        for column in format.columns
        if column.edge is Edge.END and column.name in match.columns
    }
    columns = tuple(
        (
            name,
            column,
            read_span_start if column.edge is Edge.START and heading in ends else read,
            heading,
        )
        for name, column, read in _readers(format)
        if (heading := match.columns.get(name, "")) or column.required
    )
    return partial(_read_cells, columns, match.extra, tuple(sorted(match.columns)))


def _read_cells(
    columns: Iterable[tuple[str, Column, Reader, str]],
    extra: Sequence[str],
    told: tuple[str, ...],
    raw: RawRow,
) -> ReadRow:
    values: dict[str, str | int | bool | date] = {}
    faults: list[RowFault] = []
    cells = raw.cells
    for name, column, read, heading in columns:
        cell = cells.get(heading) if heading else None
        value = None if cell is None or cell == "" else read(cell)
        if value is None:
            if column.required:
                empty = Violation("kernel.table_cell_empty", name)
                faults.append(RowFault(row=raw.number, column=column.title, violation=empty))
        elif isinstance(value, Violation):
            wrong = Violation(value.code, name, value.data)
            faults.append(RowFault(row=raw.number, column=column.title, violation=wrong))
        else:
            values[name] = value
    return ReadRow(
        number=raw.number, values=values, faults=tuple(faults), extra=_extra(cells, extra),
        columns=told,
    )  # fmt: skip


def _extra(cells: Mapping[str, Cell], headings: Iterable[str]) -> Mapping[str, Cell]:
    return {key: cells[key] for key in headings if cells.get(key) not in (None, "")}
