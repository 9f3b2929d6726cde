"""认领时抽取检查人员 on the pages of its users: the setting, dispatch, claims, the check itself."""

from collections.abc import Iterator

import pytest

from supervision_core.items.model import DocumentKind
from supervision_core.tasks.ports import Tasks, Visits

from .acting import deposit_of, first_started
from .desks import MESSENGER, Desk, relayed
from .preparing import FARM, FIRMS, FIRST_DAY, MARKET, ORGANISATION, REGION
from .test_case_pages import Office

NAME = "认领时抽取人员的乳品综合检查"
TEAMS = {
    "市场监管一组": (MARKET, "甲乙"), "农业一组": (FARM, "甲乙"), "农业三组": (FARM, "乙"),
}  # fmt: skip
ELSEWHERE = "农业二组"
"""A team that no scene uses."""


def _team(made: Office, name: str, department: str, members: str) -> str:
    """Let the administrator of a department make a team of its officers."""
    manager = made[f"{department}管理员"]
    team: str = manager.do("officers.create_team", name=name, kind="enforcement", region=REGION,
                           department=made.departments[department])  # fmt: skip
    wanted = [made[f"{department}{one}"] for one in members]
    ids = [one for one, each in made.officers.items() if each in wanted]
    manager.do("officers.join_team", team_id=team, officer_ids=ids)
    return team


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Give two departments with teams of officers in a scene, and no task yet."""
    with first_started(tmp_path_factory.mktemp("claims"), ORGANISATION, FIRST_DAY) as place:
        made = Office(place)
        made.come(2)
        for act in (made.found, made.hire):
            act()
        made.teams = [_team(made, name, *those) for name, those in TEAMS.items()]
        _team(made, ELSEWHERE, FARM, "乙")
        for act in (made.build, made.know, made.evaluate):
            act()
        made.come(9)
        yield made


def _is_created_with_the_setting(office: Office) -> str:
    """检查人员确定方式 stands in the form as other settings do, and on the page of the task."""
    manager = office.desk("任务管理员")
    chosen = manager.chooses(
        "tasks/do/create", sheet__checklist__id="乳品综合检查单",
        sheet__grading_rule___type="yes", sheet__grading_rule__id="乳品分级",
    )  # fmt: skip
    assert chosen["sheet.staffed"] == "before"
    manager.does(
        "tasks/do/create", **{**chosen, "sheet.name": NAME}, sheet__scene="乳品",
        sheet__kind="routine", sheet__joining=FARM, sheet__starts_on="2026-03-09",
        sheet__ends_on="2026-03-27", sheet__matters=office.ids["matter"],
        sheet__staffed="claim",
    )  # fmt: skip
    (task,) = (str(one["id"]) for one in manager.person.see("tasks/tasks")["items"])
    assert "认领时由部门抽取" in manager.reads(f"tasks/tasks/{task}")
    manager.does_from("tasks/tasks", "consult", due_on="2026-03-09")
    farm = office.desk(f"{FARM}经办")
    early = farm.fails(f"tasks/do/give_opinion?task_id={task}", participates="yes",
                       officers_to_add=f"{FARM}甲")  # fmt: skip
    assert "检查人员由各部门认领时抽取" in early
    farm.does_from("tasks/tasks", "give_opinion", participates="yes")
    manager.does_from("tasks/tasks", "end_consultation")
    return task


def _goes_out_without_names(office: Office, task: str) -> None:
    """Firms are drawn; the list is approved without officers."""
    manager, leader = office.desk("任务管理员"), office.desk("局长")
    hands = {
        office.departments[MARKET]: manager.person,
        office.departments[FARM]: office[f"{FARM}经办"],
    }
    draw = manager.person.do(
        "tasks.freeze_draw", task_id=task, due="2026-03-09T09:00:00Z",
        quotas=[{"grade": 1, "ratio": "0.9"}, {"grade": 2, "ratio": "1"}],
        quotas_because="春季专项整治",
    )  # fmt: skip
    for one, hand in hands.items():
        hand.do("draws.deposit_nonce", draw_id=draw, **deposit_of(office.at, draw, one))
    for step in ("close_round", "open_round"):
        manager.person.do(f"draws.{step}", draw_id=draw)
    manager.person.do("draws.complete", draw_id=draw)
    here = f"draws/draws/{draw}/ceremony"
    told = manager.see(here)
    assert "由各部门认领任务时抽取" in " ".join(told.words)
    assert f"/gov/tasks/tasks/{task}/inspectors" not in told.links
    assert manager.person.refused("tasks.staff_draw", task_id=task) == "tasks.task_refused"
    form = f"/gov/tasks/tasks/{task}/drawn_visits"
    assert manager.browser.go(form, told.forms[form]).status_code == 303
    rows = manager.person.see("tasks/visits", task=task)["items"]
    names = {firm: name for name, firm in office.firms.items()}
    office.visits = {names[one["subject"]]: one for one in rows}
    assert len(office.visits) > 1
    (link,) = dict.fromkeys(leader.acts("tasks/tasks", "approve"))
    approved = leader.reads(link)
    assert "检查人员由各部门认领任务时抽取" in approved
    assert all(firm in approved for firm in office.visits)
    leader.does(link)
    manager.does_from("tasks/tasks", "dispatch")


def _waits_for_officers(office: Office) -> None:
    """Nobody can be notified, nor checked, before it is known who comes."""
    for visit in office.visits.values():
        page = f"tasks/visits/{visit['id']}/{DocumentKind.NOTICE.value}"
        assert "检查人员还没有全部确定" in office.desk(f"{FARM}经办").reads(page)
    officer = office[f"{MARKET}甲"]
    visit = next(iter(office.visits.values()))["id"]
    told = officer.ask("POST", "/api/v1/tasks/check_in", {"visit_id": visit, "reason": "没有码"})
    assert told.is_client_error


def _draws_out_of_its_team(office: Office, task: str) -> None:
    """认领: out of a team of the scene; what cannot be is told, and nothing is half done."""
    clerk, page = office.desk(f"{FARM}经办"), f"tasks/tasks/{task}"
    assert "认领并抽取检查人员" in clerk.reads("/gov/todos")
    assert clerk.acts(page, "claim") == []
    form = f"tasks/do/claim_by_draw?task_id={task}"
    assert clerk.person.refused("tasks.claim", task_id=task) == "tasks.part_refused"
    assert "不是任务场景关联的本部门执法小组" in clerk.fails(form, team=ELSEWHERE)
    assert "该小组可派1人，每户派1人，没有抽取的余地" in clerk.fails(form, team="农业三组")
    short = clerk.fails(form, team="农业一组", count="3")
    for said in (
        f"{len(office.visits)}户都派不出检查人员，参加抽取的执法人员2人",
        *(
            f"“{firm}”派不出检查人员：需派3人，可派的有2人：参加抽取的共2人"
            for firm in office.visits
        ),
        "换用其他小组或者本部门全部执法人员",
    ):
        assert said in short, said
    full = clerk.fails(form, team="农业一组", count="2", cap="1")
    assert f"{len(office.visits)}户共需派出{2 * len(office.visits)}人次" in full
    assert f"请把每人最多承担的户数提高到{len(office.visits)}" in full
    assert not any(office.inspectors(one["id"]) for one in office.visits.values())
    told = clerk.does_from(page, "claim_by_draw", team="农业一组")
    for said in ("已认领", "农业一组", "执法人员2人，从一个执法小组中抽取，参加抽取2人，每户派1人"):
        assert said in clerk.reads(page), (said, told)
    assert clerk.person.refused("tasks.claim_by_draw", task_id=task) == "tasks.part_refused"
    for one in office.visits.values():
        assert [office.posts[each] for each in office.inspectors(one["id"])] == [FARM]
    visit = next(iter(office.visits.values()))["id"]
    (drawn,) = office.inspectors(visit)
    early = Desk(office.officers[drawn]).fails(
        f"tasks/do/check_in?visit_id={visit}", reason="没有张贴二维码"
    )
    for said in ("不得少于2人", f"部门“{MARKET}”有检查项而无检查人员"):
        assert said in early, said


def _comes_together(office: Office, task: str) -> None:
    """One of the lead's team goes to each firm, as evenly as can be; the visits show all."""
    clerk = office.desk(f"{MARKET}经办")
    clerk.does_from(f"tasks/tasks/{task}", "claim_by_draw", team="市场监管一组", count="1")
    sent = list[str]()
    for one in office.visits.values():
        market, farm = office.inspectors(one["id"])
        assert (office.posts[market], office.posts[farm]) == (MARKET, FARM)
        shown = clerk.reads(f"tasks/visits/{one['id']}")
        names = [name for name, person in office.people.items()
                 if person in (office.officers[market], office.officers[farm])]  # fmt: skip
        assert len(names) == 2
        assert all(name in shown for name in names)
        sent.append(market)
    loads = [sent.count(one) for one in set(office.posts) if office.posts[one] == MARKET]
    assert max(loads) - min(loads) <= 1


