"""Starting jobs, looking after one's own, and noting how they go."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, TypeVar

from attrs import field, frozen

from supervision_core.audit.model import Outcome
from supervision_core.audit.ports import AuditLog
from supervision_core.files.model import FileSlot, MediaType
from supervision_core.files.ports import Visible
from supervision_core.files.services import attach
from supervision_core.identity.model import Actor, PermissionDenied
from supervision_core.identity.services import Work, question, use_case
from supervision_core.identity.services.actors import actor_now
from supervision_core.jobs.model import NATURES, Job, JobKind, JobLine, JobState
from supervision_core.jobs.ports import Jobs
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Conflict
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import FIRST_PAGE, Page, PageRequest
from supervision_core.kernel.ports import Clock, Ids, Transactions

TABLES = frozenset({MediaType.XLSX, MediaType.TXT})
INPUT = FileSlot(kind=Jobs.kind, name="input", accepts=TABLES, most=1)
"""What a job reads."""
RESULT = FileSlot(kind=Jobs.kind, name="result", accepts=TABLES, most=100)
"""What came of it: one for each attempt."""
_TRIES: Final = 5
Answer = TypeVar("Answer")


class JobFiles(Visible):
    """Answers for the files of jobs: their authors see them, and nobody else."""

    kind = Jobs.kind

    def require(self, work: Work, thing: str, slot: str) -> None:
        """Demand that the job is the actor's own. Raises ``NotFound``."""
        del slot
        own_job(work, thing)


def own_job(work: Work, id: str) -> Job:
    """Give a job of the actor's own. Raises ``NotFound``: another's is as one that never was."""
    job = work[Jobs].get(id)
    if job.author != work.actor.user:
        raise work.foreign(Jobs.kind, id)
    return job


@frozen(kw_only=True)
class StartJob:
    """What shall be done, with which file; ``source`` is what its table is called."""

    kind: JobKind = field(
        metadata=said(
            "作业种类", codes={"import_subjects": "导入监管对象"}, example="import_subjects"
        )
    )
    source: str = field(metadata=said("数据来源", example="2026年市场主体名录"))
    file: str = field(metadata=said("已上传的文件编号", example="0123abcd"))


@use_case("jobs.start", "发起后台作业", answers="作业编号")
def start_job(work: Work, cmd: StartJob) -> str:
    """Let a job wait for a worker, with a file that its author has sent; gives its id.

    Whoever may not do what it does may not start it. Raises ``JobInvalid``,
    ``AttachmentsRefused``.
    """
    permission = NATURES[cmd.kind].permission
    if not work.actor.may(permission):
        raise PermissionDenied(permission)
    job = Job.start(
        id=work.ids.next_id(),
        kind=cmd.kind,
        author=work.actor.user,
        department=work.actor.department,
        source=cmd.source,
        file=cmd.file,
        at=work.now,
    )
    attach(work, INPUT, job.id, [cmd.file], at="file")
    work.save(Jobs, job)
    work.note(kind=cmd.kind)
    return job.id


@frozen(kw_only=True)
class NamedJob:
    """A job of one's own."""

    job_id: str = field(metadata=said("作业编号", example="0123abcd"))


@use_case("jobs.cancel", "取消后台作业")
def cancel_job(work: Work, cmd: NamedJob) -> str:
    """Have a job of one's own stop; what is in by then stays in. Raises ``JobOver``."""
    job = own_job(work, cmd.job_id)
    if job.state is not JobState.CANCELLED:
        job.cancel(at=work.now)
        work.save(Jobs, job)
    return job.id


@use_case("jobs.retry", "重试后台作业")
def retry_job(work: Work, cmd: NamedJob) -> str:
    """Have a job of one's own that failed or was cancelled carried out once more.

    What is in already stays as it is. Raises ``JobNotOver``.
    """
    job = own_job(work, cmd.job_id)
    job.retry(at=work.now)
    work.save(Jobs, job)
    return job.id


