"""Every page in a real browser, at a desk and on a phone: policy, accessibility, width, weight."""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from urllib.parse import parse_qs

import pytest
from attrs import define, evolve, field
from httpx import Response
from jinja2 import ChoiceLoader, DictLoader
from playwright.sync_api import Browser, Dialog, ViewportSize
from playwright.sync_api import Page as Tab
from tests.integration.chromium import WATCH, findings

from entrypoints.container import Platform
from entrypoints.http.answering import COOKIE
from entrypoints.http.routes import Access
from entrypoints.http.web import web_pages
from entrypoints.http.web.answering import FORM_COOKIE, _templates
from entrypoints.http.web.assets import assets
from entrypoints.http.web.pages import Shown
from entrypoints.http.web.reading import Field

from .conftest import Surface, client_of, opened
from .furnished import KEEPER, MORE, UNOPENED, Address, addresses, shape_of_page
from .test_pages_matrix import FORM, unreadable

DESK, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
FIRST, LATER, FRAGMENT = 150_000, 30_000, 5_000


ADDRESSES = tuple(addresses())
FIRSTS = {shape_of_page(one.page): one.name for one in reversed(ADDRESSES)}
"""The first page of each shape."""


@define
class Served:
    """A tab whose requests the surface answers, as ``user``; what it loaded, and complained of."""

    surface: Surface
    user: str = ""
    weights: dict[str, int] = field(factory=dict)
    complaints: list[str] = field(factory=list)
    site: str = ""
    tab: Tab = field(init=False)
    _turn: Lock = field(factory=Lock)

    def renew(self) -> None:
        """Begin anew, as somebody who has just logged in."""
        self.surface.restore()
        if self.user:
            self.surface.age(self.user)
        self.complaints.clear()

    def ask(
        self, method: str, path: str, headers: Mapping[str, str], content: bytes | None = None
    ) -> Response:
        """Ask the surface as the user's browser would."""
        token = self.surface.province.tokens.get(self.user, "")
        cookie = f"{FORM_COOKIE}={FORM}" + (f"; {COOKIE}={token}" if token else "")
        own = {"cookie": cookie, "sec-fetch-site": "same-origin", "accept-encoding": "gzip"}
        return self.surface.client.request(
            method, path, content=content, headers={**headers, **own}, follow_redirects=False
        )

    def answer(self, asked: BaseHTTPRequestHandler) -> None:
        """Let the surface answer what the tab asks for."""
        kept = ("content-type", "hx-request")
        sent = {name: asked.headers[name] for name in kept if name in asked.headers}
        content = asked.rfile.read(int(asked.headers.get("content-length", "0")))
        with self._turn:
            answer = self.ask(asked.command, asked.path, sent, content)
        body = answer.content
        self.weights[asked.path] = int(answer.headers["content-length"])
        asked.send_response(answer.status_code)
        for name, text in answer.headers.items():
            if name not in {"content-encoding", "content-length", "set-cookie"}:
                asked.send_header(name, text)
        asked.send_header("content-length", str(len(body)))
        asked.end_headers()
        asked.wfile.write(body)

    def open(self, path: str) -> None:
        """Load a page, and all that it loads."""
        self.weights.clear()
        self.tab.goto(self.site + path)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing was asked for a tenth of a second."""
        seen = 0
        while seen != len(self.weights) or self._turn.locked():
            seen = len(self.weights)
            self.tab.wait_for_timeout(100)

    def violations(self) -> list[str]:
        """Give what the policy refused on the page."""
        return [str(one) for one in self.tab.evaluate("window.violations")]


@contextmanager
def listening(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """Listen on this machine, and ``answer``; give the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        do_POST = do_OPTIONS = do_GET  # noqa: N815 - names that the standard library gives

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


def opened_tab(made: Served, chromium: Browser) -> Iterator[Served]:
    """Open a tab that keeps nothing between pages."""
    context = chromium.new_context(viewport=DESK, color_scheme="light")
    context.add_init_script(WATCH)
    made.tab = context.new_page()
    context.new_cdp_session(made.tab).send("Network.setCacheDisabled", {"cacheDisabled": True})
    made.tab.on(
        "console", lambda one: made.complaints.append(one.text) if one.type == "error" else None
    )
    made.tab.on("pageerror", lambda one: made.complaints.append(str(one)))
    with listening(made.answer) as made.site:
        yield made
        context.close()


