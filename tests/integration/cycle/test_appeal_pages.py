"""投诉建议、诉求上报、投诉举报处置 on the pages of citizens, firms and departments."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from urllib.parse import quote, unquote_plus

import pytest
from attrs import define, evolve
from tests.integration.http.browsing import Browser, Document

from entrypoints.actors import operator
from entrypoints.container import open_signals, sending_receivers
from entrypoints.settings import Settings
from entrypoints.simulators.signals import SimulatedSignals
from entrypoints.simulators.signatures import Signatures
from entrypoints.simulators.source import simulated_source
from entrypoints.worker.signals import take_all
from supervision_core.clues.model import ClueChannel, ClueKind, told_id
from supervision_core.clues.ports import Clues
from supervision_core.clues.services.intake import TakeInSignal, take_in
from supervision_core.clues.told import ToldSignal
from supervision_core.kernel.errors import Unavailable

from .acting import first_started
from .desks import MESSENGER, Desk, relayed
from .preparing import FARM, FIRMS, FIRST_DAY, MARKET, ORGANISATION
from .story import PICTURE, Story

FIRM, OTHER = "南宁示例乳业有限公司", "南宁示例牧场有限公司"
NAME, PHONE = "陆示例", "13900000321"
SUBMIT, COMPLAINTS = "/m/complaints/submit", "/gov/clues/complaints"


@define
class Appeals(Story):
    """Two departments with their people, firms with codes, and who reports about them."""

    def begin(self) -> None:
        """Let everything before the first report happen."""
        for act in (self.found, self.hire, self.build, self.know):
            act()
        for name, firm in (("企业经办", OTHER), ("被反映企业", FIRM)):
            self.let_in(
                name, "企业", extended={"kind": "enterprise", "party": self.firms[firm]},
                proof={"document": "营业执照", "number": FIRMS[firm]},
            )  # fmt: skip
        for number, name in enumerate(("市民", "另一市民"), 1):
            self.let_in(name, "市民", extended={"kind": "citizen", "party": f"citizen/{number}"})

    def desk(self, name: str) -> Desk:
        """Give somebody's pages."""
        return Desk(self[name])


@pytest.fixture(scope="module")
def appeals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Appeals]:
    """Give the day of the reports."""
    with first_started(tmp_path_factory.mktemp("appeals"), ORGANISATION, FIRST_DAY) as place:
        story = Appeals(place)
        story.begin()
        yield story


def _received(story: Appeals) -> None:
    """Let the administrator of a department say that it takes up what is reported."""
    desk, base = story.desk(f"{MARKET}管理员"), "/gov/clues/receivers"
    if "广西投诉受理" not in desk.reads(base):
        desk.does(f"{base}/add", name="广西投诉受理", area="广西壮族自治区", department=MARKET)


def _code(story: Appeals) -> str:
    """Give the code of the firm that is complained of, as it hangs on its wall."""
    clerk = story.desk(f"{MARKET}经办")
    path = f"/gov/subjects/subjects/{story.firms[FIRM]}/code"
    if "还没有企业码" in clerk.reads(path):
        clerk.does_from(path, "make_code")
    (found,) = {word for word in clerk.see(path).words if word.startswith("SC1.")}
    return found


def _scanned(code: str) -> str:
    return f"/m/code?code={quote(code)}"


def _reported(desk: Desk, path: str, *, wrong: bool = False, **said: str) -> str:
    """Fill the form in and send it, a picture attached; give the page or the reasons."""
    told = {
        **desk.see(path).forms[SUBMIT], "title": "买到的牛奶有异味", "kind": "complaint",
        "content": "当天开封已有异味", "service": "袋装牛奶", "submitter": NAME, "contact": PHONE,
        "consent": "yes", **said,
    }  # fmt: skip
    answer = desk.browser.go(SUBMIT, told, files={"attachments": ("牛奶.png", PICTURE)})
    if wrong:
        assert answer.status_code == 422, answer.status_code
        return " ".join(Document(answer.text).words)
    assert answer.status_code == 303, " ".join(Document(answer.text).words)
    return str(answer.headers["location"].partition("?")[0])


