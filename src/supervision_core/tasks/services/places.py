"""到场证明: how many visits prove that officers were on the spot, by the department that led."""

from datetime import date
from typing import Final

from attrs import field, frozen

from supervision_core.identity.ports import Departments
from supervision_core.identity.services import Work, question
from supervision_core.identity.services.lists import ReferredName, names_in
from supervision_core.kernel.fields import said
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import department, integer, text
from supervision_core.tasks.model.presence import PlaceShare, place_shares
from supervision_core.tasks.ports import VisitQueries

FIRST_YEAR: Final = 2000
"""No year before is asked for."""


def shares_of(unit: UnitOfWork, year: int) -> tuple[PlaceShare, ...]:
    """Give how the visits formed in a year prove the place, by lead."""
    counts = unit[VisitQueries].places(since=date(year, 1, 1), until=date(year, 12, 31))
    return place_shares(counts)


@frozen(kw_only=True)
class ViewPlaceShares:
    """The year that is asked for."""

    year: int = field(metadata=said("年度", example=2026))


@frozen(kw_only=True)
class PlaceRow:
    """How the visits of one lead department prove the place."""

    department: str = department("牵头部门", required=True)
    visits: int = integer("现场检查数", required=True)
    firm: int = integer("企业扫码核对", required=True)
    posted: int = integer("张贴码、位置和照片", required=True)
    far: int = integer("未证明，位置远离登记地址", required=True)
    reason: int = integer("未证明，写明理由", required=True)
    none: int = integer("未证明", required=True)
    share: str = text("没有到场证明的占比", required=True)


@frozen(kw_only=True)
class PlaceShares:
    """How visits prove the place, by department."""

    items: tuple[PlaceRow, ...] = field(metadata=said("各部门"))
    names: tuple[ReferredName, ...] = field(metadata=said("所引用对象的名称"))


@question("tasks.view_place_shares", "查看到场证明情况")
def view_place_shares(work: Work, about: ViewPlaceShares) -> PlaceShares:
    """Tell how the visits formed in a year prove the place: of the own department and those below.

    Whoever belongs to none is told of all.
    """
    own = work.actor.department
    reached = {own, *(one.id for one in work[Departments].below(own))}
    items = tuple(
        PlaceRow(
            department=one.department, visits=one.visits, firm=one.firm, posted=one.posted,
            far=one.far, reason=one.reason, none=one.none, share=one.share,
        )
        for one in shares_of(work.unit, max(FIRST_YEAR, min(about.year, date.max.year)))
        if one.department in reached
    )  # fmt: skip
    return PlaceShares(items=items, names=names_in(work, items))
