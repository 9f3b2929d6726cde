"""What pages load: style, icons and scripts, under addresses that change with their content."""

import gzip
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from attrs import field, frozen

ASSETS: Final = "/assets"
FOREVER: Final = "public, max-age=31536000, immutable"
_MEDIA: Final = {
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
}


@frozen
class Asset:
    """A file that pages load, and the same compressed; empty where that would save nothing."""

    media: str
    body: bytes = field(repr=False)
    compressed: bytes = field(repr=False)


@cache
def assets() -> Mapping[str, Asset]:
    """Give all there is by name: our own, and what the build could fetch."""
    found: dict[str, Asset] = {}
    for folder in ("carried", "own"):
        place = files(__name__) / folder
        for one in place.iterdir() if place.is_dir() else ():
            media = _MEDIA.get(one.name.rpartition(".")[2])
            if media is not None:
                body = one.read_bytes()
                packed = b"" if media.startswith("font/") else gzip.compress(body, mtime=0)
                found[one.name] = Asset(media, body, packed)
    return found


@cache
def edition() -> str:
    """Give the part of the addresses that stands for the content of all of them."""
    digest = hashlib.sha256()
    for name, one in sorted(assets().items()):
        digest.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(one.body).digest())
    return digest.hexdigest()[:16]


def address_of(name: str) -> str:
    """Give where a page finds a file, or nothing where the build could not fetch it."""
    return f"{ASSETS}/{edition()}/{name}" if name in assets() else ""
