"""双随机抽取的页面: by accounts made through the product, without a script, as time goes on."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import define
from tests.integration.http.browsing import Browser, Document

from entrypoints.http.answering import COOKIE
from supervision_core.draws.model.verification import verify
from supervision_core.kernel.codes.credit_code import complete_credit_code

from .acting import Person, deposit_of, first_started
from .desks import Desk
from .preparing import FARM, FIRMS, FIRST_DAY, MARKET, OFFICE, ORGANISATION, REGION
from .story import Story

DAY = FIRST_DAY.replace(day=9)
NAME = "2026年第一批乳品综合检查"
PLAN, OTHER_PLAN = "2026年乳品计划", "2026年乳品补充计划"
SUGGESTED, SUGGESTED_CODE = "南宁示例冷链有限公司", complete_credit_code("91450100MA5K00009")
SUGGESTED_MATTER = "冷链运输监督检查"
TEAMS = {"农业一组": f"{FARM}甲", "农业二组": f"{FARM}乙"}


def _team(story: Story, name: str, officer: str) -> str:
    """Let the department's administrator make a team of one officer."""
    manager = story[f"{FARM}管理员"]
    team: str = manager.do("officers.create_team", name=name, kind="enforcement", region=REGION,
                           department=story.departments[FARM])  # fmt: skip
    (member,) = (one for one, each in story.officers.items() if each is story[officer])
    manager.do("officers.join_team", team_id=team, officer_ids=[member])
    return team


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Give what there is when a task is about to be launched, with a firm that is not graded."""
    with first_started(tmp_path_factory.mktemp("draws"), ORGANISATION, FIRST_DAY) as place:
        made = Story(place, importance="general", item_draw="by_ratio")
        for act in (made.found, made.hire):
            act()
        made.teams = [_team(made, name, officer) for name, officer in TEAMS.items()]
        for act in (made.build, made.know, made.evaluate):
            act()
        made.let_in(f"{OFFICE}经办", "部门经办人员", department=OFFICE)
        made.ids["added"] = made["场景建设"].add(
            "items/catalogue", name=SUGGESTED_MATTER, kind="inspection"
        )
        made["任务管理员"].do("subjects.register", draft={
            "kind": "enterprise", "name": SUGGESTED, "region": REGION,
            "identity": {"kind": "credit_code", "code": SUGGESTED_CODE},
            "basic": {"domicile": "南宁市示例路2号", "scope": "冷链运输"},
        })  # fmt: skip
        for name in (PLAN, OTHER_PLAN):
            made["任务管理员"].do("plans.draft", sheet={
                "name": name, "scene": made.ids["scene"], "year": 2026, "region": REGION,
                "lead": made.departments[MARKET], "joining": [made.departments[FARM]],
            })  # fmt: skip
        place.on(DAY)
        yield made


@define
class At:
    """The pages of somebody who is logged in."""

    person: Person
    pages: Browser

    @property
    def browser(self) -> Browser:
        """Log in anew where the session ended as time went on."""
        self.person.see("identity/me")
        self.pages.cookies[COOKIE] = self.person.token
        return self.pages

    def see(self, path: str) -> Document:
        """Open a page."""
        return self.browser.see(path)

    def words(self, path: str) -> str:
        """Give what a page says."""
        return " ".join(self.see(path).words)

    def owes(self, place: str) -> bool:
        """Tell whether something waits that is done at a place."""
        return any(one.partition("?")[0] == place for one in self.see("/gov/todos").links)

    def send(self, path: str, end: str = "", **filled: str) -> str:
        """Fill a form of the page in, and send it to the address that ends so; give what is said.

        What was done leads on.
        """
        action = f"{path.partition('?')[0]}{end}"
        answer = self.browser.send(path, to=action, **filled)
        if answer.status_code == 303:
            return f"done {self.words(answer.headers['location'])}"
        return f"{answer.status_code} {' '.join(Document(answer.text).words)}"


def at(story: Story, name: str) -> At:
    """Give the pages of somebody by name."""
    return At(story[name], Browser(story.at))


def drawn_place(answer: str, manager: At, task: str) -> str:
    """Give where the draw of a task goes on."""
    assert answer.startswith("done"), answer
    place = manager.browser.go(f"/gov/tasks/tasks/{task}/draw").headers["location"]
    assert re.fullmatch("/gov/draws/draws/[^/]+/ceremony", place)
    return place


@define
class Drawing:
    """A task that is drawn, and the pages of its manager and of clerks of both departments."""

    story: Story
    manager: At
    clerk: At
    other: At
    task: str
    here: str = ""

    @property
    def prepare(self) -> str:
        """Where the draw is prepared."""
        return f"/gov/tasks/tasks/{self.task}/draw"

    def freeze(self, hour: int, **more: str) -> str:
        """Freeze pool and rule; give what is said."""
        filled = {
            "due": f"{DAY.isoformat()}T{hour}:00", "quotas_because": "春季专项整治", **more
        }  # fmt: skip
        said = self.manager.send(self.prepare, "", **filled)
        if said.startswith("done"):
            self.here = drawn_place(said, self.manager, self.task)
        return said

    def deposit(self, hand: At, department: str) -> str:
        """Deposit a number of a department's own; nothing of it is kept."""
        draw = self.here.split("/")[-2]
        return hand.send(self.here, "/deposit", **deposit_of(self.story.at, draw, department))

    @property
    def proof(self) -> dict[str, Any]:
        """The proof as it is downloaded."""
        place = f"{self.here.removesuffix('/ceremony')}/proof"
        found: dict[str, Any] = json.loads(self.manager.browser.go(place).text)
        return found


