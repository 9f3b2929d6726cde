"""The job that removes files which nothing names."""

from datetime import timedelta
from typing import Final

from entrypoints.container import Platform
from entrypoints.worker.loop import LOG, Job
from supervision_core.files.services import Sweep

EVERY: Final = timedelta(hours=6)


def sweeping(platform: Platform) -> Job:
    """Give the job."""
    sweep = Sweep(
        transactions=platform.transactions, store=platform.files.store, clock=platform.clock
    )

    def run() -> None:
        swept = sweep.run()
        if swept.staged or swept.pieces:
            LOG.info("files: %d staged and %d pieces removed", swept.staged, swept.pieces)

    return Job(name="sweep", title="清除过期上传和无人引用的附件内容", every=EVERY, run=run)
