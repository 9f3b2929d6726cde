"""``supervision assess-cities``: a batch by cities, by several processes and machines."""

from __future__ import annotations

import json
import os
from collections import Counter
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click

from entrypoints.cli.assessing import document
from entrypoints.cli.console import Console
from entrypoints.cli.framing import options, speaking
from supervision_core.kernel.days import local_day

if TYPE_CHECKING:
    from entrypoints.container.cities import CityBatch

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_TITLES = {
    "level": "等级",
    "r_level": "风险",
    "c_level": "信用",
    "grade": "分级",
}


@click.command(
    help="分市评价：几个进程、几台机器各领一个市；任何一个随时中断都可以接着做，结果相同。\n\n"
    "每个市一个 Parquet 文件。"
    "不填 --model、--facts 则加入 --out 里已经开始的评价（在另一台机器上）。"
)
@click.option(
    "--out",
    required=True,
    metavar="地址",
    help="结果文件夹，各机器都能读写：路径或 s3://… 等地址。",
)
@click.option("--facts", metavar="地址", help="事实文件夹：每个市一个 .parquet，以区划代码命名。")
@click.option("--model", type=_FILE, help="评价模型：YAML 或 JSON。")
@click.option("--credit", type=_FILE, help="信用模型；与 --rule 同用，--model 则为风险模型。")
@click.option("--rule", type=_FILE, help="分级分类规则（风险 × 信用矩阵）。")
@click.option("--key", help="对象编号所在列的表头；不填则取第一个不是事实的列。")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="日期", help="评价日；不填则为今天。"
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=None,
    help="本机的工作进程数；不填则每个核心一个。",
)
@click.option(
    "--queue",
    envvar="SUPERVISION_CITIES_QUEUE",
    default="",
    metavar="URL",
    help="分发用的 PostgreSQL 数据库，各机器相同；不填则只用本机。",
)
@click.option(
    "--spark",
    default="",
    metavar="sc://主机:端口",
    help="由 Spark 或 Sail 集群计算（Spark Connect）；没有答复则由本机计算。",
)
@click.option(
    "--seconds", type=click.FloatRange(1), default=600.0, help="等集群答复一个市的秒数上限。"
)
@options
def assess_cities(  # noqa: PLR0913, PLR0917 - one argument an option
    out: str,
    facts: str | None,
    model: Path | None,
    credit: Path | None,
    rule: Path | None,
    key: str | None,
    as_of: datetime | None,
    workers: int | None,
    queue: str,
    spark: str,
    seconds: float,
    *,
    as_json: bool,
) -> None:
    """Run a batch by cities, or join one."""
    if (credit is None) != (rule is None):
        raise click.UsageError("--credit 与 --rule 须同时填写")
    if (model is None) != (facts is None):
        raise click.UsageError("--model 与 --facts 须同时填写，或都不填（加入已经开始的评价）")
    from entrypoints.cities.places import handing_out
    from entrypoints.cities.running import Run, carried_out
    from entrypoints.cities.worker import Work
    from entrypoints.container import SystemClock
    from entrypoints.container.cities import begin, city_store, documents_of, join
    from supervision_core.assessment.document import read_model
    from supervision_core.grading.document import read_grading

    with speaking(as_json=as_json) as console:
        if model and facts:
            day = as_of.date() if as_of else local_day(SystemClock().now())
            documents = documents_of(
                read_model(document(model)),
                read_model(document(credit)) if credit else None,
                read_grading(document(rule)) if rule else None,
            )
            batch = begin(city_store(facts), city_store(out), documents, day, key)
            batch.again()
        else:
            batch = join(city_store(out))
        count = workers or os.cpu_count() or 1
        left = batch.open()
        console.tell(
            f"评价日 {batch.asked.as_of}：{len(batch.cities)} 个市，{batch.subjects:,} 个对象，"
            f"还有 {len(left)} 个市"
        )
        with handing_out(queue, console.tell) as address:
            if left and (not queue or address != queue):
                _expect(console, batch, left, count)
            work = Work(batch.results.place, address, "", spark, seconds)
            run = Run(batch, work, count, lambda why: console.tell(f"! {why}"))
            with console.progress("市", len(left)) as advance:
                taken = carried_out(run, advance) if left else None
        digest = batch.finish()
        _answer(console, batch, digest, taken.seconds if taken else 0.0)


def _expect(console: Console, batch: CityBatch, left: list[str], count: int) -> None:
    """Say how long this machine will take, as it was measured on the first of some subjects.

    They are those of the smallest city that has enough of them; of one whose file can be used.
    """
    from entrypoints.container import scratch_folder
    from entrypoints.container.cities import SAMPLED, FactFileNotUsable, measured

    sizes = {name: batch.city(name).subjects for name in left}
    for name in sorted(left, key=lambda one: (sizes[one] < SAMPLED, abs(sizes[one] - SAMPLED))):
        with scratch_folder("cities") as folder, suppress(FactFileNotUsable):
            copy = folder / "facts.parquet"
            batch.facts.fetch(batch.city(name).file, copy)
            pace = measured(batch.asked, copy, batch.key, folder)
            expected = max(1, round(pace.seconds(len(left), sum(sizes.values()), count)))
            cores = min(count, pace.cores)
            console.tell(f"由本机 {cores} 个核心计算，预计 {expected:,} 秒")
            return


def _answer(console: Console, batch: CityBatch, digest: str, seconds: float) -> None:
    content: Any = json.loads(batch.results.read("manifest.json") or b"{}")
    counted: dict[str, Counter[str]] = {}
    for city in content["cities"]:
        for column, counts in city["counts"].items():
            counted.setdefault(column, Counter()).update(counts)
    lines = [
        f"{_TITLES[column]} {value}：{count:,}"
        for column, counts in counted.items()
        for value, count in sorted(counts.items())
        if value
    ]
    faulty = max(counts[""] for counts in counted.values())
    if faulty:
        lines.append(f"! 缺少数据或数据有误、不能定级：{faulty:,}")
    lines += [f"✓ 结果在 {batch.results.place}", f"✓ 清单 manifest.json 的 SM3：{digest}"]
    console.answer(
        {
            "as_of": content["as_of"],
            "subjects": sum(city["subjects"] for city in content["cities"]),
            "cities": len(batch.cities),
            "counts": {column: dict(counts) for column, counts in counted.items()},
            "faulty": faulty,
            "sm3": digest,
            "seconds": f"{seconds:.1f}",
            "out": batch.results.place,
        },
        lines,
    )
