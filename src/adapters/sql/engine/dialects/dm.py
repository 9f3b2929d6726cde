"""DM (达梦) by the vendor's driver ``dmPython`` and dialect ``dmSQLAlchemy``, corrected.

Not one statement here has met a server: docs/databases.md says what is known.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, ClassVar

from dmSQLAlchemy.dmpython import DMDialect_dmPython
from sqlalchemy import URL, Engine, event, types
from sqlalchemy.engine import Dialect, ExceptionContext
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from adapters.sql.engine.faults import dm_code

INTEGRITY_BROKEN = frozenset({-6602, -6603, -6604, -6607, -6609, -6612})
"""Unique, reference, check and not-null constraints (doc)."""
UNREACHABLE = frozenset({-70025, -70028, -70019, -6010})
"""What the vendor's dialect takes for a lost connection."""


class OnlyDay(types.Date):
    """A day, also where the server keeps a time with it: ``DATE`` of the Oracle mode does."""

    def bind_processor(self, dialect: Dialect) -> None:
        """Hand days over as they are: the driver takes them."""
        del dialect

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[date | None], date | None]:
        """Take the time away, which is midnight."""
        del dialect, coltype
        return lambda value: value.date() if isinstance(value, datetime) else value


class DmDialect(DMDialect_dmPython):  # type: ignore[misc]  # no types
    """DM without RETURNING, with integrity errors that are ones, and a place to say what is proved.

    The address may end in ``?durability=proved``: the operator has cut the power of this server,
    and no acknowledged change was lost (``requirements``).
    """

    supports_statement_cache = True
    insert_returning = False
    update_returning = False
    delete_returning = False
    insert_executemany_returning = False
    insert_executemany_returning_sort_by_parameter_order = False
    colspecs: ClassVar[dict[Any, Any]] = {**DMDialect_dmPython.colspecs, types.Date: OnlyDay}
    durability = "unknown"

    def create_connect_args(self, url: URL) -> tuple[list[Any], dict[str, Any]]:
        """Keep what the address says of durability; the driver gets the rest."""
        self.durability = str(url.query.get("durability", "unknown"))
        found: tuple[list[Any], dict[str, Any]] = super().create_connect_args(
            url.difference_update_query(["durability"])
        )
        return found

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        """Let broken constraints be what the repositories catch."""
        event.listen(engine, "handle_error", as_narrower_error)


def as_narrower_error(context: ExceptionContext) -> BaseException | None:
    """Give a broken constraint, or a lost server, as what it is where the driver is vaguer."""
    error = context.original_exception
    if type(context.sqlalchemy_exception) is not DatabaseError:
        return None
    told = (context.statement, context.parameters, error)
    if dm_code(error) in INTEGRITY_BROKEN:
        return IntegrityError(*told)
    if dm_code(error) in UNREACHABLE:
        return OperationalError(*told, connection_invalidated=context.is_disconnect)
    return None
