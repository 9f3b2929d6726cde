"""The jobs that look run in a process of their own, which lives no longer than the worker."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from tests.eventually import eventually

from entrypoints.cli.looking import NICENESS
from entrypoints.container import Platform
from entrypoints.worker.apart import MODULE

from .test_commands import JOBS, platform, run  # noqa: F401 - fixtures

CALL = "from entrypoints.cli import main; main()"

pytestmark = [
    pytest.mark.usefixtures("platform", "run"),
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc"),
]


@pytest.fixture
def running(platform: Platform, tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:  # noqa: F811
    """Let the worker run until its jobs have all been run."""
    del platform
    words = [sys.executable, "-c", CALL, "worker", "--health", str(tmp_path / "h.json")]
    with subprocess.Popen(  # noqa: S603 - our own program
        words, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            eventually(lambda: health(tmp_path).keys() == set(JOBS))
            yield process
        finally:
            process.kill()


def health(folder: Path) -> dict[str, str]:
    """Read how each job ended."""
    with suppress(FileNotFoundError):
        jobs: dict[str, str] = json.loads((folder / "h.json").read_text("utf-8"))["jobs"]
        return jobs
    return {}


def looking(parent: int) -> Sequence[int]:
    """Give the processes that look for a worker."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            mine = int(path.read_text().rpartition(")")[2].split()[1]) == parent
            if mine and MODULE in path.with_name("cmdline").read_text():
                found.append(int(path.parent.name))
    return found


def test_one_process_looks_after_whoever_answers_people(
    running: "subprocess.Popen[str]",
) -> None:
    """There is one, the processors go to others first, and no worker leaves it, even killed."""
    (there,) = looking(running.pid)
    first, later = (os.getpriority(os.PRIO_PROCESS, one) for one in (running.pid, there))
    assert later == min(first + NICENESS, 19)
    running.kill()
    eventually(lambda: not Path(f"/proc/{there}").exists())


def test_one_that_dies_is_said_and_started_anew(
    running: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    """Its jobs have failed until they have run again."""
    (there,) = looking(running.pid)
    os.kill(there, signal.SIGKILL)
    eventually(lambda: health(tmp_path)["verify"] == "failed")
    assert {name for name, end in health(tmp_path).items() if end == "failed"} == {
        "verify", "permissions", "seals", "compare", "todos", "counts",
    }  # fmt: skip
    eventually(lambda: set(health(tmp_path).values()) == {"ok"})
    assert len(looking(running.pid)) == 1
    running.send_signal(signal.SIGTERM)
    said = running.communicate()[1]
    assert (running.returncode, looking(running.pid)) == (0, [])
    assert "the process that looks has ended" in said
    assert "verify works again" in said
