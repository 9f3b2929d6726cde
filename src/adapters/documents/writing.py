"""Write workbooks: templates to fill in, faulty rows to correct, results to keep."""

import io
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, BinaryIO

import xlsxwriter

from adapters.documents.reading import FAULT_LIST, SAMPLE_MARK, cells_by_title
from supervision_core.kernel.documents import FAULT_HEADINGS, Link, RejectedRow, ResultSheet
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.tables import Cell, Column, ColumnKind, RowFault, Severity, TableFormat

_FAULT_COLUMNS = (
    ("所在工作表", 22), ("所在行", 8), ("所在列", 20), ("类别", 8), ("原因", 60), ("办法", 60)
)  # fmt: skip
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The same content gives the same bytes: no workbook carries the moment it was written."""

_AS_TEXT = frozenset({ColumnKind.CODE, ColumnKind.DATE, ColumnKind.TEXT, ColumnKind.LINES})
_MOST_TEXT = 32_000
_MOST_LINKS = 65_000
_MOST_ROWS = 1_048_576
_FEW = 2_000
_FILL_ROWS = 20_000
_LIST_LENGTH = 255
_A4 = 9
_UPRIGHT = 90
"""How wide the columns of a sheet may be that is printed upright."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SAFE_TARGETS = ("http://", "https://")
_FORBIDDEN_IN_NAMES = str.maketrans("[]:*?/\\", "（）：·？、、")
_NUMBER_FORMATS = {
    ColumnKind.DATE: "yyyy-mm-dd",
    ColumnKind.INTEGER: "#,##0",
    ColumnKind.HUNDREDTHS: "#,##0.00",
    ColumnKind.CODE: "@",
}
_KIND_NOTES = {
    ColumnKind.CODE: "请按文本填写",
    ColumnKind.DATE: "如 2024-03-05",
    ColumnKind.INTEGER: "整数",
    ColumnKind.HUNDREDTHS: "数字，最多两位小数",
    ColumnKind.FLAG: "是/否",
}

Sheet = Any  # xlsxwriter publishes no types
Style = Any


