"""``supervision worker``: the jobs beside the web processes."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING

import rich_click as click

from entrypoints.cli.console import Exit
from entrypoints.cli.framing import database_option, finish, speaking
from entrypoints.settings import Settings

if TYPE_CHECKING:
    from entrypoints.container import Platform
    from entrypoints.worker.loop import Job


def jobs_of(platform: Platform, stop: Event, *, once: bool = False) -> list[Job]:
    """Give every job of an installation; one that takes long breaks off once ``stop`` is set.

    What people started is carried out beside the others, or ``once`` before events are handed on.
    """
    from entrypoints.container import open_queue
    from entrypoints.worker.anchoring import AnchorJob
    from entrypoints.worker.backing import BackupJob
    from entrypoints.worker.certifying import certifying
    from entrypoints.worker.comparing import comparing
    from entrypoints.worker.counting import counting
    from entrypoints.worker.forgetting import forgetting
    from entrypoints.worker.grading import GradingJob
    from entrypoints.worker.jobs import StartedJobs
    from entrypoints.worker.matters import synchronising_matters
    from entrypoints.worker.regrading import RegradingJob
    from entrypoints.worker.relaying import relaying
    from entrypoints.worker.reverifying import ReverifyJob
    from entrypoints.worker.searching import SearchJob
    from entrypoints.worker.shortening import shortening
    from entrypoints.worker.signals import taking_in_signals
    from entrypoints.worker.sweeping import sweeping
    from entrypoints.worker.synchronising import synchronising
    from entrypoints.worker.telling import telling
    from entrypoints.worker.warning import WarningJob

    auditing = platform.auditing()
    folder = Settings.from_environment(os.environ).backup_folder
    started = StartedJobs(platform, lambda: open_queue(platform), stop)
    backing = [BackupJob(platform, Path(folder).expanduser(), stop).job()] if folder else []
    return [
        AnchorJob(platform, auditing).job(),
        ReverifyJob(platform, auditing).job(),
        ReverifyJob(platform, auditing, stop).deciding(),
        ReverifyJob(platform, auditing, stop).looking(),
        ReverifyJob(platform, auditing).comparing(),
        started.once() if once else started.job(),
        relaying(platform, stop),
        WarningJob(platform).job(),
        GradingJob(platform).job(),
        RegradingJob(platform).job(),
        forgetting(platform),
        certifying(platform),
        sweeping(platform),
        SearchJob(platform).job(),
        *backing,
        *synchronising(platform, stop),
        *synchronising_matters(platform, stop),
        *taking_in_signals(platform, stop),
        *telling(platform),
        comparing(platform),
        counting(platform, stop),
        shortening(platform),
    ]


@contextmanager
def log_to_stderr() -> Iterator[None]:
    """Say what the jobs log, until the end of the block."""
    log = logging.getLogger("supervision")
    log.setLevel(logging.INFO)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


def _told_at_start(jobs: Sequence[Job], health: Path | None) -> Iterator[str]:
    """Say what is done how often, and where it shows."""
    yield f"✓ 后台任务已开始，共 {len(jobs)} 项，按 Ctrl+C 停止"
    for job in jobs:
        yield f"  {job.title}：每{_said(job.every)}查看一次（{job.name}）"
    kept = f"写入 {health}" if health else "没有（--health 文件）"
    yield f"· 健康文件：{kept}；告警和错误写到标准错误"
    if not any(job.name == "backup" for job in jobs):
        yield "! 没有自动备份：设 SUPERVISION_BACKUP_FOLDER"


_ENDS = {"ok": "✓ ", "failed": "✗ 没有完成：", "alarm": "✗ 告警：", "": "· 没有运行："}
"""How a job ended, for people."""


def _said(every: timedelta) -> str:
    for unit, name in (
        (timedelta(days=1), "天"),
        (timedelta(hours=1), "小时"),
        (timedelta(minutes=1), "分钟"),
    ):
        if every >= unit and not every % unit:
            return f"{every // unit}{name}"
    return f"{every.total_seconds():g}秒"


@click.command(
    help="运行后台任务，直到收到停止信号；各任务互不等待。\n\n审计检查点（每60秒或1000条）、事件转发（每秒）、期限预警（每天）、许可生效和到期后重新分级（每天）、审计日志、权限和行校验复核（每30秒）、"
    "数据与日志比对（每10分钟）、清除过期的登录痕迹、草稿、站内消息和幂等记录（每小时）、清除过期上传和无人引用的附件（每6小时）、待办、统计数据与业务对象比对（每天）、自建证书机构的吊销列表（每周）、"
    "企业智搜的索引（每0.5秒）、各人发起的后台作业（每秒）、SQLite 预写日志的收回（每秒）、"
    "备份（设了备份文件夹时，每周全备份、每4小时增量备份）。开始时列出本次运行的各项任务和间隔。\n\n发现改动则告警：写入审计日志、写到标准错误、"
    "健康文件标为不健康；--once 时退出码为 4。"
)
@database_option
@click.option("--once", is_flag=True, help="每个任务只运行一次。")
@click.option(
    "--health",
    type=click.Path(dir_okay=False, path_type=Path),
    help="健康文件：每次任务之后写入是否正常（JSON），供监控读取。",
)
@click.help_option("--help", "-h", help="显示本帮助。")
def worker(url: str, *, once: bool, health: Path | None) -> None:
    """Run the jobs."""
    from entrypoints.cli.opening import opened
    from entrypoints.container import share_memory_between_threads
    from entrypoints.worker.apart import Apart
    from entrypoints.worker.loop import Worker

    share_memory_between_threads()
    with speaking(as_json=False) as console:
        with log_to_stderr(), opened(url) as platform:
            platform.auditing().anchoring.require_clock()
            stop = Event()
            jobs = jobs_of(platform, stop, once=once)
            working = Worker(jobs, health, Apart(url, [job.name for job in jobs if job.looks]).run)

            def told(_number: int, _frame: FrameType | None) -> None:
                stop.set()

            signal.signal(signal.SIGTERM, told)
            signal.signal(signal.SIGINT, told)
            if not once:
                for line in _told_at_start(jobs, health):
                    console.tell(line)
            healthy = working.run_once() if once else working.run(stop)
            if once:
                for job in jobs:
                    console.tell(
                        f"{_ENDS[working.ends.get(job.name, '')]}{job.title}（{job.name}）"
                    )
        if working.alarmed:
            finish(Exit.NOT_VERIFIED)
        if not healthy:
            finish(Exit.FAILED)
