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
    """No part or folder of the engine, and no kind of declaration, has come to name nothing."""
    found = {one.relative_to(COUNTING["SOURCE"]) for one in COUNTING["engine_modules"]()}
    assert {Path(one) for one in COUNTING["FOLDERS"]} <= {one.parent for one in found}
    for part in COUNTING["PARTS"]:
        assert any(one.match(f"{part}.py") for one in found), part
    COUNTING["main"]()
    told = capsys.readouterr().out.splitlines()
    assert [line.partition("：")[0] for line in told] == [
        "登记册", "列表", "列表在SQL中的来源", "办理", "引擎"
    ]  # fmt: skip
