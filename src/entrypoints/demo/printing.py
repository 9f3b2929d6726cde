"""A second process that prints letters while the cycle goes on.

It takes one JSON line a letter from its standard input and ends when that ends: when the cycle has
no more letters, and as well when the cycle was killed.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from attrs import define, field

from entrypoints.container import Letters, TemplateLetters
from entrypoints.demo.files import put
from supervision_core.kernel.documents import Fact, LetterKind


@define
class Printer:
    """Prints letters one after the other; ``finish`` waits until the last one is there."""

    _process: subprocess.Popen[bytes] = field(init=False)

    def __enter__(self) -> Self:
        """Start the process."""
        self._process = subprocess.Popen(  # noqa: S603 -- our own module by our own interpreter
            [sys.executable, "-m", __spec__.name], stdin=subprocess.PIPE
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let the process end with the letters it has; a failed run does not wait for more."""
        if self._process.stdin and not self._process.stdin.closed:
            self._process.stdin.close()
        self._process.wait()

    def print(self, form: str, facts: Mapping[str, Fact], kind: LetterKind, path: Path) -> None:
        """Have a letter written to ``path``. Raises ``BrokenPipeError`` when the process died."""
        order = {"form": form, "facts": facts, "kind": kind.value, "path": str(path)}
        if self._process.stdin is None:
            raise BrokenPipeError
        self._process.stdin.write(json.dumps(order, ensure_ascii=False).encode() + b"\n")
        self._process.stdin.flush()

    def finish(self) -> None:
        """Wait until every letter is there. Raises ``CalledProcessError`` when one failed."""
        if self._process.stdin:
            self._process.stdin.close()
        if code := self._process.wait():
            raise subprocess.CalledProcessError(code, self._process.args)


def print_letters(letters: Letters) -> None:
    """Print what standard input asks for, until it ends."""
    for line in sys.stdin.buffer:
        order = json.loads(line)
        content = letters.render(order["form"], order["facts"], LetterKind(order["kind"]))
        put(Path(order["path"]), content, durable=False)


if __name__ == "__main__":
    print_letters(TemplateLetters())
