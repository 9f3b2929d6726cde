"""Who serves which port of the core."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine

from adapters.sql.unit import Factory, SqlTransactions

PORTS: Mapping[type[Any], Factory] = {}


def sql_transactions(engine: Engine) -> SqlTransactions:
    """Give transactions on ``engine`` that serve every port of the core."""
    return SqlTransactions(engine, PORTS)
