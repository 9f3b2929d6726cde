"""协同监管 and 线索 on the pages of their users: one thread, by accounts made by administrators."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from attrs import define, field
from tests.integration.http.browsing import Browser, Document

from supervision_core.kernel.days import local_day
from supervision_core.tasks.services.warnings import WarningRound

from .acting import first_started
from .desks import Desk, id_in
from .preparing import FARM, FIRMS, FIRST_DAY, INSTITUTION, MARKET, OFFICE, ORGANISATION
from .story import PICTURE, Story

FIRM, OTHER = "南宁示例乳业有限公司", "南宁示例牧场有限公司"
TASK, CLUE = "2026年乳品专项检查", "反映示例乳业冷藏温度不达标"


@define
class Thread(Story):
    """The thread so far: desks by the names of people."""

    desks: dict[str, Desk] = field(factory=dict)

    def desk(self, name: str) -> Desk:
        """Give somebody's desk."""
        if name not in self.desks:
            self.desks[name] = Desk(self[name])
        return self.desks[name]


@pytest.fixture(scope="module")
def thread(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Thread]:
    """Give two departments and an office with their people, a scene, a checklist and firms."""
    with first_started(tmp_path_factory.mktemp("pages"), ORGANISATION, FIRST_DAY) as place:
        made = Thread(place)
        for act in (made.found, made.hire, made.build, made.know):
            act()
        made.let_in("线索研判", "线索研判人员", department=MARKET)
        made.let_in(f"{OFFICE}经办", "部门经办人员", department=OFFICE)
        yield made


def _clues_of_every_channel_are_registered_and_judged(thread: Thread) -> None:
    """问题线索登记、研判: 首页上登记, 抄送部门; 12345、终端预警、行业协会的逐条研判; 按渠道检索."""
    clerk, analyst = thread.desk(f"{MARKET}经办"), thread.desk("线索研判")
    assert "问题线索" in clerk.reads("/gov")
    (form,) = dict.fromkeys(clerk.acts("/gov", "register"))
    for title, channel in (
        (CLUE, "hotline_12345"), ("冷库温度告警", "device"), ("协会反映标签不全", "association"),
        ("再次反映示例乳业冷藏温度", "hotline_12345"),
    ):  # fmt: skip
        clerk.does(
            form, sheet__title=title, sheet__content="冷藏柜温度为12度", sheet__channel=channel,
            sheet__kind="report", sheet__subject=FIRM, copies=FARM,
        )  # fmt: skip
    listed = "clues/clues"
    assert CLUE in thread.desk(f"{FARM}经办").reads(listed)
    for channel, title, other in (
        ("device", "冷库温度告警", CLUE), ("association", "协会反映标签不全", CLUE),
        ("hotline_12345", CLUE, "冷库温度告警"),
    ):  # fmt: skip
        told = analyst.reads(f"{listed}?channel={channel}")
        assert title in told
        assert other not in told
    page = analyst.see(f"{listed}?channel=device")
    (one,) = {id_in(link) for link in page.links if "/do/triage" in link}
    analyst.does(f"clues/do/triage?clue_id={one}", verdict="no_action", reason="误报")
    assert "已办结" in analyst.reads(f"{listed}?channel=device")
    told = " ".join(analyst.see("/gov").words)
    assert "待研判" in told
    assert "已办结" in told


def _clue(thread: Thread, title: str = CLUE) -> str:
    found = thread["线索研判"].see("clues/clues", title=title)["items"]
    return str(next(one["id"] for one in found if one["title"] == title))


