"""Templates that departments upload: tried with made-up facts; hostile ones are refused."""

import io
import zipfile
from collections.abc import Callable, Mapping

import docx
import pypdfium2
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor

from adapters.documents.letters import LetterNotFillable, TemplateLetters
from adapters.documents.letters.forms import FORMS
from adapters.documents.letters.layout import pages_of
from supervision_core.items.model import LETTER_FORMS
from supervision_core.kernel.documents import LetterKind

LETTERS = TemplateLetters()
ORDER = "rectification_order"
TEMPLATE = LETTERS.template(ORDER)
DOCUMENT = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
_NAMES = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RUN = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def changed(parts: Mapping[str, Callable[[str], str] | str | bytes]) -> bytes:
    """Give the product's template with parts changed or added."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(TEMPLATE)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        left = dict(parts)
        for name in old.namelist():
            content: bytes | str = old.read(name)
            change = left.pop(name, None)
            if callable(change):
                content = change(old.read(name).decode())
            new.writestr(name, content)
        for name, added in left.items():
            if not callable(added):
                new.writestr(name, added)
    return made.getvalue()


def saying(text: str) -> bytes:
    """Give the template with a paragraph more."""
    run = _RUN.format(text)
    return changed({DOCUMENT: lambda xml: xml.replace("<w:body>", f"<w:body>{run}", 1)})


def related(target: str, mode: str = 'TargetMode="External"') -> bytes:
    """Give the template with a relation more."""
    added = f'<Relationship Id="rX" Type="http://x/image" Target="{target}" {mode}/>'
    return changed(
        {RELATIONS: lambda xml: xml.replace("</Relationships>", f"{added}</Relationships>")}
    )


def with_field(words: str) -> bytes:
    """Give the template with a field that Word works out."""
    run = f'<w:p><w:r><w:instrText xml:space="preserve">{words}</w:instrText></w:r></w:p>'
    return changed({DOCUMENT: lambda xml: xml.replace("<w:body>", f"<w:body>{run}", 1)})


HOSTILE: Mapping[str, tuple[bytes, str]] = {
    "nothing": (b"", "documents.template_no_word"),
    "text": (b"hello", "documents.template_no_word"),
    "broken": (b"PK\x03\x04 broken", "documents.template_no_word"),
    "macro": (changed({"word/vbaProject.bin": b"x"}), "documents.template_runs"),
    "macro_data": (changed({"word/vbaData.xml": "<x/>"}), "documents.template_runs"),
    "control": (changed({"word/activeX/activeX1.xml": "<x/>"}), "documents.template_runs"),
    "embedded": (changed({"word/embeddings/oleObject1.bin": b"x"}), "documents.template_runs"),
    "program": (changed({"word/media/a.exe": b"MZ"}), "documents.template_runs"),
    "chunk": (changed({"word/afchunk.mht": b"x"}), "documents.template_runs"),
    "web": (changed({"word/a.html": b"x"}), "documents.template_runs"),
    "entity": (
        changed({DOCUMENT: lambda xml: xml.replace("<w:document", "<!DOCTYPE a><w:document", 1)}),
        "documents.template_runs",
    ),
    "picture": (related("http://192.0.2.1/a.png"), "documents.template_fetches"),
    "share": (related("file://host/a"), "documents.template_fetches"),
    "quoted": (related("http://192.0.2.1", "TargetMode='External'"), "documents.template_fetches"),
    "include": (with_field('INCLUDEPICTURE "http://192.0.2.1"'), "documents.template_fetches"),
    "include_text": (with_field('INCLUDETEXT "c:\\a"'), "documents.template_fetches"),
    "dde": (with_field("DDEAUTO c:\\\\windows cmd"), "documents.template_fetches"),
    "link": (with_field("LINK Excel.Sheet.8 a"), "documents.template_fetches"),
    "hyperlink": (with_field('hyperlink "http://192.0.2.1"'), "documents.template_fetches"),
    "database": (with_field("DATABASE a"), "documents.template_fetches"),
    "unknown": (saying("{{ secret }}"), "documents.template_fact_unknown"),
    "unclosed": (saying("{{ subject"), "documents.letter_template_faulty"),
    "no_end": (saying("{% for one in items %}"), "documents.letter_template_faulty"),
    "inside": (saying("{{ subject.__class__.__mro__ }}"), "documents.letter_template_faulty"),
    "format": (saying("{{ '%s'.__class__ }}"), "documents.letter_template_faulty"),
    "include_file": (saying("{% include '/etc/passwd' %}"), "documents.letter_template_faulty"),
    "import": (saying("{% import 'os' as os %}"), "documents.letter_template_faulty"),
    "range": (saying("{% for a in range(999999999) %}x{% endfor %}"),
              "documents.letter_template_faulty"),
    "nested": (
        saying("{% for a in range(9999) %}{% for b in range(9999) %}xxxxxxxxxxxxxxxxxxx"
               "{% endfor %}{% endfor %}"),
        "documents.template_swells",
    ),
    "long": (saying("{{ 'x' * 9999999999 }}"), "documents.template_swells"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_template_is_refused(name: str) -> None:
    """It is never opened, or ends in a process of its own; the reason is told."""
    template, code = HOSTILE[name]
    with pytest.raises(LetterNotFillable) as refused:
        LETTERS.render(ORDER, LETTERS.sample(ORDER), LetterKind.DOCX, template)
    assert code in {one.code for one in refused.value.violations}


def files_of(document: bytes) -> Mapping[str, bytes]:
    """Give the parts of a document by name."""
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def designed() -> bytes:
    """Give a template as a department makes it: by named styles, with merged cells, a head."""
    document = docx.Document()
    style = document.styles["Title"]
    style.font.size, style.font.color.rgb = Pt(26), RGBColor(0xE0, 0, 0)
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.sections[0].header.paragraphs[0].text = "示例市行政执法文书"
    document.sections[0].footer.paragraphs[0].text = "第一联"
    document.add_paragraph("{{ department }}", style="Title")
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "当事人"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "{{ addressee }}"
    table.cell(1, 1).text, table.cell(1, 2).text = "联系人", "{{ contact }}"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_a_template_is_printed_as_it_was_designed() -> None:
    """What named styles say, merged cells, and what stands above and below each page."""
    made = LETTERS.render(ORDER, LETTERS.sample(ORDER), LetterKind.DOCX, designed())
    laid = pages_of(files_of(made))
    title, table = (one for one in laid["blocks"] if one.get("runs") or one["kind"] == "table")
    (run,) = title["runs"]
    assert (title["align"], run["size"], run["color"]) == ("center", 26, "E00000")
    assert [[(cell["span"], cell["rows"]) for cell in row] for row in table["rows"]] == [
        [(1, 2), (2, 1)], [(1, 1), (1, 1)],
    ]  # fmt: skip
    assert [run["text"] for one in laid["header"] for run in one["runs"]] == ["示例市行政执法文书"]
    assert [run["text"] for one in laid["footer"] for run in one["runs"]] == ["第一联"]
    printed = LETTERS.render(ORDER, LETTERS.sample(ORDER), LetterKind.PDF, designed())
    with pypdfium2.PdfDocument(printed) as document:
        text = document[0].get_textpage().get_text_bounded()
    assert "示例市行政执法文书" in text
    assert "第一联" in text


def holding(xml: str) -> bytes:
    """Give the template with a piece of WordprocessingML more, before all else."""
    return changed({DOCUMENT: lambda said: said.replace("<w:body>", f"<w:body>{xml}", 1)})


def _cell(text: str, said: str = "") -> str:
    return f"<w:tc><w:tcPr>{said}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def _grid(*rows: str, columns: int = 2) -> str:
    grid = '<w:gridCol w:w="1000"/>' * columns
    said = "".join(f"<w:tr>{one}</w:tr>" for one in rows)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{said}</w:tbl>"


_BEGINS, _GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
_TWO = '<w:gridSpan w:val="2"/>'
_HEAD = "<w:trPr><w:tblHeader/></w:trPr>"
PLACED: Mapping[str, tuple[str, list[list[tuple[str, int, int, int]]], int]] = {
    "merged_out_of_the_head": (
        _grid(
            _HEAD + _cell("A", _BEGINS) + _cell("B"),
            _cell("x", _GOES_ON) + _cell("D"),
            _cell("E") + _cell("F"),
        ),
        [[("A", 0, 1, 2), ("B", 1, 1, 1)], [("D", 1, 1, 1)], [("E", 0, 1, 1), ("F", 1, 1, 1)]],
        2,
    ),
    "another_width": (
        _grid(_cell("A", _TWO + _BEGINS), _cell("C", _GOES_ON) + _cell("D")),
        [[("A", 0, 2, 1)], [("C", 0, 1, 1), ("D", 1, 1, 1)]],
        0,
    ),
    "something_between": (
        _grid(
            _cell("A") + _cell("B", _BEGINS), _cell("C", _TWO), _cell("D") + _cell("E", _GOES_ON)
        ),
        [[("A", 0, 1, 1), ("B", 1, 1, 1)], [("C", 0, 2, 1)], [("D", 0, 1, 1), ("E", 1, 1, 1)]],
        0,
    ),
    "a_place_left_out": (
        _grid('<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + _cell("B"), _cell("C") + _cell("D")),
        [[("B", 1, 1, 1)], [("C", 0, 1, 1), ("D", 1, 1, 1)]],
        0,
    ),
    "numbers_that_are_none": (
        _grid(_cell("A", '<w:gridSpan w:val="x"/>') + _cell("B", '<w:gridSpan w:val="-1"/>')),
        [[("A", 0, 1, 1), ("B", 1, 1, 1)]],
        0,
    ),
    "wider_than_its_grid": (
        _grid(_cell("A", '<w:gridSpan w:val="3"/>')), [[("A", 0, 3, 1)]], 0
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PLACED)
def test_each_cell_stands_where_it_was_put(name: str) -> None:
    """However cells are merged or left out, no fact stands beside another's label."""
    xml, wanted, head = PLACED[name]
    table = pages_of(files_of(holding(xml)))["blocks"][0]
    found = [
        [(cell["paragraphs"][0]["runs"][0]["text"], cell["x"], cell["span"], cell["rows"])
         for cell in row]
        for row in table["rows"]
    ]  # fmt: skip
    assert (found, table["head"]) == (wanted, head)
    assert LETTERS.render(ORDER, LETTERS.sample(ORDER), LetterKind.PDF, holding(xml))


