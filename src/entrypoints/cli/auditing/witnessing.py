"""``supervision audit witness``: what another department runs."""

import signal
import threading
from pathlib import Path
from types import FrameType

import rich_click as click

from entrypoints.cli.framing import speaking

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(
    help="在另一个部门的机器上运行见证服务：只有日志确实只增不改，才为它的检查点签名。\n\n"
    "它保管随机抽取的密封随机数，只开启已见证的截止名单。\n\n"
    "启动时说出要填进平台 SUPERVISION_AUDIT_WITNESSES 的内容。跨网络时应置于TLS代理之后。"
)
@click.argument("folder", type=_FOLDER)
@click.option(
    "--public-key", "keys", type=_FILE, multiple=True, required=True, help="平台的审计公钥。"
)
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址。")
@click.option("--port", default=8477, show_default=True, help="监听的端口；0 为任选一个。")
@click.help_option("--help", "-h", help="显示本帮助。")
def witness(folder: Path, keys: tuple[Path, ...], host: str, port: int) -> None:
    """Answer until told to stop."""
    from entrypoints.auditing import trusted_keys
    from entrypoints.container import (
        SystemClock,
        SystemRandomness,
        open_algorithms,
        open_openings,
        open_witness,
    )
    from entrypoints.witnessing import WitnessServer

    with speaking(as_json=False) as console:
        algorithms = open_algorithms(SystemRandomness())
        trusted = trusted_keys(keys, algorithms)
        watching, verifier = open_witness(folder, trusted, SystemClock())
        openings = open_openings(folder, watching, trusted, SystemClock())
        with WitnessServer((host, port), watching, verifier.public_key, openings) as server:
            at = server.server_address[1]
            console.tell(f"· 见证服务：http://{host}:{at}#{verifier.public_key.hex()}")

            def stop(_number: int, _frame: FrameType | None) -> None:
                threading.Thread(target=server.shutdown).start()

            signal.signal(signal.SIGTERM, stop)
            signal.signal(signal.SIGINT, stop)
            server.serve_forever(poll_interval=0.1)
