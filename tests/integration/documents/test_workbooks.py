import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
import python_calamine as calamine
import xlsxwriter

from adapters.documents import opening
from adapters.documents.messages import MESSAGES
from adapters.documents.opening import UnreadableFile
from adapters.documents.reading import SAMPLE_MARK
from adapters.documents.workbooks import WorkbookTables
from supervision_core.kernel.documents import Link, RejectedRow, ResultColumn, ResultSheet
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.table_messages import TABLE_MESSAGES
from supervision_core.kernel.tables import (
    Cell,
    Column,
    ColumnKind,
    RawRow,
    RowFault,
    Severity,
    SkippedRow,
    TableFormat,
    read_row,
)

FIRMS = TableFormat(
    name="firms",
    title="监管对象",
    columns=(
        Column(
            name="name",
            title="企业名称",
            aliases=("单位名称", "名称"),
            required=True,
            example="南宁示例乳业有限公司",
        ),
        Column(
            name="code",
            title="统一社会信用代码",
            kind=ColumnKind.CODE,
            aliases=("信用代码",),
            required=True,
            example="91450100MA5K000001",
        ),
        Column(name="founded", title="成立日期", kind=ColumnKind.DATE, example="2020-01-01"),
        Column(name="kind", title="类型", kind=ColumnKind.CHOICE, choices=("企业", "个体工商户")),
        Column(name="abnormal", title="是否列异", kind=ColumnKind.FLAG),
    ),
)
FILES = WorkbookTables(Messages(TABLE_MESSAGES, MESSAGES))


def _book(*sheets: tuple[str, Sequence[Sequence[Cell]]]) -> io.BytesIO:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                else:
                    sheet.write(number, place, cell)
    book.close()
    target.seek(0)
    return target


def _csv(text: str, encoding: str) -> io.BytesIO:
    return io.BytesIO(text.encode(encoding))


def _names(file: io.BytesIO) -> list[object]:
    (table,) = FILES.read(file, FIRMS)
    raws = [row for row in table.rows if isinstance(row, RawRow)]
    return [read_row(FIRMS, raw, table.match).values["name"] for raw in raws]


def _read_all(file: io.BytesIO) -> None:
    for table in FILES.read(file, FIRMS):
        list(table.rows)


def _refusal(file: io.BytesIO) -> str:
    with pytest.raises(UnreadableFile) as caught:
        _read_all(file)
    (violation,) = caught.value.violations
    assert FILES._messages.explain(violation).remedy
    return violation.code


def test_a_table_is_found_below_title_rows_with_the_row_numbers_of_excel() -> None:
    """A title, a date line and an empty row above the heading do not hide a table."""
    file = _book(
        (
            "Sheet1",
            [
                ["广西乳品企业名单"],
                ["填报单位：某局", None, "2024年"],
                [],
                ["序号", "单位名称 ", "信用代码*", "备注"],
                [1, "甲", "1", "x"],
                [],
                [2, "乙", "2", None],
            ],
        )
    )
    (table,) = FILES.read(file, FIRMS)
    rows = list(table.rows)
    assert table.header_row == 4
    assert not table.corrected
    assert table.match.extra == ("序号", "备注")
    assert [row.number for row in rows] == [5, 7]
    assert isinstance(rows[0], RawRow)
    assert rows[0].cells == {"序号": 1.0, "单位名称 ": "甲", "信用代码*": "1", "备注": "x"}
    assert list(table.rows.picked({6, 7})) == rows[1:]


