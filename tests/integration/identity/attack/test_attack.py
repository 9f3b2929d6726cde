"""S2: no sequence of lawful acts by one or two people gives them what nobody handed over.

The suite walks 3,000 steps and puts two holes back; ``nox -s authority-model`` walks 500,000
steps, and puts every hole back for ten seeds, of which nine must find it.
"""

import os
import sys
from collections import Counter
from hashlib import sha256
from math import ceil
from typing import ClassVar, Final

import pytest

from .holes import HOLES, Hole
from .machine import Attack, search
from .oracle import Gained

STEPS: Final = int(os.environ.get("SUPERVISION_ATTACK_STEPS", "3000"))
SEEDS: Final = int(os.environ.get("SUPERVISION_ATTACK_SEEDS", "2"))
PART: Final = 5000
"""Steps of one part of the walk: parts run side by side."""
WITHIN: Final = 60_000
"""Within so many steps a hole must be found."""
QUICK: Final = ("B-everything-for-nothing", "C-by-scope")
FIXED: Final = "fbadf9c8e390e5f2446c856b9aa5182764ad0e52"
"""The commit that fixed the weights of the acts: seeds follow from its name, which nobody chose."""
TEN, NINE = 10, 9


def drawn(use: str, number: int) -> int:
    """Give a seed that could not be known while the weights were still chosen."""
    return int(sha256(f"{FIXED} {use} {number}".encode()).hexdigest()[:8], 16)


def machine() -> type[Attack]:
    """Give a machine that counts for itself."""

    class Counting(Attack):
        counted: ClassVar[Counter[str]] = Counter()

    return Counting


@pytest.mark.parametrize("number", range(ceil(STEPS / PART)))
def test_nobody_gains_what_nobody_handed_over(number: int) -> None:
    """Neither permission, scope nor log-in, nor is anybody locked out."""
    attack = machine()
    search(attack, min(PART, STEPS), drawn("walk", number))
    sys.stdout.write(f"\n{dict(attack.counted)}\n")
    assert attack.counted["done"] > attack.counted["tried"] // 10  # most is refused, not all
    assert attack.counted["asking"] >= attack.counted["steps"] // 3


def finds(hole: Hole, number: int) -> int:
    """Give after how many steps a hole is found with that seed, 0 where it is not."""
    attack = machine()
    try:
        with hole():
            search(attack, WITHIN, number)
    except Gained:
        return attack.counted["steps"]
    return 0


@pytest.mark.parametrize("name", [*HOLES] if SEEDS >= TEN else [*QUICK])
def test_a_hole_that_is_put_back_is_found(name: str) -> None:
    """Negative control: by at least nine of ten seeds; by each of two in the suite."""
    found = [finds(HOLES[name], drawn("hole", number)) for number in range(SEEDS)]
    sys.stdout.write(f"\n{name}: {found}\n")
    assert sum(map(bool, found)) >= ceil(SEEDS * NINE / TEN)


@pytest.mark.parametrize("name", [*HOLES])
def test_a_hole_is_closed_again(name: str) -> None:
    """What is put back for a while is taken away after it: the other tests see the real rules."""

    def places() -> list[object]:
        return [
            value
            for path, module in sorted(sys.modules.items())
            if path.startswith("supervision_core.identity")
            for value in vars(module).values()
        ]

    before = places()
    with HOLES[name]():
        pass
    assert all(one is other for one, other in zip(before, places(), strict=True))
