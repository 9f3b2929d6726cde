"""Tables that departments send, from file to register: good rows go in, bad rows come back.

A workbook is understood as a whole before its first row is stored, because its rows can
contradict each other across its sheets. It is stored in chunks, each in one transaction; after a
break the same file is sent again: what is in already is counted as the same. No idempotency keys:
they would answer from memory where the register has been changed since.
"""

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from attrs import define, evolve, field, frozen

from entrypoints.container import Platform
from supervision_core.identity.model import Actor
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.codes.data import guangxi_regions, industries
from supervision_core.kernel.days import local_day
from supervision_core.kernel.documents import RejectedRow, SheetTable
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.tables import (
    RawRow,
    ReadRow,
    RowFault,
    Severity,
    SkippedRow,
    TableFormat,
    row_reader,
)
from supervision_core.officers.intake import (
    OFFICER_TABLE,
    OfficerContext,
    OfficerEntry,
    take_in_officers,
)
from supervision_core.officers.services import ImportOfficers, import_officers
from supervision_core.subjects.intake import (
    SUBJECT_TABLE,
    IntakeContext,
    SubjectEntry,
    take_in,
)
from supervision_core.subjects.services import ImportSubjects, import_subjects

CHUNK = 1_000
GARBAGE_THRESHOLD = 100_000
SHEET = "工作表"
_SPAN = 2**32  # more rows than a file may hold: tells the sheets' rows apart
_SOURCE_LENGTH = 100

Advance = Callable[[int], None]
Entry = TypeVar("Entry")


@define(eq=False)
class TableUnfit(Refused):
    """No sheet of the file has the headings that the table needs."""

    code: ClassVar[str] = "intake.table_unfit"


@frozen
class PlacedFault:
    """A fault, and the sheet in which its row stands. The fault of a row of no data warns."""

    sheet: str
    fault: RowFault


@frozen
class UnreadSheet:
    """A sheet that looks like the table but cannot be read as it, and why."""

    sheet: str
    violations: tuple[Violation, ...]


@frozen(kw_only=True)
class ImportReport:
    """What became of a file.

    ``rows`` are its rows of data: ``refused`` of them stay out, ``repeated`` ones are equal to
    another. ``added``, ``changed`` and ``same`` count subjects or officers (an officer may stand
    in several rows). ``warnings`` counts the faults that kept nothing out.
    """

    rows: int
    added: int
    changed: int
    same: int
    refused: int
    repeated: int
    warnings: int
    faults: tuple[PlacedFault, ...]
    unread: tuple[UnreadSheet, ...] = ()


@frozen(kw_only=True)
class Understood(Generic[Entry]):
    """A file once read: what may go in, and everything that was wrong with it.

    The rows of sheet n are numbered from n times ``_SPAN``; ``raw`` has each as it stood.
    """

    path: Path
    format: TableFormat
    sheets: tuple[SheetTable, ...]
    raw: Mapping[int, RawRow]
    entries: tuple[Entry, ...]
    faults: tuple[RowFault, ...]
    repeated: int
    unread: tuple[UnreadSheet, ...]


@frozen
class _Refusal:
    row: int
    code: str
    at: str = ""
    data: Mapping[str, str | int | bool | None] = field(factory=dict)


@frozen
class _Answer:
    added: int
    changed: int
    same: int
    refused: tuple[_Refusal, ...]


