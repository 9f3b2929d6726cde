"""一码检查 on pages and phones: codes of firms made, shown and scanned, by accounts of people."""

import io
import re
from collections.abc import Iterator
from urllib.parse import quote

import docx
import pytest
from attrs import define
from httpx import Response
from tests.integration.http.browsing import Browser, Document
from tests.scan_codes import a_code, codes_of_test

from supervision_core.kernel.codes.credit_code import (
    complete_credit_code,
    complete_organisation_code,
)

from .acting import first_started
from .desks import Desk
from .preparing import FARM, FIRMS, FIRST_DAY, MARKET, OFFICE, ORGANISATION
from .story import PICTURE, Story

CODE = "91450100" + complete_organisation_code("MA5K0099")
"""The first signs of a code that nobody has."""


@define
class Scanning(Story):
    """A task that is dispatched, its two firms with accounts, on the day of the visits."""

    def begin(self) -> None:
        """Let everything before the visits happen."""
        self.go_out()
        self.assist()
        for name, firm in (("企业经办", self.failed), ("另一企业", self.clean)):
            self.let_in(
                name, "企业", extended={"kind": "enterprise", "party": self.firms[firm]},
                proof={"document": "营业执照", "number": FIRMS[firm]},
            )  # fmt: skip
        self.come(10)

    def desk(self, name: str) -> Desk:
        """Give somebody's pages."""
        return Desk(self[name])

    def first(self, firm: str) -> Desk:
        """Give the phone of the first officer of the visit to a firm."""
        return Desk(self.officers[self.inspectors(self.visits[firm]["id"])[0]])

    def passer_by(self) -> Browser:
        """Give the browser of somebody who has no account."""
        return Browser(self.at)


@pytest.fixture(scope="module")
def scanning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scanning]:
    """Give the day of the visits."""
    with first_started(tmp_path_factory.mktemp("codes"), ORGANISATION, FIRST_DAY) as place:
        story = Scanning(place)
        story.begin()
        yield story


def code_on(page: Document) -> str:
    """Give the code that a page shows, as a camera would read it from the picture."""
    (found,) = {word for word in page.words if word.startswith("SC1.")}
    assert any(tag == "svg" for tag, _ in page.shown)
    return found


def scanned(code: str) -> str:
    """Give the address to which a scanned code leads."""
    return f"/m/code?code={quote(code)}"


def refused(browser: Browser, code: str) -> str:
    """Give what is said to a code that is refused."""
    answer = browser.go(scanned(code))
    assert answer.status_code == 422, answer.status_code
    return " ".join(Document(answer.text).words)


def other_words(desk: Desk, path: str) -> str:
    """Give what is said to somebody whom it does not concern."""
    desk.see("/ent")
    answer = desk.browser.go(path)
    assert answer.status_code == 422, answer.status_code
    return " ".join(Document(answer.text).words)


def _codes(story: Scanning) -> dict[str, str]:
    """Let a department make the code of one firm, the other firm its own; give both."""
    clerk = story.desk(f"{MARKET}经办")
    record = f"/gov/subjects/subjects/{story.firms[story.failed]}"
    assert f"{record}/code" in clerk.see(record).links
    if "还没有企业码" in clerk.reads(f"{record}/code"):
        assert not clerk.acts(record, "void_code")
        clerk.does_from(f"{record}/code", "make_code")
    assert clerk.acts(record, "void_code")
    firm = story.desk("另一企业")
    if "还没有企业码" in firm.reads("/ent/code"):
        assert "有效" in firm.does("/ent/code")
    return {
        story.failed: code_on(clerk.see(f"{record}/code")),
        story.clean: code_on(firm.see("/ent/code")),
    }


@pytest.mark.function("F160", surface="page", complete=True)
@pytest.mark.function("F149", surface="page")
def test_who_scans_a_firms_code_sees_what_is_for_him(scanning: Scanning) -> None:
    """企业码扫码、亮码告知: 群众看公示信息, 企业进自己的空间, 检查人员还看整改、移送和等级.

    F149 lacks complaints, which are not connected.
    """
    codes = _codes(scanning)
    code, name = codes[scanning.failed], scanning.failed
    anybody = scanning.passer_by()
    assert "/m/code" in anybody.see("/m/scan").forms
    told = " ".join(anybody.see(scanned(code)).words)
    for words in (name, FIRMS[name], "登记状态", "所在区划", "没有公示中的检查结果", "登录"):
        assert words in told, words
    for hidden in ("监管部门掌握的信息", "我在这家企业的检查", "法定代表人"):
        assert hidden not in told, hidden
    own, other = scanning.desk("企业经办"), scanning.desk("另一企业")
    assert "这是本企业的码" in own.reads(scanned(code))
    assert "这是本企业的码" not in other.reads(scanned(code))
    officer = scanning.first(name).reads(scanned(code))
    for words in ("我在这家企业的检查", "监管部门掌握的信息", "责令改正", "风险、信用和等级"):
        assert words in officer, words
    picture = own.browser.go("/ent/code/picture")
    assert picture.headers["content-type"].startswith("image/svg+xml")


