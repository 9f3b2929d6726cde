"""The routes of every list, made of its one description."""

from collections.abc import Iterable
from typing import Any, BinaryIO

from attrs import evolve, field

from entrypoints.element_sets import elements_asked, own_elements
from entrypoints.http.api.list_workbooks import (
    COLUMNS,
    giving,
    said_in,
    taken,
    taking,
    without_page,
)
from entrypoints.http.api.registers import history_route
from entrypoints.http.api.tables import TableReport
from entrypoints.http.routes import Call, Reply, Route, listing, reading
from entrypoints.intake import ImportReport
from entrypoints.list_intake import Intake, import_list, intake_of
from entrypoints.list_tables import ListSheet, export_list
from entrypoints.registered import lists
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.errors import DomainError
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import MOST_EXPORTED, DaysUnfit, ListQuery, Match
from supervision_core.kernel.paging import PageRequest, UnknownColumn, UnknownOrder, require_columns
from supervision_core.kernel.plain import to_plain


def base_of(query: ListQuery[Any]) -> str:
    """Give the path of a list."""
    return f"/api/v1/{query.context}/{query.plural}"


def routes_of(query: ListQuery[Any]) -> Iterable[Route]:
    """Give the routes of a list: its rows, how many there are, one aggregate, the export."""
    cases = cases_of(query)
    rows = listing(base_of(query), cases.list, cases.list.title)
    yield evolve(rows, refusals=rows.refusals + _refusals(query))
    yield _counting(query)
    parameter = f"{query.noun}_id"
    path = f"{base_of(query)}/{{{parameter}}}"
    if query.view is not None:
        yield reading(path, cases.view, cases.view.title, renamed={parameter: "id"}, tagged=True)
    yield history_route(path, cases.history, query.title, {parameter: "id"})
    if query.exported:
        yield _export(query)
    if intake := intake_of(query):
        yield from _import(intake)


def _refusals(query: ListQuery[Any]) -> tuple[type[DomainError], ...]:
    asks_days = any(one.match is Match.WITHIN for one in query.criteria)
    return (DaysUnfit,) if asks_days else ()


def _counting(query: ListQuery[Any]) -> Route:
    cases = cases_of(query)
    asked = without_page(f"Count{cases.asking.__name__}", cases.asking)

    def run(call: Call, about: Any) -> Reply:
        found = call.platform.commands.ask(
            cases.count, cases.asking(**said_in(about)), actor=call.who
        )
        return Reply(value=to_plain(found))

    return Route(
        method="GET", path=f"{base_of(query)}/count",
        name=f"{cases.list.name.replace('.', '_')}_count", title=f"{query.title}的条数",
        access=cases.list.permission, asked=asked, answered=_answered(cases.count), run=run,
        refusals=_refusals(query),
        text=f"按列表的条件计数，至多数到{MOST_EXPORTED}条。",
    )  # fmt: skip


def _export(query: ListQuery[Any]) -> Route:
    cases = cases_of(query)
    extra = {"order": field(type=str, default="", metadata=said("次序")), **COLUMNS}

    def give(call: Call, about: Any) -> bytes:
        asked = said_in(about)
        columns = asked.pop("columns")
        page = PageRequest(order=asked.pop("order"))
        page.require_order(*cases.list.orders)
        wanted = cases.asking(**asked, page=page)
        if columns:
            whole = ListSheet(query, elements_asked(call.platform, query, wanted, call.who))
            require_columns(columns, [one.name for one in whole.columns])
        return export_list(call.platform, query, wanted, actor=call.who, columns=columns)

    return giving(
        base_of(query), cases.export, query.title,
        without_page(f"Export{cases.asking.__name__}", cases.asking, extra), give,
        orders=cases.list.orders, refusals=(UnknownColumn, UnknownOrder, *_refusals(query)),
        text=f"按列表的条件和次序导出，至多{MOST_EXPORTED}条。",
    )  # fmt: skip


def _take_in(call: Call, intake: Intake, content: bytes) -> TableReport:
    """Take a workbook in.

    Raises ``MediaTypeUnfit`` for what is none, and what the import does.
    """

    def bring(file: BinaryIO) -> ImportReport:
        return import_list(call.platform, intake, file, actor=call.who, key=call.key)

    return taken(call, intake.case, content, bring)


def _import(intake: Intake) -> Iterable[Route]:
    query = intake.query
    return taking(
        base_of(query), intake.case, query.title,
        lambda call: _take_in(call, intake, call.content),
        lambda call: intake.table(own_elements(call.platform, query.elements, call.who)),
    )  # fmt: skip


def _answered(case: Any) -> Any:
    return case.body.__annotations__["return"]


def list_routes() -> Iterable[Route]:
    """Give the routes of every list."""
    for query in lists().values():
        yield from routes_of(query)
