"""How the tables came to be, step by step, and the way up and down (Alembic)."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from adapters.sql.engine.dialects.changes import register_changes

register_changes()

HEAD = "head"
BASE = "base"


def config_for(engine: Engine) -> Config:
    """Give Alembic its place and the engine."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["engine"] = engine
    return config


def migrate(engine: Engine, revision: str = HEAD) -> None:
    """Bring the database of ``engine`` up to ``revision``; nothing happens when it is there."""
    command.upgrade(config_for(engine), revision)


def migrate_within(connection: Connection) -> None:
    """Bring an empty database up to date within the transaction of ``connection``.

    DM commits each change of a table all the same.
    """
    config = config_for(connection.engine)
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


def migrate_down(engine: Engine, revision: str = BASE) -> None:
    """Take the database back to ``revision``; what later tables held is lost."""
    command.downgrade(config_for(engine), revision)


def revisions(engine: Engine) -> tuple[str, str]:
    """Give the step at which the database is, empty for none, and the last one there is."""
    with engine.connect() as connection:
        now = MigrationContext.configure(connection).get_current_revision()
    return now or "", _last()


@cache
def _last() -> str:
    """Give the last step there is; to find it, each of them is read."""
    return ScriptDirectory(str(Path(__file__).parent)).get_current_head() or ""
