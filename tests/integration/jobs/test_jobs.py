"""后台作业: carried out once whatever happens, with the rights of their authors, and no pickle."""

import base64
import json
import os
import pickle  # what must not be read
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from attrs import evolve
from sqlalchemy import MetaData, Table, func, select
from tests.eventually import eventually
from tests.integration.forked import begin

from adapters.jobs.dbos_queue import DbosQueue
from adapters.jobs.unpickled import PICKLED, PickleRefused
from adapters.sql.subjects import subject
from entrypoints.catalogue import asked_type, title_of
from entrypoints.container import open_queue
from entrypoints.jobs import JobRunner, batch_order, export_order, runs
from entrypoints.jobs.runner import Interrupted
from entrypoints.worker.jobs import StartedJobs
from entrypoints.worker.loop import Alarmed
from supervision_core.files.services import FetchFile, fetch_file
from supervision_core.identity.model import PermissionDenied
from supervision_core.identity.services.lists import cases_of as list_cases
from supervision_core.jobs.model import JobKind, JobNotOver, JobOver, JobState
from supervision_core.jobs.ports import QueueRefused
from supervision_core.jobs.services import (
    ListJobs,
    NamedJob,
    cancel_job,
    list_jobs,
    retry_job,
    view_job,
)
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.paging import every_page
from supervision_core.subjects.lists import SUBJECTS
from supervision_core.subjects.ports import Subjects
from supervision_core.subjects.services import TagSubject

from .conftest import Office, Store, firms


def stored(office: Office) -> int:
    """Count the subjects that are in."""
    with office.platform.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(subject)).scalar_one()


@contextmanager
def working(office: Office, folder: Path, ended: signal.Signals) -> Iterator[None]:
    """Let a worker run as a process of its own, until it is ended by a signal."""
    worker = begin(("worker", "--database", office.url), os.environ, folder)
    assert worker.pid is not None
    try:
        yield
    finally:
        os.kill(worker.pid, ended)
        worker.join()


@pytest.fixture
def worked(office: Office, store: Store) -> Iterator[Callable[[], Any]]:
    """Give what carries jobs out through the queue of that store."""
    del store
    stop = Event()
    started = StartedJobs(office.platform, lambda: open_queue(office.platform), stop).job()
    yield started.run
    stop.set()
    started.end()


def test_every_kind_has_what_carries_it_out() -> None:
    """And asks for the permission of what it does."""
    for kind in JobKind:
        assert runs(kind)
        assert all(title_of(case) != case for case in runs(kind))
    assert not runs(JobKind.IMPORT).keys() & runs(JobKind.EXPORT).keys()


def test_a_table_is_taken_in_and_wrong_rows_come_back(
    office: Office, worked: Callable[[], None]
) -> None:
    """Good rows go in; the log says row, column, reason and remedy, the file has the wrong row."""
    job = office.start(firms(30, wrong=1))
    worked()
    eventually(lambda: not office.job(job).is_open)
    found = office.job(job)
    said = [one.text for one in found.lines]
    assert (found.state, found.through) == (JobState.DONE, found.total)
    assert "共31行：新增30，更新0，未变0，未导入1" in said
    assert any(one.startswith("第32行") and "身份代码" in one and "；" in one for one in said)
    about = FetchFile(kind="job", thing_id=job, file_id=found.results[0])
    view = office.platform.commands.ask(fetch_file, about, actor=office.clerk())
    assert view.name == "未导入的行.xlsx"
    assert stored(office) == 30


def test_the_log_says_each_reason_once_and_what_is_doubted(office: Office) -> None:
    """Its rows beside it, the first of many; also what kept nothing out, which one must look at."""
    job = office.start(firms(2, wrong=7, doubted=2))
    JobRunner(office.platform).run(job)
    kept_out, *_, doubted = [one.text for one in office.job(job).lines if one.text.startswith("第")]
    assert kept_out.startswith("第4、5、6、7、8行等7行未导入，“统一社会信用代码”：没有")
    assert doubted.startswith(
        "第11、12行已导入，请核对“统一社会信用代码”：统一社会信用代码校验不符，第18位应为…"
    )


@pytest.mark.parametrize(("wrong", "told"), [(2, "原因和办法见下"), (0, "表头下面没有数据")])
def test_a_table_of_which_nothing_is_taken_in_is_told_so_first(
    office: Office, wrong: int, told: str
) -> None:
    """Zero is no success: the state is no 已完成, and the first line says why and what to do."""
    job = office.start(firms(0, wrong=wrong))
    JobRunner(office.platform).run(job)
    begun, first, *_ = office.job(job).lines
    assert (begun.text, told in first.text) == ("开始", True), first
    assert first.text.startswith("没有导入任何一行")
    assert_came_to_nothing(office, job)


