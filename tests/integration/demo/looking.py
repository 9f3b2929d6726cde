"""A demo that is looked at in the browser: its command, until it serves."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

from tests.eventually import PATIENCE, eventually

COMMAND = (sys.executable, "-c", "from entrypoints.cli import main; main()")


def opened(url: str, look: "subprocess.Popen[bytes]", log: Path) -> str:
    """Give a page as soon as it is served."""

    def page() -> str:
        with suppress(OSError), urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - our own server
            return str(answer.read().decode())
        return ""

    return eventually(page, lambda: look.poll() is not None and log.read_text())
