"""三方任务 on the pages of an institution's people, by accounts that administrators made."""

from collections.abc import Iterator
from typing import Final

import pytest

from .acting import first_started
from .preparing import FARM, FIRMS, FIRST_DAY, INSTITUTION, MARKET, ORGANISATION, REGION
from .story import PICTURE
from .test_task_pages import FIRM, OTHER, TASK, Thread

ZONE: Final = "/m/third_party_visits"
NOTICE: Final = "关于乳品抽样检测的通知"
GOV: Final = "tasks/third_party_visits"
UNTIL_THEN: Final = "执法人员签到、开始检查后，在这里逐项记录"


@pytest.fixture(scope="module")
def thread(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Thread]:
    """Give a task that went out with an institution and two people whom its head names."""
    with first_started(tmp_path_factory.mktemp("third"), ORGANISATION, FIRST_DAY) as place:
        made = Thread(place)
        for act in (made.found, made.hire, made.build, made.know):
            act()
        for name in ("检测员二", "检测员三"):
            made.let_in(
                name, "三方机构人员",
                extended={"kind": "third_party", "party": made.ids["institution"]},
            )  # fmt: skip
        _send_out(made)
        yield made


def _send_out(thread: Thread) -> None:
    thread.come(9)
    admin = thread["任务管理员"]
    market, farm = thread.departments[MARKET], thread.departments[FARM]
    grounds = thread.hear(*(thread.firms[one] for one in (FIRM, OTHER)))
    task = thread.ids["task"] = admin.do("tasks.create", sheet={
        "number": "450000-2026-RP-002", "name": TASK, "scene": thread.ids["scene"],
        "kind": "special", "region": REGION, "lead": market, "joining": [farm],
        "checklist": {"id": thread.ids["checklist"], "version": 1},
        "starts_on": "2026-03-09", "ends_on": "2026-03-27", "matters": [thread.ids["matter"]],
    })  # fmt: skip
    admin.do("tasks.engage_third_party", task_id=task, institution=thread.ids["institution"],
             duty="抽样检测", headcount=2)  # fmt: skip
    admin.do("tasks.consult", task_id=task, due_on="2026-03-09")
    thread[f"{FARM}经办"].do("tasks.give_opinion", task_id=task, participates=True)
    admin.do("tasks.end_consultation", task_id=task)
    ids = {person.id: one for one, person in thread.officers.items()}
    officers = [ids[thread[f"{one}甲"].id] for one in (MARKET, FARM)]
    admin.do("tasks.open_visits", task_id=task, orders=[
        {**ground, "officers": officers} for ground in grounds
    ])  # fmt: skip
    thread["局长"].do("tasks.approve", task_id=task)
    admin.do("tasks.dispatch", task_id=task)
    for department in (MARKET, FARM):
        thread[f"{department}经办"].do("tasks.claim", task_id=task)
    names = {firm: name for name, firm in thread.firms.items()}
    thread.visits = {names[one["subject"]]: one for one in admin.see("tasks/visits")["items"]}
    head = thread.desk("机构负责人")
    people = (thread["检测员"].id, thread["检测员二"].id)
    assert "确定协助人员" in head.reads("/m")
    head.does_from("tasks/tasks", "name_assistants", **{f"people-{one}": "yes" for one in people})


def _a_notice_is_published(thread: Thread) -> None:
    for name in ("创作", "编辑", "发布"):
        thread.let_in(name, f"内容{name}", department=MARKET)
    thread.desk("创作").does(
        "content/do/create", column="notices", title=NOTICE, kind="inspection",
        department=MARKET, region="450000", body="请各机构备好仪器。",
    )  # fmt: skip
    (article,) = (one["id"] for one in thread["创作"].see("content/articles")["items"])
    about = f"?article_id={article}"
    thread.desk("创作").does(f"content/do/submit{about}")
    thread.desk("编辑").does(f"content/do/approve{about}", opinion="同意")
    thread.desk("发布").does(f"content/do/publish{about}")