@pytest.mark.function("F007", surface="page")
@pytest.mark.function("F149", surface="page", complete=True)
@pytest.mark.function("F162", surface="page", complete=True)
@pytest.mark.function("F204", surface="page", complete=True)
@pytest.mark.function("F205", surface="page", complete=True)
def test_a_citizen_complains_of_a_scanned_firm_and_is_answered(appeals: Appeals) -> None:
    """扫码投诉, 受理部门处置: 列表、查看、批量标记不处理、发起检查任务给人员; 市民看到结果.

    F007: the state's own complaint interface is not connected, 部分.
    """
    citizen, code = appeals.desk("市民"), _code(appeals)
    assert "投诉、举报或建议" in citizen.reads(_scanned(code))
    assert "没有投诉举报" in citizen.reads(_scanned(code))
    (form,) = {one for one in citizen.see(_scanned(code)).links if one.startswith(SUBMIT)}
    assert "该地区还没有设置诉求受理单位" in _reported(citizen, form, wrong=True)
    _received(appeals)
    assert "没有同意使用姓名和联系方式" in _reported(citizen, form, wrong=True, consent="")
    mine = _reported(citizen, form)
    told = citizen.reads(mine)
    for words in ("买到的牛奶有异味", "待研判", "袋装牛奶", MARKET, "2026-03-11"):
        assert words in told, words
    assert any("/files/clue/" in one for one in citizen.see(mine).links)
    for title in ("味道一般", "价格太贵"):
        _reported(citizen, form, title=title)

    other = appeals.desk("另一市民")
    assert "买到的牛奶有异味" not in other.reads("/m/complaints")
    assert other.browser.go(mine).status_code == 404
    assert "袋装牛奶" not in _anybody(appeals, code)

    _the_department_disposes(appeals, mine)
    anybody = _anybody(appeals, code)
    for words in ("投诉举报信息", "投诉", "广西壮族自治区", "袋装牛奶", "不处理"):
        assert words in anybody, words
    for words in ("异味", "待处置", "已发起检查任务"):
        assert words not in anybody, words
    told = citizen.reads(mine)
    assert "已发起检查任务" in told
    listed = citizen.reads("/m/complaints")
    assert listed.count("不处理") == 2
    relayed(appeals.at, MESSENGER)
    assert "“味道一般”已办结" in citizen.reads("/m/notices")
    assert "已发起检查任务" not in _anybody(appeals, code)


def _anybody(appeals: Appeals, code: str) -> str:
    """Give what anybody reads who scans the code of a firm."""
    return " ".join(Browser(appeals.at).see(_scanned(code)).words)


def _the_department_disposes(appeals: Appeals, mine: str) -> None:
    clerk, manager = appeals.desk(f"{MARKET}经办"), appeals.desk(f"{MARKET}管理员")
    told = clerk.reads(COMPLAINTS)
    for words in ("类型", "投诉属地", "服务名称", "检查对象", "上报渠道", "上报时间", "处置状态",
                  "买到的牛奶有异味", FIRM, "扫码反映", "2026-03-02", "待处置"):  # fmt: skip
        assert words in told, words
    assert "买到的牛奶有异味" in manager.reads(f"{COMPLAINTS}?channel=scan&disposal=waiting")
    page = manager.see(COMPLAINTS)
    assert not any("/do/i" in one for one in page.links)
    one = mine.rpartition("/")[2]
    assert manager.browser.go(f"/gov/clues/do/ignore?clue_id={one}").status_code == 403

    several = f"{COMPLAINTS}/several"
    form = clerk.see(COMPLAINTS).forms[several]
    ticked = {
        f"row-{each['id']}": "yes"
        for each in appeals[f"{MARKET}经办"].see("clues/complaints")["items"]
        if each["id"] != one
    }
    assert len(ticked) == 2
    asked = Document(clerk.browser.go(several, {**form, **ticked, "act": "clues.ignore"}).text)
    sure = {**asked.forms[several], "reason": "属于个人口味，不违反规定"}
    assert "成功 2" in " ".join(Document(clerk.browser.go(several, sure).text).words)
    assert not clerk.acts(f"{COMPLAINTS}?disposal=ignored", "ignore")

    acts = clerk.acts(COMPLAINTS, "inspect")
    (act,) = {each for each in acts if one in each}
    clerk.does(act, to=MARKET, officer=f"{MARKET}甲", reason="涉及食品安全")
    officer = appeals.desk(f"{MARKET}甲")
    assert "签收线索" in officer.reads("/gov/todos")
    officer.does_from("clues/clues", "sign_for")
    assert "为线索关联检查任务" in officer.reads("/gov/todos")


