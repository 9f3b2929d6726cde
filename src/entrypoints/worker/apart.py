"""The jobs that look, in a process of their own: whatever they cost, the others go on.

The relay holds the one write lock of SQLite for as long as it takes to hand a batch on. Beside
threads that go through everything it would have its turn seldom, and everybody would wait for it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from threading import Event, Thread
from typing import IO, Final, cast

from attrs import define

from entrypoints.worker.loop import LOG, Telling

MODULE: Final = "entrypoints.cli.looking"
AGAIN_SECONDS: Final = 5.0
NOTICED_SECONDS: Final = 0.2


@define(eq=False)
class Apart:
    """Keeps the process of the jobs ``names`` going, over the database ``url``.

    End of input ends it, so that it never outlives this one.
    """

    _url: str
    _names: Sequence[str]

    def run(self, told: Telling, stop: Event) -> None:
        """Hand on what it tells until ``stop`` is set. One that dies is said, and started anew."""
        while not stop.is_set():
            try:
                self._once(told, stop)
            except OSError as error:  # no memory, or too many processes
                LOG.error("the process that looks: %s", error)
            if not stop.is_set():
                LOG.error("the process that looks has ended; it is started again")
                for name in self._names:
                    told(name, "failed", {})
                stop.wait(AGAIN_SECONDS)

    def _once(self, told: Telling, stop: Event) -> None:
        with subprocess.Popen(  # noqa: S603 - our own module by our own interpreter
            [sys.executable, "-m", MODULE], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, env={**os.environ, "SUPERVISION_DATABASE": self._url},
        ) as process:  # fmt: skip
            ending = Thread(target=_end, args=(process, stop), daemon=True)
            ending.start()
            for line in cast("IO[str]", process.stdout):
                if line.endswith("\n"):  # else it died in the middle of it
                    told(*json.loads(line))
            process.wait()
            ending.join()


def _end(process: "subprocess.Popen[str]", stop: Event) -> None:
    while process.poll() is None and not stop.wait(NOTICED_SECONDS):
        pass
    cast("IO[str]", process.stdin).close()
