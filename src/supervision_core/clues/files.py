"""The files of a clue: what came with it, and what the departments answered with."""

from supervision_core.clues.ports import Clues
from supervision_core.files.model import FileSlot, MediaType
from supervision_core.files.ports import Visible
from supervision_core.identity.services import Work

SAID = FileSlot(kind=Clues.kind, name="said", accepts=frozenset(MediaType), most=50)
"""线索附件: what came with the clue."""
ANSWERED = FileSlot(kind=Clues.kind, name="answered", accepts=frozenset(MediaType), most=50)
"""反馈附件: what departments show of what they did."""


class ClueFiles(Visible):
    """Answers for the files of clues: whoever reaches the clue sees them.

    Who reported it sees what came with it, and not what departments answered.
    """

    kind = Clues.kind

    def require(self, work: Work, thing: str, slot: str) -> None:
        """Demand that the clue lies in the actor's scope. Raises ``NotFound``."""
        clue = work[Clues].get(thing)
        reporters = frozenset({clue.reporter} - {""}) if slot == SAID.name else frozenset()
        work.reach(
            self.kind, thing, region=clue.sheet.region, departments=clue.departments,
            parties=reporters,
        )  # fmt: skip
