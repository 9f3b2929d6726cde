"""Scenes in memory."""

import json

from adapters.memory.repository import MemoryRepository
from supervision_core.scenes.model import Scene
from supervision_core.scenes.ports import Scenes


class MemoryScenes(MemoryRepository[Scene], Scenes):
    """The scenes of all regions."""

    cls = Scene

    def uniques(self, root: Scene) -> frozenset[str]:
        """Say that a code stands once in a region."""
        return frozenset({json.dumps([root.region, root.code])})

    def find_by_code(self, region: str, code: str) -> Scene | None:
        """Give the scene of that code in exactly that region, a deleted one too."""
        return next(iter(self._with_unique([json.dumps([region, code])])), None)
