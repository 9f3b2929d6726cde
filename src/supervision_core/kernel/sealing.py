"""Protection of what is stored: fields that nobody reads, rows that nobody changes unseen."""

import base64
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import suppress
from hmac import compare_digest
from itertools import count

from attrs import frozen

from supervision_core.kernel.canonical import NotCanonical, Stated, canonical_row
from supervision_core.kernel.crypto import Algorithms, KeyRejected, KeyStore, Mac, Tampered
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.ports import Randomness

ROWS = "rows"
KEY_NAMES = ("fields", "index", ROWS)
"""The data keys of sealed fields, of blind indexes and of row seals."""
_FIELD = re.compile(r"sm4\$v([1-9][0-9]{0,8})\$([A-Za-z0-9_-]+)")
_LAST = {2: "AQgw", 3: "AEIMQUYcgkosw048"}
_TAGGED = re.compile(r"sm3\$v([1-9][0-9]{0,8})\$([0-9a-f]{64})")


@frozen
class Place:
    """Where a value is stored; a value moved to another place no longer opens."""

    table: str
    column: str
    row: str

    def associated(self, key: str, version: int) -> bytes:
        """Give the associated data, each part led by its length so that none runs into another."""
        table, column, row = self.table, self.column, self.row
        return (
            f"{len(table)}:{table}{len(column)}:{column}{len(row)}:{row}{len(key)}:{key}{version}"
        ).encode()


def _broken(code: str, place: Place) -> Tampered:
    return Tampered((Violation(code, at=f"{place.table}.{place.column}"),))


class FieldCipher:
    """字段加密 (field encryption): personal and sensitive fields, stored as ``sm4$v<key>$<…>``.

    Behind the last ``$`` stands unpadded base64url of nonce, ciphertext and tag (SM4-GCM, or what
    the key store offers); table, column, row key and key version are associated data (GB/T
    39786-2021, 8.4 e; GB/T 22239-2019, 8.1.4.8). Every value has a nonce of its own.
    """

    def __init__(self, keys: KeyStore, randomness: Randomness, name: str = "fields") -> None:
        """Protect with the keys kept under ``name``."""
        self._keys = keys
        self._randomness = randomness
        self._name = name

    def seal(self, text: str, place: Place) -> str:
        """Protect ``text`` for ``place`` under the newest key."""
        version = self._keys.current(self._name)
        cipher = self._keys.cipher(self._name, version)
        nonce = self._randomness.token(cipher.nonce_size)
        sealed = cipher.seal(nonce, text.encode(), place.associated(self._name, version))
        return f"sm4$v{version}${_spelled(nonce + sealed)}"

    def open(self, sealed: str, place: Place) -> str:
        """Give the text. Raises ``Tampered``, or ``KeyMissing`` for an unknown version."""
        found = _FIELD.fullmatch(sealed)
        body = found and _read(found[2])
        if not found or not body:
            raise _broken("crypto.field_malformed", place)
        version = int(found[1])
        cipher = self._keys.cipher(self._name, version)
        nonce, rest = body[: cipher.nonce_size], body[cipher.nonce_size :]
        try:
            plain = cipher.open(nonce, rest, place.associated(self._name, version))
            return plain.decode()
        except (Tampered, UnicodeDecodeError):
            raise _broken("crypto.field_changed", place) from None

    def is_current(self, sealed: str) -> bool:
        """Tell whether the newest key protects the value already."""
        return sealed.startswith(f"sm4$v{self._keys.current(self._name)}$")


def _spelled(body: bytes) -> str:
    return base64.b64encode(body, b"-_").rstrip(b"=").decode("ascii")


def _read(text: str) -> bytes | None:
    """Read base64url in its only spelling: unused bits of the last sign are zero.

    ``text`` holds signs of the alphabet only.
    """
    beyond = len(text) % 4
    if beyond == 1 or (beyond and text[-1] not in _LAST[beyond]):
        return None
    return base64.b64decode(text + "=" * (-beyond % 4), b"-_")


