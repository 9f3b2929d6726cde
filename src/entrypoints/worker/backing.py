"""The job that makes backups: once in each slot, into the folder that the settings name."""

from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Final

from attrs import define, field

from entrypoints.container import Platform, backups_in, stored_database
from entrypoints.drills import tell_made
from entrypoints.worker.loop import LOG, Job, Stopped
from supervision_core.kernel.backups import slots

EVERY: Final = timedelta(minutes=5)


@define(eq=False)
class BackupJob:
    """Makes what is due, tells the log, and removes what has had its time.

    Broken off anywhere, the next run goes on: what was made is told then, under the same key. Once
    ``stop`` is set it breaks off at the next piece, and takes away what it has not finished.
    """

    _platform: Platform
    _folder: Path
    _stop: Event = field(factory=Event)
    _done: tuple[datetime, datetime] | None = None

    def job(self) -> Job:
        """Give the job."""
        return Job(
            name="backup", title="备份（每周全备份、每4小时增量备份）", every=EVERY, run=self.run
        )

    def run(self) -> None:
        """Do what the present slot asks, unless it is done. Raises ``Stopped``."""
        platform = self._platform
        files = platform.files.store
        backups = backups_in(self._folder, platform.keys, platform.clock, files=files)
        present = slots(backups.policy, self._platform.clock.now())
        if present == self._done:
            return
        kind = backups.due()
        if kind is not None:
            made = backups.make(stored_database(self._platform.engine), kind, self._go_on)
            LOG.info("backup: %s, %d rows", made.id, made.rows)
        newest = backups.manifest(backups.before(None))
        tell_made(self._platform, newest)
        for gone in backups.prune():
            LOG.info("backup: %s removed", gone)
        self._done = present

    def _go_on(self, _rows: int) -> None:
        if self._stop.is_set():
            raise Stopped
