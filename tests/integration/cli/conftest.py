"""The command line as its user has it: words in, words and an exit code out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from click.testing import CliRunner

from entrypoints.cli import main


@frozen
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """Give the JSON document that stdout holds."""
        found: dict[str, Any] = json.loads(self.out)
        return found


Run = Callable[..., Said]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a way to run ``supervision`` in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def ran(*words: str | Path) -> Said:
        found = CliRunner().invoke(main, [str(word) for word in words])
        if found.exception and not isinstance(found.exception, SystemExit):
            raise found.exception
        return Said(found.exit_code, found.stdout, found.stderr)

    return ran
