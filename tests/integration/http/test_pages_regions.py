"""The pages on regions, as a clerk's browser without JavaScript uses them."""

import pytest

from entrypoints.container import Platform
from entrypoints.http.limits import Rate
from supervision_core.audit.model import Outcome
from supervision_core.identity.ports import Regions

from .browsing import Browser, Document, entered
from .conftest import Surface, client_of, opened

REGIONS = "/gov/identity/regions"
NANNING = f"{REGIONS}/r450100"
WUZHOU = {
    "code": "450400", "name": "梧州市", "level": "city", "parent": "450000", "graded": "yes",
    "position": "7",
}  # fmt: skip


@pytest.fixture
def system(surface: Surface) -> Browser:
    """Give the browser of the system administrator of the province."""
    return entered(surface, "system")


def rows(page: Document) -> str:
    """Give the words of a page."""
    return " ".join(page.words)


@pytest.mark.function("F087", surface="page", complete=True)
def test_regions_are_listed_with_what_can_be_done(system: Browser) -> None:
    """行政区划基础信息展示: name, level, code, what is above, position; 修改 and 查看 lead on."""
    page = system.see(REGIONS)
    assert "南宁市 市级 450100 广西壮族自治区 否 1 是" in rows(page)
    assert "桂林市" not in rows(page)  # deleted
    assert {NANNING, f"{NANNING}/change", f"{NANNING}/delete"} <= set(page.links)
    for title in ("区划名称", "所属层级", "区划代码", "上级区划", "排序号"):
        assert title in page.words


def test_the_supervision_of_draws_is_set_by_name(system: Browser) -> None:
    """随机抽取的监督部门: written by name, shown by name, kept as the department that it is."""
    form = {**system.see(f"{NANNING}/change").forms[f"{NANNING}/change"]}
    unknown = system.go(f"{NANNING}/change", {**form, "supervision": "没有这个部门"})
    assert unknown.status_code == 422
    said = system.go(f"{NANNING}/change", {**form, "supervision": "机构liuzhou"})
    assert said.status_code == 303
    assert "机构liuzhou" in rows(system.see(NANNING))
    again = system.see(f"{NANNING}/change").forms[f"{NANNING}/change"]
    assert again["supervision"].startswith("机构liuzhou")


def test_a_region_is_chosen_in_the_tree(system: Browser) -> None:
    """选择区划 (2676): beside the list stand all; one leads to what lies right below it."""
    tree = {f"{REGIONS}?parent={code}" for code in ("450000", "450100", "450103")}
    assert tree <= set(system.see(REGIONS).links)
    page = system.see(f"{REGIONS}?parent=450100")
    assert f"{REGIONS}/r450103" in page.links
    assert f"{REGIONS}/r450200" not in page.links
    chosen = [one for tag, one in page.shown if tag == "a" and one.get("aria-current") == "true"]
    assert [one["href"] for one in chosen] == [f"{REGIONS}?parent=450100"]


@pytest.mark.function("F090", surface="page", complete=True)
@pytest.mark.parametrize("text", ["柳州", "州", "4502", "450200"], ids=["a", "b", "c", "d"])
def test_regions_are_found_by_part_of_name_or_code(system: Browser, text: str) -> None:
    """行政区划检索: whatever part of name or code is typed; the rest is not shown."""
    page = system.see(f"{REGIONS}?text={text}")
    assert page.fields["text"] == text
    assert f"{REGIONS}/r450200" in page.links
    assert f"{REGIONS}/r450500" not in page.links


def test_a_search_without_result_says_so(system: Browser) -> None:
    """Nothing found is told in words."""
    assert "没有符合条件的记录。" in system.see(f"{REGIONS}?text=无此地").words


@pytest.mark.function("F089", surface="page", complete=True)
def test_a_region_is_viewed_whole(system: Browser) -> None:
    """行政区划查看: 上级区划、所属层级、区划代码、区划名称、是否分级管理、排序号."""
    page = system.see(NANNING)
    wanted = (
        "区划名称 南宁市 所属层级 市级 区划代码 450100 上级区划 广西壮族自治区 "
        "是否分级管理 否 排序号 1"
    )
    assert wanted in rows(page)


