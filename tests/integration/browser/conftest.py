"""A platform and a real browser, for every module anew."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.integration.chromium import opened_chromium

from .driving import Installation, installed
from .staff import Staff


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Give the browser."""
    yield from opened_chromium()


@pytest.fixture(scope="module")
def installation(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Give a platform that is installed and served, once there is a browser to see it with."""
    del chromium
    yield from installed(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="module")
def staff(installation: Installation, chromium: Any) -> Iterator[Staff]:
    """Give whom its administrators let in."""
    let_in = Staff(installation, chromium)
    yield let_in
    let_in.leave()
