"""Regions, departments and users as workbooks, out and in, as at the command line."""

from collections.abc import Iterator
from enum import StrEnum
from io import BytesIO
from itertools import islice
from typing import Any, Final

from attrs import field, frozen

from entrypoints.directory_intake import (
    EXPORTS,
    IMPORTS,
    ExportCommand,
    export_directory,
    import_directory,
    table_for,
)
from entrypoints.directory_tables import FORMATS
from entrypoints.element_sets import own_elements
from entrypoints.http.api.login import Nothing
from entrypoints.http.errors import MediaTypeUnfit
from entrypoints.http.routes import Access, Call, Reply, Route
from entrypoints.intake import ImportReport
from supervision_core.identity.model import ExportNotAllowed
from supervision_core.identity.registers import USER_ELEMENTS
from supervision_core.identity.services import UseCase
from supervision_core.identity.services.directory_intake import ExportDepartments, ExportRegions
from supervision_core.identity.services.exporting import ExportUsers
from supervision_core.kernel.fields import said
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.tables import Severity

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_FAULTS: Final = 500
_BASE: Final = "/api/v1/identity"
_DEPARTMENT: Final = f"{_BASE}/departments/{{department_id}}"
_ZIP: Final = b"PK\x03\x04"
_IN_TEXT: Final = (
    "请求体就是.xlsx文件。有错的行逐条说明，其余照常导入；同一文件重复导入不产生变化。"
    f"至多列出{MOST_FAULTS}条原因。"
)


class Table(StrEnum):
    """Which table."""

    REGIONS = "regions"
    DEPARTMENTS = "departments"
    USERS = "users"


@frozen(kw_only=True)
class AskTemplate:
    """The table to fill in."""

    table: Table = field(
        metadata=said("哪一张表：regions行政区划，departments组织机构，users用户", example="users")
    )


@frozen(kw_only=True)
class TableFault:
    """What is wrong with a row, and what to do; without ``kept_out`` it only warns."""

    sheet: str = field(metadata=said("工作表", example="用户"))
    row: int = field(metadata=said("表中的行号", example=2))
    column: str = field(metadata=said("有误的列，整行有误时为空", example="手机号码"))
    code: str = field(metadata=said("稳定的原因编码", example="identity.phone_form"))
    reason: str = field(metadata=said("原因", example="手机号码不是11位有效号码"))
    remedy: str = field(metadata=said("处理办法", example="请更正后重新提交"))
    kept_out: bool = field(metadata=said("该行因此没有导入；否则只是提醒", example=True))


@frozen(kw_only=True)
class TableReport:
    """What became of a table: how many rows went in how, and every fault by its place."""

    rows: int = field(metadata=said("数据行数", example=3))
    added: int = field(metadata=said("新增的行数", example=1))
    changed: int = field(metadata=said("更新的行数", example=1))
    same: int = field(metadata=said("未变的行数", example=1))
    repeated: int = field(metadata=said("与别的行完全相同、只导入一次的行数", example=0))
    refused: int = field(metadata=said("没有导入的行数", example=1))
    nothing: str = field(metadata=said("没有导入任何一行的原因和办法，导入了的为空", example=""))
    faults: tuple[TableFault, ...] = field(metadata=said("逐条原因"))
    more_faults: bool = field(metadata=said("还有未列出的原因", example=False))
    unread_sheets: tuple[str, ...] = field(metadata=said("没有读取的工作表：表头不全"))


def is_workbook(content: bytes) -> bool:
    """Tell whether a file begins as a workbook does."""
    return content.startswith(_ZIP)


def require_workbook(call: Call, case: UseCase[Any, Any], content: bytes) -> None:
    """Refuse what is no workbook, of whoever may import. Raises ``MediaTypeUnfit``."""
    if call.who.may(case.permission) and not is_workbook(content):
        raise MediaTypeUnfit(XLSX)


def take_in(call: Call, what: str, content: bytes) -> TableReport:
    """Take a workbook in.

    Raises ``MediaTypeUnfit`` for what is none, and what the import does.
    """
    require_workbook(call, IMPORTS[what][0], content)
    found = import_directory(call.platform, what, BytesIO(content), actor=call.who, key=call.key)
    return reported(found, call.platform.messages)


