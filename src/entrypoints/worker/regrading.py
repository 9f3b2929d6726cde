"""The job that looks each day whose approvals began or ceased to hold, and grades them anew."""

from datetime import date, timedelta
from typing import Final

from attrs import define

from entrypoints.actors import operator
from entrypoints.container import Platform
from entrypoints.worker.loop import LOG, Job
from supervision_core.grading.services import AFTER_NEWS, Regrading
from supervision_core.kernel.days import local_day

EVERY: Final = timedelta(minutes=10)


@define(eq=False)
class RegradingJob:
    """Looks once a day; begun anew it looks again, and grades nobody twice."""

    _platform: Platform
    _done: date | None = None

    def job(self) -> Job:
        """Give the job."""
        return Job(
            name="approvals", title="许可生效、到期后重新分级（每天）", every=EVERY, run=self.run
        )  # fmt: skip

    def run(self) -> None:
        """Look, unless it was done today."""
        today = local_day(self._platform.clock.now())
        if today == self._done:
            return
        if graded := Regrading(self._platform.commands, operator(AFTER_NEWS)).look(today):
            LOG.info("graded anew after approvals: %d", graded)
        self._done = today
