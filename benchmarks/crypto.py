"""The product's calls against the library called directly, and against gmssl, in one run.

    python -m benchmarks.crypto [--sizes 64 640 6400]

Sizes are bytes; one thread; figures are those of one call. SM2 encrypts keys, of
32 bytes always. A field is compared with the same text protected by hand: nonce, SM4-GCM, base64; a
row with ``json.dumps`` and HMAC. For SM2, direct is the bare libcrypto call through the same ctypes
binding.
"""

import base64
import hashlib
import hmac
import json
import os
import time
from collections.abc import Callable, Iterator
from functools import partial

from benchmarks._measuring import Asked, Case, Sample, measure, timed
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

SECONDS = 0.05
KEY = 32
Call = Callable[[], object]


def one_call(call: Call, seconds: float) -> Sample:
    """Call for so long: what one took."""
    count = 0

    def for_so_long() -> None:
        nonlocal count
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            for _ in range(8):
                call()
            count += 8

    taken = timed(for_so_long)
    return Sample(taken.wall / count, taken.processor / count)


def calls(size: int) -> dict[str, tuple[Call, Call, Call | None]]:
    """Give product, direct and gmssl calls by name."""
    algorithms, randomness = OpensslAlgorithms(), SystemRandomness()
    key, private, row = b"k" * 16, b"\x11" * 32, os.urandom(size)
    text, place = "4" * size, Place("officer", "id_number", "o-00000001")
    digest, mac, cipher = algorithms.digest(), algorithms.mac(key), algorithms.cipher(key)
    signer, decryptor = algorithms.signer(private), algorithms.decryptor(private)
    verifier = algorithms.verifier(signer.public_key)
    encryptor = algorithms.encryptor(signer.public_key)
    sealed, signed = encryptor.encrypt(row[:KEY]), signer.sign(row)
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
    grant: dict[str, Json] = {"user": "u-00000001", "role": "lead", "level": 2, "more": "x" * size}
    algorithm = SM4(key)
    gm = CryptSM2(private.hex(), "", mode=1)
    gm.public_key = signer.public_key[1:].hex()
    gm_signed, gm_sealed = gm.sign_with_sm3(row), gm.encrypt(row[:KEY])
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
    block = direct_seal(row)

    def written() -> bytes:
        return json.dumps(["grant", grant], ensure_ascii=False, sort_keys=True).encode()

    def hashed() -> bytes:
        return hashlib.new("sm3", row).digest()

    def gm_hash() -> str:
        return str(sm3.sm3_hash(list(row)))

    e = hashed()
    r_and_s = _numbers(signed)
    return {
        "SM3": (lambda: digest.digest(row), hashed, gm_hash),
        "HMAC-SM3": (lambda: mac.tag(row), lambda: hmac.digest(key, row, "sm3"), None),
        "四列的行封签": (
            lambda: seals.of("grant", grant),
            lambda: hmac.digest(key, written(), "sm3").hex(),
            None,
        ),
        "SM4-GCM 加密": (
            lambda: cipher.seal(os.urandom(12), row, aad),
            lambda: direct_seal(row),
            lambda: gm_cipher.crypt_cbc(key, row),
        ),
        "SM4-GCM 解密": (
            lambda: cipher.open(block[:12], block[12:], aad),
            lambda: direct_open(block),
            None,
        ),
        "字段加密": (
            lambda: fields.seal(text, place),
            lambda: base64.urlsafe_b64encode(direct_seal(text.encode())),
            None,
        ),
        "字段解密": (
            lambda: fields.open(field, place),
            lambda: direct_open(base64.urlsafe_b64decode(by_hand)).decode(),
            None,
        ),
        "SM2 签名": (
            lambda: signer.sign(row),
            lambda: bare_private.sign(e),
            lambda: gm.sign_with_sm3(row),
        ),
        "SM2 验签": (
            lambda: verifier.verify(row, signed),
            lambda: bare_public.verify(e, *r_and_s),
            lambda: gm.verify_with_sm3(gm_signed, row),
        ),
        "SM2 加密": (
            lambda: encryptor.encrypt(row[:KEY]),
            lambda: bare_public.encrypt(row[:KEY]),
            lambda: gm.encrypt(row[:KEY]),
        ),
        "SM2 解密": (
            lambda: decryptor.decrypt(sealed),
            lambda: bare_private._key.run("decrypt", len(sealed), sealed),  # noqa: SLF001
            lambda: gm.decrypt(gm_sealed),
        ),
    }


def _numbers(signature: bytes) -> tuple[int, int]:
    size = signature[3]
    first, second = signature[4 : 4 + size], signature[6 + size :]
    return int.from_bytes(first, "big"), int.from_bytes(second, "big")


def cases(size: int, asked: Asked) -> Iterator[Case]:
    """Give each call: the library itself, the product, and gmssl where it has it."""
    seconds = 0.001 if asked.small else SECONDS
    for name, (product, direct, gmssl) in calls(size).items():
        found = {"直接调用": direct, "产品": product, **({"gmssl": gmssl} if gmssl else {})}
        ways = {way: partial(one_call, call, seconds) for way, call in found.items()}
        yield Case(name, ways, "直接调用")


if __name__ == "__main__":
    measure(__doc__, cases, sizes=(64, 640, 6_400), small=(64, 128))
