"""The job that keeps the write-ahead log of SQLite short while somebody always reads."""

from datetime import timedelta
from typing import Final

from entrypoints.container import Platform, shorten_log
from entrypoints.worker.loop import Job

EVERY: Final = timedelta(seconds=1)


def shortening(platform: Platform) -> Job:
    """Give the job."""

    def run() -> None:
        shorten_log(platform.engine)

    return Job(name="wal", title="收回 SQLite 的预写日志", every=EVERY, run=run)
