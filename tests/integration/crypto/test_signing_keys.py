import subprocess
from pathlib import Path

import pytest

from adapters.crypto.providers import OpensslAlgorithms
from adapters.crypto.signing_keys import FileSigningKeys, read_public_key, write_public_key
from adapters.system import SystemRandomness
from supervision_core.kernel.crypto import KeyMissing, KeyRejected, Tampered

ALGORITHMS = OpensslAlgorithms()


def keys(folder: Path, master: bytes = bytes(16)) -> FileSigningKeys:
    """Give the keys of a folder."""
    return FileSigningKeys(folder, ALGORITHMS.cipher(master), ALGORITHMS, SystemRandomness())


def test_the_newest_signs_and_all_verify(tmp_path: Path) -> None:
    """After a rotation the new key signs, and the public half of the old one is still given."""
    kept = keys(tmp_path / "keys")
    assert kept.versions("audit") == []
    assert [kept.rotate("audit"), kept.rotate("audit"), kept.rotate("draws")] == [1, 2, 1]
    again = keys(tmp_path / "keys")
    old, new = again.public_keys("audit")
    signer = again.signer("audit")
    assert signer.public_key == new != old
    ALGORITHMS.verifier(new).verify(b"m", signer.sign(b"m"))


def test_the_private_half_is_wrapped(tmp_path: Path) -> None:
    """Under another master key, another name or changed, it does not open; it is never in clear."""
    kept = keys(tmp_path / "keys")
    kept.rotate("audit")
    file = tmp_path / "keys" / "audit.1.sm2"
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Tampered):
        keys(tmp_path / "keys", b"\x01" * 16).signer("audit")
    (tmp_path / "keys" / "draws.1.sm2").write_bytes(file.read_bytes())
    with pytest.raises(Tampered):
        kept.signer("draws")
    wrapped = file.read_bytes()
    for at in range(len(wrapped)):
        changed = bytearray(wrapped)
        changed[at] ^= 1
        file.write_bytes(changed)
        with pytest.raises(Tampered):
            kept.signer("audit")


def test_what_is_absent_or_open_is_refused(tmp_path: Path) -> None:
    """No key of that name, a folder that others enter, a name that is none."""
    kept = keys(tmp_path / "keys")
    with pytest.raises(KeyMissing):
        kept.signer("audit")
    with pytest.raises(KeyRejected):
        kept.rotate("../audit")
    (tmp_path / "open").mkdir(mode=0o755)
    with pytest.raises(KeyRejected):
        keys(tmp_path / "open")


def test_the_public_half_is_read_by_openssl(tmp_path: Path) -> None:
    """Auditors take the PEM file; OpenSSL reads it as an SM2 key, and so do we, from PEM or hex."""
    kept = keys(tmp_path / "keys")
    kept.rotate("audit")
    pem = tmp_path / "keys" / "audit.1.pem"
    shown = subprocess.run(  # noqa: S603 - the system's OpenSSL
        ["openssl", "pkey", "-pubin", "-in", str(pem), "-noout", "-text"],  # noqa: S607 - as above
        capture_output=True,
        text=True,
        check=True,
    )
    assert "SM2" in shown.stdout
    (public,) = kept.public_keys("audit")
    assert read_public_key(write_public_key(public)) == read_public_key(public.hex()) == public


@pytest.mark.parametrize(
    "text",
    [
        "",
        "04",
        "zz",
        "04" + "00" * 64,
        "-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----\n",
    ],
)
def test_what_is_no_public_key_is_refused(text: str) -> None:
    """Too short, no hex, off the curve, another kind of key."""
    with pytest.raises(KeyRejected):
        read_public_key(text)
