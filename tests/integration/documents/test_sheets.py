"""Sheets to be filled in by hand, and workbooks, as they come out of a printer."""

import io
import re
import zipfile

import docx
import pypdfium2
import pytest
from attrs import evolve
from docx.oxml.ns import qn

from adapters.documents.sheets import PrintedSheets
from adapters.documents.writing import write_results
from supervision_core.kernel.documents import (
    LetterKind,
    PaperSection,
    PaperSheet,
    ResultColumn,
    ResultSheet,
)

PRINTER = PrintedSheets()
WHO = ("检查人员", "负责人")


def _sheet(count: int) -> PaperSheet:
    rows = [(f"{at // 3}.事项", f"内容{at}\n第二行") for at in range(count)]
    return PaperSheet(
        title="检查单", facts=[("检查时间", ""), ("检查单号", ""), ("检查对象", "")],
        columns=(ResultColumn("检查事项"), ResultColumn("检查内容")), merged=1, signed=WHO,
        sections=(PaperSection(title="责任部门：甲", rows=rows),),
    )  # fmt: skip


def _pages(count: int) -> list[str]:
    content = PRINTER.render(_sheet(count), LetterKind.PDF)
    with pypdfium2.PdfDocument(content) as document:
        return [re.sub(r"\s", "", one.get_textpage().get_text_bounded()) for one in document]


def test_who_signs_a_sheet_stands_on_the_page_of_its_last_row() -> None:
    """However long it is; also where it has no row. Each page says which it is."""
    several = 0
    for count in range(13, 40):
        pages = _pages(count)
        assert f"内容{count - 1}第二行{WHO[0]}：年月日{WHO[1]}：年月日" in pages[-1]
        assert all(one.endswith(f"第{at}页共{len(pages)}页") for at, one in enumerate(pages, 1))
        several += len(pages) > 1
    assert several
    (page,) = _pages(0)
    assert f"{WHO[0]}：年月日" in page


def test_a_long_word_on_a_sheet_is_printed_as_it_is() -> None:
    """A code or an address can be copied and searched: nothing unseen stands in it."""
    code, address = "0123456789abcdef" * 3, "https://example.cn/a-b/c?x=1&y=2"
    sheet = evolve(_sheet(1), facts=[("检查单号", code), ("网址", address)])
    with pypdfium2.PdfDocument(PRINTER.render(sheet, LetterKind.PDF)) as document:
        text = document[0].get_textpage().get_text_bounded()
    assert code in text
    assert address in text


def test_a_sheet_in_word_is_kept_together_and_numbered() -> None:
    """Heads with the first row, the last row with those who sign; pages are numbered."""
    word = docx.Document(io.BytesIO(PRINTER.render(_sheet(5), LetterKind.DOCX)))
    rows = word.tables[-1].rows
    kept = [one.cells[1].paragraphs[0].paragraph_format.keep_with_next for one in rows]
    assert [bool(one) for one in kept] == [True, True, False, False, False, False, True]
    first, last = word.paragraphs[-2:]
    assert [one.text.partition("：")[0] for one in (first, last)] == list(WHO)
    assert first.paragraph_format.keep_with_next
    footer = word.sections[0].footer._element
    fields = [one.get(qn("w:instr")) for one in footer.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize(("width", "across"), [(20, False), (60, True)])
def test_a_workbook_is_printed_as_wide_as_a_page(width: int, *, across: bool) -> None:
    """On A4, across where it is wide; heads on every page, numbers below, long text wrapped."""
    columns = (ResultColumn("名称", width=width), ResultColumn("说明", width=width))
    content = write_results([
        ResultSheet(name="甲", title="甲表", columns=columns, rows=[("a", "一\n二")])
    ])  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book, sheet, styles = (
            archive.read(f"xl/{one}.xml").decode()
            for one in ("workbook", "worksheets/sheet1", "styles")
        )
    assert "甲!$2:$2" in book.replace("'", "")
    assert 'paperSize="9"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert ('orientation="landscape"' in sheet) == across
    assert "第&amp;P页　共&amp;N页" in sheet
    assert 'wrapText="1"' in styles
