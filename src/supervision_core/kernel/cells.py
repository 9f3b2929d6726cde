"""What one cell of a table means: text, code, day, number or flag, however it was typed.

A reader takes a cell and gives its value, ``None`` when the cell says nothing, or the
``Violation`` that keeps it out. No violation carries the content of the cell, which may be
personal.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from supervision_core.kernel.errors import Violation

Cell = str | int | float | bool | date | None
Value = str | int | bool | date
Reader = Callable[[Cell], Value | Violation | None]


class Edge(StrEnum):
    """Which end of a span of days a column is about."""

    START = "start"
    END = "end"


LASTING = date(9999, 12, 31)
"""The day that stands for 长期 (no end), as business registers write it."""

_NOTHING = frozenset({"", "/", "//", "-", "--", "—", "——", "\\", "null", "NULL", "N/A", "#N/A"})
_NO_CODE = frozenset({"无", "暂无", "空", "未知", "不详", "0", "*"})
_LASTING_WORDS = frozenset({"长期", "永久", "长期有效", "永久有效", "无固定期限", "无期限"})
_TRUE = frozenset({"是", "有", "√", "✓", "✔", "对", "Y", "YES", "T", "TRUE", "1"})
_FALSE = frozenset({"否", "无", "×", "✗", "✘", "X", "错", "N", "NO", "F", "FALSE", "0"})

_FORMULA_ERROR = re.compile(r"#(REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")
_ROUGH = re.compile(
    "[\\s\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]|^['’‘`]"
)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_SPACE_IN_CHINESE = re.compile(r"(?<=[^\x00-\xff])\s+(?=[^\x00-\xff])")
_HALF_WIDTH = {
    code: code - 0xFEE0
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for code in range(first, last + 1)
}
_ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_EXACT_FLOAT = 10**15

_PARTED_DAY = re.compile(r"(\d{4})[年./。、-](\d{1,2})[月./。、-](\d{1,2})[日号]?")
_SPAN_SIGNS = re.compile("[-~—\u2013―至到]+")
_TIME = re.compile(r"[\sT]+\d{1,2}[:：时].*$")
_PLAIN_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?")
_SERIAL_DAY = re.compile(r"\d{5}(?:\.0+)?")
_HAN_DAY = re.compile("([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月"
                      "([一二三四五六七八九十]{1,3})[日号]")  # fmt: skip
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_SERIAL_EPOCH = date(1899, 12, 30)
_PHANTOM_LEAP_DAY = 60  # Excel counts a 29 February 1900 that never was
_LAST_SERIAL = 2_958_465  # 9999-12-31
_FIRST_PLAIN_DAY, _LAST_PLAIN_DAY = 18_000_101, 99_991_232

_HAN_VALUES = {
    sign: value
    for value, signs in enumerate(
        ("零〇", "壹一", "贰二两", "叁三", "肆四", "伍五", "陆六", "柒七", "捌八", "玖九")
    )
    for sign in signs
}
_HAN_UNITS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1_000, "千": 1_000}
_HAN_AMOUNT = re.compile("([零〇壹一贰二两叁三肆四伍五陆六柒七捌八玖九拾十佰百仟千万亿]+)[元圆]")
_YUAN = {"元": 1, "万元": 10**4, "亿元": 10**8}
_CURRENCY = re.compile("^人民币|人民币$|(?<=[元圆])[整正]$")

_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_MOST_DIGITS = 15


def clean_text(text: str) -> str:
    """Give ``text`` without what a keyboard or a web page left in it.

    Invisible signs and a leading apostrophe go; full-width letters and digits become half-width;
    spaces between Chinese signs go, others shrink to one. Chinese punctuation stays: 名称（集团）
    is an official name.
    """
    if _ROUGH.search(text) is None:
        return text
    text = _INVISIBLE.sub("", text).translate(_HALF_WIDTH).strip().lstrip("'’‘`")
    return " ".join(_SPACE_IN_CHINESE.sub("", text.strip()).split())


def clean_code(text: str) -> str:
    """Give ``text`` in half-width signs without any space, invisible sign or apostrophe."""
    if text.isascii() and text.isalnum():
        return text
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lstrip("'’‘`")
    return "".join(text.split())


def _spelled(cell: Cell) -> str:
    """Write a cell of any type the way a person would have typed it."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _says_nothing(text: str) -> bool:
    return text in _NOTHING