@pytest.mark.function("F106", surface="page", complete=True)
def test_a_task_is_launched_on_pages(story: Story) -> None:
    """任务发起、意见反馈、对象和事项抽取、任务分发、任务查询总览, each by its users.

    A task is launched, changed, deleted and found; departments say whether they take part and what
    should change, and what is adopted changes the task; firms, items and officers are drawn, each
    with what goes wrong; it is sent out once all is there, and found with its progress.
    """
    manager, clerk, other = (
        at(story, one) for one in ("任务管理员", f"{FARM}经办", f"{MARKET}经办")
    )
    drawing = Drawing(story, manager, clerk, other, is_launched(story))
    is_consulted(drawing)
    refuses_wrong_rules(drawing)
    names_who_is_late(drawing)
    is_redrawn_with_new_numbers(drawing)
    is_adjusted_by_hand(drawing)
    is_staffed_by_its_roster(drawing)
    becomes_visits(drawing)
    is_staffed_by_hand(drawing)
    is_sent_out(drawing)
    is_found_with_its_progress(drawing)


def is_launched(story: Story) -> str:
    """任务发起: 增、删、改、查, 按状态和编号检索; 关联检查计划, 并可调整.

    Of the checklist and the rule the newest versions stand there as soon as these are chosen.
    """
    manager = Desk(story["任务管理员"])
    for called in (NAME, "重复的任务"):
        chosen = manager.chooses(
            "tasks/do/create", sheet__checklist__id="乳品综合检查单",
            sheet__grading_rule___type="yes", sheet__grading_rule__id="乳品分级",
        )  # fmt: skip
        versions = {name: text for name, text in chosen.items() if name.endswith(".version")}
        assert versions == {"sheet.checklist.version": "1", "sheet.grading_rule.version": "1"}
        manager.does(
            "tasks/do/create", **{**chosen, "sheet.name": called}, sheet__scene="乳品",
            sheet__kind="routine", sheet__joining=f"{FARM}\n{OFFICE}",
            sheet__starts_on="2026-03-09", sheet__ends_on="2026-03-27",
            sheet__matters=story.ids["matter"], sheet__plan=PLAN,
        )  # fmt: skip
    rows = manager.person.see("tasks/tasks")["items"]
    task, spare = (
        next(str(one["id"]) for one in rows if one["name"] == each) for each in (NAME, "重复的任务")
    )
    manager.does_from("tasks/tasks", "delete", about=spare, reason="重复")
    told = manager.reads(f"tasks/tasks/{task}")
    assert PLAN in told
    assert "乳品分级" in told
    manager.does_from(
        "tasks/tasks", "change", about=task, sheet__plan=OTHER_PLAN, sheet__description="春季检查"
    )
    told = manager.reads(f"tasks/tasks/{task}")
    assert OTHER_PLAN in told
    assert "春季检查" in told
    for asked, found in (("state=drafted", True), ("state=dispatched", False),
                         ("number=20260309001", True), ("number=9999", False)):  # fmt: skip
        told = manager.reads(f"tasks/tasks?{asked}")
        assert (NAME in told) is found, asked
        assert "重复的任务" not in told
    assert "重复的任务" in manager.reads("tasks/tasks?state=deleted")
    return task


