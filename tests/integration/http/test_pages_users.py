"""The pages on users, roles and grants, as an administrator's browser without JavaScript."""

import base64
import re

import pytest
from attrs import evolve

from entrypoints.http.answering import COOKIE
from supervision_core.audit.model import Outcome
from supervision_core.identity.model import HolderKind, Purpose, sheet_id
from supervision_core.identity.ports import Departments, GrantSheets, Users
from supervision_core.identity.registers import USER_ELEMENTS
from supervision_core.kernel.registers import Entries, Entry
from supervision_core.subjects.ports import Subjects
from supervision_core.testing.identity import NOON

from .browsing import Browser, Document, entered
from .conftest import Surface
from .test_tables import entities
from .workbooks import read, workbook

USERS = "/gov/identity/users"
CLERK = f"{USERS}/clerk"
NEW = {
    "account": "new.one",
    "name": "王示例",
    "phone": "13900000001",
    "memberships": "nanning 科员",
}


@pytest.fixture
def system(surface: Surface) -> Browser:
    """Give the browser of the system administrator of the province."""
    return entered(surface, "system")


@pytest.fixture
def security(surface: Surface) -> Browser:
    """Give the browser of the security administrator of the province."""
    return entered(surface, "security")


def words(page: Document) -> str:
    """Give the words of a page."""
    return " ".join(page.words)


def upload(browser: Browser, path: str, content: bytes) -> Document:
    """Send a file with the form at ``path``; give the page that answers."""
    form = browser.see(path).forms[path]
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    answer = browser.surface.client.post(
        path, data=form, files={"workbook": ("表.xlsx", content)}, headers={"cookie": cookie}
    )
    return Document(answer.text)


@pytest.mark.function("F025", surface="page")
def test_users_are_listed_and_found(system: Browser) -> None:
    """用户查询: by part of the account, department and state; phones are masked."""
    page = system.see(f"{USERS}?text=cler&department=nanning&enabled=yes")
    assert CLERK in page.links
    assert f"{USERS}/reader" not in page.links
    assert "王示例" in page.words
    assert "13900000001" not in words(page)
    assert "机构nanning" in page.words
    assert CLERK not in system.see(f"{USERS}?enabled=no").links
    assert CLERK not in system.see(f"{USERS}?department=liuzhou").links


@pytest.mark.function("F025", surface="page")
def test_a_person_is_looked_for_without_a_trace_in_the_address(system: Browser) -> None:
    """By name, phone or document: in the body; the answer shows no more than before."""
    found = system.send(f"{USERS}/search", phone="13900000001")
    assert found.status_code == 200
    page = Document(found.text)
    assert CLERK in page.links
    assert all("13900000001" not in link for link in page.links)
    assert CLERK not in Document(system.send(f"{USERS}/search", name="无此人").text).links


@pytest.mark.function("F025", surface="page")
def test_a_user_is_added_changed_and_deleted(system: Browser) -> None:
    """用户新增、修改、删除: each says that it was done; what was not touched stays."""
    added = system.send(f"{USERS}/add", **NEW)
    here = added.headers["location"].partition("?")[0]
    page = system.see(added.headers["location"])
    assert "新增成功。" in page.words
    assert "王示例 手机号码 *******0001" in words(page)
    form = system.see(f"{here}/change").forms[f"{here}/change"]
    assert (form["phone"], form["memberships"]) == ("13900000001", "机构nanning（nanning） 科员")
    looked = system.surface.audited()[-1]
    assert (looked.action, dict(looked.note)) == (
        "identity.show_personal_data", {"purpose": Purpose.CORRECT.value},
    )  # fmt: skip
    places = "qingxiu 科长\n机构nanning 科员"
    changed = {**form, "memberships": places, "mail": "wang@example.cn"}
    done = system.go(f"{here}/change", changed)
    assert "修改成功。" in system.see(done.headers["location"]).words
    with system.surface.province.platform.transactions.begin() as unit:
        user = unit[Users].get(here.rpartition("/")[2])
    assert [(one.department, one.post) for one in user.memberships] == [
        ("qingxiu", "科长"), ("nanning", "科员"),
    ]  # fmt: skip
    assert (user.account.phone, user.account.mail) == ("13900000001", "wang@example.cn")
    gone = system.send(f"{here}/delete")
    assert "删除成功。" in system.see(gone.headers["location"]).words
    assert system.go(here).status_code == 404


