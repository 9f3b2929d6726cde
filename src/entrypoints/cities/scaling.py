"""What further workers bring, measured on this machine."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from attrs import frozen

from entrypoints import container
from entrypoints.cities.advising import AS_OF, pilot_documents
from entrypoints.cities.running import Run, carried_out
from entrypoints.cities.worker import Work
from entrypoints.container import scratch_folder
from entrypoints.container.cities import (
    asked_of,
    begin,
    city_store,
    sample_cities,
)


@frozen
class Scaled:
    """What a batch took with so many workers."""

    workers: int
    seconds: float
    processor: float
    sm3: str


def scale(
    workers: Sequence[int], subjects: int, queue: str, *, sail: bool, told: Callable[[str], None]
) -> Iterator[Scaled]:
    """Assess the same made-up subjects by so many workers, one after the other."""
    documents = pilot_documents()
    with scratch_folder("bench") as folder:
        facts = folder / "facts"
        sample_cities(facts, asked_of(documents, AS_OF), subjects)
        for count in workers:
            out = folder / f"out-{count}"
            batch = begin(city_store(str(facts)), city_store(str(out)), documents, AS_OF, None)
            address = queue or f"sqlite:///{folder / f'queue-{count}.db'}"
            with _served(sail) as (spark, process):
                work = Work(str(out), address, "", spark)
                before = _processor(process)
                taken = carried_out(Run(batch, work, count, told), lambda _: None)
                processor = taken.processor + _processor(process) - before
            yield Scaled(count, taken.seconds, processor, batch.finish())


@contextmanager
def _served(sail: bool) -> Iterator[tuple[str, int]]:  # noqa: FBT001 - of this module alone
    if not sail:
        yield "", 0
        return
    with container.sail(container.LOCAL) as served:
        yield served.address, served.process


def _processor(process: int) -> float:
    """Give the processor time of a process, where the system tells."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
