"""The page on which the audit administrator looks into the log (审计日志)."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import Any, Final

from entrypoints.catalogue import act_titles, kind_titles
from entrypoints.http.api.registers import OPERATION
from entrypoints.http.errors import FormInvalid
from entrypoints.http.routes import Call
from entrypoints.http.web.pages import AUDIT, Form, Page, Shown, page_of_list
from entrypoints.http.web.reading import Field, Kind, read
from entrypoints.registered import registers
from entrypoints.searching import is_looked_up
from supervision_core.audit.model import Outcome, read_target, target_of
from supervision_core.audit.ports import AuditFilter
from supervision_core.identity.services.auditing import SearchLog, search_log
from supervision_core.kernel.days import GUANGXI
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.registers import Ask, called

OUTCOMES: Final = {Outcome.DONE.value: "已执行", Outcome.DENIED.value: "被拒绝"}
_USER: Final = "user"
_THING: Final = "thing"
_FIELDS: Final = (
    Field(name="since", title="从（日期）", kind=Kind.DAY),
    Field(name="until", title="到（日期，含当日）", kind=Kind.DAY),
    Field(name="actor", title="操作人账号", most=64, offers=_USER),
    Field(name="action", title="操作", most=80, offers=OPERATION),
    Field(name="outcome", title="结果", kind=Kind.CHOICE, choices=OUTCOMES),
)


def _fields(form: Form) -> tuple[Field, ...]:
    """Give the fields of the search; things are offered where their kind is looked up by name."""
    kind = form.get("kind", "")
    return (
        *_FIELDS,
        Field(name="kind", title="对象类型", kind=Kind.CHOICE, choices=kind_titles()),
        Field(name=_THING, title="对象", most=200, hint="先选对象类型，再填写名称或编号",
              offers=kind if kind in kind_titles() and is_looked_up(kind) else ""),
    )  # fmt: skip


def _shown(call: Call, form: Form, found: Mapping[str, Any]) -> Shown:
    fields = _fields(form)
    asked = {one.name: form[one.name] for one in fields if form.get(one.name)}
    thing = _called(call, form.get("kind", ""), form.get(_THING, ""))
    values = {"action": AUDIT, "fields": fields, "values": {**form, _THING: thing}}
    return Shown(template="audit.html", values={**values, "asked": asked, "found": found})


def _called(call: Call, kind: str, id: str) -> str:
    """Give by what a thing that is in use can be found again; any other text stays as it is."""
    with call.platform.transactions.begin_looking() as unit, suppress(KeyError):
        found = unit[Ask].resolve(kind, [id]).get(id)
        return found.text if found is not None and found.usable else id
    return id


def _search(call: Call, form: Form) -> Shown:
    """Look rows up, the newest first; that somebody looked is a row itself."""
    filled_in = read(_fields(form), form)
    since, until = filled_in.get("since"), filled_in.get("until")
    outcome = filled_in.get("outcome")
    actor, action = _named(call, str(filled_in["actor"]), str(filled_in["action"]))
    wanted = AuditFilter(
        since=_midnight(since) if since else None,
        until=_midnight(until) + timedelta(days=1) if until else None,
        actor=actor,
        action=action,
        outcome=Outcome(str(outcome)) if outcome else None,
        target=_target(call, str(filled_in["kind"] or ""), str(filled_in[_THING])),
    )
    command = SearchLog(wanted=wanted, cursor=page_of_list(form).cursor)
    found: Any = call.platform.commands.run(search_log, command, actor=call.who)
    return _shown(call, form, {**found, "rows": _in_words(call, found["rows"])})


def _named(call: Call, account: str, title: str) -> tuple[str, str]:
    """Give actor and action of an account and a title. Raises ``FormInvalid`` with every fault."""
    actor, action, faults = "", "", list[Violation]()
    if account:
        with call.platform.transactions.begin_looking() as unit:
            users = called(unit[Ask], _USER, [account])[account]
        actor = users[0].id if users else ""
        faults += [] if users else [Violation("http.account_unknown", "actor")]
    if title:
        action = next((name for name, one in act_titles().items() if one == title), "")
        faults += [] if action else [Violation("http.operation_unknown", "action")]
    refuse_if(FormInvalid, faults)
    return actor, action


def _target(call: Call, kind: str, thing: str) -> str:
    """Give what the log calls a thing that is named or has that id. Raises ``FormInvalid``.

    Of what nobody calls by name, and of what is there no more, it is the id.
    """
    if not kind and not thing:
        return ""
    missing = next((name for name, text in (("kind", kind), (_THING, thing)) if not text), "")
    refuse_if(FormInvalid, [Violation("http.missing", missing)] if missing else [])
    register = registers().get(kind)
    logged = kind if register is None else register.kind
    with call.platform.transactions.begin_looking() as unit:
        try:
            if unit[Ask].resolve(kind, [thing]):
                return target_of(logged, thing)
            found = called(unit[Ask], kind, [thing])[thing]
        except KeyError:
            return target_of(logged, thing)
    if len(found) != 1:
        code = f"kernel.register_{'called_twice' if found else 'not_called'}"
        data = {"title": "对象", "value": thing}
        raise FormInvalid((Violation(code, _THING, data),))
    return target_of(logged, found[0].id)


def _in_words(call: Call, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give rows with names and titles in place of ids and permissions."""
    targets = {one: _kind_and_id(one) for row in rows for one in row["targets"]}
    wanted: dict[str, set[str]] = {_USER: {row["actor"] for row in rows}}
    for kind, id_ in targets.values():
        wanted.setdefault(kind, set()).add(id_)
    with call.platform.transactions.begin_looking() as unit:
        names = {kind: _resolved(unit[Ask], kind, ids) for kind, ids in wanted.items()}
    titles, kinds = act_titles(), kind_titles()

    def about(target: str) -> str:
        kind, id_ = targets[target]
        name = names[kind].get(id_, "")
        return kinds.get(kind, "其他") + (f"“{name}”" if name else "")

    return [
        {
            "number": row["number"], "at": datetime.fromisoformat(row["at"]),
            "by": names[_USER].get(row["actor"], "系统"), "outcome": OUTCOMES[row["outcome"]],
            "act": titles.get(row["action"], "其他操作"),
            "about": "；".join(filter(None, (
                "、".join(dict.fromkeys(map(about, row["targets"]))), _given_out(row)
            ))),
        }
        for row in rows
    ]  # fmt: skip


def _given_out(row: Mapping[str, Any]) -> str:
    """Say how much an export gave out, and what it was asked for."""
    told = dict(row["note"])
    count, criteria = told.get("rows") or told.get("entries"), told.get("criteria")
    return f"{count}条；条件：{criteria}" if count and criteria else ""


def _kind_and_id(target: str) -> tuple[str, str]:
    if found := read_target(target):
        return found[:2]
    kind, _, id_ = target.partition("/")
    return kind, id_


def _resolved(ask: Ask, kind: str, ids: Iterable[str]) -> Mapping[str, str]:
    try:
        return {id_: one.text for id_, one in ask.resolve(kind, ids).items()}
    except KeyError:
        return {}


def _again(call: Call, form: Form) -> Shown:
    return _shown(call, form, {"rows": [], "next_cursor": None})


def _midnight(day: Any) -> datetime:
    return datetime.combine(datetime.fromisoformat(str(day)).date(), time(), GUANGXI)


AUDIT_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=AUDIT, name="page_audit", access=search_log.permission, run=_search,
         again=_again, menu=("系统管理", "审计日志"), icon="ti-history", audited=True),
)  # fmt: skip
"""Searching; whole logs go out by ``supervision audit export``, to be verified offline."""
