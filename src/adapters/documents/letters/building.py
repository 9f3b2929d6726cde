"""Make the Word templates of the product's letters, for staff to take over and change."""

import io
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from adapters.documents.letters.forms import Form, Grid, Line

_SIDES = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_BODY, _BOLD = "仿宋", "黑体"
_CELL_SIZE = 10.5


def build_template(form: Form) -> bytes:
    """Give the Word template of ``form``, to be opened in Word or WPS."""
    document = docx.Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.8)
        section.top_margin = section.bottom_margin = Cm(3)
    document.core_properties.title = form.title
    document.core_properties.author = ""
    for part in form.parts:
        if isinstance(part, Line):
            _line(document.add_paragraph(), part)
        else:
            _grid(document, part)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _line(paragraph: Any, line: Line) -> None:
    paragraph.alignment = _SIDES[line.align]
    paragraph.paragraph_format.keep_with_next = line.kept or None
    if line.indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * line.size)
    if line.text:
        _run(paragraph, line.text, line.size, bold=line.bold)


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
            if place < len(texts):
                _run(cell.paragraphs[0], texts[place], _CELL_SIZE, bold=number == 0)
