"""R11: a clock that is set wrong makes nothing valid again."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from entrypoints.actors import operator
from entrypoints.container import open_platform
from supervision_core.subjects.services import CreateTag, create_tag

from .running import ROOT

HERE = Path(__file__).parent
DAY = 86_400

pytestmark = pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the library by which the clock steps."""
    made = tmp_path_factory.mktemp("shim") / "steps.so"
    words = ["cc", "-shared", "-fPIC", "-O2", str(HERE / "steps.c"), "-o", str(made), "-ldl"]
    subprocess.run(words, check=True)  # noqa: S603 - our own words
    return made


def run(shim: Path, *words: str, step: int = 0) -> "subprocess.CompletedProcess[str]":
    """Run Python under a clock that is ``step`` seconds off."""
    return subprocess.run(  # noqa: S603 - our own words
        [sys.executable, *words],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": str(shim), "CLOCK_STEP": str(step)},
    )


def test_a_running_process_does_not_follow_steps(shim: Path) -> None:
    """From one second to 400 days, either way: time goes on by what has passed, and no more."""
    told = json.loads(run(shim, str(HERE / "stepping.py")).stdout)
    assert len(told) == 60
    assert [one for one in told if one["went"] != one["passed"]] == []


def test_the_steps_are_real(shim: Path) -> None:
    """A clock that asks the machine each time follows every one of them."""
    told = json.loads(run(shim, str(HERE / "stepping.py")).stdout)
    assert [one for one in told if one["naive"] != one["passed"] + one["step"]] == []


def worker(shim: Path, database: Path, step: int) -> "subprocess.CompletedProcess[str]":
    """Run every job of the worker once."""
    start = "from entrypoints.cli import main; main()"
    return run(shim, "-c", start, "worker", "--once", "--database", str(database), step=step)


@pytest.mark.parametrize(("step", "code"), [(-400 * DAY, 3), (-DAY, 3), (-60, 0), (0, 0), (DAY, 0)])
def test_nothing_starts_under_a_clock_before_the_log(
    shim: Path, template: Path, tmp_path: Path, step: int, code: int
) -> None:
    """What has expired would be valid again: a clock behind the log is refused, and why is said.

    Small differences between machines are let be, and so is a clock that is ahead: it only lets
    things expire.
    """
    database = tmp_path / "a.db"
    shutil.copy(template, database)
    platform = open_platform(f"sqlite:///{database}")
    made = CreateTag(name="乳品", region="")
    platform.commands.run(create_tag, made, actor=operator())
    platform.engine.dispose()
    found = worker(shim, database, step)
    assert found.returncode == code, found.stderr
    assert ("校准本机时钟" in found.stderr) == (code == 3)
