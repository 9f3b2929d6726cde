"""The job that removes what log-ins leave behind."""

from datetime import timedelta
from typing import Final

from entrypoints.container import Platform
from entrypoints.worker.loop import Job

EVERY: Final = timedelta(hours=1)


def forgetting(platform: Platform) -> Job:
    """Give the job."""

    def run() -> None:
        platform.log_ins.forget_traces()

    return Job(name="forget", title="清除过期的登录痕迹", every=EVERY, run=run)
