import pytest
from tests.yardstick import counts

from adapters.crypto.passwords import (
    LEAST_ROUNDS,
    ROUNDS,
    Derive,
    Sm3PasswordHashes,
    derive_by_cryptography,
    derive_by_hashlib,
)
from supervision_core.identity.ports import PasswordHashes
from supervision_core.kernel.ports import Randomness
from supervision_core.testing.login import PasswordHashesContract, PlainPasswordHashes

DERIVES = {"hashlib": derive_by_hashlib, "cryptography": derive_by_cryptography}
KNOWN = "pbkdf2-sm3$4096$c2FsdHNhbHRzYWx0c2FsdA==$"


@pytest.fixture(params=["hashlib", "cryptography", "plain"])
def hashes(request: pytest.FixtureRequest, randomness: Randomness) -> PasswordHashes:
    """Give each way to derive, with few rounds, and the one that tests use."""
    if request.param == "plain":
        return PlainPasswordHashes()
    return Sm3PasswordHashes(randomness, rounds=10, derive=DERIVES[request.param])


class TestPasswordHashes(PasswordHashesContract):
    """Both ways to derive, and the fake, obey one contract."""


@pytest.mark.parametrize("derive", DERIVES.values(), ids=DERIVES)
def test_both_libraries_derive_alike(derive: Derive, randomness: Randomness) -> None:
    """A hash made on one machine matches on another, with the rounds that it tells."""
    one = Sm3PasswordHashes(randomness, rounds=1000)
    other = Sm3PasswordHashes(randomness, rounds=7, derive=derive)
    hashed = one.hash("Correct-horse-7")
    assert hashed.startswith("pbkdf2-sm3$1000$")
    assert other.matches("Correct-horse-7", hashed)
    assert not other.matches("Correct-horse-8", hashed)
    assert not other.matches("Correct-horse-7", hashed.replace("$1000$", "$1001$"))


def test_the_usual_rounds_are_many_and_quick_enough(randomness: Randomness) -> None:
    """At least 210,000 rounds; a guess takes less than the 0.6 s that a log-in may.

    The best of five, on a processor that counts to five million in a sixth of a second: a slow or
    busy machine is no fault of the rounds.
    """
    assert ROUNDS >= LEAST_ROUNDS
    hashes = Sm3PasswordHashes(randomness)
    hashed = hashes.hash("Correct-horse-7")
    matching = list[bool]()
    cost = counts(lambda: matching.append(hashes.matches("Correct-horse-7", hashed)), turns=5)
    assert matching == [True] * 5
    assert cost < 3.6
