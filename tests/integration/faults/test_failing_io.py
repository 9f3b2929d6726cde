"""R4: whatever access to the disk fails, a command is done whole or not at all."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .running import ROOT

HERE = Path(__file__).parent
MODES = os.environ.get("SUPERVISION_IO_MODES", "EIO:once,ENOSPC:once,EIO:sticky,ENOSPC:sticky")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler"),
]


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the library that lets accesses fail."""
    made = tmp_path_factory.mktemp("shim") / "shim.so"
    words = ["cc", "-shared", "-fPIC", "-O2", str(HERE / "shim.c"), "-o", str(made), "-ldl"]
    subprocess.run(words, check=True)  # noqa: S603 - our own words
    return made


def sweep(shim: Path, template: Path, folder: Path, modes: str, *more: str) -> dict[str, Any]:
    """Sweep over every write of every command; give the report."""
    database = folder / "a.db"
    shutil.copy(template, database)
    found = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, str(HERE / "sweep.py"), f"sqlite:///{database}", modes, *more],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": str(shim), "SHIM_PATH": str(database)},
    )
    report: dict[str, Any] = json.loads(found.stdout)
    return report


def test_every_failing_access_leaves_all_or_nothing(
    shim: Path, template: Path, tmp_path: Path
) -> None:
    """Every access of every command fails in turn; told again, the command is done, once."""
    report = sweep(shim, template, tmp_path, MODES)
    assert report["bad"] == []
    assert report["fired"] > 100
    assert report["raised"] > 100


def test_a_log_that_swallows_its_faults_is_caught(
    shim: Path, template: Path, tmp_path: Path
) -> None:
    """An audit row that cannot be written and is passed over is found by the same sweep."""
    assert sweep(shim, template, tmp_path, "EIO:once", "careless")["bad"]
