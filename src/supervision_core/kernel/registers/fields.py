"""Fields: what one value of a form, a row or a command is called, holds and must be."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import partial
from typing import Any, Final

import attrs
from attrs import field, frozen

from supervision_core.kernel.errors import Scalar, Violation
from supervision_core.kernel.fields import FIELD, FieldWords, said
from supervision_core.kernel.masking import covered

Check = Callable[[Any], tuple[Violation, ...]]
Number = Callable[[str, int], str]
Mask = Callable[[str], str]

REGION: Final = "region"
"""The kind of an administrative region; named by its code (GB/T 2260), not by an id."""
DEPARTMENT: Final = "department"
INDUSTRY: Final = "industry"
"""The kind of an industry; named by its code (GB/T 4754-2017), shipped and changed by nobody."""
SELF: Final = ""
"""As the target of a link: another entry of the register that the field belongs to."""


class FieldType(Enum):
    """What a field holds, and so how it is entered, shown and stored."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    TEXTS = "texts"
    CHOICE = "choice"
    CHOICES = "choices"
    INTEGER = "integer"
    RATIO = "ratio"
    DAY = "day"
    MOMENT = "moment"
    FLAG = "flag"
    LINK = "link"
    LINKS = "links"
    ROWS = "rows"
    EXTRAS = "extras"
    VALUE = "value"
    VALUES = "values"
    FILE = "file"
    FILES = "files"


class Search(Enum):
    """How a list may be searched by a field."""

    NONE = "none"
    FUZZY = "fuzzy"
    EXACT = "exact"
    RANGE = "range"


@frozen(kw_only=True)
class Extras:
    """扩展信息 (Extras): what a thing says in elements, by their keys; days as ``2026-01-31``.

    ``number`` is that of the set of elements that it was held against.
    """

    number: int = field(default=0, metadata=said("要素集的编号", example=3))
    values: Mapping[str, Scalar] = field(
        factory=dict, hash=False, metadata=said("各要素的值，按要素编码")
    )

    def over(self, other: "Extras") -> "Extras":
        """Give what this says, and in other elements what ``other`` says."""
        return attrs.evolve(self, values={**other.values, **self.values}) if self.values else other


PYTHON_TYPES: Final[Mapping[FieldType, type]] = {
    FieldType.TEXT: str,
    FieldType.LONG_TEXT: str,
    FieldType.TEXTS: tuple,
    FieldType.CHOICE: str,
    FieldType.CHOICES: tuple,
    FieldType.INTEGER: int,
    FieldType.RATIO: str,
    FieldType.DAY: date,
    FieldType.MOMENT: datetime,
    FieldType.FLAG: bool,
    FieldType.LINK: str,
    FieldType.LINKS: tuple,
    FieldType.ROWS: tuple,
    FieldType.EXTRAS: Extras,
    FieldType.VALUE: object,
    FieldType.VALUES: tuple,
    FieldType.FILE: str,
    FieldType.FILES: tuple,
}
"""The type that the class of a register must give a field, ``None`` beside it where it is empty."""


@frozen(kw_only=True)
class Field(FieldWords):
    """One field.

    ``codes`` are the values allowed with their Chinese titles, empty where any will do; ``to`` is
    the kind of what a link refers to; ``parent`` marks the link to the entry above in a tree.
    ``max_length`` counts characters, of each text where there are several; ``unique`` values are
    shared by no two living entries; ``check`` gives what else is against a value that is there.
    ``listed`` fields are columns of the list. ``of`` is the class of the parts that ``rows`` hold,
    its fields made by makers too; or that of a ``value``, which people write as one line.
    ``number`` makes the value of a new entry of the
    code of its region and of how many entries there ever were; nobody changes it afterwards.
    ``mask`` marks what is sealed where it is stored: whoever may not change the entry is shown what
    it leaves. A ``later`` field is filled in by changing, not by adding.
    ``panel`` are the titles of both sides of the transfer panel by which links are made too.
    """

    name: str = ""
    type: FieldType
    required: bool = False
    unique: bool = False
    search: Search = Search.NONE
    max_length: int | None = None
    of: Any = None
    parent: bool = False
    offers: str = ""
    listed: bool = True
    panel: tuple[str, str] | None = None
    check: Check | None = field(default=None, eq=False, repr=False)
    number: Number | None = field(default=None, eq=False, repr=False)
    mask: Mask | None = field(default=None, eq=False, repr=False)
    later: bool = False

    @property
    def many(self) -> bool:
        """Whether it holds several values."""
        return PYTHON_TYPES[self.type] is tuple


def _made(described: Field, default: Any) -> Any:
    return field(default=default, metadata={FIELD: described})


def _default(*, required: bool, empty: Any, given: Any) -> Any:
    if given is not attrs.NOTHING:
        return given
    return attrs.NOTHING if required else empty


