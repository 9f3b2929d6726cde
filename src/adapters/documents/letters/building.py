"""Make the Word templates of the product's letters, for staff to take over and change."""

import io
from itertools import zip_longest
from typing import Any

import docx
from attrs import evolve
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from adapters.documents.letters.forms import Form, Grid, Line
from adapters.documents.word import number_pages, speak_chinese

_SIDES = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_BODY, _BOLD = "仿宋", "黑体"
_CELL_SIZE = 10.5
_CELL_LINE = 14
_LEADING = 1.6


def build_template(form: Form) -> bytes:
    """Give the Word template of ``form``, to be opened in Word or WPS."""
    document = docx.Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.8)
        section.top_margin = section.bottom_margin = Cm(3)
        number_pages(section)
    document.core_properties.title = form.title
    document.core_properties.author = ""
    speak_chinese(document)
    for part, after in zip_longest(form.parts, form.parts[1:]):
        if isinstance(part, Line):
            _lines(document, evolve(part, kept=part.kept or _leads(after)))
        else:
            _grid(document, part)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _leads(after: Line | Grid | None) -> bool:
    """Tell whether what stands before this belongs to it: to a table, to what is kept."""
    return isinstance(after, Grid) or (after is not None and after.kept)


def _lines(document: Any, line: Line) -> None:
    """Write a paragraph, between those that docxtpl takes away where it repeats."""
    if line.each:
        document.add_paragraph(f"{{%p for each in {line.each} %}}")
    _line(document.add_paragraph(), line)
    if line.each:
        document.add_paragraph("{%p endfor %}")


def _line(paragraph: Any, line: Line) -> None:
    paragraph.alignment = _SIDES[line.align]
    _space(paragraph, _LEADING * line.size, 1)
    paragraph.paragraph_format.keep_with_next = line.kept or None
    if line.indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * line.size)
    if line.text:
        _run(paragraph, line.text, line.size, bold=line.bold)


def _space(paragraph: Any, line: float, around: float) -> None:
    """Give the paragraph lines of that height at least, whatever the face, and room around."""
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(around)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(line)


def _run(paragraph: Any, text: str, size: float, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.bold = bold or None
    run.font.size = Pt(size)
    run.font.name = "Times New Roman"
    run._element.rPr.rFonts.set(qn("w:eastAsia"), _BOLD if bold else _BODY)  # noqa: SLF001


def _grid(document: Any, grid: Grid) -> None:
    """Write a table whose middle row repeats: docxtpl takes the rows around it away.

    The head stands on every page, and no row is torn apart.
    """
    loop = (f"{{%tr for each in {grid.each} %}}", "{%tr endfor %}")
    rows = (grid.headings, (loop[0],), grid.cells, (loop[1],))
    table = document.add_table(rows=len(rows), cols=len(grid.headings))
    table.style = "Table Grid"
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    width = Cm(15.4)
    for place, share in enumerate(grid.widths):
        table.columns[place].width = int(width * share / sum(grid.widths))
    for number, texts in enumerate(rows):
        for mark in ("w:cantSplit", *(("w:tblHeader",) if number == 0 else ())):
            table.rows[number]._tr.get_or_add_trPr().append(  # noqa: SLF001
                OxmlElement(mark)
            )
        for place, cell in enumerate(table.rows[number].cells):
            cell.width = table.columns[place].width
            _space(cell.paragraphs[0], _CELL_LINE, 2)
            cell.paragraphs[0].paragraph_format.keep_with_next = (number == 0 or grid.whole) or None
            if place < len(texts):
                _run(cell.paragraphs[0], texts[place], _CELL_SIZE, bold=number == 0)
