"""``supervision audit verify`` and ``prove``: with public keys only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from entrypoints.cli.console import Console, Exit
from entrypoints.cli.framing import finish, options, speaking
from supervision_core.kernel.canonical import Json

if TYPE_CHECKING:
    from supervision_core.audit.model import Finding, Verdict
    from supervision_core.audit.row_proof import RowProof

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW = click.Path(dir_okay=False, writable=True, path_type=Path)
_MOST = 100
"""Findings that are said one by one."""


@click.command(
    help="核对审计日志：日志文件（.jsonl）或数据库，只需公钥，不需要平台的其他密钥。\n\n"
    "发现任何改动则退出码为 4，并指出是哪几条。"
)
@click.argument("source", metavar="日志文件|数据库|证明")
@click.option(
    "--public-key",
    "keys",
    type=_FILE,
    multiple=True,
    required=True,
    help="平台的审计公钥（PEM或十六进制），可有多个。",
)
@click.option(
    "--checkpoint",
    "checkpoints",
    type=_FILE,
    multiple=True,
    help="自己保存的检查点，或见证方的文件（.jsonl）；没有它就发现不了末尾被截断、整体被重做。",
)
@click.option("--witness-key", "witnesses", type=_FILE, multiple=True, help="见证方的公钥。")
@options
def verify(
    source: str,
    keys: tuple[Path, ...],
    checkpoints: tuple[Path, ...],
    witnesses: tuple[Path, ...],
    *,
    as_json: bool,
) -> None:
    """Verify a file, a database or the proof of a row with public keys only."""
    from entrypoints.auditing import (
        is_database,
        read_checkpoints,
        trusted_keys,
        verify_database,
        verify_file,
    )
    from entrypoints.container import SystemRandomness, open_algorithms, open_log
    from supervision_core.audit.row_proof import ProofWrong

    with speaking(as_json=as_json) as console:
        algorithms = open_algorithms(SystemRandomness())
        trusted = trusted_keys(keys, algorithms)
        watching = trusted_keys(witnesses, algorithms)
        if source.endswith(".json"):
            try:
                proof = _read_proof(Path(source))
                proof.verify(trusted, watching)
            except ProofWrong as error:
                console.refuse(error)
                finish(Exit.NOT_VERIFIED)
                return
            data: dict[str, Json] = {"verified": True, "row": json.loads(proof.text)}
            console.answer(data, [f"✓ 第{proof.number}条在审计日志中", proof.text])
            return
        others = read_checkpoints(checkpoints)
        if is_database(source):
            url = source if "://" in source else f"sqlite:///{source}"
            store = open_log(url)
            try:
                verdict = verify_database(store, trusted, others, watching)
            finally:
                store.engine.dispose()
        else:
            verdict = verify_file(Path(source), trusted, others)
        console.answer(_verdict_data(verdict, console), _verdict_lines(verdict, console))
        if not verdict.holds:
            finish(Exit.NOT_VERIFIED)


def _read_proof(path: Path) -> RowProof:
    from supervision_core.audit.row_proof import RowProof

    try:
        plain = json.loads(path.read_text("utf-8"))
    except ValueError:
        plain = {}
    return RowProof.read(plain)


def _verdict_data(verdict: Verdict, console: Console) -> dict[str, Json]:
    return {
        "verified": verdict.holds,
        "first": verdict.first,
        "size": verdict.size,
        "anchored": verdict.anchored,
        "checkpoints": verdict.checkpoints,
        "root": verdict.root.hex(),
        "findings": [
            {
                "code": one.code,
                "first": one.first,
                "last": one.last,
                "what": one.what,
                "reason": _said(one, console),
            }
            for one in verdict.findings
        ],
    }


def _said(finding: Finding, console: Console) -> str:
    said = console.messages.explain(finding.violation()).reason
    return f"{finding.what}：{said}" if finding.what else said


def _verdict_lines(verdict: Verdict, console: Console) -> list[str]:
    lines = [f"✗ {_said(one, console)}" for one in verdict.findings[:_MOST]]
    if more := verdict.findings[_MOST:]:
        lines.append(f"… 另有 {len(more):,} 处（用 --json 看全部）")
    count = verdict.size - verdict.first
    lines.append(f"· 共 {count:,} 条，{verdict.checkpoints} 个检查点，根 {verdict.root.hex()}")
    if verdict.anchored < verdict.size:
        waiting = verdict.size - verdict.anchored
        lines.append(f"· 最后 {waiting:,} 条还没有检查点，只核对了逐条的哈希值")
    lines.append("✓ 审计日志完整，没有改动" if verdict.holds else "✗ 审计日志或数据被改动")
    return lines


@click.command(help="为一条记录写出证明；凭公钥即可核对，不需要日志的其他部分。")
@click.argument("number", type=click.IntRange(min=0), metavar="序号")
@click.option("--out", type=_NEW, required=True, help="证明文件（.json）。")
@click.option("--database", "url", envvar="SUPERVISION_DATABASE", help="记录所在的数据库。")
@click.option("--log", "file", type=_FILE, help="记录所在的日志文件或归档段；给出它就不用数据库。")
@options
def prove(number: int, out: Path, url: str | None, file: Path | None, *, as_json: bool) -> None:
    """Write the proof that one row is in the log."""
    if url is None and file is None:
        raise click.UsageError("请给出 --database 或 --log。")
    from entrypoints.auditing import prove_row, prove_row_of_file
    from entrypoints.container import open_log

    with speaking(as_json=as_json) as console:
        if file is not None:
            proof = prove_row_of_file(file, number)
        else:
            store = open_log(url if url and "://" in url else f"sqlite:///{url}")
            try:
                proof = prove_row(store, number)
            finally:
                store.engine.dispose()
        text = json.dumps(proof.plain(), ensure_ascii=False, indent=2)
        out.write_text(text + "\n", encoding="utf-8")
        size = proof.signed.checkpoint.size
        data: dict[str, Json] = {"file": str(out), "number": number, "checkpoint": size}
        console.answer(data, [f"✓ 第{number}条的证明已写入 {out}（检查点 {size:,} 条）"])
