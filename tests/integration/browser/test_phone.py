"""智桂通工作门户移动端: an officer's whole visit on a phone, by an account that was let in.

The task is drawn up through the interface by accounts of its users, as their apps would.
"""

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from PIL import Image
from tests.integration.chromium import PATIENCE, WATCH, findings

from .desk import PHONE, pressed
from .driving import NEW_PASSWORD, fill, log_in
from .prepared import hand
from .staff import Staff
from .visited import (
    CONTACT,
    ENDS,
    FARM,
    FIRM,
    ITEMS,
    METHOD,
    NUMBER,
    OTHER,
    QUIET_SCENE,
    SCENE,
    SHEET,
    TAG,
    TASK,
    TODAY,
    Visited,
    id_of,
    prepare,
    today,
)

ORDER: Final = "南市监责改〔2026〕31号"
TARGET: Final = 44
"""Pixels that a finger needs."""


class Hand:
    """A phone in somebody's hand, used by what it shows."""

    def __init__(self, page: Any, staff: Staff) -> None:
        """Hold ``page``."""
        self.page, self.staff = page, staff

    @property
    def main(self) -> Any:
        """The page itself, without head and bar."""
        return self.page.locator("main")

    def follow(self, words: str) -> None:
        """Touch the first link that says ``words``."""
        self.main.get_by_role("link", name=words).first.click()

    def bar(self, words: str) -> None:
        """Touch an entry of the bar below, and wait for its page."""
        self.page.get_by_role("navigation", name="主导航").get_by_role("link", name=words).click()
        here = self.page.locator('.zone-bar a[aria-current="page"]').filter(has_text=words)
        here.wait_for()

    def press(self, words: str = "") -> None:
        """Touch a button of the page; without words the one that sends its form."""
        pressed(self.main, words)

    def heads(self, words: str) -> None:
        """Wait for a page of that title."""
        self.page.get_by_role("heading", name=words, exact=True).first.wait_for()

    def unfold(self, words: str) -> Any:
        """Open a part of the page that is folded; give it."""
        part = self.main.locator("details.fold").filter(has=self.page.get_by_role(
            "heading", name=words
        )).first  # fmt: skip
        if part.get_attribute("open") is None:
            part.locator("summary").first.click()
        return part

    def sign(self, place: str) -> None:
        """Write on a pad, stroke by stroke."""
        pad = self.main.locator(f'[data-pad="{place}"]')
        canvas = pad.locator("canvas")
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        for across in (40, 120):
            self.page.mouse.move(box["x"] + across, box["y"] + 40)
            self.page.mouse.down()
            for down in range(50, 120, 10):
                self.page.mouse.move(box["x"] + across + down / 2, box["y"] + down)
            self.page.mouse.up()
        pad.get_by_text("已签名").wait_for()

    def keep(self, name: str) -> None:
        """Hold that the page fits a phone and a desk, a finger, and people who do not see it."""
        for device, width in (("desk", 1440), ("phone", 390)):
            self.page.set_viewport_size({"width": width, "height": PHONE["height"]})
            assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
            self.staff.at.keep(self.page, f"m-{name}-{device}")
        assert findings(self.page) == [], name
        assert self.page.evaluate("window.violations") == [], name
        assert self._small() == [], name

    def _small(self) -> list[str]:
        """Give what a finger would miss: buttons and fields, and links that stand alone."""
        found: list[str] = self.page.evaluate(
            """(least) => [...document.querySelectorAll(
                 "main :is(button, .button, select, textarea, .ways a, .parts a, .pills a),"
                 + ".zone-bar a")].filter((one) => one.checkVisibility())
                 .filter((one) => one.getBoundingClientRect().height < least - 0.5)
                 .map((one) => one.outerHTML.slice(0, 120))""",
            TARGET,
        )
        return found


@pytest.fixture(scope="module")
def accounts() -> list[str]:
    """Give the accounts of the officers, once they are let in."""
    return []


@pytest.fixture(scope="module")
def visited(staff: Staff, accounts: list[str]) -> Visited:
    """Give the task that went out."""
    return prepare(staff, accounts)


