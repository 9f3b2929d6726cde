"""离线检查: visits done on a phone without signal, by accounts that were let in.

The phone stands behind a line that is taken away and cut within answers. Negative controls: a
phone that gives each copy an id of its own, and one that deletes before the receipt, are caught.
"""

import json
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import docx
import httpx
import pytest
from attrs import evolve
from tests.integration.chromium import PATIENCE, WATCH

from supervision_core.field_records.devices import MOST_WRONG
from supervision_core.kernel.canonical import sm3

from .desk import PHONE
from .driving import NEW_PASSWORD, Installation, log_in
from .line import Line
from .staff import Staff
from .test_phone import Hand, photo
from .visited import FIRM, ITEMS, MARKET, OTHER, TASK, Visited, id_of, prepare

_PIN: Final = "260415"
_SECOND_PIN: Final = "731902"
_OWN_TEMPLATE: Final = "本局责令改正通知书"
_OWN_WORDS: Final = "执法监督电话：12345"
_PIECE: Final = 1024 * 1024

_LOOK: Final = """async () => {
  const asked = indexedDB.open("field");
  const database = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
  const all = (name) => new Promise((done) => {
    const one = database.transaction(name).objectStore(name).getAllKeys();
    one.onsuccess = () => done(one.result);
  });
  const found = { kept: await all("kept"), outbox: (await all("outbox")).length };
  database.close();
  return found;
}"""
"""What is kept on a phone."""
_RENEW: Final = """async () => {
  const loaded = performance.getEntriesByType("resource").map((one) => one.name);
  const { it } = await import(loaded.find((one) => /field-state[^/]*\\.js/.test(one)));
  await Promise.race([it.refreshed(), new Promise((done) => setTimeout(done, 2000))]);
}"""
"""Renews the page as a delivery does, and gives it time to take the page's place."""
_WRONG: Final = """async (many) => {
  const asked = indexedDB.open("field");
  const database = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
  const one = database.transaction("kept").objectStore("kept").get("safe");
  const found = await new Promise((done) => (one.onsuccess = () => done(one.result)));
  database.close();
  return found.value.wrong === many;
}"""
"""Whether so many wrong PINs are counted."""


@pytest.fixture(scope="module")
def accounts() -> list[str]:
    """Give the accounts of the officers, once they are let in."""
    return []


@pytest.fixture(scope="module")
def visited(staff: Staff, accounts: list[str]) -> Visited:
    """Give the task that went out, in a department that has a template of its own."""
    made = prepare(staff, accounts)
    _enable_template(staff, made)
    return made


def _enable_template(staff: Staff, visited: Visited) -> None:
    """Let the department write its own words under those of the product's template."""
    maker, head = visited.hands["checklist_editor"], visited.hands["department_administrator"]
    own = maker.client.get("/api/v1/items/own_templates/correction_order")
    document = docx.Document(BytesIO(own.content))
    document.add_paragraph(_OWN_WORDS)
    saved = BytesIO()
    document.save(saved)
    content = saved.getvalue()
    started = maker.client.post("/api/v1/files", json={
        "name": "本局责令改正.docx", "size": len(content), "sm3": sm3(content).hex(),
        "public": False,
    }).json()  # fmt: skip
    for number in range(started["pieces"]):
        piece = content[number * _PIECE : (number + 1) * _PIECE]
        put = maker.client.put(
            f"/api/v1/files/{started['id']}/pieces/{number}", content=piece,
            headers={"content-type": "application/octet-stream"},
        )  # fmt: skip
        assert put.is_success, put.text
    finished = maker.client.post(f"/api/v1/files/{started['id']}/finish")
    assert finished.is_success, finished.text
    made = id_of(maker.do("items.add_document_template", file=started["id"], content={
        "name": _OWN_TEMPLATE, "document": "correction_order",
        "department": staff.department(MARKET),
    }))  # fmt: skip
    for hand, act in (
        (maker, "submit"), (head, "approve"), (head, "enable"),
    ):  # fmt: skip
        hand.do(f"items.{act}_document_template", document_template_id=made)


@pytest.fixture(scope="module")
def line(staff: Staff) -> Iterator[Line]:
    """Give the line between phones and the platform."""
    made = Line(staff.at.url)
    yield made
    made.close()


def _phone(staff: Staff, chromium: Any, line: Line, account: str) -> Hand:
    """Give the phone of an officer, who comes by the line."""
    context = chromium.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, locale="zh-CN", accept_downloads=True,
        geolocation={"latitude": 22.817, "longitude": 108.366, "accuracy": 12},
        permissions=["geolocation"],
    )  # fmt: skip
    context.add_init_script(WATCH)
    page = staff.seat(context, account, home="/m")
    page.goto(f"{line.url}/m")
    return Hand(page, staff)


@pytest.fixture(scope="module")
def phone(
    staff: Staff, chromium: Any, line: Line, visited: Visited, accounts: list[str]
) -> Iterator[Hand]:
    """Give the first officer's phone, with a package."""
    del visited
    made = _phone(staff, chromium, line, accounts[0])
    _set_up(made)
    yield made
    made.page.context.close()


@pytest.fixture(scope="module")
def second(
    staff: Staff, chromium: Any, line: Line, visited: Visited, accounts: list[str]
) -> Iterator[Hand]:
    """Give the own phone of the officer who goes along."""
    del visited
    made = _phone(staff, chromium, line, accounts[1])
    yield made
    made.page.context.close()


