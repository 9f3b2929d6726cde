"""A file as chunks of entries, and afterwards everything that was wrong with it."""

import gc
from abc import ABC, abstractmethod
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Generic, Self, TypeVar

from attrs import define, frozen

from entrypoints.intake.ordering import ByName
from entrypoints.intake.reports import UnreadSheet
from entrypoints.intake.sheets import Sheets
from supervision_core.kernel.canonical import Json, sm3_of
from supervision_core.kernel.codes.data import guangxi_regions, industries
from supervision_core.kernel.plain import digest
from supervision_core.kernel.tables import ReadRow, RowFault
from supervision_core.subjects.intake import (
    KEY_TABLE,
    IntakeContext,
    SubjectEntry,
    Taking,
    repeated_codes,
)

CHUNK = 4_000
"""Subjects stored in one transaction: each writes the same pages of indexes anew."""
SMALL_CHUNK = 1_000
GARBAGE_THRESHOLD = 100_000
_USUAL = gc.get_threshold()
NAME = "name"

Entry = TypeVar("Entry")


@contextmanager
def batch() -> Iterator[None]:
    """Let the garbage collector look seldom: a batch makes many objects, and few in cycles.

    With its usual thresholds it would look at every row again and again: a third of the time.
    Of several at once, the first to end restores them.
    """
    gc.set_threshold(GARBAGE_THRESHOLD, 50, 1_000)
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL)


@frozen(kw_only=True)
class Chunk(Generic[Entry]):
    """Entries that are stored together, and the digest of where they come from, if made."""

    entries: tuple[Entry, ...]
    content: str = ""


@frozen(kw_only=True)
class Findings:
    """What a file holds besides its entries; ``rows`` counts its rows of data.

    ``faults`` are in the order of the rows.
    """

    rows: int
    faults: tuple[RowFault, ...]
    repeated: int


class Reading(ABC, Generic[Entry]):
    """A file while it is open: its entries in chunks, then its faults.

    ``total`` is how many rows of data it has, or how many entries where that is known first.
    """

    sheets: tuple[str, ...]
    unread: tuple[UnreadSheet, ...]
    total: int

    @abstractmethod
    def chunks(self) -> Iterator[Chunk[Entry]]:
        """Give all that may go in. Goes through once."""

    @abstractmethod
    def findings(self) -> Findings:
        """Give what was found, when every chunk was given."""

    @abstractmethod
    def write_faulty(self, path: Path, faults: Sequence[RowFault]) -> None:
        """Write the workbook to correct: the rows that stay out, and a list of all ``faults``."""


def _parts(entries: Iterable[Entry], size: int) -> Iterator[tuple[Entry, ...]]:
    left = iter(entries)
    while some := tuple(islice(left, size)):
        yield some


def _in_order(faults: Iterable[RowFault]) -> tuple[RowFault, ...]:
    return tuple(sorted(faults, key=lambda fault: fault.row))


@define(eq=False)
class SubjectReading(Reading[SubjectEntry]):
    """A table of subjects, understood row by row in this process."""

    _open: Sheets
    _taking: Taking
    _origin: Mapping[str, Json]
    _order: "array[int]"
    """The numbers of the rows by name; empty for those of one chunk."""
    sheets: tuple[str, ...]
    unread: tuple[UnreadSheet, ...]
    total: int

    @classmethod
    def of(cls, sheets: Sheets, *, region: str, today: date) -> "SubjectReading":
        """Look at the codes and names of all rows, and make ready for reading them as a whole."""
        by_name = ByName()

        def noted() -> Iterator[ReadRow]:
            for row in sheets.rows(KEY_TABLE):
                by_name.add(str(row.values.get(NAME, "")), row.number)
                yield row

        repeated = repeated_codes(noted())
        ordered = by_name.numbers()
        order = ordered if len(ordered) > CHUNK else array("q")
        context = IntakeContext.of(
            today=today, region=region, regions=guangxi_regions(), industries=industries()
        )
        sheets.file.seek(0)
        origin: dict[str, Json] = {
            "file": sm3_of(iter(partial(sheets.file.read, 2**20), b"")).hex(),
            "region": region,
            "today": today.isoformat(),
            **({"mapped": dict(mapped)} if (mapped := sheets.format.mapped) else {}),
            **({"order": NAME} if order else {}),
        }
        taking = Taking(context, repeated)
        return cls(sheets, taking, origin, order, sheets.names, sheets.unread, sheets.read)

    def chunks(self) -> Iterator[Chunk[SubjectEntry]]:
        """Give all that may go in."""
        parts = _parts(self._taking.entries(self._rows()), CHUNK)
        for number, entries in enumerate(parts):
            content = digest({**self._origin, "part": number, "rows": len(entries)})
            yield Chunk(entries=entries, content=content)

    def _rows(self) -> Iterator[ReadRow]:
        return self._open.ordered(self._order) if self._order else self._open.rows()

    def findings(self) -> Findings:
        """Give what was found."""
        return Findings(
            rows=self.total,
            faults=_in_order((*self._taking.faults, *self._open.told)),
            repeated=self._taking.repeated,
        )

    def write_faulty(self, path: Path, faults: Sequence[RowFault]) -> None:
        """Write the workbook to correct."""
        path.write_bytes(self._open.faulty(faults))


@define(eq=False)
class WholeReading(Reading[Entry]):
    """A table that was understood as a whole."""

    _open: Sheets
    _entries: Sequence[Entry]
    _findings: Findings
    sheets: tuple[str, ...]
    unread: tuple[UnreadSheet, ...]
    total: int

    @classmethod
    def of(
        cls,
        sheets: Sheets,
        entries: Sequence[Entry],
        faults: Iterable[RowFault],
        repeated: int = 0,
    ) -> Self:
        """Give what was understood of ``sheets``, whose rows were all read."""
        told = _in_order((*faults, *sheets.told))
        findings = Findings(rows=sheets.read, faults=told, repeated=repeated)
        return cls(sheets, entries, findings, sheets.names, sheets.unread, len(entries))

    def chunks(self) -> Iterator[Chunk[Entry]]:
        """Give all that may go in."""
        return (Chunk(entries=some) for some in _parts(self._entries, SMALL_CHUNK))

    def findings(self) -> Findings:
        """Give what was found."""
        return self._findings

    def write_faulty(self, path: Path, faults: Sequence[RowFault]) -> None:
        """Write the workbook to correct."""
        path.write_bytes(self._open.faulty(faults))
