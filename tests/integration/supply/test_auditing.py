"""Matrix row 26: an audit of dependencies that could not be made is not a good one."""

from typing import Any

import pytest
from tests.integration.supply.auditing import CLEAN, HOLES, UNASKED, verdict

HOLE: Any = {"dependencies": [{"name": "jinja2", "version": "2.10", "vulns": [{"id": "PYSEC-1"}]}]}
FINE: Any = {"dependencies": [{"name": "attrs", "version": "25.1", "vulns": []}]}
SKIPPED: Any = {"dependencies": [{"name": "jinja2", "skip_reason": "not found"}]}
NOTHING: Any = {"dependencies": []}


@pytest.mark.parametrize(
    ("report", "control", "code"),
    [
        (FINE, HOLE, CLEAN),
        (HOLE, HOLE, HOLES),
        (HOLE, FINE, HOLES),
        (FINE, FINE, UNASKED),
        (FINE, SKIPPED, UNASKED),
        (SKIPPED, HOLE, UNASKED),
        (NOTHING, HOLE, UNASKED),
        (None, HOLE, UNASKED),
        (FINE, None, UNASKED),
    ],
    ids=["clean", "hole", "hole-unproved", "silent", "control-skipped", "skipped", "nothing",
         "no-report", "no-control"],
)  # fmt: skip
def test_only_who_would_have_told_says_that_all_is_well(
    report: Any, control: Any, code: int
) -> None:
    """Green is an answer by somebody who knows of holes; silence has a code of its own."""
    found, said = verdict(report, control)
    assert found == code
    assert ("NOT POSSIBLE" in said) == (code == UNASKED)
