"""Where files are kept: a folder of this machine, or one that is mounted."""

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from supervision_core.kernel.backups import BackupDamaged, BackupStore

__all__ = ["FolderStore"]


class FolderStore(BackupStore):
    """Backups in a folder that only this account can enter, a folder a backup."""

    def __init__(self, folder: Path) -> None:
        """Keep them in ``folder``."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder

    def put(self, name: str, content: bytes) -> None:
        """Write beside, sync, and give it its name."""
        path = self._folder / name
        if not path.parent.exists():
            path.parent.mkdir(mode=0o700)
            self._sync(self._folder)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        Path(file.name).replace(path)
        self._sync(path.parent)

    def get(self, name: str) -> bytes:
        """Read it. Raises ``BackupDamaged`` where there is none."""
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            raise BackupDamaged.at(name) from None

    def backups(self) -> Sequence[str]:
        """Give every folder that is there."""
        return sorted(path.name for path in self._folder.iterdir() if path.is_dir())

    def names(self, file: str) -> Sequence[str]:
        """Give the file of that name of every backup that has one."""
        found = self._folder.glob(f"*/{file}")
        return sorted(str(path.relative_to(self._folder)) for path in found)

    def remove(self, backup: str) -> None:
        """Remove the head, then the rest: half a backup is none."""
        folder = self._folder / backup
        if not folder.exists():
            return
        for path in sorted(folder.glob("*.json")):
            path.unlink()
        self._sync(folder)
        shutil.rmtree(folder)
        self._sync(self._folder)

    @staticmethod
    def _sync(folder: Path) -> None:
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
