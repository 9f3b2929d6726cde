"""What a hostile or careless client meets (docs/testing.md, rows 9, 18, 21-25 of the matrix)."""

import asyncio
import json
import logging
import threading
from collections.abc import Sequence
from datetime import datetime
from ipaddress import ip_network
from typing import Any

import pytest

from entrypoints.container import Platform
from entrypoints.http.answering import COOKIE, csrf_token
from entrypoints.http.app import HttpApp
from entrypoints.http.gate import SECURITY_HEADERS, source_of
from entrypoints.http.limits import Buckets, Rate, Workers
from entrypoints.http.settings import HttpSettings, ProxiesUnreadable
from supervision_core.kernel.errors import CorruptState

from .conftest import Surface, client_of, opened
from .province import HOST

ME = "/api/v1/identity/me"
CAPTCHAS = "/api/v1/identity/captchas"
DEPARTMENTS = "/api/v1/identity/departments"


@pytest.mark.parametrize("path", ["/health/live", ME, "/nowhere", CAPTCHAS])
def test_every_answer_has_the_security_headers(surface: Surface, path: str) -> None:
    """Refusals too: no framing, sniffing or storing, TLS only, nothing loaded from elsewhere."""
    answer = surface.call("", "GET", path)
    for name, value in SECURITY_HEADERS.items():
        assert answer.headers[name] == value
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-request-id"]


def test_no_other_site_may_read(surface: Surface) -> None:
    """CORS: no header allows another origin anything, whatever it asks for."""
    asked = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    for method in ("GET", "OPTIONS", "POST"):
        answer = surface.client.request(method, ME, headers=asked)
        assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "OPTIONS", "PROPFIND", "HEAD", "PUT"])
def test_other_methods_are_refused(surface: Surface, method: str) -> None:
    """405 with the methods that the resource does take; TRACE echoes nothing."""
    answer = surface.client.request(method, ME, headers={"x-secret": "echo-me"})
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET"
    assert "echo-me" not in answer.text


def test_a_path_is_told_its_own_methods(surface: Surface) -> None:
    """Not those of the resources whose id its last word could be, which take ``DELETE``."""
    answer = surface.client.request("DELETE", "/api/v1/identity/departments/count")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET"


@pytest.mark.parametrize("host", ["evil.example", "", "supervision.example.cn.evil.example"])
def test_other_names_are_refused(surface: Surface, host: str) -> None:
    """Who is asked for by another name answers nothing; probes may use the address."""
    answer = surface.client.get(ME, headers={"host": host})
    assert (answer.status_code, answer.json()["code"]) == (421, "http.host_unknown")
    assert surface.client.get("/health/live", headers={"host": "10.0.0.1"}).status_code == 200


def _cookie(surface: Surface, user: str) -> dict[str, str]:
    return {"cookie": f"{COOKIE}={surface.province.tokens[user]}"}


def test_a_cookie_alone_changes_nothing(surface: Surface) -> None:
    """CSRF: a write with the cookie needs the token that belongs to the session."""
    body: Any = {"data": {"name": "x", "code": "x", "region": "450100", "parent": "nanning"}}
    cookie = _cookie(surface, "system")
    good = csrf_token(surface.province.tokens["system"])
    for wrong in ("", "x", good[:-1], csrf_token(surface.province.tokens["security"])):
        answer = surface.client.post(
            DEPARTMENTS, json=body, headers={**cookie, "x-csrf-token": wrong}
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "http.cross_site")
    assert surface.client.get(ME, headers=cookie).json()["csrf_token"] == good
    answer = surface.client.post(DEPARTMENTS, json=body, headers={**cookie, "x-csrf-token": good})
    assert answer.status_code == 201


def test_two_credentials_are_ambiguous(surface: Surface) -> None:
    """A cookie and a Bearer token in one request are refused: nobody knows which counts."""
    headers = {**_cookie(surface, "system"), "authorization": "Bearer x"}
    assert surface.client.get(ME, headers=headers).json()["code"] == "http.headers_invalid"


