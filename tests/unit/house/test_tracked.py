"""What is committed can be read and run anywhere."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDERS = (".ci", "benchmarks", "changelog.d", "docs", "src", "tests")
TEXT = frozenset({"", ".cfg", ".csv", ".ini", ".json", ".md", ".py", ".toml", ".txt", ".yaml"})
MACHINE = re.compile(r"(?<![\w.}])/(?:work|root|home|Users|opt/wheels|tmp/(?:v|brief))/")
REGISTRY = re.compile(r"(?<!emit)-index[-]url|https?://[^\s\"'<>)]*(?:/simple\b|pypi|registry\.)")


def _texts(root: Path) -> Iterator[tuple[str, str]]:
    for path in (
        *(path for path in root.iterdir() if path.is_file() and path.name != ".git"),
        *(path for folder in FOLDERS for path in (root / folder).rglob("*") if path.is_file()),
    ):
        if path.suffix in TEXT and "__pycache__" not in path.parts:
            yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


def test_no_machine_is_named(root: Path) -> None:
    """No path of somebody's machine and no address of a package registry stands in a file."""
    wrong = [
        f"{name}: {found.group()}"
        for name, text in _texts(root)
        for found in (MACHINE.search(text), REGISTRY.search(text))
        if found
    ]
    assert wrong == []


@pytest.mark.parametrize("part", ["work", "root", "home", "Users"])
def test_the_watch_sees_paths(part: str) -> None:
    """Negative control: a path of a machine would be found, a part of an address would not."""
    assert MACHINE.search(f"see /{part}/someone/x")
    assert not MACHINE.search(f"https://example.org/{part}/x")


def test_every_dependency_is_pinned(root: Path) -> None:
    """What pyproject.toml asks for, constraints.txt pins (nox -s pins)."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(item for extra in project["project"]["optional-dependencies"].values() for item in extra),
        *(item for item in project["dependency-groups"]["dev"] if isinstance(item, str)),
    ]
    text = (root / "constraints.txt").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))
    names = {re.split(r"[^A-Za-z0-9._-]", item)[0] for item in wanted}
    names -= {project["project"]["name"]}  # an extra made of others
    assert {re.sub(r"[._-]+", "-", name).lower() for name in names} <= pinned


def test_each_decision_is_one_page_of_five_parts(root: Path) -> None:
    """An ADR argues: context, decision, consequences, alternatives, and what enforces it."""
    parts = ["Context", "Decision", "Consequences", "Alternatives", "Enforced by"]
    wrong = [
        path.name
        for path in (root / "docs" / "adr").glob("0*.md")
        if re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE) != parts
    ]
    assert wrong == []


def test_the_readme_shows_what_the_machine_runs(root: Path) -> None:
    """The one line that sets everything up and runs all tests is the same in both places."""
    line = (root / ".ci" / "run").read_text(encoding="utf-8").rstrip().splitlines()[-1]
    assert line in (root / "README.md").read_text(encoding="utf-8").splitlines()