def _a_clue_goes_from_hand_to_hand_and_back(thread: Thread) -> None:
    """线索处理: 分发、签收、转办给部门和人员、反馈给转办部门、退回、办结; 并案; 全程有记录."""
    analyst, farm = thread.desk("线索研判"), thread.desk(f"{FARM}经办")
    office, officer = thread.desk(f"{OFFICE}经办"), thread.desk(f"{FARM}甲")
    clue, again = _clue(thread), _clue(thread, "再次反映示例乳业冷藏温度")
    analyst.does(f"clues/do/join?clue_id={again}", into=CLUE)
    assert "再次反映示例乳业冷藏温度" in analyst.reads(f"clues/clues/{clue}")
    assert f"与线索“{CLUE}”反映同一问题" in analyst.reads(f"clues/clues/{again}")

    analyst.does(f"clues/do/triage?clue_id={clue}", verdict="handle", reason="情况具体")
    analyst.does(f"clues/do/distribute?clue_id={clue}", to=FARM)
    assert "签收线索" in farm.reads("/gov/todos")
    farm.does_from("clues/clues", "sign_for")
    refused = farm.fails(
        f"clues/do/forward?clue_id={clue}", to=FARM, officer=f"{MARKET}甲",
        reason="专人办理",
    )  # fmt: skip
    assert "承办人员不属于承办部门" in refused
    farm.does_from(
        "clues/clues", "forward", about=clue, to=FARM, officer=f"{FARM}甲", reason="专人办理"
    )
    assert "签收线索" not in farm.reads("/gov/todos")
    assert "已转给人员" in farm.fails(f"clues/do/sign_for?clue_id={clue}")
    assert "签收线索" in officer.reads("/gov/todos")
    officer.does_from("clues/clues", "sign_for")
    officer.does_from("clues/clues", "forward", about=clue, to=OFFICE, reason="属于综合协调事项")
    office.does_from("clues/clues", "sign_for")
    office.does_from("clues/clues", "answer", text="已约谈企业")

    assert "办结线索" not in analyst.reads("/gov/todos")
    assert "办结线索" in farm.reads("/gov/todos")
    farm.does(f"clues/do/send_back?clue_id={clue}", text="请补充整改照片")
    office.does_from("clues/clues", "answer", text="照片已补充", about=clue)
    farm.does_from("clues/clues", "conclude", text="情况属实，已处理完毕")
    told = analyst.reads(f"clues/clues/{clue}")
    for said in (
        "已办结",
        "情况属实，已处理完毕",
        "照片已补充",
        "请补充整改照片",
        f"{FARM}甲",
        OFFICE,
    ):
        assert said in told
    history = farm.reads(f"clues/clues/{clue}/history")
    assert all(one in history for one in ("分发线索", "签收线索", "转办线索", "办结线索"))


def _a_plan_is_drawn_up_displayed_objected_to_and_settled(thread: Thread) -> None:
    """检查计划: 新增总计划和子计划、征集意见、公示、异议、修改、删除、检索、导出、查询总览."""
    admin, leader = thread.desk("任务管理员"), thread.desk("局长")
    clerk = thread.desk(f"{FARM}经办")
    form = "/gov/plans/do/draft"
    page = admin.see(form)
    filled = {
        **page.forms[form], "sheet.name": "2026年乳品检查计划", "sheet.scene": "乳品",
        "sheet.year": "2026", "sheet.joining": FARM, "sheet.description": "全年一次",
        "rows": "+sub_plans",
    }  # fmt: skip
    grown = Document(admin.browser.go(form, filled).text).forms[form]
    subs = {
        "sub_plans[0].name": "第一批", "sub_plans[0].starts_on": "2026-03-09",
        "sub_plans[0].ends_on": "2026-03-27", "sub_plans[0].joining": FARM,
        "sub_plans[0].scope": "全区乳品企业", "sub_plans[0].matters": thread.ids["matter"],
        "sub_plans[0].joint": "yes",
    }  # fmt: skip
    made = admin.browser.go(form, {**grown, **subs}, {"sheet.attachments": ("方案.txt", b"plan")})
    assert made.status_code == 303, " ".join(Document(made.text).words)
    (plan,) = (one["id"] for one in thread["任务管理员"].see("plans/plans")["items"])
    thread.ids["plan"] = plan
    told = admin.reads(f"plans/plans/{plan}")
    for said in ("JH450000202600001", "第一批", "全区乳品企业", "2026-03-09", "附件1"):
        assert said in told

    admin.does_from("plans/plans", "consult", until="2026-03-04")
    assert "反馈计划意见" in clerk.reads("/gov/todos")
    early = leader.fails(f"plans/do/display?plan_id={plan}", until="2026-03-06")
    assert f"部门“{FARM}”尚未反馈意见" in early
    clerk.does_from("plans/plans", "give_opinion", text="同意，建议避开春耕")
    leader.does_from("plans/plans", "display", until="2026-03-06")
    told = clerk.reads(f"plans/plans/{plan}")
    for said in ("同意，建议避开春耕", "意见征集时间", "意见征集人员", "公示征集时间",
                 "公示征集人员", "任务管理员", "局长"):  # fmt: skip
        assert said in told
    assert "公示中" in clerk.reads("plans/plans")
    clerk.does_from("plans/plans", "object", reason="与春耕检查时间冲突")
    leader.does_from(
        f"plans/plans/{plan}", "answer_objection", accepted="no", text="安排在春耕之后"
    )
    assert "安排在春耕之后" in clerk.reads(f"plans/plans/{plan}")
    admin.does_from("plans/plans", "change", sheet__description="全年两次", reason="增加一次")
    assert "增加一次" in clerk.reads(f"plans/plans/{plan}")
    thread.come(9)
    leader.does_from("plans/plans", "settle")
    for asked, found in (
        ("number=26000", True), ("number=99999", False), ("name=乳品", True),
        (f"lead={MARKET}", True), (f"departments={FARM}", True),
        ("starts_on_from=2026-04-01", False),
    ):  # fmt: skip
        assert ("2026年乳品检查计划" in clerk.reads(f"plans/plans?{asked}")) is found, asked

    page = clerk.see("plans/plans")
    told = " ".join(page.words)
    for said in ("计划编号", "计划名称", "场景", "年度", "牵头部门", "配合部门", "关联任务数",
                 "进度", "乳品", "JH450000202600001", FARM, "已确定"):  # fmt: skip
        assert said in told
    (export,) = dict.fromkeys(one for one in admin.see("plans/plans").links if "/export" in one)
    assert admin.browser.go(admin.browser.go(export).headers["location"]).status_code == 200
    spare = admin.person.do("plans.draft", sheet={
        "name": "重复的计划", "scene": thread.ids["scene"], "year": 2026, "region": "450000",
        "lead": thread.departments[MARKET], "joining": [],
    })  # fmt: skip
    (gone,) = dict.fromkeys(one for one in admin.acts("plans/plans", "delete") if spare in one)
    assert "将删除“" in admin.reads(gone)
    admin.does(gone, reason="与上级计划重复")
    assert "重复的计划" not in clerk.reads("plans/plans?state=on_display")
    assert "与上级计划重复" in admin.reads(f"plans/plans/{spare}")


