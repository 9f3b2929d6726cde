"""The pages that follow from a register, as a clerk's browser without JavaScript uses them."""

import io
from threading import Event
from typing import Any

import pytest

from adapters.documents.workbooks import WorkbookTables
from entrypoints.http.api.tables import XLSX
from entrypoints.words import all_messages
from entrypoints.worker.jobs import StartedJobs
from supervision_core.content.registers import DEPARTMENT_CONTACTS
from supervision_core.identity.registers import BUSINESS_LINES, CODE_SETS, CODES, TRADES
from supervision_core.items.registers import (
    CATALOGUE,
    IMPLEMENTATION_ITEMS,
    IMPLEMENTATION_LISTS,
    PATROL_ITEMS,
)
from supervision_core.kernel.documents import ResultColumn, ResultSheet
from supervision_core.kernel.registers import Register
from supervision_core.kernel.registers.tables import table_of

from .browsing import Browser, Document
from .conftest import ClerkOf, Surface
from .workbooks import read

TRADE = "/gov/identity/trades"
OFFICE = "机构nanning"
MATTERS = "/gov/items/catalogue"
CATERING = {"name": "餐饮", "code": "CY", "draw_ratio": "0.05", "risk_level": "high"}


@pytest.fixture
def clerk(surface: Surface, clerk_of: ClerkOf) -> Browser:
    """Give the browser of a clerk who maintains trades, matters and patrols."""
    surface.let("system", "jobs.start", "jobs.list", "jobs.view", "files.fetch")
    return clerk_of(TRADES, CATALOGUE, PATROL_ITEMS, CODE_SETS, CODES, DEPARTMENT_CONTACTS)


def words(page: Document) -> str:
    """Give the words of a page."""
    return " ".join(page.words)


def added(clerk: Browser, base: str, **filled: str) -> Document:
    """Add an entry and give the page that says so."""
    answer = clerk.send(f"{base}/add", **filled)
    assert answer.status_code == 303, Document(answer.text).words
    page = clerk.see(answer.headers["location"])
    assert "新增成功。" in page.words
    return page


def link_of(page: Document, base: str, end: str) -> str:
    """Give the first link of an entry with an ending."""
    return next(one for one in page.links if one.startswith(base) and one.endswith(end))


def workbook(register: Register[Any], *rows: dict[str, str]) -> bytes:
    """Give a table of a register with these rows, by the names of its columns."""
    columns = table_of(register).columns
    sheet = ResultSheet(
        name="表",
        columns=[ResultColumn(one.title, one.kind) for one in columns],
        rows=[[row.get(one.name, "") for one in columns] for row in rows],
    )
    return WorkbookTables(all_messages()).results([sheet])


def test_an_entry_is_added_listed_found_changed_and_deleted(clerk: Browser) -> None:
    """The whole life of an entry on pages: each act is said, and the list shows what it left."""
    page = added(clerk, TRADE, **CATERING)
    assert "餐饮 CY 0.05 高风险" in words(page)
    added(clerk, TRADE, name="住宿", code="ZS")
    found = clerk.see(f"{TRADE}?name=餐")
    assert "餐饮" in words(found)
    assert "住宿" not in words(found)
    by_choice = clerk.see(f"{TRADE}?risk_level=high")
    assert "住宿" not in words(by_choice)
    change = link_of(found, TRADE, "/change")
    answer = clerk.send(change, name="餐饮服务")
    assert answer.status_code == 303
    assert "修改成功。" in clerk.see(answer.headers["location"]).words
    view = clerk.see(change.removesuffix("/change"))
    assert "业态名称 餐饮服务 业态编码 CY" in words(view)
    gone = clerk.send(change.removesuffix("change") + "delete")
    assert gone.status_code == 303
    assert "餐饮服务" not in words(clerk.see(TRADE))


def test_check_items_stand_beside_the_lists_that_name_them(clerk_of: ClerkOf) -> None:
    """检查项 (2231): each 检查实施清单 leads to the check items that it names, and to no others."""
    clerk = clerk_of(IMPLEMENTATION_LISTS, IMPLEMENTATION_ITEMS)
    items, lists = "/gov/items/implementation_items", "/gov/items/implementation_lists"
    for code, name in (("A-1", "进货查验"), ("A-2", "索证索票")):
        added(clerk, items, name=name, code=code)
    added(clerk, lists, name="食品经营检查", items="进货查验")
    beside = next(one for one in clerk.see(items).links if one.startswith(f"{items}?of="))
    page = clerk.see(beside)
    assert "只列“食品经营检查”所关联的。" in page.words
    assert "进货查验" in page.words
    assert "索证索票" not in page.words