def assert_came_to_nothing(office: Office, job: str) -> None:
    """So its author sees it and is told, and he may have it carried out once more."""
    commands, clerk = office.platform.commands, office.clerk()
    assert commands.ask(view_job, NamedJob(job_id=job), actor=clerk).state is JobState.NOTHING
    assert office.events("job")[job] == "jobs.JobCameToNothing"
    commands.run(retry_job, NamedJob(job_id=job), actor=clerk)
    assert office.job(job).is_open


def test_a_list_of_which_nothing_is_given_out_is_told_so(office: Office) -> None:
    """No row answers what was asked for."""
    cases = list_cases(SUBJECTS)
    order = export_order(SUBJECTS, cases.asking(name="没有这样的"))
    job = office.begin(JobKind.EXPORT, cases.export.name, order)
    JobRunner(office.platform).run(job)
    assert office.job(job).lines[-1].text.startswith("没有导出任何一行：按所选条件没有数据")
    assert_came_to_nothing(office, job)


def test_a_batch_of_which_nothing_was_done_is_told_so(office: Office) -> None:
    """Each was left out, for a reason that stands below."""
    order = batch_order(TagSubject(subject_id="", reason="核实"), ["none", "nor-this"])
    job = office.begin(JobKind.BATCH, "subjects.tag", order)
    JobRunner(office.platform).run(job)
    _, first, counted, *reasons = [one.text for one in office.job(job).lines]
    assert first.startswith("没有办成任何一项")
    assert (counted, len(reasons)) == ("共2条：成功0，跳过2", 2)
    assert_came_to_nothing(office, job)


def test_nobody_else_sees_a_job_or_its_files(office: Office) -> None:
    """Another's job is as one that never was, and so are its files."""
    job = office.start(firms(1))
    clerk = office.clerk()
    other = type(clerk)(
        user="other", department="nanning", scope=clerk.scope, permissions=clerk.permissions
    )
    commands = office.platform.commands
    with pytest.raises(NotFound):
        commands.run(cancel_job, NamedJob(job_id=job), actor=other)
    about = FetchFile(kind="job", thing_id=job, file_id=office.job(job).file)
    with pytest.raises(NotFound):
        commands.ask(fetch_file, about, actor=other)
    assert commands.ask(list_jobs, ListJobs(), actor=other).items == ()
    assert [one.id for one in commands.ask(list_jobs, ListJobs(), actor=clerk).items] == [job]


def test_a_cancelled_job_stops_and_may_be_carried_out_again(office: Office) -> None:
    """Cancelled twice it is cancelled once; a retry begins anew and does nothing twice."""
    job = office.start(firms(5))
    run, clerk, commands = JobRunner(office.platform).run, office.clerk(), office.platform.commands
    commands.run(cancel_job, NamedJob(job_id=job), actor=clerk)
    commands.run(cancel_job, NamedJob(job_id=job), actor=clerk)
    run(job)
    assert (office.job(job).state, stored(office)) == (JobState.CANCELLED, 0)
    commands.run(retry_job, NamedJob(job_id=job), actor=clerk)
    with pytest.raises(JobNotOver):
        commands.run(retry_job, NamedJob(job_id=job), actor=clerk)
    run(job)
    run(job)
    assert (office.job(job).state, stored(office), office.counted("subjects.import")) == (
        JobState.DONE,
        5,
        1,
    )
    with pytest.raises(JobOver):
        commands.run(cancel_job, NamedJob(job_id=job), actor=clerk)


def test_an_author_who_lost_the_right_is_told_why(office: Office) -> None:
    """The job fails before anything is stored; without the right none starts."""
    job = office.start(firms(5))
    office.revoke("subjects.import")
    JobRunner(office.platform).run(job)
    found = office.job(job)
    assert (found.state, stored(office)) == (JobState.FAILED, 0)
    title = title_of("subjects.import")
    assert found.lines[-1].text.startswith(f"发起人已没有“{title}”的权限")
    with pytest.raises(PermissionDenied):
        office.start(firms(1))


def test_a_lost_store_loses_nothing(
    office: Office, store: Store, worked: Callable[[], None]
) -> None:
    """The queue is made anew; a job that another store knew as running is carried out."""
    job = office.start(firms(40))
    JobRunner(office.platform).record.begin(job)
    store.lose()
    worked()
    eventually(lambda: not office.job(job).is_open)
    assert (office.job(job).state, stored(office)) == (JobState.DONE, 40)
    assert "中断后继续" in [one.text for one in office.job(job).lines]


