"""Making backups, checking them, restoring from them: one chain of files, whatever the engine."""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

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
)
from supervision_core.kernel.canonical import canonical_json, sm3
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
HEAD: Final = "head.json"
MANIFEST: Final = "manifest.json"
ABANDONED: Final = timedelta(days=1)
"""After this nobody is still at work on a backup without a head."""
_STAMP: Final = "%Y%m%dT%H%M%S%fZ"
_VERSION_BYTES: Final = 4

Advance = Callable[[int], None]


def _silent(_rows: int) -> None:
    """Tell nobody."""


@frozen(kw_only=True)
class Backups:
    """The backups of one installation in one store.

    Every chunk is compressed and sealed (SM4) under the data key ``backup``, bound to its table and
    content; the head is signed (SM2) and holds the hash of the manifest, which holds those of the
    chunks. Without the keys nothing can be read or passed off.
    """

    store: BackupStore
    keys: KeyStore
    signer: Signer
    trusted: Mapping[str, Verifier]
    clock: Clock
    randomness: Randomness
    policy: BackupPolicy = field(factory=BackupPolicy)

    def survey(self) -> tuple[Sequence[BackupHead], Sequence[str]]:
        """List the backups by their time, and the heads that are damaged by their names."""
        found, damaged = [], []
        for name in self.store.names(HEAD):
            try:
                found.append(self._head(name))
            except BackupDamaged:
                damaged.append(name)
        return sorted(found, key=lambda head: (head.at, head.id)), damaged

    def heads(self) -> Sequence[BackupHead]:
        """List the backups by their time; one whose head is damaged is none."""
        return self.survey()[0]

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
        if not self.keys.versions(KEY):
            self.keys.rotate(KEY)
        known = {(t.name, c.sm3): c for t in (before.tables if before else ()) for c in t.chunks}
        try:
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
            self.store.put(f"{name}/{MANIFEST}", manifest.content())
            head = manifest.head()
            signature = sign_document(self.signer, head.content())
            self.store.put(f"{name}/{HEAD}", _document(head, signature))
        except BaseException:
            self.store.remove(name)
            raise
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
                if chunk is None or not self._is_whole(chunk):
                    file = f"{id}/{table.name}.{number:06d}"
                    sealed = self._seal(table.name, content, lines)
                    self.store.put(file, sealed)
                    chunk = Chunk(sm3=content, rows=rows, file=file, sealed=sm3(sealed).hex())
                chunks.append(chunk)
                advance(rows)
            yield TableBackup(name=table.name, columns=table.columns, chunks=tuple(chunks))

    def _is_whole(self, chunk: Chunk) -> bool:
        """Tell whether a chunk still lies there as it was; if not, it is stored anew."""
        try:
            return sm3(self.store.get(chunk.file)).hex() == chunk.sealed
        except BackupDamaged:
            return False

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
        """Give a manifest whose head holds. Raises ``BackupAbsent``, ``BackupDamaged``."""
        if f"{id}/{HEAD}" not in self.store.names(HEAD):
            raise BackupAbsent((Violation(BackupAbsent.code),))
        head = self._head(f"{id}/{HEAD}")
        name = f"{id}/{MANIFEST}"
        content = self.store.get(name)
        if sm3(content).hex() != head.manifest:
            raise BackupDamaged.at(name)
        manifest = from_plain(Manifest, json.loads(content))
        if manifest.head() != head:
            raise BackupDamaged.at(name)
        return manifest

    def _head(self, name: str) -> BackupHead:
        content = self.store.get(name)
        try:
            document = json.loads(content)
            head = from_plain(BackupHead, document["head"])
            signature = document["signature"]
            verify_document(signature, head.content(), self.trusted)
        except Exception as error:  # whatever a changed byte does to it
            raise BackupDamaged.at(name) from error
        # one moment can be written in several ways: only the way in which it was written counts
        if _document(head, signature) != content or name != f"{head.id}/{HEAD}":
            raise BackupDamaged.at(name)
        return head

    def before(self, moment: datetime | None) -> str:
        """Give the id of the newest backup not after ``moment``, or not after now.

        Raises ``BackupAbsent``; ``BackupDamaged`` where the one sought may be a damaged one.
        """
        until = moment or self.clock.now()
        heads, damaged = self.survey()
        if damaged:
            raise BackupDamaged(
                tuple(Violation(BackupDamaged.code, at=one, data={"file": one}) for one in damaged)
            )
        fit = [head.id for head in heads if head.at <= until]
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


def _document(head: BackupHead, signature: Mapping[str, str]) -> bytes:
    """Give the bytes of a head's file."""
    return canonical_json({"head": to_plain(head), "signature": {**signature}})


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


def _associated(table: str, content: str, version: int) -> bytes:
    return f"backup-chunk/1:{table}:{content}:{version}".encode()
