"""A disk of its own whose power can be cut: ext4 on a loop device, shut down without a flush.

What was written and not synced is gone afterwards, as after a real power cut; what the file system
journalled and the program synced is there. It does not model a disk that lies about syncing.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import define

SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = 2
_TOOLS = ("mkfs.ext4", "losetup", "mount", "umount")
_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def why_not() -> str:
    """Say why no such disk can be had here; empty where it can."""
    if os.geteuid() != 0:
        return "a disk of its own needs root"
    missing = [tool for tool in _TOOLS if shutil.which(tool, path=_PATH) is None]
    return f"missing: {', '.join(missing)}" if missing else ""


def _run(*words: str | Path) -> str:
    found = subprocess.run(  # noqa: S603 - our own words
        [str(word) for word in words],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": _PATH},
    )
    return found.stdout.strip()


@define
class Disk:
    """A mounted disk."""

    device: str
    at: Path

    def cut(self) -> None:
        """Cut the power: from now on every access fails."""
        folder = os.open(self.at, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, SHUTDOWN, NO_LOG_FLUSH.to_bytes(4, "little"))
        finally:
            os.close(folder)

    def power_on(self) -> None:
        """Mount it again: the file system recovers by its journal."""
        for _ in range(50):
            try:
                _run("umount", self.at)
                break
            except subprocess.CalledProcessError:  # a killed process has not let go yet
                time.sleep(0.1)
        _run("mount", "-t", "ext4", self.device, self.at)

    def clear(self) -> None:
        """Remove all files."""
        for entry in self.at.iterdir():
            if entry.name != "lost+found":
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


@contextmanager
def disk(folder: Path, megabytes: int) -> Iterator[Disk]:
    """Give a disk of that size, its image in ``folder``."""
    image = folder / "disk.img"
    at = Path(tempfile.mkdtemp(prefix="supervision-disk-"))
    at.chmod(0o755)  # a server runs under an account of its own
    with image.open("wb") as file:
        file.truncate(megabytes * 2**20)
    _run("mkfs.ext4", "-q", "-F", "-O", "^metadata_csum", image)
    device = _run("losetup", "--find", "--show", image)
    try:
        _run("mount", "-t", "ext4", device, at)
        try:
            yield Disk(device, at)
        finally:
            _run("umount", "--lazy", at)
            at.rmdir()
    finally:
        _run("losetup", "--detach", device)
