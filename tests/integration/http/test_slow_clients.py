"""S7: clients that send slowly are shown the door, and nobody else notices them."""

import asyncio
import os
import resource
import time
from pathlib import Path
from statistics import quantiles

import pytest
from attrs import define, field
from tests.eventually import PATIENCE

from .running import running

FULL = bool(os.environ.get("HTTP_SLOW_CLIENTS_FULL"))
HEADS, BODIES = (1000, 300) if FULL else (60, 40)
BODY_SECONDS = 20.0 if FULL else 3.0
LONGEST, PROBE_SECONDS = (60.0, 20.0) if FULL else (PATIENCE, PATIENCE)
"""Seconds that the attack lasts, unless all its sockets are closed before; that a probe lasts."""
HEAD_LIMIT, BODY_LIMIT = 10.0, 30.0
SLOWEST_PROBE = 0.25
"""That 99 of a hundred are answered within. The ordinary suite shares its machine with other work
and looks at no clock; the session has it for itself."""
_HEAD = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
_BODY = (
    b"POST /api/v1/identity/captchas HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/json\r\nContent-Length: 4000\r\n\r\n"
)


@define
class Seen:
    """What the attack came to: after how long each socket was closed, ``None`` for never."""

    heads: list[float | None] = field(factory=list)
    bodies: list[float | None] = field(factory=list)
    probes: list[float] = field(factory=list)
    failed: int = 0

    @property
    def left(self) -> int:
        """How many sockets are open still."""
        return [*self.heads, *self.bodies].count(None)


async def _drip(port: int, first: bytes, until: float) -> float | None:
    """Send a byte a second, until the other side closes; give after how long it did."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    began = time.monotonic()
    try:
        writer.write(first)
        while time.monotonic() < until:
            try:
                async with asyncio.timeout(1.0):
                    while await reader.read(4096):
                        pass
                return time.monotonic() - began
            except TimeoutError:
                writer.write(b"x")
    except OSError:
        return time.monotonic() - began
    finally:
        writer.close()
    return None


async def _probe(port: int) -> float:
    began = time.monotonic()
    async with asyncio.timeout(PROBE_SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
    assert answer.startswith(b"HTTP/1.1 200")
    return time.monotonic() - began


async def _probing(port: int, seen: Seen, over: asyncio.Event) -> None:
    while not over.is_set():
        try:
            seen.probes.append(await _probe(port))
        except (OSError, TimeoutError, AssertionError):
            seen.failed += 1
        await asyncio.sleep(0.05)


async def attack(port: int, heads: int, bodies: int, seconds: float) -> Seen:
    """Open ``heads`` and ``bodies`` slow sockets for at most ``seconds``; probe all the while."""
    seen, over, until = Seen(), asyncio.Event(), time.monotonic() + seconds
    dripping = [_drip(port, _HEAD, until) for _ in range(heads)]
    dripping += [_drip(port, _BODY, until) for _ in range(bodies)]
    probing = asyncio.create_task(_probing(port, seen, over))
    closed = await asyncio.gather(*dripping)
    over.set()
    await probing
    seen.heads, seen.bodies = closed[:heads], closed[heads:]
    return seen


def _slow(probes: list[float]) -> float:
    return quantiles(probes, n=100)[98]


@pytest.fixture(autouse=True)
def _many_files() -> None:
    """Let the attacker open as many sockets as the machine allows."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def test_slow_clients_are_closed_and_harm_nobody(tmp_path: Path) -> None:
    """Every slow socket is closed, every probe answered; in the session within their seconds."""
    with running(
        tmp_path, HTTP_TEST_MEMORY="1", HTTP_TEST_BODY_SECONDS=str(BODY_SECONDS)
    ) as server:
        seen = asyncio.run(attack(server.port, HEADS, BODIES, LONGEST))
    assert (seen.left, seen.failed, len(seen.probes) > 20) == (0, 0, True)
    if FULL:
        assert max(one for one in seen.heads if one) <= HEAD_LIMIT
        assert max(one for one in seen.bodies if one) <= BODY_LIMIT
        assert _slow(seen.probes) <= SLOWEST_PROBE


@pytest.mark.slow
def test_without_a_deadline_they_stay(tmp_path: Path) -> None:
    """Negative control: with the deadline of bodies far away, their sockets stay open."""
    with running(tmp_path, HTTP_TEST_MEMORY="1", HTTP_TEST_BODY_SECONDS="1000") as server:
        seen = asyncio.run(attack(server.port, 0, 5, 6.0))
    assert seen.left == 5
