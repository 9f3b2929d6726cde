"""What a heading that no column claims may stand for: by its words, or by what stands below it."""

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher

from supervision_core.kernel.cells import LASTING, Cell, clean_code, clean_text
from supervision_core.kernel.codes.credit_code import check_credit_code
from supervision_core.kernel.codes.data import guangxi_regions
from supervision_core.kernel.codes.identity_card import check_identity_card
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.tables import Column, HeaderMatch, TableFormat, heading_key

SAMPLE = 50
"""How many values of a column are looked at."""

_HARMLESS = frozenset({"序号", "备注", "说明", "行号", "NO", "NO.", "工作表"})
_NEAR = 0.6
_FULL = 0.8
_MOBILE = re.compile(r"1[3-9]\d{9}")
_FIRM = re.compile(r".*(公司|经营部|商店|超市|饭店|药店|厂|合作社|农场|中心|商行|店)([（(].*)?")


def _is_identity_card(text: str) -> bool:
    return not check_identity_card(clean_code(text).upper(), on=LASTING)


def _is_mobile(text: str) -> bool:
    return _MOBILE.fullmatch(clean_code(text)) is not None


_SIGNS: Mapping[str, Callable[[str], bool]] = {
    "credit_code": lambda text: not check_credit_code(clean_code(text).upper()),
    "identity_card": _is_identity_card,
    "contact_identity_card": _is_identity_card,
    "contact_phone": _is_mobile,
    "phone": _is_mobile,
    "region": lambda text: guangxi_regions().resolve(clean_text(text)) is not None,
    "name": lambda text: _FIRM.fullmatch(clean_text(text)) is not None,
}
"""By the name of a column, how its values are known; values never assign a column by themselves."""


def is_harmless(heading: str) -> bool:
    """Tell whether a heading holds a running number or remarks, which no table wants."""
    return heading_key(heading) in _HARMLESS


def unknown_heading(
    format: TableFormat, match: HeaderMatch, heading: str, values: Iterable[Cell]
) -> Violation:
    """Say that a heading is not understood, and which free column it may be.

    ``values`` are those below it: where nearly all are what a column holds, that is said, else the
    column with the nearest heading.
    """
    free = [column for column in format.columns if column.name not in match.columns]
    texts = [str(value).strip() for value in values if value not in (None, "")]
    if valued := _by_values(free, texts):
        data = {"heading": heading, "title": valued.title}
        return Violation("kernel.table_heading_valued", data=data)
    if near := _by_words(free, heading):
        data = {"heading": heading, "title": near.title}
        return Violation("kernel.table_heading_near", data=data)
    return Violation("kernel.table_heading_unknown", data={"heading": heading})


def _by_values(free: Iterable[Column], texts: list[str]) -> Column | None:
    for column in free:
        sign = _SIGNS.get(column.name)
        if sign and texts and sum(map(sign, texts)) >= _FULL * len(texts):
            return column
    return None


def _by_words(free: Iterable[Column], heading: str) -> Column | None:
    key = heading_key(heading)
    best, nearest = _NEAR, None
    for column in free:
        for name in (column.title, *column.aliases):
            likeness = SequenceMatcher(None, key, heading_key(name)).ratio()
            if likeness > best:
                best, nearest = likeness, column
    return nearest
