"""How Alembic changes tables on KingbaseES and DM."""

from typing import Any

from alembic.ddl import base, oracle, postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import DDLCompiler


class KingbaseChanges(postgresql.PostgresqlImpl):
    """KingbaseES changes tables as PostgreSQL does."""

    __dialect__ = "kingbase"


class DmChanges(oracle.OracleImpl):
    """DM changes tables nearly as Oracle does, without Oracle's ``/`` after each statement."""

    __dialect__ = "dm"
    batch_separator = ""
    command_terminator = ";"

    def emit_begin(self) -> None:
        """Say nothing: DM begins by itself, and each change of a table commits."""


def register_changes() -> None:
    """Compile Alembic's own statements for both, as their relatives do."""
    compiles(base.RenameTable, "kingbase")(postgresql.visit_rename_table)
    compiles(postgresql.PostgresqlColumnType, "kingbase")(postgresql.visit_column_type)
    compiles(base.AddColumn, "dm")(oracle.visit_add_column)
    compiles(base.ColumnNullable, "dm")(_change_nullable)
    compiles(base.ColumnType, "dm")(oracle.visit_column_type)
    compiles(base.ColumnName, "dm")(oracle.visit_column_name)
    compiles(base.RenameTable, "dm")(oracle.visit_rename_table)


def _change_nullable(element: base.ColumnNullable, compiler: DDLCompiler, **_more: Any) -> str:
    """Oracle's ``MODIFY`` without a type is none of DM's."""
    table = base.alter_table(compiler, element.table_name, element.schema)
    column = base.format_column_name(compiler, element.column_name)
    return f"{table} ALTER COLUMN {column} SET {'NULL' if element.nullable else 'NOT NULL'}"