def is_consulted(one: Drawing) -> None:
    """意见反馈: 是否参与、修改监管事项、补充对象和人员; 采纳的改变任务, 全部答复才可确认."""
    story, task, about = one.story, one.task, f"task_id={one.task}"
    manager, farm, office = (
        Desk(story[name]) for name in ("任务管理员", f"{FARM}经办", f"{OFFICE}经办")
    )
    manager.does_from("tasks/tasks", "consult", about=task, due_on=DAY.isoformat())
    waiting = farm.reads("tasks/tasks?state=consulting")
    for said in (NAME, "乳品综合检查单", "牵头部门", MARKET, "征求意见"):
        assert said in waiting, said
    assert "提出会商意见" in farm.reads("/gov/todos")
    silent = farm.fails(f"tasks/do/give_opinion?{about}", participates="no")
    assert "修改意见" in silent
    office.does_from("tasks/tasks", "give_opinion", participates="no", changes="没有相应职责")
    farm.does_from("tasks/tasks", "give_opinion", participates="yes", changes="推迟到下月")
    early = manager.fails(f"tasks/do/end_consultation?{about}")
    assert f"部门“{FARM}”的会商意见尚未答复" in early
    assert "答复会商意见" in manager.reads("/gov/todos")
    manager.does_from("tasks/tasks", "answer_opinion", adopted="no", text="已列入年度计划")
    told = farm.reads(f"tasks/tasks/{task}")
    for said in ("推迟到下月", "未采纳", "已列入年度计划"):
        assert said in told, said

    code = story["场景建设"].see(f"items/catalogue/{story.ids['added']}")["content"]["code"]
    farm.does(
        f"tasks/do/give_opinion?{about}", participates="yes", changes="增加冷链运输",
        matters_to_add=code, subjects_to_add=SUGGESTED, officers_to_add=f"{FARM}乙",
    )  # fmt: skip
    told = manager.reads(f"tasks/tasks/{task}")
    for said in (FARM, f"{FARM}经办", DAY.isoformat(), "增加冷链运输", SUGGESTED_MATTER, SUGGESTED,
                 f"{FARM}乙", "待答复", OFFICE, f"{OFFICE}经办", "没有相应职责"):  # fmt: skip
        assert said in told, said
    assert code not in story["任务管理员"].see(f"tasks/tasks/{task}")["content"]["matters"]
    manager.does_from("tasks/tasks", "answer_opinion", adopted="yes", text="同意增加")
    assert code in story["任务管理员"].see(f"tasks/tasks/{task}")["content"]["matters"]
    told = farm.reads(f"tasks/tasks/{task}")
    assert "已采纳" in told
    assert "同意增加" in told
    manager.does_from("tasks/tasks", "end_consultation")
    assert NAME in manager.reads("tasks/tasks?state=ready")