UNPRINTABLE: Mapping[str, bytes] = {
    "styles": changed({"word/styles.xml": lambda _: "<w:styles"}),
    "deep": holding("<w:sdt><w:sdtContent>" * 600 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 600),
    "wide": holding(_grid(_cell("A", '<w:gridSpan w:val="40"/>') * 2)),
}


@pytest.mark.parametrize("name", UNPRINTABLE)
def test_what_cannot_be_printed_is_refused_when_it_is_tried(name: str) -> None:
    """Neither its printing nor the reading of its words fails otherwise."""
    for ask in (
        lambda: LETTERS.render(ORDER, LETTERS.sample(ORDER), LetterKind.PDF, UNPRINTABLE[name]),
        lambda: LETTERS.worded(ORDER, UNPRINTABLE[name]),
    ):
        with pytest.raises(LetterNotFillable) as refused:
            ask()
        assert [one.code for one in refused.value.violations] == ["documents.template_unprintable"]


def test_text_is_seen_or_left_out() -> None:
    """Light text is black where nothing dark lies behind it; hidden text is not printed."""
    white = '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    run = f"<w:r>{white}<w:t>白字</w:t></w:r>"
    dark = f'<w:tc><w:tcPr><w:shd w:fill="1F3864"/></w:tcPr><w:p>{run}</w:p></w:tc>'
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r></w:p>"
    plain, table, unseen = pages_of(
        files_of(holding(f"<w:p>{run}</w:p>{_grid(dark, columns=1)}{hidden}"))
    )["blocks"][:3]
    assert [run["color"] for run in plain["runs"]] == ["000000"]
    (cell,) = table["rows"][0]
    assert (cell["fill"], cell["paragraphs"][0]["runs"][0]["color"]) == ("1F3864", "FFFFFF")
    assert unseen["runs"] == []


