"""非现场检查材料: what the firm of a visit reported by itself, to be called on for an item.

Source: proposal 6.4.2.5.2.3.6. Approval files are connected with the exchange.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from entrypoints.http.routes import Call
from entrypoints.http.web.attached import file_path
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask
from entrypoints.http.web.verbs import form_of
from entrypoints.list_tables import names_of
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.days import local_day
from supervision_core.kernel.paging import PageRequest
from supervision_core.tasks.lists import RECTIFICATIONS, REPORTED, VISITS
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.services.visits import use_material

_VISITS: Final = f"{HOME}/{VISITS.context}/{VISITS.plural}"
_HERE: Final = f"{_VISITS}/{{visit_id}}/materials"
_ORDERS: Final = f"{HOME}/{RECTIFICATIONS.context}/{RECTIFICATIONS.plural}"
_MOST: Final = PageRequest(size=50)


def _show(call: Call, form: Form) -> Shown:
    """Show what the firm reported to departments within reach, each to be called on."""
    cases, id_ = cases_of(VISITS), form["visit_id"]
    found = ask(call, cases.view, cases.named(id=id_))
    firm = names_of(found).get("subject", {}).get(found.content.subject, "")
    part = {
        "title": "企业上报的整改报告", "columns": ["材料", "上报日期", "内容", "附件", "操作"],
        "rows": list(_reports(call, found)),
    }  # fmt: skip
    values = {
        "title": f"企业材料：{firm}", "said": [("检查编号", found.content.number)], "parts": [part],
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
                report.said, files, _use(call, found, name),
            ]}  # fmt: skip


def _use(call: Call, found: Any, material: str) -> Mapping[str, Any]:
    """Give the link by which a material is called on for an item, its name filled in."""
    if not _usable(call, found):
        return {"text": "检查中才能引用"}
    verb = form_of(use_material.permission)
    path = verb.address(VISITS.port.kind, found.id) if verb else ""
    more = urlencode({"material": material, "source": "self_report"})
    return {"text": "引用到检查项", "path": f"{path}&{more}", "drawer": True}


def _usable(call: Call, found: Any) -> bool:
    return (
        found.content.state == VisitState.STARTED and call.who.may(use_material.permission)
    )  # fmt: skip


def links_of_visit(call: Call, found: Any) -> Iterator[Mapping[str, Any]]:
    """Give where the material of a firm is called on while it is checked."""
    if _usable(call, found):
        yield {"path": _HERE.format(visit_id=found.id), "title": "调用企业材料"}


MATERIAL_PAGES: Final = (
    Page(method="GET", path=_HERE, name="page_visit_materials",
         access=cases_of(VISITS).view.permission, run=_show),
)  # fmt: skip
