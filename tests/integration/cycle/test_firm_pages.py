"""企业空间: the firm's own pages after a whole cycle, read without script as a phone without it."""

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from tests.integration.http.workbooks import read

from supervision_core.audit.ports import AuditLog
from supervision_core.cogovernance.model import CONDUCT_KINDS
from supervision_core.subjects.facts import FACT_CATALOGUE

from .acting import Person
from .desks import Desk
from .preparing import FARM, FIRMS, MARKET, REGION
from .story import Story


def _opened(person: Person, path: str) -> str:
    """Give what a page says to somebody who is logged in in a browser."""
    answer = person.opened(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return str(answer.text)


@pytest.mark.function("F008", surface="page")
@pytest.mark.function("F011", surface="page")
@pytest.mark.function("F152", surface="page")
@pytest.mark.function("F161", surface="page")
def test_a_firm_sees_what_is_its_own(lived: Story) -> None:
    """企业空间: 首页, 责令改正和整改报告, 接受的检查及公示的结果, 企业信息, 等级的原因和改进."""
    firm, order = lived["企业经办"], lived.ids["order"]
    visit = lived.visits[lived.failed]["id"]
    for path in ("/gov", "/m"):
        assert firm.opened(path).headers["location"] == "/ent"
    home = _opened(firm, "/ent")
    for words in (lived.failed, "没有未办结的责令改正", "接受的检查", "乳品分级", "二级"):
        assert words in home, words
    assert order in _opened(firm, "/ent/orders")
    shown = _opened(firm, f"/ent/orders/{order}")
    for words in (
        "南农改〔2026〕1号",
        "整改已办结，不需要再办理",
        "收购台账缺近三个月内容",
        "台账已补齐",
    ):
        assert words in shown, words
    links = re.findall(r"href=\"(/ent[^\"]*)\"", firm.opened(f"/ent/orders/{order}").text)
    assert {f"/ent/visits/{visit}", "/ent/data"} <= set(links)
    assert 404 not in {firm.opened(one).status_code for one in links}
    assert visit in _opened(firm, "/ent/visits")
    shown = _opened(firm, f"/ent/visits/{visit}")
    for words in ("2026年第一批乳品综合检查", "执法证号", "检查结果已公示", "南农改〔2026〕1号"):
        assert words in shown, words
    assert "已抽样" not in shown
    shown = _opened(firm, "/ent/data")
    for words in (lived.failed, FIRMS[lived.failed], "法定代表人", "注册资本", "成立日期"):
        assert words in shown, words
    shown = _opened(firm, "/ent/grades")
    for words in (
        "为什么是这个等级",
        "怎样可以改进",
        f"{FACT_CATALOGUE['findings_1y'].title}1",
        "现计10分，最好可计0分",
    ):
        assert words in shown, words


def test_a_firm_sees_its_own_rank_in_the_draw(lived: Story) -> None:
    """本企业是怎样抽中的: its rank and place; no seed or threshold, which would tell of others.

    The rank is the one that the proof states; seed and threshold stand where results are public.
    """
    firm, visit = lived["企业经办"], lived.visits[lived.failed]["id"]
    told = firm.see("tasks/view_own_visit", visit_id=visit)
    (own,) = told["content"]["draws"]
    picks = [one for one in lived.proof["picks"] if one["id"] == FIRMS[lived.failed]]
    (pick,) = picks
    ranks = sorted(one["rank"] for one in lived.proof["picks"] if one["stratum"] == pick["stratum"])
    assert (own["rank"], own["place"]) == (pick["rank"], ranks.index(pick["rank"]) + 1)
    assert (own["size"], own["drawn"]) == (len(lived.proof["pool"]), len(ranks))
    thresholds = set(lived.proof["thresholds"].values()) - {pick["rank"]}
    shown = _opened(firm, f"/ent/visits/{visit}")
    assert pick["rank"] in shown
    assert not any(one in shown for one in (lived.proof["seed"], *thresholds))
    assert f"/open/results/{visit}" in shown
    assert lived.proof["seed"] in _opened(firm, f"/open/results/{visit}")


def test_nothing_of_another_firm_is_there(lived: Story) -> None:
    """别的企业的检查不存在; 部门人员打开企业空间, 回到工作台."""
    firm, other = lived["企业经办"], lived.visits[lived.clean]["id"]
    assert firm.opened(f"/ent/visits/{other}").status_code == 404
    assert other not in _opened(firm, "/ent/visits")
    assert lived["局长"].opened("/ent").headers["location"] == "/gov"


OWN: Final = "/api/v1/cogovernance/list_own_conduct"
KINDS: Final = {title: kind for kind, title in CONDUCT_KINDS.items()}
COMPLAINANT = "周反映"
"""Who complained: a name that no page of the firm says."""


def _complained_of(lived: Story) -> None:
    """Let a citizen who scanned the firm's code report it, and the department take that up.

    What the department registers by itself is nothing that the firm reads.
    """
    firm, clerk = lived.firms[lived.failed], Desk(lived[f"{MARKET}经办"])
    lived[f"{MARKET}经办"].do("clues.register", sheet={
        "title": "内部线索", "content": "待查", "kind": "report", "channel": "manual",
        "region": REGION, "subject": firm,
        "service": "内部登记",
    })  # fmt: skip
    Desk(lived[f"{MARKET}管理员"]).does(
        "/gov/clues/receivers/add", name="广西投诉受理", area="广西壮族自治区", department=MARKET
    )
    path = f"/gov/subjects/subjects/{firm}/code"
    clerk.does_from(path, "make_code")
    (code,) = {word for word in clerk.see(path).words if word.startswith("SC1.")}
    citizen = lived.let_in("市民", "市民", extended={"kind": "citizen", "party": "citizen/1"})
    clue = citizen.do(
        "clues.submit_appeal", title="举报收购台账造假", content="台账是补写的", kind="report",
        service="生鲜乳收购", code=code, submitter=COMPLAINANT, contact="13900000009", consent=True,
    )  # fmt: skip
    analyst = lived.let_in("线索研判", "线索研判人员", department=MARKET)
    analyst.do("clues.triage", clue_id=clue, verdict="handle", reason="属于本部门职责")


def _every(person: Person) -> Iterator[dict[str, Any]]:
    """Give what the interface lists, two a page."""
    asked: dict[str, Any] = {"page_size": 2}
    while True:
        found = person.ask("GET", OWN, params=asked).json()
        yield from found["items"]
        if found["next_cursor"] is None:
            return
        asked["cursor"] = found["next_cursor"]


def _rows(desk: Desk, path: str) -> list[tuple[str, ...]]:
    """Give the rows of the one table of a page."""
    table = desk.browser.go(path).text.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", one, re.DOTALL) for one in rows]
    return [tuple(re.sub(r"<[^>]*>", "", one).strip() for one in row) for row in cells]


@pytest.mark.function("F008", surface="page", complete=True)
def test_a_firm_reads_what_was_done_and_found_about_it(lived: Story) -> None:
    """行为信息: 检查、结果公示、责令整改、复查、移交、等级变化、投诉举报, 按类型和日期查, 可导出.

    Each leads to its own page; no complainant, no words of the transfer, nothing of another firm.
    """
    _complained_of(lived)
    firm, order = Desk(lived["企业经办"]), lived.ids["order"]
    visit = lived.visits[lived.failed]["id"]
    assert "/ent/conduct" in firm.see("/ent").links
    firm.see("/ent")
    rows = _rows(firm, "/ent/conduct")
    days = [one[0] for one in rows]
    assert days == sorted(days, reverse=True)
    both = f"{MARKET}、{FARM}"
    number = "南农改〔2026〕1号"
    found = {(one[0], one[1], one[2], one[3]) for one in rows}
    assert {
        ("2026-03-10", "接受检查", "2026年第一批乳品综合检查", "已反馈"),
        ("2026-03-12", "责令整改", number, "已整改"),
        ("2026-03-12", "整改复查", number, "发现问题做出责令整改等行政命令"),
        ("2026-03-12", "整改复查", number, "未发现问题"),
        ("2026-03-16", "检查结果公示", "2026年第一批乳品综合检查",
         "发现问题待后续处理、违反其他规定的行为"),
        ("2026-03-16", "移交执法", "移交综合行政执法支队",
         "已办结（移送部门代“综合行政执法支队”录入）"),
        ("2026-03-23", "投诉举报", "举报：生鲜乳收购", "转办处理"),
    } <= found  # fmt: skip
    graded = [one for one in rows if one[1] == "等级变化"]
    assert [one[3].partition("（")[0] for one in graded] == ["二级", "一级"]
    assert next(one[3] for one in rows if one[1] == "整改复查") == "未发现问题"
    assert {one[4] for one in rows if one[1] == "接受检查"} <= {both, f"{FARM}、{MARKET}"}
    page = firm.see("/ent/conduct")
    said = " ".join(page.words)
    for hidden in (COMPLAINANT, "内部登记", "造假", "补写", "已立案查处", "拟立案", lived.clean):
        assert hidden not in said, hidden
    links = {one for one in page.links if one.startswith("/ent/")}
    named = {f"/ent/visits/{visit}", f"/ent/orders/{order}", "/ent/grades", "/ent/complaints"}
    assert named <= links
    assert {firm.browser.go(one).status_code for one in links} <= {200, 303}

    refused = lived["企业经办"].ask("GET", OWN, params={"page_size": 2, "order": "-on"})
    assert [one["code"] for one in refused.json()["reasons"]] == ["kernel.order_usual_only"]
    told = [one["kind"] for one in _every(lived["企业经办"])]
    assert told == [KINDS[one[1]] for one in rows]
    wrong = lived["企业经办"].ask("GET", OWN, params={"kind": "nonsense"})
    assert wrong.status_code == 400
    given = lived["企业经办"].do("cogovernance.export_own_conduct", kind="order")
    assert [one["kind"] for one in given["items"]] == ["order"]
    of_kind = _rows(firm, "/ent/conduct?kind=recheck&since=2026-03-01&until=2026-03-31")
    assert {one[1] for one in of_kind} == {"整改复查"}
    assert "没有记录" in firm.reads("/ent/conduct?since=2027-01-01")
    table = read(firm.browser.go("/ent/conduct/table?kind=recheck&since=2026-03-01").content)
    assert [one["结果"] for one in table] == [one[3] for one in of_kind]
    with lived.at.platform.transactions.begin() as unit:
        *_, entry = (
            row.entry for row in unit[AuditLog].rows()
            if row.entry.action == "cogovernance.export_own_conduct"
        )  # fmt: skip
    assert dict(entry.note) == {"rows": "2", "criteria": "类型：整改复查；起始日期：2026-03-01"}


def test_what_is_not_public_is_no_conduct(lived: Story) -> None:
    """未公示的结果不列入: 另一企业的结果撤回后, 它自己也读不到; 部门人员没有这一页."""
    person = lived.let_in(
        "另一企业", "企业", extended={"kind": "enterprise", "party": lived.firms[lived.clean]},
        proof={"document": "营业执照", "number": FIRMS[lived.clean]},
    )  # fmt: skip
    other, visit = Desk(person), lived.visits[lived.clean]["id"]
    other.see("/ent")
    kinds = [one[1] for one in _rows(other, "/ent/conduct")]
    assert "检查结果公示" in kinds
    assert not {"责令整改", "移交执法", "投诉举报"} & set(kinds)
    leader = lived["局长"]
    leader.do("tasks.withdraw_result", visit_id=visit, ground="mistaken", reason="检查结果有误")
    assert "检查结果公示" not in [one[1] for one in _rows(other, "/ent/conduct")]
    lived["任务管理员"].do("tasks.correct_result", visit_id=visit, until="2027-06-30")
    assert lived["局长"].opened("/ent/conduct").status_code == 403
