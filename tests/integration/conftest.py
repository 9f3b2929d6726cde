"""A real browser for whoever needs one; applications that are made in half the time."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from .chromium import opened_chromium
from .signatures import share_signatures

share_signatures()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Give the browser; each test opens a context of its own and closes it.

    Its driver keeps a loop running in the thread, so that until it is closed ``asyncio.run``
    answers nothing: a browser of the session would refuse every later test of such code.
    """
    yield from opened_chromium()