def test_codes_stand_in_their_code_set(clerk: Browser) -> None:
    """码表: id, name and kind; its values are found by it, and none of it means two things."""
    base = "/gov/identity/code_sets"
    page = added(clerk, base, code="GB2261", name="人的性别代码", kind="national")
    assert "GB2261 人的性别代码 国家标准" in words(page)
    values = "/gov/identity/codes"
    page = added(clerk, values, code_set="GB2261", value="1", meaning="男性")
    assert "人的性别代码（GB2261） 1 男性" in words(page)
    again = clerk.send(f"{values}/add", code_set="GB2261", value="1", meaning="女性")
    assert again.status_code == 422
    assert "已有记录重复" in words(Document(again.text))


def test_a_department_says_once_how_the_public_reaches_it(clerk: Browser) -> None:
    """监管部门联系方式: kept by department, one for each."""
    base = "/gov/content/department_contacts"
    page = added(clerk, base, department=OFFICE, contact="0771-5500000")
    assert "0771-5500000" in page.words
    assert OFFICE in words(page)
    again = clerk.send(f"{base}/add", department=OFFICE, contact="0771-5500001")
    assert again.status_code == 422


def test_faults_are_told_at_their_fields_and_nothing_is_lost(clerk: Browser) -> None:
    """Every fault at once, with what was typed still there."""
    added(clerk, TRADE, **CATERING)
    answer = clerk.send(f"{TRADE}/add", name="餐饮", code="", draw_ratio="1.5", department="无此局")
    page = Document(answer.text)
    assert answer.status_code == 422
    assert page.fields["draw_ratio"] == "1.5"
    assert "“主管部门”中没有名为“无此局”的记录" in words(page)
    again = Document(clerk.send(f"{TRADE}/add", name="餐饮", code="", draw_ratio="1.5").text)
    told = words(again)
    for reason in ("“业态编码”为必填项", "不是0至1之间的小数", "“业态名称”与已有记录重复"):
        assert reason in told


def test_a_department_is_chosen_by_name_or_code(clerk: Browser) -> None:
    """Nobody types an id: a name, a code, or both as the page shows them."""
    page = added(clerk, TRADE, **CATERING, department=OFFICE)
    change = link_of(page, TRADE, "/change")
    shown = clerk.see(change).fields["department"]
    assert shown.startswith(OFFICE)
    answer = clerk.send(change, department=shown)
    assert answer.status_code == 303


def test_a_tree_leads_to_what_lies_below(clerk: Browser) -> None:
    """监管目录: the code is generated, the list can be cut by its tree, branches stay whole."""
    page = added(clerk, MATTERS, name="食品安全监管")
    top = link_of(page, MATTERS, "/change").removesuffix("/change").rpartition("/")[2]
    empty = words(clerk.see(f"{MATTERS}?parent={top}"))
    assert "没有符合条件的记录。" in empty
    assert "还没有记录" not in empty
    assert "重置”查看全部" not in empty
    added(clerk, MATTERS, name="餐饮检查", parent="食品安全监管")
    below = clerk.see(f"{MATTERS}?parent={top}")
    assert "45000000000002" in words(below)
    assert "餐饮检查" in words(below)
    refused = clerk.send(f"{MATTERS}/{top}/delete")
    assert refused.status_code == 422
    assert "下面还有1条下级记录" in words(Document(refused.text))
    adding = clerk.see(f"{MATTERS}/add?parent={top}")
    assert adding.fields["parent"] == "食品安全监管（45000000000001）"


def test_several_are_switched_with_a_result_each(clerk: Browser) -> None:
    """Tick, confirm, and read what became of each; none ticked is told."""
    added(clerk, TRADE, name="甲", code="甲")
    page = added(clerk, TRADE, name="乙", code="乙")
    ids = {one for tag, one in _ticks(page)}
    form = {**page.forms[f"{TRADE}/several"], **dict.fromkeys(ids, "yes"), "act": "disable"}
    asked = Document(clerk.go(f"{TRADE}/several", form).text)
    assert "将对下列2条记录办理“批量停用”" in words(asked)
    done = clerk.go(f"{TRADE}/several", asked.forms[f"{TRADE}/several"])
    assert "成功 2，跳过 0。" in words(Document(done.text))
    assert "停用" in words(clerk.see(TRADE))
    none = clerk.go(f"{TRADE}/several", {**page.forms[f"{TRADE}/several"], "act": "delete"})
    assert "没有选择任何记录" in words(Document(none.text))