def test_a_killed_worker_goes_on_where_it_stopped(
    office: Office, store: Store, tmp_path: Path
) -> None:
    """``kill -9`` in the middle: the next worker ends the job, and no chunk is stored twice."""
    del store
    count = 3000
    job = office.start(firms(count))
    with working(office, tmp_path, signal.SIGKILL):
        eventually(lambda: office.counted("subjects.import") >= 1)
    assert office.job(job).is_open
    with working(office, tmp_path, signal.SIGTERM):
        eventually(lambda: not office.job(job).is_open)
    found = office.job(job)
    assert (found.state, stored(office)) == (JobState.DONE, count)
    assert f"共{count}行：新增{count}，更新0，未变0，未导入0" in [one.text for one in found.lines]
    assert any(one.text == "中断后继续" for one in found.lines)


class Evil:
    """What runs when a pickle is read."""

    def __reduce__(self) -> Any:
        """Write a file."""
        return (open, (self.mark, "w"))

    mark = ""


def planted(store: Store, mark: Path) -> None:
    """Write a row that says that it is a pickle, as whoever has the store's password can."""
    Evil.mark = str(mark)
    evil = base64.b64encode(pickle.dumps(Evil())).decode()
    with store.open() as database:
        rows = Table("workflow_status", MetaData(), schema=store.schema, autoload_with=database)
        found = dict(database.execute(select(rows).limit(1)).mappings().one())
        said = {"workflow_uuid": "evil", "status": "PENDING", "inputs": evil}
        planted = {**found, **said, "serialization": PICKLED, "recovery_attempts": 0}
        database.execute(rows.insert(), planted)


def test_a_pickle_in_the_store_is_refused(
    office: Office, store: Store, worked: Callable[[], None], tmp_path: Path
) -> None:
    """No code of it runs: the worker alarms, and the queue takes nothing more in."""
    job = office.start(firms(2))
    worked()
    eventually(lambda: not office.job(job).is_open)
    mark = tmp_path / "ran"
    planted(store, mark)
    office.start(firms(1))
    with pytest.raises(Alarmed, match="作业队列的数据被改动过"):
        worked()
    anew = DbosQueue(url=store.url, worker="w", fresh_id=str)
    with pytest.raises(QueueRefused):
        anew.start(print)
    assert not mark.exists()


def test_dbos_itself_reads_no_pickle() -> None:
    """Whatever a row says: its own functions raise."""
    from dbos import _serialization as theirs  # noqa: PLC0415 - what is tried

    evil = base64.b64encode(pickle.dumps({"args": (), "kwargs": {}})).decode()
    ours = theirs.DBOSPortableJSON
    for read in (theirs.deserialize_args, theirs.deserialize_value, theirs.deserialize_exception):
        with pytest.raises(PickleRefused):
            read(evil, PICKLED, ours)
    with pytest.raises(PickleRefused):
        theirs.serialize_value_as({}, PICKLED, ours)
    with pytest.raises(PickleRefused):
        theirs.DefaultSerializer().deserialize(evil)


