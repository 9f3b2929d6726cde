"""合规经营手册: written, published, previewed and compared, read by staff, chosen for a scene.

The accounts are made by the administrators of the installation and log in as their users do.
"""

import re

import pypdfium2
import pytest
from attrs import frozen
from tests.integration.chromium import WATCH, findings

from .desk import PHONE, Desk
from .prepared import Hand, hand
from .staff import Staff

OFFICE, OTHER = "文化和旅游局", "市场监管局"
TRADE, SECOND = "旅行社", "民宿"
SCENE = "旅游市场综合监管"
NAME = "旅行社合规经营手册"
LAW = "《旅行社条例》第六条"
ITEM = "旅行社许可证检查"
DEMAND = "申请经营旅行社业务，须取得旅行社业务经营许可证"
RISK = "未取得许可证经营的，没收违法所得并处罚款"


@frozen
class Ground:
    """What there is before a handbook is written."""

    staff: Staff
    hand: Hand
    scene: str
    trades: dict[str, str]


@pytest.fixture(scope="module")
def ground(staff: Staff) -> Ground:
    """Make two trades, a scene of both, and an item of checks."""
    lead = staff.department(OFFICE)
    trades = {
        name: staff.call(0, "POST", "/api/v1/identity/trades", {
            "content": {"name": name, "code": f"T{at}"}
        })["id"]
        for at, name in enumerate((TRADE, SECOND))
    }  # fmt: skip
    maker = hand(staff, "scene_administrator", "checklist_editor", department=OFFICE)
    scene = maker.do("scenes.create", code="TRAVEL", region="450100", basics={
        "name": SCENE, "lead": lead, "trades": list(trades.values()),
    })  # fmt: skip
    maker.do("items.add_check_item", code="LY-001", content={
        "matter": ITEM, "content": "是否取得许可证", "department": lead,
    })  # fmt: skip
    return Ground(staff, maker, scene["id"] if isinstance(scene, dict) else scene, trades)


@pytest.fixture(scope="module")
def editor(ground: Ground) -> Desk:
    """Give the desk of who writes handbooks."""
    found = ground.staff.desk("checklist_editor", department=OFFICE)
    found.page.on("dialog", lambda asked: asked.accept())
    return found


def put(desk: Desk, link: str, **fields: str) -> None:
    """Fill a form of the editor in and save it; a choice takes the words of its option."""
    desk.main.get_by_role("link", name=link, exact=True).first.click()
    save(desk, **fields)


def save(desk: Desk, **fields: str) -> None:
    """Fill the form of the page in, and send it."""
    form = desk.main.locator("form.columns")
    form.wait_for()
    for name, text in fields.items():
        field = form.locator(f'[name="{name}"]').first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)
    form.get_by_role("button", name="保存", exact=True).click()


def said(desk: Desk, words: str) -> None:
    """Wait for a page that tells that something was done."""
    desk.page.get_by_role("status").filter(has_text=words).wait_for()


def closed(desk: Desk) -> None:
    """Close the drawer by its button; nobody is asked whether to."""
    desk.drawer.get_by_role("button", name="关闭").first.click()
    desk.drawer.wait_for(state="hidden")


def chapter(desk: Desk, name: str) -> None:
    """Go to a chapter by the tree."""
    tree = desk.page.get_by_role("navigation", name="手册类别")
    link = tree.get_by_role("link", name=name, exact=True)
    link.click()
    desk.until(lambda: link.get_attribute("aria-current"), "true")


