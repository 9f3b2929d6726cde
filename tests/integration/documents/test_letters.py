import ctypes
import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from itertools import islice
from pathlib import Path

import docx
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from tests.yardstick import counts

from adapters.documents.letters import LetterNotFillable, TemplateLetters, write_templates
from adapters.documents.letters.forms import FORMS
from adapters.documents.messages import MESSAGES
from supervision_core.kernel.documents import Fact, LetterKind
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.messages import Messages

LETTERS = TemplateLetters()
LISTS: Mapping[str, Fact] = {
    "inspectors": [
        {"name": "韦甲", "certificate": "桂00010001", "department": "市场监督管理局"},
        {"name": "覃乙", "certificate": "桂00010002", "department": "农业农村局"},
    ],
    "items": [
        {
            "item": "出厂乳制品是否逐批检验",
            "method": "查阅检验报告",
            "department": "市场监管",
            "result": "发现问题",
            "note": "缺两批次报告",
        }
    ],
    "findings": [
        {
            "problem": "缺两批次检验报告",
            "basis": "乳品质量安全监督管理条例第三十四条",
            "demand": "补齐报告",
            "result": "已改正",
        }
    ],
    "departments": [{"department": "市场监管", "checked": 12, "failed": 1, "measure": "责令改正"}],
}


def _facts(form: str) -> dict[str, Fact]:
    return {
        name: LISTS.get(
            name,
            date(2026, 3, 5) if name.endswith(("_on", "_day", "_by")) else f"{name}之值",
        )
        for name in LETTERS.facts_of(form)
    }


def _pdf_text(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    return re.sub(r"第\d+页共\d+页", "", re.sub(r"\s", "", text))


def _docx_text(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    parts = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return re.sub(r"\s", "", "".join(parts + cells))


@pytest.mark.function("F133")
@pytest.mark.parametrize("form", FORMS)
def test_word_and_pdf_say_the_same(form: str) -> None:
    """Both carry the title, every fact and the same signs, whatever the template says."""
    facts = _facts(form)
    word = _docx_text(LETTERS.render(form, facts, LetterKind.DOCX))
    printed = _pdf_text(LETTERS.render(form, facts, LetterKind.PDF))
    assert FORMS[form].title in printed
    assert "2026年3月5日" in printed
    assert "{" not in word
    for name, fact in facts.items():
        if isinstance(fact, str):
            assert fact in printed, name
    assert sorted(word) == sorted(printed)


@pytest.mark.parametrize("kind", LetterKind)
def test_the_same_facts_give_the_same_bytes(kind: LetterKind) -> None:
    """A letter made again is the same file, so that its digest can stand in an archive."""
    facts = _facts("rectification_order")
    first = LETTERS.render("rectification_order", facts, kind)
    assert TemplateLetters().render("rectification_order", facts, kind) == first


def test_the_fonts_are_embedded() -> None:
    """A PDF shows its Chinese text on a machine without Chinese fonts."""
    data = LETTERS.render("result_notice", _facts("result_notice"), LetterKind.PDF)
    embedded = []
    with pypdfium2.PdfDocument(data) as document:
        for item in document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            font = pdfium.FPDFTextObj_GetFont(item.raw)
            embedded.append(bool(pdfium.FPDFFont_GetIsEmbedded(font)))
            size = ctypes.c_size_t()
            assert pdfium.FPDFFont_GetFontData(font, None, 0, ctypes.byref(size))
    assert embedded
    assert all(embedded)


@pytest.mark.parametrize("kind", LetterKind)
def test_facts_are_text_whatever_they_contain(kind: LetterKind) -> None:
    """Markup, template code, typesetting code and control characters in a fact stay text."""
    odd = "<w:t>&{{ 7*7 }}#eval(1) $x$ *粗* \\ \x07\n第二行"
    facts = _facts("result_notice") | {"result": odd}
    data = LETTERS.render("result_notice", facts, kind)
    text = _pdf_text(data) if kind is LetterKind.PDF else _docx_text(data)
    assert re.sub(r"\s", "", odd.replace("\x07", "")) in text


def test_every_missing_fact_is_named() -> None:
    """A letter is not written with holes: all missing facts are told at once."""
    facts = _facts("result_notice")
    del facts["addressee"], facts["result"]
    with pytest.raises(LetterNotFillable) as caught:
        LETTERS.render("result_notice", facts, LetterKind.DOCX)
    assert [(v.code, v.data["fact"]) for v in caught.value.violations] == [
        ("documents.letter_fact_missing", "addressee"),
        ("documents.letter_fact_missing", "result"),
    ]
    words = Messages(MESSAGES).explain(caught.value.violations[1])
    assert "{{ result }}" in words.remedy


def test_an_unknown_letter_is_not_found(tmp_path: Path) -> None:
    """A name that leads out of the folder is no letter either."""
    (tmp_path / "secret.docx").write_bytes(b"x")
    letters = TemplateLetters(tmp_path / "own")
    for name in ("no_such", "../secret", "/etc/passwd", ".hidden"):
        with pytest.raises(NotFound):
            letters.render(name, {}, LetterKind.DOCX)


def _own(path: Path, *lines: str) -> None:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))


