"""The worker's loop: how long a job rests between two runs."""

import json
import time
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from entrypoints.worker.loop import Job, Telling, Worker

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


def test_what_looks_runs_apart_and_tells_of_itself_here(tmp_path: Path) -> None:
    """A job that looks is not run here; how it ended and how far it is stand with the others."""
    stop, ran = Event(), list[str]()

    def apart(told: Telling, until: Event) -> None:
        told("looking", "alarm", {"rows": 3})
        until.set()

    def job(name: str, *, looks: bool) -> Job:
        run = partial(ran.append, name)
        return Job(name=name, title="t", every=timedelta(seconds=9), run=run, looks=looks)

    jobs = [job("relay", looks=False), job("looking", looks=True)]
    working = Worker(jobs, tmp_path / "h.json", apart)
    assert not working.run(stop)
    assert working.alarmed
    health = json.loads((tmp_path / "h.json").read_text("utf-8"))
    assert (ran, health["states"]) == (["relay"], {"looking": {"rows": 3}})
    assert health["jobs"] == {"relay": "ok", "looking": "alarm"}


def test_once_or_without_another_process_it_runs_here() -> None:
    """Each job has its turn, those that look as well."""
    ran = list[str]()
    run = partial(ran.append, "looking")
    job = Job(name="looking", title="t", every=timedelta(seconds=9), run=run, looks=True)
    assert Worker([job]).run_once()
    Worker([job]).run(Told())
    assert ran == ["looking"] * 2


def test_jobs_go_on_where_the_health_file_cannot_be_written(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said once; what another process tells is taken in all the same."""
    stop, ran = Event(), list[str]()

    def run() -> None:
        ran.append("relay")
        if len(ran) == 3:
            stop.set()

    def apart(told: Telling, until: Event) -> None:
        until.wait(5)
        for _ in range(2):
            told("looking", "ok", {})

    job = Job(name="relay", title="t", every=timedelta(0), run=run)
    working = Worker([job], tmp_path / "none" / "h.json", apart)
    assert working.run(stop)
    assert (len(ran), dict(working.ends)) == (3, {"relay": "ok", "looking": "ok"})
    (said,) = (one.getMessage() for one in caplog.records)
    assert "h.json" in said
    with pytest.raises(FileNotFoundError):
        working.run_once()
