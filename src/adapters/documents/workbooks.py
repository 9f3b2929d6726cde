"""Tables in workbooks and CSV files, behind the core's port."""

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from adapters.documents.reading import read_tables
from adapters.documents.writing import stream_results, write_faulty, write_results, write_template
from supervision_core.kernel.documents import RejectedRow, ResultSheet, SheetTable, TableFiles
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.tables import RowFault, TableFormat


class WorkbookTables(TableFiles):
    """Reads .xlsx, .xls and .csv; writes .xlsx. The words of faults come from ``messages``."""

    def __init__(self, messages: Messages) -> None:
        """Take the catalogue that explains every fault that will be reported."""
        self._messages = messages

    def read(self, file: BinaryIO, format: TableFormat) -> Sequence[SheetTable]:
        """Find the tables of ``format``. Raises ``UnreadableFile``."""
        return read_tables(file, format)

    def template(self, format: TableFormat) -> bytes:
        """Write the workbook to fill in."""
        return write_template(format)

    def faulty(
        self,
        format: TableFormat,
        rows: Iterable[RejectedRow],
        told: Sequence[tuple[str, RowFault]] = (),
    ) -> bytes:
        """Write the workbook of rows to correct."""
        return write_faulty(format, rows, self._messages, told)

    def results(self, sheets: Iterable[ResultSheet]) -> bytes:
        """Write a workbook of results."""
        return write_results(sheets)

    def stream(self, sheets: Iterable[ResultSheet], into: BinaryIO) -> None:
        """Write a workbook of results to a file."""
        stream_results(sheets, into)