def test_a_forged_altered_or_outdated_code_is_refused_in_words(scanning: Scanning) -> None:
    """伪造、改动、换发后作废、过期的码: 各说明原因和怎么办; 换发由企业自己办."""
    codes = _codes(scanning)
    code, anybody = codes[scanning.clean], scanning.passer_by()
    forged = codes_of_test(b"\x22" * 32).make(a_code(id=scanning.firms[scanning.clean]))
    assert "这个码不是本平台签发的" in refused(anybody, forged)
    swapped = code.replace(scanning.firms[scanning.clean], scanning.firms[scanning.failed])
    assert "码已被改动或是伪造的" in refused(anybody, swapped)
    assert "不是本平台的码" in refused(anybody, "https://pay.example.cn/1")
    scanning.desk("另一企业").does("/ent/code")
    assert "已作废，或已换发新码" in refused(anybody, code)
    newest = _codes(scanning)[scanning.clean]
    assert scanning.clean in " ".join(anybody.see(scanned(newest)).words)
    today = scanning.today
    scanning.at.on(today.replace(year=today.year + 3, day=today.day + 1))
    assert "到期" in refused(anybody, newest)
    scanning.at.on(today)


def test_a_firm_scans_the_code_of_its_officers(scanning: Scanning) -> None:
    """扫码入企、亮证: 执法人员出示检查码, 企业看到任务、人员和证号、依据、批准、事项, 记录核对."""
    name = scanning.failed
    officer, visit = scanning.first(name), scanning.visits[name]["id"]
    assert f"/m/visits/{visit}/code" in officer.see(f"/m/visits/{visit}").links
    code = code_on(officer.see(f"/m/visits/{visit}/code"))
    firm, other = scanning.desk("企业经办"), scanning.desk("另一企业")
    assert visit not in firm.reads("/ent/visits")
    for path in ("/ent", "/ent/visits"):
        assert "/ent/scan" in firm.see(path).links
    told = firm.reads(scanned(code))
    for words in (MARKET, "2026年第一批乳品综合检查", "执法证号", "450100260", "负责人批准日期",
                  "检查依据", "《中华人民共和国食品安全法》第三十五条", "2026-03-09",
                  "已核对，记录扫码"):  # fmt: skip
        assert words in told, words
    came = scanning.inspectors(visit)
    names = [name for name, one in scanning.people.items() if scanning.officers.get(came[0]) is one]
    assert names[0] in told
    assert "这次检查的对象不是本企业" in other_words(other, f"/ent/scanned?code={quote(code)}")
    assert "登录" in " ".join(scanning.passer_by().see(scanned(code)).words)
    page, action = firm.see(scanned(code)), f"/ent/visits/{visit}/confirm"
    assert firm.browser.go(action, page.forms[action]).status_code == 303
    assert "本企业扫码核对时间" in firm.reads(f"/ent/visits/{visit}")
    assert "企业已扫码核对" in officer.reads(f"/m/visits/{visit}")
    scanning.come(11)
    assert "到期" in refused(scanning.passer_by(), code)
    scanning.come(10)


@pytest.mark.function("F148", surface="page", complete=True)
@pytest.mark.function("F150", surface="page", complete=True)
def test_an_officer_checks_in_and_records_by_scanning(scanning: Scanning) -> None:
    """扫码报道、扫码检查: 扫企业码, 看到在这家的检查, 签到, 再扫, 逐项登记; 走错门店的不能签到."""
    codes = _codes(scanning)
    name = scanning.failed
    officer, visit = scanning.first(name), scanning.visits[name]["id"]
    check_in = f"/m/visits/{visit}/do/check_in"
    (link,) = {one for one in officer.see(scanned(codes[name])).links if check_in in one}
    wrong = officer.fails(check_in, code=codes[scanning.clean])
    assert "扫描到的是另一家企业的码" in wrong
    officer.does(link)
    page = officer.see(f"/m/visits/{visit}")
    assert check_in not in page.links
    record = f"/m/visits/{visit}/do/record_results"
    assert any(record in one for one in officer.see(scanned(codes[name])).links)
    item = next(one for one in page.links if one.startswith(f"{record}?item="))
    officer.does(item, **{"answers[0].outcome": "passed"})
    assert re.search(r"检查内容（1/\d", officer.reads(f"/m/visits/{visit}"))
    told = officer.reads(f"/gov/tasks/visits/{visit}")
    assert "签到时间" in told
    assert "未扫码签到的原因" not in told
    colleague = scanning.desk(f"{FARM}经办")
    assert scanning.clean in colleague.reads(scanned(codes[scanning.clean]))


