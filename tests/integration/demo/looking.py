"""A demo that is looked at in the browser: its command, until it serves."""

import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

COMMAND = (sys.executable, "-c", "from entrypoints.cli import main; main()")
START_SECONDS = 240


def opened(url: str, look: "subprocess.Popen[bytes]", log: Path) -> str:
    """Give a page as soon as it is served."""
    until = time.monotonic() + START_SECONDS
    while True:
        assert look.poll() is None, log.read_text()
        try:
            with urlopen(url, timeout=30) as answer:  # noqa: S310 - our own server
                return str(answer.read().decode())
        except OSError:
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.2)
