"""The pages on departments, as a clerk's browser without JavaScript uses them."""

import pytest

from supervision_core.identity.ports import Sessions
from supervision_core.kernel.canonical import sm3

from .browsing import Browser, Document, entered, proof_from
from .conftest import Surface
from .province import PASSWORD

DEPARTMENTS = "/gov/identity/departments"
OFFICE, NANNING = f"{DEPARTMENTS}/office", f"{DEPARTMENTS}/nanning"
NEW = {"name": "示例监管所", "code": "nn-01", "region": "450103", "order": "3"}


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


@pytest.mark.function("F025", surface="page")
def test_the_tree_is_walked_from_what_one_administers(system: Browser) -> None:
    """组织机构查询: from one's own department to those below it, and up again."""
    top = system.see(DEPARTMENTS)
    assert {OFFICE, NANNING, f"{DEPARTMENTS}?parent=office"} <= set(top.links)
    assert f"{DEPARTMENTS}?parent=nanning" not in top.links
    below = system.see(f"{DEPARTMENTS}?parent=office")
    assert f"{DEPARTMENTS}?parent=nanning" in below.links
    assert NANNING in below.links
    assert f"{DEPARTMENTS}/qingxiu" not in below.links
    office = system.see(OFFICE)
    assert {NANNING, f"{DEPARTMENTS}/liuzhou"} <= set(office.links)
    below = system.see(f"{DEPARTMENTS}/qingxiu")
    way = [one for one in below.links if one in {OFFICE, NANNING}]
    assert way == [OFFICE, NANNING]
    assert f"{DEPARTMENTS}/closed" not in system.see(NANNING).links  # deleted


@pytest.mark.function("F025", surface="page")
def test_departments_are_found_by_part_of_name_or_code(system: Browser) -> None:
    """组织机构查询: whatever part of name or code is typed, at any depth."""
    page = system.see(f"{DEPARTMENTS}?text=qing")
    assert f"{DEPARTMENTS}/qingxiu" in page.links
    assert OFFICE not in page.links


def test_who_administers_nothing_begins_with_what_he_reaches(surface: Surface) -> None:
    """A reader sees his city's departments, no link that changes, nothing above his reach."""
    reader = entered(surface, "reader")
    page = reader.see(DEPARTMENTS)
    assert NANNING in page.links
    assert f"{DEPARTMENTS}/liuzhou" not in page.links
    own = reader.see(NANNING)
    assert f"{DEPARTMENTS}/qingxiu" in own.links
    assert OFFICE not in own.links
    assert not [one for one in own.links if one.startswith(f"{NANNING}/")]
    assert all(row.outcome == "done" for row in surface.audited())


@pytest.mark.function("F025", surface="page")
def test_a_department_is_added_below_the_one_it_was_opened_from(system: Browser) -> None:
    """组织机构新增: the form knows what is above, and its region; the answer says it was saved."""
    (link,) = (one for one in system.see(NANNING).links if "/add?" in one)
    form = system.see(link).forms[f"{DEPARTMENTS}/add"]
    assert (form["parent"], form["region"]) == ("nanning", "450100")
    answer = system.send(link, **NEW, established_on="2026-01-02", inherits="yes")
    page = system.see(answer.headers["location"])
    assert "新增成功。" in page.words
    assert (
        "机构编码 nn-01 所属区划 青秀区（450103） 启用状态 启用 使用状态 使用中 成立日期 2026-01-02"
        in words(page)
    )
    assert "继承上级权限 是" in words(page)
    assert [one for one in page.links if one in {OFFICE, NANNING}] == [OFFICE, NANNING]


@pytest.mark.parametrize(
    ("filled", "wrong"),
    [({"name": " "}, {"name"}), ({"code": "liuzhou"}, {"code"}), ({"parent": "zzz"}, {"parent"}),
     ({"agreed_from": "2026-02-01", "agreed_to": "2026-01-01"}, {"agreed_to"}),
     ({"established_on": "2026-02-30", "order": "x"}, {"established_on", "order"}),
     ({"licence": "1"}, {"licence"})],
    ids=["name", "code", "parent", "agreement", "day", "licence"],
)  # fmt: skip
def test_reasons_stand_beside_their_fields(
    system: Browser, filled: dict[str, str], wrong: set[str]
) -> None:
    """What cannot be kept is told at its field, and nothing is lost of what was typed."""
    answer = system.send(f"{DEPARTMENTS}/add", **{**NEW, "parent": "nanning", **filled})
    assert answer.status_code == 422
    page = Document(answer.text)
    assert {one["id"] for _, one in page.shown if one.get("aria-invalid") == "true"} == wrong
    assert page.fields["region"] == "450103"


