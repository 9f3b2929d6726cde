"""SM2 signing keys in files: the private halves wrapped by the master key, the public ones open."""

import base64
import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from adapters.crypto.sm2 import new_private_key, public_point
from supervision_core.kernel.crypto import (
    Algorithms,
    Cipher,
    KeyMissing,
    KeyRejected,
    Signer,
)
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.ports import Randomness
from supervision_core.kernel.signing import SigningKeys

_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")
_FILE = re.compile(r"([a-z][a-z0-9-]{0,40})\.([1-9][0-9]{0,8})\.sm2")
_HEAD: Final = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
"""SubjectPublicKeyInfo of an SM2 key (GM/T 0009), before its 65 bytes."""
_PEM = re.compile(r"-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*")
_LINE = 64


class FileSigningKeys(SigningKeys):
    """``<name>.<version>.sm2``, wrapped, and ``<name>.<version>.pem`` for whoever verifies."""

    def __init__(
        self, folder: Path, master: Cipher, algorithms: Algorithms, randomness: Randomness
    ) -> None:
        """Keep keys in ``folder``, which only this account can enter, wrapped under ``master``."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
        if found.st_mode & 0o077 or found.st_uid != os.geteuid():
            raise KeyRejected((Violation("crypto.key_exposed", data={"file": folder.name}),))
        self._folder, self._master = folder, master
        self._algorithms, self._randomness = algorithms, randomness

    def versions(self, name: str) -> Sequence[int]:
        """Give the versions."""
        matches = (_FILE.fullmatch(entry.name) for entry in self._folder.iterdir())
        return sorted(int(match[2]) for match in matches if match and match[1] == name)

    def rotate(self, name: str) -> int:
        """Make the next version; both files are synced before they have their names."""
        if not _NAME.fullmatch(name):
            raise KeyRejected((Violation("crypto.key_name"),))
        private = new_private_key(self._randomness)
        public = write_public_key(self._algorithms.public_key(private))
        while True:
            version = max(self.versions(name), default=0) + 1
            nonce = self._randomness.token(self._master.nonce_size)
            sealed = self._master.seal(nonce, private, _label(name, version))
            try:
                self._write(f"{name}.{version}.pem", public.encode("ascii"), 0o644)
                self._write(f"{name}.{version}.sm2", nonce + sealed, 0o600)
            except FileExistsError:  # another process was quicker
                continue
            return version

    def signer(self, name: str) -> Signer:
        """Give the signer of the newest version."""
        versions = self.versions(name)
        if not versions:
            raise KeyMissing.named(name, 1)
        version = versions[-1]
        wrapped = (self._folder / f"{name}.{version}.sm2").read_bytes()
        size = self._master.nonce_size
        private = self._master.open(wrapped[:size], wrapped[size:], _label(name, version))
        return self._algorithms.signer(private)

    def public_keys(self, name: str) -> Sequence[bytes]:
        """Give the public keys of all versions."""
        return [
            read_public_key((self._folder / f"{name}.{version}.pem").read_text("ascii"))
            for version in self.versions(name)
        ]

    def _write(self, name: str, content: bytes, mode: int) -> None:
        with tempfile.NamedTemporaryFile(dir=self._folder, prefix=".new-") as written:
            written.write(content)
            written.flush()
            os.fchmod(written.fileno(), mode)
            os.fsync(written.fileno())
            os.link(written.name, self._folder / name)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _label(name: str, version: int) -> bytes:
    return f"signing-key/1:{name}:{version}".encode()


def write_public_key(public_key: bytes) -> str:
    """Give a public key as PEM, as every tool that knows SM2 reads it."""
    text = base64.b64encode(_HEAD + public_key).decode("ascii")
    lines = [text[at : at + _LINE] for at in range(0, len(text), _LINE)]
    return "\n".join(("-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""))


def read_public_key(text: str) -> bytes:
    """Read a public key from PEM, or from hex of ``04 ‖ x ‖ y``. Raises ``KeyRejected``."""
    match = _PEM.fullmatch(text.strip() + "\n")
    try:
        if match:
            der = base64.b64decode("".join(match[1].split()), validate=True)
            found = der.removeprefix(_HEAD) if der.startswith(_HEAD) else b""
        else:
            found = bytes.fromhex(text.strip())
    except ValueError:
        found = b""
    public_point(found)
    return found
