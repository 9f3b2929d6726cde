"""One idempotency key, many requests at once, over real sockets: one effect, one answer."""

import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import httpx
import pytest
from tests.eventually import PATIENCE

from .province import token_of
from .running import Server, server_on

AT_ONCE = 50
_CONTEXT = ssl.create_default_context()
"""Each client would read all the roots there are."""
DEPARTMENTS = "/api/v1/identity/departments"
NEW = {"data": {"name": "新机构", "code": "once", "region": "450100", "parent": "nanning"}}


def _at_once(server: Server, ask: Callable[[httpx.Client], httpx.Response]) -> list[httpx.Response]:
    """Send the same request on as many connections at the same moment."""
    together = Barrier(AT_ONCE)

    def sent(_: int) -> httpx.Response:
        with httpx.Client(base_url=server.url, timeout=120, verify=_CONTEXT) as client:
            client.get("/health/live")
            together.wait(120)
            return ask(client)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(sent, range(AT_ONCE)))


def _only(answers: list[httpx.Response]) -> tuple[int, bytes]:
    (found,) = {(one.status_code, one.content) for one in answers}
    return found


@pytest.mark.parametrize("kind", ["memory", "sqlite", "postgres"])
def test_all_under_one_key_get_the_first_answer(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """幂等: fifty adds, changes and deletions at once under one key: the first one's answer to all.

    Whoever loses the race is answered from the record, byte for byte; nobody sees a conflict, nor
    the refusal that the same request would meet by itself once it is done.
    """
    head = {"authorization": f"Bearer {token_of('system')}"}
    get = partial(httpx.get, headers=head, timeout=PATIENCE)

    def asking(method: str, path: str, key: str, **more: Any) -> list[httpx.Response]:
        headers = {**head, "idempotency-key": key, **more.pop("headers", {})}
        return _at_once(server, lambda one: one.request(method, path, headers=headers, **more))

    with server_on(kind, tmp_path, request) as server:
        status, body = _only(asking("POST", DEPARTMENTS, "add", json=NEW))
        assert status == 201, body
        made = httpx.Response(201, content=body).json()["id"]
        one = f"{DEPARTMENTS}/{made}"
        seen = get(f"{server.url}{one}").headers["etag"]
        changed = {"data": {**NEW["data"], "name": "改名机构"}}
        seen_by_all = {"if-match": seen}
        assert _only(asking("PUT", one, "change", json=changed, headers=seen_by_all))[0] == 200
        seen_by_all = {"if-match": get(f"{server.url}{one}").headers["etag"]}
        assert _only(asking("DELETE", one, "delete", headers=seen_by_all))[0] == 200
        listed = get(f"{server.url}{DEPARTMENTS}?text=once").json()
        assert listed["items"] == []
