"""Handbooks in memory, and how often they were read."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from adapters.memory.repository import MemoryRepository
from adapters.memory.unit import MemoryUnitOfWork
from supervision_core.handbooks.model import (
    Handbook,
    HandbookLine,
    ReadingChannel,
    ReadingCounts,
    readable_line,
)
from supervision_core.handbooks.ports import HandbookReadings, Handbooks

_READINGS = "handbook_reading"


class MemoryHandbooks(MemoryRepository[Handbook], Handbooks):
    """The handbooks of all regions."""

    cls = Handbook

    def published(self) -> Sequence[HandbookLine]:
        """Give a line of each that is published, by the position of its draft, then by id."""
        ordered = sorted(self.every(), key=lambda one: (one.basics.position or 0, one.id))
        return [line for one in ordered if (line := readable_line(one)) is not None]


class MemoryHandbookReadings(HandbookReadings):
    """Counts of readings, a text for each handbook, channel and day."""

    def __init__(self, unit: MemoryUnitOfWork) -> None:
        """Work in ``unit``."""
        self._unit = unit

    def count(self, handbook: str, channel: ReadingChannel, on: date) -> None:
        """Count one reading on a day."""
        place = json.dumps([handbook, channel.value, on.isoformat()])
        before = self._unit.find(_READINGS, place)
        self._unit.put(_READINGS, place, str(int(before or 0) + 1))

    def of(self, handbooks: Iterable[str]) -> Mapping[str, ReadingCounts]:
        """Give how often each of these was opened; of those never opened, nothing."""
        wanted, found = frozenset(handbooks), dict[str, dict[str, int]]()
        for place, reads in self._unit.scan(_READINGS):
            handbook, channel, _ = json.loads(place)
            if handbook in wanted:
                counts = found.setdefault(handbook, {})
                counts[channel] = counts.get(channel, 0) + int(reads)
        return {one: ReadingCounts(**counts) for one, counts in found.items()}
