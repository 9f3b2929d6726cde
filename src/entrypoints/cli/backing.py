"""``supervision backup`` and ``supervision restore``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from entrypoints.cli.console import Console, Exit
from entrypoints.cli.framing import database_option, finish, options, speaking
from entrypoints.cli.passphrases import Callback, passphrase_of, passphrase_option
from supervision_core.kernel.backups import BackupKind
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.days import GUANGXI

if TYPE_CHECKING:
    from supervision_core.kernel.backups import Manifest
    from supervision_core.kernel.crypto import Decryptor

_FOLDER = click.Path(file_okay=False, path_type=Path)
_KINDS = {BackupKind.FULL: "全备份", BackupKind.INCREMENTAL: "增量备份"}
_ID = click.argument("backup", required=False)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _safe_key_option(function: Callback) -> Callback:
    function = passphrase_option(function)
    return click.option(
        "--safe-key",
        "safe_key_file",
        type=_FILE,
        metavar="文件",
        help="用保险柜密钥（私钥文件）打开备份，不用本机的密钥。",
    )(function)


def _opened_key(file: Path | None, passphrase_file: Path | None) -> Decryptor | None:
    from entrypoints.container import open_safe_key

    return open_safe_key(file, passphrase_of(passphrase_file)) if file else None


@click.group(
    help="备份：生成、列出、校验、清理、演练，保险柜密钥。\n\n"
    "备份经国密加密和签名；密钥文件夹须另行备份，或设保险柜公钥。说明见 docs/backup.md。",
)
@click.help_option("--help", "-h", help="显示本帮助。")
def backup() -> None:
    """Give the commands around backups."""


@backup.command(help="生成备份。不影响平台运行；备份的是开始那一刻的数据。")
@click.argument("folder", type=_FOLDER)
@database_option
@click.option(
    "--kind",
    type=click.Choice(["auto", "full", "incremental"]),
    default="auto",
    show_default=True,
    help="auto：到期才做（每周全备份，每4小时增量备份）。",
)
@options
def make(folder: Path, url: str, kind: str, *, as_json: bool) -> None:
    """Make a backup."""
    from entrypoints.cli.opening import opened
    from entrypoints.container import backups_in, stored_database
    from entrypoints.drills import tell_made

    with speaking(as_json=as_json) as console, opened(url) as platform:
        files = platform.files.store
        backups = backups_in(folder, platform.keys, platform.clock, files=files)
        wanted = backups.due() if kind == "auto" else BackupKind(kind)
        if wanted is None:
            console.answer({"backup": "", "rows": 0}, ["✓ 还没有到期，不需要备份"])
            return
        with console.progress("备份", None) as advance:
            made = backups.make(stored_database(platform.engine), wanted, advance)
        tell_made(platform, made)
        console.answer(_data(made), [f"✓ {_KINDS[made.kind]} {made.id}：{made.rows:,} 行"])


@backup.command("list", help="列出备份。")
@click.argument("folder", type=_FOLDER)
@database_option
@options
def list_(folder: Path, url: str, *, as_json: bool) -> None:
    """List the backups."""
    from entrypoints.cli.opening import opened
    from entrypoints.container import backups_in

    with speaking(as_json=as_json) as console, opened(url) as platform:
        heads, damaged = backups_in(folder, platform.keys, platform.clock).survey()
        data: list[Json] = [
            {
                "backup": one.id,
                "kind": one.kind.value,
                "at": one.at.isoformat(),
                "rows": one.rows,
            }
            for one in heads
        ]
        lines = [
            f"{one.at.astimezone(GUANGXI):%Y-%m-%d %H:%M:%S}  {_KINDS[one.kind]}  {one.id}"
            f"  {one.rows:,} 行"
            for one in heads
        ]
        broken = [f"✗ {name} 与备份时不同" for name in damaged]
        console.answer(
            {"backups": data, "damaged": list[Json](damaged)}, [*lines, *broken] or ["没有备份"]
        )
        if damaged:
            finish(Exit.NOT_VERIFIED)


@backup.command(
    help="校验备份：签名、每个文件的摘要、能否解开。不填编号则校验最近一份。\n\n"
    "本机不能打开的，只核对签名和摘要。"
)
@click.argument("folder", type=_FOLDER)
@_ID
@database_option
@_safe_key_option
@options
def verify(  # noqa: PLR0913 - one for each option
    folder: Path,
    backup: str | None,
    url: str,
    safe_key_file: Path | None,
    passphrase_file: Path | None,
    *,
    as_json: bool,
) -> None:
    """Verify a backup."""
    from entrypoints.cli.opening import opened
    from entrypoints.container import backups_in

    with speaking(as_json=as_json) as console, opened(url) as platform:
        key = _opened_key(safe_key_file, passphrase_file)
        backups = backups_in(folder, platform.keys, platform.clock, safe_key=key)
        with _damage_is_told(console), console.progress("校验", None) as advance:
            found = backups.verify(backup or backups.before(None), advance)
        locked = backups.is_locked(found)
        lines = [f"✓ {found.id} 完好：{found.rows:,} 行"]
        if locked:
            lines.append("  只核对了签名和摘要：只有保险柜密钥能解开")
        console.answer({**_data(found), "opened": not locked}, lines)


@backup.command(
    help="清理备份：保留最近三个完整周期，更早的整周期删除；超过一天没有做完的残留也删除。"
)
@click.argument("folder", type=_FOLDER)
@database_option
@options
def prune(folder: Path, url: str, *, as_json: bool) -> None:
    """Remove the cycles beyond those that are kept."""
    from entrypoints.cli.opening import opened
    from entrypoints.container import backups_in

    with speaking(as_json=as_json) as console, opened(url) as platform:
        with _damage_is_told(console):
            gone = list(backups_in(folder, platform.keys, platform.clock).prune())
        console.answer({"removed": list[Json](gone)}, [f"✓ 删除了 {len(gone)} 份"])


@backup.command(
    help="恢复演练：把备份恢复到一个临时数据库，核对数据与审计日志，报告用时，然后丢弃。"
)
@click.argument("folder", type=_FOLDER)
@_ID
@database_option
@_safe_key_option
@options
def drill(  # noqa: PLR0913 - one for each option
    folder: Path,
    backup: str | None,
    url: str,
    safe_key_file: Path | None,
    passphrase_file: Path | None,
    *,
    as_json: bool,
) -> None:
    """Restore into a database that is thrown away, and say how long it took."""
    from entrypoints.cli.opening import opened
    from entrypoints.container import backups_in
    from entrypoints.drills import drill as rehearse

    with speaking(as_json=as_json) as console, opened(url) as platform:
        key = _opened_key(safe_key_file, passphrase_file)
        backups = backups_in(folder, platform.keys, platform.clock, safe_key=key)
        with _damage_is_told(console), console.progress("恢复演练", None) as advance:
            found = rehearse(platform, backups, backup or backups.before(None), advance)
        lines = [
            f"✓ {found.backup} 可以恢复：{found.rows:,} 行，用时 {found.seconds:.1f} 秒",
            f"  审计日志 {found.audit_rows:,} 条，核对无误",
            f"  此刻若要恢复，会丢失最近 {found.age_minutes:,} 分钟的数据",
        ]
        data: dict[str, Json] = {
            "backup": found.backup,
            "rows": found.rows,
            "seconds": f"{found.seconds:.1f}",
            "audit_rows": found.audit_rows,
            "age_minutes": found.age_minutes,
        }
        console.answer(data, lines)


@click.command(
    help="从备份恢复到一个空数据库；恢复后逐表核对，不一致则什么都不留下。\n\n"
    "目标可以是另一种数据库。从不覆盖已有数据。恢复后所有人须重新登录。\n\n"
    "用保险柜密钥恢复时不需要原主机的任何文件：平台密钥也从备份中取出，"
    "写到 SUPERVISION_KEYS、SUPERVISION_MASTER_KEY 指定的空位置。"
)
@click.argument("folder", type=_FOLDER)
@_ID
@database_option
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]),
    metavar="时间",
    help="恢复到这一时刻（北京时间）之前最近的一份；不填则为最近一份。",
)
@_safe_key_option
@click.option(
    "--signer",
    "signers",
    type=_FILE,
    multiple=True,
    metavar="文件",
    help="平台的签名公钥，与 --safe-key 一起用；可有多个。须取自可信的渠道，不能取自备份。",
)
@options
def restore(  # noqa: PLR0913, PLR0917 - one for each option
    folder: Path,
    backup: str | None,
    url: str,
    at: datetime | None,
    safe_key_file: Path | None,
    passphrase_file: Path | None,
    signers: tuple[Path, ...],
    *,
    as_json: bool,
) -> None:
    """Restore a backup into an empty database."""
    from entrypoints.container import verifiers_of
    from entrypoints.drills import SafeKey, restore_into

    if bool(safe_key_file) != bool(signers):
        raise click.UsageError("--safe-key 与 --signer 须同时给出")
    with speaking(as_json=as_json) as console:
        moment = at.replace(tzinfo=GUANGXI) if at else None
        key = _opened_key(safe_key_file, passphrase_file)
        safe = SafeKey(decryptor=key, trusted=verifiers_of(signers)) if key else None
        with _damage_is_told(console), console.progress("恢复", None) as advance:
            found = restore_into(url, folder, backup, moment, advance, safe)
        console.answer(_data(found), [f"✓ 已恢复 {found.id}：{found.rows:,} 行，逐表核对一致"])


@backup.command(
    "safe-key",
    help="生成保险柜密钥：FILE 是带口令的私钥，取走锁进保险柜；FILE.pub 是公钥，"
    "留在主机上，设为 SUPERVISION_BACKUP_SAFE。\n\n"
    "请在主机以外的机器上生成，口令与私钥由两人分开保管。",
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@passphrase_option
@options
def safe_key(file: Path, passphrase_file: Path | None, *, as_json: bool) -> None:
    """Make a safe key."""
    from entrypoints.container import make_safe_key

    with speaking(as_json=as_json) as console:
        public_key = make_safe_key(file, passphrase_of(passphrase_file, confirm=True))
        beside = file.with_name(f"{file.name}.pub")
        with beside.open("x", encoding="ascii") as out:
            out.write(public_key)
        lines = [
            f"✓ 私钥 {file}：取走锁进保险柜，主机上不留",
            f"✓ 公钥 {beside}：放到主机上，设为 SUPERVISION_BACKUP_SAFE",
            "→ 与私钥一起保管平台的签名公钥：supervision audit key 公钥.pem",
        ]
        console.answer({"private_key": str(file), "public_key": str(beside)}, lines)


def _data(manifest: Manifest) -> dict[str, Json]:
    return {
        "backup": manifest.id,
        "kind": manifest.kind.value,
        "at": manifest.at.isoformat(),
        "rows": manifest.rows,
        "audit_rows": manifest.audit_size,
        "stored": sum(chunk.file.startswith(f"{manifest.id}/") for chunk in manifest.chunks()),
        "chunks": sum(1 for _ in manifest.chunks()),
    }


@contextmanager
def _damage_is_told(console: Console) -> Iterator[None]:
    """Let a damaged backup end with the exit code of what does not verify."""
    from supervision_core.kernel.backups import BackupDamaged

    try:
        yield
    except BackupDamaged as error:
        console.refuse(error)
        finish(Exit.NOT_VERIFIED)
