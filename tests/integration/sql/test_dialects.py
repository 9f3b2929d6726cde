"""KingbaseES and DM as far as they can be known without their servers."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import dmPython
import pytest
from attrs import frozen
from sqlalchemy import Column, Date, Engine, Integer, MetaData, Table, create_engine, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from adapters.sql.engine.database import DriverMissing, open_engine
from adapters.sql.engine.dialects import dm, kingbase
from adapters.sql.engine.faults import UNNAMED, broken_unique
from adapters.sql.tables import metadata

DAY = date(2026, 4, 7)
DM_URL = "dm://SYSDBA:x@127.0.0.1:1"


def test_kingbase_is_known_by_its_version(kingbase_engine: Engine, kingbase_dsn: str) -> None:
    """The stock dialect gives up at the version of KingbaseES; ours takes the base's features."""
    dialect: Any = kingbase_engine.dialect
    assert dialect.product.startswith("KingbaseES V008R006")
    assert dialect.server_version_info >= (12, 0)
    stock = create_engine(kingbase_dsn.replace("kingbase://", "postgresql+psycopg://"))
    with pytest.raises(AssertionError, match="Could not determine version"):
        stock.connect()
    stock.dispose()


@pytest.mark.parametrize(
    ("number", "version"),
    [("120001", (12, 1)), ("150020", (15, 20)), ("80600", (12, 0)), ("", (12, 0)), (None, (12, 0))],
)
def test_features_are_those_of_the_base(number: str | None, version: tuple[int, int]) -> None:
    """A number that no PostgreSQL under KingbaseES has means the oldest one that is under it."""
    assert kingbase.feature_version(number) == version


@pytest.mark.parametrize("kind", [kingbase.OnlyDay, dm.OnlyDay])
def test_a_day_of_the_oracle_mode_is_a_day(
    kind: Callable[[], kingbase.OnlyDay], kingbase_engine: Engine
) -> None:
    """``DATE`` that carries a midnight is read as the day, and nothing as nothing."""
    read = kind().result_processor(kingbase_engine.dialect, None)
    assert read(datetime(2026, 4, 7)) == DAY  # noqa: DTZ001 - as drivers give it
    assert type(read(datetime(2026, 4, 7))) is date  # noqa: DTZ001 - as above
    assert read(DAY) == DAY
    assert read(None) is None


def test_a_midnight_from_the_server_is_a_day(kingbase_engine: Engine) -> None:
    """The dialect reads a column of days through that, whatever the server sends."""
    days = Table("days", MetaData(), Column("day", Date))
    with kingbase_engine.connect() as connection:
        connection.execute(text("CREATE TEMPORARY TABLE days (day timestamp(0))"))
        connection.execute(days.insert(), {"day": DAY})
        found = connection.execute(select(days.c.day)).scalar_one()
    assert type(found) is date
    assert found == DAY


def test_a_lost_connection_is_replaced(kingbase_engine: Engine) -> None:
    """Sessions that the server ended cost one failed statement at most, and none of a new unit."""
    with kingbase_engine.connect() as connection:
        mine = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with kingbase_engine.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:mine)"), {"mine": mine})
        with pytest.raises(DatabaseError) as lost:
            connection.execute(text("SELECT 1"))
        assert lost.value.connection_invalidated
    with kingbase_engine.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1


def test_a_broken_key_is_named(kingbase_engine: Engine) -> None:
    """The driver's errors tell the constraint, as PostgreSQL's do."""
    row = {"name": "twice", "upto": 1}
    with pytest.raises(IntegrityError) as broken, kingbase_engine.begin() as connection:
        connection.execute(metadata.tables["counter"].insert(), [row, row])
    assert broken.value.orig is not None
    assert broken.value.orig.kbcode == "23505"  # type: ignore[attr-defined]
    assert broken_unique(broken.value, metadata) == "pk_counter"


@frozen
class ServerFault:
    """What DM's driver puts into its errors (doc)."""

    code: int
    message: str

    def __str__(self) -> str:
        """Give the text as the driver does."""
        return f"[CODE:{self.code}]{self.message}"


@frozen
class Raised:
    """What SQLAlchemy tells whoever listens for errors."""

    original_exception: BaseException
    sqlalchemy_exception: DatabaseError
    statement: str = "INSERT INTO counter VALUES (?, ?)"
    parameters: tuple[object, ...] = ()
    is_disconnect: bool = False


def dm_error(code: int, message: str) -> Raised:
    """Give an error of the driver, as SQLAlchemy would wrap it."""
    original = dmPython.DatabaseError(ServerFault(code, message))
    return Raised(original, DatabaseError("INSERT", (), original))


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("违反表[COUNTER]唯一性约束[PK_COUNTER]", "pk_counter"),
        ("Violate unique constraint on [uq_checklist_region]", "uq_checklist_region"),
        ("违反表[COUNTER]唯一性约束", UNNAMED),
    ],
)
def test_dm_tells_a_broken_key_by_code(message: str, name: str) -> None:
    """Error -6602 is a broken key, in whatever language and with or without a name."""
    translated = dm.as_narrower_error(dm_error(-6602, message))  # type: ignore[arg-type]
    assert isinstance(translated, IntegrityError)
    assert broken_unique(translated, metadata) == name


@pytest.mark.parametrize(("code", "translated"), [(-6603, True), (-2106, False), (-70028, False)])
def test_dm_breaks_no_key_by_another_code(code: int, *, translated: bool) -> None:
    """A broken reference is an integrity error but no broken key; a missing table is neither."""
    found = dm.as_narrower_error(dm_error(code, "…"))  # type: ignore[arg-type]
    assert isinstance(found, IntegrityError) is translated
    if isinstance(found, IntegrityError):
        assert broken_unique(found, metadata) is None


def test_dm_without_a_server_says_so() -> None:
    """The driver and the dialect load; what is missing is the server, and the error tells."""
    engine = open_engine(f"{DM_URL}?durability=proved")
    with pytest.raises(OperationalError, match="-70028"):
        engine.connect()
    assert engine.dialect.durability == "proved"  # type: ignore[attr-defined]
    engine.dispose()


@pytest.mark.parametrize(("query", "said"), [("", "unknown"), ("?durability=proved", "proved")])
def test_dm_is_told_of_durability_by_the_address(query: str, said: str) -> None:
    """What the operator proved stands in the address and never reaches the driver."""
    engine = create_engine(DM_URL + query)
    dialect: Any = engine.dialect
    _, options = dialect.create_connect_args(engine.url)
    assert dialect.durability == said
    assert "durability" not in options


def test_dm_writes_many_rows_without_returning() -> None:
    """No statement asks DM to give back what it was given."""
    table = Table("t", MetaData(), Column("id", Integer, primary_key=True, autoincrement=False))
    dialect = create_engine(DM_URL).dialect
    assert "RETURNING" not in str(table.insert().compile(dialect=dialect, for_executemany=True))


def test_an_unknown_database_is_refused() -> None:
    """``sql.driver_missing`` names what the address asks for."""
    with pytest.raises(DriverMissing) as refused:
        open_engine("cassandra://host/base")
    assert [reason.data for reason in refused.value.reasons] == [{"name": "cassandra"}]
