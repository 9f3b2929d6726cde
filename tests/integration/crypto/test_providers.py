import importlib.util
import itertools
from collections.abc import Callable

import gmalg
import pytest

from adapters.crypto import libcrypto, new_private_key, open_algorithms, sm2
from adapters.crypto.providers import GmsslAlgorithms, OpensslAlgorithms, PyxAlgorithms
from supervision_core.kernel.crypto import Algorithms, AlgorithmUnavailable
from supervision_core.kernel.ports import Randomness
from supervision_core.testing.crypto import AlgorithmsContract

HAS_PYX = importlib.util.find_spec("gmssl_pyx") is not None
MAKERS: dict[str, Callable[[Randomness], Algorithms]] = {
    "openssl": lambda _: OpensslAlgorithms(),
    "gmssl": GmsslAlgorithms,
    **({"gmssl_pyx": PyxAlgorithms} if HAS_PYX else {}),
}


class TestOpenssl(AlgorithmsContract):
    """The contract, on OpenSSL."""

    @pytest.fixture
    def algorithms(self) -> Algorithms:
        """Give the provider."""
        return OpensslAlgorithms()


@pytest.mark.skipif(not HAS_PYX, reason="gmssl-pyx is optional")
class TestPyx(AlgorithmsContract):
    """The contract, on gmssl-pyx."""

    @pytest.fixture
    def algorithms(self, randomness: Randomness) -> Algorithms:
        """Give the provider."""
        return PyxAlgorithms(randomness)


class TestGmssl(AlgorithmsContract):
    """The contract, on the hardened gmssl: flips thinned out, every kind kept."""

    stride = 7

    @pytest.fixture
    def algorithms(self, randomness: Randomness) -> Algorithms:
        """Give the provider."""
        return GmsslAlgorithms(randomness)


@pytest.mark.parametrize(("first", "second"), list(itertools.permutations(MAKERS, 2)))
def test_each_reads_what_the_other_writes(first: str, second: str, randomness: Randomness) -> None:
    """Signatures, ciphertexts, tags and keys are the same to every provider."""
    one, other = MAKERS[first](randomness), MAKERS[second](randomness)
    private = new_private_key(randomness)
    public = one.public_key(private)
    assert public == other.public_key(private)
    other.verifier(public, b"id").verify(b"m", one.signer(private, b"id").sign(b"m"))
    assert other.decryptor(private).decrypt(one.encryptor(public).encrypt(b"secret")) == b"secret"
    key = randomness.token(16)
    nonce = randomness.token(12)
    assert one.cipher(key).seal(nonce, b"p" * 33, b"a") == other.cipher(key).seal(
        nonce, b"p" * 33, b"a"
    )
    nonce = randomness.token(16)
    assert one.cbc(key, key).seal(nonce, b"p", b"a") == other.cbc(key, key).seal(nonce, b"p", b"a")
    assert one.mac(b"k" * 99).tag(b"m") == other.mac(b"k" * 99).tag(b"m")


@pytest.mark.parametrize("name", MAKERS)
def test_an_implementation_nobody_here_wrote_agrees(name: str, randomness: Randomness) -> None:
    """Gmalg verifies and decrypts what each provider makes, and the other way round."""
    algorithms = MAKERS[name](randomness)
    private = new_private_key(randomness)
    public = algorithms.public_key(private)
    oracle = gmalg.SM2(private, b"1234567812345678", public)
    r, s = sm2.read_signature(algorithms.signer(private).sign(b"m"))
    assert oracle.verify(b"m", r.to_bytes(32, "big"), s.to_bytes(32, "big"))
    raw = b"".join(part.rjust(32, b"\0") for part in oracle.sign(b"m"))  # it drops leading zeros
    algorithms.verifier(public).verify(b"m", raw)
    sealed = algorithms.encryptor(public).encrypt(b"secret")
    assert oracle.decrypt(sm2.read_ciphertext(sealed).raw()) == b"secret"
    assert algorithms.decryptor(private).decrypt(oracle.encrypt(b"secret")) == b"secret"


def test_the_default_is_openssl(randomness: Randomness) -> None:
    """Nobody has to choose; each of the others is taken by its name."""
    assert open_algorithms(randomness).name == "openssl"
    for name in MAKERS:
        assert open_algorithms(randomness, name).name == name


@pytest.mark.skipif(not HAS_PYX, reason="gmssl-pyx is optional")
def test_a_library_without_sm2_is_refused_and_replaced(
    randomness: Randomness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where libcrypto has no SM2, gmssl-pyx serves; asked for by name, OpenSSL refuses."""
    monkeypatch.setattr(libcrypto, "_loaded", lambda: "libm.so.6")
    libcrypto.library.cache_clear()
    try:
        assert open_algorithms(randomness).name == "gmssl_pyx"
        with pytest.raises(AlgorithmUnavailable, match=r"crypto\.algorithm_unavailable"):
            open_algorithms(randomness, "openssl")
    finally:
        monkeypatch.undo()
        libcrypto.library.cache_clear()