@pytest.mark.function("F091", surface="page")
@pytest.mark.function("F088", surface="page")
def test_a_region_is_added_and_it_is_said(system: Browser) -> None:
    """新增行政区划: the answer leads to the region, which says that it was saved."""
    answer = system.send(f"{REGIONS}/add", **WUZHOU)
    assert answer.status_code == 303
    page = system.see(answer.headers["location"])
    assert "新增成功。" in page.words
    assert "区划代码 450400 上级区划 广西壮族自治区 是否分级管理 是 排序号 7" in rows(page)


def test_a_region_without_position_goes_to_the_end(system: Browser) -> None:
    """排序号: who leaves it out gets the last one."""
    answer = system.send(f"{REGIONS}/add", **{**WUZHOU, "position": ""})
    assert "排序号 6" in rows(system.see(answer.headers["location"]))


def test_reasons_stand_beside_their_fields(system: Browser) -> None:
    """A refusal comes on the form with what was typed, and every reason at its field."""
    answer = system.send(f"{REGIONS}/add", **{**WUZHOU, "name": "", "level": "county"})
    assert answer.status_code == 422
    page = Document(answer.text)
    assert page.forms[f"{REGIONS}/add"]["code"] == "450400"
    wrong = {found["id"] for _, found in page.shown if found.get("aria-invalid") == "true"}
    assert wrong == {"name", "level"}
    described = {found.get("aria-describedby") for _, found in page.shown}
    assert {"name-fault", "level-fault"} <= described
    assert {"#name", "#level"} <= set(page.links)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [("position", "第七", "格式应为整数，只写数字"), ("position", "1_0", "格式应为整数"),
     ("graded", "maybe", "格式应为是或否"),
     ("level", "town", "取值应为：省级、市级、县级")],
    ids=["words", "score", "flag", "level"],
)  # fmt: skip
def test_what_no_field_takes_is_told_there(
    system: Browser, name: str, text: str, said: str
) -> None:
    """A field says what it takes. Error: http.wrong_form, http.unknown_choice."""
    answer = system.send(f"{REGIONS}/add", **{**WUZHOU, name: text})
    assert (answer.status_code, said in answer.text) == (422, True)


def test_a_form_sent_twice_is_done_once(system: Browser) -> None:
    """幂等: the same form again, as a browser sends it whose answer got lost, has one effect."""
    form = {**system.see(f"{REGIONS}/add").forms[f"{REGIONS}/add"], **WUZHOU}
    first = system.go(f"{REGIONS}/add", form)
    again = system.go(f"{REGIONS}/add", form)
    assert again.headers["location"] == first.headers["location"]
    assert len(system.surface.audited()) == 1
    other = system.go(f"{REGIONS}/add", {**form, "name": "贺州市", "code": "451100"})
    assert other.status_code == 422
    assert "这张表单已经提交过" in other.text
    sent = Document(other.text).forms[f"{REGIONS}/add"]
    assert system.go(f"{REGIONS}/add", sent).status_code == 303  # its key is a new one


@pytest.mark.function("F088", surface="page", complete=True)
def test_a_region_is_changed_and_it_is_said(system: Browser) -> None:
    """行政区划修改: the form holds what is stored; the answer says whether it was changed."""
    form = system.see(f"{NANNING}/change").forms[f"{NANNING}/change"]
    wanted = {"code": "450100", "name": "南宁市", "level": "city", "parent": "450000",
              "graded": "no", "position": "1"}  # fmt: skip
    assert {name: form[name] for name in wanted} == wanted
    answer = system.go(f"{NANNING}/change", {**form, "name": "南宁", "graded": "yes"})
    page = system.see(answer.headers["location"])
    assert "修改成功。" in page.words
    assert "区划名称 南宁 " in rows(page)
    refused = system.send(f"{NANNING}/change", name="")
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text


def test_a_stale_form_is_refused(system: Browser) -> None:
    """A form made of an older version changes nothing, nor does one without.

    It says what there is now, and sent once more it goes over that. Error: outdated.
    """
    form = system.see(f"{NANNING}/change").forms[f"{NANNING}/change"]
    system.send(f"{NANNING}/change", name="邕州市")
    stale = system.go(f"{NANNING}/change", {**form, "name": "南宁"})
    assert (stale.status_code, "已不是您看到的版本" in stale.text) == (412, True)
    shown = Document(stale.text)
    assert "区划名称（现在的内容） 邕州市" in " ".join(shown.words)
    assert shown.fields["name"] == "南宁"
    assert int(shown.fields["version"]) == int(form["version"]) + 1
    for version in ("", "x", "-1"):
        without = {**form, "name": "南宁", "key": "k", "version": version}
        assert system.go(f"{NANNING}/change", without).status_code == 412
    assert "邕州市" in rows(system.see(NANNING))
    again = system.go(f"{NANNING}/change", shown.forms[f"{NANNING}/change"])
    assert again.status_code == 303
    assert "区划名称 南宁 " in rows(system.see(NANNING))


