"""Regions and departments in and out by tables."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from attrs import evolve, field, frozen

from supervision_core.identity.directory_table import DepartmentEntry, RegionEntry
from supervision_core.identity.lists import REGIONS
from supervision_core.identity.model import DepartmentInvalid
from supervision_core.identity.ports import Departments, Regions
from supervision_core.identity.registers import BUSINESS_LINES
from supervision_core.identity.services.contents import unclear
from supervision_core.identity.services.departments import (
    AddDepartment,
    AddRegion,
    ChangeDepartment,
    ChangeRegion,
    add_department,
    add_region,
    change_department,
    change_region,
)
from supervision_core.identity.services.frame import Work, use_case
from supervision_core.identity.services.keeping import reach_of, refused_row, require_area
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import NotFound, Refused, Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.registers import Ask, Reference, called

Entry = TypeVar("Entry", RegionEntry, DepartmentEntry)


def _each(entries: Iterable[Entry], take_in: Callable[[Entry], str]) -> Mapping[str, Json]:
    """Take in one after the other; what a rule refuses stays out, with each reason."""
    counts = {"added": 0, "changed": 0, "same": 0}
    refused: list[Json] = []
    for entry in entries:
        try:
            counts[take_in(entry)] += 1
        except (Refused, NotFound) as refusal:
            refused += refused_row(entry.row, _reasons(refusal))
    return {**counts, "refused": refused}


def _reasons(refusal: Refused | NotFound) -> Sequence[Violation]:
    if isinstance(refusal, NotFound):
        return (Violation("identity.not_your_area"),)
    return refusal.reasons


@frozen(kw_only=True)
class ImportRegions:
    """At most 1,000 regions of a table, read and understood, the higher before the lower."""

    entries: tuple[RegionEntry, ...] = field(metadata=said("行政区划，每次至多1000行"))


@use_case("identity.import_regions", "导入行政区划")
def import_regions(work: Work, cmd: ImportRegions) -> Mapping[str, Json]:
    """Take regions in: unknown codes are added, others corrected, within the administrator's own.

    Told twice, it changes nothing the second time. Answers how many were ``added``, ``changed``
    and the ``same``, and the rows ``refused`` with each reason.
    """

    def take_in(entry: RegionEntry) -> str:
        regions = work[Regions]
        known = regions.holder("code", entry.content.code)
        if known is None:
            add_region.body(work, AddRegion(content=entry.content, position=entry.position))
            return "added"
        found = regions.get(known)
        content = evolve(entry.content, supervision=found.content.supervision)  # no column of it
        position = found.position if entry.position is None else entry.position
        if (found.content, found.position) == (content, position):
            return "same"
        change_region.body(work, ChangeRegion(region_id=known, content=content, position=position))
        return "changed"

    return _each(cmd.entries, take_in)


@frozen(kw_only=True)
class ImportDepartments:
    """At most 1,000 departments of a table, the higher before the lower; parents by code."""

    entries: tuple[DepartmentEntry, ...] = field(metadata=said("组织机构，每次至多1000行"))


@use_case("identity.import_departments", "导入组织机构")
def import_departments(work: Work, cmd: ImportDepartments) -> Mapping[str, Json]:
    """Take departments in: unknown codes are added, others corrected and moved, in his area.

    Told twice, it changes nothing the second time. Nobody is appointed or dismissed by a table,
    and without a business line one keeps that which it has. Answers as ``import_regions``.
    """
    said = {one.data.line for one in cmd.entries if one.data.line}
    lines = called(work[Ask], BUSINESS_LINES.name, said)

    def take_in(entry: DepartmentEntry) -> str:
        departments = work[Departments]
        data, parent = entry.data, None
        if data.parent:
            parent = departments.find_by_code(data.parent)
            data = evolve(data, parent=data.parent if parent is None else parent.id)
        known = departments.find_by_code(data.code)
        line = _line(lines, data.line) or ("" if known is None else known.data.line)
        data = evolve(data, line=line)
        if known is None:
            add_department.body(work, AddDepartment(data=data))
            return "added"
        if known.data == data:
            require_area(work, "department", known.id, [known.id])
            return "same"
        cmd = ChangeDepartment(department_id=known.id, data=data, enabled=known.enabled)
        change_department.body(work, cmd)
        return "changed"

    return _each(cmd.entries, take_in)


def _line(lines: Mapping[str, Sequence[Reference]], said: str) -> str:
    match lines.get(said, ()):
        case [only]:
            return only.id
        case several if said:
            raise DepartmentInvalid((unclear("line", "所属条线", said, several),))
        case _:
            return ""


@frozen(kw_only=True)
class ExportDepartments:
    """The department to be given out with all below it; empty: the whole tree."""

    department_id: str = field(default="", metadata=said("组织机构编号", example="nanning"))


@use_case("identity.export_departments", "导出组织机构")
def export_departments(work: Work, cmd: ExportDepartments) -> Sequence[str]:
    """Give the ids of departments, the top one first; the log keeps which part.

    The whole tree is for the super administrator.
    """
    top = [cmd.department_id] if cmd.department_id else []
    for one in top:
        work[Departments].get(one)
    require_area(work, "department", cmd.department_id, top)
    found = [*top, *(one.id for one in work[Departments].below(cmd.department_id))]
    work.note(department=cmd.department_id or "-", departments=str(len(found)))
    return found


@frozen(kw_only=True)
class ExportRegions:
    """All regions within reach are given out."""


@use_case("identity.export_regions", "导出行政区划")
def export_regions(work: Work, cmd: ExportRegions) -> Sequence[str]:
    """Give the ids of the regions within reach, by position; the log keeps how many."""
    del cmd
    pages = every_page(partial(work[Lists].page, REGIONS, ListFilter(reach=reach_of(work))))
    found = [one.id for page in pages for one in page.items]
    work.note(regions=str(len(found)))
    return found