def test_rows_that_are_no_data_are_told_not_imported() -> None:
    """Totals, notes and repeated headings are skipped with the reason."""
    file = _book(
        (
            "a",
            [
                ["企业名称", "统一社会信用代码"],
                ["甲", "1"],
                ["企业名称", "统一社会信用代码"],
                ["合 计", "1"],
                ["注：以上数据截至年底"],
                ["填表人：张", "审核：李"],
                ["注意安全服务有限公司", "2"],
            ],
        )
    )
    (table,) = FILES.read(file, FIRMS)
    told = [
        (row.number, row.violation.code if isinstance(row, SkippedRow) else "data")
        for row in table.rows
    ]
    assert told == [
        (2, "data"),
        (3, "kernel.table_row_is_heading"),
        (4, "kernel.table_row_is_total"),
        (5, "kernel.table_row_is_note"),
        (6, "kernel.table_row_is_note"),
        (7, "data"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        ["合计：", "", 3],
        [12, "合  计", "", 3],
        ["", "小计（户）", ""],
        ["本页合计", "", 12],
        ["合计", "共3户", ""],
        ["共计3户", "", ""],
        ["二、合计", "", ""],
    ],
)
def test_totals_as_offices_write_them_are_left_out(row: list[Cell]) -> None:
    """A sum is no subject, whatever stands around its word."""
    heading = ["序号", "企业名称", "统一社会信用代码"]
    file = _book(("a", [heading, [1, "合计财务咨询有限公司", "1"], row]))
    (table,) = FILES.read(file, FIRMS)
    first, last = table.rows
    assert isinstance(first, RawRow)
    assert isinstance(last, SkippedRow)
    assert last.violation.code == "kernel.table_row_is_total"


@pytest.mark.parametrize("filled", [True, False])
def test_a_heading_in_two_rows_is_read_as_one(filled: bool) -> None:  # noqa: FBT001
    """联系人 over 姓名 and 电话: each column goes by both words; no part is taken for a subject."""
    upper = ["企业名称", "统一社会信用代码", "联系人", ""]
    lower = [*(upper[:2] if filled else ["", ""]), "姓名", "电话"]
    file = _book(("a", [["名单"], upper, lower, ["甲", "1", "某", "2"]]))
    (table,) = FILES.read(file, FIRMS)
    (row,) = table.rows
    assert isinstance(row, RawRow)
    assert (row.number, row.cells) == (
        4,
        {"企业名称": "甲", "统一社会信用代码": "1", "联系人姓名": "某", "联系人电话": "2"},
    )


def test_a_first_row_of_data_is_no_second_heading() -> None:
    """A row with gaps below a heading with gaps stays data."""
    file = _book(("a", [["企业名称", "统一社会信用代码", "x", ""], ["甲", "1", "", "y"]]))
    (table,) = FILES.read(file, FIRMS)
    assert [row.number for row in table.rows] == [2]


def test_every_sheet_with_the_table_is_read_and_others_are_left() -> None:
    """One file may hold a table for each city and a sheet of notes."""
    heading = ["企业名称", "统一社会信用代码"]
    file = _book(("南宁", [heading, ["甲", "1"]]), ("说明", [["随便"]]), ("柳州", [heading]))
    assert [table.sheet for table in FILES.read(file, FIRMS)] == ["南宁", "柳州"]


def test_a_merged_cell_counts_for_every_row_it_spans() -> None:
    """类型 written once over three rows holds for the three, and no further."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["企业名称", "统一社会信用代码", "类型"])
    for number in range(1, 5):
        sheet.write_row(number, 0, [f"甲{number}", f"{number}A"])
    sheet.merge_range(1, 2, 3, 2, "企业")
    book.close()
    target.seek(0)
    (table,) = FILES.read(target, FIRMS)
    kinds = [row.cells["类型"] for row in table.rows if isinstance(row, RawRow)]
    assert kinds == ["企业", "企业", "企业", ""]


def test_a_table_that_starts_away_from_the_corner_is_read() -> None:
    """Empty rows above and empty columns on the left change neither values nor row numbers."""
    file = _book(("a", [[], [], [None, None, "企业名称", "信用代码"], [None, None, "甲", "1"]]))
    (table,) = FILES.read(file, FIRMS)
    assert [row.number for row in table.rows] == [4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_csv_is_read_in_every_usual_encoding(encoding: str, delimiter: str) -> None:
    """CSV comes in UTF-8 or GB18030, with commas, semicolons or tabs."""
    rows = [["企业名称", "信用代码"], ["甲〇", '="0123"'], ["龘", "2"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    (table,) = FILES.read(_csv(text, encoding), FIRMS)
    raws = [row for row in table.rows if isinstance(row, RawRow)]
    assert [(raw.number, *raw.cells.values()) for raw in raws] == [
        (2, "甲〇", "0123"),
        (3, "龘", "2"),
    ]


def test_the_file_stays_open_for_its_owner() -> None:
    """Reading a CSV does not close the file it was given."""
    file = _csv("企业名称,信用代码\n甲,1\n", "utf-8")
    assert _names(file) == ["甲"]
    assert not file.closed


def test_the_example_of_the_template_is_no_data() -> None:
    """A filled-in template whose example row was left in place imports the rows below it."""
    template = io.BytesIO(FILES.template(FIRMS))
    (table,) = FILES.read(template, FIRMS)
    assert table.match.violations == ()
    assert set(table.match.columns) == {column.name for column in FIRMS.columns}
    (row,) = table.rows
    assert isinstance(row, SkippedRow)
    assert row.violation.code == "kernel.table_row_is_example"


def test_a_row_that_says_the_same_as_the_example_is_data() -> None:
    """Only the template's own row is left out, and only as long as nobody wrote over it."""
    sample = {column.name: column.example for column in FIRMS.columns}
    titles = [column.title for column in FIRMS.columns]
    (table,) = FILES.read(_book(("a", [titles, list(sample.values())])), FIRMS)
    assert [type(row) for row in table.rows] == [RawRow]
    written_over = {**sample, FIRMS.columns[-1].name: "另一个"}
    rows = [titles, [*written_over.values(), SAMPLE_MARK], [*sample.values(), SAMPLE_MARK]]
    (table,) = FILES.read(_book(("a", rows)), FIRMS)
    assert [type(row) for row in table.rows] == [RawRow, SkippedRow]


