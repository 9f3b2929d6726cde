"""Administrative regions (GB/T 2260): tree, history, and what people call them."""

import re
from collections.abc import Iterable
from enum import Enum

from attrs import frozen

from supervision_core.kernel.codes.hierarchy import Coded, Hierarchy
from supervision_core.kernel.codes.signs import are_digits, normalise
from supervision_core.kernel.errors import Violation

_CODE_LENGTH = 6
_SHORTEST_ALIAS = 2
# "自治县" and the peoples it is named for; the order matters: the longest suffix goes first.
_PEOPLES = re.compile("(?:各|壮|瑶|苗|侗|仫佬|毛南|回|京|彝|水|仡佬)族")
_KINDS = ("自治区", "自治县", "林区", "特区", "省", "市", "区", "县")
_SEPARATORS = re.compile(r"[/\\>\-—·,，、|]+")


class RegionLevel(Enum):
    """所属层级 (region level): how far below the nation a region stands."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


@frozen
class Region(Coded):
    """行政区划 (region): an administrative division by its six digits of GB/T 2260.

    ``parent`` is the code above it, empty at the top; ``kind`` the Chinese word for what it is
    (市辖区, 县级市, 县, 自治县), empty where its level says enough.
    """

    level: RegionLevel
    kind: str = ""


@frozen
class Succession:
    """区划变更 (succession): one region went on under another code, and often another name."""

    old_code: str
    old_name: str
    new_code: str
    since: str


def short_name(name: str) -> str:
    """Give the name as people say it: 南宁市 is 南宁, 融水苗族自治县 is 融水, 容县 stays 容县."""
    for kind in _KINDS:
        if name.endswith(kind):
            stem = _PEOPLES.sub("", name.removesuffix(kind))
            return stem if len(stem) >= _SHORTEST_ALIAS else name
    return name


class RegionTree(Hierarchy[Region]):
    """Regions with their history, resolved by code, full name, short name or path of names."""

    def __init__(self, regions: Iterable[Region], successions: Iterable[Succession] = ()) -> None:
        """Hold the regions of today and what became of former ones."""
        super().__init__(regions)
        self._successors: dict[str, str] = {}
        self._names: dict[str, dict[str, None]] = {}  # a dict as an ordered set
        for region in self:
            self._name(region.name, region.code)
        for change in successions:
            if change.new_code not in self:
                raise ValueError(change.new_code)
            self._successors[change.old_code] = change.new_code
            self._name(change.old_name, change.new_code)

    def _name(self, name: str, code: str) -> None:
        for alias in (name, short_name(name)):
            self._names.setdefault(alias, {})[code] = None

    def current_code(self, code: str) -> str:
        """Give today's code of a region that changed it; any other code as it is."""
        return self._successors.get(code, code)

    def find(self, text: str, *, within: str = "") -> tuple[Region, ...]:
        """Give the regions that ``text`` may mean: none, one, or several to choose from.

        ``text`` is a code (6 digits, or 9 or 12 whose first six count; withdrawn ones lead to
        their successor), a full, short or former name, or a path of names from the top
        ("广西南宁市青秀区", "南宁/青秀"). ``within`` narrows to what lies in that region.
        """
        written = _SEPARATORS.sub("", normalise(text))
        if written and are_digits(written):
            codes = self._by_code(written)
        else:
            codes = self._by_path(written, within)
        inside = [code for code in codes if not within or self.contains(within, code)]
        return tuple(self[code] for code in inside)

    def resolve(self, text: str, *, within: str = "") -> Region | None:
        """Give the one region that ``text`` means, ``None`` where none or several may be meant."""
        found = self.find(text, within=within)
        return found[0] if len(found) == 1 else None

    def check(self, text: str, *, within: str = "") -> tuple[Violation, ...]:
        """Say why ``text`` names no single region: ``kernel.region_unknown``, ``…_ambiguous``."""
        match self.find(text, within=within):
            case (_,):
                return ()
            case ():
                return (Violation("kernel.region_unknown"),)
            case several:
                names = "、".join(f"{region.name}({region.code})" for region in several)
                return (Violation("kernel.region_ambiguous", data={"candidates": names}),)

    def _by_code(self, digits: str) -> tuple[str, ...]:
        if len(digits) not in {_CODE_LENGTH, 9, 12}:
            return ()
        code = self.current_code(digits[:_CODE_LENGTH])
        return (code,) if code in self else ()

    def _by_path(self, names: str, above: str) -> tuple[str, ...]:
        if whole := self._names.get(names):
            return tuple(whole)
        found: dict[str, None] = {}
        for cut in range(len(names) - 1, _SHORTEST_ALIAS - 1, -1):
            for head in self._names.get(names[:cut], ()):
                if above and not (self.contains(above, head) or self.contains(head, above)):
                    continue
                for code in self._by_path(names[cut:], head):
                    if code != head and self.contains(head, code):
                        found[code] = None
            if found:
                break
        return tuple(found)
