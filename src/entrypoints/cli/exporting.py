"""``supervision export``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from entrypoints.actors import GUANGXI
from entrypoints.cli.framing import database_option, options, speaking
from entrypoints.words import all_messages
from supervision_core.kernel.canonical import Json

if TYPE_CHECKING:
    from entrypoints.container import Platform
    from entrypoints.directory_intake import ExportCommand
    from supervision_core.kernel.documents import ResultColumn
    from supervision_core.kernel.paging import Page, PageRequest
    from supervision_core.kernel.tables import Cell
    from supervision_core.subjects.ports import SubjectFilter, SubjectRow

_KINDS = {
    "authority": "机关",
    "association": "团体",
    "public_institution": "事业单位",
    "enterprise": "企业",
    "sole_trader": "个体工商户",
    "person": "自然人",
    "thing": "客体",
}
_STATUSES = {
    "active": "存续",
    "deregistered": "注销",
    "revoked": "吊销，未注销",
    "annulled": "撤销",
    "moved_out": "迁出",
    "suspended": "停业",
}
_TABLES = ("subjects", "officers", "regions", "departments", "users")
_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.group(help="导出填报模板、监管对象名单、行政区划、组织机构或用户。")
@click.help_option("--help", "-h", help="显示本帮助。")
def export() -> None:
    """Give out templates and lists."""


@export.command(help="导出填报模板：表头、批注、下拉选项、示例行和填写说明。")
@click.argument("what", type=click.Choice(_TABLES), metavar="|".join(_TABLES))
@click.argument("file", type=_FILE)
@options
def template(what: str, file: Path, *, as_json: bool) -> None:
    """Write the workbook that departments fill in."""
    from entrypoints.container import WorkbookTables
    from entrypoints.directory_tables import FORMATS
    from supervision_core.officers.intake import OFFICER_TABLE
    from supervision_core.subjects.intake import SUBJECT_TABLE

    tables = {"subjects": SUBJECT_TABLE, "officers": OFFICER_TABLE, **FORMATS}
    with speaking(as_json=as_json) as console:
        file.write_bytes(WorkbookTables(all_messages()).template(tables[what]))
        console.answer({"file": str(file)}, [f"✓ 模板已写入 {file}"])


@export.command(help="把监管对象名单导出为 .xlsx；导出记入审计日志。")
@click.argument("file", type=_FILE)
@database_option
@click.option(
    "--region",
    default=GUANGXI,
    show_default=True,
    help="只导出该区划（代码或名称）及其下级的对象。",
)
@options
def subjects(file: Path, url: str, region: str, *, as_json: bool) -> None:
    """Write the list of a region's subjects as a workbook."""
    from entrypoints.actors import operator
    from entrypoints.cli.naming import region_of
    from entrypoints.cli.opening import opened
    from supervision_core.kernel.documents import ResultSheet
    from supervision_core.subjects.services import (
        ExportSubjects,
        export_subjects,
        exported_subjects,
    )

    with speaking(as_json=as_json) as console:
        with opened(url) as platform:
            region = region_of(platform, region)
            cmd = ExportSubjects(region=region)
            actor = operator()
            count = platform.commands.run(export_subjects, cmd, actor=actor)
            rows = _rows(platform, exported_subjects(actor, region))
            sheet = ResultSheet(name="监管对象", columns=_columns(), rows=rows)
            file.write_bytes(platform.tables.results([sheet]))
        data: dict[str, Json] = {"file": str(file), "count": count}
        console.answer(data, [f"✓ {count:,} 个监管对象已写入 {file}"])


@export.command(help="把行政区划导出为 .xlsx，可修改后再导入；导出记入审计日志。")
@click.argument("file", type=_FILE)
@database_option
@options
def regions(file: Path, url: str, *, as_json: bool) -> None:
    """Write the register of regions as a workbook."""
    from supervision_core.identity.services.directory_intake import ExportRegions

    _directory("regions", file, url, "个区划", "", lambda _: ExportRegions(), as_json=as_json)


