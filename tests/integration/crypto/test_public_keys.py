import subprocess
from pathlib import Path

import pytest

from adapters.crypto.providers import OpensslAlgorithms
from adapters.crypto.public_keys import read_public_key, write_public_key
from supervision_core.kernel.crypto import KeyRejected

PUBLIC = OpensslAlgorithms().public_key((5).to_bytes(32, "big"))
OTHER_KIND = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"


def test_what_is_written_is_read_by_openssl(tmp_path: Path) -> None:
    """Auditors take a PEM file; OpenSSL reads it as an SM2 key, and so do we, from PEM or hex."""
    pem = tmp_path / "audit.pem"
    pem.write_text(write_public_key(PUBLIC), encoding="ascii")
    shown = subprocess.run(  # noqa: S603 - the system's OpenSSL
        ["openssl", "pkey", "-pubin", "-in", str(pem), "-noout", "-text"],  # noqa: S607 - as above
        capture_output=True,
        text=True,
        check=True,
    )
    assert "SM2" in shown.stdout
    assert read_public_key(pem.read_text("ascii")) == PUBLIC
    assert read_public_key(f"{PUBLIC.hex()}\n") == PUBLIC


@pytest.mark.parametrize(
    "text",
    ["", "04", "zz", "04" + "00" * 64, OTHER_KIND],
    ids=["nothing", "short", "no-hex", "off-curve", "other-kind"],
)
def test_what_is_no_public_key_is_refused(text: str) -> None:
    """``crypto.key_rejected`` for whatever is no point of the SM2 curve."""
    with pytest.raises(KeyRejected):
        read_public_key(text)
