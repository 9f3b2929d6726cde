import ctypes
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.crypto.keys import FileKeys
from adapters.crypto.providers import OpensslAlgorithms
from adapters.crypto.sdf import (
    DeviceFailed,
    SdfChaining,
    SdfIds,
    SdfMac,
    SdfMachine,
    SdfVault,
    explained,
)
from adapters.crypto.sm2 import private_number
from adapters.crypto.symmetric import CbcThenMac, Sm4Chaining, checked_key
from supervision_core.kernel.crypto import (
    DEFAULT_USER_ID,
    Algorithms,
    Cipher,
    Decryptor,
    Digest,
    Encryptor,
    KeyStore,
    Mac,
    Signer,
    Verifier,
)
from supervision_core.testing.crypto import AlgorithmsContract, KeyStoreContract, holds_every_byte

PIN = b"stub-pin"
KEK = b"kek of the stub!"


class StubAlgorithms(Algorithms):
    """The machine, its administrator putting each key in: what a contract over bytes needs."""

    name = "sdf"

    def __init__(self, machine: SdfMachine, setup: ctypes.CDLL) -> None:
        """Use index 9 for SM2 keys, and the known key-encryption key for the others."""
        self._machine = machine
        self._setup = setup

    def _handle(self, key: bytes) -> ctypes.c_void_p:
        wrapped = Sm4Chaining(KEK).encrypt(bytes(16), checked_key(key))  # one block: as ECB
        return SdfVault(self._machine, 1).take_in(wrapped)

    def digest(self) -> Digest:
        """Give SM3."""
        return self._machine.digest()

    def mac(self, key: bytes) -> Mac:
        """Give HMAC; the stub's keys have 16 bytes, shorter and longer ones are the library's."""
        if len(key) != 16:
            return OpensslAlgorithms().mac(key)
        return SdfMac(self._machine, self._handle(key))

    def cipher(self, key: bytes) -> Cipher:
        """Give GCM."""
        return self._machine.cipher(self._handle(key), self.mac(b"m" * 16))

    def cbc(self, key: bytes, mac_key: bytes) -> Cipher:
        """Give CBC with MAC."""
        return CbcThenMac(SdfChaining(self._machine, self._handle(key)), self.mac(mac_key))

    def public_key(self, private_key: bytes) -> bytes:
        """Give the public key."""
        return self.signer(private_key).public_key

    def signer(self, private_key: bytes, user_id: bytes = DEFAULT_USER_ID) -> Signer:
        """Give the signer."""
        private_number(private_key)
        self._setup.STUB_SetKeyPair(9, private_key)
        return self._machine.signer(9, PIN, user_id)

    def verifier(self, public_key: bytes, user_id: bytes = DEFAULT_USER_ID) -> Verifier:
        """Give the verifier."""
        return self._machine.verifier(public_key, user_id)

    def encryptor(self, public_key: bytes) -> Encryptor:
        """Give the encryptor."""
        return self._machine.encryptor(public_key)

    def decryptor(self, private_key: bytes) -> Decryptor:
        """Give the decryptor."""
        private_number(private_key)
        self._setup.STUB_SetKeyPair(9, private_key)
        return self._machine.decryptor(9, PIN)


class TestMachine(AlgorithmsContract):
    """The contract, on a machine of the edition of 2023."""

    stride = 3

    @pytest.fixture
    def algorithms(self, machine: SdfMachine, setup: ctypes.CDLL) -> Algorithms:
        """Give the provider."""
        return StubAlgorithms(machine, setup)


class TestMachineKeys(KeyStoreContract):
    """The contract of key stores, data keys made and wrapped in the machine."""

    @pytest.fixture
    def keys(self, machine: SdfMachine, tmp_path: Path) -> KeyStore:
        """Give an empty folder's keys."""
        return FileKeys(tmp_path / "keys", SdfVault(machine, 1))


class TestOldMachineKeys(KeyStoreContract):
    """The same, on a machine without authenticated encryption: CBC, then MAC."""

    @pytest.fixture
    def keys(self, old_stub: Path, tmp_path: Path) -> Iterator[KeyStore]:
        """Give an empty folder's keys."""
        ctypes.CDLL(str(old_stub)).STUB_SetKek(1, KEK)
        machine = SdfMachine.open(old_stub)
        yield FileKeys(tmp_path / "keys", SdfVault(machine, 1))
        machine.close()


