"""``supervision audit checkpoint``, ``paper``, ``key`` and ``archive``."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from entrypoints.cli.console import Console, Exit
from entrypoints.cli.framing import database_option, finish, options, speaking
from supervision_core.kernel.canonical import Json

if TYPE_CHECKING:
    from supervision_core.audit.model import SignedCheckpoint
    from supervision_core.audit.services import Anchored

_TITLE = "审计日志检查点"
_NOTE = (
    "核对方法：用 supervision audit verify 核对数据库或日志文件，比较同一条数处的根。"
    "根相同，则此前的每一条记录都没有被改动、删除或插入。"
)
_NEW = click.Path(dir_okay=False, writable=True, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(
    help="立即生成检查点，并请各见证方签名。\n\n"
    "有见证方拒绝签名（日志被截断、改写或分叉）则退出码为 4。"
)
@database_option
@click.option("--out", type=_NEW, help="另把检查点写入文件，供带走保存。")
@options
def checkpoint(url: str, out: Path | None, *, as_json: bool) -> None:
    """Anchor the log once."""
    from entrypoints.cli.opening import opened

    with speaking(as_json=as_json) as console:
        with opened(url) as platform:
            done = platform.auditing().anchoring.anchor()
        if out is not None and done.signed is not None:
            text = json.dumps(done.signed.plain(), ensure_ascii=False, indent=2)
            out.write_text(text + "\n", encoding="utf-8")
        console.answer(anchored_data(done), anchored_lines(done, console))
        if done.refused:
            finish(Exit.NOT_VERIFIED)
        if done.unavailable:
            finish(Exit.FAILED)


def anchored_data(done: Anchored) -> dict[str, Json]:
    """Give what anchoring came to as plain JSON."""
    return {
        "checkpoint": done.signed.checkpoint.plain() if done.signed else None,
        "refused": [reason.code for error in done.refused for reason in error.reasons],
        "unavailable": len(done.unavailable),
    }


def anchored_lines(done: Anchored, console: Console) -> list[str]:
    """Say what anchoring came to."""
    if done.signed is None:
        return ["· 审计日志还是空的，没有检查点"]
    one = done.signed.checkpoint
    lines = [f"✓ 检查点：{one.size:,} 条，根 {one.root.hex()}"]
    for error in (*done.refused, *done.unavailable):
        lines += [f"✗ {console.messages.explain(reason).reason}" for reason in error.reasons]
    return lines


@click.command(help="打印纸质检查点（.pdf 或 .txt）：每天一页，签名后存入保险柜，是最后的依据。")
@click.argument("file", type=_NEW)
@database_option
@options
def paper(file: Path, url: str, *, as_json: bool) -> None:
    """Print the newest checkpoint on one page."""
    from entrypoints.container import open_log, print_page

    if file.suffix not in {".pdf", ".txt"}:
        raise click.UsageError("文件名应以 .pdf 或 .txt 结尾。")
    with speaking(as_json=as_json) as console:
        store = open_log(url)
        try:
            signed = store.checkpoints.last()
        finally:
            store.engine.dispose()
        if signed is None:
            console.tell("✗ 还没有检查点，请先运行 supervision audit checkpoint")
            finish(Exit.FAILED)
            return
        facts = paper_facts(signed)
        if file.suffix == ".pdf":
            file.write_bytes(print_page(_TITLE, facts, _NOTE, signed.checkpoint.at))
        else:
            lines = [_TITLE, "", *(f"{name}：{fact}" for name, fact in facts), "", _NOTE, ""]
            file.write_text("\n".join(lines), encoding="utf-8")
        data: dict[str, Json] = {"file": str(file), "checkpoint": signed.checkpoint.plain()}
        console.answer(data, [f"✓ 检查点（{signed.checkpoint.size:,} 条）已写入 {file}"])


def _grouped(code: str) -> str:
    return " ".join(code[at : at + 8] for at in range(0, len(code), 8))


def paper_facts(signed: SignedCheckpoint) -> list[tuple[str, str]]:
    """Give what is printed; long codes in groups of eight signs, to be read aloud and compared."""
    one = signed.checkpoint
    return [
        ("日志编号", one.log),
        ("记录条数", f"{one.size:,}"),
        ("根（SM3）", _grouped(one.root.hex())),
        ("时间（UTC）", one.at.isoformat()),
        ("上一检查点", _grouped(one.previous) or "无"),
        ("签名密钥", _grouped(signed.signature["key"])),
        ("签名（SM2）", _grouped(signed.signature["value"])),
    ]


@click.command(help="写出平台的审计公钥（PEM），交给审计人员保存。")
@click.argument("file", type=_NEW)
@options
def key(file: Path, *, as_json: bool) -> None:
    """Write the public key with which checkpoints are verified."""
    from entrypoints.container import KeySettings, SystemRandomness, write_public_key

    with speaking(as_json=as_json) as console:
        keys = KeySettings.read(os.environ).open(SystemRandomness())
        file.write_text(write_public_key(keys.signer.public_key), encoding="ascii")
        console.answer({"file": str(file)}, [f"✓ 审计公钥已写入 {file}"])


@click.command(
    "archive",
    help="把满期（至少183天）且已得到见证的审计记录移出数据库，写成归档段文件。\n\n"
    "文件写好并核对无误之后才删除；归档本身记入日志。",
)
@click.argument("folder", type=_FOLDER)
@database_option
@click.option("--days", default=183, show_default=True, help="在数据库中保留的天数。")
@options
def archive_(folder: Path, url: str, days: int, *, as_json: bool) -> None:
    """Move what is past its term into a file."""
    from entrypoints.actors import auditor
    from entrypoints.auditing import archive
    from entrypoints.cli.opening import opened

    with speaking(as_json=as_json) as console:
        with opened(url) as platform:
            done = archive(platform, folder, days=days, actor=auditor())
        if done is None:
            console.answer({"file": None, "rows": 0}, ["· 没有满期且已得到见证的审计记录"])
            return
        count = done.upto - done.first
        data: dict[str, Json] = {"file": str(done.file), "rows": count, "sm3": done.digest}
        console.answer(data, [f"✓ {count:,} 条已归档到 {done.file}（SM3 {done.digest}）"])
