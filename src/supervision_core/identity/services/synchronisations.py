"""统一组织架构接入: asking for a run, looking how the last one went, and keeping that."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from attrs import frozen

from supervision_core.identity.model import (
    SyncChange,
    SyncConflict,
    SyncCount,
    Synchronisation,
    SyncPart,
    SyncState,
)
from supervision_core.identity.ports import Synchronisations
from supervision_core.identity.services.frame import Work, question, use_case
from supervision_core.identity.services.keeping import find, require_everything
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.ports import Clock, Transactions, UnitOfWork


@frozen(kw_only=True)
class RequestSynchronisation:
    """Nothing more is asked than that it shall run."""


@use_case(
    "identity.request_directory_synchronisation",
    "发起同步现有平台的机构和用户",
    answers="同步的内容：directory机构和用户，roles用户角色",
)
def request_directory_synchronisation(work: Work, cmd: RequestSynchronisation) -> str:
    """Ask the worker to take in departments and users now; asked twice, it runs once.

    For who reaches everything.
    """
    del cmd
    return _request(work, SyncPart.DIRECTORY, "identity.request_directory_synchronisation")


@use_case(
    "identity.request_role_synchronisation",
    "发起同步现有平台的用户角色",
    answers="同步的内容：directory机构和用户，roles用户角色",
)
def request_role_synchronisation(work: Work, cmd: RequestSynchronisation) -> str:
    """Ask the worker to take in roles and who holds them now; asked twice, it runs once.

    For who reaches everything.
    """
    del cmd
    return _request(work, SyncPart.ROLES, "identity.request_role_synchronisation")


def _request(work: Work, part: SyncPart, permission: str) -> str:
    require_everything(work, permission)
    found = synchronisation_of(work.unit, part)
    found.ask(work.actor.user, at=work.now)
    work.save(Synchronisations, found)
    return found.id


def synchronisation_of(unit: UnitOfWork, part: str) -> Synchronisation:
    """Give the last run of a part."""
    return find(unit, Synchronisations, str(part)) or Synchronisation.of(part)


@frozen(kw_only=True)
class ListSynchronisations:
    """Both parts."""


@frozen(kw_only=True)
class SynchronisationView:
    """How the last run of a part went, and since when another is asked for."""

    part: SyncPart
    state: SyncState
    asked_at: datetime | None
    by: str
    started_at: datetime | None
    ended_at: datetime | None
    failure: Violation | None
    counts: tuple[SyncCount, ...]
    conflicts: tuple[SyncConflict, ...]
    refused: int


@question("identity.list_synchronisations", "查看现有平台同步的结果")
def list_synchronisations(
    work: Work, about: ListSynchronisations
) -> tuple[SynchronisationView, ...]:
    """Tell of each part how it was taken in the last time, for who reaches everything."""
    del about
    require_everything(work, "identity.list_synchronisations")
    return tuple(_view(synchronisation_of(work.unit, part)) for part in SyncPart)


def _view(one: Synchronisation) -> SynchronisationView:
    return SynchronisationView(
        part=one.part,
        state=one.state,
        asked_at=one.asked_at,
        by=one.by,
        started_at=one.started_at,
        ended_at=one.ended_at,
        failure=one.failure,
        counts=one.counts,
        conflicts=one.conflicts,
        refused=one.refused,
    )


Part = TypeVar("Part", bound=str)


@frozen
class SynchronisationRecord:
    """Keeps how each run goes; what a run changes is audited by its own use cases."""

    transactions: Transactions
    clock: Clock

    def due(self, every: timedelta | None, parts: Sequence[Part]) -> tuple[Part, ...]:
        """Give those of the parts that shall run now."""
        now = self.clock.now()
        with self.transactions.begin_reading() as unit:
            return tuple(one for one in parts if synchronisation_of(unit, one).due(every, at=now))

    def begin(self, part: str, *, by: str) -> None:
        """Note that a part runs. Raises ``Conflict`` where another worker was quicker."""
        self._noted(part, lambda one, at: one.begin(by, at=at))

    def end(
        self,
        part: str,
        counts: Sequence[SyncCount],
        conflicts: Sequence[SyncConflict],
        changes: Sequence[SyncChange] = (),
    ) -> None:
        """Note what came of it."""
        self._noted(part, lambda one, at: one.end(counts, conflicts, at=at, changes=changes))

    def fail(self, part: str, why: Violation) -> None:
        """Note why it could not go on."""
        self._noted(part, lambda one, at: one.fail(why, at=at))

    def _noted(self, part: str, note: Callable[[Synchronisation, datetime], None]) -> None:
        with self.transactions.begin() as unit:
            found = synchronisation_of(unit, part)
            note(found, self.clock.now())
            unit[Synchronisations].save(found)
            unit.commit()