def test_the_template_has_choices_and_text_format_for_codes() -> None:
    """A code column is text before anybody types, and choices hang down."""
    with zipfile.ZipFile(io.BytesIO(FILES.template(FIRMS))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert '"企业,个体工商户"' in sheet
    assert 'formatCode="@"' in styles or 'numFmtId="49"' in styles


def _rejected() -> list[RejectedRow]:
    file = _book(
        (
            "a",
            [
                ["单位名称", "信用代码", "成立日期", "微信号"],
                ["=HYPERLINK(1)", "9.1E+17", "昨天", "wx1"],
                ["乙", "'0123", date(2024, 3, 5), "wx2"],
            ],
        )
    )
    (table,) = FILES.read(file, FIRMS)
    raws = [row for row in table.rows if isinstance(row, RawRow)]
    doubt = RowFault(
        row=3,
        column="",
        violation=Violation("kernel.table_cell_empty"),
        severity=Severity.WARNING,
    )
    faults = [read_row(FIRMS, raws[0], table.match).faults, (doubt,)]
    return [
        RejectedRow(raw=raw, match=table.match, faults=found)
        for raw, found in zip(raws, faults, strict=True)
    ]


def test_the_error_workbook_names_row_column_reason_and_remedy() -> None:
    """Every fault is told where it stands, why and what to do."""
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(FILES.faulty(FIRMS, _rejected())))
    rows: list[Any] = book.get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["原文件行号", "有误的列", "错误原因", "处理办法"]
    assert rows[0][-1] == "微信号"
    assert rows[1][0] == 2
    assert rows[1][1] == "统一社会信用代码\n成立日期"
    assert "数值" in rows[1][2]
    assert "文本" in rows[1][3]
    assert rows[1][4:7] == ["=HYPERLINK(1)", "9.1E+17", "昨天"]


def test_the_error_workbook_once_corrected_can_be_sent_again() -> None:
    """Read back, it is recognised, keeps unknown columns and drops its own four."""
    (table,) = FILES.read(io.BytesIO(FILES.faulty(FIRMS, _rejected())), FIRMS)
    assert table.corrected
    assert table.match.violations == ()
    assert table.match.extra == ("微信号",)
    raws = [row for row in table.rows if isinstance(row, RawRow)]
    values = read_row(FIRMS, raws[1], table.match)
    assert values.usable
    assert values.values == {"name": "乙", "code": "0123", "founded": date(2024, 3, 5)}
    assert values.extra == {"微信号": "wx2"}


