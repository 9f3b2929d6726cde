"""How the command line speaks: progress on stderr, one result on stdout, telling exit codes."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum

from attrs import frozen
from rich.console import Console as RichConsole
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import DomainError, Violation
from supervision_core.kernel.messages import Messages

Advance = Callable[[int], None]
Report = Callable[[str, int, int], None]
"""Told a stage, and how much of how much of it is done."""


class Exit(IntEnum):
    """What a script may rely on."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    REFUSED = 3
    NOT_VERIFIED = 4
    BUSY = 5


@frozen
class Console:
    """Speaks to one person or script."""

    messages: Messages
    as_json: bool = False

    def answer(self, data: Mapping[str, Json], lines: Sequence[str]) -> None:
        """Give the result: ``data`` as one JSON document for scripts, ``lines`` for people."""
        try:
            self._write(data, lines)
            sys.stdout.flush()
        except OSError:
            # what cannot be written shall not be tried again when the program ends
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
            raise

    def _write(self, data: Mapping[str, Json], lines: Sequence[str]) -> None:
        if self.as_json:
            sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
            return
        out = RichConsole(file=sys.stdout, highlight=False, soft_wrap=True)
        for line in lines:
            out.print(line, markup=False)

    def tell(self, line: str) -> None:
        """Say what is going on; never part of the result."""
        RichConsole(file=sys.stderr, highlight=False, soft_wrap=True).print(line, markup=False)

    def refuse(self, error: DomainError) -> Exit:
        """Say every reason and remedy of a refusal."""
        rows = [self._row(violation) for violation in error.reasons]
        if self.as_json:
            document = {"error": type(error).code, "reasons": rows}
            sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
        for row in rows:
            place = f"{row['at']}：" if row["at"] else ""
            remedy = f"（{row['remedy']}）" if row["remedy"] else ""
            self.tell(f"✗ {place}{row['reason']}{remedy}")
        return Exit.REFUSED

    def _row(self, violation: Violation) -> dict[str, str]:
        said = self.messages.explain(violation)
        return {
            "code": violation.code,
            "at": violation.at,
            "reason": said.reason,
            "remedy": said.remedy,
        }

    @contextmanager
    def progress(self, title: str, total: int | None) -> Iterator[Advance]:
        """Show a bar on a terminal, or a line at the end in a log; ``total`` may be unknown."""
        screen = RichConsole(file=sys.stderr)
        if not screen.is_terminal:
            done = 0

            def count(step: int) -> None:
                nonlocal done
                done += step

            yield count
            self.tell(f"· {title}：{done}" if total is None else f"· {title}：{done}/{total}")
            return
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=screen) as bar:
            task = bar.add_task(title, total=total)
            yield lambda step: bar.advance(task, step)

    @contextmanager
    def stages(self, titles: Mapping[str, str]) -> Iterator[Report]:
        """Show a bar for each stage of ``titles`` that is reported; nothing in a log."""
        screen = RichConsole(file=sys.stderr)
        if not screen.is_terminal:
            yield lambda _stage, _done, _total: None
            return
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=screen) as bar:
            tasks: dict[str, TaskID] = {}

            def report(stage: str, done: int, total: int) -> None:
                if stage not in tasks:
                    tasks[stage] = bar.add_task(titles.get(stage, stage), total=total)
                bar.update(tasks[stage], completed=done, total=total)

            yield report
