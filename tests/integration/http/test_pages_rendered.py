"""Every page in a real browser, at a desk and on a phone: policy, accessibility, width, weight."""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs

import pytest
from attrs import define, field
from axe_playwright_python.sync_playwright import Axe  # has none
from httpx import Response
from jinja2 import ChoiceLoader, DictLoader
from playwright.sync_api import Browser, Dialog, ViewportSize
from playwright.sync_api import Page as Tab
from tests.integration.chromium import opened_chromium

from entrypoints.container import Platform
from entrypoints.http.answering import COOKIE
from entrypoints.http.routes import PARAMETER
from entrypoints.http.web import Page, web_pages
from entrypoints.http.web.answering import FORM_COOKIE, _templates
from entrypoints.http.web.assets import assets
from entrypoints.http.web.pages import Shown
from entrypoints.http.web.reading import Field

from .conftest import Surface, client_of, opened
from .page_calls import PAGE_CALLS, PageCalling
from .test_matrix import OWN, held_by
from .test_pages_matrix import FORM

DESK, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
FIRST, LATER, FRAGMENT = 150_000, 30_000, 5_000


def calling(page: Page) -> PageCalling:
    """Give how a page is called: by its address alone where nothing else is said."""
    return PAGE_CALLS.get(page.name, PageCalling())


