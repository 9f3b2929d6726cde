"""Where audit rows and checkpoints are kept, how they are searched, and who else watches them."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Final

from attrs import field, frozen

from supervision_core.audit.model import (
    AuditEntry,
    AuditRow,
    Cosignature,
    Outcome,
    SignedCheckpoint,
    StoredLeaf,
    concerned,
)
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import Page, PageRequest


class AuditLog(ABC):
    """The append-only log of one installation, part of the unit of work that it records."""

    @abstractmethod
    def append(self, entry: AuditEntry) -> None:
        """Add ``entry`` at the end; it is durable if and only if the unit of work commits."""

    @abstractmethod
    def rows(self, start: int = 0) -> Iterator[AuditRow]:
        """Give the rows from number ``start`` on, in order; archived ones are gone from here."""


@frozen
class LogEnd:
    """How long the log is, and the moment of one of its rows."""

    size: int
    oldest: datetime | None


@frozen(kw_only=True)
class Segment:
    """归档段 (segment): rows that were taken off the database into a file, sealed by its SM3.

    Rows ``first`` up to, not including, ``upto``; both are sizes of checkpoints.
    """

    first: int
    upto: int
    file: str
    digest: str
    at: datetime


class Checkpoints(ABC):
    """The checkpoints of the log in this store, what witnesses said, and what was archived.

    Outside of units of work: a checkpoint tells of what is committed. ``CorruptState`` is raised
    for a checkpoint that cannot be read, unless said otherwise.
    """

    @abstractmethod
    def end(self, start: int) -> LogEnd:
        """Give the size of the log and the moment of row ``start``, if there is one."""

    @abstractmethod
    def leaves(self, start: int, stop: int | None = None) -> Iterator[StoredLeaf]:
        """Give the rows kept from ``start`` up to ``stop`` by their hashes, stored and computed.

        Whatever cannot be read as a row comes with nothing computed; nothing is raised for it.
        """

    @abstractmethod
    def last(self) -> SignedCheckpoint | None:
        """Give the newest checkpoint."""

    @abstractmethod
    def between(self, first: int, last: int | None = None) -> list[SignedCheckpoint]:
        """Give the checkpoints of sizes ``first`` to ``last``, both included, in order of size.

        Those that cannot be read are left out; ``unreadable`` names them.
        """

    @abstractmethod
    def unreadable(self) -> list[int]:
        """Give the sizes of the checkpoints that cannot be read."""

    @abstractmethod
    def around(self, number: int) -> tuple[SignedCheckpoint | None, SignedCheckpoint | None]:
        """Give the last checkpoint without row ``number``, and the first one with it."""

    @abstractmethod
    def add(self, signed: SignedCheckpoint) -> None:
        """Keep the next checkpoint. Raises ``Conflict`` when another one follows its previous."""

    @abstractmethod
    def cosign(self, size: int, cosignature: Cosignature) -> None:
        """Keep what a witness said about the checkpoint of ``size``."""

    @abstractmethod
    def cosignatures(self, size: int) -> list[Cosignature]:
        """Give what witnesses said about the checkpoint of ``size``, by name."""

    @abstractmethod
    def cosigned(self, witness: str) -> int:
        """Give the size of the newest checkpoint that ``witness`` co-signed, 0 for none."""

    @abstractmethod
    def segments(self) -> list[Segment]:
        """Give what was archived, in order."""


class Segments(ABC):
    """What was archived, inside of a unit of work."""

    @abstractmethod
    def all(self) -> list[Segment]:
        """Give what was archived, in order."""

    @abstractmethod
    def prune(self, segment: Segment) -> None:
        """Take the rows of ``segment`` off the store and keep note of it."""


class StoredVersions(ABC):
    """The versions of all aggregates as they are stored, whatever the log says of them."""

    @abstractmethod
    def kinds(self) -> frozenset[str]:
        """Name the kinds of aggregates that are kept."""

    @abstractmethod
    def of(self, kind: str) -> Iterator[tuple[str, int]]:
        """Give id and version of every aggregate of ``kind``, by id in the order of code points."""


NEVER_NAMED: Final = (0, -1)


class NamedVersions(ABC):
    """The highest version that the log names of each thing, and the number of the row with it."""

    @abstractmethod
    def note(self, kind: str, id: str, version: int, number: int) -> None:
        """Keep a version and its row, unless the version that is kept is as high."""

    @abstractmethod
    def of(self, kind: str, id: str) -> tuple[int, int]:
        """Give version and row of a thing, ``NEVER_NAMED`` for one that was never noted."""

    @abstractmethod
    def every(self, kind: str) -> Iterator[tuple[str, tuple[int, int]]]:
        """Give each thing of ``kind`` with version and row, by id in the order of code points."""

    @abstractmethod
    def forget(self, kind: str, before: int) -> None:
        """Forget the things of ``kind`` whose row stands before that number."""


@frozen
class Look:
    """What was seen of sealed rows, and where to go on: empty behind the last one."""

    broken: tuple[str, ...]
    seen: int
    after: str


class SealedRows(ABC):
    """The rows that seals protect, in some tables or in all.

    A row is named ``table/id``; what finds a row (by department, by role held) and is not what the
    row says of itself, is named likewise.
    """

    @abstractmethod
    def look(self, after: str = "") -> Look:
        """Look at the next rows behind ``after``, which is empty for the beginning."""


@frozen(kw_only=True)
class AuditFilter:
    """Which rows are wanted; what is empty restricts nothing.

    ``since`` is included, ``until`` is not; ``action`` may be a context's (``tasks.*``);
    ``target`` is ``kind/id`` or ``kind/id@version``. ``actions`` limits to some actions,
    ``departments`` to what was done for one of them, or by a party upon an object of theirs.
    """

    since: datetime | None = field(
        default=None, metadata=said("不早于", example="2026-01-31T08:00:00+00:00")
    )
    until: datetime | None = field(
        default=None, metadata=said("早于", example="2026-02-01T00:00:00+00:00")
    )
    actor: str = field(default="", metadata=said("操作人的用户编号", example="clerk"))
    action: str = field(
        default="",
        metadata=said(
            "操作，即权限名；以.*结尾时为该模块的全部操作", example="identity.change_user"
        ),
    )
    actions: frozenset[str] | None = field(default=None, metadata=said("限于哪些操作，为空则不限"))
    outcome: Outcome | None = field(
        default=None, metadata=said("结果：done为完成，denied为拒绝", example="done")
    )
    target: str = field(
        default="", metadata=said("对象：类型/编号，可带@版本", example="user/clerk")
    )
    department: str = field(default="", metadata=said("操作人所属机构的编号", example="nanning"))
    departments: frozenset[str] | None = field(default=None, metadata=said("操作人所属机构的编号"))

    def admits(self, entry: AuditEntry) -> bool:
        """Tell whether ``entry`` is wanted: the meaning that stores compile."""
        texts = (
            (self.actor, entry.actor),
            (self.department, entry.department),
            (self.outcome, entry.outcome),
        )
        exact = self.action == entry.action
        below = self.action.endswith(".*") and entry.action.startswith(self.action[:-1])
        return (
            (self.since is None or entry.at >= self.since)
            and (self.until is None or entry.at < self.until)
            and all(not wanted or wanted == found for wanted, found in texts)
            and (not self.action or exact or below)
            and (self.actions is None or entry.action in self.actions)
            and (not self.target or any(self._names(one) for one in entry.targets))
            and self._for_departments(entry)
        )

    def _for_departments(self, entry: AuditEntry) -> bool:
        return (
            self.departments is None
            or entry.department in self.departments
            or bool(self.departments & concerned(entry))
        )

    def _names(self, target: str) -> bool:
        return target == self.target or target.startswith(f"{self.target}@")


class AuditQueries(ABC):
    """Questions of whoever audits."""

    @abstractmethod
    def search(self, wanted: AuditFilter, request: PageRequest) -> Page[AuditRow]:
        """Give a page of rows, the newest first (``order`` ``"oldest"``: the oldest first).

        Raises ``BadCursor``.
        """

    @abstractmethod
    def about(self, thing: str, request: PageRequest) -> Page[AuditRow]:
        """Give a page of the rows whose targets name ``thing`` (``kind/id``), the newest first.

        Raises ``BadCursor``.
        """

    @abstractmethod
    def about_any(self, things: Collection[str], since: datetime) -> Iterator[AuditRow]:
        """Give each row after a moment whose targets name one of ``things``, the newest first."""


class Witness(ABC):
    """见证方 (witness): somebody else who signs a checkpoint only if the log has but grown."""

    @property
    @abstractmethod
    def name(self) -> str:
        """Name the witness: the id of its key."""

    @abstractmethod
    def seen(self, log: str) -> int:
        """Give the size of the checkpoint of ``log`` that it co-signed last, 0 for none.

        Raises ``WitnessUnavailable``.
        """

    @abstractmethod
    def cosign(self, signed: SignedCheckpoint, proof: Sequence[bytes]) -> Cosignature:
        """Co-sign, given the consistency proof from what it saw last.

        Raises ``WitnessRefused``, ``WitnessUnavailable``.
        """
