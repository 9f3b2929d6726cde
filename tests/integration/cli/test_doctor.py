import json
from pathlib import Path

import pytest

from .conftest import Run


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPERVISION_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("SUPERVISION_MASTER_KEY", str(tmp_path / "master.key"))


def test_a_new_installation_is_well(run: Run, tmp_path: Path) -> None:
    """After ``init`` everything is found good, line by line, and nothing stays behind."""
    run("init", "--database", "a.db")
    before = sorted(tmp_path.rglob("*"))
    said = run("doctor", "--database", "a.db")
    assert said.code == 0, said.out
    assert "✓ 建立全部表" in said.out
    assert "✓ 密钥" in said.out
    assert "✓ 数据库版本" in said.out
    assert said.out.rstrip().endswith("✓ 全部通过")
    assert sorted(tmp_path.rglob("*")) == before


def test_what_is_wrong_comes_with_a_remedy(run: Run, tmp_path: Path) -> None:
    """A missing database and foreign keys fail with exit code 4 and what to do, also as JSON."""
    said = run("doctor", "--database", "none.db", "--json")
    assert said.code == 4
    assert said.data["healthy"] is False
    wrong = {one["name"]: one for one in said.data["checks"] if one["state"] == "bad"}
    assert set(wrong) == {"connection", "platform.keys"}
    assert all(one["remedy"] for one in wrong.values())
    assert not (tmp_path / "none.db").exists()


def test_keys_of_another_platform_are_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys that do not protect this database are not taken for its own."""
    run("init", "--database", "a.db")
    monkeypatch.setenv("SUPERVISION_KEYS", str(tmp_path / "other"))
    monkeypatch.setenv("SUPERVISION_MASTER_KEY", str(tmp_path / "other.key"))
    run("init", "--database", "b.db")
    said = run("doctor", "--database", "a.db", "--json")
    assert [one["name"] for one in said.data["checks"] if one["state"] == "bad"] == [
        "platform.keys"
    ]


def test_readable_master_key_is_told(run: Run, tmp_path: Path) -> None:
    """A master key that others may read is a fault."""
    run("init", "--database", "a.db")
    (tmp_path / "master.key").chmod(0o644)
    said = run("doctor", "--database", "a.db", "--json")
    assert [one["name"] for one in said.data["checks"] if one["state"] == "bad"] == [
        "platform.keys"
    ]


def test_wrong_settings_are_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that nobody can read is named."""
    run("init", "--database", "a.db")
    monkeypatch.setenv("SUPERVISION_HTTP_THREADS", "many")
    said = run("doctor", "--database", "a.db", "--json")
    found = {one["name"]: one["found"] for one in said.data["checks"] if one["state"] == "bad"}
    assert "SUPERVISION_HTTP_THREADS" in found["platform.settings"]


def test_no_password_is_shown(run: Run) -> None:
    """The password of the address stands nowhere in what is said."""
    address = "postgresql+psycopg://somebody:geheim@127.0.0.1:1/none"
    said = run("doctor", "--database", address, "--json")
    assert said.code == 4
    assert "geheim" not in said.out + said.err
    assert "***" in json.loads(said.out)["database"]
