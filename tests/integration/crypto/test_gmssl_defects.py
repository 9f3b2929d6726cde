import random  # noqa: TID251 - its state is what must not matter

import pytest
from gmssl import func
from gmssl.sm2 import CryptSM2

from adapters.crypto import sm2
from adapters.crypto.gmssl_curve import BASE, GmsslCurve, added
from adapters.crypto.gmssl_sm2 import GmsslPublic
from adapters.crypto.gmssl_symmetric import GmsslBlock, GmsslDigest
from adapters.crypto.providers import GmsslAlgorithms
from adapters.crypto.symmetric import CbcThenMac
from supervision_core.kernel.crypto import SignatureInvalid, Tampered
from supervision_core.kernel.ports import Randomness


class Counted(Randomness):
    """A source that tells what was drawn from it."""

    def __init__(self, source: Randomness) -> None:
        """Draw from ``source``."""
        self._source = source
        self.drawn = 0

    def token(self, size: int) -> bytes:
        """Count and draw."""
        self.drawn += 1
        return self._source.token(size)


def test_nonces_never_come_from_the_foreseeable_source(
    randomness: Randomness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With gmssl's own source stopped and the generator's state fixed, nonces still differ."""

    def stopped(_size: int) -> str:
        raise AssertionError

    monkeypatch.setattr(func, "random_hex", stopped)
    source = Counted(randomness)
    algorithms = GmsslAlgorithms(source)
    signer = algorithms.signer(b"\x11" * 32)
    made = []
    for _ in range(2):
        random.seed(1)
        before = source.drawn
        made.append(signer.sign(b"m"))
        assert source.drawn >= before + 3  # the nonce and two blindings
    assert made[0] != made[1]
    algorithms.encryptor(signer.public_key).encrypt(b"m")


def test_gmssl_itself_has_the_defects(randomness: Randomness) -> None:
    """The negative control: bare gmssl accepts a changed C2 and a signature out of range."""
    algorithms = GmsslAlgorithms(randomness)
    private = b"\x11" * 32
    public = algorithms.public_key(private)
    bare = CryptSM2(private_key=private.hex(), public_key="", mode=1, asn1=True)
    bare.public_key = public[1:].hex()
    sealed = bytearray(bare.encrypt(b"amount=0100"))
    sealed[-4] ^= 0x09  # in C2
    assert bare.decrypt(bytes(sealed)) == b"amount=9100"
    with pytest.raises(Tampered, match=r"crypto\.ciphertext_changed"):
        algorithms.decryptor(private).decrypt(b"\x04" + bytes(sealed))
    r, s = sm2.read_signature(algorithms.signer(private).sign(b"m"))
    beyond = sm2.signature_der(r, s + sm2.N * 2**256)
    assert bare.verify_with_sm3(beyond.hex(), b"m")
    with pytest.raises(SignatureInvalid, match=r"crypto\.signature_malformed"):
        algorithms.verifier(public).verify(b"m", beyond)


def test_keys_that_begin_like_a_prefix_stay_whole(randomness: Randomness) -> None:
    """Of keys with leading digits 0 and 4, which gmssl strips, every one verifies."""
    algorithms = GmsslAlgorithms(randomness)
    seen = 0
    for number in range(1, 400):
        public = added_times(number)
        if public[1] >> 4 in {0, 4}:
            seen += 1
            assert CryptSM2("", public.hex()).public_key != public[1:].hex()
            private = number.to_bytes(32, "big")
            assert algorithms.public_key(private) == public
            algorithms.verifier(public).verify(b"m", algorithms.signer(private).sign(b"m"))
            if seen == 3:
                return
    raise AssertionError


_POINTS: list[tuple[int, int]] = [BASE]


def added_times(number: int) -> bytes:
    """Give number times the base point, by additions alone."""
    while len(_POINTS) < number:
        following = added(_POINTS[-1], BASE)
        assert following
        _POINTS.append(following)
    return sm2.public_bytes(*_POINTS[number - 1])


def test_points_add_in_every_case(randomness: Randomness) -> None:
    """Equal, opposite and infinite points add as they should; blinding changes no product."""
    curve = GmsslCurve(randomness)
    opposite = (sm2.GX, sm2.P - sm2.GY)
    assert added(BASE, opposite) is None
    assert added(None, BASE) == added(BASE, None) == BASE
    assert added(BASE, BASE) == curve.times(2, BASE) == curve.secret_times(2, BASE)
    assert curve.times(0, BASE) is None
    assert curve.times(sm2.N - 1, BASE) == opposite


def test_a_sum_at_infinity_is_no_signature(randomness: Randomness) -> None:
    """A crafted r, s whose point is infinity, or r + s = n, is refused and raises nothing else."""
    curve = GmsslCurve(randomness)
    key = GmsslPublic(sm2.public_bytes(*BASE), curve)  # the key 1: s + (r + s) = 0 mod n
    s = sm2.N // 3
    assert not key.verify(bytes(32), (-2 * s) % sm2.N, s)
    assert not key.verify(bytes(32), sm2.N - s, s)


def test_hashing_leaves_the_input_alone() -> None:
    """Gmssl pads the caller's list; here the same bytes hash the same twice."""
    data = bytearray(b"abc")
    digest = GmsslDigest()
    assert digest.digest(data) == digest.digest(data)  # type: ignore[arg-type]
    assert data == b"abc"


@pytest.mark.parametrize("filling", [b"\x00", b"\x11", b"\x02\x03", b"\xff"])
def test_a_wrong_filling_is_refused(filling: bytes) -> None:
    """Behind a right MAC, the filling is checked byte by byte; the text hello keeps its length."""
    algorithms = GmsslAlgorithms
    key, nonce = b"k" * 16, b"n" * 16
    mac = algorithms.mac(object.__new__(algorithms), key)
    cipher = CbcThenMac(GmsslBlock(key), mac)
    assert cipher.open(nonce, cipher.seal(nonce, b"hello", b""), b"") == b"hello"
    body = GmsslBlock(key).encrypt(nonce, b"x" * (16 - len(filling)) + filling)
    sealed = body + mac.tag(bytes(8) + nonce + body)
    with pytest.raises(Tampered, match=r"crypto\.tag_wrong"):
        cipher.open(nonce, sealed, b"")
