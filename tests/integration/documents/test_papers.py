"""What a legal office asks of each paper, read from the paper as it is printed."""

import io
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from adapters.documents.letters import TemplateLetters
from adapters.documents.letters.forms import FORMS
from adapters.documents.letters.wording import punctuated
from adapters.documents.page import print_page
from supervision_core.kernel.days import day_words
from supervision_core.kernel.documents import Fact, LetterKind

LETTERS = TemplateLetters()
ORGAN = "示例市市场监督管理局"
SERVED = ("受送达人（签名或盖章）", "送达人（签名）", "送达时间")
ASKED: dict[str, tuple[str, ...]] = {
    "inspection_notice": (
        "任务来源", "检查地点", "申请其回避", "陈述、申辩", "SL-0001", "2026年3月2日至2026年3月6日",
        *SERVED,
    ),
    "inspection_record": (
        "2026年3月2日9时5分至11时20分", "已出示执法证件", "是否申请回避", "SL-0001",
        "SL-0002", "现场负责人（签名或盖章）", "检查人员（签名）",
        "记录人：示例乙。", "记录人（签名）：",
        "见证人",
    ),
    "rectification_order": (
        "温度记录缺失", "《乳品质量安全监督管理条例》第十八条", "补齐记录", "2026年4月1日前改正",
        "六十日内向本机关的本级人民政府申请行政复议", "六个月内", "提起行政诉讼", "陈述、申辩",
        "SL-0001", *SERVED,
    ),
    "recheck_opinion": ("示市监改〔2026〕1号", "2026年4月2日复查", "已改正", "SL-0001", *SERVED),
    "result_notice": (
        "2026年3月30日前", "示例市政府门户网站", "行政复议", "SL-0001", "陈述、申辩", *SERVED,
    ),
}  # fmt: skip


def printed(form: str, facts: dict[str, Fact] | None = None) -> tuple[str, int]:
    """Give what a paper says without white space, and how many pages it has."""
    content = LETTERS.render(form, {**LETTERS.sample(form), **(facts or {})}, LetterKind.PDF)
    with pypdfium2.PdfDocument(content) as document:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
        return re.sub(r"\s", "", text), len(document)


@pytest.mark.function("F133")
@pytest.mark.parametrize("form", FORMS)
def test_a_paper_says_what_the_law_asks_of_it(form: str) -> None:
    """Organ at head and seal, officers with certificates, signatures, terms, ways of appeal."""
    text, _ = printed(form)
    assert text.startswith(f"{ORGAN}{FORMS[form].title}")
    assert f"{ORGAN}（印章）" in text
    for words in ASKED[form]:
        assert words in text, words
    assert not re.search(r"年0|月0|日0\d时", text)
    assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", text)


@pytest.mark.parametrize(
    ("form", "each", "head"),
    [
        ("rectification_order", "findings", "序号存在问题依据改正要求"),
        ("inspection_record", "items", "序号检查事项检查结果情况说明"),
    ],
)
def test_the_head_of_a_table_stands_on_every_page(form: str, each: str, head: str) -> None:
    """In Word and as PDF; no row is torn apart."""
    rows = LETTERS.sample(form)[each]
    assert isinstance(rows, tuple)
    facts: dict[str, Fact] = {each: [rows[0]] * 60}
    text, pages = printed(form, facts)
    assert pages > 2
    assert text.count(head) >= pages - 1
    word = docx.Document(
        io.BytesIO(LETTERS.render(form, {**LETTERS.sample(form), **facts}, LetterKind.DOCX))
    )
    long = max(word.tables, key=lambda one: len(one.rows))
    marks = [one._tr.trPr is not None and one._tr.trPr.find(qn("w:tblHeader")) is not None
             for one in long.rows]  # fmt: skip
    assert marks == [True, *[False] * 60]
    assert all(one._tr.trPr.find(qn("w:cantSplit")) is not None for one in long.rows)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("台账缺失, 未公示!", "台账缺失，未公示！"),
        ("专用仓库;剧毒(A类)", "专用仓库；剧毒（A类）"),
        ("《条例》(2013-12-07)第三十三条", "《条例》（2013-12-07）第三十三条"),
        ("12:30 a:b (x) 0771-0000000", "12:30 a:b (x) 0771-0000000"),
        ("执行程序(系统校验项)", "执行程序（系统校验项）"),
    ],
)
def test_signs_between_chinese_words_are_full_width(said: str, written: str) -> None:
    """GB/T 15834; what stands in codes and numbers stays as it is, and once is enough."""
    assert punctuated(said) == written
    assert punctuated(written) == written


SIGNED = (f"{ORGAN}（印章）", "受送达人", "检查人员（签名）", "记录人（签名）", "见证人", "2026年")


