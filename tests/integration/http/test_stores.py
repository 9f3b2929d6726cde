"""The surface over real databases: what only they refuse, the log, and one row for each request."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from entrypoints.container import Platform, open_platform
from entrypoints.http.app import make_app
from supervision_core.audit.ports import AuditLog
from supervision_core.audit.row_proof import RowProof

from .calls import CALLS
from .conftest import client_of
from .province import PASSWORD, SETTINGS, Province, populate
from .test_matrix import ROUTES

DEPARTMENTS = "/api/v1/identity/departments"
ENTRIES = "/api/v1/audit/entries"


@pytest.fixture(params=["sqlite", "postgres"])
def province(request: pytest.FixtureRequest) -> Iterator[Province]:
    """Give the province over a file of SQLite, and over PostgreSQL."""
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    url = engine.url.render_as_string(hide_password=False)
    platform: Platform = open_platform(url)
    yield populate(platform, transactions=platform.transactions)
    platform.engine.dispose()


@pytest.fixture
def client(province: Province) -> Iterator[TestClient[Any]]:
    """Give a client of the surface."""
    with client_of(make_app(province.platform, SETTINGS)) as found:
        yield found


def bearer(province: Province, user: str, **more: str) -> dict[str, str]:
    """Give the headers of a user."""
    return {"authorization": f"Bearer {province.tokens[user]}", **more}


def new(code: str, **more: Any) -> dict[str, Any]:
    """Give a department to be added."""
    data = {"name": "新机构", "code": code, "region": "450100", "parent": "nanning", **more}
    return {"data": data}


def test_values_beyond_their_columns_are_refused(
    province: Province, client: TestClient[Any]
) -> None:
    """A code longer than its column, a number beyond its width: 422 or done, never 500."""
    system = bearer(province, "system")
    for body in (new("x" * 500), new("y", name="名" * 5000), new("z", order=2**40)):
        answer = client.post(DEPARTMENTS, json=body, headers=system)
        assert answer.status_code in {201, 422}, answer.text


def test_a_key_survives_a_restart(province: Province, client: TestClient[Any]) -> None:
    """What was done under a key is answered alike by another process, byte for byte."""
    headers = bearer(province, "system", **{"idempotency-key": "k-1"})
    first = client.post(DEPARTMENTS, json=new("once"), headers=headers)
    with client_of(make_app(province.platform, SETTINGS)) as other:
        again = other.post(DEPARTMENTS, json=new("once"), headers=headers)
    assert (again.status_code, again.content) == (first.status_code, first.content)


def test_the_log_is_searched_and_proved(province: Province, client: TestClient[Any]) -> None:
    """审计检索: by actor, action and page; checkpoint and proof of a row hold offline."""
    for number in range(3):
        client.post(DEPARTMENTS, json=new(f"n{number}"), headers=bearer(province, "system"))
    auditor = bearer(province, "auditor")
    assert client.get("/api/v1/audit/checkpoints/newest", headers=auditor).status_code == 404
    found: list[int] = []
    cursor = ""
    for _ in range(9):
        path = f"{ENTRIES}?action=identity.add_department&page_size=2{cursor}"
        page = client.get(path, headers=auditor).json()
        found += [one["number"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert len(found) == len(set(found)) == 3
    searches = client.get(f"{ENTRIES}?action=audit.*", headers=auditor).json()["items"]
    assert {one["actor"] for one in searches} == {"auditor"}
    auditing = province.platform.auditing()
    auditing.anchoring.anchor()
    newest = client.get("/api/v1/audit/checkpoints/newest", headers=auditor).json()
    assert newest["checkpoint"]["size"] > found[0]
    proof = client.get(f"/api/v1/audit/proofs/{found[0]}", headers=auditor).json()
    RowProof.read(proof).verify(auditing.trusted)
    assert client.get("/api/v1/audit/proofs/99999", headers=auditor).status_code == 404
    assert client.get(ENTRIES, headers=bearer(province, "system")).status_code == 403


def _rows(province: Province) -> Counter[tuple[str, str]]:
    with province.platform.transactions.begin_reading() as unit:
        entries = [row.entry for row in unit[AuditLog].rows()]
    return Counter((one.action, one.outcome.value) for one in entries)


FOREIGN = {"identity_reset_password", "identity_download_all_departments"}
"""Where nothing, or a department out of reach, is what the administrators ask about."""


def test_each_request_that_counts_has_one_row(province: Province, client: TestClient[Any]) -> None:
    """Row 10: every write done, every denial and every log-in leaves one row; reading leaves none.

    The requests sent are compared with the log: for each route as its administrator, and as nobody
    in particular; on PostgreSQL for each fifth one.
    """
    every = 1 if province.platform.engine.dialect.name == "sqlite" else 5
    expected: Counter[tuple[str, str]] = Counter()
    before = _rows(province)
    for route in ROUTES[::every]:
        calling = CALLS[route.name]
        if not route.permission:
            continue
        path = route.path.format(**{**calling.others, calling.parameter or "-": "qingxiu"})
        path += calling.query.format(target="qingxiu")
        body = calling.body("qingxiu") if calling.body else None
        given: Any = {} if body is None else {"json": body}
        more: dict[str, str] = {}
        if isinstance(body, bytes):
            given, more = {"content": body}, {"content-type": route.takes}
        if route.versioned:
            more["if-match"] = "*"
        headers = {**bearer(province, "nobody"), **more}
        answer = client.request(route.method, path, headers=headers, **given)
        assert answer.status_code == 403
        expected[route.permission, "denied"] += 1
        for user in ("system", "security", "auditor"):
            headers = {**bearer(province, user), **more}
            answer = client.request(route.method, path, headers=headers, **given)
            unknown = answer.status_code == 404 and route.name in FOREIGN
            if answer.status_code == 403 or unknown:
                expected[route.permission, "denied"] += 1
            elif answer.status_code < 300 and (route.keyed or route.audited):
                expected[route.permission, "done"] += 1
    body = {"account": "clerk", "password": PASSWORD, "captcha_ticket": "t", "captcha_answer": "7"}
    client.post("/api/v1/identity/log_ins", json=body)
    expected["identity.log_in_with_password", "done"] += 1
    client.post("/api/v1/identity/log_ins", json={**body, "password": "wrong"})
    expected["identity.log_in_with_password", "denied"] += 1
    client.delete("/api/v1/identity/me/session", headers=bearer(province, "clerk"))
    expected["identity.log_out", "done"] += 1
    grown = _rows(province)
    grown.subtract(before)
    assert {key: n for key, n in grown.items() if n} == dict(expected)


def test_without_the_log_nothing_is_done(province: Province, client: TestClient[Any]) -> None:
    """Fail closed: where no audit row can be written, nothing is done or acknowledged."""
    with province.platform.engine.begin() as connection:
        connection.execute(text("ALTER TABLE audit_row RENAME TO audit_row_away"))
    try:
        answer = client.post(DEPARTMENTS, json=new("lost"), headers=bearer(province, "system"))
        assert answer.status_code >= 500
    finally:
        with province.platform.engine.begin() as connection:
            connection.execute(text("ALTER TABLE audit_row_away RENAME TO audit_row"))
    listed = client.get(f"{DEPARTMENTS}?text=lost", headers=bearer(province, "system")).json()
    assert listed["items"] == []


def test_the_probe_says_when_the_database_is_gone(
    province: Province, client: TestClient[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """就绪检查: ready while everything works; 503 naming the part that does not."""
    assert client.get("/health/ready").json()["ready"] is True

    monkeypatch.setattr(province.platform.engine.pool, "connect", _broken)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["code"]) == (503, "http.not_ready")
    assert [one["code"] for one in answer.json()["reasons"]] == ["http.database_down"]
    assert client.get("/health/live").status_code == 200


def _broken() -> Any:
    raise OperationalError("connect", {}, Exception("no server"))
