"""Jobs with every field filled, and the contract of who keeps them. Fixture: ``backend``."""

from datetime import timedelta

from supervision_core.jobs.model import Job, JobKind
from supervision_core.jobs.ports import Jobs
from supervision_core.kernel.paging import every_page
from supervision_core.testing.register_cases import actor_of
from supervision_core.testing.units import NOON, Backend, RepositoryCase


def waiting_job(id: str, author: str = "u-1") -> Job:
    """Give a job that waits."""
    return Job.start(
        id=id, kind=JobKind.IMPORT, case="subjects.import", title="导入监管对象", author=author,
        department="d-1", source="2026年市场主体名录", file="file-1", at=NOON,
    )  # fmt: skip


def full_job(id: str) -> Job:
    """Give a job that is done, with every field filled."""
    made = waiting_job(id)
    made.begin(at=NOON)
    made.cancel(at=NOON)
    made.retry(at=NOON)
    made.begin(at=NOON)
    made.advance(7, 9, attempt=2)
    actor = actor_of("450100", "d-1")
    later = NOON + timedelta(minutes=1)
    made.finish(("共9行",), done=9, results=("file-2",), actor=actor, attempt=2, at=later)
    made.take_events()
    return made


def _hang(root: Job) -> None:
    root._results = ("file-3",)  # noqa: SLF001 - it has no verb left


JOB_CASES: tuple[RepositoryCase[Job], ...] = (
    RepositoryCase(port=Jobs, example=full_job, change=_hang),
)


class JobsContract:
    """What a store of jobs promises. Fixture: ``backend``."""

    def _keep(self, backend: Backend, *jobs: Job) -> None:
        with backend.transactions.begin() as unit:
            for one in jobs:
                unit[Jobs].save(one)
            unit.commit()

    def test_own_jobs_newest_first_page_by_page(self, backend: Backend) -> None:
        """An author's jobs come newest first, and nobody else's."""
        mine = [waiting_job(f"j-{number}") for number in range(5)]
        self._keep(backend, *mine, waiting_job("j-9", "u-2"))
        with backend.transactions.begin_reading() as unit:
            kept = unit[Jobs]
            pages = [
                [one.id for one in page.items]
                for page in every_page(lambda request: kept.of("u-1", request), size=2)
            ]
        assert pages == [["j-4", "j-3"], ["j-2", "j-1"], ["j-0"]]

    def test_open_ones_are_those_that_wait_or_run(self, backend: Backend) -> None:
        """The oldest first, no more than asked for; what has ended is not among them."""
        running, done = waiting_job("j-2"), full_job("j-1")
        running.begin(at=NOON)
        self._keep(backend, waiting_job("j-3"), running, done)
        with backend.transactions.begin_reading() as unit:
            assert [one.id for one in unit[Jobs].open(10)] == ["j-2", "j-3"]
            assert [one.id for one in unit[Jobs].open(1)] == ["j-2"]