def _results() -> bytes:
    columns = (
        ResultColumn("名称"),
        ResultColumn("得分", ColumnKind.HUNDREDTHS),
        ResultColumn("检查日", ColumnKind.DATE),
        ResultColumn("代码", ColumnKind.CODE),
        ResultColumn("文书", width=30),
    )
    rows: list[list[Cell | Link]] = [
        ["=1+1", 1234, date(2024, 3, 5), "0123", Link("通知书", "letters/1.docx")],
        ["@x", None, None, "+86", Link("坏", "javascript:alert(1)")],
    ]
    return FILES.results(
        [
            ResultSheet(name="检查/结果", columns=columns, rows=rows, title="结果一览"),
            ResultSheet(name="检查/结果", columns=columns[:1], rows=[]),
        ]
    )


def test_a_result_workbook_keeps_values_and_never_makes_a_formula() -> None:
    """Text that looks like a formula stays text; hundredths are shown divided."""
    data = _results()
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["检查、结果", "检查、结果2"]
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][0] == "结果一览"
    assert rows[2] == ["=1+1", 12.34, date(2024, 3, 5), "0123", "通知书"]
    assert rows[3] == ["@x", "", "", "+86", "坏"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "<f>" not in text
    assert "javascript" not in text
    assert "quotePrefix" in text
    assert "letters\\1.docx" in text


def test_the_same_results_give_the_same_bytes() -> None:
    """A workbook carries no trace of when it was written."""
    assert _results() == _results()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "documents.file_empty"),
        (b"<html><table><tr><td>x", "documents.file_is_web_page"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html>", "documents.file_is_web_page"),
        (b"%PDF-1.7\0\0\0", "documents.file_not_a_table"),
        (b"PK\x03\x04" + b"\1" * 500, "documents.file_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "documents.file_damaged"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "documents.file_locked",
        ),
        (b"a,b\n1,2\n", "documents.no_table"),
        (b"\xff\xff\x80\x81\xff,\n", "documents.encoding_unknown"),
    ],
    ids=["empty", "html", "doctype", "pdf", "zip", "ole", "locked", "other_table", "encoding"],
)
def test_what_is_no_table_is_refused_with_its_reason(content: bytes, code: str) -> None:
    """Each kind of wrong file has its own reason and remedy."""
    assert _refusal(io.BytesIO(content)) == code


def test_a_word_document_is_no_table() -> None:
    """A zip without worksheets is refused."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "x")
    assert _refusal(target) == "documents.file_not_a_table"


def test_a_file_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Size is looked at before anything is read."""
    monkeypatch.setattr(opening, "MOST_BYTES", 100)
    assert _refusal(_csv("企业名称,信用代码\n" * 50, "utf-8")) == "documents.file_too_large"


@pytest.mark.parametrize("lies", [False, True], ids=["honest", "lying"])
def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch, lies: bool) -> None:  # noqa: FBT001
    """What unpacks beyond the limit is refused, even when its header claims to be small."""
    monkeypatch.setattr(opening, "MOST_UNPACKED", 2**20)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 2**22)
    data = target.getvalue()
    if lies:
        data = data.replace((2**22).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert _refusal(io.BytesIO(data)) == "documents.file_swells"


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/vbaProject.bin", b"x"),
        ("xl/more.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'),
        ("xl/_rels/more.rels", '<?xml version="1.0"?><!DOCTYPE a SYSTEM "x">'.encode("utf-16")),
    ],
    ids=["macros", "entities", "utf16"],
)
def test_what_acts_or_grows_by_itself_is_refused(part: str, content: bytes) -> None:
    """Macros and XML entities have no place in a table (GB/T 22239-2019 8.1.4.5)."""
    file = _book(("a", [["企业名称", "统一社会信用代码"], ["甲", "1"]]))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(part, content)
    assert _refusal(file) == "documents.file_hostile"


def test_a_sheet_that_spans_the_whole_grid_is_refused() -> None:
    """Two cells at opposite corners would make a reader hold 17 thousand million cells."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["企业名称", "统一社会信用代码"])
    sheet.write_string(1_048_575, 16_383, "x")
    book.close()
    assert _refusal(target) == "documents.sheet_too_wide"


def test_one_far_cell_of_a_narrow_sheet_is_harmless() -> None:
    """A long sheet with few columns is read."""
    file = _book(("a", [["企业名称", "统一社会信用代码"], ["甲", "1"]]))
    assert _names(file) == ["甲"]
