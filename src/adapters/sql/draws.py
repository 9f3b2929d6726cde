"""Draws in a table."""

from sqlalchemy import Index, Table

from adapters.sql.mapper import Mapper
from adapters.sql.repository import SqlRepository
from adapters.sql.schema import metadata
from adapters.sql.types import ID_LENGTH, body, key, part, required, row_seal, version
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.ports import Draws

draw = Table(
    "draw",
    metadata,
    key(),
    version(),
    required("task", ID_LENGTH),
    required("state", 20),
    part("pool"),
    body(),
    row_seal(),
    Index("ix_draw_task", "task"),
)


class SqlDraws(SqlRepository[Draw], Draws):
    """Draws in table ``draw``; a cleared one stays."""

    mapper = Mapper(Draw, draw)
