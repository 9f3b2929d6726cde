"""Where subjects, their tags and facts are kept, and how lists of them are read."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from attrs import field, frozen

from supervision_core.identity.model import Placement, Predicate
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.ports import Repository
from supervision_core.subjects.facts import FactValue, SubjectFact
from supervision_core.subjects.model import Subject, SubjectKind, SubjectStatus, Tag
from supervision_core.subjects.model.data_change import DataChange
from supervision_core.subjects.model.registration_change import RegistrationChange


class Subjects(Repository[Subject]):
    """The register of subjects. No two subjects have the same identity code at once."""

    kind = "subject"

    @abstractmethod
    def find_by_codes(self, codes: Sequence[str]) -> list[Subject]:
        """Give the subjects whose identity code is among ``codes``, in any order."""

    @abstractmethod
    def had(self, codes: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """Give for each of ``codes`` that is a former one the ids of the subjects that had it."""

    @abstractmethod
    def hold(self, ids: Sequence[str]) -> None:
        """Let whoever else would hold one of them wait until the transaction ends.

        So that what is counted of a subject still holds when something is added by that count.
        """

    @abstractmethod
    def places_of(self, ids: Sequence[str]) -> Mapping[str, Placement]:
        """Give where each of ``ids`` stands that exists: all that a scope has to know."""


class Tags(Repository[Tag]):
    """The tags of all regions."""

    kind = "tag"

    @abstractmethod
    def of_regions(self, regions: Collection[str]) -> Mapping[str, list[Tag]]:
        """Give for each of ``regions`` the enabled tags that it or a region above it owns.

        By order, then name.
        """

    @abstractmethod
    def find_by_name(self, region: str, name: str) -> Tag | None:
        """Give the tag of that name in exactly that region."""


class DataChanges(Repository[DataChange]):
    """Holds what firms would have changed of their data."""

    kind = "data_change"


class RegistrationChanges(Repository[RegistrationChange]):
    """Holds what is proposed of statuses and deletions of subjects."""

    kind = "registration_change"


class SubjectFacts(ABC):
    """Dated facts of subjects, append-only."""

    @abstractmethod
    def record(self, facts: Sequence[SubjectFact]) -> None:
        """Add facts; one equal in subject, name, day and source replaces its predecessor."""

    @abstractmethod
    def record_table(
        self, facts: Mapping[str, Mapping[str, FactValue]], *, known_on: date, source: str
    ) -> None:
        """Add what a table says of each subject by its id, of one day and source, as ``record``."""

    @abstractmethod
    def facts_on(self, subjects: Sequence[str], day: date) -> Mapping[str, Mapping[str, FactValue]]:
        """Give what is known of each of ``subjects`` on ``day``: the latest value of each name.

        Of the same day, the one recorded last counts. A subject without facts has an empty one.
        """


@frozen(kw_only=True)
class SubjectFilter:
    """Which subjects a list shows; what is empty does not narrow it.

    ``region`` takes in everything below it; ``tags`` are alternatives; ``principal`` is the whole
    name of the head. ``reach`` is what the asker's scope demands, ``None`` for whoever reaches
    everything.
    """

    reach: Predicate | None = None
    region: str = ""
    departments: frozenset[str] = frozenset()
    kind: SubjectKind | None = None
    status: SubjectStatus | None = None
    tags: frozenset[str] = frozenset()
    category: str = ""
    name_prefix: str = ""
    code: str = ""
    doubtful: bool | None = None
    principal: str = field(default="", repr=False)


@frozen(kw_only=True)
class SubjectRow:
    """One line of a list of subjects. Source: proposal 6.4.2.2.1.1.1."""

    id: str
    kind: SubjectKind
    name: str
    code: str
    region: str
    status: SubjectStatus
    industry: str
    tags: tuple[str, ...]
    doubtful: bool


class SubjectQueries(ABC):
    """Lists of subjects for screens, exports and pools."""

    @abstractmethod
    def page(self, filter: SubjectFilter, request: PageRequest) -> Page[SubjectRow]:
        """Give one page, ordered by name then id (``order`` "name") or by id ("id")."""

    @abstractmethod
    def count(self, filter: SubjectFilter) -> int:
        """Count the subjects that ``filter`` lets through."""
