"""Pieces of files at rest: SM4, each bound to its file and its place in it."""

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from supervision_core.files.model import PIECE_BYTES, StoredPart
from supervision_core.files.ports import FileBytes, Readable
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.crypto import KeyStore, Tampered
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.ports import Randomness
from supervision_core.kernel.sealing import Place

FIELDS: Final = "fields"
"""The data key: that of sealed fields; the place tells the two apart."""
_MARK: Final = b"SM4\x01"
_VERSION: Final = 4


@frozen
class SealedBytes:
    """文件加密 (file encryption): keeps the pieces of files enciphered, and opens them.

    A stored piece is a mark, the key's version (4 bytes, big-endian), nonce, ciphertext and tag
    (SM4-GCM, or what the key store offers). File, form and number of the piece are associated data
    (GB/T 39786-2021, 8.4 e): a piece put elsewhere does not open.
    """

    store: FileBytes
    keys: KeyStore
    randomness: Randomness

    def put(self, file: str, form: str, number: int, plain: bytes) -> str:
        """Store a piece enciphered; give its address."""
        version = self.keys.current(FIELDS)
        cipher = self.keys.cipher(FIELDS, version)
        nonce = self.randomness.token(cipher.nonce_size)
        sealed = cipher.seal(nonce, plain, _associated(file, form, number, version))
        stored = b"".join((_MARK, version.to_bytes(_VERSION), nonce, sealed))
        address = sm3(stored).hex()
        self.store.put(address, stored)
        return address

    def get(self, file: str, form: str, number: int, address: str) -> bytes:
        """Open a piece. Raises ``Tampered``, ``BytesAbsent``, ``KeyMissing``."""
        stored = self.store.get(address)
        head = len(_MARK) + _VERSION
        version = int.from_bytes(stored[len(_MARK) : head])
        if stored[: len(_MARK)] != _MARK or not version:
            raise _changed(file)
        cipher = self.keys.cipher(FIELDS, version)
        nonce, sealed = stored[head : head + cipher.nonce_size], stored[head + cipher.nonce_size :]
        try:
            return cipher.open(nonce, sealed, _associated(file, form, number, version))
        except Tampered:
            raise _changed(file) from None

    def put_whole(self, file: str, form: str, plain: bytes) -> tuple[str, ...]:
        """Store bytes as pieces; give their addresses in order."""
        return tuple(
            self.put(file, form, number, plain[at : at + PIECE_BYTES])
            for number, at in enumerate(range(0, len(plain), PIECE_BYTES))
        )

    def chunks(self, file: str, form: str, part: StoredPart) -> Iterator[bytes]:
        """Give the bytes of a form piece by piece. Raises as ``get`` does."""
        for number, address in enumerate(part.pieces):
            yield self.get(file, form, number, address)


def _associated(file: str, form: str, number: int, version: int) -> bytes:
    return Place("file", f"{form}.{number}", file).associated(FIELDS, version)


def _changed(file: str) -> Tampered:
    return Tampered((Violation("files.piece_changed", at=f"file/{file}"),))


class SealedContent(Readable):
    """A file whose pieces are opened as they are read; the last one read is kept."""

    def __init__(
        self, store: SealedBytes, file: str, form: str, addresses: Sequence[str], size: int
    ) -> None:
        """Read the pieces at ``addresses``, of ``size`` bytes together."""
        self.size = size
        self._store, self._file, self._form, self._addresses = store, file, form, addresses
        self._kept = (-1, b"")

    def read(self, at: int, length: int) -> bytes:
        """Give ``length`` bytes from ``at`` on, fewer at the end. Raises as ``SealedBytes.get``."""
        upto = min(at + length, self.size)
        found = []
        while at < upto:
            number, inside = divmod(at, PIECE_BYTES)
            part = self._piece(number)[inside : inside + upto - at]
            if not part:
                raise _changed(self._file)
            found.append(part)
            at += len(part)
        return b"".join(found)

    def _piece(self, number: int) -> bytes:
        if self._kept[0] != number:
            address = self._addresses[number]
            self._kept = (number, self._store.get(self._file, self._form, number, address))
        return self._kept[1]
