"""Words and codes of subject tables: kinds, statuses, places, trades."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from attrs import define, field, frozen

from supervision_core.kernel.codes.industry import IndustryTree
from supervision_core.kernel.codes.region import Region, RegionLevel, RegionTree, short_name
from supervision_core.kernel.errors import Violation
from supervision_core.subjects.model import Identity, IdentityKind, SubjectKind, SubjectStatus

_KIND_WORDS: tuple[tuple[SubjectKind, tuple[str, ...]], ...] = (
    (SubjectKind.SOLE_TRADER, ("个体",)),
    (SubjectKind.PUBLIC_INSTITUTION, ("事业单位", "事业法人")),
    (
        SubjectKind.ASSOCIATION,
        ("团体", "民办非企业", "社会服务机构", "基金会", "社会组织", "协会", "工会"),
    ),
    (SubjectKind.AUTHORITY, ("机关", "行政单位")),
    (SubjectKind.THING, ("客体", "设备", "场所", "物品", "产品", "车辆", "项目")),
    (SubjectKind.ENTERPRISE, ("企业", "公司", "合作社", "法人", "分支机构", "合伙", "独资")),
    # Last: 个人独资企业 and 有限责任公司（自然人独资） are no people.
    (SubjectKind.PERSON, ("自然人", "公民", "个人")),
)

_STATUS_WORDS: tuple[tuple[SubjectStatus, tuple[str, ...]], ...] = (
    (SubjectStatus.REVOKED, ("未注销", "吊销未")),
    (SubjectStatus.DEREGISTERED, ("注销",)),
    (SubjectStatus.REVOKED, ("吊销",)),
    (SubjectStatus.ANNULLED, ("撤销",)),
    (SubjectStatus.MOVED_OUT, ("迁出",)),
    (SubjectStatus.SUSPENDED, ("停业", "歇业", "暂停", "关闭", "停产")),
    (
        SubjectStatus.ACTIVE,
        ("存续", "在营", "在业", "开业", "正常", "有效", "登记成立", "确立", "迁入", "营业"),
    ),
)

_TOWNSHIP = re.compile(
    r"[\s/\\\-—·,，、|]*[^\W\d_]{1,12}(镇|乡|街道|街道办|街道办事处|办事处|林场|农场|社区|村)"
)
_REGISTRATION_NUMBER = re.compile(r"\d{15}|\d{13}")


@lru_cache(maxsize=1024)
def kind_named(text: str) -> SubjectKind | None:
    """Give the kind that ``text`` (对象种类 or 企业类型) means, if any."""
    return next((kind for kind, words in _KIND_WORDS if any(w in text for w in words)), None)


@lru_cache(maxsize=1024)
def status_named(text: str) -> SubjectStatus | None:
    """Give the status that ``text`` means, if any; 吊销未注销 is revoked."""
    return next((one for one, words in _STATUS_WORDS if any(w in text for w in words)), None)


def coordinate(text: str, name: str) -> int | None:
    """Give degrees of ``longitude`` or ``latitude`` as millionths; ``None`` when they are none."""
    try:
        degrees = Decimal(text.rstrip("°EN东北经纬") or "x")
    except InvalidOperation:
        return None
    limit = 90 if name == "latitude" else 180
    return int(degrees * 1_000_000) if degrees.is_finite() and abs(degrees) <= limit else None


def identity_of(values: Mapping[str, str | int | bool | date]) -> Identity | None:
    """Give the number a row is known by: the first of credit code, registration number, others.

    A registration number in the column of the credit code, as older tables have it, is taken as
    what it is.
    """
    code = values.get("credit_code")
    if isinstance(code, str):
        if _REGISTRATION_NUMBER.fullmatch(code):
            return Identity(kind=IdentityKind.REGISTRATION_NUMBER, code=code)
        return Identity(kind=IdentityKind.CREDIT_CODE, code=code.upper())
    for kind in (
        IdentityKind.REGISTRATION_NUMBER,
        IdentityKind.IDENTITY_CARD,
        IdentityKind.OWN_NUMBER,
    ):
        if isinstance(found := values.get(kind.value), str):
            return Identity(kind=kind, code=found.upper())
    return None


@frozen(kw_only=True)
class Place:
    """What a text says about a region: its code, or why there is none.

    ``former`` is the text when it is an out-of-date code or name of the region.
    """

    code: str = ""
    name: str = ""
    former: str = ""
    violation: Violation | None = None


@define
class Places:
    """Regions as tables name them; each text is looked up once."""

    _regions: RegionTree
    _known: dict[tuple[str, str], Place] = field(factory=dict, init=False)
    _counties: tuple[Region, ...] = field(init=False)

    @_counties.default
    def _only_counties(self) -> tuple[Region, ...]:
        return tuple(one for one in self._regions if one.level is RegionLevel.COUNTY)

    def find(self, text: str, city: str) -> Place:
        """Give what ``text`` means, within ``city`` when that names a region itself."""
        if (text, city) not in self._known:
            self._known[text, city] = self._find(text, city)
        return self._known[text, city]

    def _find(self, text: str, city: str) -> Place:
        within = self._regions.resolve(city) if city else None
        inside = within.code if within else ""
        if violations := self._regions.check(text, within=inside):
            return self._above(text, city) or Place(violation=violations[0])
        (region,) = self._regions.find(text, within=inside)
        names_it = region.code in text or short_name(region.name) in text
        return Place(code=region.code, name=region.name, former="" if names_it else text)

    def _above(self, text: str, city: str) -> Place | None:
        """Give the county in front of a township or village: 横州市校椅镇, 青秀区津头街道."""
        for cut in range(len(text) - 2, 1, -1):
            if text[cut - 1] in "县区市" and _TOWNSHIP.fullmatch(text[cut:]):
                found = self.find(text[:cut], city)
                if found.code and self._regions[found.code].level is RegionLevel.COUNTY:
                    return found
        return None

    def of_credit_code(self, code: str) -> str:
        """Give today's region of the office that gave a credit code, empty outside these.

        An office without a county of its own, or of one that is gone, counts as its city's.
        """
        found = self._regions.current_code(code[2:8])
        if found in self._regions:
            return found
        city = f"{code[2:6]}00"
        return city if city in self._regions else ""

    def of_address(self, address: str) -> str:
        """Give the only county whose full name stands in an address, empty where none or more."""
        named = [region.code for region in self._counties if region.name in address]
        return named[0] if len(named) == 1 else ""


@define
class Industries:
    """Industries as tables name them (code, name, both, or a path); each text is looked up once."""

    _tree: IndustryTree
    _known: dict[str, str] = field(factory=dict, init=False)

    def find(self, text: str) -> str:
        """Give the most special GB/T 4754 code that ``text`` names, empty for none."""
        if text not in self._known:
            self._known[text] = self._find(text)
        return self._known[text]

    def _find(self, text: str) -> str:
        parts = re.split(r"[\s\-—/>()（）:：|,，]+", text)
        found = [one for part in (text, *parts) if part and (one := self._tree.resolve(part))]
        return max(found, key=lambda one: one.level).code if found else ""
