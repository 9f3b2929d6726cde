"""Clues in memory."""

from adapters.memory.repository import MemoryRepository
from supervision_core.clues.model import Clue
from supervision_core.clues.ports import Clues


class MemoryClues(MemoryRepository[Clue], Clues):
    """Holds clues."""

    cls = Clue
