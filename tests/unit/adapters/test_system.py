import json
import os
from datetime import UTC, datetime

import pytest

from adapters import system
from adapters.system import FixedClock, SystemClock, SystemIds, SystemRandomness


def test_ids_of_one_process_ascend_strictly_and_fit() -> None:
    """Ids sort by age, are ASCII and hold at most 36 characters."""
    ids = SystemIds()
    given = [ids.next_id() for _ in range(2_000)]
    assert given == sorted(set(given))
    assert all(text.isascii() and len(text) == 26 for text in given)


def test_clocks_tell_aware_moments_in_utc() -> None:
    """Every clock answers in UTC, and a fixed clock stands where it is put."""
    assert SystemClock().now().tzinfo is UTC
    moment = datetime(2026, 3, 2, 1, tzinfo=UTC)
    clock = FixedClock(moment)
    clock.put(datetime(2026, 3, 3, 1, tzinfo=UTC))
    assert clock.now() == datetime(2026, 3, 3, 1, tzinfo=UTC)


def test_randomness_gives_as_many_fresh_bytes_as_asked() -> None:
    """Tokens have the asked size and do not repeat."""
    randomness = SystemRandomness()
    assert len(randomness.token(32)) == 32
    assert randomness.token(32) != randomness.token(32)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is forked here")
def test_a_forked_process_draws_ids_of_its_own() -> None:
    """What was drawn ahead before a fork is not given again after it, but by the parent."""
    system._spare.clear()
    SystemIds().next_id()
    ahead = list(system._spare)
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.write(write, json.dumps([system._random_bits() for _ in ahead]).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as told:
        given = json.load(told)
    os.waitpid(child, 0)
    assert len(set(given)) == len(ahead) > 0
    assert not set(given) & set(ahead)
    assert system._random_bits() == ahead[-1]
