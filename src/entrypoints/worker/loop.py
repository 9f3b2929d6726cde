"""The loop: each job at its interval, none stopped by another that fails."""

import json
import logging
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from threading import Event

from attrs import define, field, frozen

LOG = logging.getLogger("supervision.worker")
_TICK = 0.2


class Alarmed(Exception):
    """A job found what people must look at now; it is said where it was found."""


@frozen(kw_only=True)
class Job:
    """Something done again and again. ``run`` raises ``Alarmed``, or whatever kept it from work."""

    name: str
    every: timedelta
    run: Callable[[], None]


@define(eq=False)
class Worker:
    """Runs jobs in turn. ``health`` is a file that says, after each job, how every job last ended.

    A job's word in it is ``ok``, ``failed`` or ``alarm``; the whole is healthy when all are ok.
    """

    _jobs: Sequence[Job]
    _health: Path | None = None
    _ends: dict[str, str] = field(init=False, factory=dict)

    def run_once(self) -> bool:
        """Run every job once; tell whether all went well."""
        for job in self._jobs:
            self._run(job)
        return self.healthy

    def run(self, stop: Event) -> bool:
        """Run until ``stop`` is set; tell whether all is well in the end."""
        due = dict.fromkeys((job.name for job in self._jobs), 0.0)
        while not stop.is_set():
            for job in self._jobs:
                if time.monotonic() >= due[job.name] and not stop.is_set():
                    self._run(job)
                    due[job.name] = time.monotonic() + job.every.total_seconds()
            stop.wait(_TICK)
        return self.healthy

    @property
    def healthy(self) -> bool:
        """Whether every job that has run ended well the last time."""
        return all(end == "ok" for end in self._ends.values())

    @property
    def alarmed(self) -> bool:
        """Whether some job found what people must look at."""
        return "alarm" in self._ends.values()

    def _run(self, job: Job) -> None:
        before = self._ends.get(job.name)
        try:
            job.run()
            end = "ok"
        except Alarmed as alarm:
            LOG.critical("%s: %s", job.name, alarm)
            end = "alarm"
        except Exception:
            LOG.exception("%s failed", job.name)
            end = "failed"
        if end == "ok" and before not in {None, "ok"}:
            LOG.info("%s works again", job.name)
        self._ends[job.name] = end
        if self._health is not None:
            text = json.dumps({"healthy": self.healthy, "jobs": self._ends})
            made = self._health.with_name(f".{self._health.name}.new")
            made.write_text(text + "\n", encoding="utf-8")
            made.rename(self._health)
