"""Find the tables in a workbook or CSV file: under title rows, on several sheets, with notes."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import time, timedelta
from itertools import chain, islice
from typing import BinaryIO, cast

import python_calamine as calamine
from attrs import field, frozen

from adapters.documents.held import Held, Store
from adapters.documents.opening import SMALL_STRINGS, kind_of, refused
from adapters.documents.stretches import CutWorkbook, Merged, Uncut, cut_workbook, is_large
from supervision_core.kernel.cells import clean_text
from supervision_core.kernel.documents import FAULT_HEADINGS, SheetRows, SheetTable
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.tables import (
    Cell,
    HeaderMatch,
    RawRow,
    SkippedRow,
    TableFormat,
    heading_key,
    match_headers,
)

"""The columns that an error workbook adds in front; read back, they are no data."""

FAULT_LIST = "全部问题"
"""The sheet of an error workbook that lists every place; read back, it is no table."""

SAMPLE_MARK = "← 示例，不作为数据导入"
"""What a template says behind its sample row, so that no row of data is taken for it."""

_HEADER_DEPTH = 30
_TOTAL = re.compile(
    r"(本页|本表|本月|全[区市县]|[一二三四五六七八九十]+、)?(合计|总计|小计|共计|累计|总数)"
    r"(户数|家数|人数|数)?([(（][^()（）]*[)）])?[:：]?(共?\d+[户家人条个名]?)?"
)
_NOTE = re.compile(
    r"(注|备注|说明|填表|填报|制表|审核|复核|负责人|单位负责人|联系人|联系电话|数据来源|打印)"
    r"(说明|单位|日期|时间|人|部门)?\d*\s*[:：.、]"
)
_NOTE_CELLS = 3
_CLOCK_TIMES = frozenset({time, timedelta})

Row = Sequence[Cell]
Rows = Iterator[Row] | Held[Row]
"""The rows of a sheet, from its first one."""


def read_tables(file: BinaryIO, format: TableFormat) -> tuple[SheetTable, ...]:
    """Give the tables of ``format``, one a sheet at most. Raises ``UnreadableFile``."""
    store = Store()
    if kind_of(file) == "csv":
        sheets = _csv_sheet(file)
    else:
        cut = _cut_sheets(file, store) if is_large(file) else None
        sheets = _workbook_sheets(file) if cut is None else iter(cut)
    tables = tuple(table for name, rows in sheets if (table := _table(name, rows, format, store)))
    if not tables:
        titles = [column.title for column in format.columns if column.required]
        wanted = titles or [column.title for column in format.columns]
        raise refused("documents.no_table", titles="、".join(wanted[:5]))
    return tables


def _workbook_sheets(file: BinaryIO) -> Iterator[tuple[str, Rows]]:
    file.seek(0)
    try:
        book = calamine.CalamineWorkbook.from_filelike(file)
        for name in _tables_of(book.sheets_metadata):
            yield name, _sheet_rows(book.get_sheet_by_name(name))
    except calamine.PasswordError as wrong:
        raise refused("documents.file_locked") from wrong
    except (calamine.CalamineError, OSError) as wrong:
        raise refused("documents.file_damaged") from wrong


def _tables_of(sheets: Iterable[calamine.SheetMetadata]) -> Iterator[str]:
    return (
        sheet.name
        for sheet in sheets
        if sheet.visible is calamine.SheetVisibleEnum.Visible
        and sheet.typ is calamine.SheetTypeEnum.WorkSheet
        and sheet.name != FAULT_LIST
    )


def _cut_sheets(file: BinaryIO, store: Store) -> Sequence[tuple[str, Held[Row]]] | None:
    """Give what ``_workbook_sheets`` does, in little memory; ``None`` for what must be whole."""
    try:
        with cut_workbook(file, store) as book:
            return [(name, _cut_rows(book, name, store)) for name in _tables_of(book.metadata())]
    except Uncut:
        return None


def _cut_rows(book: CutWorkbook, name: str, store: Store) -> Held[Row]:
    sheet = book.sheet(name)
    fills = _fills(sheet.merged, (len(sheet.rows) - 1, sheet.width - 1), 0)
    if not fills:
        return sheet.rows
    wide = ([*row, *[""] * (sheet.width - len(row))] for row in sheet.rows)
    return store.keep(_filled(wide, fills))


def _fills(
    merged: Merged, last: tuple[int, int], first_column: int
) -> Mapping[int, Sequence[tuple[int, int, int]]]:
    """Give by row which columns a vertical merge fills, and from which row. Raises for too many.

    ``last`` are the last row and column of the sheet.
    """
    tall = [
        (top, min(bottom, last[0]), left - first_column)
        for (top, left), (bottom, right) in merged
        if bottom > top and left == right
    ]
    if sum(bottom - top for top, bottom, _ in tall) > SMALL_STRINGS + last[0] * last[1]:
        raise refused("documents.file_crowded")
    fills: dict[int, list[tuple[int, int, int]]] = {}
    for top, bottom, column in tall:
        for row in range(top, bottom + 1):
            fills.setdefault(row, []).append((column, top, row))
    return fills


def _sheet_rows(sheet: calamine.CalamineSheet) -> Iterator[Row]:
    """Give the rows from the first of the sheet on, a vertically merged cell filled down."""
    if sheet.start is None:
        return iter(())
    last = (sheet.total_height, sheet.total_width)
    fills = _fills(sheet.merged_cell_ranges or (), last, sheet.start[1])
    return _filled(cast("Iterator[list[Cell]]", sheet.iter_rows()), fills)


def _filled(
    rows: Iterable[list[Cell]], fills: Mapping[int, Sequence[tuple[int, int, int]]]
) -> Iterator[Row]:
    held: dict[int, Cell] = {}
    for number, cells in enumerate(rows):
        for column, top, row in fills.get(number, ()):
            if 0 <= column < len(cells):
                if row == top:
                    held[column] = cells[column]
                elif cells[column] == "":
                    cells[column] = held.get(column)
        yield cells


def _csv_sheet(file: BinaryIO) -> Iterator[tuple[str, Rows]]:
    yield "CSV", _csv_rows(file, _encoding(file))


def _csv_rows(file: BinaryIO, encoding: str) -> Iterator[Row]:
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        head = text.readline()
        text.seek(0)
        for row in csv.reader(text, delimiter=max(",;\t", key=head.count)):
            yield list(map(_unwrapped, row))
    except (csv.Error, UnicodeDecodeError) as wrong:
        raise refused("documents.file_damaged") from wrong
    finally:
        text.detach()  # the file stays its owner's


def _unwrapped(cell: str) -> str:
    """Undo the ="0123" by which exporting systems keep Excel from touching a code."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell


