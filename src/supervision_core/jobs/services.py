"""Starting jobs, looking after one's own, and noting how they go."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, TypeVar

from attrs import field, frozen

from supervision_core.audit.model import AuditEntry, Outcome, target_of
from supervision_core.audit.ports import AuditLog
from supervision_core.files.model import FileSlot, MediaType
from supervision_core.files.ports import Visible
from supervision_core.files.services import attach
from supervision_core.identity.model import Actor, PermissionDenied
from supervision_core.identity.ports import PermissionCatalogue
from supervision_core.identity.services import Deeds, Work, question, use_case
from supervision_core.identity.services.actors import actor_now
from supervision_core.jobs.model import Job, JobInvalid, JobKind, JobLine, JobState
from supervision_core.jobs.ports import Jobs
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Conflict, Violation
from supervision_core.kernel.events import Thing
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import FIRST_PAGE, Page, PageRequest
from supervision_core.kernel.ports import Clock, Ids, Transactions

TABLES = frozenset({MediaType.XLSX, MediaType.TXT})
INPUT = FileSlot(kind=Jobs.kind, name="input", accepts=TABLES, most=1)
"""What a job reads."""
RESULT = FileSlot(kind=Jobs.kind, name="result", accepts=TABLES, most=1000)
"""What came of it, of each attempt."""
KINDS: Final = {
    JobKind.IMPORT.value: "导入", JobKind.EXPORT.value: "导出", JobKind.BATCH.value: "批量办理",
}  # fmt: skip
FINISH: Final = "jobs.finish"
_TRIES: Final = 5
Answer = TypeVar("Answer")


class JobFiles(Visible):
    """Answers for the files of jobs: their authors see them, and nobody else."""

    kind = Jobs.kind

    def require(self, work: Work, thing: str, slot: str) -> None:
        """Demand that the job is the actor's own, and still opens for him. Raises ``NotFound``."""
        job = own_job(work, thing)
        if slot == RESULT.name and not job.opens_for(work.actor):
            raise work.foreign(Jobs.kind, thing)


def own_job(work: Work, id: str) -> Job:
    """Give a job of the actor's own. Raises ``NotFound``: another's is as one that never was."""
    job = work[Jobs].get(id)
    if job.author != work.actor.user:
        raise work.foreign(Jobs.kind, id)
    return job


@frozen(kw_only=True)
class StartJob:
    """Which use case shall be carried out how, with which file; ``source`` says what is in it."""

    kind: JobKind = field(metadata=said("作业种类", codes=KINDS, example="import"))
    case: str = field(metadata=said("所办理的操作，即其权限的名称", example="subjects.import"))
    source: str = field(default="", metadata=said("数据来源或范围", example="2026年市场主体名录"))
    file: str = field(metadata=said("已上传的文件编号", example="0123abcd"))


@use_case("jobs.start", "发起后台作业", answers="作业编号")
def start_job(work: Work, cmd: StartJob) -> str:
    """Let a job wait for a worker, with a file that its author has sent; gives its id.

    Whoever may not do what it does may not start it. Raises ``JobInvalid``,
    ``AttachmentsRefused``.
    """
    if not work.actor.may(cmd.case):
        raise PermissionDenied(cmd.case)
    title = work[PermissionCatalogue].titles().get(cmd.case)
    if title is None:
        raise JobInvalid((Violation("jobs.case_unknown", "case"),))
    job = Job.start(
        id=work.ids.next_id(),
        kind=cmd.kind,
        case=cmd.case,
        title=title,
        author=work.actor.user,
        department=work.actor.department,
        source=cmd.source,
        file=cmd.file,
        at=work.now,
    )
    attach(work, INPUT, job.id, [cmd.file], at="file")
    work.save(Jobs, job)
    work.note(kind=cmd.kind, case=cmd.case)
    return job.id


@frozen(kw_only=True)
class NamedJob:
    """A job of one's own."""

    job_id: str = field(metadata=said("作业编号", example="0123abcd"))


@use_case("jobs.cancel", "取消后台作业")
def cancel_job(work: Work, cmd: NamedJob) -> str:
    """Have a job of one's own stop; what is done by then stays done. Raises ``JobOver``."""
    job = own_job(work, cmd.job_id)
    if job.state is not JobState.CANCELLED:
        job.cancel(at=work.now)
        work.save(Jobs, job)
    return job.id


