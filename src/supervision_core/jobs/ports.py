"""What jobs want from the outside: rows, and a queue that hands them out."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from attrs import define

from supervision_core.jobs.model import Job
from supervision_core.kernel.errors import Refused
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.ports import Repository


class Jobs(Repository[Job]):
    """Holds jobs."""

    kind = "job"

    @abstractmethod
    def of(self, author: str, request: PageRequest) -> Page[Job]:
        """Give one page of those of an author, the newest first. Raises ``BadCursor``."""

    @abstractmethod
    def open(self, limit: int) -> Sequence[Job]:
        """Give the oldest of those that wait or run."""


@define(eq=False)
class QueueRefused(Refused):
    """The store of the queue holds what nobody of ours wrote."""

    code: ClassVar[str] = "jobs.store_refused"


class JobQueue(ABC):
    """作业队列 (JobQueue): hands jobs to whoever carries them out, each until it is over.

    It knows ids alone and may be lost: what it does not know is put into it again. What was handed
    out when a process died is handed out again once ``start`` is called anew.
    """

    @abstractmethod
    def start(self, run: Callable[[str], None]) -> None:
        """Hand out what waits, to ``run`` and in threads. Raises ``QueueRefused``."""

    @abstractmethod
    def put(self, ids: Iterable[str]) -> Sequence[str]:
        """Take those in that it does not know; give them. Raises ``QueueRefused``."""

    @abstractmethod
    def stop(self) -> None:
        """Hand out no more, and wait for what runs."""
