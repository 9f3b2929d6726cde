"""Looks after the workers of a batch by cities, until every city is done or refused."""

import json
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from socket import gethostname
from threading import Thread
from typing import Any, ClassVar

from attrs import define, evolve, field, frozen

from entrypoints.cities.worker import Work
from entrypoints.container.cities import CityBatch
from entrypoints.container.city_queues import city_queue
from supervision_core.jobs.ports import JobQueue
from supervision_core.kernel.errors import Refused, Violation

LOOKED_SECONDS = 0.1
PATIENCE_SECONDS = 60.0
TIMES_LONGER = 4
DEATHS_IN_A_ROW = 10
TRIES = 3
"""How often workers of this machine fail at a city before it is left alone."""
PAUSE_SECONDS = 1.0


@define(eq=False)
class WorkersFailed(Refused):
    """Workers ended again and again, and no city got done."""

    code: ClassVar[str] = "cities.workers_failed"


@define(eq=False)
class CitiesNotDone(Refused):
    """Cities were tried again and again in vain; the others are done, or refused."""

    code: ClassVar[str] = "cities.not_done"


Told = Callable[[str], None]


@define
class Worker:
    """A process that takes cities; one that dies is started anew under its name."""

    work: Work
    told: Told
    failed: Callable[[str, str], None]
    """Is told a city that it failed at, and by what kind of error."""
    process: "subprocess.Popen[str]" = field(init=False)
    ready: bool = field(default=False, init=False)
    processor: float = field(default=0.0, init=False)
    """Seconds of it since it was ready, those of the dead not counted."""
    _began: float = field(default=0.0, init=False)
    _listening: Thread = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Start it."""
        self.start()

    def start(self) -> None:
        """Start it, or start it anew."""
        self.ready = False
        self.process = subprocess.Popen(
            [sys.executable, "-m", "entrypoints.cities.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._listening = Thread(target=self._listen, args=(self.process,), daemon=True)
        self._listening.start()
        with suppress(BrokenPipeError):  # already dead: whoever looks after it will see
            assert self.process.stdin is not None  # noqa: S101 - a pipe was asked for
            self.process.stdin.write(self.work.line())
            self.process.stdin.flush()

    def end(self) -> None:
        """Let it end what it does, and wait."""
        with suppress(BrokenPipeError):
            assert self.process.stdin is not None  # noqa: S101 - as above
            self.process.stdin.close()
        self.process.wait()
        self._listening.join()

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None  # noqa: S101 - as above
        with process.stdout as lines:
            for line in lines:
                self._hear(json.loads(line))

    def _hear(self, said: dict[str, Any]) -> None:
        if said["event"] == "ready":
            self.ready, self._began = True, said["processor"]
        elif said["event"] == "ended":
            self.processor += said["processor"] - self._began
        elif said["event"] == "failed":
            self.failed(said["city"], said["kind"])
        else:
            self.told(said["reasons"])


@define
class Run:
    """Runs a batch with workers of this machine; others may join from elsewhere."""

    batch: CityBatch
    work: Work
    count: int
    told: Told
    patience: float = PATIENCE_SECONDS
    pause: float = PAUSE_SECONDS
    """How long a city that failed waits, times how often it did."""
    workers: list[Worker] = field(factory=list, init=False)
    _round: int = field(default=0, init=False)
    _deaths: int = field(default=0, init=False)
    _failures: deque[tuple[str, str]] = field(factory=deque, init=False)
    """Told by the threads that listen to workers, and not looked at yet."""
    _failed: dict[str, list[str]] = field(factory=dict, init=False)
    """The kinds of the errors by which each city failed."""
    _later: list[tuple[float, str]] = field(factory=list, init=False)
    """The cities that failed, and from when on they are tried again."""

    @contextmanager
    def started(self) -> Iterator[JobQueue]:
        """Start queue and workers; in the end let them go."""
        queue = city_queue(
            self.work.queue, self.batch.name, f"{gethostname()}-{os.getpid()}", takes=False
        )
        queue.start(lambda _: None)
        try:
            for number in range(1, self.count + 1):
                work = evolve(self.work, worker=f"{gethostname()}-{number}")
                self.workers.append(Worker(work, self.told, self._fail))
            yield queue
        finally:
            for worker in self.workers:
                worker.end()
            queue.stop()

    def wait_ready(self) -> None:
        """Wait until all workers wait for cities. Raises ``WorkersFailed``."""
        while not all(worker.ready for worker in self.workers):
            self._revive()
            time.sleep(LOOKED_SECONDS)

    def carry_out(self, queue: JobQueue, advance: Callable[[int], None]) -> None:
        """Hand the open cities out, until none is open. Raises ``WorkersFailed``.

        Raises ``CitiesNotDone`` once all that are open were tried in vain, ``TRIES`` times each.
        Where nothing gets done for long, whoever held a city may be gone for good: it is handed out
        again, which costs only work where he is not. So is one that somebody opened anew.
        """
        open_, moved, longest = self.batch.open(), time.monotonic(), 0.0
        self._put(queue, open_)
        while open_:
            self._revive()
            self._try_again(queue)
            left = self.batch.open()
            self._require_hope(left)
            if left != open_:
                longest = max(longest, time.monotonic() - moved)
                advance(max(len(open_) - len(left), 0))
                self._put(queue, [city for city in left if city not in open_])
                open_, moved, self._deaths = left, time.monotonic(), 0
            elif time.monotonic() - moved > max(self.patience, TIMES_LONGER * longest):
                self._put(queue, [city for city in left if city not in self._given_up()])
                moved = time.monotonic()
            time.sleep(LOOKED_SECONDS)

    def _fail(self, city: str, kind: str) -> None:
        self._failures.append((city, kind))

    def _try_again(self, queue: JobQueue) -> None:
        while self._failures:
            city, kind = self._failures.popleft()
            self.told(f"{city} 没有做成（{kind}）")
            kinds = self._failed.setdefault(city, [])
            kinds.append(kind)
            if len(kinds) < TRIES:
                self._later.append((time.monotonic() + self.pause * len(kinds), city))
        due = [one for one in self._later if one[0] <= time.monotonic()]
        self._later = [one for one in self._later if one not in due]
        self._put(queue, [city for _, city in due])

    def _given_up(self) -> dict[str, list[str]]:
        return {city: kinds for city, kinds in self._failed.items() if len(kinds) >= TRIES}

    def _require_hope(self, open_: list[str]) -> None:
        given_up = self._given_up()
        if open_ and given_up.keys() >= set(open_):
            failed = [_in_vain(city, given_up[city][-1]) for city in open_]
            raise CitiesNotDone((*failed, *self.batch.refusals()))

    def _put(self, queue: JobQueue, cities: list[str]) -> None:
        if not cities:
            return
        queue.put(f"{self.batch.name}/{city}@{self._round}" for city in cities)
        self._round += 1

    def _revive(self) -> None:
        for worker in self.workers:
            if worker.process.poll() is not None:
                self._deaths += 1
                if self._deaths > DEATHS_IN_A_ROW * self.count:
                    raise WorkersFailed((Violation(WorkersFailed.code),))
                worker.end()
                worker.start()


def _in_vain(city: str, kind: str) -> Violation:
    return Violation("cities.tried_in_vain", data={"city": city, "tries": TRIES, "kind": kind})


@frozen
class Taken:
    """What a run took."""

    seconds: float
    processor: float


def carried_out(run: Run, advance: Callable[[int], None]) -> Taken:
    """Carry a batch out. Raises ``WorkersFailed``, ``CitiesNotDone``, ``QueueRefused``."""
    with run.started() as queue:
        run.wait_ready()
        began = time.perf_counter()
        run.carry_out(queue, advance)
        seconds = time.perf_counter() - began
    return Taken(seconds, sum(worker.processor for worker in run.workers))
