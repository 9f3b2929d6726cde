"""``supervision verify-code``: without any database or network."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from entrypoints.cli.framing import options, speaking
from supervision_core.kernel.canonical import Json

_KINDS = {"F": "企业码", "V": "检查码"}


@click.command(
    "verify-code",
    help="离线核对扫描到的企业码或检查码：是不是本平台签发、有没有被改动、是否过期。\n\n"
    "不需要数据库和网络，因此不知道码是否已作废、换发；码上的统一社会信用代码请与营业执照核对。",
)
@click.argument("code", metavar="扫描到的内容")
@click.option(
    "--signer",
    "signers",
    multiple=True,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="平台的公钥文件（PEM 或十六进制），可重复。",
)
@options
def verify_code(code: str, signers: tuple[Path, ...], *, as_json: bool) -> None:
    """Check a code by public keys alone."""
    from entrypoints.container import SystemClock, verifiers_of
    from supervision_core.kernel.days import local_day
    from supervision_core.kernel.scan_codes import read_code

    with speaking(as_json=as_json) as console:
        found = read_code(code, verifiers_of(signers), today=local_day(SystemClock().now()))
        data: dict[str, Json] = {
            "kind": found.kind.value, "id": found.id, "number": found.number,
            "serial": found.serial, "issued_on": found.issued_on.isoformat(),
            "until": found.until.isoformat(), "unchecked": ["void"],
        }  # fmt: skip
        lines = [
            f"种类：{_KINDS[found.kind]}",
            f"统一社会信用代码：{found.number or '无'}",
            f"发码日期：{found.issued_on}（第{found.serial}次制码），有效期至：{found.until}",
            "✓ 本平台签发，未被改动，未过期。没有核对：是否已作废或换发",
        ]
        console.answer(data, lines)
