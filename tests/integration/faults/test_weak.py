"""The weak workload is weak: if it ever refused, the controls of power cuts would prove nothing."""

import shutil
from pathlib import Path

import pytest

from .running import WEAK, Workers


@pytest.mark.parametrize("level", ["NORMAL", "OFF"])
def test_a_database_that_syncs_too_little_is_worked_on(
    level: str, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It acknowledges commands at a level that the platform refuses."""
    monkeypatch.setenv("SUPERVISION_TEST_SYNCHRONOUS", level)
    shutil.copy(template, tmp_path / "a.db")
    careless = Workers(tmp_path, WEAK)
    working = careless.start(f"sqlite:///{tmp_path / 'a.db'}", 1, 3)
    working.wait()
    assert {0, 1, 2} <= working.acknowledged.keys(), working.said  # a step is carried out whole