def written(desk: Desk) -> None:
    """Write a handbook: two parts, a chapter in a chapter, elements with risk, law and item."""
    desk.open("一业一册", "合规经营手册")
    desk.heads(
        "手册名称", "所属业态", "场景名称", "制定部门", "状态", "排序", "浏览次数", "更新时间"
    )
    desk.start("新增经营手册")
    desk.fill(
        region="450100", name=NAME, trade=TRADE, scene=SCENE, scope="旅行社法人", department=OFFICE,
        position="2", batch="LXS1128",
    )  # fmt: skip
    desk.drawer.locator("[name=attachments]").set_input_files(
        {"name": "手册.txt", "mimeType": "text/plain", "buffer": "旅行社合规经营手册".encode()}
    )
    desk.press("保存")
    desk.told("新增成功")
    assert "草稿" in desk.row(NAME).inner_text()
    desk.row(NAME).get_by_role("link", name="类别和要素").click()
    put(desk, "新增类别", name="经营资质", part="通用", position="1")
    said(desk, "新增成功")
    put(desk, "新增下级类别", name="许可证")
    said(desk, "新增成功")
    chapter(desk, "专用部分")
    put(desk, "新增类别", name="旅游合同")
    said(desk, "新增成功")
    assert "专用部分" in desk.page.get_by_role("navigation", name="手册类别").inner_text()
    chapter(desk, "1.1 许可证")
    put(desk, "新增要素", requirement=DEMAND, basis="旅行社条例第六条", risk=RISK)
    desk.main.get_by_text("法律法规依据").first.wait_for()
    desk.main.locator(".fault").first.wait_for()
    save(desk, basis=LAW, items=ITEM, departments=f"{OFFICE}\n{OTHER}", position="1")
    said(desk, "新增成功")
    chapter(desk, "2 旅游合同")
    put(desk, "新增要素", requirement="须与旅游者订立书面合同", basis="《旅游法》第五十七条")
    said(desk, "新增成功")


def act(desk: Desk, name: str, words: str, told: str) -> None:
    """Do something with a handbook by its row, and wait for it to be told."""
    desk.act(name, words)
    desk.press("确认删除" if words == "删除" else "")
    desk.told(told)


@pytest.mark.function("F059", surface="page", complete=True)
def test_a_handbook_is_written_and_published(ground: Ground, editor: Desk) -> None:
    """经营手册维护: 基本信息、左树（类别可配置）右表（要素内容、排序）、按要素内容筛选、发布、撤回.

    Nothing is published without risk hint and law; a withdrawn one is a to-do of its department.
    Where nothing was asked for, a refusal closes without asking about anything unsaved.
    """
    ground.staff.department(OTHER)
    desk = editor
    written(desk)
    chapter(desk, "全部")
    desk.search(text="书面合同")
    rows = desk.page.locator("tbody tr")
    desk.until(rows.count, 1)
    assert "须与旅游者订立书面合同" in rows.first.inner_text()
    desk.heads("要素内容", "风险提示", "排序")
    desk.open("一业一册", "合规经营手册")
    desk.act(NAME, "发布")
    desk.press()
    desk.drawer.get_by_text("没有风险提示").first.wait_for()
    closed(desk)
    desk.row(NAME).get_by_role("link", name="类别和要素").click()
    desk.row("书面合同").get_by_role("link", name="修改").click()
    save(desk, risk="未订立书面合同的，责令改正并处罚款", position="5")
    said(desk, "修改成功")
    assert desk.row("书面合同").locator("td").nth(5).inner_text() == "5"
    desk.main.get_by_role("link", name="修改类别").click()
    save(desk, name="旅游合同与广告")
    said(desk, "修改成功")
    put(desk, "新增要素", requirement="多余的要素")
    said(desk, "新增成功")
    desk.row("多余的要素").get_by_role("link", name="删除").click()
    desk.main.get_by_role("button", name="确认删除").click()
    said(desk, "删除成功")
    desk.main.get_by_role("link", name="删除类别").click()
    desk.main.get_by_role("button", name="确认删除").click()
    desk.page.get_by_role("alert").get_by_text("还有下级类别或要素").first.wait_for()
    desk.open("一业一册", "合规经营手册")
    act(desk, NAME, "发布", "已办理")
    assert "已发布" in desk.row(NAME).inner_text()
    desk.keep("handbooks")
    desk.act(NAME, "修改")
    assert desk.drawer.locator("[name=trade]").input_value().startswith(TRADE)
    desk.fill(scope="旅行社法人、旅行社分社")
    desk.press("保存")
    desk.told("修改成功")
    desk.row(NAME).get_by_role("link", name=NAME, exact=True).first.click()
    desk.drawer.get_by_text("手册.txt").wait_for()
    desk.close()
    act(desk, NAME, "撤回", "已办理")
    desk.search(name="旅行社", state="已撤回")
    desk.until(desk.page.locator("tbody tr:not(.rows-none)").count, 1)
    desk.open("我的工作台", "待办事宜")
    desk.row(NAME).filter(has_text="发布手册").wait_for()
    desk.open("一业一册", "合规经营手册")
    act(desk, NAME, "发布", "已办理")


