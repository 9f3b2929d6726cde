"""企业空间: a firm's own pages: what it has to do, orders, checks, its data and its grade.

They show what questions answer to whoever acts for the firm, and lead to the forms of its verbs.
Source: proposal 1541-1634, 3158-3356.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from entrypoints.http.routes import Access, Call
from entrypoints.http.web.attached import file_path
from entrypoints.http.web.firm_conduct import CONDUCT, conduct, conduct_table, show_conduct
from entrypoints.http.web.firm_conduct import TABLE as CONDUCT_TABLE
from entrypoints.http.web.homes import MOST, Panel
from entrypoints.http.web.lists import OF_FIRMS, cell, overdue_cell, part_of
from entrypoints.http.web.opened import PUBLIC
from entrypoints.http.web.pages import (
    ENT,
    HOME,
    PHONE,
    SCAN,
    Form,
    Page,
    Shown,
    ask,
    carry_out,
    gone_on,
    is_firm,
    page_of_list,
)
from entrypoints.http.web.phone.scanning import SCANNED, scan
from entrypoints.http.web.signing_in import profile_of
from entrypoints.http.web.todos import COLUMNS, counted, rows_of, told
from entrypoints.http.web.verbs import form_for, form_of
from entrypoints.list_tables import names_of
from supervision_core.clues.ports import Clues
from supervision_core.clues.services.appeals import (
    KnownComplaint,
    ListOwnComplaints,
    list_own_complaints,
    submit_appeal,
)
from supervision_core.cogovernance.services import (
    ListOwnConduct,
    export_own_conduct,
    list_own_conduct,
)
from supervision_core.content.model import OpenColumn
from supervision_core.grading.services import ShowGrades, show_grades
from supervision_core.identity.services.lists import cases_of
from supervision_core.identity.services.todos import ListTodos, list_todos
from supervision_core.kernel.days import local_day, minute_text
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.registers import FieldType, described
from supervision_core.subjects.lists import (
    BASIC,
    BUSINESS,
    DATA_CHANGES,
    EXTENDED,
    SubjectView,
)
from supervision_core.subjects.model.data_change import DataChangeState
from supervision_core.subjects.ports import DataChanges
from supervision_core.subjects.services import ViewOwnSubject, view_own_subject
from supervision_core.subjects.services.data_changes import propose_data
from supervision_core.tasks.lists import LETTER, RECHECKED, RECTIFICATIONS
from supervision_core.tasks.model.rectification import RectificationState
from supervision_core.tasks.ports import Rectifications, Visits
from supervision_core.tasks.services.own import (
    ConfirmVisit,
    ListOwnVisits,
    OwnVisit,
    OwnVisitRow,
    OwnVisitView,
    ViewOrderWithdrawal,
    ViewOwnVisit,
    ViewScannedVisit,
    confirm_visit,
    list_own_visits,
    view_order_withdrawal,
    view_own_visit,
    view_scanned_visit,
)
from supervision_core.tasks.services.rating import rate_visit

ORDERS: Final = OF_FIRMS[Rectifications.kind]
VISITS: Final = OF_FIRMS[Visits.kind]
DATA: Final = f"{ENT}/data"
CHANGES: Final = OF_FIRMS[DataChanges.kind]
APPEALS: Final = OF_FIRMS[Clues.kind]
COMPLAINTS: Final = f"{ENT}/complaints"
GRADES: Final = f"{ENT}/grades"
_GROUP: Final = "我的企业"
_CASES: Final = cases_of(RECTIFICATIONS)
_ASKED: Final = cases_of(DATA_CHANGES)
_ORDER_COLUMNS: Final = ("number", "department", "task", "state", "due_on")
_NOW: Final[Mapping[RectificationState, str]] = {
    RectificationState.ORDERED: "已责令改正，文书尚未送达；请在{due}前整改，送达后报告整改情况。",
    RectificationState.DELIVERED: "请在{due}前完成整改并报告整改情况，可附照片。",
    RectificationState.REPORTED: "整改情况已报告，等待责令部门复查。",
    RectificationState.CORRECTED: "复查通过，等待责令部门办结。",
    RectificationState.DONE: "整改已办结，不需要再办理。",
    RectificationState.TRANSFERRED: "已移交执法办理。",
}
"""What a firm is to do now about an order, by its state."""
_CHANGE_NOW: Final[Mapping[DataChangeState, str]] = {
    DataChangeState.WAITING: "已提交，等待监管部门核对证明材料；办理前登记信息不变。",
    DataChangeState.ACCEPTED: "已同意，登记信息已按申请变更。",
    DataChangeState.REFUSED: "不同意：{reason}。可按理由补正后重新申请。",
}
"""What became of a change, by its state."""
_SECTIONS: Final = (("基本信息", BASIC), ("登记信息", EXTENDED), ("经营信息", BUSINESS))
_SCAN: Final = f"{ENT}/scan"
_HIDDEN: Final = frozenset({"departments"})


def _of_firms(run: Callable[[Call, Form], Shown]) -> Callable[[Call, Form], Shown]:
    """Lead whoever acts for no firm to the workbench."""

    def own(call: Call, form: Form) -> Shown:
        return run(call, form) if is_firm(call.who) else Shown(goes_to=HOME)

    return own


def _home(call: Call, _: Form) -> Shown:
    """Show what waits for the firm, and where everything of it is."""
    own = (
        ask(call, view_own_subject, ViewOwnSubject()).content.name
        if call.who.may(view_own_subject.permission)
        else ""
    )
    values = {**profile_of(call), "owner": own, "panels": list(_panels(call)),
              "links": list(_doors(call))}  # fmt: skip
    return Shown(template="home.html", values=values)


def _doors(call: Call) -> Iterator[dict[str, str]]:
    """Give what a firm does while officers stand at its door."""
    if call.who.may(view_scanned_visit.permission):
        yield {"path": _SCAN, "title": "扫码核对检查", "kind": "main"}


def _panels(call: Call) -> Iterator[Panel]:
    if (counts := counted(call)) is not None:
        found = ask(call, list_todos, ListTodos(page=PageRequest(size=MOST)))
        yield Panel(
            title=f"待办事宜（{told(counts)}）" if counts.count else "待办事宜", path="",
            columns=COLUMNS, rows=rows_of(call, found.items), none="没有待办事宜。",
        )  # fmt: skip
    if call.who.may(_CASES.list.permission):
        columns, rows, _ = _orders(call, PageRequest(size=MOST), open=True)
        yield Panel(title="未办结的责令改正", path=ORDERS, columns=columns, rows=rows,
                    none="没有未办结的责令改正。")  # fmt: skip
    if call.who.may(list_own_visits.permission):
        columns, rows, _ = _visits(call, PageRequest(size=MOST))
        yield Panel(title="接受的检查", path=VISITS, columns=columns, rows=rows,
                    none="还没有接受过检查。")  # fmt: skip
    if call.who.may(list_own_complaints.permission):
        columns, rows = _complaints(call)
        yield Panel(title="对本企业的投诉举报", path=COMPLAINTS, columns=columns, rows=rows[:MOST],
                    none="没有投诉举报。")  # fmt: skip
    if call.who.may(list_own_conduct.permission):
        about = ListOwnConduct(page=PageRequest(size=MOST))
        columns, rows, _ = conduct(call, about)
        yield Panel(title="行为信息", path=CONDUCT, columns=columns, rows=rows,
                    none="还没有行为信息。")  # fmt: skip
    if call.who.may(show_grades.permission):
        graded = [
            {"id": one.rule, "title": one.rule, "cells": [
                one.rule, {"text": one.grade or "数据不足", "colour": "blue"}, str(one.as_of),
            ]}
            for one in _graded(call)
        ]  # fmt: skip
        yield Panel(title="分级评价", path=GRADES, columns=("分级分类规则", "等级", "截至"),
                    rows=graded, none="尚未分级。")  # fmt: skip
    told_ = call.platform.log_ins.own_messages(call.token, PageRequest(size=MOST), unread=False)
    messages = [
        {"id": one.id, "title": one.title, "cells": [
            one.title, one.text, minute_text(one.at),
        ]}
        for one in told_.items
    ]  # fmt: skip
    yield Panel(title="消息", path=f"{PHONE}/notices", columns=("标题", "内容", "时间"),
                rows=messages, none="还没有消息。")  # fmt: skip


def _orders(
    call: Call, page: PageRequest, **asked: Any
) -> tuple[Sequence[str], list[dict[str, Any]], str | None]:
    """Give titles, rows and the next cursor of the firm's orders."""
    found = ask(call, _CASES.list, _CASES.asking(**asked, page=page))
    names, today = names_of(found), local_day(call.platform.clock.now())
    fields = [RECTIFICATIONS.by_name[one] for one in _ORDER_COLUMNS]
    waiting = {one.id: one.verb for one in found.waiting}
    rows = []
    for row in found.items:
        cells = [cell(call, one, getattr(row, one.name), names) for one in fields]
        cells[0] = {"text": row.number, "path": f"{ORDERS}/{row.id}"}
        if RECTIFICATIONS.overdue(row, today):
            cells[-1] = overdue_cell(cells[-1])
        verb = waiting.get(row.id)
        path = form_for(verb, Rectifications.kind, row.id) if verb else ""
        actions = (
            [{"path": path, "title": verb.title, "drawer": True, "about": row.number}]
            if verb and path
            else []
        )
        rows.append({"id": row.id, "title": row.number, "cells": cells, "actions": actions})
    return [*(one.title for one in fields), "操作"], rows, found.next_cursor