def is_staffed_by_hand(one: Drawing) -> None:
    """手动增减执法人员: 抽取之后、分发之前, 写明理由; 抽取的人员不能手动去掉."""
    manager, people = Desk(one.story["任务管理员"]), one.story.officers
    visit = one.story["任务管理员"].see("tasks/visits", task=one.task)["items"][0]["id"]
    found = one.story["任务管理员"].see(f"tasks/visits/{visit}")["content"]["officers"]
    sent = {each["officer"] for each in found}
    (drawn,) = (id_ for id_ in sent if one.story.posts[id_] == MARKET)
    (other,) = (
        id_ for id_, at_ in one.story.posts.items() if at_ == MARKET and id_ not in sent
    )  # fmt: skip
    called = {id_: name for name, each in one.story.people.items()
              for id_, person in people.items() if person is each}  # fmt: skip
    act = f"tasks/do/adjust_officers?visit_id={visit}"
    alone = manager.fails(act, removed=called[drawn], reason="另有任务")
    assert "是抽取的检查人员，不能手动去掉" in alone
    manager.does(act, added=called[other], reason="增加一人")
    told = manager.reads(f"tasks/visits/{visit}")
    for said in ("检查人员增减", called[other], "增加一人"):
        assert said in told, said
    approved = Desk(one.story["局长"]).reads(f"tasks/do/approve?task_id={one.task}")
    assert f"人工指定：{called[other]}" in approved
    manager.does(act, removed=called[other], reason="不再增加")
    manager.does(act, added=called[other], reason="增加一人")
    found = one.story["任务管理员"].see(f"tasks/visits/{visit}")["content"]["officers"]
    assert {each["officer"] for each in found} == {*sent, other}


def is_sent_out(one: Drawing) -> None:
    """任务分发: 已采纳的对象和人员列入检查后才能分发; 手动选择对象、人员和检查领域."""
    manager, leader = Desk(one.story["任务管理员"]), Desk(one.story["局长"])
    refused = manager.fails(f"tasks/do/dispatch?task_id={one.task}")
    assert f"已采纳的会商意见要求检查“{SUGGESTED}”" in refused
    path, form = f"/gov/tasks/do/open_visits?task_id={one.task}", "/gov/tasks/do/open_visits"
    begun = manager.see(path).forms[form]
    assert SUGGESTED in begun["orders[0].subject"]
    assert f"{FARM}乙" in begun["orders[0].officers"]
    both = "\n".join((f"{FARM}乙", f"{MARKET}甲"))
    manager.does(
        path, **{"orders[0].officers": both, "domains-乳品质量安全监督检查": "yes"}
    )  # fmt: skip
    (link,) = dict.fromkeys(leader.acts("tasks/tasks", "approve"))
    assert SUGGESTED in leader.reads(link)
    told = manager.reads(one.here)
    for said in ("采纳会商意见增加的检查对象", SUGGESTED, "采纳会商意见：增加冷链运输",
                 "含非随机对象"):  # fmt: skip
        assert said in told, said
    assert "采纳会商意见增加的检查对象" in leader.reads(f"tasks/tasks/{one.task}")
    leader.does(link)
    manager.does_from("tasks/tasks", "dispatch")
    for department in (MARKET, FARM):
        assert "认领检查任务" in Desk(one.story[f"{department}经办"]).reads("/gov/todos")
    assert "认领检查任务" not in Desk(one.story[f"{OFFICE}经办"]).reads("/gov/todos")


def is_found_with_its_progress(one: Drawing) -> None:
    """任务查询总览: 名称、编号、状态、性质逐项检索, 领导看到进度, 打开详情."""
    for who in ("局长", "任务管理员", f"{FARM}经办"):
        desk = Desk(one.story[who])
        for asked, found in (
            ("name=第一批", True), ("name=第二批", False), ("number=20260309001", True),
            ("number=9999", False), ("state=dispatched", True), ("state=closed", False),
            ("kind=routine", True), ("kind=case", False),
        ):  # fmt: skip
            assert (NAME in desk.reads(f"tasks/tasks?{asked}")) is found, asked
        told = desk.reads("tasks/tasks?state=dispatched")
        assert "检查进度" in told
        assert "已反馈0/3户" in told
        assert SUGGESTED in desk.reads(f"tasks/visits?task={one.task}")


def refuses_wrong_rules(one: Drawing) -> None:
    """Who may be drawn is counted first; shares are percentages, and differ by grade."""
    assert "可抽取 3户" in one.manager.words(f"{one.prepare}?uninspected=yes")
    assert "0至100的数" in one.freeze(12, **{"g1-ratio": "500"})
    assert "差异化" in one.freeze(12, **{"g1-ratio": "100"})
    assert "没有按周期的自动评价，采用人工分级的对象（户） 3" in one.manager.words(one.prepare)
    assert "没有写明理由" in one.freeze(12, **{"g1-ratio": "40", "quotas_because": ""})
    assert f"{MARKET}（可派2人）" in one.manager.words(one.prepare)
    few = one.freeze(12, **{"g1-ratio": "", "g1-count": "2", "d0-count": "1"})
    assert "合计不少于2人" in few


