"""A row and what the log says of it are two reads: what is changed in between is no alarm.

On PostgreSQL, where a command sees what others commit while it runs.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from attrs import field, frozen
from sqlalchemy import Engine, select, update

from adapters.sql.frame.commit import SqlAuditLog
from adapters.sql.frame.known import follower_of
from adapters.sql.identity.access import grant_sheet
from adapters.sql.ports import sql_transactions
from adapters.system import SystemClock, SystemIds
from supervision_core.identity.model import (
    Actor,
    DataScope,
    HolderKind,
    SealBroken,
)
from supervision_core.identity.ports import GrantSheets
from supervision_core.identity.services import Commands, Work, question, use_case
from supervision_core.identity.services.access import sheet_of
from supervision_core.identity.services.keeping import keep
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.errors import Conflict
from supervision_core.testing.identity import NOON

HOLDER = "zhang.san"
ROW = f"user/{HOLDER}"
CHANGES = 150
WRITERS = READERS = 4
OWNER = Actor(
    user="set-up",
    department="",
    scope=DataScope(region="450000"),
    permissions=frozenset({"testing.*"}),
)


def _change(work: Work, number: int) -> int:
    sheet = sheet_of(work.unit, HolderKind.USER, HOLDER)
    sheet.assign(roles=frozenset({f"r-{number}"}), groups=frozenset(), at=NOON)
    keep(work, GrantSheets, sheet)
    return number


@use_case("testing.change", "修改")
def change(work: Work, number: int) -> int:
    """Change what the holder was granted."""
    return _change(work, number)


@use_case("testing.use", "使用")
def use(work: Work, number: int) -> int:
    """Rely, in a command, on what the holder was granted."""
    sheet_of(work.unit, HolderKind.USER, HOLDER)
    return number


@question("testing.look", "查看")
def look(work: Work, number: int) -> int:
    """Rely, in a question, on what the holder was granted."""
    sheet_of(work.unit, HolderKind.USER, HOLDER)
    return number


@frozen
class House:
    """A database in which one user was granted something."""

    engine: Engine
    commands: Commands = field()

    def crowd(self, act: Callable[[int], object]) -> int:
        """Change the grant again and again, and do ``act`` beside; count what looked tampered."""
        over, alarms = Event(), []

        def write(writer: int) -> None:
            for number in range(CHANGES // WRITERS):
                try:
                    self.commands.run(change, writer * CHANGES + number, actor=OWNER)
                except Conflict:
                    continue

        def read(number: int) -> None:
            while not over.is_set():
                try:
                    act(number)
                except Tampered as broken:
                    alarms.append(broken)

        with ThreadPoolExecutor(WRITERS + READERS) as crowd:
            reading = [crowd.submit(read, number) for number in range(READERS)]
            writing = [crowd.submit(write, number) for number in range(WRITERS)]
            try:
                for one in writing:
                    one.result()
            finally:
                over.set()
            for one in reading:
                one.result()
        return len(alarms)

    def alarms(self) -> list[dict[str, str]]:
        """Give what the log says of alarms."""
        noted = (dict(row.entry.note) for row in SqlAuditLog(self.engine).rows())
        return [one for one in noted if "alarm" in one]

    def tamper(self) -> None:
        """Change the row past the platform, as whoever has the database's password could."""
        with self.engine.begin() as connection:
            mine = grant_sheet.c.id == ROW
            connection.execute(update(grant_sheet).where(mine).values(version=7))


@pytest.fixture
def house(postgres_engine: Engine) -> House:
    """Give the house."""
    follower_of(postgres_engine).every = 0.0
    transactions = sql_transactions(postgres_engine)
    commands = Commands(transactions, SystemClock(), SystemIds())
    made = House(postgres_engine, commands)
    commands.run(change, 0, actor=OWNER)
    return made


@pytest.mark.parametrize("case", [use, change], ids=["used", "changed"])
def test_commands_beside_changes_raise_no_alarm(house: House, case: Any) -> None:
    """What was changed in between shows in another version when looked at again."""

    def act(number: int) -> None:
        try:
            house.commands.run(case, number, actor=OWNER)
        except Conflict:
            return

    assert house.crowd(act) == 0
    assert house.alarms() == []


def test_questions_beside_changes_raise_no_alarm(house: House) -> None:
    """A question sees one state of row and seal."""
    assert house.crowd(lambda number: house.commands.ask(look, number, actor=OWNER)) == 0
    assert house.alarms() == []


def test_reading_once_would_raise_some(house: House) -> None:
    """The control: without a second look the crowd meets changes between row and log."""
    transactions = sql_transactions(house.engine)

    def once(number: int) -> None:
        del number
        with transactions.begin() as unit:
            sheet_of(unit, HolderKind.USER, HOLDER)

    assert house.crowd(once) > 0


def test_a_changed_row_alarms_at_once(house: House) -> None:
    """The same twice is believed: command and question are denied, the log names the place."""
    house.tamper()
    with pytest.raises(Tampered):
        house.commands.run(use, 1, actor=OWNER)
    with pytest.raises(Tampered):
        house.commands.ask(look, 1, actor=OWNER)
    assert house.alarms() == [{"alarm": "crypto.row_changed", "place": f"grant_sheet/{ROW}"}] * 2


def test_a_row_put_back_alarms_at_once(house: House) -> None:
    """So is one that is older than the log says. Error: identity.seal_broken."""
    columns = [column for column in grant_sheet.c if column.name != "id"]
    with house.engine.begin() as connection:
        old = dict(connection.execute(select(*columns)).one()._mapping)
    house.commands.run(change, 1, actor=OWNER)
    with house.engine.begin() as connection:
        connection.execute(update(grant_sheet).values(old))
    with pytest.raises(SealBroken):
        house.commands.ask(look, 1, actor=OWNER)
    assert [one["alarm"] for one in house.alarms()] == ["identity.seal_broken"]