def _draft_task(thread: Thread) -> str:
    """任务发起: number by itself; the sub-plan chosen among those of the plan, the version too.

    The newest version of the checklist stands there.
    """
    admin, form = thread.desk("任务管理员"), "/gov/tasks/do/create"
    page = admin.see(form)
    filled = {
        **page.forms[form], "sheet.name": TASK, "sheet.scene": "乳品", "sheet.kind": "special",
        "sheet.joining": FARM, "sheet.checklist.id": "乳品综合检查单",
        "sheet.starts_on": "2026-03-09", "sheet.ends_on": "2026-03-27",
        "sheet.matters": thread.ids["matter"], "sheet.plan": "2026年乳品检查计划", "rows": "=",
    }  # fmt: skip
    chosen = Document(admin.browser.go(form, filled).text)
    assert ("option", {"value": "1"}) in chosen.shown
    assert chosen.forms[form]["sheet.checklist.version"] == "1"
    made = admin.browser.go(form, {**chosen.forms[form], "sheet.sub_plan": "1"})
    assert made.status_code == 303, " ".join(Document(made.text).words)
    (task,) = thread["任务管理员"].see("tasks/tasks")["items"]
    assert task["number"] == "RW45000020260309001"
    return str(task["id"])


def _open_visits(thread: Thread, task: str) -> None:
    """生成检查: firms and officers are chosen, the items come from the checklist."""
    admin, path = thread.desk("任务管理员"), f"/gov/tasks/do/open_visits?task_id={task}"
    form = path.partition("?")[0]
    page = admin.see(path)
    assert any(one.get("name") == "domains-乳品质量安全监督检查" for _, one in page.shown)
    grown = Document(admin.browser.go(form, {**page.forms[form], "rows": "+orders"}).text)
    officers = "\n".join((f"{MARKET}甲", f"{FARM}甲"))
    said = {
        f"orders[{at}].{name}": value
        for at, firm in enumerate((FIRM, OTHER))
        for name, value in (
            ("subject", firm),
            ("officers", officers),
            ("ground", "clue"),
            ("clue", f"反映{firm}生产环境脏乱"),
        )
    }
    made = admin.browser.go(form, {**grown.forms[form], **said})
    assert made.status_code == 303, " ".join(Document(made.text).words)
    visits = thread["任务管理员"].see("tasks/visits")["items"]
    names = {firm: name for name, firm in thread.firms.items()}
    thread.visits = {names[one["subject"]]: one for one in visits}
    fresh = {**admin.see(path).forms[form], "rows": "+orders"}
    grown = Document(admin.browser.go(form, fresh).text)
    again = admin.browser.go(form, {**grown.forms[form], **said})
    told = " ".join(Document(again.text).words)
    for firm in (FIRM, OTHER):
        number = thread.visits[firm]["number"]
        assert f"检查对象“{firm}”在本任务中已有检查{number}" in told, told


