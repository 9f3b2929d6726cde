"""离线记录导入: an office looks at what a phone exported, and hands it in for its colleagues."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from entrypoints.http.api.field_records import told
from entrypoints.http.routes import Call
from entrypoints.http.web.pages import HOME, Form, Page, Shown
from entrypoints.http.web.reading import Field, Kind
from supervision_core.field_records.model import RecordState
from supervision_core.field_records.services.bringing import (
    Bringing,
    BroughtRecord,
    bring_records,
)
from supervision_core.kernel.days import minute_text

_HERE: Final = f"{HOME}/field_records/import"
_FILE: Final = Field(name="file", title="离线记录文件", kind=Kind.FILE, required=True)
_LOST: Final = Field(
    name="lost", title="前一条记录丢失的说明", kind=Kind.TEXT,
    hint="文件里的记录缺少前一条、确认手机里已经找不到的，写明情况，后面的记录即可办理。",
)  # fmt: skip
_LOOK: Final = "look"
_STATES: Final = {
    RecordState.DONE: ("已办理", "green"), RecordState.REFUSED: ("不予办理", "red"),
    RecordState.CONFLICT: ("与他人的修改冲突", "amber"),
}  # fmt: skip


def _asked(_call: Call, _form: Form) -> Shown:
    return _shown(())


def _taken(call: Call, form: Form) -> Shown:
    """Show what the file holds, or carry it out; the same file again does nothing more."""
    bringing = Bringing(posting=call.platform.posting)
    look = form.get("act") == _LOOK
    found = bringing.look(call.who, call.content) if look else bringing.bring(
        call.who, call.content, form.get(_LOST.name, "")
    )  # fmt: skip
    return _shown(_rows(call, found), brought=not look)


def _rows(call: Call, found: Iterable[BroughtRecord]) -> Iterator[Mapping[str, Any]]:
    for one in found:
        view = None if one.receipt is None else told(one.receipt, call.platform.messages)
        state = None if view is None or view.state is None else _STATES[view.state]
        yield {
            "at": minute_text(one.sheet.recorded_at),
            "author": one.author, "number": one.number,
            "title": one.title or "不能启封", "state": state, "lacks": one.lacks,
            "reasons": () if view is None else view.reasons,
        }  # fmt: skip


def _shown(rows: Iterable[Mapping[str, Any]], *, brought: bool = False) -> Shown:
    values = {
        "title": "离线记录导入", "action": _HERE, "fields": [_FILE, _LOST], "rows": list(rows),
        "brought": brought, "more": [{"name": "act", "value": _LOOK, "title": "只查看"}],
    }  # fmt: skip
    return Shown(template="field_records.html", values=values)


FIELD_RECORD_PAGES: Final = (
    Page(method="GET", path=_HERE, name="page_field_records_importing",
         access=bring_records.permission, run=_asked, menu=("一业一查", "离线记录导入"), step=9,
         icon="ti-upload"),
    Page(method="POST", path=_HERE, name="page_field_records_import",
         access=bring_records.permission, run=_taken, again=_asked, file=_FILE.name),
)  # fmt: skip
