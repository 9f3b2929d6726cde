"""A real browser, its keyboard, and no script: from the first password to the home page.

Runs where Playwright's Python package and Debian's Chromium are (``nox -s browser``).
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from entrypoints.simulators.short_messages import (
    SEND,
    ShortMessage,
    SimulatedGateway,
    simulated_gateway,
)
from entrypoints.simulators.signatures import Signatures

playwright = pytest.importorskip(
    "playwright.sync_api", reason="no Playwright here: nox -s browser installs it"
)
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or ""
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: apt-get install chromium")

SECRET = "a secret of tests"  # noqa: S105 - of a partner that is played
PHONES = ("13900000001", "13900000002", "13900000003")
NEW_PASSWORD = "Correct-horse-7"  # noqa: S105 - of nobody
START_SECONDS = 60
DIGITS = "零一二三四五六七八九"
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
COMMAND = (sys.executable, "-c", "from entrypoints.cli import main; main()")


@frozen
class Installation:
    """A platform that is served, its first administrator, and what was sent to phones."""

    url: str
    account: str
    password: str
    sent: list[ShortMessage]
    pictures: Path

    def keep(self, page: Any, name: str) -> None:
        """Keep a picture of the page."""
        page.screenshot(path=self.pictures / f"{name}.png", full_page=True)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _serve(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    port = _free_port()
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [*COMMAND, "serve", "--port", str(port), "--workers", "1"],
            env=environment, stdout=out, stderr=subprocess.STDOUT, cwd=folder,
        )  # fmt: skip
    try:
        until = time.monotonic() + START_SECONDS
        while b"200" not in _probed(port):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.2)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(40)


def _probed(port: int) -> bytes:
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as asked:
            asked.sendall(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            return asked.recv(12)
    except OSError:
        return b""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Install and serve a platform whose short messages are played."""
    folder = tmp_path_factory.mktemp("browser")
    secret = folder / "sms.secret"
    secret.touch(0o600)
    secret.write_text(SECRET, "utf-8")
    sent: list[ShortMessage] = []
    with simulated_gateway(SimulatedGateway(Signatures("supervision", SECRET), sent.append)) as address:
        environment = {
            **os.environ,
            "SUPERVISION_DATABASE": f"sqlite:///{folder / 'browser.db'}",
            "SUPERVISION_ADMINISTRATORS_BY_CERTIFICATE": "no",
            "SUPERVISION_SMS_URL": address + SEND,
            "SUPERVISION_SMS_APPLICATION": "supervision",
            "SUPERVISION_SMS_SECRET": str(secret),
        }
        made = subprocess.run(  # noqa: S603 - our own command
            [*COMMAND, "init", "--phones", *PHONES, "--region", "450100", "--json"],
            env=environment, check=True, capture_output=True, cwd=folder,
        )  # fmt: skip
        first = json.loads(made.stdout)["administrators"][0]
        pictures = Path(os.environ.get("SUPERVISION_PICTURES", folder))
        pictures.mkdir(parents=True, exist_ok=True)
        for url in _serve(folder, environment):
            yield Installation(url, first["account"], first["secret"], sent, pictures)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Give the browser."""
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


def focused(page: Any) -> str:
    """Give the name of what has the focus, or its words; it must be seen to have it."""
    at = page.locator(":focus")
    if at.count() == 0:
        return ""
    style = at.evaluate("one => getComputedStyle(one).outlineStyle")
    assert style != "none", at.evaluate("one => one.outerHTML")
    return str(at.get_attribute("name") or at.inner_text())


def reach(page: Any, wanted: str) -> None:
    """Press Tab until ``wanted`` has the focus."""
    for _ in range(12):
        if focused(page) == wanted:
            return
        page.keyboard.press("Tab")
    raise AssertionError(wanted)


def enter(page: Any) -> None:
    """Press Enter, and wait for where it leads."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def fill(page: Any, **fields: str) -> None:
    """Type into the fields, one after another, and press Enter in the last."""
    for name, text in fields.items():
        reach(page, name)
        page.keyboard.type(text)
        held = page.locator(f"[name={name}]").input_value()
        assert held == text, f"the field {name} does not take what it asks for"
    enter(page)


def number(spoken: str) -> int:
    """Give what a number below twenty says."""
    ones = spoken.removeprefix("十")
    return 10 * spoken.startswith("十") + (DIGITS.index(ones) if ones else 0)


def log_in(page: Any, at: Installation, password: str) -> None:
    """Log in by password, a sum in words, and the code that was sent."""
    page.goto(f"{at.url}/gov/login")
    reach(page, "换成文字问题")
    enter(page)
    question = page.locator("label[for=answer]").inner_text()
    first, rest = question.split("加")
    answer = str(number(first) + number(rest.split("等")[0]))
    fill(page, account=at.account, password=password, answer=answer)
    assert page.locator("h1").inner_text() == "短信验证码"
    assert focused(page) == "code"
    at.keep(page, "code")
    fill(page, code=at.sent[-1].code)


@pytest.mark.function("F121", surface="page")
@pytest.mark.parametrize("width", [1280, 360], ids=["desk", "phone"])
def test_pages_are_used_by_keyboard_without_script(
    installation: Installation, chromium: Any, width: int
) -> None:
    """账号密码登录: each field is reached by Tab and takes what it asks for; none is too wide."""
    page = chromium.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 800}
    ).new_page()
    for path in ("login", "login/words", "login/certificate"):
        page.goto(f"{installation.url}/gov/{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        named = page.locator("input:not([type=hidden]), textarea")
        for field in named.all():
            assert page.locator(f"label[for={field.get_attribute('id')}]").count() == 1
        installation.keep(page, f"{path.replace('/', '-')}-{width}")
    page.goto(f"{installation.url}/gov/login")
    fill(page, account="nobody.here", password=NEW_PASSWORD, answer="?")
    assert "登录失败" in page.get_by_role("alert").inner_text()
    installation.keep(page, f"refused-{width}")
    page.context.close()


@pytest.mark.function("F121", surface="page")
def test_a_first_password_is_changed_and_then_leads_inside(
    installation: Installation, chromium: Any
) -> None:
    """首次登录: the browser keeps the session's cookie, is led to a new password, then home."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, installation, installation.password)
    assert page.url.endswith("/gov/password"), page.locator("main").inner_text()
    fill(page, old=installation.password, new="short")
    assert "密码少于8位" in page.get_by_role("alert").inner_text()
    installation.keep(page, "password-refused")
    fill(page, old=installation.password, new=NEW_PASSWORD)
    assert page.url.endswith("/gov/login")
    log_in(page, installation, NEW_PASSWORD)
    assert page.url.endswith("/gov")
    installation.keep(page, "home")
    (cookie,) = (one for one in context.cookies() if one["name"] == "__Host-session")
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Lax")
    reach(page, "退出登录")
    enter(page)
    page.goto(f"{installation.url}/gov")
    assert page.url.endswith("/gov/login")
    context.close()