def _is_drawn_again(office: Office, task: str) -> None:
    """Replayed, what the parts keep gives the same officers, from a leaf that nobody chose."""
    with office.at.platform.transactions.begin_looking() as unit:
        found = unit[Tasks].get(task)
        visits = [unit[Visits].get(one["id"]) for one in office.visits.values()]
    places = {one.sheet.subject: one.sheet.region for one in visits}
    for department in (MARKET, FARM):
        part = found.part(office.departments[department])
        assert part.drawn.leaf is not None
        assert part.drawn.holds(places)
        again = {one.id: set(one.officers) for one in part.drawn.replay(places).visits}
        for one in visits:
            own = {each.id for each in one.officers if each.department == part.department}
            assert again[one.sheet.subject] == own


def _is_told_once(office: Office) -> None:
    """Whoever was drawn gets one message for each firm; 签到 is owed from then on."""
    relayed(office.at, MESSENGER)
    for officer, person in office.officers.items():
        mine = [
            one for one in office.visits if officer in office.inspectors(office.visits[one]["id"])
        ]
        told = Desk(person).reads("/gov/notices")
        assert {one for one in FIRMS if f"您被指派检查“{one}”" in told} == set(mine)
        assert all(told.count(f"您被指派检查“{one}”") == 1 for one in mine)
        owed = person.see("identity/list_todos")["items"]
        assert len([one for one in owed if one["permission"] == "tasks.check_in"]) == len(mine)


