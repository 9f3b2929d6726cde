"""Folders for work in progress, of which the dead leave none for long."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    _LOCKS = False
else:
    _LOCKS = True


@contextmanager
def scratch_folder(purpose: str, place: Path | None = None) -> Iterator[Path]:
    """Give a folder of this process alone in ``place``, or where the system keeps such.

    Who uses one holds a lock on it, which the system lets go of however he ends. What others left
    there for the same purpose, and nobody holds, is removed first: after a kill the next run of the
    same command leaves nothing lying about. Windows has no such locks on folders: what a kill left
    stays there.
    """
    where = place or Path(tempfile.gettempdir())
    prefix = f".supervision-{purpose}-"
    if not _LOCKS:
        with tempfile.TemporaryDirectory(prefix=prefix, dir=where) as unheld:
            yield Path(unheld)
        return
    for left in where.glob(f"{prefix}*"):
        _sweep(left)
    folder, held = _held_folder(where, prefix)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
        os.close(held)


def _held_folder(where: Path, prefix: str) -> tuple[Path, int]:
    """Make a folder and hold it; one that was swept before it was held is made again."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=where))
        with suppress(FileNotFoundError):
            held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            with suppress(OSError):  # a file system without locks: nobody sweeps there either
                fcntl.flock(held, fcntl.LOCK_EX)
            if folder.exists():
                return folder, held
            os.close(held)


def _sweep(left: Path) -> None:
    """Remove a folder of this account that nobody holds."""
    with suppress(OSError):
        held = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            if os.fstat(held).st_uid == os.geteuid():
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left)
        finally:
            os.close(held)