def _list_orders(call: Call, form: Form) -> Shown:
    """Show every order to the firm, those due first in front."""
    columns, rows, cursor = _orders(call, page_of_list(form))
    return _listed("责令改正", ORDERS, columns, rows, cursor)


def _listed(
    title: str, base: str, columns: Sequence[str], rows: Sequence[Any], cursor: str | None
) -> Shown:
    values = {
        "title": title, "base": base, "columns": columns, "rows": rows, "next_cursor": cursor,
    }  # fmt: skip
    return Shown(template="firm_list.html", values=values)


def _order(call: Call, form: Form) -> Shown:
    """Show an order: what was found, by when it is to be put right, and what to do now.

    Of one that was taken back, to which older messages lead, it is that alone which is shown.
    """
    try:
        found = ask(call, _CASES.view, _CASES.named(id=form["rectification_id"]))
    except NotFound:
        return _withdrawn_order(call, form)
    names, content = names_of(found), found.content
    said, parts = [], []
    for one in described(type(content)):
        value = getattr(content, one.name)
        if one.name == "files":
            value = tuple(each for each in value if each.of != RECHECKED)
        if one.type is FieldType.ROWS:
            if value:
                thing = (Rectifications.kind, found.id)
                parts.append(part_of(call, thing, one, value, names))
        elif one.name != "region":
            said.append((one.title, cell(call, one, value, names)))
    links = [
        {"path": path, "title": one.title, "drawer": True, "kind": "main"}
        for one in found.allowed
        if (path := form_for(one, Rectifications.kind, found.id, found.version))
    ]
    values = {
        "title": f"责令改正：{content.number}", "said": said, "parts": parts,
        "now": _NOW[content.state].format(due=content.due_on),
        "links": [*links, *_letters(found), {"path": ORDERS, "title": "返回列表"}],
    }  # fmt: skip
    return Shown(template="firm_view.html", values=values)


