"""``supervision audit search`` and ``export``: both stand in the log themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click

from entrypoints.cli.framing import database_option, options, speaking
from supervision_core.kernel.canonical import Json

if TYPE_CHECKING:
    from entrypoints.container import Platform
    from supervision_core.audit.ports import AuditFilter

_NEW = click.Path(dir_okay=False, writable=True, path_type=Path)


def _moment(_context: click.Context, _option: click.Parameter, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise click.BadParameter("应为 2026-01-31 或 2026-01-31T08:00") from None


def _filters(function: click.decorators.FC) -> click.decorators.FC:
    """Add the options that say which rows are wanted."""
    for option in reversed(
        (
            click.option("--from", "since", callback=_moment, help="从何时起（含）。"),
            click.option("--to", "until", callback=_moment, help="到何时止（不含）。"),
            click.option("--actor", default="", help="操作人：账号、姓名或编号。"),
            click.option("--action", default="", help="操作，如 tasks.close 或 tasks.*。"),
            click.option("--target", default="", help="对象，如 visit/编号。"),
            click.option("--department", default="", help="部门：名称、编码或编号。"),
            click.option("--denied", is_flag=True, help="只看被拒绝的。"),
        )
    ):
        function = option(function)
    return function


def _wanted(  # noqa: PLR0913, PLR0917 - one for each option
    platform: Platform,
    since: datetime | None,
    until: datetime | None,
    actor: str,
    action: str,
    target: str,
    department: str,
    denied: bool,  # noqa: FBT001 - as the option gives it
) -> AuditFilter:
    from entrypoints.cli.naming import actor_of, department_of
    from supervision_core.audit.model import Outcome
    from supervision_core.audit.ports import AuditFilter

    return AuditFilter(
        since=since,
        until=until,
        actor=actor_of(platform, actor),
        action=action,
        target=target,
        department=department_of(platform, department, former=True),
        outcome=Outcome.DENIED if denied else None,
    )


@click.command(help="查询审计日志，最近的在前；查询本身也记入日志。")
@database_option
@_filters
@click.option("--size", default=50, show_default=True, help="每页条数（1—200）。")
@click.option("--cursor", help="上一页给出的位置。")
@options
def search(  # noqa: PLR0913, PLR0917 - one for each option
    url: str,
    since: datetime | None,
    until: datetime | None,
    actor: str,
    action: str,
    target: str,
    department: str,
    denied: bool,  # noqa: FBT001 - as the option gives it
    size: int,
    cursor: str | None,
    *,
    as_json: bool,
) -> None:
    """Look rows up."""
    from entrypoints.actors import auditor
    from entrypoints.cli.opening import opened
    from supervision_core.identity.services.auditing import SearchLog, search_log

    with speaking(as_json=as_json) as console:
        with opened(url) as platform:
            wanted = _wanted(platform, since, until, actor, action, target, department, denied)
            asked = SearchLog(wanted=wanted, size=size, cursor=cursor)
            found = platform.commands.run(search_log, asked, actor=auditor())
        rows: Any = found["rows"]
        console.answer(found, _row_lines(rows))


def _row_lines(rows: Sequence[Any]) -> list[str]:
    lines = [
        f"{row['number']}  {row['at']}  {row['actor']}  {row['action']}  {row['outcome']}  "
        f"{'、'.join(row['targets'])}"
        for row in rows
    ]
    return [*lines, f"· {len(rows)} 条"]


@click.command(
    help="导出审计日志：.xlsx、.csv 按条件导出；.jsonl 导出全部记录和检查点，"
    "可用 audit verify 核对。\n\n导出本身也记入日志。"
)
@click.argument("file", type=_NEW)
@database_option
@_filters
@options
def export(  # noqa: PLR0913, PLR0917 - one for each option
    file: Path,
    url: str,
    since: datetime | None,
    until: datetime | None,
    actor: str,
    action: str,
    target: str,
    department: str,
    denied: bool,  # noqa: FBT001 - as the option gives it
    *,
    as_json: bool,
) -> None:
    """Write rows of the log into a file."""
    from entrypoints.actors import auditor
    from entrypoints.auditing_files import export_rows
    from entrypoints.cli.opening import opened

    filters = (since, until, actor, action, target, department, denied)
    if file.suffix == ".jsonl" and any(filters):
        raise click.UsageError(".jsonl 只能导出全部记录，不能带条件。")
    if file.suffix not in {".jsonl", ".xlsx", ".csv"}:
        raise click.UsageError("文件名应以 .jsonl、.xlsx 或 .csv 结尾。")
    with speaking(as_json=as_json) as console:
        with opened(url) as platform:
            wanted = _wanted(platform, *filters)
            count = export_rows(platform, file, wanted, actor=auditor())
        data: dict[str, Json] = {"file": str(file), "count": count}
        console.answer(data, [f"✓ {count:,} 条审计记录已写入 {file}"])
