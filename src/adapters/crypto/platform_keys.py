"""Where the platform's keys lie, as its environment says, and how they are opened."""

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Self

from attrs import define, frozen

from adapters.crypto.keyring import Keyring
from adapters.crypto.keys import (
    FileKeys,
    MasterKeyVault,
    create_master_key,
    read_master_key,
)
from adapters.crypto.providers import open_algorithms
from adapters.crypto.rewrapping import Rewrapping
from adapters.crypto.sdf import SdfMachine, SdfVault
from adapters.crypto.signing_keys import FileSigningKeys
from supervision_core.kernel.crypto import Algorithms, KeyStore, Signer, Verifier
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.ports import Randomness
from supervision_core.kernel.sealing import KEY_NAMES
from supervision_core.kernel.signing import verifiers

PROVIDERS = ("openssl", "gmssl_pyx", "gmssl")
SDF = "sdf"


@define(eq=False)
class KeysAbsent(Refused):
    """There are no keys where the settings say, and nobody asked to make some."""

    code: ClassVar[str] = "crypto.keys_absent"


@define(eq=False)
class KeySettingsWrong(Refused):
    """The settings of keys cannot be followed."""

    code: ClassVar[str] = "crypto.settings_wrong"


@frozen(kw_only=True)
class PlatformKeys:
    """The data keys, and the key with which the platform signs.

    ``trusted`` maps the id of every key it ever signed with to its verifier.
    """

    store: KeyStore
    signer: Signer
    trusted: Mapping[str, Verifier]
    algorithms: Algorithms

    def rotate(self) -> Mapping[str, int]:
        """Make the next version of every data key; what is written next is under it."""
        return {name: self.store.rotate(name) for name in KEY_NAMES}