def _encoding(file: BinaryIO) -> str:
    head = file.read(4)
    file.seek(0)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        reader = io.TextIOWrapper(file, encoding=encoding, newline="")
        try:
            while reader.read(2**20):
                pass
        except UnicodeDecodeError:
            continue
        else:
            return encoding
        finally:
            reader.detach()
            file.seek(0)
    raise refused("documents.encoding_unknown")


def _table(name: str, rows: Rows, format: TableFormat, store: Store) -> SheetTable | None:
    begins = list(islice(rows, _HEADER_DEPTH))
    widest = max(map(len, begins), default=0)
    top = [[*row, *[""] * (widest - len(row))] for row in begins]
    best: tuple[int, int, Sequence[str], HeaderMatch] | None = None
    for index, row in enumerate(top):
        headings: Sequence[str] = [_said(cell) for cell in row]
        both = _in_two_rows(headings, top[index + 1]) if index + 1 < len(top) else None
        match = match_headers(format, both or headings)
        score = len(match.columns)
        if score >= min(2, len(format.columns)) and (best is None or score > best[0]):
            best = (score, index + bool(both), both or headings, match)
    if best is None:
        return None
    _, index, headings, match = best
    corrected = set(FAULT_HEADINGS) <= set(headings)
    extra = tuple(heading for heading in match.extra if heading not in FAULT_HEADINGS)
    match = HeaderMatch(columns=match.columns, extra=extra, violations=match.violations)
    return SheetTable(
        sheet=name,
        header_row=index + 1,
        match=match,
        corrected=corrected,
        rows=_Data(
            rows if isinstance(rows, Held) else store.keep(chain(begins, rows)),
            index + 1,
            headings,
            match,
            format,
        ),
    )


def _in_two_rows(upper: Sequence[str], lower: Row) -> list[str] | None:
    """Join a heading that spans columns with those below it: 营业期限 over 起 and 止.

    ``None`` where the lower row is none of headings: where it says anything under a heading that
    spans no columns, but that heading itself (merged with the cell below it).
    """
    if SAMPLE_MARK in lower:
        return None
    joined: list[str] = []
    group = ""
    for place, below in enumerate(lower):
        above = upper[place].strip() if place < len(upper) else ""
        if not isinstance(below, str | None):
            return None
        word = (below or "").strip()
        spans = not above or (place + 1 < len(upper) and not upper[place + 1].strip())
        group = above or (group if word else "")
        if word and word != above and not (spans and group):
            return None
        joined.append(above if word in {"", above} else f"{group}{word}")
    split = [one for one, above in zip(joined, upper, strict=False) if one and not above.strip()]
    return joined if split else None


