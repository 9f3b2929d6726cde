"""Draws and their pools in memory."""

from itertools import count, takewhile

from adapters.memory.repository import MemoryRepository
from adapters.memory.unit import MemoryUnitOfWork
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


class MemoryDraws(MemoryRepository[Draw], Draws):
    """Holds draws; a cleared one stays."""

    cls = Draw

    def of_task(self, task: str) -> list[Draw]:
        """Give every draw of a task, or of own pools."""
        return [one for one in self.every() if one.task == task]

    def save(self, root: Draw) -> None:
        """Store the draw, and what was picked."""
        super().save(root)
        keep_drawn(MemoryPools(self._unit), root)

    def _root(self, text: str) -> Draw:
        draw = super()._root(text)
        recall_drawn(MemoryPools(self._unit), draw)
        return draw


class MemoryLeafTrees(MemoryRepository[LeafTree], LeafTrees):
    """Holds the tree of each year."""

    cls = LeafTree


class MemorySeriesOfDraws(MemoryRepository[DrawSeries], SeriesOfDraws):
    """Holds series of draws."""

    cls = DrawSeries

    def of_year(self, year: int, *, lead: str = "", scene: str = "") -> list[DrawSeries]:
        """Give those of a year, of one lead or scene alone where that is said."""
        return [
            one
            for one in self.every()
            if one.year == year and lead in {"", one.lead} and scene in {"", one.scene}
        ]

    def years(self) -> list[int]:
        """Give the years that have one, the latest first."""
        return sorted({one.year for one in self.every()}, reverse=True)


class MemoryPools(Pools):
    """Holds pools by their hash."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Work in ``unit``."""
        self._unit = unit

    def put(self, pool_hash: bytes, number: int, part: bytes) -> None:
        """Store a part, unless it is there."""
        place = f"{pool_hash.hex()}/{number}"
        if self._unit.find("draw_pool", place) is None:
            self._unit.put("draw_pool", place, part.decode())

    def get(self, pool_hash: bytes) -> Pool:
        """Give a pool, whole. Raises ``NotFound``, ``Tampered``."""
        found = (self._unit.find("draw_pool", f"{pool_hash.hex()}/{at}") for at in count())
        texts = takewhile(lambda text: text is not None, found)
        parts = (text.encode() for text in texts if text is not None)
        return whole_pool(pool_hash, enumerate(parts))
