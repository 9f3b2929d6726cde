"""What is maintained beside clues: which department takes up what is reported in a region."""

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import (
    Content,
    Entries,
    department,
    region,
    register,
    text,
)
from supervision_core.kernel.registers.store import significant

_PROVINCE, _CITY, _COUNTY = 2, 4, 6


@frozen(kw_only=True)
class ReceiverContent(Content):
    """诉求受理单位 (Receiver): who takes up what citizens and firms report in a region.

    Where a region names none, the one of the region above does. Source: proposal 3982-3995, 4206.
    """

    name: str = text("受理单位", required=True, example="南宁市投诉举报中心")
    area: str = region("受理区划", required=True)
    department: str = department("受理部门", required=True)
    phone: str = text("咨询电话", max_length=40, example="12345")


RECEIVERS: Final = register(
    ReceiverContent,
    "clues.receiver",
    plural="receivers",
    title="诉求受理单位",
    menu="线索",
    keepers=("department_administrator",),
    unique=(("area",),),
)


def receiver_in(unit: UnitOfWork, area: str) -> str:
    """Give the department that takes up what is reported in a region; empty where none does."""
    store = unit[Entries].of(RECEIVERS)
    for code in _upwards(area):
        found = store.holder("area", code)
        if found is not None and (entry := store.get(found)).enabled:
            return entry.content.department
    return ""


def _upwards(area: str) -> Iterator[str]:
    """Give a region and those above it, the nearest first (GB/T 2260)."""
    yield area
    for digits in (_COUNTY, _CITY, _PROVINCE):
        above = area[:digits].ljust(_COUNTY, "0")
        if len(significant(area)) > digits:
            yield above
