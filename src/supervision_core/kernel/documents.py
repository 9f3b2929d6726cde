"""What the core wants from whoever reads and writes workbooks and letters."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import BinaryIO

from attrs import field, frozen

from supervision_core.kernel.fields import said
from supervision_core.kernel.tables import (
    Cell,
    ColumnKind,
    HeaderMatch,
    RawRow,
    RowFault,
    SkippedRow,
    TableFormat,
)

FAULT_HEADINGS = ("原文件行号", "有误的列", "错误原因", "处理办法")
"""What stands before each row of a workbook of rejected rows; no data when it is sent again."""


class SheetRows(ABC):
    """The rows below a heading; they can be gone through again and again while the file is open."""

    @abstractmethod
    def __iter__(self) -> Iterator[RawRow | SkippedRow]:
        """Go through all of them, but for empty ones."""

    @abstractmethod
    def picked(self, numbers: Iterable[int]) -> Iterator[RawRow | SkippedRow]:
        """Give those of these numbers, in their order; what is not asked for costs nothing."""


@frozen(kw_only=True)
class SheetTable:
    """One table found in a file: where its heading stands and what it holds.

    ``corrected`` tells that the file is an error workbook that this product wrote and somebody
    mended.
    """

    sheet: str
    header_row: int
    match: HeaderMatch
    corrected: bool
    rows: SheetRows = field(eq=False, repr=False)


@frozen(kw_only=True)
class RejectedRow:
    """A row that stays out, as it stood in its file, with everything that is wrong in it."""

    raw: RawRow
    match: HeaderMatch
    faults: Sequence[RowFault]


@frozen
class Link:
    """A cell that leads somewhere: a web address or a path relative to the workbook."""

    text: str
    target: str


@frozen
class ResultColumn:
    """A column of a result sheet; ``width`` is in signs."""

    title: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 16


@frozen(kw_only=True)
class ResultSheet:
    """A sheet of a result workbook. ``HUNDREDTHS`` cells are integers and shown divided."""

    name: str
    columns: Sequence[ResultColumn]
    rows: Iterable[Sequence[Cell | Link]]
    title: str = ""


class TableFiles(ABC):
    """Reads the tables that people send and writes those they get."""

    @abstractmethod
    def read(self, file: BinaryIO, format: TableFormat) -> Sequence[SheetTable]:
        """Find the tables of ``format`` in a workbook or CSV file, one a sheet at most.

        Raises a ``Refused`` for a file that is none, is locked, too large or hostile, and for
        one without any such table.
        """

    @abstractmethod
    def template(self, format: TableFormat) -> bytes:
        """Write an empty workbook to fill in: headings, notes, choices, an example."""

    @abstractmethod
    def faulty(
        self,
        format: TableFormat,
        rows: Iterable[RejectedRow],
        told: Sequence[tuple[str, RowFault]] = (),
    ) -> bytes:
        """Write the rejected rows as a workbook to correct and to send again.

        ``told`` are all faults and warnings of the file with their sheets; they get a sheet.
        """

    @abstractmethod
    def results(self, sheets: Iterable[ResultSheet]) -> bytes:
        """Write result sheets as one workbook; text never becomes a formula."""

    @abstractmethod
    def stream(self, sheets: Iterable[ResultSheet], into: BinaryIO) -> None:
        """Write the workbook of ``results`` to a file, row by row: of any length in little room."""


class LetterKind(StrEnum):
    """In which form a letter is wanted."""

    DOCX = "docx"
    PDF = "pdf"


Fact = str | int | date | Sequence[Mapping[str, str | int | date]]


@frozen(kw_only=True)
class LetterBlock:
    """A paragraph of a letter as text, or a table with its rows.

    A fact is a mark: U+E000, its name, U+E001. Of a list stands one member, whose marks are named
    ``list.name``.
    """

    text: str = field(default="", metadata=said("段落文字，事实处为标记"))
    align: str = field(default="left", metadata=said("对齐", example="center"))
    strong: bool = field(default=False, metadata=said("是否加粗"))
    rows: tuple[tuple[str, ...], ...] = field(default=(), metadata=said("表格各行的文字"))


class Letters(ABC):
    """Fills the letters of 行政检查 from templates that staff own."""

    @abstractmethod
    def forms(self) -> Mapping[str, str]:
        """Give the names of all letters with their Chinese titles."""

    @abstractmethod
    def facts_of(self, form: str) -> frozenset[str]:
        """Give the facts that the letter's template asks for. Raises ``NotFound``."""

    @abstractmethod
    def template(self, form: str) -> bytes:
        """Give the Word template of the letter, for staff to change. Raises ``NotFound``."""

    @abstractmethod
    def sample(self, form: str) -> Mapping[str, Fact]:
        """Give made-up facts for every mark that the letter may hold. Raises ``NotFound``."""

    @abstractmethod
    def render(
        self,
        form: str,
        facts: Mapping[str, Fact],
        kind: LetterKind,
        template: bytes | None = None,
    ) -> bytes:
        """Fill the letter. The same template and facts give the same bytes.

        A ``template`` that a department uploaded takes the place of the product's own; it is filled
        away from this process, within limits, and refused where it does anything else. Raises
        ``NotFound`` for an unknown letter and a ``Refused`` that names every fact the template asks
        for and ``facts`` lacks, or the fault of a template that cannot be filled.
        """

    @abstractmethod
    def worded(self, form: str, template: bytes | None = None) -> tuple[LetterBlock, ...]:
        """Give the words of the letter with marks for its facts, to be filled elsewhere.

        Raises ``NotFound`` and what ``render`` raises of a template.
        """


@frozen(kw_only=True)
class PaperSection:
    """Rows of a paper sheet under a title, blank for none; each has a text a column."""

    title: str
    rows: Sequence[Sequence[str]]


@frozen(kw_only=True)
class PaperSheet:
    """A sheet to be filled in on paper: what it is about, then a table.

    ``facts`` are titles with what is said of them, blank where it is still to be written. Of the
    first ``merged`` columns a text that goes on in the next row stands once. Below it those sign
    and date whom ``signed`` names.
    """

    title: str
    facts: Sequence[tuple[str, str]]
    columns: Sequence[ResultColumn]
    sections: Sequence[PaperSection]
    merged: int = 0
    note: str = ""
    signed: Sequence[str] = ()


class PaperSheets(ABC):
    """Prints sheets on which people write."""

    @abstractmethod
    def render(self, sheet: PaperSheet, kind: LetterKind) -> bytes:
        """Print a sheet on A4 across; heads of tables stand on every page."""
