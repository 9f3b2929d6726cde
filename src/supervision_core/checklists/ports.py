"""Where checklists are kept."""

from abc import abstractmethod

from supervision_core.checklists.model import Checklist
from supervision_core.kernel.listing import Through
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


class ChecklistsOfScenes(Through):
    """Knows which checklists a scene uses."""

    kind = "scene"