@pytest.mark.function("F060", surface="page", complete=True)
def test_a_handbook_is_previewed_and_compared(ground: Ground, editor: Desk) -> None:
    """经营手册预览: 要素与内容, 业态、场景和目录的切换; 屏幕、纸面、手机; 版本比较."""
    desk = editor
    second = ground.hand.do("handbooks.create", region="450100", basics={
        "name": "民宿合规经营手册", "trade": ground.trades[SECOND], "scene": ground.scene,
        "scope": "民宿", "department": ground.staff.department(OFFICE),
    })  # fmt: skip
    assert second
    desk.open("一业一册", "合规经营手册")
    desk.row(NAME).get_by_role("link", name="预览").click()
    desk.page.get_by_role("heading", name=f"预览：{NAME}").wait_for()
    article = desk.main.get_by_role("article")
    for words in (DEMAND, RISK, LAW, ITEM, OTHER, "通用部分", "专用部分", "旅游合同与广告"):
        assert words in article.inner_text()
    outline = desk.main.get_by_role("navigation", name="手册目录")
    outline.get_by_role("link", name="2 旅游合同与广告").click()
    assert desk.page.url.split("#")[1].startswith("chapter-")
    desk.keep("handbook-preview")
    ways = desk.main.get_by_role("navigation", name="业态")
    ways.get_by_role("link", name=SECOND, exact=True).click()
    desk.page.get_by_role("heading", name="预览：民宿合规经营手册").wait_for()
    ways = desk.main.get_by_role("navigation", name="场景")
    ways.get_by_role("link", name=SCENE, exact=True).click()
    shelf = desk.main.get_by_role("navigation", name="手册", exact=True)
    desk.until(shelf.get_by_role("link").all_inner_texts, ["民宿合规经营手册", NAME])
    shelf.get_by_role("link", name=NAME).click()
    desk.page.get_by_role("heading", name=f"预览：{NAME}").wait_for()
    for look in ("纸面", "手机"):
        ways = desk.main.get_by_role("navigation", name="样式")
        ways.get_by_role("link", name=look).click()
        ways.locator("[aria-current]", has_text=look).wait_for()
        desk.keep(f"handbook-{look}")
        if look == "纸面":
            _printed_whole(desk)
    versions = desk.main.get_by_role("navigation", name="版本")
    versions.get_by_role("link", name="第1版").click()
    article.get_by_text("第1版").wait_for()
    desk.main.get_by_role("link", name="返回手册").click()
    desk.main.get_by_role("link", name="版本比较").click()
    desk.search(before="第1版", after="第2版")
    row = desk.row("监管对象范围")
    for words in ("修改", "基本信息", "旅行社法人", "旅行社法人、旅行社分社"):
        assert words in row.inner_text()
    desk.keep("handbook-compare")


def _printed_whole(desk: Desk) -> None:
    """On A4 its text is as wide as the page lets it, its name stands once, pages are numbered."""
    desk.page.emulate_media(media="print")
    width = "one => one.getBoundingClientRect().width"
    article = desk.main.get_by_role("article")
    assert article.evaluate(width) == desk.main.locator(".handbook").evaluate(width)
    assert not desk.page.get_by_role("heading", name=f"预览：{NAME}").is_visible()
    with pypdfium2.PdfDocument(desk.page.pdf(prefer_css_page_size=True)) as paper:
        said = paper[0].get_textpage().get_text_bounded()
        assert f"第1页共{len(paper)}页" in re.sub(r"\s", "", said)
    desk.page.emulate_media(media="screen")


@pytest.mark.function("F016", surface="page", complete=True)
def test_staff_read_what_is_published(ground: Ground, editor: Desk) -> None:
    """合规经营手册: 各手册的指南和详细说明; staff read published ones alone, and are counted."""
    officer = ground.staff.desk("officer", department=OTHER)
    officer.open("一业一册", "手册阅览")
    shelf = officer.main.get_by_role("navigation", name="手册", exact=True)
    assert shelf.get_by_role("link").all_inner_texts() == [NAME]
    article = officer.main.get_by_role("article")
    for words in (DEMAND, RISK, LAW, OTHER, "旅行社法人、旅行社分社", "第2版"):
        assert words in article.inner_text()
    officer.keep("handbook-reading")
    officer.search(text="没有写过的要求")
    officer.main.get_by_text("没有符合条件的手册").wait_for()
    officer.search(text="许可证")
    article.get_by_text(DEMAND).wait_for()
    editor.open("一业一册", "合规经营手册")
    read = int(editor.row(NAME).locator("td").nth(6).inner_text())
    assert read >= 2
    act(editor, NAME, "停用", "停用成功")
    officer.open("一业一册", "手册阅览")
    officer.main.get_by_text("没有符合条件的手册").wait_for()
    act(editor, NAME, "启用", "启用成功")
    officer.open("一业一册", "手册阅览")
    article.get_by_text(DEMAND).wait_for()


