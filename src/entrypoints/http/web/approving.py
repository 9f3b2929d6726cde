"""批准、退回、分发检查任务: what the forms show: the list of visits, beside what was drawn."""

from collections.abc import Mapping
from typing import Any, Final

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import HOME, Form, ask
from supervision_core.tasks.lists import VISITS
from supervision_core.tasks.model.opening import GROUND_TITLES
from supervision_core.tasks.services.approving import (
    ViewApprovalList,
    VisitToApprove,
    view_approval_list,
)

LISTS_VISITS: Final = ("tasks.approve", "tasks.send_back_task", "tasks.dispatch")
_DEPARTS: Final = "不在抽取范围"
_GROUNDLESS: Final = "未记录"
_VISITS: Final = f"{HOME}/{VISITS.context}/{VISITS.plural}"
_COLUMNS: Final = (
    "检查编号", "检查对象", "检查依据", "执法人员", "检查项", "检查方式", "反馈期限",
)  # fmt: skip


def _officers(one: VisitToApprove) -> str:
    """Name who goes, and say of those whom no lot sends that they were named by hand."""
    by_hand = f"（人工指定：{'、'.join(one.by_hand)}）" if one.by_hand else ""
    return "、".join(one.officers) + by_hand


def approved_by(call: Call, form: Form) -> Mapping[str, Any]:
    """Give the list under the form, with what whoever approves or dispatches has to know of it."""
    task = form.get("task_id", "")
    if not task or not call.who.may(view_approval_list.permission):
        return {}
    found = ask(call, view_approval_list, ViewApprovalList(task_id=task))
    rows = [
        {"id": one.id, "title": one.number, "cells": [
            {"text": one.number, "path": f"{_VISITS}/{one.id}"}, one.subject_name,
            _GROUNDLESS if one.ground is None else
            f"{GROUND_TITLES[one.ground]}（{_DEPARTS}）" if one.departs else
            GROUND_TITLES[one.ground],
            _officers(one), str(one.items), "入企检查" if one.onsite else "非现场检查",
            str(one.due_on),
        ]}
        for one in found.rows
    ]  # fmt: skip
    said = [f"检查缘由：{found.reason}"] if found.reason else []
    if found.bound:
        said.append(
            f"抽中{found.drawn}户，手动增加{found.added}户，手动去掉{found.removed}户；"
            f"检查{found.count}户，其中{_DEPARTS}{found.undrawn}户。"
        )
    said += [f"{one.title}：{one.text}。" for one in found.departures]
    if found.unvisited:
        said.append(f"应检查而没有生成检查：{'、'.join(found.unvisited)}。")
    if found.sent_back:
        said.append(f"曾退回：{found.sent_back}；处理情况：{found.answer or '尚未说明'}。")
    if found.unapproved:
        said.append(f"未补批：应于{found.approval_due}前补办审批。")
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
