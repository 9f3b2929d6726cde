"""``supervision search``: the index of fragments, looked at and built anew."""

from __future__ import annotations

import math
import time

import rich_click as click

from entrypoints.cli.console import Exit
from entrypoints.cli.framing import database_option, finish, options, speaking


@click.group(help="企业智搜的索引：查看、重建。")
@click.help_option("--help", "-h", help="显示本帮助。")
def search() -> None:
    """Keep the index."""


@search.command(
    help="从数据库重建索引，完成后立即启用；重建期间原索引照常使用。"
    "后台任务发现索引损坏、缺失时也会自行重建。已有进程在重建时退出码为 5。"
)
@database_option
@options
def rebuild(url: str, *, as_json: bool) -> None:
    """Build the index anew."""
    from entrypoints.cli.opening import opened
    from entrypoints.searching import search_feed
    from supervision_core.kernel.search import IndexBusy

    with speaking(as_json=as_json) as console, opened(url) as platform:
        began = time.monotonic()
        with console.progress("编入索引", None) as advance:
            try:
                count = search_feed(platform, lambda _title, some: advance(some)).rebuild()
            except IndexBusy:
                console.tell("✗ 另一个进程正在重建索引（稍后再试）")
                finish(Exit.BUSY)
        seconds = math.ceil(time.monotonic() - began)
        line = f"✓ 索引已重建并启用：{count:,} 条，用时 {seconds} 秒"
        console.answer({"count": count, "seconds": seconds}, [line])


@search.command(help="检查索引：是否齐全、未被改动，是否跟上了数据。有问题则退出码为 4。")
@database_option
@options
def check(url: str, *, as_json: bool) -> None:
    """Look at the index."""
    from entrypoints.cli.opening import opened
    from entrypoints.searching import FAULTS, index_fault
    from supervision_core.kernel.search import IndexUnusable

    with speaking(as_json=as_json) as console, opened(url) as platform:
        try:
            platform.search.check()
            fault = index_fault(platform)
        except IndexUnusable as found:
            fault = str(found.args[0])
        line = f"✗ {FAULTS[fault]}（运行 supervision search rebuild）" if fault else "✓ 索引可用"
        console.answer({"fault": fault}, [line])
        if fault:
            finish(Exit.NOT_VERIFIED)
