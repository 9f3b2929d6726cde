"""The job that looks each day which terms have passed or are about to."""

from datetime import date, timedelta
from typing import Final

from attrs import define

from entrypoints.container import Platform
from entrypoints.worker.loop import LOG, Job
from supervision_core.kernel.days import local_day
from supervision_core.tasks.services.warnings import WarningRound

EVERY: Final = timedelta(minutes=10)


@define(eq=False)
class WarningJob:
    """Looks once a day; begun anew it looks again, and tells nobody twice."""

    _platform: Platform
    _done: date | None = None

    def job(self) -> Job:
        """Give the job."""
        return Job(name="warnings", title="期限预警（每天）", every=EVERY, run=self.run)

    def run(self) -> None:
        """Look, unless it was done today."""
        today = local_day(self._platform.clock.now())
        if today == self._done:
            return
        if issued := WarningRound(self._platform.transactions, self._platform.clock).run():
            LOG.info("warnings: %d", issued)
        self._done = today
