"""What the core wants from the outside in every context."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache
from types import TracebackType
from typing import Any, ClassVar, Generic, Self, TypeVar

from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.events import Aggregate, Event, Thing

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

    ``kind`` names the aggregate in refusals and audit rows (``"checklist"``). Where it is not
    ``logged``, the log names none of its versions: it follows what that tells, or is no act. What
    ``runs_ahead`` is also written without an act that the log would name.
    """

    kind: str
    logged: ClassVar[bool] = True
    runs_ahead: ClassVar[bool] = False

    @abstractmethod
    def get(self, id: str) -> Root:
        """Give the aggregate, whole. Raises ``NotFound``."""

    def find_many(self, ids: Iterable[str]) -> list[Root]:
        """Give those of ``ids`` that there are, by id; a store may read them at once."""
        found = list[Root]()
        for one in sorted(set(ids)):
            with suppress(NotFound):
                found.append(self.get(one))
        return found

    @abstractmethod
    def save(self, root: Root) -> None:
        """Store the aggregate whole and raise its ``version`` by one.

        Version 0 is inserted. Raises ``Conflict`` when the stored version is another, or when an
        aggregate of that id exists already.
        """

    @abstractmethod
    def walk(self, after: str, limit: int, *, hold: bool = False) -> Sequence[Root]:
        """Give the next aggregates by id, beyond ``after``.

        Those that are to ``hold`` stay as they are until the transaction ends.
        """

    def save_all(self, roots: Sequence[Root]) -> None:
        """Store all of them as ``save`` would; an adapter may need fewer statements for it."""
        for root in roots:
            self.save(root)


def ports_of_repositories() -> Iterator[type[Repository[Any]]]:
    """Give the ports that hold aggregates: those that name their kind."""
    below: list[type[Repository[Any]]] = [Repository]
    while below:
        one = below.pop()
        if "kind" in one.__dict__:
            yield one
        below += one.__subclasses__()


def repository_of(kind: str) -> type[Repository[Any]] | None:
    """Find the port that holds the aggregates of ``kind``, ``None`` where no repository does."""
    try:
        return _holder(kind)
    except LookupError:
        return None


@cache
def _holder(kind: str) -> type[Repository[Any]]:
    """Find the port of ``kind`` once: every command asks.

    Raises ``LookupError``, which is not kept: its module may be imported later.
    """
    for one in ports_of_repositories():
        if one.__dict__["kind"] == kind:
            return one
    raise LookupError(kind)


def unlogged_kinds() -> frozenset[str]:
    """Give the kinds of which the log names no versions."""
    return frozenset(one.__dict__["kind"] for one in ports_of_repositories() if not one.logged)


def kinds_ahead() -> frozenset[str]:
    """Give the kinds whose version may run ahead of what the log names."""
    return frozenset(one.__dict__["kind"] for one in ports_of_repositories() if one.runs_ahead)


class UnitOfWork(ABC):
    """One transaction: all that is written inside commits together, or none of it.

    ``with transactions.begin() as work:`` rolls back unless ``work.commit()`` was called.
    """

    @abstractmethod
    def __getitem__(self, port: type[Port]) -> Port:
        """Give this transaction's implementation of ``port`` (a repository ABC)."""

    @abstractmethod
    def emit(self, event: Event, thing: Thing) -> None:
        """Put what happened to ``thing`` into the outbox, to be received after the commit."""

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

    def begin_noting(self) -> UnitOfWork:
        """Give one for what may be forgotten: nobody is told that it was written.

        Where a copy must confirm what is written, it is not waited for; audited, it is.
        """
        return self.begin()

    def begin_reading(self) -> UnitOfWork:
        """Give one that only reads: a store that can need not keep writers waiting for it."""
        return self.begin()

    def begin_looking(self) -> UnitOfWork:
        """Give one that only reads, for a single look: what is looked at twice may have changed.

        A server is then asked once, where a transaction begins and ends by a round trip each.
        """
        return self.begin_reading()
