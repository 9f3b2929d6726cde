"""Ranges as people write them: ``≤ 30``, ``30 以下``, ``30~60``, ``大于30，不超过60``.

以上, 以下 and 以内 include the number, 超过, 不足 and 不满 do not (Civil Code, article 1259);
A~B and 从A到B include both ends (GB/T 8170-2008, table 2). What can be read in two ways is refused.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from enum import Enum

from attrs import frozen

Reader = Callable[[str], int]
"""Gives a number, with its sign of per cent, as an integer of the scale; raises ``RangeFault``."""


class RangeFault(Exception):
    """The text is no range, or may be read in two ways; ``code`` and ``data`` say which."""

    def __init__(self, code: str, **data: str | int) -> None:
        """Keep what is told."""
        super().__init__(code)
        self.code = code
        self.data = data


@frozen
class Range:
    """The numbers between two ends; ``None`` leaves an end open.

    Ends are in half steps of the scale: 2n has n above it, 2n + 1 has n below it. So a lower end
    of 2n includes n, one of 2n + 1 does not; an upper end of 2n + 1 includes n, one of 2n does not.
    """

    lower: int | None
    upper: int | None

    def whole(self) -> tuple[int | None, int | None]:
        """Give the half-open ends over integers: from the first included, below the second."""
        return _whole(self.lower), _whole(self.upper)


def _whole(end: int | None) -> int | None:
    return None if end is None else (end + 1) // 2


class _End(Enum):
    """A one-sided bound: which side is bounded, and whether the number is included."""

    FROM = (True, True)
    ABOVE = (True, False)
    UP_TO = (False, True)
    BELOW = (False, False)

    @property
    def is_lower(self) -> bool:
        """Tell whether it bounds from below."""
        return self.value[0]

    @property
    def includes(self) -> bool:
        """Tell whether the number itself is in the range."""
        return self.value[1]


_BEFORE = {
    _End.FROM: "≥ 大于等于 大于或等于 不小于 不低于 不少于 至少",
    _End.ABOVE: "> 大于 超过 高于 多于",
    _End.UP_TO: "≤ 小于等于 小于或等于 不大于 不超过 不高于 不多于 至多",
    _End.BELOW: "< 小于 低于 少于 不足 不满 未满",
}
_AFTER = {_End.FROM: "及以上 以上", _End.UP_TO: "及以下 以下 以内"}
_DASHES = "\u301c\u223c\u2013\u2014\u2015"
_SIGNS = {"≦": "≤", "≧": "≥", "⩽": "≤", "⩾": "≥", "\u2212": "-", "\u2010": "-", "\u2011": "-"}
_WIDE_SIGNS = str.maketrans(dict.fromkeys(_DASHES, "~") | _SIGNS)
_NUMBER = r"-?\d+(?:\.\d+)?%?"
_MARK = r"(?:\((?P<{0}>不含|不包含|不包括|含|包含|包括)(?:本数|{1})?\))?"


def _words(table: dict[_End, str]) -> dict[str, _End]:
    return {word: end for end, words in table.items() for word in words.split()}


def _one_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_BEFORE_WORDS, _AFTER_WORDS = _words(_BEFORE), _words(_AFTER)


class _Patterns:
    """What a range may look like, with the units that may follow its numbers."""

    def __init__(self, units: Iterable[str]) -> None:
        """Compile for these units."""
        known = _one_of(_normal(unit) for unit in units if unit)
        number = f"{_NUMBER}(?:{known})?" if known else _NUMBER

        def marked(name: str) -> str:
            return f"(?P<{name}>{number})" + _MARK.format(f"{name}_mark", number)

        self.unit = re.compile(f"(?:{known})$") if known else None
        self.any = re.compile("不限|任意|全部")
        self.exactly = re.compile(f"(?:=|等于)?(?P<a>{number})")
        self.between = re.compile(f"从?{marked('a')}[~至到-]{marked('b')}")
        self.interval = re.compile(
            rf"(?P<open>[\[(])(?:(?P<a>{number})|-∞),(?:(?P<b>{number})|\+?∞)(?P<close>[\])])"
        )
        self.chain = re.compile(
            rf"(?P<a>{number})(?P<first>[<≤>≥])[^\d<>≤≥~()\[\],%-]{{0,12}}(?P<second>[<≤>≥])(?P<b>{number})"
        )
        before, after = _one_of(_BEFORE_WORDS), _one_of(_AFTER_WORDS)
        self.one = re.compile(
            f"(?:(?P<before>{before}){marked('a')}|{marked('b')}(?P<after>{after})"
            + _MARK.format("after_mark", number)
            + ")"
        )
        self.joint = re.compile("(?:[,、;且并和]|同时)?")


def _normal(text: str) -> str:
    """Write wide signs and every dash in one way, without blanks."""
    plain = unicodedata.normalize("NFKC", text).translate(_WIDE_SIGNS)
    plain = re.sub(r"\s+", "", plain).replace("<=", "≤").replace(">=", "≥")
    return re.sub("~+", "~", plain)


def read_range(text: str, read: Reader, units: Iterable[str] = ()) -> Range:
    """Read a range whose numbers ``read`` understands. Raises ``RangeFault``."""
    plain, patterns = _normal(text), _Patterns(units)

    def number(found: str) -> int:
        return read(patterns.unit.sub("", found) if patterns.unit else found)

    def fault(code: str) -> RangeFault:
        return RangeFault(code, text=text)

    if patterns.any.fullmatch(plain):
        return Range(None, None)
    if found := patterns.exactly.fullmatch(plain):
        exact = number(found["a"])
        return Range(2 * exact, 2 * exact + 1)
    if found := patterns.between.fullmatch(plain):
        marks = found["a_mark"], found["b_mark"]
        if marks.count(None) == 1:
            raise fault("range_half_marked")
        return _ends(
            number(found["a"]), _includes(marks[0]), number(found["b"]), _includes(marks[1])
        )
    if found := patterns.interval.fullmatch(plain):
        low = None if found["a"] is None else number(found["a"])
        high = None if found["b"] is None else number(found["b"])
        return _ends(low, found["open"] == "[", high, found["close"] == "]")
    if found := patterns.chain.fullmatch(plain):
        return _chained(found, number, fault("range_not_understood"))
    return _joined(plain, patterns, number, fault)


def _ends(low: int | None, with_low: bool, high: int | None, with_high: bool) -> Range:  # noqa: FBT001 -- ends
    lower = None if low is None else 2 * low + (not with_low)
    return Range(lower, None if high is None else 2 * high + with_high)


def _includes(mark: str | None) -> bool:
    return mark is None or not mark.startswith("不")


def _chained(found: re.Match[str], number: Reader, fault: RangeFault) -> Range:
    low, high, first, second = found["a"], found["b"], found["first"], found["second"]
    if first in ">≥" and second in ">≥":
        low, high, first, second = high, low, second, first
    elif not (first in "<≤" and second in "<≤"):
        raise fault
    return _ends(number(low), first in "≤≥", number(high), second in "≤≥")


def _joined(
    plain: str, patterns: _Patterns, number: Reader, fault: Callable[[str], RangeFault]
) -> Range:
    """Read one bound, or one from below and one from above."""
    lower = upper = None
    at = 0
    while found := patterns.one.match(plain, at):
        end = _BEFORE_WORDS[found["before"]] if found["before"] else _AFTER_WORDS[found["after"]]
        marks = {m for m in (found["a_mark"], found["b_mark"], found["after_mark"]) if m}
        said = {_includes(mark) for mark in marks}
        if len(said) > 1 or (said and found["before"] and said != {end.includes}):
            raise fault("range_contradicts")
        if said == {False} and (found["after"] or "").startswith("及"):
            raise fault("range_contradicts")
        includes = said.pop() if said else end.includes
        value = number(found["a"] or found["b"])
        if (lower if end.is_lower else upper) is not None:
            raise fault("range_not_understood")
        if end.is_lower:
            lower = 2 * value + (not includes)
        else:
            upper = 2 * value + includes
        at = found.end()
        if at < len(plain) and (joint := patterns.joint.match(plain, at)):
            at = joint.end()
    if at < len(plain) or (lower is None and upper is None):
        raise fault("range_not_understood")
    return Range(lower, upper)
