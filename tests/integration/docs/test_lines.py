"""What docs/lines.py counts."""

import ast
import runpy
from pathlib import Path

import pytest

COUNTING = runpy.run_path(str(Path(__file__).parents[3] / "docs" / "lines.py"))
CODE = '''"""Says what it is."""

# a comment
class One:
    """Says it too."""

    number = (
        1
    )
'''


def test_lines_of_code_are_counted() -> None:
    """Neither blank lines nor comments nor docstrings count; each line of an expression does."""
    assert COUNTING["lines_of"](ast.parse(CODE)) == 3


def test_every_part_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    """No pattern of the engine, and no kind of declaration, has come to name nothing."""
    assert all(list(COUNTING["SOURCE"].glob(each)) for each in COUNTING["ENGINE"])
    COUNTING["main"]()
    told = capsys.readouterr().out.splitlines()
    assert [line.partition("：")[0] for line in told] == ["登记册", "列表", "办理", "引擎"]