@pytest.mark.function("F025", surface="page")
def test_a_department_is_changed_moved_and_switched_off(system: Browser) -> None:
    """组织机构修改: the form holds what is stored; a new code above moves it."""
    form = system.see(f"{NANNING}/change").forms[f"{NANNING}/change"]
    assert (form["name"], form["parent"], form["enabled"]) == ("机构nanning", "office", "yes")
    changed = {**form, "name": "南宁机构", "parent": "liuzhou", "enabled": "no"}
    asked = Document(system.go(f"{NANNING}/change", changed).text)
    assert (
        "将停用“机构nanning”。停用后，其成员不能再以该机构的身份办理业务。可以重新启用。"
        in asked.words
    )
    changed = asked.forms[f"{NANNING}/change"]
    page = system.see(system.go(f"{NANNING}/change", changed).headers["location"])
    assert "修改成功。" in page.words
    assert "状态 停用" in words(page)
    assert f"{DEPARTMENTS}/liuzhou" in page.links
    stale = system.go(f"{NANNING}/change", {**changed, "key": "k", "name": "又一个名称"})
    assert (stale.status_code, "已不是您看到的版本" in stale.text) == (412, True)


def test_whom_the_one_above_is_out_of_reach_does_not_move_by_a_change(surface: Surface) -> None:
    """A form that cannot show what is above does not ask for it, and leaves it as it is."""
    far = entered(surface, "far_system")
    liuzhou = f"{DEPARTMENTS}/liuzhou"
    form = far.see(f"{liuzhou}/change").forms[f"{liuzhou}/change"]
    assert "parent" not in form
    answer = far.go(f"{liuzhou}/change", {**form, "name": "柳州机构", "parent": ""})
    assert answer.status_code == 303
    assert OFFICE in entered(surface, "system").see(liuzhou).links


@pytest.mark.function("F025", surface="page")
def test_a_department_is_deleted_once_it_is_empty(system: Browser) -> None:
    """组织机构删除: asked first; one in use stays, and the page says why."""
    qingxiu = f"{DEPARTMENTS}/qingxiu"
    refused = system.send(f"{NANNING}/delete")
    assert (refused.status_code, "该机构下还有用户或下级机构" in refused.text) == (422, True)
    page = system.see(system.send(f"{qingxiu}/delete").headers["location"])
    assert "删除成功。" in page.words
    assert system.go(qingxiu).status_code == 404


@pytest.mark.function("F025", surface="page")
def test_members_are_shown_own_and_other(system: Browser) -> None:
    """用户查询: the users of a department by account and name, phones masked."""
    page = system.see(f"{NANNING}/members")
    assert "clerk 王示例 所属" in words(page)
    assert "13900000001" not in words(page)
    assert "far.reader" not in words(page)
    found = system.see(f"{NANNING}/members?text=nobody")
    assert "clerk" not in found.words


@pytest.mark.function("F025", surface="page")
def test_administrators_are_appointed_by_account(security: Browser, surface: Surface) -> None:
    """管理员设置: also users of other departments; who is unknown is named."""
    path = f"{NANNING}/administrators"
    refused = security.send(path, administrators="far.reader\nnobody.here")
    assert (refused.status_code, "nobody.here" in refused.text) == (422, True)
    answer = security.send(path, administrators="far.reader\n\n clerk ")
    page = security.see(answer.headers["location"])
    assert "管理员设置成功。" in page.words
    assert "管理员 clerk、far.reader" in words(page)
    assert security.see(path).forms[path]["administrators"] == "clerk\nfar.reader"
    assert security.send(path, administrators="clerk").status_code == 303
    assert "管理员 clerk 机构用户" in words(security.see(NANNING))
    assert surface.audited()[-1].action == "identity.appoint_administrators"


def test_what_is_critical_asks_for_a_fresh_proof(security: Browser, surface: Surface) -> None:
    """关键操作: without a fresh proof the page leads to the proof, and from there back."""
    path = f"{NANNING}/administrators"
    form = security.see(path).forms[path]
    _forget_step_up(surface, "security")
    away = f"/gov/step_up?next={path}"
    assert security.go(path).headers["location"] == away
    assert security.go(path, {**form, "administrators": "clerk"}).headers["location"] == away
    wrong = security.send(away, password="wrong")  # noqa: S106 - of nobody
    assert wrong.status_code == 401
    assert 'role="alert"' in wrong.text
    certificate = f"/gov/step_up/certificate?next={path}"
    page = security.see(certificate)
    fields = {**page.forms["/gov/step_up/certificate"]}
    files = proof_from(page, "paper-security")
    for name in files:
        del fields[name]
    back = security.go("/gov/step_up/certificate", fields, files)
    assert back.headers["location"] == path
    assert security.go(path).status_code == 200


