"""Tables of regions, departments and users, from file to directory and back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from attrs import evolve, frozen

from entrypoints.container import Platform
from entrypoints.directory_tables import FORMATS
from entrypoints.element_sets import elements_of_department, own_elements
from entrypoints.intake import (
    Advance,
    Chunk,
    ImportReport,
    Sheets,
    WholeReading,
    ignored,
    sheets_of,
    store_in_chunks,
)
from supervision_core.identity.directory_table import (
    department_cells,
    region_cells,
    take_in_departments,
    take_in_regions,
)
from supervision_core.identity.lists import DEPARTMENTS, DepartmentRow
from supervision_core.identity.model import Actor
from supervision_core.identity.ports import (
    Departments,
    Regions,
    Users,
)
from supervision_core.identity.registers import BUSINESS_LINES, USER_ELEMENTS
from supervision_core.identity.services import UseCase
from supervision_core.identity.services.directory_intake import (
    ExportDepartments,
    ExportRegions,
    ImportDepartments,
    ImportRegions,
    export_departments,
    export_regions,
    import_departments,
    import_regions,
)
from supervision_core.identity.services.exporting import ExportUsers, export_users
from supervision_core.identity.services.intake import (
    ImportUsers,
    codes_at_hand,
    import_users,
)
from supervision_core.identity.table import take_in_users, user_cells
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.days import local_day
from supervision_core.kernel.documents import ResultColumn, ResultSheet
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import Page, PageRequest, every_page
from supervision_core.kernel.registers import Ask, Entries, EntryFilter
from supervision_core.kernel.registers.elements import NO_ELEMENTS, ElementSet
from supervision_core.kernel.registers.tables import cell_of
from supervision_core.kernel.tables import Cell, TableFormat, with_headings

IMPORTS: Mapping[str, tuple[UseCase[Any, Mapping[str, Json]], type[Any]]] = {
    "regions": (import_regions, ImportRegions),
    "departments": (import_departments, ImportDepartments),
    "users": (import_users, ImportUsers),
}
EXPORTS: Mapping[str, UseCase[Any, Sequence[str]]] = {
    "regions": export_regions,
    "departments": export_departments,
    "users": export_users,
}
ExportCommand = ExportRegions | ExportDepartments | ExportUsers
_CHUNK = 500


def table_for(what: str, elements: ElementSet) -> TableFormat:
    """Give a table with columns for these 扩展属性, where it is one of users."""
    table = FORMATS[what]
    more = elements.columns if what == "users" else ()
    return evolve(table, columns=(*table.columns, *more))


def import_directory(  # noqa: PLR0913 - one for each part
    platform: Platform,
    what: str,
    file: BinaryIO,
    *,
    actor: Actor,
    errors: Path | None = None,
    expect: Advance = ignored,
    advance: Advance = ignored,
    key: str | None = None,
    mapped: Iterable[tuple[str, str]] = (),
) -> ImportReport:
    """Take a table of regions, departments or users in; write the rows to correct to ``errors``.

    ``what`` is a name of ``FORMATS``; ``mapped`` as of ``open_subjects``. Sent again
    under ``key`` it changes nothing and answers alike. Raises ``PermissionDenied`` before the file
    is looked at, ``TableUnfit``, and a ``Refused`` for a file that is no table; then nothing went
    in.
    """
    case, command = IMPORTS[what]

    def store(chunk: Chunk[Any], key: str | None) -> Mapping[str, Json]:
        return platform.commands.run(case, command(entries=chunk.entries), actor=actor, key=key)

    if not actor.may(case.permission):
        store(Chunk(entries=()), None)  # denied, and audited
    table = table_for(what, own_elements(platform, (USER_ELEMENTS,), actor))
    sheets = sheets_of(platform.tables, file, with_headings(table, mapped))
    reading = _understood(platform, what, sheets, actor)
    titles = {one.name: one.title for one in table.columns}
    return store_in_chunks(reading, store, errors, advance, key, expect=expect, titles=titles)


def _understood(platform: Platform, what: str, sheets: Sheets, actor: Actor) -> WholeReading[Any]:
    if what == "regions":
        regions = take_in_regions(sheets.rows())
        return WholeReading.of(sheets, regions.entries, regions.faults)
    if what == "departments":
        departments = take_in_departments(sheets.rows())
        return WholeReading.of(sheets, departments.entries, departments.faults)
    today = local_day(platform.clock.now())
    with platform.transactions.begin_reading() as unit:
        ids = {code: one for one, code in codes_at_hand(unit, actor).items()}
    users = take_in_users(sheets.rows(), ids, today=today)
    return WholeReading.of(sheets, users.entries, users.faults)


def department_codes(platform: Platform) -> Mapping[str, str]:
    """Give the code of every living department by its id."""

    def ask(request: PageRequest) -> Page[DepartmentRow]:
        with platform.transactions.begin_reading() as unit:
            return unit[Lists].page(DEPARTMENTS, ListFilter(), request)

    return {one.id: one.code for page in every_page(ask) for one in page.items}


def _business_lines(platform: Platform) -> Mapping[str, str]:
    """Give what people write for every business line that is in use, by its id."""
    with platform.transactions.begin_reading() as unit:
        used = unit[Entries].of(BUSINESS_LINES).labels(EntryFilter(enabled=True))
        found = unit[Ask].resolve(BUSINESS_LINES.name, used)
    return {id_: one.text for id_, one in found.items()}


@frozen(kw_only=True)
class Exported:
    """A workbook that can be imported again, and how many rows it has."""

    count: int
    content: bytes


def export_directory(
    platform: Platform, what: str, command: ExportCommand, *, actor: Actor
) -> Exported:
    """Give regions, departments or a department's users as a workbook.

    The log keeps who gave out what, and of users, what for.
    """
    named = platform.commands.run(EXPORTS[what], command, actor=actor)
    elements = NO_ELEMENTS
    if isinstance(command, ExportUsers):
        place = command.department_id
        elements = elements_of_department(platform, (USER_ELEMENTS,), place)
    table = table_for(what, elements)
    columns = tuple(ResultColumn(one.title, one.kind, 20) for one in table.columns)
    rows = _rows(platform, what, named, actor, elements)
    sheet = ResultSheet(name=table.title, columns=columns, rows=rows)
    return Exported(count=len(named), content=platform.tables.results([sheet]))


def _rows(
    platform: Platform, what: str, ids: Sequence[str], actor: Actor, elements: ElementSet
) -> Iterator[tuple[Cell, ...]]:
    codes: Mapping[str, str] = {}
    lines: Mapping[str, str] = {}
    if what == "departments":
        codes = department_codes(platform)  # of what lies right above the top one, too
        lines = _business_lines(platform)
    elif what == "users":
        with platform.transactions.begin_reading() as unit:
            codes = codes_at_hand(unit, actor)
    for start in range(0, len(ids), _CHUNK):
        with platform.transactions.begin_reading() as unit:
            for one in ids[start : start + _CHUNK]:
                if what == "regions":
                    cells = region_cells(unit[Regions].get(one))
                elif what == "departments":
                    cells = department_cells(unit[Departments].get(one), codes, lines)
                else:
                    user = unit[Users].get(one)
                    said = elements.cells(user.draft.extras)
                    cells = user_cells(user, codes) | {
                        each.title: cell_of(each, value, {}) for each, value in said
                    }
                yield tuple(cells.values())
