"""Regions as staff maintain them."""

from attrs import frozen

from supervision_core.kernel.codes.region import RegionLevel
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.registers import Content, Search, choice, department, flag, text

LEVELS = {
    RegionLevel.PROVINCE.value: "省级",
    RegionLevel.CITY.value: "市级",
    RegionLevel.COUNTY.value: "县级",
}
_DIGITS = 6


def check_region_code(code: str) -> tuple[Violation, ...]:
    """Say what is wrong with the form of a code: six ASCII digits."""
    good = len(code) == _DIGITS and code.isascii() and code.isdigit()
    return () if good else (Violation("identity.region_code_form"),)


def level_of(code: str) -> RegionLevel:
    """Give the level that a code of six digits shows."""
    if code.endswith("0000"):
        return RegionLevel.PROVINCE
    return RegionLevel.CITY if code.endswith("00") else RegionLevel.COUNTY


@frozen(kw_only=True)
class RegionContent(Content):
    """行政区划 (RegionContent): one administrative region as the register holds it.

    ``graded`` says whether supervision is graded there (是否分级管理); ``supervision`` is the
    department (司法行政 or audit) that takes part in the draws of the region, and of those below
    that name none, where no joining department is outside the lead's line.
    Source: proposal 6.4.2.3.3; GB/T 2260.
    """

    code: str = text(
        "区划代码", required=True, search=Search.FUZZY, unique=True, max_length=6,
        check=check_region_code,
    )  # fmt: skip
    name: str = text("区划名称", required=True, search=Search.FUZZY, max_length=60)
    level: str = choice("所属层级", LEVELS, required=True)
    parent: str = text("上级区划")
    graded: bool = flag("是否分级管理")
    supervision: str = department("随机抽取的监督部门")


def region_violations(content: RegionContent, *, parent_known: bool) -> tuple[Violation, ...]:
    """Give what does not fit together: level and code, parent and code, a parent nobody knows.

    A county stands below its city or, administered directly, below the province.
    """
    if check_region_code(content.code):
        return ()
    code, level = content.code, level_of(content.code)
    found = []
    if content.level in LEVELS and content.level != level.value:
        found.append(Violation("identity.region_level_unfit", "level"))
    province, city = f"{code[:2]}0000", f"{code[:4]}00"
    above = {
        RegionLevel.PROVINCE: {""},
        RegionLevel.CITY: {province},
        RegionLevel.COUNTY: {city, province},
    }[level]
    if content.parent not in above:
        found.append(Violation("identity.region_parent_unfit", "parent"))
    elif content.parent and not parent_known:
        found.append(Violation("identity.region_parent_unknown", "parent"))
    return tuple(found)
