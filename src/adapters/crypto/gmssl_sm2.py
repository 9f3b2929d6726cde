"""SM2 on the curve of the pure-Python gmssl, with the checks and formats that it leaves out.

Nonces come from the given source, ranges and C3 are checked, an all-zero key stream is drawn
again, and formats are the standard's; what remains gmssl's is the arithmetic and SM3.
"""

from hmac import compare_digest

from adapters.crypto.gmssl_curve import BASE, GmsslCurve, added
from adapters.crypto.gmssl_symmetric import GmsslDigest
from adapters.crypto.sm2 import (
    SIZE,
    Ciphertext,
    N,
    PrivateKey,
    PublicKey,
    private_number,
    public_point,
    signature_der,
)

_HASH = GmsslDigest()


def _stream(shared: bytes, size: int) -> bytes:
    """Derive ``size`` bytes (GB/T 32918.4, 5.4.3)."""
    blocks = range(1, -(-size // SIZE) + 1)
    return b"".join(_HASH.digest(shared + at.to_bytes(4, "big")) for at in blocks)[:size]


def _xored(first: bytes, second: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(first, second, strict=True))


def _joined(point: tuple[int, int]) -> tuple[bytes, bytes]:
    return point[0].to_bytes(SIZE, "big"), point[1].to_bytes(SIZE, "big")


class GmsslPrivate(PrivateKey):
    """A private key."""

    def __init__(self, private_key: bytes, curve: GmsslCurve) -> None:
        """Check the key and compute its public key. Raises ``KeyRejected``."""
        self._number = private_number(private_key)
        self._curve = curve
        self.public_key = curve.public_key(self._number)

    def sign(self, digest: bytes) -> bytes:
        """Give DER."""
        hashed = int.from_bytes(digest, "big")
        inverse = self._curve.inverse(1 + self._number)
        while True:
            nonce = self._curve.number()
            point = self._curve.secret_times(nonce, BASE)
            r = (hashed + point[0]) % N if point else 0
            s = inverse * (nonce - r * self._number) % N
            if r and s and (r + nonce) % N:
                return signature_der(r, s)

    def decrypt(self, sealed: Ciphertext) -> bytes | None:
        """Give the message, or ``None`` where C3 does not fit."""
        shared = self._curve.secret_times(self._number, (sealed.x, sealed.y))
        if shared is None:
            return None
        x, y = _joined(shared)
        stream = _stream(x + y, len(sealed.body))
        plain = _xored(sealed.body, stream)
        fits = compare_digest(_HASH.digest(x + plain + y), sealed.check)
        return plain if fits and any(stream) else None


class GmsslPublic(PublicKey):
    """A public key."""

    def __init__(self, public_key: bytes, curve: GmsslCurve) -> None:
        """Check the key. Raises ``KeyRejected``."""
        self._point = public_point(public_key)
        self.public_key = public_key
        self._curve = curve

    def verify(self, digest: bytes, r: int, s: int) -> bool:
        """Tell whether the signature holds."""
        both = (r + s) % N
        if not both:
            return False
        point = added(self._curve.times(s, BASE), self._curve.times(both, self._point))
        return point is not None and (int.from_bytes(digest, "big") + point[0]) % N == r

    def encrypt(self, plain: bytes) -> bytes:
        """Give DER of GM/T 0009."""
        while True:
            nonce = self._curve.number()
            first = self._curve.secret_times(nonce, BASE)
            shared = self._curve.secret_times(nonce, self._point)
            if first is None or shared is None:
                continue
            x, y = _joined(shared)
            stream = _stream(x + y, len(plain))
            if any(stream):
                check = _HASH.digest(x + plain + y)
                return Ciphertext(*first, check, _xored(plain, stream)).der()
