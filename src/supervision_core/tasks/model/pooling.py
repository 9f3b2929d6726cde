"""Of whom no grade is known, and as of which day grades are the strata of a task's draw."""

from datetime import date
from decimal import Decimal
from typing import Final

from attrs import field, frozen

from supervision_core.grading.model import GradingDefinition
from supervision_core.kernel.fields import said

UNGRADED: Final = "0"
"""The stratum of those of whom no grade is known: nobody leaves a pool by not being graded."""
UNGRADED_NAME: Final = "未分级"


def strictest(grading: GradingDefinition, *, items: bool = False) -> str:
    """Give the ratio by which those without a grade are drawn: the largest of any grade."""
    ratios = [one.item_ratio if items else one.object_ratio for one in grading.grades]
    return max(ratios, key=Decimal, default="1")


@frozen(kw_only=True)
class PoolBasis:
    """名单依据 (PoolBasis): as of which day the grades are, and whether the calendar ran by then.

    ``since`` is the draw with which the pool is compared, empty for the first of lead and scene.
    """

    as_of: date = field(metadata=said("分级结果日期", example="2026-07-01"))
    by_calendar: bool = field(metadata=said("是否按周期自动评价的结果", example=True))
    since: str = field(metadata=said("与哪一次抽取比较，首次抽取为空", to="draw"))