def test_a_proof_leads_back_to_where_the_form_stands(security: Browser, surface: Surface) -> None:
    """A form whose own address shows nothing: after the proof comes the page above it."""
    path = "/gov/identity/users/clerk/delegations"
    form = security.see("/gov/identity/users/clerk/grants").forms[path]
    _forget_step_up(surface, "security")
    answer = security.go(path, form)
    assert answer.headers["location"] == "/gov/step_up?next=/gov/identity/users/clerk"


@pytest.mark.parametrize("strange", ["a%0D%0Ab:c", "%E5%8D%97", "a?b"], ids=["line", "han", "ask"])
def test_an_address_is_no_header(security: Browser, surface: Surface, strange: str) -> None:
    """What leads back after the proof is quoted, whatever stands in the address."""
    _forget_step_up(surface, "security")
    answer = security.go(f"{DEPARTMENTS}/{strange}/administrators")
    assert answer.status_code in {303, 404}
    assert "\n" not in answer.headers.get("location", "")
    assert answer.headers.get("location", "").isascii()


def test_a_step_up_by_password_leads_back(security: Browser, surface: Surface) -> None:
    """再次核验身份 by password; the address cannot lead anywhere but to our own pages."""
    _forget_step_up(surface, "security")
    for wanted, goes in (
        (NANNING, NANNING), ("https://example.cn", "/gov"), ("//example.cn", "/gov"),
        ("/gov//example.cn", "/gov"), ("/gov/../api", "/gov"), ("/api/v1", "/gov"),
    ):  # fmt: skip
        answer = security.send(f"/gov/step_up?next={wanted}", password=PASSWORD)
        assert answer.headers["location"] == goes


def _forget_step_up(surface: Surface, user: str) -> None:
    with surface.province.platform.transactions.begin() as unit:
        session = unit[Sessions].get(sm3(surface.province.tokens[user].encode()).hex())
        session._stepped_up_at = None
        unit[Sessions].save(session)
        unit.commit()


@pytest.mark.function("F025", surface="page")
def test_departments_below_are_put_in_order(system: Browser) -> None:
    """组织排序: by hand, or by pinyin or strokes; the list below shows it."""
    path = f"{OFFICE}/order"
    form = system.see(path).forms[path]
    first = {**form, "place.liuzhou": "1", "place.nanning": "2"}
    page = system.see(system.go(path, first).headers["location"])
    assert "排序已保存。" in page.words
    order = [one for one in page.links if one in {NANNING, f"{DEPARTMENTS}/liuzhou"}]
    assert order == [f"{DEPARTMENTS}/liuzhou", NANNING]
    assert system.go(path, {**first, "key": "k", "place.nanning": ""}).status_code == 422
    sorted_ = system.send(path, to=f"{OFFICE}/sort", by="pinyin")
    assert sorted_.status_code == 303
    assert system.send(path, to=f"{OFFICE}/sort", by="post").status_code == 422


@pytest.mark.function("F025", surface="page")
def test_users_of_a_department_are_put_in_order(system: Browser) -> None:
    """用户排序: by hand, by pinyin or strokes, or by post from the highest; the list shows it."""
    path = f"{NANNING}/members/order"
    assert path in system.see(f"{NANNING}/members").links
    form = system.see(path).forms[path]
    users = [name.removeprefix("place.") for name in form if name.startswith("place.")]
    turned = {f"place.{one}": str(len(users) - at) for at, one in enumerate(users)}
    page = system.see(system.go(path, {**form, **turned}).headers["location"])
    assert "排序已保存。" in page.words
    shown = [one.rpartition("/")[2] for one in page.links if one.startswith("/gov/identity/users/")]
    assert shown == users[::-1]
    assert system.go(path, {**form, "key": "k", f"place.{users[0]}": ""}).status_code == 422
    to = f"{NANNING}/members/sort"
    assert system.send(path, to=to, by="strokes").status_code == 303
    assert system.send(path, to=to, by="post").status_code == 422
    assert system.send(path, to=to, by="post", posts="科长\n科员").status_code == 303
