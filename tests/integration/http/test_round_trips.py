"""How often a list asks the database: on a server each time is a round trip."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from adapters.sql.frame.known import follower_of
from entrypoints.catalogue import use_cases
from entrypoints.container import open_platform
from entrypoints.http.app import make_app
from supervision_core.identity.services import Question

from .conftest import client_of
from .province import SETTINGS, Province, populate

IDENTITY = "/api/v1/identity"
LISTS = {
    "identity.list_managed_regions": ("GET", f"{IDENTITY}/managed_regions", None),
    "subjects.list_by_principal": (
        "POST", "/api/v1/subjects/list_by_principal", {"principal": "王示例"},
    ),
    **{
        f"{context}.list_{plural}": ("GET", f"/api/v1/{context}/{plural}", None)
        for context, plural in (
            ("identity", "departments"), ("identity", "users"), ("identity", "roles"),
            ("identity", "groups"), ("identity", "regions"), ("officers", "officers"),
            ("items", "laws"), ("items", "document_templates"),
        )
    },
}  # fmt: skip
TWICE = ("GET", f"{IDENTITY}/departments/nanning/members", None)
UNDER = ("GET", f"{IDENTITY}/departments?under=nanning", None)


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[tuple[Province, list[str]]]:
    """Give a province in SQLite, and what its driver is given."""
    platform = open_platform(f"sqlite:///{tmp_path / 'http.db'}")
    platform.engine.dispose()
    statements: list[str] = []

    @event.listens_for(platform.engine, "connect")
    def trace(connection: Any, _entry: object) -> None:
        connection.set_trace_callback(statements.append)

    follower_of(platform.engine).every = 3600.0  # its look at the log comes by time, not by request
    yield populate(platform, transactions=platform.transactions), statements
    platform.engine.dispose()


class _Nothing:
    """What asks for everything: no criterion is filled in."""

    def __getattr__(self, name: str) -> str:
        return ""


def _selects(asked: tuple[Province, list[str]], route: tuple[str, str, Any]) -> list[str]:
    """Give the selects of the second of two equal requests."""
    province, statements = asked
    method, path, body = route
    with client_of(make_app(province.platform, SETTINGS)) as client:

        def done(user: str) -> bool:
            statements.clear()
            headers = {"authorization": f"Bearer {province.tokens[user]}"}
            return client.request(method, path, headers=headers, json=body).status_code == 200

        user = next(one for one in ("system", *province.tokens) if done(one))
        assert done(user)
    return [one for one in statements if one.startswith("SELECT")]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_two_looks(asked: tuple[Province, list[str]], name: str) -> None:
    """One at session and epoch of access together, one at the page, whole."""
    session, page = _selects(asked, LISTS[name])
    assert "FROM log_in_session" in session
    assert "FROM log_in_session" not in page


def test_more_looks_are_seen(asked: tuple[Province, list[str]]) -> None:
    """The control: a list that first looks whose department it is, takes more than two."""
    assert len(_selects(asked, TWICE)) > 2
    assert len(_selects(asked, UNDER)) > 2


def test_every_question_that_looks_once_is_tried() -> None:
    """What says that it asks a single time stands above."""
    every = [one for those in use_cases().values() for one in those]
    questions = [one for one in every if isinstance(one, Question)]
    assert {one.name for one in questions if one.looks_once(_Nothing())} == set(LISTS)
