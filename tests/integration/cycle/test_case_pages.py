"""移交执法 on the pages of its users: marked by the result, filled in, sent, returned, closed."""

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pypdfium2
import pytest
from attrs import define, field
from tests.integration.http.browsing import Document

from .acting import first_started
from .desks import Desk
from .preparing import FARM, FIRMS, FIRST_DAY, MARKET, ORGANISATION
from .story import PICTURE, Story

NOTE = "收购台账缺近三个月内容"


@define
class Office(Story):
    """Two departments whose officers are about to conclude what they found."""

    desks: dict[str, Desk] = field(factory=dict)

    def desk(self, name: str) -> Desk:
        """Give somebody's desk."""
        if name not in self.desks:
            self.desks[name] = Desk(self[name])
        return self.desks[name]

    def concludes(self, visit: str) -> None:
        """转行政处罚: officers answer; the first concludes on his page, signs, completes."""
        officers = self.inspectors(visit)
        first = self.officers[officers[0]]
        first.do("tasks.check_in", visit_id=visit, reason="现场没有张贴码")
        asked = first.see(f"tasks/visits/{visit}")["content"]["items"]
        items = {self.named[one["department"]]: one["id"] for one in asked}
        for officer in officers:
            at = self.posts[officer]
            found = {"outcome": "passed", "note": ""}
            if at == FARM:
                found = {"outcome": "failed", "note": NOTE}
            answer = {"item": items[at], **found}
            self.officers[officer].do("tasks.record_results", visit_id=visit, answers=[answer])
        desk = Desk(first)
        desk.does(
            f"tasks/do/conclude?visit_id={visit}",
            **{"outcomes-pending": "yes", "pending-other_breach": "yes",
               "measures-penalty_procedure": "yes"},
        )  # fmt: skip
        party = {"_type": "SignatureRefused", "reason": "负责人外出", "witness": "社区网格员"}
        first.do("tasks.sign", visit_id=visit, party=party)
        self.officers[officers[1]].do("tasks.confirm_record", visit_id=visit)
        desk.does(f"tasks/do/complete_visit?visit_id={visit}")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Give a task that went out to two departments."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SUPERVISION_PUBLIC_URL", "https://jg.example.cn")
        yield from _dispatched(tmp_path_factory.mktemp("cases"))


def _dispatched(folder: Path) -> Iterator[Office]:
    with first_started(folder, ORGANISATION, FIRST_DAY) as place:
        made = Office(place)
        made.go_out()
        made.come(10)
        made.let_in("农业局长", "领导", department=FARM)
        yield made


