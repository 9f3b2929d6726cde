"""Where scenes are kept."""

from abc import abstractmethod

from supervision_core.kernel.ports import Repository
from supervision_core.scenes.model import Scene


class Scenes(Repository[Scene]):
    """The scenes of all regions."""

    kind = "scene"

    @abstractmethod
    def find_by_code(self, region: str, code: str) -> Scene | None:
        """Give the scene of that code in exactly that region, a deleted one too."""
