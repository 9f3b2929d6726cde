"""The page on which the inspectors of a draw are drawn out of the register of officers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from http import HTTPStatus
from typing import Any, Final

from attrs import evolve

from entrypoints.http.routes import Call
from entrypoints.http.web.ceremony import DRAW, TASK, named
from entrypoints.http.web.pages import Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.reading import FLAGS, YES, Field, Kind, read
from entrypoints.http.web.registers import ids_of
from supervision_core.draws.model.assignment import DemandsUnmet
from supervision_core.draws.model.shortage import Offer, Remedy, Shortage
from supervision_core.draws.model.staffing import Bar
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.registers import DEPARTMENT, Ask, FieldType
from supervision_core.kernel.registers import Field as Described
from supervision_core.tasks.lists import TASKS
from supervision_core.tasks.model.drawing import OfficersDemanded, RecusalGranted
from supervision_core.tasks.model.task import TaskRefused
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
_DAY: Final = Field(
    name="day", title="资格有效日期", kind=Kind.DAY, required=True,
    hint="执法证须在这一天有效，一般是任务的结束日期",
)  # fmt: skip
_CAP: Final = Field(name="cap", title="每人最多承担的户数", kind=Kind.NUMBER, hint="不填则不限")
_BY_TEAM: Final = Field(
    name="by_team", title="先抽取执法小组", kind=Kind.CHOICE, choices=FLAGS,
    hint="选“是”的，只从各部门抽中的执法小组中抽取人员",
)  # fmt: skip
_RECUSALS: Final = (1, 2)
_OFFICER: Final = Described(name="officer", title="执法人员", type=FieldType.LINK, to="officer")
_SUBJECT: Final = Described(name="subject", title="监管对象", type=FieldType.LINK, to="subject")
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


def _fields(found: DrawOfficers, names: Mapping[str, str]) -> list[tuple[str, list[Field]]]:
    """Give for each department how many of it go to each subject, and with what certificate."""
    groups = []
    for place, department in enumerate(found.departments):
        there = [one for one in found.officers if one.department == department and not one.bar]
        matters = sorted({matter for one in there for matter in one.matters})
        name = names[department]
        fields = [Field(name=f"d{place}-count", title=f"{name}每户派几人", kind=Kind.NUMBER)]
        if matters:
            fields.append(
                Field(name=f"d{place}-matter", title=f"{name}人员须有的执法领域", kind=Kind.CHOICE,
                      choices={one: one for one in matters})
            )  # fmt: skip
        groups.append((f"{name}（可派{len(there)}人）", fields))
    if len(found.departments) > 1:
        groups.append(("不分部门", [
            Field(name="any-count", title="另从以上各部门派几人", kind=Kind.NUMBER)
        ]))  # fmt: skip
    return groups


def _recusal_fields() -> list[Field]:
    return [
        Field(name=f"r{at}-{name}", title=f"{title}{at}", offers=to)
        for at in _RECUSALS
        for name, title, to in (
            ("officer", "回避的执法人员", "officer"), ("subject", "申请回避的企业", "subject"),
        )
    ]  # fmt: skip


def _asked(form: Form) -> ViewDrawOfficers:
    said = read((evolve(_DAY, required=False),), form)["day"]
    day = date.fromisoformat(str(said)) if said else None
    return ViewDrawOfficers(task_id=form["task_id"], day=day)


def _show(call: Call, form: Form) -> Shown:
    """Show of whom inspectors are drawn, who is kept out and why; ask how many are wanted."""
    return Shown(template="draw_officers.html", values=_values(call, form))


def _values(call: Call, form: Form) -> dict[str, Any]:
    found = ask(call, view_draw_officers, _asked(form))
    names = named(call, DEPARTMENT, found.departments)
    one = "2" if len(found.departments) == 1 else "1"
    counts = {f"d{place}-count": one for place in range(len(found.departments))}
    here = TASK.format(task_id=form["task_id"])
    return {
        "title": "抽取检查人员", "found": found, "here": f"{here}/inspectors",
        "back": f"{DRAW.format(draw_id=found.draw)}/ceremony",
        "groups": _fields(found, names), "by_team": _BY_TEAM, "teams": _teams(call, found, names),
        "day": _DAY, "cap": _CAP, "recusals": _recusal_fields(),
        "values": {"day": found.day.isoformat(), **counts, **form},
        "tables": [(names[each], _rows(found.officers, each)) for each in found.departments],
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


def _demands(form: Form, found: DrawOfficers) -> Iterator[OfficersDemanded]:
    names = [(f"d{place}", (one,)) for place, one in enumerate(found.departments)]
    for name, those in (*names, ("any", found.departments)):
        count = Field(name=f"{name}-count", title="人数", kind=Kind.NUMBER)
        wanted = read((count,), form)[count.name]
        if isinstance(wanted, int) and wanted:
            matter = form.get(f"{name}-matter", "").strip()
            yield OfficersDemanded(departments=those, count=wanted, matter=matter)


def _granted(call: Call, form: Form) -> Iterator[RecusalGranted]:
    faults: list[Violation] = []
    for at in _RECUSALS:
        ids = [
            str(ids_of(call, evolve(one, name=f"r{at}-{one.name}"), said, faults))
            for one in (_OFFICER, _SUBJECT)
            if (said := form.get(f"r{at}-{one.name}", "").strip())
        ]
        if len(ids) == len((_OFFICER, _SUBJECT)):
            yield RecusalGranted(officer=ids[0], subject=ids[1])
    refuse_if(TaskRefused, faults)


def _staff(call: Call, form: Form) -> Shown:
    """Draw the inspectors; where nobody can be found for some, say who blocks and what helps."""
    found = ask(call, view_draw_officers, _asked(form))
    cap = read((_CAP,), form)["cap"]
    command = StaffDraw(
        task_id=form["task_id"], day=found.day, demands=tuple(_demands(form, found)),
        cap=cap if isinstance(cap, int) else None, granted=tuple(_granted(call, form)),
        by_team=form.get("by_team") == YES,
    )  # fmt: skip
    try:
        carry_out(call, staff_draw, command, changes=None)
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
