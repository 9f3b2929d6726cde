"""The job that hands messages to the message service and follows them, where one is set."""

import os
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from entrypoints.container import Platform, open_notices
from entrypoints.settings import Settings
from entrypoints.worker.loop import LOG, Job

EVERY: Final = timedelta(seconds=30)


def telling(platform: Platform) -> Sequence[Job]:
    """Give the job, if there is a message service."""
    settings = Settings.from_environment(os.environ)
    if not settings.notice_url:
        return ()

    def run() -> None:
        if done := open_notices(settings, platform).run():
            LOG.info("notices: %s", done)

    return (Job(name="notices", every=EVERY, run=run),)