@pytest.fixture(scope="module")
def phone(staff: Staff, chromium: Any, visited: Visited, accounts: list[str]) -> Any:
    """Give the phone of the first officer, who logs in on it for the first time."""
    del visited
    context = chromium.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, locale="zh-CN",
        geolocation={"latitude": 22.817, "longitude": 108.366, "accuracy": 12},
        permissions=["geolocation"],
    )  # fmt: skip
    context.add_init_script(WATCH)
    page = context.new_page()
    account = accounts[0]
    log_in(page, staff.at, staff._passwords[account], account=account, home="/m")
    fill(page, old=staff._passwords[account], new=NEW_PASSWORD)
    assert "/m?done=renewed" in page.url, page.locator("main").inner_text()
    yield Hand(page, staff)
    context.close()


@cache
def photo() -> bytes:
    """Give a photograph as a camera makes it."""
    made = BytesIO()
    Image.effect_noise((2600, 1900), 60).save(made, "JPEG", quality=92)
    return made.getvalue()


def _publish_a_notice(staff: Staff) -> str:
    """Let three people of a department write, review and publish a notice; give its title."""
    author, editor, publisher = (
        hand(staff, f"content_{one}", department=FARM) for one in ("author", "editor", "publisher")
    )
    title = "关于做好乳品专项检查的通知"
    made = author.do("content.create", content={
        "column": "notices", "title": title, "kind": "inspection", "region": "450100",
        "department": staff.department(FARM), "body": "请各执法人员按期完成检查。",
    })  # fmt: skip
    told = {"article_id": id_of(made)}
    author.do("content.submit", **told)
    editor.do("content.approve", **told)
    publisher.do("content.publish", **told)
    return title


@pytest.mark.function("F122", surface="page", complete=True)
@pytest.mark.function("F123", surface="page", complete=True)
def test_an_officer_begins_his_day_on_the_phone(phone: Hand) -> None:
    """首页: 通知公告, 场景切换, 任务统计, 常用应用, 待办任务; 未完成的检查在前."""
    notice = _publish_a_notice(phone.staff)
    phone.page.goto(f"{phone.staff.at.url}/m")
    phone.follow(notice)
    phone.heads(notice)
    assert "请各执法人员按期完成检查" in phone.main.inner_text()
    phone.keep("notice")
    phone.page.goto(f"{phone.staff.at.url}/m")
    said = phone.main.inner_text()
    for words in ("待完成的检查", OTHER, "任务统计", "待反馈", "常见应用", "待办事宜", "现场签到"):
        assert words in said, words
    phone.keep("home")
    phone.follow("全部场景")
    phone.heads("切换场景")
    phone.keep("scenes")
    phone.follow(QUIET_SCENE)
    phone.heads("首页")
    assert "没有待完成的检查" in phone.main.inner_text()
    phone.follow(QUIET_SCENE)
    phone.follow(SCENE)
    phone.heads("首页")
    assert OTHER in phone.main.inner_text()