def test_the_menu_leads_a_third_party_to_its_visits_once(thread: Thread) -> None:
    """三方任务 alone, on the phone and at the desk; whoever inspects has 检查任务 and 现场检查."""
    member, officer = thread.desk("检测员"), thread.desk(f"{MARKET}甲")
    for front, own, others in (
        ("/m", ZONE, "/m/visits"),
        ("/gov", f"/gov/{GOV}", "/gov/tasks/visits"),
    ):
        shown = member.see(front).links
        assert own in shown
        assert others not in shown
        assert others in officer.see(front).links


@pytest.mark.function("F124", surface="page", complete=True)
def test_the_home_of_a_third_party(thread: Thread) -> None:
    """三方机构首页: 通知公告、场景切换、任务统计、常见应用、待办任务."""
    _a_notice_is_published(thread)
    member = thread.desk("检测员三")
    page = member.see("/m")
    told = " ".join(page.words)
    for said in ("待完成的检查（2）", FIRM, OTHER, "任务统计", "待办", "待认领", "已办", "常见应用",
                 "三方任务", "全部场景", NOTICE):  # fmt: skip
        assert said in told, said
    for one in (ZONE, f"{ZONE}?tab=1", f"{ZONE}?tab=2", "/m/scenes"):
        assert one in page.links
    assert "乳品" in member.reads("/m/scenes")
    (chosen,) = {one for one in member.see("/m/scenes").links if thread.ids["scene"] in one}
    assert "待完成的检查（2）" in member.reads(chosen)


@pytest.mark.function("F144", surface="page", complete=True)
@pytest.mark.function("F145", surface="page", complete=True)
@pytest.mark.function("F146", surface="page", complete=True)
@pytest.mark.function("F147", surface="page", complete=True)
def test_a_visit_is_claimed_handed_over_noted_and_a_problem_reported(thread: Thread) -> None:
    """三方任务: 认领, 签到, 移交, 逐条反馈, 问题反馈 to the department, which answers.

    Until officers have begun it says why nothing can be noted; of what somebody notes again the
    last counts. Whom and how to check stands there.
    """
    first, second = thread.desk("检测员"), thread.desk("检测员二")
    visit = thread.visits[FIRM]["id"]
    here = f"{ZONE}/{visit}"
    assert FIRM in first.reads(f"{ZONE}?tab=1&subject={FIRM}")
    assert OTHER not in first.reads(f"{ZONE}?tab=1&subject={FIRM}")
    for said in (TASK, INSTITUTION, "食品经营许可证是否在有效期内", MARKET, "2026-03-27",
                 FIRMS[FIRM], "南宁市示例路1号", "乳制品销售"):  # fmt: skip
        assert said in first.reads(here), said
    assert "请机构负责人先确定协助人员" in thread.desk("检测员三").fails(f"{here}/do/claim_visit")
    assert not first.acts(here, "note_as_assistant")
    first.does_from(here, "claim_visit")
    assert FIRM not in first.reads(f"{ZONE}?tab=1")
    assert "本机构已有人员认领" in second.fails(f"{here}/do/claim_visit")

    assert "没有扫码" in first.fails(f"{here}/do/arrive_to_assist")
    first.does_from(here, "arrive_to_assist", reason="现场没有张贴码")
    told = first.reads(here)
    assert "现场没有张贴码" in told
    heir = thread["检测员二"].id
    first.does_from(here, "hand_over_assistance", to=heir, reason="另有检测任务")
    told = second.reads(here)
    assert "另有检测任务" in told
    assert UNTIL_THEN in told
    assert UNTIL_THEN not in first.reads(here)
    assert not first.acts(here, "report_problem")

    officer = thread[f"{MARKET}甲"]
    officer.do("tasks.check_in", visit_id=visit, reason="现场没有张贴码")
    item, other = dict.fromkeys(
        one for one in second.acts(here, "note_as_assistant") if "item=" in one
    )
    action = f"{here}/do/note_as_assistant"
    assert UNTIL_THEN not in second.reads(here)
    page = second.see(item)
    assert "检查依据" in page.words
    noted = {"answers[0].outcome": "failed", "answers[0].note": "样品偏热"}
    sent = second.browser.go(
        action, {**page.forms[action], **noted},
        {"answers[0].evidence": ("样品.png", PICTURE)},
    )  # fmt: skip
    assert sent.status_code == 303
    assert "生鲜乳收购记录是否完整" in second.reads(sent.headers["location"])
    second.does(other, **{"answers[0].outcome": "passed", "answers[0].note": ""})
    told = second.reads(here)
    for said in ("样品偏热", "已记录2/2", "附件1"):
        assert said in told, said
    second.does(item, **{"answers[0].outcome": "failed", "answers[0].note": "样品复测仍偏热"})
    told = second.reads(here)
    assert "样品复测仍偏热" in told
    assert "样品偏热" not in told
    (photo,) = {one for one in second.see(here).links if "/api/v1/files/" in one}
    assert second.browser.go(photo).content == PICTURE
    refused = second.browser.go(f"/m/visits/{visit}/do/conclude")
    assert refused.status_code == 403

    second.does_from(here, "report_problem", text="冷藏柜温度高于规定", item="RP-2")
    _the_department_reads_and_answers(thread, visit)
    assert "已到场核实" in second.reads(here)


