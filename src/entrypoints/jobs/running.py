"""A job while it is carried out, and what comes of it."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from attrs import define, field, frozen

from entrypoints.container import Platform
from supervision_core.identity.model import Actor
from supervision_core.jobs.model import Job
from supervision_core.kernel.errors import Refused


@define(eq=False)
class OrderUnfit(Refused):
    """What a job is told to do cannot be read, or is done by no job."""

    code: ClassVar[str] = "jobs.order_unfit"


@frozen(kw_only=True)
class Came:
    """What came of a job: how many rows or things, lines of its log, and files by their names."""

    done: int
    lines: tuple[str, ...]
    files: tuple[tuple[str, Path], ...] = ()


@define(eq=False, kw_only=True)
class Running:
    """A job while it is carried out: in whose name, with which file, and whom to tell."""

    platform: Platform
    job: Job
    actor: Actor
    file: Path
    folder: Path
    note: Callable[[int, int], None]
    """Is told how many rows are through, and of how many. Raises ``JobOver``, ``Interrupted``."""
    through: int = field(default=0, init=False)
    total: int = field(default=0, init=False)

    def expect(self, total: int) -> None:
        """Note how many rows there are."""
        self.total = total
        self.note(self.through, self.total)

    def advance(self, step: int) -> None:
        """Note that so many more are through."""
        self.through += step
        self.note(self.through, self.total)


Run = Callable[[Running], Came]
"""What the jobs of one use case do."""