def test_the_number_of_a_page_is_printed_once() -> None:
    """What a footer says beside it stays; one of nothing else goes."""
    number = '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    lines = f"<w:r><w:t>示例机关　第</w:t></w:r>{number}<w:r><w:t>页</w:t></w:r>"
    only = f"<w:r><w:t>第</w:t></w:r>{number}<w:r><w:t>页</w:t></w:r>"
    own = files_of(TEMPLATE)
    (footer,) = (name for name in own if name.startswith("word/footer"))
    made = f'<w:ftr xmlns:w="{_NAMES}"><w:p>{lines}</w:p><w:p>{only}</w:p></w:ftr>'
    found = pages_of({**own, footer: made.encode()})["footer"]
    assert [run["text"] for one in found for run in one["runs"]] == ["示例机关"]


@pytest.mark.parametrize("form", sorted(FORMS))
def test_the_own_template_of_each_paper_is_fit_to_be_uploaded(form: str) -> None:
    """Whoever starts from the product's template gets a paper with the made-up facts."""
    made = LETTERS.render(form, LETTERS.sample(form), LetterKind.DOCX, LETTERS.template(form))
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(made)).paragraphs)
    assert "示例市市场监督管理局" in text
    assert "{{" not in text


def test_every_kind_of_paper_has_a_letter() -> None:
    """A template of any kind can be tried."""
    assert set(LETTER_FORMS.values()) <= set(FORMS)
