"""The job that compares counts with what they count, each day and when the worker starts."""

from datetime import timedelta
from threading import Event
from typing import Final

from entrypoints.container import Platform
from entrypoints.worker.loop import LOG, RESTS, Job
from supervision_core.dashboards.services import miscounts, recount
from supervision_core.kernel.errors import Conflict

EVERY: Final = timedelta(days=1)
_AGAIN: Final = 2.0
"""Seconds until it is tried again where the relay counted first."""


def counting(platform: Platform, stop: Event) -> Job:
    """Give the job: after an upgrade that brings counts it fills them, and sets right what differs.

    It reads without keeping anybody from writing; what the relay counts meanwhile it counts anew.
    """

    def run() -> None:
        if not any(True for _ in miscounts(platform.transactions)):
            return
        while not stop.is_set():
            try:
                mended = sum(1 for _ in recount(platform.transactions))
            except Conflict:
                stop.wait(_AGAIN)
            else:
                LOG.warning("counts: %d were set right", mended)
                return

    return Job(
        name="counts", title="统计数据与业务对象比对", every=EVERY, run=run, rests=RESTS, looks=True
    )
