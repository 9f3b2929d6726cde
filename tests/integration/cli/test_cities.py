"""The commands: a batch begun, joined, gone on with alone; what further workers bring."""

import json
from pathlib import Path

import pytest
from tests.integration.analytics.damaging import damage

from entrypoints.cities.advising import AS_OF, pilot_documents
from entrypoints.container.cities import asked_of, sample_cities

from .conftest import Run


@pytest.fixture
def made(tmp_path: Path) -> None:
    """Give a model and the facts of 14 cities."""
    documents = {"model": pilot_documents()["credit"]}
    (tmp_path / "model.yaml").write_text(json.dumps(documents["model"]), encoding="utf-8")
    sample_cities(tmp_path / "facts", asked_of(documents, AS_OF), 2_800)


@pytest.mark.usefixtures("made")
@pytest.mark.function("F172")
def test_without_queue_and_cluster_this_machine_goes_on(run: Run) -> None:
    """It says so, and how long it will take; whoever comes later finds it all done."""
    asked = ("--out", "out", "--model", "model.yaml", "--facts", "facts", "--as-of", "2026-01-01")
    away = ("--queue", "postgresql://nobody@127.0.0.1:9/none", "--spark", "sc://127.0.0.1:9")
    said = run("assess-cities", *asked, *away, "--workers", "1")
    assert said.code == 0, said.err
    assert "14 个市，2,800 个对象，还有 14 个市" in said.err
    assert "分发用的数据库没有答复：由本机单独完成" in said.err
    assert "预计" in said.err
    assert "连接不上集群" in said.err
    assert "✓ 清单 manifest.json 的 SM3：" in said.out
    again = run("assess-cities", "--out", "out", "--json")
    assert (again.code, again.data["subjects"], again.data["cities"]) == (0, 2_800, 14)
    assert f"SM3：{again.data['sm3']}" in said.out
    assert sum(again.data["counts"]["level"].values()) == 2_800
    other = run("assess-cities", *asked[:-1], "2026-01-02")
    assert other.code == 3
    assert "里是另一次评价的结果" in other.err


@pytest.mark.slow
@pytest.mark.usefixtures("made")
def test_a_damaged_file_is_refused_by_its_name(run: Run, tmp_path: Path) -> None:
    """It ends, and says which file and why."""
    for file in (tmp_path / "facts").iterdir():
        if file.stem != "450600":
            file.unlink()
    damage(tmp_path / "facts" / "450600.parquet")
    asked = ("--out", "out", "--model", "model.yaml", "--facts", "facts", "--workers", "1")
    said = run("assess-cities", *asked)
    assert said.code == 3
    assert "450600.parquet" in said.err
    assert "文件无法读取" in said.err


def test_nothing_to_join_is_said(run: Run) -> None:
    """An empty folder holds no batch."""
    said = run("assess-cities", "--out", "none")
    assert said.code == 3
    assert "里没有可加入的评价" in said.err


@pytest.mark.slow
def test_further_workers_are_measured(run: Run) -> None:
    """Seconds, speed-up, processor seconds a million, and that the results are the same."""
    said = run("bench", "scale", "--workers", "1", "--subjects", "1000")
    assert said.code == 0, said.err
    assert "| 工作进程 | 秒 | 加速比 | 每百万个对象的处理器秒 |" in said.out
    assert "| 1 |" in said.out
    assert "✓ 结果相同，SM3：" in said.out
    assert run("bench", "scale", "--workers", "0").code == 2