AWAY = {"page_sign_on", "page_phone_sign_on", "page_signed_on", "page_root"}
"""Pages that only lead elsewhere."""
OPENED = [
    one
    for one in web_pages()
    if one.method == "GET"
    and one.name not in AWAY
    and not calling(one).elsewhere
    and (
        one.name in PAGE_CALLS
        or ("{" not in one.path and not one.path.endswith(("/count", "/export")))
    )
]
"""Of what follows from registers and lists: the pages that are about no entry."""
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation",
    (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Give the browser."""
    yield from opened_chromium()


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
        self.tab.goto(self.site + path, wait_until="networkidle")

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


def address_of(page: Page) -> tuple[str, str]:
    """Give who opens a page, and its address about something of his."""
    how = calling(page)
    target, query = OWN["office"].get(how.kind, ("",))[0], f"?{how.query}" if how.query else ""
    if page.permission is None:
        return "" if "/login" in page.path else how.user, f"{page.path}{query}"
    users = ("system", "security", "auditor", "doer")
    return next(one for one in users if page.permission in held_by(one)), PARAMETER.sub(
        target, page.path
    )


def findings(tab: Tab) -> list[str]:
    """Give what axe finds: each rule with the elements that break it."""
    found: Any = Axe().run(tab).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['html']}" for one in found for node in one["nodes"]
    ]


def keep(tab: Tab, name: str) -> None:
    """Keep a picture where ``SUPERVISION_PICTURES`` says."""
    if folder := os.environ.get("SUPERVISION_PICTURES"):
        whole = "phone" in name
        tab.screenshot(path=Path(folder) / f"{name}.png", full_page=whole)


@pytest.mark.parametrize("page", OPENED, ids=[one.name for one in OPENED])
def test_every_page_is_fit_for_desk_and_phone(served: Served, page: Page) -> None:
    """内容安全策略、无障碍、宽度、大小: nothing is refused, complained of, or found by axe.

    No page is too wide, and all are light: 150 KB for the first with all that it loads, then 30 KB,
    and 5 KB for its content alone.
    """
    served.user, path = address_of(page)
    served.renew()
    for name, size in (("desk", DESK), ("phone", PHONE)):
        served.tab.set_viewport_size(size)
        served.open(path)
        keep(served.tab, f"{page.name}-{name}")
        assert served.tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert findings(served.tab) == []
    assert served.complaints == []
    assert served.violations() == []
    assert served.weights[path] <= LATER
    assert sum(served.weights.values()) <= FIRST
    if served.user:
        fragment = served.ask("GET", path, {"hx-request": "true"})
        assert fragment.status_code == 200
        assert "<main" not in fragment.text
        assert int(fragment.headers["content-length"]) <= FRAGMENT


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


def test_what_the_policy_refuses_is_seen(served: Served) -> None:
    """Negative control: a style in an attribute is a violation, and a complaint."""
    served.user = ""
    served.renew()
    served.open("/gov/login")
    served.complaints.clear()
    served.tab.evaluate("document.body.setAttribute('style', 'color: red')")
    served.tab.wait_for_timeout(100)
    assert served.violations()
    assert served.complaints


def at_regions(served: Served) -> Tab:
    """Open the list of regions at a desk."""
    served.user = "system"
    served.renew()
    served.tab.set_viewport_size(DESK)
    served.open("/gov/regions")
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
    drawer.get_by_role("button", name="保存").click()
    drawer.get_by_role("alert").wait_for()
    keep(tab, "drawer-refused")
    assert drawer.locator("[aria-invalid=true]").count() == 1
    assert tab.evaluate("document.activeElement.name") == "level"
    drawer.get_by_label("所属层级").select_option("市级")
    drawer.get_by_label("区划名称").fill("龙城")
    drawer.get_by_role("button", name="保存").click()
    drawer.wait_for(state="hidden")
    tab.get_by_role("status").wait_for()
    assert tab.get_by_role("status").inner_text() == "修改成功。"
    assert tab.get_by_role("cell", name="龙城", exact=True).count() == 1
    assert tab.url.endswith("/gov/regions")
    assert tab.evaluate("document.activeElement.textContent") == "修改龙城"
    keep(tab, "drawer-saved")
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
    tab.get_by_role("cell", name="南宁市", exact=True).wait_for(state="detached")
    assert tab.url.endswith("/gov/regions?text=%E6%9F%B3%E5%B7%9E")
    assert tab.evaluate("document.querySelector('.side').dataset.kept") == "yes"
    assert tab.evaluate("document.activeElement.id") == "text"
    tab.go_back()
    tab.get_by_role("cell", name="南宁市", exact=True).wait_for()
    assert tab.url.endswith("/gov/regions")
    assert not served.violations()


SAMPLE = """
{% extends "layout.html" %}
{% import "kit.html" as kit with context %}
{% block title %}样例{% endblock %}
{% block width %}wide{% endblock %}
{% block content %}
<div class="with-tree">
{{ kit.tree(nodes, "b", "/gov/users", "node") }}
<div>
{{ kit.searchbar("/gov/users", search, {"three": "no"}, {"node": "b"}) }}
{{ kit.toolbar([{"path": "/gov/users/add", "title": "新增", "icon": "ti-plus", "drawer": true}]) }}
{{ kit.listing("样例", ["名称", "状态", "操作"], rows, "/gov/users/add", batch) }}
{{ kit.pager("/gov/users", {"node": "b"}, "next", false, where="第1至30条") }}
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
            {"text": f"第{one}行", "path": "/gov/users/clerk", "drawer": True},
            {"text": "启用", "colour": "green"},
        ), "actions": ({"path": "/gov/users", "title": "删除", "about": f"第{one}行"},)}
        for one in range(30)
    ]  # fmt: skip
    values = {
        "search": search, "rows": rows,
        "nodes": [{"id": "a", "title": "餐饮", "nodes": [{"id": "b", "title": "火锅"}]},
                  {"id": "c", "title": "住宿"}],
        "batch": ({"value": "enable", "title": "启用"},
                  {"value": "delete", "title": "删除", "kind": "danger"}),
    }  # fmt: skip
    (page,) = (one for one in served.surface.app.pages if one.name == "page_users")
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
        sample.open("/gov/users")
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
    with tab.expect_request("**/gov/users/add") as sent:
        tab.get_by_role("button", name="启用").click()
    fields = parse_qs(sent.value.post_data or "")
    assert fields["act"] == ["enable"]
    assert sum(name.startswith("row-") for name in fields) == 29
    assert "row-r3" not in fields
    assert sample.violations() == []


@pytest.mark.parametrize("path", ["/gov", "/gov/users", "/gov/users/clerk", "/gov/regions/add"])
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
    served.open("/gov/regions")
    entry = served.tab.get_by_role("link", name="组织机构", exact=True)
    assert not entry.is_visible()
    served.tab.locator("summary", has_text="菜单").focus()
    served.tab.keyboard.press("Enter")
    assert entry.is_visible()
    keep(served.tab, "menu-phone")
    assert findings(served.tab) == []
    entry.click()
    served.tab.wait_for_url("**/gov/departments")


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
