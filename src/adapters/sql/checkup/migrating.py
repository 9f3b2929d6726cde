"""Whether every table can be made and taken away again, in a place of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, event, inspect, text
from sqlalchemy.pool import ConnectionPoolEntry

from adapters.sql.checkup.steps import Patient, Step, Unmet
from adapters.sql.engine.database import open_engine
from adapters.sql.migrations import migrate, migrate_down
from adapters.sql.tables import metadata

OWN = "alembic_version"


@contextmanager
def scratch_place(patient: Patient) -> Iterator[Engine]:
    """Give an empty place beside the platform's own tables: a file, or a schema; then end it."""
    name = f"doctor_{patient.suffix}"
    if patient.kind == "sqlite":
        path = Path(f"{patient.url.database}.{name}")
        engine = open_engine(f"sqlite:///{path}", sealing=patient.sealing)
        try:
            yield engine
        finally:
            engine.dispose()
            for one in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
                one.unlink(missing_ok=True)
        return
    with patient.engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    address = patient.url.render_as_string(hide_password=False)
    engine = open_engine(address, pool_size=1, sealing=patient.sealing)
    event.listen(engine, "connect", _enter(patient.kind, name))
    try:
        yield engine
    finally:
        engine.dispose()
        with patient.engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))


class _Enter:
    """Lets each new connection work in a schema."""

    def __init__(self, statement: str) -> None:
        self._statement = statement

    def __call__(self, connection: object, entry: ConnectionPoolEntry) -> None:
        del entry
        cursor = connection.cursor()  # type: ignore[attr-defined]  # the driver's own connection
        cursor.execute(self._statement)
        cursor.close()
        connection.commit()  # type: ignore[attr-defined]  # as above


def _enter(kind: str, schema: str) -> _Enter:
    return _Enter(f"SET SCHEMA {schema}" if kind == "dm" else f"SET search_path TO {schema}")


def _migrate(patient: Patient) -> str:
    with scratch_place(patient) as engine:
        migrate(engine)
        made = set(inspect(engine).get_table_names()) - {OWN}
        if missing := sorted(metadata.tables.keys() - made):
            raise Unmet(f"缺少表：{'、'.join(missing)}")
        migrate_down(engine)
        if left := sorted(set(inspect(engine).get_table_names()) - {OWN}):
            raise Unmet(f"退回后还有表：{'、'.join(left)}")
        migrate(engine)
    return f"{len(made)} 张表建立、退回、再建立"


MIGRATING = (
    Step(
        "migrations",
        "建立全部表",
        "给平台的用户建模式的权限（GRANT CREATE ON DATABASE …；达梦 CREATE SCHEMA）；"
        "语句出错时把原文告诉开发者：adapters/sql/migrations 与 dialects/changes.py",
        _migrate,
    ),
)
