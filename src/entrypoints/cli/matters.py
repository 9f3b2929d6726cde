"""``supervision matters``: what the platform above tells of matters, taken in."""

from __future__ import annotations

import os

import rich_click as click

from entrypoints.cli.console import Exit
from entrypoints.cli.framing import database_option, finish, options, speaking
from entrypoints.settings import Settings


@click.group(help="接入自治区监管事项动态管理系统：监管目录、检查实施清单、检查项、认领。")
@click.help_option("--help", "-h", help="显示本帮助。")
def matters() -> None:
    """Take in the matters of the platform above."""


@matters.command(
    help="从上级平台同步一次。按编码新增、变更、逻辑删除，本级新增的不动；好的同步，其余逐条说明，"
    "下次再试；没有变化的不动。有未能同步的则退出码为 3。"
)
@database_option
@options
def sync(url: str, *, as_json: bool) -> None:
    """Take in everything that is told."""
    from entrypoints.actors import operator
    from entrypoints.cli.opening import opened
    from entrypoints.cli.synchronised import tell
    from entrypoints.container import open_matters
    from entrypoints.matter_synchronising import WHAT, synchronise_from

    settings = Settings.from_environment(os.environ)
    with speaking(as_json=as_json) as console, opened(url) as platform:
        source = open_matters(settings, platform)
        report = synchronise_from(platform, source, actor=operator())
        tell(console, WHAT, report.counts, report.conflicts, changes=report.changes)
        if report.conflicts:
            finish(Exit.REFUSED)
