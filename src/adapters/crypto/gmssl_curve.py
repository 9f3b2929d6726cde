"""The curve of the pure-Python gmssl, with secret multiplications blinded.

gmssl multiplies in a time that tells the weight of the scalar. Here a secret scalar is split into
two random halves, so that what can be timed says nothing about it; it costs twice the time.
"""

from gmssl.sm2 import CryptSM2

from adapters.crypto.sm2 import GX, GY, SIZE, A, N, P, public_bytes
from supervision_core.kernel.ports import Randomness

Point = tuple[int, int] | None
"""Affine coordinates; ``None`` is the point at infinity."""
BASE = (GX, GY)


class GmsslCurve:
    """Points, numbers modulo n, and their products."""

    def __init__(self, randomness: Randomness) -> None:
        """Draw nonces and blindings from ``randomness``, never from gmssl's own source."""
        self._randomness = randomness
        # The public key is never given to the constructor, which strips digits off it.
        self._gmssl = CryptSM2(private_key="", public_key="")

    def number(self) -> int:
        """Draw 1 … n - 1, each with the same chance."""
        while True:
            drawn = int.from_bytes(self._randomness.token(SIZE), "big")
            if 1 <= drawn < N:
                return drawn

    def times(self, scalar: int, point: tuple[int, int]) -> Point:
        """Multiply by a scalar that everybody may know."""
        scalar %= N
        if not scalar:
            return None
        found = self._gmssl._kg(scalar, f"{point[0]:064x}{point[1]:064x}")  # noqa: SLF001
        return int(found[:64], 16), int(found[64:], 16)

    def secret_times(self, scalar: int, point: tuple[int, int]) -> Point:
        """Multiply by a secret scalar."""
        half = self.number()
        return added(self.times(half, point), self.times(scalar - half, point))

    def inverse(self, secret: int) -> int:
        """Invert modulo n."""
        blind = self.number()
        return blind * pow(secret * blind, -1, N) % N

    def public_key(self, private: int) -> bytes:
        """Give the public key of a private number."""
        found = self.secret_times(private, BASE)
        assert found  # noqa: S101 - the number lies in 1 ... n - 2
        return public_bytes(*found)


def added(first: Point, second: Point) -> Point:
    """Add, in every case (gmssl's addition gives nonsense for equal and opposite points)."""
    if first is None or second is None:
        return first or second
    (x1, y1), (x2, y2) = first, second
    if x1 == x2:
        if (y1 + y2) % P == 0:
            return None
        slope = (3 * x1 * x1 + A) * pow(2 * y1, -1, P)
    else:
        slope = (y2 - y1) * pow(x2 - x1, -1, P)
    x = (slope * slope - x1 - x2) % P
    return x, (slope * (x1 - x) - y1) % P
