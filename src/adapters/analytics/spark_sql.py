"""Spark's way of writing the one statement: quoting alone differs."""

from typing import Any

from sqlalchemy import Select
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.sql.compiler import IdentifierPreparer, SQLCompiler
from sqlalchemy.types import TypeEngine


class _Compiler(SQLCompiler):
    def render_literal_value(self, value: Any, type_: TypeEngine[Any]) -> str:  # noqa: ARG002 - SQLAlchemy's
        """Write text as Spark reads it: there ``'a''b'`` is ab, and a backslash escapes."""
        return text_literal(value) if isinstance(value, str) else str(value)


class SparkDialect(DefaultDialect):
    """Spark SQL, also as Sail speaks it."""

    name = "spark"
    statement_compiler = _Compiler
    supports_statement_cache = True

    def __init__(self) -> None:
        """Quote names by backticks."""
        super().__init__(paramstyle="named")
        self.identifier_preparer = IdentifierPreparer(self, initial_quote="`")


_DIALECT = SparkDialect()


def spark_sql(statement: Select[Any]) -> str:
    """Write a statement in Spark's SQL, without parameters."""
    return str(statement.compile(dialect=_DIALECT, compile_kwargs={"literal_binds": True}))


def text_literal(text: str) -> str:
    """Write a text."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def quoted(name: str) -> str:
    """Write a name."""
    return "`" + name.replace("`", "``") + "`"