def _withdrawn_order(call: Call, form: Form) -> Shown:
    found = ask(
        call, view_order_withdrawal, ViewOrderWithdrawal(rectification_id=form["rectification_id"])
    )
    if found.withdrawn_at is None:
        raise NotFound(Rectifications.kind, form["rectification_id"])
    said = [
        ("责令部门", found.department), ("责令时间", minute_text(found.ordered_at)),
        ("撤回时间", minute_text(found.withdrawn_at)),
        ("撤回理由", found.reason or "没有写明，可向责令部门了解"),
    ]  # fmt: skip
    values = {
        "title": f"责令改正：{found.number}", "said": said, "parts": [],
        "now": "这份责令改正已撤回，不需要整改，也不需要报告。",
        "links": [{"path": ORDERS, "title": "返回列表"}],
    }  # fmt: skip
    return Shown(template="firm_view.html", values=values)


def _letters(found: Any) -> Iterator[Mapping[str, str]]:
    """Give where the letter of an order is downloaded."""
    for one in found.content.files:
        if one.of == LETTER:
            path = file_path(Rectifications.kind, found.id, one.file)
            yield {"path": path, "title": "下载责令改正通知书", "icon": "ti-download"}


def _visits(
    call: Call, page: PageRequest
) -> tuple[Sequence[str], list[dict[str, Any]], str | None]:
    """Give titles, rows and the next cursor of the checks of the firm."""
    found = ask(call, list_own_visits, ListOwnVisits(page=page))
    names, fields = names_of(found), described(OwnVisitRow)
    rows = [
        {"id": row.id, "title": row.number, "cells": [
            {"text": row.number, "path": f"{VISITS}/{row.id}"},
            *(cell(call, one, getattr(row, one.name), names) for one in fields[1:]),
        ]}
        for row in found.items
    ]  # fmt: skip
    return [one.title for one in fields], rows, found.next_cursor


