"""Columns of a workbook that a program asks for by name."""

import pytest

from entrypoints.registered import lists
from supervision_core.identity.services.lists import cases_of

from .conftest import Surface
from .test_pages_kept import clerk  # noqa: F401 - who maintains trades
from .workbooks import read


@pytest.mark.usefixtures("clerk")
@pytest.mark.parametrize(
    ("table", "known"),
    [("/api/v1/identity/trades/table", "code"), ("/api/v1/plans/plans/table", "number")],
)
def test_a_column_that_is_none_is_named_and_nothing_is_given_out(
    surface: Surface, table: str, known: str
) -> None:
    """A misspelt name is refused with the names that there are; no export is carried out."""
    surface.let("system", cases_of(lists()["plans.plan"]).export.permission)
    answer = surface.call("system", "GET", f"{table}?columns={known}&columns=nubmer")
    assert (answer.status_code, answer.json()["code"]) == (422, "kernel.unknown_column")
    exports = {cases_of(lists()["plans.plan"]).export.permission, "identity.export_trades"}
    assert not exports & {one.action for one in surface.audited()}
    (told,) = answer.json()["reasons"]
    assert (told["at"], told["code"]) == ("columns", "kernel.column_among")
    assert "nubmer" in told["reason"]
    assert known in told["remedy"]
    given = surface.call("system", "GET", f"{table}?columns={known}")
    assert given.status_code == 200, given.text
    assert all(len(row) < 3 for row in read(given.content))
    assert len(exports & {one.action for one in surface.audited()}) == 1
