"""SM3 and SM4 of the pure-Python gmssl; HMAC and GCM, which it lacks, built on them.

SM4 by Python lists is not constant in time: choose another provider where strangers compute on
the same machine.
"""

from hmac import compare_digest

from gmssl import sm3, sm4

from adapters.crypto.symmetric import (
    BLOCK,
    GCM_NONCE,
    TAG_SIZE,
    Chaining,
    checked_key,
    checked_nonce,
    tampered,
)
from supervision_core.kernel.crypto import Cipher, Digest, Mac

_HASH_BLOCK = 64
_REDUCTION = 0xE1 << 120


class GmsslDigest(Digest):
    """SM3."""

    def digest(self, data: bytes) -> bytes:
        """Give 32 bytes; gmssl gets a list of its own, because it writes into it."""
        return bytes.fromhex(sm3.sm3_hash(list(data)))


class GmsslMac(Mac):
    """HMAC (RFC 2104) on that SM3."""

    def __init__(self, key: bytes) -> None:
        """Set the key up once."""
        self._hash = GmsslDigest()
        block = (key if len(key) <= _HASH_BLOCK else self._hash.digest(key)).ljust(
            _HASH_BLOCK, b"\0"
        )
        self._inner = bytes(byte ^ 0x36 for byte in block)
        self._outer = bytes(byte ^ 0x5C for byte in block)

    def tag(self, data: bytes) -> bytes:
        """Give 32 bytes."""
        return self._hash.digest(self._outer + self._hash.digest(self._inner + data))

    def verify(self, data: bytes, tag: bytes) -> None:
        """Compare in constant time."""
        if not compare_digest(self.tag(data), tag):
            raise tampered()


class GmsslBlock(Chaining):
    """SM4 of one block, and bare CBC of several."""

    def __init__(self, key: bytes) -> None:
        """Set the key up for both directions; gmssl cuts long keys in silence."""
        self._forth, self._back = sm4.CryptSM4(), sm4.CryptSM4()
        self._forth.set_key(checked_key(key), sm4.SM4_ENCRYPT)
        self._back.set_key(key, sm4.SM4_DECRYPT)

    def block(self, one: bytes) -> bytes:
        """Encrypt one block."""
        return bytes(self._forth.one_round(self._forth.sk, list(one)))

    def encrypt(self, nonce: bytes, blocks: bytes) -> bytes:
        """Encrypt whole blocks, CBC; gmssl's own adds a filling that cannot be turned off."""
        last, out = nonce, []
        for at in range(0, len(blocks), BLOCK):
            last = self.block(_xored(blocks[at : at + BLOCK], last))
            out.append(last)
        return b"".join(out)

    def decrypt(self, nonce: bytes, blocks: bytes) -> bytes:
        """Decrypt whole blocks, CBC."""
        last, out = nonce, []
        for at in range(0, len(blocks), BLOCK):
            one = blocks[at : at + BLOCK]
            out.append(_xored(bytes(self._back.one_round(self._back.sk, list(one))), last))
            last = one
        return b"".join(out)


def _xored(first: bytes, second: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(first, second, strict=False))


def _product(first: int, second: int) -> int:
    """Multiply in GF(2^128) as GCM counts its bits (NIST SP 800-38D, 6.3)."""
    total = 0
    for bit in range(127, -1, -1):
        if second >> bit & 1:
            total ^= first
        first = first >> 1 ^ (_REDUCTION if first & 1 else 0)
    return total


class GmsslGcm(Cipher):
    """GCM (RFC 8998) on that SM4."""

    nonce_size = GCM_NONCE

    def __init__(self, key: bytes) -> None:
        """Set the key up once."""
        self._sm4 = GmsslBlock(key)
        self._point = int.from_bytes(self._sm4.block(bytes(BLOCK)), "big")

    def seal(self, nonce: bytes, plain: bytes, associated: bytes) -> bytes:
        """Give ciphertext and tag."""
        body = self._counted(checked_nonce(nonce, GCM_NONCE), plain)
        return body + self._tag(nonce, body, associated)

    def open(self, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
        """Give the plain bytes only after the tag was found right."""
        if len(nonce) != GCM_NONCE or len(sealed) < TAG_SIZE:
            raise tampered()
        body = sealed[:-TAG_SIZE]
        if not compare_digest(self._tag(nonce, body, associated), sealed[-TAG_SIZE:]):
            raise tampered()
        return self._counted(nonce, body)

    def _counted(self, nonce: bytes, data: bytes) -> bytes:
        count = -(-len(data) // BLOCK)
        stream = b"".join(
            self._sm4.block(nonce + at.to_bytes(4, "big")) for at in range(2, count + 2)
        )
        return _xored(data, stream)

    def _tag(self, nonce: bytes, body: bytes, associated: bytes) -> bytes:
        total = 0
        sizes = (8 * len(associated)).to_bytes(8, "big") + (8 * len(body)).to_bytes(8, "big")
        for part in (associated, body, sizes):
            for at in range(0, len(part), BLOCK):
                one = int.from_bytes(part[at : at + BLOCK].ljust(BLOCK, b"\0"), "big")
                total = _product(total ^ one, self._point)
        mask = self._sm4.block(nonce + b"\0\0\0\1")
        return _xored(total.to_bytes(BLOCK, "big"), mask)
