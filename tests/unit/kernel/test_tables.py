# ruff: noqa: RUF001  (full-width signs are what is under test)
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.kernel.cells import LASTING, clean_lines, clean_text
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.table_messages import TABLE_MESSAGES
from supervision_core.kernel.tables import (
    Cell,
    Column,
    ColumnKind,
    RawRow,
    ReadRow,
    TableFormat,
    match_headers,
    read_row,
)

FIRMS = TableFormat(
    name="firms",
    title="企业",
    columns=(
        Column(name="name", title="企业名称", aliases=("单位名称", "名称"), required=True),
        Column(
            name="code",
            title="统一社会信用代码",
            kind=ColumnKind.CODE,
            aliases=("信用代码",),
            max_length=18,
        ),
        Column(name="trade", title="行业代码", kind=ColumnKind.CODE, digits=4),
        Column(name="founded", title="成立日期", kind=ColumnKind.DATE),
        Column(name="capital", title="注册资本（万元）", kind=ColumnKind.HUNDREDTHS),
        Column(name="staff", title="从业人数", kind=ColumnKind.INTEGER),
        Column(name="kind", title="类型", kind=ColumnKind.CHOICE, choices=("企业", "个体工商户")),
        Column(name="abnormal", title="是否列异", kind=ColumnKind.FLAG),
        Column(name="memo", title="备注", max_length=5),
    ),
)
HEADINGS = tuple(column.title for column in FIRMS.columns)
MATCH = match_headers(FIRMS, HEADINGS)


def _read(**cells: Cell) -> ReadRow:
    titles = {column.name: column.title for column in FIRMS.columns}
    filled = {"name": "甲", **cells}
    return read_row(FIRMS, RawRow(number=7, cells={titles[k]: v for k, v in filled.items()}), MATCH)


def _value(name: str, cell: Cell) -> object:
    row = _read(**{name: cell})
    assert row.faults == ()
    return row.values.get(name)


def _code(name: str, cell: Cell) -> str:
    (fault,) = _read(**{name: cell}).faults
    assert fault.violation.at == name
    return fault.violation.code


@pytest.mark.parametrize(
    "heading",
    [
        "企业名称",
        "＊企业名称",
        " 企 业 名 称 ",
        "*企业名称（必填）",
        "单位名称:",
        "名称(全称)",
        "企业\n名称",
    ],
    ids=range(7),
)
def test_a_heading_is_found_however_it_is_decorated(heading: str) -> None:
    """Spaces, stars, brackets, colons and aliases do not hide a column."""
    match = match_headers(FIRMS, [heading, "备注"])
    assert match.columns["name"] == heading
    assert match.violations == ()


def test_the_title_wins_over_an_alias_and_the_loser_is_kept_as_extra() -> None:
    """Where both 名称 and 企业名称 stand in the file, the column's own title counts."""
    match = match_headers(FIRMS, ["名称", "企业名称", "法人"])
    assert match.columns == {"name": "企业名称"}
    assert match.extra == ("名称", "法人")


def test_one_heading_twice_is_refused() -> None:
    """Which of two equal headings holds the value is not guessed."""
    match = match_headers(FIRMS, ["企业名称", "企业名称 "])
    assert [v.code for v in match.violations] == ["kernel.table_heading_twice"]


def test_a_missing_required_column_is_named() -> None:
    """Without a required column the table cannot be read, and its title is told."""
    match = match_headers(FIRMS, ["备注"])
    assert [(v.code, v.data["title"]) for v in match.violations] == [
        ("kernel.table_column_missing", "企业名称")
    ]


@pytest.mark.parametrize(
    "heading", ["注册资本(元)", "注册资本（单位：元）"], ids=["plain", "spelled"]
)
def test_an_amount_in_another_unit_is_refused(heading: str) -> None:
    """A column in 元 never passes for one in 万元."""
    match = match_headers(FIRMS, ["企业名称", heading])
    assert [v.code for v in match.violations] == ["kernel.table_other_unit"]


