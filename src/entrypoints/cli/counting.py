"""``supervision counts``: counts compared with what they count, and made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from entrypoints.cli.console import Exit
from entrypoints.cli.framing import database_option, finish, options, speaking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrypoints.cli.console import Console
    from supervision_core.dashboards.services import Miscount
    from supervision_core.kernel.canonical import Json

_SHOWN = 20


@click.group(help="统计数据：与业务对象逐一比对，或全部重算。")
@click.help_option("--help", "-h", help="显示本帮助。")
def counts() -> None:
    """Give the commands around counts."""


@counts.command(
    help="逐个业务对象重算统计数据，只改写有出入的；可随时执行，不影响正在办理的工作。\n\n"
    "升级后由后台任务自行补算，不必手工执行。"
)
@database_option
@options
def rebuild(url: str, *, as_json: bool) -> None:
    """Count everything anew."""
    from entrypoints.cli.opening import opened
    from supervision_core.dashboards.services import recount

    with speaking(as_json=as_json) as console:
        with opened(url) as platform:
            found = list(recount(platform.transactions))
        _tell(console, found, "✓ 统计数据已重算，改写了 {} 处")


@counts.command(help="比对统计数据与业务对象，列出有出入的，不作改动；有出入时退出码为 4。")
@database_option
@options
def check(url: str, *, as_json: bool) -> None:
    """Compare what is counted with what there is."""
    from entrypoints.cli.opening import opened
    from supervision_core.dashboards.services import miscounts

    with speaking(as_json=as_json) as console:
        with opened(url) as platform:
            found = list(miscounts(platform.transactions))
        _tell(console, found, "✗ {} 处统计数据有出入" if found else "✓ 统计数据与业务对象一致")
        if found:
            finish(Exit.NOT_VERIFIED)


def _tell(console: Console, found: Sequence[Miscount], said: str) -> None:
    lines = [f"  {one.kind} {one.id or '合计'}" for one in found[:_SHOWN]]
    more = [f"  另有 {len(found) - _SHOWN} 处"] if len(found) > _SHOWN else []
    data: list[Json] = [{"kind": one.kind, "id": one.id} for one in found]
    console.answer({"different": data}, [said.format(len(found)), *lines, *more])