class _Book:
    """A workbook in the making, with the house's styles."""

    def __init__(self, target: BinaryIO, folder: str = "") -> None:
        where = {"constant_memory": True, "tmpdir": folder} if folder else {"in_memory": True}
        self.book = xlsxwriter.Workbook(
            target, {"strings_to_formulas": False, "strings_to_urls": False, **where}
        )
        self.book.set_properties({"created": _MADE, "author": "", "company": ""})
        self._styles: dict[tuple[tuple[str, object], ...], Style] = {}

    def style(self, **properties: object) -> Style:
        """Give the style of these properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
            self._styles[key] = self.book.add_format(base | properties)
        return self._styles[key]

    def heading(self, **properties: object) -> Style:
        """Give the style of a heading."""
        shape = {"bold": True, "bg_color": "#DDEBF7", "border": 1, "align": "center"}
        return self.style(**{**shape, "text_wrap": True, **properties})

    def write(self, sheet: Sheet, row: int, column: int, cell: Cell, **style: object) -> None:
        """Write a value as what it is; text is never a formula."""
        if cell is None or cell == "":
            if style:
                sheet.write_blank(row, column, None, self.style(**style))
        elif isinstance(cell, bool):
            sheet.write_string(row, column, "是" if cell else "否", self.style(**style))
        elif isinstance(cell, date):
            day = {"num_format": _NUMBER_FORMATS[ColumnKind.DATE], **style}
            naive = cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell
            sheet.write_datetime(row, column, naive, self.style(**day))
        elif isinstance(cell, int | float):
            sheet.write_number(row, column, cell, self.style(**style))
        else:
            if cell.startswith(_FORMULA_STARTS):
                style = {**style, "quote_prefix": True}
            text = cell if len(cell) <= _MOST_TEXT else cell[:_MOST_TEXT] + "…"
            sheet.write_string(row, column, text, self.style(**style))


@contextmanager
def _made(target: BinaryIO, *, many: bool) -> Iterator[_Book]:
    """Give a workbook; of ``many`` rows those that are written wait in a folder, not in memory."""
    with tempfile.TemporaryDirectory() if many else nullcontext("") as folder:
        made = _Book(target, folder)
        yield made
        made.book.close()


@contextmanager
def _book(*, many: bool = False) -> Iterator[tuple[_Book, io.BytesIO]]:
    target = io.BytesIO()
    with _made(target, many=many) as made:
        yield made, target


def write_template(format: TableFormat) -> bytes:
    """Write the workbook that people fill in.

    First sheet: headings (required ones marked), a comment and an example each, drop-downs,
    text format for codes. Second sheet: what every column means.
    """
    with _book() as (made, target):
        sheet = made.book.add_worksheet(_sheet_name(format.title))
        _headings(made, sheet, format.columns, first=0)
        samples = [*(column.example for column in format.columns), SAMPLE_MARK]
        for place, sample in enumerate(samples):
            made.write(sheet, 1, place, sample, italic=True, font_color="#7F7F7F", num_format="@")
        _explain_columns(made, format)
    return target.getvalue()


def _headings(made: _Book, sheet: Sheet, columns: Sequence[Column], *, first: int) -> None:
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns, first):
        mark = {"font_color": "#C00000"} if column.required else {}
        title = f"*{column.title}" if column.required else column.title
        sheet.write_string(0, place, title, made.heading(**mark))
        sheet.write_comment(0, place, _hint(column), {"x_scale": 1.6, "author": ""})
        as_text = column.kind in _AS_TEXT
        body = made.style(num_format="@" if as_text else "General")
        sheet.set_column(place, place, max(12, min(40, 2 * len(column.title) + 4)), body)
        _drop_down(sheet, place, column)


def _hint(column: Column) -> str:
    parts = ["必填" if column.required else "选填", _KIND_NOTES.get(column.kind, ""), column.note]
    if column.choices:
        parts.append("可选：" + "、".join(column.choices))
    if column.example:
        parts.append(f"示例：{column.example}")
    return "；".join(filter(None, parts))


def _drop_down(sheet: Sheet, place: int, column: Column) -> None:
    choices = ("是", "否") if column.kind is ColumnKind.FLAG else column.choices
    if choices and len(",".join(choices)) <= _LIST_LENGTH:
        sheet.data_validation(
            1,
            place,
            _FILL_ROWS,
            place,
            {"validate": "list", "source": list(choices), "error_type": "warning",
             "error_title": "不在可选范围内", "error_message": "请从下拉列表中选择"},
        )  # fmt: skip


def _explain_columns(made: _Book, format: TableFormat) -> None:
    sheet = made.book.add_worksheet("填写说明")
    for place, (title, width) in enumerate(
        (("列名", 28), ("是否必填", 10), ("填写要求", 60), ("也可用的表头", 40), ("示例", 30))
    ):
        sheet.write_string(0, place, title, made.heading())
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    for row, column in enumerate(format.columns, 1):
        demand = "；".join(filter(None, (_KIND_NOTES.get(column.kind, ""), column.note)))
        if column.choices:
            demand = "；".join(filter(None, (demand, "可选：" + "、".join(column.choices))))
        required = "必填" if column.required else "选填"
        cells = (column.title, required, demand, "、".join(column.aliases), column.example)
        for place, cell in enumerate(cells):
            made.write(sheet, row, place, cell, text_wrap=True)


def write_faulty(
    format: TableFormat,
    rows: Iterable[RejectedRow],
    messages: Messages,
    told: Sequence[tuple[str, RowFault]] = (),
) -> bytes:
    """Write the rejected rows in the layout of the template, behind what is wrong in each.

    The faulty cells are coloured and carry the reason and remedy. Columns that the format does
    not know follow at the end, so that nothing is lost when the corrected file is sent again.
    A second sheet lists every place of every fault and warning in ``told``.
    """
    kept = list(rows)
    unknown = list(dict.fromkeys(title for row in kept for title in row.match.extra))
    titles = [*(column.title for column in format.columns), *unknown]
    first = len(FAULT_HEADINGS)
    with _book(many=len(kept) > _FEW) as (made, target):
        sheet = made.book.add_worksheet(_sheet_name(format.title))
        for place, title in enumerate(FAULT_HEADINGS):
            sheet.write_string(0, place, title, made.heading(bg_color="#F8CBAD"))
            sheet.set_column(place, place, (10, 18, 40, 48)[place])
        _headings(made, sheet, format.columns, first=first)
        for place, title in enumerate(unknown, first + len(format.columns)):
            sheet.write_string(0, place, title, made.heading(bg_color="#EDEDED"))
        sheet.freeze_panes(1, first)
        for number, row in enumerate(islice(kept, _MOST_ROWS - 1), 1):
            _faulty_row(made, sheet, number, row, titles, format, messages)
        if told:
            _every_fault(made, told, messages)
    return target.getvalue()


def _every_fault(made: _Book, told: Sequence[tuple[str, RowFault]], messages: Messages) -> None:
    sheet = made.book.add_worksheet(FAULT_LIST)
    for place, (title, width) in enumerate(_FAULT_COLUMNS):
        sheet.write_string(0, place, title, made.heading())
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    for number, (name, fault) in enumerate(told[: _MOST_ROWS - 1], 1):
        said = messages.explain(fault.violation)
        kind = "退回" if fault.severity is Severity.ERROR else "提示"
        cells: tuple[Cell, ...] = (
            name, fault.row, fault.column, kind, said.reason, said.remedy
        )  # fmt: skip
        for place, cell in enumerate(cells):
            made.write(sheet, number, place, cell)
    sheet.autofilter(0, 0, len(told), len(_FAULT_COLUMNS) - 1)


def _faulty_row(  # noqa: PLR0913, PLR0917 (one row of a sheet needs its whole setting)
    made: _Book,
    sheet: Sheet,
    number: int,
    row: RejectedRow,
    titles: Sequence[str],
    format: TableFormat,
    messages: Messages,
) -> None:
    told = [(fault, messages.explain(fault.violation)) for fault in row.faults]
    made.write(sheet, number, 0, row.raw.number)
    for place, text in enumerate(
        (
            _joined(fault.column for fault, _ in told),
            _joined(words.reason for _, words in told),
            _joined(words.remedy for _, words in told),
        ),
        1,
    ):
        made.write(sheet, number, place, text, text_wrap=True)
    cells: Mapping[str, Cell] = cells_by_title(row.raw, row.match, format)
    notes: dict[str, list[str]] = {}
    colours: dict[str, str] = {}
    for fault, words in told:
        notes.setdefault(fault.column, []).append(f"{words.reason}。{words.remedy}")
        colours[fault.column] = _colour(fault, colours.get(fault.column))
    for place, title in enumerate(titles, len(FAULT_HEADINGS)):
        style: dict[str, object] = {"num_format": "@"} if isinstance(cells.get(title), str) else {}
        if title in colours:
            style["bg_color"] = colours[title]
            note = "\n".join(notes[title])
            sheet.write_comment(number, place, note, {"x_scale": 2, "author": ""})
        made.write(sheet, number, place, cells.get(title), **style)


def _colour(fault: RowFault, before: str | None) -> str:
    red, yellow = "#FFC7CE", "#FFEB9C"
    return red if fault.severity is Severity.ERROR or before == red else yellow


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(part for part in parts if part))


def write_results(sheets: Iterable[ResultSheet]) -> bytes:
    """Write the sheets, each with a frozen heading, widths and formats of its columns.

    A table longer than a sheet can be goes on in a further sheet.
    """
    with _book() as (made, target):
        _results(made, sheets)
    return target.getvalue()


def stream_results(sheets: Iterable[ResultSheet], into: BinaryIO) -> None:
    """Write the same to a file, a row at a time: what is written takes no memory any more."""
    with _made(into, many=True) as made:
        _results(made, sheets)


def _results(made: _Book, sheets: Iterable[ResultSheet]) -> None:
    names: set[str] = set()
    for content in sheets:
        rows = iter(content.rows)
        more = True
        while more:
            sheet = made.book.add_worksheet(_unused(_sheet_name(content.name), names))
            more = _result_sheet(made, sheet, content, rows)


def _result_sheet(
    made: _Book, sheet: Sheet, content: ResultSheet, rows: Iterator[Sequence[Cell | Link]]
) -> bool:
    """Fill one sheet; tell whether rows are left over."""
    head = 1 if content.title else 0
    last = max(len(content.columns) - 1, 0)
    if content.title and last:
        sheet.merge_range(0, 0, 0, last, "", made.style(bold=True, font_size=14, align="center"))
    if content.title:
        made.write(sheet, 0, 0, content.title, bold=True, font_size=14, align="center")
    for place, column in enumerate(content.columns):
        sheet.write_string(head, place, column.title, made.heading())
        sheet.set_column(place, place, column.width)
    sheet.freeze_panes(head + 1, 0)
    _for_paper(sheet, content, head)
    styles = [_result_style(column.kind) for column in content.columns]
    kinds = [column.kind for column in content.columns]
    links = number = 0
    for number, row in enumerate(islice(rows, _MOST_ROWS - head - 1), head + 1):
        for place, cell in enumerate(row):
            if isinstance(cell, Link):
                links += 1
                _link(made, sheet, number, place, cell, active=links <= _MOST_LINKS,
                      style=styles[place])  # fmt: skip
            elif kinds[place] is ColumnKind.HUNDREDTHS and isinstance(cell, int):
                made.write(sheet, number, place, cell / 100, **styles[place])
            else:
                made.write(sheet, number, place, cell, **styles[place])
    if content.columns:
        sheet.autofilter(head, 0, max(number, head), last)
    return number == _MOST_ROWS - 1


def _for_paper(sheet: Sheet, content: ResultSheet, head: int) -> None:
    """Let it be printed as wide as a page, its heads and the number on each."""
    if sum(column.width for column in content.columns) > _UPRIGHT:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_footer("&C第&P页　共&N页")


def _result_style(kind: ColumnKind) -> dict[str, object]:
    shown: dict[str, object] = {"border": 1, "text_wrap": True}
    return {**shown, "num_format": _NUMBER_FORMATS[kind]} if kind in _NUMBER_FORMATS else shown


def _link(  # noqa: PLR0913 (a link has a place, a text and a target)
    made: _Book,
    sheet: Sheet,
    row: int,
    column: int,
    link: Link,
    *,
    active: bool,
    style: Mapping[str, object],
) -> None:
    target = link.target
    relative = "://" not in target and ":" not in target and not target.startswith(("/", "\\"))
    if active and (target.startswith(_SAFE_TARGETS) or relative):
        url = f"external:{target}" if relative else target
        blue = made.style(**style, font_color="#0563C1", underline=1)
        if sheet.write_url(row, column, url, blue, link.text) == 0:
            return
    made.write(sheet, row, column, link.text, **style)


def _sheet_name(title: str) -> str:
    return title.translate(_FORBIDDEN_IN_NAMES).strip("'")[:28] or "数据"


def _unused(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free.lower() in taken:
        number += 1
        free = f"{name}{number}"
    taken.add(free.lower())
    return free
