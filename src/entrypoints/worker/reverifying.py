"""The jobs that look at the log again and again: whoever changes a row behind us is found soon."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from attrs import define

from entrypoints.auditing import compare_database
from entrypoints.container import Auditing, Platform
from entrypoints.worker.anchoring import BY
from entrypoints.worker.loop import Alarmed, Job
from supervision_core.audit.model import Finding
from supervision_core.audit.services import raise_alarm, verify_store

EVERY: Final = timedelta(seconds=30)
COMPARED: Final = timedelta(minutes=10)
BROKEN: Final = "audit.row_seal_broken"
SEALS: Final = 20_000
"""Sealed rows looked at in one run: one or two seconds of it."""
ROWS: Final = 1_000_000
"""Read in one run: a log of that size is read whole each time, a longer one piece by piece."""


@define(eq=False)
class ReverifyJob:
    """Verifies the log in the database, from checkpoint to checkpoint."""

    _platform: Platform
    _auditing: Auditing
    _next: int = 0
    _looked: str = ""
    _told: tuple[Finding, ...] = ()

    def job(self) -> Job:
        """Give the job."""
        return Job(name="verify", every=EVERY, run=self.run)

    def comparing(self) -> Job:
        """Give the job that holds what is stored against the log."""
        return Job(name="compare", every=COMPARED, run=self.compare)

    def looking(self) -> Job:
        """Give the job that looks at the seals of rows, which lists show without checking them."""
        return Job(name="seals", every=EVERY, run=self.look)

    def run(self) -> None:
        """Verify the next piece. Raises ``Alarmed``."""
        checkpoints = self._auditing.store.checkpoints
        verdict = verify_store(
            checkpoints,
            self._auditing.trusted,
            witnesses=self._auditing.witnesses,
            span=self._span(),
        )
        self._alarm(verdict.findings)

    def look(self) -> None:
        """Look at the next sealed rows, and begin anew behind the last. Raises ``Alarmed``.

        A database of no more than ``SEALS`` of them is looked at whole each time.
        """
        broken, self._looked = self._auditing.sealed.look(self._looked, SEALS)
        self._alarm(tuple(Finding(BROKEN, 0, 0, what) for what in broken))

    def compare(self) -> None:
        """Hold what is stored against the log and against its seals. Raises ``Alarmed``."""
        broken = (Finding(BROKEN, 0, 0, what) for what in self._auditing.sealed.broken())
        self._alarm((*compare_database(self._auditing.store), *broken))

    def _span(self) -> tuple[int, int] | None:
        """Give the sizes to verify between; ``None`` for the whole log, its tail included."""
        checkpoints = self._auditing.store.checkpoints
        if checkpoints.end(0).size <= ROWS:
            return None
        sizes = [0, *(one.checkpoint.size for one in checkpoints.between(0))]
        start = max((size for size in sizes if size <= self._next), default=0)
        within = [size for size in sizes if start < size <= start + ROWS]
        stop = within[-1] if within else min((one for one in sizes if one > start), default=start)
        self._next = 0 if stop == sizes[-1] else stop
        return start, stop

    def _alarm(self, findings: Sequence[Finding]) -> None:
        if not findings:
            return
        if new := [one for one in findings if one not in self._told]:
            raise_alarm(self._platform.transactions, self._platform.clock, new, by=BY)
            self._told = (*self._told, *new)
        first = findings[0]
        raise Alarmed(f"{first.code} at {first.first} {first.what}, {len(findings)} in all")
