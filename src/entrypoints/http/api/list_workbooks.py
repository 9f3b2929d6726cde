"""Routes by which the rows of lists and registers go out and come in as workbooks."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, Final

import attrs
from attrs import field

from entrypoints.http.api.login import Nothing
from entrypoints.http.api.tables import XLSX, TableReport, reported, require_workbook
from entrypoints.http.routes import Access, Call, Reply, Route
from entrypoints.intake import ImportReport
from supervision_core.identity.services import UseCase
from supervision_core.kernel.fields import said
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.tables import TableFormat

Case = UseCase[Any, Any]
COLUMNS: Final[Mapping[str, Any]] = {
    "columns": field(
        type=tuple[str, ...], default=(),
        metadata=said("只要这些列，按所列次序，为空则全部导出", example=["name"]),
    )
}  # fmt: skip
"""What of a workbook is asked for."""


def without_page(name: str, asking: type, more: Mapping[str, Any] | None = None) -> type:
    """Give what a list is asked, all its rows at once, and what is asked ``more``."""
    known: Any = asking
    members: dict[str, Any] = {
        one.name: field(type=one.type, default=one.default, metadata=dict(one.metadata))
        for one in attrs.fields(known)
        if one.name != "page"
    }
    return attrs.make_class(name, members | dict(more or {}), frozen=True, kw_only=True)


def said_in(about: Any) -> dict[str, Any]:
    """Give what is asked, by its names."""
    return {one.name: getattr(about, one.name) for one in attrs.fields(type(about))}


def taken(
    call: Call, case: Case, content: bytes, bring: Callable[[BytesIO], ImportReport]
) -> TableReport:
    """Take a workbook in. Raises ``MediaTypeUnfit`` for what is none, and what the import does."""
    require_workbook(call, case, content)
    return reported(bring(BytesIO(content)), call.platform.messages)


def giving(
    base: str, case: Case, title: str, asked: type, give: Callable[[Call, Any], bytes], **more: Any
) -> Route:
    """Give the route of an export; the file is called by ``title``."""

    def run(call: Call, about: Any) -> Reply:
        return Reply(value=give(call, about), filename=f"{title}.xlsx")

    return Route(
        method="GET", path=f"{base}/table", name=case.name.replace(".", "_"), title=case.title,
        access=case.permission, asked=asked, answered=bytes, run=run, gives=XLSX, audited=True,
        **more,
    )  # fmt: skip


def taking(
    base: str, case: Case, title: str, take: Callable[[Call], TableReport],
    table: Callable[[Call], TableFormat],
) -> tuple[Route, Route]:  # fmt: skip
    """Give the routes of an import, and of the workbook to fill in, which is no secret."""
    name = case.name.replace(".", "_")

    def template(call: Call, _: Any) -> Reply:
        made = table(call)
        return Reply(value=call.platform.tables.template(made), filename=f"{made.title}.xlsx")

    return (
        Route(
            method="POST", path=f"{base}/table", name=name, title=case.title,
            access=case.permission, asked=Nothing, answered=TableReport, takes=XLSX, keyed=True,
            run=lambda call, _: Reply(value=to_plain(take(call))),
            text="请求体就是.xlsx文件。有错的行逐条说明，其余照常导入；重复导入不产生变化。",
        ),
        Route(
            method="GET", path=f"{base}/table_template", access=Access.LOGGED_IN, asked=Nothing,
            name=f"{name}_template", title=f"下载{title}填报模板", answered=bytes, run=template,
            gives=XLSX,
        ),
    )  # fmt: skip
