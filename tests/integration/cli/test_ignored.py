"""What the commands leave in a working tree is never committed by mistake."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from .conftest import Run

ROOT = Path(__file__).resolve().parents[3]
MADE = (
    ("init", "--database", "supervision.db", "--region", "450100", "--administrators", "管理员"),
    ("backup", "make", "备份", "--database", "supervision.db"),
    ("restore", "备份", "--database", "新库.db"),
    ("export", "subjects", "名单.xlsx", "--database", "supervision.db"),
    ("export", "template", "users", "模板.xlsx"),
    ("audit", "export", "日志.jsonl", "--database", "supervision.db"),
    ("audit", "key", "公钥.pem"),
    ("keys", "rewrap", "--new-master", "new.key", "--database", "supervision.db"),
)
NAMES = (
    "a.db", "a.db-wal", "a.db-shm", "a.db-journal", "b.sqlite3", "b.sqlite3-wal", "b.sqlite",
    "facts.duckdb", "master.key", "keys/data.1", "server.pem", "ca.p12", "ca.pfx", ".env",
    ".env.production", "partners.secret", "backups/1/rows", "deploy/keys.key", "health.json",
    "supervision-demo/supervision.db", "待更正.xlsx",
)  # fmt: skip


def _git(folder: Path, *words: str) -> list[str]:
    done = subprocess.run(  # noqa: S603 - git, on a folder of the test's own
        ["git", "-c", "core.quotepath=false", *words],  # noqa: S607 - wherever it is installed
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout.splitlines()


def test_what_commands_write_is_ignored(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Databases, keys, certificates, backups, exports: after all of them git sees nothing new."""
    monkeypatch.setenv("SUPERVISION_KEYS", "keys")
    monkeypatch.setenv("SUPERVISION_MASTER_KEY", "master.key")
    monkeypatch.setenv("SUPERVISION_AUTHORITY", "keys/authority")
    for words in MADE:
        answer = run(*words)
        assert answer.code == 0, (words, answer.err)
    _git(tmp_path, "init", "-q")
    shutil.copy(ROOT / ".gitignore", tmp_path)
    with closing(sqlite3.connect("supervision.db")) as reader:
        reader.execute("SELECT count(*) FROM audit_row").fetchone()
        assert _git(tmp_path, "status", "--porcelain", "-uall") == ["?? .gitignore"]
    (tmp_path / "program.py").touch()
    assert "?? program.py" in _git(tmp_path, "status", "--porcelain", "-uall")


def test_each_kind_of_secret_is_ignored() -> None:
    """Named as people name them: ``git check-ignore`` takes every one, and none is tracked."""
    if not (ROOT / ".git").exists():
        pytest.skip("no working tree")
    assert _git(ROOT, "check-ignore", "--no-index", *NAMES) == list(NAMES)
    assert _git(ROOT, "ls-files", "--cached", "--ignored", "--exclude-standard") == []
