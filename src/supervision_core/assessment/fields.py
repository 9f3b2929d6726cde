"""Reads plain mappings field by field, gathering every fault with its path."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from attrs import frozen

from supervision_core.assessment.model.decimals import decimal_number, decimal_text
from supervision_core.assessment.model.syntax import (
    Criterion,
    ExpressionNotUnderstood,
    Formula,
    parse_criterion,
    parse_formula,
)
from supervision_core.assessment.ranges import Range, RangeFault, read_range
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Violation

_ABSENT = object()
Option = TypeVar("Option")


@frozen
class Axis:
    """What ranges are over: the decimals of a number, the units that may follow, and whether rates.

    A rate is written as a percentage, or as a decimal up to 1; ``places`` are those of the decimal.
    """

    places: int
    units: tuple[str, ...] = ()
    is_rate: bool = False

    def read(self, text: str) -> int:
        """Read a number of a range as an integer of the scale. Raises ``RangeFault``."""
        is_percentage = text.endswith("%")
        if is_percentage and not self.is_rate:
            raise RangeFault("range_not_understood", text=text)
        places = self.places - 2 if is_percentage else self.places
        number = decimal_number(text.removesuffix("%"), places)
        if number is None:
            raise RangeFault("range_too_precise", text=text, places=places)
        if self.is_rate and not is_percentage and abs(number) > 10**places:
            raise RangeFault("range_without_percent", text=text)
        return number


class Fields:
    """One mapping of a document.

    Each reading method gives a stand-in and notes a violation where the field is wrong, so that
    one pass finds every fault; nothing read may be used while ``problems`` is not empty.
    """

    def __init__(self, content: object, at: str, problems: list[Violation]) -> None:
        """Read ``content``, which stands at the path ``at``."""
        self.at = at
        self.problems = problems
        self._asked: set[str] = set()
        self._content: Mapping[object, object] = {}
        if isinstance(content, Mapping):
            self._content = content
        else:
            self.refuse("field_not_mapping", "")

    def refuse(self, code: str, key: str, **data: str | int) -> None:
        """Note a violation of the field ``key``."""
        self.problems.append(Violation(f"assessment.{code}", self.path(key), data))

    def path(self, key: str) -> str:
        """Give the path of a field."""
        return f"{self.at}.{key}" if self.at and key else self.at or key

    def has(self, key: str) -> bool:
        """Tell whether the field is given."""
        return self._content.get(key) is not None

    def _take(self, key: str, default: object) -> object:
        self._asked.add(key)
        value = self._content.get(key)
        if value is None:
            if default is _ABSENT:
                self.refuse("field_missing", key, field=key)
            return default
        return value

    def text(self, key: str, default: object = _ABSENT) -> str:
        """Read a text."""
        value = self._take(key, default)
        if isinstance(value, str):
            return value
        if value is not _ABSENT:
            self.refuse("field_not_text", key, field=key)
        return ""

    def flag(self, key: str, *, default: bool) -> bool:
        """Read true or false."""
        value = self._take(key, default)
        if isinstance(value, bool):
            return value
        self.refuse("field_not_flag", key, field=key)
        return default

    def integer(self, key: str, default: object = _ABSENT) -> int:
        """Read an integer."""
        value = self._take(key, default)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if value is not _ABSENT:
            self.refuse("field_not_integer", key, field=key)
        return 0

    def decimal(self, key: str, places: int, default: object = _ABSENT) -> int:
        """Read a decimal exactly, as an integer of ``places`` decimal places."""
        return self.exact(key, self._take(key, default), places)

    def bound(self, key: str, places: int) -> int | None:
        """Read one end of a band; none where it is open."""
        value = self._take(key, None)
        return None if value is None else self.exact(key, value, places)

    def range(self, axis: Axis) -> Range:
        """Read the range of a band: ``range`` as people write it, or ``from`` and ``below``."""
        self._asked.add("range")
        if not self.has("range"):
            ends = (self.bound("from", axis.places), self.bound("below", axis.places))
            lower, upper = (None if end is None else 2 * end for end in ends)
            return Range(lower, upper)
        value = self._take("range", None)
        if self.has("from") or self.has("below"):
            self.refuse("range_twice", "range")
        elif isinstance(value, bool) or not isinstance(value, str | int):
            self.refuse("field_not_text", "range", field="range")
        else:
            try:
                return read_range(str(value), axis.read, axis.units)
            except RangeFault as fault:
                self.refuse(fault.code, "range", **fault.data)
        self._asked |= {"from", "below"}
        return Range(None, None)

    def exact(self, key: str, value: object, places: int) -> int:
        """Turn a number, or its text, into an integer of ``places`` decimal places."""
        if value is _ABSENT:
            return 0
        if isinstance(value, int | float | str) and not isinstance(value, bool):
            # the repr of a float is the shortest decimal that reads back: what the author wrote
            number = decimal_number(value if isinstance(value, str) else repr(value), places)
            if number is not None:
                return number
        self.refuse("field_not_decimal", key, field=key, places=places)
        return 0

    def one_of(self, key: str, options: Mapping[str, Option]) -> Option | None:
        """Read one of the listed words."""
        word = self._take(key, _ABSENT)
        if isinstance(word, str) and word in options:
            return options[word]
        if word is not _ABSENT:
            self.refuse("field_not_one_of", key, field=key, options=", ".join(options))
        return None

    def part(self, key: str) -> "Fields":
        """Read a mapping."""
        value = self._take(key, _ABSENT)
        return Fields({} if value is _ABSENT else value, self.path(key), self.problems)

    def raw(self, key: str) -> object:
        """Take a field as it stands; nothing where it is absent."""
        return self._take(key, None)

    def parts(self, key: str, default: object = _ABSENT) -> list["Fields"]:
        """Read a list of mappings."""
        value = self._take(key, default)
        if isinstance(value, Sequence) and not isinstance(value, str):
            where = self.path(key)
            return [Fields(v, f"{where}[{n}]", self.problems) for n, v in enumerate(value)]
        if value is not _ABSENT:
            self.refuse("field_not_list", key, field=key)
        return []

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts."""
        value = self._take(key, _ABSENT)
        if isinstance(value, Sequence) and not isinstance(value, str):
            if all(isinstance(item, str) for item in value):
                return tuple(value)
        elif value is _ABSENT:
            return ()
        self.refuse("field_not_texts", key, field=key)
        return ()

    def integers(self, key: str) -> tuple[int, ...]:
        """Read a list of integers."""
        value = self._take(key, _ABSENT)
        if isinstance(value, Sequence) and all(type(item) is int for item in value):
            return tuple(value)
        if value is not _ABSENT:
            self.refuse("field_not_integers", key, field=key)
        return ()

    def entries(self, key: str, places: int) -> dict[str, int]:
        """Read a mapping of codes to decimals; a code that is not a text is refused."""
        value = self._take(key, _ABSENT)
        if not isinstance(value, Mapping):
            if value is not _ABSENT:
                self.refuse("field_not_mapping", key)
            return {}
        found: dict[str, int] = {}
        for code, points in value.items():
            where = f"{key}.{code}"
            if isinstance(code, str):
                found[code] = self.exact(where, points, places)
            else:
                self.refuse("code_not_text", where, value=str(code))
        return found

    def formula(self, key: str, default: str | None = None) -> Formula | None:
        """Read a formula."""
        text = self.text(key) if default is None else self.text(key, default)
        try:
            return parse_formula(text)
        except ExpressionNotUnderstood as error:
            self._note(key, error)
            return None

    def criterion(self, key: str) -> Criterion | None:
        """Read a condition."""
        text = self.text(key)
        try:
            return parse_criterion(text)
        except ExpressionNotUnderstood as error:
            self._note(key, error)
            return None

    def _note(self, key: str, error: ExpressionNotUnderstood) -> None:
        for reason in error.violations:
            self.problems.append(Violation(reason.code, self.path(key), reason.data))

    def close(self) -> None:
        """Refuse every field that nobody asked for: a misspelt one must not pass in silence."""
        for key in self._content:
            if key not in self._asked:
                self.refuse("field_unknown", str(key), field=str(key))


def read_ranges(parts: Sequence[Fields], axis: Axis) -> list[Range]:
    """Read the ranges of bands that stand together.

    Refuses two that share a number at their ends: whoever wrote 0~30 and 30~60 has not said in
    which of them 30 lies.
    """
    found = [part.range(axis) for part in parts]
    for at, later in enumerate(found):
        for before, earlier in enumerate(found):
            shared = _shared(earlier, later)
            if before != at and shared is not None and parts[at].has("range"):
                number = decimal_text(shared, axis.places)
                if axis.is_rate:
                    number = f"{decimal_text(shared, axis.places - 2)}%"
                parts[at].refuse("range_shared", "range", number=number)
    return found


def _shared(lower: Range, upper: Range) -> int | None:
    """Give the number that is both the last of one range and the first of the other."""
    if lower.upper is None or upper.lower is None or lower.upper != upper.lower + 1:
        return None
    return upper.lower // 2 if upper.lower % 2 == 0 else None


def written(number: int, places: int) -> Json:
    """Write an integer of ``places`` decimal places as a plain integer or a decimal text."""
    text = decimal_text(number, places)
    return text if "." in text else int(text)