def names_who_is_late(one: Drawing) -> None:
    """Both departments are asked; who does not deposit in time is named, and the draw goes on."""
    farm = one.story.departments[FARM]
    assert f"外部参与方 {FARM}" in one.manager.words(one.prepare)
    assert "不足1小时工作时间" in one.freeze(9, due=f"{DAY.isoformat()}T09:30")
    one.freeze(12, **{"g1-ratio": "", "g1-count": "2"})
    assert f"提交随机数 随机抽取 {NAME}" in one.other.words("/gov/todos")
    assert one.other.words(one.here.removesuffix("/ceremony")).startswith(f"随机抽取：{NAME}")
    assert f"最近打开 {NAME} 随机抽取" in one.other.words("/gov")
    assert one.clerk.owes(one.here)
    wrong = {"commitment": "不是", "sealed": "00"}
    assert "64位十六进制数字" in one.clerk.send(one.here, "/deposit", **wrong)
    assert one.deposit(one.clerk, farm).startswith("done")
    assert not one.clerk.owes(one.here)
    assert f"{one.here}/close" not in one.manager.see(one.here).forms
    one.story.at.on(DAY, 13)
    assert "截止时间已过" in one.other.words(one.here)
    late = one.manager.send(one.here, "/close")
    assert re.search(f"{MARKET} 逾期", late)
    assert f"{one.here}/deposit" not in one.other.see(one.here).forms
    assert "见证方（演示）" in one.manager.send(one.here, "/open")


def is_redrawn_with_new_numbers(one: Drawing) -> None:
    """Clear the draw and draw anew: the same brings the same; by another rule the head consents."""
    market, farm = one.story.departments[MARKET], one.story.departments[FARM]
    assert one.manager.send(one.here, "/complete").startswith("done")
    cleared, before = one.here, one.proof
    assert one.manager.send(one.here, "/clear", reason="市场监管局须参加").startswith("done")
    assert "重新抽取" in one.manager.words(one.here)
    one.freeze(18, **{"g1-ratio": "", "g1-count": "2"})
    assert "比例或户数与分级分类规则不同的理由：春季专项整治" in one.manager.words(one.here)
    assert one.here != cleared
    assert one.manager.send(one.here, "/complete").startswith("done")
    assert [one.proof[name] for name in ("seed", "picks")] == [before["seed"], before["picks"]]
    assert one.manager.send(one.here, "/clear", reason="检查项改抽一半").startswith("done")
    is_drawn_by_another_rule(one, farm, market, **{"d0-count": "3", "d1-count": "1"})
    assert one.manager.send(one.here, "/complete").startswith("done")
    says_why_nobody_can_go(one)
    assert one.manager.send(one.here, "/clear", reason="每户改派两人").startswith("done")
    sending = {"d0-count": "1", "d1-count": "1", "by_team": "yes"}
    is_drawn_by_another_rule(one, farm, market, **sending)
    assert f"{one.here}/complete" not in one.clerk.see(one.here).forms
    told = one.manager.send(one.here, "/complete")
    assert "检查对象（2户）" in told
    assert "抽取的检查项" in told
    assert len(re.findall(r"RP-[12]", told)) == 2
    assert "2026年第4次" in one.manager.words(one.here.removesuffix("/ceremony"))
    assert "2026年第1次" in one.manager.words(cleared.removesuffix("/ceremony"))
    for place in (one.here, one.here.removesuffix("/ceremony")):
        shown = one.manager.browser.go(place).text
        levels = re.findall(r'data-title="分层">\s*([^<]*?)\s*<', shown)
        assert "一级" in levels, place
        assert "1" not in levels, place


