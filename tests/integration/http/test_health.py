"""Whether the probes tell the truth when a part fails."""

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from litestar.testing import TestClient

from adapters.crypto.platform_keys import KeySettings
from adapters.system import SystemRandomness
from entrypoints.container import Platform, open_platform
from entrypoints.http.app import make_app
from supervision_core.audit.model import LogUnanchored
from supervision_core.audit.services import WriteGuard
from supervision_core.kernel.errors import Violation

from .conftest import client_of
from .province import SETTINGS


@pytest.fixture
def keys_folder(tmp_path: Path) -> Path:
    """Give where the keys of the platform lie."""
    return tmp_path / "keys"


@pytest.fixture
def platform(tmp_path: Path, keys_folder: Path) -> Platform:
    """Give a platform with keys of its own."""
    settings = KeySettings(folder=keys_folder, master=tmp_path / "master.key")
    settings.make(SystemRandomness())
    keys = settings.open(SystemRandomness())
    return open_platform(f"sqlite:///{tmp_path / 'health.db'}", keys=keys)


def reasons(client: TestClient[Any]) -> list[str]:
    """Give what the probe of readiness says; the one of life must be good whatever fails."""
    assert client.get("/health/live").json() == {"live": True}
    answer = client.get("/health/ready")
    assert answer.status_code == (503 if "reasons" in answer.json() else 200)
    return [one["code"] for one in answer.json().get("reasons", [])]


def test_absent_keys_are_told(
    platform: Platform, keys_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """密钥不可用: 503 while their folder is gone or empty, and 200 once it is back."""
    monkeypatch.setattr("adapters.crypto.keys._GLANCE", 0)
    with client_of(make_app(platform, SETTINGS)) as client:
        assert reasons(client) == []
        keys_folder.rename(keys_folder.with_name("away"))
        assert reasons(client) == ["http.keys_absent"]
        keys_folder.mkdir()
        assert reasons(client) == ["http.keys_absent"]
        keys_folder.rmdir()
        keys_folder.with_name("away").rename(keys_folder)
        assert reasons(client) == []


def test_a_log_without_a_witness_is_told(platform: Platform) -> None:
    """见证不可用: who stops writing says so before he is asked to write."""

    def alone() -> Any:
        raise LogUnanchored((Violation(LogUnanchored.code),))

    shut = evolve(platform, commands=evolve(platform.commands, guard=WriteGuard(alone)))
    with client_of(make_app(shut, SETTINGS)) as client:
        assert reasons(client) == ["http.log_unanchored"]
