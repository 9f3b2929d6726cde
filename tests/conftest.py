"""Databases for tests: a file of SQLite, a server of PostgreSQL; each test finds them empty.

Tests of properties search for counter-examples as long as the session asks.
"""

import gc
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine, event, make_url, text
from tests.carried import carried

from adapters.crypto.platform_keys import KeySettings, PlatformKeys
from adapters.sql.engine.database import open_engine
from adapters.sql.engine.schema import counter
from adapters.sql.frame.known import KNOWN, Follower
from adapters.sql.migrations import migrate, revisions
from adapters.sql.sealing.protection import Sealing
from adapters.sql.tables import metadata
from adapters.system import SystemRandomness

gc.set_threshold(100_000, 50, 100)  # a heap of so many routes and tables took a fifth of all time
settings.register_profile(  # a busy machine is no fault of the rule
    "quick", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", settings.get_profile("quick"), max_examples=5000)
settings.load_profile("quick")


@pytest.fixture(scope="session", autouse=True)
def platform_keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlatformKeys]:
    """Give keys of this test process alone, where the environment says; never the home's."""
    folder = tmp_path_factory.mktemp("platform")
    places = {
        "SUPERVISION_KEYS": str(folder / "keys"),
        "SUPERVISION_MASTER_KEY": str(folder / "master.key"),
        "SUPERVISION_TRUST": str(folder / "trust"),
        "SUPERVISION_AUTHORITY": str(folder / "authority"),
        "SUPERVISION_WORKER_FOLDER": str(folder / "worker"),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in places.items():
            patch.setenv(name, value)
        settings = KeySettings.read(places)
        settings.make(SystemRandomness())
        yield settings.open(SystemRandomness())


@pytest.fixture(scope="session")
def sealing(platform_keys: PlatformKeys) -> Sealing:
    """Give what protects rows with the keys of this test process."""
    return Sealing.under(platform_keys.store, SystemRandomness())


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Give the address of a server: that of SUPERVISION_TEST_POSTGRES, or one of our own."""
    if given := os.environ.get("SUPERVISION_TEST_POSTGRES"):
        yield given
        return
    with carried() as address:
        yield address


@pytest.fixture(scope="session")
def postgres_dsn(postgres_server: str) -> Iterator[str]:
    """Give the address of an empty database of this test process alone."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"supervision_{worker}_{os.getpid()}"
    url = make_url(postgres_server).set(drivername="postgresql+psycopg")
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield url.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(scope="session")
def migrated_postgres(postgres_dsn: str, sealing: Sealing) -> Iterator[Engine]:
    """Give the database with every table."""
    engine = open_engine(postgres_dsn, sealing=sealing)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def migrated_sqlite_file(tmp_path_factory: pytest.TempPathFactory, sealing: Sealing) -> Path:
    """Give a database file with every table, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    engine = open_engine(f"sqlite:///{path}", sealing=sealing)
    migrate(engine)
    engine.dispose()
    return path


NOT_PORTABLE = re.compile(
    r"\bRETURNING\b|\bON CONFLICT\b|\bON DUPLICATE\b|\bMERGE\b|\bFILTER \(|\bLATERAL\b|->"
    r"|\bIS (1|0|TRUE|FALSE)\b|^\s*UPDATE[^;]*\bFROM\b|\bDELETE[^;]*\bUSING\b",
    re.IGNORECASE | re.DOTALL,
)


def watch(engine: Engine) -> None:
    """Fail on a statement outside of the subset shared with KingbaseES and DM."""

    @event.listens_for(engine, "before_cursor_execute")
    def check(
        _connection: object,
        _cursor: object,
        statement: str,
        _parameters: object,
        context: object,
        *_rest: object,
    ) -> None:
        # without a context it is the driver's own, compiled for its dialect (engine.direct)
        assert context is None or not NOT_PORTABLE.search(statement), statement


@pytest.fixture
def sqlite_engine(migrated_sqlite_file: Path, tmp_path: Path, sealing: Sealing) -> Iterator[Engine]:
    """Give an empty SQLite database with every table."""
    path = tmp_path / "test.db"
    shutil.copy(migrated_sqlite_file, path)
    engine = open_engine(f"sqlite:///{path}", sealing=sealing)
    watch(engine)
    yield engine
    engine.dispose()


_TABLES = [one for one in reversed(metadata.sorted_tables) if one is not counter]
_FILLED = " UNION ALL ".join(
    f"SELECT '{one.name}' WHERE EXISTS (SELECT 1 FROM {one.name})"  # noqa: S608 - our own tables
    for one in _TABLES
)


def take_out(engine: Engine) -> None:
    """Take everything out of a database but its tables, by one look and what that found."""
    with engine.begin() as connection:
        filled = set(connection.exec_driver_sql(_FILLED).scalars())
        for table in _TABLES:
            if table.name in filled:  # by DELETE: TRUNCATE costs ten times as much here
                connection.execute(table.delete())
        connection.execute(counter.update().values(upto=0))


@pytest.fixture(scope="session")
def empty() -> Callable[[Engine], None]:
    """Give what takes everything out of a database, and lets this process know nothing of it."""

    def emptied(engine: Engine) -> None:
        take_out(engine)
        engine.update_execution_options(**{KNOWN: Follower()})  # as a process begins
        shutil.rmtree(os.environ["SUPERVISION_WORKER_FOLDER"], ignore_errors=True)

    return emptied


def mend(engine: Engine) -> None:
    """Make every table anew where a test of migrations failed on its way."""
    there, head = revisions(engine)
    if there != head:
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        migrate(engine)


@pytest.fixture
def postgres_engine(migrated_postgres: Engine, empty: Callable[[Engine], None]) -> Iterator[Engine]:
    """Give an empty PostgreSQL database with every table."""
    empty(migrated_postgres)
    yield migrated_postgres
    mend(migrated_postgres)
