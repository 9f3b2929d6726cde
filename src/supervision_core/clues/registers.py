"""What is maintained beside clues: which department takes up what is reported in a region."""

from typing import Final

from attrs import frozen

from supervision_core.identity.model import region_and_above
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import (
    Content,
    Entries,
    department,
    region,
    register,
    text,
)


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
    for code in region_and_above(area):
        found = store.holder("area", code)
        if found is not None and (entry := store.get(found)).enabled:
            return entry.content.department
    return ""
