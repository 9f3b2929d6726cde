"""What tasks want from the outside: repositories, and lists and counts that read no aggregate."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date

from attrs import frozen

from supervision_core.identity.model import Predicate
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.ports import Repository
from supervision_core.tasks.model.facts import FormedResult, OrderRecord
from supervision_core.tasks.model.publication import Publication, PublicationState
from supervision_core.tasks.model.rectification import Rectification, RectificationState
from supervision_core.tasks.model.review import Review
from supervision_core.tasks.model.sheet import TaskKind, TaskState
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.transfer import Transfer
from supervision_core.tasks.model.visit import Visit, VisitState


class Tasks(Repository[Task]):
    """Holds tasks."""

    kind = "task"

    @abstractmethod
    def number_taken(self, number: str) -> bool:
        """Tell whether a task, deleted or not, bears ``number``."""


class Visits(Repository[Visit]):
    """Holds visits, one at a time: nobody needs a whole task's visits as aggregates."""

    kind = "visit"


class Rectifications(Repository[Rectification]):
    """Holds rectifications."""

    kind = "rectification"


class Publications(Repository[Publication]):
    """Holds publications; the id is the visit's."""

    kind = "publication"


class Transfers(Repository[Transfer]):
    """Holds transfers."""

    kind = "transfer"


class Reviews(Repository[Review]):
    """Holds reviews."""

    kind = "review"


@frozen(kw_only=True)
class TaskFilter:
    """Which tasks a list shows; ``None`` and empty mean all.

    ``region`` takes its whole subtree, ``departments`` any task in which one has a part.
    ``reach`` is what the asker's scope demands, ``None`` for whoever reaches everything.
    """

    reach: Predicate | None = None
    region: str = ""
    departments: frozenset[str] = frozenset()
    scene: str = ""
    plan: str = ""
    state: TaskState | None = None
    kind: TaskKind | None = None
    name: str = ""
    number: str = ""


@frozen(kw_only=True)
class TaskRow:
    """A task as lists show it."""

    id: str
    number: str
    name: str
    scene: str
    plan: str
    kind: TaskKind
    state: TaskState
    lead: str
    starts_on: date
    ends_on: date


class TaskQueries(ABC):
    """Reads lists of tasks."""

    @abstractmethod
    def page(self, filter: TaskFilter, request: PageRequest) -> Page[TaskRow]:
        """Give one page of tasks by number, then id."""

    @abstractmethod
    def counts(self, filter: TaskFilter) -> Mapping[TaskState, int]:
        """Count tasks by state; absent means none."""

    @abstractmethod
    def count_of_plan(self, plan: str) -> int:
        """Count the tasks, deleted ones aside, that came of a plan (关联任务数)."""


@frozen(kw_only=True)
class VisitFilter:
    """Which visits a list shows; ``None`` and empty mean all.

    ``officer`` shows his own; ``due_before`` those whose result is due earlier.
    ``reach`` is what the asker's scope demands, ``None`` for whoever reaches everything.
    """

    reach: Predicate | None = None
    region: str = ""
    departments: frozenset[str] = frozenset()
    task: str = ""
    subject: str = ""
    officer: str = ""
    open: bool | None = None
    due_before: date | None = None


@frozen(kw_only=True)
class VisitRow:
    """A visit as lists show it; ``findings`` counts failed items."""

    id: str
    number: str
    task: str
    subject: str
    state: VisitState
    due_on: date
    formed_on: date | None
    findings: int


class VisitQueries(ABC):
    """Reads lists and counts of visits."""

    @abstractmethod
    def page(self, filter: VisitFilter, request: PageRequest) -> Page[VisitRow]:
        """Give one page of visits by number, then id."""

    @abstractmethod
    def counts(self, task: str) -> Mapping[VisitState, int]:
        """Count a task's visits by state; absent means none."""

    @abstractmethod
    def count_open(self, task: str, department: str) -> int:
        """Count a task's open visits in which ``department`` has an item or an officer."""

    @abstractmethod
    def formed_results(self, subject: str, *, until: date) -> Sequence[FormedResult]:
        """Give a subject's results formed up to ``until``, that day included."""


@frozen(kw_only=True)
class RectificationFilter:
    """Which rectifications a list shows; ``None`` and empty mean all.

    ``reach`` is what the asker's scope demands, ``None`` for whoever reaches everything.
    """

    reach: Predicate | None = None
    region: str = ""
    departments: frozenset[str] = frozenset()
    task: str = ""
    subject: str = ""
    state: RectificationState | None = None


@frozen(kw_only=True)
class RectificationRow:
    """A rectification as lists show it."""

    id: str
    number: str
    visit: str
    task: str
    subject: str
    department: str
    state: RectificationState
    due_on: date


class RectificationQueries(ABC):
    """Reads lists and counts of rectifications."""

    @abstractmethod
    def page(self, filter: RectificationFilter, request: PageRequest) -> Page[RectificationRow]:
        """Give one page of rectifications by due day, then id."""

    @abstractmethod
    def count_open(self, task: str, department: str) -> int:
        """Count a task's rectifications ordered by ``department`` that are not ended."""

    @abstractmethod
    def order_records(self, subject: str, *, today: date) -> Sequence[OrderRecord]:
        """Give what counts of a subject's rectifications as of ``today``."""


@frozen(kw_only=True)
class PublicationRow:
    """A publication as lists show it."""

    id: str
    task: str
    subject: str
    state: PublicationState
    formed_on: date
    due_on: date
    until: date | None


class PublicationQueries(ABC):
    """Reads lists and counts of publications."""

    @abstractmethod
    def page(
        self, task: str, state: PublicationState | None, request: PageRequest
    ) -> Page[PublicationRow]:
        """Give one page of a task's publications (all tasks': empty) by due day, then id."""

    @abstractmethod
    def count_due(self, task: str) -> int:
        """Count a task's results that nobody has decided to show or withhold."""
