"""Draws in a table, and their pools in another."""

from sqlalchemy import BigInteger, Column, Connection, Index, LargeBinary, String, Table, select

from adapters.sql.bulk import insert_rows
from adapters.sql.mapper import Mapper
from adapters.sql.reading import Reader
from adapters.sql.repository import SqlRepository
from adapters.sql.schema import metadata
from adapters.sql.types import ID_LENGTH, body, key, required, row_seal, version
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.ports import Draws, Pools, whole_pool

HASH_LENGTH = 64

draw = Table(
    "draw",
    metadata,
    key(),
    version(),
    required("task", ID_LENGTH),
    required("state", 20),
    required("pool_hash", HASH_LENGTH),
    body(),
    row_seal(),
    Index("ix_draw_task", "task"),
)
draw_pool = Table(
    "draw_pool",
    metadata,
    Column("pool_hash", String(HASH_LENGTH), primary_key=True),
    Column("part_number", BigInteger, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)


class SqlDraws(SqlRepository[Draw], Draws):
    """Draws in table ``draw``; a cleared one stays."""

    mapper = Mapper(Draw, draw)


class SqlPools(Pools):
    """Pools in table ``draw_pool``, some rows each: the seal of a draw's row covers their hash."""

    def __init__(self, connection: Connection) -> None:
        """Work on the connection of a unit of work."""
        self._connection = connection

    def put(self, pool_hash: bytes, number: int, part: bytes) -> None:
        """Store a part, unless it is there."""
        here = (draw_pool.c.pool_hash == pool_hash.hex(), draw_pool.c.part_number == number)
        if not self._connection.execute(select(draw_pool.c.part_number).where(*here)).first():
            insert_rows(self._connection, draw_pool, [(pool_hash.hex(), number, part)])

    def get(self, pool_hash: bytes) -> Pool:
        """Give a pool, whole. Raises ``NotFound``, ``Tampered``."""
        asked = select(draw_pool.c.content).where(draw_pool.c.pool_hash == pool_hash.hex())
        found = Reader(self._connection).rows(asked.order_by(draw_pool.c.part_number))
        return whole_pool(pool_hash, (bytes(row.content) for row in found))
