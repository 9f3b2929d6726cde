"""``supervision demo``: one whole cycle on example workbooks or one's own."""

from pathlib import Path

import rich_click as click

from entrypoints.cli.console import Exit
from entrypoints.cli.framing import finish, options, speaking

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