def _is_checked_by_anyone(office: Office, task: str) -> None:
    """Follow the page of the task to what was drawn, drawn again: the same, firm by firm."""
    desk = office.desk(f"{FARM}经办")
    (link,) = dict.fromkeys(
        one for one in desk.see(f"tasks/tasks/{task}").links if one.endswith("/claim_draws")
    )
    shown = desk.see(link).words
    told = " ".join(shown)
    assert told.count("按种子重新抽取结果相同") == 1
    assert told.count("农业一组") == 1
    assert shown.count("0") == 2, "at no firm is either department alone"
    draws = desk.person.see("tasks/view_claim_draws", task_id=task)
    assert [one["holds"] for one in draws["draws"]] == [True, True]
    for one in draws["sent"]:
        assert one["drawn"] == one["sent"]


def _is_checked_and_replaced(office: Office) -> None:
    """Now the notice is printed, an officer checks in, another is replaced as ever."""
    first, other = (one["id"] for one in list(office.visits.values())[:2])
    page = f"tasks/visits/{first}/{DocumentKind.NOTICE.value}"
    assert "检查人员还没有全部确定" not in office.desk(f"{FARM}经办").reads(page)
    desk = Desk(office.officers[office.inspectors(first)[0]])
    desk.does(f"tasks/do/check_in?visit_id={first}", reason="没有张贴二维码")
    assert "检查中" in desk.reads(f"tasks/visits/{first}")
    office.let_in(f"{FARM}局长", "领导", department=FARM)
    head = office.desk(f"{FARM}局长")
    (drawn,) = (one for one in office.inspectors(other) if office.posts[one] == FARM)
    names = [f"{FARM}甲", f"{FARM}乙"]
    old, new = sorted(names, key=lambda name: office[name] != office.officers[drawn])
    head.does(
        f"tasks/do/replace_officer?visit_id={other}", old=old, cause="absence",
        reason="因公外出培训",
    )  # fmt: skip
    assert office[new] in [office.officers[one] for one in office.inspectors(other)]
    assert "因公外出培训 否" in head.reads(f"tasks/visits/{other}"), "both are of the team"