@pytest.mark.function("F128", surface="page", complete=True)
@pytest.mark.function("F129", surface="page", complete=True)
@pytest.mark.function("F130", surface="page", complete=True)
@pytest.mark.function("F131", surface="page", complete=True)
@pytest.mark.function("F132", surface="page", complete=True)
@pytest.mark.function("F133", surface="page", complete=True)
@pytest.mark.function("F134", surface="page", complete=True)
@pytest.mark.function("F135", surface="page", complete=True)
@pytest.mark.function("F136", surface="page", complete=True)
@pytest.mark.function("F137", surface="page", complete=True)
@pytest.mark.function("F138", surface="page", complete=True)
def test_a_whole_visit_is_done_on_the_phone(  # noqa: PLR0915
    phone: Hand, visited: Visited, accounts: list[str]
) -> None:
    """待反馈 → 签到 → 逐项反馈 → 结论 → 文书 → 签字 → 完成检查 → 已反馈."""
    phone.page.goto(f"{phone.staff.at.url}/m")
    phone.bar("检查任务")
    phone.heads("检查任务")
    left, said = (ENDS - today()).days, phone.main.inner_text()
    for words in (TASK, NUMBER, "市场监管局", FIRM, "执法员甲、执法员乙", "任务时间", SCENE,
                  f"即将超期，剩 {left} 天"):  # fmt: skip
        assert words in said, words
    phone.keep("visits")
    phone.unfold("查询")
    phone.main.locator("[name=subject]").fill(FIRM)
    phone.press("查询")
    phone.main.get_by_text(OTHER).wait_for(state="hidden")
    phone.follow(FIRM)
    phone.heads(FIRM)
    for part, words in (("任务信息", TASK), ("检查对象信息", "91450100MA5K000017"),
                        ("协同执法人员", "执法员乙"), ("第三方机构", "没有第三方机构"),
                        ("检查内容", ITEMS[2])):  # fmt: skip
        assert words in phone.unfold(part).inner_text(), part
    phone.keep("visit")
    _prints(phone, "检查通知书")

    phone.follow("现场签到")
    phone.heads("现场签到")
    phone.press("获取当前位置")
    phone.main.get_by_text("已取得当前位置").wait_for()
    assert phone.main.locator("[name=place]").input_value() == "22.81700,108.36600（误差12米）"
    phone.press("签到")
    phone.page.get_by_role("alert").wait_for()
    phone.press("现场没有张贴码")
    phone.keep("check-in")
    phone.press("签到")
    phone.page.get_by_role("status").filter(has_text="已办理").wait_for()

    phone.follow("记录检查结果")
    phone.main.get_by_text("第 1 项，共 3 项").wait_for()
    for words in (METHOD, "《中华人民共和国食品安全法》第三十五条", "重点项"):
        assert words in phone.main.inner_text(), words
    phone.main.get_by_role("radio", name="未发现问题", exact=True).check()
    phone.press("保存，看下一项")
    phone.main.get_by_text("已检查 1/3").wait_for()
    phone.main.get_by_role("radio", name="发现问题", exact=True).check()
    phone.press("保存，看下一项")
    phone.page.get_by_role("alert").wait_for()
    phone.main.locator('[name="answers[0].note"]').fill("原料露天堆放")
    picture = photo()
    phone.main.locator("input[type=file]").set_input_files(
        {"name": "库房.jpg", "mimeType": "image/jpeg", "buffer": picture}
    )
    phone.main.get_by_text("待上传 1 个文件").wait_for()
    sent = phone.main.locator("input[type=file]").evaluate("(one) => one.files[0].size")
    assert sent < len(picture) / 2
    phone.keep("item")
    phone.press("保存，看下一项")
    phone.main.get_by_text("第 3 项，共 3 项").wait_for()
    phone.main.get_by_role("radio", name="未发现问题", exact=True).check()
    phone.press("保存，看下一项")
    phone.heads(FIRM)
    shown = phone.main.get_by_alt_text(f"{ITEMS[1]}的照片1")
    shown.scroll_into_view_if_needed()
    assert shown.evaluate("(one) => one.decode().then(() => one.naturalWidth)") > 0
    phone.keep("visit-items")

    phone.follow("作出检查结论")
    phone.heads("作出检查结论")
    assert "发现问题 1 项" in phone.main.inner_text()
    for words in (
        "责令改正（当场整改）",
        "行政指导",
        "转行政处罚",
        "采取行政强制措施",
        "其他处理措施",
    ):
        phone.main.get_by_label(words).wait_for()
    assert phone.main.get_by_label("责令改正（限期整改）").is_checked()
    phone.main.get_by_label("违反其他规定的行为").check()
    phone.keep("conclude")
    phone.press("保存结论")
    phone.heads(FIRM)

    phone.follow("责令改正")
    phone.heads("责令改正通知书")
    assert "原料露天堆放" in phone.main.get_by_label("存在问题").input_value()
    for name, words in (("number", ORDER), ("contact", "示例联系人"), ("phone", "0771-0000000"),
                        ("law-1", "《中华人民共和国食品安全法》第三十三条")):  # fmt: skip
        phone.main.locator(f"[name={name}]").fill(words)
    phone.keep("order")
    with phone.page.expect_download() as coming:
        phone.press("下载PDF预览")
    assert coming.value.suggested_filename == "责令改正通知书.pdf"
    assert Path(coming.value.path()).read_bytes().startswith(b"%PDF")
    phone.press("签发")
    phone.heads(FIRM)
    phone.follow("责令改正通知书")
    phone.heads("整改复查")
    phone.follow("送达责令改正通知")
    ways = phone.main.locator("[name=channel] option").all_inner_texts()
    assert {"短信", "电子邮件"} <= set(ways)
    phone.main.locator("[name=channel]").select_option(label="短信")
    phone.main.locator("[name=address]").fill(CONTACT)
    phone.keep("deliver")
    phone.press()
    phone.page.get_by_role("status").filter(has_text="已办理").wait_for()

    phone.page.goto(f"{phone.staff.at.url}/m/visits/{visited.visits[FIRM]}")
    phone.follow("检查签字")
    phone.heads("检查签字")
    phone.main.locator('[name="party.signer"]').fill("示例当事人")
    phone.press("无异议")
    phone.sign("party.image")
    phone.sign("recorder_image")
    phone.main.locator("[name=note]").fill("当事人当场签收")
    phone.keep("sign")
    phone.press("提交签字")
    phone.heads(FIRM)
    _prints(phone, "现场检查笔录", attendant="示例当事人，质量负责人")
    phone.follow("完成检查")
    phone.press()
    phone.page.get_by_role("status").filter(has_text="已办理").wait_for()
    phone.keep("visit-done")
    _confirm(phone.staff, accounts[1], "confirm_record", visit_id=visited.visits[FIRM])
    phone.page.reload()
    assert not phone.main.get_by_role("link", name="制作检查通知书").count()
    _prints(phone, "检查结果告知书")
    phone.bar("检查任务")
    assert FIRM not in phone.main.inner_text()
    phone.follow("已反馈")
    phone.main.get_by_text(FIRM).wait_for()
    said = phone.main.inner_text()
    for words in ("发现 1 项", ORDER, TASK, NUMBER, "执法员甲、执法员乙"):
        assert words in said, words
    phone.keep("visits-done")
    _rechecked(phone, visited, accounts[1])


