"""Draws in memory."""

from adapters.memory.repository import MemoryRepository
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.ports import Draws


class MemoryDraws(MemoryRepository[Draw], Draws):
    """Holds draws; a cleared one stays."""

    cls = Draw
