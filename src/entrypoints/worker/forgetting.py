"""The job that removes what log-ins leave behind, lapsed drafts, old messages and answers."""

from datetime import timedelta
from typing import Final

from entrypoints.actors import operator
from entrypoints.container import Platform
from entrypoints.worker.loop import Job
from supervision_core.identity.services.forgetting import forget_done, forget_messages

EVERY: Final = timedelta(hours=1)


def forgetting(platform: Platform) -> Job:
    """Give the job."""

    def run() -> None:
        platform.log_ins.forget_traces()
        forget_messages(platform.transactions, platform.clock)
        forget_done(platform.transactions, platform.clock, but=operator().user)

    return Job(
        name="forget", title="清除过期的登录痕迹、草稿、站内消息和幂等记录", every=EVERY, run=run
    )