def test_a_matter_says_the_code_of_its_line(clerk_of: ClerkOf, surface: Surface) -> None:
    """条线编码: a table names the line by its code; page, interface and export tell it (652)."""
    clerk = clerk_of(CATALOGUE, BUSINESS_LINES)
    added(clerk, "/gov/identity/business_lines", name="市场监管", code="TX-01")
    added(clerk, "/gov/identity/business_lines", name="农业农村", code="TX-02")
    rows = ({"name": "乳品检查", "line": "TX-01"}, {"name": "坏行", "line": "TX-09"})
    form = clerk.see(f"{MATTERS}/import").forms[f"{MATTERS}/import"]
    said = clerk.go(f"{MATTERS}/import", form, {"workbook": workbook(CATALOGUE, *rows)})
    assert "新增 1" in words(Document(said.text))
    assert "TX-09" in said.text
    page = clerk.see(MATTERS)
    assert "市场监管（TX-01）" in words(page)
    change = link_of(page, MATTERS, "/change")
    assert "条线编码 TX-01" in words(clerk.see(change.removesuffix("/change")))
    (found,) = surface.call("system", "GET", f"/api/v1{MATTERS[4:]}").json()["items"]
    assert found["line_code"] == "TX-01"
    lines = surface.call("system", "GET", "/api/v1/references/identity.business_line?text=TX-02")
    (other,) = lines.json()["items"]
    assert "没有符合" not in words(clerk.see(f"{MATTERS}?line={found['content']['line']}"))
    assert "没有符合" in words(clerk.see(f"{MATTERS}?line={other['id']}"))
    out = surface.call("system", "GET", f"/api/v1{MATTERS[4:]}/table").content
    assert [row["条线类型"] for row in read(out)] == ["市场监管（TX-01）"]
    again = surface.call("system", "POST", f"/api/v1{MATTERS[4:]}/table", body=out).json()
    assert (again["added"], again["refused"]) == (0, 0), again


def test_all_that_a_search_finds_is_switched_by_the_worker(
    surface: Surface, clerk: Browser
) -> None:
    """A table of 600 entries, then 600 at once: each is left to the worker, in order, and done."""
    rows = ({"name": f"业态{one}", "code": f"C{one}", "risk_level": "高风险"} for one in range(600))
    table = {"workbook": workbook(TRADES, *rows)}
    importing = clerk.see(f"{TRADE}/import").forms[f"{TRADE}/import"]
    sent = clerk.go(f"{TRADE}/import", importing, table)
    assert sent.headers["location"].endswith("done=job_started"), sent.text
    once = StartedJobs(surface.province.platform, lambda: pytest.fail("no queue"), Event()).once()
    once.run()
    page = clerk.see(f"{TRADE}?name=业态")
    form = {**page.forms[f"{TRADE}/several"], "every": "yes", "act": "disable"}
    asked = Document(clerk.go(f"{TRADE}/several", form).text)
    assert "将对下列600条记录办理“批量停用”，由后台逐条办理" in words(asked)
    other = {**asked.forms[f"{TRADE}/several"], "counted": "7"}
    assert "原有7条，现在有600条" in words(Document(clerk.go(f"{TRADE}/several", other).text))
    done = clerk.go(f"{TRADE}/several", asked.forms[f"{TRADE}/several"])
    assert done.headers["location"].endswith("done=job_started"), done.text
    once.run()
    assert "共600条：成功600，跳过0" in words(clerk.see("/gov/jobs"))
    assert "业态599" in words(clerk.see(f"{TRADE}?name=业态599&enabled=no"))


