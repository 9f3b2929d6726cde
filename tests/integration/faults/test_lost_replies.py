"""R7: a reply that gets lost makes nothing happen twice."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from attrs import evolve
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from tests.integration.jobs.conftest import Office

from entrypoints.actors import operator
from entrypoints.container import Platform, open_platform
from entrypoints.jobs import stage
from supervision_core.files.model import AttachmentsRefused, Quota
from supervision_core.files.ports import Attachments, StagedFiles
from supervision_core.identity.services import UseCase
from supervision_core.jobs.model import JobKind, JobNotOver, JobState
from supervision_core.jobs.ports import Jobs
from supervision_core.jobs.services import NamedJob, StartJob, cancel_job, retry_job, start_job
from supervision_core.kernel.errors import KeyReused
from supervision_core.kernel.plain import digest
from supervision_core.subjects.services import CreateTag, create_tag
from supervision_core.testing.files import LONG_AFTER, SHORT, AttachProof, FileRoom, attach_proof

from .file_workload import room_at, sender
from .oracle import faults
from .proxy import losing
from .test_file_kills import swept
from .test_job_kills import office_in
from .workload import ACTOR, REGION, STEPS

COMMANDS = int(os.environ.get("SUPERVISION_LOST_REPLIES", "400"))
SEED = 7
TRIES = 40
Answer = TypeVar("Answer")

pytestmark = pytest.mark.slow


@pytest.fixture
def database(postgres_server: str) -> Iterator[str]:
    """Give a database of PostgreSQL of its own."""
    url = make_url(postgres_server).set(drivername="postgresql+psycopg")
    name = f"supervision_replies_{os.getpid()}"
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield url.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def repeated(act: Callable[[], Answer]) -> Answer:
    """Do something until it answers, as clients do that lost the reply."""
    for _ in range(TRIES):
        with suppress(OperationalError):
            return act()
    raise AssertionError(act)


def insist(platform: Platform, case: UseCase[Any, Any], command: Any, key: str | None) -> Any:
    """Tell a command until it answers."""
    return repeated(lambda: platform.commands.run(case, command, actor=operator(ACTOR), key=key))


def test_told_again_under_its_key_a_command_happens_once(database: str) -> None:
    """A quarter of all replies is lost; effects, audit rows and answers are those of each key."""
    open_platform(database).engine.dispose()
    acknowledged: dict[int, str] = {}
    with losing(make_url(database), chance=0.25, seed=SEED) as network:
        platform = open_platform(network.url.render_as_string(hide_password=False))

        def run(case: UseCase[Any, Any], command: Any) -> Any:
            number = len(acknowledged)
            answer = insist(platform, case, command, f"{SEED}/{number}")
            acknowledged[number] = digest(answer)
            again = insist(platform, case, command, f"{SEED}/{number}")
            assert digest(again) == acknowledged[number]
            return answer

        at = 0
        while len(acknowledged) < COMMANDS:
            STEPS[at % len(STEPS)](run, f"r{at}")
            at += 1
        other = CreateTag(name="另一个", region=REGION)
        with pytest.raises(KeyReused):
            insist(platform, create_tag, other, f"{SEED}/0")
        platform.engine.dispose()
    assert network.lost > COMMANDS / 5
    platform = open_platform(database)
    assert faults(platform.engine, ACTOR, SEED, acknowledged) == []
    platform.engine.dispose()


def test_without_a_key_a_lost_reply_doubles_the_effect(database: str) -> None:
    """The same network, no keys: there are doubles, so the network does lose what it should."""
    open_platform(database).engine.dispose()
    with losing(make_url(database), chance=0.25, seed=SEED) as network:
        platform = open_platform(network.url.render_as_string(hide_password=False))
        step: Callable[..., Any] = STEPS[4]
        for at in range(40):
            step(lambda case, command: insist(platform, case, command, None), f"n{at}")
        platform.engine.dispose()
        engine = create_engine(database)
        with engine.connect() as connection:
            clues = connection.execute(text("SELECT count(*) FROM clue")).scalar_one()
        engine.dispose()
    assert clues > 40


def sent(room: FileRoom, number: int) -> str:
    """Send a file and hang it on a thing, everything twice and until it answers; give its id."""
    actor = sender(SEED)
    file = repeated(lambda: room.begin(actor, SHORT))
    for _ in range(2):
        repeated(lambda: room.staging.put(actor, file, 0, SHORT))
    assert repeated(lambda: room.staging.finish(actor, file)).finished
    assert repeated(lambda: room.staging.finish(actor, file)).finished
    command = AttachProof(thing=f"{actor.user}-{number}", files=(file,))
    hang = partial(room.commands.run, attach_proof, command, actor=actor, key=f"attach/{number}")
    assert [repeated(hang), repeated(hang)] == [[file], [file]]
    return file


def test_files_sent_again_hang_once(database: str, tmp_path: Path) -> None:
    """Each hangs once and whole, and a sweep later nothing is left but what hangs.

    To begin a file has no key: those begun twice show that the network loses what it should.
    """
    open_platform(database).engine.dispose()
    folder, count = tmp_path / "files", max(COMMANDS // 5, 20)
    with losing(make_url(database), chance=0.25, seed=SEED) as network:
        url = network.url.render_as_string(hide_password=False)
        with room_at(url, folder) as room:
            staging = evolve(room.staging, quota=Quota(bytes=2**50, files=10**9))
            files = [sent(evolve(room, staging=staging), number) for number in range(count)]
    assert network.lost > count
    with room_at(database, folder) as room:
        with room.transactions.begin_reading() as unit:
            assert len(unit[StagedFiles].begun_before(LONG_AFTER, limit=10**6)) > count
        assert list(swept(room, folder)) == []
        for number, file in enumerate(files):
            thing = f"{sender(SEED).user}-{number}"
            with room.transactions.begin_reading() as unit:
                hanging = [(one.id, one.version) for one in unit[Attachments].of("parcel", thing)]
            assert hanging == [(file, 1)]
            assert room.fetched(sender(SEED), file, thing) == SHORT


def ordered(office: Office, platform: Platform, number: int, *, keyed: bool = True) -> str:
    """Start a job, cancel it and have it done again, each told twice; give its id."""
    clerk = office.clerk()
    file = stage(office.platform, clerk, "要求.txt", b"{}")

    def told(case: UseCase[Any, Any], command: Any) -> Any:
        key = f"{case.name}/{number}" if keyed else None
        tell = partial(platform.commands.run, case, command, actor=clerk, key=key)
        answer = repeated(tell)
        assert not keyed or repeated(tell) == answer
        return answer

    start = StartJob(kind=JobKind.BATCH, case="subjects.tag", source="", file=file)
    job: str = told(start_job, start)
    told(cancel_job, NamedJob(job_id=job))
    told(retry_job, NamedJob(job_id=job))
    return job


def test_jobs_told_again_are_started_cancelled_and_retried_once(
    database: str, tmp_path: Path
) -> None:
    """Under its key each has one effect, one row in the log and one answer."""
    count = max(COMMANDS // 6, 10)
    with (
        office_in(database, tmp_path / "files") as office,
        losing(make_url(database), chance=0.25, seed=SEED) as network,
    ):
        platform = open_platform(network.url.render_as_string(hide_password=False))
        jobs = [ordered(office, platform, number) for number in range(count)]
        platform.engine.dispose()
        assert network.lost > count / 2
        for case in (start_job, cancel_job, retry_job):
            assert office.counted(case.name) == count
        for one in jobs:
            job = office.job(one)
            assert (job.state, job.attempt, job.version) == (JobState.WAITING, 2, 3)
            assert [line.text for line in job.lines] == ["已取消，已办理的保留", "重新等待执行"]
            with office.platform.transactions.begin_reading() as unit:
                hanging = unit[Attachments].of(Jobs.kind, one)
            assert [each.id for each in hanging] == [job.file]


def test_without_keys_a_lost_reply_is_told_as_a_refusal(database: str, tmp_path: Path) -> None:
    """The same network, no keys: what has been done already is refused when told again."""
    with (
        office_in(database, tmp_path / "files") as office,
        losing(make_url(database), chance=0.25, seed=SEED) as network,
    ):
        platform = open_platform(network.url.render_as_string(hide_password=False))
        telling = (ordered(office, platform, number, keyed=False) for number in range(20))
        with pytest.raises((AttachmentsRefused, JobNotOver)):
            list(telling)
        platform.engine.dispose()
