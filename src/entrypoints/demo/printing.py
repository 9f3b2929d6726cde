"""Processes that print letters while the cycle goes on.

Each takes one JSON line a letter from its standard input and ends when that ends: when the cycle
has no more letters, and as well when the cycle was killed.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Self
from zlib import crc32

from attrs import define

from entrypoints.container import Letters, TemplateLetters
from entrypoints.demo.files import put
from supervision_core.kernel.documents import Fact, LetterKind

PRESSES = 2


@define
class _Press:
    """One printing process, and the thread that feeds it, so that nobody waits for its pipe."""

    process: subprocess.Popen[bytes]
    orders: SimpleQueue[bytes | None]
    feeder: Thread

    @classmethod
    def start(cls) -> Self:
        process = subprocess.Popen(  # noqa: S603 -- our own module by our own interpreter
            [sys.executable, "-m", __spec__.name], stdin=subprocess.PIPE
        )
        orders: SimpleQueue[bytes | None] = SimpleQueue()
        feeder = Thread(target=_feed, args=(process, orders), daemon=True)
        feeder.start()
        return cls(process, orders, feeder)

    def end(self) -> int:
        """Let it print what it was told and give its exit code."""
        self.orders.put(None)
        self.feeder.join()
        return self.process.wait()


def _feed(process: subprocess.Popen[bytes], orders: "SimpleQueue[bytes | None]") -> None:
    """Hand orders over until there are no more, or until the process is gone."""
    if process.stdin is None:
        return
    with suppress(BrokenPipeError), process.stdin:
        while (order := orders.get()) is not None:
            process.stdin.write(order)
            process.stdin.flush()


@define
class Printer:
    """Prints letters, those of one stem one after the other; ``finish`` waits for the last one."""

    _presses: tuple[_Press, ...] = ()

    def __enter__(self) -> Self:
        """Start the processes."""
        self._presses = tuple(_Press.start() for _ in range(PRESSES))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let the processes end with the letters that they were told."""
        for press in self._presses:
            press.end()

    def print(self, form: str, facts: Mapping[str, Fact], kind: LetterKind, path: Path) -> None:
        """Have a letter written to ``path``."""
        order = {"form": form, "facts": facts, "kind": kind.value, "path": str(path)}
        press = self._presses[crc32(path.stem.encode()) % len(self._presses)]
        press.orders.put(json.dumps(order, ensure_ascii=False).encode() + b"\n")

    def finish(self) -> None:
        """Wait until every letter is there. Raises ``CalledProcessError`` when one failed."""
        presses, self._presses = self._presses, ()
        codes = [press.end() for press in presses]
        for press, code in zip(presses, codes, strict=True):
            if code:
                raise subprocess.CalledProcessError(code, press.process.args)


def print_letters(letters: Letters) -> None:
    """Print what standard input asks for, until it ends or nobody waits for it any more."""
    cycle = os.getppid()
    for line in sys.stdin.buffer:
        if os.getppid() != cycle:
            return
        order = json.loads(line)
        content = letters.render(order["form"], order["facts"], LetterKind(order["kind"]))
        put(Path(order["path"]), content, durable=False)


if __name__ == "__main__":
    print_letters(TemplateLetters())
