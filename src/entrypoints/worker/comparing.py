"""The job that compares the to-dos with what aggregates owe, each day."""

from datetime import timedelta
from typing import Final

from entrypoints.container import Platform
from entrypoints.registered import declared
from entrypoints.worker.loop import LOG, RESTS, Job
from supervision_core.identity.services.todos import differences, rebuild

EVERY: Final = timedelta(days=1)


def comparing(platform: Platform) -> Job:
    """Give the job: it reads without keeping anybody from writing, and sets right what differs."""

    def run() -> None:
        kinds = list(declared())
        if any(True for _ in differences(platform.transactions, kinds)):
            mended = sum(1 for _ in rebuild(platform.transactions, kinds))
            LOG.warning("todos: those of %d things were set right", mended)

    return Job(
        name="todos", title="待办与业务对象比对", every=EVERY, run=run, rests=RESTS, looks=True
    )
