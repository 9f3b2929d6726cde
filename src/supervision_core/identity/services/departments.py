"""What is done with departments and regions."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from attrs import evolve, field, frozen

from supervision_core.identity.model import (
    Department,
    DepartmentData,
    DepartmentInvalid,
    DepartmentLocked,
    HolderKind,
    RegionContent,
    inherited,
    powers_in,
    region_contains,
    region_violations,
    source_of,
)
from supervision_core.identity.ports import Departments, Regions, Users
from supervision_core.identity.registers import BUSINESS_LINES
from supervision_core.identity.services.access import sheets_of
from supervision_core.identity.services.authority import (
    against_giving,
    hold_access,
    is_operator,
    own_lineage,
)
from supervision_core.identity.services.frame import Work, use_case
from supervision_core.identity.services.keeping import (
    administers,
    find,
    is_super,
    keep,
    require_area,
    tell,
)
from supervision_core.kernel.errors import NotFound, Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.registers import (
    Ask,
    Entry,
    EntryFilter,
    EntryInvalid,
    integer,
    link,
    taken_violations,
    text,
    violations_of,
)


def _department(work: Work, id: str) -> Department:
    found = work[Departments].get(id)
    require_area(work, "department", id, [id])
    return found


def _unfit(
    work: Work, data: DepartmentData, before: Department | None = None
) -> Iterator[Violation]:
    own = "" if before is None else before.id
    other = work[Departments].find_by_code(data.code)
    if other is not None and other.id != own:
        yield Violation("identity.department_code_taken", "code")
    if data.region and work[Regions].holder("code", data.region) is None:
        yield Violation("identity.region_unknown", "region")
    lineage = work[Departments].lineage(data.parent) if data.parent else []
    if data.parent and (not lineage or lineage[0].deleted):
        yield Violation("identity.department_parent_unknown", "parent")
    if own and own in {one.id for one in lineage}:
        yield Violation("identity.department_ring", "parent")
    if data.line and (before is None or data.line != before.data.line):
        line = work[Ask].resolve(BUSINESS_LINES.name, [data.line]).get(data.line)
        if line is None or not line.usable:
            yield Violation("identity.department_line_unknown", "line")


_SCOPING: Final = ("parent", "region", "coordinates", "inherits", "code")
"""What of a department decides over what its members act, and with what; by the code the existing
platform's departments are bound to it."""


def _beyond(
    work: Work, data: DepartmentData, before: Department | None = None
) -> Iterator[Violation]:
    """Give what a department's members would gain that is not the actor's to give."""
    old = DepartmentData(name="", code="", region="") if before is None else before.data
    changed = [name for name in _SCOPING if getattr(data, name) != getattr(old, name)]
    if is_operator(work.actor) or not changed:
        return
    own = own_lineage(work)
    if before is not None and before.id in own:
        yield from (Violation("identity.own_department", name) for name in changed)
        return
    lineage = work[Departments].lineage(data.parent) if data.parent else []
    if before is not None and "parent" in changed:
        left = {one.id for one in work[Departments].lineage(before.id)}
        if any(one.id in _own_departments(work) - left for one in lineage):
            yield Violation("identity.own_department", "parent")
    if not is_super(work):
        yield from _wider(work, data, changed, lineage)
    yield from (evolve(one, at="inherits") for one in _inheriting(work, data, before, lineage))


def _wider(
    work: Work, data: DepartmentData, changed: Collection[str], lineage: Sequence[Department]
) -> Iterator[Violation]:
    """Say where a department would reach beyond the actor, and what he manages above it."""
    scope = work.actor.scope
    above = [one.data for one in lineage if administers(work, one.id)]
    regions = {scope.region, *(one.region for one in above)}
    if "region" in changed and not any(region_contains(one, data.region) for one in regions):
        yield Violation("identity.region_not_yours", "region")
    wide = {one.region for one in above if one.coordinates}
    wide |= set() if scope.departments else {scope.region}
    widened = data.coordinates and {"coordinates", "region"} & set(changed)
    if widened and not any(region_contains(one, data.region) for one in wide):
        yield Violation("identity.coordination_not_yours", "coordinates")


