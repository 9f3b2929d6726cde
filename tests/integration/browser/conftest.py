"""A platform and a real browser, for every module anew.

They run where Playwright's Python package and Debian's Chromium are (``nox -s browser``).
"""

from collections.abc import Iterator
from typing import Any

import pytest

from .driving import CHROMIUM, QUIET, Installation, installed


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Give the browser."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="no Playwright here: nox -s browser installs it"
    )
    if not CHROMIUM:
        pytest.skip("no Chromium here: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def installation(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Give a platform that is installed and served, once there is a browser to see it with."""
    del chromium
    yield from installed(tmp_path_factory.mktemp("browser"))
