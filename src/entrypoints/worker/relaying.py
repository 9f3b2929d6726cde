"""The job that hands events to their receivers: what one did is known to the others soon."""

import os
from collections.abc import Mapping
from datetime import timedelta
from threading import Event
from typing import Final

from entrypoints.container import Platform, sending_receivers
from entrypoints.receivers import receivers
from entrypoints.settings import Settings
from entrypoints.worker.loop import LOG, Job
from supervision_core.identity.services.relaying import Relay
from supervision_core.kernel.canonical import Json

EVERY: Final = timedelta(seconds=1)


def relaying(platform: Platform, stop: Event) -> Job:
    """Give the job; it breaks off between two batches once ``stop`` is set."""
    settings = Settings.from_environment(os.environ)
    relay = Relay(
        transactions=platform.transactions,
        outbox=platform.outbox,
        receivers=(*receivers(platform.commands), *sending_receivers(settings, platform)),
        clock=platform.clock,
        ids=platform.ids,
        go_on=lambda: not stop.is_set(),
    )

    def run() -> None:
        relay.run()
        for failure in relay.failures:
            LOG.error("relay: %s", failure)
        relay.failures.clear()

    def state() -> Mapping[str, Json]:
        return {"away": list(relay.away)} if relay.away else {}

    return Job(name="relay", title="事件转发（站内消息等）", every=EVERY, run=run, state=state)
