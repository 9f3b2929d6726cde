"""Officers and teams in memory."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from adapters.memory.regions import visible
from adapters.memory.repository import MemoryRepository
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.identity.model import Placement
from supervision_core.kernel.paging import Page, PageRequest, page_of, position
from supervision_core.kernel.plain import to_plain
from supervision_core.officers.model import Officer, OfficerState, Team
from supervision_core.officers.model.proposal import Proposal
from supervision_core.officers.ports import (
    MOST_FOUND,
    OfficerFilter,
    OfficerQueries,
    Officers,
    Proposals,
    Teams,
)
from supervision_core.officers.rows import OfficerRow, officer_row


class MemoryOfficers(MemoryRepository[Officer], Officers):
    """The library of officers."""

    cls = Officer

    def uniques(self, root: Officer) -> frozenset[str]:
        """Say that a certificate and an account belong to one officer that is not deleted."""
        if root.state is OfficerState.DELETED:
            return frozenset()
        account = {_account(root.user)} if root.user else set()
        return frozenset({*(one.number for one in root.certificates), *account})

    def find_by_certificates(self, numbers: Sequence[str]) -> list[Officer]:
        """Give the officers who hold any of these certificates."""
        return self._with_unique(numbers)

    def find_by_identity_cards(self, numbers: Iterable[str]) -> list[Officer]:
        """Give the officers with any of these identity card numbers."""
        wanted = {one.strip().upper() for one in numbers} - {""}
        return [
            one
            for one in self.every()
            if one.state is not OfficerState.DELETED
            and one.contact.identity_card.strip().upper() in wanted
        ]

    def of_users(self, users: Iterable[str]) -> list[Officer]:
        """Give the officers who act under any of these accounts."""
        return self._with_unique(map(_account, users))

    def of_departments(self, departments: Sequence[str]) -> list[Officer]:
        """Give the active officers of these departments, by id."""
        wanted = frozenset(departments)
        return [
            one
            for one in self.every()
            if one.department in wanted and one.state is OfficerState.ACTIVE
        ]


def _account(user: str) -> str:
    return f"account {user}"


class MemoryTeams(MemoryRepository[Team], Teams):
    """Teams of officers."""

    cls = Team

    def of_officer(self, officer: str) -> list[Team]:
        """Give those that an officer belongs to, by id."""
        return [one for one in self.every() if officer in one.members]


class MemoryProposals(MemoryRepository[Proposal], Proposals):
    """What institutions would have changed of themselves."""

    cls = Proposal


class MemoryOfficerQueries(OfficerQueries):
    """Finds officers by looking at every one."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._officers, self._teams = MemoryOfficers(unit), MemoryTeams(unit)

    def ids(self, filter: OfficerFilter) -> list[str]:
        """Give the ids of all whom ``filter`` lets through, no more than 10,001, by id."""
        return [one.id for one in self._found(filter)][: MOST_FOUND + 1]

    def page(self, filter: OfficerFilter, request: PageRequest) -> Page[OfficerRow]:
        """List those whom ``filter`` lets through by name, then id. Raises ``BadCursor``."""
        query = to_plain(filter)
        after = cast("Any", position(request, query=query, kinds=(str, str)))
        rows = sorted(self._found(filter), key=_key)
        rest = [one for one in rows if after is None or _key(one) > after]
        return page_of(rest, request, query=query, key=_key, item=officer_row)

    def _found(self, filter: OfficerFilter) -> list[Officer]:
        members = [one.members for one in self._teams.every() if one.id == filter.team]
        team = frozenset().union(*members)
        return [
            one
            for one in self._officers.every()
            if one.state is not OfficerState.DELETED
            and _passes(one, filter)
            and (not filter.team or (one.id in team) is filter.linked)
        ]


def _key(one: Officer) -> tuple[str, str]:
    return one.name, one.id


def _passes(one: Officer, filter: OfficerFilter) -> bool:
    return (
        visible(
            Placement(region=one.region, departments=one.departments),
            reach=filter.reach,
            within=filter.region,
            of=filter.departments,
        )
        and filter.name.lower() in one.name.lower()
        and filter.phone in ("", one.contact.phone)
        and filter.certificate in {"", *(each.number for each in one.certificates)}
        and filter.state in (None, one.state)
    )