@frozen(kw_only=True)
class JobView:
    """A job as its author sees it."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    version: int = field(metadata=said("版本", example=1))
    kind: JobKind = field(metadata=said("作业种类", example="import_subjects"))
    title: str = field(metadata=said("名称", example="导入监管对象：2026年市场主体名录"))
    state: JobState = field(
        metadata=said(
            "waiting等待执行，running执行中，done已完成，failed失败，cancelled已取消",
            example="running",
        )
    )
    through: int = field(metadata=said("已处理的行数", example=1200))
    total: int = field(metadata=said("总行数，还不知道时为0", example=3000))
    lines: tuple[JobLine, ...] = field(metadata=said("记录"))
    file: str = field(metadata=said("所读文件的编号", example="0123abcd"))
    result: str = field(metadata=said("结果文件的编号，没有的为空", example="0123abcd"))
    made_at: datetime = field(metadata=said("发起时间", example="2026-01-31T08:00:00+00:00"))
    started_at: datetime | None = field(
        metadata=said("开始时间", example="2026-01-31T08:00:01+00:00")
    )
    ended_at: datetime | None = field(
        metadata=said("结束时间", example="2026-01-31T08:01:00+00:00")
    )


@question("jobs.view", "查看后台作业")
def view_job(work: Work, about: NamedJob) -> JobView:
    """Show a job of one's own."""
    return _view(own_job(work, about.job_id))


@frozen(kw_only=True)
class ListJobs:
    """One's own jobs."""

    page: PageRequest = field(default=FIRST_PAGE, metadata=said("分页"))


@question("jobs.list", "后台作业列表")
def list_jobs(work: Work, about: ListJobs) -> Page[JobView]:
    """List one's own jobs, the newest first."""
    found = work[Jobs].of(work.actor.user, about.page)
    return Page(tuple(map(_view, found.items)), found.next_cursor)


def _view(job: Job) -> JobView:
    return JobView(
        id=job.id,
        version=job.version,
        kind=job.kind,
        title=f"{NATURES[job.kind].title}：{job.source}",
        state=job.state,
        through=job.through,
        total=job.total,
        lines=job.lines,
        file=job.file,
        result=job.result,
        made_at=job.made_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
    )


@frozen(kw_only=True)
class JobRecord:
    """Keeps how jobs go; what a job changes is audited by the commands that it carries out."""

    transactions: Transactions
    clock: Clock
    ids: Ids

    def open(self, limit: int) -> Sequence[str]:
        """Name the oldest jobs that wait or run."""
        with self.transactions.begin_reading() as unit:
            return [one.id for one in unit[Jobs].open(limit)]

    def find(self, id: str) -> Job:
        """Give a job. Raises ``NotFound``."""
        with self.transactions.begin_reading() as unit:
            return unit[Jobs].get(id)

    def author(self, job: Job) -> Actor | None:
        """Give its author as he is now, ``None`` where he may not work any more."""
        day = local_day(self.clock.now())
        with self.transactions.begin_reading() as unit:
            return actor_now(unit, job.author, job.department, day)

    def begin(self, id: str) -> Job:
        """Note that it runs. Raises ``JobOver``."""
        return self._noted(id, lambda job: job.begin(at=self.clock.now()))

    def advance(self, run: Job, through: int, total: int) -> None:
        """Note how far a run is. Raises ``JobOver`` for one that was cancelled."""
        self._noted(run.id, lambda job: job.advance(through, total, attempt=run.attempt))

    def fail(self, run: Job, lines: Sequence[str]) -> None:
        """Note why it cannot go on. Raises ``JobOver``."""
        now = self.clock.now()
        self._noted(run.id, lambda job: job.fail(tuple(lines), attempt=run.attempt, at=now))

    def finish(self, run: Job, lines: Sequence[str], *, result: str, actor: Actor) -> None:
        """Note what came of it, the file at its end with it, in its author's name.

        Raises ``JobOver``.
        """

        def attempt() -> None:
            with self.transactions.begin() as unit:
                work = Work(actor, self.clock.now(), self.ids, unit)
                job = work[Jobs].get(run.id)
                job.finish(tuple(lines), result=result, attempt=run.attempt, at=work.now)
                if result:
                    attach(work, RESULT, job.id, [result])
                work.save(Jobs, job)
                entry = work.entry("jobs.finish", sm3(job.key.encode()).hex(), Outcome.DONE)
                unit[AuditLog].append(entry)
                unit.commit()

        _tried(attempt)

    def _noted(self, id: str, note: Callable[[Job], None]) -> Job:
        def attempt() -> Job:
            with self.transactions.begin() as unit:
                job = unit[Jobs].get(id)
                note(job)
                unit[Jobs].save(job)
                unit.commit()
                return job

        return _tried(attempt)


def _tried(attempt: Callable[[], Answer]) -> Answer:
    """Try anew where the author was quicker: he cancels while the worker notes how far it is."""
    for _ in range(_TRIES):
        try:
            return attempt()
        except Conflict:
            continue
    return attempt()