@pytest.mark.function("F001", surface="page", complete=True)
@pytest.mark.function("F163", surface="page", complete=True)
def test_citizens_find_and_read_one_on_a_phone(ground: Ground, editor: Desk) -> None:
    """手册阅览: 列表、关键词、业态、场景、时间, 章节, 部门联系方式, 搜索历史; 浏览计数.

    A draw is checked there too: by one firm, its seed and its threshold.
    """
    del editor
    keeper = hand(ground.staff, "department_administrator", department=OFFICE)
    told = {"department": ground.staff.department(OFFICE), "contact": "0771-5500000"}
    kept = keeper.client.post("/api/v1/content/department_contacts", json={"content": told})
    assert kept.is_success, kept.text
    context = ground.staff.chromium.new_context(viewport=PHONE)
    context.add_init_script(WATCH)
    page = context.new_page()
    citizen = Desk(page, ground.staff.at)
    page.goto(f"{ground.staff.at.url}/")
    _fit(citizen, "portal")
    columns = page.get_by_role("navigation", name="公开栏目")
    columns.get_by_role("link", name="合规经营手册").click()
    page.get_by_role("heading", name="合规经营手册", exact=True).wait_for()
    lines = page.get_by_role("list", name="合规经营手册")
    for words in (NAME, TRADE, SCENE, OFFICE, "旅行社法人、旅行社分社"):
        assert words in lines.inner_text()
    _fit(citizen, "portal-handbooks")
    for fields, found in (
        ({"text": "没有写过的要求"}, False), ({"text": "许可证"}, True),
        ({"trade": SECOND}, False), ({"trade": TRADE}, True), ({"scene": SCENE}, True),
        ({"since": "2000-01-01"}, True), ({"until": "2000-01-01"}, False),
    ):  # fmt: skip
        page.goto(f"{ground.staff.at.url}/open/handbooks")
        citizen.more()
        citizen.search(**fields)
        assert (NAME in lines.inner_text()) is found, fields
    page.goto(f"{ground.staff.at.url}/open/handbooks")
    page.get_by_role("link", name="许可证", exact=True).click()
    page.get_by_role("link", name=NAME, exact=True).click()
    article = page.get_by_role("article")
    for words in (DEMAND, RISK, LAW, OTHER, "通用部分", "专用部分", "0771-5500000"):
        assert words in article.inner_text()
    _fit(citizen, "portal-handbook")
    page.goto(f"{ground.staff.at.url}/open/draw-check?code=a&seed={'0' * 64}&threshold={'f' * 64}")
    page.get_by_text("不大于入选线：抽中。").wait_for()
    _fit(citizen, "portal-draw-check")
    context.close()
    reads, listed = ground.hand.client, "/api/v1/handbooks/handbooks"
    (id_,) = [one["id"] for one in reads.get(listed).json()["items"] if one["name"] == NAME]
    assert reads.get(f"{listed}/{id_}").json()["content"]["public_reads"] == 1


def _fit(desk: Desk, name: str) -> None:
    """Hold that a public page is fit for desk and phone: width, axe, and nothing is refused."""
    desk.keep(name)
    assert findings(desk.page) == []
    assert desk.page.evaluate("window.violations") == []
    desk.page.set_viewport_size(PHONE)


@pytest.mark.function("F127", surface="page", complete=True)
def test_staff_read_them_on_a_phone(ground: Ground, editor: Desk) -> None:
    """合规经营手册（移动端）: 本地区的场景, 场景下的手册, 手册详情."""
    del editor
    officer = ground.staff.enter(ground.staff.hire("officer", department=OTHER), home="/m")
    page = officer.page
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="合规经营手册").first.click()
    page.get_by_role("heading", name="合规经营手册", exact=True).wait_for()
    page.get_by_role("navigation", name="场景").get_by_role("link", name=SCENE).click()
    shelf = page.get_by_role("navigation", name="经营手册")
    shelf.get_by_role("link", name=NAME).click()
    article = page.get_by_role("article")
    for words in (DEMAND, RISK, LAW, OTHER, OFFICE, TRADE):
        assert words in article.inner_text()
    officer.keep("phone-handbook")
