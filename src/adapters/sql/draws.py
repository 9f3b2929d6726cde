"""Draws in a table, and their pools in another."""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import chain

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    LargeBinary,
    String,
    Table,
    func,
    select,
)

from adapters.sql.engine.bulk import insert_rows
from adapters.sql.engine.mapper import Mapper, Values
from adapters.sql.engine.reading import Reader
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import (
    ID_LENGTH,
    body,
    key,
    maybe,
    required,
    row_seal,
    version,
    whole,
    words,
)
from adapters.sql.sealing.sealed_rows import Walk
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.leaves import LeafTree
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.series import DrawSeries
from supervision_core.draws.ports import (
    Draws,
    LeafTrees,
    Pools,
    SeriesOfDraws,
    keep_drawn,
    recall_drawn,
    whole_pool,
)

HASH_LENGTH = 64

draw = Table(
    "draw",
    metadata,
    key(),
    version(),
    words("of_task", ID_LENGTH),
    required("state", 20),
    required("pool_hash", HASH_LENGTH),
    maybe("drawn_hash", HASH_LENGTH),
    body(),
    row_seal(),
    Index("ix_draw_of_task", "of_task"),
)
draw_series = Table(
    "draw_series",
    metadata,
    key(),
    version(),
    required("lead", ID_LENGTH),
    whole("draw_year"),
    body(),
    row_seal(),
    Index("ix_draw_series_draw_year", "draw_year", "lead"),
)
draw_pool = Table(
    "draw_pool",
    metadata,
    Column("pool_hash", String(HASH_LENGTH), primary_key=True),
    Column("part_number", BigInteger, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)
draw_tree = Table("draw_tree", metadata, key(), version(), body(), row_seal())


class SqlDraws(SqlRepository[Draw], Draws):
    """Draws in table ``draw``; a cleared one stays."""

    mapper = Mapper(Draw, draw, renamed={"task": "of_task"})

    def save_all(self, roots: Sequence[Draw]) -> None:
        """Store draws, and what was picked."""
        super().save_all(roots)
        for root in roots:
            keep_drawn(SqlPools(self._connection), root)

    def of_task(self, task: str) -> list[Draw]:
        """Give every draw of a task, or of own pools."""
        own = draw.c.of_task.is_(None)
        return self._where(draw.c.of_task == task if task else own, order=[draw.c.id])

    def _root(self, values: Values) -> Draw:
        root = super()._root(values)
        recall_drawn(SqlPools(self._connection), root)
        return root


class SqlLeafTrees(SqlRepository[LeafTree], LeafTrees):
    """Trees in table ``draw_tree``, one a year."""

    mapper = Mapper(LeafTree, draw_tree)


class SqlSeriesOfDraws(SqlRepository[DrawSeries], SeriesOfDraws):
    """Series of draws in table ``draw_series``."""

    mapper = Mapper(DrawSeries, draw_series, renamed={"year": "draw_year"})

    def of_year(self, year: int, *, lead: str = "", scene: str = "") -> list[DrawSeries]:
        """Give those of a year, of one lead or scene alone where that is said."""
        here = [draw_series.c.draw_year == year, *([draw_series.c.lead == lead] if lead else [])]
        found = self._where(*here, order=[draw_series.c.id])
        return [one for one in found if scene in {"", one.scene}]

    def years(self) -> list[int]:
        """Give the years that have one, the latest first."""
        year = draw_series.c.draw_year
        found = Reader(self._connection).rows(select(year).distinct().order_by(year.desc()))
        return [row.draw_year for row in found]


class SqlPools(Pools):
    """Pools in table ``draw_pool``, some rows each: the seals of draws' rows cover their hashes."""

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
        parts = draw_pool.c.part_number, draw_pool.c.content
        asked = select(*parts).where(draw_pool.c.pool_hash == pool_hash.hex())
        found = Reader(self._connection).rows(asked.order_by(draw_pool.c.part_number))
        return whole_pool(pool_hash, ((row.part_number, bytes(row.content)) for row in found))

    def is_whole(self, pool_hash: str) -> bool:
        """Tell whether a pool is as its hash, in hex, says; a part at a time is held."""
        here = draw_pool.c.pool_hash == pool_hash
        asked = select(func.count()).select_from(draw_pool).where(here)
        parts, state = self._connection.execute(asked).scalar_one(), hashlib.new("sm3")
        for number in range(parts):
            asked_part = select(draw_pool.c.content).where(here, draw_pool.c.part_number == number)
            part = self._connection.execute(asked_part).scalar()
            if part is None:
                return False
            state.update(part)
        return state.hexdigest() == pool_hash


class PoolWalk(Walk):
    """Walks the pools that draws are of, and those of what they picked."""

    name = draw_pool.name

    def page(self, connection: Connection, cursor: str) -> tuple[Iterable[str], int, str]:
        """Look at the next pool: parts that no draw names mean nothing."""
        found = []
        for column in (draw.c.pool_hash, draw.c.drawn_hash):
            asked = select(func.min(column))
            found.append(connection.execute(asked.where(column > cursor) if cursor else asked))
        pool_hash = min((one for (one,) in chain(*found) if one), default="")
        if not pool_hash:
            return (), 0, ""
        whole = SqlPools(connection).is_whole(pool_hash)
        return [] if whole else [f"{self.name}/{pool_hash}"], 1, pool_hash
