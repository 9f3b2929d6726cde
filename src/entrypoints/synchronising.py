"""The existing platform's organisation, page by page into the directory."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

from attrs import define, evolve, field, frozen

from entrypoints.container import Platform
from supervision_core.identity.model import Actor, ToldDepartment, ToldUser, downwards
from supervision_core.identity.ports import OrganisationSource
from supervision_core.identity.services.organisation import (
    SynchroniseDirectory,
    synchronise_directory,
)
from supervision_core.identity.services.told_roles import (
    SynchroniseRoles,
    synchronise_roles,
)
from supervision_core.kernel.errors import Violation

Row = TypeVar("Row")
Advance = Callable[[int], None]
CHUNK: Final = 500


@frozen(kw_only=True)
class NotSynchronised:
    """One reason why something of the platform stays out: what it is, and its id there."""

    what: str
    id: str
    violation: Violation


@define
class SyncReport:
    """What came of it: counts by what was told, and every reason why something stayed out."""

    departments: dict[str, int] = field(factory=dict)
    users: dict[str, int] = field(factory=dict)
    roles: dict[str, int] = field(factory=dict)
    holders: dict[str, int] = field(factory=dict)
    refused: list[NotSynchronised] = field(factory=list)


def synchronise_organisation(
    platform: Platform,
    source: OrganisationSource,
    *,
    actor: Actor,
    advance: Advance = lambda _: None,
) -> SyncReport:
    """Take in everything that the platform tells, a transaction for each ``CHUNK`` of it.

    Everything is told each time, so what could not be taken in is tried again the next time; what
    is as it was changes nothing. ``advance`` is told how many rows were done, and may break it off
    by raising. Raises ``Unavailable``: what was taken in before stays.
    """
    return _Synchronising(platform, source, actor, advance).run()


@frozen
class _Synchronising:
    platform: Platform
    source: OrganisationSource
    actor: Actor
    advance: Advance
    report: SyncReport = field(init=False, factory=SyncReport)

    def run(self) -> SyncReport:
        report = self.report
        told = downwards(tuple(one for page in self.source.departments() for one in page))
        living = [one for one in told if not one.deleted]
        gone = [one for one in told if one.deleted]
        self._departments(living)
        holders: list[ToldUser] = []
        for page in self.source.users():
            for users in _chunks(page):
                command = SynchroniseDirectory(users=tuple(users))
                self._run(synchronise_directory, command, "user", report.users)
            holders += (_without_person(one) for one in page)
        self._departments(gone)
        for page_of_roles in self.source.roles():
            for roles in _chunks(page_of_roles):
                tied = SynchroniseRoles(roles=tuple(roles))
                self._run(synchronise_roles, tied, "role", report.roles)
        for some in _chunks(holders):
            self._run(synchronise_roles, SynchroniseRoles(users=tuple(some)), "holder",
                      report.holders)  # fmt: skip
        return report

    def _departments(self, told: Sequence[ToldDepartment]) -> None:
        for some in _chunks(told):
            command = SynchroniseDirectory(departments=tuple(some))
            self._run(synchronise_directory, command, "department", self.report.departments)

    def _run(self, case: Any, command: Any, what: str, counts: dict[str, int]) -> None:
        answer = self.platform.commands.run(case, command, actor=self.actor)
        for name in ("added", "changed", "deleted", "same"):
            counts[name] = counts.get(name, 0) + answer[name]
        self.report.refused += (
            NotSynchronised(
                what=what,
                id=one["id"],
                violation=Violation(one["code"], at=one["at"], data=one["data"]),
            )
            for one in answer["refused"]
        )
        self.advance(sum(answer[name] for name in ("added", "changed", "deleted", "same")))


def _without_person(told: ToldUser) -> ToldUser:
    """Keep of a user what his roles need, and nothing of who he is."""
    return evolve(told, account="", name="", phone="", document_number="", posts=())


def _chunks(rows: Iterable[Row]) -> Iterator[Sequence[Row]]:
    listed = list(rows)
    return (listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK))
