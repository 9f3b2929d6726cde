"""Who uses the platform while servers come and go: by HTTP and as a library, insisting.

    python failover_workload.py DATABASE PORT TOKENS INTO

Everybody asks again under the same key until he is answered. A line of ``INTO`` is written for
each answer: who, of which kind, at which moment, after how long, and the number and digest of what
was acknowledged.
"""

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from threading import Lock, Thread
from time import monotonic, sleep
from types import SimpleNamespace
from typing import Any, Final, cast

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from tests.integration.faults.workload import REGION, Workload

from entrypoints.container import Platform, open_platform
from supervision_core.kernel.errors import Unavailable
from supervision_core.kernel.plain import digest

READER: Final = "reader"
LIBRARY: Final = "library"
SEED: Final = 13
PAUSE: Final = 0.1
PATIENCE: Final = 60


class Told:
    """Writes down what was answered."""

    def __init__(self, into: Path) -> None:
        """Begin."""
        self._lines, self._lock = into.open("a", encoding="utf-8", buffering=1), Lock()

    def add(self, **line: object) -> None:
        """Write a line."""
        with self._lock:
            self._lines.write(json.dumps({"at": monotonic(), **line}) + "\n")


def asked(port: int, token: str, path: str, body: Any = None, key: str = "") -> tuple[int, str]:
    """Ask once; give status and body, or 0 and what went wrong on the way."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    headers = {"Host": "localhost", "Authorization": f"Bearer {token}"}
    if body is not None:
        headers |= {"Content-Type": "application/json", "Idempotency-Key": key}
    try:
        method = "GET" if body is None else "POST"
        connection.request(method, path, body and json.dumps(body), headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, HTTPException) as error:
        return 0, repr(error)
    finally:
        connection.close()


def write(port: int, user: str, token: str, told: Told) -> None:
    """Register clues, one after the other."""
    for number in count():
        sheet = {
            "title": f"{user} {number}", "content": "样例", "channel": "manual", "kind": "report",
            "region": REGION,
        }  # fmt: skip
        status = 0
        while status != 200:
            began, key = monotonic(), f"{SEED}/{number}"
            status, body = asked(port, token, "/api/v1/clues/register", {"sheet": sheet}, key)
            took = monotonic() - began
            acknowledged = digest(json.loads(body)["id"]) if status == 200 else ""
            code = "" if status == 200 else body[:300]
            told.add(who=user, kind="write", status=status, took=took, number=number,
                     digest=acknowledged, code=code)  # fmt: skip
            sleep(PAUSE)


def read(port: int, token: str, told: Told) -> None:
    """Look at the list again and again."""
    while True:
        began = monotonic()
        status, body = asked(port, token, "/api/v1/clues/clues")
        code = "" if status == 200 else body[:300]
        told.add(who=READER, kind="read", status=status, took=monotonic() - began, code=code)
        sleep(PAUSE)


def work(database: str, told: Told) -> None:
    """Carry out commands of every context without a server before them."""
    platform = open_platform(database)

    def insisting(case: Any, command: Any, **more: Any) -> Any:
        while True:
            began = monotonic()
            try:
                return platform.commands.run(case, command, **more)
            except (DBAPIError, PoolTimeout, Unavailable) as error:
                told.add(who=LIBRARY, kind="write", status=503, took=monotonic() - began,
                         code=type(error).__name__)  # fmt: skip
                sleep(PAUSE)

    stand_in = cast("Platform", SimpleNamespace(commands=SimpleNamespace(run=insisting)))

    def said(number: int, answer: str) -> None:
        told.add(who=LIBRARY, kind="write", status=200, number=number, digest=answer)
        sleep(PAUSE)

    Workload(stand_in, SEED, sys.maxsize, said).run()


def main(database: str, port: int, tokens: dict[str, str], into: Path) -> None:
    """Let all of them begin, until killed."""
    told = Told(into)
    acts: list[Callable[[], None]] = [lambda: work(database, told)]
    acts += [lambda u=user, t=token: write(port, u, t, told)  # type: ignore[misc]
             for user, token in tokens.items() if user != READER]  # fmt: skip
    acts.append(lambda: read(port, tokens[READER], told))
    threads = [Thread(target=act, daemon=True) for act in acts]
    for thread in threads:
        thread.start()
    with suppress(KeyboardInterrupt):
        while all(thread.is_alive() for thread in threads):
            sleep(PAUSE)


if __name__ == "__main__":
    place, listening, given, kept = sys.argv[1:]
    main(place, int(listening), json.loads(given), Path(kept))
