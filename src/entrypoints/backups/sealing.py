"""What the files of backups are sealed with, and who can open them again."""

import zlib
from collections.abc import Callable
from typing import Final

from attrs import define, field, frozen

from supervision_core.kernel.backups import (
    BackupDamaged,
    BackupLocked,
    Chunk,
    Envelope,
    Manifest,
)
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.crypto import (
    Algorithms,
    Cipher,
    Decryptor,
    KeyMissing,
    KeyStore,
    Tampered,
)
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.ports import Randomness
from supervision_core.kernel.signing import key_id

KEY: Final = "backup"
_OWN: Final = 0
"""In the place of a version of the host's key: the key lies in the backup's envelope."""
_VERSION_BYTES: Final = 4
_KEY_BYTES: Final = 16
_CHANGED: Final = (Tampered, KeyMissing, zlib.error)


@frozen(kw_only=True)
class Safe:
    """保险柜 (Safe): the SM2 key to which backups are closed; its private half is not here.

    ``host_reads`` says whether the host can open its backups beside, to rehearse with them.
    Source: GB/T 22239-2019 8.1.4.9; docs/backup.md.
    """

    public_key: bytes
    host_reads: bool = True


@frozen(kw_only=True)
class Seal:
    """One key, with which the files of one backup are sealed."""

    cipher: Cipher
    version: int
    randomness: Randomness
    envelope: Envelope | None = None

    def close(self, plain: bytes, label: str) -> bytes:
        """Seal for one place."""
        nonce = self.randomness.token(self.cipher.nonce_size)
        sealed = self.cipher.seal(nonce, plain, _associated(label, self.version))
        return self.version.to_bytes(_VERSION_BYTES, "big") + nonce + sealed


@frozen(kw_only=True)
class Seals:
    """Makes the keys of backups.

    Without a ``safe`` all files are sealed under the host's data key. With one each backup has a
    key of its own, drawn for it and encrypted to the safe; ``keyring`` then gives all keys of the
    installation, so that whoever opens the safe needs nothing of the host.
    """

    keys: KeyStore
    algorithms: Algorithms
    randomness: Randomness
    keyring: Callable[[], bytes]
    safe: Safe | None = None

    def begin(self, backup: str) -> Seal:
        """Give the seal for what a backup stores."""
        if self.safe is None:
            return self._host_seal()
        key = self.randomness.token(_KEY_BYTES)
        envelope = Envelope(
            backup=backup,
            recipient=key_id(self.safe.public_key),
            safe=self.algorithms.encryptor(self.safe.public_key).encrypt(key),
            host=self._host_seal().close(key, _of_key(backup)) if self.safe.host_reads else b"",
        )
        cipher = self.algorithms.cipher(key)
        return Seal(cipher=cipher, version=_OWN, randomness=self.randomness, envelope=envelope)

    def close_keyring(self, seal: Seal) -> bytes:
        """Seal all keys of the installation; nothing without a safe."""
        if seal.envelope is None:
            return b""
        return seal.close(self.keyring(), _of_keyring(seal.envelope.backup))

    def fit(self, envelope: Envelope | None) -> bool:
        """Tell whether what was sealed so is sealed as it would be now: for the same readers."""
        if envelope is None or self.safe is None:
            return (envelope is None) == (self.safe is None)
        recipient, host_reads = key_id(self.safe.public_key), self.safe.host_reads
        return (envelope.recipient, bool(envelope.host)) == (recipient, host_reads)

    def _host_seal(self) -> Seal:
        if not self.keys.versions(KEY):
            self.keys.rotate(KEY)
        version = self.keys.current(KEY)
        cipher = self.keys.cipher(KEY, version)
        return Seal(cipher=cipher, version=version, randomness=self.randomness)


@define(eq=False)
class Opening:
    """Opens the files of one backup: by a safe key where one is given, by the host's otherwise."""

    _manifest: Manifest
    _keys: KeyStore | None
    _algorithms: Algorithms
    _safe_key: Decryptor | None = None
    _ciphers: dict[str, Cipher] = field(init=False, factory=dict)

    def is_locked(self, file: str) -> bool:
        """Tell whether only a safe key, which is not at hand, opens it."""
        envelope = self._manifest.envelope(file)
        return self._safe_key is None and envelope is not None and not envelope.host

    def lines(self, table: str, chunk: Chunk, sealed: bytes) -> bytes:
        """Give the rows of a chunk. Raises ``BackupDamaged``, ``BackupLocked``."""
        try:
            packed = self._opened(sealed, chunk_label(table, chunk.sm3), chunk.file)
            lines = zlib.decompress(packed)
        except _CHANGED:
            raise BackupDamaged.at(chunk.file) from None
        if sm3(lines).hex() != chunk.sm3:
            raise BackupDamaged.at(chunk.file)
        return lines

    def keyring(self) -> bytes:
        """Give all keys of the installation. Raises ``BackupDamaged``, ``BackupLocked``."""
        backup = self._manifest.id
        if not self._manifest.keyring:
            raise BackupLocked((Violation("kernel.backup_without_safe"),))
        try:
            return self._opened(self._manifest.keyring, _of_keyring(backup), backup)
        except _CHANGED:
            raise BackupDamaged.at(backup) from None

    def _opened(self, sealed: bytes, label: str, file: str) -> bytes:
        return _open(sealed, label, lambda version: self._cipher(version, file))

    def _cipher(self, version: int, file: str) -> Cipher:
        if version != _OWN:
            return self._host_cipher(version)
        envelope = self._manifest.envelope(file)
        if envelope is None:
            raise KeyMissing.named(KEY, version)
        if envelope.backup not in self._ciphers:
            self._ciphers[envelope.backup] = self._algorithms.cipher(self._key(envelope))
        return self._ciphers[envelope.backup]

    def _key(self, envelope: Envelope) -> bytes:
        if self._safe_key is not None:
            if key_id(self._safe_key.public_key) != envelope.recipient:
                data = {"recipient": envelope.recipient}
                raise BackupLocked((Violation("kernel.backup_other_safe", data=data),))
            return self._safe_key.decrypt(envelope.safe)
        if not envelope.host:
            raise BackupLocked((Violation(BackupLocked.code),))
        return _open(envelope.host, _of_key(envelope.backup), self._host_cipher)

    def _host_cipher(self, version: int) -> Cipher:
        if self._keys is None:
            raise BackupLocked((Violation("kernel.backup_without_safe"),))
        return self._keys.cipher(KEY, version)


def _open(sealed: bytes, label: str, cipher_of: Callable[[int], Cipher]) -> bytes:
    version = int.from_bytes(sealed[:_VERSION_BYTES], "big")
    cipher = cipher_of(version)
    rest = sealed[_VERSION_BYTES:]
    nonce, rest = rest[: cipher.nonce_size], rest[cipher.nonce_size :]
    return cipher.open(nonce, rest, _associated(label, version))


def chunk_label(table: str, content: str) -> str:
    """Say what a chunk is sealed for: its table and the hash of its rows."""
    return f"backup-chunk/1:{table}:{content}"


def _of_key(backup: str) -> str:
    return f"backup-key/1:{backup}"


def _of_keyring(backup: str) -> str:
    return f"backup-keyring/1:{backup}"


def _associated(label: str, version: int) -> bytes:
    return f"{label}:{version}".encode()