def test_whoever_acts_for_a_firm_is_given_it_by_name_or_code(system: Browser) -> None:
    """所代表的企业: chosen, shown by name; kernel.register_called_twice, register_not_called."""
    with system.surface.province.platform.transactions.begin() as unit:
        firm = unit[Subjects].get("subject_nanning")
    called = f"{firm.name}（{firm.identity.code}）"
    asked = {one.get("name"): one.get("data-picker") for _, one in system.see(f"{USERS}/add").shown}
    assert asked["firm"] == Subjects.kind
    of_firm = {**NEW, "kind": "enterprise", "firm": called,
               "proof_document": "授权委托书", "proof_number": "2026-1"}  # fmt: skip
    for wrong, told in (
        ("", "请选择该用户代表的主体"),
        ("没有的企业", "没有"),
        (firm.name, "不止一条"),
    ):
        refused = system.send(f"{USERS}/add", **{**of_firm, "firm": wrong})
        page = Document(refused.text)
        marked = {found["id"] for _, found in page.shown if found.get("aria-invalid") == "true"}
        assert (refused.status_code, marked, told in words(page)) == (422, {"firm"}, True), wrong
    added = system.send(f"{USERS}/add", **of_firm)
    here = added.headers["location"].partition("?")[0]
    assert called in words(system.see(here))
    form = system.see(f"{here}/change").forms[f"{here}/change"]
    assert (form["firm"], form["party"]) == (called, "")
    assert system.send(f"{here}/change", description="经办人").status_code == 303
    with system.surface.province.platform.transactions.begin() as unit:
        assert unit[Users].get(here.rpartition("/")[2]).extended.party == firm.id


def test_reasons_stand_beside_their_fields(system: Browser) -> None:
    """What is wrong is told where it was written, and what was written stays."""
    wrong = {**NEW, "account": "x", "phone": "12", "memberships": "nowhere"}
    answer = system.send(f"{USERS}/add", **wrong)
    page = Document(answer.text)
    marked = {found["id"] for _, found in page.shown if found.get("aria-invalid") == "true"}
    assert answer.status_code == 422
    assert "memberships" in marked
    assert page.forms[f"{USERS}/add"]["account"] == "x"
    answer = system.send(f"{USERS}/add", **{**wrong, "memberships": "nanning"})
    page = Document(answer.text)
    marked = {found["id"] for _, found in page.shown if found.get("aria-invalid") == "true"}
    assert marked == {"account", "phone"}


@pytest.mark.parametrize("name", ["市场监督管理局（知识产权局）", "市场监督 管理局（甲）（乙）"])
def test_brackets_in_names_and_posts_are_no_codes(system: Browser, name: str) -> None:
    """A department is what is written exactly; the form sent as it opens changes nothing."""
    platform = system.surface.province.platform
    with platform.transactions.begin() as unit:
        place = unit[Departments].get("qingxiu")
        place.change(evolve(place.data, name=name), at=NOON, by="u-1")
        unit[Departments].save(place)
        other = unit[Departments].get("liuzhou")
        other.change(evolve(other.data, name="知识产权局"), at=NOON, by="u-1")
        unit[Departments].save(other)
        unit.commit()
    lines = f"nanning 副局长（兼）\n{name} 科长（主持工作）"
    here = system.send(f"{USERS}/add", **{**NEW, "memberships": lines}).headers["location"]
    user_id = here.partition("?")[0].rpartition("/")[2]
    wanted = [("nanning", "副局长（兼）"), ("qingxiu", "科长（主持工作）")]

    def places() -> list[tuple[str, str]]:
        with platform.transactions.begin() as unit:
            return [(one.department, one.post) for one in unit[Users].get(user_id).memberships]

    assert places() == wanted
    path = f"{USERS}/{user_id}/change"
    form = system.see(path).forms[path]
    assert form["memberships"].split("\n")[1] == f"{name}（qingxiu） 科长（主持工作）"
    assert system.go(path, form).status_code == 303
    assert places() == wanted
    near = system.go(path, {**system.see(path).forms[path], "memberships": "知识产权 科长"})
    assert near.status_code == 422
    assert places() == wanted