def _confirm(staff: Staff, account: str, act: str, **named: str) -> None:
    """Let the second officer stand to what the first recorded, as his own app would."""
    staff.renew(account)
    with httpx.Client(base_url=staff.at.url, timeout=PATIENCE) as client:
        token = staff._token(account, NEW_PASSWORD)
        told = client.post(
            f"/api/v1/tasks/{act}", headers={"authorization": f"Bearer {token}"}, json=named,
        )  # fmt: skip
    assert told.is_success, told.text


def _prints(phone: Hand, title: str, **known: str) -> None:
    """Print a paper from the page of a visit or an order, and come back to it."""
    here = phone.page.locator("main h1").inner_text()
    part = phone.unfold("监管文书")
    part.get_by_role("link", name=f"制作{title}").click()
    phone.page.get_by_role("heading", name=title).first.wait_for()
    filled = {
        "number": "南市监〔2026〕31号", "contact": "示例联系人", "phone": "0771-0000000",
        "address": "南宁市示例路1号", "basis": "《中华人民共和国食品安全法》第一百一十条", **known,
    }  # fmt: skip
    for name, words in filled.items():
        field = phone.main.locator(f"[name={name}]")
        if field.count():
            field.fill(words)
    phone.keep(f"paper-{title}")
    with phone.page.expect_download() as coming:
        phone.press("下载PDF文书")
    assert coming.value.suggested_filename == f"{title}.pdf"
    assert Path(coming.value.path()).read_bytes().startswith(b"%PDF")
    phone.follow("返回")
    phone.heads(here)


