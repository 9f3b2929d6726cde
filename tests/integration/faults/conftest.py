"""Keys and templates for what breaks."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from entrypoints.container import KeySettings, SystemRandomness, open_platform


@pytest.fixture(scope="session", autouse=True)
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Let the platform, here and in child processes, keep its keys in a folder of the tests."""
    folder = tmp_path_factory.mktemp("supervision")
    names = {"SUPERVISION_KEYS": folder / "keys", "SUPERVISION_MASTER_KEY": folder / "master.key"}
    before = {name: os.environ.get(name) for name in names}
    os.environ.update({name: str(path) for name, path in names.items()})
    KeySettings.read(os.environ).make(SystemRandomness())
    yield folder
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, key_folder: Path) -> Path:
    """Give a database file with every table, to be copied."""
    del key_folder
    path = tmp_path_factory.mktemp("template") / "a.db"
    open_platform(f"sqlite:///{path}").engine.dispose()
    return path
