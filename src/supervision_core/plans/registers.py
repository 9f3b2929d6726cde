"""What is maintained beside plans: 年度检查频次上限, as each body publishes it."""

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import frozen

from supervision_core.kernel.paging import every_page
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import (
    Content,
    Entries,
    EntryFilter,
    Search,
    department,
    integer,
    register,
    text,
)


@frozen(kw_only=True)
class CheckCapContent(Content):
    """年度检查频次上限 (CheckCap): how often a department may check one firm in a year.

    It binds the department that published it, and no other. Source: 国办发〔2024〕54号.
    """

    basis: str = text("公布文号", required=True, max_length=100, example="南市监发〔2026〕1号")
    department: str = department("公布部门", required=True)
    year: int = integer("年度", required=True, search=Search.EXACT, least=2000, most=2100)
    most: int = integer("对同一企业的年度检查次数上限", required=True, least=0)


CHECK_CAPS: Final = register(
    CheckCapContent,
    "plans.check_cap",
    plural="check_caps",
    title="年度检查频次上限",
    menu="一业一查",
    keepers=("task_administrator",),
    unique=(("department", "year"),),
)


def caps_in(unit: UnitOfWork, year: int, departments: Iterable[str]) -> Mapping[str, int]:
    """Give each department's yearly cap for one firm, as it published it; absent where none is."""
    wanted, kept = frozenset(departments), unit[Entries].of(CHECK_CAPS)
    asked = EntryFilter(values={"year": year}, enabled=True)
    return {
        one.content.department: one.content.most
        for page in every_page(lambda request: kept.page(asked, request))
        for one in page.items
        if one.content.department in wanted and one.department in ("", one.content.department)
    }
