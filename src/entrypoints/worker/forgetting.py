"""The job that removes what log-ins leave behind, and drafts that have lapsed."""

from datetime import timedelta
from typing import Final

from entrypoints.container import Platform
from entrypoints.worker.loop import Job

EVERY: Final = timedelta(hours=1)


def forgetting(platform: Platform) -> Job:
    """Give the job."""

    def run() -> None:
        platform.log_ins.forget_traces()

    return Job(name="forget", title="清除过期的登录痕迹和表单草稿", every=EVERY, run=run)