def _a_task_goes_out_and_an_institution_sends_its_people(thread: Thread) -> None:
    """任务发起、意见反馈、分发、认领; 三方任务: 列表各项, 机构负责人分配人员."""
    admin, leader = thread.desk("任务管理员"), thread.desk("局长")
    clerk, head = thread.desk(f"{FARM}经办"), thread.desk("机构负责人")
    thread.hear(*(thread.firms[one] for one in (FIRM, OTHER)))
    task = thread.ids["task"] = _draft_task(thread)
    about = f"task_id={task}"
    admin.does(f"tasks/do/engage_third_party?{about}", institution=INSTITUTION, duty="抽样检测",
               headcount="1")  # fmt: skip
    admin.does_from("tasks/tasks", "consult", due_on="2026-03-09")
    clerk.does_from("tasks/tasks", "give_opinion", participates="yes", changes="建议联合检查")
    admin.does_from("tasks/tasks", "answer_opinion", adopted="yes")
    admin.does_from("tasks/tasks", "end_consultation")
    assert "建议联合检查" in admin.reads(f"tasks/tasks/{task}")
    (related,) = dict.fromkeys(
        one for one in clerk.see("plans/plans").links if "/tasks/tasks?plan=" in one
    )
    assert TASK in clerk.reads(related)
    _open_visits(thread, task)
    shown = admin.reads(f"tasks/visits/{thread.visits[FIRM]['id']}")
    for said in (
        "检查领域",
        "乳品质量安全监督检查",
        "食品经营许可证是否在有效期内",
        "《中华人民共和国食品安全法》",
    ):
        assert said in shown
    told = thread.desk(f"{MARKET}甲").fails(
        f"tasks/do/check_in?visit_id={thread.visits[FIRM]['id']}", reason="没有二维码"
    )
    assert "检查未经本机关负责人审批" in told
    early = f"/m/visits/{thread.visits[FIRM]['id']}/do/check_in"
    assert "检查未经本机关负责人审批" in thread.desk(f"{MARKET}甲").fails(
        early, reason="没有二维码"
    )
    (link,) = dict.fromkeys(leader.acts("tasks/tasks", "approve"))
    listed = leader.reads(link)
    for said in ("检查清单（2户，一次批准）", FIRM, OTHER, f"{MARKET}甲", f"{FARM}甲", "入企检查"):
        assert said in listed
    leader.does(link)
    admin.does_from("tasks/tasks", "dispatch")
    for department in (MARKET, FARM):
        thread.desk(f"{department}经办").does_from("tasks/tasks", "claim")

    page = head.see("tasks/third_party_visits")
    told = " ".join(page.words)
    for said in ("任务名称", "发起部门", "检查对象", "任务开始时间", "任务结束时间", TASK, MARKET,
                 FIRM, "2026-03-09", "2026-03-27"):  # fmt: skip
        assert said in told
    member = thread["检测员"].id
    head.does(f"tasks/do/name_assistants?{about}", **{f"people-{member}": "yes"})
    head.does(f"tasks/do/claim_assistance?{about}")
    for visit in thread.visits.values():
        head.does_from(
            "tasks/third_party_visits", "allot_assistants", about=visit["id"],
            **{f"people-{member}": "yes"},
        )  # fmt: skip
    told = head.reads(f"tasks/tasks/{task}")
    assert "检测员" in told
    assert thread["检测员"].account not in told
    assert FIRM in thread.desk("检测员").reads("tasks/visits")