@pytest.mark.parametrize("form", FORMS)
def test_those_who_sign_do_not_stand_alone_on_a_page(form: str) -> None:
    """However many rows its table has, the last page says something above them."""
    sample = LETTERS.sample(form)
    (each,) = [one for one in ("items", "findings") if one in LETTERS.facts_of(form)]
    rows = sample[each]
    assert isinstance(rows, tuple)
    broken = 0
    for count in range(10, 40):
        pages = _pages(form, {each: [rows[0]] * count})
        last = pages[-1]
        assert not last.startswith(SIGNED), (count, last)
        assert f"{ORGAN}（印章）" in last
        broken += len(pages) > 1 and not last.startswith("序号")
    assert broken


def _pages(form: str, facts: dict[str, Fact]) -> list[str]:
    """Give what each page says without white space."""
    content = LETTERS.render(form, {**LETTERS.sample(form), **facts}, LetterKind.PDF)
    with pypdfium2.PdfDocument(content) as document:
        return [re.sub(r"\s", "", one.get_textpage().get_text_bounded()) for one in document]


def _officers(count: int) -> list[dict[str, str]]:
    return [{"name": f"甲{at:03}乙", "certificate": "1", "department": "丙"} for at in range(count)]


@pytest.mark.parametrize("form", FORMS)
def test_officers_stand_on_one_page_or_if_they_are_more_on_several(form: str) -> None:
    """None is lost, and each page that names some has the head above them."""
    for count, whole in ((30, True), (40, False), (90, False)):
        pages = _pages(form, {"inspectors": _officers(count)})
        named = [re.findall(r"甲(\d{3})乙", one) for one in pages]
        assert [int(name) for page in named for name in page] == list(range(count))
        with_some = [page for page, names in zip(pages, named, strict=True) if names]
        assert (len(with_some) == 1) is whole
        assert all("姓名执法证号所属部门甲" in page for page in with_some)


def test_rows_of_a_template_of_ones_own_are_all_printed(tmp_path: Path) -> None:
    """Also where Word was told to keep each with the next, and none is a head."""
    word = docx.Document()
    table = word.add_table(rows=3, cols=1)
    for row, words in zip(
        table.rows,
        ("{%tr for each in inspectors %}", "{{ each.name }}", "{%tr endfor %}"),
        strict=True,
    ):
        row.cells[0].paragraphs[0].add_run(words)
        row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
    word.save(str(tmp_path / "own.docx"))
    facts: dict[str, Fact] = {"inspectors": _officers(90)}
    content = TemplateLetters(tmp_path).render("own", facts, LetterKind.PDF)
    assert re.findall(r"甲(\d{3})乙", _text(content)) == [f"{at:03}" for at in range(90)]


def test_a_row_longer_than_a_page_is_printed_to_its_end() -> None:
    """It goes on below the head on the next page; one that fits a page is not torn."""
    for said, torn in (("很长" * 1000, True), ("很长" * 100, False)):
        rows = [{"item": "甲", "result": "合格", "note": note} for note in ("短" * 40, said) * 3]
        pages = _pages("inspection_record", {"items": rows})
        assert sum(one.count("很") for one in pages) == 3 * len(said) / 2
        carried = [one for one in pages if one.startswith("序号检查事项检查结果情况说明很")]
        assert bool(carried) is torn


@pytest.mark.parametrize("form", FORMS)
def test_each_page_says_which_it_is_and_of_how_many(form: str) -> None:
    """In Word and as PDF."""
    pages = _pages(
        form, {"inspectors": [{"name": "甲", "certificate": "1", "department": "乙"}] * 30}
    )
    assert len(pages) > 1
    assert all(one.endswith(f"第{at}页共{len(pages)}页") for at, one in enumerate(pages, 1))
    word = docx.Document(io.BytesIO(LETTERS.template(form)))
    footer = word.sections[0].footer._element
    said = [one.get(qn("w:instr")) or one.text for one in footer.iter(qn("w:fldSimple"), qn("w:t"))]
    assert said == ["第", "PAGE", "1", "页　共", "NUMPAGES", "1", "页"]


@pytest.mark.parametrize("form", FORMS)
def test_word_keeps_together_what_belongs_together(form: str) -> None:
    """The line above a table with its head, officers with one another, who signs with a line."""
    word = docx.Document(io.BytesIO(LETTERS.render(form, LETTERS.sample(form), LetterKind.DOCX)))
    blocks: list[Any] = list(word.iter_inner_content())
    tables = [at for at, one in enumerate(blocks) if isinstance(one, Table)]
    for at in tables:
        assert _kept(blocks[at - 1]), blocks[at - 1].text
        assert all(_kept(cell.paragraphs[0]) for cell in blocks[at].rows[0].cells)
        whole = blocks[at].rows[0].cells[0].text == "姓名"
        assert all(_kept(each.cells[0].paragraphs[0]) == whole for each in blocks[at].rows[1:])
    seal = next(
        at for at, one in enumerate(blocks) if getattr(one, "text", "").endswith("（印章）")
    )
    tail = blocks[seal - 2 : -1]
    assert all(map(_kept, tail))
    assert tail[0].text
    assert not _kept(blocks[-1])


