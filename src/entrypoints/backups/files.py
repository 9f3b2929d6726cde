"""The bytes of files in backups: copied as they lie, enciphered and named by what they are.

A backup lists them as it does the rows of a table, by address and the backup in which each lies.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Final

from attrs import frozen

from entrypoints.backups.sealing import Opening
from supervision_core.files.ports import BytesAbsent, FileBytes
from supervision_core.kernel.backups import (
    BackupDamaged,
    BackupStore,
    Manifest,
    StoredTable,
    TableBackup,
)
from supervision_core.kernel.canonical import sm3

FILES: Final = "stored_files"
"""What the list is called among tables; no table is called so."""
_COLUMNS: Final = ("address", "backup")
_LEAST, _MOST, _ONE_IN = 200, 4_000, 1_024


def file_of(backup: str, address: str) -> str:
    """Give the name of the copy of a piece."""
    return f"{backup}/piece-{address}"


@frozen
class Copying:
    """Copies into one backup what no backup before it in its cycle has.

    A piece that is not what its address says could not be opened: it is left out, and what an
    older backup has of it stays named.
    """

    source: FileBytes
    store: BackupStore
    backup: str
    lies: Mapping[str, str]

    def table(self) -> StoredTable:
        """Give the list of all pieces, each copied before it is listed."""
        return StoredTable(name=FILES, columns=_COLUMNS, pieces=_listed(self._copied()))

    def _copied(self) -> Iterator[tuple[str, str]]:
        for address in self.source.addresses():
            there = self.lies.get(address)
            if there is None:
                with suppress(BytesAbsent):  # swept meanwhile: nothing names it
                    piece = self.source.get(address)
                    if sm3(piece).hex() == address:
                        self.store.put(file_of(self.backup, address), piece)
                        there = self.backup
            if there is not None:
                yield address, there


def _listed(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[int, bytes]]:
    lines: list[str] = []
    for row in rows:
        lines.append(json.dumps(row, separators=(",", ":")))
        at_end = zlib.crc32(row[0].encode()) % _ONE_IN == 0
        if len(lines) >= _MOST or (len(lines) >= _LEAST and at_end):
            yield len(lines), "\n".join(lines).encode()
            lines = []
    if lines:
        yield len(lines), "\n".join(lines).encode()


def lies_of(listed: TableBackup | None, opening: Opening, store: BackupStore) -> dict[str, str]:
    """Give in which backup each piece lies. Raises ``BackupDamaged``, ``BackupLocked``."""
    found: dict[str, str] = {}
    for chunk in listed.chunks if listed else ():
        sealed = store.get(chunk.file)
        if sm3(sealed).hex() != chunk.sealed:
            raise BackupDamaged.at(chunk.file)
        lines = opening.lines(FILES, chunk, sealed).decode().split("\n")
        found.update(json.loads(line) for line in lines)
    return found


def pieces_of(lies: Mapping[str, str], store: BackupStore) -> Iterator[tuple[str, bytes]]:
    """Give every piece by its address. Raises ``BackupDamaged`` for one that is another."""
    for address, backup in lies.items():
        piece = store.get(file_of(backup, address))
        if sm3(piece).hex() != address:
            raise BackupDamaged.at(file_of(backup, address))
        yield address, piece


def listed_in(manifest: Manifest) -> Sequence[TableBackup]:
    """Give what a backup lists of files: one list, or none in backups from before there were."""
    return [manifest.files] if manifest.files else []
