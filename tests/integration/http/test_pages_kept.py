"""Views, columns and what was opened lately: one's own, and nothing more than a search."""

import io
import re
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from adapters.documents.workbooks import WorkbookTables
from entrypoints.register_tables import columns_given
from entrypoints.registered import registers
from entrypoints.words import all_messages
from supervision_core.audit.ports import AuditLog
from supervision_core.identity.model import HolderKind, ListOffer
from supervision_core.identity.model.access import sheet_id
from supervision_core.identity.ports import AccessEpoch, GrantSheets, PreferencesStore
from supervision_core.identity.registers import TRADES
from supervision_core.identity.services.registers import cases_of
from supervision_core.kernel.documents import ResultColumn, ResultSheet
from supervision_core.kernel.registers import Register, RegisterVerb
from supervision_core.kernel.registers.tables import table_of
from supervision_core.kernel.tables import ColumnKind

from .browsing import Browser, Document, entered
from .conftest import Surface
from .workbooks import read

TRADE = "/gov/identity/trades"
VIEWS = "/gov/list_views"
SETTINGS = "/gov/list_settings"
PLACE = TRADES.name
USER = "system"


def grant(surface: Surface, *verbs: RegisterVerb, revoke: bool = False) -> None:
    """Let the administrator of the system do this with trades, or no more."""
    province = surface.province
    with province.platform.transactions.begin() as unit:
        sheets = unit[GrantSheets]
        held = sheets.get(sheet_id(HolderKind.USER, USER))
        now = province.platform.clock.now()
        for one in verbs or cases_of(TRADES).all:
            name = cases_of(TRADES).name(one)
            if revoke:
                held.revoke(name, at=now)
            else:
                held.grant(name, passable=False, by="test", at=now)
        sheets.save(held)
        unit[AccessEpoch].advance()
        unit.commit()
    province.platform.log_ins.actors._kept.clear()


@pytest.fixture
def clerk(surface: Surface) -> Browser:
    """Give the browser of a clerk who maintains trades, two of them there."""
    grant(surface)
    made = entered(surface, USER)
    for name, code in (("餐饮", "CY"), ("药品零售", "YP")):
        filled = {"name": name, "code": code, "draw_ratio": "0.05", "risk_level": "high"}
        assert made.send(f"{TRADE}/add", **filled).status_code == 303
    return made


def keep(clerk: Browser, called: str, usual: str = "no", **asked: str) -> str:
    """Keep a view of trades; give its id."""
    search = urlencode({"list": PLACE, **{f"asked-{one}": text for one, text in asked.items()}})
    answer = clerk.send(f"{VIEWS}/add?{search}", name=called, usual=usual)
    assert answer.status_code == 303, Document(answer.text).words
    return parse_qs(urlsplit(answer.headers["location"]).query)["view"][0]


def call(surface: Surface, method: str, path: str, body: object = None) -> Any:
    """Call the interface as the administrator of the system."""
    return surface.call(USER, method, path, body=body)


def rows(page: Document) -> list[str]:
    """Give the names of the trades that a page shows."""
    return list(dict.fromkeys(one for one in page.words if one in {"餐饮", "药品零售"}))


def test_a_view_is_a_search_under_a_name(clerk: Browser) -> None:
    """Its address holds its id alone; what the address says goes before what the view says."""
    view = keep(clerk, "餐饮类", name="餐")
    assert rows(clerk.see(TRADE)) == ["餐饮", "药品零售"]
    page = clerk.see(f"{TRADE}?view={view}")
    assert rows(page) == ["餐饮"]
    assert f"{TRADE}?view={view}" in page.links
    assert rows(clerk.see(f"{TRADE}?view={view}&name=药")) == ["药品零售"]
    again = keep(clerk, "餐饮类", usual="yes", name="药")
    assert again == view
    assert rows(clerk.see(TRADE)) == ["药品零售"]
    assert rows(clerk.see(f"{TRADE}?view=all")) == ["餐饮", "药品零售"]


def test_a_view_that_does_not_fit_is_refused_and_the_list_is_shown(
    clerk: Browser, surface: Surface
) -> None:
    """A criterion that the list has lost is named, with the remedy; so is a view that is gone."""
    log_ins = surface.province.platform.log_ins
    wide = ListOffer(place=PLACE, criteria=frozenset({"shape"}))
    old = log_ins.keep_view(USER, wide, name="旧", asked={"shape": "圆"}, source="test")
    answer = clerk.go(f"{TRADE}?view={old.id}")
    assert answer.status_code == 422
    said = " ".join(Document(answer.text).words)
    assert "该列表没有查询条件“shape”" in said
    assert "餐饮" in said
    assert clerk.send(f"{VIEWS}/{old.id}/delete").status_code == 303
    assert "这个视图已删除，以下是全部记录。" in clerk.see(f"{TRADE}?view={old.id}").words


