"""Templates and servers for what breaks."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from entrypoints.container import open_platform

from . import cluster as servers
from .cluster import Cluster


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database file with every table, to be copied."""
    path = tmp_path_factory.mktemp("template") / "a.db"
    open_platform(f"sqlite:///{path}").engine.dispose()
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    """Give a server that runs, to be killed: each test makes a database of its own."""
    if reason := servers.why_not():
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="supervision-server-"))
    folder.chmod(0o755)
    with servers.cluster(folder / "data") as made:
        made.create()
        made.start()
        yield made
    shutil.rmtree(folder, ignore_errors=True)