def clean_lines(text: str) -> str:
    """Give ``text`` with each of its lines cleaned as ``clean_text`` does."""
    return "\n".join(map(clean_text, text.splitlines())).strip()


def text_reader(max_length: int, clean: Callable[[str], str] = clean_text) -> Reader:
    """Read running text of at most ``max_length`` signs."""
    too_long = Violation("kernel.table_too_long", data={"limit": max_length})

    def read(cell: Cell) -> Value | Violation | None:
        text = clean(cell if isinstance(cell, str) else _spelled(cell))
        if text in _NOTHING:
            return None
        if len(text) > max_length:
            return too_long
        if text[0] == "#" and _FORMULA_ERROR.match(text):
            return Violation("kernel.table_formula_error")
        return text

    return read


def code_reader(max_length: int, digits: int) -> Reader:
    """Read an identifier; put back leading zeros, up to ``digits``, that a number cell lost."""
    too_long = Violation("kernel.table_too_long", data={"limit": max_length})
    lost = Violation("kernel.table_code_lost_digits")

    def read(cell: Cell) -> Value | Violation | None:
        if isinstance(cell, str):
            text = clean_code(cell)
        elif isinstance(cell, int | float) and not isinstance(cell, bool):
            if not abs(cell) < _EXACT_FLOAT or cell != int(cell):  # NaN is below nothing
                return lost
            text = str(int(cell)).zfill(digits)
        else:
            text = _spelled(cell)
        if text in _NOTHING or text in _NO_CODE:
            return None
        if not text.isalnum():
            if _ROUNDED.fullmatch(text):
                return lost
            if _FORMULA_ERROR.match(text):
                return Violation("kernel.table_formula_error")
        return too_long if len(text) > max_length else text

    return read


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _han_number(text: str) -> str:
    """Read 一 to 三十一 as a decimal number."""
    tens, ten, units = text.rpartition("十")
    if not ten:
        return units.translate(_HAN_DIGITS)
    return (tens or "一").translate(_HAN_DIGITS) + (units.translate(_HAN_DIGITS) or "0")


def _serial_day(serial: int) -> date | None:
    if not 1 <= serial <= _LAST_SERIAL or serial == _PHANTOM_LEAP_DAY:
        return None
    return _SERIAL_EPOCH + timedelta(serial + (serial < _PHANTOM_LEAP_DAY))


def _numbered_day(number: float) -> date | None:
    if not 0 < number < _LAST_PLAIN_DAY:
        return None
    whole = int(number)
    if whole >= _FIRST_PLAIN_DAY:
        text = str(whole)
        found = _PLAIN_DAY.fullmatch(text)
        return _day(*found.groups()) if found else None
    return _serial_day(whole)


def _span(text: str) -> tuple[date, date] | None:
    """Read two days that stand in one cell: 2024.5.1-2029.4.30, 自…至…, 2024-5-1至长期."""
    inner = text.removeprefix("自").removesuffix("止")
    found = set()
    for sign in _SPAN_SIGNS.finditer(inner):
        start, end = read_day(inner[: sign.start()]), read_day(inner[sign.end() :])
        if isinstance(start, date) and isinstance(end, date) and start != LASTING:
            found.add((start, end))
    return found.pop() if len(found) == 1 else None


def edge_reader(edge: Edge) -> Reader:
    """Read a day as ``read_day`` does; of two days in one cell, the one at ``edge``."""

    def read(cell: Cell) -> Value | Violation | None:
        day = read_day(cell)
        if isinstance(day, Violation) and (span := _span(clean_code(_spelled(cell)))):
            return span[0 if edge is Edge.START else 1]
        return day

    return read


def read_span_start(cell: Cell) -> Value | Violation | None:
    """Read the first of two days in one cell, ``None`` where there are not two."""
    span = _span(clean_code(_spelled(cell))) if isinstance(cell, str) else None
    return span[0] if span else None


