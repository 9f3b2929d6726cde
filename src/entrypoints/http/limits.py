"""Bounds that keep one caller, or many, from taking the platform away from the others."""

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Final, TypeVar

from attrs import define, field, frozen

from entrypoints.http.errors import Busy, TooMany

Done = TypeVar("Done")
_MOST_CALLERS: Final = 50_000


@frozen
class Rate:
    """So many requests a second in the long run, so many at once."""

    per_second: float
    at_once: int


@define
class Buckets:
    """A bucket of tokens for each caller, in this process: n workers together let n times through.

    The callers heard of longest ago are forgotten first; a forgotten one starts full.
    """

    rate: Rate
    now: Callable[[], float] = time.monotonic
    _kept: OrderedDict[str, tuple[float, float]] = field(factory=OrderedDict, init=False)
    _lock: Lock = field(factory=Lock, init=False, repr=False)

    def take(self, caller: str) -> None:
        """Take a token of ``caller``, from any thread. Raises ``TooMany`` when there is none."""
        with self._lock:
            self._take(caller)

    def _take(self, caller: str) -> None:
        moment = self.now()
        tokens, since = self._kept.pop(caller, (float(self.rate.at_once), moment))
        tokens = min(self.rate.at_once, tokens + (moment - since) * self.rate.per_second)
        self._kept[caller] = (tokens if tokens < 1 else tokens - 1, moment)
        if len(self._kept) > _MOST_CALLERS:
            self._kept.popitem(last=False)
        if tokens < 1:
            raise TooMany(max(1, math.ceil((1 - tokens) / self.rate.per_second)))


def _acted(act: Callable[[], Done]) -> Done:
    try:
        return act()
    except StopIteration as ended:
        raise RuntimeError from ended


class Workers:
    """A few threads for what blocks; so many may wait for one, others are sent away at once."""

    def __init__(self, threads: int, waiting: int) -> None:
        """Start without work."""
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="answering")
        self._most = threads + waiting
        self._inside = 0

    async def run(self, act: Callable[[], Done]) -> Done:
        """Act in a thread. Raises ``Busy`` when too many wait already.

        An iterator that ends where nobody expects it is told as ``RuntimeError``: a loop never
        hears of ``StopIteration`` from a thread, and whoever asked would wait for good.
        """
        if self._inside >= self._most:
            raise Busy
        self._inside += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, _acted, act)
        finally:
            self._inside -= 1

    def close(self) -> None:
        """Let what runs end; start nothing more."""
        self._pool.shutdown(wait=True, cancel_futures=True)
