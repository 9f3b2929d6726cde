"""What the worker does on a later day, given as the number of days from now."""

import os
from datetime import timedelta
from threading import Event

from entrypoints.container import FixedClock, SystemClock, open_platform
from entrypoints.worker.relaying import relaying
from entrypoints.worker.warning import WarningJob


def main(days: int) -> None:
    """Look at the terms of that day, and tell whom it concerns."""
    clock = FixedClock(SystemClock().now() + timedelta(days=days))
    platform = open_platform(os.environ["SUPERVISION_DATABASE"], clock=clock)
    WarningJob(platform).run()
    relaying(platform, Event()).run()
    platform.engine.dispose()
