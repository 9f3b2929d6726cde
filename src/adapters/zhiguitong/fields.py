"""Reading what a partner tells: names in any case, values of the expected type, or nothing."""

import json
from collections.abc import Mapping
from typing import Any, Final

from adapters.zhiguitong.calling import unavailable

LONGEST: Final = 200
_TRUTHS: Final[Mapping[str, bool]] = {"1": True, "true": True, "0": False, "false": False}


def told_of(data: object) -> dict[str, Any]:
    """Give the fields of an object, or of its JSON text, by their names in small letters.

    Raises ``PartnerUnavailable``.
    """
    if isinstance(data, str):
        try:
            data = json.loads(data)
        except (ValueError, RecursionError):
            data = None
    if not isinstance(data, dict):
        raise unavailable("zhiguitong.answer_unfit")
    return {str(name).lower(): value for name, value in data.items()}


def text_of(told: Mapping[str, Any], name: str, longest: int = LONGEST) -> str:
    """Give a text or number as text, empty where there is none. Raises ``PartnerUnavailable``."""
    value = told.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int) or len(str(value)) > longest:
        raise unavailable("zhiguitong.answer_unfit")
    return str(value).strip()


def number_of(told: Mapping[str, Any], name: str, default: int) -> int:
    """Give a whole number, ``default`` where there is none. Raises ``PartnerUnavailable``."""
    text = text_of(told, name)
    if not text:
        return default
    if not (text.isascii() and text.isdigit()):
        raise unavailable("zhiguitong.answer_unfit")
    return int(text)


def truth_of(told: Mapping[str, Any], name: str, *, default: bool) -> bool:
    """Give a yes or no, ``default`` where there is none. Raises ``PartnerUnavailable``."""
    value = told.get(name)
    if value is None:
        return default
    found = _TRUTHS.get(str(value).lower())
    if found is None:
        raise unavailable("zhiguitong.answer_unfit")
    return found
