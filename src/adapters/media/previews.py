"""Documents shown in the browser: pages of a PDF as pictures, others by what they say."""

import json
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Final

from adapters.media.refusals import refused
from supervision_core.files.model import MediaType
from supervision_core.files.ports import Preview, Previews

_WORKER: Final = Path(__file__).with_name("preview_worker.py")
_SECONDS: Final = 30
_AT_ONCE: Final = 2
_KINDS: Final = {
    MediaType.PDF: "pdf", MediaType.DOCX: "docx", MediaType.XLSX: "xlsx", MediaType.TXT: "txt",
}  # fmt: skip


class ProcessPreviews(Previews):
    """A process a look, two at a time."""

    def __init__(self) -> None:
        """Let so many look at once, in this process of ours."""
        self._free = BoundedSemaphore(_AT_ONCE)

    def shows(self, media: MediaType) -> bool:
        """Tell whether files of that kind can be looked at."""
        return media in _KINDS

    def look(self, content: bytes, media: MediaType, page: int) -> Preview:
        """Show a page, or the text. Raises ``FileRefused``."""
        command = [sys.executable, "-I", "-X", "utf8", str(_WORKER), _KINDS[media], str(page)]
        with self._free:
            try:
                done = subprocess.run(  # noqa: S603 - our own script
                    command, input=content, capture_output=True, timeout=_SECONDS, check=False,
                    env={},
                )  # fmt: skip
            except subprocess.TimeoutExpired:
                raise refused("files.damaged") from None
        length, _, rest = done.stdout.partition(b"\n")
        told: dict[str, Any] = {"fault": "damaged"}
        if length.isdigit():
            told = json.loads(rest[: int(length)])
        if done.returncode or "fault" in told:
            raise refused("files.damaged")
        return Preview(
            pages=told.get("pages", 0), text=told.get("text", ""), picture=rest[int(length) :]
        )
