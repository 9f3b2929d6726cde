import json
import pkgutil
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import supervision_core
from supervision_core.audit.model import AuditEntry, AuditRow
from supervision_core.audit.ports import AuditLog
from supervision_core.kernel.outbox import Outbox
from supervision_core.testing.commands import CommandsContract
from supervision_core.testing.draws import DRAW_CASE
from supervision_core.testing.units import Backend, RepositoryContract, UnitOfWorkContract

PAGE = Path(__file__).resolve().parents[3] / "docs" / "embedding.md"
MOST_LINES = 40
ALLOWED = ("attr", "attrs", "cattr", "cattrs", "supervision_core", "typing_extensions")


def shown(name: str) -> str:
    """Give the file ``name`` as the page shows it."""
    pattern = rf"^```\w+ file={name}\n(.*?)^```$"
    found = re.search(pattern, PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found, name
    return found.group(1)


def test_a_program_with_its_own_adapter_is_short() -> None:
    """A stranger's program with his own repository and transactions takes under 40 lines."""
    written = [line for line in shown("own_models.py").splitlines() if line.strip()]
    assert len(written) < MOST_LINES
    assert not any(line.startswith(("from adapters", "from entrypoints")) for line in written)


def test_the_words_for_the_enterprise_are_those_that_are_printed(tmp_path: Path) -> None:
    """The explanation shown in section 2 is what the code above it prints."""
    text = PAGE.read_text("utf-8")
    section = text.split("## 2.")[1].split("## 3.")[0]
    (code,) = re.findall(r"^```python\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    (words,) = re.findall(r"^```text\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    (tmp_path / "餐饮风险.yaml").write_text(shown("餐饮风险.yaml"), "utf-8")
    done = subprocess.run(  # noqa: S603 - our own documentation
        [sys.executable, "-X", "utf8", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == words


def test_the_core_needs_attrs_and_cattrs_only() -> None:
    """Importing every module of the core loads nothing but it, the two and the standard library."""
    names = [
        module.name
        for module in pkgutil.walk_packages(supervision_core.__path__, "supervision_core.")
    ]
    assert len(names) > MOST_LINES
    program = (
        "import importlib, json, sys\n"
        "before = {name.partition('.')[0] for name in sys.modules}\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        "after = {name.partition('.')[0] for name in sys.modules}\n"
        "print(json.dumps(sorted(after - before - sys.stdlib_module_names)))\n"
    )
    done = subprocess.run(  # noqa: S603 - a program of ours
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = json.loads(done.stdout)
    assert "supervision_core" in loaded
    assert [name for name in loaded if name not in ALLOWED] == []


class _LogOf(AuditLog):
    """Reads the stranger's log, each time over a connection of its own."""

    def __init__(self, module: ModuleType, path: Path) -> None:
        self._module, self._path = module, path

    def append(self, entry: AuditEntry) -> None:
        raise NotImplementedError(entry)

    def rows(self, start: int = 0) -> Iterator[AuditRow]:
        database = sqlite3.connect(self._path)
        found = list(self._module.OwnLog(database).rows(start))
        database.close()
        yield from found


class TestOwnPlatform(RepositoryContract, UnitOfWorkContract, CommandsContract):
    """The adapters of section 6, written by a stranger, keep every promise of their ports."""

    @pytest.fixture
    def case(self) -> object:
        """Try them with a draw."""
        return DRAW_CASE

    @pytest.fixture
    def backend(self, tmp_path: Path) -> Iterator[Backend]:
        """Give his platform over a file of its own."""
        module, path = ModuleType("own_platform"), tmp_path / "own.db"
        exec(shown("own_platform.py"), vars(module))  # noqa: S102 - our own documentation
        database = sqlite3.connect(path)
        database.executescript(module.TABLES)
        outbox: Outbox = module.OwnOutbox(database)
        yield Backend(
            transactions=module.OwnTransactions(path), outbox=outbox, audit=_LogOf(module, path)
        )
        database.close()


def test_the_contract_is_not_blind(tmp_path: Path) -> None:
    """Negative control: an adapter that forgets the version is found by the contract."""
    blind = shown("own_platform.py").replace(" WHERE version = excluded.version - 1", "")
    module, path = ModuleType("own_platform"), tmp_path / "own.db"
    exec(blind, vars(module))  # noqa: S102 - our own documentation
    database = sqlite3.connect(path)
    database.executescript(module.TABLES)
    backend = Backend(
        transactions=module.OwnTransactions(path),
        outbox=module.OwnOutbox(database),
        audit=_LogOf(module, path),
    )
    with pytest.raises(AssertionError):
        RepositoryContract().test_lost_update_is_refused(backend, DRAW_CASE)
    database.close()
