"""``supervision keys``: new versions of the platform's keys, and what they protect renewed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from entrypoints.cli.framing import database_option, options, speaking
from supervision_core.kernel.canonical import Json

if TYPE_CHECKING:
    from entrypoints.container import Platform

BATCH = 500


@click.group(
    help="密钥：轮换、更新、更换主密钥。\n\n密钥的位置、备份和密码机见 docs/cryptography.md。",
)
@click.help_option("--help", "-h", help="显示本帮助。")
def keys() -> None:
    """Give the commands around keys."""


@keys.command(
    help="生成下一版数据密钥，此后写入的都用新密钥；旧数据照常可读。\n\n"
    "之后备份密钥文件夹，再执行 supervision keys renew。"
)
@database_option
@click.option("--signing", is_flag=True, help="生成下一版签名密钥，而不是数据密钥。")
@options
def rotate(url: str, *, signing: bool, as_json: bool) -> None:
    """Make the next version of every data key, or of the key to sign with."""
    from entrypoints.cli.opening import opened
    from entrypoints.container import note_keys, open_signing_keys

    with speaking(as_json=as_json) as console:
        with opened(url) as platform:
            if signing:
                made = {"audit": open_signing_keys().rotate()}
            else:
                made = dict(platform.keys.rotate())
                note_keys(platform)
            _log(platform, "keys.rotate", made)
        lines = [f"✓ {name}：第{version}版" for name, version in made.items()]
        data: dict[str, Json] = {"versions": dict(made)}
        following = (
            "→ 请立即备份密钥文件夹，重启各进程，并把新公钥（.pub）交给审计员和见证方"
            if signing
            else "→ 请立即备份密钥文件夹，再执行 supervision keys renew"
        )
        console.answer(data, [*lines, following])


@keys.command(
    help="换一把主密钥：所有数据密钥和签名密钥改由新主密钥加密，旧主密钥从此打不开任何密钥。\n\n"
    "数据不变。请先停下平台的所有进程；中断后重新执行即可。"
)
@database_option
@click.option(
    "--new-master",
    "master",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="新主密钥的文件；没有则生成。",
)
@options
def rewrap(url: str, master: Path, *, as_json: bool) -> None:
    """Wrap every key under another master key."""
    from entrypoints.cli.opening import opened
    from entrypoints.container import open_keys, rewrap_keys

    with speaking(as_json=as_json) as console:
        count = rewrap_keys(master)
        with opened(url, keys=open_keys(master=master)) as platform:
            _log(platform, "keys.rewrap", {"keys": count})
        data: dict[str, Json] = {"keys": count, "master": str(master)}
        lines = [
            f"✓ {count} 把密钥已改由 {master} 加密",
            "→ 请把 SUPERVISION_MASTER_KEY 指向它，备份密钥文件夹和新主密钥，再启动平台",
            "→ 旧主密钥只能打开旧的密钥备份；确认不再需要后销毁",
        ]
        console.answer(data, lines)


@keys.command(
    help="把已有数据改用最新密钥保护，分批进行，平台可以照常使用；中断后重新执行即可。\n\n"
    "遇到被改动过的数据就停下，不会替它补上校验值。"
)
@database_option
@options
def renew(url: str, *, as_json: bool) -> None:
    """Protect every stored row under the newest keys."""
    from entrypoints.cli.opening import opened
    from entrypoints.container import protected_tables
    from supervision_core.kernel.sealing import renew as renew_rows

    with speaking(as_json=as_json) as console:
        done: dict[str, int] = {}
        with opened(url) as platform:
            for store in protected_tables(platform):
                done[store.name], cursor = 0, ""
                with console.progress(f"更新 {store.name}", store.count()) as advance:
                    while True:
                        step = renew_rows(store, cursor=cursor, batch=BATCH)
                        advance(step.seen)
                        done[store.name] += step.renewed
                        if not (cursor := step.cursor):
                            break
            _log(platform, "keys.renew", done)
        total = sum(done.values())
        data: dict[str, Json] = {"renewed": dict(done)}
        console.answer(data, [f"✓ 已用最新密钥保护 {total:,} 行"])


def _log(platform: Platform, action: str, facts: dict[str, int]) -> None:
    from entrypoints.actors import operator
    from supervision_core.audit.model import AuditEntry, Outcome
    from supervision_core.audit.ports import AuditLog
    from supervision_core.kernel.plain import digest

    actor = operator()
    entry = AuditEntry(
        at=platform.clock.now(),
        actor=actor.user,
        department=actor.department,
        action=action,
        outcome=Outcome.DONE,
        request=digest(facts),
        note=tuple((name, str(count)) for name, count in facts.items()),
    )
    with platform.transactions.begin() as work:
        work[AuditLog].append(entry)
        work.commit()
