"""Opening the platform for one command, and giving its connections back however that ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entrypoints.container import Platform, PlatformKeys


@contextmanager
def opened(url: str, *, keys: PlatformKeys | None = None) -> Iterator[Platform]:
    """Give the platform over ``url``. Takes and raises what ``open_platform`` does."""
    from entrypoints.container import open_platform

    platform = open_platform(url, keys=keys)
    try:
        yield platform
    finally:
        platform.engine.dispose()