def _list_visits(call: Call, form: Form) -> Shown:
    """Show the checks of the firm, the newest first."""
    columns, rows, cursor = _visits(call, page_of_list(form))
    return _listed("接受的检查", VISITS, columns, rows, cursor)


def _visit(call: Call, form: Form) -> Shown:
    """Show a check: task, day, officers with certificates, items; its result once it is public."""
    found = ask(call, view_own_visit, ViewOwnVisit(visit_id=form["visit_id"]))
    links: list[dict[str, Any]] = [{"path": VISITS, "title": "返回列表"}]
    now = "检查结果已公示。" if found.public else "检查结果公示后在这里显示；此前以送达的文书为准。"
    rates = form_of(rate_visit.permission)
    if found.may_rate and rates is not None and call.who.may(rate_visit.permission):
        path = f"{rates.path}?{urlencode({'visit_id': found.id})}"
        links.insert(0, {"path": path, "title": "评价这次检查", "kind": "main", "drawer": True})
        now += "可评价这次检查：检查的部门看不到评价，上级部门只看到多家企业的汇总。"
    if found.displayed:
        shown = f"{PUBLIC.path(OpenColumn.RESULTS)}/{found.id}"
        links.insert(-1, {"path": shown, "title": "查看公示，核对抽取"})
    return Shown(template="firm_view.html", values={
        **_told(call, found), "links": links, "now": now,
    })  # fmt: skip


def _told(call: Call, found: OwnVisit) -> dict[str, Any]:
    """Give what a check says: lines, and a table for each part of which there is something."""
    names, content = names_of(found), found.content
    said, parts = [], []
    for one in described(OwnVisitView):
        value = getattr(content, one.name)
        if one.type is FieldType.ROWS:
            if value:
                parts.append(part_of(call, (Visits.kind, found.id), one, value, names))
        elif value or found.public:
            said.append((one.title, cell(call, one, value, names)))
    if call.who.may(_CASES.list.permission):
        columns, rows, _ = _orders(call, PageRequest(), task=content.task)
        if rows:
            parts.append({"title": "本次任务的责令改正", "columns": columns, "rows": rows})
    return {"title": f"检查：{content.number}", "said": said, "parts": parts}


def _scan(_call: Call, _: Form) -> Shown:
    """Lead to where codes are scanned."""
    return Shown(goes_to=SCAN)


def _scanned(call: Call, form: Form) -> Shown:
    """Show who stands before the firm, by the code that they showed."""
    code = form.get("code", "")
    found = ask(call, view_scanned_visit, ViewScannedVisit(code=code))
    values = {**_told(call, found), "here": f"{VISITS}/{found.id}/confirm", "code": code,
              "confirmed": found.content.confirmed_at is not None,
              "may_confirm": call.who.may(confirm_visit.permission)}  # fmt: skip
    return Shown(template="firm_scanned.html", values=values)