def test_what_is_typed_beside_a_department_by_name_is_kept(system: Browser) -> None:
    """扩展属性 hold for the main department, written by code, by name or as it is chosen."""
    surface = system.surface
    content = USER_ELEMENTS.content(title="工号", key="ys0001", type="text")
    with surface.province.platform.transactions.begin() as unit:
        one = Entry.add(
            id="ys0001", content=content, position=1, at=NOON, register=USER_ELEMENTS.name,
            region="450100", department="nanning",
        )  # fmt: skip
        unit[Entries].of(USER_ELEMENTS).save(one)
        unit.commit()
    for number, line in enumerate(["nanning", "机构nanning", "机构nanning（nanning） 科员"]):
        more = {"account": f"new.{number}", "phone": f"1390000010{number}", "memberships": line}
        made = system.send(f"{USERS}/add", **{**NEW, **more, "extras.ys0001": "A-1"})
        user_id = made.headers["location"].partition("?")[0].rpartition("/")[2]
        with surface.province.platform.transactions.begin() as unit:
            assert dict(unit[Users].get(user_id).draft.extras.values) == {"ys0001": "A-1"}


def test_a_stale_change_is_refused(system: Browser) -> None:
    """Two who change one user at once: the second is told so. Error: outdated."""
    form = system.see(f"{CLERK}/change").forms[f"{CLERK}/change"]
    system.send(f"{CLERK}/change", description="先改")
    stale = system.go(f"{CLERK}/change", {**form, "description": "后改"})
    assert stale.status_code == 412


@pytest.mark.function("F025", surface="page")
def test_a_user_is_disabled_and_let_in_again(system: Browser) -> None:
    """启用、停用: from the next request on."""
    for state, wanted in (("停用", False), ("启用", True)):
        page = system.see(CLERK)
        assert state in page.words
        done = system.go(f"{CLERK}/enabled", page.forms[f"{CLERK}/enabled"])
        if not wanted:
            assert "正在使用的会话自下一次请求起失效" in done.text
            system.go(f"{CLERK}/enabled", Document(done.text).forms[f"{CLERK}/enabled"])
        with system.surface.province.platform.transactions.begin() as unit:
            assert unit[Users].get("clerk").active is wanted


@pytest.mark.function("F025", surface="page")
def test_a_password_is_reset_and_shown_once(security: Browser) -> None:
    """重置密码: asked for, then shown on the one page that answers, and never again.

    Before and after it is said what whoever resets can then not give, and what to do.
    """
    asked = "".join(security.see(f"{CLERK}/password").words)
    assert "确认重置" in asked
    answer = security.send(f"{CLERK}/password")
    for words in (asked, answer.text):
        assert "管理职责（如机构管理员）和登录凭据不能由同一人给予" in words
        assert "改为自己的密码" in words
        assert "supervision do identity.assign_roles" in words
    shown = [one["value"] for _, one in Document(answer.text).shown if one.get("id") == "password"]
    assert re.fullmatch(r"Aa1-[0-9a-f]{18}", str(shown[0]))
    assert answer.headers["cache-control"] == "no-store"
    assert str(shown[0]) not in security.go(f"{CLERK}/password").text
    assert str(shown[0]) not in str(security.surface.audited())
    clerk = entered(security.surface, "clerk")
    assert clerk.go("/gov").headers["location"] == "/gov/login"


@pytest.mark.function("F025", surface="page")
def test_sessions_are_ended(security: Browser) -> None:
    """注销会话: he is sent to the log-in at his next request."""
    answer = security.send(CLERK, to=f"{CLERK}/sessions")
    assert "会话已全部结束。" in security.see(answer.headers["location"]).words
    assert entered(security.surface, "clerk").go("/gov").headers["location"] == "/gov/login"


def held(browser: Browser) -> tuple[frozenset[str], frozenset[str]]:
    """Give roles and groups of the clerk."""
    with browser.surface.province.platform.transactions.begin() as unit:
        sheet = unit[GrantSheets].get(sheet_id(HolderKind.USER, "clerk"))
    return sheet.roles, sheet.groups


