"""The readable sheets of one file as one sequence of rows, and its rows to correct."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby, islice
from pathlib import Path
from typing import BinaryIO, ClassVar

from attrs import define, evolve, field

from entrypoints.intake.reports import PlacedFault, UnreadSheet
from supervision_core.kernel.documents import RejectedRow, SheetTable, TableFiles
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.headings import SAMPLE, is_harmless, unknown_heading
from supervision_core.kernel.tables import (
    MappingUnfit,
    RawRow,
    ReadRow,
    RowFault,
    Severity,
    SkippedRow,
    TableFormat,
    heading_key,
    row_reader,
)

SHEET = "工作表"
_SPAN = 2**32  # more rows than a file may hold: tells the sheets' rows apart


@define(eq=False)
class TableUnfit(Refused):
    """No sheet of the file has the headings that the table needs."""

    code: ClassVar[str] = "intake.table_unfit"


@define(eq=False)
class Sheets:
    """A file while it is open. The rows of sheet n are numbered from n times ``_SPAN``.

    Once ``rows`` has gone through all of them, ``read`` is how many rows of data there are, and
    ``skipped`` warns of those that are no data. ``unknown`` warns of the headings that no column
    claims, at the row of the heading.
    """

    file: BinaryIO
    files: TableFiles
    format: TableFormat
    tables: tuple[SheetTable, ...]
    unread: tuple[UnreadSheet, ...]
    skipped: list[RowFault] = field(factory=list)
    read: int = 0
    unknown: tuple[RowFault, ...] = field(init=False)

    @unknown.default
    def _unknown_headings(self) -> tuple[RowFault, ...]:
        return tuple(
            evolve(_warning(place * _SPAN + table.header_row, one), column=heading)
            for place, table in enumerate(self.tables)
            for heading, one in unknown_headings(table, self.format)
        )

    @property
    def told(self) -> tuple[RowFault, ...]:
        """Give the warnings that are of no row of data."""
        return (*self.unknown, *self.skipped)

    def rows(self, format: TableFormat | None = None) -> Iterator[ReadRow]:
        """Read every row of data, by the columns of ``format`` where those are all one needs."""
        self.skipped.clear()
        self.read = 0
        for place, table in enumerate(self.tables):
            read = row_reader(format or self.format, table.match)
            for row in table.rows:
                number = place * _SPAN + row.number
                if isinstance(row, SkippedRow):
                    self.skipped.append(_warning(number, row.violation))
                else:
                    self.read += 1
                    yield read(row if place == 0 else RawRow(number=number, cells=row.cells))

    def ordered(self, numbers: Iterable[int]) -> Iterator[ReadRow]:
        """Read the rows of data of these numbers, in their order."""
        readers = [row_reader(self.format, table.match) for table in self.tables]
        for number, row in self._picked(numbers):
            yield readers[number // _SPAN](RawRow(number=number, cells=row.cells))

    def _picked(self, numbers: Iterable[int]) -> Iterator[tuple[int, RawRow]]:
        for place, some in groupby(numbers, lambda number: number // _SPAN):
            for row in self.tables[place].rows.picked(number % _SPAN for number in some):
                if isinstance(row, RawRow):
                    yield place * _SPAN + row.number, row

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sheets, in order."""
        return tuple(table.sheet for table in self.tables)

    def faulty(self, faults: Iterable[RowFault]) -> bytes:
        """Give a workbook of the rows that stay out, as they stand; it lists all ``faults``."""
        told = [(fault.row, placed(fault, self.names)) for fault in faults]
        wrong = {row for row, one in told if one.fault.severity is Severity.ERROR}
        by_row: dict[int, list[RowFault]] = {}
        for row, one in told:
            if row in wrong:
                by_row.setdefault(row, []).append(one.fault)
        rejected = list(self._rejected(by_row))
        every = [(one.sheet, one.fault) for _, one in told]
        return self.files.faulty(self.format, rejected, every)

    def _rejected(self, by_row: Mapping[int, Sequence[RowFault]]) -> Iterator[RejectedRow]:
        for number, row in self._picked(sorted(by_row)):
            table, faults = self.tables[number // _SPAN], by_row[number]
            if len(self.tables) == 1:
                yield RejectedRow(raw=row, match=table.match, faults=faults)
            else:
                yield _named(row, table, faults)


def unknown_headings(table: SheetTable, format: TableFormat) -> Iterator[tuple[str, Violation]]:
    """Give the headings that no column claims, and what is to be said of each."""
    lost = [heading for heading in table.match.extra if not is_harmless(heading)]
    if not lost:
        return
    some = [row for row in islice(table.rows, SAMPLE) if isinstance(row, RawRow)]
    for heading in lost:
        values = (row.cells.get(heading) for row in some)
        yield heading, unknown_heading(format, table.match, heading, values)


def placed(fault: RowFault, sheets: Sequence[str]) -> PlacedFault:
    """Give a fault with the number its row has on its own sheet, and so for a row it names."""
    place, row = divmod(fault.row, _SPAN)
    violation = fault.violation
    other = violation.data.get("row")
    if isinstance(other, int):
        its_place, its_row = divmod(other, _SPAN)
        name = f"{its_row}" if its_place == place else f"{sheets[its_place]}!{its_row}"
        violation = evolve(violation, data={**violation.data, "row": name})
    return PlacedFault(sheets[place], evolve(fault, row=row, violation=violation))


def _named(row: RawRow, table: SheetTable, faults: Sequence[RowFault]) -> RejectedRow:
    """Give a row of one of several sheets with the name of its own."""
    extra = tuple(dict.fromkeys((*table.match.extra, SHEET)))
    return RejectedRow(
        raw=evolve(row, cells={SHEET: table.sheet, **row.cells}),
        match=evolve(table.match, extra=extra),
        faults=faults,
    )


def _warning(number: int, violation: Violation) -> RowFault:
    return RowFault(row=number, column="", violation=violation, severity=Severity.WARNING)


@contextmanager
def open_sheets(files: TableFiles, path: Path, format: TableFormat) -> Iterator[Sheets]:
    """Open a file. Raises ``TableUnfit``, and a ``Refused`` for a file that is no table."""
    with path.open("rb") as file:
        yield sheets_of(files, file, format)


def sheets_of(files: TableFiles, file: BinaryIO, format: TableFormat) -> Sheets:
    """Give the sheets of an open file. Raises as ``open_sheets``."""
    found = files.read(file, format)
    unread = [
        UnreadSheet(table.sheet, table.match.violations)
        for table in found
        if table.match.violations
    ]
    tables = tuple(table for table in found if not table.match.violations)
    if not tables:
        lacking = [one for sheet in unread for one in sheet.violations]
        lost = [one for table in found for _, one in unknown_headings(table, format)]
        raise TableUnfit((*lacking, *lost))
    standing = {
        (heading_key(heading), name)
        for table in tables
        for name, heading in table.match.columns.items()
    }
    refuse_if(
        MappingUnfit,
        [
            Violation("kernel.table_map_heading", data={"heading": heading})
            for heading, name in format.mapped
            if (heading_key(heading), name) not in standing
        ],
    )
    return Sheets(file, files, format, tables, tuple(unread))
