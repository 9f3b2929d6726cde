"""``supervision import``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click
from attrs import evolve, frozen

from entrypoints.actors import GUANGXI, operator
from entrypoints.cli.console import Console, Exit
from entrypoints.cli.framing import database_option, finish, options, pairs_in, speaking
from entrypoints.cli.opening import opened
from supervision_core.kernel.canonical import Json

if TYPE_CHECKING:
    from entrypoints.container import Platform
    from entrypoints.intake import ImportReport, Reason
    from supervision_core.identity.model import Actor
    from supervision_core.officers.intake import OfficerEntry

_PLACES = 5


@frozen
class _Wanted:
    """What to take in, by whom, and how."""

    what: str
    file: Path
    actor: Actor
    errors: Path | None
    mapped: tuple[tuple[str, str], ...]
    department: str
    called: Mapping[str, str]


def _subjects(platform: Platform, wanted: _Wanted, console: Console) -> ImportReport:
    from entrypoints.intake import open_subjects, store_subjects

    file, actor, errors = wanted.file, wanted.actor, wanted.errors
    region = actor.scope.region
    with (
        open_subjects(platform, file, region=region, mapped=wanted.mapped) as reading,
        console.progress("登记监管对象", reading.total) as advance,
    ):
        return store_subjects(
            platform, reading, source=file.name, actor=actor, errors=errors, advance=advance
        )


def _officers(platform: Platform, wanted: _Wanted, console: Console) -> ImportReport:
    from entrypoints.intake import open_officers, store_officers

    actor, errors = wanted.actor, wanted.errors

    def meant(entry: OfficerEntry) -> OfficerEntry:
        said = entry.draft.department
        return evolve(entry, draft=evolve(entry.draft, department=wanted.called.get(said, said)))

    with (
        open_officers(
            platform,
            wanted.file,
            region=actor.scope.region,
            department=wanted.department,
            mapped=wanted.mapped,
            amend=meant,
        ) as reading,
        console.progress("登记执法人员", reading.total) as advance,
    ):
        return store_officers(platform, reading, actor=actor, errors=errors, advance=advance)


def _directory(platform: Platform, wanted: _Wanted, console: Console) -> ImportReport:
    from entrypoints.directory_intake import import_directory

    del console
    with wanted.file.open("rb") as source:
        return import_directory(
            platform,
            wanted.what,
            source,
            actor=wanted.actor,
            errors=wanted.errors,
            mapped=wanted.mapped,
        )


_TAKE = {
    "subjects": _subjects,
    "officers": _officers,
    "regions": _directory,
    "departments": _directory,
    "users": _directory,
}


@click.command(
    "import",
    help="导入监管对象（subjects）、执法人员（officers）、行政区划（regions）、组织机构（departments）"
    "或用户（users）表：.xlsx、.xls 或 .csv。\n\n"
    "表头可以是各部门的习惯写法，有标题行、多个工作表、合并单元格也可以。好的行导入，坏的行逐条说明；"
    "同一文件重复导入不会重复登记。一行也没有导入则退出码为 3。",
)
@click.argument("what", type=click.Choice(list(_TAKE)), metavar="|".join(_TAKE))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@database_option
@click.option(
    "--errors",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="把没有导入的行写成工作簿（标出错误和处理办法），改好后可直接再次导入。",
)
@click.option(
    "--map",
    "mapped",
    multiple=True,
    callback=pairs_in("请写成 表头=列，如 --map 户名=企业名称"),
    metavar="表头=列",
    help="指明文件中的一个表头是模板的哪一列，可多次使用，如 --map 户名=企业名称。",
)
@click.option(
    "--region",
    default=GUANGXI,
    show_default=True,
    help="表中没写区划时所属的区划，写代码或名称。",
)
@click.option("--department", default="", help="执法人员表中没写部门时所属的部门，写名称或编码。")
@click.option(
    "--called",
    multiple=True,
    callback=pairs_in("请写成 写法=机构，如 --called 南宁市市监局=南宁市市场监督管理局"),
    metavar="写法=机构",
    help="执法人员表中的一种部门写法是哪个机构（名称或编码），可多次使用。",
)
@options
def import_(  # noqa: PLR0913, PLR0917 - one argument an option
    what: str,
    file: Path,
    url: str,
    errors: Path | None,
    region: str,
    department: str,
    mapped: tuple[tuple[str, str], ...],
    called: tuple[tuple[str, str], ...],
    *,
    as_json: bool,
) -> None:
    """Take in what departments send."""
    from entrypoints.cli.naming import department_of, region_of

    with speaking(as_json=as_json) as console, opened(url) as platform:
        actor = operator(region=region_of(platform, region))
        own = department_of(platform, department)
        meant = {said: department_of(platform, name) for said, name in called}
        console.tell(f"· 正在读取 {file.name}")
        wanted = _Wanted(what, file, actor, errors, mapped, own, meant)
        report = _TAKE[what](platform, wanted, console)
        _tell(console, report, errors)
        if not report.taken:
            finish(Exit.REFUSED)


def _tell(console: Console, report: ImportReport, errors: Path | None) -> None:
    from entrypoints.intake import reasons_of

    written = str(errors) if errors and report.faults else ""
    reasons = [_said(one) for one in reasons_of(report, console.messages)]
    taken = f"新增 {report.added:,}，更新 {report.changed:,}，未变 {report.same:,}"
    left = f"重复 {report.repeated:,}，未导入 {report.refused:,}"
    lines = [
        f"{'✓' if report.taken else '✗'} 共 {report.rows:,} 行：{taken}，{left}",
        *([f"✗ {report.nothing}"] if report.nothing else []),
        *(_line(reason) for reason in reasons),
        *(
            f"! 工作表“{one.sheet}”没有导入：{console.messages.explain(violation).reason}"
            for one in report.unread
            for violation in one.violations
        ),
    ]
    if written and report.refused:
        lines.append(f"→ 待更正的行和全部问题的位置在 {written}，改好后再次导入该文件即可")
    elif written:
        lines.append(f"→ 全部提示的位置在 {written}")
    elif report.refused:
        lines.append("→ 加上 --errors 文件名.xlsx 可得到待更正的行和全部问题的位置")
    elif report.faults:
        lines.append("→ 加上 --errors 文件名.xlsx 可得到全部提示的位置")
    data: dict[str, Json] = {
        "rows": report.rows,
        "added": report.added,
        "changed": report.changed,
        "same": report.same,
        "repeated": report.repeated,
        "refused": report.refused,
        "nothing": report.nothing,
        "warnings": report.warnings,
        "reasons": reasons,
        "unread_sheets": [one.sheet for one in report.unread],
        "errors": written,
    }
    console.answer(data, lines)


def _said(one: Reason) -> dict[str, Json]:
    return {
        "code": one.code,
        "column": one.column,
        "severity": "error" if one.kept_out else "warning",
        "reason": one.said.reason,
        "remedy": one.said.remedy,
        "count": len(one.places),
        "first": [f"{each.sheet}!{each.fault.row}" for each in one.places[:_PLACES]],
    }


def _line(reason: dict[str, Json]) -> str:
    sign = "!" if reason["severity"] == "warning" else "✗"
    named = reason["column"] and str(reason["column"]) not in str(reason["reason"])
    column = f"“{reason['column']}”" if named else ""
    first = reason["first"]
    rows = "、".join(map(str, first)) if isinstance(first, list) else ""
    said = f"{column}{reason['reason']}：{reason['count']} 行"
    return f"{sign} {said}，如 {rows}（{reason['remedy']}）"