@pytest.mark.function("F025", surface="page")
def test_roles_and_groups_are_assigned(security: Browser) -> None:
    """角色、群组: what is ticked he has, and nothing else; a stale form does nothing."""
    path = f"{CLERK}/roles"
    stale = security.see(path).forms[path]
    answer = security.send(path, **{"role.role_nanning": "yes", "group.group_nanning": "yes"})
    assert "角色和群组已保存。" in security.see(answer.headers["location"]).words
    assert held(security) == (frozenset({"role_nanning"}), frozenset({"group_nanning"}))
    form = security.see(path).forms[path]
    assert form["role.role_nanning"] == "yes"
    assert security.go(path, stale).status_code == 412
    security.go(path, {name: one for name, one in form.items() if name != "role.role_nanning"})
    assert held(security) == (frozenset(), frozenset({"group_nanning"}))


@pytest.mark.function("F025", surface="page")
def test_permissions_are_granted_and_withdrawn(security: Browser) -> None:
    """授权: only what he holds and may pass on is offered, by its Chinese name; words, no ids."""
    path = f"{CLERK}/grants"
    page = security.see(path)
    offered = {str(one.get("name", "")) for tag, one in page.shown if tag == "input"}
    wanted = {f"permission.identity.{one}": "yes" for one in ("view_user", "view_department")}
    assert set(wanted) <= offered
    assert {"permission.identity.register_user", "permission.audit.search"}.isdisjoint(offered)
    answer = security.send(path, passable="yes", **wanted)
    page = security.see(answer.headers["location"])
    assert {"授权成功。", "查看用户", "查看组织机构", "security"} <= set(page.words)
    assert "identity.view_user" not in page.words
    assert "查看用户" in security.see(f"{CLERK}/access").words
    form, stale = page.forms[path], security.see(path).forms[path]
    assert {name for name in form if name.startswith("permission.")} == set(wanted)
    left = {name: text for name, text in form.items() if name != "permission.identity.view_user"}
    security.go(path, left)
    told = security.see(f"{CLERK}/access").words
    assert "identity.view_department" in told
    assert "identity.view_user" not in told
    assert security.go(path, stale).status_code == 412
    page = security.see(path)
    gone = security.go(f"{path}/revoke", page.forms[f"{path}/revoke"])
    assert "权限已收回。" in security.see(gone.headers["location"]).words
    assert "identity.view_department" not in security.see(f"{CLERK}/access").words


def test_what_is_not_offered_cannot_be_granted(security: Browser) -> None:
    """A form that somebody made himself is refused: it is not among what he may tick."""
    made = {"permission.identity.register_user": "yes", "permission.identity.view_user": "yes"}
    answer = security.send(f"{CLERK}/grants", **made)
    assert answer.status_code == 422
    assert "identity.view_user" not in security.see(f"{CLERK}/access").words
    assert "取值应为" in answer.text
    assert "identity.register_user" not in security.see(f"{CLERK}/access").words


@pytest.mark.function("F025", surface="page")
@pytest.mark.parametrize(("kind", "title"), [("role", "角色"), ("group", "群组")])
def test_roles_and_groups_are_kept(security: Browser, kind: str, title: str) -> None:
    """角色、群组维护: added, given permissions, changed; who holds one is seen on its page."""
    base = f"/gov/identity/{kind}s"
    added = security.send(f"{base}/add", name="新的一个", department="nanning")
    here = added.headers["location"].partition("?")[0]
    assert here in security.see(f"{base}?name=新的").links
    assert f"{here}/grants" in security.see(f"{base}?name=新的").links
    security.send(f"{here}/grants", **{"permission.identity.view_user": "yes"})
    assert "查看用户" in security.see(f"{here}/grants").words
    path = f"{CLERK}/roles"
    security.send(path, **{f"{kind}.{here.rpartition('/')[2]}": "yes"})
    page = security.see(here)
    assert {"谁持有", "clerk", "王示例"} <= set(page.words)
    asked = security.send(f"{here}/change", name="改了名", enabled="no")
    assert "启用" in security.see(here).words
    confirmed = Document(asked.text).forms[f"{here}/change"]
    changed = security.go(f"{here}/change", confirmed)
    page = security.see(changed.headers["location"])
    assert {f"{title} 改了名", "停用"} <= set(page.words)


