"""认领并抽取检查人员: what its forms show beside: out of whom is drawn, and who was left."""

from collections.abc import Mapping
from typing import Any, Final

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import Form, ask, wrapped
from entrypoints.list_tables import names_of
from supervision_core.kernel.errors import NotFound
from supervision_core.tasks.services.claim_draws import ViewClaimChoices, view_claim_choices
from supervision_core.tasks.services.claiming import claim_by_draw, draw_again

CLAIMS: Final = claim_by_draw.permission
DRAWS_AGAIN: Final = draw_again.permission


def drawn_from(call: Call, form: Form) -> Mapping[str, Any]:
    """Give out of which teams the reader's department may draw, and for whom it still has to."""
    task = form.get("task_id", "")
    if not task or not call.who.may(view_claim_choices.permission):
        return {}
    try:
        found = ask(call, view_claim_choices, ViewClaimChoices(task_id=task))
    except NotFound:
        return {}
    names = names_of(found)
    teams = [f"{names['team'][one.team]}（在岗{one.officers}人）" for one in found.teams]
    whole = f"本部门在岗执法人员共{found.officers}人。"
    rows = [
        {"cells": [names["subject"][one.subject], *map(wrapped, (one.why, one.remedy))]}
        for one in found.unstaffed
    ]  # fmt: skip
    return {
        "title": f"还没有派到检查人员的对象（{len(rows)}户）" if rows else "从哪些人员中抽取",
        "columns": ("检查对象", "原因", "解决办法"), "rows": rows, "path": "",
        "said": [
            f"场景关联的本部门执法小组：{'、'.join(teams)}。{whole}" if teams
            else f"任务的场景没有关联本部门的执法小组。{whole}"
        ],
    }  # fmt: skip
