"""The departments and regions that examples of other contexts refer to."""

from collections.abc import Iterable
from datetime import UTC, datetime

from supervision_core.identity.model import Department, DepartmentData, RegionContent
from supervision_core.identity.ports import Departments, Regions
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import Entry

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
REGIONS = {
    "450000": ("广西壮族自治区", "province", ""),
    "450100": ("南宁市", "city", "450000"),
    "450103": ("青秀区", "county", "450100"),
    "450200": ("柳州市", "city", "450000"),
}


def keep_directory(unit: UnitOfWork, departments: Iterable[str]) -> None:
    """Store the regions of the examples, and departments of Nanning called by their ids."""
    for at, (code, (name, level, parent)) in enumerate(REGIONS.items(), start=1):
        content = RegionContent(code=code, name=name, level=level, parent=parent)
        unit[Regions].save(Entry.add(id=f"region-{code}", content=content, position=at, at=NOON))
    for at, id_ in enumerate(departments):
        data = DepartmentData(name=id_, code=f"4501{at}", region="450100")
        unit[Departments].save(Department.add(data, id=id_, at=NOON))