def test_who_complained_is_known_to_who_deals_with_it_alone(appeals: Appeals) -> None:
    """投诉举报人保密: 被反映企业、现场检查人员和操作记录里都没有; 承办部门说明用途后查看."""
    _received(appeals)
    citizen, clerk = appeals.desk("市民"), appeals.desk(f"{MARKET}经办")
    form = f"{SUBMIT}?code={quote(_code(appeals))}"
    mine = _reported(citizen, form, title="举报无证经营", kind="report")
    one = mine.rpartition("/")[2]
    record = f"/gov/clues/clues/{one}"
    for person, path in (
        (f"{MARKET}经办", record), (f"{MARKET}经办", f"{COMPLAINTS}/{one}"),
        (f"{MARKET}经办", f"{record}/history"), ("被反映企业", "/ent/complaints"),
        ("被反映企业", "/ent"), (f"{MARKET}甲", _scanned(_code(appeals))),
    ):  # fmt: skip
        told = appeals.desk(person).reads(path)
        for hidden in (NAME, PHONE, appeals["市民"].account):
            assert hidden not in told, (person, path)
    assert "上报诉求" in clerk.reads(f"{record}/history")
    assert "无证经营" not in appeals.desk("被反映企业").reads("/ent/complaints")
    shown = appeals["线索研判"] if "线索研判" in appeals.people else appeals.let_in(
        "线索研判", "线索研判人员", department=MARKET
    )  # fmt: skip
    told = shown.see(f"clues/clues/{one}/personal", purpose="contact")["complainant"]
    assert (told["name"], told["phone"], told["confidential"]) == (NAME, PHONE, True)
    desk, way = appeals.desk("线索研判"), f"/gov/clues/clues/{one}/personal"
    assert way in desk.see(f"clues/clues/{one}").links
    assert "使用目的" in desk.reads(way)
    asked = desk.see(way).forms[way]
    assert desk.browser.go(way, {**asked, "purpose": ""}).status_code == 422
    said = Document(desk.browser.go(way, {**asked, "purpose": "contact"}).text).words
    assert {NAME, PHONE, "要求对被反映的企业保密"} <= set(said)
    assert "查看投诉举报人" in clerk.reads(f"{record}/history")


@pytest.mark.function("F009", surface="page", complete=True)
@pytest.mark.function("F153", surface="page", complete=True)
@pytest.mark.function("F154", surface="page", complete=True)
@pytest.mark.function("F008", surface="page")
def test_a_firm_reports_what_it_wants_and_reads_the_answer(appeals: Appeals) -> None:
    """诉求上报: 标题、提交人员、联系方式、类别、紧急程度、描述和附件; 部门转办、答复, 企业查看."""
    _received(appeals)
    firm, clerk = appeals.desk("企业经办"), appeals.desk(f"{MARKET}经办")
    assert "/ent/appeals" in firm.see("/ent").links
    assert firm.browser.go("/ent/appeals").headers["location"] == "/m/complaints"
    assert SUBMIT in firm.see("/m/complaints").links
    asked = firm.reads(SUBMIT)
    for words in ("诉求标题", "提交人员", "联系方式", "诉求类别", "情况紧急", "诉求描述", "附件"):
        assert words in asked, words
    assert "必填" in _reported(firm, SUBMIT, wrong=True, submitter="")
    mine = _reported(
        firm, SUBMIT, title="希望错峰安排检查", kind="suggestion", urgent="yes",
        content="榨季繁忙，请安排在四月之后", service="",
    )  # fmt: skip
    one = mine.rpartition("/")[2]
    assert "希望错峰安排检查" in clerk.reads(f"{COMPLAINTS}?kind=suggestion")
    assert "反映人称情况紧急" in clerk.reads(f"/gov/clues/clues/{one}")
    assert any(f"/files/clue/{one}/" in each for each in clerk.see(f"{COMPLAINTS}/{one}").links)
    analyst = appeals.people.get("线索研判") or appeals.let_in(
        "线索研判", "线索研判人员", department=MARKET
    )
    desk = Desk(analyst)
    desk.does(f"clues/do/triage?clue_id={one}", verdict="handle", reason="由农业农村部门研究")
    desk.does(f"clues/do/distribute?clue_id={one}", to=FARM)
    farm = appeals.desk(f"{FARM}经办")
    farm.does(f"clues/do/sign_for?clue_id={one}")
    farm.does(f"clues/do/answer?clue_id={one}", text="内部研究：可行")
    desk.does(f"clues/do/conclude?clue_id={one}", text="采纳，四月起安排检查")
    told = firm.reads(mine)
    for words in ("已办结", "采纳，四月起安排检查", FARM):
        assert words in told, words
    assert "内部研究" not in told
    relayed(appeals.at, MESSENGER)
    assert "希望错峰安排检查" in firm.reads("/m/notices")
    assert "希望错峰安排检查" not in appeals.desk("被反映企业").reads("/m/complaints")


_SECRET = "a secret of test"  # noqa: S105 - of a partner that is played