def _rechecked(phone: Hand, visited: Visited, second: str) -> None:
    """整改复查: 待整改 → 登记整改时间、结果状态、结果和附件 → 完成整改 → 已整改."""
    phone.bar("整改复查")
    phone.main.get_by_text(FIRM).wait_for()
    assert ORDER in phone.main.inner_text()
    phone.keep("rectifications")
    phone.follow(FIRM)
    phone.heads("整改复查")
    told = phone.unfold("任务信息").inner_text()
    for words in (TASK, NUMBER, "市场监管局", FARM, "执法员甲、执法员乙", str(TODAY), SCENE):
        assert words in told, words
    assert re.search(r"上门检查时间\s+\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", told)
    for words in (FIRM, "91450100MA5K000017"):
        assert words in phone.unfold("对象信息").inner_text()
    phone.keep("rectification")
    phone.follow("复查整改")
    phone.heads("复查整改")
    assert phone.main.locator("[name=corrected_on]").input_value() == str(today())
    assert "执法员乙" in phone.main.locator("[name=officers]").input_value()
    options = phone.main.locator("[name=result] option").all_inner_texts()
    assert set(options) >= {
        "未发现问题", "发现问题做出行政指导", "发现问题做出责令整改等行政命令",
        "发现问题并具备移交执法线索条件",
    }  # fmt: skip
    phone.main.locator("[name=result]").select_option(label="未发现问题")
    phone.main.locator("[name=note]").fill("原料已入库")
    phone.main.locator("input[type=file]").set_input_files(
        {"name": "整改后.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    phone.keep("recheck")
    phone.press()
    phone.page.get_by_role("status").filter(has_text="已办理").wait_for()
    order = phone.page.url.split("/rectifications/")[1].split("?")[0]
    _confirm(phone.staff, second, "confirm_recheck", rectification_id=order)
    phone.page.reload()
    assert "原料已入库" in phone.unfold("复查（1）").inner_text()
    assert phone.unfold("附件（2）").get_by_role("link", name="打开附件").count() == 2
    _prints(phone, "整改复查意见书")
    phone.follow("办结整改")
    phone.press()
    phone.page.get_by_role("alert").filter(has_text="提出的人不能自己决定").wait_for()
    (order,) = visited.hands["clerk"].client.get("/api/v1/tasks/rectifications").json()["items"]
    visited.hands["clerk"].do("tasks.finish_rectification", rectification_id=order["id"])
    phone.bar("整改复查")
    assert FIRM not in phone.main.inner_text()
    phone.follow("已整改")
    phone.main.get_by_text(FIRM).wait_for()


@pytest.mark.function("F140", surface="page", complete=True)
def test_a_clue_is_registered_from_a_visit(phone: Hand, visited: Visited) -> None:
    """问题线索登记: 填写线索内容, 移交关联部门; 对方收到待办和消息."""
    phone.page.goto(f"{phone.staff.at.url}/m/visits/{visited.visits[OTHER]}")
    phone.follow("登记问题线索")
    phone.heads("登记线索")
    assert OTHER in phone.main.locator('[name="sheet.subject"]').input_value()
    phone.main.locator('[name="sheet.title"]').fill("饲料存放不合要求")
    phone.main.locator('[name="sheet.content"]').fill("饲料与农药混放")
    phone.main.locator("[name=to]").fill(FARM)
    phone.keep("clue")
    phone.press("登记")
    phone.heads("问题线索")
    assert "饲料存放不合要求" in phone.main.inner_text()
    phone.keep("clue-registered")
    clerk = phone.staff.desk("clerk", department=FARM)
    clerk.page.goto(f"{phone.staff.at.url}/gov/todos")
    assert "签收线索" in clerk.row("饲料存放不合要求").inner_text()


@pytest.mark.function("F125", surface="page", complete=True)
@pytest.mark.function("F126", surface="page", complete=True)
def test_objects_and_checklists_are_looked_up(phone: Hand) -> None:
    """监管对象: 场景、标签、查询; 综合检查单: 场景、检查单、检查项."""
    phone.page.goto(f"{phone.staff.at.url}/m/objects")
    phone.heads("监管对象")
    phone.follow(SCENE)
    phone.follow(TAG)
    phone.main.get_by_text(FIRM).wait_for()
    phone.keep("objects")
    for name, words in (("name", OTHER), ("code", "91450100MA5K000025")):
        phone.unfold("查询")
        phone.main.locator(f"[name={name}]").fill(words)
        phone.press("查询")
        phone.main.get_by_text(FIRM).wait_for(state="hidden")
        phone.main.get_by_text(OTHER).wait_for()
        phone.follow("重置")
        phone.main.get_by_text(FIRM).wait_for()
    phone.page.goto(f"{phone.staff.at.url}/m/checklists")
    phone.follow(SHEET)
    said = phone.main.inner_text()
    for words in (*ITEMS, "检查事项", "食品生产监督检查", METHOD, "检查方式"):
        assert words in said, words
    phone.keep("checklists")
    phone.unfold("查询")
    phone.main.locator("[name=text]").fill(ITEMS[0])
    phone.press("查询")
    phone.main.get_by_text(ITEMS[1]).first.wait_for(state="hidden")
    phone.main.get_by_text(ITEMS[0]).first.wait_for()