def test_a_page_never_shows_that_nothing_went_in_or_was_done_as_success(
    surface: Surface, clerk: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the answer of a small table, nor the job of a large one is green."""
    form = clerk.see(f"{TRADE}/import").forms[f"{TRADE}/import"]
    once = StartedJobs(surface.province.platform, lambda: pytest.fail("no queue"), Event()).once()
    for count, said in ((2, "没有导入任何一行：原因和办法见下"), (0, "表头下面没有数据行")):
        rows = ({"name": f"坏{one}", "risk_level": "没有的"} for one in range(count))
        answer = clerk.go(f"{TRADE}/import", form, {"workbook": workbook(TRADES, *rows)})
        assert said in words(Document(answer.text))
        assert 'class="done"' not in answer.text
    monkeypatch.setattr("entrypoints.http.web.jobs.MOST_BYTES", 0)
    bad = workbook(TRADES, {"name": "坏", "risk_level": "没有的"})
    sent = clerk.go(f"{TRADE}/import", form, {"workbook": bad})
    assert sent.status_code == 303, words(Document(sent.text))
    once.run()
    shown = clerk.see("/gov/jobs")
    assert "未导入任何一行" in words(shown)
    (job, *_) = [path for path in shown.links if path.startswith("/gov/jobs/")]
    assert "未导入任何一行" in words(clerk.see(job))
    assert "已完成" not in words(clerk.see(job))


def _ticks(page: Document) -> list[tuple[str, str]]:
    return [
        (tag, str(found["name"]))
        for tag, found in page.shown
        if tag == "input" and str(found.get("name") or "").startswith("row-")
    ]


def test_a_workbook_goes_in_and_comes_out(surface: Surface, clerk: Browser) -> None:
    """Good rows go in, bad ones are told by row and column; what comes out can go in again."""
    del clerk
    rows = (
        {
            "name": "燃气充装",
            "code": "P-1",
            "state": "使用中",
            "departments": OFFICE,
        },
        {"name": "坏行", "code": "P-2", "departments": "无此局"},
    )
    table = "/api/v1/items/patrol_items/table"
    answer = surface.call("system", "POST", table, body=workbook(PATROL_ITEMS, *rows))
    report = answer.json()
    assert answer.status_code == 200, report
    assert (report["added"], report["refused"]) == (1, 1), report["faults"]
    assert [(one["row"], one["column"]) for one in report["faults"]] == [(3, "关联部门")]
    out = surface.call("system", "GET", table)
    assert out.headers["content-type"] == XLSX
    assert [(row["巡查项名称"], row["巡查项状态"]) for row in read(out.content)] == [
        ("燃气充装", "使用中")
    ]
    again = surface.call("system", "POST", table, body=out.content).json()
    assert (again["same"], again["refused"]) == (1, 0)
    empty = surface.call("system", "GET", f"{table}_template")
    assert io.BytesIO(empty.content).read(2) == b"PK"


@pytest.mark.parametrize("kind", ["user", "officer", "identity.trade"])
def test_nothing_is_offered_to_whoever_may_not_look_at_it(surface: Surface, kind: str) -> None:
    """Neither who has an account nor what departments keep comes out by the way of choosing."""
    answer = surface.call("nobody", "GET", f"/api/v1/references/{kind}?text=")
    assert answer.json() == {"items": []}
    known = surface.call("system", "GET", "/api/v1/references/user?text=system").json()["items"]
    assert "system" in [one["code"] for one in known]


def test_the_interface_follows_from_the_description(surface: Surface, clerk: Browser) -> None:
    """Add, list, view, change on the version seen, order, tree and delete, over the API."""
    del clerk
    base = "/api/v1/items/catalogue"
    made = surface.call("system", "POST", base, body={"content": {"name": "根"}}).json()["id"]
    leaf = {"content": {"name": "叶", "parent": made}}
    below = surface.call("system", "POST", base, body=leaf).json()["id"]
    listed = surface.call("system", "GET", f"{base}?parent={made}").json()["items"]
    assert [one["id"] for one in listed] == [below]
    assert {"id": made, "name": "根（45000000000001）"} in listed[0]["names"]
    tree = surface.call("system", "GET", f"{base}/tree").json()["items"]
    assert [(one["name"], one["parent"]) for one in tree] == [("根", ""), ("叶", made)]
    seen = surface.call("system", "GET", f"{base}/{made}")
    content = seen.json()["content"] | {"name": "根二"}
    changed = surface.call("system", "PUT", f"{base}/{made}", body={"content": content},
                           if_match=seen.headers["etag"])  # fmt: skip
    assert changed.status_code == 200
    stale = surface.call("system", "PUT", f"{base}/{made}", body={"content": content},
                         if_match=seen.headers["etag"])  # fmt: skip
    assert stale.status_code == 412
    order = surface.call("system", "PUT", f"{base}/order", body={"ids": [below, made]})
    assert order.json() == {"ids": [below, made]}
    several = surface.call("system", "POST", f"{base}/deletions", body={"ids": [made, below]})
    assert [one["done"] for one in several.json()["results"]] == [True, True]
    offered = surface.call("system", "GET", "/api/v1/references/department?text=nann").json()
    assert offered["items"]
