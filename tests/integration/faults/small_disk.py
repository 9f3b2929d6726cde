"""A disk in memory that is soon full, and what fills it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import ENOSPC
from pathlib import Path

from attrs import define

_BLOCK = 4096


def why_not() -> str:
    """Say why no such disk can be had here; empty where it can."""
    if os.geteuid() != 0:
        return "a disk of its own needs root"
    if shutil.which("mount") is None:
        return "missing: mount"
    tried = tempfile.mkdtemp(prefix="supervision-tmpfs-")
    try:
        _mount(tried, 1)
    except subprocess.CalledProcessError:
        return "nothing may be mounted here"
    else:
        _run("umount", tried)
        return ""
    finally:
        Path(tried).rmdir()


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)  # noqa: S603 - our own words


def _mount(at: str, megabytes: int) -> None:
    _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", at)


@define
class SmallDisk:
    """A mounted disk."""

    at: Path

    def fill(self, leave: int = 0) -> None:
        """Fill it but for so many blocks of 4 KiB."""
        with (self.at / "filler").open("ab", buffering=0) as filler, suppress(OSError):
            while True:
                if filler.write(bytes(_BLOCK)) < _BLOCK:
                    break
        size = (self.at / "filler").stat().st_size
        os.truncate(self.at / "filler", max(size - leave * _BLOCK, 0))

    def free(self) -> None:
        """Make room again."""
        (self.at / "filler").unlink()

    @property
    def is_full(self) -> bool:
        """Tell whether not even a block fits."""
        try:
            (self.at / "probe").write_bytes(bytes(_BLOCK))
        except OSError as error:
            return error.errno == ENOSPC
        finally:
            (self.at / "probe").unlink(missing_ok=True)
        return False


@contextmanager
def small_disk(megabytes: int) -> Iterator[SmallDisk]:
    """Give a disk of that size."""
    at = tempfile.mkdtemp(prefix="supervision-tmpfs-")
    _mount(at, megabytes)
    try:
        yield SmallDisk(Path(at))
    finally:
        _run("umount", "--lazy", at)
        Path(at).rmdir()