def _said(cell: Cell) -> str:
    return cell if isinstance(cell, str) else "" if cell is None else str(cell)


@frozen
class _Data(SheetRows):
    """The rows of data below the heading."""

    rows: Held[Row]
    start: int
    headings: Sequence[str]
    match: HeaderMatch
    format: TableFormat
    _places: Mapping[str, int] = field(init=False)
    _examples: Mapping[str, str] = field(init=False)

    @_places.default
    def _found(self) -> Mapping[str, int]:
        wanted = {*self.match.columns.values(), *self.match.extra}
        found = self.headings
        return {heading: found.index(heading) for heading in found if heading in wanted}

    @_examples.default
    def _by_heading(self) -> Mapping[str, str]:
        return {
            self.match.columns[column.name]: column.example
            for column in self.format.columns
            if column.name in self.match.columns and column.example
        }

    def __iter__(self) -> Iterator[RawRow | SkippedRow]:
        return self._read(enumerate(islice(self.rows, self.start, None), self.start + 1))

    def picked(self, numbers: Iterable[int]) -> Iterator[RawRow | SkippedRow]:
        return self._read((number, self.rows[number - 1]) for number in numbers)

    def _read(self, rows: Iterable[tuple[int, Row]]) -> Iterator[RawRow | SkippedRow]:
        places = self._places
        width = max(places.values(), default=-1) + 1
        for number, row in rows:
            filled = len(row) - row.count("") - row.count(None)
            if not filled:
                continue
            if why := _no_data(row, filled, self.headings):
                yield SkippedRow(number=number, violation=Violation(why))
                continue
            padded = row if len(row) >= width else [*row, *[""] * (width - len(row))]
            cells = dict(zip(places, map(padded.__getitem__, places.values()), strict=True))
            if not _CLOCK_TIMES.isdisjoint(map(type, padded)):
                cells = {heading: _cell(cell) for heading, cell in cells.items()}
            if SAMPLE_MARK in row and _is_sample(cells, self._examples):
                yield SkippedRow(number=number, violation=Violation("kernel.table_row_is_example"))
            else:
                yield RawRow(number=number, cells=cells)


def _is_sample(cells: Mapping[str, Cell], example: Mapping[str, str]) -> bool:
    """Tell whether nobody wrote over the sample row of a template."""
    return all(_said(cell) == example.get(heading, "") for heading, cell in cells.items())


def _cell(cell: Cell | time | timedelta) -> Cell:
    return str(cell) if isinstance(cell, time | timedelta) else cell


def _no_data(row: Row, filled: int, headings: Sequence[str]) -> str | None:
    """Name the reason why a row below the heading is no data, if there is one."""
    said = (cell for cell in row if cell is not None and cell != "")
    first = next(said)
    named = first if _is_word(first) else next(filter(_is_word, said), "")
    if isinstance(named, str) and _TOTAL.fullmatch("".join(named.split())):
        return "kernel.table_row_is_total"
    if not isinstance(first, str):
        return None
    if first in headings and filled > 1 and _same_headings(row, headings):
        return "kernel.table_row_is_heading"
    if filled <= _NOTE_CELLS and _NOTE.match(clean_text(first)):
        return "kernel.table_row_is_note"
    return None


def _is_word(cell: Cell) -> bool:
    """Tell whether a cell is more than the running number in front of a row."""
    return isinstance(cell, str) and not cell.strip().isdigit()


def _same_headings(row: Row, headings: Sequence[str]) -> bool:
    return all(
        heading_key(_said(cell)) == heading_key(heading)
        for cell, heading in zip(row, headings, strict=False)
        if cell is not None and cell != ""
    )


def cells_by_title(raw: RawRow, match: HeaderMatch, format: TableFormat) -> Mapping[str, Cell]:
    """Give a row's cells under the titles of ``format``, then what the format does not know."""
    found = {
        column.title: raw.cells.get(match.columns[column.name])
        for column in format.columns
        if column.name in match.columns
    }
    return found | {heading: raw.cells.get(heading) for heading in match.extra}