def _inspect(thread: Thread, firm: str, *, failing: bool) -> None:
    """现场检查结果录入 by the forms of an officer without a phone."""
    visit = thread.visits[firm]["id"]
    first, second = thread.desk(f"{MARKET}甲"), thread.desk(f"{FARM}甲")
    about = f"visit_id={visit}"
    first.does(f"tasks/do/check_in?{about}", reason="对象没有张贴二维码", place="南宁市")
    for desk, outcome in ((first, "passed"), (second, "failed" if failing else "passed")):
        record = "/gov/tasks/do/record_results"
        found = {
            **desk.see(f"{record}?{about}").forms[record], "answers[0].outcome": outcome,
            "answers[0].note": "收购台账缺失" if failing else "",
        }  # fmt: skip
        photo = {"answers[0].evidence": ("现场照片.png", PICTURE)}
        assert desk.browser.go(record, found, photo).status_code == 303
    if failing:
        first.does(
            f"tasks/do/conclude?{about}",
            **{"outcomes-pending": "yes", "pending-other_breach": "yes",
               "measures-correct_in_term": "yes"}, note="限期改正",
        )  # fmt: skip
    else:
        first.does(f"tasks/do/conclude?{about}", **{"outcomes-no_problem": "yes"})
    form = "/gov/tasks/do/sign"
    page = first.see(f"{form}?{about}")
    asked = {**page.forms[form], "party._type": "SignatureRefused", "rows": "="}
    grown = Document(first.browser.go(form, asked).text).forms[form]
    signed = {**grown, "party.reason": "负责人外出", "party.witness": "社区网格员"}
    assert first.browser.go(form, signed).status_code == 303
    first.does(f"tasks/do/complete_visit?{about}")
    other = thread.officers[thread.inspectors(visit)[1]]
    Desk(other).does(f"tasks/do/confirm_record?{about}")


def _finished_visits_are_drawn_for_review(thread: Thread) -> None:
    """任务复核: 汇总已完成的三方检查, 随机抽取, 下派执法人员, 录入复核结果; 抽取可以重算."""
    thread.come(10)
    _inspect(thread, FIRM, failing=True)
    _inspect(thread, OTHER, failing=False)
    admin, task = thread.desk("任务管理员"), thread.ids["task"]
    done = admin.reads("tasks/visits?state=completed&assisted=yes")
    assert FIRM in done
    assert OTHER in done
    refused = admin.fails(
        f"tasks/do/draw_reviews?task_id={task}", share="50", officers=f"{MARKET}甲"
    )
    assert "不能由其复核" in refused
    admin.does(f"tasks/do/draw_reviews?task_id={task}", share="50", officers=f"{MARKET}乙")
    said = thread["任务管理员"].see(f"tasks/tasks/{task}")["content"]["review_draws"]
    assert (len(said[0]["candidates"]), len(said[0]["picks"])) == (2, 1)
    assert said[0]["seed"] in admin.reads(f"tasks/tasks/{task}")
    officer = thread.desk(f"{MARKET}乙")
    assert "录入复核结果" in officer.reads("/gov/todos")
    assert "录入复核结果" in officer.reads("/m")
    (card,) = {
        one for one in officer.see("/m/reviews").links if re.match(r"/m/reviews/\w{20,}", one)
    }
    told = officer.reads(card)
    assert TASK in told
    assert "任务复核" in told
    officer.does(
        f"{card}/do/record_review", agrees="no", note="许可证临近到期",
        **{"differing_items-RP-1": "yes"},
    )  # fmt: skip
    assert TASK in officer.reads("/m/reviews?tab=1")
    assert "许可证临近到期" in officer.reads(card)
    review = card.rpartition("/")[2]
    assert "许可证临近到期" in admin.reads(f"tasks/reviews/{review}")
    assert "复核" in admin.reads(f"tasks/tasks/{task}/file")


