"""一码检查: what a scanned code shows, to each by his right: anybody, the firm, officers.

Source: proposal 3274-3288, 3332, 3340-3350.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from entrypoints.container import code_picture
from entrypoints.http.routes import Access, Call
from entrypoints.http.web.lists import ListPages, tag_of
from entrypoints.http.web.pages import (
    ENT,
    PHONE,
    SCAN,
    SUBMIT,
    Form,
    Page,
    Shown,
    ask,
    is_firm,
    log_in_of,
)
from entrypoints.http.web.phone.visits import VISIT_ZONE
from entrypoints.http.web.phone.zone import Row, Section, lines_of, own_officer, sections_of
from entrypoints.list_tables import names_of
from supervision_core.clues.lists import CLUES
from supervision_core.clues.ports import Clues
from supervision_core.clues.services.appeals import complaints_about, submit_appeal
from supervision_core.grading.services import ShowGrades, show_grades
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.days import local_day
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.scan_codes import SHOWN_AT, CodeKind, ScanCode
from supervision_core.subjects.lists import SUBJECTS
from supervision_core.subjects.ports import Subjects
from supervision_core.subjects.services import ViewOwnSubject, view_own_subject
from supervision_core.tasks.lists import RECTIFICATIONS, TRANSFERS, VISITS
from supervision_core.tasks.services.own import ShowVisitCode, show_visit_code
from supervision_core.tasks.services.showing import PublicFirm, public_firm

SCANNED: Final = f"{ENT}/scanned"
"""Where a firm sees the visit whose code it scanned."""
_MOST: Final = PageRequest(size=20)
_STEPS: Final = {
    "assigned": ("check_in", "扫码签到"),
    "started": ("record_results", "记录检查结果"),
}
"""What an officer does with a visit whose firm's code he scanned, by its state."""
_SAID: Final = frozenset({"检查任务", "发起部门", "任务开始日期", "反馈期限"})
"""What a card says of a visit where its firm stands above."""
_MORE: Final[Sequence[tuple[ListQuery[Any], str]]] = (
    (RECTIFICATIONS, "责令改正"), (TRANSFERS, "移送和行政处罚"), (CLUES, "投诉举报和线索"),
)  # fmt: skip


def scan(_: Call, form: Form) -> Shown:
    """Offer to scan: by the camera, or by pasting what another program scanned."""
    values = {"title": "扫一扫", "shown_at": SHOWN_AT, "said": form.get("code", "")}
    return Shown(template="phone/scan.html", values=values)


def read_scanned(call: Call, form: Form) -> ScanCode:
    """Read what was scanned, outside of every transaction. Raises ``CodeRefused``."""
    today = local_day(call.platform.clock.now())
    return call.platform.codes.read(form.get("code", ""), today=today)


def _show(call: Call, form: Form) -> Shown:
    """Show whom or what a code names, as far as its reader may know."""
    code = read_scanned(call, form)
    if code.kind is CodeKind.VISIT:
        return _visit(call, code, form["code"])
    with call.platform.transactions.begin_reading() as unit:
        firm = public_firm(unit, code, today=local_day(call.platform.clock.now()))
        complained = complaints_about(unit, firm.id)
    known = call.actor is not None and not is_firm(call.actor) and _reached(call, firm)
    values = {
        "title": "企业码", "firm": firm,
        "sections": [
            *sections_of(firm, Subjects.kind), *list(sections_of(complained, Clues.kind))[1:],
        ],
        "complained": bool(complained.content.complaints),
        "complains": f"{SUBMIT}?{urlencode({'code': form['code']})}"
        if call.actor is not None and call.who.may(submit_appeal.permission) else "",
        "own": _own(call, firm),
        "officer": known and call.who.may(VISIT_ZONE.cases.list.permission),
        "visits": list(_visits(call, firm, form["code"])) if known else [],
        "more": list(_known(call, firm)) if known else [],
        "record": f"{ListPages(SUBJECTS).base}/{firm.id}" if known else "",
        "log_in": "" if call.actor else log_in_of(PHONE),
        "scan": SCAN,
    }  # fmt: skip
    return Shown(template="phone/scanned_firm.html", values=values)


