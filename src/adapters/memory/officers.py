"""Officers, teams, institutions and associations in memory."""

from collections.abc import Iterator, Sequence

from adapters.memory.paging import list_page
from adapters.memory.regions import visible
from adapters.memory.repository import MemoryRepository
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.identity.model import Placement
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.plain import to_plain
from supervision_core.officers.model import Association, Institution, Officer, OfficerState, Team
from supervision_core.officers.ports import (
    Associations,
    Institutions,
    OfficerFilter,
    OfficerQueries,
    OfficerRow,
    Officers,
    Teams,
)


class MemoryOfficers(MemoryRepository[Officer], Officers):
    """The library of officers."""

    cls = Officer

    def every(self) -> Iterator[Officer]:
        """Give every officer, by id."""
        return self._all()

    def uniques(self, root: Officer) -> frozenset[str]:
        """Say that a certificate belongs to one officer."""
        return frozenset(one.number for one in root.certificates)

    def find_by_certificates(self, numbers: Sequence[str]) -> list[Officer]:
        """Give the officers who hold any of these certificates."""
        return self._with_unique(numbers)

    def find_many(self, ids: Sequence[str]) -> list[Officer]:
        """Give the officers of ``ids`` that exist."""
        return self._many(ids)

    def of_departments(self, departments: Sequence[str]) -> list[Officer]:
        """Give the active officers of these departments, by id."""
        wanted = frozenset(departments)
        return [
            one
            for one in self._all()
            if one.department in wanted and one.state is OfficerState.ACTIVE
        ]


class MemoryTeams(MemoryRepository[Team], Teams):
    """Teams of officers."""

    cls = Team

    def every(self) -> Iterator[Team]:
        """Give every team, by id."""
        return self._all()


class MemoryInstitutions(MemoryRepository[Institution], Institutions):
    """Third-party institutions."""

    cls = Institution


class MemoryAssociations(MemoryRepository[Association], Associations):
    """Trade associations."""

    cls = Association


class MemoryOfficerQueries(OfficerQueries):
    """Lists of officers, by looking at every one."""

    most_ids = 10_000

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Read what ``unit`` sees."""
        self._officers, self._teams = MemoryOfficers(unit), MemoryTeams(unit)

    def page(self, filter: OfficerFilter, request: PageRequest) -> Page[OfficerRow]:
        """Give one page, ordered by name then id."""
        leaders = {one.leader for one in self._teams.every() if not one.deleted}
        return list_page(
            [_row(one, leads=one.id in leaders) for one in self._found(filter)],
            request,
            key=lambda row: (row.name, row.id),
            query={"officers": to_plain(filter)},
        )

    def ids(self, filter: OfficerFilter) -> list[str]:
        """Give the ids of all that ``filter`` lets through, at most 10,000, by id."""
        return [one.id for one in self._found(filter)][: self.most_ids]

    def _found(self, filter: OfficerFilter) -> list[Officer]:
        members = [one.members for one in self._teams.every() if one.id == filter.team]
        team = frozenset().union(*members)
        return [
            one
            for one in self._officers.every()
            if _passes(one, filter) and (not filter.team or (one.id in team) is filter.linked)
        ]


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


def _row(one: Officer, *, leads: bool) -> OfficerRow:
    return OfficerRow(
        id=one.id,
        name=one.name,
        department=one.department,
        body=one.draft.body,
        certificate=one.certificates[0].number if one.certificates else "",
        state=one.state,
        leads=leads,
    )
