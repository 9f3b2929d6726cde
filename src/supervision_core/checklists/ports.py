"""Where checklists are kept, and how lists of them are read."""

from abc import ABC, abstractmethod

from attrs import frozen

from supervision_core.checklists.model import Checklist, ChecklistState
from supervision_core.identity.model import Predicate
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.ports import Repository


class Checklists(Repository[Checklist]):
    """The checklists of all regions."""

    kind = "checklist"

    @abstractmethod
    def find_by_code(self, region: str, code: str) -> Checklist | None:
        """Give the checklist of that code in exactly that region, deleted ones too."""

    @abstractmethod
    def default_of(self, region: str, trade: str) -> Checklist | None:
        """Give the default checklist of a trade in exactly that region."""


@frozen(kw_only=True)
class ChecklistFilter:
    """Which checklists a list shows; what is empty does not narrow it. Deleted ones never show.

    ``reach`` is what the asker's scope demands, ``None`` for whoever reaches everything.
    """

    reach: Predicate | None = None
    region: str = ""
    departments: frozenset[str] = frozenset()
    name: str = ""
    code: str = ""
    trade: str = ""
    state: ChecklistState | None = None
    default: bool | None = None


@frozen(kw_only=True)
class ChecklistRow:
    """One line of a list of checklists. Source: proposal 6.4.2.1.3.1."""

    id: str
    code: str
    name: str
    trade: str
    lead: str
    joining: tuple[str, ...]
    state: ChecklistState
    default: bool
    version: int
    items: int


class ChecklistQueries(ABC):
    """Lists of checklists."""

    @abstractmethod
    def page(self, filter: ChecklistFilter, request: PageRequest) -> Page[ChecklistRow]:
        """Give one page, ordered by code then id."""