def test_an_old_machine_binds_every_byte(old_stub: Path, tmp_path: Path) -> None:
    """Without GCM every byte is bound all the same."""
    ctypes.CDLL(str(old_stub)).STUB_SetKek(1, KEK)
    machine = SdfMachine.open(old_stub)
    keys = FileKeys(tmp_path / "keys", SdfVault(machine, 1))
    keys.rotate("fields")
    cipher = keys.cipher("fields", 1)
    assert cipher.nonce_size == 16
    holds_every_byte(cipher)
    machine.close()


def test_machine_and_library_agree(machine: SdfMachine) -> None:
    """What the machine signs and encrypts, OpenSSL verifies and decrypts, and the other way."""
    library, private = OpensslAlgorithms(), b"\x11" * 32
    signer = machine.signer(1, PIN)
    assert signer.public_key == library.public_key(private)
    library.verifier(signer.public_key).verify(b"m", signer.sign(b"m"))
    machine.verifier(signer.public_key).verify(b"m", library.signer(private).sign(b"m"))
    sealed = machine.encryptor(signer.public_key).encrypt(b"secret")
    assert library.decryptor(private).decrypt(sealed) == b"secret"
    sealed = library.encryptor(signer.public_key).encrypt(b"secret")
    assert machine.decryptor(1, PIN).decrypt(sealed) == b"secret"
    assert machine.token(32) != machine.token(32)


@pytest.mark.parametrize(
    ("index", "pin", "value"), [(1, b"wrong", "SDR_PARDENY"), (5, PIN, "SDR_KEYNOTEXIST")]
)
def test_no_right_no_key(machine: SdfMachine, index: int, pin: bytes, value: str) -> None:
    """A wrong PIN and an empty place are told apart, each by the machine's own word."""
    with pytest.raises(DeviceFailed, match=r"crypto\.device_failed") as refused:
        machine.signer(index, pin)
    assert str(refused.value.violations[0].data["value"]).startswith(value)


@pytest.mark.parametrize("value", [0x01000003, 0x01000004, 0x01000010, 0x01FFFFFF])
def test_a_failing_machine_is_never_a_wrong_signature(
    machine: SdfMachine, setup: ctypes.CDLL, value: int
) -> None:
    """Lost connections and broken units are failures to report, not answers to believe."""
    signer = machine.signer(1, PIN)
    verifier = machine.verifier(signer.public_key)
    made = signer.sign(b"m")
    for call in (
        lambda: signer.sign(b"m"),
        lambda: verifier.verify(b"m", made),
        lambda: machine.token(8),
    ):
        setup.STUB_FailNext(value)
        with pytest.raises(DeviceFailed, match=r"crypto\.device_failed") as refused:
            call()
        assert refused.value.violations[0].data["value"] == explained(value)
    verifier.verify(b"m", made)  # and the session goes on


def test_ids_are_settings(stub: Path, setup: ctypes.CDLL) -> None:
    """Vendors differ in the ids of SM2: both kinds serve, a third is refused by the machine."""
    public = OpensslAlgorithms().public_key(b"\x11" * 32)
    made = OpensslAlgorithms().signer(b"\x11" * 32).sign(b"m")
    assert setup.STUB_Sessions() >= 0
    for given, works in ((0x00020100, True), (0x00020200, True), (0x00020300, False)):
        machine = SdfMachine.open(stub, SdfIds(sm2_sign=given))
        if works:
            machine.verifier(public).verify(b"m", made)
        else:
            with pytest.raises(DeviceFailed, match=r"crypto\.device_failed"):
                machine.verifier(public).verify(b"m", made)
        machine.close()


def test_no_library_is_said_so(tmp_path: Path) -> None:
    """A wrong path is refused at opening."""
    with pytest.raises(DeviceFailed, match=r"crypto\.device_failed"):
        SdfMachine.open(tmp_path / "absent.so")
