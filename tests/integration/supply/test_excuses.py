"""Matrix row 26: the rules of bandit (ruff ``S``) are on, and each excuse from one says why."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
EXCUSE = re.compile(r"#\s*noqa:\s*([A-Z0-9, ]*\bS[0-9]{3}\b[A-Z0-9, ]*)(.*)$")
REASON = re.compile(r"\s*(?:--?\s+|\()\S.{3,}")
MOST_IN_SOURCE = 60
"""A number to be looked at when it grows: whoever adds one more says so here."""


def unexplained(name: str, text: str) -> list[str]:
    """Give the excuses from a rule of security that give no reason, on their line or before it."""
    lines = text.splitlines()
    return [
        f"{name}:{number}"
        for number, line in enumerate(lines, 1)
        if (found := EXCUSE.search(line)) and not REASON.fullmatch(found[2])
    ]


def _sources(*folders: str) -> list[tuple[str, str]]:
    return [
        (path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]


def test_the_rules_of_security_are_on() -> None:
    """All rules of ruff are, and none of security is among those that are off everywhere."""
    linting = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert linting["select"] == ["ALL"]
    assert [one for one in linting.get("ignore", ()) if re.fullmatch(r"S(\d{3})?", one)] == []
    loose = {
        folder: {one for one in rules if re.fullmatch(r"S(\d{3})?", one)}
        for folder, rules in linting["per-file-ignores"].items()
    }
    assert {rule for rules in loose.values() for rule in rules} == {"S101"}  # asserts of tests


def test_every_excuse_gives_its_reason() -> None:
    """``# noqa: S603 - our own module``: without a reason nobody can judge it."""
    sources = _sources("src", "tests", "docs", "benchmarks")
    assert [one for name, text in sources for one in unexplained(name, text)] == []


def test_excuses_do_not_pile_up() -> None:
    """In what is shipped there are few, and no more than were looked at."""
    found = [
        line for _, text in _sources("src") for line in text.splitlines() if EXCUSE.search(line)
    ]
    assert 0 < len(found) <= MOST_IN_SOURCE


@pytest.mark.parametrize("rest", ["", " - x", "  # and", " -"])
def test_an_excuse_without_reason_is_found(rest: str) -> None:
    """The control."""
    assert unexplained("a.py", f"run(x)  # noqa: {'S' + '603'}{rest}") == ["a.py:1"]
