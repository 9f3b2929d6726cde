"""Personal data, marked where it is declared."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from attrs import field, fields

from supervision_core.kernel.fields import FieldWords

_KEY: Final = "personal"


class Purpose(StrEnum):
    """使用目的 (Purpose): what somebody's personal data is looked at or given out for.

    One of a few, so that the log names the purpose and nobody's data. Source: proposal 6038-6040,
    GB/T 22239-2019 8.1.4.11.
    """

    CONTACT = "contact"
    IDENTIFY = "identify"
    CORRECT = "correct"
    COMPLAINT = "complaint"
    INSPECTION = "inspection"


def personal(words: Mapping[str, FieldWords], *, default: Any = "", key: bool = False) -> Any:
    """Make an attrs field of personal data: no ``repr`` shows it, and a store encrypts it.

    ``words`` are what it says of itself (``said``); ``key`` says that people are looked up by it:
    a store keeps a blind index beside it.
    """
    return field(default=default, repr=False, metadata={_KEY: "key" if key else "value", **words})


def personal_fields(cls: type) -> dict[str, bool]:
    """Give the personal fields of an attrs class, each with whether it is looked up by."""
    marked: Any = cls
    return {one.name: one.metadata[_KEY] == "key" for one in fields(marked) if _KEY in one.metadata}
