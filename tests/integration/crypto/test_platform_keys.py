"""The platform's keys, where its environment says: in files or in a password machine."""

import ctypes
from pathlib import Path

import pytest

from adapters.crypto.platform_keys import KeysAbsent, KeySettings, KeySettingsWrong
from adapters.crypto.public_keys import read_public_key
from adapters.crypto.signing_keys import FileSigningKeys
from supervision_core.kernel.crypto import KeyRejected, Tampered
from supervision_core.kernel.ports import Randomness
from supervision_core.kernel.sealing import KEY_NAMES, FieldCipher, Place
from supervision_core.kernel.signing import key_id, sign_document, verify_document
from supervision_core.testing.crypto import flips

HERE = Place("subject", "sealed", "s-1")


def settings(folder: Path, **more: str) -> KeySettings:
    """Give settings of keys in ``folder``."""
    return KeySettings.read(
        {
            "SUPERVISION_KEYS": str(folder / "keys"),
            "SUPERVISION_MASTER_KEY": str(folder / "master.key"),
            **more,
        }
    )


@pytest.mark.parametrize("provider", ["", "openssl", "gmssl_pyx", "gmssl"])
def test_keys_are_made_once_and_open_with_every_provider(
    tmp_path: Path, randomness: Randomness, provider: str
) -> None:
    """What one provider sealed and signed, another opens and verifies: the keys are the same."""
    made = settings(tmp_path, SUPERVISION_CRYPTO=provider)
    with pytest.raises(KeysAbsent):
        made.open(randomness)
    made.make(randomness)
    before = {path.name: path.read_bytes() for path in made.folder.iterdir()}
    made.make(randomness)
    assert {path.name: path.read_bytes() for path in made.folder.iterdir()} == before
    first, second = made.open(randomness), settings(tmp_path).open(randomness)
    sealed = FieldCipher(first.store, randomness).seal("text", HERE)
    assert FieldCipher(second.store, randomness).open(sealed, HERE) == "text"
    signature = sign_document(first.signer, b"content")
    assert verify_document(signature, b"content", second.trusted) == key_id(first.signer.public_key)


def test_data_keys_without_their_master_key_are_refused(
    tmp_path: Path, randomness: Randomness
) -> None:
    """A lost master key is not replaced by a new one, which could open nothing."""
    made = settings(tmp_path)
    made.make(randomness)
    made.master.unlink()
    with pytest.raises(KeysAbsent):
        made.make(randomness)
    assert not made.master.exists()


def test_settings_that_make_no_sense_are_refused(tmp_path: Path) -> None:
    """An unknown provider, a machine without a library, an index that is no number."""
    for more in (
        {"SUPERVISION_CRYPTO": "none"},
        {"SUPERVISION_CRYPTO": "sdf"},
        {"SUPERVISION_SDF_KEK": "one"},
    ):
        with pytest.raises(KeySettingsWrong):
            settings(tmp_path, **more)


def test_a_password_machine_keeps_the_master_key(
    tmp_path: Path, randomness: Randomness, stub: Path, setup: ctypes.CDLL
) -> None:
    """By setting alone: data keys are wrapped in the machine, and its SM2 key signs."""
    assert setup is not None
    pin = tmp_path / "pin"
    pin.write_text("stub-pin\n", encoding="ascii")
    made = settings(
        tmp_path,
        SUPERVISION_CRYPTO="sdf",
        SUPERVISION_SDF_LIBRARY=str(stub),
        SUPERVISION_SDF_PIN_FILE=str(pin),
    )
    made.make(randomness)
    assert not made.master.exists()
    assert {path.name for path in made.folder.iterdir()} == {f"{n}.1.key" for n in KEY_NAMES}
    keys = made.open(randomness)
    fields = FieldCipher(keys.store, randomness)
    sealed = fields.seal("text", HERE)
    keys.rotate()
    assert fields.open(sealed, HERE) == "text"
    assert fields.seal("text", HERE).startswith("sm4$v2$")
    signature = sign_document(keys.signer, b"content")
    assert verify_document(signature, b"content", keys.trusted)


def test_signing_keys_rotate_and_old_signatures_stay_good(
    tmp_path: Path, randomness: Randomness
) -> None:
    """The newest signs, every one is trusted, and the public key lies beside for auditors."""
    made = settings(tmp_path)
    made.make(randomness)
    old = made.open(randomness)
    signing = made.signing_keys(randomness)
    assert signing.rotate() == 2
    new = made.open(randomness)
    assert new.signer.public_key != old.signer.public_key
    text = (made.folder / "audit.2.pub").read_text("ascii")
    assert read_public_key(text) == new.signer.public_key
    for signer in (old.signer, new.signer):
        verify_document(sign_document(signer, b"content"), b"content", new.trusted)


def test_every_changed_byte_of_a_signing_key_is_refused(
    tmp_path: Path, randomness: Randomness
) -> None:
    """Nobody gives the platform a key of his own, or another version's."""
    made = settings(tmp_path)
    made.make(randomness)
    path = made.folder / "audit.1.sm2"
    wrapped = path.read_bytes()
    for spoilt in flips(wrapped):
        path.write_bytes(spoilt)
        with pytest.raises(Tampered):
            made.open(randomness)
    path.unlink()
    other = made.folder / "audit.2.sm2"
    other.write_bytes(wrapped)
    other.chmod(0o600)
    with pytest.raises(Tampered):
        made.open(randomness)
    other.chmod(0o644)
    with pytest.raises(KeyRejected):
        made.open(randomness)
    assert isinstance(made.signing_keys(randomness), FileSigningKeys)
