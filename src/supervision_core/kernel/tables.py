"""Tables that people send: which columns are expected, under which headings, and what was wrong.

Reading cells from a workbook is an adapter's; what a cell means is decided here.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from attrs import field, frozen

from supervision_core.kernel.errors import Violation

Cell = str | int | float | bool | date | None


class ColumnKind(StrEnum):
    """What a column holds once read."""

    TEXT = "text"
    CODE = "code"
    DATE = "date"
    INTEGER = "integer"
    CHOICE = "choice"
    FLAG = "flag"


@frozen(kw_only=True)
class Column:
    """One column: its field name, its Chinese heading and every heading it also comes under."""

    name: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    aliases: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[str, ...] = ()
    max_length: int = 500
    example: str = ""
    note: str = ""


@frozen(kw_only=True)
class TableFormat:
    """A table by name, with its columns in the order of the template."""

    name: str
    title: str
    columns: tuple[Column, ...]


@frozen(kw_only=True)
class RawRow:
    """A row as it stands in the file: ``number`` counts from 1 as Excel shows it."""

    number: int
    cells: Mapping[str, Cell]


class Severity(StrEnum):
    """Whether a fault keeps the row out or is only told."""

    ERROR = "error"
    WARNING = "warning"


@frozen(kw_only=True)
class RowFault:
    """What is wrong in one row: the column's heading and a violation with reason and remedy."""

    row: int
    column: str
    violation: Violation
    severity: Severity = Severity.ERROR


@frozen(kw_only=True)
class ReadRow:
    """A row once read: values by field name (absent when empty) and its faults."""

    number: int
    values: Mapping[str, str | int | bool | date]
    faults: tuple[RowFault, ...] = field(default=())

    @property
    def usable(self) -> bool:
        """Tell whether no fault keeps the row out."""
        return all(fault.severity is Severity.WARNING for fault in self.faults)
