"""The system's Chromium, driven by Playwright: what every test with a real browser needs."""

import os
import shutil
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from playwright.sync_api import Page as Tab

PATIENCE: Final = 300.0
"""Seconds for whatever a page is waited for: no machine is so slow."""
NAMES = ("chromium-headless-shell", "chromium", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), "")
"""Without windows, where it is installed: the same engine takes less than half the processor."""
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation",
    (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
"""Keeps what the policy of a page refuses in ``window.violations``."""
_RUN = "(asked) => axe.run(asked).then((found) => found.violations)"


def opened_chromium() -> Iterator[Browser]:
    """Give the browser; without one a developer's tests are skipped, and those of CI fail."""
    if not CHROMIUM:
        told = "these tests need a browser: apt-get install chromium-headless-shell fonts-noto-cjk"
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        opened = browser.new_context

        def patient(**wanted: Any) -> BrowserContext:
            context = opened(**wanted)
            context.set_default_timeout(PATIENCE * 1000)
            return context

        browser.new_context = patient  # type: ignore[method-assign]  # it has no such option
        yield browser
        browser.close()


def findings(tab: Tab, *, but: Sequence[str] = ()) -> list[str]:
    """Give what axe finds ``but`` for some of its rules: each with the elements that break it."""
    rules = {one: {"enabled": False} for one in but}
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE_SCRIPT)
    found: Any = tab.evaluate(_RUN, {"resultTypes": ["violations"], "rules": rules})
    return [
        f"{one['id']} ({one['impact']}): {node['html']}" for one in found for node in one["nodes"]
    ]
