"""Officers, teams, institutions and associations in memory."""

from collections.abc import Sequence

from adapters.memory.repository import MemoryRepository
from supervision_core.officers.model import Association, Institution, Officer, OfficerState, Team
from supervision_core.officers.ports import Associations, Institutions, Officers, Teams


class MemoryOfficers(MemoryRepository[Officer], Officers):
    """The library of officers."""

    cls = Officer

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


class MemoryInstitutions(MemoryRepository[Institution], Institutions):
    """Third-party institutions."""

    cls = Institution


class MemoryAssociations(MemoryRepository[Association], Associations):
    """Trade associations."""

    cls = Association
