"""How the taking in of the existing platform's organisation went the last time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from attrs import define, field, frozen

from supervision_core.kernel.errors import Violation
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.fields import said

MOST_CONFLICTS: Final = 200
"""How many are kept of a run; that there were more is kept too."""


class SyncPart(StrEnum):
    """What is taken in by itself: one part is system administration, the other security's."""

    DIRECTORY = "directory"
    ROLES = "roles"


class SyncState(StrEnum):
    """How the last run stands."""

    NEVER = "never"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@frozen(kw_only=True)
class SyncCount:
    """What became of everything of one kind that was told."""

    what: str = field(
        metadata=said("类别：department机构，user用户，role角色，holder用户角色", example="user")
    )
    added: int = field(default=0, metadata=said("新增的条数", example=1))
    changed: int = field(default=0, metadata=said("变更的条数", example=1))
    deleted: int = field(default=0, metadata=said("逻辑删除的条数", example=0))
    same: int = field(default=0, metadata=said("未变的条数", example=1))


@frozen(kw_only=True)
class SyncConflict:
    """同步冲突 (SyncConflict): one reason why something stays out, and its id there."""

    what: str
    id: str
    violation: Violation


@frozen(kw_only=True)
class SyncChange:
    """同步变更 (SyncChange): one thing that a run added, changed or deleted."""

    what: str = field(metadata=said("类别", example="matter"))
    id: str = field(metadata=said("对方的编号", example="45000000000001"))
    name: str = field(metadata=said("名称", example="食品生产监督检查"))
    outcome: str = field(
        metadata=said("结果：added新增，changed变更，deleted逻辑删除", example="added")
    )


@define(eq=False, kw_only=True)
class Synchronisation(Aggregate):
    """同步 (Synchronisation): the last run of one part, and whether another was asked for.

    Its id is the part. A run that breaks off without a word stays one that is running; whoever
    asked is served by the next. Source: proposal 6.4.2.12.8.3.
    """

    _asked_by: str = ""
    _asked_at: datetime | None = None
    _by: str = ""
    _started_at: datetime | None = None
    _ended_at: datetime | None = None
    _failure: Violation | None = None
    _counts: tuple[SyncCount, ...] = ()
    _conflicts: tuple[SyncConflict, ...] = ()
    _refused: int = 0
    _changes: tuple[SyncChange, ...] = ()

    @classmethod
    def of(cls, part: str) -> "Synchronisation":
        """Give that of a part that was never taken in."""
        return cls(id=str(part))

    @property
    def part(self) -> SyncPart:
        """What is taken in."""
        return SyncPart(self.id)

    @property
    def state(self) -> SyncState:
        """How the last run stands."""
        if self._started_at is None:
            return SyncState.NEVER
        if self._ended_at is None:
            return SyncState.RUNNING
        return SyncState.DONE if self._failure is None else SyncState.FAILED

    @property
    def asked_at(self) -> datetime | None:
        """Since when a run is asked for that has not ended, if one is."""
        return self._asked_at

    @property
    def by(self) -> str:
        """Who let the last run begin."""
        return self._by

    @property
    def started_at(self) -> datetime | None:
        """When the last run began."""
        return self._started_at

    @property
    def ended_at(self) -> datetime | None:
        """When it ended."""
        return self._ended_at

    @property
    def failure(self) -> Violation | None:
        """Why it could not go on."""
        return self._failure

    @property
    def counts(self) -> tuple[SyncCount, ...]:
        """What it did."""
        return self._counts

    @property
    def conflicts(self) -> tuple[SyncConflict, ...]:
        """What it left out, up to ``MOST_CONFLICTS``."""
        return self._conflicts

    @property
    def refused(self) -> int:
        """How many conflicts there were in all."""
        return self._refused

    @property
    def changes(self) -> tuple[SyncChange, ...]:
        """What it changed, up to ``MOST_CONFLICTS``."""
        return self._changes

    def ask(self, by: str, *, at: datetime) -> None:
        """Ask for a run; one that is asked for already and has not begun serves both."""
        if self._asked_at is None or self.state is SyncState.RUNNING:
            self._asked_by, self._asked_at = by, at

    def due(self, every: timedelta | None, *, at: datetime) -> bool:
        """Tell whether it shall run now: somebody asked, or ``every`` has passed since it began."""
        if self._asked_at is not None:
            return True
        return every is not None and (self._started_at is None or self._started_at + every <= at)

    def begin(self, by: str, *, at: datetime) -> None:
        """Note that it runs: for who asked for it, else for ``by``."""
        self._by = self._asked_by if self._asked_at is not None else by
        self._started_at, self._ended_at, self._failure = at, None, None
        self._counts, self._conflicts, self._refused, self._changes = (), (), 0, ()

    def end(
        self,
        counts: Sequence[SyncCount],
        conflicts: Sequence[SyncConflict],
        *,
        at: datetime,
        changes: Sequence[SyncChange] = (),
    ) -> None:
        """Note what came of it."""
        self._changes = tuple(changes[:MOST_CONFLICTS])
        self._counts, self._refused = tuple(counts), len(conflicts)
        self._conflicts = tuple(conflicts[:MOST_CONFLICTS])
        self._over(at)

    def fail(self, why: Violation, *, at: datetime) -> None:
        """Note why it could not go on."""
        self._failure = why
        self._over(at)

    def _over(self, at: datetime) -> None:
        """End it; who asked while it ran is served by the next."""
        self._ended_at = at
        if self._asked_at and self._started_at and self._asked_at <= self._started_at:
            self._asked_by, self._asked_at = "", None
