"""任务档案: a task step by step, and the lists of what followed from it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from entrypoints.http.routes import JSON, Call, Reply
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask, wrapped
from entrypoints.list_tables import names_of
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.paging import MAX_PAGE_SIZE, PageRequest
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.registers import described
from supervision_core.kernel.registers.tables import cell_of
from supervision_core.tasks.lists import (
    PUBLICATIONS,
    RECTIFICATIONS,
    REVIEWS,
    TERM_WARNINGS,
    TRANSFERS,
    VISITS,
)
from supervision_core.tasks.lists.tasks import UnstaffedView
from supervision_core.tasks.services.archiving import (
    ShowTaskFile,
    StepView,
    view_manifest,
    view_task_file,
)
from supervision_core.tasks.services.claim_draws import (
    CheckedDrawView,
    SentView,
    ViewClaimDraws,
    view_claim_draws,
)

_TASKS: Final = f"{HOME}/tasks/tasks"
_FOLLOWING: Final = (VISITS, RECTIFICATIONS, TRANSFERS, REVIEWS, PUBLICATIONS, TERM_WARNINGS)


def show(call: Call, form: Form) -> Shown:
    """Show what happened in a task, oldest first."""
    found = ask(call, view_task_file, ShowTaskFile(task_id=form["task_id"]))
    values = {
        "title": f"任务全流程档案：{found.number}", "said": _named(found),
        "parts": [_table(found, "steps", StepView)],
        "links": [
            {"path": f"{_TASKS}/{found.id}", "title": "任务详情"},
            *(_manifest_link(call, found.id) if found.archived else ()),
            *_following(call, found.number),
            {"path": _TASKS, "title": "返回列表"},
        ],
    }  # fmt: skip
    return Shown(template="list_view.html", values=values)


def _named(found: Any) -> list[tuple[str, str]]:
    fields = {one.name: one.title for one in described(type(found))}
    return [(fields["number"], found.number), (fields["name"], found.name)]


def _table(found: Any, part: str, of: type, *first: str) -> Mapping[str, Any]:
    """Give rows of what was found as a table, some columns ``first``."""
    names = names_of(found)
    columns = sorted(described(of), key=lambda one: one.name not in first)
    titles = {one.name: one.title for one in described(type(found))}
    rows = [
        {"cells": [
            wrapped("" if cell is None else str(cell))
            for one in columns
            for cell in (cell_of(one, getattr(row, one.name), names.get(str(one.to), {})),)
        ]}
        for row in getattr(found, part)
    ]  # fmt: skip
    return {"title": titles[part], "columns": [one.title for one in columns], "rows": rows}


def _claim_draws(call: Call, form: Form) -> Shown:
    """Show who was drawn when departments claimed, and whether drawing again gives the same."""
    page = PageRequest(size=MAX_PAGE_SIZE, cursor=form.get("cursor") or None)
    found = ask(call, view_claim_draws, ViewClaimDraws(task_id=form["task_id"], page=page))
    parts = (
        ("draws", CheckedDrawView, "department", "holds"), ("unstaffed", UnstaffedView),
        ("sent", SentView),
    )  # fmt: skip
    values = {
        "title": f"检查人员抽取：{found.number}", "said": _named(found),
        "parts": [_table(found, *one) for one in parts if getattr(found, one[0])],
        "base": f"{_TASKS}/{found.id}/claim_draws", "next_cursor": found.next_cursor,
        "links": [{"path": f"{_TASKS}/{found.id}", "title": "任务详情"}],
    }  # fmt: skip
    return Shown(template="list_view.html", values=values)


def _manifest(call: Call, form: Form) -> Shown:
    """Give the manifest of an archived task as a file."""
    found = ask(call, view_manifest, ShowTaskFile(task_id=form["task_id"]))
    content = json.dumps(to_plain(found), ensure_ascii=False, indent=1).encode()
    return Shown(file=Reply(
        value=iter([content]), filename=f"{found.number}-manifest.json", media=JSON,
        length=len(content),
    ))  # fmt: skip


def _manifest_link(call: Call, id: str) -> Iterator[Mapping[str, Any]]:
    if call.who.may(view_manifest.permission):
        yield {"path": f"{_TASKS}/{id}/manifest", "title": "下载档案清单",
               "icon": "ti-download"}  # fmt: skip


def _following(call: Call, number: str) -> Iterator[Mapping[str, Any]]:
    """Give where what followed from a task is listed."""
    for query in _FOLLOWING:
        if call.who.may(cases_of(query).list.permission):
            yield {"path": _asked(query, number), "title": query.title}


def _asked(query: ListQuery[Any], number: str) -> str:
    asked = urlencode({"task": number})
    return f"{HOME}/{query.context}/{query.plural}?{asked}"


def link_of_row(call: Call, row: Any) -> Iterator[Mapping[str, Any]]:
    """Give the link to the file of a task in a list."""
    if call.who.may(view_task_file.permission):
        yield {"path": f"{_TASKS}/{row.id}/file", "title": "档案"}


def links_of_one(call: Call, found: Any) -> Iterator[Mapping[str, Any]]:
    """Give the links to the file of a task, and to what followed from it."""
    if call.who.may(view_task_file.permission):
        yield {"path": f"{_TASKS}/{found.id}/file", "title": "全流程档案"}
    if found.content.claim_draws and call.who.may(view_claim_draws.permission):
        yield {"path": f"{_TASKS}/{found.id}/claim_draws", "title": "检查人员抽取"}
    if found.content.manifest:
        yield from _manifest_link(call, found.id)
    yield from _following(call, found.content.number)


TASK_FILE_PAGES: Final = (
    Page(method="GET", path=f"{_TASKS}/{{task_id}}/file", name="page_task_file",
         access=view_task_file.permission, run=show),
    Page(method="GET", path=f"{_TASKS}/{{task_id}}/claim_draws", name="page_claim_draws",
         access=view_claim_draws.permission, run=_claim_draws),
    Page(method="GET", path=f"{_TASKS}/{{task_id}}/manifest", name="page_task_manifest",
         access=view_manifest.permission, run=_manifest, gives_out=True),
)  # fmt: skip