@pytest.mark.function("F002", surface="page", complete=True)
def test_a_citizen_says_what_is_to_be_bettered_in_a_checklist(appeals: Appeals) -> None:
    """综合检查单·信息反馈: 对检查单和检查项提问题和建议, 登录后填写, 受理部门看到."""
    _received(appeals)
    anybody, citizen = Browser(appeals.at), appeals.desk("市民")
    (sheet,) = {
        one for one in anybody.see("/open/checklists").links
        if re.fullmatch("/open/checklists/[0-9a-z]{26}", one)
    }  # fmt: skip
    asked = [one for one in anybody.see(sheet).links if one.startswith(SUBMIT)]
    assert len(asked) == 3
    assert "/m/complaints" in anybody.see("/").links
    item = next(one for one in asked if "生鲜乳收购记录是否完整" in unquote_plus(one))
    form = citizen.see(item).forms[SUBMIT]
    assert "生鲜乳收购记录是否完整" in form["title"]
    assert form["kind"] == "suggestion"
    _reported(
        citizen,
        item,
        title=form["title"],
        kind=form["kind"],
        content="请写明要看几个月的",
        region="广西壮族自治区",
    )
    told = appeals.desk(f"{MARKET}经办").reads(f"{COMPLAINTS}?kind=suggestion")
    assert form["title"] in told


@contextmanager
def _partner(appeals: Appeals, folder: Path) -> Iterator[tuple[SimulatedSignals, Settings]]:
    """Play the interface that tells hints; give it, and settings that lead to it."""
    secret = folder / "signals.secret"
    secret.touch(0o600)
    secret.write_text(_SECRET, "utf-8")
    clock = appeals.at.clock
    played = SimulatedSignals(
        Signatures("supervision", _SECRET, lambda: clock.now().timestamp())
    )  # fmt: skip
    with simulated_source(played) as address:
        yield played, Settings.from_environment({
            "SUPERVISION_SIGNALS_URL": address, "SUPERVISION_SIGNALS_APPLICATION": "supervision",
            "SUPERVISION_SIGNALS_SECRET": str(secret),
        })  # fmt: skip


@pytest.mark.function("F013", surface="page")
@pytest.mark.function("F102", surface="page")
@pytest.mark.function("F212", surface="page")
def test_hints_from_outside_are_registered_once_and_answered(
    appeals: Appeals, tmp_path: Path
) -> None:
    """12345工单、终端告警、风险预警自动登记为线索, 研判办结后反馈来源; 重复告知不重复登记.

    Played by the simulator: the real interfaces are not connected, 部分.
    """
    _received(appeals)
    platform, clerk = appeals.at.platform, appeals.desk(f"{MARKET}经办")
    with _partner(appeals, tmp_path) as (played, settings):
        source = open_signals(settings, platform)
        assert [take_all(platform, source, Event()) for _ in range(2)] == [0, 0]
        told = clerk.reads("clues/clues?channel=hotline_12345")
        assert "第1至1条" in told
        assert FIRM in told
        assert "冷库温度告警" in clerk.reads("clues/clues?channel=device")
        assert "许可证即将到期" in clerk.reads("clues/clues?channel=data_alert")
        assert "待研判线索" in _messages(appeals, "线索研判")
        page = clerk.see("/gov/clues/complaints?channel=hotline_12345")
        (act,) = {one for one in page.links if "/do/ignore" in one}
        clerk.does(act, reason="已由市级热线处理完毕")
        (receiver,) = sending_receivers(settings, platform)
        for _ in range(2):
            relayed(appeals.at, receiver)
        assert played.results == {"DH202603020001": "已由市级热线处理完毕"}
        assert played.received == 1
        played.told["signals"][0]["channel"] = "来历不明"
        with pytest.raises(Unavailable):
            take_all(platform, source, Event())


def test_what_no_department_takes_up_is_told_again(appeals: Appeals, tmp_path: Path) -> None:
    """没有编号的、没有受理单位的不登记, 下次再来; 其余照常."""
    _received(appeals)
    with _partner(appeals, tmp_path) as (played, settings):
        played.told["signals"][1]["region"] = "110000"
        source = open_signals(settings, appeals.at.platform)
        assert take_all(appeals.at.platform, source, Event()) == 1