@pytest.fixture(scope="module")
def third(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Give the same once more, for what another test leaves no room for."""
    yield from _dispatched(tmp_path_factory.mktemp("papers"))


@pytest.mark.function("F114", surface="page", complete=True)
@pytest.mark.function("F119", surface="page")
def test_a_result_marks_a_case_that_is_handed_over_returned_taken_up_and_closed(
    office: Office,
) -> None:
    """移交执法: 标记“移交执法”的列表各项和检索, 填写案件来源等, 审批, 移送, 退回, 受理, 处理结果.

    Of 行刑衔接 the papers, terms and steps are here; the police have no system to push to: 部分.
    """
    clerk, leader = office.desk(f"{FARM}经办"), office.desk("农业局长")
    receiver = office.desk(f"{MARKET}经办")
    visit = office.visits[office.failed]
    listed = "tasks/transfers"
    assert "还没有记录" in clerk.reads(listed)
    office.concludes(visit["id"])

    page = clerk.see(listed)
    told = " ".join(page.words)
    for said in ("检查对象任务编号", "检查对象任务名称", "检查对象名称", "场景名称", "待移交",
                 visit["number"], office.failed, "乳品", NOTE):  # fmt: skip
        assert said in told, said
    assert "填写移送材料" in clerk.reads("/gov/todos")
    for asked, found in (
        (f"visit={visit['number']}", True), (f"subject={office.failed}", True),
        (f"subject={office.clean}", False), ("state=marked", True), ("state=sent", False),
        ("kind=criminal", False), (f"scene={office.ids['scene']}", True),
    ):  # fmt: skip
        assert (NOTE in clerk.reads(f"{listed}?{asked}")) is found, asked

    assert NOTE not in receiver.reads(listed)
    (case,) = clerk.person.see("tasks/transfers")["items"]
    way = f"{listed}/{case['id']}"
    form = f"tasks/do/fill_transfer?transfer_id={case['id']}"
    begun = clerk.see(form).forms["/gov/tasks/do/fill_transfer"]
    assert NOTE in begun["reason"]
    assert f"{FARM}甲" in begun["reporters"] or f"{FARM}乙" in begun["reporters"]
    assert "移送理由" in clerk.fails(form, reason="")
    told = clerk.fails(form, kind="criminal", to="南宁市公安局")
    for said in ("缺少涉嫌犯罪案件移送书", "缺少涉案物品清单"):
        assert said in told
    clerk.does(form, source="inspection", receiver=MARKET)
    leader.does_from(way, "approve_transfer", note="同意")
    assert NOTE not in receiver.reads(listed)
    clerk.does_from(way, "send_transfer")
    assert "受理或立案" in receiver.reads("/gov/todos")
    receiver.does_from(way, "return_transfer", note="缺现场检查笔录")
    assert "缺现场检查笔录" in clerk.reads(way)
    clerk.does_from(way, "fill_transfer", **{"papers-other": "yes"})
    leader.does_from(way, "approve_transfer")
    clerk.does_from(way, "send_transfer")
    receiver.does_from(way, "accept_transfer")
    assert "不能" in clerk.fails(f"tasks/do/send_transfer?transfer_id={case['id']}")
    receiver.does_from(way, "close_transfer", note="已立案查处，罚款5000元")
    told = clerk.reads(way)
    for said in ("已办结", "监督检查", MARKET, "罚款5000元", "其他材料", "已退回", "已受理"):
        assert said in told, said
    file = office.desk("任务管理员").reads(f"tasks/tasks/{office.ids['task']}/file")
    assert "移交执法：待移交" in file
    assert "移交执法：已办结" in file


def _typed_in(office: Office) -> tuple[str, str]:
    """Let a clerk type in what the paper of an officer says; give the visit, and who he is."""
    clerk, visit = office.desk(f"{FARM}经办"), office.visits[office.clean]["id"]
    officers = office.inspectors(visit)
    lead, own = (office.officers[one] for one in officers)
    Desk(lead).does(f"tasks/do/check_in?visit_id={visit}", reason="没有张贴二维码")

    name = next(one for one in office.people if office[one] is own)
    form = "/gov/tasks/do/type_results"
    begun = clerk.see(f"{form}?visit_id={visit}").forms[form]
    told = {**begun, "officer": name, "answers[0].outcome": "failed", "answers[0].note": NOTE}
    photo = {"answers[0].evidence": ("纸质检查单.png", PICTURE)}
    other = {**told, "officer": f"{MARKET}甲"}
    assert clerk.browser.go(form, other, photo).status_code in {404, 422}
    answer = clerk.browser.go(form, told, photo)
    assert answer.status_code == 303, " ".join(Document(answer.text).words)
    shown = clerk.reads(f"tasks/visits/{visit}")
    for said in (NOTE, name, "证据材料", "发现问题"):
        assert said in shown, said
    assert "代录检查结果" in clerk.reads(f"tasks/visits/{visit}/history")
    asked = lead.see(f"tasks/visits/{visit}")["content"]["items"]
    (item,) = (one["id"] for one in asked if not one["outcome"])
    lead.do("tasks.record_results", visit_id=visit, answers=[{"item": item, "outcome": "passed"}])

    Desk(lead).does(
        f"tasks/do/conclude?visit_id={visit}",
        **{"outcomes-pending": "yes", "pending-other_breach": "yes",
           "measures-correct_in_term": "yes"},
    )  # fmt: skip
    return visit, name


@pytest.mark.function("F109", surface="page", complete=True)
def test_a_clerk_types_in_what_was_found_and_writes_and_serves_the_order(office: Office) -> None:
    """结果反馈: 结果和附件, 辅助材料, 选择文书, 预览, 编辑, 自动填充, 送达方式和手机号; 复查."""
    clerk, officer = office.desk(f"{FARM}经办"), office.desk(f"{FARM}甲")
    visit, name = _typed_in(office)
    links = clerk.see(f"tasks/visits/{visit}").links
    (way,) = {one for one in links if one.endswith("/order")}
    page = clerk.see(way)
    begun = page.forms[way]
    problem, law = (next(one for one in begun if one.startswith(x)) for x in ("problem-", "law-"))
    assert NOTE in begun[problem]
    assert "通用责令改正通知书" in " ".join(page.words)
    edited = {
        **begun, "number": "南农改〔2026〕9号", "days": "5", "contact": "经办人",
        "phone": "0771-0000000", law: "《中华人民共和国食品安全法》第五十三条",
    }  # fmt: skip
    preview = clerk.browser.go(way, {**edited, "preview": "pdf"})
    said = pdf_text(preview.content)
    for words in ("责令改正通知书", FARM, office.clean, NOTE, "第五十三条", "南农改〔2026〕9号",
                  "行政复议", "行政诉讼", "执法证号", name):  # fmt: skip
        assert words in said, words
    word = clerk.browser.go(way, {**edited, "preview": "docx"})
    assert word.content.startswith(b"PK")
    assert "必填" in clerk.fails(way, **{**edited, "number": ""})
    bare = {**edited, "contact": "", "phone": ""}
    unfilled = pdf_text(clerk.browser.go(way, {**bare, "preview": "pdf"}).content)
    assert unfilled.count("待填写") == 2
    assert "联系人" in clerk.fails(way, **bare)
    made = clerk.browser.go(way, edited)
    assert made.status_code == 303, " ".join(Document(made.text).words)
    order = made.headers["location"].partition("?")[0]
    assert "责令改正文书" in clerk.reads(order)
    left = clerk.see(way).forms[way]
    assert not [one for one in left if one.startswith("problem-")], "ordered twice"
    wrong = clerk.acts(order, "deliver_rectification")[0]
    assert "邮箱或手机号" in clerk.fails(wrong, channel="sms", address="没有号码")
    firm = office.firms[office.clean]
    office.let_in(
        "企业经办", "企业", extended={"kind": "enterprise", "party": firm},
        proof={"document": "营业执照", "number": FIRMS[office.clean]},
    )  # fmt: skip
    clerk.does(wrong, channel="sms", address="13900000088")
    served = clerk.reads("tasks/served_letters")
    for said in ("南农改〔2026〕9号", "短信", office.clean):
        assert said in served, said
    report = officer.acts(order, "report_rectification")[0]
    officer.does(report, text="台账已补齐")
    both = "\n".join((f"{FARM}甲", f"{FARM}乙"))
    officer.does_from(order, "recheck", officers=both, result="no_problem", note="已核对")
    office.desk(f"{FARM}乙").does_from(order, "confirm_recheck")
    clerk.does_from(order, "finish_rectification")
    assert "已整改" in clerk.reads(order)


def _printed(desk: Desk, page: str, document: str, **filled: str) -> str:
    """Follow the link to a paper, fill in what is not known, and print it both ways."""
    (way,) = dict.fromkeys(one for one in desk.see(page).links if one.endswith(f"/{document}"))
    begun = {**desk.see(way).forms[way], **filled}
    assert "必填" in desk.fails(way, **{**begun, "number": ""})
    answer = desk.browser.go(way, begun)
    assert answer.headers["content-type"] == "application/pdf"
    word = desk.browser.go(way, {**begun, "kind": "docx"})
    assert word.headers["content-disposition"].startswith("attachment")
    said = re.sub(r"\s", "", _word_text(word.content))
    assert sorted(said) == sorted(pdf_text(answer.content))
    if "SUPERVISION_PICTURES" in os.environ:
        _pictured(answer.content, Path(os.environ["SUPERVISION_PICTURES"]) / document)
    return pdf_text(answer.content)


def _word_text(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "".join([*(one.text for one in document.paragraphs), *cells])


def _pictured(content: bytes, place: Path) -> None:
    with pypdfium2.PdfDocument(content) as document:
        for number, page in enumerate(document, 1):
            page.render(scale=1.5).to_pil().save(f"{place}-{number}.png")


def _holds(said: str, *words: str) -> None:
    for one in words:
        assert one in said, f"{one}: {said}"


def _material_is_called_on(third: Office, visit: str, order: str) -> None:
    """非现场检查材料调用: what the firm reported is shown, and called on for an item."""
    clerk, officer = third.desk(f"{FARM}经办"), third.desk(f"{FARM}甲")
    clerk.does_from(order, "deliver_rectification", channel="on_spot")
    report = officer.acts(order, "report_rectification")[0]
    sent = {**officer.see(report).forms[report.partition("?")[0]], "text": "台账已补齐"}
    photo = {"attachments": ("台账.png", PICTURE)}
    assert officer.browser.go(report.partition("?")[0], sent, photo).status_code == 303
    own = Desk(third.officers[third.inspectors(visit)[1]])
    (way,) = dict.fromkeys(
        one for one in own.see(f"tasks/visits/{visit}").links if one.endswith("/materials")
    )
    page = own.see(way)
    told = " ".join(page.words)
    for said in ("南农改〔2026〕7号的整改报告", "2026-03-10", "台账已补齐", "附件1"):
        assert said in told, said
    (file,) = dict.fromkeys(one for one in page.links if one.startswith("/api/v1/files/"))
    assert own.browser.go(file).status_code == 200
    there = third.inspectors(visit)
    strange = next(one for one in third.officers if one not in there and third.posts[one] == FARM)
    beside = Desk(third.officers[strange])
    assert way not in beside.see(f"tasks/visits/{visit}").links
    assert not any("/do/use_material" in one for one in beside.see(way).links)
    assert "由检查该对象的人员引用" in beside.reads(way)
    (use,) = dict.fromkeys(one for one in page.links if "/do/use_material" in one)
    begun = own.see(use).forms[use.partition("?")[0]]
    assert begun["material"] == "南农改〔2026〕7号的整改报告"
    asked = own.person.see(f"tasks/visits/{visit}")["content"]["items"]
    item = next(one["id"] for one in asked if one["department"] == third.departments[FARM])
    own.does(use, item=item)
    told = own.reads(f"tasks/visits/{visit}")
    assert "南农改〔2026〕7号的整改报告" in told
    assert "企业自查自报" in told


@pytest.mark.function("F107", surface="page")
def test_every_paper_of_a_visit_is_printed_as_a_legal_office_asks(third: Office) -> None:
    """监管文书生成: 通知书、笔录、结果告知书、复查意见书, 按检查情况填充, 修改, 下载.

    Letterhead and seal name the organ; days have no leading zeros; officers come with their
    certificates, problems as statements, with what to correct until when, and ways of appeal.
    """
    clerk = third.desk(f"{FARM}经办")
    at = third.visits[third.clean]["id"]
    page = f"tasks/visits/{at}"
    known = {"contact": "经办人", "phone": "0771-0000000"}
    assert not [one for one in clerk.see(page).links if one.endswith("/record")]
    assert "请先作出检查结论" in clerk.reads(f"{page}/record")
    notice = _printed(
        clerk, page, "notice", number="南农检〔2026〕1号", basis="《中华人民共和国食品安全法》",
        **known,
    )  # fmt: skip
    _holds(notice, FARM, "行政检查通知书", third.clean, "南农检〔2026〕1号", "2026年3月",
           "有权拒绝检查", "申请其回避", "陈述、申辩",
           f"{FARM}（印章）", "受送达人（签名或盖章）")  # fmt: skip
    assert not re.search("年0|月0", notice)

    visit, name = _typed_in(third)
    record = _printed(
        clerk, page, "record", number="南农笔录〔2026〕1号", attendant="质量负责人"
    )  # fmt: skip
    _holds(record, "现场检查笔录", "2026年3月10日", "时", NOTE, "发现问题", "发现问题待后续处理",
           "责令改正（限期整改）", "记录人：", "记录人（签名）：", name, "执法证号",
           f"{FARM}（印章）")  # fmt: skip
    way = f"/gov/{page}/order"
    begun = clerk.see(way).forms[way]
    (law,) = (one for one in begun if one.startswith("law-"))
    made = clerk.browser.go(way, {
        **begun, **known, "number": "南农改〔2026〕7号", "days": "5",
        law: "《乳品质量安全监督管理条例》第十八条",
    })  # fmt: skip
    assert made.status_code == 303, " ".join(Document(made.text).words)
    order = made.headers["location"].partition("?")[0]
    assert not [one for one in clerk.see(order).links if one.endswith("/recheck_opinion")]
    _material_is_called_on(third, visit, order)
    party = {"_type": "SignatureRefused", "reason": "负责人外出", "witness": "社区网格员"}
    lead = third.officers[third.inspectors(visit)[0]]
    lead.do("tasks.sign", visit_id=visit, party=party)
    third.officers[third.inspectors(visit)[1]].do("tasks.confirm_record", visit_id=visit)
    Desk(lead).does(f"tasks/do/complete_visit?visit_id={visit}")
    record = _printed(clerk, page, "record", number="南农笔录〔2026〕1号", attendant="质量负责人")
    _holds(record, "拒绝签名，理由：负责人外出")
    assert not [one for one in clerk.see(page).links if one.endswith("/notice")]
    told = _printed(clerk, page, "result_notice", number="南农告〔2026〕1号", **known)
    _holds(told, "检查结果告知书", "2026年3月10日", f"{NOTE}。（检查项：",
           "前改正（南农改〔2026〕7号）", "六十日", "行政复议", "六个月", "行政诉讼",
           "发现问题待后续处理", "广西跨部门综合监管平台", f"{FARM}（印章）")  # fmt: skip

    officer = third.desk(f"{FARM}甲")
    both = "\n".join((f"{FARM}甲", f"{FARM}乙"))
    note = "台账已补齐，属实"
    officer.does_from(order, "recheck", officers=both, result="no_problem", note=note)
    third.desk(f"{FARM}乙").does_from(order, "confirm_recheck")
    told = _printed(clerk, order, "recheck_opinion", number="南农复〔2026〕1号", **known)
    _holds(told, "整改复查意见书", "《责令改正通知书》（南农改〔2026〕7号）", NOTE, note,
           "复查意见：未发现问题。", f"{FARM}甲", "执法证号", "行政复议",
           "《中华人民共和国行政处罚法》")  # fmt: skip
    other = third.desk(f"{MARKET}经办")
    other.see("tasks/rectifications")
    assert other.browser.go(f"{order}/recheck_opinion").status_code == 404


def pdf_text(content: bytes) -> str:
    """Give what a PDF says, without spaces and page numbers."""
    with pypdfium2.PdfDocument(content) as document:
        told = "".join(page.get_textpage().get_text_bounded() for page in document)
    return re.sub(r"第\d+页共\d+页", "", re.sub(r"\s", "", told))
