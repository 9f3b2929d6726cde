"""The platform's own SM2 keys in files, wrapped like the data keys beside which they lie."""

import re
from collections.abc import Mapping
from pathlib import Path

from adapters.crypto.keys import check_closed, write_once
from adapters.crypto.sm2 import new_private_key
from supervision_core.kernel.crypto import Algorithms, Cipher, KeyMissing, Signer, Verifier
from supervision_core.kernel.ports import Randomness
from supervision_core.kernel.signing import verifiers

_FILE = re.compile(r"audit\.([1-9][0-9]{0,8})\.sm2")


class FileSigningKeys:
    """``audit.<version>.sm2``, wrapped, and its public key in clear.

    The newest signs checkpoints, draw proofs and manifests; every version is trusted. The public
    key, hex of ``04 ‖ x ‖ y`` in ``audit.<version>.pub``, is for auditors to take away.
    """

    def __init__(
        self, folder: Path, master: Cipher, algorithms: Algorithms, randomness: Randomness
    ) -> None:
        """Wrap under ``master`` what lies in ``folder``."""
        self._folder, self._master = folder, master
        self._algorithms, self._randomness = algorithms, randomness

    def versions(self) -> list[int]:
        """Give the versions, ascending."""
        found = (_FILE.fullmatch(entry.name) for entry in self._folder.iterdir())
        return sorted(int(one[1]) for one in found if one)

    def rotate(self) -> int:
        """Make the next version, durably, and give its number."""
        while True:
            version = max(self.versions(), default=0) + 1
            private = new_private_key(self._randomness)
            nonce = self._randomness.token(self._master.nonce_size)
            wrapped = nonce + self._master.seal(nonce, private, _label(version))
            try:
                write_once(self._folder, f"audit.{version}.sm2", wrapped)
            except FileExistsError:  # another process was quicker
                continue
            public = self._algorithms.public_key(private)
            write_once(self._folder, f"audit.{version}.pub", public.hex().encode() + b"\n")
            return version

    def signer(self) -> Signer:
        """Give the signer of the newest version. Raises ``KeyMissing``, ``Tampered``."""
        found = self.versions()
        if not found:
            raise KeyMissing.named("audit", 1)
        return self._signer(found[-1])

    def trusted(self) -> Mapping[str, Verifier]:
        """Give the verifiers of all versions, by the id of their key."""
        publics = (self._signer(one).public_key for one in self.versions())
        return verifiers(*map(self._algorithms.verifier, publics))

    def _signer(self, version: int) -> Signer:
        path = self._folder / f"audit.{version}.sm2"
        check_closed(path, 0o077)
        wrapped, size = path.read_bytes(), self._master.nonce_size
        private = self._master.open(wrapped[:size], wrapped[size:], _label(version))
        return self._algorithms.signer(private)


def _label(version: int) -> bytes:
    return f"signing-key/1:audit:{version}".encode()


def signing_key_label(file: str) -> bytes | None:
    """Give the label under which the key in a file of that name is wrapped, if it is one."""
    found = _FILE.fullmatch(file)
    return _label(int(found[1])) if found else None
