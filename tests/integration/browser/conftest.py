"""A platform, for every module anew, that a real browser sees."""

from collections.abc import Iterator
from typing import Any

import pytest

from .driving import Installation, installed
from .staff import Staff


@pytest.fixture(scope="module")
def installation(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Give a platform that is installed and served; what the browser holds of it is closed."""
    yield from installed(tmp_path_factory.mktemp("browser"))
    for context in chromium.contexts:
        context.close()


@pytest.fixture(scope="module")
def staff(installation: Installation, chromium: Any) -> Iterator[Staff]:
    """Give whom its administrators let in."""
    let_in = Staff(installation, chromium)
    yield let_in
    let_in.leave()