@pytest.mark.parametrize("heading", ["注册资本", "注册资本(万元)"], ids=["bare", "same"])
def test_an_amount_without_or_with_the_same_unit_is_taken(heading: str) -> None:
    """A heading need not repeat the unit."""
    match = match_headers(FIRMS, ["企业名称", heading])
    assert match.columns["capital"] == heading
    assert match.violations == ()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (" 南宁　乳业 ", "南宁乳业"),
        ("南宁乳业（集团）有限公司", "南宁乳业（集团）有限公司"),
        ("Ａ１\u200b座  ３层", "A1座 3层"),
        ("John   Smith", "John Smith"),
        ("'甲", "甲"),
        (12.0, "12"),
        (date(2024, 3, 5), "2024-03-05"),
        (" - ", None),
    ],
    ids=range(8),
)
def test_text_loses_only_what_a_keyboard_left(cell: Cell, expected: str | None) -> None:
    """Full-width letters, stray spaces and invisible signs go; Chinese punctuation stays."""
    if expected is None:
        assert _read(name=cell).values == {}
    else:
        assert _value("name", cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("９１４５０１００ＭＡ５Ｋ", "91450100MA5K"),
        ("'9145 0100\u00a0MA5K\ufeff", "91450100MA5K"),
        (450100200012345.0, "450100200012345"),
        (13, "13"),
        ("无", None),
        ("/", None),
    ],
    ids=range(6),
)
def test_a_code_is_read_without_any_space(cell: Cell, expected: str | None) -> None:
    """Codes come in half-width signs, without spaces, apostrophes and placeholders."""
    assert _value("code", cell) == expected


@pytest.mark.parametrize("cell", [311.0, 311, "0311"], ids=["float", "integer", "text"])
def test_zeros_that_a_number_cell_dropped_are_put_back(cell: Cell) -> None:
    """A four-digit industry code held as a number keeps its leading zero."""
    assert _value("trade", cell) == "0311"


@pytest.mark.parametrize(
    "cell",
    ["9.13501E+17", "9.1350100E17", 9.13501e17, 914501001234567890, 12.5, float("nan")],
    ids=["text", "text_dot", "float", "integer", "fraction", "nan"],
)
def test_a_code_that_lost_its_digits_is_refused(cell: Cell) -> None:
    """A code that a spreadsheet rounded cannot be mended, only typed again."""
    assert _code("code", cell) == "kernel.table_code_lost_digits"


@pytest.mark.parametrize(
    "cell",
    [
        "2024年3月5日", "2024.3.5", "20240305", "2024/3/5", "2024-03-05", "２０２４．３．５",
        "2024/3/5 0:00", "2024-03-05 00:00:00", "2024-03-05T08:30:00", "2024 年 3 月 5 日",
        "二〇二四年三月五日", "二零二四年三月五号", "45356", 45356, 45356.0, 45356.75, 20240305,
        date(2024, 3, 5), datetime(2024, 3, 5, 9, 30),  # noqa: DTZ001 (a cell has no zone)
    ],
    ids=range(19),
)  # fmt: skip
def test_a_day_is_read_in_every_usual_form(cell: Cell) -> None:
    """Days as text, as numbers and as serials of a spreadsheet mean the same day."""
    assert _value("founded", cell) == date(2024, 3, 5)


def test_a_permit_without_end_has_a_day_that_says_so() -> None:
    """长期 is a value of its own, not an absent one."""
    assert _value("founded", "长期") == LASTING


@pytest.mark.parametrize(
    "cell",
    [
        "2024-02-30",
        "3/5/2024",
        "24.3.5",
        "2024年3月",
        "昨天",
        "20241305",
        True,
        -3,
        60,
        float("inf"),
    ],
    ids=range(10),
)
def test_a_day_that_must_be_guessed_is_refused(cell: Cell) -> None:
    """Impossible, incomplete and ambiguous days are refused, never guessed."""
    assert _code("founded", cell) == "kernel.table_not_a_day"


@given(st.dates(date(1900, 3, 1), date(2199, 12, 31)))
def test_every_day_is_read_back_from_every_form(day: date) -> None:
    """No day of three centuries is misread in any form."""
    serial = (day - date(1899, 12, 30)).days
    forms = (
        day.isoformat(), f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}", serial, float(serial),
    )  # fmt: skip
    assert {_value("founded", form) for form in forms} == {day}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1,234.5", 123450), ("５００", 50000), ("500万元", 50000), (50.25, 5025), (0.1 + 0.2, 30),
        (3, 300), ("-2.10", -210), ("", None), ("—", None),
    ],
    ids=range(9),
)  # fmt: skip
def test_an_amount_is_read_as_hundredths(cell: Cell, expected: int | None) -> None:
    """Amounts become integers of hundredths in the unit of the heading."""
    assert _value("capital", cell) == expected


