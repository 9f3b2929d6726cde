"""备份: what a backup consists of, when one is due, how long it is kept, and where it lies.

A backup is a manifest that names every chunk of every table, and a signed head. A full one stores
all chunks anew; an incremental one stores those that changed and names the others where they lie.
Source: proposal 6.9.3 (weekly full, incremental every four hours, three cycles kept);
GB/T 22239-2019 8.1.4.9.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Final, cast

from attrs import define, field, frozen

from supervision_core.kernel.canonical import Json, canonical_json, sm3
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.plain import to_plain

FORMAT: Final = "backup/1"
_MONDAY: Final = datetime(2026, 1, 4, 16, tzinfo=UTC)
"""A Monday, 00:00 in Guangxi: from here the slots are counted."""


@define(eq=False)
class BackupDamaged(Refused):
    """A backup is not what it was when it was made; the file that differs is named."""

    code: ClassVar[str] = "kernel.backup_damaged"

    @classmethod
    def at(cls, file: str) -> "BackupDamaged":
        """Say which file."""
        return cls((Violation(cls.code, at=file, data={"file": file}),))


@define(eq=False)
class BackupAbsent(Refused):
    """There is no backup of that name, or none before that moment."""

    code: ClassVar[str] = "kernel.backup_absent"


@define(eq=False)
class BackupUnfit(Refused):
    """The backup cannot be restored there: another schema, or a database that holds something."""

    code: ClassVar[str] = "kernel.backup_unfit"


@define(eq=False)
class BackupLocked(Refused):
    """The backup is closed to a safe key, and that is not at hand."""

    code: ClassVar[str] = "kernel.backup_locked"


class BackupKind(StrEnum):
    """Whether a backup stores everything, or what changed since the one before."""

    FULL = "full"
    INCREMENTAL = "incremental"


@frozen(kw_only=True)
class Chunk:
    """备份块 (Chunk): consecutive rows of a table in order of their key, in one encrypted file.

    ``sm3`` is over the rows as text, ``sealed`` over the bytes of ``file``.
    """

    sm3: str
    rows: int
    file: str
    sealed: str


@frozen(kw_only=True)
class Envelope:
    """备份信封 (Envelope): the key of the files that one backup stored, for each who may open them.

    ``safe`` is that key encrypted to the safe key whose id is ``recipient`` (SM2, GB/T 32918.4),
    ``host`` the same sealed under the host's data key; empty where the host shall not read what it
    backs up.
    """

    backup: str
    recipient: str
    safe: bytes
    host: bytes = b""


@frozen(kw_only=True)
class TableBackup:
    """One table: its columns in order, its chunks in order of the key."""

    name: str
    columns: tuple[str, ...]
    chunks: tuple[Chunk, ...]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(chunk.rows for chunk in self.chunks)

    @property
    def content(self) -> tuple[tuple[str, int], ...]:
        """What it holds: equal for equal rows, wherever they are stored."""
        return tuple((chunk.sm3, chunk.rows) for chunk in self.chunks)


@frozen(kw_only=True)
class Manifest:
    """备份清单 (Manifest): everything that one backup consists of, one state of the database.

    ``base`` is the full backup of its cycle, itself for a full one; ``schema`` the revision of the
    tables; ``audit_size`` how many rows the audit log had. ``envelopes`` are those of the backups
    whose files it names, ``keyring`` all keys of the installation, sealed; both are empty where
    backups are not closed to a safe key. ``files`` lists the pieces of files, and where each lies.
    """

    id: str
    kind: BackupKind
    base: str
    at: datetime
    schema: str
    audit_size: int
    tables: tuple[TableBackup, ...]
    envelopes: tuple[Envelope, ...] = ()
    keyring: bytes = b""
    files: TableBackup | None = None
    format: str = FORMAT

    def content(self) -> bytes:
        """Give the bytes whose hash its head holds; what is empty is not in them."""
        plain = cast("dict[str, Json]", to_plain(self))
        for name in ("envelopes", "keyring", "files"):
            if not plain[name]:
                del plain[name]
        return canonical_json(plain)

    @property
    def rows(self) -> int:
        """How many rows it holds in all."""
        return sum(table.rows for table in self.tables)

    def head(self) -> "BackupHead":
        """Give the head that vouches for it."""
        return BackupHead(
            id=self.id,
            kind=self.kind,
            base=self.base,
            at=self.at,
            rows=self.rows,
            manifest=sm3(self.content()).hex(),
        )

    def envelope(self, file: str) -> Envelope | None:
        """Give the envelope with the key of a file; ``None`` where the host's own key sealed it."""
        backup = file.partition("/")[0]
        return next((one for one in self.envelopes if one.backup == backup), None)

    def chunks(self) -> Iterator[Chunk]:
        """Give every chunk of every table, and of the list of files."""
        for table in self.tables:
            yield from table.chunks
        if self.files is not None:
            yield from self.files.chunks


