"""The job that takes in what the hotline, devices and warnings tell, as clues."""

import os
from collections.abc import Sequence
from datetime import timedelta
from threading import Event

from entrypoints.actors import operator
from entrypoints.container import Platform, open_signals
from entrypoints.settings import Settings
from entrypoints.worker.loop import LOG, Job, Stopped
from supervision_core.clues.services.intake import TakeInSignal, take_in
from supervision_core.clues.told import SignalSource
from supervision_core.kernel.errors import DomainError

EVERY = timedelta(minutes=5)


def taking_in_signals(platform: Platform, stop: Event) -> Sequence[Job]:
    """Give the job, where an interface is set; it breaks off once ``stop`` is set."""
    settings = Settings.from_environment(os.environ)
    if not settings.signals_url:
        return ()

    def run() -> None:
        refused = take_all(platform, open_signals(settings, platform), stop)
        if refused:
            LOG.warning("signals: %d refused", refused)

    return (Job(name="signals", title="接收外部线索（12345、终端、预警）", every=EVERY, run=run),)


def take_all(platform: Platform, source: SignalSource, stop: Event) -> int:
    """Take in all that waits, one after the other; give how many were refused.

    What is refused is told again, and so tried again, the next time.
    """
    refused, actor = 0, operator("worker")
    for page in source.signals():
        for one in page:
            if stop.is_set():
                raise Stopped
            try:
                platform.commands.run(take_in, TakeInSignal(signal=one), actor=actor)
            except DomainError:
                refused += 1
    return refused
