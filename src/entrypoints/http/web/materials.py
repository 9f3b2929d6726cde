"""非现场检查材料: what is there already about the subject of a visit, to be called on for an item.

What the firm reported by itself, and the papers of its approval files (proposal 6.4.2.5.2.3.6).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from entrypoints.http.routes import Call
from entrypoints.http.web.attached import file_path, links_of
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask
from entrypoints.http.web.registers import RegisterPages
from entrypoints.http.web.verbs import form_of
from entrypoints.list_tables import names_of
from supervision_core.identity.services import UseCase
from supervision_core.identity.services.lists import cases_of
from supervision_core.identity.services.registers import cases_of as register_cases
from supervision_core.kernel.days import local_day
from supervision_core.kernel.paging import MAX_PAGE_SIZE, PageRequest
from supervision_core.kernel.registers import RegisterVerb
from supervision_core.subjects.registers import APPROVAL_FILES, ENDS, RESULTS, ApprovalFileContent
from supervision_core.tasks.lists import RECTIFICATIONS, REPORTED, VISITS
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.services.visits import type_material, use_material

_VISITS: Final = f"{HOME}/{VISITS.context}/{VISITS.plural}"
_HERE: Final = f"{_VISITS}/{{visit_id}}/materials"
_ORDERS: Final = f"{HOME}/{RECTIFICATIONS.context}/{RECTIFICATIONS.plural}"
_MOST: Final = PageRequest(size=50)


def _show(call: Call, form: Form) -> Shown:
    """Show what is held about the firm by departments within reach, each to be called on."""
    cases, id_ = cases_of(VISITS), form["visit_id"]
    found = ask(call, cases.view, cases.named(id=id_))
    firm = names_of(found).get("subject", {}).get(found.content.subject, "")
    parts = [
        {"title": "企业上报的整改报告", "columns": ["材料", "上报日期", "内容", "附件", "操作"],
         "rows": list(_reports(call, found))},
        {"title": "审批办件的材料",
         "columns": ["办件编号", "事项名称", "审批结果", "许可证编号", "有效期至", "材料", "操作"],
         "rows": list(_approvals(call, found))},
    ]  # fmt: skip
    values = {
        "title": f"企业材料：{firm}", "said": [("检查编号", found.content.number)], "parts": parts,
        "links": [{"path": f"{_VISITS}/{id_}", "title": "返回检查"}],
    }  # fmt: skip
    return Shown(template="list_view.html", values=values)


def _reports(call: Call, found: Any) -> Iterator[Mapping[str, Any]]:
    cases = cases_of(RECTIFICATIONS)
    if not call.who.may(cases.list.permission):
        return
    asked = cases.asking(subject=found.content.subject, page=_MOST)
    for row in ask(call, cases.list, asked).items:
        said = ask(call, cases.view, cases.named(id=row.id)).content
        for number, report in enumerate(said.reports, 1):
            name = f"{said.number}的整改报告" + (f"（第{number}次）" if number > 1 else "")
            files = [
                {"text": f"附件{at}",
                 "path": file_path(RECTIFICATIONS.port.kind, row.id, one.file)}
                for at, one in enumerate(
                    [one for one in said.files if (one.of, one.at) == (REPORTED, report.at)], 1
                )
            ]  # fmt: skip
            yield {"cells": [
                {"text": name, "path": f"{_ORDERS}/{row.id}"}, local_day(report.at).isoformat(),
                "：".join(filter(None, (report.entered, report.said))), files,
                _use(found, name, "self_report"),
            ]}  # fmt: skip


def _approvals(call: Call, found: Any) -> Iterator[Mapping[str, Any]]:
    pages = RegisterPages(APPROVAL_FILES)
    if not pages.allows(call, RegisterVerb.LIST):
        return
    for one in approvals_of(call, found.content.subject):
        said, names = one.content, {each.id: each.name for each in one.names}
        files = links_of(APPROVAL_FILES.noun, one.id, {each: names[each] for each in said.papers})
        held = said.document or said.matter
        material = f"{held}（{said.licence or said.number}）"
        yield {"cells": [
            {"text": said.number, "path": f"{pages.base}/{one.id}", "drawer": True}, said.matter,
            RESULTS[said.result], said.licence, _until(said), files,
            _use(found, material, "approval"),
        ]}  # fmt: skip


def approvals_of(call: Call, subject: str) -> Sequence[Any]:
    """Give the approval files of a subject that the reader may see, the newest first."""
    cases = register_cases(APPROVAL_FILES)
    asked = cases.asking(subject=(subject,), page=PageRequest(size=MAX_PAGE_SIZE))
    found: Sequence[Any] = ask(call, cases.question(RegisterVerb.LIST), asked).items
    return found[::-1]


def _until(said: ApprovalFileContent) -> str:
    """Say until when it holds, or why it holds no more."""
    return f"{_day(said.ended_on)}{ENDS[said.ended]}" if said.ended else _day(said.valid_to)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _use(found: Any, material: str, source: str) -> Mapping[str, Any]:
    """Give the link by which a material is called on for an item, its name filled in."""
    case = _usable(found)
    verb = form_of(case.permission) if case else None
    if verb is None:
        started = found.content.state == VisitState.STARTED
        return {"text": "由检查该对象的人员引用" if started else "检查中才能引用"}
    more = urlencode({"material": material, "source": source})
    path = f"{verb.address(VISITS.port.kind, found.id)}&{more}"
    return {"text": "引用到检查项", "path": path, "drawer": True}


def _usable(found: Any) -> UseCase[Any, Any] | None:
    """Give by what the reader calls on material, if he may: as an officer, or for one of his."""
    allowed = {one.permission for one in found.allowed}
    return next((one for one in (use_material, type_material) if one.permission in allowed), None)


def links_of_visit(_call: Call, found: Any) -> Iterator[Mapping[str, Any]]:
    """Give where the material of a firm is called on while it is checked."""
    if _usable(found):
        yield {"path": _HERE.format(visit_id=found.id), "title": "调用企业材料"}


MATERIAL_PAGES: Final = (
    Page(method="GET", path=_HERE, name="page_visit_materials",
         access=cases_of(VISITS).view.permission, run=_show),
)  # fmt: skip
