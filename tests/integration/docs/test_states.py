"""docs/states.md says what the models declare."""

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_states_are_those_of_the_models() -> None:
    """The diagrams are drawn from the verbs, never by hand."""
    drawn = runpy.run_path(str(ROOT / "docs" / "states.py"))["page"]()
    written = (ROOT / "docs" / "states.md").read_text(encoding="utf-8")
    assert written == drawn, "run: python docs/states.py"
