"""R2: a worker is killed anywhere in a job; the next one ends it, and does nothing twice."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from attrs import frozen
from sqlalchemy import func, select
from tests.integration.jobs.conftest import CLERK, Office, firms, office_at

from adapters.sql.identity.station_messages import station_message
from adapters.sql.subjects import subject
from supervision_core.files.ports import Attachments
from supervision_core.jobs.model import JobState
from supervision_core.jobs.ports import Jobs

from .cluster import Cluster, until_answering
from .job_weak import FAULTS
from .job_workload import CHUNK
from .running import KILLS, RECOVERY, Workers, Working, moment, some_of

PROGRAM = Path(__file__).with_name("job_workload.py")
WEAK = Path(__file__).with_name("job_weak.py")
FIRMS = 4 * CHUNK
COMMITS = 20
"""Of a whole run, a few fewer than there are."""


@frozen
class Started:
    """A job that waits, and where it lies."""

    url: str
    folder: Path
    job: str

    def by(self, crew: Workers, seed: int, fault: str = "") -> Working:
        """Let a worker carry it out."""
        folder = str(self.folder)
        return crew.start(self.url, seed, 0, folder=folder, job=self.job, fault=fault)


@contextmanager
def office_in(url: str, folder: Path) -> Iterator[Office]:
    """Open the office over a database and a folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUPERVISION_FILES", str(folder))
        with office_at(url) as office:
            yield office


def faults(office: Office, job: str, before: int) -> Iterator[str]:
    """Say what of a job that ended is lost, there twice or untold, after ``before`` others."""
    found, done = office.job(job), before + 1
    if found.state is not JobState.DONE:
        yield f"it is {found.state}"
    with office.platform.engine.connect() as connection:
        there = connection.execute(select(func.count()).select_from(subject)).scalar_one()
        told = select(func.count()).where(
            station_message.c.thing == job, station_message.c.owner == CLERK
        )
        messages = connection.execute(told).scalar_one()
    yield from _counted("firms", there, done * FIRMS)
    yield from _counted("chunks", office.counted("subjects.import"), done * FIRMS // CHUNK)
    yield from _counted("ends", office.counted("jobs.finish"), done)
    yield from _counted("messages", messages, 1)
    yield from _counted("result files", len(found.results), 1)
    with office.platform.transactions.begin_reading() as unit:
        hanging = {one.id for one in unit[Attachments].of(Jobs.kind, job)}
    if hanging != {found.file, *found.results}:
        yield "other files hang on it than it names"
    said = f"共{FIRMS + 1}行：新增{FIRMS}，更新0，未变0，未导入1"
    yield from _counted("reports", [one.text for one in found.lines].count(said), 1)


def _counted(what: str, there: int, wanted: int) -> Iterator[str]:
    if there < wanted:
        yield f"{what} lost: {there} of {wanted}"
    if there > wanted:
        yield f"{what} twice: {there} of {wanted}"


def ended(started: Started, crew: Workers, seed: int, fault: str = "") -> list[str]:
    """Let the next worker end the job, once the server has recovered; say why it does not."""
    until = time.monotonic() + RECOVERY
    while True:
        working = started.by(crew, seed, fault)
        working.wait()
        if working.said[-1] == "done\n":
            return []
        if time.monotonic() > until or "OperationalError" not in working.said[-1]:
            return working.said


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory, template: Path) -> Started:
    """Give a job that waits in a file of SQLite, to be copied."""
    place = tmp_path_factory.mktemp("waiting")
    shutil.copy(template, place / "a.db")
    url = f"sqlite:///{place / 'a.db'}"
    with office_in(url, place / "files") as office:
        return Started(url, place / "files", office.start(firms(FIRMS, wrong=1)))


def kill(waiting: Started, place: Path, seed: int, crew: Workers, fault: str = "") -> list[str]:
    """Kill a worker at a moment of the seed, let the next one go on, and say what is wrong."""
    shutil.copytree(waiting.folder.parent, place / "now")
    started = Started(f"sqlite:///{place / 'now' / 'a.db'}", place / "now" / "files", waiting.job)
    started.by(crew, seed, fault).stop_at(moment(seed), COMMITS, lambda: None)
    wrong = ended(started, crew, seed, fault)
    with office_in(started.url, started.folder) as office:
        wrong += faults(office, started.job, 0)
    shutil.rmtree(place / "now")
    return wrong


@pytest.fixture(scope="module")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Workers:
    """Give workers."""
    return Workers(tmp_path_factory.mktemp("jobs"), PROGRAM)


def test_a_killed_worker_leaves_no_job_undone(
    waiting: Started, tmp_path: Path, crew: Workers
) -> None:
    """Between claim, chunks, notes, result file, end and message: each is there once in the end."""
    found = {seed: kill(waiting, tmp_path, seed, crew) for seed in range(KILLS)}
    assert not {seed: wrong for seed, wrong in found.items() if wrong}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_careless_worker_is_caught_by_kills(fault: str, waiting: Started, tmp_path: Path) -> None:
    """Negative control: chunks without keys are found twice, chunks noted too early are lost."""
    broken = Workers(tmp_path, WEAK)
    found = (kill(waiting, tmp_path, seed, broken, fault) for seed in range(40))
    assert any(f"chunks {fault}" in wrong for several in found for wrong in several)


def test_a_server_killed_under_a_job_loses_none(
    server: Cluster, tmp_path: Path, crew: Workers
) -> None:
    """A backend or the whole server of PostgreSQL is killed under a worker, on one database."""
    url, folder = server.database("jobs"), tmp_path / "files"
    with office_in(url, folder) as office:
        for seed in range(some_of(KILLS)):
            table = firms(FIRMS, wrong=1, first=seed * FIRMS)
            started = Started(url, folder, until_answering(partial(office.start, table)))
            assert server.kill_under(started.by(crew, seed), seed, COMMITS) <= RECOVERY
            wrong = ended(started, crew, seed)
            office.platform.engine.dispose()
            wrong += faults(office, started.job, seed)
            assert (seed, wrong) == (seed, [])
