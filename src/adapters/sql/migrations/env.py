"""Alembic's entry: runs the migrations on the engine, or in the transaction, that it was given."""

from alembic import context
from sqlalchemy import Connection

from adapters.sql.tables import metadata


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=connection.dialect.name != "dm",
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    with context.config.attributes["engine"].connect() as opened:
        _run(opened)
        opened.commit()
