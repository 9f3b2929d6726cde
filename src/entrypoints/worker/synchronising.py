"""The job that takes in the existing platform's organisation, where a schedule is set."""

import os
from collections.abc import Sequence
from datetime import timedelta
from threading import Event

from entrypoints.actors import operator
from entrypoints.container import Platform, open_organisation
from entrypoints.settings import Settings
from entrypoints.synchronising import synchronise_organisation
from entrypoints.worker.loop import LOG, Job, Stopped


def synchronising(platform: Platform, stop: Event) -> Sequence[Job]:
    """Give the job, if there is a schedule; it breaks off once ``stop`` is set."""
    settings = Settings.from_environment(os.environ)
    if not settings.organisation_url or settings.organisation_hours < 1:
        return ()

    def advance(_rows: int) -> None:
        if stop.is_set():
            raise Stopped

    def run() -> None:
        report = synchronise_organisation(
            platform,
            open_organisation(settings, platform),
            actor=operator("worker"),
            advance=advance,
        )
        LOG.info("organisation: %s, %s", report.departments, report.users)
        if report.refused:
            LOG.warning("organisation: %d refused", len(report.refused))

    return (Job(name="organisation", every=timedelta(hours=settings.organisation_hours), run=run),)