def test_a_view_gives_no_right(clerk: Browser, surface: Surface) -> None:
    """Whoever may not list it any more opens no view of it, and keeps none."""
    view = keep(clerk, "餐饮类", name="餐")
    grant(surface, RegisterVerb.LIST, revoke=True)
    assert clerk.go(f"{TRADE}?view={view}").status_code == 403
    assert clerk.go(f"{VIEWS}/add?list={PLACE}").status_code == 404
    assert clerk.go(f"{SETTINGS}?list={PLACE}").status_code == 404


def test_views_are_ones_own(clerk: Browser, surface: Surface) -> None:
    """Nobody sees, changes or deletes what another keeps."""
    view = keep(clerk, "餐饮类", name="餐")
    other = entered(surface, "security")
    for end in ("change", "delete"):
        assert other.go(f"{VIEWS}/{view}/{end}").status_code == 404
    assert surface.province.platform.log_ins.own_preferences("security").views == ()


def test_every_change_leaves_an_audit_row_and_looking_none(
    clerk: Browser, surface: Surface
) -> None:
    """Kept, arranged, dropped: each names the preferences of who did it."""
    view = keep(clerk, "餐饮类", name="餐")
    assert clerk.send(f"{SETTINGS}?list={PLACE}", dense="yes").status_code == 303
    link = next(one for one in clerk.see(TRADE).links if one.endswith("/change"))
    before = surface.province.platform.log_ins.own_preferences(USER).opened
    clerk.see(link.removesuffix("/change"))
    after = surface.province.platform.log_ins.own_preferences(USER).opened
    assert clerk.send(f"{VIEWS}/{view}/delete").status_code == 303
    with surface.province.platform.transactions.begin_reading() as unit:
        found = [one.entry for one in unit[AuditLog].rows() if "preferences/" in str(one.entry)]
    assert [one.action for one in found] == [
        "identity.keep_view", "identity.arrange_list", "identity.drop_view",
    ]  # fmt: skip
    assert {one.targets for one in found} == {(f"{PreferencesStore.kind}/{USER}",)}
    assert len(after) == len(before) + 1


def test_columns_that_are_no_numbers_are_told(clerk: Browser) -> None:
    """The form says which field is wrong, and keeps what was typed."""
    answer = clerk.send(f"{SETTINGS}?list={PLACE}", **{"place-name": "一"})
    assert answer.status_code == 422
    page = Document(answer.text)
    assert page.fields["place-name"] == "一"


def test_a_table_of_the_columns_that_are_shown_loses_nothing_when_it_comes_in_again(
    clerk: Browser, surface: Surface
) -> None:
    """导出 gives out what 列设置 shows; 导入 leaves alone what a table has no column of."""
    path = "/api/v1/identity/me/list_settings"
    setting = {"place": PLACE, "columns": ["risk_level", "code", "name"]}
    assert call(surface, "PUT", path, setting).status_code == 200
    change = next(one for one in clerk.see(TRADE).links if one.endswith("/change"))
    before = clerk.see(change).fields["draw_ratio"]
    tables = [one for one in clerk.see(TRADE).links if "/trades/table" in one]
    filled = {"act": "export", f"row-{change.split('/')[-2]}": "yes"}
    tables.append(clerk.send(TRADE, to=f"{TRADE}/several", **filled).headers["location"])
    given = [surface.call(USER, "GET", one).content for one in tables]
    said = f"勾选1条，编号：{change.split('/')[-2]}"
    assert dict(surface.audited()[-1].note) == {"entries": "1", "criteria": said}
    titles = [list(read(one)[0]) for one in given]
    shown = ["风险等级", "业态编码", "业态名称"]
    assert [len(read(one)) for one in given] == [2, 2, 1]
    assert (titles[0], titles[2]) == (shown, shown)
    assert set(shown) < set(titles[1])
    answer = surface.call(USER, "POST", "/api/v1/identity/trades/table", body=given[0])
    assert (answer.json()["rows"], answer.json()["same"]) == (2, 2), answer.text
    assert before == clerk.see(change).fields["draw_ratio"] != ""


