"""The machine itself: its clock, its source of randomness, fresh identifiers."""

import os
import secrets  # noqa: TID251 - this is the adapter that the ban points to
import threading
import time
from datetime import UTC, datetime, timedelta

from supervision_core.kernel.ports import Clock, Ids, Randomness

__all__ = ["FixedClock", "SystemClock", "SystemIds", "SystemRandomness"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_RUNNING = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
_RANDOM_BYTES = 10
_RANDOM_BITS = 8 * _RANDOM_BYTES
_ASKED_AT_ONCE = 128
_spare: list[int] = []
if hasattr(os, "register_at_fork"):  # not on Windows, where no process is forked
    os.register_at_fork(after_in_child=_spare.clear)


class SystemClock(Clock):
    """The clock of the operating system as it stood when this was made, running on evenly.

    A step of the machine's clock, forwards or back, is not followed: what has expired stays
    expired, and nothing expires early. Time asleep counts. A process that was started under a
    wrong clock keeps it until it is started again.
    """

    def __init__(self) -> None:
        """Read the operating system's clock, once."""
        self._start = time.time_ns() - _running()

    def now(self) -> datetime:
        """Give the present moment, aware, in UTC."""
        return _EPOCH + timedelta(microseconds=(self._start + _running()) // 1_000)


def _running() -> int:
    """Give nanoseconds that nobody can set."""
    return time.clock_gettime_ns(_RUNNING)


class FixedClock(Clock):
    """A clock that stands where it is put: for rehearsals and replays."""

    def __init__(self, moment: datetime) -> None:
        """Stand at ``moment`` (aware)."""
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        """Give the moment it stands at."""
        return self._moment

    def put(self, moment: datetime) -> None:
        """Stand at ``moment`` from now on."""
        self._moment = moment.astimezone(UTC)


class SystemRandomness(Randomness):
    """The operating system's cryptographic source."""

    def token(self, size: int) -> bytes:
        """Give ``size`` fresh bytes."""
        return secrets.token_bytes(size)


class SystemIds(Ids):
    """ULID-shaped ids: 48 bits of milliseconds, then 80 random bits, in 26 signs.

    Ids of one process ascend strictly, also within a millisecond; ids of several processes ascend
    by millisecond.
    """

    def __init__(self) -> None:
        """Start below every id."""
        self._last = 0
        self._lock = threading.Lock()

    def next_id(self) -> str:
        """Give an id never given before."""
        fresh = time.time_ns() // 1_000_000 << _RANDOM_BITS | _random_bits()
        with self._lock:
            self._last = max(fresh, self._last + 1)
            number = self._last
        return "".join([_PAIRS[number >> shift & 1023] for shift in range(120, -1, -10)])


def _random_bits() -> int:
    """Give the random part of an id; the system is asked for many at once, by each process."""
    try:
        return _spare.pop()
    except IndexError:
        drawn = secrets.token_bytes(_RANDOM_BYTES * _ASKED_AT_ONCE)
        first, *rest = (
            int.from_bytes(drawn[at : at + _RANDOM_BYTES])
            for at in range(0, len(drawn), _RANDOM_BYTES)
        )
        _spare.extend(rest)
        return first
