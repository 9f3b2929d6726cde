"""``supervision import``."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import rich_click as click

from entrypoints.actors import GUANGXI, operator
from entrypoints.cli.console import Console, Exit
from entrypoints.cli.framing import database_option, finish, options, speaking
from entrypoints.cli.opening import opened
from entrypoints.container import Platform
from entrypoints.directory_intake import import_directory
from entrypoints.directory_tables import FORMATS
from entrypoints.intake import (
    ImportReport,
    open_officers,
    open_subjects,
    store_officers,
    store_subjects,
)
from supervision_core.identity.model import Actor
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.tables import Severity

_PLACES = 5


def _subjects(
    platform: Platform, file: Path, actor: Actor, errors: Path | None, console: Console
) -> ImportReport:
    console.tell(f"· 正在读取 {file.name}")
    with (
        open_subjects(platform, file, region=actor.scope.region) as reading,
        console.progress("登记监管对象", reading.total) as advance,
    ):
        return store_subjects(
            platform, reading, source=file.name, actor=actor, errors=errors, advance=advance
        )


def _officers(
    platform: Platform, file: Path, actor: Actor, errors: Path | None, console: Console
) -> ImportReport:
    console.tell(f"· 正在读取 {file.name}")
    region, department = actor.scope.region, actor.department
    with (
        open_officers(platform, file, region=region, department=department) as reading,
        console.progress("登记执法人员", reading.total) as advance,
    ):
        return store_officers(platform, reading, actor=actor, errors=errors, advance=advance)


def _directory(
    what: str,
) -> Callable[[Platform, Path, Actor, Path | None, Console], ImportReport]:
    def take(
        platform: Platform, file: Path, actor: Actor, errors: Path | None, console: Console
    ) -> ImportReport:
        console.tell(f"· 正在读取 {file.name}")
        with file.open("rb") as source:
            return import_directory(platform, what, source, actor=actor, errors=errors)

    return take


_TAKE: Mapping[str, Callable[[Platform, Path, Actor, Path | None, Console], ImportReport]] = {
    "subjects": _subjects,
    "officers": _officers,
    **{what: _directory(what) for what in FORMATS},
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
@click.option("--region", default=GUANGXI, show_default=True, help="表中没写区划时所属的区划代码。")
@click.option("--department", default="", help="执法人员表中没写部门时所属的部门。")
@options
def import_(  # noqa: PLR0913, PLR0917 - one argument an option
    what: str,
    file: Path,
    url: str,
    errors: Path | None,
    region: str,
    department: str,
    *,
    as_json: bool,
) -> None:
    """Take in what departments send."""
    with speaking(as_json=as_json) as console, opened(url) as platform:
        actor = operator(region=region, department=department or operator().department)
        report = _TAKE[what](platform, file, actor, errors, console)
        _tell(console, report, errors)
        if report.refused and not report.added + report.changed + report.same:
            finish(Exit.REFUSED)


def _tell(console: Console, report: ImportReport, errors: Path | None) -> None:
    written = str(errors) if errors and report.refused else ""
    reasons = list(_reasons(report, console.messages))
    taken = f"新增 {report.added:,}，更新 {report.changed:,}，未变 {report.same:,}"
    left = f"重复 {report.repeated:,}，未导入 {report.refused:,}"
    lines = [
        f"✓ 共 {report.rows:,} 行：{taken}，{left}",
        *(_line(reason) for reason in reasons),
        *(
            f"! 工作表“{one.sheet}”没有导入：{console.messages.explain(violation).reason}"
            for one in report.unread
            for violation in one.violations
        ),
    ]
    if written:
        lines.append(f"→ 待更正的行在 {written}，改好后再次导入该文件即可")
    elif report.refused:
        lines.append("→ 加上 --errors 文件名.xlsx 可得到待更正的行")
    data: dict[str, Json] = {
        "rows": report.rows,
        "added": report.added,
        "changed": report.changed,
        "same": report.same,
        "repeated": report.repeated,
        "refused": report.refused,
        "warnings": report.warnings,
        "reasons": reasons,
        "unread_sheets": [one.sheet for one in report.unread],
        "errors": written,
    }
    console.answer(data, lines)


def _reasons(report: ImportReport, messages: Messages) -> Iterator[dict[str, Json]]:
    """Give each reason once, errors first, with how often and the first places where it stands."""
    places: defaultdict[tuple[bool, str, str], list[str]] = defaultdict(list)
    for one in report.faults:
        fault = one.fault
        kept_out = fault.severity is Severity.ERROR
        key = (not kept_out, fault.column, fault.violation.code)
        places[key].append(f"{one.sheet}!{fault.row}")
    samples = {(f.fault.column, f.fault.violation.code): f.fault.violation for f in report.faults}
    ordered = sorted(places, key=lambda key: (key[0], -len(places[key])))
    for warns, column, code in ordered:
        rows = places[warns, column, code]
        said = messages.explain(samples[column, code])
        yield {
            "code": code,
            "column": column,
            "severity": "warning" if warns else "error",
            "reason": said.reason,
            "remedy": said.remedy,
            "count": len(rows),
            "first": rows[:_PLACES],
        }


def _line(reason: dict[str, Json]) -> str:
    sign = "!" if reason["severity"] == "warning" else "✗"
    named = reason["column"] and str(reason["column"]) not in str(reason["reason"])
    column = f"“{reason['column']}”" if named else ""
    first = reason["first"]
    rows = "、".join(map(str, first)) if isinstance(first, list) else ""
    said = f"{column}{reason['reason']}：{reason['count']} 行"
    return f"{sign} {said}，如 {rows}（{reason['remedy']}）"