def text(  # noqa: PLR0913 - one argument for each thing that a field may say of itself
    title: str,
    *,
    required: bool = False,
    unique: bool = False,
    search: Search = Search.NONE,
    max_length: int = 100,
    check: Check | None = None,
    example: str = "",
    hint: str = "",
    listed: bool = True,
    later: bool = False,
    default: Any = attrs.NOTHING,
) -> Any:
    """Make a field of one line of text."""
    made = Field(
        title=title, type=FieldType.TEXT, required=required, unique=unique, search=search,
        max_length=max_length, check=check, example=example, hint=hint, listed=listed, later=later,
    )  # fmt: skip
    return _made(made, _default(required=required, empty="", given=default))


def personal(  # noqa: PLR0913 - as above
    title: str,
    *,
    mask: Mask = covered,
    required: bool = False,
    max_length: int = 60,
    check: Check | None = None,
    hint: str = "",
    listed: bool = True,
) -> Any:
    """Make a field of one line of text that is sealed where it is stored, and no list finds."""
    made = Field(
        title=title, type=FieldType.TEXT, required=required, max_length=max_length, check=check,
        hint=hint, listed=listed, mask=mask,
    )  # fmt: skip
    return _made(made, _default(required=required, empty="", given=attrs.NOTHING))


def generated(title: str, number: Number, *, search: Search = Search.EXACT) -> Any:
    """Make a field whose value nobody types: given once, unique, never given again."""
    made = Field(
        title=title, type=FieldType.TEXT, unique=True, search=search, max_length=60, number=number,
        hint="由系统生成",
    )  # fmt: skip
    return _made(made, "")


def long_text(  # noqa: PLR0913 - as above
    title: str,
    *,
    required: bool = False,
    max_length: int = 2_000,
    hint: str = "",
    later: bool = False,
    listed: bool = False,
) -> Any:
    """Make a field of several lines of text; where it is ``listed``, a list shows its beginning."""
    made = Field(
        title=title, type=FieldType.LONG_TEXT, required=required, max_length=max_length,
        hint=hint, listed=listed, later=later,
    )  # fmt: skip
    return _made(made, _default(required=required, empty="", given=attrs.NOTHING))


def texts(
    title: str,
    *,
    required: bool = False,
    search: Search = Search.NONE,
    max_length: int = 100,
    hint: str = "",
) -> Any:
    """Make a field of any number of texts, one a line."""
    made = Field(
        title=title, type=FieldType.TEXTS, required=required, search=search,
        max_length=max_length, hint=hint,
    )  # fmt: skip
    return _made(made, _default(required=required, empty=(), given=attrs.NOTHING))


def choice(  # noqa: PLR0913 - as above
    title: str,
    codes: Mapping[str, str],
    *,
    required: bool = False,
    search: Search = Search.EXACT,
    listed: bool = True,
    default: Any = attrs.NOTHING,
) -> Any:
    """Make a field of one of ``codes``: values with their titles."""
    made = Field(
        title=title, type=FieldType.CHOICE, required=required, search=search, codes=codes,
        listed=listed,
    )  # fmt: skip
    return _made(made, _default(required=required, empty="", given=default))


def choices(
    title: str, codes: Mapping[str, str], *, required: bool = False, listed: bool = True
) -> Any:
    """Make a field of any number of ``codes``."""
    made = Field(
        title=title, type=FieldType.CHOICES, required=required, codes=codes, listed=listed,
        search=Search.EXACT,
    )  # fmt: skip
    return _made(made, _default(required=required, empty=(), given=attrs.NOTHING))


def integer(  # noqa: PLR0913 - as above
    title: str,
    *,
    required: bool = False,
    search: Search = Search.NONE,
    least: int | None = None,
    most: int | None = None,
    hint: str = "",
    listed: bool = True,
    later: bool = False,
) -> Any:
    """Make a field of a whole number, ``least`` at least and ``most`` at most."""
    made = Field(
        title=title, type=FieldType.INTEGER, required=required, search=search,
        check=partial(_out_of_range, least, most), example="" if least is None else least,
        hint=hint, listed=listed, later=later,
    )  # fmt: skip
    return _made(made, _default(required=required, empty=None, given=attrs.NOTHING))


def _out_of_range(least: int | None, most: int | None, value: int) -> tuple[Violation, ...]:
    if least is not None and value < least:
        return (Violation("kernel.register_least", data={"least": least}),)
    if most is not None and value > most:
        return (Violation("kernel.register_greatest", data={"most": most}),)
    return ()


def counted(title: str) -> Any:
    """Make the field of a row that says how many things refer to it (``listing.Counted``)."""
    return _made(Field(title=title, type=FieldType.INTEGER), 0)


def ratio(title: str, *, required: bool = False) -> Any:
    """Make a field of a decimal number between 0 and 1, kept as the text that was written."""
    made = Field(
        title=title, type=FieldType.RATIO, required=required, max_length=12, check=_is_ratio,
        hint="0至1之间的小数", example="0.15",
    )  # fmt: skip
    return _made(made, _default(required=required, empty="", given=attrs.NOTHING))


