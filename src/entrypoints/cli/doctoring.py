"""``supervision doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from entrypoints.cli.console import Exit
from entrypoints.cli.framing import database_option, finish, options, speaking
from supervision_core.kernel.canonical import Json

if TYPE_CHECKING:
    from entrypoints.container import CheckResult

_MARKS = {
    "GOOD": "✓",
    "WARNED": "!",
    "BAD": "✗",
    "SKIPPED": "·",
}


@click.command(
    help="给数据库和安装体检：逐项试用数据库的每种用法，说明哪项不行、怎么办。\n\n"
    "只用临时表和临时模式，检查后删除；平台的数据不受影响，也不需要先建库。"
    "有不通过的项目时退出码为 4；提醒（!）不影响退出码。设了 SUPERVISION_REPLICA 时也检查从库。"
)
@database_option
@options
def doctor(url: str, *, as_json: bool) -> None:
    """Try everything, and say what does not work and what to do."""
    from sqlalchemy import make_url

    from entrypoints.checkup import check_up
    from entrypoints.container import CheckState

    with speaking(as_json=as_json) as console:
        results = []
        for result in check_up(url):
            results.append(result)
            if not as_json:
                console.answer({}, [_line(result)])
        warned = sum(result.state is CheckState.WARNED for result in results)
        bad = sum(result.state is CheckState.BAD for result in results)
        document: dict[str, Json] = {
            "database": make_url(url).render_as_string(hide_password=True),
            "healthy": not bad,
            "checks": [
                {
                    "name": result.name,
                    "title": result.title,
                    "state": result.state.value,
                    "found": result.found,
                    "remedy": result.remedy,
                }
                for result in results
            ],
        }
        end = f"✗ {bad} 项不通过" if bad else "✓ 全部通过"
        console.answer(document, [f"{end}，{warned} 项提醒" if warned else end])
    if bad:
        finish(Exit.NOT_VERIFIED)


def _line(result: CheckResult) -> str:
    remedy = f"\n    {result.remedy}" if result.remedy else ""
    return f"{_MARKS[result.state.name]} {result.title}：{result.found}{remedy}"
