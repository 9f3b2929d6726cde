"""``supervision demo``: one whole cycle on example workbooks or one's own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from entrypoints.cli.console import Exit
from entrypoints.cli.framing import finish, options, speaking
from entrypoints.settings import Settings

if TYPE_CHECKING:
    from entrypoints.simulators.short_messages import ShortMessage

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    "demo",
    help="把四个试点场景走完一个完整周期：导入、评价、分级、抽取、检查、整改、归档、公示、再评价。",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("supervision-demo"),
    show_default=True,
    help="成果文件夹；已有未完成的演示时从断点继续。",
)
@click.option("--firms", type=_FILE, help="您自己的企业名单（Excel 或 CSV）；不填则生成示例。")
@click.option("--officers", type=_FILE, help="您自己的执法人员名册；不填则生成示例。")
@click.option("--count", default=20_000, show_default=True, help="生成示例企业的户数。")
@click.option("--officer-count", default=800, show_default=True, help="生成示例执法人员的人数。")
@click.option("--seed", default=2026, show_default=True, help="示例与演示过程的种子。")
@click.option("--fresh", is_flag=True, help="清空成果文件夹，重新开始。")
@options
def demo(  # noqa: PLR0913 -- the options of the command
    *,
    out: Path,
    firms: Path | None,
    officers: Path | None,
    count: int,
    officer_count: int,
    seed: int,
    fresh: bool,
    as_json: bool,
) -> None:
    """Carry the pilot scenes through one whole cycle."""
    from entrypoints.demo.running import DemoFolderBusy, run_demo
    from entrypoints.demo.settings import DemoSettings

    settings = DemoSettings(
        folder=out,
        firms=firms,
        officers=officers,
        count=count,
        officer_count=officer_count,
        seed=seed,
    )
    with speaking(as_json=as_json) as console:
        try:
            summary = run_demo(settings, console, fresh=fresh)
        except DemoFolderBusy as error:
            console.refuse(error)
            finish(Exit.BUSY)
        lines = summary.pop("lines")
        console.answer(summary, [str(line) for line in lines] if isinstance(lines, list) else [])


@click.command(
    "look",
    help="在浏览器里看演示的成果：各种角色各给一个账号和一次性密码，验证码显示在本终端，直到收到停止信号。\n\n"
    "只用于演示留下的文件夹：短信由本机模拟，三位管理员也用密码登录；只在127.0.0.1上应答。",
)
@click.argument(
    "folder", type=click.Path(file_okay=False, path_type=Path), default=Path("supervision-demo")
)
@click.option("--port", default=8000, show_default=True, help="端口。")
@click.help_option("--help", "-h", help="显示本帮助。")
def look(folder: Path, port: int) -> None:
    """Serve a finished demo to its visitors."""
    from entrypoints.cli.opening import opened
    from entrypoints.demo.looking import database_of, short_messages, visitors, worker_beside
    from entrypoints.http.serving import DATABASE, QUIET, Place, require_free, run
    from entrypoints.http.settings import HttpSettings

    with speaking(as_json=False) as console:

        def show(message: ShortMessage) -> None:
            console.tell(f"短信 → 尾号{message.phone[-4:]}：{message.code or message.text}")

        url = f"sqlite:///{database_of(folder)}"
        place = Place(port=port, workers=1)
        require_free(place)
        with opened(url) as platform:
            console.tell("账号、姓名、一次性密码（登录后先改密码）：")
            for one in visitors(platform):
                console.tell(f"  {one.account}  {one.name}  {one.password}")
        with short_messages(folder, show), worker_beside(url, folder / "后台任务.log"):
            os.environ[DATABASE] = url
            console.tell(
                f"✓ 几秒后打开 {place.address}/gov/login ，手机页面 {place.address}/m/login"
            )
            console.tell("  验证码显示在这里，按 Ctrl+C 停止")
            run(place, HttpSettings.of(Settings.from_environment(os.environ)), QUIET)