def _set_up(phone: Hand) -> None:
    """Download the package: it needs signal, a session and a PIN."""
    phone.bar("离线检查")
    phone.heads("准备离线检查")
    phone.keep("field-pin")
    _set_up_again(phone)
    assert "已下载 2 项检查" in phone.main.inner_text()
    phone.page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")


def _set_up_again(phone: Hand) -> None:
    phone.main.get_by_label("6位数字口令").fill(_PIN)
    phone.main.get_by_label("再输一次").fill(_PIN)
    phone.press("设置口令并下载")
    phone.main.get_by_text("离线包下载于").wait_for()


def _open(phone: Hand, line: Line) -> None:
    """Open the page anew, as after the phone was off."""
    phone.page.goto(f"{line.url}/m/field")
    phone.heads("打开离线包")
    phone.main.get_by_label("6位数字口令").fill(_PIN)
    phone.press("打开")
    phone.main.get_by_text("离线包下载于").wait_for()


def _count(phone: Hand, name: str, many: int) -> None:
    """Wait until so many are counted."""
    phone.main.locator(f"[data-{name}]").filter(has_text=re.compile(f"^{many}$")).wait_for()


def _until(phone: Hand, holds: Callable[[], bool]) -> None:
    """Wait for something that no page shows, as long as for what pages do."""
    for _ in range(round(PATIENCE * 10)):
        if holds():
            return
        phone.page.wait_for_timeout(100)
    raise AssertionError(phone.main.inner_text())


def test_a_second_officer_sets_a_pin_on_the_first_ones_phone(
    phone: Hand, second: Hand, line: Line
) -> None:
    """同行口令: set with signal on the first one's phone, agreed to on the second one's own."""
    phone.follow("同行口令")
    phone.heads("同行口令")
    phone.main.get_by_label("同行人员的6位数字口令").fill(_SECOND_PIN)
    phone.main.get_by_label("再输一次").fill("111111")
    phone.press("设置同行口令")
    phone.page.get_by_role("alert").filter(has_text="两次输入的口令不同").wait_for()
    _set_companion(phone, second, line)


def _set_companion(phone: Hand, second: Hand, line: Line) -> None:
    """Set the PIN of the second officer on the first one's phone; he agrees on his own."""
    phone.main.get_by_label("同行人员的6位数字口令").fill(_SECOND_PIN)
    phone.main.get_by_label("再输一次").fill(_SECOND_PIN)
    phone.press("设置同行口令")
    phone.main.get_by_text("待本人同意").first.wait_for()
    phone.keep("field-companion")
    second.page.goto(f"{line.url}/m/phones")
    second.heads("我的手机")
    second.main.get_by_text("待本人同意").wait_for()
    second.keep("field-phones-second")
    second.press("是我设置的，同意")
    second.main.get_by_text("待本人同意").wait_for(state="detached")
    second.main.get_by_text("可以使用").first.wait_for()
    phone.press("查看是否已同意")
    phone.main.get_by_text("可以使用").wait_for()


def test_a_touch_outlasts_what_is_renewed_beside_it(
    phone: Hand, line: Line, visited: Visited
) -> None:
    """What a finger is on stays: a page renewed by a delivery loses nobody's touch."""
    line.take_down()
    phone.page.goto(f"{line.url}/m/visits/{visited.visits[FIRM]}")
    phone.heads("打开离线包")
    phone.main.get_by_label("6位数字口令").fill(_PIN)
    phone.press("打开")
    phone.heads(FIRM)
    link = phone.main.get_by_role("link", name="现场签到").first
    link.scroll_into_view_if_needed()
    place = link.bounding_box()
    phone.page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    phone.page.mouse.down()
    phone.page.evaluate(_RENEW)
    phone.page.mouse.up()
    phone.heads("现场签到")
    line.put_up()


