"""Another master key for all keys in files: done at one stroke, or not at all."""

import ctypes
import os
from collections.abc import Mapping
from pathlib import Path
from shutil import rmtree
from typing import ClassVar, Final

from attrs import define, frozen

from adapters.crypto.keys import check_closed, data_key_label, write_once
from adapters.crypto.signing_keys import signing_key_label
from supervision_core.kernel.crypto import Cipher, Tampered
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.ports import Randomness

_AT_HERE: Final = -100
_EXCHANGE: Final = 2
_PUBLIC: Final = ".pub"


@define(eq=False)
class KeysNotRewrapped(Refused):
    """The master key could not be changed; every key is as it was."""

    code: ClassVar[str] = "crypto.keys_not_rewrapped"


@frozen(kw_only=True)
class Rewrapping:
    """Wraps what lies in ``folder`` anew, in a folder beside it that then takes its place.

    The two exchange their names in one call of the system: whoever looks, whenever the power goes,
    finds all keys under one master key. What is then beside is removed.
    """

    folder: Path
    old: Cipher
    new: Cipher
    randomness: Randomness

    def run(self) -> int:
        """Do it, or end what was broken off; tell how many keys there are.

        Raises ``Tampered`` for keys that neither master key opens, ``KeyRejected`` for keys that
        lie open to others, ``KeysNotRewrapped``.
        """
        if self._beside.exists():  # left by one that was broken off, before or after the exchange
            rmtree(self._beside)
        wrapped = self._wrapped()
        if not self._is_done(wrapped):
            self._prepare(wrapped)
            if self._wrapped() != wrapped:
                rmtree(self._beside)
                raise KeysNotRewrapped((Violation("crypto.keys_changing"),))
            self._exchange()
            rmtree(self._beside)
            _sync(self.folder.parent)
        return len(wrapped)

    @property
    def _beside(self) -> Path:
        return self.folder.with_name(f".{self.folder.name}.rewrapped")

    def _wrapped(self) -> Mapping[str, bytes]:
        return {
            path.name: path.read_bytes()
            for path in sorted(self.folder.iterdir())
            if _label(path.name) is not None
        }

    def _is_done(self, wrapped: Mapping[str, bytes]) -> bool:
        try:
            for name, content in wrapped.items():
                _opened(self.new, name, content)
        except Tampered:
            return False
        return True

    def _prepare(self, wrapped: Mapping[str, bytes]) -> None:
        """Write every key, and the public ones, beside; what is there is opened again."""
        self._beside.mkdir(mode=0o700)
        for name, content in wrapped.items():
            check_closed(self.folder / name, 0o077)
            plain = _opened(self.old, name, content)
            nonce = self.randomness.token(self.new.nonce_size)
            sealed = nonce + self.new.seal(nonce, plain, _label(name) or b"")
            write_once(self._beside, name, sealed)
            if _opened(self.new, name, (self._beside / name).read_bytes()) != plain:
                raise Tampered((Violation(Tampered.code, name),))
        for path in self.folder.glob(f"*{_PUBLIC}"):
            write_once(self._beside, path.name, path.read_bytes())

    def _exchange(self) -> None:
        call = ctypes.CDLL(None, use_errno=True).renameat2
        names = os.fsencode(self._beside), os.fsencode(self.folder)
        if call(_AT_HERE, names[0], _AT_HERE, names[1], _EXCHANGE) != 0:
            rmtree(self._beside)
            data = {"folder": str(self.folder)}
            raise KeysNotRewrapped((Violation("crypto.folder_not_exchanged", data=data),))
        _sync(self.folder.parent)


def _label(name: str) -> bytes | None:
    return data_key_label(name) or signing_key_label(name)


def _opened(master: Cipher, name: str, content: bytes) -> bytes:
    size = master.nonce_size
    return master.open(content[:size], content[size:], _label(name) or b"")


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
