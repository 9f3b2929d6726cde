"""A server that says it is KingbaseES: PostgreSQL, asked through the vendor's driver."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from tests.conftest import mend, take_out

from adapters.sql.engine.database import open_engine
from adapters.sql.migrations import migrate
from adapters.sql.sealing.protection import Sealing

from .golden import Golden, refuse_part_of, writing

VERSION = "KingbaseES V008R006C007B0024 on x86_64-pc-linux-gnu, compiled by gcc"


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let nobody write the golden files anew from a part of the tests."""
    refuse_part_of(one.path for one in session.items)


@pytest.fixture(scope="session")
def kingbase_dsn(postgres_dsn: str) -> Iterator[str]:
    """Give the address of a database of its own, whose ``version()`` is that of KingbaseES.

    The vendor's driver looks for a socket of another name, and for another port unless told.
    """
    url = make_url(postgres_dsn)
    name = f"{url.database}_kb"
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        port = connection.execute(text("SHOW port")).scalar_one()
    folder = url.query.get("host")
    if isinstance(folder, str) and not Path(folder, f".s.KINGBASE.{port}").exists():
        Path(folder, f".s.KINGBASE.{port}").symlink_to(f".s.PGSQL.{port}")
    inside = create_engine(url.set(database=name))
    with inside.begin() as connection:
        connection.execute(
            text(
                "CREATE OR REPLACE FUNCTION pg_catalog.version() RETURNS text LANGUAGE sql STABLE"
                f" AS $$ SELECT '{VERSION}'::text $$"
            )
        )
    inside.dispose()
    found = url.set(drivername="kingbase", database=name)
    if not isinstance(folder, str):
        found = found.set(port=int(port))
    else:
        found = found.update_query_dict({"port": port})
    yield found.render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(scope="session")
def migrated_kingbase(kingbase_dsn: str, sealing: Sealing) -> Iterator[Engine]:
    """Give the database with every table."""
    engine = open_engine(kingbase_dsn, sealing=sealing)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def kingbase_engine(migrated_kingbase: Engine) -> Iterator[Engine]:
    """Give an empty database with every table."""
    take_out(migrated_kingbase)
    yield migrated_kingbase
    mend(migrated_kingbase)


@pytest.fixture(scope="session")
def golden() -> Iterator[Golden]:
    """Give what statements are known; write the files in the end where that is wanted."""
    found = Golden()
    yield found
    if writing():
        found.write()


@pytest.fixture
def sqlite_engine(sqlite_engine: Engine, golden: Golden) -> Iterator[Engine]:
    """Give an empty SQLite database that lets no statement pass which no golden file holds."""
    with golden.watching(sqlite_engine):
        yield sqlite_engine
