"""What the frame of a command stores beside the business rows."""

from abc import ABC, abstractmethod

from attrs import frozen


@frozen(kw_only=True)
class DoneCommand:
    """A command that was carried out: what was asked, and what was answered."""

    key: str
    action: str
    request: str
    answer: str


class DoneCommands(ABC):
    """Idempotency records, in the same transaction as the effect."""

    @abstractmethod
    def find(self, actor: str, key: str) -> DoneCommand | None:
        """Give what ``actor`` did under ``key``, if anything."""

    @abstractmethod
    def add(self, actor: str, done: DoneCommand) -> None:
        """Record; a second record of the same actor and key makes the commit a ``Conflict``."""