def _is_ratio(text: str) -> tuple[Violation, ...]:
    try:
        value = Decimal(text) if text.isascii() else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    return () if value.is_finite() and 0 <= value <= 1 else (Violation("kernel.register_ratio"),)


def day(
    title: str, *, required: bool = False, search: Search = Search.NONE, listed: bool = True
) -> Any:
    """Make a field of a day."""
    made = Field(title=title, type=FieldType.DAY, required=required, search=search, listed=listed)
    return _made(made, _default(required=required, empty=None, given=attrs.NOTHING))


def moment(title: str, *, required: bool = False, search: Search = Search.NONE) -> Any:
    """Make a field of a moment, aware, in UTC."""
    made = Field(title=title, type=FieldType.MOMENT, required=required, search=search)
    return _made(made, _default(required=required, empty=None, given=attrs.NOTHING))


def flag(title: str, *, search: Search = Search.NONE, default: bool = False) -> Any:
    """Make a field of yes or no."""
    return _made(Field(title=title, type=FieldType.FLAG, search=search), default)


def link(  # noqa: PLR0913 - as above
    title: str,
    to: str,
    *,
    required: bool = False,
    search: Search = Search.EXACT,
    hint: str = "",
    listed: bool = True,
) -> Any:
    """Make a field that refers to one thing of the kind ``to`` (``SELF``: of this register)."""
    made = Field(
        title=title, type=FieldType.LINK, required=required, search=search, to=to, hint=hint,
        listed=listed,
    )  # fmt: skip
    return _made(made, _default(required=required, empty="", given=attrs.NOTHING))


def links(  # noqa: PLR0913 - as above
    title: str,
    to: str,
    *,
    required: bool = False,
    listed: bool = True,
    panel: tuple[str, str] | None = None,
    default: Any = attrs.NOTHING,
) -> Any:
    """Make a field that refers to any number of things of the kind ``to``."""
    made = Field(
        title=title, type=FieldType.LINKS, required=required, to=to, search=Search.EXACT,
        listed=listed, panel=panel,
    )  # fmt: skip
    return _made(made, _default(required=required, empty=(), given=default))


def rows(title: str, of: type) -> Any:
    """Make a field of any number of parts of the class ``of``: shown in views, entered nowhere."""
    return _made(Field(title=title, type=FieldType.ROWS, of=of, listed=False), ())


def extras(title: str = "扩展信息") -> Any:
    """Make the field of a row or view that holds what is said in elements."""
    return _made(Field(title=title, type=FieldType.EXTRAS, listed=False), Extras())


def value(title: str, of: Any, *, offers: str = "", hint: str = "", listed: bool = False) -> Any:
    """Make a field of one value, or none, that people write as one line.

    The class ``of`` says what it is: ``str`` gives the line, its ``parse`` reads one (raising
    ``ValueError``). ``offers`` is the kind of things whose names are such lines.
    """
    made = Field(title=title, type=FieldType.VALUE, of=of, offers=offers, hint=hint, listed=listed)
    return _made(made, None)


def values(title: str, of: Any, *, offers: str = "", hint: str = "", listed: bool = False) -> Any:
    """Make a field of any number of such values, a line each."""
    made = Field(title=title, type=FieldType.VALUES, of=of, offers=offers, hint=hint, listed=listed)
    return _made(made, ())


def file(title: str, *, required: bool = False, hint: str = "") -> Any:
    """Make a field of a command that takes a file: the id under which it was sent (``files``)."""
    made = Field(title=title, type=FieldType.FILE, required=required, hint=hint, listed=False)
    return _made(made, _default(required=required, empty="", given=attrs.NOTHING))


def files(title: str, *, required: bool = False, hint: str = "") -> Any:
    """Make a field that takes any number of files, each by the id under which it was sent."""
    made = Field(title=title, type=FieldType.FILES, required=required, hint=hint, listed=False)
    return _made(made, _default(required=required, empty=(), given=attrs.NOTHING))


def tree_parent(title: str, *, listed: bool = True) -> Any:
    """Make the field that refers to the entry above in a tree; empty at the top."""
    made = Field(
        title=title, type=FieldType.LINK, to=SELF, parent=True, search=Search.EXACT, listed=listed
    )
    return _made(made, "")


def region(title: str, *, required: bool = False) -> Any:
    """Make a field that names an administrative region by its code (GB/T 2260)."""
    return link(title, REGION, required=required)


def department(title: str, *, required: bool = False) -> Any:
    """Make a field that refers to a department."""
    return link(title, DEPARTMENT, required=required)


def departments(
    title: str,
    *,
    required: bool = False,
    panel: tuple[str, str] | None = None,
    default: Any = attrs.NOTHING,
) -> Any:
    """Make a field that refers to any number of departments."""
    return links(title, DEPARTMENT, required=required, panel=panel, default=default)
