"""Opening the platform for one command, and giving its connections back however that ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from entrypoints.container import Platform, PlatformKeys, open_platform


@contextmanager
def opened(url: str, *, keys: PlatformKeys | None = None) -> Iterator[Platform]:
    """Give the platform over ``url``. Takes and raises what ``open_platform`` does."""
    platform = open_platform(url, keys=keys)
    try:
        yield platform
    finally:
        platform.engine.dispose()
