import json
from importlib.util import find_spec

import pytest
from benchmarks._run import RAW, ROOT, SMALL, ran, scripts

PEERS = {"over_http": "fastapi"}


@pytest.mark.parametrize("script", scripts())
def test_every_benchmark_runs_to_its_end(script: str) -> None:
    """Figures can be had again by anyone: no change of the product leaves a benchmark behind."""
    if script in PEERS and find_spec(PEERS[script]) is None:
        pytest.skip(f"{PEERS[script]} is not installed")
    record = ran(script, SMALL[script])
    assert record.exit == 0, record.said
    assert record.said.strip()


def test_each_record_is_whole() -> None:
    """What the raw records say can be read: which command, at which commit, under which load."""
    lines = RAW.read_text(encoding="utf-8").splitlines()
    for record in map(json.loads, lines):
        assert record["exit"] == 0
        assert record["script"] in scripts()
        assert {"words", "at", "commit", "load", "wall", "processor", "said"} <= record.keys()


def test_the_page_names_what_it_cites() -> None:
    """Every script that the page of figures names is there, and every script is named."""
    page = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert [name for name in scripts() if f"benchmarks.{name}" not in page] == []
