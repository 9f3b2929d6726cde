"""Personal data, marked where it is declared."""

from typing import Any, Final

from attrs import field, fields

_KEY: Final = "personal"


def personal(*, default: Any = "", key: bool = False) -> Any:
    """Make an attrs field of personal data: no ``repr`` shows it, and a store encrypts it.

    ``key`` says that people are looked up by it: a store keeps a blind index beside it.
    """
    return field(default=default, repr=False, metadata={_KEY: "key" if key else "value"})


def personal_fields(cls: type) -> dict[str, bool]:
    """Give the personal fields of an attrs class, each with whether it is looked up by."""
    marked: Any = cls
    return {one.name: one.metadata[_KEY] == "key" for one in fields(marked) if _KEY in one.metadata}
