"""KingbaseES and DM for SQLAlchemy and Alembic: what their vendors leave out or do differently.

Neither driver is imported before an address asks for it: both are extras (``kingbase``, ``dm``).
"""

from sqlalchemy.dialects import registry

KINGBASE = "adapters.sql.engine.dialects.kingbase"
DM = "adapters.sql.engine.dialects.dm"


def register_dialects() -> None:
    """Let addresses begin with ``kingbase://`` and ``dm://``."""
    registry.register("kingbase", KINGBASE, "KingbaseDialect")
    registry.register("kingbase.ksycopg2", KINGBASE, "KingbaseDialect")
    registry.register("dm", DM, "DmDialect")
    registry.register("dm.dmPython", DM, "DmDialect")