def _kept(paragraph: Paragraph) -> bool:
    return bool(paragraph.paragraph_format.keep_with_next)


def test_word_is_told_that_its_text_is_chinese() -> None:
    """Signs are set in the lower left, as GB/T 15834 has them, not in the middle."""
    word = docx.Document(io.BytesIO(LETTERS.template("inspection_record")))
    spoken = word.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert spoken.get(qn("w:eastAsia")) == "zh-CN"


def test_a_word_too_long_for_its_cell_is_broken() -> None:
    """An address of a page, a code: nothing is printed beyond the table."""
    odd = {"item": "甲", "result": "合格", "note": "https://example.cn/" + "a" * 120}
    facts = {**LETTERS.sample("inspection_record"), "items": [odd]}
    content = LETTERS.render("inspection_record", facts, LetterKind.PDF)
    with pypdfium2.PdfDocument(content) as document:
        assert _furthest(document[0]) < document[0].get_width() - 70
    code = print_page("检查点", [("签名", "MEUCIQ" * 25)], "注", datetime(2026, 3, 2, tzinfo=UTC))
    with pypdfium2.PdfDocument(code) as document:
        assert _furthest(document[0]) < document[0].get_width() - 70


def test_a_long_word_is_printed_as_it_is() -> None:
    """A code or an address can be copied and searched: nothing unseen stands in it."""
    code, address = "0123456789abcdef" * 4, "https://example.cn/a-b/c?x=1&y=2"
    facts = {**LETTERS.sample("result_notice"), "result": f"{address}，见{code[:32]}"}
    text = _text(LETTERS.render("result_notice", facts, LetterKind.PDF))
    assert f"{address}，见" in text
    facts = {**LETTERS.sample("result_notice"), "addressee": code}
    assert f"{code}：" in _text(LETTERS.render("result_notice", facts, LetterKind.PDF))
    said = [("签名", code[:40]), ("网址", address)]
    text = _text(print_page("检查点", said, "注", datetime(2026, 3, 2, tzinfo=UTC)))
    assert code[:40] in text
    assert address in text


def _text(content: bytes) -> str:
    """Give what a paper says, as a reader copies it."""
    with pypdfium2.PdfDocument(content) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


def _furthest(page: pypdfium2.PdfPage) -> float:
    """Give how far to the right something is printed."""
    text = page.get_textpage()
    return max(float(text.get_charbox(at)[2]) for at in range(text.count_chars()))


def test_each_officer_has_a_line_to_sign() -> None:
    """检查人员（签名）: as many as were there, also where three departments went together."""
    sample = LETTERS.sample("inspection_record")["inspectors"]
    assert isinstance(sample, tuple)
    for count in (2, 3):
        text, _ = printed("inspection_record", {"inspectors": [sample[0]] * count})
        assert text.count("检查人员（签名）：") == count


def test_days_have_no_leading_zeros() -> None:
    """GB/T 9704: 2026年3月5日."""
    text, _ = printed("rectification_order", {"issued_on": date(2026, 3, 5)})
    assert "2026年3月5日" in text


@pytest.mark.parametrize("form", sorted(FORMS))
@pytest.mark.parametrize("own", [False, True])
def test_the_words_of_a_letter_are_those_that_are_printed(form: str, *, own: bool) -> None:
    """With its facts in place of the marks: the product's template, or one that was uploaded."""
    sample = LETTERS.sample(form)
    one_each = {
        name: fact[:1] if isinstance(fact, tuple) else fact for name, fact in sample.items()
    }
    content = LETTERS.template(form) if own else None
    blocks = LETTERS.worded(form, content)
    marked = "".join("".join((one.text, *(cell for row in one.rows for cell in row)))
                     for one in blocks)  # fmt: skip
    said = re.sub("\ue000([^\ue001]*)\ue001", lambda found: _fact(one_each, found[1]), marked)
    text, pages = printed(form, one_each)
    numbers = rf"第\d页共{pages}页"
    assert re.sub(r"\s", "", said) == re.sub(numbers, "", text)


def _fact(facts: Mapping[str, Fact], mark: str) -> str:
    name, _, cell = mark.partition(".")
    fact = facts[name]
    found = fact[0][cell] if cell and isinstance(fact, tuple) else fact
    return day_words(found) if isinstance(found, date) else punctuated(str(found))
