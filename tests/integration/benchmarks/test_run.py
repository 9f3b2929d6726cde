import json
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from benchmarks._measuring import RAW, ROOT, Case, Figure, Sample, exponent, report
from benchmarks._page import PAGE, page, records, table
from benchmarks._run import scripts

PEERS = {"assessment": "zen", "over_http": "fastapi"}
RUN_BESIDE = PEERS | {"assessment": "polars"}
ON_SERVER = {"records"}
"""Which measure PostgreSQL alone."""
FIELDS = frozenset(Figure.__annotations__)


@pytest.mark.parametrize("script", scripts())
def test_every_benchmark_finds_what_it_measures(script: str) -> None:
    """What a benchmark takes from the product is still there."""
    if script in PEERS and find_spec(PEERS[script]) is None:
        pytest.skip(f"{PEERS[script]} is not installed")
    assert import_module(f"benchmarks.{script}").__doc__


@pytest.mark.slow
@pytest.mark.parametrize("script", scripts())
def test_every_benchmark_runs_to_its_end(
    script: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Figures can be had again by anyone: no change of the product leaves a benchmark behind."""
    if script in RUN_BESIDE and find_spec(RUN_BESIDE[script]) is None:
        pytest.skip(f"{RUN_BESIDE[script]} is not installed")
    raw = tmp_path / "raw.jsonl"
    server = ["--postgres", request.getfixturevalue("postgres_dsn")] if script in ON_SERVER else []
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-m", "benchmarks._run", script, "--small", "--into", str(raw), *server],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    records = [json.loads(line) for line in raw.read_text(encoding="utf-8").splitlines()]
    assert records
    assert all(one["script"] == script and one.keys() == FIELDS for one in records)


def test_each_raw_record_is_whole() -> None:
    """What is kept can be read: which command, commit and load, and both clocks of each round."""
    for record in map(json.loads, RAW.read_text(encoding="utf-8").splitlines()):
        assert record["script"] in scripts()
        assert record.keys() == FIELDS
        assert len(record["wall"]) == len(record["processor"]) > 0


def test_the_page_says_what_the_records_say() -> None:
    """Each table of figures is made of raw records, or says that there is none."""
    said = PAGE.read_text(encoding="utf-8")
    assert page(said, records()) == said
    assert f"raw cycle -->\n{table([])}<!-- end -->" in page(said, [])


def test_the_page_names_what_it_cites() -> None:
    """Every script that the page of figures names is there, and every script is named."""
    said = PAGE.read_text(encoding="utf-8")
    named = [name for name in scripts() if f"`python -m benchmarks.{name}`" in said]
    shown = [name for name in scripts() if f"<!-- raw {name} -->" in said]
    assert named == shown == scripts()


def test_growth_is_the_slope_of_the_logarithms() -> None:
    """Ten times the size in ten times the time is 1; in the same time, 0; of one size, unknown."""
    assert exponent((10, 100, 1000), (0.1, 1.0, 10.0)) == pytest.approx(1)
    assert exponent((10, 100, 1000), (2.0, 2.0, 2.0)) == pytest.approx(0)
    assert exponent((10,), (2.0,)) is None


def test_the_table_compares_within_each_round() -> None:
    """A ratio is the median of the rounds' ratios: a busy moment of the machine hits both ways."""
    found = [
        _figure("peer", 10, [1.0, 10.0, 2.0], peer=True),
        _figure("product", 10, [2.0, 20.0, 8.0], peer=False),
    ]
    assert "| lists | product | 8 s · 16 s (×2.00 · ×2.00) | — · — |" in report(found)


def test_a_case_counts_one_operation_at_a_time() -> None:
    """Figures are those of one operation, however many an act carries out."""
    assert Case("c", {}).times == 1
    made = Figure("s", [], "", "", 0.0, "c", "w", 1, peer=False)
    made.add(Sample(10.0, 5.0), 10)
    assert (made.wall, made.processor) == ([1.0], [0.5])


def _figure(way: str, size: int, wall: list[float], *, peer: bool) -> Figure:
    made = Figure("s", [], "", "", 0.0, "lists", way, size, peer)
    for one in wall:
        made.add(Sample(one, one * 2), 1)
    return made
