"""The contract of a provider of SM algorithms: published vectors, and what must be refused.

A provider's tests subclass ``AlgorithmsContract`` and give two fixtures: ``algorithms``, and
``vectors``, the published values (``tests/vectors/sm_vectors.json``). ``stride`` thins the byte
flips out for a slow provider.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from supervision_core.kernel.crypto import (
    Algorithms,
    Cipher,
    KeyMissing,
    KeyRejected,
    KeyStore,
    Mac,
    SignatureInvalid,
    Tampered,
)
from supervision_core.kernel.errors import DomainError

N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
PLAIN = bytes(range(100))
MESSAGE = b"checkpoint 42"


def flips(data: bytes, stride: int = 1) -> Iterator[bytes]:
    """Give copies with one bit of one byte turned, over all bytes."""
    for at in range(0, len(data), stride):
        yield data[:at] + bytes((data[at] ^ 1 << at % 8,)) + data[at + 1 :]


def refuses(error: type[DomainError], call: Callable[..., object], *arguments: Any) -> None:
    """Hold that the call raises ``error``."""
    try:
        call(*arguments)
    except error:
        return
    raise AssertionError(call, arguments)


class AlgorithmsContract:
    """What holds for every provider."""

    stride: ClassVar[int] = 1

    def test_digests_are_the_published_ones(
        self, algorithms: Algorithms, vectors: Mapping[str, Any]
    ) -> None:
        """SM3 gives the examples of GB/T 32905, and never depends on an earlier call."""
        digest = algorithms.digest()
        for _ in range(2):
            for one in vectors["sm3"]:
                assert digest.digest(one["in_ascii"].encode()).hex() == one["out"]

    def test_macs_are_the_published_ones(
        self, algorithms: Algorithms, vectors: Mapping[str, Any]
    ) -> None:
        """HMAC-SM3 gives the published tags and refuses every changed one."""
        for one in vectors["hmac_sm3"]:
            mac = algorithms.mac(bytes.fromhex(one["key_hex"]))
            tag, data = mac.tag(one["in_ascii"].encode()), one["in_ascii"].encode()
            assert tag.hex() == one["out"]
            mac.verify(data, tag)
            for wrong in (*flips(tag, self.stride), tag[:-1], b"", tag + b"\0"):
                refuses(Tampered, mac.verify, data, wrong)

    def test_authenticated_encryption_is_the_published_one(
        self, algorithms: Algorithms, vectors: Mapping[str, Any]
    ) -> None:
        """SM4-GCM gives the example of RFC 8998."""
        for one in vectors["sm4_gcm"]:
            key, nonce, aad, plain, body, tag = (
                bytes.fromhex(one[name]) for name in ("key", "nonce", "aad", "pt", "ct", "tag")
            )
            cipher = algorithms.cipher(key)
            assert cipher.seal(nonce, plain, aad) == body + tag
            assert cipher.open(nonce, body + tag, aad) == plain

    def test_every_changed_byte_of_a_ciphertext_is_refused(self, algorithms: Algorithms) -> None:
        """GCM and CBC with MAC: nonce, body, tag, associated data and length are all bound."""
        for cipher in (algorithms.cipher(b"k" * 16), algorithms.cbc(b"k" * 16, b"m" * 16)):
            holds_every_byte(cipher, self.stride)

    def test_any_length_goes_round(self, algorithms: Algorithms) -> None:
        """Empty, shorter than a block, a block, longer: every length comes back."""
        for cipher in (algorithms.cipher(b"k" * 16), algorithms.cbc(b"k" * 16, b"m" * 16)):
            nonce = b"n" * cipher.nonce_size
            for size in (0, 1, 15, 16, 17, 48):
                assert (
                    cipher.open(nonce, cipher.seal(nonce, PLAIN[:size], b""), b"") == PLAIN[:size]
                )

    def test_short_and_long_keys_are_refused(self, algorithms: Algorithms) -> None:
        """A key that is cut or filled up in silence protects less than it promises."""
        for size in (0, 15, 17, 32):
            refuses(KeyRejected, algorithms.cipher, b"k" * size)
            refuses(KeyRejected, algorithms.cbc, b"k" * size, b"m" * 16)

    def test_the_published_signature_holds(
        self, algorithms: Algorithms, vectors: Mapping[str, Any]
    ) -> None:
        """GB/T 32918: r, s hold raw and as DER, for this message and user id only."""
        one = vectors["sm2_sign"]
        private, message = bytes.fromhex(one["d"]), one["msg_ascii"].encode()
        public = algorithms.public_key(private)
        assert public.hex().upper() == "04" + one["px"] + one["py"]
        raw = bytes.fromhex(one["r"] + one["s"])
        verifier = algorithms.verifier(public)
        verifier.verify(message, raw)
        verifier.verify(message, _der(raw))
        refuses(SignatureInvalid, verifier.verify, message + b"x", raw)
        refuses(SignatureInvalid, algorithms.verifier(public, b"").verify, message, raw)

    def test_every_changed_byte_of_a_signature_is_refused(self, algorithms: Algorithms) -> None:
        """No other spelling of a signature holds either: one signature, one DER, one raw form."""
        signer = algorithms.signer(b"\x11" * 32)
        verifier = algorithms.verifier(signer.public_key)
        made = signer.sign(MESSAGE)
        verifier.verify(MESSAGE, made)
        r, s = _numbers(made)
        raw = r.to_bytes(32, "big") + s.to_bytes(32, "big")
        verifier.verify(MESSAGE, raw)
        for wrong in (
            *flips(made, self.stride),
            *flips(raw, self.stride),
            made + b"\0",
            raw + b"\0",
            raw.hex().encode(),
            made[:-1],
            b"",
            bytes(64),
            _written(r, s + N),
            _written(r + N, s),
            _written(r, s + (1 << 257)),
            _written(0, s),
            _written(r, 0),
            _written(r, N),
            _written(r, N - r),
            _written(r, N - s),
            _long_form(made),
        ):
            refuses(SignatureInvalid, verifier.verify, MESSAGE, wrong)

    def test_a_signature_is_by_its_key_and_user(self, algorithms: Algorithms) -> None:
        """Another key or user id does not verify; the same id does; no two nonces are equal."""
        signer = algorithms.signer(b"\x11" * 32, b"unit-7")
        made = signer.sign(MESSAGE)
        algorithms.verifier(signer.public_key, b"unit-7").verify(MESSAGE, made)
        other = algorithms.public_key(b"\x12" * 32)
        for verifier in (
            algorithms.verifier(signer.public_key),
            algorithms.verifier(other, b"unit-7"),
        ):
            refuses(SignatureInvalid, verifier.verify, MESSAGE, made)
        assert _numbers(made)[0] != _numbers(signer.sign(MESSAGE))[0]

    def test_the_published_ciphertext_opens(
        self, algorithms: Algorithms, vectors: Mapping[str, Any]
    ) -> None:
        """GB/T 32918.5: 04, C1, C3, C2 gives the message."""
        one = vectors["sm2_encrypt"]
        decryptor = algorithms.decryptor(bytes.fromhex(one["d"]))
        sealed = bytes.fromhex(one["c1"] + one["c3"] + one["c2"])
        assert decryptor.decrypt(sealed) == one["msg_ascii"].encode()
        old_order = bytes.fromhex(one["c1"] + one["c2"] + one["c3"])
        refuses(Tampered, decryptor.decrypt, old_order)

    def test_every_changed_byte_of_an_sm2_ciphertext_is_refused(
        self, algorithms: Algorithms
    ) -> None:
        """C1 lies on the curve, C3 is compared, and nothing stands before or behind."""
        decryptor = algorithms.decryptor(b"\x11" * 32)
        sealed = algorithms.encryptor(decryptor.public_key).encrypt(b"amount=0100")
        assert decryptor.decrypt(sealed) == b"amount=0100"
        off_curve = b"\x04" + (1).to_bytes(32, "big") * 2 + bytes(32) + b"c"
        for wrong in (
            *flips(sealed, self.stride),
            sealed + b"\0",
            sealed[:-1],
            b"",
            b"\x04",
            off_curve,
            b"\x04" + bytes(64) + bytes(32) + b"c",
            _long_form(sealed),
        ):
            refuses(Tampered, decryptor.decrypt, wrong)

    def test_the_lengths_of_a_message_end_at_both_sides(self, algorithms: Algorithms) -> None:
        """1 and 255 bytes go round, also a hundred times one; 0 and 256 are an error."""
        decryptor = algorithms.decryptor(b"\x11" * 32)
        encryptor = algorithms.encryptor(decryptor.public_key)
        for size in (*(1 for _ in range(0, 100, self.stride**2)), 255):
            assert decryptor.decrypt(encryptor.encrypt(b"m" * size)) == b"m" * size
        for size in (0, 256):
            try:
                encryptor.encrypt(b"m" * size)
            except ValueError:
                continue
            raise AssertionError(size)

    def test_wrong_keys_are_refused(self, algorithms: Algorithms) -> None:
        """A private key lies in 1 to n - 2; a public one on the curve, uncompressed, whole."""
        for number in (0, N - 1, N, (1 << 256) - 1):
            refuses(KeyRejected, algorithms.signer, number.to_bytes(32, "big"))
        refuses(KeyRejected, algorithms.signer, b"\x01" * 31)
        public = algorithms.public_key(b"\x11" * 32)
        for wrong in (
            *flips(public, 8 * self.stride),
            public[1:],
            public + b"\0",
            b"\x04" + bytes(64),
            b"\x02" + public[1:33],
        ):
            refuses(KeyRejected, algorithms.verifier, wrong)
            refuses(KeyRejected, algorithms.encryptor, wrong)


class KeyStoreContract:
    """What holds for every key store. Fixture ``keys``: an empty one."""

    def test_versions_count_up_and_stay_readable(self, keys: KeyStore) -> None:
        """Rotation makes the next version; what an old one sealed opens for ever."""
        assert list(keys.versions("fields")) == []
        refuses(KeyMissing, keys.current, "fields")
        assert keys.rotate("fields") == 1
        cipher = keys.cipher("fields", 1)
        nonce = b"n" * cipher.nonce_size
        sealed = cipher.seal(nonce, PLAIN, b"here")
        tag = keys.mac("fields", 1).tag(PLAIN)
        assert (keys.rotate("fields"), keys.current("fields")) == (2, 2)
        assert list(keys.versions("fields")) == [1, 2]
        assert keys.cipher("fields", 1).open(nonce, sealed, b"here") == PLAIN
        keys.mac("fields", 1).verify(PLAIN, tag)

    def test_every_version_and_name_has_keys_of_its_own(self, keys: KeyStore) -> None:
        """Nothing opens under another version, or under the same version of another name."""
        for name in ("fields", "fields", "rows"):
            keys.rotate(name)
        cipher = keys.cipher("fields", 1)
        nonce = b"n" * cipher.nonce_size
        sealed = cipher.seal(nonce, PLAIN, b"")
        tag = keys.mac("fields", 1).tag(PLAIN)
        for name, version in (("fields", 2), ("rows", 1)):
            refuses(Tampered, keys.cipher(name, version).open, nonce, sealed, b"")
            refuses(Tampered, keys.mac(name, version).verify, PLAIN, tag)

    def test_an_unknown_version_is_missing(self, keys: KeyStore) -> None:
        """Neither a future version nor another name is made up."""
        keys.rotate("fields")
        refuses(KeyMissing, keys.cipher, "fields", 2)
        refuses(KeyMissing, keys.mac, "rows", 1)


def holds_every_byte(cipher: Cipher, stride: int = 1) -> None:
    """Hold that a cipher binds nonce, ciphertext, tag, associated data and their lengths."""
    nonce, associated = b"n" * cipher.nonce_size, b"table.column.row"
    sealed = cipher.seal(nonce, PLAIN, associated)
    assert cipher.open(nonce, sealed, associated) == PLAIN
    for wrong in (*flips(sealed, stride), sealed[:-1], sealed[:-16], b"", sealed + b"\0"):
        refuses(Tampered, cipher.open, nonce, wrong, associated)
    for wrong in (*flips(associated, stride), b"", associated[:-1], associated + b"\0"):
        refuses(Tampered, cipher.open, nonce, sealed, wrong)
    for wrong in (*flips(nonce, stride), b"", nonce[:-1]):
        refuses(Tampered, cipher.open, wrong, sealed, associated)


class MemoryKeys(KeyStore):
    """A key store in memory, for tests: keys are derived from name and version."""

    def __init__(self, algorithms: Algorithms) -> None:
        """Start empty."""
        self._algorithms = algorithms
        self._versions: dict[str, int] = {}

    def versions(self, name: str) -> Sequence[int]:
        """Give the versions."""
        return range(1, self._versions.get(name, 0) + 1)

    def current(self, name: str) -> int:
        """Give the newest."""
        self._known(name, 1)
        return self._versions[name]

    def rotate(self, name: str) -> int:
        """Make the next."""
        self._versions[name] = self._versions.get(name, 0) + 1
        return self._versions[name]

    def cipher(self, name: str, version: int) -> Cipher:
        """Give the cipher."""
        return self._algorithms.cipher(self._key("cipher", name, version)[:16])

    def mac(self, name: str, version: int) -> Mac:
        """Give the MAC."""
        return self._algorithms.mac(self._key("mac", name, version))

    def _key(self, kind: str, name: str, version: int) -> bytes:
        self._known(name, version)
        return self._algorithms.digest().digest(f"{kind}:{name}:{version}".encode())

    def _known(self, name: str, version: int) -> None:
        if not 1 <= version <= self._versions.get(name, 0):
            raise KeyMissing.named(name, version)


def _wrapped(tag: int, body: bytes) -> bytes:
    return bytes((tag, len(body))) + body


def _integer(number: int) -> bytes:
    return _wrapped(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _written(r: int, s: int) -> bytes:
    return _wrapped(0x30, _integer(r) + _integer(s))


def _der(raw: bytes) -> bytes:
    return _written(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))


def _numbers(signature: bytes) -> tuple[int, int]:
    size = signature[3]
    return int.from_bytes(signature[4 : 4 + size], "big"), int.from_bytes(
        signature[6 + size :], "big"
    )


def _long_form(encoded: bytes) -> bytes:
    """Spell the outer length with one byte more than DER allows."""
    start = 2 + max(encoded[1] - 0x80, 0)
    size = len(encoded) - start
    return encoded[:1] + b"\x82" + size.to_bytes(2, "big") + encoded[start:]
