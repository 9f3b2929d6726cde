"""The source of the project, parsed once, for the tests that read it instead of running it."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def _parsed(package: str) -> dict[str, ast.Module]:
    source = ROOT / "src"
    found = {}
    for path in sorted((source / package).rglob("*.py")):
        name = ".".join(path.relative_to(source).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = ast.parse(path.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the root of the project."""
    return ROOT


@pytest.fixture(scope="session")
def core() -> dict[str, ast.Module]:
    """Give every module of the core by its dotted name."""
    return _parsed("supervision_core")


@pytest.fixture(scope="session")
def everything(core: dict[str, ast.Module]) -> dict[str, ast.Module]:
    """Give every module of src by its dotted name."""
    return core | _parsed("adapters") | _parsed("entrypoints")