def _inheriting(
    work: Work,
    data: DepartmentData,
    before: Department | None,
    lineage: Sequence[Department],
) -> Iterator[Violation]:
    """Say what its members would gain or lose by inheriting that is not the actor's to give."""
    above = {one.id: one for one in lineage}
    gained = set(inherited(data.parent, above)) if data.inherits else set()
    lost = set[str]()
    if before is not None and before.data.inherits:
        former = {one.id: one for one in work[Departments].lineage(before.data.parent)}
        lost = set(inherited(before.data.parent, former))
    moved = sorted(gained ^ lost)
    sheets = sheets_of(work.unit, HolderKind.DEPARTMENT, moved)
    yield from against_giving(work, map(source_of, sheets), to=moved)
    if powers_in(name for one in sheets for name in one.permissions):
        yield Violation("identity.duty_by_role_only", "inherits")


def _own_departments(work: Work) -> frozenset[str]:
    user = find(work.unit, Users, work.actor.user)
    return frozenset() if user is None else user.departments


@frozen(kw_only=True)
class AddDepartment:
    """A department, to be added below its parent."""

    data: DepartmentData = field(metadata=said("机构信息"))


@use_case("identity.add_department", "新增组织机构")
def add_department(work: Work, cmd: AddDepartment) -> str:
    """Add a department below one that the administrator manages; the top is the super one's.

    Its region, what it coordinates and what it inherits must be the administrator's to give.
    """
    require_area(work, "department", cmd.data.parent, [cmd.data.parent])
    refuse_if(DepartmentInvalid, _unfit(work, cmd.data))
    refuse_if(DepartmentInvalid, _beyond(work, cmd.data))
    made = Department.add(cmd.data, id=work.ids.next_id(), at=work.now)
    keep(work, Departments, made)
    tell(work, "department", made.id)
    return made.id


@frozen(kw_only=True)
class ChangeDepartment:
    """All that is known of a department, also its place in the tree; and whether it is in use."""

    department_id: str = field(metadata=said("组织机构编号", example="nanning"))
    data: DepartmentData = field(metadata=said("机构信息"))
    enabled: bool = field(default=True, metadata=said("是否启用", example=True))


@use_case("identity.change_department", "修改组织机构")
def change_department(work: Work, cmd: ChangeDepartment) -> str:
    """Change a department; it moves only between places that the administrator manages.

    What gives its members scope (region, coordinating, inheriting, its place) is changed within
    what is the administrator's to give, and never of his own department or one above it.
    """
    hold_access(work)
    found = _department(work, cmd.department_id)
    if cmd.data.parent != found.data.parent:
        require_area(work, "department", found.data.parent, [found.data.parent])
        require_area(work, "department", cmd.data.parent, [cmd.data.parent])
    refuse_if(DepartmentInvalid, _unfit(work, cmd.data, found))
    refuse_if(DepartmentInvalid, _beyond(work, cmd.data, found))
    found.change(cmd.data, at=work.now, by=work.actor.user)
    if cmd.enabled != found.enabled:
        found.switch(enabled=cmd.enabled, at=work.now)
    keep(work, Departments, found)
    tell(work, "department", found.id)
    return found.id


@frozen(kw_only=True)
class ChangeDepartmentLine:
    """What a department is called in short, the line it belongs to, and its place in the order."""

    department_line_id: str = field(
        metadata=said("组织机构编号", example="nanning", to="department")
    )
    short_name: str = text("部门简称", max_length=40, example="南宁市监局")
    line: str = link("所属条线", BUSINESS_LINES.name)
    order: int = integer("排序")


@use_case("identity.change_department_line", "修改部门条线")
def change_department_line(work: Work, cmd: ChangeDepartmentLine) -> str:
    """Change the short name, the business line and the order of a department one manages.

    Source: proposal 2712-2714.
    """
    found = _department(work, cmd.department_line_id)
    said = evolve(found.data, short_name=cmd.short_name, line=cmd.line, order=cmd.order)
    refuse_if(DepartmentInvalid, _unfit(work, said, found))
    found.change(said, at=work.now, by=work.actor.user)
    keep(work, Departments, found)
    tell(work, "department", found.id)
    return found.id


@frozen(kw_only=True)
class DeleteDepartment:
    """The department to delete."""

    department_id: str = field(metadata=said("组织机构编号", example="nanning"))


@use_case("identity.delete_department", "删除组织机构")
def delete_department(work: Work, cmd: DeleteDepartment) -> str:
    """Delete a department, logically, once neither users nor departments hang on it."""
    found = _department(work, cmd.department_id)
    if work[Departments].below(found.id) or work[Users].of_department(found.id):
        raise DepartmentLocked((Violation("identity.department_not_empty"),))
    found.delete(at=work.now)
    keep(work, Departments, found)
    tell(work, "department", found.id, deleted=True)
    return found.id


