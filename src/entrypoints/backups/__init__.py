"""Making backups, checking them, restoring from them: one chain of files, whatever the engine."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from attrs import field, frozen

from entrypoints.backups.files import Copying, lies_of, listed_in, pieces_of
from entrypoints.backups.listing import HEAD, MANIFEST, BackupList, head_document
from entrypoints.backups.sealing import Opening, Safe, Seal, Seals, chunk_label
from supervision_core.files.ports import FileBytes
from supervision_core.kernel.backups import (
    BackupDamaged,
    BackupKind,
    BackupPolicy,
    BackupStore,
    BackupUnfit,
    Chunk,
    Envelope,
    Manifest,
    Snapshot,
    StoredDatabase,
    StoredTable,
    TableBackup,
    due,
    expired,
)
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.crypto import Decryptor, Signer
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.signing import sign_document

__all__ = ["HEAD", "MANIFEST", "BackupList", "Backups", "Opening", "Safe", "Seals"]

ABANDONED: Final = timedelta(days=1)
"""After this nobody is still at work on a backup without a head."""
_STAMP: Final = "%Y%m%dT%H%M%S%fZ"

Advance = Callable[[int], None]


def _silent(_rows: int) -> None:
    """Tell nobody."""


@frozen(kw_only=True)
class Backups(BackupList):
    """The backups of one installation in one store.

    Every chunk is compressed and sealed (SM4), bound to its table and content. Without the keys
    nothing can be read or passed off. ``safe_key`` opens where the host cannot, or shall not.
    ``files`` holds the bytes that rows name: copied after the rows are fixed and before they are
    stored, put back before the rows. Without it no bytes are copied, or put back.
    """

    signer: Signer
    seals: Seals
    safe_key: Decryptor | None = None
    policy: BackupPolicy = field(factory=BackupPolicy)
    files: FileBytes | None = None

    def due(self) -> BackupKind | None:
        """Tell what is due now."""
        return due(self.policy, self.heads(), self.clock.now())

    def make(
        self, database: StoredDatabase, kind: BackupKind, advance: Advance = _silent
    ) -> Manifest:
        """Make one; what cannot be finished is removed.

        An incremental one without any before it becomes a full one.
        """
        now = self.clock.now()
        before = None if kind is BackupKind.FULL else self._newest(now)
        kind = BackupKind.FULL if before is None else kind
        name = f"{now.astimezone(UTC):{_STAMP}}-{kind.value}"
        seal = self.seals.begin(name)
        try:
            with database.snapshot() as snapshot:
                writing = _Writing(self.store, name, seal, self._known(before))
                files = self._copied(writing, before)
                tables = tuple(writing.tables(snapshot.tables(), advance))
                manifest = Manifest(
                    id=name,
                    kind=kind,
                    base=before.base if before else name,
                    at=now,
                    schema=snapshot.schema,
                    audit_size=snapshot.audit_size,
                    tables=tables,
                    envelopes=_envelopes(seal, before, (*tables, *([files] if files else []))),
                    keyring=self.seals.close_keyring(seal),
                    files=files,
                )
            self.store.put(f"{name}/{MANIFEST}", manifest.content())
            head = manifest.head()
            signature = sign_document(self.signer, head.content())
            self.store.put(f"{name}/{HEAD}", head_document(head, signature))
        except BaseException:
            self.store.remove(name)
            raise
        return manifest

    def _known(self, before: Manifest | None) -> Mapping[tuple[str, str], Chunk]:
        """Give the chunks that need not be stored again, sealed for the readers of today."""
        if before is None:
            return {}
        return {
            (table.name, chunk.sm3): chunk
            for table in (*before.tables, *listed_in(before))
            for chunk in table.chunks
            if self.seals.fit(before.envelope(chunk.file))
        }

    def _copied(self, writing: "_Writing", before: Manifest | None) -> TableBackup | None:
        """Copy the bytes of files that are not in the cycle yet, and list all."""
        if self.files is None:
            return None
        lies: dict[str, str] = {}
        if before is not None and not self.is_locked(before):
            lies = lies_of(before.files, self.opening(before), self.store)
        copying = Copying(self.files, self.store, writing.id, lies)
        (listed,) = writing.tables([copying.table()], _silent)
        return listed

    def opening(self, manifest: Manifest) -> Opening:
        """Give what opens the files of a backup."""
        return Opening(manifest, self.seals.keys, self.seals.algorithms, self.safe_key)

    def is_locked(self, manifest: Manifest) -> bool:
        """Tell whether only a safe key opens it, and none is at hand."""
        opening = self.opening(manifest)
        return any(opening.is_locked(chunk.file) for chunk in manifest.chunks())

    def verify(self, id: str, advance: Advance = _silent) -> Manifest:
        """Read every file that a backup consists of, and open it unless it is locked.

        Raises ``BackupDamaged``.
        """
        manifest = self.manifest(id)
        opening = self.opening(manifest)
        for table in manifest.tables:
            for chunk in table.chunks:
                sealed = _stored(self.store, chunk)
                if not opening.is_locked(chunk.file):
                    opening.lines(table.name, chunk, sealed)
                advance(chunk.rows)
        if not self.is_locked(manifest):
            for _ in self._pieces(manifest):
                pass
        return manifest

    def _pieces(self, manifest: Manifest) -> Iterator[tuple[str, bytes]]:
        lies = lies_of(manifest.files, self.opening(manifest), self.store)
        return pieces_of(lies, self.store)

    def restore(self, id: str, database: StoredDatabase, advance: Advance = _silent) -> Manifest:
        """Fill an empty database; what it then holds is compared with the backup before it counts.

        The bytes of files are there before a row names them. Raises ``BackupDamaged``,
        ``BackupLocked``, ``BackupUnfit``; then nothing is there but bytes that the sweep takes.
        """
        manifest = self.manifest(id)
        opening = self.opening(manifest)
        for address, piece in self._pieces(manifest):
            if self.files is not None:
                self.files.put(address, piece)
        with database.filling(manifest.schema) as loading:
            for table in manifest.tables:
                for chunk in table.chunks:
                    lines = opening.lines(table.name, chunk, _stored(self.store, chunk))
                    loading.load(table.name, table.columns, lines)
                    advance(chunk.rows)
            _require_equal(manifest, loading.snapshot())
        return manifest

    def prune(self) -> Sequence[str]:
        """Remove the cycles beyond those that are kept, and what was never finished; give the ids.

        Raises ``BackupDamaged`` where it cannot tell what is still needed.
        """
        heads = self.heads()
        gone = expired(self.policy, heads, self.clock.now())
        for backup in reversed(gone):
            self.store.remove(backup)
        abandoned = self._abandoned([head.id for head in heads if head.id not in gone])
        for backup in abandoned:
            self.store.remove(backup)
        return (*gone, *abandoned)

    def _abandoned(self, kept: Sequence[str]) -> Sequence[str]:
        """Give backups without a head, begun long ago, of which none that is kept uses a file."""
        finished = {name.partition("/")[0] for name in self.store.names(HEAD)}
        until = self.clock.now() - ABANDONED
        found = [
            backup
            for backup in self.store.backups()
            if backup not in finished and (begun := _begun(backup)) and begun < until
        ]
        if not found:
            return ()
        if damaged := self.survey()[1]:
            raise BackupDamaged.at(damaged[0])
        used = {
            chunk.file.partition("/")[0] for one in kept for chunk in self.manifest(one).chunks()
        }
        return [backup for backup in found if backup not in used]

    def _newest(self, now: datetime) -> Manifest | None:
        """Give the newest manifest that holds: what is damaged is no base for another."""
        for head in reversed(self.heads()):
            try:
                if head.at <= now:
                    return self.manifest(head.id)
            except BackupDamaged:
                continue
        return None


@frozen
class _Writing:
    """The storing of one backup: chunks that are known and whole are only named."""

    store: BackupStore
    id: str
    seal: Seal
    known: Mapping[tuple[str, str], Chunk]

    def tables(self, tables: Iterable[StoredTable], advance: Advance) -> Iterator[TableBackup]:
        for table in tables:
            chunks = []
            for number, (rows, lines) in enumerate(table.pieces):
                content = sm3(lines).hex()
                chunk = self.known.get((table.name, content))
                if chunk is None or not self._is_whole(chunk):
                    file = f"{self.id}/{table.name}.{number:06d}"
                    label = chunk_label(table.name, content)
                    sealed = self.seal.close(zlib.compress(lines, 1), label)
                    self.store.put(file, sealed)
                    chunk = Chunk(sm3=content, rows=rows, file=file, sealed=sm3(sealed).hex())
                chunks.append(chunk)
                advance(rows)
            yield TableBackup(name=table.name, columns=table.columns, chunks=tuple(chunks))

    def _is_whole(self, chunk: Chunk) -> bool:
        """Tell whether a chunk still lies there as it was; if not, it is stored anew."""
        try:
            _stored(self.store, chunk)
        except BackupDamaged:
            return False
        return True


def _stored(store: BackupStore, chunk: Chunk) -> bytes:
    """Give the file of a chunk, as it was stored. Raises ``BackupDamaged``."""
    sealed = store.get(chunk.file)
    if sm3(sealed).hex() != chunk.sealed:
        raise BackupDamaged.at(chunk.file)
    return sealed


def _envelopes(
    seal: Seal, before: Manifest | None, tables: Sequence[TableBackup]
) -> tuple[Envelope, ...]:
    """Give those of every backup of which a file is named."""
    if seal.envelope is None:
        return ()
    used = {chunk.file.partition("/")[0] for table in tables for chunk in table.chunks}
    older = before.envelopes if before else ()
    return (*(one for one in older if one.backup in used), seal.envelope)


def _begun(backup: str) -> datetime | None:
    """Read off its name when a backup was begun; ``None`` for what is not named like one."""
    stamp, _, kind = backup.partition("-")
    try:
        BackupKind(kind)
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _require_equal(manifest: Manifest, snapshot: Snapshot) -> None:
    wanted = {table.name: table.content for table in manifest.tables}
    for table in snapshot.tables():
        found = tuple((sm3(lines).hex(), rows) for rows, lines in table.pieces)
        if found != wanted.get(table.name):
            data = {"table": table.name}
            raise BackupUnfit((Violation("kernel.backup_rows_differ", data=data),))
