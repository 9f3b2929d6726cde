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
}  # fmt: skip
TWICE = ("GET", f"{IDENTITY}/departments/nanning/members", None)


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


def _selects(asked: tuple[Province, list[str]], route: tuple[str, str, Any]) -> list[str]:
    """Give the selects of the second of two equal requests."""
    province, statements = asked
    method, path, body = route
    headers = {"authorization": f"Bearer {province.tokens['system']}"}
    with client_of(make_app(province.platform, SETTINGS)) as client:
        for _ in range(2):
            statements.clear()
            answer = client.request(method, path, headers=headers, json=body)
            assert answer.status_code == 200, answer.text
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


def test_every_question_that_looks_once_is_tried() -> None:
    """What says that it asks a single time stands above."""
    every = [one for those in use_cases().values() for one in those]
    once = {one.name for one in every if isinstance(one, Question) and one.looks_once}
    assert once == set(LISTS)
