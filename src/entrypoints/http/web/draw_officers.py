"""The page on which the inspectors of a draw are drawn out of the register of officers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from attrs import evolve

from entrypoints.http.routes import Call
from entrypoints.http.web.ceremony import DRAW, TASK, named
from entrypoints.http.web.pages import Form, Page, Shown, ask, carry_out, gone_on
from supervision_core.draws.model.assignment import DemandsUnmet
from supervision_core.draws.model.shortage import Offer, Remedy, Shortage
from supervision_core.draws.model.staffing import Bar
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.registers import DEPARTMENT, Ask
from supervision_core.tasks.lists import TASKS
from supervision_core.tasks.services.staffing import (
    DrawOfficers,
    OfficerThere,
    OpenDrawnVisits,
    StaffDraw,
    ViewDrawOfficers,
    open_drawn_visits,
    staff_draw,
    view_draw_officers,
)

_HERE: Final = f"{TASK}/inspectors"
_GAPS: Final = {
    "": "可以抽取", "none": "没有执法证", "expired": "执法证当天无效",
    "region": "执法证不含任务区划",
}  # fmt: skip
_REASONS: Final = {
    "officers.interest_declared": "申报了利害关系",
    "officers.legal_person_linked": "与法定代表人有关联",
    "officers.address_shared": "住址与企业相同",
}
_BARS: Final = {
    Bar.EXPIRED: "执法证当天无效", Bar.MATTER: "执法证不含所需的执法领域",
    Bar.REGION: "执法证不含检查所在的区划", Bar.RECUSED: "须回避", Bar.BUSY: "已达到每人上限",
}  # fmt: skip
_MOST_NAMED: Final = 10
_MOST_WITHDRAWALS: Final = 50


def _show(call: Call, form: Form) -> Shown:
    """Show of whom inspectors are drawn, who is kept out and why."""
    return Shown(template="draw_officers.html", values=_values(call, form))


def _values(call: Call, form: Form) -> dict[str, Any]:
    found = ask(call, view_draw_officers, ViewDrawOfficers(task_id=form["task_id"]))
    those = {*found.departments, *(one.department for one in found.officers)}
    names = named(call, DEPARTMENT, those)
    here = TASK.format(task_id=form["task_id"])
    return {
        "title": "抽取检查人员", "found": found, "here": f"{here}/inspectors",
        "back": f"{DRAW.format(draw_id=found.draw)}/ceremony",
        "teams": _teams(call, found, names), "demands": list(_demanded(found, names)),
        "tables": [(names[each], _rows(found.officers, each)) for each in sorted(those)],
        "withdrawals": [
            {"cells": [each.officer, each.subject, _REASONS.get(each.reason, each.reason)]}
            for each in found.withdrawals[:_MOST_WITHDRAWALS]
        ],
        "withdrawn": len(found.withdrawals), "shortage": None,
    }  # fmt: skip


def _teams(call: Call, found: DrawOfficers, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give which team the seed drew for each department, and who is in it."""
    called = named(call, "team", [one.team for one in found.teams])
    people = {one.id: one.name for one in found.officers}
    return [
        {"cells": [
            names[one.department], called[one.team],
            "、".join(people[each] for each in sorted(one.members) if each in people),
        ]}
        for one in found.teams
    ]  # fmt: skip


def _rows(officers: Iterable[OfficerThere], department: str) -> list[dict[str, Any]]:
    return [
        {"cells": [
            one.name, "、".join(one.certificates), "、".join(one.matters) or "不限",
            one.until.isoformat() if one.until else "不限" if one.certificates else "",
            {"text": _GAPS[one.bar], "colour": "red" if one.bar else "green"},
        ]}
        for one in officers
        if one.department == department
    ]  # fmt: skip


def _demanded(found: DrawOfficers, names: Mapping[str, str]) -> Iterator[str]:
    """Say how many of which departments go to each subject."""
    for one in found.demands:
        those = "、".join(names.get(each, each) for each in one.departments)
        matter = f"，执法领域：{one.matter}" if one.matter else ""
        yield f"{those}：每户{one.count}人{matter}"


