"""Alembic's entry: runs the migrations on the engine that ``migrate`` was given."""

from alembic import context

from adapters.sql.tables import metadata

with context.config.attributes["engine"].connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=connection.dialect.name != "dm",
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