class BlindIndex:
    """密文检索索引 (blind index): finds a sealed value by equality, without opening any.

    It is HMAC-SM3 over the column and the normalised value. Equal values are seen to be equal,
    nothing else; without the key no value can be tried.
    """

    def __init__(
        self, keys: KeyStore, column: str, normalise: Callable[[str], str], name: str = "index"
    ) -> None:
        """Index ``column`` (``"officer.phone"``); ``normalise`` gives equal values one spelling."""
        self._keys = keys
        self._column = column
        self._normalise = normalise
        self._name = name

    def of(self, value: str) -> str:
        """Give the index to store, ``sm3$v<key>$<hex>``, under the newest key."""
        return self._under(self._keys.current(self._name), value)

    def candidates(self, value: str) -> tuple[str, ...]:
        """Give the index under every key, newest first: what an equal value may be stored as."""
        versions = reversed(self._keys.versions(self._name))
        return tuple(self._under(version, value) for version in versions)

    def is_current(self, stored: str) -> bool:
        """Tell whether the newest key made the index."""
        return stored.startswith(f"sm3$v{self._keys.current(self._name)}$")

    def _under(self, version: int, value: str) -> str:
        text = f"{len(self._column)}:{self._column}{self._normalise(value)}"
        tag = self._keys.mac(self._name, version).tag(text.encode())
        return f"sm3$v{version}${tag.hex()}"


class RowSeal:
    """行完整性校验 (row seal): HMAC-SM3 over every column of a row, its table and its key.

    Whoever writes the database without the key changes, moves or exchanges no row unseen (GB/T
    39786-2021, 8.4 f). A row put back as it once was needs the audit log to be seen.
    """

    def __init__(self, keys: KeyStore, name: str = ROWS) -> None:
        """Seal with the keys kept under ``name``."""
        self._keys = keys
        self._name = name

    def of(self, table: str, row: Stated) -> str:
        """Give the seal of a row, ``sm3$v<key>$<hex>``; ``row`` holds every column but the seal."""
        version = self._keys.current(self._name)
        tag = self._keys.mac(self._name, version).tag(canonical_row(table, row))
        return f"sm3$v{version}${tag.hex()}"

    def is_current(self, seal: str) -> bool:
        """Tell whether the newest key made the seal."""
        return seal.startswith(f"sm3$v{self._keys.current(self._name)}$")

    def check(self, table: str, row: Stated, seal: str) -> None:
        """Raise ``Tampered``, or ``KeyMissing``, unless ``seal`` is this row's.

        What has no canonical form was never sealed: it counts as tampered with.
        """
        found = _TAGGED.fullmatch(seal)
        if not found:
            raise Tampered((Violation("crypto.row_malformed", at=table),))
        mac = self._keys.mac(self._name, int(found[1]))
        try:
            tag = mac.tag(canonical_row(table, row))
        except NotCanonical:
            tag = b""
        if not compare_digest(tag.hex(), found[2]):
            raise Tampered((Violation("crypto.row_changed", at=table),))


def private_key_of(mac: Mac, algorithms: Algorithms, label: str) -> bytes:
    """Give the private SM2 key that follows from a data key for ``label``: nobody has to keep it.

    Whatever keeps and renews the data key keeps this one too.
    """
    for number in count():
        drawn = mac.tag(f"{label}:{number}".encode())
        with suppress(KeyRejected):
            algorithms.public_key(drawn)
            return drawn
    raise AssertionError  # there is no end of numbers


@frozen
class ProtectedRow:
    """A stored row in a walk; ``cursor`` orders the rows of a store."""

    cursor: str
    is_current: bool
    """Whether the newest keys protect all of it."""


class ProtectedRows(ABC):
    """One store of rows with sealed fields, blind indexes or seals, walked when keys change."""

    name: str

    @abstractmethod
    def count(self) -> int:
        """Count the rows."""

    @abstractmethod
    def after(self, cursor: str, limit: int) -> Sequence[ProtectedRow]:
        """Give the next rows behind ``cursor`` (``""``: from the start), in order."""

    @abstractmethod
    def protect(self, cursors: Sequence[str]) -> int:
        """Protect these rows anew under the newest keys, together; count those that were.

        Fields, indexes and seal of a row change together, its version does not: nothing of its
        content has changed. A row that a writer changes meanwhile is left as the writer wrote it,
        and not counted. Raises ``Tampered`` for a row that is not as it was protected.
        """


@frozen
class Renewal:
    """One batch of a renewal: where to go on (empty: done), what was seen and what was renewed."""

    cursor: str
    seen: int
    renewed: int


def renew(store: ProtectedRows, *, cursor: str = "", batch: int = 500) -> Renewal:
    """密钥更新 (renew): protect the next ``batch`` rows anew under the newest keys.

    Go on behind ``cursor`` of the answer until it is empty. Stopping anywhere loses nothing: every
    row can be read at every moment, and a walk from the start passes over what is current. Raises
    ``Tampered`` at a row that does not open: a renewal never blesses a changed one.
    """
    found = store.after(cursor, batch)
    stale = [row.cursor for row in found if not row.is_current]
    renewed = store.protect(stale) if stale else 0
    return Renewal(found[-1].cursor if len(found) == batch else "", len(found), renewed)
