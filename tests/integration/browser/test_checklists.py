"""综合检查单, in a real browser: edited, previewed, fetched, compared, reused, used by scenes.

The accounts are made by the administrators of the installation and log in as their users do.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from .desk import Desk
from .prepared import Hand, hand
from .staff import Staff
from .test_catalogue import county

OFFICE, POLICE, TRADE_OFFICE = "市场监管局", "公安局", "工商局"
LAW = "食品安全综合监管示例办法"
CITATION = f"《{LAW}》（2021-04-29）第一条"
NAME = "北京市餐饮行业日常监管综合检查单"
PERMIT, PUBLICITY = "1.餐饮服务提供资质类", "2.信息公示"
DOMAIN = "餐饮服务"
SHOWN = (
    "在经营场所显著位置悬挂或者摆放食品经营许可证正本，或以电子形式公示，"
    "并开展过日常监督检查的餐饮服务提供者，按照"
)
POSTED = "在经营场所显著位置张贴或者公示监管部门责令整改通知书等具有重要影响的监管检查记录公示表。"
SAMPLE = (
    (PERMIT, "1.1食品经营许可证合法有效",
     "食品经营许可证合法有效，与经营场所（实际门店）地址一致。", "offsite", "4"),
    (PERMIT, "1.2餐饮服务场所开展餐饮服务活动。",
     "未取得许可经营项目擅自开展餐饮服务活动。", "onsite", "34"),
    (PUBLICITY, "2.1经营许可证公示", SHOWN, "onsite", "4"),
    (PUBLICITY, "2.2监管检查记录公示", POSTED, "onsite", "34"),
    (PUBLICITY, "2.3公示有效健康证明", "公示从事接触直接入口食品工作的从业人员的有效健康证明",
     "onsite", "34"),
)  # fmt: skip
"""The sheet of proposal 2352-2364, as far as its text goes."""
GRADES = "ABCD"


@pytest.fixture(scope="module")
def maker(staff: Staff) -> Hand:
    """Give the interface of who keeps the items of a department, with a law and a trade there."""
    for name, code in (("餐饮", "CY"), ("旅行社", "LXS")):
        staff.call(0, "POST", "/api/v1/identity/trades", {"content": {"name": name, "code": code}})
    made = hand(staff, "checklist_editor", "scene_administrator", department=OFFICE)
    law = made.do("items.add_law", content={
        "title": LAW, "kind": "rule", "issuer": "示例机关", "promulgated_on": "2021-04-29",
        "in_force_from": "2021-04-29", "whole": "第一条　食品经营者应当依法取得许可并公示。",
    })  # fmt: skip
    made.do("items.enable_law", law_id=_id(law))
    return made


@pytest.fixture(scope="module")
def desk(staff: Staff, maker: Hand) -> Desk:
    """Give the desk of who compiles checklists."""
    del maker
    for one in (POLICE, TRADE_OFFICE):
        staff.department(one)
    found = staff.desk("checklist_editor", department=OFFICE)
    found.page.on("dialog", lambda asked: asked.accept())
    return found


def _id(answer: Any) -> str:
    return str(answer["id"] if isinstance(answer, dict) else answer)


def item(staff: Staff, maker: Hand, code: str, **content: Any) -> str:
    """Put an enabled item into the library; give its id."""
    said = {
        "department": staff.department(OFFICE), "method": "实地查验",
        "basis": [{"document": LAW, "article": "第一条", "version": "2021-04-29"}], **content,
    }  # fmt: skip
    made = _id(maker.do("items.add_check_item", code=code, content=said))
    maker.do("items.enable_check_item", check_item_id=made)
    return made


def begin(desk: Desk, name: str, code: str, *joining: str, lead: str = OFFICE) -> None:
    """Begin a checklist, and go to its items."""
    desk.open("一业一单", "综合检查单")
    desk.start("新增检查单")
    assert desk.drawer.get_by_text("检查单项", exact=True).count() == 0
    desk.fill(**{
        "code": code, "region": "南宁市", "content.name": name, "content.trade": "餐饮",
        "content.lead": lead, "content.joining": "\n".join(joining),
        "content.note": "全区统一使用",
    })  # fmt: skip
    desk.press()
    desk.page.get_by_role("heading", name=f"综合检查单：{name}").wait_for()
    desk.told("新增成功")
    desk.main.get_by_role("link", name="编制检查内容").click()
    desk.page.get_by_role("heading", name=f"编制检查内容：{name}").wait_for()


def opened(desk: Desk, name: str) -> None:
    """Open the page of a checklist, not the drawer."""
    desk.open("一业一单", "综合检查单")
    link = desk.row(name).get_by_role("link", name=name, exact=True).first
    desk.page.goto(f"{desk.at.url}{link.get_attribute('href')}")


def edit(desk: Desk, name: str) -> None:
    """Go to the items of a checklist."""
    opened(desk, name)
    desk.main.get_by_role("link", name="编制检查内容").click()
    desk.page.get_by_role("heading", name=f"编制检查内容：{name}").wait_for()


def codes(desk: Desk) -> list[str]:
    """Give the codes of the items in their order."""
    return [
        one.inner_text().split("编辑")[0].strip()
        for one in desk.page.locator('td[data-title="编码"] a').all()
    ]


def write(desk: Desk, said: tuple[str, str, str, str, str], label: str) -> None:
    """Fill in what is left of an item of the sample, and save it."""
    matter, sub_item, content, site, grades = said
    page = desk.page
    for name, text in (("matter", matter), ("sub_item", sub_item), ("content", content)):
        page.locator(f'[name="line.content.{name}"]').fill(text)
    page.locator('[name="line.content.site"]').select_option(site)
    for number, letter in enumerate(GRADES, 1):
        page.get_by_label(letter, exact=True).set_checked(str(number) in grades)
    page.get_by_role("button", name="保存", exact=True).click()
    desk.told(label)


def downloaded(desk: Desk, words: str) -> bytes:
    """Press a link that gives a file; give its bytes."""
    with desk.page.expect_download() as taking:
        desk.main.get_by_role("link", name=words, exact=True).click()
    return Path(taking.value.path()).read_bytes()


def pressed(desk: Desk, words: str, done: str) -> None:
    """Press a button of the page, and wait for what it did to be said."""
    desk.page.get_by_role("button", name=words, exact=True).click()
    desk.told(done)


def acted(desk: Desk, words: str, button: str = "") -> None:
    """Press a link of the page and the button of the form in the drawer; wait for it to be done."""
    desk.main.get_by_role("link", name=words, exact=True).first.click()
    desk.drawer.get_by_role("heading").first.wait_for()
    desk.press(button)
    desk.drawer.wait_for(state="hidden")
    desk.page.get_by_role("status").first.wait_for()


def together(desk: Desk, words: str, *names: str) -> None:
    """Do the same with several rows, and wait for what became of each."""
    for name in names:
        desk.page.get_by_label(f"选择{name}", exact=True).check()
    desk.page.get_by_role("button", name=words).click()
    desk.page.locator("form.batch").get_by_role("button", name=words).click()
    desk.page.locator("[data-batched]").first.wait_for()


def removed_is_told(desk: Desk, base: str, content: str) -> None:
    """Remove the last item of the draft: a comparison says what it was, not its matter alone."""
    desk.page.goto(f"{base}/items")
    desk.page.locator("tbody td.check input").last.check()
    desk.main.get_by_role("button", name="移除所选项").click()
    desk.page.get_by_role("status").first.wait_for()
    desk.page.goto(f"{base}/changes?before=2&after=0")
    desk.main.get_by_text(content).wait_for()


@pytest.mark.function("F050", surface="page", complete=True)
@pytest.mark.function("F052", surface="page", complete=True)
@pytest.mark.function("F054", surface="page", complete=True)
@pytest.mark.function("F056", surface="page", complete=True)
@pytest.mark.function("F057", surface="page", complete=True)
@pytest.mark.function("F058", surface="page", complete=True)
def test_the_sample_sheet_is_compiled(  # noqa: PLR0915 - one whole story
    staff: Staff, maker: Hand, desk: Desk
) -> None:
    """综合检查单维护: 方案示例表（2352-2364）逐项编制、排序、分领域、发布、预览、下载、变更记录.

    列表显示检查单名称、关联业态、牵头部门、参与部门、是否启用; 表头留空各项和检查领域都在预览里.
    """
    for at, (matter, sub_item, content, site, _) in enumerate(SAMPLE[:4], 1):
        item(staff, maker, f"CY-{at}", matter=matter, sub_item=sub_item, content=content, site=site)
    begin(desk, NAME, "CY-2023", POLICE, TRADE_OFFICE)
    page, base = desk.page, desk.page.url.removesuffix("/items")
    desk.main.get_by_role("link", name="关联检查事项").click()
    page.get_by_role("heading", name="关联检查事项：").wait_for()
    desk.search(matter="信息公示")
    desk.until(page.locator("tbody tr").count, 2)
    desk.search(matter="")
    desk.until(page.locator("tbody tr").count, 4)
    page.get_by_label("归入的检查领域").fill(DOMAIN)
    page.get_by_label("全选").check()
    pressed(desk, "加入检查单", "新增成功")
    desk.until(page.get_by_text("已关联", exact=True).count, 4)
    desk.main.get_by_role("link", name="返回编制").click()
    desk.until(lambda: codes(desk), ["1.1", "1.2", "2.1", "2.2"])
    for at, code in enumerate(("1.1", "1.2", "2.1", "2.2")):
        page.locator('td[data-title="编码"] a').nth(at).click()
        page.get_by_role("heading", name=f"检查项{code}").wait_for()
        write(desk, SAMPLE[at], "修改成功")
    desk.main.get_by_role("link", name="新增检查项").click()
    page.get_by_role("heading", name="新增检查项：").wait_for()
    write(desk, SAMPLE[4], "新增成功")
    desk.until(lambda: codes(desk), ["1.1", "1.2", "2.1", "2.2", "2.3"])
    desk.main.get_by_role("link", name="发布", exact=True).click()
    desk.press()
    desk.drawer.get_by_text("没有法律依据").first.wait_for()
    desk.close()
    page.locator('td[data-title="编码"] a').nth(4).click()
    page.locator('[name="line.content.method"]').fill("实地查验")
    page.locator('[name="line.content.basis"]').fill(CITATION)
    page.get_by_role("button", name="保存", exact=True).click()
    desk.told("修改成功")
    page.locator("[name=place-4]").fill("3")
    pressed(desk, "保存顺序", "排序已保存")
    desk.until(lambda: codes(desk), ["1.1", "1.2", "2.3", "2.1", "2.2"])
    page.get_by_label("选择2.3").check()
    for _ in range(2):
        page.get_by_role("button", name="所选项下移").click()
    pressed(desk, "保存顺序", "排序已保存")
    desk.until(lambda: codes(desk), ["1.1", "1.2", "2.1", "2.2", "2.3"])
    desk.keep("checklist-items")
    acted(desk, "发布")
    page.goto(f"{base}/sheet")
    sheet = page.locator(".sheet-page").inner_text()
    for words in (
        "检查时间", "检查单号", "检查对象", "组织形式（证件类型）", "统一社会信用代码",
        "法定代表人/负责人", "联系方式", "经营地址", "检查地址", f"检查领域：{DOMAIN}", "非现场",
        *(part for one in SAMPLE for part in one[:3]),
    ):  # fmt: skip
        assert words in sheet, words
    marks = [
        [cell.inner_text().strip() for cell in row.locator("td.ticked").all()]
        for row in page.locator(".sheet-table tbody tr").all()
    ]
    assert marks[0] == ["", "√", "", "", "", "√"]
    assert marks[1] == ["√", "", "", "", "√", "√"]
    desk.keep("checklist-sheet")
    text = [cell.text for row in docx.Document(BytesIO(downloaded(desk, "下载Word"))).tables[1].rows
            for cell in row.cells]  # fmt: skip
    assert SAMPLE[3][2] in text
    printed = (
        pypdfium2.PdfDocument(downloaded(desk, "下载PDF"))[0].get_textpage().get_text_bounded()
    )
    assert "检查领域" in printed
    book = CalamineWorkbook.from_filelike(BytesIO(downloaded(desk, "下载Excel")))
    assert [row[2] for row in book.get_sheet_by_index(0).to_python()[2:]] == [
        one[0] for one in SAMPLE
    ]
    page.goto(f"{base}/items/one?item=1.1")
    page.locator('[name="line.content.frequency"]').fill("每年2次")
    page.get_by_role("button", name="保存", exact=True).click()
    desk.told("修改成功")
    acted(desk, "发布")
    page.goto(f"{base}/changes")
    page.get_by_text("修改检查项1.1（检查频度）").first.wait_for()
    assert "每年2次" in desk.main.inner_text()
    removed_is_told(desk, base, SAMPLE[-1][2])
    page.goto(base)
    shown = desk.main.inner_text()
    for words in (
        "检查内容信息", "检查内容数", "变更记录", "操作类型", "操作部门", "操作人", "操作时间",
        "关联检查事项", "第2版", "修改检查项1.1（检查频度）", POLICE,
    ):  # fmt: skip
        assert words in shown, words
    desk.keep("checklist-view")
    desk.open("一业一单", "综合检查单")
    desk.heads("检查单名称", "关联业态", "牵头部门", "参与部门", "是否启用", "创建时间")
    row = desk.row(NAME).inner_text()
    assert all(words in row for words in ("餐饮", OFFICE, POLICE, TRADE_OFFICE, "启用"))


@pytest.mark.function("F017", surface="page", complete=True)
@pytest.mark.function("F051", surface="page", complete=True)
@pytest.mark.function("F053", surface="page", complete=True)
def test_checklists_are_kept_in_the_list(staff: Staff, maker: Hand, desk: Desk) -> None:
    """综合检查单: 按名称、编码模糊和是否启用检索; 增、改、勾选启用停用、选中删除; 领导只能看."""
    library = item(staff, maker, "LX-1", matter="资质检查", content="是否取得经营许可")
    for name, code in (("旅行社检查单", "LXS-A"), ("旅行社年度检查单", "LXS-B")):
        begin(desk, name, code)
    acted(desk, "维护基本信息")
    desk.open("一业一单", "综合检查单")
    desk.search(name="旅行社")
    desk.shows("旅行社检查单", "旅行社年度检查单")
    desk.search(name="", code="xs-b")
    desk.shows("旅行社年度检查单")
    desk.search(code="", state="启用")
    desk.until(desk.row("旅行社").count, 0)
    desk.search(name="旅行社", state="草稿")
    desk.shows("旅行社检查单", "旅行社年度检查单")
    reader = staff.desk("leader", department=OFFICE)
    reader.open("一业一单", "综合检查单")
    reader.row("旅行社检查单").get_by_role("link", name="预览").wait_for()
    several = reader.page.get_by_role("button", name="批量").all_inner_texts()
    assert [one.strip() for one in several] == ["批量导出"]
    assert reader.row("旅行社检查单").get_by_role("link", name="删除").count() == 0
    found = maker.client.get("/api/v1/checklists/checklists", params={"code": "LXS-A"})
    (published,) = (one["id"] for one in found.json()["items"])
    maker.do("checklists.add_items", checklist_id=published, check_items=[library])
    maker.do("checklists.publish", checklist_id=published)
    for words in ("批量停用检查单", "批量启用检查单", "批量停用检查单"):
        desk.open("一业一单", "综合检查单")
        together(desk, words, "旅行社检查单")
        state = words[2:4]
        desk.open("一业一单", "综合检查单")
        desk.until(desk.row("旅行社检查单").locator(".chip").first.inner_text, state)
    together(desk, "批量删除检查单", "旅行社检查单", "旅行社年度检查单")
    desk.open("一业一单", "综合检查单")
    desk.until(desk.row("旅行社").count, 0)


@pytest.mark.function("F034", surface="page", complete=True)
@pytest.mark.function("F055", surface="page", complete=True)
def test_checklists_are_used_by_scenes_and_other_regions(  # noqa: PLR0915 - one whole story
    staff: Staff, maker: Hand, desk: Desk
) -> None:
    """场景从列表选择检查单、启停、去除关联、预览、下载; 试点检查单: 跨区划查看、复制复用."""
    name = "餐饮试点检查单"
    library = item(staff, maker, "SD-1", matter="许可检查", content="是否持有有效许可证")
    begin(desk, name, "SD-2023")
    page, base = desk.page, desk.page.url.removesuffix("/items")
    id_ = base.rpartition("/")[2]
    maker.do("checklists.add_items", checklist_id=id_, check_items=[library])
    page.reload()
    acted(desk, "发布")
    page.goto(base)
    acted(desk, "列为试点检查单")
    trades = staff.call(0, "GET", "/api/v1/identity/trades")["items"]
    maker.do("scenes.create", code="CY", region="450100", basics={
        "name": "餐饮综合监管", "lead": staff.department(OFFICE),
        "joining": [staff.department(POLICE)], "trades": [one["id"] for one in trades],
    })  # fmt: skip
    owner = staff.desk("scene_administrator", department=OFFICE)
    owner.page.on("dialog", lambda asked: asked.accept())
    owner.open("场景", "监管场景")
    owner.row("餐饮综合监管").get_by_role("link", name="CY").first.click()
    owner.drawer.get_by_role("link", name="综合检查单配置").click()
    owner.main.get_by_role("link", name="选择检查单").click()
    owner.page.get_by_role("heading", name="选择检查单：").wait_for()
    owner.search(name="试点")
    owner.page.get_by_label(f"选择{name}").check()
    owner.page.get_by_label("用于业态").select_option(label="餐饮")
    pressed(owner, "关联到场景", "修改成功")
    row = owner.row(name)
    assert "餐饮" in row.inner_text()
    owner.keep("scene-checklists")
    for button in ("停用", "启用"):
        owner.page.get_by_label(f"选择{name}").check()
        owner.page.get_by_role("button", name=button, exact=True).click()
        owner.until(row.locator(".chip").last.inner_text, button)
    with owner.page.expect_download() as taking:
        row.get_by_role("link", name="下载").click()
    assert Path(taking.value.path()).read_bytes().startswith(b"%PDF")
    row.get_by_role("link", name="预览").click()
    owner.page.locator(".sheet-page").get_by_text("是否持有有效许可证").wait_for()
    desk.open("一业一单", "综合检查单")
    desk.act(name, "停用")
    desk.press()
    desk.told("停用成功")
    desk.act(name, "删除")
    desk.drawer.get_by_text("监管场景1条").wait_for()
    desk.close()
    desk.act(name, "启用")
    desk.press()
    desk.told("启用成功")
    office = county(staff, "450103", "青秀区")
    other = staff.desk("checklist_editor", department=office)
    other.open("一业一单", "试点检查单")
    other.row(name).get_by_role("link", name="预览").click()
    other.page.locator(".sheet-page").get_by_text("是否持有有效许可证").wait_for()
    other.open("一业一单", "试点检查单")
    other.act(name, "复制复用")
    assert "青秀区" in other.drawer.locator("[name=region]").input_value()
    assert office in other.drawer.locator("[name=department-0]").input_value()
    other.fill(code="QX-1")
    other.press("保存")
    other.page.get_by_role("status").filter(has_text="新增成功").wait_for()
    other.open("一业一单", "综合检查单")
    other.search(code="qx-1")
    other.shows(name)
    assert office in other.row(name).inner_text()
    owner.page.go_back()
    owner.page.get_by_label(f"选择{name}").check()
    pressed(owner, "去除关联", "修改成功")
    owner.until(row.count, 0)
