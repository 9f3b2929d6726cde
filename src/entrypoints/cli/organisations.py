"""``supervision organisation``: the existing platform's departments, users and roles, taken in."""

from __future__ import annotations

import os

import rich_click as click

from entrypoints.cli.console import Exit
from entrypoints.cli.framing import database_option, finish, options, speaking
from entrypoints.settings import Settings
from supervision_core.kernel.canonical import Json


@click.group(help="接入现有平台的统一组织架构：机构、用户（含兼职）、角色、用户角色关系。")
@click.help_option("--help", "-h", help="显示本帮助。")
def organisation() -> None:
    """Take in the existing platform's organisation."""


@organisation.command(
    help="从现有平台同步一次。按现有平台的编号新增、变更、逻辑删除；好的同步，其余逐条说明，下次再试；"
    "没有变化的不动。不发放凭据，不变更管理员；角色只按绑定（tie）授予。有未能同步的则退出码为 3。"
)
@database_option
@options
def sync(url: str, *, as_json: bool) -> None:
    """Take in everything that is told."""
    from entrypoints.actors import operator
    from entrypoints.cli.opening import opened
    from entrypoints.cli.synchronised import tell
    from entrypoints.container import open_organisation
    from entrypoints.synchronising import WHAT, synchronise_organisation
    from supervision_core.identity.model import SyncCount

    settings = Settings.from_environment(os.environ)
    with speaking(as_json=as_json) as console, opened(url) as platform:
        source = open_organisation(settings, platform)
        report = synchronise_organisation(platform, source, actor=operator())
        counts = (report.counts.get(one, SyncCount(what=one)) for one in WHAT)
        tell(console, WHAT, counts, report.conflicts)
        if report.conflicts:
            finish(Exit.REFUSED)


@organisation.command(help="列出现有平台的角色，以及各绑定到本系统的哪个角色。")
@database_option
@options
def roles(url: str, *, as_json: bool) -> None:
    """List the platform's roles."""
    from entrypoints.actors import operator
    from entrypoints.cli.opening import opened
    from supervision_core.identity.services.told_roles import ListToldRoles, list_told_roles

    with speaking(as_json=as_json) as console, opened(url) as platform:
        found = platform.commands.ask(list_told_roles, ListToldRoles(), actor=operator())
        rows: list[Json] = [
            {"told_role": one.told_role, "name": one.name, "role_id": one.role_id} for one in found
        ]
        lines = [f"  {one.told_role}  {one.name}  →  {one.role_id or '未绑定'}" for one in found]
        console.answer({"roles": rows}, lines or ["· 还没有同步到角色"])


@organisation.command(
    help="把现有平台的角色 TOLD_ROLE 绑定到本系统的角色 ROLE_ID；不写 ROLE_ID 则解除绑定。"
    "从下一次同步起生效。含管理员职责的角色不能绑定。"
)
@click.argument("told_role")
@click.argument("role_id", default="")
@database_option
@options
def tie(told_role: str, role_id: str, url: str, *, as_json: bool) -> None:
    """Tie a role."""
    from entrypoints.actors import operator
    from entrypoints.cli.opening import opened
    from supervision_core.identity.services.told_roles import TieRole, tie_role

    with speaking(as_json=as_json) as console, opened(url) as platform:
        command = TieRole(told_role=told_role, role_id=role_id)
        platform.commands.run(tie_role, command, actor=operator())
        word = f"已绑定到 {role_id}" if role_id else "已解除绑定"
        console.answer({"told_role": told_role, "role_id": role_id}, [f"✓ {told_role} {word}"])
