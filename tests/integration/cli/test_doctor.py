import json
from pathlib import Path

import pytest

from entrypoints.simulators.mail import Mail, SimulatedMail, simulated_mail
from entrypoints.upkeep import Doubtful, Unwell, upkeep_checks
from supervision_core.kernel.errors import DomainError

from .conftest import Run


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPERVISION_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("SUPERVISION_MASTER_KEY", str(tmp_path / "master.key"))
    monkeypatch.setenv("SUPERVISION_TRUST", str(tmp_path / "trust"))
    monkeypatch.setenv("SUPERVISION_AUTHORITY", str(tmp_path / "authority"))


def test_a_new_installation_is_well(run: Run, tmp_path: Path) -> None:
    """After ``init`` everything is found good, line by line, and nothing stays behind.

    The calendar is a fourth reminder while the days off of a year are not all announced.
    """
    run("init", "--database", "a.db")
    before = sorted(tmp_path.rglob("*"))
    said = run("doctor", "--database", "a.db")
    assert said.code == 0, said.out
    assert "✓ 建立全部表" in said.out
    assert "✓ 密钥" in said.out
    assert "✓ 数据库版本" in said.out
    reminders = 3 + ("! 工作日历" in said.out)
    assert said.out.rstrip().endswith(f"✓ 全部通过，{reminders} 项提醒")
    assert "! 消息渠道" in said.out
    assert "! 审计见证方" in said.out
    assert "! 备份" in said.out
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


def _state(name: str) -> str:
    """Ask one check by itself: a whole doctor takes seconds."""
    (check,) = (one for one in upkeep_checks() if one.name == f"platform.{name}")
    assert check.remedy
    try:
        check.run()
    except Doubtful:
        return "warned"
    except (Unwell, DomainError):
        return "bad"
    return "good"


def test_a_list_of_revoked_certificates_is_watched(run: Run, tmp_path: Path) -> None:
    """None is needed without certificates; of one's own it is told a week before it ends."""
    run("init", "--database", "a.db")
    assert _state("revocation_lists") == "good"
    assert run("init", "--database", "a.db", "--administrators", "people").code == 0
    assert _state("revocation_lists") == "good"
    for days, state in ((6, "warned"), (0, "bad"), (8, "good")):
        assert run("certificate", "crl", "--days", str(days)).code == 0
        assert _state("revocation_lists") == state
    (tmp_path / "trust" / "lists" / "other.crl").write_bytes(b"no list")
    assert _state("revocation_lists") == "bad"


def test_a_witness_and_a_backup_are_asked_for(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without is a warning; a folder that is missing or empty is wrong; a fresh backup is good."""
    run("init", "--database", "a.db")
    assert (_state("witness"), _state("backup")) == ("warned", "warned")
    monkeypatch.setenv("SUPERVISION_AUDIT_WITNESSES", str(tmp_path / "seen"))
    assert _state("witness") == "good"
    monkeypatch.setenv("SUPERVISION_BACKUP_FOLDER", str(tmp_path / "backups"))
    assert _state("backup") == "bad"
    (tmp_path / "backups").mkdir(mode=0o700)
    assert _state("backup") == "bad"
    assert run("worker", "--once", "--database", "a.db").code == 0
    assert _state("backup") == "good"
    (head,) = (tmp_path / "backups").glob("*/head.json")
    head.write_text("{}")
    assert _state("backup") == "bad"


def test_the_channels_of_messages_are_tried(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any is a warning; a mail server that answers is good, one that is away is wrong."""
    run("init", "--database", "a.db")
    assert _state("channels") == "warned"
    monkeypatch.setenv("SUPERVISION_MAIL_FROM", "supervision@example.cn")
    sent = list[Mail]()
    with simulated_mail(SimulatedMail(sent.append)) as address:
        monkeypatch.setenv("SUPERVISION_MAIL_URL", address)
        assert _state("channels") == "good"
    assert (_state("channels"), sent) == ("bad", [])


def test_keys_that_lie_open_are_told(run: Run, tmp_path: Path) -> None:
    """So is a folder of keys that others may enter."""
    run("init", "--database", "a.db")
    (tmp_path / "keys").chmod(0o755)
    said = run("doctor", "--database", "a.db", "--json")
    found = {one["name"]: one["state"] for one in said.data["checks"]}
    assert (said.code, found["platform.keys"], found["platform.witness"]) == (4, "bad", "warned")
