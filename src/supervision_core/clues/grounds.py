"""What visits may rest on of a clue."""

from collections.abc import Collection, Mapping

from attrs import frozen

from supervision_core.clues.model import Clue, ClueState, Verdict
from supervision_core.clues.ports import Clues
from supervision_core.tasks.model.grounds import JudgedClue
from supervision_core.tasks.ports import JudgedClues


@frozen
class ReadJudgedClues(JudgedClues):
    """Reads the clues themselves, which are few."""

    clues: Clues

    def find_many(self, ids: Collection[str]) -> Mapping[str, JudgedClue]:
        """Give those of the clues that there are, by id."""
        return {one.id: _judged(one) for one in self.clues.find_many(ids)}


def _judged(clue: Clue) -> JudgedClue:
    triage = clue.judged
    inspects = triage is not None and triage.verdict is Verdict.INSPECT
    return JudgedClue(
        id=clue.id, subject=clue.sheet.subject, region=clue.sheet.region,
        departments=clue.departments, registered_at=clue.registered_at,
        judged_by=triage.by if triage is not None and inspects else "",
        task=clue.task, over=clue.state is ClueState.CONCLUDED,
    )  # fmt: skip