@pytest.mark.function("F131", surface="page", complete=True)
@pytest.mark.function("F132", surface="page", complete=True)
@pytest.mark.function("F134", surface="page", complete=True)
@pytest.mark.function("F135", surface="page", complete=True)
def test_a_whole_visit_without_signal(phone: Hand, line: Line, visited: Visited) -> None:  # noqa: PLR0915
    """没有信号: 签到、逐项检查带照片、结论、手写签字、完成检查; 有信号后送达, 一次也不多."""
    line.take_down()
    phone.page.goto(f"{line.url}/m/visits/{visited.visits[FIRM]}")
    phone.heads("打开离线包")
    phone.main.get_by_label("6位数字口令").fill("111111")
    phone.press("打开")
    phone.page.get_by_role("alert").wait_for()
    phone.main.get_by_label("6位数字口令").fill(_PIN)
    phone.press("打开")
    phone.heads(FIRM)
    assert "审批时间" in phone.main.inner_text()
    phone.keep("field-visit")
    phone.follow("现场签到")
    phone.heads("现场签到")
    phone.press("签到")
    phone.page.get_by_role("alert").wait_for()
    phone.press("获取当前位置")
    phone.main.get_by_text("已取得当前位置").wait_for()
    phone.press("现场没有张贴码")
    phone.main.get_by_label("门店招牌照片").set_input_files(
        {"name": "招牌.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    phone.main.get_by_text("待上传 1 个文件").wait_for()
    phone.keep("field-check-in")
    phone.press("签到")
    phone.heads(FIRM)
    phone.main.get_by_text("离线签到，待送达").wait_for()
    _count(phone, "waiting", 1)

    phone.follow("记录检查结果")
    phone.main.get_by_text("第 1 项，共 3 项").wait_for()
    phone.main.get_by_role("radio", name="未发现问题", exact=True).check()
    phone.press("保存，看下一项")
    phone.main.get_by_text("第 2 项，共 3 项").wait_for()
    phone.main.get_by_role("radio", name="发现问题", exact=True).check()
    phone.press("保存，看下一项")
    phone.page.get_by_role("alert").wait_for()
    phone.main.locator("[name=note]").fill("原料露天堆放")
    phone.main.locator("input[type=file]").set_input_files(
        {"name": "库房.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    phone.main.get_by_text("待上传 1 个文件").wait_for()
    phone.keep("field-item")
    phone.press("保存，看下一项")
    phone.main.get_by_text("第 3 项，共 3 项").wait_for()
    phone.main.get_by_role("radio", name="未发现问题", exact=True).check()
    phone.press("保存，看下一项")
    phone.heads(FIRM)

    phone.follow("作出检查结论")
    phone.heads("作出检查结论")
    assert "发现问题 1 项" in phone.main.inner_text()
    phone.keep("field-conclude")
    phone.press("保存结论")
    phone.heads(FIRM)
    _letters_are_previewed(phone)
    phone.follow("检查签字")
    phone.heads("检查签字")
    phone.main.locator("[name=signer]").fill("示例当事人")
    phone.press("无异议")
    phone.sign("party_image")
    phone.sign("recorder_image")
    phone.keep("field-sign")
    phone.press("提交签字")
    phone.heads(FIRM)
    phone.follow("确认检查记录")
    phone.heads("确认检查记录")
    phone.main.get_by_label("同行人员的6位数字口令").fill(_SECOND_PIN[:5])
    phone.press("确认检查记录")
    phone.page.get_by_role("alert").filter(has_text="口令是6位数字").wait_for()
    phone.main.get_by_label("同行人员的6位数字口令").fill(_SECOND_PIN)
    phone.keep("field-confirm")
    phone.press("确认检查记录")
    phone.heads(FIRM)
    phone.main.get_by_text("检查记录已确认").wait_for()
    phone.follow("完成检查")
    phone.heads("完成检查")
    phone.press("完成检查")
    phone.main.get_by_text("检查已完成，等待送达").wait_for()
    _count(phone, "waiting", 8)
    _count(phone, "done", 0)
    phone.keep("field-done")

    line.put_up()
    phone.page.locator("[data-back]").click()
    phone.heads("离线检查")
    phone.press("立即送达")
    _count(phone, "done", 8)
    _count(phone, "waiting", 0)
    phone.keep("field-list")
    phone.page.goto(f"{line.url}/m/visits/{visited.visits[FIRM]}")
    phone.heads(FIRM)
    phone.main.get_by_text("检查记录已由执法员乙确认").wait_for()
    client = visited.hands["task_administrator"].client
    said = client.get(f"/api/v1/tasks/visits/{visited.visits[FIRM]}").json()["content"]
    assert said["place_photo"] in {one["file"] for one in said["files"]}
    assert re.fullmatch("[0-9a-f]{64}", said["place_photo_sm3"])
    shown = phone.main.get_by_alt_text(f"{ITEMS[1]}的照片1")
    shown.scroll_into_view_if_needed()
    _until(phone, lambda: shown.evaluate("(one) => one.naturalWidth > 0"))
    assert "原料露天堆放" in phone.main.inner_text()


def _letters_are_previewed(phone: Hand) -> None:
    """In the words of the product's templates and of the department's own, as recorded."""
    phone.follow("文书预览")
    phone.heads("文书预览")
    phone.keep("field-letters")
    for name, words in (
        ("通用责令改正通知书", (f"{MARKET}（印章）", "统一社会信用代码：91450100MA5K000017",
         f"原料露天堆放。（检查项：{ITEMS[1]}）", "在期限内改正，并书面报告改正情况", "执法员乙",
         "《中华人民共和国行政处罚法》第二十八条第一款", "于（送达时填写）前改正上述问题")),
        (_OWN_TEMPLATE, (_OWN_WORDS, f"{MARKET}（印章）",
         f"原料露天堆放。（检查项：{ITEMS[1]}）")),
        ("通用检查结果告知书", (TASK, "检查结果：发现问题待后续处理", "责令改正（限期整改）",
         f"原料露天堆放。（检查项：{ITEMS[1]}）", "六十日", "执法员甲")),
    ):  # fmt: skip
        phone.follow(name)
        paper = phone.main.get_by_role("article", name=f"{name}预览")
        paper.wait_for()
        told = paper.inner_text()
        for one in words:
            assert one in told, one
        assert not {"\ue000", "\ue001"} & set(told)
        assert "预览，不是正式文书" in phone.main.inner_text()
        phone.keep(f"field-{name}")
        right = "(all) => Math.max(...all.map((one) => one.getBoundingClientRect().right))"
        assert paper.locator("table").evaluate_all(right) < PHONE["width"]
        phone.page.go_back()
    phone.page.go_back()
    phone.heads(FIRM)


def _version(visited: Visited, firm: str = OTHER) -> int:
    """Give the version of a visit, as the platform has it."""
    client = visited.hands["task_administrator"].client
    found = client.get(f"/api/v1/tasks/visits/{visited.visits[firm]}")
    return int(found.json()["version"])


def _check_in(phone: Hand, line: Line) -> None:
    """Check in at the other firm, and let it be delivered."""
    line.put_up()
    _open(phone, line)
    phone.follow(OTHER)
    phone.heads(OTHER)
    phone.follow("现场签到")
    phone.press("现场没有张贴码")
    phone.press("签到")
    phone.heads(OTHER)
    _count(phone, "waiting", 0)


@pytest.fixture(scope="module")
def arrived(phone: Hand, line: Line, visited: Visited) -> Visited:
    """Give the visits once the first officer is at the other firm, and the platform knows it."""
    _check_in(phone, line)
    return visited


def _note(phone: Hand, line: Line, visited: Visited, note: str) -> None:
    """Note something of the first item."""
    here = f"{line.url}/m/field#{visited.visits[OTHER]}"
    phone.page.evaluate("(there) => location.assign(there)", here)
    phone.heads(OTHER)
    phone.follow(ITEMS[0])
    phone.main.get_by_text("第 1 项，共 3 项").wait_for()
    phone.main.get_by_role("radio", name="发现问题", exact=True).check()
    phone.main.locator("[name=note]").fill(note)
    if (reason := phone.main.locator("[name=corrected_because]")).count():
        reason.fill("情况有变化")
    phone.press("保存，看下一项")
    following = phone.main.get_by_text(re.compile("第 [23] 项，共 3 项"))
    _until(phone, lambda: following.count() > 0)


def _delivers(phone: Hand, line: Line) -> None:
    """Press the button until nothing waits any more."""
    here = f"{line.url}/m/field#"
    phone.page.evaluate("(there) => location.assign(there)", here)
    phone.heads("离线检查")
    button = phone.main.get_by_role("button", name="立即送达", exact=True)

    def delivered() -> bool:
        if phone.main.locator("[data-waiting]").inner_text() == "0":
            return True
        if button.is_enabled():
            button.click()
        return False

    _until(phone, delivered)


def _has_cut_again(line: Line, cuts: int) -> bool:
    return line.cuts > cuts


def test_answers_are_cut_at_any_byte(phone: Hand, line: Line, arrived: Visited) -> None:
    """The platform did it, the phone was not told: it asks again and is given the same receipt."""
    for cut in (0, 1, 9, 40, 300, 700, 2000):
        before = _version(arrived)
        line.cut_after, cuts = cut, line.cuts
        _note(phone, line, arrived, f"第{cut}字节中断")
        _until(phone, partial(_has_cut_again, line, cuts))
        line.put_up()
        _delivers(phone, line)
        assert _version(arrived) == before + 1, cut
    assert line.cuts >= 6


def test_the_worker_dies_and_the_storage_closes(phone: Hand, line: Line, arrived: Visited) -> None:
    """浏览器停止后台脚本、关闭存储: nothing of it is lost, and the page opens without signal."""
    before = _version(arrived)
    line.take_down()
    _note(phone, line, arrived, "后台脚本停止前")
    session = phone.page.context.new_cdp_session(phone.page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    phone.page.evaluate(
        """() => new Promise((done) => {
             const asked = indexedDB.open("field", 2);
             asked.onupgradeneeded = () => asked.transaction.abort();
             asked.onerror = asked.onsuccess = () => done();
           })"""
    )
    _note(phone, line, arrived, "存储关闭后")
    _count(phone, "waiting", 2)
    _open(phone, line)
    _count(phone, "waiting", 2)
    line.put_up()
    _delivers(phone, line)
    assert _version(arrived) == before + 2


def test_a_wrong_clock_and_a_new_version(phone: Hand, line: Line, arrived: Visited) -> None:
    """手机时间错三天、页面换新版本: what waits is delivered as it was."""
    before = _version(arrived)
    line.take_down()
    phone.page.clock.install()
    for days in (3, -3):
        phone.page.clock.set_fixed_time(time.time() + days * 86400)
        _note(phone, line, arrived, f"时间错{days}天")
    _count(phone, "waiting", 2)
    phone.page.evaluate(
        """async () => {
             for (const name of await caches.keys()) await caches.delete(name);
             const those = await navigator.serviceWorker.getRegistrations();
             for (const one of those) await one.unregister();
           }"""
    )
    line.put_up()
    phone.page.clock.set_fixed_time(time.time())
    _open(phone, line)
    _delivers(phone, line)
    assert _version(arrived) == before + 2
    phone.page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")


_TAKE_AWAY: Final = """() => navigator.locks.request("field-sending", async () => {
  const asked = indexedDB.open("field");
  const database = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
  const all = database.transaction("outbox", "readwrite").objectStore("outbox");
  const found = await new Promise((done) => {
    const one = all.getAll();
    one.onsuccess = () => done(one.result);
  });
  const waiting = found.filter((one) => one.state === "waiting");
  waiting.sort((one, other) => one.sheet.sequence - other.sheet.sequence);
  all.delete(waiting[0].record);
  await new Promise((done) => (all.transaction.oncomplete = done));
  database.close();
})"""
"""Takes the oldest record that waits off a phone, while none is being sent."""


def _explain(phone: Hand) -> None:
    """Say that the record before the one that waits is lost."""
    phone.main.get_by_label("丢失的情况").fill("手机存储损坏")
    phone.press("说明丢失，继续送达")


_DEAD: Final = """() => {
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  const real = window.fetch;
  window.fetch = () => new Promise((_, refuse) => (window.endAttempt = () => {
    window.fetch = real;
    refuse(new TypeError("dead"));
  }));
}"""
"""Lets the next attempt hang on a line that is dead and does not say so, until it is ended.

Nor does the page attempt anything by itself: it takes itself for hidden.
"""


def test_who_asks_during_a_dead_attempt_gets_one_of_his_own(
    phone: Hand, line: Line, arrived: Visited
) -> None:
    """有信号了, 而上一次送达还挂在断了的线路上: 再要求的一次不白要求."""
    before = _version(arrived)
    line.take_down()
    _note(phone, line, arrived, "挂在断了的线路上")
    _count(phone, "waiting", 1)
    phone.page.evaluate(f"() => navigator.locks.request('field-sending', {_DEAD})")
    ask = "() => dispatchEvent(new Event('online'))"
    phone.page.evaluate(ask)
    phone.page.wait_for_function("() => window.endAttempt")
    line.put_up()
    phone.page.evaluate(ask)
    phone.page.evaluate("() => window.endAttempt()")
    _count(phone, "waiting", 0)
    phone.page.evaluate("() => delete document.visibilityState")
    assert _version(arrived) == before + 1


def test_a_record_that_the_phone_lost_is_explained(
    phone: Hand, line: Line, arrived: Visited
) -> None:
    """手机里丢了一条: what follows it waits, says so, and is delivered with a reason."""
    before = _version(arrived)
    line.take_down()
    for note in ("将会丢失", "丢失之后"):
        _note(phone, line, arrived, note)
    _count(phone, "waiting", 2)
    phone.page.evaluate(_TAKE_AWAY)
    line.put_up()
    phone.page.evaluate("(there) => location.assign(there)", f"{line.url}/m/field#")
    phone.heads("离线检查")
    phone.press("立即送达")
    _count(phone, "lacking", 1)
    phone.main.get_by_role("link", name="待核对").click()
    phone.heads("待核对")
    phone.main.get_by_text("后面的记录不能送达").wait_for()
    phone.keep("field-lacking")
    phone.press("说明丢失，继续送达")
    phone.page.get_by_role("alert").filter(has_text="请写明丢失的情况").wait_for()
    assert _version(arrived) == before
    _explain(phone)
    phone.main.get_by_text("没有待核对的记录").wait_for()
    _delivers(phone, line)
    assert _version(arrived) == before + 1
    assert phone.main.locator("[data-lacking]").count() == 0


def test_the_fifth_day_is_red_and_the_seventh_wipes(
    phone: Hand, line: Line, arrived: Visited
) -> None:
    """距上次送达: red from the fifth day on; after seven the package is gone, the outbox is not."""
    before = _version(arrived)
    line.take_down()
    start = time.time()
    _note(phone, line, arrived, "七天没有信号")
    for days, late in ((4, False), (5, True), (6, True)):
        phone.page.clock.set_fixed_time(start + days * 86400 + 60)
        _open(phone, line)
        told = phone.main.get_by_text(f"距上次送达 {days} 天")
        told.wait_for()
        assert ("late" in (told.get_attribute("class") or "")) == late
    phone.keep("field-late")
    phone.page.clock.set_fixed_time(start + 7 * 86400 + 3600)
    phone.page.goto(f"{line.url}/m/field")
    phone.main.get_by_text("本机没有离线包").wait_for()
    assert not [
        one for one in phone.page.evaluate(_LOOK)["kept"] if one.startswith("safe")
    ]  # fmt: skip
    assert _version(arrived) == before
    phone.page.clock.set_fixed_time(time.time())
    line.put_up()
    phone.page.goto(f"{line.url}/m/field")
    phone.heads("准备离线检查")
    _until(phone, lambda: _version(arrived) == before + 1)
    _set_up_again(phone)
    _count(phone, "waiting", 0)


def test_an_office_imports_what_a_phone_exported(phone: Hand, line: Line, arrived: Visited) -> None:
    """导出文件: the department's office looks at it and imports it, twice; it is done once."""
    before, desk = _version(arrived), phone.staff.desk("clerk", department=MARKET)
    line.take_down()
    _note(phone, line, arrived, "由办公室导入")
    phone.page.evaluate("(there) => location.assign(there)", f"{line.url}/m/field#")
    phone.heads("离线检查")
    with phone.page.expect_download() as coming:
        phone.press("导出文件")
    content = Path(coming.value.path()).read_bytes()
    assert "由办公室导入".encode() not in content
    desk.page.goto(f"{phone.staff.at.url}/gov/field_records/import")
    for button, words in (("只查看", "尚未报送"), ("导入", "已办理"), ("导入", "已办理")):
        desk.page.locator("input[type=file]").set_input_files(
            {"name": "离线记录.json", "mimeType": "application/json", "buffer": content}
        )
        desk.page.locator("main").get_by_role("button", name=button, exact=True).click()
        row = desk.page.get_by_role("row").filter(has_text="记录检查结果").filter(has_text=words)
        row.first.wait_for()
    phone.staff.at.keep(desk.page, "field-import-desk")
    assert _version(arrived) == before + 1
    line.put_up()
    _delivers(phone, line)
    _count(phone, "waiting", 0)
    assert _version(arrived) == before + 1


def test_a_forged_copy_that_comes_first_burns_no_record(
    phone: Hand, line: Line, arrived: Visited
) -> None:
    """导入: a copy with another signature is refused and says so; the genuine record is done.

    The phone then knows it as delivered.
    """
    before, desk = _version(arrived), phone.staff.desk("clerk", department=MARKET)
    line.take_down()
    _note(phone, line, arrived, "先到的是伪造的副本")
    phone.page.evaluate("(there) => location.assign(there)", f"{line.url}/m/field#")
    phone.heads("离线检查")
    with phone.page.expect_download() as coming:
        phone.press("导出文件")
    genuine = Path(coming.value.path()).read_bytes()
    forged = json.loads(genuine)
    for one in forged["records"]:
        one["signature"] = one["signature"][::-1]
    desk.page.goto(f"{phone.staff.at.url}/gov/field_records/import")
    for content, words in ((json.dumps(forged).encode(), "不予办理"), (genuine, "已办理")):
        desk.page.locator("input[type=file]").set_input_files(
            {"name": "离线记录.json", "mimeType": "application/json", "buffer": content}
        )
        desk.main.get_by_role("button", name="导入", exact=True).click()
        desk.page.get_by_role("row").filter(has_text=words).first.wait_for()
        none_done = desk.page.get_by_role("alert").filter(has_text="没有办成任何一条")
        assert none_done.count() == (words == "不予办理")
        desk.keep(f"field-forged-{words}")
    assert _version(arrived) == before + 1
    line.put_up()
    _delivers(phone, line)
    _count(phone, "waiting", 0)
    assert _version(arrived) == before + 1


def test_an_office_explains_what_a_file_lacks(phone: Hand, line: Line, arrived: Visited) -> None:
    """文件缺前一条: the office sees it, and with a reason what follows is carried out."""
    before, desk = _version(arrived), phone.staff.desk("clerk", department=MARKET)
    line.take_down()
    for note in ("文件里没有", "文件里有"):
        _note(phone, line, arrived, note)
    phone.page.evaluate("(there) => location.assign(there)", f"{line.url}/m/field#")
    phone.heads("离线检查")
    with phone.page.expect_download() as coming:
        phone.press("导出文件")
    told = json.loads(Path(coming.value.path()).read_bytes())
    told["records"] = told["records"][1:]
    content = json.dumps(told).encode()
    desk.page.goto(f"{phone.staff.at.url}/gov/field_records/import")
    main = desk.page.locator("main")
    for reason, words in (("", "缺前一条记录"), ("手机存储损坏", "已办理")):
        main.locator("input[type=file]").set_input_files(
            {"name": "离线记录.json", "mimeType": "application/json", "buffer": content}
        )
        main.get_by_label("前一条记录丢失的说明").fill(reason)
        main.get_by_role("button", name="导入", exact=True).click()
        desk.page.get_by_role("row").filter(has_text=words).first.wait_for()
        phone.staff.at.keep(desk.page, f"field-lacking-{'told' if reason else 'desk'}")
    assert _version(arrived) == before + 1
    line.put_up()
    _delivers(phone, line)
    _count(phone, "looked", 1)
    phone.main.get_by_role("link", name="待核对").click()
    phone.main.get_by_text("本条记录已说明为丢失").wait_for()
    phone.page.once("dialog", lambda asked: asked.accept())
    phone.press("放弃本条")
    phone.main.get_by_text("没有待核对的记录").wait_for()
    assert _version(arrived) == before + 1


def test_a_clue_is_noted_at_a_visit(phone: Hand, line: Line, arrived: Visited) -> None:
    """登记问题线索: without signal, about the firm arrived; the visit stays as it was.

    Its kind is 其他 unless the officer says another: what he came upon is no report of the public.
    """
    before = _version(arrived)
    line.take_down()
    here = f"{line.url}/m/field#{arrived.visits[OTHER]}"
    phone.page.evaluate("(there) => location.assign(there)", here)
    phone.heads(OTHER)
    phone.follow("登记问题线索")
    phone.heads("登记问题线索")
    assert phone.main.get_by_label("其他", exact=True).is_checked()
    phone.press("登记线索")
    phone.page.get_by_role("alert").filter(has_text="请填写线索标题和内容").wait_for()
    phone.main.get_by_label("线索标题").fill("隔壁仓库原料来源不明")
    phone.main.get_by_label("线索内容").fill("无进货凭证，现场负责人不能说明来源")
    phone.keep("field-clue")
    phone.press("登记线索")
    phone.heads(OTHER)
    _count(phone, "waiting", 1)
    line.put_up()
    _delivers(phone, line)
    phone.page.goto(f"{line.url}/m/clues")
    phone.main.get_by_text("隔壁仓库原料来源不明").first.wait_for()
    _open(phone, line)
    assert _version(arrived) == before


def test_an_administrator_gives_up_a_lost_phone(
    phone: Hand, second: Hand, line: Line, accounts: list[str]
) -> None:
    """外勤手机: the department's administrator gives it up: its session ends, and it says so.

    He knows it by the mark that it shows itself.
    """
    second.page.goto(f"{line.url}/m/field")
    second.heads("准备离线检查")
    _set_up_again(second)
    mark = second.main.locator("[data-device]").inner_text().removeprefix("本机编号 ")[:6]
    desk = phone.staff.desk("department_administrator", department=MARKET).page
    desk.goto(f"{phone.staff.at.url}/gov/field_devices")
    owner = desk.get_by_role("cell", name="执法员乙", exact=True)
    row = desk.get_by_role("row").filter(has=owner).filter(has_text=mark)
    row.get_by_text("在用").wait_for()
    row.get_by_text("注销", exact=True).click()
    phone.staff.at.keep(desk, "field-devices")
    row.get_by_label("理由").fill("手机遗失")
    row.get_by_role("button", name="注销执法员乙的手机").click()
    row.get_by_text("手机遗失").wait_for()
    second.page.goto(f"{line.url}/m/phones")
    second.page.wait_for_url("**/m/login**")
    log_in(second.page, _behind(phone.staff, line), NEW_PASSWORD, account=accounts[1], home="/m")
    second.page.goto(f"{line.url}/m/phones")
    given_up = second.main.locator("section").filter(has_text=f"手机 {mark}")
    given_up.get_by_text("已注销").wait_for()
    second.keep("field-phones")
    _open(second, line)
    second.page.get_by_role("alert").filter(has_text="这部手机已注销").wait_for()


def test_another_user_takes_the_phone(
    phone: Hand, second: Hand, line: Line, arrived: Visited, accounts: list[str]
) -> None:
    """换人使用: nobody reads or sends what the first recorded; with him it is delivered."""
    del second  # has let himself in
    before, page, staff = _version(arrived), phone.page, phone.staff
    line.take_down()
    _note(phone, line, arrived, "换人之前")
    _count(phone, "waiting", 1)
    page.context.clear_cookies()
    line.put_up()
    log_in(page, _behind(staff, line), NEW_PASSWORD, account=accounts[1], home="/m")
    page.goto(f"{line.url}/m/field")
    phone.heads("准备离线检查")
    phone.main.get_by_text("另有他人的记录").wait_for()
    _count(phone, "waiting", 0)
    page.wait_for_load_state("networkidle")
    assert _version(arrived) == before
    page.context.clear_cookies()
    log_in(page, _behind(staff, line), NEW_PASSWORD, account=accounts[0], home="/m")
    page.goto(f"{line.url}/m/field")
    phone.heads("准备离线检查")
    _until(phone, lambda: _version(arrived) == before + 1)
    _set_up_again(phone)
    _count(phone, "waiting", 0)


def _behind(staff: Staff, line: Line) -> Installation:
    """Give the installation as a phone finds it that never goes around the line."""
    return evolve(staff.at, url=line.url)


def test_what_a_colleague_changed_meanwhile_is_looked_at(
    phone: Hand, line: Line, arrived: Visited, accounts: list[str]
) -> None:
    """待核对: the present version is told, a person decides, and nothing is overwritten unasked."""
    staff, visit = phone.staff, arrived.visits[OTHER]
    line.take_down()
    _note(phone, line, arrived, "与同事冲突")
    with httpx.Client(base_url=staff.at.url, timeout=PATIENCE) as client:
        token = staff._token(accounts[1], NEW_PASSWORD)
        told = client.post(
            "/api/v1/tasks/record_results", headers={"authorization": f"Bearer {token}"},
            json={"visit_id": visit, "answers": [
                {"item": "RP-1", "outcome": "passed", "corrected_because": "复核后合格"},
            ]},
        )  # fmt: skip
    assert told.is_success, told.text
    before = _version(arrived)
    line.put_up()
    _delivers(phone, line)
    _count(phone, "looked", 1)
    assert _version(arrived) == before
    phone.main.get_by_role("link", name="待核对").click()
    phone.heads("待核对")
    phone.main.get_by_text(f"现为第{before}版").wait_for()
    phone.main.get_by_text("未发现问题，执法员乙记录").wait_for()
    phone.main.get_by_text("发现问题（与同事冲突）").wait_for()
    phone.keep("field-looked")
    phone.press("仍按本条办理")
    phone.page.get_by_role("alert").filter(has_text="请填写更正理由").wait_for()
    phone.main.get_by_label("更正理由").fill("现场复核仍有问题")
    phone.press("仍按本条办理")
    phone.main.get_by_text("没有待核对的记录").wait_for()
    _delivers(phone, line)
    _count(phone, "looked", 0)
    assert _version(arrived) == before + 1
    stands = arrived.hands["task_administrator"].client.get(f"/api/v1/tasks/visits/{visit}").json()
    former = [(one["outcome"], one["officer"]) for one in stands["content"]["superseded"]]
    assert former[-1] == ("passed", arrived.officers[1])
    assert stands["content"]["items"][0]["corrected_because"] == "现场复核仍有问题"


def test_a_phone_that_deletes_too_early_is_caught(
    phone: Hand, line: Line, arrived: Visited
) -> None:
    """Negative control: one that takes away what it sent before the receipt loses a record."""
    before = _version(arrived)
    line.swallows, sent = True, line.sent
    _note(phone, line, arrived, "先删后收")
    _until(phone, lambda: line.sent > sent)
    _count(phone, "waiting", 1)
    gone = """async () => {
      const asked = indexedDB.open("field");
      const database = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
      const all = database.transaction("outbox", "readwrite").objectStore("outbox");
      const found = await new Promise((done) => {
        const one = all.getAll();
        one.onsuccess = () => done(one.result);
      });
      for (const one of found) if (one.state === "waiting") all.delete(one.record);
      database.close();
    }"""
    phone.page.evaluate(gone)
    line.put_up()
    _delivers(phone, line)
    with pytest.raises(AssertionError):
        assert _version(arrived) == before + 1


@pytest.fixture(scope="module")
def signed(staff: Staff, arrived: Visited, accounts: list[str]) -> str:
    """Give the other visit once it is signed; its record keeper cannot confirm it himself."""
    visit = arrived.visits[OTHER]
    with httpx.Client(base_url=f"{staff.at.url}/api/v1/tasks/", timeout=PATIENCE) as client:
        token = staff._token(accounts[0], NEW_PASSWORD)
        client.headers["authorization"] = f"Bearer {token}"
        answers = [{"item": f"RP-{at}", "outcome": "passed", "corrected_because": "复核后合格"}
                   for at in (1, 2, 3)]  # fmt: skip
        party = {"_type": "SignatureRefused", "reason": "不认可结论", "witness": "社区网格员"}
        for act, said in (
            ("record_results", {"answers": answers}), ("conclude", {"outcomes": ["no_problem"]}),
            ("sign", {"party": party}),
        ):  # fmt: skip
            told = client.post(act, json={"visit_id": visit, **said})
            assert told.is_success, told.text
        own = client.post("confirm_record", json={"visit_id": visit})
        assert "记录人不能自己确认检查记录" in own.text
    return visit


def test_five_wrong_pins_of_a_companion_lock_it(
    phone: Hand, second: Hand, line: Line, arrived: Visited, signed: str
) -> None:
    """同行口令输错: each is told at its visit, the fifth locks; then the right one is not asked."""
    before = _version(arrived)
    _open(phone, line)
    phone.follow(OTHER)
    phone.main.get_by_role("link", name="确认检查记录").wait_for()  # the package is of now
    phone.page.evaluate("(there) => location.assign(there)", f"{line.url}/m/field#companions")
    phone.heads("同行口令")
    _set_companion(phone, second, line)
    line.take_down()
    _confirm_wrongly(phone, line, signed, wrong=1)
    _count(phone, "waiting", 1)
    line.put_up()
    phone.page.evaluate("(there) => location.assign(there)", f"{line.url}/m/field#looked")
    phone.heads("待核对")
    phone.press("立即送达")
    _explain(phone)  # what the phone lost before
    told = phone.page.get_by_role("alert").filter(has_text="“确认检查记录”没有办理")
    for wrong in range(2, MOST_WRONG + 1):
        _count(phone, "looked", 1)
        phone.follow("重新确认")
        _confirm_wrongly(phone, line, signed, wrong=wrong)
        last = wrong == MOST_WRONG
        told.filter(has_text="已停用" if last else "口令不对，连续输错5次即停用").wait_for()
        phone.keep("field-companion-locked" if last else "field-companion-wrong")
        phone.main.get_by_role("link", name="去核对").click()
        phone.heads("待核对")
    phone.main.get_by_text("请由同行人员在自己的手机上确认检查记录").wait_for()
    phone.follow("重新确认")
    phone.main.get_by_text("执法员乙的同行口令连续输错，已停用").wait_for()
    assert phone.main.get_by_label("同行人员的6位数字口令").count() == 0
    phone.keep("field-confirm-locked")
    phone.follow("同行口令")
    phone.main.get_by_text("连续输错，已停用").wait_for()
    assert _version(arrived) == before


def _confirm_wrongly(phone: Hand, line: Line, visit: str, *, wrong: int) -> None:
    """Confirm a record by a PIN that is not the companion's."""
    here = f"{line.url}/m/field#{visit}/confirm_record"
    phone.page.evaluate("(there) => location.assign(there)", here)
    phone.heads("确认检查记录")
    phone.main.get_by_label("同行人员的6位数字口令").fill(f"{wrong:06}")
    phone.press("确认检查记录")
    phone.heads(OTHER)


def test_a_second_officer_confirms_on_the_own_phone(second: Hand, line: Line, signed: str) -> None:
    """在自己的手机上确认: what waits for him leads there; the record keeper is not asked."""
    second.page.goto(f"{line.url}/m/visits/{signed}")
    second.heads(OTHER)
    second.main.get_by_text("检查记录待另一名执法人员确认").wait_for()
    second.keep("field-confirm-own")
    second.follow("确认检查记录")
    second.heads("确认检查记录")
    second.keep("field-confirm-own-form")
    second.press("确认检查记录")
    second.main.get_by_text("检查记录已由执法员乙确认").wait_for()


def test_five_wrong_pins_empty_the_safe(phone: Hand, line: Line) -> None:
    """口令输错五次: the package is gone, and what waits is delivered all the same."""
    line.take_down()
    phone.page.goto(f"{line.url}/m/field")
    phone.heads("打开离线包")
    for wrong in range(1, 6):
        phone.main.get_by_label("6位数字口令").fill("111111")
        phone.press("打开")
        if wrong < 5:
            phone.page.get_by_role("alert").filter(has_text="口令不对").wait_for()
            _until(phone, partial(phone.page.evaluate, _WRONG, wrong))
            phone.keep("field-wrong-pin")
            phone.page.reload()
            phone.heads("打开离线包")
    phone.main.get_by_text("本机没有离线包").wait_for()
    kept = phone.page.evaluate(_LOOK)["kept"]
    assert not [one for one in kept if one.startswith("safe")]
    line.put_up()
    phone.page.goto(f"{line.url}/m/field")
    phone.heads("准备离线检查")
    _set_up_again(phone)


def test_log_out_empties_the_safe(phone: Hand, line: Line) -> None:
    """退出登录: package and key are gone from the phone; what was delivered is still counted."""
    before = phone.page.evaluate(_LOOK)
    assert {"safe", "safe/package", "safe/device"} <= set(before["kept"])
    phone.page.goto(f"{line.url}/m")
    phone.page.get_by_text("我的账号").click()
    phone.page.get_by_role("button", name="退出登录").click()
    phone.page.get_by_text("已退出登录").first.wait_for()
    after = phone.page.evaluate(_LOOK)
    assert not [one for one in after["kept"] if one.startswith("safe")]
    assert after["outbox"] == before["outbox"] > 0
