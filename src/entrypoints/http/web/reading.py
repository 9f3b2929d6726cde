"""The fields of forms: how each is shown, and how what was filled in becomes values."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from types import MappingProxyType
from typing import Final

from attrs import evolve, field, frozen

from entrypoints.http.errors import FormInvalid
from entrypoints.http.web.pages import Form, Shown
from supervision_core.kernel.days import GUANGXI
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.registers import Content, FieldType, described

YES: Final = "yes"
NO: Final = "no"
TICKED: Final = "row-"
"""What the names of ticked rows begin with."""
_CONFIRMED: Final = "confirmed"
_NO_CHOICES: Final[Mapping[str, str]] = MappingProxyType({})
FLAGS: Final[Mapping[str, str]] = {YES: "是", NO: "否"}
_TRUTHS: Final = {YES: True, NO: False}
_NUMBER = re.compile(r"-?[0-9]{1,15}")


class Kind(Enum):
    """What a field takes."""

    TEXT = "text"
    LINES = "lines"
    LONG = "long"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    FILE = "file"
    FILES = "files"


_WANTED: Final = {
    Kind.NUMBER: "整数，只写数字，如1000",
    Kind.DAY: "日期，如2026-01-31",
    Kind.MOMENT: "日期和时间，如2026-01-31 08:00",
    Kind.FLAG: "是或否",
}
KINDS: Final[Mapping[FieldType, Kind]] = {
    FieldType.LONG_TEXT: Kind.LONG,
    **dict.fromkeys((FieldType.TEXTS, FieldType.LINKS, FieldType.VALUES), Kind.LINES),
    FieldType.CHOICE: Kind.CHOICE,
    FieldType.CHOICES: Kind.CHOICES,
    FieldType.INTEGER: Kind.NUMBER,
    FieldType.DAY: Kind.DAY,
    FieldType.MOMENT: Kind.MOMENT,
    FieldType.FLAG: Kind.FLAG,
    FieldType.FILE: Kind.FILE,
    FieldType.FILES: Kind.FILES,
}
"""How a form takes what a field holds; any other as a text."""


@frozen(kw_only=True)
class Field:
    """One field of a form.

    ``most`` counts characters; ``choices`` are values with their titles; a ``fixed`` one is shown
    and sent back as it is. ``place`` is where refusals say they are about it, by default its name;
    ``offers`` is the kind of what it refers to, to be written by name and looked up while typing.
    Others follow from what one says that ``chooses``.
    """

    name: str
    title: str
    kind: Kind = Kind.TEXT
    required: bool = False
    most: int | None = None
    choices: Mapping[str, str] = field(default=_NO_CHOICES)
    hint: str = ""
    fixed: bool = False
    place: str = ""
    offers: str = ""
    chooses: bool = False

    @property
    def at(self) -> str:
        """Where refusals say that they are about this field."""
        return self.place or self.name

    def choosing(self, choices: Mapping[str, str]) -> "Field":
        """Give it as a choice; without choices, as it is."""
        return evolve(self, kind=Kind.CHOICE, choices=choices) if choices else self


def fields_of(register: type[Content]) -> tuple[Field, ...]:
    """Give the fields for an entry of a register, as its one description says."""
    found = (
        Field(
            name=one.name,
            title=one.title,
            kind=KINDS.get(one.type, Kind.TEXT),
            required=one.required,
            most=one.max_length,
        ).choosing(one.codes)
        for one in described(register)
    )
    return tuple(found)


def read(fields: Iterable[Field], form: Form) -> dict[str, object]:
    """Give what was filled in as plain values by name. Raises ``FormInvalid`` with every fault.

    Whether a text is there, or too long, is for the use case to say.
    """
    found: dict[str, object] = {}
    faults: list[Violation] = []
    for one in fields:
        text = form.get(one.name, "").strip()
        try:
            found[one.name] = _value(one, text)
        except (ValueError, KeyError):
            faults.append(_fault(one))
    refuse_if(FormInvalid, faults)
    return found


def read_whole(fields: Sequence[Field], form: Form) -> dict[str, object]:
    """Give what was filled in, as ``read`` does, where no use case looks at what is left out.

    What is required and empty is a fault too.
    """
    found = read(fields, form)
    missing = (one for one in fields if one.required and found[one.name] in {None, ""})
    refuse_if(FormInvalid, [Violation("http.missing", one.at) for one in missing])
    return found


def _value(one: Field, text: str) -> object:
    match one.kind:
        case Kind.NUMBER if text or one.required:
            return _number(text)
        case Kind.DAY | Kind.MOMENT if text:
            return (date.fromisoformat if one.kind is Kind.DAY else _moment)(text).isoformat()
        case Kind.NUMBER | Kind.DAY | Kind.MOMENT:
            return None
        case Kind.FLAG:
            return _TRUTHS[text if text or one.required else NO]
        case Kind.LINES:
            return [line.strip() for line in text.splitlines() if line.strip()]
        case Kind.CHOICE if text and text not in one.choices:
            raise ValueError
        case _:
            return text


def _moment(text: str) -> datetime:
    """Read a moment; without an offset it is meant by the clocks of Guangxi."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=GUANGXI)


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise ValueError
    return int(text)