@frozen(kw_only=True)
class KeySettings:
    """Where the keys lie and who does the work; a password machine keeps the master key itself."""

    folder: Path
    master: Path
    provider: str = ""
    library: str = ""
    wrapping_key: int = 1
    signing_key: int = 1
    pin_file: str = ""

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """Read ``SUPERVISION_KEYS`` and the other variables. Raises ``KeySettingsWrong``."""
        home = Path.home() / ".supervision"
        made = cls(
            folder=Path(environment.get("SUPERVISION_KEYS") or home / "keys").expanduser(),
            master=Path(
                environment.get("SUPERVISION_MASTER_KEY") or home / "master.key"
            ).expanduser(),
            provider=environment.get("SUPERVISION_CRYPTO", ""),
            library=environment.get("SUPERVISION_SDF_LIBRARY", ""),
            wrapping_key=_whole(environment, "SUPERVISION_SDF_KEK"),
            signing_key=_whole(environment, "SUPERVISION_SDF_SIGN_KEY"),
            pin_file=environment.get("SUPERVISION_SDF_PIN_FILE", ""),
        )
        refuse_if(KeySettingsWrong, made._violations())
        return made

    def _violations(self) -> list[Violation]:
        if self.provider != SDF:
            known = not self.provider or self.provider in PROVIDERS
            data = {"name": self.provider}
            return [] if known else [Violation("crypto.provider_unknown", data=data)]
        needed = {
            "SUPERVISION_SDF_LIBRARY": self.library,
            "SUPERVISION_SDF_PIN_FILE": self.pin_file,
        }
        return [
            Violation("crypto.setting_missing", data={"name": name})
            for name, value in needed.items()
            if not value
        ]

    def there(self) -> bool:
        """Tell whether keys were made here."""
        keys = self.folder.is_dir() and any(self.folder.glob("*.key"))
        return keys and (self.provider == SDF or self.master.exists())

    def check(self) -> None:
        """Raise ``KeysAbsent`` unless keys were made here."""
        if not self.there():
            data = {"folder": str(self.folder), "master": str(self.master)}
            raise KeysAbsent((Violation(KeysAbsent.code, data=data),))

    def make(self, randomness: Randomness) -> None:
        """Make what is missing of master key, data keys and signing key.

        Raises ``KeysAbsent`` where data keys lie without the master key that opens them: a new one
        would only hide the loss.
        """
        if self.provider != SDF and not self.master.exists():
            if self.folder.is_dir() and any(self.folder.glob("*.key")):
                self.check()
            self.master.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            create_master_key(self.master, randomness)
        if self.provider == SDF:
            store: KeyStore = FileKeys(self.folder, SdfVault(self._machine(), self.wrapping_key))
        else:
            _, store, signing = self._files(randomness)
            if not signing.versions():
                signing.rotate()
        for name in KEY_NAMES:
            if not store.versions(name):
                store.rotate(name)

    def open(self, randomness: Randomness) -> PlatformKeys:
        """Open them. Raises ``KeysAbsent``, ``KeyRejected``, ``Tampered``, ``DeviceFailed``."""
        self.check()
        if self.provider == SDF:
            machine = self._machine()
            pin = Path(self.pin_file).read_text("utf-8").strip().encode()
            signer = machine.signer(self.signing_key, pin)
            algorithms = open_algorithms(randomness)
            return PlatformKeys(
                store=FileKeys(self.folder, SdfVault(machine, self.wrapping_key)),
                signer=signer,
                trusted=verifiers(machine.verifier(signer.public_key)),
                algorithms=algorithms,
            )
        algorithms, store, signing = self._files(randomness)
        return PlatformKeys(
            store=store, signer=signing.signer(), trusted=signing.trusted(), algorithms=algorithms
        )

    def signing_keys(self, randomness: Randomness) -> FileSigningKeys:
        """Give the signing keys in files, to make the next version.

        Raises ``KeySettingsWrong`` where a password machine keeps them.
        """
        self._require_files()
        return self._files(randomness)[2]

    def rewrap(self, master: Path, randomness: Randomness) -> int:
        """Wrap every key under the master key in ``master``, made if there is none.

        Tells how many keys there are. Once it is done the old master key opens nothing. Broken off
        at any moment, all keys open under one of the two, and the same again ends it. Raises
        ``KeySettingsWrong``, ``KeyRejected``, ``Tampered``, ``KeysAbsent``.
        """
        self._require_files()
        self.check()
        if not master.exists():
            master.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            create_master_key(master, randomness)
        algorithms = open_algorithms(randomness, self.provider)
        rewrapping = Rewrapping(
            folder=self.folder.resolve(),
            old=algorithms.cipher(read_master_key(self.master)),
            new=algorithms.cipher(read_master_key(master)),
            randomness=randomness,
        )
        return rewrapping.run()

    def pack(self) -> bytes:
        """Give all keys as one piece, the master key among them unless a machine keeps it.

        Whoever holds it holds everything: it is made only to be sealed at once.
        """
        self.check()
        return Keyring.read(self.folder, self._master_file()).packed()

    def unpack(self, content: bytes) -> int:
        """Put keys that were packed where the settings say; tell how many files there are.

        What is there already must be the same; broken off, the same again ends it. Raises
        ``KeysDiffer``, ``KeyRejected``; then nothing was written.
        """
        return Keyring.unpacked(content).write(self.folder, self._master_file())

    def _master_file(self) -> Path | None:
        return None if self.provider == SDF else self.master

    def _require_files(self) -> None:
        if self.provider == SDF:
            raise KeySettingsWrong((Violation("crypto.keys_in_machine"),))

    def _machine(self) -> SdfMachine:
        return SdfMachine.open(Path(self.library))

    def _files(self, randomness: Randomness) -> tuple[Algorithms, KeyStore, FileSigningKeys]:
        algorithms = open_algorithms(randomness, self.provider)
        master = read_master_key(self.master)
        store = FileKeys(self.folder, MasterKeyVault(algorithms, randomness, master))
        cipher = algorithms.cipher(master)
        return algorithms, store, FileSigningKeys(self.folder, cipher, algorithms, randomness)


def _whole(environment: Mapping[str, str], name: str) -> int:
    text = environment.get(name) or "1"
    if not text.isdecimal():
        raise KeySettingsWrong((Violation("crypto.setting_missing", data={"name": name}),))
    return int(text)
