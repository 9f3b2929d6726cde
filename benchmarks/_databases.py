"""Databases of a benchmark, and what protects their rows."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, create_engine, make_url, text

from adapters.crypto import open_algorithms
from adapters.crypto.keys import FileKeys, MasterKeyVault
from adapters.crypto.platform_keys import KeySettings
from adapters.sql.engine.database import open_engine
from adapters.sql.migrations import migrate
from adapters.sql.sealing.protection import Sealing
from adapters.system import SystemRandomness
from supervision_core.kernel.sealing import KEY_NAMES


def sealing_in(folder: Path) -> Sealing:
    """Make every key in ``folder``."""
    randomness = SystemRandomness()
    vault = MasterKeyVault(open_algorithms(randomness), randomness, randomness.token(16))
    keys = FileKeys(folder / "keys", vault)
    for name in KEY_NAMES:
        keys.rotate(name)
    return Sealing.under(keys, randomness)


def databases(postgres: str, count: int = 1) -> Iterator[tuple[str, Sequence[Engine]]]:
    """Give the kinds of database, each with so many empty ones that are dropped afterwards.

    SQLite always; PostgreSQL where ``postgres`` is the address of a server.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        sealing = sealing_in(folder)
        with _opened([f"sqlite:///{folder}/{at}.db" for at in range(count)], sealing) as engines:
            yield "SQLite", engines
        if postgres:
            with (
                made_on_server(postgres, count) as places,
                _opened(places, sealing) as engines,
            ):
                yield "PostgreSQL", engines


def served(folder: Path, postgres: str) -> Iterator[tuple[str, str, Engine]]:
    """Give the kinds of database that a server can be run over: kind, address, and the migrated.

    Their keys are where the environment says, for this process and for servers that it starts.
    """
    os.environ["SUPERVISION_KEYS"] = str(folder / "keys")
    os.environ["SUPERVISION_MASTER_KEY"] = str(folder / "master.key")
    randomness = SystemRandomness()
    KeySettings.read(os.environ).make(randomness)
    sealing = Sealing.under(KeySettings.read(os.environ).open(randomness).store, randomness)
    kinds: dict[str, AbstractContextManager[Sequence[str]]] = {
        "SQLite": nullcontext((f"sqlite:///{folder}/a.db",))
    }
    if postgres:
        kinds["PostgreSQL"] = made_on_server(postgres, 1)
    for kind, opened in kinds.items():
        with opened as (url,), _opened([url], sealing) as (engine,):
            yield kind, url, engine


@contextmanager
def made_on_server(server: str, count: int) -> Iterator[Sequence[str]]:
    """Give the addresses of new databases, dropped at the end of the block."""
    place = make_url(server).set(drivername="postgresql+psycopg")
    names = [f"bench_{time.monotonic_ns()}_{at}" for at in range(count)]
    admin = create_engine(place, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for name in names:
            connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield [place.set(database=one).render_as_string(hide_password=False) for one in names]
        finally:
            for name in names:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@contextmanager
def _opened(places: Sequence[str], sealing: Sealing) -> Iterator[Sequence[Engine]]:
    engines = [open_engine(place, sealing=sealing) for place in places]
    for engine in engines:
        migrate(engine)
    yield engines
    for engine in engines:
        engine.dispose()
