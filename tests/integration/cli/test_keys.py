"""The platform's keys at the command line."""

from pathlib import Path

import pytest

from .conftest import Run

PHONES = ("13900000001", "13900000002", "13900000003")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the command line keep its keys in a folder of this test."""
    monkeypatch.setenv("SUPERVISION_KEYS", str(tmp_path / "own" / "keys"))
    monkeypatch.setenv("SUPERVISION_MASTER_KEY", str(tmp_path / "own" / "master.key"))
    return tmp_path / "own"


def test_init_makes_keys_once_and_they_rotate(run: Run, own: Path) -> None:
    """Init makes what is missing, closed to others; rotate and renew say what they did."""
    assert run("migrate", "--database", "a.db").code == 3
    assert not own.exists()
    assert run("init", "--database", "a.db", "--phones", *PHONES).code == 0
    made = {path.name for path in (own / "keys").iterdir()}
    assert made == {
        "fields.1.key", "index.1.key", "rows.1.key", "audit.1.sm2", "audit.1.pub",
    }  # fmt: skip
    assert {path.stat().st_mode & 0o077 for path in (own / "keys").iterdir()} == {0}
    rotated = run("keys", "rotate", "--database", "a.db", "--json")
    assert rotated.data == {"versions": {"fields": 2, "index": 2, "rows": 2}}
    renewed = run("keys", "renew", "--database", "a.db", "--json").data["renewed"]
    assert renewed["app_user"] == 3
    assert set(run("keys", "renew", "--database", "a.db", "--json").data["renewed"].values()) == {0}


def test_a_lost_key_is_never_replaced(run: Run, own: Path) -> None:
    """Whoever lost keys is told so: init makes no new ones for a database that has its own."""
    assert run("init", "--database", "a.db").code == 0
    (own / "master.key").rename(own / "elsewhere.key")
    for word in ("init", "migrate"):
        said = run(word, "--database", "a.db", "--json")
        assert (said.code, said.data["error"]) == (3, "crypto.keys_absent")
    assert not (own / "master.key").exists()
    (own / "elsewhere.key").rename(own / "master.key")
    (own / "keys").rename(own / "lost")
    said = run("init", "--database", "a.db", "--json")
    assert (said.code, said.data["error"]) == (3, "crypto.keys_absent")
    assert run("init", "--database", "b.db").code == 0  # a new database may have new
    said = run("migrate", "--database", "a.db", "--json")
    assert (said.code, said.data["error"]) == (3, "sql.keys_foreign")


def test_an_unknown_provider_is_refused(
    run: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A misspelt provider is no reason to fall back on another one."""
    del own
    monkeypatch.setenv("SUPERVISION_CRYPTO", "opensl")
    said = run("init", "--database", "a.db", "--json")
    assert [one["code"] for one in said.data["reasons"]] == ["crypto.provider_unknown"]
    monkeypatch.setenv("SUPERVISION_CRYPTO", "sdf")
    said = run("init", "--database", "a.db", "--json")
    assert [one["code"] for one in said.data["reasons"]] == ["crypto.setting_missing"] * 2


def test_the_signing_key_rotates_and_the_old_one_stays_trusted(run: Run, own: Path) -> None:
    """What was signed before still verifies; what is signed next is under the new key."""
    assert run("init", "--database", "a.db", "--phones", *PHONES).code == 0
    assert run("audit", "checkpoint", "--database", "a.db").code == 0
    rotated = run("keys", "rotate", "--signing", "--database", "a.db", "--json")
    assert rotated.data == {"versions": {"audit": 2}}
    assert run("audit", "checkpoint", "--database", "a.db").code == 0
    both = tuple(own / "keys" / f"audit.{version}.pub" for version in (1, 2))
    trusted = [word for one in both for word in ("--public-key", one)]
    assert run("audit", "verify", "a.db", *trusted).code == 0
    assert run("audit", "verify", "a.db", *trusted[2:]).code == 4  # the control


def test_another_master_key_opens_all_and_the_old_one_nothing(
    run: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The data stays as it is; whoever still has the old master key is refused."""
    assert run("init", "--database", "a.db", "--phones", *PHONES).code == 0
    new = own / "new.key"
    wrapped = run("keys", "rewrap", "--new-master", new, "--database", "a.db", "--json")
    assert wrapped.data == {"keys": 4, "master": str(new)}
    said = run("migrate", "--database", "a.db", "--json")
    assert (said.code, said.data["error"]) == (3, "crypto.tampered")
    monkeypatch.setenv("SUPERVISION_MASTER_KEY", str(new))
    assert run("migrate", "--database", "a.db").code == 0
    shown = run("audit", "search", "--action", "keys.rewrap", "--database", "a.db", "--json")
    assert [row["action"] for row in shown.data["rows"]] == ["keys.rewrap"]