def _visit(call: Call, code: ScanCode, text: str) -> Shown:
    """Lead to the visit whose code it is, whoever may see it."""
    if call.actor is None:
        values = {"title": "检查码", "until": code.until, "log_in": log_in_of(PHONE), "scan": SCAN}
        return Shown(template="phone/scanned_visit.html", values=values)
    if is_firm(call.actor):
        return Shown(goes_to=f"{SCANNED}?{urlencode({'code': text})}")
    return Shown(goes_to=f"{VISIT_ZONE.base}/{code.id}")


def _visit_code(call: Call, form: Form) -> Shown:
    """Show the firm the code of a visit, on the officer's phone."""
    shown = ask(call, show_visit_code, ShowVisitCode(visit_id=form["visit_id"]))
    found = VISIT_ZONE.view(call, form)
    values = {
        "title": "检查码", "back": f"{VISIT_ZONE.base}/{found.id}", "shown": shown,
        "picture": code_picture(shown.link), "said": found.content, "names": names_of(found),
    }  # fmt: skip
    return Shown(template="phone/visit_code.html", values=values)


def _own(call: Call, firm: PublicFirm) -> bool:
    """Tell whether the firm itself reads its code."""
    if not is_firm(call.actor) or not call.who.may(view_own_subject.permission):
        return False
    return bool(ask(call, view_own_subject, ViewOwnSubject()).id == firm.id)


def _reached(call: Call, firm: PublicFirm) -> bool:
    """Tell whether the reader finds the firm in his own list of subjects."""
    cases, number = cases_of(SUBJECTS), firm.content.number
    if not number or not call.who.may(cases.list.permission):
        return False
    found = ask(call, cases.list, cases.asking(code=number, page=_MOST)).items
    return any(one.id == firm.id for one in found)


def _visits(call: Call, firm: PublicFirm, text: str) -> Iterator[Mapping[str, Any]]:
    """Give the open visits of the reader to the firm, each with what comes next in it."""
    cases, me = VISIT_ZONE.cases, own_officer(call)
    if not me or not call.who.may(cases.list.permission):
        return
    asked = cases.asking(subject=firm.id, open=True, officers=me, page=_MOST)
    found = ask(call, cases.list, asked)
    for one in found.items:
        here = f"{VISIT_ZONE.base}/{one.id}"
        verb, title = _STEPS.get(one.state.value, ("", ""))
        query = f"?{urlencode({'code': text})}" if verb == "check_in" else ""
        shows = call.who.may(VISIT_ZONE.cases.view.permission)
        yield {
            "title": one.number, "path": here, "state": tag_of(VISITS.by_name["state"], one.state),
            "lines": [line for line in lines_of(one, names_of(found)) if line[0] in _SAID],
            "next": f"{here}/do/{verb}{query}" if verb and shows else "", "does": title,
        }  # fmt: skip


def _known(call: Call, firm: PublicFirm) -> Iterator[Section]:
    """Give what departments know of the firm beside what is public, as far as the reader may."""
    if call.who.may(show_grades.permission):
        graded = ask(call, show_grades, ShowGrades(subject_id=firm.id))
        yield Section(title="风险、信用和等级", rows=[
            Row(lines=[
                ("分级分类规则", one.rule), ("等级", one.grade or "数据不足"),
                ("风险等级", one.risk or "数据不足"), ("信用等级", one.credit or "数据不足"),
                ("截至", str(one.as_of)),
            ])
            for one in graded
        ])  # fmt: skip
    for query, title in _MORE:
        cases = cases_of(query)
        if call.who.may(cases.list.permission):
            found = ask(call, cases.list, cases.asking(subject=firm.id, page=_MOST))
            names = names_of(found)
            yield Section(
                title=title, rows=[Row(lines=list(lines_of(one, names))) for one in found.items]
            )


SCANNING_PAGES: Final = (
    Page(method="GET", path=SCAN, name="page_phone_scan", access=Access.PUBLIC, welcomes=True,
         run=scan, menu=("一码检查", "扫一扫"), icon="ti-scan"),
    Page(method="GET", path=SHOWN_AT, name="page_phone_scanned", access=Access.PUBLIC,
         welcomes=True, run=_show, again=scan),
    Page(method="GET", path=f"{VISIT_ZONE.base}/{{visit_id}}/code", name="page_phone_visit_code",
         access=show_visit_code.permission, run=_visit_code),
)  # fmt: skip
