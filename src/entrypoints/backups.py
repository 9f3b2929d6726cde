"""Making backups, checking them, restoring from them: one chain of files, whatever the engine."""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from attrs import field, frozen

from supervision_core.kernel.backups import (
    BackupAbsent,
    BackupDamaged,
    BackupHead,
    BackupKind,
    BackupPolicy,
    BackupStore,
    BackupUnfit,
    Chunk,
    Manifest,
    Snapshot,
    StoredDatabase,
    TableBackup,
    due,
    expired,
    read_manifest,
)
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.crypto import (
    KeyMissing,
    KeyStore,
    Signer,
    Tampered,
    Verifier,
)
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.ports import Clock, Randomness
from supervision_core.kernel.signing import sign_document, verify_document

KEY: Final = "backup"
MANIFEST: Final = "manifest.json"
_VERSION_BYTES: Final = 4

Advance = Callable[[int], None]


def _silent(_rows: int) -> None:
    """Tell nobody."""


@frozen(kw_only=True)
class Backups:
    """The backups of one installation in one store.

    Every chunk is compressed and sealed (SM4) under the data key ``backup``, bound to its table and
    content; every manifest is signed (SM2). Without the keys nothing can be read or passed off.
    """

    store: BackupStore
    keys: KeyStore
    signer: Signer
    trusted: Mapping[str, Verifier]
    clock: Clock
    randomness: Randomness
    policy: BackupPolicy = field(factory=BackupPolicy)

    def heads(self) -> list[BackupHead]:
        """List the backups by their time; a manifest that cannot be read is passed over."""
        found = []
        for name in self.store.names(MANIFEST):
            try:
                head = read_manifest(json.loads(self.store.get(name)))
            except ValueError:
                continue
            if head is not None and name == f"{head.id}/{MANIFEST}":
                found.append(head)
        return sorted(found, key=lambda head: (head.at, head.id))

    def due(self) -> BackupKind | None:
        """Tell what is due now."""
        return due(self.policy, self.heads(), self.clock.now())

    def make(
        self, database: StoredDatabase, kind: BackupKind, advance: Advance = _silent
    ) -> Manifest:
        """Make one. An incremental one without any before it becomes a full one."""
        now = self.clock.now()
        before = None if kind is BackupKind.FULL else self._newest()
        kind = BackupKind.FULL if before is None else kind
        name = f"{now.astimezone(UTC):%Y%m%dT%H%M%S%f}Z-{kind.value}"
        if not self.keys.versions(KEY):
            self.keys.rotate(KEY)
        known = {(t.name, c.sm3): c for t in (before.tables if before else ()) for c in t.chunks}
        with database.snapshot() as snapshot:
            tables = tuple(self._tables(snapshot, name, known, advance))
            manifest = Manifest(
                id=name,
                kind=kind,
                base=before.base if before else name,
                at=now,
                schema=snapshot.schema,
                audit_size=snapshot.audit_size,
                tables=tables,
            )
        signature = sign_document(self.signer, manifest.content())
        document = {**_plain(manifest), "signature": signature}
        self.store.put(f"{name}/{MANIFEST}", json.dumps(document, ensure_ascii=False).encode())
        return manifest

    def _tables(
        self,
        snapshot: Snapshot,
        id: str,
        known: Mapping[tuple[str, str], Chunk],
        advance: Advance,
    ) -> Iterator[TableBackup]:
        for table in snapshot.tables():
            chunks = []
            for number, (rows, lines) in enumerate(table.pieces):
                content = sm3(lines).hex()
                chunk = known.get((table.name, content))
                if chunk is None:
                    file = f"{id}/{table.name}.{number:06d}"
                    sealed = self._seal(table.name, content, lines)
                    self.store.put(file, sealed)
                    chunk = Chunk(sm3=content, rows=rows, file=file, sealed=sm3(sealed).hex())
                chunks.append(chunk)
                advance(rows)
            yield TableBackup(name=table.name, columns=table.columns, chunks=tuple(chunks))

    def _seal(self, table: str, content: str, lines: bytes) -> bytes:
        version = self.keys.current(KEY)
        cipher = self.keys.cipher(KEY, version)
        nonce = self.randomness.token(cipher.nonce_size)
        packed = zlib.compress(lines, 1)
        head = version.to_bytes(_VERSION_BYTES, "big")
        return head + nonce + cipher.seal(nonce, packed, _associated(table, content, version))

    def open(self, table: str, chunk: Chunk) -> bytes:
        """Give the rows of a chunk. Raises ``BackupDamaged``."""
        sealed = self.store.get(chunk.file)
        if sm3(sealed).hex() != chunk.sealed:
            raise BackupDamaged.at(chunk.file)
        version = int.from_bytes(sealed[:_VERSION_BYTES], "big")
        try:
            cipher = self.keys.cipher(KEY, version)
            nonce, rest = sealed[_VERSION_BYTES:][: cipher.nonce_size], sealed[_VERSION_BYTES:]
            rest = rest[cipher.nonce_size :]
            packed = cipher.open(nonce, rest, _associated(table, chunk.sm3, version))
            lines = zlib.decompress(packed)
        except (Tampered, KeyMissing, zlib.error):
            raise BackupDamaged.at(chunk.file) from None
        if sm3(lines).hex() != chunk.sm3:
            raise BackupDamaged.at(chunk.file)
        return lines

    def manifest(self, id: str) -> Manifest:
        """Give a manifest whose signature holds. Raises ``BackupAbsent``, ``BackupDamaged``."""
        name = f"{id}/{MANIFEST}"
        if name not in self.store.names(MANIFEST):
            raise BackupAbsent((Violation(BackupAbsent.code),))
        try:
            document = json.loads(self.store.get(name))
            signature = document.pop("signature")
            manifest = from_plain(Manifest, document)
            verify_document(signature, manifest.content(), self.trusted)
        except Exception as error:  # whatever a changed byte does to it
            raise BackupDamaged.at(name) from error
        if manifest.id != id:
            raise BackupDamaged.at(name)
        return manifest

    def before(self, moment: datetime | None) -> str:
        """Give the id of the newest backup, or of the newest not after ``moment``.

        Raises ``BackupAbsent``.
        """
        fit = [head.id for head in self.heads() if moment is None or head.at <= moment]
        if not fit:
            raise BackupAbsent((Violation(BackupAbsent.code),))
        return fit[-1]

    def verify(self, id: str, advance: Advance = _silent) -> Manifest:
        """Read every file that a backup consists of. Raises ``BackupDamaged``."""
        manifest = self.manifest(id)
        for table in manifest.tables:
            for chunk in table.chunks:
                self.open(table.name, chunk)
                advance(chunk.rows)
        return manifest

    def restore(self, id: str, database: StoredDatabase, advance: Advance = _silent) -> Manifest:
        """Fill an empty database; what it then holds is compared with the backup before it counts.

        Raises ``BackupDamaged``, ``BackupUnfit``; then nothing is there.
        """
        manifest = self.manifest(id)
        with database.filling(manifest.schema) as loading:
            for table in manifest.tables:
                for chunk in table.chunks:
                    loading.load(table.name, table.columns, self.open(table.name, chunk))
                    advance(chunk.rows)
            _require_equal(manifest, loading.snapshot())
        return manifest

    def prune(self) -> Sequence[str]:
        """Remove the cycles beyond those that are kept; give the ids."""
        gone = expired(self.policy, self.heads())
        for backup in reversed(gone):
            self.store.remove(backup)
        return gone

    def _newest(self) -> Manifest | None:
        """Give the newest manifest that holds: what is damaged is no base for another."""
        for head in reversed(self.heads()):
            try:
                return self.manifest(head.id)
            except BackupDamaged:
                continue
        return None


def _require_equal(manifest: Manifest, snapshot: Snapshot) -> None:
    wanted = {table.name: table.content for table in manifest.tables}
    for table in snapshot.tables():
        found = tuple((sm3(lines).hex(), rows) for rows, lines in table.pieces)
        if found != wanted.get(table.name):
            data = {"table": table.name}
            raise BackupUnfit((Violation("kernel.backup_rows_differ", data=data),))


def _associated(table: str, content: str, version: int) -> bytes:
    return f"backup-chunk/1:{table}:{content}:{version}".encode()


def _plain(manifest: Manifest) -> dict[str, Any]:
    plain = to_plain(manifest)
    if not isinstance(plain, dict):
        raise TypeError(manifest)
    return plain
