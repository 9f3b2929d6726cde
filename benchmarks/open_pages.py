"""Public pages of a finished demo through HTTP: how many a second two cores give.

    python -m benchmarks.open_pages [--sizes 400 4000 20000]

Sizes count the demo's firms. Two workers; 64 connections of this client, on the same cores, ask for
the portal, for the list of results and for one of them. Figures are those of one page.
Goal: 300 pages a second, that is 3.3 ms each by wall, with the client on the same cores.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

from benchmarks._measuring import Asked, Case, measure
from benchmarks.over_http import SECONDS, Server, free_port, load_for, serving

from entrypoints.http.serving import DATABASE

DEMO: Final = "from entrypoints.starting import main; main()"
RESULTS: Final = "/open/results"


def furnished(folder: Path, firms: int) -> str:
    """Run the demo; give the address of its database."""
    words = [sys.executable, "-c", DEMO, "demo", "--out", str(folder), "--count", str(firms)]
    subprocess.run(words, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - our own command
    return f"sqlite:///{folder}/supervision.db"


def first_result(server: Server) -> str:
    """Give the path of a result that was published."""
    asked = HTTPConnection("127.0.0.1", server.port)
    asked.request("GET", RESULTS)
    found = re.search(rf'href="({RESULTS}/[^"]+)"', asked.getresponse().read().decode())
    if found is None:
        raise SystemExit("no result was published")
    return found[1]


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give the pages that most come for."""
    with tempfile.TemporaryDirectory() as name:
        url = furnished(Path(name), size)
        port = free_port()
        words = (sys.executable, "-m", "benchmarks.homes", "--serve", str(port))
        with serving(words, port, **{DATABASE: url}) as server:
            pages = {"门户首页": "/", "检查结果列表": RESULTS, "一条检查结果": first_result(server)}
            for title, path in pages.items():
                act = partial(load_for, server, path, 0.1 if asked.small else SECONDS)
                yield Case(title, {"产品": act}, warm=1)


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(400, 4_000, 20_000), small=(400,), rounds=5)
