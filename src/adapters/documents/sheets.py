"""Sheets to be filled in on paper, as Word documents and as PDF."""

import io
import json
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import docx
import pylopdf_fonts_zh_cn
import typst
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from adapters.documents.word import number_pages, speak_chinese
from supervision_core.kernel.documents import LetterKind, PaperSection, PaperSheet, PaperSheets

_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The same sheet gives the same PDF: none carries the moment at which it was made."""
_WIDTH: Final = 15_500
"""The width of a table in twentieths of a point."""
_CONTROL: Final = dict.fromkeys(range(32), " ") | {10: "\n", 9: " "}
_FACTS: Final = (18, 32, 18, 32)
_SHADED: Final = '<w:shd w:val="clear" w:color="auto" w:fill="EBEBEB"/>'
_BLANK: Final = "\u3000"
_FONTS: Final = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{}"/>'


class PrintedSheets(PaperSheets):
    """Prints sheets on A4 across. May be used by several threads."""

    def __init__(self) -> None:
        """Get the fonts ready."""
        self._printing = threading.Lock()
        self._layout = resources.files(__package__).joinpath("sheet.typ").read_bytes()
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)],
        )
        self._compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)

    def render(self, sheet: PaperSheet, kind: LetterKind) -> bytes:
        """Print a sheet; heads of tables stand on every page."""
        return _word(sheet) if kind is LetterKind.DOCX else self._print(sheet)

    def _print(self, sheet: PaperSheet) -> bytes:
        said = {
            "title": sheet.title,
            "note": sheet.note,
            "signed": [_signed(one) for one in sheet.signed],
            "facts": [*sheet.facts, *([("", "")] if len(sheet.facts) % 2 else [])],
            "columns": [{"title": one.title, "width": one.width} for one in sheet.columns],
            "sections": [
                {"title": one.title, "rows": list(_spanned(one, sheet.merged))}
                for one in sheet.sections
            ],
        }
        with self._printing:  # the compiler keeps what it learnt, for one sheet at a time
            made = self._compiler.compile(
                self._layout,
                format="pdf",
                sys_inputs={"sheet": json.dumps(said, ensure_ascii=False)},
                timestamp=_MADE,
                pdf_standards=["a-2b"],
            )
        if not isinstance(made, bytes):
            raise TypeError(made)
        return made


def _signed(who: str) -> str:
    """Give the line on which somebody signs and dates."""
    return f"{who}：{_BLANK * (40 - len(who))}年　　月　　日"


def _goes_on(rows: Sequence[Sequence[str]], at: int, column: int) -> bool:
    """Tell whether a cell says what the one above said, and all cells before it do."""
    return at > 0 and list(rows[at][: column + 1]) == list(rows[at - 1][: column + 1])


def _spanned(section: PaperSection, merged: int) -> Iterator[list[dict[str, Any]]]:
    """Give the cells of each row, those of merged columns once for the rows that they span."""
    rows = section.rows
    for at, row in enumerate(rows):
        cells = []
        for column, text in enumerate(row):
            if column < merged and _goes_on(rows, at, column):
                continue
            spans = 1
            while column < merged and at + spans < len(rows) and _goes_on(rows, at + spans, column):
                spans += 1
            cells.append({"text": text, "rows": spans})
        yield cells


def _word(sheet: PaperSheet) -> bytes:
    document = docx.Document()
    for section in document.sections:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
        section.left_margin = section.right_margin = Cm(1.2)
        section.top_margin = section.bottom_margin = Cm(1.4)
        number_pages(section)
    speak_chinese(document)
    document.core_properties.title = sheet.title
    document.core_properties.author = ""
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(sheet.title)
    run.font.size = Pt(16)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "黑体")  # noqa: SLF001
    facts = list(sheet.facts) + [("", "")] * (len(sheet.facts) % 2)
    pairs = [(*facts[at], *facts[at + 1]) for at in range(0, len(facts), 2)]
    _add(document, _table(_FACTS, [], [[(text, "") for text in row] for row in pairs], bold={0, 2}))
    if sheet.note:
        document.add_paragraph(sheet.note)
    widths = [one.width for one in sheet.columns]
    for part in sheet.sections:
        document.add_paragraph()
        kept = bool(sheet.signed) and part is sheet.sections[-1]
        rows = [
            [(text, _merge(part.rows, at, column, sheet.merged)) for column, text in enumerate(row)]
            for at, row in enumerate(part.rows)
        ]
        heads = [[(part.title, len(widths))]] if part.title else []
        heads.append([(one.title, 1) for one in sheet.columns])
        _add(document, _table(widths, heads, rows, kept=kept))
    for at, one in enumerate(sheet.signed):
        line = document.add_paragraph(_signed(one))
        line.paragraph_format.space_before = Pt(12)
        line.paragraph_format.keep_with_next = at + 1 < len(sheet.signed)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _add(document: Any, table: str) -> None:
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(table))


def _merge(rows: Sequence[Sequence[str]], at: int, column: int, merged: int) -> str:
    """Give how a cell is joined with those above and below it in a Word document."""
    if column >= merged:
        return ""
    if _goes_on(rows, at, column):
        return "<w:vMerge/>"
    more = at + 1 < len(rows) and _goes_on(rows, at + 1, column)
    return '<w:vMerge w:val="restart"/>' if more else ""


def _table(
    widths: Sequence[int],
    heads: Sequence[Sequence[tuple[str, int]]],
    rows: Sequence[Sequence[tuple[str, str]]],
    bold: frozenset[int] | set[int] = frozenset(),
    *,
    kept: bool = False,
) -> str:
    """Give a table as Word has it: python-docx counts all cells for each that it makes.

    Heads stand with the first row, and where it is ``kept`` the last row with what follows.
    """
    whole = sum(widths)
    sizes = [_WIDTH * one // whole for one in widths]
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    made = [
        (
            f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(sizes)}" w:type="dxa"/>'
            f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
            "<w:tblGrid>"
        ),
        *(f'<w:gridCol w:w="{one}"/>' for one in sizes),
        "</w:tblGrid>",
    ]
    for head in heads:
        made.append("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
        at = 0
        for text, columns in head:
            size = sum(sizes[at : at + columns])
            span = f'<w:gridSpan w:val="{columns}"/>' + _SHADED * (columns > 1)
            made.append(_cell(text, size, span, bold=True, leads=True, centred=columns == 1))
            at += columns
        made.append("</w:tr>")
    for number, row in enumerate(rows, 1):
        made.append("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
        leads = kept and number == len(rows)
        for at, (text, joined) in enumerate(row):
            said = "" if joined == "<w:vMerge/>" else text
            made.append(_cell(said, sizes[at], joined, bold=at in bold, leads=leads))
        made.append("</w:tr>")
    return "".join((*made, "</w:tbl>"))


def _cell(  # noqa: PLR0913 - one for each thing that is said of it
    text: str,
    width: int,
    more: str,
    *,
    bold: bool = False,
    centred: bool = False,
    leads: bool = False,
) -> str:
    face = _FONTS.format("黑体" if bold else "宋体")
    side = '<w:jc w:val="center"/>' if centred else ""
    next_ = "<w:keepNext/>" if leads else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>'
        for line in text.translate(_CONTROL).split("\n")
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr><w:p><w:pPr>{next_}'
        f'<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>{side}</w:pPr><w:r><w:rPr>{face}'
        f'<w:sz w:val="18"/></w:rPr>{lines}</w:r></w:p></w:tc>'
    )
