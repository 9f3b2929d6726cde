"""The product's calls against the library called directly, and against gmssl, in one run.

    python -m benchmarks.crypto [--seconds 0.1]

Direct and product calls alternate; each figure is the best of five rounds, one thread. A field is
compared with the same text protected by hand: nonce, SM4-GCM, base64; a row with
`json.dumps` and HMAC.
"""

import argparse
import base64
import hashlib
import hmac
import json
import os
import sys
import time
from collections.abc import Callable

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from gmssl import sm3, sm4
from gmssl.sm2 import CryptSM2

from adapters.crypto.libcrypto import LibcryptoPrivate, LibcryptoPublic
from adapters.crypto.providers import OpensslAlgorithms
from adapters.system import SystemRandomness
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.sealing import FieldCipher, Place, RowSeal
from supervision_core.testing.crypto import MemoryKeys

ROUNDS = 5
WANTED = 1.5
Call = Callable[[], object]


def rate(call: Call, seconds: float) -> float:
    """Give calls a second."""
    count, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < seconds:
        for _ in range(8):
            call()
        count += 8
    return count / spent


def cases() -> dict[str, tuple[Call, Call, Call | None]]:
    """Give product, direct and gmssl calls by name."""
    algorithms, randomness = OpensslAlgorithms(), SystemRandomness()
    key, private, row = b"k" * 16, b"\x11" * 32, os.urandom(256)
    text, place = "450103199001010016", Place("officer", "id_number", "o-00000001")
    digest, mac, cipher = algorithms.digest(), algorithms.mac(key), algorithms.cipher(key)
    signer, decryptor = algorithms.signer(private), algorithms.decryptor(private)
    verifier = algorithms.verifier(signer.public_key)
    encryptor = algorithms.encryptor(signer.public_key)
    sealed, signed = encryptor.encrypt(row[:32]), signer.sign(row)
    bare_private = LibcryptoPrivate(private)
    bare_public = LibcryptoPublic(signer.public_key)
    keys = MemoryKeys(algorithms)
    keys.rotate("fields")
    keys.rotate("rows")
    held, held_mac = keys.cipher("fields", 1), keys.mac("rows", 1)
    keys.cipher = lambda name, version: held  # type: ignore[method-assign]  # noqa: ARG005
    keys.mac = lambda name, version: held_mac  # type: ignore[method-assign]  # noqa: ARG005
    fields, seals = FieldCipher(keys, randomness), RowSeal(keys)
    field = fields.seal(text, place)
    grant: dict[str, Json] = {"user": "u-00000001", "role": "lead", "level": 2, "more": "x" * 160}
    algorithm = SM4(key)
    gm = CryptSM2(private.hex(), "", mode=1)
    gm.public_key = signer.public_key[1:].hex()
    gm_signed, gm_sealed = gm.sign_with_sm3(row), gm.encrypt(row[:32])
    gm_cipher = sm4.CryptSM4()
    gm_cipher.set_key(key, sm4.SM4_ENCRYPT)
    aad = b"7:officer9:id_number10:o-000000016:fields1:1"

    def direct_seal(plain: bytes) -> bytes:
        nonce = os.urandom(12)
        encryptor = Cipher(algorithm, GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(aad)
        return nonce + encryptor.update(plain) + encryptor.finalize() + encryptor.tag

    def direct_open(body: bytes) -> bytes:
        decryptor = Cipher(algorithm, GCM(body[:12], body[-16:])).decryptor()
        decryptor.authenticate_additional_data(aad)
        return decryptor.update(body[12:-16]) + decryptor.finalize()

    by_hand = base64.urlsafe_b64encode(direct_seal(text.encode()))
    block = direct_seal(row[:64])

    def written() -> bytes:
        return json.dumps(["grant", grant], ensure_ascii=False, sort_keys=True).encode()

    def hashed() -> bytes:
        return hashlib.new("sm3", row).digest()

    def gm_hash() -> str:
        return str(sm3.sm3_hash(list(row)))

    e = hashed()
    r_and_s = _numbers(signed)
    return {
        "SM3, 256 bytes": (lambda: digest.digest(row), hashed, gm_hash),
        "HMAC-SM3, 256 bytes": (lambda: mac.tag(row), lambda: hmac.digest(key, row, "sm3"), None),
        "row seal of 4 columns": (
            lambda: seals.of("grant", grant),
            lambda: hmac.digest(key, written(), "sm3").hex(),
            None,
        ),
        "SM4-GCM seal, 64 bytes": (
            lambda: cipher.seal(os.urandom(12), row[:64], aad),
            lambda: direct_seal(row[:64]),
            lambda: gm_cipher.crypt_cbc(key, row[:64]),
        ),
        "SM4-GCM open, 64 bytes": (
            lambda: cipher.open(block[:12], block[12:], aad),
            lambda: direct_open(block),
            None,
        ),
        "field sealed": (
            lambda: fields.seal(text, place),
            lambda: base64.urlsafe_b64encode(direct_seal(text.encode())),
            None,
        ),
        "field opened": (
            lambda: fields.open(field, place),
            lambda: direct_open(base64.urlsafe_b64decode(by_hand)).decode(),
            None,
        ),
        "SM2 sign, 256 bytes": (
            lambda: signer.sign(row),
            lambda: bare_private.sign(e),
            lambda: gm.sign_with_sm3(row),
        ),
        "SM2 verify": (
            lambda: verifier.verify(row, signed),
            lambda: bare_public.verify(e, *r_and_s),
            lambda: gm.verify_with_sm3(gm_signed, row),
        ),
        "SM2 encrypt, 32 bytes": (
            lambda: encryptor.encrypt(row[:32]),
            lambda: bare_public.encrypt(row[:32]),
            lambda: gm.encrypt(row[:32]),
        ),
        "SM2 decrypt": (
            lambda: decryptor.decrypt(sealed),
            lambda: bare_private._key.run("decrypt", len(sealed), sealed),  # noqa: SLF001
            lambda: gm.decrypt(gm_sealed),
        ),
    }


def _numbers(signature: bytes) -> tuple[int, int]:
    size = signature[3]
    first, second = signature[4 : 4 + size], signature[6 + size :]
    return int.from_bytes(first, "big"), int.from_bytes(second, "big")


def main() -> None:
    """Measure, print, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=0.1)
    seconds = parser.parse_args().seconds
    lines = [
        "# Cryptography: calls a second, one thread",
        "",
        "`python -m benchmarks.crypto`; direct is the library itself, called in the same run.",
        "For SM2, direct is the bare libcrypto call through the same ctypes binding.",
        "",
        "| call | product/s | direct/s | direct : product | gmssl/s | product : gmssl |",
        "|---|---|---|---|---|---|",
    ]
    worst = []
    for name, (product, direct, gmssl) in cases().items():
        pairs = [(rate(product, seconds), rate(direct, seconds)) for _ in range(ROUNDS)]
        ours, bare = max(one for one, _ in pairs), max(one for _, one in pairs)
        slow = rate(gmssl, seconds) if gmssl else 0
        beside = f"{slow:,.0f} | {ours / slow:,.0f}" if slow else "- | -"
        lines.append(f"| {name} | {ours:,.0f} | {bare:,.0f} | {bare / ours:.2f} | {beside} |")
        if bare / ours > WANTED:
            worst.append(name)
    lines += ["", f"Above {WANTED}: {', '.join(worst) or 'none'}."]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
