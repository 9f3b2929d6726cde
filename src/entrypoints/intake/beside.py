"""Reads a large table of subjects in a process of its own, while its rows are being stored.

The parent writes one ``Order`` to its standard input and reads from its standard output what the
file is (``Opened``, or the refusal), its chunks, then its ``Findings``. Every further order is a
workbook to correct: the likely one is ready by then, made while the last rows were being stored.
End of input ends it, so that it never outlives its parent.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from copyreg import dispatch_table
from datetime import date
from io import BytesIO
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

import attrs
from attrs import define, evolve, frozen

from entrypoints.container import WorkbookTables, scratch_folder
from entrypoints.intake.reading import Chunk, Findings, Reading, SubjectReading
from entrypoints.intake.reports import UnreadSheet
from entrypoints.intake.sheets import open_sheets
from entrypoints.words import all_messages
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.tables import RowFault
from supervision_core.subjects.intake import SUBJECT_TABLE, SubjectEntry
from supervision_core.subjects.model import (
    BasicData,
    BusinessData,
    ExtendedData,
    Identity,
    PersonalData,
    SubjectDraft,
)

TURN_SECONDS = 0.000_5
"""After which another thread has its turn: the one that reads ahead takes many short steps, and
would wait the usual 5 ms for each."""


class ReaderDied(RuntimeError):
    """The reading process ended before its work was done (memory, or a signal)."""


@frozen(kw_only=True)
class Order:
    """Which file to read, and against what."""

    path: str
    region: str
    today: date
    mapped: tuple[tuple[str, str], ...] = ()


@frozen(kw_only=True)
class Opened:
    """What the file is."""

    sheets: tuple[str, ...]
    unread: tuple[UnreadSheet, ...]
    total: int


@frozen(kw_only=True)
class Correction:
    """A workbook to correct, and the faults of its rows."""

    path: str
    faults: tuple[RowFault, ...]


_PARTS: tuple[type[Any], ...] = (
    SubjectEntry,
    SubjectDraft,
    Identity,
    BasicData,
    ExtendedData,
    BusinessData,
    PersonalData,
    Violation,
)


_READ = {cls: attrgetter(*(field.name for field in attrs.fields(cls))) for cls in _PARTS}
_WRITE = {
    cls: tuple(getattr(cls, field.name).__set__ for field in attrs.fields(cls)) for cls in _PARTS
}
"""The slots of each class: what was checked when it was made is put back as it was."""


def _apart(value: object) -> tuple[Callable[..., object], tuple[object, ...]]:
    """Reduce a value to its fields in their order; their names would cost as much again."""
    cls = type(value)
    return _built, (cls, *_READ[cls](value))


def _built(cls: type[object], *values: object) -> object:
    made = object.__new__(cls)
    for write, value in zip(_WRITE[cls], values, strict=True):
        write(made, value)
    return made


class _Packer(pickle.Pickler):
    """Pickles entries at several times the speed of their own way."""

    dispatch_table = dispatch_table | dict.fromkeys(_PARTS, _apart)


def packed(value: object) -> bytes:
    """Give ``value`` as bytes for the other process."""
    into = BytesIO()
    _Packer(into, pickle.HIGHEST_PROTOCOL).dump(value)
    return into.getvalue()


@define(eq=False)
class ReadingBeside(Reading[SubjectEntry]):
    """A table of subjects that another process reads."""

    _process: "subprocess.Popen[bytes]"
    sheets: tuple[str, ...]
    unread: tuple[UnreadSheet, ...]
    total: int
    _findings: Findings | None = None

    def chunks(self) -> Iterator[Chunk[SubjectEntry]]:
        """Give all that may go in. Raises ``ReaderDied``."""
        while isinstance(found := _receive(self._process), Chunk):
            yield found
        self._findings = found

    def findings(self) -> Findings:
        """Give what was found."""
        assert self._findings is not None  # noqa: S101 - chunks come first
        return self._findings

    def write_faulty(self, path: Path, faults: Sequence[RowFault]) -> None:
        """Have the workbook to correct written. Raises ``ReaderDied``."""
        _send(self._process, Correction(path=str(path.absolute()), faults=tuple(faults)))
        _receive(self._process)


@contextmanager
def reading_beside(
    path: Path, *, region: str, today: date, mapped: tuple[tuple[str, str], ...] = ()
) -> Iterator[ReadingBeside]:
    """Start the process and open the file, some headings ``mapped``. Raises as ``open_sheets``.

    What the process puts aside lies in a folder of this one, and is gone however it ends.
    """
    with (
        scratch_folder("intake") as folder,
        subprocess.Popen(  # noqa: S603 - our own module by our own interpreter
            [sys.executable, "-m", __package__], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env={**os.environ, "TMPDIR": str(folder)},
        ) as process,
    ):  # fmt: skip
        try:
            order = Order(path=str(path.absolute()), region=region, today=today, mapped=mapped)
            _send(process, order)
            opened = _receive(process)
            yield ReadingBeside(process, opened.sheets, opened.unread, opened.total)
        except BaseException:
            process.kill()
            raise


def _send(process: "subprocess.Popen[bytes]", value: object) -> None:
    assert process.stdin is not None  # noqa: S101 - opened with a pipe
    try:
        process.stdin.write(packed(value))
        process.stdin.flush()
    except BrokenPipeError as fault:
        raise ReaderDied from fault


def _receive(process: "subprocess.Popen[bytes]") -> Any:
    assert process.stdout is not None  # noqa: S101 - as above
    try:
        found = _load(process.stdout)
    except (EOFError, pickle.UnpicklingError) as fault:
        raise ReaderDied from fault
    if isinstance(found, Exception):
        raise found
    return found


def _load(source: IO[bytes]) -> Any:
    return pickle.load(source)  # noqa: S301 - from our own parent or child


def serve(orders: IO[bytes], answers: IO[bytes]) -> None:
    """Read the file that the first order names, then write what further ones ask for."""

    def answer(value: object) -> None:
        answers.write(packed(value))
        answers.flush()

    sys.setswitchinterval(TURN_SECONDS)
    order: Order = _load(orders)
    try:
        table = evolve(SUBJECT_TABLE, mapped=order.mapped)
        with open_sheets(WorkbookTables(Messages()), Path(order.path), table) as sheets:
            reading = SubjectReading.of(sheets, region=order.region, today=order.today)
            answer(Opened(sheets=reading.sheets, unread=reading.unread, total=reading.total))
            for chunk in reading.chunks():
                answer(chunk)
            findings = reading.findings()
            sheets.files = WorkbookTables(all_messages())
            ready = sheets.faulty(findings.faults) if findings.faults else b""
            answer(findings)
            with suppress(EOFError):
                while True:
                    asked: Correction = _load(orders)
                    expected = asked.faults == findings.faults  # nothing more was refused
                    made = ready if expected else sheets.faulty(asked.faults)
                    Path(asked.path).write_bytes(made)
                    answer(None)
    except (Refused, OSError) as refusal:
        answer(refusal)
