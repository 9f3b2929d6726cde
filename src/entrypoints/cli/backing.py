"""``supervision backup`` and ``supervision restore``."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import rich_click as click

from entrypoints.cli.console import Console, Exit
from entrypoints.cli.framing import LazyGroup, database_option, finish, options, speaking
from entrypoints.cli.opening import opened
from entrypoints.container import Platform, backups_in, stored_database
from entrypoints.drills import drill as rehearse
from entrypoints.drills import restore_into, tell_made
from supervision_core.kernel.backups import BackupDamaged, BackupKind, Manifest
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.days import GUANGXI

_FOLDER = click.Path(file_okay=False, path_type=Path)
_KINDS = {BackupKind.FULL: "全备份", BackupKind.INCREMENTAL: "增量备份"}
_ID = click.argument("backup", required=False)


@click.group(
    cls=LazyGroup,
    help="备份：生成、列出、校验、清理、演练。\n\n"
    "备份经国密加密和签名；密钥文件夹须另行备份。说明见 docs/backup.md。",
    lazy={
        "make": "entrypoints.cli.backing:make",
        "list": "entrypoints.cli.backing:list_",
        "verify": "entrypoints.cli.backing:verify",
        "prune": "entrypoints.cli.backing:prune",
        "drill": "entrypoints.cli.backing:drill",
    },
)
@click.help_option("--help", "-h", help="显示本帮助。")
def backup() -> None:
    """Give the commands around backups."""


@click.command(help="生成备份。不影响平台运行；备份的是开始那一刻的数据。")
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
    with speaking(as_json=as_json) as console, opened(url) as platform:
        backups = backups_in(folder, platform.keys, platform.clock)
        wanted = backups.due() if kind == "auto" else BackupKind(kind)
        if wanted is None:
            console.answer({"backup": "", "rows": 0}, ["✓ 还没有到期，不需要备份"])
            return
        with console.progress("备份", None) as advance:
            made = backups.make(stored_database(platform.engine), wanted, advance)
        tell_made(platform, made)
        console.answer(_data(made), [f"✓ {_KINDS[made.kind]} {made.id}：{made.rows:,} 行"])


@click.command("list", help="列出备份。")
@click.argument("folder", type=_FOLDER)
@database_option
@options
def list_(folder: Path, url: str, *, as_json: bool) -> None:
    """List the backups."""
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


@click.command(help="校验备份：签名、每个文件的摘要、能否解开。不填编号则校验最近一份。")
@click.argument("folder", type=_FOLDER)
@_ID
@database_option
@options
def verify(folder: Path, backup: str | None, url: str, *, as_json: bool) -> None:
    """Verify a backup."""
    with speaking(as_json=as_json) as console, opened(url) as platform:
        backups = backups_in(folder, platform.keys, platform.clock)
        with _damage_is_told(console), console.progress("校验", None) as advance:
            found = backups.verify(backup or backups.before(None), advance)
        console.answer(_data(found), [f"✓ {found.id} 完好：{found.rows:,} 行"])


@click.command(
    help="清理备份：保留最近三个完整周期，更早的整周期删除；超过一天没有做完的残留也删除。"
)
@click.argument("folder", type=_FOLDER)
@database_option
@options
def prune(folder: Path, url: str, *, as_json: bool) -> None:
    """Remove the cycles beyond those that are kept."""
    with speaking(as_json=as_json) as console, opened(url) as platform:
        with _damage_is_told(console):
            gone = list(backups_in(folder, platform.keys, platform.clock).prune())
        console.answer({"removed": list[Json](gone)}, [f"✓ 删除了 {len(gone)} 份"])


@click.command(
    help="恢复演练：把备份恢复到一个临时数据库，核对数据与审计日志，报告用时，然后丢弃。"
)
@click.argument("folder", type=_FOLDER)
@_ID
@database_option
@options
def drill(folder: Path, backup: str | None, url: str, *, as_json: bool) -> None:
    """Restore into a database that is thrown away, and say how long it took."""
    with speaking(as_json=as_json) as console, opened(url) as platform:
        backups = backups_in(folder, platform.keys, platform.clock)
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
    "目标可以是另一种数据库。从不覆盖已有数据。恢复后所有人须重新登录。"
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
@options
def restore(
    folder: Path, backup: str | None, url: str, at: datetime | None, *, as_json: bool
) -> None:
    """Restore a backup into an empty database."""
    with speaking(as_json=as_json) as console:
        moment = at.replace(tzinfo=GUANGXI) if at else None
        with _damage_is_told(console), console.progress("恢复", None) as advance:
            found = restore_into(url, folder, backup, moment, advance)
        console.answer(_data(found), [f"✓ 已恢复 {found.id}：{found.rows:,} 行，逐表核对一致"])


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
def _opened(url: str) -> Iterator[Platform]:
    with opened(url) as platform:
        yield platform


@contextmanager
def _damage_is_told(console: Console) -> Iterator[None]:
    """Let a damaged backup end with the exit code of what does not verify."""
    try:
        yield
    except BackupDamaged as error:
        console.refuse(error)
        finish(Exit.NOT_VERIFIED)
