"""Where handbooks are kept, what everybody may read of them, and where readings are counted."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from supervision_core.handbooks.model import (
    Handbook,
    HandbookLine,
    HandbookText,
    ReadingChannel,
    ReadingCounts,
)
from supervision_core.kernel.ports import Repository


class Handbooks(Repository[Handbook]):
    """The handbooks of all regions."""

    kind = "handbook"

    @abstractmethod
    def published(self) -> Sequence[HandbookLine]:
        """Give a line of each that is published, by the position of its draft, then by id."""


class PublishedHandbooks(ABC):
    """已发布手册 (PublishedHandbooks): what everybody may read: published versions alone.

    Nothing in it says who wrote or published one. The public pages, the workbench and the phone ask
    this port and no other. Source: proposal 6.4.1.1.1, 6.4.2.13.1.
    """

    @abstractmethod
    def find(
        self, *, trade: str = "", scene: str = "", region: str = "", text: str = ""
    ) -> Sequence[HandbookLine]:
        """Give those of a trade and a scene that hold in a region and say a text, as asked.

        In a region hold its own handbooks, those of the regions above it and of those in it.
        """

    @abstractmethod
    def read(self, id: str) -> HandbookText:
        """Give one. Raises ``NotFound`` for what is not published."""


class HandbookReadings(ABC):
    """Counts how often handbooks are opened, by channel and day.

    A count is no secret and no truth on which anything rests; it has no version and no audit row.
    """

    @abstractmethod
    def count(self, handbook: str, channel: ReadingChannel, on: date) -> None:
        """Count one reading on a day (Guangxi)."""

    @abstractmethod
    def of(self, handbooks: Iterable[str]) -> Mapping[str, ReadingCounts]:
        """Give how often each of these was opened; of those never opened, nothing."""
