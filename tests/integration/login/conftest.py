"""An installation in each store, with one member of staff who knows his password."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import define
from sqlalchemy import Engine, make_url

from adapters.crypto.platform_keys import PlatformKeys
from adapters.crypto.trust import TrustFolder
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.sql.ports import sql_transactions
from supervision_core.identity.model import (
    Credentials,
    Department,
    DepartmentData,
    LogInPolicy,
    User,
)
from supervision_core.identity.ports import CredentialsStore, Departments, Users
from supervision_core.identity.services.login import LogIns
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.ports import Clock, Repository, Transactions
from supervision_core.testing.identity import full_draft

from .guessing import Counting, Phones, door

START = datetime.fromisoformat("2026-11-24T04:00:00+00:00")
GOOD = "Correct-horse-7"
HOME = "192.0.2.1"


@define
class Moving(Clock):
    """Goes when told."""

    at: datetime = START

    def now(self) -> datetime:
        """Give the moment."""
        return self.at

    def go(self, **by: float) -> None:
        """Go on, or back."""
        self.at += timedelta(**by)


@define
class House:
    """A store, the way in over it, and who lives there."""

    transactions: Transactions
    database: str
    clock: Moving
    hashes: Counting
    phones: Phones
    log_ins: LogIns
    trust: TrustFolder

    def keep(self, port: type[Repository[Any]], root: Aggregate) -> None:
        """Store and seal, past every rule."""
        with self.transactions.begin() as unit:
            unit[port].save(root)
            unit.commit()

    def user(self, account: str, password: str = GOOD) -> str:
        """Add a user of the one department, with a password unless it is empty."""
        self.keep(Users, User.register(full_draft(account, "d-1"), id=account, at=START))
        if password:
            made = Credentials(
                id=account, password=self.hashes.hash(password), changed_at=self.clock.now()
            )
            self.keep(CredentialsStore, made)
        return account

    def again(self, **changed: Any) -> LogIns:
        """Give another way in over the same store."""
        settings: dict[str, Any] = {
            "clock": self.clock,
            "messages": self.phones,
            "trust": self.trust,
            **changed,
        }
        hashes = settings.pop("hashes", self.hashes)
        return door(self.transactions, hashes, **settings)

    def begin(self, account: str = "aaa", password: str = GOOD, source: str = HOME) -> str:
        """Give the token of a log-in."""
        return self.log_ins.log_in_with_password(account, password, source=source, captcha="")


def settled(transactions: Transactions, database: str, keys: PlatformKeys, folder: Path) -> House:
    """Give a house with one department and one user."""
    clock, hashes, phones = Moving(), Counting(), Phones()
    trust = TrustFolder(folder / "trust", keys.algorithms.verifier)
    log_ins = door(
        transactions, hashes, clock=clock, messages=phones, trust=trust, policy=LogInPolicy()
    )
    made = House(transactions, database, clock, hashes, phones, log_ins, trust)
    data = DepartmentData(name="示例局", code="1", region="450100")
    made.keep(Departments, Department.add(data, id="d-1", at=START))
    made.user("aaa")
    return made


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def house(
    request: pytest.FixtureRequest, platform_keys: PlatformKeys, tmp_path: Path
) -> Iterator[House]:
    """Give a house in each store."""
    if request.param == "memory":
        yield settled(memory_transactions(MemoryStore()), "", platform_keys, tmp_path)
        return
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    address = engine.url.render_as_string(hide_password=False)
    yield settled(sql_transactions(engine), address, platform_keys, tmp_path)


@pytest.fixture
def sqlite_house(sqlite_engine: Engine, platform_keys: PlatformKeys, tmp_path: Path) -> House:
    """Give a house on SQLite."""
    address = sqlite_engine.url.render_as_string(hide_password=False)
    return settled(sql_transactions(sqlite_engine), address, platform_keys, tmp_path)


@pytest.fixture
def postgres_house(postgres_engine: Engine, platform_keys: PlatformKeys, tmp_path: Path) -> House:
    """Give a house on PostgreSQL, whose address other processes can use."""
    address = make_url(postgres_engine.url).render_as_string(hide_password=False)
    return settled(sql_transactions(postgres_engine), address, platform_keys, tmp_path)
