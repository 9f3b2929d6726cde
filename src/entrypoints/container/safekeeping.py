"""Backups of a folder, and the key in a safe that opens them."""

import os
from collections.abc import Mapping
from pathlib import Path

from adapters.crypto.key_file import KeyFiles, require_long
from adapters.crypto.platform_keys import KeySettings, PlatformKeys
from adapters.crypto.providers import open_algorithms
from adapters.crypto.public_keys import read_public_key, write_public_key
from adapters.crypto.sm2 import new_private_key
from adapters.storage import FolderStore
from adapters.system import SystemRandomness
from entrypoints.backups import BackupList, Backups, Opening, Safe, Seals
from entrypoints.settings import Settings
from supervision_core.files.ports import FileBytes
from supervision_core.kernel.backups import Manifest
from supervision_core.kernel.crypto import Decryptor, Verifier
from supervision_core.kernel.ports import Clock


def backups_in(
    folder: Path,
    keys: PlatformKeys,
    clock: Clock,
    *,
    safe_key: Decryptor | None = None,
    files: FileBytes | None = None,
) -> Backups:
    """Give the backups of a folder, signed by the platform, sealed as its settings say.

    With a ``safe_key`` they are opened by that; ``files`` is where the bytes of files lie.
    """
    settings = Settings.from_environment(os.environ)
    return Backups(
        store=FolderStore(folder),
        trusted=keys.trusted,
        clock=clock,
        signer=keys.signer,
        seals=Seals(
            keys=keys.store,
            algorithms=keys.algorithms,
            randomness=SystemRandomness(),
            keyring=KeySettings.read(os.environ).pack,
            safe=_safe(settings),
        ),
        safe_key=safe_key,
        files=files,
    )


def _safe(settings: Settings) -> Safe | None:
    if not settings.backup_safe:
        return None
    public_key = read_public_key(Path(settings.backup_safe).expanduser().read_text("ascii"))
    return Safe(public_key=public_key, host_reads=settings.backup_host_reads)


def listed_backups(folder: Path, trusted: Mapping[str, Verifier], clock: Clock) -> BackupList:
    """Give the backups of a folder as whoever knows the platform's public keys sees them."""
    return BackupList(store=FolderStore(folder), trusted=trusted, clock=clock)


def make_safe_key(path: Path, passphrase: str) -> str:
    """Write a new SM2 key, sealed by a passphrase; give its public half as PEM.

    Raises ``FileExistsError``, ``KeyRejected``.
    """
    require_long(passphrase)
    randomness = SystemRandomness()
    algorithms = open_algorithms(randomness)
    private_key = new_private_key(randomness)
    KeyFiles(algorithms, randomness).write(path, private_key, passphrase)
    return write_public_key(algorithms.public_key(private_key))


def open_safe_key(path: Path, passphrase: str) -> Decryptor:
    """Open the private half of a safe's key. Raises ``KeyRejected``."""
    randomness = SystemRandomness()
    return KeyFiles(open_algorithms(randomness), randomness).decryptor(path, passphrase)


def take_keyring(manifest: Manifest, safe_key: Decryptor) -> None:
    """Put the keys of the installation, out of a backup, where the environment says.

    Raises ``BackupLocked``, ``BackupDamaged``, ``KeysDiffer``.
    """
    opening = Opening(manifest, None, open_algorithms(SystemRandomness()), safe_key)
    KeySettings.read(os.environ).unpack(opening.keyring())
