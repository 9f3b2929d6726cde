"""The job that takes in the existing platform's organisation: by schedule, or when asked to."""

import os
from collections.abc import Sequence
from datetime import timedelta
from threading import Event
from typing import Final

from entrypoints.actors import operator
from entrypoints.container import Platform, open_organisation
from entrypoints.settings import Settings
from entrypoints.synchronising import synchronise_organisation
from entrypoints.worker.loop import LOG, Job, Stopped
from supervision_core.identity.model import SyncPart
from supervision_core.identity.services.synchronisations import SynchronisationRecord

LOOKS: Final = timedelta(seconds=30)
"""How often it is looked whether somebody asked, or the schedule is due."""


def synchronising(platform: Platform, stop: Event) -> Sequence[Job]:
    """Give the job, where a platform is set; it breaks off once ``stop`` is set."""
    settings = Settings.from_environment(os.environ)
    if not settings.organisation_url:
        return ()
    hours = settings.organisation_hours
    every = timedelta(hours=hours) if hours > 0 else None
    record = SynchronisationRecord(platform.transactions, platform.clock)

    def advance(_rows: int) -> None:
        if stop.is_set():
            raise Stopped

    def run() -> None:
        parts = record.due(every, tuple(SyncPart))
        if not parts:
            return
        report = synchronise_organisation(
            platform,
            open_organisation(settings, platform),
            actor=operator("worker"),
            parts=parts,
            advance=advance,
        )
        LOG.info("organisation: %s", tuple(report.counts.values()))
        if report.conflicts:
            LOG.warning("organisation: %d refused", len(report.conflicts))

    return (
        Job(
            name="organisation",
            title="同步现有平台的组织架构（到时间或有人发起时）",
            every=LOOKS,
            run=run,
        ),
    )
