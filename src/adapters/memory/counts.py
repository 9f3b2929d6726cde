"""Counts in memory: every thing's cells, counted each time somebody asks."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.dashboards.model import Cell
from supervision_core.dashboards.ports import Counts, Wanted
from supervision_core.identity.model import region_contains
from supervision_core.kernel.plain import from_plain, to_plain

_TABLE = "counted"


class MemoryCounts(Counts):
    """Cells as one text a thing."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Work in ``unit``."""
        self._unit = unit

    def settle(self, kind: str, id: str, cells: Collection[Cell]) -> None:
        """Let ``cells`` be all in which a thing counts."""
        told = [to_plain(one) for one in sorted(set(cells), key=repr)]
        text = json.dumps(told, ensure_ascii=False) if told else None
        place = json.dumps([kind, id])
        if text != self._unit.find(_TABLE, place):
            self._unit.put(_TABLE, place, text)

    def _things(self) -> Iterator[tuple[str, str, frozenset[Cell]]]:
        for place, text in self._unit.scan(_TABLE):
            kind, id_ = json.loads(place)
            yield kind, id_, frozenset(from_plain(Cell, one) for one in json.loads(text))

    def sums(self, wanted: Wanted, by: tuple[str, ...]) -> Mapping[tuple[object, ...], int]:
        """Count by some of the dimensions."""
        return Counter(
            key
            for _, _, cells in self._things()
            for one in cells
            if _meant(wanted, one)
            for key in _keys(wanted, one, by)
        )

    def standing(self, kind: str, after: str, limit: int) -> Mapping[str, frozenset[Cell]]:
        """Give the next things of a kind that count, with their cells."""
        found = sorted(
            (id_, cells) for of, id_, cells in self._things() if of == kind and id_ > after
        )
        return dict(found[:limit])

    def wrong(self) -> Sequence[Cell]:
        """Give none: there are no sums."""
        return ()

    def sum_up(self) -> None:
        """Do nothing: there are no sums."""


def _keys(wanted: Wanted, one: Cell, by: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    told = wanted.departments or frozenset(one.group.departments)
    for department in told.intersection(one.group.departments) if "department" in by else ("",):
        yield tuple(department if name == "department" else getattr(one, name) for name in by)


def _meant(wanted: Wanted, one: Cell) -> bool:
    return (
        one.measure in wanted.measures
        and wanted.starts_on <= one.day <= wanted.ends_on
        and all(region_contains(outer, one.region) for outer in wanted.regions)
        and (wanted.abouts is None or one.about in wanted.abouts)
        and wanted.admits(one.group.placement)
    )
