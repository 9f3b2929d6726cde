"""The jobs that look at the log again and again: whoever changes a row behind us is found soon."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from threading import Event
from typing import Final

from attrs import define, field

from entrypoints.auditing import compare_database
from entrypoints.container import Auditing, Platform
from entrypoints.worker.anchoring import BY
from entrypoints.worker.loop import RESTS, Alarmed, Job, Stopped
from supervision_core.audit.model import Finding
from supervision_core.audit.ports import SealedRows
from supervision_core.audit.services import LoggedVersions, raise_alarm, verify_store
from supervision_core.identity.ports import DECIDING
from supervision_core.kernel.canonical import Json

EVERY: Final = timedelta(seconds=30)
DAY: Final = timedelta(days=1)
COMPARED: Final = timedelta(minutes=10)
BROKEN: Final = "audit.row_seal_broken"
SHORTER: Final = "audit.rows_missing"
SPENT: Final = timedelta(seconds=10)
"""How long one run looks at rows that decide nothing about permissions: a third of the time."""
ROWS: Final = 1_000_000
"""Read in one run: a log of that size is read whole each time, a longer one piece by piece."""


@define(eq=False)
class Sweep:
    """A walk through sealed rows, again and again; it tells how far it is and how long it takes."""

    _rows: SealedRows
    _platform: Platform
    _stop: Event
    _after: str = ""
    _seen: int = 0
    _begun: float = 0.0
    _whole: Mapping[str, Json] = field(factory=dict)

    def look(self, within: timedelta | None = None) -> Iterator[str]:
        """Look at the next rows, or at all of them, and name the broken ones.

        Raises ``Stopped`` where the worker is to end.
        """
        until = None if within is None else time.monotonic() + within.total_seconds()
        while not self._stop.is_set():
            if not self._after:
                self._begun, self._seen = time.monotonic(), 0
            found = self._rows.look(self._after)
            self._after, self._seen = found.after, self._seen + found.seen
            yield from found.broken
            if not self._after:
                self._told()
                return
            if until is not None and time.monotonic() >= until:
                return
        raise Stopped

    @property
    def begins(self) -> bool:
        """Whether the next look begins with the first row."""
        return not self._after

    def state(self) -> Mapping[str, Json]:
        """Tell when all rows were looked at last, how many they were and how long it took."""
        return {**self._whole, "rows_since": self._seen if self._after else 0}

    def _told(self) -> None:
        self._whole = {
            "whole_at": self._platform.clock.now().isoformat(timespec="seconds"),
            "rows": self._seen,
            "seconds": round(time.monotonic() - self._begun),
        }


@define(eq=False)
class ReverifyJob:
    """Verifies the log in the database, from checkpoint to checkpoint."""

    _platform: Platform
    _auditing: Auditing
    _stop: Event = field(factory=Event)
    _next: int = 0
    _told: frozenset[Finding] = frozenset()
    """What was found by the last look at everything."""
    _met: frozenset[Finding] = frozenset()
    """What was found since, by looks at a part."""
    _logged: LoggedVersions = field(init=False)
    _turns: float = field(factory=lambda: time.monotonic() + DAY.total_seconds())

    def __attrs_post_init__(self) -> None:
        """Begin with what the whole log says of what decides."""
        kinds = frozenset(one.kind for one in DECIDING)
        self._logged = LoggedVersions(kinds, self._auditing.believes)

    def job(self) -> Job:
        """Give the job."""
        return Job(name="verify", title="核对审计日志", every=EVERY, run=self.run, looks=True)

    def comparing(self) -> Job:
        """Give the job that holds what is stored against the log."""
        return Job(
            name="compare", title="数据与审计日志比对", every=COMPARED, run=self.compare,
            rests=RESTS, looks=True,
        )  # fmt: skip

    def deciding(self) -> Job:
        """Give the job that looks at all that decides about permissions, whole each time.

        Each row is held against its seal, and its version against the whole log. What an alarm has
        named is refused by every process, and not named again until it is repaired.
        """
        sweep = Sweep(self._auditing.deciding, self._platform, self._stop)

        def run() -> None:
            self._alarm([*_findings(BROKEN, sweep.look()), *self._put_back()])

        return Job(
            name="permissions",
            title="复核决定权限的各行",
            every=EVERY,
            run=run,
            state=sweep.state,
            looks=True,
        )

    def looking(self) -> Job:
        """Give the job that looks at all other sealed rows, going on where it ended."""
        sweep = Sweep(self._auditing.others, self._platform, self._stop)

        def run() -> None:
            self._alarm(tuple(_findings(BROKEN, sweep.look(SPENT))), whole=sweep.begins)

        return Job(
            name="seals",
            title="复核其他行校验",
            every=EVERY,
            run=run,
            state=sweep.state,
            looks=True,
        )

    def run(self) -> None:
        """Verify the next piece. Raises ``Alarmed``."""
        checkpoints = self._auditing.store.checkpoints
        verdict = verify_store(
            checkpoints,
            self._auditing.trusted,
            witnesses=self._auditing.witnesses,
            span=self._span(),
        )
        findings = (*self._auditing.kept.missed(), *verdict.findings)
        self._alarm(findings, whole=self._next == 0)
        self._auditing.kept.keep()

    def compare(self) -> None:
        """Hold all else that is stored against the log. Raises ``Alarmed``."""
        self._alarm(tuple(compare_database(self._auditing.store, without=self._logged.kinds)))

    def _put_back(self) -> Iterator[Finding]:
        """Find what is older than the log says."""
        store = self._auditing.store
        whole = not store.checkpoints.segments()
        if time.monotonic() >= self._turns:
            self._turns = time.monotonic() + DAY.total_seconds()
            self._logged.turn()
        if not self._logged.follow(store.log) and whole:
            yield Finding(SHORTER, self._logged.next - 1, self._logged.next - 1)
        yield from self._logged.compare(store.versions, store.log, whole=whole)

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

    def _alarm(self, findings: Sequence[Finding], *, whole: bool = True) -> None:
        """Tell what was not told before. ``whole``: the look that found it came to the end.

        Raises ``Alarmed`` as long as anything that was found has not been looked at again.
        """
        still = [one for one in findings if one.what not in self._logged.refused]
        told = self._told | self._met  # of a table that was changed whole there are very many
        if new := [one for one in still if one not in told]:
            named = sorted({self._logged.named(one.what) for one in new if "/" in one.what})
            raise_alarm(
                self._platform.transactions, self._platform.clock, new, by=BY, objects=named
            )
        self._met = self._met.union(still)
        if whole:
            self._told, self._met = self._met, frozenset()
        if broken := self._told.union(self._met, findings):
            first = min(broken, key=lambda one: (one.first, one.what))
            raise Alarmed(f"{first.code} at {first.first} {first.what}, {len(broken)} in all")


def _findings(code: str, names: Iterable[str]) -> Iterator[Finding]:
    return (Finding(code, 0, 0, name) for name in names)
