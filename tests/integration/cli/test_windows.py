"""What a clerk with Excel has, Windows, lacks: simulated, for no test of ours runs on one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HYGIENE = Path(__file__).resolve().parents[3] / "docs/formats/examples/food_hygiene.yaml"
WITHOUT_POSIX = """
import asyncio, multiprocessing, os, shutil, subprocess, sys, tempfile, types
for name in ("fcntl", "grp", "pwd", "resource", "termios", "uvloop"):
    sys.modules[name] = None
for name in ("fork", "geteuid", "getuid", "O_DIRECTORY", "O_NOFOLLOW", "O_TMPFILE", "pread"):
    delattr(os, name)
tempfile.TemporaryFile = tempfile.NamedTemporaryFile
def locking(descriptor, how, size):
    assert (how, size) == (2, 1)
sys.modules["msvcrt"] = types.ModuleType("msvcrt")
vars(sys.modules["msvcrt"]).update(LK_NBLCK=2, locking=locking)
shutil._use_fd_functions = False
opening = os.open
def opened(path, *how):
    if os.path.isdir(path):
        raise PermissionError(13, "Permission denied", path)
    return opening(path, *how)
os.open = opened
from entrypoints.starting import main
main()
"""


def _ran(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    names = {"SUPERVISION_KEYS", "SUPERVISION_MASTER_KEY"}
    kept = {name: value for name, value in os.environ.items() if name not in names}
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", WITHOUT_POSIX, *words],
        cwd=folder, capture_output=True, text=True, check=False,
        env={**kept, "HOME": str(folder), **environment},
    )  # fmt: skip


@pytest.mark.parametrize("words", [
    ("--help",),
    ("demo", "--help"),
    ("draw", "--pool", "p.csv", "--rule", "r.yaml"),
    ("assess", "--model", "m.yaml", "--facts", "f.csv", "--out", "o.xlsx"),
    ("export", "template", "subjects", "t.xlsx"),
    ("scene", "sample", "dairy", "x.zip"),
], ids=lambda words: "-".join(words[:2]).strip("-"))  # fmt: skip
def test_what_needs_no_database_needs_no_posix(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Neither locks of files, nor owners, nor folders that are opened and synced."""
    (tmp_path / "p.csv").write_text("id,stratum\na,A\n", encoding="utf-8")
    (tmp_path / "r.yaml").write_text("strata: {A: {count: 1}}", encoding="utf-8")
    (tmp_path / "m.yaml").write_bytes(HYGIENE.read_bytes())
    facts = "id,hygiene_points,structure_points,confidence_points\nx1,10,5,0\n"
    (tmp_path / "f.csv").write_text(facts, encoding="utf-8")
    ran = _ran(tmp_path, *words)
    assert ran.returncode == 0, ran.stderr
    if words[0] == "draw":
        verified = _ran(tmp_path, "verify-draw", "draw/proof.json")
        assert verified.returncode == 0, verified.stderr


def test_a_whole_cycle_needs_no_posix(tmp_path: Path) -> None:
    """Keys are made in the user's profile, which Windows closes to others."""
    ran = _ran(tmp_path, "demo", "--out", "d", "--count", "60", "--officer-count", "60")
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / ".supervision/master.key").exists()
    assert (tmp_path / "d/结果.xlsx").exists()


def test_a_key_outside_of_the_profile_is_refused(tmp_path: Path) -> None:
    """Nothing tells there whether others can read it."""
    (tmp_path / "home").mkdir()
    keys = {"SUPERVISION_KEYS": str(tmp_path / "k"), "SUPERVISION_MASTER_KEY": str(tmp_path / "m")}
    ran = _ran(tmp_path, "init", "--database", "a.db", **keys, HOME=str(tmp_path / "home"))
    assert ran.returncode == 3, ran.stderr
    assert "用户文件夹" in ran.stderr
