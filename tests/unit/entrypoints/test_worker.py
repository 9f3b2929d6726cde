"""The worker's loop: how long a job rests between two runs."""

import time
from datetime import timedelta
from functools import partial
from threading import Event

import pytest

from entrypoints.worker.loop import Job, Worker

TOOK = 0.05


class Told(Event):
    """Stops a worker at its first rest, and knows how long that was to be."""

    rest = 0.0

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the end, or end the first rest."""
        if timeout is None:
            return super().wait()
        self.rest = timeout
        self.set()
        return True


@pytest.mark.parametrize(
    ("every", "rests", "least"), [(0.0, 0, 0.0), (0.0, 3, 0.15), (9.0, 3, 9.0)]
)
def test_what_reads_all_rests_longer_the_longer_it_took(
    every: float, rests: int, least: float
) -> None:
    """However much is stored, it takes no more than its share; its interval is the least."""
    stop = Told()
    job = Job(
        name="j", title="t", every=timedelta(seconds=every), run=partial(time.sleep, TOOK),
        rests=rests,
    )  # fmt: skip
    Worker([job]).run(stop)
    assert least <= stop.rest <= least + rests