_JOB: Final = Deeds(Jobs, Job, own_job)
retry_job = _JOB.act(
    "jobs.retry", "重试后台作业", "retry", NamedJob,
    """Have a job of one's own that failed, was cancelled or came to nothing carried out once more.

    What is done already stays as it is. Raises ``JobNotOver``.
    """,
)  # fmt: skip


@frozen(kw_only=True)
class JobView:
    """A job as its author sees it."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    version: int = field(metadata=said("版本", example=1))
    kind: JobKind = field(metadata=said("作业种类", codes=KINDS, example="import"))
    title: str = field(metadata=said("名称", example="导入监管对象：2026年市场主体名录"))
    state: JobState = field(
        metadata=said(
            "waiting等待执行，running执行中，done已完成，"
            "nothing没有结果（未导入、未导出任何一行，或没有办成任何一项，原因和办法见记录），"
            "failed失败，cancelled已取消",
            example="running",
        )
    )
    through: int = field(metadata=said("已处理的行数", example=1200))
    total: int = field(metadata=said("总行数，还不知道时为0", example=3000))
    lines: tuple[JobLine, ...] = field(metadata=said("记录"))
    file: str = field(metadata=said("所读文件的编号", example="0123abcd"))
    results: tuple[str, ...] = field(metadata=said("结果文件的编号", example=["0123abcd"]))
    withheld: bool = field(metadata=said("权限或数据范围已变化，结果文件不再提供", example=False))
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
    return _view(work, own_job(work, about.job_id))


@frozen(kw_only=True)
class ListJobs:
    """One's own jobs."""

    page: PageRequest = field(default=FIRST_PAGE, metadata=said("分页"))


@question("jobs.list", "后台作业列表")
def list_jobs(work: Work, about: ListJobs) -> Page[JobView]:
    """List one's own jobs, the newest first."""
    found = work[Jobs].of(work.actor.user, about.page)
    return Page(tuple(_view(work, one) for one in found.items), found.next_cursor)


def _view(work: Work, job: Job) -> JobView:
    withheld = bool(job.results) and not job.opens_for(work.actor)
    return JobView(
        id=job.id,
        version=job.version,
        kind=job.kind,
        title="：".join(filter(None, (job.title, job.source))),
        state=job.state,
        through=job.through,
        total=job.total,
        lines=job.lines,
        file=job.file,
        results=() if withheld else job.results,
        withheld=withheld,
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
        with_lines = tuple(lines)
        self._noted(
            run.id, lambda job: job.fail(with_lines, attempt=run.attempt, at=now), ended=True
        )

    def finish(
        self, run: Job, lines: Sequence[str], *, done: int, results: Sequence[str], actor: Actor
    ) -> None:
        """Note how much was done, the files at its end with it, in its author's name.

        Raises ``JobOver``.
        """

        def attempt() -> None:
            with self.transactions.begin() as unit:
                work = Work(actor, self.clock.now(), self.ids, unit)
                job = work[Jobs].get(run.id)
                job.finish(
                    tuple(lines), done=done, results=tuple(results), actor=actor,
                    attempt=run.attempt, at=work.now,
                )  # fmt: skip
                attach(work, RESULT, job.id, results)
                work.save(Jobs, job)
                unit[AuditLog].append(work.entry(FINISH, _request(job), Outcome.DONE))
                unit.commit()

        _tried(attempt)

    def _noted(self, id: str, note: Callable[[Job], None], *, ended: bool = False) -> Job:
        def attempt() -> Job:
            with self.transactions.begin() as unit:
                job = unit[Jobs].get(id)
                note(job)
                unit[Jobs].save(job)
                thing = Thing(Jobs.kind, job.id, job.version)
                for event in job.take_events():
                    unit.emit(event, thing)
                if ended:
                    unit[AuditLog].append(_ended(job, self.clock.now()))
                unit.commit()
                return job

        return _tried(attempt)


def _request(job: Job) -> str:
    return sm3(job.key.encode()).hex()


def _ended(job: Job, at: datetime) -> AuditEntry:
    """Give the entry of a job that failed: its author may be there no more."""
    return AuditEntry(
        at=at, actor=job.author, department=job.department, action=FINISH, outcome=Outcome.DONE,
        request=_request(job), targets=(target_of(Jobs.kind, job.id, job.version),),
        note=(("state", job.state.value),),
    )  # fmt: skip


def _tried(attempt: Callable[[], Answer]) -> Answer:
    """Try anew where the author was quicker: he cancels while the worker notes how far it is."""
    for _ in range(_TRIES):
        try:
            return attempt()
        except Conflict:
            continue
    return attempt()
