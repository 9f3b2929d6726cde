"""投诉举报人: who complained, shown to the department that deals with the clue, for a purpose.

Source: GB/T 33358-2016; 市场监督管理投诉举报处理暂行办法.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask, require
from entrypoints.http.web.purposes import PURPOSE, purpose_in
from supervision_core.clues.lists import CLUES
from supervision_core.clues.model import Complainant
from supervision_core.clues.services import ShowComplainant, show_complainant
from supervision_core.identity.services.lists import cases_of

_CLUES: Final = f"{HOME}/{CLUES.context}/{CLUES.plural}"
_HERE: Final = f"{_CLUES}/{{clue_id}}/personal"
_ASKED: Final = {True: "要求对被反映的企业保密", False: "没有要求保密"}


def _asked(call: Call, form: Form) -> Shown:
    """Ask what for."""
    shown = _shown(call, form, ())
    require(call, show_complainant.permission, _HERE)
    return shown


def _shown(call: Call, form: Form, said: tuple[tuple[str, str], ...]) -> Shown:
    cases, id_ = cases_of(CLUES), form["clue_id"]
    title = ask(call, cases.view, cases.named(id=id_)).content.title
    values = {
        "title": f"投诉举报人：{title}", "fields": (PURPOSE,), "values": form,
        "action": _HERE.format(clue_id=id_), "back": f"{_CLUES}/{id_}", "said": said,
    }  # fmt: skip
    return Shown(template="personal_data.html", values=values)


def _told(call: Call, form: Form) -> Shown:
    """Show who complained; the log keeps who looked, and what for."""
    purpose = purpose_in(form)
    asked = ShowComplainant(clue_id=form["clue_id"], purpose=purpose)
    found = call.platform.commands.run(show_complainant, asked, actor=call.who)
    return _shown(call, form, tuple(_said(found.complainant)))


def _said(one: Complainant | None) -> Iterator[tuple[str, str]]:
    if one is None:
        yield "投诉举报人", "没有留下姓名和电话"
        return
    yield "姓名", one.name or "没有留下"
    yield "电话", one.phone or "没有留下"
    yield "保密", _ASKED[one.confidential]


def links_of_one(call: Call, found: Any) -> Iterator[Mapping[str, Any]]:
    """Give the link to who complained, to the department that deals with the clue."""
    said = found.content
    handler = said.holder or said.registered_by
    if call.who.department == handler and call.who.may(show_complainant.permission):
        yield {"path": _HERE.format(clue_id=found.id), "title": "查看投诉举报人"}


COMPLAINANT_PAGES: Final = (
    Page(method="GET", path=_HERE, name="page_complainant_asked",
         access=cases_of(CLUES).view.permission, run=_asked, critical=True),
    Page(method="POST", path=_HERE, name="page_complainant", access=show_complainant.permission,
         run=_told, again=_asked, critical=True),
)  # fmt: skip
