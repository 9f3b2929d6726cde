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
    the same command. No caller gives a field that is ``internal``: the use case fills it in. One
    filled in ``by_system`` belongs to what is stored: no command holds it at any depth, so that a
    client cannot choose it.
    A command may name what is not there in one that is not ``looked_up``: it is only asked by, or
    the use case itself demands more. What is filled in ``elsewhere``, on a page of its own, no form
    of a command asks for. What is chosen ``among`` parts of another thing says which:
    ``plan.sub_plans.id`` are the ids of the sub-plans of what stands in the field ``plan`` beside,
    ``own.people.id`` those of the people of one's own institution.
    ``places`` are the decimals with which people write a whole number: points are counted in
    hundredths. What takes more than a line to say is ``long``.
    """

    title: str
    example: Any = ""
    hint: str = ""
    codes: Mapping[str, str] = field(default=NO_CODES, hash=False)
    to: str | None = None
    internal: bool = False
    by_system: bool = False
    looked_up: bool = True
    elsewhere: bool = False
    places: int = 0
    among: str = ""
    long: bool = False


def said(  # noqa: PLR0913 - one argument for each thing that a field may say of itself
    title: str,
    *,
    example: Any = "",
    hint: str = "",
    codes: Mapping[str, str] = NO_CODES,
    to: str | None = None,
    internal: bool = False,
    by_system: bool = False,
    looked_up: bool = True,
    elsewhere: bool = False,
    places: int = 0,
    among: str = "",
    long: bool = False,
) -> dict[str, FieldWords]:
    """Give the metadata of an attribute that says its own words.

    Used as ``name: str = field(metadata=said("任务名称"))``: the attribute keeps default, converter
    and validator as they are, and the type checker goes on seeing them.
    """
    made = FieldWords(
        title=title, example=example, hint=hint, codes=codes, to=to, internal=internal,
        by_system=by_system, looked_up=looked_up, elsewhere=elsewhere, places=places, among=among,
        long=long,
    )  # fmt: skip
    return {FIELD: made}
