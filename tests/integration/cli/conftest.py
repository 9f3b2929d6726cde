"""The command line as its user has it: words in, words and an exit code out."""

import json
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from click.testing import CliRunner

from entrypoints.cli import main
from entrypoints.container import PILOTS, pilot_package
from entrypoints.installing import departments_of


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


@pytest.fixture
def organised(run: Run, tmp_path: Path) -> Callable[[str], None]:
    """Give a way to bring the departments that the pilot scenes name into a database."""

    def organise(database: str) -> None:
        names = chain.from_iterable(departments_of(pilot_package(one)) for one in PILOTS)
        table = "机构编码,机构名称,所属区划,上级机构编码\nD-0,综合监管办公室,450000,\n"
        for number, name in enumerate(dict.fromkeys(names), 1):
            table += f"D-{number},{name},450000,D-0\n"
        regions = "区划代码,区划名称\n450000,广西壮族自治区\n"
        for what, text in (("regions", regions), ("departments", table)):
            (tmp_path / f"{what}.csv").write_text(text, encoding="utf-8")
            said = run("import", what, f"{what}.csv", "--database", database)
            assert said.code == 0, said.out

    return organise