def _ordered(story: Scanning) -> str:
    """Let a problem be found and its order reach the firm, with the letter; give the order."""
    visit, clerk = story.visits[story.failed]["id"], story[f"{FARM}经办"]
    story.find_out(visit, failing=True)
    letter = clerk.send("责令改正通知书.docx", word())
    order = clerk.do(
        "tasks.issue_rectification", visit_id=visit, number="南农改〔2026〕1号", days=5,
        document=letter,
    )  # fmt: skip
    clerk.do("tasks.deliver_rectification", rectification_id=order, channel="on_spot")
    return str(order)


def word() -> bytes:
    """Give a Word document."""
    out = io.BytesIO()
    made = docx.Document()
    made.add_paragraph("责令改正通知书")
    made.save(out)
    return out.getvalue()


@pytest.mark.function("F011", surface="page", complete=True)
@pytest.mark.function("F152", surface="page", complete=True)
@pytest.mark.function("F159", surface="page", complete=True)
def test_a_firm_answers_an_order_and_asks_for_more_days(scanning: Scanning) -> None:
    """责令整改通知查询和下载; 整改内容, 申请延期并获同意, 附照片反馈结果; 扫码查到问题和移交.

    The order was made by officers before; here the firm's own pages show and answer it.
    """
    visit, order = scanning.visits[scanning.failed]["id"], _ordered(scanning)
    firm, clerk = scanning.desk("企业经办"), scanning.desk(f"{FARM}经办")
    assert "南农改〔2026〕1号" in firm.reads("/ent/orders")
    page = firm.see(f"/ent/orders/{order}")
    assert "收购台账缺近三个月内容" in " ".join(page.words)
    assert "下载责令改正通知书" in page.words
    (letter,) = {one for one in page.links if f"/files/rectification/{order}/" in one}
    fetched = firm.browser.go(letter)
    assert (fetched.status_code, fetched.content[:2]) == (200, b"PK")

    firm.does_from(f"/ent/orders/{order}", "ask_rectification_term", days="3", reason="台账在外地")
    assert "台账在外地" in firm.reads(f"/ent/orders/{order}")
    assert not firm.acts(f"/ent/orders/{order}", "ask_rectification_term"), "asked once more"
    record = f"/gov/tasks/rectifications/{order}"
    due = scanning["企业经办"].see(f"tasks/rectifications/{order}")["content"]["due_on"]
    assert "审批整改延期申请" in clerk.reads("/gov/todos")
    clerk.does_from(record, "decide_rectification_term", granted="yes", answer="同意")
    shown = firm.reads(f"/ent/orders/{order}")
    assert "已同意" in shown
    later = scanning["企业经办"].see(f"tasks/rectifications/{order}")["content"]["due_on"]
    assert (due, later) == ("2026-03-17", "2026-03-20")

    (form,) = dict.fromkeys(firm.acts(f"/ent/orders/{order}", "report_rectification"))
    action = form.partition("?")[0]
    told = {**firm.see(form).forms[action], "text": "台账已补齐，附照片"}
    answer = firm.browser.go(action, told, files={"attachments": ("照片.png", PICTURE)})
    assert answer.status_code == 303, " ".join(Document(answer.text).words)
    page = firm.see(f"/ent/orders/{order}")
    assert "等待责令部门复查" in " ".join(page.words)
    assert len({one for one in page.links if f"/files/rectification/{order}/" in one}) == 2
    assert "台账已补齐，附照片" in clerk.reads(record)

    scanning.hand_over()
    shown = firm.reads(f"/ent/visits/{visit}")
    for words in ("存在的问题", "收购台账缺近三个月内容", "移交执法", "综合行政执法支队"):
        assert words in shown, words


