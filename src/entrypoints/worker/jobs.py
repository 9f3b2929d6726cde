"""The job of the worker that carries out what people have started."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Final

from attrs import define, field

from entrypoints.container import Platform
from entrypoints.jobs import JobRunner
from entrypoints.worker.loop import Alarmed, Job
from supervision_core.jobs.ports import JobQueue, QueueRefused

EVERY: Final = timedelta(seconds=1)
AT_ONCE: Final = 200
"""Jobs that are put into the queue at one look."""


@define(eq=False)
class StartedJobs:
    """Puts what waits or was broken off into the queue; its store may be lost.

    The queue is opened for the first of them. A run that is told to stop breaks off, and goes on
    when the worker is there again.
    """

    _platform: Platform
    _open: Callable[[], JobQueue]
    _stop: Event
    _queue: JobQueue | None = field(default=None, init=False)

    def job(self) -> Job:
        """Give the job of the worker."""
        title = "后台作业（导入等）"
        return Job(name="jobs", title=title, every=EVERY, run=self._run, end=self._end)

    def once(self) -> Job:
        """Give what carries out all that waits, one after the other, without a queue."""
        return Job(name="jobs", title="后台作业（导入等）", every=EVERY, run=self._run_all)

    def _run_all(self) -> None:
        runner = JobRunner(self._platform, self._stop)
        for one in runner.record.open(AT_ONCE):
            runner.run(one)

    def _run(self) -> None:
        runner = JobRunner(self._platform, self._stop)
        ids = runner.record.open(AT_ONCE)
        if not ids:
            return
        try:
            if self._queue is None:
                queue = self._open()
                queue.start(runner.run)
                self._queue = queue
            self._queue.put(ids)
        except QueueRefused as refused:
            said = self._platform.messages.explain(refused.reasons[0])
            raise Alarmed(f"{said.reason}；{said.remedy}") from refused

    def _end(self) -> None:
        if self._queue is not None:
            self._queue.stop()
            self._queue = None