@pytest.fixture(scope="module")
def served(shared: Surface, chromium: Browser) -> Iterator[Served]:
    """Give the tab."""
    yield from opened_tab(Served(shared), chromium)


def keep(tab: Tab, name: str) -> None:
    """Keep a picture where ``SUPERVISION_PICTURES`` says."""
    if folder := os.environ.get("SUPERVISION_PICTURES"):
        whole = "phone" in name
        tab.screenshot(path=Path(folder) / f"{name}.png", full_page=whole)


@pytest.fixture(scope="module")
def shown(whole: Surface, chromium: Browser) -> Iterator[Served]:
    """Give a tab on the province in which there is one of everything."""
    yield from opened_tab(Served(whole), chromium)


MOST = "supervision_core.identity.services.lists.MOST_EXPORTED"


@pytest.fixture
def few_exported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every export be left to the worker, so that its page is shown."""
    monkeypatch.setattr(MOST, 0)


def test_every_page_is_opened_or_named() -> None:
    """A page that is not opened says why, and where else it is; no name of one is left over."""
    pages = {one.name for one in web_pages() if one.method == "GET"}
    assert {one.page.name for one in ADDRESSES} == pages - set(UNOPENED)
    assert {*UNOPENED, *MORE} <= pages
    assert not {*UNOPENED} & {*MORE}
    assert len(ADDRESSES) > 700


@pytest.mark.usefixtures("few_exported")
def test_every_page_is_light_and_keeps_to_the_policy(whole: Surface) -> None:
    """大小、安全响应头: each is shown, at most 30 KB, its content alone 5 KB; no shape is exempt.

    Control: what weighs more, or is refused, is named.
    """
    served = Served(whole)
    served.user = KEEPER
    served.renew()
    assert [fault for one in ADDRESSES for fault in faults(served, one, LATER, FRAGMENT)] == []
    (page,) = (one for one in ADDRESSES if one.name == "page_tasks_task_view")
    found = [*faults(served, page, 1_000, 100), *faults(served, evolve(page, user=""), LATER, 1)]
    assert [one.partition(":")[0] for one in found] == [
        "weight", "fragment", "status", "fragment_status",
    ]  # fmt: skip


def faults(served: Served, one: Address, most: int, most_alone: int) -> Iterator[str]:
    """Give what is wrong with a page, as its headers tell it."""
    served.user = one.user
    answer = served.ask("GET", one.path, {})
    weight = int(answer.headers["content-length"])
    if answer.status_code != 200:
        yield f"status: {answer.status_code} {one.path}"
    elif one.is_file:
        if "html" in answer.headers["content-type"]:
            yield f"page: {one.path}"
        return
    elif unread := unreadable(answer.text):
        yield f"unreadable: {unread} {one.path}"
    if weight > most:
        yield f"weight: {weight} {one.path}"
    policy = answer.headers["content-security-policy"]
    if "unsafe" in policy or "default-src 'none'" not in policy:
        yield f"policy: {policy} {one.path}"
    if not one.user and one.page.access is Access.PUBLIC:
        return
    fragment = served.ask("GET", one.path, {"hx-request": "true"})
    if fragment.status_code != 200 or "<main" in fragment.text:
        yield f"fragment_status: {fragment.status_code} {one.path}"
    elif int(fragment.headers["content-length"]) > most_alone:
        yield f"fragment: {fragment.headers['content-length']} {one.path}"


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(
            one,
            id=one.name,
            marks=[] if FIRSTS[shape_of_page(one.page)] == one.name else [pytest.mark.slow],
        )
        for one in ADDRESSES
        if not one.is_file
    ],
)
def test_every_page_is_fit_for_desk_and_phone(
    shown: Served, one: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    """内容安全策略、无障碍、宽度、大小: nothing is refused, complained of, or found by axe.

    No page is too wide, and all weigh at most 150 KB with all that they load: the same at any
    width, so that a page is loaded once and then made narrow. So are the colours of words, which
    are looked at once; what a phone alone shows is its menu, which is opened below. Of each shape
    one is opened every day, the others by ``nox -s browser``.
    """
    if one.name.endswith("_exporting"):  # a list says elsewhere how many rows there are
        monkeypatch.setattr(MOST, 0)
    shown.user = one.user
    shown.renew()
    shown.tab.set_viewport_size(DESK)
    shown.open(one.path)
    for name, size, seen in (("desk", DESK, ()), ("phone", PHONE, ("color-contrast",))):
        shown.tab.set_viewport_size(size)
        keep(shown.tab, f"{one.name}-{name}")
        assert shown.tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert findings(shown.tab, but=seen) == []
    assert shown.complaints == []
    assert shown.violations() == []
    assert sum(shown.weights.values()) <= FIRST


def test_the_style_of_others_is_there() -> None:
    """构建时取得: without it the pages of these tests would prove little."""
    assert {"tabler.css", "icons.css", "icons.woff2", "htmx.js", "idiomorph.js"} <= set(assets())


def test_no_class_of_ours_is_one_of_theirs() -> None:
    """A name that both give would be drawn as neither of us meant it."""
    ours, theirs = (
        set(re.findall(r"\.(-?[a-z][a-z0-9-]*)", assets()[name].body.decode()))
        for name in ("platform.css", "tabler.css")
    )
    assert ours & theirs == set()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_what_bars_people_is_found(served: Served, size: ViewportSize) -> None:
    """Negative control: axe names a field without a label, and grey words on grey."""
    served.user = ""
    served.renew()
    served.tab.set_viewport_size(size)
    served.open("/gov/login")
    served.tab.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', "
                        "'<input class=bare><p id=faint>faint</p>')")  # fmt: skip
    served.tab.evaluate("document.getElementById('faint').style.cssText = "
                        "'color: rgb(120,120,120); background: rgb(110,110,110)'")  # fmt: skip
    found = {one.partition(" ")[0] for one in findings(served.tab)}
    assert found == {"label", "color-contrast"}
    assert {one.partition(" ")[0] for one in findings(served.tab, but=["color-contrast"])} == {
        "label"
    }


def test_what_the_policy_refuses_is_seen(served: Served) -> None:
    """Negative control: a style in an attribute is a violation, and a complaint."""
    served.user = ""
    served.renew()
    served.open("/gov/login")
    served.complaints.clear()
    with served.tab.expect_console_message():
        served.tab.evaluate("document.body.setAttribute('style', 'color: red')")
    served.tab.wait_for_function("window.violations.length > 0")
    assert served.violations()
    assert served.complaints


def at_regions(served: Served) -> Tab:
    """Open the list of regions at a desk."""
    served.user = "system"
    served.renew()
    served.tab.set_viewport_size(DESK)
    served.open("/gov/identity/regions")
    return served.tab


def test_the_drawer_changes_beside_the_list(served: Served) -> None:
    """抽屉: refused in it, then saved; the list is drawn anew, the focus is back on the row."""
    tab = at_regions(served)
    tab.get_by_role("link", name=re.compile("修改 ?柳州市")).click()
    drawer = tab.get_by_role("dialog")
    assert drawer.locator("h2").inner_text() == "修改行政区划"
    keep(tab, "drawer")
    assert findings(tab) == []
    drawer.get_by_label("所属层级").select_option("县级")
    drawer.get_by_role("button", name="保存", exact=True).click()
    drawer.get_by_role("alert").wait_for()
    keep(tab, "drawer-refused")
    assert drawer.locator("[aria-invalid=true]").count() == 1
    assert tab.evaluate("document.activeElement.name") == "level"
    drawer.get_by_label("所属层级").select_option("市级")
    drawer.get_by_label("区划名称").fill("龙城")
    drawer.get_by_role("button", name="保存", exact=True).click()
    drawer.wait_for(state="hidden")
    tab.get_by_role("status").wait_for()
    assert tab.get_by_role("status").inner_text() == "修改成功。"
    assert tab.get_by_role("cell", name="龙城", exact=True).count() == 1
    assert tab.url.endswith("/gov/identity/regions")
    assert tab.evaluate("document.activeElement.textContent") == "修改龙城"
    keep(tab, "drawer-saved")
    assert not served.violations()


def test_one_goes_on_with_the_next_row(served: Served) -> None:
    """保存并处理下一条: the drawer saves and shows the same act of the row below."""
    tab = at_regions(served)
    tab.get_by_role("link", name=re.compile("修改 ?南宁市")).click()
    drawer = tab.get_by_role("dialog")
    drawer.get_by_label("区划名称").fill("邕城")
    drawer.get_by_role("button", name="保存并处理下一条").click()
    drawer.locator("[name=name]:not([value=南宁市])").wait_for()
    assert drawer.get_by_label("区划名称").input_value() == "青秀区"
    assert tab.locator("main").get_by_text("邕城").count() > 0
    drawer.get_by_role("button", name="保存", exact=True).click()
    drawer.wait_for(state="hidden")
    tab.wait_for_function("document.activeElement.textContent === '修改青秀区'")
    assert not served.violations()


def test_what_is_not_saved_is_not_lost_unasked(served: Served) -> None:
    """未保存的修改: closing asks first; nothing was sent."""
    tab = at_regions(served)
    asked: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    tab.get_by_role("link", name="新增行政区划").click()
    drawer = tab.get_by_role("dialog")
    drawer.wait_for()
    tab.keyboard.press("Escape")
    drawer.wait_for(state="hidden")
    tab.get_by_role("link", name="新增行政区划").click()
    drawer.get_by_label("区划名称").fill("未存")
    tab.once("dialog", dismiss)
    drawer.get_by_role("button", name="关闭").click()
    assert asked == ["有未保存的修改，确定关闭吗？"]
    assert drawer.is_visible()
    tab.once("dialog", lambda dialog: dialog.accept())
    drawer.get_by_role("button", name="关闭").click()
    drawer.wait_for(state="hidden")
    assert tab.evaluate("document.activeElement.textContent") == "新增行政区划"


def test_a_search_exchanges_the_content_alone(served: Served) -> None:
    """查询: the address says what was asked, the menu stays, the focus too."""
    tab = at_regions(served)
    tab.evaluate("document.querySelector('.side').dataset.kept = 'yes'")
    tab.get_by_label("区划名称或区划代码").fill("柳州")
    tab.keyboard.press("Enter")
    tab.get_by_role("cell", name="南宁市", exact=True).first.wait_for(state="detached")
    assert "&text=%E6%9F%B3%E5%B7%9E&" in tab.url
    assert tab.evaluate("document.querySelector('.side').dataset.kept") == "yes"
    assert tab.evaluate("document.activeElement.name") == "text"
    tab.go_back()
    tab.get_by_role("cell", name="南宁市", exact=True).first.wait_for()
    assert tab.url.endswith("/gov/identity/regions")
    assert not served.violations()


SAMPLE = """
{% extends "layout.html" %}
{% import "kit.html" as kit with context %}
{% block title %}样例{% endblock %}
{% block width %}wide{% endblock %}
{% block content %}
<div class="with-tree">
{{ kit.tree(nodes, "b", "/gov/identity/users", "node") }}
<div>
{{ kit.searchbar("/gov/identity/users", search, {"three": "no"}, {"node": "b"}) }}
{{ kit.toolbar([
  {"path": "/gov/identity/users/add", "title": "新增", "icon": "ti-plus", "drawer": true},
]) }}
{{ kit.listing("样例", ["名称", "状态", "操作"], rows, "/gov/identity/users/add", batch) }}
{{ kit.pager("/gov/identity/users", {"node": "b"}, "next", where="第1至30条") }}
</div>
</div>
{% endblock %}
"""


@pytest.fixture
def sample(served: Served, monkeypatch: pytest.MonkeyPatch) -> Served:
    """Let the page of users show every macro of lists."""
    search = [Field(name=one, title=one) for one in ("one", "two", "three", "four")]
    rows = [
        {"id": f"r{one}", "title": f"第{one}行", "cells": (
            {"text": f"第{one}行", "path": "/gov/identity/users/clerk", "drawer": True},
            {"text": "启用", "colour": "green"},
        ), "actions": ({"path": "/gov/identity/users", "title": "删除", "about": f"第{one}行"},)}
        for one in range(30)
    ]  # fmt: skip
    values = {
        "search": search, "rows": rows,
        "nodes": [{"id": "a", "title": "餐饮", "nodes": [{"id": "b", "title": "火锅"}]},
                  {"id": "c", "title": "住宿"}],
        "batch": ({"value": "enable", "title": "启用"},
                  {"value": "delete", "title": "删除", "kind": "danger"}),
    }  # fmt: skip
    (page,) = (
        one
        for one in served.surface.app.table.pages
        if (one.method, one.path) == ("GET", "/gov/identity/users")
    )
    shown = Shown(template="sample.html", values=values)
    monkeypatch.setattr(page, "run", lambda _call, _form: shown)
    pages = _templates()
    both = ChoiceLoader([DictLoader({"sample.html": SAMPLE}), pages.loader or DictLoader({})])
    monkeypatch.setattr(pages, "loader", both)
    served.user = "system"
    served.renew()
    return served


def test_the_macros_of_lists_work_together(sample: Served) -> None:
    """列表: tree, search, tags, ticks; all at once, how many; cards on a phone; heads that stay."""
    tab = sample.tab
    for name, size in (("desk", DESK), ("phone", PHONE)):
        tab.set_viewport_size(size)
        sample.open("/gov/identity/users")
        keep(tab, f"kit-{name}")
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert findings(tab) == []
    tab.set_viewport_size(DESK)
    tab.locator(".listing .wide-table").evaluate("one => one.scrollTo(0, 400)")
    assert tab.get_by_role("columnheader", name="名称").is_visible()
    assert tab.get_by_role("button", name="启用").is_disabled()
    tab.get_by_label("全选").check()
    assert tab.locator("[data-ticked]").inner_text() == "已选 30 条"
    tab.get_by_label("选择第3行").uncheck()
    with tab.expect_request("**/gov/identity/users/add") as sent:
        tab.get_by_role("button", name="启用").click()
    fields = parse_qs(sent.value.post_data or "")
    assert fields["act"] == ["enable"]
    assert sum(name.startswith("row-") for name in fields) == 29
    assert "row-r3" not in fields
    assert sample.violations() == []


@pytest.mark.parametrize(
    "path",
    ["/gov", "/gov/identity/users", "/gov/identity/users/clerk", "/gov/identity/regions/add"],
)
def test_the_dark_is_read_as_well(served: Served, path: str) -> None:
    """深色模式: by the system's wish, with enough contrast."""
    served.user = "system"
    served.renew()
    served.tab.emulate_media(color_scheme="dark")
    served.open(path)
    keep(served.tab, f"dark{path.replace('/', '-')}")
    assert findings(served.tab) == []
    served.tab.emulate_media(color_scheme="light")


