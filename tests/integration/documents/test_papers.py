"""What a legal office asks of each paper, read from the paper as it is printed."""

import io
import re
from collections.abc import Mapping
from datetime import date

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from adapters.documents.letters import TemplateLetters
from adapters.documents.letters.forms import FORMS
from adapters.documents.letters.wording import punctuated
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
        "2026年3月2日9时5分至2026年3月2日11时20分", "已出示执法证件", "是否申请回避", "SL-0001",
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
    numbers = rf"\d/{pages}(?!\d)"
    assert re.sub(r"\s", "", said) == re.sub(numbers, "", text)


def _fact(facts: Mapping[str, Fact], mark: str) -> str:
    name, _, cell = mark.partition(".")
    fact = facts[name]
    found = fact[0][cell] if cell and isinstance(fact, tuple) else fact
    return day_words(found) if isinstance(found, date) else punctuated(str(found))