def _what_was_ordered_is_checked_again(thread: Thread) -> None:
    """整改复查: 列表各项, 整改登记, 复查结果, 完成整改, 检索."""
    clerk, officer = thread.desk(f"{FARM}经办"), thread.desk(f"{FARM}甲")
    visit = thread.visits[FIRM]["id"]
    clerk.does(
        f"tasks/visits/{visit}/order", number="南农改〔2026〕1号", days="5", contact="经办人",
        phone="0771-0000000",
    )  # fmt: skip
    clerk.does_from("tasks/rectifications", "deliver_rectification", channel="on_spot")
    told = clerk.reads("tasks/rectifications")
    for said in ("检查对象任务编号", "检查对象任务名称", "检查对象名称", "整改状态", "待整改", TASK,
                 FIRM, thread.visits[FIRM]["number"]):  # fmt: skip
        assert said in told
    (report,) = dict.fromkeys(officer.acts("tasks/rectifications", "report_rectification"))
    form = {**officer.see(report).forms[report.partition("?")[0]], "text": "台账已补齐"}
    photo = {"attachments": ("整改后.png", PICTURE)}
    assert officer.browser.go(report.partition("?")[0], form, photo).status_code == 303
    both = "\n".join((f"{FARM}甲", f"{FARM}乙"))
    officer.does_from("tasks/rectifications", "recheck", officers=both, result="no_problem",
                      note="已核对近三个月台账")  # fmt: skip
    thread.desk(f"{FARM}乙").does_from("tasks/rectifications", "confirm_recheck")
    clerk.does_from("tasks/rectifications", "finish_rectification")
    for asked, found in ((f"subject={FIRM}", True), ("state=done", True), ("state=ordered", False),
                         ("number=南农改〔2026〕1号", True)):  # fmt: skip
        assert (FIRM in clerk.reads(f"tasks/rectifications?{asked}")) is found, asked
    (made,) = clerk.person.see("tasks/rectifications")["items"]
    shown = clerk.reads(f"tasks/rectifications/{made['id']}")
    assert "已核对近三个月台账" in shown
    assert "台账已补齐" in shown
    assert "由执法人员代为录入" in shown


def _who_is_late_is_warned_pressed_and_answers(thread: Thread) -> None:
    """预警督办: 认领超期、反馈超期自动预警, 牵头部门在线督办, 责任部门反馈."""
    admin, clerk = thread.desk("任务管理员"), thread.desk(f"{FARM}经办")
    sheet = thread.sheet() | {"number": "RW-LATE", "name": "逾期示例", "kind": "case",
                              "reason": "投诉", "grading_rule": None}  # fmt: skip
    (ground,) = thread.hear(thread.firms[OTHER])
    task = admin.person.do("tasks.create", sheet=sheet)
    admin.person.do("tasks.consult", task_id=task, due_on="2026-03-10")
    clerk.person.do("tasks.give_opinion", task_id=task, participates=True)
    admin.person.do("tasks.end_consultation", task_id=task)
    officers = [one for one, at in thread.posts.items() if at in {MARKET, FARM}]
    admin.person.do("tasks.open_visits", task_id=task, orders=[
        {**ground, "officers": officers[::2]},
    ])  # fmt: skip
    thread["局长"].do("tasks.approve", task_id=task)
    admin.person.do("tasks.dispatch", task_id=task)
    thread[f"{MARKET}经办"].do("tasks.claim", task_id=task)
    for day in (18, 30):
        thread.come(day)
        platform = thread.at.platform
        WarningRound(platform.transactions, platform.clock).run()
    told = admin.reads("tasks/term_warnings?task=RW-LATE")
    for said in ("认领超期", "反馈超期", FARM, "预警中"):
        assert said in told
    late = f"tasks/term_warnings?task=RW-LATE&kind=claim_overdue&department={FARM}"
    admin.does_from(late, "supervise", text="请今天认领")
    assert "答复催办" in clerk.reads("/gov/todos")
    clerk.does_from(late, "answer_supervision", text="已安排认领")
    (one,) = (each for each in admin.person.see("tasks/term_warnings")["items"]
              if each["kind"] == "claim_overdue" and each["task"] == task)  # fmt: skip
    shown = admin.reads(f"tasks/term_warnings/{one['id']}")
    for said in ("请今天认领", "已安排认领"):
        assert said in shown
    assert local_day(thread.at.clock.now()) - thread.today < timedelta(days=1)