def _staff(call: Call, form: Form) -> Shown:
    """Draw the inspectors; where nobody can be found for some, say who blocks and what helps."""
    try:
        carry_out(call, staff_draw, StaffDraw(task_id=form["task_id"]), changes=None)
    except DemandsUnmet as unmet:
        told = {**_values(call, form), "shortage": shortage_in_words(call, unmet.shortage)}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return Shown(template="draw_officers.html", values=told, status=status)
    return _to_draw(call, form)


def _to_draw(call: Call, form: Form) -> Shown:
    """Go back to the draw on which the task rests."""
    cases = cases_of(TASKS)
    task = ask(call, cases.view, cases.named(id=form["task_id"]))
    return gone_on(f"{DRAW.format(draw_id=task.content.draw)}/ceremony", "handled")


def _visits(call: Call, form: Form) -> Shown:
    """Set up what was drawn, as many commands as it takes."""
    command, number = OpenDrawnVisits(task_id=form["task_id"]), 0
    while carry_out(
        evolve(call, key=f"{call.key}/{number}"), open_drawn_visits, command, changes=None
    ):
        number += 1
    return _to_draw(call, form)


def _listed(names: Sequence[str]) -> str:
    more = f"等{len(names)}" if len(names) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + more


def shortage_in_words(call: Call, shortage: Shortage) -> Mapping[str, Any]:
    """Tell a blocking set by names: which firms lack whom, who is kept out, and what would help."""
    officers = {*shortage.officers, *(one for each in shortage.barred for one in each.officers),
                *(one for each in shortage.offers for one in each.officers)}  # fmt: skip
    people = named(call, "officer", officers)
    codes = {*shortage.visits, *(one for each in shortage.offers for one in each.visits)}
    with call.platform.transactions.begin_looking() as unit:
        known = unit[Ask].named("subject", codes)
    firms = {one: known[one][0].name if known.get(one) else one for one in codes}
    of = named(call, DEPARTMENT, shortage.departments)

    def offer(one: Offer) -> str:
        who = _listed([people[each] for each in one.officers])
        match one.remedy:
            case Remedy.RAISE_CAP:
                return f"把每人上限提高到{one.cap}户"
            case Remedy.RENEW_CERTIFICATES:
                return f"为{who}续办执法证"
            case Remedy.WIDEN_CERTIFICATES:
                return f"为{who}增加执法证的执法领域或区域"
            case Remedy.LEND_OFFICERS:
                return f"从其他部门借调{who}"
            case Remedy.REPLACE_RECUSED:
                where = _listed([firms[each] for each in one.visits])
                return f"{where}改由不须回避的人员检查（须回避的有{who}）"
            case Remedy.POSTPONE_VISITS:
                return f"推迟或剔除：{_listed([firms[each] for each in one.visits])}"

    return {
        "said": f"{len(shortage.visits)}户共需{_listed([of[one] for one in shortage.departments])}"
        f"派出{shortage.needed}人次，符合条件的只够{shortage.available}人次。",
        "visits": _listed([firms[one] for one in shortage.visits]),
        "officers": _listed([people[one] for one in shortage.officers]) or "没有人",
        "barred": [
            f"{_BARS[each.bar]}：{_listed([people[one] for one in each.officers])}"
            for each in shortage.barred
        ],
        "offers": [offer(one) for one in shortage.offers],
    }  # fmt: skip


DRAW_OFFICER_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=_HERE, name="page_draw_officers",
         access=view_draw_officers.permission, run=_show, carries=(staff_draw.permission,)),
    Page(method="POST", path=_HERE, name="page_draw_staff", access=staff_draw.permission,
         run=_staff, again=_show),
    Page(method="POST", path=f"{TASK}/drawn_visits", name="page_drawn_visits",
         access=open_drawn_visits.permission, run=_visits),
)  # fmt: skip
"""Who inspects what was drawn."""
