"""Matrix row 24: what a killed process leaves of its work is gone after the next run."""

import multiprocessing
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.eventually import eventually
from tests.integration.backups.filling import Shelf

from adapters.storage.scratch import scratch_folder
from entrypoints.cli import main
from entrypoints.container import open_platform
from entrypoints.drills import drill

ROOT = Path(__file__).parents[3]
FORK = multiprocessing.get_context("fork")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give where work in progress lies."""
    found = tmp_path / "tmp"
    found.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(found))
    return found


def _has_written(place: Path) -> bool:
    with suppress(FileNotFoundError):  # what is gone between two looks
        return any(one.stat().st_size for folder in place.iterdir() for one in folder.iterdir())
    return False


@contextmanager
def at_work(act: Callable[[], None], place: Path) -> Iterator[BaseProcess]:
    """Let a process get to work in a folder, and give it; it is killed in the end."""
    process = FORK.Process(target=act)
    process.start()
    eventually(lambda: _has_written(place), lambda: not process.is_alive() and "it has ended")
    try:
        yield process
    finally:
        process.kill()
        process.join()


def stay() -> None:
    """Work in a folder without end."""
    with scratch_folder("drill") as folder:
        (folder / "a").write_text("x")
        signal.pause()


def test_a_killed_drill_leaves_nothing_past_the_next(
    tmp_path: Path, shelf: Shelf, place: Path
) -> None:
    """Killed while it restores, its database lies there; the next drill takes it away."""
    platform = open_platform(f"sqlite:///{tmp_path}/a.db", keys=shelf.keys)
    made = shelf.make(platform.engine)

    def act() -> None:
        def die(_rows: int) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

        drill(platform, shelf.backups, made.id, die)

    process = FORK.Process(target=act)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert [path.name for one in place.iterdir() for path in one.glob("*.db")] == ["drill.db"]
    drill(platform, shelf.backups, made.id, lambda _rows: None)
    platform.engine.dispose()
    assert list(place.iterdir()) == []


def test_what_the_living_use_stays(place: Path) -> None:
    """A run beside another leaves its folder alone; once that one is killed it is swept."""
    with at_work(stay, place):
        (theirs,) = place.iterdir()
        with scratch_folder("drill") as ours:
            assert set(place.iterdir()) == {theirs, ours}
        assert list(place.iterdir()) == [theirs]
        with scratch_folder("assess"):
            pass
        assert (theirs / "a").read_text() == "x"
    with scratch_folder("assess"):
        assert theirs.exists()  # another command's
    with scratch_folder("drill") as ours:
        assert list(place.iterdir()) == [ours]


def test_without_a_lock_the_living_would_be_swept(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: it is the lock that keeps what is in use."""

    def unlocked(_held: int, _how: int) -> None:
        """Lock nothing."""

    with monkeypatch.context() as patch:
        patch.setattr("fcntl.flock", unlocked)
        with at_work(stay, place):
            (theirs,) = place.iterdir()
            with scratch_folder("drill"):
                assert not theirs.exists()


def come_and_go(times: int) -> None:
    """Use one folder after another; raises where something is taken away in the midst."""
    for _ in range(times):
        with scratch_folder("drill") as folder:
            (folder / "a").write_text("x")
            time.sleep(0.001)
            assert (folder / "a").read_text() == "x"


def test_many_come_and_go_at_once(place: Path) -> None:
    """Whoever makes a folder has it until he is done, however many look for remains."""
    crew = [FORK.Process(target=come_and_go, args=(60,)) for _ in range(4)]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    assert [one.exitcode for one in crew] == [0] * 4
    assert list(place.iterdir()) == []


def test_what_is_not_a_folder_of_ours_stays(place: Path, tmp_path: Path) -> None:
    """A link of that name is not followed, and a file is none."""
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "a").write_text("x")
    (place / ".supervision-drill-link").symlink_to(tmp_path / "precious")
    (place / ".supervision-drill-file").write_text("x")
    with scratch_folder("drill"):
        pass
    assert (tmp_path / "precious" / "a").exists()
    assert len(list(place.iterdir())) == 2


@pytest.mark.parametrize("words", [("--out", "r.csv"), ("--explain", "x1")], ids=["out", "one"])
def test_an_assessment_sweeps_what_a_killed_one_left(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, str]
) -> None:
    """Half-written results lie where the file was to be, facts being read where the system says."""
    monkeypatch.chdir(tmp_path)
    left = (tmp_path if words[0] == "--out" else place) / ".supervision-assess-dead"
    left.mkdir()
    (left / "results.parquet").write_text("half")
    model = ROOT / "docs" / "formats" / "examples" / "food_hygiene.yaml"
    head = "id,hygiene_points,structure_points,confidence_points"
    (tmp_path / "f.csv").write_text(f"{head}\nx1,10,5,0\n", "ascii")
    said = CliRunner().invoke(main, ["assess", "--model", str(model), "--facts", "f.csv", *words])
    assert said.exit_code == 0, said.output
    assert not left.exists()


def test_work_in_progress_lies_in_such_folders_only() -> None:
    """No other temporary folder is made in what is shipped, but inside of one of them."""
    found = {
        str(path.relative_to(ROOT / "src"))
        for path in (ROOT / "src").rglob("*.py")
        if re.search(r"TemporaryDirectory\(|mkdtemp\(|TemporaryFile\(", path.read_text("utf-8"))
    }
    assert found == {
        "adapters/analytics/duckdb_files.py",  # beside its results, which lie in a scratch folder
        "adapters/analytics/results.py",
        "adapters/storage/scratch.py",
        "adapters/documents/held.py",  # without a name
        "adapters/documents/writing.py",  # of many rows; the reading process has a scratch folder
        "adapters/storage/file_bytes.py",  # a piece on its way into the folder, moved whole
        "entrypoints/http/web/assets/build.py",  # when the package is built
        "adapters/storage/__init__.py",  # in an unfinished backup, removed with it
        "adapters/crypto/keys.py",  # wrapped keys, where the file system has no nameless files
    }
