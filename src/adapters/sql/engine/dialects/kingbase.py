"""KingbaseES (人大金仓) by its own driver ``ksycopg2``, a psycopg2 under another name."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, types
from sqlalchemy.dialects.postgresql.psycopg2 import (
    PGDialect_psycopg2,
    PGIdentifierPreparer_psycopg2,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.util import memoized_property

BASE_VERSION = (12, 0)
"""The PostgreSQL from which V8R6 and V9 derive."""
OLDEST_BELIEVED = 90_600
ROWS_AT_ONCE = 500
GONE = frozenset({"57P01", "57P02", "57P03", "08000", "08001", "08003", "08004", "08006"})

_ORACLE_WORDS = (
    "access audit cluster comment compress connect date exclusive file identified increment initial"
    " level list lock long maxextents minus mode modify nocycle nowait number offline online option"
    " pctfree prior public raw record rename resource row rowid rownum rows session share size"
    " start successful synonym sysdate trigger type uid validate varchar2 view whenever"
)
ORACLE_WORDS = frozenset(_ORACLE_WORDS.split())
"""Words with a meaning of their own in the Oracle mode (doc)."""


class KingbasePreparer(PGIdentifierPreparer_psycopg2):
    """Puts names into quotes which only the Oracle mode would take for something else."""

    reserved_words = PGIdentifierPreparer_psycopg2.reserved_words | ORACLE_WORDS


class OnlyDay(types.Date):
    """A day, also where the server keeps a time with it: ``DATE`` of the Oracle mode does."""

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[date | None], date | None]:
        """Take the time away, which is midnight."""
        del dialect, coltype
        return lambda value: value.date() if isinstance(value, datetime) else value


class KingbaseDialect(PGDialect_psycopg2):
    """KingbaseES as SQLAlchemy should know it.

    The stock dialect imports psycopg2 by name and does not understand the server's version.
    """

    name = "kingbase"
    driver = "ksycopg2"
    supports_statement_cache = True
    colspecs = {  # noqa: RUF012 - SQLAlchemy declares it so
        **PGDialect_psycopg2.colspecs,
        types.Date: OnlyDay,
    }
    preparer = KingbasePreparer
    product = ""
    """What the server says it is; known after the first connection."""

    def __init__(self, **settings: Any) -> None:
        """Send many rows in one message, and look for no extension that nobody uses."""
        settings.setdefault("executemany_mode", "values_plus_batch")
        settings.setdefault("executemany_batch_page_size", ROWS_AT_ONCE)
        settings.setdefault("use_native_hstore", False)
        super().__init__(**settings)  # type: ignore[no-untyped-call]

    @classmethod
    def import_dbapi(cls) -> Any:
        """Give the driver."""
        import ksycopg2  # noqa: PLC0415 - an extra: imported when an address asks for it

        return ksycopg2

    @memoized_property
    def _psycopg2_extensions(self) -> Any:
        from ksycopg2 import extensions  # noqa: PLC0415 - as above

        return extensions

    @memoized_property
    def _psycopg2_extras(self) -> Any:
        from ksycopg2 import extras  # noqa: PLC0415 - as above

        return extras

    def _get_server_version_info(self, connection: Connection) -> tuple[int, ...]:
        """Give the version of PostgreSQL whose features the server has, not that of KingbaseES.

        From (8, 6) SQLAlchemy would conclude that identity columns and half of the catalogue are
        missing.
        """
        asked = "SELECT version(), current_setting('server_version_num', true)"
        self.product, number = connection.exec_driver_sql(asked).one()
        return feature_version(number)

    def is_disconnect(self, e: Exception, connection: Any, cursor: Any) -> bool:
        """Know a lost connection by its code too: messages may be in Chinese."""
        if getattr(e, "kbcode", None) in GONE:
            return True
        return bool(super().is_disconnect(e, connection, cursor))  # type: ignore[no-untyped-call]


def feature_version(number: str | None) -> tuple[int, ...]:
    """Read ``server_version_num``; what is missing or too old to be true means ``BASE_VERSION``."""
    if number is None or not number.isdigit() or int(number) < OLDEST_BELIEVED:
        return BASE_VERSION
    return divmod(int(number), 10_000)
