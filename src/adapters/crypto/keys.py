"""Data keys in files, each wrapped by a master key that lies elsewhere or in a password machine."""

import os
import re
import tempfile
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from supervision_core.kernel.crypto import (
    Algorithms,
    Cipher,
    KeyMissing,
    KeyRejected,
    KeyStore,
    Mac,
)
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.ports import Randomness

MASTER_SIZE = CIPHER_SIZE = 16
_MAC_SIZE = 32
_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")
_FILE = re.compile(r"([a-z][a-z0-9-]{0,40})\.([1-9][0-9]{0,8})\.key")
_GLANCE = 0.01
"""Seconds for which what was seen in the folder counts: sealing many fields asks for each."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which a folder's time of change tells one change from the next."""


@frozen
class VersionKeys:
    """The two keys of a version, ready for use."""

    cipher: Cipher
    mac: Mac


class Vault(ABC):
    """Makes data keys and wraps them; unwrapped they live in memory or in a machine only."""

    @abstractmethod
    def make(self, label: str) -> bytes:
        """Make the keys of a version and give them wrapped, for ``label``."""

    @abstractmethod
    def open(self, wrapped: bytes, label: str) -> VersionKeys:
        """Unwrap. Raises ``Tampered`` for changed bytes or, where it can, another label."""


class MasterKeyVault(Vault):
    """Wraps by SM4-GCM under a master key; the label is associated data."""

    def __init__(self, algorithms: Algorithms, randomness: Randomness, master: bytes) -> None:
        """Wrap under ``master`` (see ``read_master_key``)."""
        self._algorithms = algorithms
        self._randomness = randomness
        self._master = algorithms.cipher(master)

    def make(self, label: str) -> bytes:
        """Draw both keys and wrap them."""
        nonce = self._randomness.token(self._master.nonce_size)
        both = self._randomness.token(CIPHER_SIZE + _MAC_SIZE)
        return nonce + self._master.seal(nonce, both, label.encode())

    def open(self, wrapped: bytes, label: str) -> VersionKeys:
        """Unwrap."""
        size = self._master.nonce_size
        both = self._master.open(wrapped[:size], wrapped[size:], label.encode())
        cipher, mac = both[:CIPHER_SIZE], both[CIPHER_SIZE:]
        return VersionKeys(self._algorithms.cipher(cipher), self._algorithms.mac(mac))