def _everybody_reads_what_was_found(thread: Thread, anybody: Browser) -> None:
    """结果公开、信息公示: 公众按名称、代码、场景、时间查到公示的结果并看到详情; 部门人员同样."""
    for asked, found in (
        ("text=示例乳业", {FIRM}), (f"text={FIRMS[OTHER]}", {OTHER}), ("text=不存在的", set()),
        (f"scene={thread.ids['scene']}", {FIRM, OTHER}), ("region=450000", {FIRM, OTHER}),
        ("region=450100", set()), ("since=2026-03-01&until=2026-03-31", {FIRM, OTHER}),
        ("until=2026-02-28", set()),
    ):  # fmt: skip
        told = " ".join(anybody.see(f"/open/results?{asked}").words)
        assert {one for one in (FIRM, OTHER) if one in told} == found, asked
    links = anybody.see("/open/results?text=示例乳业").links
    (one,) = {link for link in links if link.startswith("/open/results/")}
    builder = thread["场景建设"]
    law = builder.do("items.add_law", content={
        "title": "乳品质量安全监督管理条例", "kind": "regulation", "promulgated_on": "2008-10-09",
        "in_force_from": "2008-10-09",
        "whole": "第八条　奶畜养殖者、生鲜乳收购者对其生产的乳品质量安全负责。",
    })  # fmt: skip
    builder.do("items.enable_law", law_id=law)
    staff = thread.desk(f"{FARM}经办")
    for reads, at in ((anybody.see, "/open"), (staff.see, "/gov/open")):
        told = " ".join(reads(one.replace("/open", at, 1)).words)
        for words in (FIRM, FIRMS[FIRM], TASK, MARKET, FARM, "检查结论", "公示至", "2027-06-30"):
            assert words in told, words
        told = " ".join(reads(f"{at}/laws?text=生鲜乳收购者&kind=regulation").words)
        assert "乳品质量安全监督管理条例" in told
        told = " ".join(reads(f"{at}/laws/{law}").words)
        for words in ("第八条", "质量安全负责", "行政法规", "2008-10-09"):
            assert words in told, words
        assert "没有符合条件" in " ".join(reads(f"{at}/laws?kind=local").words)


def _a_task_is_closed_shown_and_kept(thread: Thread) -> None:
    """任务办结: 尚缺什么、部门办结、统一办结、归档; 按任务公开; 任务档案: 列表、检索、全流程."""
    admin, task = thread.desk("任务管理员"), thread.ids["task"]
    market, farm = thread.desk(f"{MARKET}经办"), thread.desk(f"{FARM}经办")
    missing = admin.reads(f"tasks/tasks/{task}")
    assert "办结前尚缺" in missing
    assert "部门任务尚未办结" in missing
    refused = admin.fails(f"tasks/do/close?task_id={task}")
    assert MARKET in refused
    assert FARM in refused
    for desk in (market, farm):
        desk.does(f"tasks/do/close_part?task_id={task}")
    assert "办结前尚缺" not in admin.reads(f"tasks/tasks/{task}")
    planned = "plans/plans?name=乳品"
    assert " 0%" in admin.reads(planned)
    assert "已反馈2/2户" in admin.reads(f"tasks/tasks?name={TASK}")
    admin.does(f"tasks/do/close?task_id={task}")
    assert " 50%" in admin.reads(planned)

    told = admin.fails(f"tasks/do/decide_results?task_id={task}", shown="yes")
    assert "until" in told or "公示截止日期" in told
    anybody = Browser(thread.at)
    for firm in (FIRM, OTHER):
        assert firm not in " ".join(anybody.see("/open/results").words)
    admin.does(f"tasks/do/decide_results?task_id={task}", shown="yes", until="2027-06-30")
    _everybody_reads_what_was_found(thread, anybody)
    results = admin.reads("tasks/publications?state=shown")
    assert FIRM in results
    assert OTHER in results
    early = admin.browser.go(f"/gov/tasks/tasks/{task}/manifest")
    assert early.status_code == 422
    assert "任务尚未归档" in early.text
    admin.does(f"tasks/do/archive?task_id={task}")
    admin.does(f"tasks/do/publish?task_id={task}")

    for desk in (admin, farm):
        for asked, found in (("number=0309", True), ("number=9999", False), ("name=专项", True),
                             ("state=published", True), ("state=drafted", False)):  # fmt: skip
            assert (TASK in desk.reads(f"tasks/tasks?{asked}")) is found, asked
        page = desk.see("tasks/tasks?state=published")
        for said in ("任务编号", "任务名称", "状态", "综合检查单", "年度", "创建时间", "发起时间",
                     "RW45000020260309001", "已公开"):  # fmt: skip
            assert said in " ".join(page.words)
        assert f"/gov/tasks/tasks/{task}/file" in page.links
        file = desk.reads(f"tasks/tasks/{task}/file")
        for said in ("起草任务", "反馈意见：参与", "采纳会商意见", "批准检查", "分发任务",
                     "认领任务", "开始检查", "作出检查结论", "责令改正", "整改复查",
                     "抽取任务复核", "任务复核：不一致", "办结部门任务", "统一办结", "归档",
                     FIRM):  # fmt: skip
            assert said in file, said
        _its_manifest_is_downloaded(desk, task)


