"""Officers as workbooks that people fill in: the template, and what comes back."""

from collections.abc import Mapping, Sequence
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
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.registers import DEPARTMENT, Ask, Reference, called
from supervision_core.kernel.tables import RowFault, TableFormat
from supervision_core.officers.intake import (
    OFFICER_TABLE,
    OfficerContext,
    OfficerEntry,
    take_in_officers,
)
from supervision_core.officers.registers import OFFICER_ELEMENTS
from supervision_core.officers.services import ImportOfficers, import_officers

_DEPARTMENT = next(one.title for one in OFFICER_TABLE.columns if one.name == DEPARTMENT)


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

    Departments are named by name or code. Raises ``PermissionDenied`` before the file is looked at,
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
        known = _departments(platform, found.entries, actor.department)
        entries, faults = [], list(found.faults)
        for one in found.entries:
            match known[one.draft.department]:
                case [only]:
                    entries.append(evolve(one, draft=evolve(one.draft, department=only.id)))
                case several:
                    faults.append(_unresolved(one, several))
        reading: WholeReading[OfficerEntry] = WholeReading.of(
            sheets, entries, faults, found.repeated
        )
        return store_officers(
            platform, reading, actor=actor, errors=errors, expect=expect, advance=advance, key=key
        )


def _departments(
    platform: Platform, entries: Sequence[OfficerEntry], own: str
) -> Mapping[str, Sequence[Reference]]:
    """Give the departments that rows may mean, by what they say."""
    texts = {one.draft.department for one in entries}
    with platform.transactions.begin_looking() as unit:
        found = called(unit[Ask], DEPARTMENT, texts)
    return {**found, own: [Reference(id=own, name=own)]}


def _unresolved(entry: OfficerEntry, several: Sequence[Reference]) -> RowFault:
    code = "called_twice" if several else "not_called"
    data = {"title": _DEPARTMENT, "value": entry.draft.department}
    wrong = Violation(f"kernel.register_{code}", DEPARTMENT, data)
    return RowFault(row=entry.row, column=_DEPARTMENT, violation=wrong)
