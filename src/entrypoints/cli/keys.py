"""``supervision keys``: new versions of the platform's keys, and what they protect renewed."""

import rich_click as click

from entrypoints.actors import operator
from entrypoints.cli.framing import LazyGroup, database_option, options, speaking
from entrypoints.container import Platform, note_keys, open_platform, protected_tables
from supervision_core.audit.model import AuditEntry, Outcome
from supervision_core.audit.ports import AuditLog
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.plain import digest
from supervision_core.kernel.sealing import renew as renew_rows

BATCH = 500


@click.group(
    cls=LazyGroup,
    help="密钥：轮换、更新。\n\n密钥的位置、备份和密码机见 docs/cryptography.md。",
    lazy={
        "rotate": "entrypoints.cli.keys:rotate",
        "renew": "entrypoints.cli.keys:renew",
    },
)
@click.help_option("--help", "-h", help="显示本帮助。")
def keys() -> None:
    """Give the commands around keys."""


@click.command(
    help="生成下一版数据密钥，此后写入的都用新密钥；旧数据照常可读。\n\n"
    "之后备份密钥文件夹，再执行 supervision keys renew。"
)
@database_option
@options
def rotate(url: str, *, as_json: bool) -> None:
    """Make the next version of every data key."""
    with speaking(as_json=as_json) as console:
        platform = open_platform(url)
        try:
            made = dict(platform.keys.rotate())
            note_keys(platform)
            _log(platform, "keys.rotate", made)
        finally:
            platform.engine.dispose()
        lines = [f"✓ {name}：第{version}版" for name, version in made.items()]
        data: dict[str, Json] = {"versions": dict(made)}
        console.answer(data, [*lines, "→ 请立即备份密钥文件夹，再执行 supervision keys renew"])


@click.command(
    help="把已有数据改用最新密钥保护，分批进行，平台可以照常使用；中断后重新执行即可。\n\n"
    "遇到被改动过的数据就停下，不会替它补上校验值。"
)
@database_option
@options
def renew(url: str, *, as_json: bool) -> None:
    """Protect every stored row under the newest keys."""
    with speaking(as_json=as_json) as console:
        platform = open_platform(url)
        done: dict[str, int] = {}
        try:
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
        finally:
            platform.engine.dispose()
        total = sum(done.values())
        data: dict[str, Json] = {"renewed": dict(done)}
        console.answer(data, [f"✓ 已用最新密钥保护 {total:,} 行"])


def _log(platform: Platform, action: str, facts: dict[str, int]) -> None:
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
