"""``supervision serve``: the HTTP surface, until it is told to stop."""

import os
from pathlib import Path

import rich_click as click

from entrypoints.cli.framing import database_option, speaking
from entrypoints.settings import Settings

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    help="启动 HTTP 接口，直到收到停止信号；正在处理的请求先处理完。\n\n"
    "启动时显示网址、可用的登录方式和还缺什么。"
    "本机以外只经 TLS 提供服务：给出证书，或设置反向代理 SUPERVISION_HTTP_PROXIES。"
    "域名用 SUPERVISION_HTTP_HOSTS 设置。"
)
@database_option
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址。")
@click.option("--port", default=8000, show_default=True, help="监听的端口。")
@click.option("--workers", default=2, show_default=True, help="进程数。")
@click.option("--certificate", type=_FILE, help="TLS 证书（PEM，含中间证书）。")
@click.option("--key", type=_FILE, help="TLS 私钥（PEM）。")
@click.help_option("--help", "-h", help="显示本帮助。")
def serve(  # noqa: PLR0913, PLR0917 - one for each option
    url: str, host: str, port: int, workers: int, certificate: Path | None, key: Path | None
) -> None:
    """Bring the database up to date, then answer."""
    from entrypoints.cli.opening import opened
    from entrypoints.first_log_in import told_at_start
    from entrypoints.http.serving import DATABASE, Place, require_free, require_protected, run
    from entrypoints.http.settings import HttpSettings

    with speaking(as_json=False) as console:
        installed = Settings.from_environment(os.environ)
        settings = HttpSettings.of(installed)
        place = Place(host=host, port=port, workers=workers, certificate=certificate, key=key)
        require_protected(place, settings)
        require_free(place)
        with opened(url) as platform:
            platform.auditing().anchoring.require_clock()
            for line in told_at_start(platform, installed, place.address):
                console.tell(line)
        os.environ[DATABASE] = url
        run(place, settings)