@frozen(kw_only=True)
class BackupHead:
    """备份头 (BackupHead): what is signed; it decides about a backup's turn and end.

    ``manifest`` is the SM3 of the manifest. A backup without a head was never finished.
    """

    id: str
    kind: BackupKind
    base: str
    at: datetime
    rows: int
    manifest: str
    format: str = FORMAT

    def content(self) -> bytes:
        """Give the bytes that are signed."""
        return canonical_json(to_plain(self))


@frozen(kw_only=True)
class BackupPolicy:
    """备份策略 (BackupPolicy): how often, and for how many cycles."""

    full_every: timedelta = timedelta(days=7)
    incremental_every: timedelta = timedelta(hours=4)
    cycles: int = 3


def slots(policy: BackupPolicy, now: datetime) -> tuple[datetime, datetime]:
    """Tell when the present slots of a full and of an incremental backup began."""
    return _began(policy.full_every, now), _began(policy.incremental_every, now)


def due(policy: BackupPolicy, made: Sequence[BackupHead], now: datetime) -> BackupKind | None:
    """Tell what is due: once in each slot; a slot that was missed is made up by the present one.

    Each slot counts by itself: after a clock that ran ahead was set back, nothing waits for it.
    """
    full, incremental = slots(policy, now)
    if not any(
        one.kind is BackupKind.FULL and _began(policy.full_every, one.at) == full for one in made
    ):
        return BackupKind.FULL
    if not any(_began(policy.incremental_every, one.at) == incremental for one in made):
        return BackupKind.INCREMENTAL
    return None


def _began(slot: timedelta, moment: datetime) -> datetime:
    return _MONDAY + (moment - _MONDAY) // slot * slot


def expired(policy: BackupPolicy, made: Sequence[BackupHead], now: datetime) -> tuple[str, ...]:
    """Give the ids of those beyond the cycles to keep; a cycle ends whole, or not at all.

    A cycle counts by its full backup; what is dated in the future neither counts nor ends.
    """
    fulls = sorted(
        (one.at, one.id) for one in made if one.kind is BackupKind.FULL and one.at <= now
    )
    if len(fulls) <= policy.cycles:
        return ()
    kept = fulls[-policy.cycles :]
    first, ids = kept[0][0], {name for _, name in kept}
    return tuple(one.id for one in made if one.at < first and one.base not in ids)


class BackupStore(ABC):
    """Where the files of backups lie, each under its name (``<backup>/<file>``)."""

    @abstractmethod
    def put(self, name: str, content: bytes) -> None:
        """Store durably; whole under its name, or not at all."""

    @abstractmethod
    def get(self, name: str) -> bytes:
        """Give the content. Raises ``BackupDamaged`` where there is none."""

    @abstractmethod
    def backups(self) -> Sequence[str]:
        """Give every backup of which anything is there, finished or not, in order."""

    @abstractmethod
    def names(self, file: str) -> Sequence[str]:
        """Give the names (``<backup>/<file>``) of that file in all backups, in order."""

    @abstractmethod
    def remove(self, backup: str) -> None:
        """Remove every file of a backup, its head first; nothing where there is none."""


@frozen(kw_only=True)
class StoredTable:
    """A table as one state of the database holds it; ``pieces`` are its rows in order of the key.

    Each piece is a list of rows as JSON text, a row a line. Where one ends depends on the keys
    alone, so that a row changes its own piece and no other.
    """

    name: str
    columns: tuple[str, ...]
    pieces: Iterator[tuple[int, bytes]] = field(eq=False)


class Snapshot(ABC):
    """One state of a database, whatever is written meanwhile."""

    schema: str
    audit_size: int

    @abstractmethod
    def tables(self) -> Iterator[StoredTable]:
        """Give every table, what others refer to first; each is read before the next is asked."""


class Loading(ABC):
    """A database that is being filled, in one transaction."""

    @abstractmethod
    def load(self, table: str, columns: Sequence[str], lines: bytes) -> None:
        """Add the rows of a piece."""

    @abstractmethod
    def snapshot(self) -> Snapshot:
        """Give what it holds so far."""


class StoredDatabase(ABC):
    """A database as backups see it."""

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """Give one state of it."""

    @abstractmethod
    def filling(self, schema: str) -> AbstractContextManager[Loading]:
        """Fill it from nothing; what was loaded stays if and only if nothing is raised.

        Raises ``BackupUnfit`` for a database that holds something, or for another schema.
        """