def test_a_firm_rates_a_visit_unseen_by_who_inspected(scanning: Scanning) -> None:
    """企业评价: 检查完成后评一次; 被评部门看不到, 上级部门只看到不足五份."""
    visit = scanning.visits[scanning.failed]["id"]
    firm = scanning.desk("企业经办")
    path = f"/ent/visits/{visit}"
    told = firm.does_from(path, "rate_visit", lawful="5", courteous="4", helpful="3")
    assert "已办理" in told
    assert not firm.acts(path, "rate_visit")
    again = f"tasks/do/rate_visit?visit_id={visit}"
    assert "已评价过" in firm.fails(again, lawful="1", courteous="1", helpful="1")
    if "上级监管" not in scanning.people:
        scanning.let_in("上级监管", "任务管理员", department=OFFICE)
    above, inspected = scanning.desk("上级监管"), scanning.desk("任务管理员")
    assert "这个季度下级部门还没有收到评价" in above.reads("tasks/ratings")
    early = above.person.ask("GET", "/api/v1/tasks/view_ratings", params={"on": "2026-03-10"})
    assert [one["code"] for one in early.json()["reasons"]] == ["tasks.quarter_not_over"]
    today = scanning.today
    scanning.at.on(today.replace(month=4, day=1))
    assert "2026年第1季度" in above.reads("tasks/ratings")
    shown = above.see("tasks/ratings?on=2026-01-01")
    assert MARKET in " ".join(shown.words)
    assert "—" in " ".join(shown.words)
    assert "还没有收到评价" in inspected.reads("tasks/ratings?on=2026-01-01")
    scanning.at.on(today)
    head, record = scanning.desk("局长"), f"/gov/tasks/visits/{visit}"
    (history,) = {one for one in head.see(record).links if one.endswith("/history")}
    assert "评价检查" not in head.reads(history)


@pytest.mark.function("F008", surface="page")
@pytest.mark.function("F151", surface="page", complete=True)
@pytest.mark.function("F161", surface="page", complete=True)
def test_a_firm_maintains_its_own_data(scanning: Scanning) -> None:
    """企业信息维护: 附证明申请变更, 部门不同意的说明理由, 同意的登记信息随之变更; 基本信息查看."""
    firm, clerk = scanning.desk("企业经办"), scanning.desk(f"{MARKET}经办")
    assert "成立日期 —" in firm.reads("/ent/data")
    number = complete_credit_code(CODE)
    told = {
        "content.principal": "周示例", "content.registered_capital": "6000000",
        "content.established_on": "2016-05-04", "content.number": number,
    }  # fmt: skip
    missing = _propose(firm, told, proof=False)
    assert "证明材料" in " ".join(Document(missing.text).words)
    wrong = _propose(firm, {**told, "content.number": "91450100MA5K009999"})
    assert wrong.status_code == 422
    assert _propose(firm, {"content.domicile": "南宁市示例路9号"}).status_code == 303
    path = _waiting(clerk)
    clerk.does_from(path, "refuse_data_change", reason="与营业执照不一致")
    assert "不同意：与营业执照不一致" in _newest(firm)
    scanning.come(12)
    assert _propose(firm, told).status_code == 303
    assert "等待监管部门核对" in _newest(firm)
    path = _waiting(clerk)
    shown = clerk.see(path)
    for words in ("周示例", "6,000,000元", "2016-05-04", number):
        assert words in " ".join(shown.words), words
    assert any("/files/data_change/" in one for one in shown.links)
    clerk.does_from(path, "accept_data_change")
    mine = firm.reads("/ent/data")
    for words in ("周示例", "2016-05-04", number, "已同意"):
        assert words in mine, words
    assert "未制码" not in firm.reads("/ent/code")
    assert "已作废或到期" in firm.reads("/ent/code")


def _propose(firm: Desk, said: dict[str, str], *, proof: bool = True) -> Response:
    (form,) = dict.fromkeys(firm.acts("/ent/data", "propose_data"))
    filled = {**firm.see(form).forms[form], **said}
    files = {"proofs": ("营业执照.png", PICTURE)} if proof else {"proofs": ("", b"")}
    return firm.browser.go(form, filled, files=files)


def _waiting(clerk: Desk) -> str:
    """Give the record of the change that waits, as a clerk finds it in the list."""
    base = "/gov/subjects/data_changes"
    found = [one for one in clerk.see(f"{base}?state=waiting").links
             if re.fullmatch(rf"{base}/[0-9a-z]{{26}}", one)]  # fmt: skip
    (path,) = dict.fromkeys(found)
    return path


def _newest(firm: Desk) -> str:
    """Give what the firm is told of the change that it proposed last."""
    found = [one for one in firm.see("/ent/data").links if one.startswith("/ent/data_changes/")]
    return firm.reads(found[0])
