"""One worker of a batch by cities: takes a city after the other, until its standard input ends.

The first line of standard input says what it works on (``Work``); what it says itself are lines of
JSON on standard output. Its owner's death ends it too: the input ends then.
"""

import errno
import json
import sys
import time
from collections.abc import Mapping

from attrs import asdict, define, frozen

from entrypoints import container
from entrypoints.container import scratch_folder
from entrypoints.container.cities import (
    CityBatch,
    ClusterNotUsable,
    DuckDbEngine,
    Engine,
    FactFileNotUsable,
    city_store,
    join,
)
from entrypoints.container.city_queues import city_queue
from entrypoints.words import all_messages
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import DomainError, Violation


@frozen
class Work:
    """What a worker is told."""

    results: str
    queue: str
    worker: str
    spark: str = ""
    seconds: float = 600.0
    threads: int = 1
    memory_mb: int = 320

    def line(self) -> str:
        """Write it as a line."""
        return json.dumps(asdict(self)) + "\n"


def say(event: str, **more: Json) -> None:
    """Tell the owner."""
    sys.stdout.write(json.dumps({"event": event, "processor": time.process_time(), **more}) + "\n")
    sys.stdout.flush()


@define
class Taking:
    """Takes cities of a batch, by the cluster as long as that answers, else by itself."""

    batch: CityBatch
    work: Work
    _cluster: Engine | None = None
    _given_up: bool = False

    def take(self, id: str) -> None:
        """Assess a city, unless somebody did so meanwhile; whatever goes wrong is told."""
        city = id.partition("/")[2].partition("@")[0]
        try:
            if city in self.batch.open():
                self._take(city)
        except Exception as error:  # noqa: BLE001 - whatever it is, the owner says what follows
            say("failed", city=city, kind=kind_of(error))

    def _take(self, city: str) -> None:
        try:
            self._assess(city)
        except FactFileNotUsable as error:
            self.batch.refuse(city, error)

    def _assess(self, city: str) -> None:
        """Assess a city; a file that nobody can use says nothing against the cluster."""
        refused = None
        with scratch_folder("city") as scratch:
            if self.work.spark and not self._given_up:
                try:
                    self._cluster = self._cluster or self._reached()
                    self.batch.assess(city, self._cluster, scratch)
                except ClusterNotUsable as error:
                    refused = error
                else:
                    return
            engine = DuckDbEngine(self.work.memory_mb, self.work.threads)
            try:
                self.batch.assess(city, engine, scratch)
            except FactFileNotUsable:
                refused = None
                raise
            finally:
                if refused:
                    self._given_up = True
                    say("alone", reasons=reasons_of(refused))

    def _reached(self) -> Engine:
        try:
            opened = container.spark_engine
        except ImportError as error:
            violation = Violation("analytics.cluster_not_installed")
            raise ClusterNotUsable((violation,)) from error
        return opened(self.work.spark, self.work.seconds)


def kind_of(error: Exception) -> str:
    """Name an error without its words, which may hold what nobody else is to read."""
    number = errno.errorcode.get(error.errno or 0) if isinstance(error, OSError) else None
    return type(error).__name__ + (f" {number}" if number else "")


def reasons_of(error: DomainError) -> str:
    """Give the words of a refusal."""
    said = [all_messages().explain(one) for one in error.reasons]
    return "；".join(f"{one.reason}（{one.remedy}）" for one in said)


def main() -> None:
    """Work until the input ends."""
    told: Mapping[str, object] = json.loads(sys.stdin.readline())
    work = Work(**told)  # type: ignore[arg-type]
    batch = join(city_store(work.results))
    queue = city_queue(work.queue, batch.name, work.worker, takes=True)
    queue.start(Taking(batch, work).take)
    say("ready")
    sys.stdin.read()
    queue.stop()
    say("ended")


if __name__ == "__main__":
    main()
