"""``supervision todo``: the rows of to-dos compared with what is owed, and made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from entrypoints.cli.console import Exit
from entrypoints.cli.framing import database_option, finish, options, speaking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrypoints.cli.console import Console
    from supervision_core.identity.services.todos import Difference
    from supervision_core.kernel.canonical import Json

_SHOWN = 20


@click.group(help="待办：与业务对象逐一比对，或全部重算。")
@click.help_option("--help", "-h", help="显示本帮助。")
def todo() -> None:
    """Give the commands around to-dos."""


@todo.command(
    help="逐个业务对象重算待办，只改写有出入的；可随时执行，不影响正在办理的工作。\n\n"
    "升级到有待办的版本后执行一次。"
)
@database_option
@options
def rebuild(url: str, *, as_json: bool) -> None:
    """Make the to-dos of everything anew."""
    from entrypoints.cli.opening import opened
    from entrypoints.registered import declared
    from supervision_core.identity.services.todos import rebuild as rebuilt

    with speaking(as_json=as_json) as console:
        with opened(url) as platform:
            found = list(rebuilt(platform.transactions, declared()))
        _tell(console, found, "✓ 待办已重算，改写了 {} 个对象的待办")


@todo.command(help="比对待办与业务对象，列出有出入的，不作改动；有出入时退出码为 4。")
@database_option
@options
def check(url: str, *, as_json: bool) -> None:
    """Compare the to-dos of everything."""
    from entrypoints.cli.opening import opened
    from entrypoints.registered import declared
    from supervision_core.identity.services.todos import differences

    with speaking(as_json=as_json) as console:
        with opened(url) as platform:
            found = list(differences(platform.transactions, declared()))
        _tell(console, found, "✗ {} 个对象的待办有出入" if found else "✓ 待办与业务对象一致")
        if found:
            finish(Exit.NOT_VERIFIED)


def _tell(console: Console, found: Sequence[Difference], said: str) -> None:
    lines = [
        f"  {one.kind} {one.id}：缺 {len(one.missing)} 条，多 {len(one.left_over)} 条"
        for one in found[:_SHOWN]
    ]
    more = [f"  另有 {len(found) - _SHOWN} 个"] if len(found) > _SHOWN else []
    data: list[Json] = [
        {"kind": one.kind, "id": one.id, "missing": len(one.missing),
         "left_over": len(one.left_over)}
        for one in found
    ]  # fmt: skip
    console.answer({"different": data}, [said.format(len(found)), *lines, *more])
