"""docs/law.md says what the contexts declare of the law, and they declare what the code does."""

import ast
import re
import runpy
from pathlib import Path

import pytest

from entrypoints.registered import legal_rules
from entrypoints.words import all_messages
from supervision_core.kernel.law import LegalRule

ROOT = Path(__file__).parents[3]
CORE = ROOT / "src" / "supervision_core"
RULES = [one for rules in legal_rules().values() for one in rules]


def test_the_law_is_that_of_the_contexts() -> None:
    """The table is written from the declarations, never by hand."""
    drawn = runpy.run_path(str(ROOT / "docs" / "law.py"))["page"]()
    written = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")
    assert written == drawn, "run: python docs/law.py"


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.demand)
def test_a_rule_is_held_to(rule: LegalRule) -> None:
    """It names its article; what it refuses by has words, and some rule of the core says it."""
    assert all(re.search(r" 第\d+条$|^国办发", one) for one in rule.sources)
    assert set(rule.refusals) <= set(all_messages().codes())
    assert set(rule.refusals) <= _said_codes()


def _said_codes() -> set[str]:
    """Give every text of the core outside of messages and of the table itself."""
    found: set[str] = set()
    for path in CORE.rglob("*.py"):
        if path.stem not in {"messages", "law"} and "testing" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                match node:
                    case ast.Constant(value=str(text)):
                        found.add(text)
                    case ast.JoinedStr(values=[ast.Constant(value=str(text)), _]):
                        found |= {one for one in all_messages().codes() if one.startswith(text)}
                    case _:
                        pass
    return found
