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
        path.parent.mkdir(mode=0o700, exist_ok=True)
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
        self._sync(self._folder)

    def get(self, name: str) -> bytes:
        """Read it. Raises ``BackupDamaged`` where there is none."""
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            raise BackupDamaged.at(name) from None

    def names(self, file: str) -> Sequence[str]:
        """Give the file of that name of every backup that has one."""
        found = self._folder.glob(f"*/{file}")
        return sorted(str(path.relative_to(self._folder)) for path in found)

    def remove(self, backup: str) -> None:
        """Remove the manifest, then the rest: half a backup is none."""
        for path in sorted((self._folder / backup).glob("*.json")):
            path.unlink()
        self._sync(self._folder / backup)
        shutil.rmtree(self._folder / backup)

    @staticmethod
    def _sync(folder: Path) -> None:
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