@pytest.mark.parametrize("cell", ["500元", "1.234", "若干", "1,23", "NaN", True], ids=range(6))
def test_an_amount_in_other_words_is_refused(cell: Cell) -> None:
    """Another unit, a third decimal or a word is refused."""
    assert _code("capital", cell) == "kernel.table_not_a_number"


@pytest.mark.parametrize("cell", ["2.5", 2.5, "无", "1e99", date(2024, 1, 1)], ids=range(5))
def test_a_count_with_a_fraction_is_refused(cell: Cell) -> None:
    """A count is a whole number."""
    assert _code("staff", cell) == "kernel.table_not_a_whole_number"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("是", True), ("√", True), ("ｙ", True), (1, True), (True, True), (1.0, True),
     ("否", False), ("无", False), ("×", False), (0, False), (False, False), ("", None)],
    ids=range(12),
)  # fmt: skip
def test_a_flag_is_read_however_it_is_ticked(cell: Cell, expected: bool | None) -> None:  # noqa: FBT001
    """是/否 comes as words, ticks, letters and numbers."""
    assert _value("abnormal", cell) == expected


def test_what_is_neither_yes_nor_no_is_refused() -> None:
    """A flag is not guessed."""
    assert _code("abnormal", "也许") == "kernel.table_not_a_flag"


def test_a_choice_is_one_of_the_list() -> None:
    """Other words are refused, and the list is told."""
    assert _value("kind", " 个体 工商户 ") == "个体工商户"
    (fault,) = _read(kind="公司").faults
    assert fault.violation.code == "kernel.table_not_a_choice"
    assert fault.violation.data["choices"] == "企业、个体工商户"


def test_every_fault_of_a_row_is_given_with_its_place() -> None:
    """A row reports all its faults at once, by row number and title."""
    row = _read(name="", founded="昨天", memo="一二三四五六", code="#REF!")
    assert not row.usable
    assert [(f.row, f.column, f.violation.code) for f in row.faults] == [
        (7, "企业名称", "kernel.table_cell_empty"),
        (7, "统一社会信用代码", "kernel.table_formula_error"),
        (7, "成立日期", "kernel.table_not_a_day"),
        (7, "备注", "kernel.table_too_long"),
    ]


def test_unknown_columns_are_kept() -> None:
    """What the format does not know stays with the row."""
    match = match_headers(FIRMS, ["企业名称", "微信号", "空列"])
    raw = RawRow(number=2, cells={"企业名称": "甲", "微信号": "x", "空列": None})
    assert read_row(FIRMS, raw, match).extra == {"微信号": "x"}


@given(st.text(max_size=40))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    """Cleaning is idempotent, so a table that was exported reads back the same."""
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)


def test_lines_stay_where_they_say_something() -> None:
    """Of a text of several lines each is cleaned by itself; of any other they are joined."""
    written = "  第一 行\r\n\n'第二行　Ａ\n"
    memo = Column(name="memo", title="备注", kind=ColumnKind.LINES)
    rows = TableFormat(name="rows", title="表", columns=(memo, Column(name="name", title="名称")))
    match = match_headers(rows, ["备注", "名称"])
    row = read_row(rows, RawRow(number=2, cells={"备注": written, "名称": written}), match)
    assert row.values == {"memo": "第一行\n\n第二行 A", "name": "第一行 '第二行 A"}


@given(
    st.sampled_from([column.name for column in FIRMS.columns]),
    st.one_of(
        st.text(max_size=30), st.integers(), st.floats(allow_nan=True), st.booleans(), st.dates()
    ),
)
def test_no_cell_stops_the_reading_and_every_fault_has_its_words(name: str, cell: Cell) -> None:
    """Any cell gives a value, nothing or a fault; each fault has a reason and a remedy."""
    catalogue = Messages(TABLE_MESSAGES)
    for fault in _read(**{name: cell}).faults:
        words = catalogue.explain(fault.violation)
        assert words.reason
        assert words.remedy