def reported(found: ImportReport, messages: Messages) -> TableReport:
    """Put what became of a table into words."""
    return TableReport(
        rows=found.rows,
        added=found.added,
        changed=found.changed,
        same=found.same,
        repeated=found.repeated,
        refused=found.refused,
        nothing=found.nothing,
        faults=tuple(islice(_faults(found, messages), MOST_FAULTS)),
        more_faults=len(found.faults) > MOST_FAULTS,
        unread_sheets=tuple(one.sheet for one in found.unread),
    )


def _faults(found: ImportReport, messages: Messages) -> Iterator[TableFault]:
    for one in found.faults:
        fault = one.fault
        said = messages.explain(fault.violation)
        yield TableFault(
            sheet=one.sheet,
            row=fault.row,
            column=fault.column,
            code=fault.violation.code,
            reason=said.reason,
            remedy=said.remedy,
            kept_out=fault.severity is Severity.ERROR,
        )


def give_out(call: Call, what: str, command: ExportCommand) -> Reply:
    """Give a table as a file."""
    made = export_directory(call.platform, what, command, actor=call.who)
    return Reply(value=made.content, filename=_file_of(what))


def template(call: Call, what: str) -> Reply:
    """Give the workbook to fill in; it is no secret."""
    table = table_for(what, own_elements(call.platform, (USER_ELEMENTS,), call.who))
    return Reply(value=call.platform.tables.template(table), filename=_file_of(what))


def _file_of(what: str) -> str:
    return f"{FORMATS[what].title}.xlsx"


def _download(path: str, name: str, what: str, title: str, asked: type, **more: Any) -> Route:
    def run(call: Call, about: Any) -> Reply:
        return give_out(call, what, ExportDepartments() if asked is Nothing else about)

    return Route(
        method="GET", path=path, name=name, title=title, access=EXPORTS[what].permission,
        asked=asked, answered=bytes, run=run, gives=XLSX, audited=True, **more,
    )  # fmt: skip


def _upload(path: str, name: str, what: str, title: str) -> Route:
    def run(call: Call, _: Nothing) -> Reply:
        return Reply(value=to_plain(take_in(call, what, call.content)))

    case, _ = IMPORTS[what]
    return Route(
        method="POST", path=path, name=name, title=title, access=case.permission, asked=Nothing,
        answered=TableReport, run=run, takes=XLSX, keyed=True, text=_IN_TEXT,
    )  # fmt: skip


TABLE_ROUTES: tuple[Route, ...] = (
    _download(f"{_BASE}/region_table", "identity_download_regions", "regions",
              "下载行政区划表", ExportRegions, text="数据范围内的区划，改好后可再导入。"),
    _download(f"{_BASE}/department_table", "identity_download_all_departments", "departments",
              "下载全部组织机构表", Nothing, text="供超级管理员使用。"),
    _download(f"{_DEPARTMENT}/department_table", "identity_download_departments", "departments",
              "下载机构及其下级的表", ExportDepartments, text="改好后可再导入。"),
    _download(f"{_DEPARTMENT}/user_table", "identity_download_users", "users", "下载部门用户表",
              ExportUsers, critical=True, refusals=(ExportNotAllowed,),
              text="含完整个人信息，不含密码；须先申请（export_requests）并由另一人同意。"
                   "下载记入审计日志，改好后可再导入。"),
    _upload(f"{_BASE}/region_table", "identity_upload_regions", "regions", "导入行政区划表"),
    _upload(f"{_BASE}/department_table", "identity_upload_departments", "departments",
            "导入组织机构表"),
    _upload(f"{_BASE}/user_table", "identity_upload_users", "users", "导入用户表"),
    Route(
        method="GET", path=f"{_BASE}/table_templates/{{table}}", name="table_template",
        title="下载填报模板", access=Access.LOGGED_IN, asked=AskTemplate, answered=bytes,
        run=lambda call, about: template(call, about.table), gives=XLSX,
        text="表头、批注、下拉选项、示例行和填写说明。",
    ),
)  # fmt: skip
"""The tables that administrators fill in and mend."""
