"""What clues want from the outside."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date

from attrs import frozen

from supervision_core.clues.model import Clue, ClueChannel, ClueKind, ClueState
from supervision_core.identity.model import Predicate
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.ports import Repository


class Clues(Repository[Clue]):
    """Holds clues."""

    kind = "clue"


@frozen(kw_only=True)
class ClueFilter:
    """Which clues a list shows; ``None`` and empty mean all.

    ``reach`` is what the asker's scope demands, ``None`` for whoever reaches everything.
    """

    reach: Predicate | None = None
    region: str = ""
    departments: frozenset[str] = frozenset()
    subject: str = ""
    channel: ClueChannel | None = None
    state: ClueState | None = None


@frozen(kw_only=True)
class ClueRow:
    """A clue as lists show it; never who complained."""

    id: str
    title: str
    channel: ClueChannel
    kind: ClueKind
    state: ClueState
    subject: str
    holder: str
    due_on: date


class ClueQueries(ABC):
    """Reads lists and counts of clues."""

    @abstractmethod
    def page(self, filter: ClueFilter, request: PageRequest) -> Page[ClueRow]:
        """Give one page of clues by due day, then id."""

    @abstractmethod
    def counts(self, filter: ClueFilter) -> Mapping[tuple[ClueChannel, ClueState], int]:
        """Count clues by channel and state, for the triage's picture; absent means none."""
