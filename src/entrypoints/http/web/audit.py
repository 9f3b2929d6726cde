"""The page on which the audit administrator looks into the log (审计日志)."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import Form, Page, Shown, page_of_list
from entrypoints.http.web.reading import Field, Kind, read
from entrypoints.titles import TITLES
from supervision_core.audit.model import Outcome
from supervision_core.audit.ports import AuditFilter
from supervision_core.identity.services.auditing import SearchLog, search_log
from supervision_core.kernel.days import GUANGXI

AUDIT: Final = "/gov/audit"
OUTCOMES: Final = {Outcome.DONE.value: "已执行", Outcome.DENIED.value: "被拒绝"}
_FIELDS: Final = (
    Field(name="since", title="从（日期）", kind=Kind.DAY),
    Field(name="until", title="到（日期，含当日）", kind=Kind.DAY),
    Field(name="actor", title="操作人编号", most=64),
    Field(name="action", title="操作", kind=Kind.CHOICE, choices=TITLES),
    Field(name="outcome", title="结果", kind=Kind.CHOICE, choices=OUTCOMES),
    Field(name="target", title="对象（种类/编号）", most=120),
)


def _shown(form: Form, found: Mapping[str, Any]) -> Shown:
    asked = {one.name: form[one.name] for one in _FIELDS if form.get(one.name)}
    values = {"action": AUDIT, "fields": _FIELDS, "values": form, "asked": asked, "found": found}
    return Shown(template="audit.html", values={**values, "titles": TITLES, "outcomes": OUTCOMES})


def _search(call: Call, form: Form) -> Shown:
    """Look rows up, the newest first; that somebody looked is a row itself."""
    filled_in = read(_FIELDS, form)
    since, until = filled_in.get("since"), filled_in.get("until")
    outcome = filled_in.get("outcome")
    wanted = AuditFilter(
        since=_midnight(since) if since else None,
        until=_midnight(until) + timedelta(days=1) if until else None,
        actor=str(filled_in.get("actor") or ""),
        action=str(filled_in.get("action") or ""),
        outcome=Outcome(str(outcome)) if outcome else None,
        target=str(filled_in.get("target") or ""),
    )
    command = SearchLog(wanted=wanted, cursor=page_of_list(form).cursor)
    found: Any = call.platform.commands.run(search_log, command, actor=call.who)
    rows = [
        {**row, "at": datetime.fromisoformat(row["at"]), "note": dict(row["note"])}
        for row in found["rows"]
    ]
    return _shown(form, {"rows": rows, "next_cursor": found["next_cursor"]})


def _again(_call: Call, form: Form) -> Shown:
    return _shown(form, {"rows": [], "next_cursor": None})


def _midnight(day: Any) -> datetime:
    return datetime.combine(datetime.fromisoformat(str(day)).date(), time(), GUANGXI)


AUDIT_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=AUDIT, name="page_audit", access=search_log.permission, run=_search,
         again=_again, menu="审计日志", audited=True),
)  # fmt: skip
"""Searching; whole logs go out by ``supervision audit export``, to be verified offline."""