def _confirm(call: Call, form: Form) -> Shown:
    """Note that the firm saw who inspects."""
    command = ConfirmVisit(visit_id=form["visit_id"], code=form.get("code", ""))
    carry_out(call, confirm_visit, command, changes=None)
    return gone_on(f"{VISITS}/{form['visit_id']}", "handled")


def _data(call: Call, _: Form) -> Shown:
    """Show what the register says of the firm, and what it asked to have changed."""
    found = ask(call, view_own_subject, ViewOwnSubject())
    names = names_of(found)
    fields = {one.name: one for one in described(SubjectView)}
    sections = [
        {"title": title, "said": [
            (fields[one].title, cell(call, fields[one], getattr(found.content, one), names))
            for one in inside if one not in _HIDDEN
        ]}
        for title, inside in _SECTIONS
    ]  # fmt: skip
    form, links = form_of(propose_data.permission), list[dict[str, str]]()
    if form is not None and call.who.may(propose_data.permission):
        links.append({"path": form.path, "title": "申请变更信息", "kind": "main"})
    columns, rows, _cursor = _changes(call, PageRequest(size=MOST))
    values = {"sections": sections, "links": links, "columns": columns, "rows": rows,
              "changes": CHANGES}  # fmt: skip
    return Shown(template="firm_data.html", values=values)


def _changes(
    call: Call, page: PageRequest
) -> tuple[Sequence[str], list[dict[str, Any]], str | None]:
    """Give titles, rows and the next cursor of what the firm asked to have changed."""
    found = ask(call, _ASKED.list, _ASKED.asking(page=page))
    names = names_of(found)
    fields = [DATA_CHANGES.by_name[one] for one in ("proposed_on", "state", "reason")]
    rows = []
    for row in found.items:
        cells: list[Any] = [cell(call, one, getattr(row, one.name), names) for one in fields]
        cells[0] = {"text": str(row.proposed_on), "path": f"{CHANGES}/{row.id}"}
        rows.append({"id": row.id, "title": str(row.proposed_on), "cells": cells})
    return [one.title for one in fields], rows, found.next_cursor


def _list_changes(call: Call, form: Form) -> Shown:
    """Show all that the firm asked to have changed, the newest first."""
    columns, rows, cursor = _changes(call, page_of_list(form))
    return _listed("信息变更申请", CHANGES, columns, rows, cursor)


def _change(call: Call, form: Form) -> Shown:
    """Show what the firm asked to have changed, and what became of it."""
    found = ask(call, _ASKED.view, _ASKED.named(id=form["data_change_id"]))
    names, content = names_of(found), found.content
    said, parts = [], []
    for one in described(type(content)):
        value = getattr(content, one.name)
        if one.type is FieldType.ROWS:
            parts.append(part_of(call, (DataChanges.kind, found.id), one, value, names))
        elif value:
            said.append((one.title, cell(call, one, value, names)))
    values = {
        "title": f"信息变更申请：{content.name}", "said": said, "parts": parts,
        "now": _CHANGE_NOW[content.state].format(reason=content.reason),
        "links": [{"path": DATA, "title": "返回企业信息"}],
    }  # fmt: skip
    return Shown(template="firm_view.html", values=values)


def _complaints(call: Call) -> tuple[Sequence[str], list[dict[str, Any]]]:
    """Give titles and rows of the complaints about the firm; nothing of who made them."""
    found = ask(call, list_own_complaints, ListOwnComplaints())
    names, fields = names_of(found), described(KnownComplaint)
    rows = [
        {"id": str(place), "title": f"第{place}件", "cells": [
            cell(call, one, getattr(row, one.name), names) for one in fields
        ]}
        for place, row in enumerate(found.content.complaints, 1)
    ]  # fmt: skip
    return [one.title for one in fields], rows


