"""Where officers, teams and those who assist are kept, and how lists of them are read."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from attrs import frozen

from supervision_core.identity.model import Predicate
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.ports import Repository
from supervision_core.officers.model import Association, Institution, Officer, OfficerState, Team


class Officers(Repository[Officer]):
    """The library of officers. No certificate number belongs to two of them."""

    kind = "officer"

    @abstractmethod
    def find_by_certificates(self, numbers: Sequence[str]) -> list[Officer]:
        """Give the officers who hold any of these certificates, in any order."""

    @abstractmethod
    def find_many(self, ids: Sequence[str]) -> list[Officer]:
        """Give the officers of ``ids`` that exist, in any order."""

    @abstractmethod
    def of_departments(self, departments: Sequence[str]) -> list[Officer]:
        """Give the active officers of these departments, by id: the pool of a draw."""


class Teams(Repository[Team]):
    """Teams of officers."""

    kind = "team"


class Institutions(Repository[Institution]):
    """Third-party institutions."""

    kind = "institution"


class Associations(Repository[Association]):
    """Trade associations."""

    kind = "association"


@frozen(kw_only=True)
class OfficerFilter:
    """Which officers a list shows; what is empty does not narrow it.

    ``team`` with ``linked`` true shows the team's members (已关联), with false everybody else
    (未关联).
    ``reach`` is what the asker's scope demands, ``None`` for whoever reaches everything.
    """

    reach: Predicate | None = None
    region: str = ""
    departments: frozenset[str] = frozenset()
    name: str = ""
    phone: str = ""
    certificate: str = ""
    state: OfficerState | None = None
    team: str = ""
    linked: bool = True


@frozen(kw_only=True)
class OfficerRow:
    """One line of a list of officers. Source: proposal 6.4.2.2.2.3 (1)."""

    id: str
    name: str
    department: str
    body: str
    certificate: str
    state: OfficerState
    leads: bool


class OfficerQueries(ABC):
    """Lists of officers."""

    @abstractmethod
    def page(self, filter: OfficerFilter, request: PageRequest) -> Page[OfficerRow]:
        """Give one page, ordered by name then id."""

    @abstractmethod
    def ids(self, filter: OfficerFilter) -> list[str]:
        """Give the ids of all that ``filter`` lets through, at most 10,000: 关联所有查询结果."""
