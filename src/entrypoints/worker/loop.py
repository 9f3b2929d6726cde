"""The loop: each job at its interval, none held up by another that takes long or fails."""

import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final

from attrs import define, field, frozen

from entrypoints.failures import failure_of
from entrypoints.words import all_messages
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Refused

RESTS: Final = 3
"""Of what reads all that is stored: at most a quarter of a core, however much there is."""
LOG = logging.getLogger("supervision.worker")


class Alarmed(Exception):
    """A job found what people must look at now; it is said where it was found."""


class Stopped(Exception):
    """A job broke off because the worker is to stop: neither done nor failed."""


@frozen(kw_only=True)
class Job:
    """Something done again and again, never twice at the same time; ``title`` is for people.

    ``run`` raises ``Alarmed``, ``Stopped``, or whatever kept it from work.
    """

    name: str
    title: str
    every: timedelta
    run: Callable[[], None]
    state: Callable[[], Mapping[str, Json]] = dict
    """Tells how far the job is, for the health file."""
    rests: int = 0
    """How many times as long as it took the job rests, at least: what reads all that is stored."""
    end: Callable[[], object] = dict
    """Lets go of what the job holds, once it runs no more."""
    looks: bool = False
    """Reads much, and writes only where something is wrong: apart, it keeps nobody waiting."""


Telling = Callable[[str, str, Mapping[str, Json]], None]
"""Takes the name of a job that has run, how it ended, and how far it is."""


@define(eq=False)
class Worker:
    """Runs each job in a thread of its own: a checkpoint never waits for a backup.

    ``health`` is a file that says, after each job, how every job last ended, and how far those are
    that tell. A job's word in it is ``ok``, ``failed`` or ``alarm``; the whole is healthy when all
    are ok. What goes wrong the same way again and again is logged once. ``apart`` runs the jobs
    that look in another process until its event is set, and tells of each; without it they run
    here, as they do ``once``.
    """

    _jobs: Sequence[Job]
    _health: Path | None = None
    _apart: Callable[[Telling, Event], None] | None = None
    _states: dict[str, Mapping[str, Json]] = field(init=False, factory=dict)
    _ends: dict[str, str] = field(init=False, factory=dict)
    _said: dict[str, str] = field(init=False, factory=dict)
    _telling: Lock = field(init=False, factory=Lock)

    def run_once(self) -> bool:
        """Run every job once, in turn; tell whether all went well."""
        for job in self._jobs:
            self._run(job, self.told)
        for job in self._jobs:
            job.end()
        return self.healthy

    def run(self, stop: Event) -> bool:
        """Run until ``stop`` is set and each job has ended; tell whether all is well then."""
        apart = self._apart
        threads = [
            Thread(target=self._repeat, args=(job, stop), name=job.name)
            for job in self._jobs
            if apart is None or not job.looks
        ]
        if apart is not None:
            threads.append(Thread(target=apart, args=(self._told, stop), name="apart"))
        for thread in threads:
            thread.start()
        stop.wait()
        for thread in threads:
            thread.join()
        return self.healthy

    @property
    def ends(self) -> Mapping[str, str]:
        """How each job that has run ended the last time: ``ok``, ``failed`` or ``alarm``."""
        return self._ends

    @property
    def healthy(self) -> bool:
        """Whether every job that has run ended well the last time."""
        return all(end == "ok" for end in self._ends.values())

    @property
    def alarmed(self) -> bool:
        """Whether some job found what people must look at."""
        return "alarm" in self._ends.values()

    def told(self, name: str, end: str, state: Mapping[str, Json]) -> None:
        """Take in how a job ended, and say it in the health file."""
        with self._telling:
            if end == "ok" and self._ends.get(name) not in {None, "ok"}:
                LOG.info("%s works again", name)
            self._ends[name], self._states[name] = end, state
            if self._health is not None:
                states = {one: dict(state) for one, state in self._states.items() if state}
                told = {"healthy": self.healthy, "jobs": self._ends, "states": states}
                made = self._health.with_name(f".{self._health.name}.new")
                made.write_text(json.dumps(told) + "\n", encoding="utf-8")
                made.rename(self._health)

    def _repeat(self, job: Job, stop: Event) -> None:
        while not stop.is_set():
            began = time.monotonic()
            self._run(job, self._told)
            took = time.monotonic() - began
            stop.wait(max(job.every.total_seconds(), took * job.rests))
        job.end()

    def _told(self, name: str, end: str, state: Mapping[str, Json]) -> None:
        """Take it in and go on, even where the health file cannot be written."""
        try:
            self.told(name, end, state)
        except OSError as error:
            failure = failure_of(error)
            self._say("health", error, failure.said if failure else str(error))
        else:
            self._said.pop("health", None)

    def _run(self, job: Job, told: Telling) -> None:
        try:
            job.run()
            end = "ok"
            self._said.pop(job.name, None)
        except Stopped:
            return
        except Alarmed as alarm:
            if self._is_news(job.name, alarm):
                LOG.critical("%s: %s", job.name, alarm)
            end = "alarm"
        except Refused as refused:
            self._say(job.name, refused, _in_words(refused))
            end = "failed"
        except Exception as error:
            if failure := failure_of(error):
                self._say(job.name, error, failure.said)
            elif self._is_news(job.name, error):
                LOG.exception("%s failed", job.name)
            end = "failed"
        told(job.name, end, job.state())

    def _say(self, name: str, error: Exception, said: str) -> None:
        """Log what is no fault of the program, once."""
        if self._is_news(name, error):
            LOG.error("%s: %s", name, said)

    def _is_news(self, name: str, error: Exception) -> bool:
        said = repr(error)
        before, self._said[name] = self._said.get(name), said
        return before != said


def _in_words(refused: Refused) -> str:
    said = [all_messages().explain(one) for one in refused.reasons]
    return "；".join(f"{one.reason}（{one.remedy}）" for one in said)
