"""``supervision matters``: what the platform above tells of matters, taken in."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import rich_click as click

from entrypoints.cli.console import Console, Exit
from entrypoints.cli.framing import database_option, finish, options, speaking
from entrypoints.settings import Settings
from supervision_core.kernel.canonical import Json

if TYPE_CHECKING:
    from entrypoints.matter_synchronising import MatterReport


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
    from entrypoints.container import open_matters
    from entrypoints.matter_synchronising import synchronise_from

    settings = Settings.from_environment(os.environ)
    with speaking(as_json=as_json) as console, opened(url) as platform:
        source = open_matters(settings, platform)
        report = synchronise_from(platform, source, actor=operator())
        _tell(console, report)
        if report.conflicts:
            finish(Exit.REFUSED)


def _tell(console: Console, report: MatterReport) -> None:
    from entrypoints.matter_synchronising import WHAT
    from entrypoints.synchronising import OUTCOMES

    lines, refused = [], list[Json]()
    for count in report.counts:
        words = "，".join(f"{word} {getattr(count, name):,}" for name, word in OUTCOMES.items())
        lines.append(f"✓ {WHAT[count.what]}：{words}")
    for change in report.changes:
        said = f"{change.id} {change.name}"
        lines.append(f"  {OUTCOMES[change.outcome]}{WHAT[change.what]} {said}")
    for one in report.conflicts:
        told = console.messages.explain(one.violation)
        refused.append(
            {"what": one.what, "id": one.id, "code": one.violation.code, "reason": told.reason,
             "remedy": told.remedy}
        )  # fmt: skip
        lines.append(f"✗ {WHAT[one.what]} {one.id}：{told.reason}（{told.remedy}）")
    counts: dict[str, Json] = {
        count.what: {name: getattr(count, name) for name in OUTCOMES} for count in report.counts
    }
    console.answer({**counts, "refused": refused}, lines)
