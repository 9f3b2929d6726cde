"""What tasks want from the outside: repositories, and counts that read no aggregate."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from supervision_core.kernel.listing import Through
from supervision_core.kernel.ports import Repository
from supervision_core.tasks.model.facts import FormedResult, OrderRecord
from supervision_core.tasks.model.grounds import JudgedClue
from supervision_core.tasks.model.letters import ServedLetter
from supervision_core.tasks.model.presence import PlaceProof
from supervision_core.tasks.model.publication import Publication
from supervision_core.tasks.model.rating import RatingTotals, VisitRating
from supervision_core.tasks.model.rectification import Rectification
from supervision_core.tasks.model.review import Review
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.term_warning import TermWarning
from supervision_core.tasks.model.transfer import Transfer
from supervision_core.tasks.model.urgency import UrgentChecks
from supervision_core.tasks.model.visit import Visit, VisitState


class Tasks(Repository[Task]):
    """Holds tasks."""

    kind = "task"

    @abstractmethod
    def hold(self, id: str) -> None:
        """Let whoever else would hold the task wait until the transaction ends.

        So that a part that has nothing open stays so until it is closed, and is seen to be.
        """

    @abstractmethod
    def number_taken(self, number: str) -> bool:
        """Tell whether a task, deleted or not, bears ``number``."""

    @abstractmethod
    def last_number(self, beginning: str) -> str:
        """Give the last number that begins so, empty where none does."""

    @abstractmethod
    def of_plan(self, plan: str) -> list[Task]:
        """Give the tasks that came of a plan, by number."""

    @abstractmethod
    def urgent(self, year: int, *, today: date) -> Mapping[str, UrgentChecks]:
        """Count by lead the checks that went out unapproved and were due to be confirmed in a year.

        Absent means none.
        """


class Visits(Repository[Visit]):
    """Holds visits, one at a time: nobody needs a whole task's visits as aggregates."""

    kind = "visit"


class Rectifications(Repository[Rectification]):
    """Holds rectifications."""

    kind = "rectification"

    @abstractmethod
    def after(self, visit: Visit, department: str) -> list[Rectification]:
        """Give those that a department ordered after a visit, by id."""


class Publications(Repository[Publication]):
    """Holds publications; the id is the visit's."""

    kind = "publication"


class Transfers(Repository[Transfer]):
    """Holds transfers."""

    kind = "transfer"


class Reviews(Repository[Review]):
    """Holds reviews."""

    kind = "review"


class VisitRatings(Repository[VisitRating]):
    """Holds what firms say of visits; the id is the visit's."""

    kind = "visit_rating"

    @abstractmethod
    def totals(
        self, departments: Collection[str], *, since: date, until: date
    ) -> Mapping[str, RatingTotals]:
        """Add up the ratings of those bodies of those days, by body; absent means none."""


class TermWarnings(Repository[TermWarning]):
    """Holds warnings of terms."""

    kind = "term_warning"
    runs_ahead = True

    @abstractmethod
    def open_of(self, task: str) -> list[TermWarning]:
        """Give those of a task that are not over, by id."""


class TasksOfScenes(Through):
    """Knows the tasks of a scene."""

    kind = "scene"


class JudgedClues(ABC):
    """Knows of clues what visits may rest on."""

    @abstractmethod
    def find_many(self, ids: Collection[str]) -> Mapping[str, JudgedClue]:
        """Give those of the clues that there are, by id."""


class VisitQueries(ABC):
    """Counts visits, and gives what they came to."""

    @abstractmethod
    def counts(self, task: str) -> Mapping[VisitState, int]:
        """Count a task's visits by state; absent means none."""

    @abstractmethod
    def progress(self, tasks: Sequence[str]) -> Mapping[str, tuple[int, int]]:
        """Count the visits of tasks, and those that have ended; absent means none."""

    @abstractmethod
    def count_unfinished(self, task: str) -> int:
        """Count a task's visits whose result is neither formed nor lawfully left out."""

    @abstractmethod
    def numbers(self, task: str, subjects: Collection[str]) -> Mapping[str, str]:
        """Give the number of the visit that each subject has in a task; absent means none."""

    @abstractmethod
    def count_open(self, task: str, department: str) -> int:
        """Count a task's open visits in which ``department`` has an item or an officer."""

    @abstractmethod
    def formed_results(self, subject: str, *, until: date) -> Sequence[FormedResult]:
        """Give a subject's results formed up to ``until``, that day included."""

    @abstractmethod
    def places(self, *, since: date, until: date) -> Mapping[tuple[str, PlaceProof], int]:
        """Count by lead and proof of the place the visits formed on these days, both included.

        Absent means none; those that need no presence are not counted.
        """


class ServedLetters(Repository[ServedLetter]):
    """Letters on their way by a link."""

    kind = "served_letter"

    @abstractmethod
    def find_by_link(self, link: str) -> ServedLetter | None:
        """Give the letter to which the token of that digest leads."""


class RectificationQueries(ABC):
    """Counts rectifications, and gives what counts of them."""

    @abstractmethod
    def count_open(self, task: str, department: str) -> int:
        """Count a task's rectifications ordered by ``department`` that are not ended."""

    @abstractmethod
    def order_records(self, subject: str, *, today: date) -> Sequence[OrderRecord]:
        """Give what counts of a subject's rectifications as of ``today``."""


class PublicationQueries(ABC):
    """Counts publications."""

    @abstractmethod
    def count_due(self, task: str) -> int:
        """Count a task's results that nobody has decided to show or withhold."""
