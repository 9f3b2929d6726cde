"""What clues want from the outside."""

from abc import abstractmethod
from collections.abc import Mapping
from datetime import date

from attrs import frozen

from supervision_core.clues.model import Clue
from supervision_core.kernel.ports import Repository


@frozen(kw_only=True)
class CluesToInspect:
    """据以检查的线索 (CluesToInspect): how many clues were judged as to be inspected.

    ``by_staff`` of them were entered by a department's own people. Source: design §14.
    """

    count: int = 0
    by_staff: int = 0


class Clues(Repository[Clue]):
    """Holds clues."""

    kind = "clue"

    @abstractmethod
    def to_inspect(self, year: int) -> Mapping[str, CluesToInspect]:
        """Count those registered in a year and judged as to be inspected, by who registered them.

        Absent means none.
        """

    @abstractmethod
    def inspections_overdue(self, year: int, *, today: date) -> Mapping[str, int]:
        """Count those registered in a year whose inspection is overdue, by who deals with them.

        Absent means none.
        """
