"""The routes of every list, made of its one description."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final

import attrs
from attrs import field

from entrypoints.element_sets import own_elements
from entrypoints.http.api.login import Nothing
from entrypoints.http.api.registers import history_route
from entrypoints.http.api.tables import XLSX, TableReport, reported
from entrypoints.http.errors import MediaTypeUnfit
from entrypoints.http.routes import Access, Call, Reply, Route, listing, reading
from entrypoints.intake import Advance, ignored
from entrypoints.list_intake import Intake, import_list, intake_of
from entrypoints.list_tables import export_list
from entrypoints.registered import lists
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import MOST_EXPORTED, ListQuery
from supervision_core.kernel.paging import PageRequest, UnknownOrder
from supervision_core.kernel.plain import to_plain

_ZIP: Final = b"PK\x03\x04"


def base_of(query: ListQuery[Any]) -> str:
    """Give the path of a list."""
    return f"/api/v1/{query.context}/{query.plural}"


def routes_of(query: ListQuery[Any]) -> Iterable[Route]:
    """Give the routes of a list: its rows, how many there are, one aggregate, the export."""
    cases = cases_of(query)
    yield listing(base_of(query), cases.list, cases.list.title)
    yield _counting(query)
    parameter = f"{query.noun}_id"
    path = f"{base_of(query)}/{{{parameter}}}"
    yield reading(path, cases.view, cases.view.title, renamed={parameter: "id"}, tagged=True)
    yield history_route(path, cases.history, query.title, {parameter: "id"})
    if query.exported:
        yield _export(query)
    if intake := intake_of(query):
        yield from _import(intake)


def _counting(query: ListQuery[Any]) -> Route:
    cases = cases_of(query)
    asked = _without_page(f"Count{cases.asking.__name__}", cases.asking)

    def run(call: Call, about: Any) -> Reply:
        found = call.platform.commands.ask(
            cases.count, cases.asking(**_said(about)), actor=call.who
        )
        return Reply(value=to_plain(found))

    return Route(
        method="GET", path=f"{base_of(query)}/count",
        name=f"{cases.list.name.replace('.', '_')}_count", title=f"{query.title}的条数",
        access=cases.list.permission, asked=asked, answered=_answered(cases.count), run=run,
        text=f"按列表的条件计数，至多数到{MOST_EXPORTED}条。",
    )  # fmt: skip


def _export(query: ListQuery[Any]) -> Route:
    cases = cases_of(query)
    case = cases.export
    extra = {"order": field(type=str, default="", metadata=said("次序"))}
    asked = _without_page(f"Export{cases.asking.__name__}", cases.asking, extra)

    def run(call: Call, about: Any) -> Reply:
        said = _said(about)
        page = PageRequest(order=said.pop("order"))
        page.require_order(*cases.list.orders)
        wanted = cases.asking(**said, page=page)
        file = export_list(call.platform, query, wanted, actor=call.who)
        return Reply(value=file, filename=f"{query.title}.xlsx")

    return Route(
        method="GET", path=f"{base_of(query)}/table", name=case.name.replace(".", "_"),
        title=case.title, access=case.permission, asked=asked, answered=bytes,
        run=run, gives=XLSX, audited=True, orders=cases.list.orders,
        refusals=(UnknownOrder,),
        text=f"按列表的条件和次序导出，至多{MOST_EXPORTED}条。",
    )  # fmt: skip


def take_in(call: Call, intake: Intake, content: bytes, expect: Advance = ignored) -> TableReport:
    """Take a workbook in; ``expect`` is told how many rows it has.

    Raises ``MediaTypeUnfit`` for what is none, and what the import does.
    """
    if call.who.may(intake.case.permission) and not content.startswith(_ZIP):
        raise MediaTypeUnfit(XLSX)
    found = import_list(
        call.platform, intake, BytesIO(content), actor=call.who, key=call.key, expect=expect
    )
    return reported(found, call.platform.messages)


def _import(intake: Intake) -> Iterable[Route]:
    case, path = intake.case, f"{base_of(intake.query)}/table"
    name = case.name.replace(".", "_")
    yield Route(
        method="POST", path=path, name=name, title=case.title, access=case.permission,
        asked=Nothing, answered=TableReport, takes=XLSX, keyed=True,
        run=lambda call, _: Reply(value=to_plain(take_in(call, intake, call.content))),
        text="请求体就是.xlsx文件。有错的行逐条说明，其余照常导入；重复导入不产生变化。",
    )  # fmt: skip
    yield Route(
        method="GET", path=f"{path}_template", access=Access.LOGGED_IN, asked=Nothing,
        name=f"{name}_template", title=f"下载{intake.query.title}填报模板", answered=bytes,
        run=lambda call, _: _template(call, intake), gives=XLSX,
    )  # fmt: skip


def _template(call: Call, intake: Intake) -> Reply:
    table = intake.table(own_elements(call.platform, intake.query.elements, call.who))
    return Reply(value=call.platform.tables.template(table), filename=f"{table.title}.xlsx")


def _said(about: Any) -> dict[str, Any]:
    return {one.name: getattr(about, one.name) for one in attrs.fields(type(about))}


def _answered(case: Any) -> Any:
    return case.body.__annotations__["return"]


def _without_page(name: str, asking: type, more: dict[str, Any] | None = None) -> type:
    members: dict[str, Any] = {
        one.name: field(type=one.type, default=one.default, metadata=dict(one.metadata))
        for one in attrs.fields(asking)
        if one.name != "page"
    }
    return attrs.make_class(name, members | (more or {}), frozen=True, kw_only=True)


def list_routes() -> Iterable[Route]:
    """Give the routes of every list."""
    for query in lists().values():
        yield from routes_of(query)