def _fault(one: Field) -> Violation:
    if one.kind is Kind.CHOICE:
        return Violation(
            "http.unknown_choice", one.at, {"choices": "、".join(one.choices.values())}
        )
    return Violation("http.wrong_form", one.at, {"wanted": _WANTED[one.kind]})


def filled(fields: Iterable[Field], source: object) -> dict[str, str]:
    """Give the texts with which a form shows ``source``, an attrs value, to be changed."""
    plain = to_plain(source)
    if not isinstance(plain, dict):
        raise TypeError(source)
    return {one.name: written(plain.get(one.name)) for one in fields}


def written(value: object) -> str:
    """Give the text with which a form shows a plain value."""
    match value:
        case None:
            return ""
        case bool():
            return YES if value else NO
        case list():
            return "\n".join(map(str, value))
        case _:
            return str(value)


def form_of(title: str, fields: Iterable[Field], values: Form, *, action: str, back: str) -> Shown:
    """Give the page with a form to fill in; ``values`` may hold the ``version`` it is made of."""
    return Shown(
        template="form.html",
        values={
            "title": title,
            "fields": tuple(fields),
            "values": values,
            "version": values.get("version", ""),
            "action": action,
            "back": back,
        },
    )


def deletion(  # noqa: PLR0913 - one for each part of the question
    title: str, named: str, follows: str, version: int, *, action: str, back: str
) -> Shown:
    """Give the page that asks whether what is ``named`` shall be deleted, and says what follows."""
    values = {
        "title": title, "label": "确认删除", "says": f"将删除“{named}”。{follows}",
        "kept": {}, "version": version, "action": action, "back": back,
    }  # fmt: skip
    return Shown(template="confirm.html", values=values)


def asks_to_disable(form: Form) -> bool:
    """Tell whether a form would take something out of use, and nobody has confirmed it yet."""
    return form.get("enabled") != YES and form.get(_CONFIRMED) != YES


def disabling(  # noqa: PLR0913 - one for each part of the question
    title: str,
    named: str,
    follows: str,
    form: Form,
    fields: Iterable[str],
    *,
    action: str,
    back: str,
) -> Shown:
    """Give the page that asks whether what is ``named`` shall be disabled, and says what follows.

    What ``fields`` of the form hold is sent along, on the version that the form was made of.
    """
    kept = {one: form[one] for one in fields if one in form}
    values = {
        "title": title, "label": "确认停用", "says": f"将停用“{named}”。{follows}可以重新启用。",
        "kept": {**kept, _CONFIRMED: YES}, "version": form.get("version", ""),
        "action": action, "back": back,
    }  # fmt: skip
    return Shown(template="confirm.html", values=values)