@pytest.mark.function("F048")
def test_staff_take_over_a_template_by_editing_its_file(tmp_path: Path) -> None:
    """The product's templates are written once, never over a changed one; changes count at once."""
    write_templates(tmp_path)
    letters = TemplateLetters(tmp_path)
    assert letters.facts_of("result_notice") == LETTERS.facts_of("result_notice")
    _own(
        tmp_path / "result_notice.docx",
        "结果：{{ result }}",
        "{% for x in findings %}{{ x.problem }}{% endfor %}",
    )
    write_templates(tmp_path)
    facts: dict[str, Fact] = {"result": "合格", "findings": [{"problem": "甲"}, {"problem": "乙"}]}
    assert _pdf_text(letters.render("result_notice", facts, LetterKind.PDF)) == "结果：合格甲乙"
    _own(tmp_path / "extra.docx", "另：{{ result }}")
    assert letters.forms()["extra"] == "extra"
    assert _docx_text(letters.render("extra", facts, LetterKind.DOCX)) == "另：合格"


@pytest.mark.parametrize(
    "line",
    [
        "{{ result",
        "{% for x in findings %}",
        "{{ result.missing }}",
        "{{ result.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ 1/0 }}",
    ],
    ids=["open", "endless", "attribute", "class", "literal_class", "division"],
)
def test_a_faulty_or_hostile_template_is_refused_with_its_fault(tmp_path: Path, line: str) -> None:
    """Templates fill in and repeat; what is broken or reaches further is refused."""
    _own(tmp_path / "bad.docx", line)
    with pytest.raises(LetterNotFillable) as caught:
        TemplateLetters(tmp_path).render("bad", {"result": "x", "findings": []}, LetterKind.PDF)
    assert [v.code for v in caught.value.violations] == ["documents.letter_template_faulty"]


def test_a_file_that_is_no_word_document_is_refused(tmp_path: Path) -> None:
    """A template must be a Word document."""
    (tmp_path / "bad.docx").write_bytes(b"no zip")
    with pytest.raises(LetterNotFillable) as caught:
        TemplateLetters(tmp_path).facts_of("bad")
    assert [(v.code, v.at) for v in caught.value.violations] == [("documents.file_damaged", "bad")]


def test_the_docx_opens_and_holds_no_moment() -> None:
    """Every entry of the file carries the same fixed date."""
    data = LETTERS.render("result_notice", _facts("result_notice"), LetterKind.DOCX)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_twenty_letters_are_printed_in_a_second() -> None:
    """Different letters in a row keep the pace that a task of 2,000 visits needs.

    A second of a processor that counts to five million in a sixth of one, the best of three: a
    slow or busy machine is no fault of the letters.
    """
    facts = _facts("rectification_order")
    LETTERS.render("rectification_order", facts, LetterKind.PDF)
    numbers = iter(range(60))

    def print_twenty() -> None:
        for number in islice(numbers, 20):
            different = facts | {"subject": f"第{number}号企业", "number": f"{number}号"}
            LETTERS.render("rectification_order", different, LetterKind.PDF)

    assert counts(print_twenty, turns=3) < 6
    assert not list(numbers)
