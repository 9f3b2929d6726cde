"""``supervision audit repair``: take an object that an alarm named into use again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from entrypoints.cli.framing import database_option, options, speaking
from entrypoints.cli.passphrases import passphrase_of, passphrase_option
from entrypoints.settings import Settings
from supervision_core.kernel.canonical import Json

if TYPE_CHECKING:
    from supervision_core.audit.model import AuditRow
    from supervision_core.identity.services.repairing import RepairState
    from supervision_core.kernel.events import Aggregate

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    help="核查后恢复使用告警点名的对象（如 user/编号）：以高于日志所记的版本重写，各进程随即采信。"
    "\n\n"
    "不带证书时只显示现存内容、日志所记和修复后的样子，以及待签名的内容；"
    "带审计管理员的证书和私钥（或UKey对该内容的签名）时修复。对象已不存在的，登记为丢失。"
)
@click.argument("name", metavar="对象")
@database_option
@click.option("--certificate", "certificate", type=_FILE, help="审计管理员的证书，须已绑定。")
@click.option("--key", type=_FILE, help="证书的私钥文件。")
@click.option("--signature", type=_FILE, help="UKey对待签名内容的签名（十六进制），代替私钥文件。")
@passphrase_option
@options
def repair(  # noqa: PLR0913, PLR0917 - one for each option
    name: str,
    url: str,
    certificate: Path | None,
    key: Path | None,
    signature: Path | None,
    passphrase_file: Path | None,
    *,
    as_json: bool,
) -> None:
    """Show what a repair comes to, or do it."""
    from entrypoints.actors import auditor
    from entrypoints.cli.opening import opened
    from entrypoints.container import certificate_desk
    from supervision_core.identity.services.repairing import repair_state, repaired

    if (certificate is None) is not (key is None and signature is None):
        raise click.UsageError("证书与私钥文件（或签名）须一起给出。")
    kind, _, id_ = name.partition("/")
    with speaking(as_json=as_json) as console:
        with opened(url) as platform:
            with platform.transactions.begin_reading() as unit:
                state = repair_state(unit, kind, id_)
            data: dict[str, Json] = {
                "object": name,
                "stored": state.stored_version,
                "version": state.version,
                "challenge": state.challenge().hex(),
                "repaired": certificate is not None,
            }
            lines = list(_lines(state))
            if certificate is None:
                lines += ["请审计管理员核对后签名（十六进制）：", state.challenge().hex()]
                console.answer(data, lines)
                return
            desk = certificate_desk(
                Settings.from_environment(os.environ), keys=platform.keys, clock=platform.clock
            )
            if key is not None:
                secret = passphrase_of(passphrase_file)
                shown, signed = desk.answer(state.challenge(), key, certificate, secret)
            else:
                shown = desk.read_certificate(certificate)
                signed = _signature(signature)
            repaired(
                platform.commands,
                platform.log_ins.certificates,
                state,
                certificate=shown,
                signature=signed,
                actor=auditor(),
            )
        console.answer(data, [*lines, f"✓ {name} 已修复，版本 {state.version}"])


def _signature(file: Path | None) -> bytes:
    try:
        return bytes.fromhex(file.read_text("ascii").strip()) if file else b""
    except ValueError:
        raise click.UsageError("签名文件应为十六进制。") from None


def _lines(state: RepairState) -> Iterator[str]:
    yield f"对象：{state.kind}/{state.id}"
    if state.stored is None:
        yield "现存：没有这一行，修复即登记为丢失"
    else:
        yield f"现存：版本 {state.stored_version}，{_written(state.written)}"
        yield from (f"  {title}：{text}" for title, text in outline(state.stored))
    yield f"日志所记的最新版本：{_written(state.last)}"
    after = "登记为丢失" if state.stored is None else "内容同现存"
    yield f"修复后：版本 {state.version}，{after}"


def _written(row: AuditRow | None) -> str:
    if row is None:
        return "日志里没有写它的记录"
    entry = row.entry
    return f"第{row.number}条，{entry.at:%Y-%m-%d %H:%M:%S} UTC，{entry.actor}，{entry.action}"


def outline(root: Aggregate) -> Iterator[tuple[str, str]]:
    """Tell what an object is, without what tells who somebody is."""
    from supervision_core.identity.lists import masked
    from supervision_core.identity.model import (
        Credentials,
        Department,
        GrantSheet,
        Role,
        Session,
        User,
    )

    match root:
        case User():
            yield "姓名", masked(root.draft).person.name
            yield "状态", "已删除" if root.deleted else "启用" if root.active else "停用"
            yield "机构", "、".join(sorted(root.departments)) or "无"
        case Department():
            yield "名称", root.data.name
            yield "状态", "已删除" if root.deleted else "启用" if root.enabled else "停用"
            yield "上级、区划", f"{root.data.parent or '无'}、{root.data.region}"
            yield "管理员", "、".join(sorted(root.administrators)) or "无"
        case Role():
            yield "名称", root.name
            yield "状态", "启用" if root.enabled else "停用"
        case GrantSheet():
            yield "权限", "、".join(sorted(root.permissions)) or "无"
            yield "角色", "、".join(sorted(root.roles)) or "无"
            yield "用户组", "、".join(sorted(root.groups)) or "无"
        case Credentials():
            yield "密码", "有" if root.password else "无"
            yield "证书", "、".join(sorted(root.certificates)) or "无"
        case Session():
            yield "用户", root.user
            yield "状态", "已结束" if root.ended else "未结束"
