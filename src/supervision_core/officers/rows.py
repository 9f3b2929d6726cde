"""Officers as lists show them."""

from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import Extras, choice, department, extras, region, text
from supervision_core.kernel.tones import good, over, waiting
from supervision_core.officers.model import Officer, OfficerState

STATES: Final[Mapping[str, str]] = {
    OfficerState.ACTIVE: good("在岗"), OfficerState.SUSPENDED: waiting("暂停"),
    OfficerState.LEFT: over("离岗"),
}  # fmt: skip


@frozen(kw_only=True)
class OfficerRow:
    """One line of a list of officers; the phone is masked. Source: proposal 6.4.2.2.2.3 (1)."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    name: str = text("姓名", required=True)
    phone: str = text("联系电话", hint="只显示前三位和后四位")
    employer: str = text("所属主体（受委托组织）")
    sex: str = text("性别")
    certificate: str = text("执法证号")
    department: str = department("所属部门", required=True)
    region: str = region("行政区划", required=True)
    state: OfficerState = choice("状态", STATES, required=True)
    extras: Extras = extras()


def officer_row(one: Officer) -> OfficerRow:
    """Give the line of an officer."""
    said_of = one.draft
    return OfficerRow(
        id=one.id, name=one.name, phone=one.contact.masked_phone, employer=said_of.body,
        sex=one.contact.sex, certificate=one.certificates[0].number if one.certificates else "",
        department=one.department, region=one.region, state=one.state, extras=said_of.extras,
    )  # fmt: skip
