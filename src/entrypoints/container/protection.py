"""The keys of the installation, and the desk at which certificates are handled."""

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from attrs import evolve, frozen
from sqlalchemy import Engine

from adapters.crypto.certificates import read_certificate
from adapters.crypto.key_file import KeyFiles
from adapters.crypto.office import Office
from adapters.crypto.platform_keys import KeySettings, PlatformKeys
from adapters.crypto.providers import open_algorithms
from adapters.crypto.public_keys import read_public_key
from adapters.crypto.signing_keys import FileSigningKeys
from adapters.crypto.sm2 import new_private_key
from adapters.crypto.trust import TrustFolder
from adapters.sql.sealing.key_marks import is_marked
from adapters.system import SystemClock, SystemRandomness
from entrypoints.settings import Settings
from supervision_core.kernel.crypto import Verifier
from supervision_core.kernel.ports import Clock, Randomness
from supervision_core.kernel.sealing import FieldCipher
from supervision_core.kernel.signing import verifiers


def keys_for(engine: Engine, randomness: Randomness, *, make: bool) -> PlatformKeys:
    """Open the keys; make them only where asked to, and never for a database that has its own."""
    settings = KeySettings.read(os.environ)
    if make and not is_marked(engine):
        settings.make(randomness)
    return settings.open(randomness)


def open_keys(*, master: Path | None = None) -> PlatformKeys:
    """Open the keys that the environment names, with another master key where one is given.

    Raises ``KeysAbsent``.
    """
    settings = KeySettings.read(os.environ)
    return evolve(settings, master=master or settings.master).open(SystemRandomness())


def open_signing_keys() -> FileSigningKeys:
    """Open the keys with which the platform signs, to make the next one."""
    return KeySettings.read(os.environ).signing_keys(SystemRandomness())


def rewrap_keys(master: Path) -> int:
    """Put all keys under the master key in ``master``; tell how many they are."""
    return KeySettings.read(os.environ).rewrap(master, SystemRandomness())


def verifiers_of(files: Sequence[Path]) -> Mapping[str, Verifier]:
    """Read public keys and give their verifiers by id. Raises ``KeyRejected``."""
    algorithms = open_algorithms(SystemRandomness())
    keys = (read_public_key(file.read_text("ascii", errors="replace")) for file in files)
    return verifiers(*map(algorithms.verifier, keys))


@frozen(kw_only=True)
class CertificateDesk:
    """What the operator handles certificates with: the authority of one's own, and key files."""

    office: Office
    key_files: KeyFiles
    trust: TrustFolder
    randomness: Randomness
    clock: Clock

    def new_key(self) -> bytes:
        """Draw a private key."""
        return new_private_key(self.randomness)

    def read_public_key(self, path: Path) -> bytes:
        """Read the public half of a key that lies elsewhere (in a UKey)."""
        return read_public_key(path.read_text("ascii"))

    def read_certificate(self, path: Path) -> bytes:
        """Read a certificate; give it as DER."""
        return read_certificate(path.read_bytes()).der

    def answer(
        self, message: bytes, key: Path, certificate: Path, passphrase: str
    ) -> tuple[bytes, bytes]:
        """Do what a UKey does: give the certificate (DER) and the signature of ``message``."""
        signed = self.key_files.signer(key, passphrase).sign(message)
        return self.read_certificate(certificate), signed


def certificate_desk(
    settings: Settings, *, keys: PlatformKeys | None = None, clock: Clock | None = None
) -> CertificateDesk:
    """Give it, with the keys that the environment names unless others are given."""
    randomness, clock = SystemRandomness(), clock or SystemClock()
    found = keys or KeySettings.read(os.environ).open(randomness)
    algorithms = found.algorithms
    fields = FieldCipher(found.store, randomness)
    return CertificateDesk(
        office=Office(settings.authority, settings.trust, fields, algorithms, clock, randomness),
        key_files=KeyFiles(algorithms, randomness),
        trust=TrustFolder(settings.trust, algorithms.verifier),
        randomness=randomness,
        clock=clock,
    )


def revocation_lists(settings: Settings) -> Mapping[str, datetime]:
    """Give until when each list of revoked certificates is good, by the name of its file."""
    algorithms = open_algorithms(SystemRandomness())
    return TrustFolder(settings.trust, algorithms.verifier).lists()
