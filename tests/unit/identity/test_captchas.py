import re
from datetime import datetime, timedelta

import pytest
from attrs import define

from adapters.crypto.providers import OpensslAlgorithms
from adapters.memory.identity import IDENTITY_PORTS
from adapters.memory.unit import MemoryStore, MemoryTransactions
from adapters.system import SystemRandomness
from supervision_core.identity.ports import CaptchaGiven, CaptchaPictures
from supervision_core.identity.services.captchas import SIGNS, SealedCaptchas
from supervision_core.kernel.ports import Clock
from supervision_core.kernel.sealing import FieldCipher
from supervision_core.testing.crypto import MemoryKeys
from supervision_core.testing.identity import NOON
from supervision_core.testing.login import CaptchasContract, Solver

DIGITS = "零一二三四五六七八九"


@define
class Moving(Clock):
    """Goes when told."""

    at: datetime = NOON

    def now(self) -> datetime:
        """Give the moment."""
        return self.at

    def go(self, **by: float) -> None:
        """Go on, or back."""
        self.at += timedelta(**by)


class ClearPictures(CaptchaPictures):
    """Shows the signs themselves."""

    def draw(self, signs: str) -> bytes:
        """Write them."""
        return signs.encode()


def number(spoken: str) -> int:
    """Read a number from 2 to 19."""
    tens = 10 if spoken.startswith("十") else 0
    ones = spoken.removeprefix("十")
    return tens + (DIGITS.index(ones) if ones else 0)


def solve(given: CaptchaGiven) -> str:
    """Read the picture, or do the sum."""
    if given.picture:
        return given.picture.decode()
    first, second = re.findall("[十零一二三四五六七八九]+(?=加|等)", given.question)
    return str(number(first) + number(second))


@pytest.fixture
def solver() -> Solver:
    """Give captchas whose pictures can be read."""
    keys = MemoryKeys(OpensslAlgorithms())
    keys.rotate("fields")
    clock, randomness = Moving(), SystemRandomness()
    captchas = SealedCaptchas(
        transactions=MemoryTransactions(MemoryStore(), IDENTITY_PORTS),
        clock=clock,
        randomness=randomness,
        fields=FieldCipher(keys, randomness),
        pictures=ClearPictures(),
    )
    return Solver(captchas, clock, solve)


class TestSealedCaptchas(CaptchasContract):
    """What holds for all captchas."""


def test_a_ticket_tells_nothing_of_its_answer(solver: Solver) -> None:
    """Nobody reads the answer in the ticket without the key; none is like another."""
    given = [solver.captchas.issue() for _ in range(200)]
    assert len({one.ticket for one in given}) == 200
    assert not any(solve(one) in one.ticket for one in given)
    shown = {sign for one in given for sign in solve(one)}
    assert shown == set(SIGNS)
    assert {len(solve(one)) for one in given} == {5}
