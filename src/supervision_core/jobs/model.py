"""A job: what a person started, how far it is, and what came of it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final, Self

from attrs import define, field, frozen, setters

from supervision_core.identity.model import Actor
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.fields import said
from supervision_core.kernel.plain import digest

MOST_LINES: Final = 100
"""Of the log of one job; what comes after is in the file at its end."""
LONGEST_LINE: Final = 300
LONGEST_SOURCE: Final = 100


class JobKind(StrEnum):
    """作业种类 (JobKind): how a job carries its use case out."""

    IMPORT = "import"
    """Takes a table in."""
    EXPORT = "export"
    """Gives the rows of a list out."""
    BATCH = "batch"
    """Does the same with many things, one after the other."""


class JobState(StrEnum):
    """How far a job has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    NOTHING = "nothing"
    """Carried out to its end, and nothing came of it: no row, no thing."""
    FAILED = "failed"
    CANCELLED = "cancelled"


NOTHING: Final[Mapping[JobKind, str]] = {
    JobKind.IMPORT: "未导入任何一行",
    JobKind.EXPORT: "未导出任何一行",
    JobKind.BATCH: "没有办成任何一项",
}
"""What is said of a job of which nothing came, by its kind."""
OPEN_STATES: Final = frozenset({JobState.WAITING, JobState.RUNNING})
"""Those that a worker has still something to do with."""
AGAIN_STATES: Final = frozenset({JobState.NOTHING, JobState.FAILED, JobState.CANCELLED})
"""Those that their authors may have carried out once more."""


@define(eq=False)
class JobInvalid(Refused):
    """Nobody can carry out such a job."""

    code: ClassVar[str] = "jobs.job_invalid"


@define(eq=False)
class JobOver(Refused):
    """The job has ended: there is nothing left to cancel."""

    code: ClassVar[str] = "jobs.job_over"


@define(eq=False)
class JobNotOver(Refused):
    """The job is done or still open: it is not carried out once more."""

    code: ClassVar[str] = "jobs.job_not_over"


@frozen(kw_only=True)
class JobDone(Event):
    """A job was carried out; ``title`` is what it did."""

    job: str
    title: str


@frozen(kw_only=True)
class JobCameToNothing(Event):
    """A job was carried out, and nothing came of it; ``said`` is how that is said of its kind."""

    job: str
    title: str
    said: str


@frozen(kw_only=True)
class JobFailed(Event):
    """A job cannot go on."""

    job: str
    title: str


@frozen(kw_only=True)
class JobLine:
    """A line of the log of a job."""

    at: datetime = field(metadata=said("时间", example="2026-01-31T08:00:00+00:00"))
    text: str = field(metadata=said("内容", example="共3000行：新增2999，未导入1"))