@contextmanager
def batch() -> Iterator[None]:
    """Let the garbage collector look seldom: a batch makes many objects, and few in cycles.

    With its usual thresholds it would look at every row again and again: a third of the time.
    """
    before = gc.get_threshold()
    gc.set_threshold(GARBAGE_THRESHOLD, 50, 1_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def ignored(step: int) -> None:
    """Tell nobody of the progress."""
    del step


def import_subjects_file(
    platform: Platform,
    path: Path,
    *,
    actor: Actor,
    errors: Path | None = None,
    advance: Advance = ignored,
) -> ImportReport:
    """Take a table of subjects in; write the rows to correct, if there are any, to ``errors``.

    ``advance`` is told how many entries were stored. Raises ``TableUnfit``, and a ``Refused`` for
    a file that is no table; then nothing went in.
    """
    understood = read_subjects(platform, path, region=actor.scope.region)
    return store_subjects(platform, understood, actor=actor, errors=errors, advance=advance)


def import_officers_file(
    platform: Platform,
    path: Path,
    *,
    actor: Actor,
    errors: Path | None = None,
    advance: Advance = ignored,
) -> ImportReport:
    """Take a table of officers in, as ``import_subjects_file`` does subjects."""
    region, department = actor.scope.region, actor.department
    understood = read_officers(platform, path, region=region, department=department)
    return store_officers(platform, understood, actor=actor, errors=errors, advance=advance)


def read_subjects(platform: Platform, path: Path, *, region: str) -> Understood[SubjectEntry]:
    """Understand a table of subjects; ``region`` is theirs where nothing names one."""
    context = IntakeContext.of(
        today=local_day(platform.clock.now()),
        region=region,
        regions=guangxi_regions(),
        industries=industries(),
    )
    with batch(), opened(platform, path, SUBJECT_TABLE) as reading:
        found = take_in(reading.rows(), context)
        return reading.understood(found.entries, found.faults, found.repeated)


def read_officers(
    platform: Platform, path: Path, *, region: str, department: str
) -> Understood[OfficerEntry]:
    """Understand a table of officers; ``region`` and ``department`` fill what rows leave out."""
    context = OfficerContext(
        today=local_day(platform.clock.now()),
        region=region,
        department=department,
        regions=guangxi_regions(),
    )
    with batch(), opened(platform, path, OFFICER_TABLE) as reading:
        found = take_in_officers(reading.rows(), context)
        return reading.understood(found.entries, found.faults, found.repeated)


def store_subjects(
    platform: Platform,
    understood: Understood[SubjectEntry],
    *,
    actor: Actor,
    errors: Path | None = None,
    advance: Advance = ignored,
) -> ImportReport:
    """Store what was understood, chunk by chunk; write the rows to correct to ``errors``."""
    source = understood.path.name[:_SOURCE_LENGTH]

    def store(entries: tuple[SubjectEntry, ...]) -> Mapping[str, Json]:
        command = ImportSubjects(source=source, entries=entries)
        return platform.commands.run(import_subjects, command, actor=actor)

    with batch():
        return store_in_chunks(platform, understood, store, errors, advance)


def store_officers(
    platform: Platform,
    understood: Understood[OfficerEntry],
    *,
    actor: Actor,
    errors: Path | None = None,
    advance: Advance = ignored,
) -> ImportReport:
    """Store what was understood, chunk by chunk; write the rows to correct to ``errors``."""

    def store(entries: tuple[OfficerEntry, ...]) -> Mapping[str, Json]:
        return platform.commands.run(import_officers, ImportOfficers(entries=entries), actor=actor)

    with batch():
        return store_in_chunks(platform, understood, store, errors, advance)


@contextmanager
def opened(platform: Platform, path: Path, format: TableFormat) -> Iterator["Reading"]:
    """Open a file and find the sheets that have the table's headings. Raises ``TableUnfit``."""
    with path.open("rb") as file:
        found = platform.tables.read(file, format)
        unread = [
            UnreadSheet(table.sheet, table.match.violations)
            for table in found
            if table.match.violations
        ]
        tables = tuple(table for table in found if not table.match.violations)
        if not tables:
            raise TableUnfit(tuple(one for sheet in unread for one in sheet.violations))
        yield Reading(path, format, tables, tuple(unread))


@define(eq=False)
class Reading:
    """A file while it is open: its readable sheets, row by row."""

    path: Path
    format: TableFormat
    tables: tuple[SheetTable, ...]
    unread: tuple[UnreadSheet, ...]
    skipped: list[RowFault] = field(factory=list)
    raw: dict[int, RawRow] = field(factory=dict)

    def rows(self) -> Iterator[ReadRow]:
        """Read every row of data, and keep it as it stands."""
        for place, table in enumerate(self.tables):
            read = row_reader(self.format, table.match)
            for row in table.rows:
                number = place * _SPAN + row.number
                if isinstance(row, SkippedRow):
                    self.skipped.append(_warning(number, row.violation))
                    continue
                self.raw[number] = row
                placed = row if place == 0 else evolve(row, number=number)
                yield read(placed)

    def understood(
        self, entries: tuple[Entry, ...], faults: Iterable[RowFault], repeated: int
    ) -> Understood[Entry]:
        """Give the file as understood, once every row was read."""
        return Understood(
            path=self.path,
            format=self.format,
            sheets=self.tables,
            raw=self.raw,
            entries=entries,
            faults=(*faults, *self.skipped),
            repeated=repeated,
            unread=self.unread,
        )


def store_in_chunks(
    platform: Platform,
    understood: Understood[Entry],
    store: Callable[[tuple[Entry, ...]], Mapping[str, Json]],
    errors: Path | None,
    advance: Advance,
) -> ImportReport:
    """Store entries by ``store``, 1,000 in each transaction, and report what became of all rows."""
    counts: Counter[str] = Counter()
    faults = list(understood.faults)
    for start in range(0, len(understood.entries), CHUNK):
        chunk = understood.entries[start : start + CHUNK]
        answer = from_plain(_Answer, store(chunk))
        counts.update(added=answer.added, changed=answer.changed, same=answer.same)
        faults += [
            RowFault(
                row=one.row,
                column=_titled(understood.format, one.at),
                violation=Violation(one.code, one.at, one.data),
            )
            for one in answer.refused
        ]
        advance(len(chunk))
    faults.sort(key=lambda fault: fault.row)
    wrong = {fault.row for fault in faults if fault.severity is Severity.ERROR}
    placed = [(fault.row, _placed(fault, understood.sheets)) for fault in faults]
    if errors and wrong:
        by_row: dict[int, list[RowFault]] = {row: [] for row in sorted(wrong)}
        for row, found in placed:
            if row in wrong:
                by_row[row].append(found.fault)
        rejected = [_rejected(understood, row, found) for row, found in by_row.items()]
        errors.write_bytes(platform.tables.faulty(understood.format, rejected))
    return ImportReport(
        rows=len(understood.raw),
        added=counts["added"],
        changed=counts["changed"],
        same=counts["same"],
        refused=len(wrong),
        repeated=understood.repeated,
        warnings=sum(fault.severity is Severity.WARNING for fault in faults),
        faults=tuple(fault for _, fault in placed),
        unread=understood.unread,
    )


def _titled(format: TableFormat, name: str) -> str:
    return next((one.title for one in format.columns if one.name == name), "")


def _warning(row: int, violation: Violation) -> RowFault:
    return RowFault(row=row, column="", violation=violation, severity=Severity.WARNING)


def _placed(fault: RowFault, sheets: Sequence[SheetTable]) -> PlacedFault:
    """Give a fault with the number its row has on its own sheet, and so for a row it names."""
    place, row = divmod(fault.row, _SPAN)
    violation = fault.violation
    other = violation.data.get("row")
    if isinstance(other, int):
        its_place, its_row = divmod(other, _SPAN)
        name = f"{its_row}" if its_place == place else f"{sheets[its_place].sheet}!{its_row}"
        violation = evolve(violation, data={**violation.data, "row": name})
    return PlacedFault(sheets[place].sheet, evolve(fault, row=row, violation=violation))


def _rejected(
    understood: Understood[Entry], number: int, faults: Sequence[RowFault]
) -> RejectedRow:
    """Give a row to correct; of several sheets, with the name of its own."""
    raw = understood.raw[number]
    table: SheetTable = understood.sheets[number // _SPAN]
    if len(understood.sheets) == 1:
        return RejectedRow(raw=raw, match=table.match, faults=faults)
    extra = tuple(dict.fromkeys((*table.match.extra, SHEET)))
    match = evolve(table.match, extra=extra)
    raw = evolve(raw, cells={SHEET: table.sheet, **raw.cells})
    return RejectedRow(raw=raw, match=match, faults=faults)
