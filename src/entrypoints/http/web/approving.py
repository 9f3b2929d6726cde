"""批准检查任务: what the form of the approval shows: the list of visits that is approved."""

from collections.abc import Mapping
from typing import Any, Final

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import HOME, Form, ask
from supervision_core.tasks.lists import VISITS
from supervision_core.tasks.services.approving import ViewApprovalList, view_approval_list

APPROVES: Final = "tasks.approve"
_VISITS: Final = f"{HOME}/{VISITS.context}/{VISITS.plural}"
_COLUMNS: Final = ("检查编号", "检查对象", "执法人员", "检查项", "检查方式", "反馈期限")


def approved_by(call: Call, form: Form) -> Mapping[str, Any]:
    """Give the list under the form of an approval, with what the leader has to know of it."""
    task = form.get("task_id", "")
    if not task or not call.who.may(view_approval_list.permission):
        return {}
    found = ask(call, view_approval_list, ViewApprovalList(task_id=task))
    rows = [
        {"id": one.id, "title": one.number, "cells": [
            {"text": one.number, "path": f"{_VISITS}/{one.id}"}, one.subject_name,
            "、".join(one.officers), str(one.items), "入企检查" if one.onsite else "非现场检查",
            str(one.due_on),
        ]}
        for one in found.rows
    ]  # fmt: skip
    said = [f"检查缘由：{found.reason}"] if found.reason else []
    if found.urgent_because:
        said.append(f"已因紧急情形先行分发，现补办审批：{found.urgent_because}")
    if found.drawn_at_claim:
        said.append("检查人员由各部门认领任务时抽取，认领后在各户检查中列明。")
    if not found.count:
        said.append("任务还没有检查对象；批准之后又增加检查对象的，须重新批准。")
    return {
        "title": f"检查清单（{found.count}户，一次批准）", "columns": _COLUMNS, "rows": rows,
        "said": said, "path": f"{_VISITS}?task={task}" if found.count > len(rows) else "",
    }  # fmt: skip
