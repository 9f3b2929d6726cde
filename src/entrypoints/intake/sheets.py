"""The readable sheets of one file as one sequence of rows, and its rows to correct."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, ClassVar

from attrs import define, evolve, field

from entrypoints.intake.reports import PlacedFault, UnreadSheet
from supervision_core.kernel.documents import RejectedRow, SheetTable, TableFiles
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.tables import (
    RawRow,
    ReadRow,
    RowFault,
    Severity,
    SkippedRow,
    TableFormat,
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
    ``skipped`` warns of those that are no data.
    """

    file: BinaryIO
    files: TableFiles
    format: TableFormat
    tables: tuple[SheetTable, ...]
    unread: tuple[UnreadSheet, ...]
    skipped: list[RowFault] = field(factory=list)
    read: int = 0

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

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sheets, in order."""
        return tuple(table.sheet for table in self.tables)

    def write_faulty(self, path: Path, faults: Iterable[RowFault]) -> None:
        """Write the rows of ``faults``, as they stand in the file, with all that is wrong there."""
        names = self.names
        by_row: dict[int, list[RowFault]] = {}
        for fault in faults:
            by_row.setdefault(fault.row, []).append(placed(fault, names).fault)
        rejected = list(self._rejected(by_row))
        path.write_bytes(self.files.faulty(self.format, rejected))

    def _rejected(self, by_row: Mapping[int, Sequence[RowFault]]) -> Iterator[RejectedRow]:
        for place, table in enumerate(self.tables):
            for row in table.rows:
                faults = by_row.get(place * _SPAN + row.number)
                if faults is None or isinstance(row, SkippedRow):
                    continue
                if len(self.tables) == 1:
                    yield RejectedRow(raw=row, match=table.match, faults=faults)
                else:
                    yield _named(row, table, faults)


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
        raise TableUnfit(tuple(one for sheet in unread for one in sheet.violations))
    return Sheets(file, files, format, tables, tuple(unread))
