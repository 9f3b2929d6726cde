"""Opening a file to be imported."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from entrypoints.container import Platform, WorkbookTables
from entrypoints.intake.beside import reading_beside
from entrypoints.intake.reading import Reading, SubjectReading, WholeReading, batch
from entrypoints.intake.sheets import open_sheets
from supervision_core.kernel.codes.data import guangxi_regions
from supervision_core.kernel.days import local_day
from supervision_core.officers.intake import (
    OFFICER_TABLE,
    OfficerContext,
    OfficerEntry,
    take_in_officers,
)
from supervision_core.subjects.intake import SUBJECT_TABLE, SubjectEntry

LARGE = 2**20
"""From this size on a workbook takes longer to read than a process to start."""


@contextmanager
def open_subjects(
    platform: Platform, path: Path, *, region: str
) -> Iterator[Reading[SubjectEntry]]:
    """Open a table of subjects; ``region`` is theirs where nothing names one.

    A large one is read beside, while its rows are being stored. Raises ``TableUnfit``, and a
    ``Refused`` for a file that is no table.
    """
    today = local_day(platform.clock.now())
    if isinstance(platform.tables, WorkbookTables) and path.stat().st_size >= LARGE:
        with reading_beside(path, region=region, today=today) as beside:
            yield beside
    else:
        with batch(), open_sheets(platform.tables, path, SUBJECT_TABLE) as sheets:
            yield SubjectReading.of(sheets, region=region, today=today)


def _as_read(entry: OfficerEntry) -> OfficerEntry:
    return entry


@contextmanager
def open_officers(
    platform: Platform,
    path: Path,
    *,
    region: str,
    department: str,
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
    with batch(), open_sheets(platform.tables, path, OFFICER_TABLE) as sheets:
        found = take_in_officers(sheets.rows(), context)
        entries = [amend(entry) for entry in found.entries]
        yield WholeReading.of(sheets, entries, found.faults, found.repeated)