@define(eq=False, kw_only=True)
class Job(Aggregate):
    """后台作业 (Job): what its author started and a worker carries out for him.

    ``case`` names the use case that it carries out, whose permission it asks for, and ``title`` is
    what that is called; ``source`` says what is taken in, given out or dealt with. ``file`` is the
    attachment that it reads, ``results`` are those at its end, made for what its author reached
    (``reach``) then. Each ``attempt`` is one whole run: broken off it goes on where it stopped; a
    further one begins anew. Source: proposal 6.4.2; design 12.
    """

    kind: JobKind = field(on_setattr=setters.frozen)
    case: str = field(on_setattr=setters.frozen)
    title: str = field(on_setattr=setters.frozen)
    author: str = field(on_setattr=setters.frozen)
    department: str = field(on_setattr=setters.frozen)
    source: str = field(on_setattr=setters.frozen)
    file: str = field(on_setattr=setters.frozen)
    made_at: datetime = field(on_setattr=setters.frozen)
    _state: JobState = JobState.WAITING
    _attempt: int = 1
    _through: int = 0
    _total: int = 0
    _lines: tuple[JobLine, ...] = ()
    _results: tuple[str, ...] = ()
    _reach: str = ""
    _started_at: datetime | None = None
    _ended_at: datetime | None = None

    @classmethod
    def start(  # noqa: PLR0913 - what is to be done, and for whom
        cls,
        *,
        id: str,
        kind: JobKind,
        case: str,
        title: str,
        author: str,
        department: str,
        source: str,
        file: str,
        at: datetime,
    ) -> Self:
        """Let a job wait for a worker. Raises ``JobInvalid``."""
        source = source.strip()
        long = Violation("jobs.source_long", "source", {"most": LONGEST_SOURCE})
        refuse_if(JobInvalid, [long] if len(source) > LONGEST_SOURCE else [])
        return cls(
            id=id, kind=kind, case=case, title=title, author=author, department=department,
            source=source, file=file, made_at=at,
        )  # fmt: skip

    @property
    def state(self) -> JobState:
        """How far it has come."""
        return self._state

    @property
    def is_open(self) -> bool:
        """Whether a worker has still something to do with it."""
        return self._state in OPEN_STATES

    @property
    def may_again(self) -> bool:
        """Whether its author may have it carried out once more."""
        return self._state in AGAIN_STATES

    @property
    def attempt(self) -> int:
        """Which run this is, from 1."""
        return self._attempt

    @property
    def through(self) -> int:
        """How many rows are through, of ``total``."""
        return self._through

    @property
    def total(self) -> int:
        """How many rows there are; 0 while nobody knows."""
        return self._total

    @property
    def lines(self) -> tuple[JobLine, ...]:
        """The log, the oldest first."""
        return self._lines

    @property
    def results(self) -> tuple[str, ...]:
        """The files at its end."""
        return self._results

    def opens_for(self, actor: Actor) -> bool:
        """Tell whether its author may have the files: with the right and the reach of then."""
        return actor.may(self.case) and digest(actor.scope) == self._reach

    @property
    def started_at(self) -> datetime | None:
        """When this run began."""
        return self._started_at

    @property
    def ended_at(self) -> datetime | None:
        """When it was over."""
        return self._ended_at

    @property
    def key(self) -> str:
        """What the keys of its commands derive from: one for each attempt."""
        return f"{self.id}.{self._attempt}"

    def begin(self, *, at: datetime) -> None:
        """Note that a worker has it; one that takes it up again says so. Raises ``JobOver``."""
        self._require_open()
        if self._state is JobState.RUNNING:
            self._say("中断后继续", at)
        else:
            self._state, self._started_at = JobState.RUNNING, at
            self._say("开始", at)

    def advance(self, through: int, total: int, *, attempt: int) -> None:
        """Note how far a run is. Raises ``JobOver`` for one that was cancelled meanwhile."""
        self._require_run(attempt)
        self._through, self._total = through, total

    def finish(  # noqa: PLR0913 - what came of it, and whose run it was
        self, lines: tuple[str, ...], *, done: int, results: tuple[str, ...], actor: Actor,
        attempt: int, at: datetime,
    ) -> None:  # fmt: skip
        """Note what came of it, and as whom it was carried out; with 0 ``done`` that is nothing.

        Raises ``JobOver``.
        """
        self._require_run(attempt)
        self._through, self._results = max(self._through, self._total), results
        self._reach = digest(actor.scope)
        if done:
            self._end(JobState.DONE, lines, at)
            self._record(JobDone(at=at, job=self.id, title=self.title))
        else:
            said = NOTHING[self.kind]
            self._end(JobState.NOTHING, lines, at)
            self._record(JobCameToNothing(at=at, job=self.id, title=self.title, said=said))

    def fail(self, lines: tuple[str, ...], *, attempt: int, at: datetime) -> None:
        """Note why it cannot go on. Raises ``JobOver``."""
        self._require_run(attempt)
        self._end(JobState.FAILED, lines, at)
        self._record(JobFailed(at=at, job=self.id, title=self.title))

    def cancel(self, *, at: datetime) -> None:
        """Have it stop: what is done by then stays done. Raises ``JobOver``."""
        self._require_open()
        self._end(JobState.CANCELLED, ("已取消，已办理的保留",), at)

    def retry(self, *, at: datetime) -> None:
        """Have it carried out once more, from the beginning. Raises ``JobNotOver``."""
        if not self.may_again:
            raise JobNotOver((Violation(JobNotOver.code, "job_id"),))
        self._state, self._attempt = JobState.WAITING, self._attempt + 1
        self._through, self._total, self._results = 0, 0, ()
        self._started_at = self._ended_at = None
        self._say("重新等待执行", at)

    def _require_open(self) -> None:
        if not self.is_open:
            raise JobOver((Violation(JobOver.code, "job_id"),))

    def _require_run(self, attempt: int) -> None:
        if self._state is not JobState.RUNNING or attempt != self._attempt:
            raise JobOver((Violation(JobOver.code, "job_id"),))

    def _end(self, state: JobState, lines: tuple[str, ...], at: datetime) -> None:
        self._state, self._ended_at = state, at
        for text in lines:
            self._say(text, at)

    def _say(self, text: str, at: datetime) -> None:
        line = JobLine(at=at, text=text[:LONGEST_LINE])
        self._lines = (*self._lines, line)[-MOST_LINES:]
