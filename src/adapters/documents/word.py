"""What every Word document of the product has: its language, and the number of each page."""

from typing import Any, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

_NUMBERED: Final = ("第", "PAGE", "页　共", "NUMPAGES", "页")
_NUMBER_SIZE: Final = 9


def speak_chinese(document: Any) -> None:
    """Say that its text is Chinese: signs are drawn and lines broken as in Chinese."""
    said = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    said.set(qn("w:eastAsia"), "zh-CN")


def number_pages(section: Any) -> None:
    """Let each page say which it is, and of how many: 第1页　共4页."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for piece in _NUMBERED:
        run = paragraph.add_run("" if piece.isascii() else piece)
        run.font.size = Pt(_NUMBER_SIZE)
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")  # noqa: SLF001
        if piece.isascii():
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), piece)
            run._element.addprevious(field)  # noqa: SLF001
            field.append(run._element)  # noqa: SLF001
            run.text = "1"
