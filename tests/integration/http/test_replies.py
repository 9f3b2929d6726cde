"""R7: a reply that gets lost costs nothing but a repetition."""

import asyncio
import os
import random  # noqa: TID251 - seeded: the same replies are lost every time
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest
from attrs import define, field
from tests.eventually import PATIENCE

from .province import token_of
from .running import server_on

OPERATIONS = int(os.environ.get("HTTP_REPLIES", "400"))
LOST = 0.25
AT_ONCE = 8
TRIES = 1_000
ROLES = "/api/v1/identity/roles"
HEADERS = {"authorization": f"Bearer {token_of('security')}", "host": "localhost"}


@define
class Proxy:
    """Passes requests on, and loses a reply now and then: the effect is there, the answer not."""

    target: int
    chance: random.Random = field(factory=lambda: random.Random(20260701))  # noqa: S311 - no secret
    lost: int = 0

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream, downstream = await asyncio.open_connection("127.0.0.1", self.target)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(
                (int(line.split(b":")[1]) for line in head.lower().split(b"\r\n")
                 if line.startswith(b"content-length")), 0,
            )  # fmt: skip
            downstream.write(head + await reader.readexactly(length))
            answer = await upstream.read()
            if self.chance.random() < LOST:
                self.lost += 1
            else:
                writer.write(answer)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            downstream.close()
            writer.close()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[int]:
        """Listen; give the port."""
        server = await asyncio.start_server(self._pass_on, "127.0.0.1", 0)
        async with server:
            yield server.sockets[0].getsockname()[1]


async def _until_answered(client: httpx.AsyncClient, name: str, key: str) -> bytes:
    for _ in range(TRIES):
        try:
            answer = await client.post(
                ROLES,
                json={"name": name, "department": "office"},
                headers={**HEADERS, "idempotency-key": key, "connection": "close"},
            )
        except httpx.HTTPError:
            continue
        if answer.status_code == HTTPStatus.CONFLICT:  # in memory nobody waits for another's commit
            continue
        assert answer.status_code == HTTPStatus.CREATED, answer.text
        return answer.content
    raise AssertionError(key)


async def disturbed(port: int, operations: int = OPERATIONS) -> tuple[Counter[str], int, int]:
    """Add roles through a proxy that loses replies; give the names there are, lost, and unequal."""
    proxy, waiting, unequal = Proxy(port), asyncio.Semaphore(AT_ONCE), 0
    async with (
        proxy.listening() as listening,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{listening}", timeout=PATIENCE) as client,
    ):

        async def operate(number: int) -> int:
            async with waiting:
                first = await _until_answered(client, f"R{number:05}", f"key-{number}")
                again = await _until_answered(client, f"R{number:05}", f"key-{number}")
                return int(first != again)

        unequal = sum(await asyncio.gather(*(operate(n) for n in range(operations))))
    names: Counter[str] = Counter()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE) as client:
        cursor = ""
        while True:
            path = f"{ROLES}?name=R&page_size=200{cursor}"
            page = (await client.get(path, headers=HEADERS)).json()
            names.update(one["name"] for one in page["items"])
            if page["next_cursor"] is None:
                return names, proxy.lost, unequal
            cursor = f"&cursor={page['next_cursor']}"


@pytest.mark.parametrize(
    "kind",
    ["memory", *(pytest.param(one, marks=pytest.mark.slow) for one in ("sqlite", "postgres"))],
)
def test_a_lost_reply_duplicates_nothing(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """As many effects as keys, whatever got lost; every repetition is answered byte for byte."""
    with server_on(kind, tmp_path, request) as server:
        names, lost, unequal = asyncio.run(disturbed(server.port))
    sys.stdout.write(f"\n{kind}: {OPERATIONS} operations, {lost} replies lost\n")
    assert lost > OPERATIONS * LOST / 2
    assert names == {f"R{number:05}": 1 for number in range(OPERATIONS)}
    assert unequal == 0


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["memory", "postgres"])
def test_without_keys_effects_are_duplicated(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Negative control: a server that forgets keys does things twice, and this test sees it."""
    with server_on(kind, tmp_path, request, HTTP_TEST_FAULT="keyless") as server:
        names, _, _ = asyncio.run(disturbed(server.port, 100))
    assert max(names.values()) > 1
