from datetime import UTC, datetime

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
