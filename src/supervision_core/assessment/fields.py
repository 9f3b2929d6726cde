"""Reads plain mappings field by field, gathering every fault with its path."""

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from supervision_core.assessment.model.syntax import (
    Criterion,
    ExpressionNotUnderstood,
    Formula,
    parse_criterion,
    parse_formula,
)
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Violation

_DECIMAL = re.compile(r"([+-]?)(\d{1,19})(?:\.(\d{1,12}))?")
_ABSENT = object()
Option = TypeVar("Option")


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

    def exact(self, key: str, value: object, places: int) -> int:
        """Turn a number, or its text, into an integer of ``places`` decimal places."""
        if value is _ABSENT:
            return 0
        if isinstance(value, int | float | str) and not isinstance(value, bool):
            # the repr of a float is the shortest decimal that reads back: what the author wrote
            found = _DECIMAL.fullmatch(value if isinstance(value, str) else repr(value))
            decimals = (found[3] or "").rstrip("0") if found else ""
            if found and len(decimals) <= places:
                number = int(found[2] + decimals.ljust(places, "0"))
                return -number if found[1] == "-" else number
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


def written(number: int, places: int) -> Json:
    """Write an integer of ``places`` decimal places as a plain integer or a decimal text."""
    sign, digits = "-" if number < 0 else "", str(abs(number)).rjust(places + 1, "0")
    whole, decimals = digits[: len(digits) - places], digits[len(digits) - places :].rstrip("0")
    return f"{sign}{whole}.{decimals}" if decimals else int(sign + whole)
