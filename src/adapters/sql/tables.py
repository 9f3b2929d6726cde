"""Every table, for migrations and for whoever creates a database at once."""

from adapters.sql.schema import metadata

__all__ = ["metadata"]