@frozen(kw_only=True)
class AppointAdministrators:
    """Who shall administer a department, in place of those who did."""

    department_id: str = field(metadata=said("组织机构编号", example="nanning"))
    administrators: frozenset[str] = field(metadata=said("管理员的用户编号"))


@use_case("identity.appoint_administrators", "指定机构管理员")
def appoint_administrators(work: Work, cmd: AppointAdministrators) -> str:
    """Appoint a department's administrators, who need not be its members.

    The super administrator chooses among all users; another appoints for departments below his
    own, among the users he manages. Nobody appoints or dismisses himself.
    """
    found = work[Departments].get(cmd.department_id)
    above = [found.data.parent] if found.data.parent else []
    require_area(work, "department", found.id, above)
    changed = cmd.administrators ^ found.administrators
    violations = []
    if work.actor.user in changed:
        violations.append(Violation("identity.own_access", "administrators"))
    violations += (
        Violation("identity.user_unknown", "administrators", {"id": one})
        for one in sorted(cmd.administrators - found.administrators)
        if not _eligible(work, one)
    )
    refuse_if(DepartmentInvalid, violations)
    found.appoint(cmd.administrators, at=work.now)
    keep(work, Departments, found)
    tell(work, "department", found.id)
    return found.id


def _eligible(work: Work, id: str) -> bool:
    try:
        user = work[Users].get(id)
    except NotFound:
        return False
    managed = is_super(work) or any(administers(work, one) for one in user.departments)
    return user.active and managed


def _region(work: Work, id: str) -> Entry[RegionContent]:
    entry = work[Regions].get(id)
    work.reach("region", id, region=entry.content.code, departments=frozenset())
    return entry


def _region_faults(
    work: Work, content: RegionContent, own: Entry[RegionContent] | None = None
) -> Iterator[Violation]:
    regions = work[Regions]
    yield from violations_of(content)
    parent_known = regions.holder("code", content.parent) is not None
    yield from region_violations(content, parent_known=parent_known)
    yield from taken_violations(content, regions.holder, own="" if own is None else own.id)
    if own is not None and content.code != own.content.code:
        yield Violation("identity.region_code_fixed", "code")


@frozen(kw_only=True)
class AddRegion:
    """A region; without ``position`` it goes to the end."""

    content: RegionContent = field(metadata=said("内容"))
    position: int | None = field(default=None, metadata=said("排序号", example=1))


@use_case("identity.add_region", "新增行政区划")
def add_region(work: Work, cmd: AddRegion) -> str:
    """Add a region within the administrator's own; its code says where it belongs."""
    code = cmd.content.code
    refuse_if(EntryInvalid, _region_faults(work, cmd.content))
    work.reach("region", code, region=code, departments=frozenset())
    last = work[Regions].last_position() + 1
    position = last if cmd.position is None else cmd.position
    entry = Entry.add(id=work.ids.next_id(), content=cmd.content, position=position, at=work.now)
    keep(work, Regions, entry)
    tell(work, "region", entry.id)
    return entry.id


@frozen(kw_only=True)
class ChangeRegion:
    """What a region shall be from now on; its code stays."""

    region_id: str = field(metadata=said("行政区划编号", example="r450100"))
    content: RegionContent = field(metadata=said("内容"))
    position: int = field(metadata=said("排序号", example=1))


@use_case("identity.change_region", "修改行政区划")
def change_region(work: Work, cmd: ChangeRegion) -> str:
    """Change a region; a new code is a new region, to which the old one's data go over."""
    entry = _region(work, cmd.region_id)
    refuse_if(EntryInvalid, _region_faults(work, cmd.content, entry))
    entry.change(cmd.content, at=work.now)
    entry.move(cmd.position, at=work.now)
    keep(work, Regions, entry)
    tell(work, "region", entry.id)
    return entry.id


@frozen(kw_only=True)
class DeleteRegion:
    """The region to delete."""

    region_id: str = field(metadata=said("行政区划编号", example="r450100"))


@use_case("identity.delete_region", "删除行政区划")
def delete_region(work: Work, cmd: DeleteRegion) -> str:
    """Delete a region, logically, once no region lies below it and no department belongs to it."""
    entry = _region(work, cmd.region_id)
    code = entry.content.code
    below = work[Regions].page(EntryFilter(values={"parent": code}), PageRequest(size=1))
    if below.items or work[Departments].any_in_region(code):
        raise EntryInvalid((Violation("identity.region_in_use"),))
    entry.delete(at=work.now)
    keep(work, Regions, entry)
    tell(work, "region", entry.id, deleted=True)
    return entry.id
