"""What editors keep beside what they write: how the public reaches departments."""

from typing import Final

from attrs import frozen

from supervision_core.kernel.registers import Content, Search, department, register, text


@frozen(kw_only=True)
class DepartmentContactContent(Content):
    """监管部门联系方式 (DepartmentContact): how the public reaches a department, for all to see.

    Source: proposal 1580-1584.
    """

    department: str = department("监管部门", required=True)
    contact: str = text(
        "联系方式", required=True, search=Search.FUZZY, max_length=200, example="0771-5500000",
        hint="对公众公开：填办公电话、地址或电子邮箱，不填个人号码",
    )  # fmt: skip


DEPARTMENT_CONTACTS: Final = register(
    DepartmentContactContent,
    "content.department_contact",
    plural="department_contacts",
    title="监管部门联系方式",
    menu="基础信息",
    keepers=("department_administrator",),
    unique=(("department",),),
)
