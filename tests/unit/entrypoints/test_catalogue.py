"""The catalogue of permissions is complete, because it is read off the code itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

from entrypoints.catalogue import ASKED_ELSEWHERE, InstalledPermissions, use_cases
from entrypoints.titles import TITLES

ROOT = Path(__file__).resolve().parents[3] / "src"
SHIPPED_FOR_TESTS = ROOT / "supervision_core" / "testing"


def declared(root: Path) -> Iterator[str]:
    """Give the permission of every ``@use_case`` and ``@question`` that stands in the source."""
    for path in root.rglob("*.py"):
        if SHIPPED_FOR_TESTS in path.parents:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield from (found for one in node.decorator_list for found in _permission(one))


def _permission(decorator: ast.expr) -> Iterator[str]:
    match decorator:
        case ast.Call(func=ast.Name("use_case" | "question"), args=[ast.Constant(str(name))]):
            yield name


def test_every_use_case_of_the_source_is_in_the_catalogue() -> None:
    """Whoever writes a use case gives it a permission that can be granted, wherever it stands."""
    found = set(declared(ROOT))
    assert len(found) > 150
    assert found == set(use_cases())
    assert InstalledPermissions().permissions() == found | ASKED_ELSEWHERE


def test_a_use_case_elsewhere_would_be_noticed(tmp_path: Path) -> None:
    """The search sees decorators itself: a use case outside of the services would show."""
    (tmp_path / "hidden.py").write_text(
        '@use_case("hidden.act")\ndef act(work, cmd): ...\n'
        '@question("hidden.ask")\ndef ask(work, cmd): ...\n'
    )
    assert set(declared(tmp_path)) == {"hidden.act", "hidden.ask"}


def test_no_two_use_cases_ask_for_one_permission() -> None:
    """Granting one act never grants another by the way."""
    assert [name for name, those in use_cases().items() if len(those) > 1] == []


def test_every_permission_has_a_title() -> None:
    """Whoever grants or uses a permission reads in Chinese what it is; no two read alike."""
    assert set(TITLES) == InstalledPermissions().permissions()
    assert len(set(TITLES.values())) == len(TITLES)