@pytest.mark.function("F025", surface="page")
def test_a_table_is_taken_in_on_a_page(system: Browser) -> None:
    """用户导入: what went in is counted, what did not is told by row, column, reason, remedy."""
    good = {"account": "new.one", "name": "王示例", "departments": "nanning"}
    bad = {"account": "x", "name": "李示例", "departments": "nowhere"}
    page = upload(system, f"{USERS}/import", workbook("users", good, bad))
    assert "共 2 行：新增 1，更新 0，未变 0，未导入 1。" in page.words
    assert {"3", "所属组织编码", "账号名", "未导入"} <= set(page.words)
    assert "李示例" not in words(page)
    (link,) = (one for one in page.links if one.startswith("data:"))
    rows = base64.b64decode(link.partition("base64,")[2])
    assert [(one["*姓名"], one["有误的列"]) for one in read(rows)] == [
        ("李示例", "所属组织编码\n账号名")
    ]
    again = upload(system, f"{USERS}/import", rows)
    assert "共 1 行：新增 0，更新 0，未变 0，未导入 1。" in again.words
    hostile = upload(system, f"{USERS}/import", entities())
    assert "文件含有宏或自定义的XML实体，疑似恶意文件" in words(hostile)
    empty = upload(system, f"{USERS}/import", b"")
    assert "请求体的类型不对" in words(empty)


@pytest.mark.function("F025", surface="page")
def test_a_table_is_given_out_from_a_page(system: Browser) -> None:
    """用户导出: one asks, saying what for; another consents; then the page leads to the file."""
    path = "/gov/identity/departments/nanning/export"
    asked = system.see(system.send(path, purpose="correct").headers["location"])
    assert "待审批" in words(asked)
    assert not [one for one in asked.links if one.startswith("/api/")]
    security = entered(system.surface, "security")
    requests = "/gov/identity/export_requests"
    (request,) = (
        one for one in security.see(f"{requests}?state=waiting").links
        if one.startswith(f"{requests}/n")
    )  # fmt: skip
    assert not [one for one in system.see(request).forms if one.endswith("/decision")]
    to = f"{request}/decision"
    answer = security.send(request, to=to, allowed="yes", reason="核对花名册")
    decided = security.see(answer.headers["location"])
    assert "已同意" in words(decided)
    assert "核对花名册" in words(decided)
    (action,) = (one for one in system.see(path).links if one.startswith("/api/"))
    given = system.go(action)
    assert {row["账号名"] for row in read(given.content)} >= {"clerk", "reader"}
    assert dict(system.surface.audited()[-1].note)["purpose"] == "correct"


def test_an_administrator_elsewhere_is_offered_nothing(surface: Surface) -> None:
    """Whom one sees but does not manage, one can do nothing about."""
    far = entered(surface, "far_system")
    assert far.go(CLERK).status_code == 404
    assert surface.audited()[-1].outcome is Outcome.DENIED
    reader = entered(surface, "reader")
    assert reader.see(CLERK).forms.keys() == {"/gov/log_out", "/gov/search"}
    assert COOKIE in reader.cookies


@pytest.mark.function("F025", surface="page")
def test_several_users_are_disabled_and_let_in_at_once(system: Browser) -> None:
    """批量停用、批量启用: named first, then each by itself; nobody disables himself."""
    users = "/gov/identity/users"
    path, ticked = (
        f"{users}/several",
        {"row-clerk": "yes", "row-reader": "yes", "row-system": "yes"},
    )
    form = system.see(users).forms[path]
    asked = Document(system.go(path, {**form, **ticked, "act": "disable"}).text)
    assert {"clerk", "reader", "system"} <= set(asked.words)
    assert _in_use(system, "clerk")
    told = Document(system.go(path, asked.forms[path]).text).words
    assert "成功 2，跳过 1。" in told
    assert [_in_use(system, one) for one in ("clerk", "reader", "system")] == [False, False, True]
    asked = Document(system.go(path, {**form, **ticked, "act": "enable"}).text)
    system.go(path, asked.forms[path])
    assert _in_use(system, "clerk")
    assert system.go(path, {**form, **ticked, "act": "drop"}).status_code == 404


def _in_use(browser: Browser, user: str) -> bool:
    with browser.surface.province.platform.transactions.begin() as unit:
        return bool(unit[Users].get(user).active)