@pytest.mark.parametrize(
    ("columns", "titles"),
    [(["enabled", "changed_at"], ["业态名称", "业态编码"]),
     (["risk_level"], ["业态名称", "业态编码", "风险等级"])],
)  # fmt: skip
def test_a_register_gives_out_what_is_chosen_and_what_an_import_needs(
    clerk: Browser, surface: Surface, columns: list[str], titles: list[str]
) -> None:
    """状态 and 最后维护时间 are no columns of its table: who chooses them alone gets not all."""
    setting = {"place": PLACE, "columns": columns}
    path = "/api/v1/identity/me/list_settings"
    assert call(surface, "PUT", path, setting).status_code == 200
    table = next(one for one in clerk.see(TRADE).links if "/trades/table" in one)
    given = surface.call(USER, "GET", table).content
    assert list(read(given)[0]) == titles
    answer = surface.call(USER, "POST", "/api/v1/identity/trades/table", body=given)
    assert (answer.json()["rows"], answer.json()["same"]) == (2, 2), answer.text


@pytest.mark.parametrize("register", registers().values(), ids=list(registers()))
def test_any_one_column_of_a_register_makes_a_table_that_can_be_imported(
    register: Register[Any],
) -> None:
    """What an import asks for stands beside it."""
    tables, whole = WorkbookTables(all_messages()), table_of(register)
    for one in whole.columns:
        columns = columns_given(register, [one.name])
        assert one in columns
        made = [ResultColumn(each.title, each.kind) for each in columns]
        sheet = ResultSheet(name="表", columns=made, rows=[["一"] * len(made)])
        (read_again,) = tables.read(io.BytesIO(tables.results([sheet])), whole)
        assert not read_again.match.violations
        assert set(read_again.match.columns) == {each.name for each in columns}


@pytest.mark.usefixtures("clerk")
def test_a_sheet_that_lacks_a_column_leaves_it_alone_beside_one_that_has_it(
    surface: Surface,
) -> None:
    """What 导入 leaves alone is told sheet by sheet, not by all sheets of the workbook."""
    rows = [("餐饮", "CY", "0.05"), ("药品零售", "YP", "0.05")]
    titles = [
        ResultColumn(one, ColumnKind.TEXT) for one in ("业态名称", "业态编码", "默认抽取比例")
    ]
    sheets = [
        ResultSheet(name="甲", columns=titles, rows=rows[:1]),
        ResultSheet(name="乙", columns=titles[:2], rows=[rows[1][:2]]),
    ]
    body = WorkbookTables(all_messages()).results(sheets)
    before = surface.call(USER, "GET", "/api/v1/identity/trades/table").content
    answer = surface.call(USER, "POST", "/api/v1/identity/trades/table", body=body)
    assert answer.json()["rows"] == 2, answer.text
    after = read(surface.call(USER, "GET", "/api/v1/identity/trades/table").content)
    ratios = [one["默认抽取比例"] for one in after]
    assert ratios == [one["默认抽取比例"] for one in read(before)]
    assert all(ratios)


def test_what_was_opened_is_named_as_one_may_see_it_now(clerk: Browser, surface: Surface) -> None:
    """On the first page and by the interface; what may not be looked at any more is left out."""
    link = next(one for one in clerk.see(TRADE).links if one.endswith("/change"))
    thing = link.removesuffix("/change")
    clerk.see(thing)
    assert thing in clerk.see("/gov").links
    recent = call(surface, "GET", "/api/v1/identity/me/recents").json()["items"]
    assert [one["id"] for one in recent] == [thing.rpartition("/")[2]]
    grant(surface, RegisterVerb.VIEW, revoke=True)
    assert thing not in clerk.see("/gov").links


def test_the_interface_keeps_views_too(clerk: Browser, surface: Surface) -> None:
    """Kept twice it is one; what the list does not know is refused with every reason."""
    path = "/api/v1/identity/me/views"
    body = {"place": PLACE, "name": "餐饮类", "asked": {"name": "餐"}}
    ids = {call(surface, "PUT", path, body).json()["id"] for _ in range(2)}
    (view,) = ids
    shown = call(surface, "GET", path).json()
    assert [one["id"] for one in shown["views"]] == [view]
    assert rows(clerk.see(f"{TRADE}?view={view}")) == ["餐饮"]
    wrong = call(surface, "PUT", path, {**body, "asked": {"shape": "圆"}, "order": "shape"})
    assert wrong.status_code == 422
    assert {one["code"] for one in wrong.json()["reasons"]} == {
        "identity.view_criterion", "identity.view_order",
    }  # fmt: skip
    setting = {"place": PLACE, "columns": ["code", "name"]}
    answer = call(surface, "PUT", "/api/v1/identity/me/list_settings", setting)
    assert answer.status_code == 200
    assert call(surface, "DELETE", f"{path}/{view}").status_code == 200
    assert call(surface, "DELETE", f"{path}/{view}").status_code == 404


