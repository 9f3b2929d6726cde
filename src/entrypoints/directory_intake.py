"""Tables of regions, departments and users, from file to directory and back."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from entrypoints.container import Platform
from entrypoints.intake import (
    Advance,
    Chunk,
    ImportReport,
    Sheets,
    WholeReading,
    ignored,
    open_sheets,
    store_in_chunks,
)
from supervision_core.identity.directory_table import (
    DEPARTMENT_TABLE,
    REGION_TABLE,
    department_cells,
    region_cells,
    take_in_departments,
    take_in_regions,
)
from supervision_core.identity.model import Actor, Purpose
from supervision_core.identity.ports import (
    DepartmentFilter,
    DepartmentQueries,
    DepartmentRow,
    Departments,
    Regions,
    Users,
)
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
from supervision_core.identity.services.intake import (
    ExportUsers,
    ImportUsers,
    export_users,
    import_users,
)
from supervision_core.identity.table import USER_TABLE, take_in_users, user_cells
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.days import local_day
from supervision_core.kernel.documents import ResultColumn, ResultSheet
from supervision_core.kernel.paging import Page, PageRequest, every_page
from supervision_core.kernel.tables import Cell, TableFormat

FORMATS: Mapping[str, TableFormat] = {
    "regions": REGION_TABLE,
    "departments": DEPARTMENT_TABLE,
    "users": USER_TABLE,
}
_CHUNK = 500


def import_directory_file(  # noqa: PLR0913 - one for each part
    platform: Platform,
    what: str,
    path: Path,
    *,
    actor: Actor,
    errors: Path | None = None,
    advance: Advance = ignored,
) -> ImportReport:
    """Take a table of regions, departments or users in; write the rows to correct to ``errors``.

    ``what`` is a name of ``FORMATS``. Raises ``TableUnfit``, and a ``Refused`` for a file that is
    no table; then nothing went in.
    """
    commands = {
        "regions": (import_regions, ImportRegions),
        "departments": (import_departments, ImportDepartments),
        "users": (import_users, ImportUsers),
    }
    case, command = commands[what]

    def store(chunk: Chunk[Any], key: str | None) -> Mapping[str, Json]:
        act: Any = case
        asked: Any = command
        answer: Mapping[str, Json] = platform.commands.run(
            act, asked(entries=chunk.entries), actor=actor, key=key
        )
        return answer

    with open_sheets(platform.tables, path, FORMATS[what]) as sheets:
        reading = _understood(platform, what, sheets)
        titles = {one.name: one.title for one in FORMATS[what].columns}
        return store_in_chunks(reading, store, errors, advance, titles=titles)


def _understood(platform: Platform, what: str, sheets: Sheets) -> WholeReading[Any]:
    if what == "regions":
        regions = take_in_regions(sheets.rows())
        return WholeReading.of(sheets, regions.entries, regions.faults)
    if what == "departments":
        departments = take_in_departments(sheets.rows())
        return WholeReading.of(sheets, departments.entries, departments.faults)
    today = local_day(platform.clock.now())
    ids = {code: one for one, code in department_codes(platform).items()}
    users = take_in_users(sheets.rows(), ids, today=today)
    return WholeReading.of(sheets, users.entries, users.faults)


def department_codes(platform: Platform) -> Mapping[str, str]:
    """Give the code of every living department by its id."""

    def ask(request: PageRequest) -> Page[DepartmentRow]:
        with platform.transactions.begin_reading() as unit:
            return unit[DepartmentQueries].page(DepartmentFilter(), request)

    return {one.id: one.code for page in every_page(ask) for one in page.items}


def export_directory_file(  # noqa: PLR0913 - one for each part
    platform: Platform,
    what: str,
    path: Path,
    *,
    actor: Actor,
    department: str = "",
    purpose: Purpose = Purpose.CORRECT,
) -> int:
    """Write regions, departments or a department's users as a workbook that can be imported again.

    ``department`` is a code, empty for the whole tree of departments. The log keeps who gave out
    what, and of users, what for. Answers how many rows there are.
    """
    codes = department_codes(platform)
    ids = {code: one for one, code in codes.items()}
    chosen = ids.get(department, department)
    if what == "regions":
        named = platform.commands.run(export_regions, ExportRegions(), actor=actor)
    elif what == "departments":
        asked = ExportDepartments(department_id=chosen)
        named = platform.commands.run(export_departments, asked, actor=actor)
    else:
        wanted = ExportUsers(department_id=chosen, purpose=purpose)
        named = platform.commands.run(export_users, wanted, actor=actor)
    table = FORMATS[what]
    columns = tuple(ResultColumn(one.title, one.kind, 20) for one in table.columns)
    rows = _rows(platform, what, named, codes)
    sheet = ResultSheet(name=table.title, columns=columns, rows=rows)
    path.write_bytes(platform.tables.results([sheet]))
    return len(named)


def _rows(
    platform: Platform, what: str, ids: Sequence[str], codes: Mapping[str, str]
) -> Iterator[tuple[Cell, ...]]:
    for start in range(0, len(ids), _CHUNK):
        with platform.transactions.begin_reading() as unit:
            for one in ids[start : start + _CHUNK]:
                if what == "regions":
                    cells = region_cells(unit[Regions].get(one))
                elif what == "departments":
                    cells = department_cells(unit[Departments].get(one), codes)
                else:
                    cells = user_cells(unit[Users].get(one), codes)
                yield tuple(cells.values())