class FileKeys(KeyStore):
    """One file a version, ``<name>.<version>.key``, made once and never changed.

    Several processes share the folder: a version that one makes is current for the others
    within a hundredth of a second.
    Back it up together with, and apart from, the master key: without either nothing opens again.
    """

    def __init__(self, folder: Path, vault: Vault) -> None:
        """Keep keys in ``folder``, which only this account can enter. Raises ``KeyRejected``."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_closed(folder, 0o077)
        self._folder = folder
        self._vault = vault
        self._opened: dict[tuple[str, int], VersionKeys] = {}
        self._listed: dict[str, tuple[int, ...]] = {}
        self._listed_at = -1
        self._looked_at = 0.0
        self._lock = threading.Lock()

    def versions(self, name: str) -> Sequence[int]:
        """Give the versions, ascending."""
        now = time.monotonic()
        if self._listed_at == -1 or now - self._looked_at > _GLANCE:
            self._look()
            self._looked_at = now
        return self._listed.get(name, ())

    def _look(self) -> None:
        changed_at = self._folder.stat().st_mtime_ns
        if changed_at != self._listed_at:
            found: dict[str, list[int]] = {}
            for entry in self._folder.iterdir():
                if match := _FILE.fullmatch(entry.name):
                    found.setdefault(match[1], []).append(int(match[2]))
            self._listed = {key: tuple(sorted(each)) for key, each in found.items()}
            is_settled = time.time_ns() - changed_at > _SETTLED
            self._listed_at = changed_at if is_settled else -1

    def current(self, name: str) -> int:
        """Give the newest version."""
        found = self.versions(name)
        if not found:
            raise KeyMissing.named(name, 1)
        return found[-1]

    def rotate(self, name: str) -> int:
        """Make the next version, written and synced before it has its name."""
        if not _NAME.fullmatch(name):
            raise KeyRejected((Violation("crypto.key_name"),))
        while True:
            version = max(self.versions(name), default=0) + 1
            wrapped = self._vault.make(_label(name, version))
            self._listed_at = -1
            try:
                write_once(self._folder, self._path(name, version).name, wrapped)
            except FileExistsError:  # another process was quicker
                continue
            self._listed_at = -1
            return version

    def cipher(self, name: str, version: int) -> Cipher:
        """Give the cipher of a version."""
        return self._keys(name, version).cipher

    def mac(self, name: str, version: int) -> Mac:
        """Give the MAC of a version."""
        return self._keys(name, version).mac

    def _keys(self, name: str, version: int) -> VersionKeys:
        found = self._opened.get((name, version))
        if found is None:
            with self._lock:
                found = self._read(name, version)
                self._opened[name, version] = found
        return found

    def _read(self, name: str, version: int) -> VersionKeys:
        path = self._path(name, version)
        try:
            check_closed(path, 0o077)
            wrapped = path.read_bytes()
        except FileNotFoundError:
            raise KeyMissing.named(name, version) from None
        return self._vault.open(wrapped, _label(name, version))

    def _path(self, name: str, version: int) -> Path:
        return self._folder / f"{name}.{version}.key"


def write_once(folder: Path, name: str, content: bytes) -> None:
    """Write a file, mode 0600, synced before it has its name. Raises ``FileExistsError``.

    Until then it has none, so that a kill leaves no key behind; where the file system knows no such
    files, it has another one.
    """
    if not hasattr(os, "O_TMPFILE"):  # Windows, where no folder can be synced either
        _link_once(folder / name, content)
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        try:
            made = os.open(folder, os.O_WRONLY | os.O_TMPFILE, 0o600)
        except OSError:
            with tempfile.NamedTemporaryFile(dir=folder, prefix=".new-") as written:
                _write(written.fileno(), content)
                os.link(written.name, name, dst_dir_fd=opened)
        else:
            try:
                _write(made, content)
                os.link(f"/proc/self/fd/{made}", name, dst_dir_fd=opened, follow_symlinks=True)
            finally:
                os.close(made)
        os.fsync(opened)
    finally:
        os.close(opened)


def _link_once(path: Path, content: bytes) -> None:
    descriptor, made = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            _write(file.fileno(), content)
        os.link(made, path)
    finally:
        Path(made).unlink()


def _write(descriptor: int, content: bytes) -> None:
    os.write(descriptor, content)
    os.fsync(descriptor)


def _label(name: str, version: int) -> str:
    return f"data-key/1:{name}:{version}"


def data_key_label(file: str) -> bytes | None:
    """Give the label under which the data key in a file of that name is wrapped, if it is one."""
    found = _FILE.fullmatch(file)
    return _label(found[1], int(found[2])).encode() if found else None


def check_closed(path: Path, mask: int) -> None:
    """Raise ``KeyRejected`` if others can read ``path``, or it is somebody else's.

    Windows keeps no such bits: there a key lies in the folder of the user's profile, which Windows
    opens to that user, the system and administrators alone.
    """
    found = path.stat()
    if hasattr(os, "geteuid"):
        exposed = bool(found.st_mode & mask) or found.st_uid != os.geteuid()
    else:
        exposed = not path.resolve().is_relative_to(Path.home().resolve())
    if exposed:
        raise KeyRejected((Violation("crypto.key_exposed", data={"file": path.name}),))


def _check_outside(path: Path) -> None:
    if any((parent / ".git").exists() for parent in path.resolve().parents):
        raise KeyRejected((Violation("crypto.key_exposed", data={"file": path.name}),))


def create_master_key(path: Path, randomness: Randomness) -> None:
    """Write a new master key, mode 0600.

    Raises ``FileExistsError``; ``KeyRejected`` inside of a repository.
    """
    write_master_key(path, randomness.token(MASTER_SIZE))


def write_master_key(path: Path, key: bytes) -> None:
    """Write a master key that is not there yet. Raises as ``create_master_key`` does."""
    _check_outside(path)
    write_once(path.parent, path.name, key.hex().encode("ascii") + b"\n")


def read_master_key(path: Path) -> bytes:
    """Read the master key, hex in a file that only this account reads, outside any repository.

    Raises ``KeyRejected`` for an exposed or malformed file.
    """
    _check_outside(path)
    check_closed(path, 0o177)
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != MASTER_SIZE:
        raise KeyRejected((Violation("crypto.key_size", data={"size": MASTER_SIZE}),))
    return key