def _han_amount(text: str) -> int | None:
    """Give the yuan that 壹佰万元 says: an amount that names its own unit."""
    found = _HAN_AMOUNT.fullmatch(text)
    if found is None:
        return None
    total = section = digit = 0
    for sign in found[1]:
        if sign in _HAN_VALUES:
            if digit:
                return None
            digit = _HAN_VALUES[sign]
        elif sign in _HAN_UNITS:
            section += (digit or 1) * _HAN_UNITS[sign]
            digit = 0
        elif sign == "万":
            total += (section + digit) * 10**4
            section = digit = 0
        else:
            total = (total + section + digit) * 10**8
            section = digit = 0
    return total + section + digit


def read_day(cell: Cell) -> Value | Violation | None:
    """Read a day: a date cell, a spreadsheet's serial number, or text in a usual Chinese form.

    Understood: 2024-3-5, 2024/3/5, 2024.3.5, 20240305, 2024年3月5日, 二〇二四年三月五日, each also
    with a time, and 长期 (``LASTING``). A two-digit year or a day-first date is not guessed.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _numbered_day(cell) or Violation("kernel.table_not_a_day")
    text = clean_code(_TIME.sub("", _spelled(cell)))
    if text in _NOTHING or text in _NO_CODE:
        return None
    if text in _LASTING_WORDS:
        return LASTING
    found: date | None = None
    if parts := _PARTED_DAY.fullmatch(text) or _PLAIN_DAY.fullmatch(text):
        found = _day(*parts.groups())
    elif han := _HAN_DAY.fullmatch(text):
        year, month, day = han.groups()
        found = _day(year.translate(_HAN_DIGITS), _han_number(month), _han_number(day))
    elif _SERIAL_DAY.fullmatch(text):
        found = _serial_day(int(text.partition(".")[0]))
    return found or Violation("kernel.table_not_a_day")


def number_reader(decimals: int, unit: str) -> Reader:
    """Read a number with at most ``decimals`` decimals, as an integer of its smallest parts.

    ``unit`` may follow the number; any other word after it is refused, so that 500元 never
    passes for 500 of a column in 万元. An amount in words (壹佰万元) says its own unit and is taken
    as so much money.
    """
    scale = 10**decimals
    wrong = Violation(
        "kernel.table_not_a_whole_number" if decimals == 0 else "kernel.table_not_a_number",
        data={"decimals": decimals},
    )

    def read(cell: Cell) -> Value | Violation | None:
        if isinstance(cell, bool | date):
            return wrong
        if isinstance(cell, int):
            text = str(cell)
        elif isinstance(cell, float):
            text = repr(round(cell, 9))  # 0.1 + 0.2 in a formula is meant as 0.3
        else:
            text = clean_code(_spelled(cell))
            if text in _NOTHING:
                return None
            text = _CURRENCY.sub("", _CURRENCY.sub("", text)) if unit in _YUAN else text
            if unit in _YUAN and (yuan := _han_amount(text)) is not None:
                text = str(Decimal(yuan) / _YUAN[unit])
            text = text.removesuffix(unit) if unit else text
            text = text.replace(",", "") if _GROUPED.fullmatch(text) else text
        try:
            scaled = Decimal(text) * scale
        except InvalidOperation:
            return wrong
        if not scaled.is_finite() or scaled.adjusted() >= _MOST_DIGITS or scaled % 1:
            return wrong
        return int(scaled)

    return read


def read_flag(cell: Cell) -> Value | Violation | None:
    """Read 是/否 however it is ticked: 有/无, √/×, Y/N, TRUE/FALSE, 1/0."""
    if isinstance(cell, bool):
        return cell
    text = clean_code(_spelled(cell)).upper()
    if text in _NOTHING:
        return None
    if text in _TRUE:
        return True
    return False if text in _FALSE else Violation("kernel.table_not_a_flag")


def choice_reader(choices: tuple[str, ...]) -> Reader:
    """Read one of ``choices``; spaces, width and case of letters do not matter."""
    by_key = {clean_code(choice).upper(): choice for choice in choices}
    wrong = Violation("kernel.table_not_a_choice", data={"choices": "、".join(choices)})

    def read(cell: Cell) -> Value | Violation | None:
        key = clean_code(_spelled(cell)).upper()
        if key in by_key:
            return by_key[key]
        return None if _says_nothing(key) else wrong

    return read