@pytest.mark.function("F107", surface="page", complete=True)
def test_departments_draw_their_officers_when_they_claim(office: Office) -> None:
    """任务认领时按双随机原则从执法小组中抽取执法人员, 并随机匹配到监管对象 (3019、3072).

    任务设为“认领时由部门抽取”: 下发前只定对象, 两个部门认领时各自抽取, 之后执法人员签到检查.
    The rest of F107 (任务处置): 认领 and 结果录入 in test_task_pages.py, 监管文书 in
    test_case_pages.py, 非现场检查材料 and 人员替换 in test_approval_pages.py, 延期申请 in
    tests/integration/browser/test_extensions.py.
    """
    task = _is_created_with_the_setting(office)
    _goes_out_without_names(office, task)
    _waits_for_officers(office)
    _draws_out_of_its_team(office, task)
    _comes_together(office, task)
    _is_drawn_again(office, task)
    _is_told_once(office)
    _is_checked_by_anyone(office, task)
    _is_checked_and_replaced(office)


def test_firms_named_by_hand_are_drawn_for_by_leaves_of_their_own(office: Office) -> None:
    """没有随机抽取的任务: 手动选择对象, 不填检查人员; 不选小组的, 从本部门全部执法人员中抽取."""
    manager, leader = office.desk("任务管理员"), office.desk("局长")
    office.ids["plan"] = ""
    sheet = {**office.sheet(), "sub_plan": "", "number": "RW-HAND", "staffed": "claim"}
    firm = next(iter(FIRMS))
    office.hear(office.firms[firm])
    task = manager.person.do("tasks.create", sheet=sheet)
    manager.person.do("tasks.consult", task_id=task, due_on="2026-03-09")
    office[f"{FARM}经办"].do("tasks.give_opinion", task_id=task, participates=True)
    manager.person.do("tasks.end_consultation", task_id=task)
    form = f"tasks/do/open_visits?task_id={task}"
    chosen = {
        "orders[0].subject": firm, "orders[0].ground": "clue",
        "orders[0].clue": f"反映{firm}生产环境脏乱", "domains-乳品质量安全监督检查": "yes",
    }  # fmt: skip
    named = manager.fails(form, **chosen, **{"orders[0].officers": f"{FARM}甲\n{MARKET}甲"})
    assert "检查人员由各部门认领时抽取" in named
    manager.does(form, **chosen)
    settled = manager.fails(f"tasks/do/change?task_id={task}", sheet__staffed="before")
    assert "不能再改检查人员怎样确定" in settled
    leader.person.do("tasks.approve", task_id=task)
    manager.person.do("tasks.dispatch", task_id=task)
    (visit,) = manager.person.see("tasks/visits", task=task)["items"]
    counts = {FARM: 1, MARKET: 2}
    for department in counts:
        office.desk(f"{department}经办").does(f"tasks/do/claim_by_draw?task_id={task}")
    sent = [office.posts[one] for one in office.inspectors(visit["id"])]
    assert {one: sent.count(one) for one in counts} == counts
    with office.at.platform.transactions.begin_looking() as unit:
        found, made = unit[Tasks].get(task), unit[Visits].get(visit["id"])
    parts = [found.part(office.departments[one]) for one in counts]
    assert len({one.drawn.leaf.index for one in parts}) == len(parts)
    assert all(one.drawn.holds({made.sheet.subject: made.sheet.region}) for one in parts)
    assert {len(one.drawn.candidates) for one in parts} == {2}
