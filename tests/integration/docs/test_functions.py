"""The list of functions is generated, current and honest."""

import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
KNOWN = frozenset({"F001", "F002"})


@pytest.fixture(scope="module")
def tool() -> dict[str, Any]:
    """Load the script as a module, without running it."""
    return runpy.run_path(str(ROOT / "docs" / "functions.py"))


def test_page_is_current(tool: dict[str, Any]) -> None:
    """docs/functions.md is what the markers of today's tests give."""
    committed = (ROOT / "docs" / "functions.md").read_text(encoding="utf-8")
    assert committed == tool["page"](), "run: python docs/functions.py"


def test_every_function_has_a_row(tool: dict[str, Any]) -> None:
    """The page lists F001 to F228, each once."""
    ids = [line[2:6] for line in tool["page"]().splitlines() if line.startswith("| F")]
    assert ids == [f"F{number:03d}" for number in range(1, 229)]


def test_states_follow_the_markers(tool: dict[str, Any]) -> None:
    """No marker: open; a marker: part; only a complete one makes a function done."""
    source = (
        "import pytest\n"
        '@pytest.mark.function("F001", surface="cli")\n'
        "def test_a() -> None: ...\n"
        'pytestmark = [pytest.mark.function("F002", complete=True)]\n'
    )
    proofs = list(tool["proofs_in"](source, "t.py", KNOWN))
    by_id = {proof.function: proof for proof in proofs}
    assert by_id["F001"].test == "t.py::test_a"
    assert by_id["F001"].surface == "cli"
    assert tool["state_of"]([]) == "open"
    assert tool["state_of"]([by_id["F001"]]) == "part"
    assert tool["state_of"](proofs) == "done"


@pytest.mark.parametrize(
    "marker",
    ['"F999"', '"F001", surface="telepathy"', '"F001", done=True', "NAME", '"F001", complete="x"'],
)
def test_a_marker_that_means_nothing_is_refused(tool: dict[str, Any], marker: str) -> None:
    """An unknown function, surface or option never counts as proof."""
    source = f"@pytest.mark.function({marker})\ndef test_a() -> None: ...\n"
    with pytest.raises(tool["BadMarker"]):
        list(tool["proofs_in"](source, "t.py", KNOWN))
