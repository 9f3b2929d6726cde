"""综合检查单配置: which checklists a scene uses for each of its trades, on or off.

Source: proposal 6.4.3.2.1.1.4.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import evolve

from entrypoints.http.errors import FormInvalid
from entrypoints.http.routes import Call
from entrypoints.http.web.checklists import BASE as SHEETS
from entrypoints.http.web.pages import HOME, Form, Page, Shown, Trail, ask, carry_out, gone_on
from entrypoints.http.web.reading import TICKED, Field
from entrypoints.list_tables import names_of
from supervision_core.checklists.lists import CHECKLISTS
from supervision_core.checklists.lists import STATES as CHECKLIST_STATES
from supervision_core.checklists.model import ChecklistState
from supervision_core.identity.registers import TRADES
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.errors import NotFound, Violation, refuse_if
from supervision_core.kernel.paging import PageRequest, every_page
from supervision_core.scenes.lists import SCENES
from supervision_core.scenes.model import ChecklistUse, SceneStep
from supervision_core.scenes.model.path import STEP_TITLES
from supervision_core.scenes.services import UseChecklists, use_checklists

_ONE: Final = f"{HOME}/scenes/scenes/{{scene_id}}"
_NAME: Final = Field(name="name", title="检查单名称")
_TRADE: Final = Field(name="trade", title="用于业态")
_NEXT: Final = SceneStep.HANDBOOKS
"""The step of the way through a scene that follows on its checklists."""


def links_of_one(_call: Call, found: Any) -> Iterable[Mapping[str, Any]]:
    """Give the way from a scene to its checklists."""
    if any(one.permission == use_checklists.permission for one in found.allowed):
        yield {"path": f"{HOME}/scenes/scenes/{found.id}/checklists", "title": "综合检查单配置"}


def _scene(form: Form) -> str:
    return f"{HOME}/scenes/scenes/{form['scene_id']}"


def _here(form: Form) -> str:
    return f"{_scene(form)}/checklists"


def _viewed(call: Call, form: Form) -> Any:
    cases = cases_of(SCENES)
    return ask(call, cases.view, cases.named(id=form["scene_id"]))


def _uses(call: Call, form: Form) -> Shown:
    """Show which checklists the scene uses; they are switched, taken away, looked at, fetched."""
    found = _viewed(call, form)
    said, names = found.content, names_of(found)
    trades, called = names.get(TRADES.name, {}), names.get("checklist", {})
    states = _states(call, {one.checklist for one in said.checklists})
    rows = [
        {
            "id": str(at), "title": called.get(one.checklist, one.checklist),
            "cells": [
                trades.get(one.trade, one.trade), called.get(one.checklist, one.checklist),
                states.get(one.checklist, "—"),
                {"text": "启用", "colour": "green"} if one.enabled
                else {"text": "停用", "colour": "grey"},
            ],
            "actions": [
                {"path": f"{SHEETS}/{one.checklist}/sheet", "title": "预览"},
                {"path": f"/api/v1/checklists/checklists/{one.checklist}/sheet/pdf",
                 "title": "下载"},
            ],
        }
        for at, one in enumerate(said.checklists)
    ]  # fmt: skip
    values = {
        "title": f"综合检查单配置：{said.name}", "base": _here(form), "rows": rows,
        "caption": "场景检查单",
        "columns": ["业态", "检查单", "检查单状态", "在本场景", "操作"], "batch": [
            {"value": "enable", "title": "启用"}, {"value": "disable", "title": "停用"},
            {"value": "drop", "title": "去除关联", "kind": "danger"},
        ],
        "links": [
            {"path": f"{_here(form)}/choose", "title": "选择检查单", "icon": "ti-plus",
             "kind": "main"},
            {"path": f"{_scene(form)}/steps/{_NEXT}", "title": f"下一步：{STEP_TITLES[_NEXT]}"},
            {"path": _scene(form), "title": "返回场景"},
        ],
    }  # fmt: skip
    return Shown(template="scene_checklists.html", values=values)


def _states(call: Call, ids: set[str]) -> Mapping[str, str]:
    """Give the states of checklists within reach."""
    cases = cases_of(CHECKLISTS)
    found: dict[str, str] = {}
    for page in every_page(lambda page: ask(call, cases.list, cases.asking(page=page))):
        found |= {one.id: str(CHECKLIST_STATES[one.state]) for one in page.items if one.id in ids}
    return found


def _switch(call: Call, form: Form) -> Shown:
    """Switch the checklists that are ticked on or off, or use them no longer."""
    uses = [_use(one) for one in _viewed(call, form).content.checklists]
    ticked = {at for at in range(len(uses)) if f"{TICKED}{at}" in form}
    refuse_if(FormInvalid, [] if ticked else [Violation("http.none_ticked")])
    match form.get("act"):
        case "drop":
            left = [one for at, one in enumerate(uses) if at not in ticked]
        case "enable" | "disable" as act:
            left = [
                evolve(one, enabled=act == "enable") if at in ticked else one
                for at, one in enumerate(uses)
            ]
        case other:
            raise NotFound("page", other or "")
    return _use_them(call, form, left)


def _use(one: Any) -> ChecklistUse:
    return ChecklistUse(checklist=one.checklist, trade=one.trade, enabled=one.enabled)


def _use_them(call: Call, form: Form, uses: Iterable[ChecklistUse]) -> Shown:
    command = UseChecklists(scene_id=form["scene_id"], checklists=tuple(uses))
    carry_out(call, use_checklists, command, changes=None)
    return gone_on(_here(form), "changed")


def _choosing(call: Call, form: Form) -> Shown:
    """Show the checklists in use, to be chosen for a trade of the scene."""
    found, cases = _viewed(call, form), cases_of(CHECKLISTS)
    asked = {"name": form.get("name", "")}
    about = cases.asking(
        **{name: text for name, text in asked.items() if text},
        state=ChecklistState.ENABLED, page=PageRequest(cursor=form.get("cursor") or None),
    )  # fmt: skip
    listed = ask(call, cases.list, about)
    names = names_of(listed)
    rows = [
        {"id": one.id, "title": one.name, "cells": [
            one.name, one.code, names.get(TRADES.name, {}).get(one.trade, ""),
            names.get("department", {}).get(one.lead, ""), str(one.items),
        ]}
        for one in listed.items
    ]  # fmt: skip
    trades = names_of(found).get(TRADES.name, {})
    base = f"{_here(form)}/choose"
    values = {
        "title": f"选择检查单：{found.content.name}", "base": base, "search": [_NAME],
        "asked": asked, "query": {name: text for name, text in asked.items() if text},
        "columns": ["检查单名称", "检查单编码", "关联业态", "牵头部门", "检查项数"], "rows": rows,
        "caption": "启用的检查单",
        "batch": [{"value": "link", "title": "关联到场景", "icon": "ti-plus"}],
        "trades": {one: trades.get(one, one) for one in found.content.trades},
        "next_cursor": listed.next_cursor, "where": Trail.of(form).where(len(rows)),
        "links": [{"path": _here(form), "title": "返回"}], "values": form,
    }  # fmt: skip
    return Shown(template="scene_checklists.html", values=values)


def _choose(call: Call, form: Form) -> Shown:
    """Let the scene use the ticked checklists for a trade; those that it uses stay as they are."""
    said = _viewed(call, form).content
    ticked = [one.removeprefix(TICKED) for one in form if one.startswith(TICKED)]
    refuse_if(FormInvalid, [] if ticked else [Violation("http.none_ticked")])
    trade = form.get(_TRADE.name, "")
    if trade not in said.trades:
        required = {"title": _TRADE.title}
        raise FormInvalid((Violation("kernel.register_required", _TRADE.name, required),))
    uses = [_use(one) for one in said.checklists]
    known = {(one.checklist, one.trade) for one in uses}
    new = [ChecklistUse(checklist=one, trade=trade) for one in ticked if (one, trade) not in known]
    return _use_them(call, form, [*uses, *new])


SCENE_CHECKLIST_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=f"{_ONE}/checklists", name="page_scenes_checklists",
         access=use_checklists.permission, run=_uses),
    Page(method="POST", path=f"{_ONE}/checklists", name="page_scenes_switch_checklists",
         access=use_checklists.permission, run=_switch, again=_uses),
    Page(method="GET", path=f"{_ONE}/checklists/choose", name="page_scenes_choosing_checklists",
         access=use_checklists.permission, run=_choosing),
    Page(method="POST", path=f"{_ONE}/checklists/choose", name="page_scenes_choose_checklists",
         access=use_checklists.permission, run=_choose, again=_choosing),
)  # fmt: skip
