"""The existing platform's organisation, page by page into the directory."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

from attrs import evolve, field, frozen

from entrypoints.container import Platform
from supervision_core.identity.model import (
    Actor,
    SyncConflict,
    SyncCount,
    SyncPart,
    ToldDepartment,
    ToldUser,
    downwards,
)
from supervision_core.identity.ports import OrganisationSource
from supervision_core.identity.services.organisation import (
    SynchroniseDirectory,
    synchronise_directory,
)
from supervision_core.identity.services.synchronisations import SynchronisationRecord
from supervision_core.identity.services.told_roles import (
    SynchroniseRoles,
    synchronise_roles,
)
from supervision_core.kernel.errors import DomainError, Violation

Row = TypeVar("Row")
Advance = Callable[[int], None]
CHUNK: Final = 500
WHAT: Final = {"department": "机构", "user": "用户", "role": "角色", "holder": "用户角色"}
"""What each kind that is counted is called."""
OUTCOMES: Final = {"added": "新增", "changed": "变更", "deleted": "删除", "same": "未变"}


@frozen
class SyncReport:
    """What came of it: counts by what was told, and every reason why something stayed out."""

    counts: dict[str, SyncCount] = field(factory=dict)
    conflicts: list[SyncConflict] = field(factory=list)


def synchronise_organisation(
    platform: Platform,
    source: OrganisationSource,
    *,
    actor: Actor,
    parts: Sequence[SyncPart] = tuple(SyncPart),
    advance: Advance = lambda _: None,
) -> SyncReport:
    """Take in everything that the platform tells, a transaction for each ``CHUNK`` of it.

    Everything is told each time, so what could not be taken in is tried again the next time; what
    is as it was changes nothing. ``advance`` is told how many rows were done, and may break it off
    by raising. How each part went is kept. Raises ``Unavailable``: what was taken in before stays.
    """
    record = SynchronisationRecord(platform.transactions, platform.clock)
    report = SyncReport()
    for part in parts:
        taking = _TakingIn(platform, source, actor, advance)
        record.begin(part, by=actor.user)
        try:
            taking.run(part)
        except BaseException as error:
            record.fail(part, _why(error))
            raise
        record.end(part, tuple(taking.report.counts.values()), taking.report.conflicts)
        report.counts.update(taking.report.counts)
        report.conflicts.extend(taking.report.conflicts)
    return report


def _why(error: BaseException) -> Violation:
    if isinstance(error, DomainError):
        return error.reasons[0]
    return Violation("identity.synchronisation_broken_off")


@frozen
class _TakingIn:
    platform: Platform
    source: OrganisationSource
    actor: Actor
    advance: Advance
    report: SyncReport = field(init=False, factory=SyncReport)

    def run(self, part: SyncPart) -> None:
        if part is SyncPart.DIRECTORY:
            self._directory()
        else:
            self._roles()

    def _directory(self) -> None:
        told = downwards(tuple(one for page in self.source.departments() for one in page))
        self._departments([one for one in told if not one.deleted])
        for page in self.source.users():
            for users in _chunks(page):
                self._take(synchronise_directory, SynchroniseDirectory(users=users), "user")
        self._departments([one for one in told if one.deleted])

    def _departments(self, told: Sequence[ToldDepartment]) -> None:
        for some in _chunks(told):
            self._take(synchronise_directory, SynchroniseDirectory(departments=some), "department")

    def _roles(self) -> None:
        for page in self.source.roles():
            for roles in _chunks(page):
                self._take(synchronise_roles, SynchroniseRoles(roles=roles), "role")
        for page_of_users in self.source.users():
            for holders in _chunks(map(_without_person, page_of_users)):
                self._take(synchronise_roles, SynchroniseRoles(users=holders), "holder")

    def _take(self, case: Any, command: Any, what: str) -> None:
        answer = self.platform.commands.run(case, command, actor=self.actor)
        so_far = self.report.counts.get(what, SyncCount(what=what))
        now = {name: getattr(so_far, name) + answer[name] for name in OUTCOMES}
        self.report.counts[what] = SyncCount(what=what, **now)
        self.report.conflicts.extend(
            SyncConflict(
                what=what,
                id=one["id"],
                violation=Violation(one["code"], at=one["at"], data=one["data"]),
            )
            for one in answer["refused"]
        )
        self.advance(sum(answer[name] for name in OUTCOMES))


def _without_person(told: ToldUser) -> ToldUser:
    """Keep of a user what his roles need, and nothing of who he is."""
    return evolve(told, account="", name="", phone="", document_number="", posts=())


def _chunks(rows: Iterable[Row]) -> Iterator[tuple[Row, ...]]:
    listed = tuple(rows)
    return (listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK))