def test_so_many_rows_stand_on_a_page_as_one_wants(clerk: Browser) -> None:
    """每页条数、上一页: the setting is one's own; one goes back page by page and sees where."""
    for number in range(110):
        filled = {"name": f"示例{number:03}", "code": f"S{number:03}", "draw_ratio": "0.05"}
        sent = clerk.send(f"{TRADE}/add", **filled, risk_level="high", position=str(number + 10))
        assert sent.status_code == 303
    assert clerk.send(f"{SETTINGS}?list={PLACE}", size="30").status_code == 422
    assert "第1至20条" in clerk.see(TRADE).words
    assert clerk.send(f"{SETTINGS}?list={PLACE}", size="50").status_code == 303
    places, seen = ["第1至50条", "第51至100条", "第101至112条"], [clerk.see(TRADE)]
    while following := [one for one in seen[-1].links if f"trail={len(seen) + 1}" in one]:
        seen.append(clerk.see(following[0]))
    assert [place in page.words for place, page in zip(places, seen, strict=True)] == [True] * 3
    (back,) = (one for one in seen[2].links if "trail=2" in one)
    assert clerk.see(back).links == seen[1].links
    assert clerk.see(f"{back}~none!").links.count(TRADE) >= 1


def test_a_page_says_where_it_lies(clerk: Browser) -> None:
    """所在位置: from the group of the menu by the list and the thing to the page, each a link."""
    one = next(one for one in clerk.see(TRADE).links if one.endswith("/delete"))
    way = re.findall(r'<nav aria-label="所在位置".*?</nav>', clerk.go(one).text, re.DOTALL)
    assert re.findall('href="(.*?)"', way[0]) == ["/gov", TRADE, one.removesuffix("/delete")]
    assert "所在位置" not in clerk.go("/gov/login").text


def test_one_comes_back_to_the_list_as_it_was_left(clerk: Browser) -> None:
    """返回列表、保存: over view and form, and after saving, the search is still there."""
    left = f"{TRADE}?{urlencode({'view': 'all', 'name': '餐'})}"
    page = clerk.see(left)
    change = next(one for one in page.addresses if "/change?" in one)
    assert parse_qs(urlsplit(change).query) == {"next": [left]}
    viewed = clerk.see(change.replace("/change?", "?"))
    assert left in viewed.links
    assert change in viewed.addresses
    assert clerk.see(change).fields["next"] == left
    saved = clerk.send(change).headers["location"]
    assert saved == f"{left}&done=changed"
    assert rows(clerk.see(saved)) == ["餐饮"]
    assert clerk.send(change, name="").status_code == 422


def test_one_comes_back_from_a_batch_to_the_list_as_it_was_left(clerk: Browser) -> None:
    """批量停用、返回列表: over the question and the results; what is given out is no list."""
    left, several = f"{TRADE}?{urlencode({'view': 'all', 'name': '餐'})}", f"{TRADE}/several"
    page = clerk.see(left)
    names = {str(one.get("name")) for _, one in page.shown}
    (ticked,) = (one for one in names if one.startswith("row-"))
    filled = {**page.forms[several], ticked: "yes"}
    asked = Document(clerk.go(several, {**filled, "act": "disable"}).text)
    assert left in asked.links
    done = Document(clerk.go(several, asked.forms[several]).text)
    assert "返回列表" in done.words
    assert left in done.links
    assert "next" not in clerk.go(several, {**filled, "act": "export"}).headers["location"]


def test_who_saves_and_adds_another_comes_back_to_the_list_too(clerk: Browser) -> None:
    """保存并新建 without script: the next form knows the search, and leads back to it."""
    left = f"{TRADE}?{urlencode({'view': 'all', 'name': '餐'})}"
    add = next(one for one in clerk.see(left).addresses if one.startswith(f"{TRADE}/add?"))
    filled = {"name": "茶饮", "code": "CH", "draw_ratio": "0.05", "risk_level": "high"}
    again = clerk.send(add, **filled, then="new").headers["location"]
    assert parse_qs(urlsplit(again).query) == {"done": ["added"], "next": [left]}
    assert clerk.see(again).fields["next"] == left


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/?a=b", "//example.org?a=b", "/gov/nothing?a=b", f"{TRADE}?<"]
)
def test_one_comes_back_to_nothing_but_a_list_of_ours(clerk: Browser, elsewhere: str) -> None:
    """What an address of another site says, or one that is no list, is passed over."""
    change = next(one for one in clerk.see(TRADE).links if one.endswith("/change"))
    saved = clerk.send(f"{change}?{urlencode({'next': elsewhere})}").headers["location"]
    assert saved == f"{TRADE}?done=changed"
