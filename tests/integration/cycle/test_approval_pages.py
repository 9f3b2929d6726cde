"""审批办件 on the pages of its users: entered, brought in, called on at a visit, read by models."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.integration.http.browsing import Document
from tests.integration.http.test_pages_registers import workbook
from tests.integration.http.workbooks import read

from entrypoints.actors import operator
from entrypoints.worker.regrading import RegradingJob
from supervision_core.grading.services import Regrading
from supervision_core.subjects.facts import APPROVALS_LAPSED
from supervision_core.subjects.registers import APPROVAL_FILES

from .acting import first_started
from .desks import Desk, relayed
from .preparing import FARM, FIRMS, FIRST_DAY, MARKET, ORGANISATION
from .story import PICTURE
from .test_case_pages import Office

FILES = "subjects/approval_files"
LICENCE = {
    "number": "450103202603020001", "matter": "食品经营许可", "nature": "ordinary",
    "authority": "南宁市行政审批局", "decided_on": "2026-03-02", "result": "granted",
    "licence": "JY14501030000017", "document": "食品经营许可证", "allows": "预包装食品销售",
    "valid_from": "2026-03-02", "valid_to": "2026-03-31",
}  # fmt: skip


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Give a task that went out to two departments, whose firms have no approval files yet."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SUPERVISION_PUBLIC_URL", "https://jg.example.cn")
        yield from _dispatched(tmp_path_factory.mktemp("approvals"))


def _dispatched(folder: Path) -> Iterator[Office]:
    with first_started(folder, ORGANISATION, FIRST_DAY) as place:
        made = Office(place, read=APPROVALS_LAPSED)
        made.go_out()
        made.come(10)
        yield made


def _is_entered_on_a_page(counter: Office, clerk: Desk) -> str:
    """From the page of the firm, with a scan; what contradicts itself is refused by name."""
    firm = counter.clean
    page = f"subjects/subjects/{counter.firms[firm]}"
    (add,) = {one for one in clerk.see(page).links if f"/gov/{FILES}/add" in one}
    form = f"/gov/{FILES}/add"
    begun = clerk.see(add).forms[form]
    assert begun["subject"] == FIRMS[firm]
    said = {**begun, **LICENCE}
    wrong = clerk.browser.go(form, {**said, "valid_to": "2026-03-01"})
    assert wrong.status_code == 422
    told = " ".join(Document(wrong.text).words)
    assert "有效期至早于有效期起始日" in told
    wrong = clerk.browser.go(form, {**said, "ended": "revoked", "result": "refused"})
    told = " ".join(Document(wrong.text).words)
    for reason in ("提前终止的情形和终止日期只填了一项", "不予许可的不填这些项"):
        assert reason in told
    answer = clerk.browser.go(form, said, {"papers": ("食品经营许可证.png", PICTURE)})
    assert answer.status_code == 303, " ".join(Document(answer.text).words)
    twice = clerk.browser.go(form, {**clerk.see(add).forms[form], **LICENCE})
    assert "许可机关、办件编号的组合与已有记录重复" in " ".join(Document(twice.text).words)
    shown = clerk.reads(f"{page}/approvals")
    for one in (LICENCE["number"], "食品经营许可", "普通许可", "南宁市行政审批局", "准予",
                LICENCE["licence"], "2026-03-31"):  # fmt: skip
        assert one in shown, one
    (entry,) = {one for one in clerk.see(f"{page}/approvals").links if f"/{FILES}/" in one}
    opened = clerk.see(entry)
    assert "食品经营许可证.png" in " ".join(opened.words)
    (paper,) = {one for one in opened.links if one.startswith("/api/v1/files/")}
    assert clerk.browser.go(paper).content == PICTURE
    return entry


def _is_brought_in(counter: Office, clerk: Desk) -> None:
    """导入 by credit codes with what is wrong by row, again without effect; 接口 by programs."""
    dirty = FIRMS[counter.failed]
    rows = (
        {**LICENCE, "number": "2", "subject": dirty, "nature": "普通许可", "result": "准予",
         "matter": "生鲜乳收购许可", "authority": "南宁市农业农村局"},
        {**LICENCE, "number": "3", "subject": "没有的企业", "nature": "普通许可",
         "result": "准予"},
    )  # fmt: skip
    form = f"/gov/{FILES}/import"
    table = {"workbook": workbook(APPROVAL_FILES, *rows)}
    for outcome in ("新增 1，更新 0，未变 0，未导入 1", "新增 0，更新 0，未变 1，未导入 1"):
        begun = clerk.see(form).forms[form]
        told = " ".join(Document(clerk.browser.go(form, begun, table).text).words)
        assert outcome in told, told
        assert "没有的企业" in told
    program = clerk.person
    paper = program.send("准予决定书.png", PICTURE)
    (firm,) = program.see("references/subject", text=dirty)["items"]
    made = program.add(
        FILES, **{**LICENCE, "number": "4", "subject": firm["id"],
                  "matter": "食品生产许可", "nature": "qualification", "papers": [paper]},
    )  # fmt: skip
    assert program.see(f"{FILES}/{made}")["content"]["papers"] == [paper]
    out = program.ask("GET", f"/api/v1/{FILES}/table?nature=qualification").content
    assert [row["办件编号"] for row in read(out)] == ["4"]


def _is_found(counter: Office, clerk: Desk) -> None:
    """检索: 编号, 对象, 事项, 资质性质, 机关, 结果, 证号, 有效期; 别的部门看得到, 改不了."""
    for asked, found in (
        (f"number={LICENCE['number']}", True), ("number=9", False),
        (f"subject={counter.clean}", True), (f"subject={counter.failed}", False),
        ("matter=经营许可", True), ("nature=ordinary", True), ("nature=concession", False),
        ("authority=审批局", True), ("result=refused", False),
        (f"licence={LICENCE['licence']}", True),
        ("valid_to_to=2026-03-31", True), ("valid_to_to=2026-03-30", False),
        ("decided_on_from=2026-03-03", False),
    ):  # fmt: skip
        page = clerk.reads(f"{FILES}?{asked}")
        assert (f"查看 {LICENCE['number']}" in page) is found, asked
    other = counter.desk(f"{MARKET}经办")
    listed = other.see(FILES)
    assert LICENCE["number"] in " ".join(listed.words)
    assert not [one for one in listed.links if one.endswith("/change")]


def _materials_are_called_on(counter: Office, clerk: Desk) -> None:
    """非现场检查材料调用 (3098): an officer for his item, a clerk for what one wrote down."""
    visit = counter.visits[counter.clean]["id"]
    page, ways = f"tasks/visits/{visit}", f"/gov/tasks/visits/{visit}/materials"
    lead, own = (Desk(counter.officers[one]) for one in counter.inspectors(visit))
    lead.does(f"tasks/do/check_in?visit_id={visit}", reason="没有张贴二维码")
    assert ways in own.see(page).links
    shown = own.see(ways)
    told = " ".join(shown.words)
    for said in ("审批办件的材料", LICENCE["number"], "食品经营许可", "准予", LICENCE["licence"],
                 "2026-03-31", "食品经营许可证.png"):  # fmt: skip
        assert said in told, said
    (paper,) = dict.fromkeys(one for one in shown.links if one.startswith("/api/v1/files/"))
    assert own.browser.go(paper).content == PICTURE
    items = own.person.see(f"tasks/visits/{visit}")["content"]["items"]
    called = f"食品经营许可证（{LICENCE['licence']}）"
    for desk, verb in ((own, "use_material"), (clerk, "type_material")):
        (use,) = dict.fromkeys(one for one in desk.see(ways).links if f"/do/{verb}" in one)
        begun = desk.see(use).forms[use.partition("?")[0]]
        assert (begun["material"], begun["source"]) == (called, "approval")
        officers = counter.inspectors(visit)
        at = counter.posts[officers[1]] if desk is own else FARM
        item = next(one["id"] for one in items if one["department"] == counter.departments[at])
        more = {}
        if verb == "type_material":
            more = {"officer": _of_farm(counter, visit)}
            stranger = f"{MARKET}甲" if more["officer"].startswith(FARM) else f"{FARM}甲"
            answer = desk.browser.go(
                use.partition("?")[0], {**begun, "item": item, "officer": stranger}
            )
            assert answer.status_code in {404, 422}
        desk.does(use, item=item, **more)
    told = own.reads(page)
    assert told.count(called) == 2
    assert "审批办件" in told
    assert "代录引用的材料" in clerk.reads(f"{page}/history")


def _of_farm(counter: Office, visit: str) -> str:
    """Give the name of the officer of the visit who works for the farm department."""
    (found,) = (
        name for name, person in counter.people.items()
        for one in counter.inspectors(visit)
        if counter.officers[one] is person and counter.posts[one] == FARM
    )  # fmt: skip
    return found


def _an_officer_is_replaced(counter: Office) -> None:
    """人员替换: 由本部门负责人决定, 写明原因; 接替的人由系统按次序确定, 不能选择."""
    visit = counter.visits[counter.failed]["id"]
    counter.let_in(f"{FARM}局长", "领导", department=FARM)
    head = counter.desk(f"{FARM}局长")
    old = _of_farm(counter, visit)
    new = next(f"{FARM}{one}" for one in "甲乙" if f"{FARM}{one}" != old)
    form = f"tasks/do/replace_officer?visit_id={visit}"
    head.does(form, old=old, cause="absence", reason="因公外出培训")
    told = head.reads(f"tasks/visits/{visit}")
    assert "因公外出培训" in told
    assert _of_farm(counter, visit) == new


@pytest.mark.function("F107", surface="page")
@pytest.mark.function("F107", surface="api")
def test_approval_files_come_in_and_are_called_on_at_a_visit(counter: Office) -> None:
    """审批办件录入、导入、接口、检索、导出, 对象页上查看; 录入结果时引用审批办件的材料; 人员替换.

    The rest of F107 (任务处置): 认领 and 结果录入 in test_task_pages.py, 监管文书 in
    test_case_pages.py, 延期申请 in tests/integration/browser/test_extensions.py. Officers are drawn
    and matched to firms with the draw (test_draw_pages.py), before the head approves the list that
    names them, or by departments when they claim (test_claim_pages.py).
    """
    clerk = counter.desk(f"{FARM}经办")
    _is_entered_on_a_page(counter, clerk)
    _is_brought_in(counter, clerk)
    _is_found(counter, clerk)
    _materials_are_called_on(counter, clerk)
    _an_officer_is_replaced(counter)


@pytest.mark.function("F190", surface="page", complete=True)
def test_grades_follow_approvals_by_themselves(counter: Office) -> None:
    """资质性质 (3813): 评价自动带出审批情况; 录入后、到期后等级自行调整, 说得出原因.

    发起、打分、删除草稿、检索: test_grading_pages.py. 存续情况 and 历次检查情况 are facts alike:
    tests/unit/grading/test_services.py, test_cycle.py. Rules stand for scripts (3827): ADR 0113.
    """
    clerk, analyst = counter.desk(f"{FARM}经办"), counter.desk("场景建设")
    firm = counter.firms[counter.clean]
    page = f"subjects/subjects/{firm}"
    (entry,) = {one for one in clerk.see(f"{page}/approvals").links if f"/{FILES}/" in one}
    regrading = Regrading(counter.at.platform.commands, operator("worker")).receiver
    relayed(counter.at, regrading)
    assert counter.grades()[counter.clean] == 1

    change = f"{entry}/change"
    ended = {"ended": "revoked", "ended_on": "2026-03-10"}
    clerk.does(change, **ended)
    relayed(counter.at, regrading)
    assert counter.grades()[counter.clean] == 2
    clerk.does(change, ended="", ended_on="")
    relayed(counter.at, regrading)
    assert counter.grades()[counter.clean] == 1

    counter.at.on(FIRST_DAY.replace(day=31))
    RegradingJob(counter.at.platform).run()
    assert counter.grades()[counter.clean] == 1, "its last day"
    counter.at.on(FIRST_DAY.replace(day=31) + timedelta(days=1))
    RegradingJob(counter.at.platform).run()
    assert set(counter.grades().values()) >= {2}
    assert counter.grades()[counter.clean] == 2
    shown = clerk.reads(f"{page}/grades")
    for said in ("二级", "失效后未续办的许可事项数1", "截至 2026-04-01"):
        assert said in shown, said

    begin = "assessment/do/initiate_round?kind=credit&model_id=" + counter.ids["credit"]
    analyst.does(begin, batch="许可到期后的信用评价", subjects=counter.clean)
    (round_,) = analyst.person.see("assessment/rounds", kind="credit")["items"]
    about = f"round_id={round_['id']}"
    analyst.does(f"assessment/do/publish_round?{about}")
    form = f"assessment/do/score_subject?{about}"
    analyst.does(form, subject=counter.clean, as_of="2026-04-01")
    analyst.does(f"assessment/do/complete_round?{about}")
    told = analyst.reads(f"assessment/rounds/{round_['id']}")
    for said in ("10分", "high", counter.clean):
        assert said in told, said
