"""Verifying a log: every row against its hash, every checkpoint against the tree of the rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, field, frozen

from supervision_core.audit.model.checkpoint import SignedCheckpoint
from supervision_core.audit.model.entry import StoredLeaf
from supervision_core.audit.model.tree import Frontier
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.crypto import SignatureInvalid, Verifier
from supervision_core.kernel.errors import Violation


@frozen
class Finding:
    """What does not hold, and the rows concerned: from ``first`` to ``last``, both included."""

    code: str
    first: int
    last: int
    what: str = ""

    def violation(self) -> Violation:
        """Give it as a reason that has words."""
        rows = f"{self.first}" if self.first == self.last else f"{self.first}—{self.last}"
        return Violation(self.code, at=self.what, data={"rows": rows})


@frozen(kw_only=True)
class Verdict:
    """What verifying a log came to.

    The log holds rows ``first`` up to, not including, ``size``; those below ``anchored`` are
    proved by a checkpoint, those from there on by nothing yet. ``root`` is the root at ``size``.
    """

    first: int
    size: int
    anchored: int
    checkpoints: int
    root: bytes
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def check_checkpoints(
    checkpoints: Sequence[SignedCheckpoint], trusted: Mapping[str, Verifier], *, whole: bool
) -> Iterator[Finding]:
    """Check signatures and the chain of ``previous``; ``whole``: the first is the log's first.

    Only those that nothing is found about deserve to be compared with rows.
    """
    before: SignedCheckpoint | None = None
    for one in checkpoints:
        yield from check_next(before, one, trusted, whole=whole)
        before = one


def check_next(
    before: SignedCheckpoint | None,
    one: SignedCheckpoint,
    trusted: Mapping[str, Verifier],
    *,
    whole: bool,
) -> Iterator[Finding]:
    """Check the signature of a checkpoint, and that it follows the one before."""
    at = one.checkpoint.size
    try:
        one.verify(trusted)
    except SignatureInvalid:
        yield Finding("audit.checkpoint_not_signed", at, at)
    if before is None and not whole:
        return
    expected = before.checkpoint.digest() if before else ""
    ascends = before is None or before.checkpoint.size < at
    if one.checkpoint.previous != expected or not ascends:
        yield Finding("audit.checkpoint_chain_broken", at, at)


def _grow(peaks: list[bytes], size: int, leaf: bytes) -> None:
    """Add a leaf to the complete subtrees of a tree; where some are unknown, to what there is."""
    while size & 1 and peaks:
        leaf = sm3(b"\x01" + peaks.pop() + leaf)
        size >>= 1
    peaks.append(leaf)


def _last_first(given: Iterable[SignedCheckpoint]) -> list[SignedCheckpoint]:
    return sorted(given, key=lambda one: one.checkpoint.size, reverse=True)


@define(eq=False)
class LogVerifier:
    """Goes once through a log, in constant memory.

    ``start`` is the frontier before the first row. ``expected`` are checkpoints known beforehand;
    others are met on the way (``meet``). After a checkpoint that does not fit,
    its own frontier is gone on from, so that each fault is found at its own place.
    """

    _start: Frontier
    _expected: list[SignedCheckpoint] = field(converter=_last_first)
    _peaks: list[bytes] = field(init=False)
    _others: list[bytes] | None = field(init=False, default=None)
    _size: int = field(init=False)
    _sound: bool = field(init=False, default=True)
    _since: int = field(init=False)
    _anchored: int = field(init=False)
    _met: int = field(init=False, default=0)
    _findings: list[Finding] = field(init=False, factory=list)

    def __attrs_post_init__(self) -> None:
        """Stand before the first row."""
        self._peaks = list(self._start.peaks)
        self._size = self._since = self._anchored = self._start.size
        self._meet_expected()

    @property
    def size(self) -> int:
        """How far the log was read."""
        return self._size

    def feed(self, rows: Iterable[StoredLeaf]) -> None:
        """Take the next rows, as they were met."""
        for number, stored, computed in rows:
            if number != self._size and not self._takes(number):
                continue
            if computed != stored:
                self._doubt(number, computed)
            if self._others is not None:
                _grow(self._others, self._size, computed or stored)
            _grow(self._peaks, self._size, stored)
            self._size += 1
            if self._expected and self._expected[-1].checkpoint.size <= self._size:
                self._meet_expected()

    def find(self, finding: Finding) -> None:
        """Note a finding; one that continues the last is joined with it."""
        last = self._findings[-1] if self._findings else None
        if last and (last.code, last.what, last.last + 1) == (
            finding.code,
            finding.what,
            finding.first,
        ):
            self._findings[-1] = Finding(last.code, last.first, finding.last, last.what)
        else:
            self._findings.append(finding)

    def meet(self, signed: SignedCheckpoint) -> None:
        """Compare a checkpoint whose signature holds with the rows read so far."""
        size = signed.checkpoint.size
        if size < self._size:
            self.find(Finding("audit.checkpoint_out_of_place", size, size))
            return
        if size > self._size:
            self._lose(size)
        self._met += 1
        fits = self._sound and any(
            Frontier(size, tuple(peaks)).root() == signed.checkpoint.root
            for peaks in (self._peaks, self._others)
            if peaks is not None
        )
        if self._sound and not fits:
            first = min(self._since, size - 1) if size else 0
            self.find(Finding("audit.rows_rewritten", first, max(size - 1, first)))
        self._peaks, self._others, self._sound = list(signed.frontier.peaks), None, True
        self._anchored = self._since = size

    def finish(self) -> Verdict:
        """Say what was found; a checkpoint beyond the last row tells that rows are gone."""
        while self._expected:
            self.meet(self._expected.pop())
        root = Frontier(self._size, tuple(self._peaks)).root() if self._sound else b""
        return Verdict(
            first=self._start.size,
            size=self._size,
            anchored=self._anchored,
            checkpoints=self._met,
            root=root,
            findings=tuple(self._findings),
        )

    def _takes(self, number: int) -> bool:
        """Tell whether a row that is not the next one can be gone on from."""
        if number < self._size:
            self.find(Finding("audit.row_out_of_place", number, number))
            return False
        while self._expected and self._expected[-1].checkpoint.size <= number:
            self.meet(self._expected.pop())
        if number > self._size:
            self._lose(number)
        return True

    def _doubt(self, number: int, computed: bytes | None) -> None:
        """Note that hash and columns differ; either may be the one that was changed."""
        code = "audit.row_unreadable" if computed is None else "audit.row_changed"
        self.find(Finding(code, number, number))
        if self._others is None:
            self._others = self._peaks.copy()

    def _lose(self, size: int) -> None:
        self.find(Finding("audit.rows_missing", self._size, size - 1))
        self._size, self._peaks, self._others, self._sound = size, [], None, False

    def _meet_expected(self) -> None:
        while self._expected and self._expected[-1].checkpoint.size <= self._size:
            self.meet(self._expected.pop())
