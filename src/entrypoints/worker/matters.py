"""The job that takes in the matters of the platform above: by schedule, or when asked to."""

import os
from collections.abc import Sequence
from datetime import timedelta
from threading import Event

from entrypoints.actors import operator
from entrypoints.container import Platform, open_matters
from entrypoints.matter_synchronising import synchronise_from
from entrypoints.settings import Settings
from entrypoints.worker.loop import LOG, Job, Stopped
from entrypoints.worker.synchronising import LOOKS
from supervision_core.identity.services.synchronisations import SynchronisationRecord
from supervision_core.items.synchronising import MATTERS


def synchronising_matters(platform: Platform, stop: Event) -> Sequence[Job]:
    """Give the job, where a platform above is set; it breaks off once ``stop`` is set."""
    settings = Settings.from_environment(os.environ)
    if not settings.matters_url:
        return ()
    hours = settings.matters_hours
    every = timedelta(hours=hours) if hours > 0 else None
    record = SynchronisationRecord(platform.transactions, platform.clock)

    def advance(_rows: int) -> None:
        if stop.is_set():
            raise Stopped

    def run() -> None:
        if not record.due(every, (MATTERS,)):
            return
        source = open_matters(settings, platform)
        report = synchronise_from(platform, source, actor=operator("worker"), advance=advance)
        LOG.info("matters: %s", tuple(report.counts))
        if report.conflicts:
            LOG.warning("matters: %d refused", len(report.conflicts))

    return (
        Job(
            name="matters",
            title="同步上级平台的监管事项（到时间或有人发起时）",
            every=LOOKS,
            run=run,
        ),
    )
