"""``supervision bench``."""

from __future__ import annotations

import rich_click as click

from entrypoints.cli.console import Exit
from entrypoints.cli.framing import finish, options, speaking
from supervision_core.kernel.canonical import Json


@click.group(help="测量本机：几个工作进程各要多久。")
@click.help_option("--help", "-h", help="显示本帮助。")
def bench() -> None:
    """Measure this machine."""


def _numbers(context: click.Context, option: click.Parameter, said: str) -> tuple[int, ...]:
    del context, option
    try:
        found = tuple(int(one) for one in said.replace("，", ",").split(","))
    except ValueError:
        found = ()
    if not found or min(found) < 1:
        raise click.BadParameter("写几个进程数，如 1,2,4")
    return found


@bench.command(
    help="分市评价用几个工作进程各要多久：用示例场景的模型评价编造的对象，"
    "列出秒数、加速比和每百万个对象的处理器秒数，并核对结果相同。"
)
@click.option(
    "--workers", default="1,2,4", callback=_numbers, metavar="1,2,4", help="依次试的工作进程数。"
)
@click.option(
    "--subjects",
    type=click.IntRange(1000),
    default=1_000_000,
    help="编造多少个对象。",
    show_default=True,
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "sail"]),
    default="duckdb",
    show_default=True,
    help="计算引擎；sail 在本机启动一个 Sail（附加组件 spark）。",
)
@click.option("--queue", default="", metavar="URL", help="分发用的数据库；不填则是本机的 SQLite。")
@options
def scale(
    workers: tuple[int, ...], subjects: int, engine: str, queue: str, *, as_json: bool
) -> None:
    """Measure what further workers bring."""
    from entrypoints.cities.advising import MILLION
    from entrypoints.cities.scaling import Scaled
    from entrypoints.cities.scaling import scale as scaled

    with speaking(as_json=as_json) as console:
        console.tell(f"{subjects:,} 个编造的对象，14 个市，引擎 {engine}；每轮先等全部进程就绪")
        found: list[Scaled] = []
        for one in scaled(workers, subjects, queue, sail=engine == "sail", told=console.tell):
            console.tell(f"· {one.workers} 个进程：{one.seconds:.1f} 秒")
            found.append(one)
        first = found[0].seconds
        lines = ["| 工作进程 | 秒 | 加速比 | 每百万个对象的处理器秒 |", "|---|---|---|---|"]
        lines += [
            f"| {one.workers} | {one.seconds:.1f} | {first / one.seconds:.2f} "
            f"| {one.processor * MILLION / subjects:.1f} |"
            for one in found
        ]
        same = len({one.sm3 for one in found}) == 1
        lines.append(f"✓ 结果相同，SM3：{found[0].sm3}" if same else "✗ 各轮结果不同")
        rows: list[Json] = [
            {
                "workers": one.workers,
                "seconds": f"{one.seconds:.2f}",
                "speed_up": f"{first / one.seconds:.2f}",
                "processor_seconds_per_million": f"{one.processor * MILLION / subjects:.2f}",
                "sm3": one.sm3,
            }
            for one in found
        ]
        console.answer({"subjects": subjects, "engine": engine, "same": same, "runs": rows}, lines)
    if not same:
        finish(Exit.NOT_VERIFIED)
