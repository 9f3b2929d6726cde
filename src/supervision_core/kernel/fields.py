"""What a field of a command, a value or a row is called, said at its declaration."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import field, frozen

FIELD: Final = "field"
"""Under this name the metadata of an attribute holds what is said of it."""
NO_CODES: Final[Mapping[str, str]] = MappingProxyType({})


@frozen(kw_only=True)
class FieldWords:
    """Title, example and hint of a field, in Chinese.

    ``example`` is a value as JSON has it, empty for none; ``hint`` says what else is to be known;
    ``codes`` are the values allowed with their titles, empty where any will do. ``to`` is the kind
    of what the field refers to by id; ``{other}`` in it stands for the value of another field of
    the same command. No caller gives a field that is ``internal``: the use case fills it in.
    """

    title: str
    example: Any = ""
    hint: str = ""
    codes: Mapping[str, str] = field(default=NO_CODES, hash=False)
    to: str | None = None
    internal: bool = False


def said(  # noqa: PLR0913 - one argument for each thing that a field may say of itself
    title: str,
    *,
    example: Any = "",
    hint: str = "",
    codes: Mapping[str, str] = NO_CODES,
    to: str | None = None,
    internal: bool = False,
) -> dict[str, FieldWords]:
    """Give the metadata of an attribute that says its own words.

    Used as ``name: str = field(metadata=said("任务名称"))``: the attribute keeps default, converter
    and validator as they are, and the type checker goes on seeing them.
    """
    made = FieldWords(
        title=title, example=example, hint=hint, codes=codes, to=to, internal=internal
    )
    return {FIELD: made}