def test_a_long_list_is_given_out_in_files(
    office: Office, worked: Callable[[], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Every row is in one of the files; the log keeps how many and by what criteria."""
    monkeypatch.setattr("entrypoints.jobs.exports.ROWS_A_FILE", 300)
    JobRunner(office.platform).run(office.start(firms(650)))
    cases = list_cases(SUBJECTS)
    order = export_order(SUBJECTS, cases.asking(name="示例"))
    job = office.begin(JobKind.EXPORT, cases.export.name, order)
    worked()
    eventually(lambda: not office.job(job).is_open)
    found = office.job(job)
    assert (found.state, found.through) == (JobState.DONE, 650), found.lines
    assert "共导出650条，分3个文件" in [one.text for one in found.lines]
    tables = [office.fetched(job, one, tmp_path) for one in found.results]
    assert [len(rows) for _, rows in tables] == [301, 301, 51]
    assert tables[0][0] == "监管对象（1）.xlsx"
    names = {row[0] for _, rows in tables for row in rows[1:]}
    assert names == {f"示例食品厂{number}号" for number in range(650)}
    said = {"rows": "650", "criteria": "监管对象名称：已填写，内容不记录"}
    assert office.noted("subjects.export_subjects") == said


def test_of_many_rows_that_were_chosen_the_log_keeps_number_and_digest(office: Office) -> None:
    """The digest is that of their ids, sorted, one a line."""
    cases, ids = list_cases(SUBJECTS), tuple(f"id{number:02}" for number in range(21))
    given = asked_type(cases.noting)(asked=cases.asking(ids=ids[::-1]), rows=21)
    office.platform.commands.run(cases.noting, given, actor=office.clerk())
    said = office.noted("subjects.export_subjects")["criteria"]
    assert said == f"勾选21条，编号的SM3：{sm3(chr(10).join(ids).encode()).hex()}"


def test_an_order_written_before_columns_were_chosen_gives_all_of_them(
    office: Office, tmp_path: Path
) -> None:
    """What waited while the platform was renewed is carried out."""
    JobRunner(office.platform).run(office.start(firms(3)))
    order = json.loads(export_order(SUBJECTS, list_cases(SUBJECTS).asking()))
    whole = json.dumps(order).encode()
    del order["columns"]
    found = []
    for one in (whole, json.dumps(order).encode()):
        job = office.begin(JobKind.EXPORT, list_cases(SUBJECTS).export.name, one)
        JobRunner(office.platform).run(job)
        assert office.job(job).state is JobState.DONE, office.job(job).lines
        found.append(office.fetched(job, office.job(job).results[0], tmp_path)[1])
    assert found[0] == found[1]


def test_whoever_lost_right_or_reach_gets_no_file(office: Office) -> None:
    """At the download too: the file is as one that never was, and the page says why."""
    JobRunner(office.platform).run(office.start(firms(3)))
    case = list_cases(SUBJECTS).export.name
    order = export_order(SUBJECTS, list_cases(SUBJECTS).asking())
    job = office.begin(JobKind.EXPORT, case, order)
    JobRunner(office.platform).run(job)
    (file,) = office.job(job).results
    fetch = FetchFile(kind="job", thing_id=job, file_id=file)
    commands = office.platform.commands
    commands.ask(fetch_file, fetch, actor=office.clerk())
    narrower = evolve(office.clerk(), scope=evolve(office.clerk().scope, region="450103"))
    with pytest.raises(NotFound):
        commands.ask(fetch_file, fetch, actor=narrower)
    office.revoke(case)
    with pytest.raises(NotFound):
        commands.ask(fetch_file, fetch, actor=office.clerk())
    view = commands.ask(view_job, NamedJob(job_id=job), actor=office.clerk())
    assert (view.results, view.withheld) == ((), True)


def test_a_job_does_what_jobs_do_and_nothing_else(office: Office) -> None:
    """Another use case, and an order that nobody of ours wrote, are refused in words."""
    runner, case = JobRunner(office.platform), list_cases(SUBJECTS).export.name
    unfit = office.begin(JobKind.BATCH, "files.fetch", b"{}")
    unread = office.begin(JobKind.EXPORT, case, b"{}")
    for job, said in ((unfit, "不能由后台执行"), (unread, "读不出来")):
        runner.run(job)
        assert office.job(job).state is JobState.FAILED
        assert said in office.job(job).lines[-1].text


def test_who_started_a_job_is_told_of_its_end(office: Office) -> None:
    """One event for the relay, which the author's message is made of."""
    done, failed = office.start(firms(1)), office.begin(JobKind.BATCH, "files.fetch", b"{}")
    for job in (done, failed):
        JobRunner(office.platform).run(job)
    assert office.events("job") == {done: "jobs.JobDone", failed: "jobs.JobFailed"}


class Stopping(Event):
    """Tells a run to stop at its look of that number."""

    def __init__(self, looks: int) -> None:
        """Let it go on until then."""
        super().__init__()
        self._left = looks

    def is_set(self) -> bool:
        """Count a look."""
        self._left -= 1
        return self._left < 0


def test_a_batch_does_each_once_and_tells_of_each(office: Office, tmp_path: Path) -> None:
    """Broken off and begun anew, no row is done twice; what a rule refuses is left out, and why."""
    JobRunner(office.platform).run(office.start(firms(150)))
    commands, cases, case = office.platform.commands, list_cases(SUBJECTS), "subjects.tag"
    ids = [
        one.id
        for page in every_page(
            lambda page: commands.ask(cases.list, cases.asking(page=page), actor=office.clerk())
        )
        for one in page.items
    ]
    with office.platform.transactions.begin() as unit:
        gone = unit[Subjects].get(ids[7])
        gone.delete("先前已删除", at=office.platform.clock.now())
        unit[Subjects].save(gone)
        unit.commit()
    order = batch_order(TagSubject(subject_id="", reason="核实"), ids)
    job = office.begin(JobKind.BATCH, case, order)
    with pytest.raises(Interrupted):
        JobRunner(office.platform, Stopping(60)).run(job)
    assert office.job(job).is_open
    JobRunner(office.platform).run(job)
    found = office.job(job)
    assert (found.state, found.through) == (JobState.DONE, 150)
    assert "共150条：成功149，跳过1" in [one.text for one in found.lines]
    assert office.counted(case) == 149
    name, rows = office.fetched(job, found.results[0], tmp_path)
    assert name == "办理结果.xlsx"
    assert [row[1] for row in rows[1:]].count("成功") == 149
    assert [row[2] != "" for row in rows[1:] if row[1] == "跳过"] == [True]