@export.command(help="把组织机构导出为 .xlsx，可修改后再导入；导出记入审计日志。")
@click.argument("file", type=_FILE)
@database_option
@click.option("--department", default="", help="只导出该机构（名称或编码）及其下级。")
@options
def departments(file: Path, url: str, department: str, *, as_json: bool) -> None:
    """Write the tree of departments as a workbook."""
    from supervision_core.identity.services.directory_intake import ExportDepartments

    def asked(id: str) -> ExportCommand:
        return ExportDepartments(department_id=id)

    _directory("departments", file, url, "个机构", department, asked, as_json=as_json)


@export.command(help="把一个机构的用户导出为 .xlsx，可修改后再导入；不含密码，导出记入审计日志。")
@click.argument("file", type=_FILE)
@database_option
@click.option("--department", required=True, help="机构的名称或编码。")
@click.option(
    "--request",
    "request_id",
    required=True,
    help="导出申请的编号：另一人（安全管理员）同意后，三天内由申请人导出。",
)
@options
def users(file: Path, url: str, department: str, request_id: str, *, as_json: bool) -> None:
    """Write the users of a department as a workbook."""
    from supervision_core.identity.services.exporting import ExportUsers

    def asked(id: str) -> ExportCommand:
        return ExportUsers(department_id=id, request_id=request_id)

    _directory("users", file, url, "名用户", department, asked, as_json=as_json)


def _directory(  # noqa: PLR0913, PLR0917 - one for each part
    what: str,
    file: Path,
    url: str,
    counted: str,
    department: str,
    asked: Callable[[str], ExportCommand],
    *,
    as_json: bool,
) -> None:
    """Write what ``asked`` gives of the department that is called ``department``."""
    from entrypoints.actors import operator
    from entrypoints.cli.naming import department_of
    from entrypoints.cli.opening import opened
    from entrypoints.directory_intake import export_directory

    with speaking(as_json=as_json) as console:
        with opened(url) as platform:
            command = asked(department_of(platform, department, former=True))
            made = export_directory(platform, what, command, actor=operator())
        file.write_bytes(made.content)
        data: dict[str, Json] = {"file": str(file), "count": made.count}
        console.answer(data, [f"✓ {made.count:,} {counted}已写入 {file}"])


def _columns() -> tuple[ResultColumn, ...]:
    from supervision_core.kernel.documents import ResultColumn
    from supervision_core.kernel.tables import ColumnKind

    return (
        ResultColumn("名称", width=40),
        ResultColumn("统一社会信用代码", ColumnKind.CODE, 22),
        ResultColumn("对象种类", width=12),
        ResultColumn("行政区划", ColumnKind.CODE, 12),
        ResultColumn("区划名称", width=16),
        ResultColumn("行业代码", ColumnKind.CODE, 10),
        ResultColumn("登记状态", width=14),
        ResultColumn("代码存疑", width=10),
    )


def _rows(platform: Platform, filter: SubjectFilter) -> Iterator[tuple[Cell, ...]]:
    """Read page by page, so that nobody waits for the whole list to be written."""
    from supervision_core.kernel.codes.data import guangxi_regions
    from supervision_core.kernel.paging import every_page
    from supervision_core.subjects.ports import SubjectQueries

    names = guangxi_regions()

    def ask(request: PageRequest) -> Page[SubjectRow]:
        with platform.transactions.begin() as unit:
            return unit[SubjectQueries].page(filter, request)

    for page in every_page(ask, order="name"):
        for row in page.items:
            place = names[row.region].name if row.region in names else ""
            yield (
                row.name,
                row.code,
                _KINDS[row.kind.value],
                row.region,
                place,
                row.industry,
                _STATUSES[row.status.value],
                "是" if row.doubtful else "",
            )