def test_the_menu_of_a_phone_folds_out(served: Served) -> None:
    """手机菜单: closed at first; opened by keyboard, it leads on."""
    served.user = "system"
    served.renew()
    served.tab.set_viewport_size(PHONE)
    served.open("/gov/identity/regions")
    entry = served.tab.get_by_role("link", name="组织机构", exact=True)
    assert not entry.is_visible()
    served.tab.locator("summary", has_text="菜单").focus()
    served.tab.keyboard.press("Enter")
    assert entry.is_visible()
    keep(served.tab, "menu-phone")
    assert findings(served.tab) == []
    entry.click()
    served.tab.wait_for_url("**/gov/identity/departments")


def signs(asked: BaseHTTPRequestHandler) -> None:
    """Answer as certificate middleware: the proof of ``paper-clerk``, for pages of any site."""
    asked.send_response(200)
    asked.send_header("access-control-allow-origin", "*")
    asked.send_header("access-control-allow-headers", "content-type")
    asked.end_headers()
    if asked.command == "POST":
        size = int(asked.headers["content-length"])
        nonce = bytes.fromhex(json.loads(asked.rfile.read(size))["nonce"])
        proof = {"certificate": b"good:paper-clerk", "signature": b"paper-clerk" + nonce}
        asked.wfile.write(json.dumps({name: one.hex() for name, one in proof.items()}).encode())


def test_a_proof_is_made_by_the_middleware(bare_platform: Platform, chromium: Browser) -> None:
    """证书助手: one button asks the user's own machine, and the form goes out with its files."""
    with listening(signs) as middleware:
        address = f"{middleware.replace('localhost', '127.0.0.1')}/sign"
        app, province, store = opened(bare_platform, middleware=address)
        with client_of(app) as client:
            made = Served(Surface(app, province, store, client))
            for _ in opened_tab(made, chromium):
                made.open("/gov/login/certificate")
                assert findings(made.tab) == []
                with made.tab.expect_response("**/gov/login/certificate") as answered:
                    made.tab.get_by_role("button", name="用 UKey 登录").click()
                assert answered.value.status == 303
                assert answered.value.headers["location"] == "/gov"


def test_a_challenge_is_kept_as_a_file(served: Served) -> None:
    """挑战文件: the link gives the bytes that are to be signed."""
    served.user = ""
    served.renew()
    served.open("/gov/login/certificate")
    with served.tab.expect_download() as kept:
        served.tab.get_by_role("link", name="下载挑战文件").click()
    assert kept.value.suggested_filename == "challenge.bin"
    assert len(Path(kept.value.path()).read_bytes()) == 32
