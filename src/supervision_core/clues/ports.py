"""What clues want from the outside."""

from supervision_core.clues.model import Clue
from supervision_core.kernel.ports import Repository


class Clues(Repository[Clue]):
    """Holds clues."""

    kind = "clue"