def _its_manifest_is_downloaded(desk: Desk, task: str) -> None:
    """档案清单: every record and file with its SM3; the records are those that were archived."""
    way = f"/gov/tasks/tasks/{task}/manifest"
    for page in (f"/gov/tasks/tasks/{task}", f"/gov/tasks/tasks/{task}/file"):
        assert way in desk.browser.see(page).links
    answer = desk.browser.go(way)
    assert answer.headers["content-disposition"].startswith("attachment")
    told = answer.json()
    assert told["unchanged"] is True
    assert told["kept"] == told["digest"]
    kinds = {one["name"].partition("/")[0] for one in told["records"]}
    assert {"task.json", "visit", "rectification", "review", "publication"} <= kinds
    names = {one["name"] for one in told["records"]}
    (photo,) = (one for one in told["files"] if one["name"] == "整改后.png")
    assert photo["of"].startswith("rectification/")
    assert len(photo["sm3"]) == 64
    assert {one["of"] for one in told["files"]} <= names


@pytest.mark.function("F013", surface="page")
@pytest.mark.function("F014", surface="page", complete=True)
@pytest.mark.function("F015", surface="page", complete=True)
@pytest.mark.function("F102", surface="page")
@pytest.mark.function("F103", surface="page", complete=True)
@pytest.mark.function("F104", surface="page", complete=True)
def test_clues_are_registered_judged_and_dealt_with(thread: Thread) -> None:
    """线索: 首页上登记、抄送、研判, 分发、签收、转办、反馈、退回、办结、并案.

    Automatic registration (F013, F102) works by the simulator alone, test_appeal_pages.py: 部分.
    """
    _clues_of_every_channel_are_registered_and_judged(thread)
    _a_clue_goes_from_hand_to_hand_and_back(thread)


@pytest.mark.function("F105", surface="page", complete=True)
@pytest.mark.function("F106", surface="page")
@pytest.mark.function("F107", surface="page")
@pytest.mark.function("F108", surface="page", complete=True)
@pytest.mark.function("F110", surface="page", complete=True)
@pytest.mark.function("F111", surface="page", complete=True)
@pytest.mark.function("F112", surface="page", complete=True)
@pytest.mark.function("F113", surface="page", complete=True)
@pytest.mark.function("F116", surface="page", complete=True)
@pytest.mark.function("F118", surface="page", complete=True)
@pytest.mark.function("F006", surface="page", complete=True)
@pytest.mark.function("F020", surface="page", complete=True)
@pytest.mark.function("F139", surface="page", complete=True)
def test_a_plan_becomes_a_task_that_is_closed_shown_and_kept(thread: Thread) -> None:
    """计划、任务、三方任务、检查、复核、整改、督办、办结、公开、档案, each on its user's pages.

    审批办件的材料 (F107) are called on in test_approval_pages.py, all of F106 is in
    test_draw_pages.py.
    """
    _a_plan_is_drawn_up_displayed_objected_to_and_settled(thread)
    _a_task_goes_out_and_an_institution_sends_its_people(thread)
    _finished_visits_are_drawn_for_review(thread)
    _what_was_ordered_is_checked_again(thread)
    _who_is_late_is_warned_pressed_and_answers(thread)
    _a_task_is_closed_shown_and_kept(thread)


def test_departments_that_one_does_not_reach_are_named_without_a_link(thread: Thread) -> None:
    """场景牵头部门: its page opens to its own people, and to others no link leads to a refusal."""
    opened = {}
    for name in (MARKET, FARM):
        clerk = thread[f"{name}经办"]
        page = Document(clerk.opened("/gov/scenes/scenes").text)
        assert MARKET in " ".join(page.words)
        links = {one for one in page.links if one.startswith("/gov/identity/departments/")}
        opened[name] = [clerk.opened(one).status_code for one in links]
    assert opened == {MARKET: [200], FARM: []}