@pytest.mark.parametrize(
    "header", ["Basic eDp4", "Bearer", "Bearer ", "bearer x", "Bearer a b", "Token x"]
)
def test_other_credentials_are_none(surface: Surface, header: str) -> None:
    """Whatever is no Bearer token of a session is no log-in, with one answer for all."""
    answer = surface.client.get(ME, headers={"authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "identity.not_logged_in")
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "name",
    ["authorization", "content-type", "content-length", "host", "idempotency-key", "if-match"],
)
def test_a_header_given_twice_is_refused(surface: Surface, name: str) -> None:
    """Two proxies may each read another one of them: that is how requests are smuggled."""
    headers = [(b"host", HOST.encode()), (name.encode(), b"x"), (name.upper().encode(), b"y")]
    status, body = asyncio.run(_raw(surface.app, headers))
    assert (status, json.loads(body)["code"]) == (400, "http.headers_invalid")


async def _raw(
    app: HttpApp,
    headers: list[tuple[bytes, bytes]],
    method: str = "GET",
    path: str = ME,
    parts: Sequence[Any] = ({"type": "http.request", "body": b"", "more_body": False},),
) -> tuple[int, bytes]:
    """Ask with exactly these headers, which clients would join; after ``parts`` hang up."""
    sent: list[Any] = []
    left = iter(parts)

    async def receive() -> Any:
        return next(left, {"type": "http.disconnect"})

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(),
             "query_string": b"", "headers": headers, "client": ("192.0.2.1", 1)}  # fmt: skip
    await app(scope, receive, send)
    return sent[0]["status"], sent[1]["body"]


def test_long_and_many_headers_are_refused(surface: Surface) -> None:
    """Targets of more than 8 KiB, 64 headers or 32 KiB of them are nobody's honest request."""
    assert surface.client.get("/" + "a" * 9000).status_code == 400
    assert surface.client.get(ME, headers={"x-long": "y" * 33_000}).status_code == 400
    assert surface.client.get(ME, headers={f"x-{n}": "y" for n in range(70)}).status_code == 400


def test_large_bodies_are_refused_before_they_are_read(bare_platform: Platform) -> None:
    """More than the limit is 413, also where no length is announced; the public limit is small."""
    app, province, _ = opened(bare_platform, json_limit=5000, public_body_limit=1000)
    token = {"authorization": f"Bearer {province.tokens['system']}"}
    with client_of(app) as client:
        for size, headers, path, status in (
            (6000, token, DEPARTMENTS, 413), (4000, token, DEPARTMENTS, 400),
            (2000, {}, CAPTCHAS, 413), (900, {}, CAPTCHAS, 400),
        ):  # fmt: skip
            body = json.dumps({"x": "y" * size}).encode()
            kind = {"content-type": "application/json"}
            assert (
                client.post(path, content=body, headers={**headers, **kind}).status_code == status
            )
            chunks = iter([body[:500], body[500:]])
            answer = client.post(path, content=chunks, headers={**headers, **kind})
            assert answer.status_code == status


def test_a_body_of_faults_makes_no_larger_answer(surface: Surface) -> None:
    """At most a hundred reasons: 60,000 unknown fields or wrong items cost nobody the platform."""
    unknown = {f"f{number}": 0 for number in range(60_000)}
    orders = f"{DEPARTMENTS}/nanning/users"
    for method, path, body in (
        ("POST", DEPARTMENTS, unknown), ("PUT", orders, {"users": [0] * 60_000}),
    ):  # fmt: skip
        answer = surface.call("system", method, path, body=body)
        assert (answer.status_code, len(answer.json()["reasons"])) == (400, 100)


