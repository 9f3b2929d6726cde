"""Pictures decoded by Pillow in a process of its own, which holds one picture and then ends."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from adapters.media.refusals import refused
from supervision_core.files.model import MediaType, Taken
from supervision_core.files.model.media import MOST_PIXELS
from supervision_core.files.ports import Picture, PictureReader

_WORKER: Final = Path(__file__).with_name("picture_worker.py")
_SECONDS: Final = 30
_AT_ONCE: Final = 2
_FORMATS: Final = {MediaType.PNG: "PNG", MediaType.JPEG: "JPEG", MediaType.WEBP: "WEBP"}


class PillowPictures(PictureReader):
    """A process a picture, two at a time; without Pillow pictures are refused."""

    thumbnail_type = MediaType.JPEG

    def __init__(self) -> None:
        """Let so many decode at once, in this process of ours."""
        self._free = BoundedSemaphore(_AT_ONCE)

    def read(self, content: bytes, media: MediaType, *, strip: bool) -> Picture:
        """Decode it. Raises ``FileRefused``."""
        if find_spec("PIL") is None:
            raise refused("files.pictures_away")
        asked = [_FORMATS[media], str(MOST_PIXELS), "strip" if strip else "keep"]
        with self._free:
            answer = _answer(asked, content)
        length, _, rest = answer.partition(b"\n")
        if not length.isdigit():
            raise refused("files.damaged")
        told = json.loads(rest[: int(length)])
        if told.get("fault") == "pixels":
            raise refused("files.too_many_pixels", most=MOST_PIXELS)
        if "fault" in told:
            raise refused("files.damaged")
        pictures = rest[int(length) :]
        return Picture(
            width=told["width"],
            height=told["height"],
            thumbnail=pictures[: told["thumbnail"]],
            stripped=pictures[told["thumbnail"] :],
            taken=Taken(**told["taken"]) if told["taken"] else None,
        )


def _answer(asked: list[str], content: bytes) -> bytes:
    """Ask the worker; what it cannot bear (a crash, too long, too much) is a damaged picture."""
    command = [sys.executable, "-I", "-X", "utf8", str(_WORKER), *asked]
    try:
        done = subprocess.run(  # noqa: S603 - our own script
            command, input=content, capture_output=True, timeout=_SECONDS, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        raise refused("files.damaged") from None
    if done.returncode:
        raise refused("files.damaged")
    return done.stdout
