"""A table of users goes in by as many statements, however long it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from attrs import evolve, field, frozen
from sqlalchemy import Engine, event

from adapters.sql.ports import sql_transactions
from adapters.system import SystemClock
from supervision_core.identity.model import Actor, DataScope
from supervision_core.identity.ports import Departments
from supervision_core.identity.services import Commands
from supervision_core.identity.services.intake import ImportUsers, import_users
from supervision_core.identity.table import UserEntry
from supervision_core.kernel.ports import Ids
from supervision_core.testing.directory import a_department
from supervision_core.testing.identity import full_draft

ROOT = Actor(
    user="root",
    department="",
    scope=DataScope(region="450000"),
    permissions=frozenset({"identity.*"}),
)
DEPARTMENTS = 60


@frozen
class Numbered(Ids):
    """Counts."""

    numbers: Iterator[int] = field(factory=lambda: count(1))

    def next_id(self) -> str:
        """Give the next number."""
        return f"id-{next(self.numbers):04}"


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Give the statements of the block."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def table(first: int, size: int, name: str = "王示例") -> ImportUsers:
    """Make a table, each of whose users is in a department of his own and in the top one."""
    whole = (
        full_draft(f"user.{at}", f"d-{at % DEPARTMENTS}", "top")
        for at in range(first, first + size)
    )
    drafts = (evolve(one, person=evolve(one.person, name=name)) for one in whole)
    return ImportUsers(
        entries=tuple(UserEntry(row=row, draft=draft) for row, draft in enumerate(drafts, 2))
    )


@pytest.fixture
def commands(sqlite_engine: Engine) -> Commands:
    """Give the use cases over a tree of three levels."""
    transactions = sql_transactions(sqlite_engine)
    with transactions.begin() as unit:
        unit[Departments].save(a_department("top"))
        unit[Departments].save(a_department("middle", "top"))
        for at in range(DEPARTMENTS):
            unit[Departments].save(a_department(f"d-{at}", "middle"))
        unit.commit()
    return Commands(transactions, SystemClock(), Numbered())


def test_new_users_cost_no_statement_each(sqlite_engine: Engine, commands: Commands) -> None:
    """Ten or sixty, in as many departments: the same look-ups, and one insertion a table."""
    sizes = []
    commands.run(import_users, table(100, 1), actor=ROOT)  # the first one begins to follow the log
    for first, size in ((0, 10), (10, 60)):
        with counted(sqlite_engine) as statements:
            answer = commands.run(import_users, table(first, size), actor=ROOT)
        assert answer == {"added": size, "changed": 0, "same": 0, "refused": []}
        sizes.append(len(statements))
    assert sizes[0] == sizes[1] < 30


def test_known_users_are_looked_up_together(sqlite_engine: Engine, commands: Commands) -> None:
    """What is not changed costs no statement each; what is, one (the control: it is counted)."""
    commands.run(import_users, table(0, 60), actor=ROOT)
    with counted(sqlite_engine) as same:
        answer = commands.run(import_users, table(0, 60), actor=ROOT)
    assert answer == {"added": 0, "changed": 0, "same": 60, "refused": []}
    assert len(same) < 20
    with counted(sqlite_engine) as changed:
        answer = commands.run(import_users, table(0, 60, "改名"), actor=ROOT)
    assert answer == {"added": 0, "changed": 60, "same": 0, "refused": []}
    assert 60 <= len(changed) < 90
