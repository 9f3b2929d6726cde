"""Threads that answer: whatever happens in one is told to whoever asked."""

import asyncio

import pytest

from entrypoints.http.limits import Workers


def test_an_iterator_that_ends_early_is_told() -> None:
    """A loop never hears of ``StopIteration`` from a thread: the request would hang for good."""
    workers = Workers(1, 1)

    async def ask() -> int:
        return await asyncio.wait_for(workers.run(lambda: next(iter(()))), 10)

    with pytest.raises(RuntimeError):
        asyncio.run(ask())
    workers.close()
