"""后台作业: what whoever is logged in has started, how far it is, and what came of it."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from entrypoints.container import scratch_folder
from entrypoints.http.api.tables import is_workbook, reported, require_workbook
from entrypoints.http.routes import Call
from entrypoints.http.web.attached import file_path
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.reading import Field, Kind
from entrypoints.http.web.returning import going_on
from entrypoints.intake import Advance, ImportReport
from entrypoints.jobs import stage
from entrypoints.jobs.imports import WRONG_ROWS, workbooks
from supervision_core.identity.services import UseCase
from supervision_core.jobs.model import AGAIN_STATES, NOTHING, OPEN_STATES, JobKind, JobState
from supervision_core.jobs.ports import Jobs
from supervision_core.jobs.services import (
    JobView,
    ListJobs,
    NamedJob,
    StartJob,
    cancel_job,
    list_jobs,
    retry_job,
    start_job,
    view_job,
)
from supervision_core.kernel.errors import KeyReused
from supervision_core.kernel.paging import PageRequest

PATH: Final = f"{HOME}/jobs"
NAME: Final = "page_jobs"
MOST_BYTES: Final = 1024 * 1024
MOST_ROWS: Final = 500
"""A table that is larger in bytes or rows is taken in by the worker."""
ORDER_NAME: Final = "作业要求.txt"
TABLE_NAME: Final = "导入的表格.xlsx"
STATES: Final[Mapping[JobState, tuple[str, str]]] = {
    JobState.WAITING: ("等待执行", "grey"),
    JobState.RUNNING: ("执行中", "blue"),
    JobState.DONE: ("已完成", "green"),
    JobState.FAILED: ("失败", "red"),
    JobState.CANCELLED: ("已取消", "grey"),
}
"""What a state is called, where that is the same for jobs of every kind."""


WORKBOOK: Final = Field(
    name="workbook", title="表格文件（.xlsx）", kind=Kind.FILE, required=True,
    hint="有错的行逐条说明，并可下载更正；其余照常导入；同一文件重复导入不产生变化",
)  # fmt: skip


class _Large(Exception):
    """A table has more rows than are taken in while a page waits."""


def table_asked(title: str, base: str, template: str) -> Shown:
    """Ask for a workbook of what the list at ``base`` shows."""
    values: dict[str, Any] = {
        "title": f"导入{title}", "action": f"{base}/import", "back": base, "fields": (WORKBOOK,),
        "values": {}, "report": None, "template": template,
    }  # fmt: skip
    return Shown(template="import.html", values=values)


def table_taken(  # noqa: PLR0913 - what is sent, for what, and how it is taken in
    call: Call,
    case: UseCase[Any, Any],
    asked: Shown,
    take_in: Callable[[Path, Advance], ImportReport],
    *,
    source: str = "",
    most: int = MOST_ROWS,
) -> Shown:
    """Take in what was sent; where it was ``asked``, tell what became of each row.

    ``take_in`` is given where the rows to correct are written, which are offered back, and tells
    first how many rows there are. A large table is left to the worker, and where that is seen is
    shown instead: only a workbook is kept as a file, and only for who may start jobs.
    """
    later = is_workbook(call.content) and call.who.may(start_job.permission)

    def expect(rows: int) -> None:
        if later and rows > most:
            raise _Large

    if later and len(call.content) > MOST_BYTES:
        return start(call, JobKind.IMPORT, case, call.content, TABLE_NAME, source)
    with scratch_folder("import") as folder:
        wrong = folder / WRONG_ROWS
        try:
            found = take_in(wrong, expect)
        except _Large:
            return start(call, JobKind.IMPORT, case, call.content, TABLE_NAME, source)
        rows = b64encode(wrong.read_bytes()).decode() if found.refused else ""
    report = reported(found, call.platform.messages)
    values = {**asked.values, "report": report, "rows": rows, "rows_name": WRONG_ROWS}
    return Shown(template=asked.template, values=values)


def workbook_taken(call: Call, case: UseCase[Any, Any], asked: Shown) -> Shown:
    """Take in the workbook that was sent, as ``table_taken``. Raises ``MediaTypeUnfit``."""
    require_workbook(call, case, call.content)

    def take_in(wrong: Path, expect: Advance) -> ImportReport:
        return workbooks()[case.name](
            call.platform, BytesIO(call.content), actor=call.who, key=call.key, errors=wrong,
            expect=expect,
        )  # fmt: skip

    return table_taken(call, case, asked, take_in)


def start(  # noqa: PLR0913, PLR0917 - what is to be done, and with what
    call: Call,
    kind: JobKind,
    case: UseCase[Any, Any],
    content: bytes,
    name: str,
    source: str = "",
) -> Shown:
    """Have the worker carry ``case`` out with a file of this content; show where that is seen.

    The same form sent twice starts one job.
    """
    file = stage(call.platform, call.who, name, content)
    command = StartJob(kind=kind, case=case.name, source=source, file=file)
    with suppress(KeyReused):
        carry_out(call, start_job, command, changes=None)
    return going_on(gone_on(PATH, "job_started").goes_to)


def _row(call: Call, one: JobView) -> Mapping[str, Any]:
    title, colour = STATES.get(one.state) or (NOTHING[one.kind], "amber")
    return {
        "job": one, "title": one.title, "state": title, "colour": colour,
        "latest": [line for line in one.lines if line.at == one.ended_at][:2] or one.lines[-2:],
        "results": [file_path(Jobs.kind, one.id, each) for each in one.results],
        "cancels": one.state in OPEN_STATES and call.who.may(cancel_job.permission),
        "retries": one.state in AGAIN_STATES and call.who.may(retry_job.permission),
    }  # fmt: skip


def _jobs(call: Call, form: Form) -> Shown:
    cursor = form.get("cursor") or None
    found = ask(call, list_jobs, ListJobs(page=PageRequest(cursor=cursor)))
    values = {
        "title": "后台作业",
        "base": PATH,
        "rows": [_row(call, one) for one in found.items],
        "goes_on": any(one.state in OPEN_STATES for one in found.items) and not cursor,
        "next_cursor": found.next_cursor,
    }
    return Shown(template="jobs.html", values=values)


def _job(call: Call, form: Form) -> Shown:
    found = ask(call, view_job, NamedJob(job_id=form["job_id"]))
    values = {
        "title": found.title, "base": PATH, "own": f"{PATH}/{found.id}", "one": _row(call, found),
        "goes_on": found.state in OPEN_STATES,
    }  # fmt: skip
    return Shown(template="job.html", values=values)


def _cancel(call: Call, form: Form) -> Shown:
    carry_out(call, cancel_job, NamedJob(job_id=form["job_id"]), changes=None)
    return gone_on(PATH, "job_cancelled")


def _retry(call: Call, form: Form) -> Shown:
    carry_out(call, retry_job, NamedJob(job_id=form["job_id"]), changes=None)
    return gone_on(PATH, "job_again")


JOB_PAGES: Final = (
    Page(method="GET", path=PATH, name=NAME, access=list_jobs.permission, run=_jobs,
         menu=("我的工作台", "后台作业"), icon="ti-upload"),
    Page(method="GET", path=f"{PATH}/{{job_id}}", name=f"{NAME}_view", access=view_job.permission,
         run=_job),
    Page(method="POST", path=f"{PATH}/{{job_id}}/cancel", name=f"{NAME}_cancel",
         access=cancel_job.permission, run=_cancel, again=_jobs),
    Page(method="POST", path=f"{PATH}/{{job_id}}/retry", name=f"{NAME}_retry",
         access=retry_job.permission, run=_retry, again=_jobs),
)  # fmt: skip
"""One's own jobs; a page while one of them runs shows itself anew every few seconds."""