def test_the_code_of_a_region_stays(system: Browser) -> None:
    """区划代码 is shown, not asked for; who sends another is refused. Error: region_code_fixed."""
    shown = system.see(f"{NANNING}/change").shown
    assert any(one.get("id") == "code" and "readonly" in one for _, one in shown)
    answer = system.send(f"{NANNING}/change", code="450200")
    assert (answer.status_code, "区划代码不能修改" in answer.text) == (422, True)


@pytest.mark.function("F091", surface="page", complete=True)
def test_a_region_is_deleted_after_it_was_asked(system: Browser) -> None:
    """删除行政区划: asked first; logical; then the list says so, and does not hold it."""
    beihai = f"{REGIONS}/r450500"
    assert "将删除“北海市（450500）”" in system.go(f"{beihai}/delete").text
    answer = system.send(f"{beihai}/delete")
    page = system.see(answer.headers["location"])
    assert "删除成功。" in page.words
    assert "北海市" not in rows(page)
    assert system.go(beihai).status_code == 404
    with system.surface.province.platform.transactions.begin() as unit:
        assert unit[Regions].get("r450500").deleted  # 逻辑删除


@pytest.mark.function("F091", surface="page")
def test_why_a_region_cannot_be_deleted_is_said(system: Browser) -> None:
    """删除是否成功: what is in use stays, and the page says why. Error: identity.region_in_use."""
    answer = system.send(f"{NANNING}/delete")
    assert (answer.status_code, "该区划还有下级区划或所属机构" in answer.text) == (422, True)


def test_pages_offer_only_what_may_be_done(surface: Surface) -> None:
    """Who may look only finds no link that changes; who may nothing has no link here at all."""
    page = entered(surface, "reader").see(REGIONS)
    assert NANNING in page.links
    assert not [one for one in page.links if one.endswith(("/add", "/change", "/delete"))]
    assert REGIONS not in entered(surface, "nobody").see("/gov").links
    far = entered(surface, "far_system").see(REGIONS)
    assert f"{REGIONS}/r450200/change" in far.links
    assert f"{NANNING}/change" not in far.links


def test_another_citys_region_is_as_if_it_were_not(surface: Surface) -> None:
    """Out of scope: the change is answered as that of a region that is none, and audited."""
    far = entered(surface, "far_system")
    form = {**far.see(f"{REGIONS}/r450200/change").forms[f"{REGIONS}/r450200/change"]}
    foreign = far.go(f"{NANNING}/change", {**form, **WUZHOU, "code": "450100", "version": "1"})
    absent = far.go(f"{REGIONS}/zzz/change", {**form, **WUZHOU, "version": "1"})
    assert foreign.status_code == absent.status_code == 404
    (row,) = surface.audited()
    assert (row.action, row.outcome) == ("identity.change_region", Outcome.DENIED)


def test_pages_count_for_the_limit_of_their_user(bare_platform: Platform) -> None:
    """限流: as in the interface, each user has so many requests. Error: http.too_many."""
    app, province, store = opened(bare_platform, per_user=Rate(0.001, 2))
    with client_of(app) as client:
        system = entered(Surface(app, province, store, client), "system")
        answers = [system.go(REGIONS) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert "请求过于频繁" in answers[-1].text


def test_a_list_goes_on_page_by_page(system: Browser) -> None:
    """翻页: the link holds the search; the first page can be reached again."""
    for number in range(25):
        code = f"4501{number + 30:02}"
        filled = {**WUZHOU, "code": code, "name": f"示例{number}区", "level": "county"}
        system.send(f"{REGIONS}/add", **{**filled, "parent": "450100", "position": str(number)})
    page = system.see(f"{REGIONS}?text=示例")
    (following,) = (one for one in page.links if "cursor=" in one)
    assert "text=" in following
    rest = system.see(following)
    assert sum(one.endswith("/change") for one in (*page.links, *rest.links)) == 25
    assert not [one for one in rest.links if "cursor=" in one]
    assert system.go(f"{REGIONS}?cursor=zzz").status_code == 400
