"""行为信息: what was done and found about a firm, on a page of its own space, and as a workbook.

Source: proposal 1791; docs/adr/0114.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from entrypoints.http.api.tables import XLSX
from entrypoints.http.routes import Call, Reply
from entrypoints.http.web.pages import ENT, Form, Shown, ask, page_of_list
from entrypoints.http.web.reading import Field, Kind, read
from entrypoints.list_tables import names_of, sheet_of
from supervision_core.cogovernance.model import CONDUCT_KINDS, ConductKind, ConductRow
from supervision_core.cogovernance.services import (
    AskConduct,
    ListOwnConduct,
    OwnConduct,
    export_own_conduct,
    list_own_conduct,
)
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.registers import described
from supervision_core.kernel.registers.tables import cell_of
from supervision_core.kernel.tables import Cell

CONDUCT: Final = f"{ENT}/conduct"
TABLE: Final = f"{CONDUCT}/table"
_TITLE: Final = "行为信息"
_K: Final = ConductKind
_PLACES: Final[Mapping[ConductKind, str]] = {
    **dict.fromkeys((_K.VISIT, _K.RESULT, _K.TRANSFER), f"{ENT}/visits/{{}}"),
    **dict.fromkeys((_K.ORDER, _K.RECHECK), f"{ENT}/orders/{{}}"),
    _K.GRADE: f"{ENT}/grades", _K.COMPLAINT: f"{ENT}/complaints",
}  # fmt: skip
"""Where what a row is taken from stands in the firm's space."""
_SEARCH: Final = (
    Field(name="kind", title="类型").choosing(CONDUCT_KINDS),
    Field(name="since", title="起始日期", kind=Kind.DAY),
    Field(name="until", title="截止日期", kind=Kind.DAY),
)
_COLUMNS: Final = tuple(one for one in described(ConductRow) if one.listed)


def conduct(
    call: Call, about: ListOwnConduct
) -> tuple[Sequence[str], list[dict[str, Any]], str | None]:
    """Give titles, rows and the next cursor of what was done and found about the firm."""
    found = ask(call, list_own_conduct, about)
    at = [one.name for one in _COLUMNS].index("title")
    rows = []
    for place, (row, said) in enumerate(zip(found.items, _cells(found), strict=True), 1):
        cells: list[Any] = list(said)
        cells[at] = {"text": row.title, "path": _PLACES[row.kind].format(row.about)}
        rows.append({"id": f"{place}", "title": row.title, "cells": cells})
    return [one.title for one in _COLUMNS], rows, found.next_cursor


def _cells(found: OwnConduct) -> Iterator[tuple[Cell, ...]]:
    names = names_of(found)
    for row in found.items:
        yield tuple(
            cell_of(one, getattr(row, one.name), names.get(str(one.to), {})) for one in _COLUMNS
        )


def _asked(form: Form) -> AskConduct:
    """Read what is searched for. Raises ``FormInvalid``."""
    told = {name: value for name, value in read(_SEARCH, form).items() if value}
    return from_plain(AskConduct, told)


def show_conduct(call: Call, form: Form) -> Shown:
    """Show what was done and found about the firm, the newest first, by kind and days."""
    told = _asked(form)
    about = ListOwnConduct(
        kind=told.kind, since=told.since, until=told.until, page=page_of_list(form)
    )
    columns, rows, cursor = conduct(call, about)
    query = {one.name: form[one.name] for one in _SEARCH if form.get(one.name)}
    links = []
    if call.who.may(export_own_conduct.permission):
        path = f"{TABLE}?{urlencode(query)}" if query else TABLE
        links.append({"path": path, "title": "导出", "icon": "ti-download"})
    values = {
        "title": _TITLE, "base": CONDUCT, "columns": columns, "rows": rows,
        "next_cursor": cursor, "search": _SEARCH, "asked": query, "links": links,
        "says": "监管部门对本企业做了什么、发现了什么，新的在前；检查结果公示后才列入。",
    }  # fmt: skip
    return Shown(template="firm_list.html", values=values)


def conduct_table(call: Call, form: Form) -> Shown:
    """Give what is searched for as a workbook; the log keeps by what, and how much."""
    found = call.platform.commands.run(export_own_conduct, _asked(form), actor=call.who)
    body = call.platform.tables.results([sheet_of(_TITLE, _COLUMNS, _cells(found))])
    return Shown(file=Reply(
        value=iter([body]), filename=f"{_TITLE}.xlsx", media=XLSX, length=len(body)
    ))  # fmt: skip
