"""What each kind of jobs does, and one job from its file to the file at its end."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import Event
from types import MappingProxyType
from typing import ClassVar, Final

from attrs import define, field, frozen

from entrypoints.container import Platform, scratch_folder
from entrypoints.failures import failure_of
from entrypoints.intake import ImportReport, open_subjects, store_subjects
from supervision_core.files.model import PIECE_BYTES
from supervision_core.files.services import FetchFile, StartFile, fetch_file
from supervision_core.identity.model import Actor, PermissionDenied
from supervision_core.jobs.model import NATURES, Job, JobKind, JobOver
from supervision_core.jobs.ports import Jobs
from supervision_core.jobs.services import JobRecord
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import NotFound, Refused, Unavailable, Violation
from supervision_core.kernel.tables import Severity

LOG = logging.getLogger("supervision.worker")
MOST_FAULTS: Final = 20
"""Of a table, in the log of its job; all are in the workbook at its end."""
NOTED_EVERY: Final = 1.0
"""Seconds between two notes of how far a job is, at which it also sees whether it shall stop."""
_ENDINGS: Final = {b"PK": ".xlsx", b"\xd0\xcf": ".xls"}
RESULT_NAME: Final = "未导入的行.xlsx"


class Interrupted(Exception):
    """A job is to go on later: the worker stops, or the rights of its author have changed."""


@define(eq=False)
class AuthorUnfit(Refused):
    """The author of a job may not work any more, or not do this."""

    code: ClassVar[str] = "jobs.right_lost"


@frozen(kw_only=True)
class Came:
    """What came of a job: lines of its log, and a file where there is one."""

    lines: tuple[str, ...]
    result: Path | None = None


@frozen(kw_only=True)
class Running:
    """A job while it is carried out: in whose name, with which table, and whom to tell."""

    platform: Platform
    job: Job
    actor: Actor
    table: Path
    folder: Path
    advance: Callable[[int, int], None]
    """Is told how many rows are through, and of how many. Raises ``JobOver``, ``Interrupted``."""


def ending_of(content: bytes) -> str:
    """Give the ending of a table by how its content begins."""
    return _ENDINGS.get(content[:2], ".csv")


def _import_subjects(running: Running) -> Came:
    errors = running.folder / "errors.xlsx"
    region = running.actor.scope.region
    with open_subjects(running.platform, running.table, region=region) as reading:
        through = 0

        def advance(step: int) -> None:
            nonlocal through
            through += step
            running.advance(through, reading.total)

        found = store_subjects(
            running.platform,
            reading,
            source=running.job.source,
            actor=running.actor,
            errors=errors,
            advance=advance,
            key=running.job.key,
        )
    lines = tuple(_told(found, running.platform))
    return Came(lines=lines, result=errors if errors.exists() else None)


def _told(found: ImportReport, platform: Platform) -> Iterator[str]:
    yield (
        f"共{found.rows}行：新增{found.added}，更新{found.changed}，未变{found.same}，"
        f"未导入{found.refused}"
    )
    for sheet in found.unread:
        yield f"工作表“{sheet.sheet}”没有读取：表头不全"
    kept_out = [one for one in found.faults if one.fault.severity is Severity.ERROR]
    for one in kept_out[:MOST_FAULTS]:
        said = platform.messages.explain(one.fault.violation)
        place = f"第{one.fault.row}行“{one.fault.column or '整行'}”"
        yield f"{place}：{said.reason}；{said.remedy}"
    if len(kept_out) > MOST_FAULTS:
        yield f"另有{len(kept_out) - MOST_FAULTS}处未列出，见结果文件"


RUNNERS: Final[Mapping[JobKind, Callable[[Running], Came]]] = MappingProxyType(
    {JobKind.IMPORT_SUBJECTS: _import_subjects}
)
"""What each kind does; a test finds one that is missing."""


@define(eq=False)
class JobRunner:
    """Carries out jobs of a platform; ``stop`` lets them break off, to go on later."""

    platform: Platform
    stop: Event = field(factory=Event)
    record: JobRecord = field(init=False)

    @record.default
    def _record(self) -> JobRecord:
        part = self.platform
        return JobRecord(transactions=part.transactions, clock=part.clock, ids=part.ids)

    def run(self, id: str) -> None:
        """Carry a job out to its end, whatever that is; begun anew it does nothing twice.

        Raises ``Interrupted``, and whatever keeps the platform from work: then it goes on later.
        """
        try:
            job = self.record.begin(id)
        except (NotFound, JobOver):
            return
        try:
            self._carry_out(job)
        except JobOver:
            return
        except (Interrupted, Unavailable):
            raise
        except Exception as error:
            if failure_of(error) is not None:
                raise
            self._fail(job, error)

    def _carry_out(self, job: Job) -> None:
        actor = self._author(job)
        with scratch_folder("job") as folder:
            running = Running(
                platform=self.platform,
                job=job,
                actor=actor,
                table=self._fetched(job, actor, Path(folder)),
                folder=Path(folder),
                advance=self._advancing(job, actor),
            )
            came = RUNNERS[job.kind](running)
            result = self._staged(came.result, actor) if came.result else ""
        self.record.finish(job, came.lines, result=result, actor=actor)

    def _author(self, job: Job) -> Actor:
        """Give the author with the rights that he has now. Raises ``AuthorUnfit``."""
        actor = self.record.author(job)
        if actor is None:
            raise AuthorUnfit((Violation("jobs.author_gone"),))
        permission = NATURES[job.kind].permission
        if not actor.may(permission):
            raise AuthorUnfit((Violation("jobs.right_lost", data={"permission": permission}),))
        return actor

    def _advancing(self, job: Job, actor: Actor) -> Callable[[int, int], None]:
        noted = 0.0

        def advance(through: int, total: int) -> None:
            nonlocal noted
            if self.stop.is_set():
                raise Interrupted
            now = time.monotonic()
            if now - noted < NOTED_EVERY and through < total:
                return
            noted = now
            self.record.advance(job, through, total)
            if self.record.author(job) != actor:
                raise Interrupted

        return advance

    def _fetched(self, job: Job, actor: Actor, folder: Path) -> Path:
        about = FetchFile(kind=Jobs.kind, thing_id=job.id, file_id=job.file)
        found = self.platform.commands.ask(fetch_file, about, actor=actor)
        sealed = self.platform.files.sealed
        content = b"".join(sealed.chunks(found.id, found.form.value, found.part))
        path = folder / f"table{ending_of(content)}"
        path.write_bytes(content)
        return path

    def _staged(self, path: Path, actor: Actor) -> str:
        return stage(self.platform, actor, RESULT_NAME, path.read_bytes())

    def _fail(self, job: Job, error: Exception) -> None:
        """Keep why it cannot go on."""
        match error:
            case PermissionDenied() | Refused():
                violations = error.reasons
            case _:
                LOG.error("job %s: %s", job.id, type(error).__name__)
                violations = (Violation("jobs.broken"),)
        said = [self.platform.messages.explain(one) for one in violations]
        try:
            self.record.fail(job, [f"{one.reason}；{one.remedy}" for one in said])
        except JobOver:
            return


def stage(platform: Platform, actor: Actor, name: str, content: bytes) -> str:
    """Take a file in for ``actor`` and give its id. Raises ``FileRefused``, ``QuotaSpent``."""
    asked = StartFile(name=name, size=len(content), sm3=sm3(content).hex())
    made = platform.files.start(actor, asked).id
    for number, at in enumerate(range(0, len(content), PIECE_BYTES)):
        platform.files.put(actor, made, number, content[at : at + PIECE_BYTES])
    platform.files.finish(actor, made)
    return made
