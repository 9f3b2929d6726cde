"""``supervision verify-archive``: the file of a task held against its signed manifest."""

from pathlib import Path

import rich_click as click

from entrypoints.cli.console import Exit
from entrypoints.cli.framing import finish, options, speaking
from supervision_core.kernel.canonical import Json

_UNCHECKED = {
    "signature": "签名（用 --signer 给出发布部门的公钥文件）",
    "kept_digest": "清单摘要与数据库、审计日志所存是否一致",
    "proof": "其中的抽取证明（用 supervision verify-draw 核对）",
    "content": "各文件所写是否属实",
}


@click.command(
    "verify-archive",
    help="核对一个任务的档案文件夹：每个文件的摘要，有无缺少、多出，清单的签名；最后说明没有核对什么。"
    "不需要数据库。\n\n不给出公钥则不核对签名，只说明内容自洽。任何一项不成立则退出码为 4。",
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--signer",
    "signers",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="发布部门的公钥文件（PEM 或十六进制），可重复；填写后还核对签名。",
)
@options
def verify_archive_(folder: Path, signers: tuple[Path, ...], *, as_json: bool) -> None:
    """Check the archive of a task, without any database."""
    from entrypoints.container import verifiers_of, verify_archive

    with speaking(as_json=as_json) as console:
        trusted = verifiers_of(signers)
        found = verify_archive(folder, trusted)
        manifest = found.manifest
        said = [(fault, console.messages.explain(fault)) for fault in found.faults]
        unchecked = [part for part in _UNCHECKED if not (trusted and part == "signature")]
        lines = [
            f"✗ {fault.at}{'：' if fault.at else ''}{one.reason}（{one.remedy}）"
            for fault, one in said
        ]
        if manifest:
            lines.append(f"· 任务 {manifest.task}，清单 {len(manifest.entries):,} 件")
            lines.append(f"· 清单摘要（SM3）{manifest.digest}")
        verdict = "✓ 档案完整，签名成立" if trusted else "✓ 内容自洽，签名未核"
        if said:
            verdict = f"✗ 档案不成立：{len(said):,} 处"
        lines.append(f"{verdict}。没有核对：{'、'.join(_UNCHECKED[part] for part in unchecked)}")
        data: dict[str, Json] = {
            "verified": bool(trusted and not said),
            "consistent": not said,
            "unchecked": list(unchecked),
            "task": manifest.task if manifest else "",
            "pieces": len(manifest.entries) if manifest else 0,
            "digest": manifest.digest if manifest else "",
            "faults": [
                {"code": fault.code, "at": fault.at, "reason": one.reason, "remedy": one.remedy}
                for fault, one in said
            ],
        }
        console.answer(data, lines)
        if said:
            finish(Exit.NOT_VERIFIED)