def _the_department_reads_and_answers(thread: Thread, visit: str) -> None:
    clerk, other = thread.desk(f"{FARM}经办"), thread.desk(f"{MARKET}经办")
    assert "答复问题反馈" in clerk.reads("/gov/todos")
    assert "答复问题反馈" not in other.reads("/gov/todos")
    told = clerk.reads(f"tasks/visits/{visit}")
    for said in ("冷藏柜温度高于规定", "样品偏热", "另有检测任务", "现场没有张贴码"):
        assert said in told, said
    assert "冷藏柜温度高于规定" in thread.desk(f"{FARM}甲").reads(f"/m/visits/{visit}")
    clerk.does_from(f"tasks/visits/{visit}", "answer_problem", answer="已到场核实")
    assert "答复问题反馈" not in clerk.reads("/gov/todos")


@pytest.mark.function("F207", surface="page", complete=True)
@pytest.mark.function("F208", surface="page", complete=True)
def test_an_institution_notes_and_looks_up_at_the_desk(thread: Thread) -> None:
    """第三方辅助: 逐条反馈; 列表和详情: 任务信息、检查对象信息、第三方机构、检查内容."""
    desk, visit = thread.desk("检测员"), thread.visits[OTHER]["id"]
    told = " ".join(desk.see(GOV).words)
    for said in ("任务名称", "发起部门", "检查对象", "任务开始时间", "任务结束时间", TASK, MARKET,
                 OTHER, "2026-03-09", "2026-03-27"):  # fmt: skip
        assert said in told, said
    for asked, found in ((f"subject={OTHER}", True), (f"subject={FIRM}", False),
                         (f"task={TASK}", True), ("state=completed", False)):  # fmt: skip
        assert (f"{GOV}/{visit}" in " ".join(desk.see(f"{GOV}?{asked}").links)) is found, asked
    desk.does_from(GOV, "claim_visit", about=visit)
    thread[f"{MARKET}甲"].do("tasks.check_in", visit_id=visit, reason="现场没有张贴码")
    form = f"tasks/do/note_as_assistant?visit_id={visit}"
    items = [f"RP-{one}" for one in (1, 2)]
    offered = {one.get("value") for tag, one in desk.see(form).shown if tag == "option"}
    assert offered >= set(items)
    for item, note in zip(items, ("许可证在有效期内", "台账完整"), strict=True):
        answer = {"item": item, "outcome": "passed", "note": note}
        desk.does(form, **{f"answers[0].{name}": said for name, said in answer.items()})
    told = desk.reads(f"{GOV}/{visit}")
    for said in ("食品经营许可证是否在有效期内", "许可证在有效期内", "台账完整", OTHER, TASK,
                 FIRMS[OTHER], "南宁市示例路1号", "乳制品销售", INSTITUTION,
                 "任务开始时间 2026-03-09"):  # fmt: skip
        assert said in told, said
    task = desk.reads(f"tasks/tasks/{thread.ids['task']}")
    assert INSTITUTION in task
    assert "抽样检测" in task
