"""待办: what waits for whoever is logged in, as a list, as the bell, and as badges of the menu."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from entrypoints.http.routes import Call
from entrypoints.http.web.lists import address_of
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask
from entrypoints.http.web.reading import Field, Kind
from entrypoints.http.web.verbs import form_for
from entrypoints.registered import declared, lists
from supervision_core.identity.services.todos import (
    CountTodos,
    ListTodos,
    TodoCounts,
    TodoRow,
    list_todos,
    view_todo_counts,
)
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.todos import owed_permissions
from supervision_core.kernel.verbs import Allowed

PATH: Final = f"{HOME}/todos"
NAME: Final = "page_todos"
COLUMNS: Final = ("待办事项", "对象", "监管对象", "期限", "操作")


def _kinds() -> Mapping[str, str]:
    return {kind: verbs.title for kind, verbs in declared().items() if verbs.owed_permissions}


def counted(call: Call) -> TodoCounts | None:
    """Count what waits for whoever calls; ``None`` for whom nothing ever waits."""
    may = call.who.may
    if not may(view_todo_counts.permission) or not any(map(may, owed_permissions())):
        return None
    return ask(call, view_todo_counts, CountTodos())


def badges_of(counts: TodoCounts) -> Mapping[str, int]:
    """Give the counts by the names of the pages at which the menu shows them."""
    by_kind = {one.kind: one.count for one in counts.kinds}
    found = {
        f"page_{query.name.replace('.', '_')}_list": by_kind.get(query.port.kind, 0)
        for query in lists().values()
        if not query.partial
    }
    return {NAME: counts.count, **found}


def rows_of(call: Call, todos: Sequence[TodoRow]) -> list[Mapping[str, Any]]:
    """Give the rows of a list of to-dos; each leads to where it is done."""
    return [_row(call, one) for one in todos]


def _row(call: Call, one: TodoRow) -> Mapping[str, Any]:
    view = address_of(call, one.kind, one.id)
    label = f"{one.kind_title} {one.label}".strip()
    verb = Allowed(
        permission=one.permission, title=one.title, part_noun=one.part_noun, part=one.part
    )
    path = form_for(verb, one.kind, one.id) or view
    about = f"{one.title} {label}"
    actions = [{"path": path, "title": "办理", "drawer": True, "about": about}] if path else []
    subject = address_of(call, "subject", one.subject) if one.subject_name else ""
    cells = [
        {"text": one.title, "path": path, "drawer": True},
        {"text": label, "path": view, "drawer": True},
        {"text": one.subject_name, "path": subject, "drawer": True} if one.subject_name else "",
        _due(one.due_on, one.overdue),
    ]  # fmt: skip
    return {"id": one.id, "title": about, "cells": cells, "actions": actions}


def _due(due_on: date | None, overdue: int) -> Any:
    if due_on is None:
        return ""
    if overdue:
        return {"text": f"{due_on} 逾期{overdue}天", "colour": "red"}
    return str(due_on)


def _todos(call: Call, form: Form) -> Shown:
    kind = form.get("kind", "")
    kind = kind if kind in _kinds() else ""
    page = PageRequest(cursor=form.get("cursor") or None)
    found = ask(call, list_todos, ListTodos(kind=kind, page=page))
    counts = counted(call)
    values = {
        "title": "待办事宜",
        "base": PATH,
        "search": [Field(name="kind", title="对象类型", kind=Kind.CHOICE, choices=_kinds())],
        "asked": {"kind": kind},
        "query": {"kind": kind} if kind else {},
        "columns": COLUMNS,
        "rows": rows_of(call, found.items),
        "next_cursor": found.next_cursor,
        "said": told(counts) if counts else "",
    }
    return Shown(template="todos.html", values=values)


def told(counts: TodoCounts) -> str:
    """Say how much waits: no more is counted than a bell says."""
    return f"{counts.most}+" if counts.count > counts.most else str(counts.count)


TODO_PAGES: Final = (
    Page(method="GET", path=PATH, name=NAME, access=list_todos.permission, run=_todos,
         menu=("我的工作台", "待办事宜"), icon="ti-checklist"),
)  # fmt: skip
"""One list, whatever the things are."""
