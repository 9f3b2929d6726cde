"""Officers as workbooks that people fill in: the template, and what comes back."""

from pathlib import Path
from typing import BinaryIO

from attrs import evolve

from entrypoints.container import Platform
from entrypoints.element_sets import own_elements
from entrypoints.intake import (
    Advance,
    Chunk,
    ImportReport,
    WholeReading,
    batch,
    ignored,
    sheets_of,
    store_officers,
)
from supervision_core.identity.model import Actor
from supervision_core.kernel.codes.data import guangxi_regions
from supervision_core.kernel.days import local_day
from supervision_core.kernel.tables import TableFormat
from supervision_core.officers.intake import (
    OFFICER_TABLE,
    OfficerContext,
    OfficerEntry,
    take_in_officers,
)
from supervision_core.officers.registers import OFFICER_ELEMENTS
from supervision_core.officers.services import ImportOfficers, import_officers


def officer_table(platform: Platform, actor: Actor) -> TableFormat:
    """Give the table of officers, with the elements that hold where ``actor`` works."""
    more = own_elements(platform, (OFFICER_ELEMENTS,), actor).columns
    return evolve(OFFICER_TABLE, columns=(*OFFICER_TABLE.columns, *more))


def take_in_workbook(  # noqa: PLR0913 - one for each part
    platform: Platform,
    file: BinaryIO,
    *,
    actor: Actor,
    key: str | None,
    errors: Path,
    expect: Advance = ignored,
    advance: Advance = ignored,
) -> ImportReport:
    """Take a workbook of officers in; write the rows to correct to ``errors``.

    Raises ``PermissionDenied`` before the file is looked at,
    and what a file that is no table raises.
    """
    if not actor.may(import_officers.permission):
        nothing = ImportOfficers(entries=Chunk[OfficerEntry](entries=()).entries)
        platform.commands.run(import_officers, nothing, actor=actor)  # denied, and audited
    with batch():
        sheets = sheets_of(platform.tables, file, officer_table(platform, actor))
        context = OfficerContext(
            today=local_day(platform.clock.now()), region=actor.scope.region,
            department=actor.department, regions=guangxi_regions(),
        )  # fmt: skip
        found = take_in_officers(sheets.rows(), context)
        reading: WholeReading[OfficerEntry] = WholeReading.of(
            sheets, found.entries, found.faults, found.repeated
        )
        return store_officers(
            platform, reading, actor=actor, errors=errors, expect=expect, advance=advance, key=key
        )
