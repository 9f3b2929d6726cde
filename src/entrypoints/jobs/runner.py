"""One job, from the file that it reads to the files at its end."""

import logging
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event
from typing import ClassVar, Final

from attrs import define, field

from entrypoints.container import Platform, scratch_folder
from entrypoints.failures import failure_of
from entrypoints.jobs.batches import batches
from entrypoints.jobs.exports import exports
from entrypoints.jobs.files import fetch, stage
from entrypoints.jobs.imports import imports
from entrypoints.jobs.running import OrderUnfit, Run, Running
from supervision_core.identity.model import Actor, PermissionDenied
from supervision_core.jobs.model import Job, JobKind, JobOver
from supervision_core.jobs.services import JobRecord
from supervision_core.kernel.errors import KeyReused, NotFound, Refused, Unavailable, Violation

LOG = logging.getLogger("supervision.worker")
NOTED_EVERY: Final = 1.0
"""Seconds between two notes of how far a job is, at which it also sees whether it shall stop."""


class Interrupted(Exception):
    """A job is to go on later: the worker stops, or the rights of its author have changed."""


@define(eq=False)
class AuthorUnfit(Refused):
    """The author of a job may not work any more, or not do this."""

    code: ClassVar[str] = "jobs.author_unfit"


def runs(kind: JobKind) -> Mapping[str, Run]:
    """Give what the jobs of a kind do, by the use case that they carry out."""
    match kind:
        case JobKind.IMPORT:
            return imports()
        case JobKind.EXPORT:
            return exports()
        case JobKind.BATCH:
            return batches()


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
        run = runs(job.kind).get(job.case)
        if run is None:
            raise OrderUnfit((Violation("jobs.case_unfit"),))
        with scratch_folder("job") as name:
            folder = Path(name)
            came = run(
                Running(
                    platform=self.platform,
                    job=job,
                    actor=actor,
                    file=fetch(self.platform, job, actor, folder),
                    folder=folder,
                    note=self._noting(job, actor),
                )
            )
            results = [stage(self.platform, actor, name, path) for name, path in came.files]
        self.record.finish(job, came.lines, done=came.done, results=results, actor=actor)

    def _author(self, job: Job) -> Actor:
        """Give the author with the rights that he has now. Raises ``AuthorUnfit``."""
        actor = self.record.author(job)
        if actor is None:
            raise AuthorUnfit((Violation("jobs.author_gone"),))
        if not actor.may(job.case):
            raise AuthorUnfit((Violation("jobs.right_lost", data={"permission": job.case}),))
        return actor

    def _noting(self, job: Job, actor: Actor) -> Callable[[int, int], None]:
        noted = 0.0

        def note(through: int, total: int) -> None:
            nonlocal noted
            if self.stop.is_set():
                raise Interrupted
            now = time.monotonic()
            if now - noted < NOTED_EVERY and (through < total or not total):
                return
            noted = now
            self.record.advance(job, through, total)
            if self.record.author(job) != actor:
                raise Interrupted

        return note

    def _fail(self, job: Job, error: Exception) -> None:
        """Keep why it cannot go on."""
        match error:
            case PermissionDenied() | Refused():
                violations = error.reasons
            case KeyReused():
                violations = (Violation("jobs.read_otherwise"),)
            case _:
                LOG.error("job %s: %s", job.id, type(error).__name__)
                violations = (Violation("jobs.broken"),)
        said = [self.platform.messages.explain(one) for one in violations]
        try:
            self.record.fail(job, [f"{one.reason}；{one.remedy}" for one in said])
        except JobOver:
            return
