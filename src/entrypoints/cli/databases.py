"""``supervision init`` and ``supervision migrate``."""

import rich_click as click
from sqlalchemy import make_url

from entrypoints.cli.framing import database_option, options, speaking
from entrypoints.container import open_platform


@click.command(help="建立数据库并检查它断电不丢数据；已建立的不受影响。")
@database_option
@options
def init(url: str, *, as_json: bool) -> None:
    """Make a database ready for its first use."""
    _prepare(url, "数据库已就绪", as_json=as_json)


@click.command(help="把数据库升级到本版本；已是本版本的不受影响。")
@database_option
@options
def migrate(url: str, *, as_json: bool) -> None:
    """Bring a database up to this version."""
    _prepare(url, "数据库已是最新", as_json=as_json)


def _prepare(url: str, said: str, *, as_json: bool) -> None:
    with speaking(as_json=as_json) as console:
        platform = open_platform(url)
        platform.engine.dispose()
        shown = make_url(url).render_as_string(hide_password=True)
        console.answer({"database": shown, "ready": True}, [f"✓ {said}：{shown}"])