def is_drawn_by_another_rule(one: Drawing, farm: str, market: str, **sending: str) -> None:
    """Freeze, deposit, consent, close and open: others of the roster are another rule as well."""
    said = one.freeze(18, **{"g1-ratio": "", "g1-count": "2", "g1-items": "50"}, **sending)
    assert said.startswith("done"), said[-900:-100]
    for hand, department in ((one.clerk, farm), (one.other, market)):
        assert one.deposit(hand, department).startswith("done")
    assert "等待负责人批准" in one.manager.words(one.here)
    assert f"{one.here}/close" not in one.manager.see(one.here).forms
    assert f"{one.here}/consent" not in one.manager.see(one.here).forms
    assert at(one.story, "局长").send(one.here, "/consent").startswith("done")
    for step in ("/close", "/open"):
        assert one.manager.send(one.here, step).startswith("done")


def is_adjusted_by_hand(one: Drawing) -> None:
    """Firms of the register are added and removed, with a reason; nothing invented is."""
    picked = [each["id"] for each in one.proof["picks"]]
    (left,) = set(FIRMS.values()) - set(picked)
    name = next(name for name, code in FIRMS.items() if code == left)
    for subject, reason in (("没有这家企业", "举报"), (left, "")):
        said = one.manager.send(one.here, "/adjust", action="add", subject=subject, reason=reason)
        assert said.startswith("422"), said
    said = one.manager.send(one.here, "/adjust", action="add", subject=name, reason="群众举报")
    assert "检查对象（3户）" in said
    invented = {"action": "add", "subject": "91450100MA00000000", "reason": "虚构"}
    admin, draw = one.story["任务管理员"], one.here.split("/")[-2]
    assert admin.refused("draws.adjust", draw_id=draw, **invented) == "draws.not_adjustable"
    removed = one.manager.send(
        one.here, "/adjust", action="remove", subject=picked[0], reason="停产"
    )
    assert "检查对象（2户）" in removed


def says_why_nobody_can_go(one: Drawing) -> None:
    """Too many officers were frozen: which firms lack whom, and what would help."""
    staff = f"/gov/tasks/tasks/{one.task}/inspectors"
    assert f"{MARKET}：每户3人" in one.manager.words(staff)
    blocked = one.manager.send(staff)
    assert blocked.startswith("422")
    assert re.search(rf"[12]户共需{MARKET}派出\d人次，符合条件的只够\d人次。", blocked)
    assert "推迟或剔除：南宁示例" in blocked


def is_staffed_by_its_roster(one: Drawing) -> None:
    """Those of a drawn team go, as it was frozen; the page leaves nothing to choose."""
    staff = f"/gov/tasks/tasks/{one.task}/inspectors"
    (team,) = (each for each in TEAMS if each in one.manager.words(staff))
    assert not {"day", "cap", "by_team", "d0-count"} & set(one.manager.see(staff).forms[staff])
    assert "已抽取" in one.manager.send(staff)
    assert verify(one.proof).ok
    sent = {who for each in one.proof["assignment"] for who in each["officers"]}
    names = {who: person for person in TEAMS.values() for who, each in one.story.officers.items()
             if each is one.story[person]}  # fmt: skip
    assert {names[who] for who in sent & names.keys()} == {TEAMS[team]}


def becomes_visits(one: Drawing) -> None:
    """Each firm drawn or added is visited by one officer of each department."""
    form = one.manager.see(one.here).forms[f"/gov/tasks/tasks/{one.task}/drawn_visits"]
    answer = one.manager.browser.go(f"/gov/tasks/tasks/{one.task}/drawn_visits", form)
    assert answer.status_code == 303
    found = one.story["任务管理员"].see("tasks/visits", task=one.task, page_size=200)["items"]
    assigned = {each["id"] for each in one.proof["assignment"]}
    codes = {firm: FIRMS[name] for name, firm in one.story.firms.items()}
    picked, told = {each["id"] for each in one.proof["picks"]}, one.manager.words(one.here)
    for each in found:
        items = one.story["任务管理员"].see(f"tasks/visits/{each['id']}")["content"]["items"]
        assert len(items) == 1 or codes[each["subject"]] not in picked
    assert re.findall(r"RP-[12]", told)
    assert {codes[each["subject"]] for each in found} == assigned
    assert all(len(each["officers"]) == 2 for each in one.proof["assignment"])
