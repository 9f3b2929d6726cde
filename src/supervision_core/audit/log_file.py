"""The log as a file (``audit-log/1``).

Lines of UTF-8. The first says what the file holds. A row is its canonical JSON, a tab, and its leaf
hash in hex: ``SM3(0x00 ‖ canonical JSON)``. A checkpoint stands behind the last row that it covers,
as ``#`` and JSON. A file that does not begin with row 0 has a checkpoint of that size first.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import define, field, frozen

from supervision_core.audit.model import (
    AuditRow,
    CheckpointMalformed,
    Finding,
    Frontier,
    LogVerifier,
    SignedCheckpoint,
    StoredLeaf,
    Verdict,
    check_next,
)
from supervision_core.kernel.canonical import Json, NotCanonical, canonical_json, sm3
from supervision_core.kernel.crypto import Verifier

LOG_FORMAT: Final = "audit-log/1"
_ROW, _CHECKPOINT, _END = b"{", b"#", b"\n"


def write_log(
    rows: Iterable[AuditRow],
    checkpoints: Sequence[SignedCheckpoint],
    *,
    log: str,
    first: int,
    size: int,
) -> Iterator[str]:
    """Give the lines of rows ``first`` up to, not including, ``size``, with their checkpoints.

    ``checkpoints`` are those of sizes ``first`` to ``size``, in order; for a ``first`` above 0 the
    first is that of ``first``.
    """
    head: dict[str, Json] = {"format": LOG_FORMAT, "log": log, "first": first, "size": size}
    yield canonical_json(head).decode() + "\n"
    left = list(reversed(checkpoints))
    while left and left[-1].checkpoint.size <= first:
        yield _checkpoint_line(left.pop())
    for row in rows:
        text = row.text()
        leaf = sm3(b"\x00" + text.encode())
        yield f"{text}\t{leaf.hex()}\n"
        while left and left[-1].checkpoint.size <= row.number + 1:
            yield _checkpoint_line(left.pop())


def _checkpoint_line(signed: SignedCheckpoint) -> str:
    return "#" + canonical_json(signed.plain()).decode() + "\n"


def is_checkpoint(line: bytes) -> bool:
    """Tell whether a line is a checkpoint's."""
    return line[:1] == _CHECKPOINT


def read_checkpoint_line(line: bytes) -> SignedCheckpoint | None:
    """Read a checkpoint's line; ``None`` for one that is not as we write it."""
    try:
        read = SignedCheckpoint.read(json.loads(line[1:]))
        return read if _checkpoint_line(read).encode() == line else None
    except (ValueError, TypeError, NotCanonical, CheckpointMalformed):
        return None


@define(eq=False)
class _Lines:
    """Lines of a log on their way: rows until something else comes."""

    lines: Iterator[bytes]
    other: bytes | None = None

    def rows(self, verifier: LogVerifier) -> Iterator[StoredLeaf]:
        self.other = None
        for line in self.lines:
            if line[:1] == _CHECKPOINT:
                self.other = line
                return
            text, tab, written = line[:-1].rpartition(b"\t")
            computed = sm3(b"\x00" + text)
            try:
                if not tab or line[:1] != _ROW or line[-1:] != _END:
                    raise ValueError(line)  # noqa: TRY301 - as a number that is none
                number = int(text[text.rindex(b":") + 1 : -1])
            except ValueError:
                yield verifier.size, read_hash(written), None
                continue
            fits = written == computed.hex().encode()
            yield number, computed if fits else read_hash(written, computed), computed


def read_hash(written: bytes, computed: bytes = b"") -> bytes:
    """Read a hash; one in another spelling than ours is none."""
    try:
        found = bytes.fromhex(written.decode("ascii"))
    except ValueError:
        return b""
    return b"" if found == computed else found


@frozen
class _Head:
    """What a file says that it holds."""

    log: str
    first: int
    size: int

    @classmethod
    def read(cls, line: bytes) -> "_Head | None":
        try:
            head = json.loads(line)
            if head["format"] != LOG_FORMAT or set(head) != {"format", "log", "first", "size"}:
                return None
            log, first, size = head["log"], head["first"], head["size"]
        except (ValueError, KeyError, TypeError):
            return None
        is_sound = type(log) is str and type(first) is int and type(size) is int
        return cls(log, first, size) if is_sound and 0 <= first <= size else None


@define(eq=False)
class _Checks:
    """Checks checkpoints as they come: those of the file, and those from elsewhere."""

    log: str
    trusted: Mapping[str, Verifier]
    before: SignedCheckpoint | None = None
    found: list[Finding] = field(factory=list)

    def begins(self, line: bytes, first: int) -> Frontier:
        """Give the frontier before row ``first`` from the checkpoint there."""
        one = read_checkpoint_line(line)
        if one is None or one.checkpoint.size != first:
            self.found.append(Finding("audit.checkpoint_missing", first, first))
            return Frontier()
        self.found += self._faults(None, one, whole=False)
        self.before = one
        return one.frontier

    def comparable(self, others: Sequence[SignedCheckpoint], first: int) -> list[SignedCheckpoint]:
        """Give those from elsewhere that are signed, of this log and not before ``first``."""
        good = []
        for one in others:
            faults = self._faults(None, one, whole=False)
            self.found += faults
            if not faults and one.checkpoint.size >= first:
                good.append(one)
        return good

    def next(self, line: bytes, verifier: LogVerifier, *, whole: bool) -> None:
        """Check the file's next checkpoint, and have it compared with the rows if it is signed."""
        one = read_checkpoint_line(line)
        if one is None:
            verifier.find(Finding("audit.checkpoint_unreadable", verifier.size, verifier.size))
            return
        faults = self._faults(self.before, one, whole=whole)
        for fault in faults:
            verifier.find(fault)
        if all(fault.code == "audit.checkpoint_chain_broken" for fault in faults):
            verifier.meet(one)
        self.before = one

    def _faults(
        self, before: SignedCheckpoint | None, one: SignedCheckpoint, *, whole: bool
    ) -> list[Finding]:
        faults = [*check_next(before, one, self.trusted, whole=whole)]
        if one.checkpoint.log != self.log:
            at = one.checkpoint.size
            faults.append(Finding("audit.checkpoint_of_another_log", at, at))
        return faults


def verify_lines(
    lines: Iterable[bytes],
    trusted: Mapping[str, Verifier],
    others: Sequence[SignedCheckpoint] = (),
) -> Verdict:
    """Verify a file of the log, line by line, with public keys only.

    ``others`` are checkpoints that somebody else kept. Whatever cannot be read counts as changed.
    """
    source = _Lines(iter(lines))
    head = _Head.read(next(source.lines, b""))
    if head is None:
        verifier = LogVerifier(Frontier(), [])
        verifier.find(Finding("audit.file_unreadable", 0, 0))
        return verifier.finish()
    checks = _Checks(head.log, trusted)
    start = checks.begins(next(source.lines, b""), head.first) if head.first else Frontier()
    verifier = LogVerifier(start, checks.comparable(others, start.size))
    for finding in checks.found:
        verifier.find(finding)
    verifier.feed(source.rows(verifier))
    while source.other is not None:
        checks.next(source.other, verifier, whole=not head.first)
        verifier.feed(source.rows(verifier))
    if verifier.size < head.size:
        verifier.find(Finding("audit.rows_missing", verifier.size, head.size - 1))
    elif verifier.size > head.size:
        verifier.find(Finding("audit.row_out_of_place", head.size, verifier.size - 1))
    return verifier.finish()