def test_a_signal_that_somebody_enters_is_of_his_department(
    appeals: Appeals, tmp_path: Path
) -> None:
    """自填12345工单: 计为本部门人员录入, 录入人不得研判; 渠道自己的工单照常登记."""
    _received(appeals)
    platform, signal = appeals.at.platform, ToldSignal(
        channel=ClueChannel.HOTLINE_12345, reference="DH202603020001", kind=ClueKind.REPORT,
        title="自填工单", content="自填", region="450000", firm=FIRMS[FIRM],
    )  # fmt: skip
    analyst = appeals.people.get("线索研判") or appeals.let_in(
        "线索研判", "线索研判人员", department=MARKET
    )
    one = evolve(operator(analyst.id), department=MARKET)
    command = TakeInSignal(signal=signal)
    entered = {platform.commands.run(take_in, command, actor=one) for _ in range(2)}
    (own,) = entered
    with platform.transactions.begin_looking() as unit:
        assert unit[Clues].get(own).by_staff
    assert analyst.refused("clues.triage", clue_id=own, verdict="inspect", reason="自填") == (
        "clues.clue_refused"
    )
    with _partner(appeals, tmp_path) as (_, settings):
        assert take_all(platform, open_signals(settings, platform), Event()) == 0
    with platform.transactions.begin_looking() as unit:
        assert not unit[Clues].get(told_id(signal.channel, signal.reference)).by_staff


def _messages(appeals: Appeals, name: str) -> str:
    """Give what somebody who judges clues is told."""
    if name not in appeals.people:
        appeals.let_in(name, "线索研判人员", department=MARKET)
    relayed(appeals.at, MESSENGER)
    return appeals.desk(name).reads("/gov/notices")


_MARK = "内部线索标记"


def _by_departments(appeals: Appeals) -> None:
    """Let departments register clues of each channel about the firm, each as far as it goes."""
    analyst = appeals.people.get("线索研判") or appeals.let_in(
        "线索研判", "线索研判人员", department=MARKET
    )
    for number, channel in enumerate(ClueChannel):
        for kind in (ClueKind.COMPLAINT, ClueKind.REPORT, ClueKind.OTHER):
            clue = appeals[f"{MARKET}经办"].do("clues.register", sheet={
                "title": f"{_MARK}{number}", "content": _MARK, "channel": channel.value,
                "kind": kind.value, "region": "450000",
                "subject": appeals.firms[FIRM], "subject_text": _MARK, "service": _MARK,
            })  # fmt: skip
            if kind is ClueKind.COMPLAINT:
                analyst.do("clues.triage", clue_id=clue, verdict="handle", reason=_MARK)
            if kind is ClueKind.REPORT:
                analyst.do("clues.triage", clue_id=clue, verdict="no_action", reason=_MARK)


def _walked(browser: Browser, starts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Follow every link from some pages on; give each page, and all that it says."""
    waiting, seen = list(starts), set(starts)
    while waiting:
        path = waiting.pop()
        answer = browser.go(path)
        if answer.is_redirect:
            found = [str(answer.headers["location"])]
        elif answer.is_success and "html" in answer.headers["content-type"]:
            yield path, answer.text
            found = Document(answer.text).addresses
        else:
            continue
        for one in found:
            inside = one.startswith("/") and "/log_out" not in one and "/files/" not in one
            if inside and (kept := one.partition("#")[0]) not in seen:
                seen.add(kept)
                waiting.append(kept)


def test_clues_of_departments_are_shown_to_no_party(appeals: Appeals) -> None:
    """公众、市民、企业的每一页、每个接口里, 都没有部门、设备、热线登记的线索, 不论是否研判.

    What firms and citizens reach is followed link by link, and asked question by question.
    """
    _received(appeals)
    code = _code(appeals)
    _by_departments(appeals)
    mine = _reported(appeals.desk("市民"), f"{SUBMIT}?code={quote(code)}", service="公众反映标记")
    analyst = appeals["线索研判"]
    one = mine.rpartition("/")[2]
    assert "公众反映标记" not in _anybody(appeals, code)
    analyst.do("clues.triage", clue_id=one, verdict="handle", reason="属实")
    shown = set[str]()
    for name in ("", "市民", "另一市民", "企业经办", "被反映企业"):
        desk = appeals.desk(name) if name else None
        browser = Browser(appeals.at) if desk is None else desk.browser
        if desk is not None:
            desk.see("/m")
        for path, text in _walked(browser, ["/", "/m", "/ent", _scanned(code)]):
            assert _MARK not in text, (name, path)
            if "公众反映标记" in text:
                shown.add(path.partition("?")[0])
    assert {"/m/code", "/ent/complaints", "/ent/conduct", "/ent"} <= shown
    for name in ("市民", "被反映企业"):
        person, asked = appeals[name], 0
        for path, verbs in person.call("GET", "/api/v1/openapi.json")["paths"].items():
            if "{" not in path and "get" in verbs:
                answer = person.ask("GET", path)
                asked += answer.is_success
                assert _MARK not in answer.text, (name, path)
        assert asked > 2
