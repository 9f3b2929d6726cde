"""The pieces of files in a folder of this machine, or one that is mounted."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from supervision_core.files.ports import BytesAbsent, FileBytes
from supervision_core.kernel.errors import Violation

_ADDRESS = re.compile(r"[0-9a-f]{64}")
_NEW = ".new-"


class FolderFileBytes(FileBytes):
    """A file a piece, in 256 folders by the first two signs of the address."""

    def __init__(self, folder: Path) -> None:
        """Keep them in ``folder``, which is made when the first one is stored."""
        self._folder = folder

    def put(self, address: str, piece: bytes) -> None:
        """Write beside, sync, and give it its name."""
        path = self._path(address)
        if path.exists():
            return
        if not path.parent.is_dir():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            _sync(self._folder)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=_NEW, delete=False) as file:
            try:
                file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        Path(file.name).replace(path)
        _sync(path.parent)

    def get(self, address: str) -> bytes:
        """Read it. Raises ``BytesAbsent``."""
        try:
            return self._path(address).read_bytes()
        except FileNotFoundError:
            raise _absent(address) from None

    def addresses(self, *, before: datetime | None = None) -> Iterator[str]:
        """Give the addresses in order; what a kill left half written is cleared away by the age.

        By the time of the file: whoever asks reckons with clocks that differ by less than a day.
        """
        for folder in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
            for path in sorted(folder.iterdir()):
                with suppress(FileNotFoundError):  # removed by another sweep meanwhile
                    if before is not None and path.stat().st_mtime >= before.timestamp():
                        continue
                    if _ADDRESS.fullmatch(path.name):
                        yield path.name
                    elif before is not None and path.name.startswith(_NEW):
                        path.unlink()

    def remove(self, address: str) -> None:
        """Remove it."""
        self._path(address).unlink(missing_ok=True)

    def _path(self, address: str) -> Path:
        if not _ADDRESS.fullmatch(address):
            raise _absent(address)
        return self._folder / address[:2] / address


def _absent(address: str) -> BytesAbsent:
    return BytesAbsent((Violation(BytesAbsent.code, data={"address": address}),))


def _sync(folder: Path) -> None:
    """Make the names in a folder durable, where a system lets a folder be opened."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
