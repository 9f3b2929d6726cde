"""Where scenes are kept, and how lists of them are read."""

from abc import ABC, abstractmethod
from datetime import datetime

from attrs import frozen

from supervision_core.identity.model import Predicate
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.ports import Repository
from supervision_core.scenes.model import Scene, SceneState


class Scenes(Repository[Scene]):
    """The scenes of all regions."""

    kind = "scene"

    @abstractmethod
    def find_by_code(self, region: str, code: str) -> Scene | None:
        """Give the scene of that code in exactly that region, a deleted one too."""


@frozen(kw_only=True)
class SceneFilter:
    """Which scenes a list shows; what is empty does not narrow it. Deleted ones never show.

    ``reach`` is what the asker's scope demands, ``None`` for whoever reaches everything.
    """

    reach: Predicate | None = None
    region: str = ""
    departments: frozenset[str] = frozenset()
    name: str = ""
    sort: str = ""
    state: SceneState | None = None


@frozen(kw_only=True)
class SceneRow:
    """One line of the scenes' overview. Source: proposal 6.4.3.2.1.2."""

    id: str
    code: str
    name: str
    sort: str
    lead: str
    joining: tuple[str, ...]
    region: str
    state: SceneState
    published_at: datetime | None


class SceneQueries(ABC):
    """Lists of scenes."""

    @abstractmethod
    def page(self, filter: SceneFilter, request: PageRequest) -> Page[SceneRow]:
        """Give one page, ordered by code then id."""
