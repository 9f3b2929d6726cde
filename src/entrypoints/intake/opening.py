"""Opening a file to be imported."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import evolve

from entrypoints.container import Platform, WorkbookTables
from entrypoints.element_sets import elements_at
from entrypoints.intake.beside import reading_beside
from entrypoints.intake.reading import Reading, SubjectReading, WholeReading, batch
from entrypoints.intake.sheets import open_sheets
from supervision_core.kernel.codes.data import guangxi_regions
from supervision_core.kernel.days import local_day
from supervision_core.kernel.tables import with_headings
from supervision_core.officers.intake import (
    OFFICER_TABLE,
    OfficerContext,
    OfficerEntry,
    take_in_officers,
)
from supervision_core.officers.registers import OFFICER_ELEMENTS
from supervision_core.subjects.intake import SUBJECT_TABLE, SubjectEntry

LARGE = 2**20
"""From this size on a workbook takes longer to read than a process to start."""


@contextmanager
def open_subjects(
    platform: Platform, path: Path, *, region: str, mapped: Iterable[tuple[str, str]] = ()
) -> Iterator[Reading[SubjectEntry]]:
    """Open a table of subjects; ``region`` is theirs where nothing names one.

    ``mapped`` are headings of the file with the columns that they stand for. A large file is read
    beside, while its rows are being stored. Raises ``MappingUnfit``, ``TableUnfit``, and a
    ``Refused`` for a file that is no table.
    """
    table = with_headings(SUBJECT_TABLE, mapped)
    today = local_day(platform.clock.now())
    if isinstance(platform.tables, WorkbookTables) and path.stat().st_size >= LARGE:
        with reading_beside(path, region=region, today=today, mapped=table.mapped) as beside:
            yield beside
    else:
        with batch(), open_sheets(platform.tables, path, table) as sheets:
            yield SubjectReading.of(sheets, region=region, today=today)


def _as_read(entry: OfficerEntry) -> OfficerEntry:
    return entry


@contextmanager
def open_officers(  # noqa: PLR0913 - what, against what, and how
    platform: Platform,
    path: Path,
    *,
    region: str,
    department: str,
    mapped: Iterable[tuple[str, str]] = (),
    amend: Callable[[OfficerEntry], OfficerEntry] = _as_read,
) -> Iterator[Reading[OfficerEntry]]:
    """Open a table of officers; ``region`` and ``department`` fill what rows leave out.

    ``amend`` has the last word on each entry. Raises as ``open_subjects``.
    """
    context = OfficerContext(
        today=local_day(platform.clock.now()),
        region=region,
        department=department,
        regions=guangxi_regions(),
    )
    elements = elements_at(platform, (OFFICER_ELEMENTS,), region=region, department=department)
    columns = (*OFFICER_TABLE.columns, *elements.columns)
    table = with_headings(evolve(OFFICER_TABLE, columns=columns), mapped)
    with batch(), open_sheets(platform.tables, path, table) as sheets:
        found = take_in_officers(sheets.rows(), context)
        entries = [amend(entry) for entry in found.entries]
        yield WholeReading.of(sheets, entries, found.faults, found.repeated)
