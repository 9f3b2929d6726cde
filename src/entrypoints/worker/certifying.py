"""The job that keeps the own authority's list of revoked certificates fresh."""

import os
from datetime import timedelta
from typing import Final

from entrypoints.container import Platform, certificate_desk
from entrypoints.settings import Settings
from entrypoints.worker.loop import LOG, Job

EVERY: Final = timedelta(hours=1)


def certifying(platform: Platform) -> Job:
    """Give the job."""

    def run() -> None:
        settings = Settings.from_environment(os.environ)
        desk = certificate_desk(settings, keys=platform.keys, clock=platform.clock)
        if until := desk.office.keep_fresh():
            LOG.info("certificates: the list of revoked ones is good until %s", until.isoformat())

    return Job(
        name="certificates", title="自建证书机构的吊销列表（每周更新）", every=EVERY, run=run
    )
