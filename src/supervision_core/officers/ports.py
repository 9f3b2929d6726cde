"""Where officers and teams are kept, and how lists of them are read."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import field, frozen

from supervision_core.identity.model import Predicate
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.ports import Repository
from supervision_core.officers.model import Officer, OfficerState, Team
from supervision_core.officers.model.proposal import Proposal
from supervision_core.officers.rows import OfficerRow


class Officers(Repository[Officer]):
    """The library of officers. No certificate number and no account belongs to two of them."""

    kind = "officer"

    @abstractmethod
    def find_by_certificates(self, numbers: Sequence[str]) -> list[Officer]:
        """Give the officers who hold any of these certificates, in any order."""

    @abstractmethod
    def find_by_identity_cards(self, numbers: Iterable[str]) -> list[Officer]:
        """Give the officers with any of these identity card numbers, in any order."""

    def of_user(self, user: str) -> Officer | None:
        """Give the officer who acts under that account, if one does."""
        return next(iter(self.of_users([user])), None)

    @abstractmethod
    def of_users(self, users: Iterable[str]) -> list[Officer]:
        """Give the officers who act under any of these accounts, in any order."""

    @abstractmethod
    def of_departments(self, departments: Sequence[str]) -> list[Officer]:
        """Give the active officers of these departments, by id: the pool of a draw."""


class VisitsOfOfficers(ABC):
    """Knows on which visits officers stand."""

    @abstractmethod
    def count_open(self, officers: Iterable[str]) -> Mapping[str, int]:
        """Count the visits of each that are neither formed nor waived; absent means none.

        Visits of a task that was deleted do not count, those before dispatch do.
        """


class Teams(Repository[Team]):
    """Teams of officers."""

    kind = "team"

    @abstractmethod
    def of_officer(self, officer: str) -> list[Team]:
        """Give those that an officer belongs to, by id; deleted ones too."""


class Proposals(Repository[Proposal]):
    """What institutions would have changed of themselves."""

    kind = "proposal"


@frozen(kw_only=True)
class OfficerFilter:
    """Which officers a list shows; what is empty does not narrow it.

    ``team`` with ``linked`` true shows the team's members (已关联), with false everybody else
    (未关联).
    ``reach`` is what the asker's scope demands, ``None`` for whoever reaches everything.
    """

    reach: Predicate | None = field(default=None, metadata=said("限于的数据范围", internal=True))
    region: str = field(
        default="", metadata=said("位于哪一区划及其下级", example="450100", to="region")
    )
    departments: frozenset[str] = field(
        default=frozenset(), metadata=said("所属部门的编号", to="department")
    )
    name: str = field(default="", metadata=said("姓名", example="王示例"))
    phone: str = field(default="", metadata=said("联系电话"))
    certificate: str = field(default="", metadata=said("执法证号"))
    state: OfficerState | None = field(
        default=None,
        metadata=said(
            "状态", codes={"active": "在岗", "suspended": "暂停", "left": "离开"}, example="active"
        ),
    )
    team: str = field(default="", metadata=said("与哪一小组的关联情况", to="team"))
    linked: bool = field(default=True, metadata=said("是否已关联该小组"))


MOST_FOUND: Final = 10_000
"""Officers that one query moves into a team or out of it."""


class OfficerQueries(ABC):
    """Finds officers by what is personal of them, and for a team; those deleted never."""

    @abstractmethod
    def page(self, filter: OfficerFilter, request: PageRequest) -> Page[OfficerRow]:
        """List those whom ``filter`` lets through by name, then id. Raises ``BadCursor``."""

    @abstractmethod
    def ids(self, filter: OfficerFilter) -> list[str]:
        """Give the ids of all whom ``filter`` lets through, no more than ``MOST_FOUND`` + 1."""
