import os
import random  # noqa: TID251 - seeded: the same moments every time
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from attrs import evolve

from .folder import ROOT, Folder
from .harness import (
    PROMISES,
    Calm,
    Moment,
    Running,
    Setting,
    Story,
    choose,
    disturb,
    run_calmly,
)

pytestmark = pytest.mark.slow

SETTING = Setting(firms=200, officers=392)
KILLS, PER_RUN, SEED = 100, 13, 20260701
AT_ONCE = 2
_SHORT = 0.1  # seconds: a stage that one cannot be sure to hit


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Calm:
    """Run once without a kill."""
    return run_calmly(SETTING, tmp_path_factory.mktemp("calm") / "run")


def test_two_runs_with_the_same_nonces_are_equal(calm: Calm, tmp_path: Path) -> None:
    """Only ids differ between two runs with the same inputs: so a difference is a fault."""
    other = run_calmly(SETTING, tmp_path / "other", nonces=calm.folder.path)
    assert list(other.folder.difference(calm.folder)) == []
    assert list(other.folder.faults()) == []
    assert list(calm.folder.faults()) == []
    assert set(calm.seconds) - {""} == set(PROMISES)


def test_a_hundred_kills_lose_nothing_and_double_nothing(calm: Calm, tmp_path: Path) -> None:
    """Killed with -9 at any moment and run again, a demo ends like one that nobody disturbed."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    stories: list[Story] = []
    kills = 0
    while kills < KILLS:
        plans = [choose(calm, PER_RUN, chance) for _ in range(AT_ONCE)]
        homes = [tmp_path / f"run{len(stories) + place}" for place in range(AT_ONCE)]
        told = _all_at_once(SETTING, calm, homes, plans)
        stories += told
        kills += sum(len(story.kills) for story in told)
        faults = [fault for story in told for fault in story.faults]
        assert faults == [], stories
    hit = Counter(stage for story in stories for stage in story.kills)
    logged = {action for story in stories for action in story.actions}
    seconds = sum(story.seconds for story in stories)
    print(f"\n{kills} kills, {len(stories)} runs, {seconds:.0f} s of runs")  # noqa: T201
    print(f"by stage: {dict(hit)}")  # noqa: T201
    print(f"last commands: {len(logged)}: {sorted(logged)}")  # noqa: T201
    long = {stage for stage, seconds in calm.seconds.items() if seconds > _SHORT}
    assert long <= set(hit)


@pytest.mark.parametrize(
    ("fault", "stages", "found"),
    [
        ("keys", ("导入执法人员#1",), "resumed: exit code 3"),
        ("apart", ("评价与分级#1", "双随机抽取#1"), "resumed: exit code 3"),
        ("log", ("评价与分级#1", "双随机抽取#1"), "end: audit"),
        ("papers", ("双随机抽取#1",), "公示#1 was said, and does not hold|end: 抽取证明"),
    ],
    ids=["keys", "apart", "log", "papers"],
)
def test_a_fault_built_in_is_found(
    calm: Calm, tmp_path: Path, fault: str, stages: Sequence[str], found: str
) -> None:
    """The kills find keys forgotten or kept apart, a log kept apart, and files in pieces."""
    setting = evolve(SETTING, fault=fault)
    usual = calm
    if fault == "log":  # it logs more than the sound demo, so it is measured by itself
        usual = run_calmly(setting, tmp_path / "calm", nonces=calm.folder.path)
    order = list(usual.seconds)
    moments = sorted(
        Moment(order.index(stage), share) for stage in stages for share in (0.1, 0.3, 0.5, 0.7)
    )
    story = disturb(setting, usual, tmp_path / "run", moments)
    print(f"\n{fault}: {len(story.kills)} kills, then {story.faults}")  # noqa: T201
    assert story.kills
    assert any(re.search(found, said) for said in story.faults), story.faults


_KILLED_CLEARING = """
import os, signal, sys
left = int(sys.argv.pop(1))
def watch(event, arguments):
    global left
    if event in ("os.remove", "shutil.rmtree") and str(arguments[0]).startswith(sys.argv[3]):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
from entrypoints.cli import main
main()
"""


@pytest.mark.parametrize("removed", [0, 2, 6])
def test_a_clearing_broken_off_is_finished(calm: Calm, tmp_path: Path, removed: int) -> None:
    """What --fresh had begun to take away is not taken for a run: the next run starts anew."""
    home = tmp_path / "run"
    shutil.copytree(calm.folder.path, home)
    _, _, _, *words = SETTING.command(home)
    broken_off = [sys.executable, "-c", _KILLED_CLEARING, str(removed), *words, "--fresh"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    killed = subprocess.run(  # noqa: S603 - our own program
        broken_off, check=False, capture_output=True, env=environment
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    running = Running.start(SETTING.command(home), tmp_path / "out")
    assert running.end() == 0
    assert running.lines == list(calm.seconds)[1:]
    assert list(Folder(home).faults()) == []


def _all_at_once(
    setting: Setting, calm: Calm, homes: Sequence[Path], plans: Sequence[Sequence[Moment]]
) -> list[Story]:
    with ThreadPoolExecutor(len(homes)) as pool:
        running = [
            pool.submit(disturb, setting, calm, home, plan)
            for home, plan in zip(homes, plans, strict=True)
        ]
        return [one.result() for one in running]
