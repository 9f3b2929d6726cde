"""What the core wants from the outside in every context."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from types import TracebackType
from typing import Generic, Self, TypeVar

from supervision_core.kernel.events import Aggregate, Event

Port = TypeVar("Port")
Root = TypeVar("Root", bound=Aggregate)


class Clock(ABC):
    """Tells the time."""

    @abstractmethod
    def now(self) -> datetime:
        """Give the present moment, aware, in UTC."""


class Ids(ABC):
    """Gives fresh identifiers."""

    @abstractmethod
    def next_id(self) -> str:
        """Give an id never given before: ASCII, at most 36 characters, sorting by age."""


class Randomness(ABC):
    """Gives bytes nobody can foresee."""

    @abstractmethod
    def token(self, size: int) -> bytes:
        """Give ``size`` fresh bytes from a cryptographic source."""


class Repository(ABC, Generic[Root]):
    """Holds the aggregates of one kind. A context extends it with the questions it asks.

    ``kind`` names the aggregate in refusals and audit rows (``"checklist"``).
    """

    kind: str

    @abstractmethod
    def get(self, id: str) -> Root:
        """Give the aggregate, whole. Raises ``NotFound``."""

    @abstractmethod
    def save(self, root: Root) -> None:
        """Store the aggregate whole and raise its ``version`` by one.

        Version 0 is inserted. Raises ``Conflict`` when the stored version is another, or when an
        aggregate of that id exists already.
        """

    def save_all(self, roots: Sequence[Root]) -> None:
        """Store all of them as ``save`` would; an adapter may need fewer statements for it."""
        for root in roots:
            self.save(root)


class UnitOfWork(ABC):
    """One transaction: all that is written inside commits together, or none of it.

    ``with transactions.begin() as work:`` rolls back unless ``work.commit()`` was called.
    """

    @abstractmethod
    def __getitem__(self, port: type[Port]) -> Port:
        """Give this transaction's implementation of ``port`` (a repository ABC)."""

    @abstractmethod
    def emit(self, event: Event) -> None:
        """Put ``event`` into the outbox, to be delivered at least once after the commit."""

    @abstractmethod
    def commit(self) -> None:
        """Make everything durable. Raises ``Conflict`` when another change came first."""

    @abstractmethod
    def __enter__(self) -> Self:
        """Begin."""

    @abstractmethod
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Roll back whatever was not committed."""


class Transactions(ABC):
    """Opens units of work."""

    @abstractmethod
    def begin(self) -> UnitOfWork:
        """Give a new unit of work, to be entered with ``with``."""

    def begin_reading(self) -> UnitOfWork:
        """Give one that only reads: a store that can need not keep writers waiting for it."""
        return self.begin()

    def begin_looking(self) -> UnitOfWork:
        """Give one that only reads, for a single look: what is looked at twice may have changed.

        A server is then asked once, where a transaction begins and ends by a round trip each.
        """
        return self.begin_reading()