def _list_complaints(call: Call, _: Form) -> Shown:
    """Show the firm what is complained of it."""
    columns, rows = _complaints(call)
    return _listed("对本企业的投诉举报", COMPLAINTS, columns, rows, None)


def _appeals(_call: Call, _: Form) -> Shown:
    """Lead to what the firm reported."""
    return Shown(goes_to=APPEALS)


def _graded(call: Call) -> Sequence[Any]:
    own = ask(call, view_own_subject, ViewOwnSubject())
    return ask(call, show_grades, ShowGrades(subject_id=own.id))


def _grades(call: Call, _: Form) -> Shown:
    """Show the newest grade by each rule, why it is so, and what would improve it."""
    return Shown(template="firm_grades.html", values={"grades": _graded(call)})


FIRM_PAGES: Final = (
    Page(method="GET", path=ENT, name="page_firm_home", access=Access.LOGGED_IN,
         run=_of_firms(_home)),
    Page(method="GET", path=ORDERS, name="page_firm_orders", access=_CASES.list.permission,
         run=_of_firms(_list_orders), menu=(_GROUP, "责令改正"), step=1, icon="ti-alert-triangle"),
    Page(method="GET", path=f"{ORDERS}/{{rectification_id}}", name="page_firm_order",
         access=_CASES.view.permission, run=_of_firms(_order)),
    Page(method="GET", path=VISITS, name="page_firm_visits", access=list_own_visits.permission,
         run=_of_firms(_list_visits), menu=(_GROUP, "接受的检查"), step=2,
         icon="ti-clipboard-check"),
    Page(method="GET", path=f"{VISITS}/{{visit_id}}", name="page_firm_visit",
         access=view_own_visit.permission, run=_of_firms(_visit)),
    Page(method="POST", path=f"{VISITS}/{{visit_id}}/confirm", name="page_firm_visit_confirm",
         access=confirm_visit.permission, run=_of_firms(_confirm), again=scan),
    Page(method="GET", path=SCANNED, name="page_firm_scanned",
         access=view_scanned_visit.permission, run=_of_firms(_scanned), again=scan),
    Page(method="GET", path=_SCAN, name="page_firm_scan",
         access=view_scanned_visit.permission, run=_of_firms(_scan), menu=(_GROUP, "扫一扫"),
         step=6, icon="ti-scan"),
    Page(method="GET", path=GRADES, name="page_firm_grades", access=show_grades.permission,
         run=_of_firms(_grades), menu=(_GROUP, "分级评价"), step=3, icon="ti-scale"),
    Page(method="GET", path=COMPLAINTS, name="page_firm_complaints",
         access=list_own_complaints.permission, run=_of_firms(_list_complaints),
         menu=(_GROUP, "投诉举报"), step=7, icon="ti-flag"),
    Page(method="GET", path=CONDUCT, name="page_firm_conduct",
         access=list_own_conduct.permission, run=_of_firms(show_conduct),
         menu=(_GROUP, "行为信息"), step=9, icon="ti-history"),
    Page(method="GET", path=CONDUCT_TABLE, name="page_firm_conduct_table",
         access=export_own_conduct.permission, run=_of_firms(conduct_table), gives_out=True,
         audited=True, carries=(export_own_conduct.permission,)),
    Page(method="GET", path=f"{ENT}/appeals", name="page_firm_appeals",
         access=submit_appeal.permission, run=_of_firms(_appeals),
         menu=(_GROUP, "诉求上报"), step=8, icon="ti-bell"),
    Page(method="GET", path=DATA, name="page_firm_data", access=view_own_subject.permission,
         run=_of_firms(_data), menu=(_GROUP, "企业信息"), step=4, icon="ti-building"),
    Page(method="GET", path=CHANGES, name="page_firm_changes", access=_ASKED.list.permission,
         run=_of_firms(_list_changes)),
    Page(method="GET", path=f"{CHANGES}/{{data_change_id}}", name="page_firm_change",
         access=_ASKED.view.permission, run=_of_firms(_change)),
)  # fmt: skip
