"""Where audit rows are kept."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

from supervision_core.audit.model import AuditEntry, AuditRow


class AuditLog(ABC):
    """The append-only log of one installation, part of the unit of work that it records."""

    @abstractmethod
    def append(self, entry: AuditEntry) -> None:
        """Add ``entry`` at the end; it is durable if and only if the unit of work commits."""

    @abstractmethod
    def rows(self, start: int = 0) -> Iterator[AuditRow]:
        """Give the rows from number ``start`` on, in order."""