def test_a_body_that_breaks_off_is_no_fault_of_ours(
    surface: Surface, caplog: pytest.LogCaptureFixture
) -> None:
    """Who hangs up in mid-body, or frames it wrongly, gets 400, and no error is logged for him."""
    parts: list[Any] = [{"type": "http.request", "body": b"{", "more_body": True}]
    headers = [(b"host", HOST.encode()), (b"content-type", b"application/json"),
               (b"transfer-encoding", b"chunked")]  # fmt: skip

    with caplog.at_level(logging.INFO, "supervision"):
        status, body = asyncio.run(_raw(surface.app, headers, "POST", CAPTCHAS, parts))
    assert (status, json.loads(body)["code"]) == (400, "http.body_broken")
    assert [one.name for one in caplog.records] == ["supervision.access"]


@pytest.mark.parametrize("media", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_only_json_is_read(surface: Surface, media: str) -> None:
    """A form of another site can send no JSON: other media types are 415."""
    answer = surface.client.post(CAPTCHAS, content=b"{}", headers={"content-type": media})
    assert answer.status_code == 415


def test_who_asks_too_often_waits(bare_platform: Platform) -> None:
    """Rate limits hold per address and per user; 429 says when to come again."""
    app, province, _ = opened(bare_platform, per_source=Rate(1, 3))
    with client_of(app) as client:
        answers = [client.get("/nowhere") for _ in range(5)]
        assert [one.status_code for one in answers] == [404, 404, 404, 429, 429]
        assert int(answers[-1].headers["retry-after"]) >= 1
        probes = [client.get("/health/live").status_code for _ in range(4)]
        assert probes == [200, 200, 200, 429]  # they have a bucket of their own
    app, province, _ = opened(bare_platform, per_user=Rate(1, 2))
    with client_of(app) as client:
        token = {"authorization": f"Bearer {province.tokens['clerk']}"}
        assert [client.get(ME, headers=token).status_code for _ in range(3)] == [200, 200, 429]
        other = {"authorization": f"Bearer {province.tokens['reader']}"}
        assert client.get(ME, headers=other).status_code == 200


def test_buckets_fill_again() -> None:
    """A bucket fills by its rate, never over its size, and is forgotten when thousands come."""
    moment = 0.0
    buckets = Buckets(Rate(2.0, 2), lambda: moment)
    buckets.take("a")
    buckets.take("a")
    for later, good in ((0.4, False), (0.6, True), (0.7, False), (60.0, True)):
        moment = later
        try:
            buckets.take("a")
        except Exception:  # noqa: BLE001 - whichever it is, it is not taken
            assert not good
        else:
            assert good


@pytest.mark.parametrize(
    ("client", "forwarded", "source"),
    [
        ("203.0.113.9", "10.1.1.1", "203.0.113.9"),
        ("10.0.0.2", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.2", "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.2", "203.0.113.9, 10.0.0.3", "203.0.113.9"),
        ("10.0.0.2", "", "10.0.0.2"),
        ("", "203.0.113.9", ""),
        ("10.0.0.2", "203.0.113.9:50123", "203.0.113.9"),
        ("10.0.0.2", "[2001:DB8:0::1]:443", "2001:db8::1"),
        ("::ffff:10.0.0.2", "::ffff:203.0.113.9", "203.0.113.9"),
        ("10.0.0.2", "unknown", "unknown"),
    ],
)
def test_only_trusted_proxies_say_where_a_request_comes_from(
    client: str, forwarded: str, source: str
) -> None:
    """The address counts that the last trusted proxy saw; what a client writes itself does not."""
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    scope = {"client": (client, 1) if client else None, "headers": headers}
    assert source_of(scope, [ip_network("10.0.0.0/8")]) == source
    assert source_of(scope, []) == client.removeprefix("::ffff:")


def test_proxies_are_addresses() -> None:
    """A proxy that cannot be read is refused at the start, not ignored."""
    with pytest.raises(ProxiesUnreadable):
        HttpSettings(proxies=("proxy.local",))


def test_what_nobody_foresaw_tells_nothing(
    surface: Surface, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """500 with the request's id and no word of the error; the log has its place, not its text."""
    phone = "13900000001"

    def broken(_call: Any, _asked: Any) -> Any:
        raise CorruptState(f"{phone} stands in the row")

    route = next(one for one in surface.app.table.routes if one.name == "me")
    monkeypatch.setattr(route, "run", broken)
    with caplog.at_level(logging.INFO, "supervision"):
        answer = surface.call("clerk", "GET", ME)
    assert (answer.status_code, answer.json()["code"]) == (500, "http.unexpected")
    assert phone not in answer.text
    assert "CorruptState" not in answer.text
    assert phone not in caplog.text
    assert answer.headers["x-request-id"] in caplog.text
    assert "CorruptState" in caplog.text


def test_the_access_log_holds_no_personal_data(
    surface: Surface, caplog: pytest.LogCaptureFixture
) -> None:
    """A line an answer: time, route, status. No query, no body, no account, no token, no CRLF."""
    secret = "13900000001"  # noqa: S105 - a phone, as somebody might search for it
    with caplog.at_level(logging.INFO, "supervision"):
        surface.call("reader", "GET", f"/api/v1/identity/regions?text={secret}%0d%0aforged")
        surface.call("reader", "GET", f"/{secret}")
        surface.client.request(f"GET{secret}", "/")
        body = {"account": secret, "password": secret}
        surface.call("", "POST", "/api/v1/identity/log_ins", body=body)
    lines = [record.getMessage() for record in caplog.records]
    assert all(datetime.fromisoformat(json.loads(line)["at"]).tzinfo for line in lines)
    assert [json.loads(line)["route"] for line in lines] == [
        "/api/v1/identity/regions", "-", "-", "/api/v1/identity/log_ins",
    ]  # fmt: skip
    assert secret not in caplog.text
    assert surface.province.tokens["reader"] not in caplog.text


def test_busy_is_said_at_once() -> None:
    """Who would wait behind too many others is told to come again, and waits for nobody."""

    async def crowd() -> list[object]:
        gate = threading.Event()
        workers = Workers(threads=2, waiting=3)
        asked = [asyncio.ensure_future(workers.run(gate.wait)) for _ in range(8)]
        await asyncio.sleep(0.05)
        gate.set()
        answers = await asyncio.gather(*asked, return_exceptions=True)
        workers.close()
        return [type(one).__name__ for one in answers]

    assert asyncio.run(crowd()) == ["bool"] * 5 + ["Busy"] * 3


CORPUS = (
    "' OR 1=1 --", '"; DROP TABLE user_account; --', "%", "_", "\\", "{{7*7}}", "${7*7}",
    "<script>", "=1+1", "@SUM(A1)", "../../etc/passwd", "\u202e", "王" * 5000, "\U0001f600", "`",
    "1; SELECT pg_sleep(9)", "[0]", "$.a", "NULL", "0x00", "%s%n", "a" * 19_000,
)  # fmt: skip


@pytest.mark.parametrize("text", CORPUS, ids=range(len(CORPUS)))
def test_texts_are_texts(surface: Surface, text: str) -> None:
    """Injection: what is written into any field is stored and found as it is, or refused."""
    body = {"data": {"name": text, "code": "c", "region": "450100", "parent": "nanning"}}
    added = surface.call("system", "POST", DEPARTMENTS, body=body)
    assert added.status_code in {201, 422}
    if added.status_code == 201:
        found = surface.call("system", "GET", f"{DEPARTMENTS}/{added.json()['id']}")
        assert found.json()["data"]["name"] == text
    regions = "/api/v1/identity/regions"
    listed = surface.client.get(
        regions, params={"text": text[:500]},
        headers={"authorization": f"Bearer {surface.province.tokens['reader']}"},
    )  # fmt: skip
    assert listed.status_code == 200
    assert listed.json()["items"] == []
    order = surface.client.get(
        regions, params={"order": text[:500]},
        headers={"authorization": f"Bearer {surface.province.tokens['reader']}"},
    )  # fmt: skip
    assert order.status_code in {200, 400, 422}
