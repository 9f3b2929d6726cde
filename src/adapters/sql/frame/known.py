"""What a process knows by the log of rows that decide, and the rows that it therefore refuses."""

from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from time import monotonic
from typing import Any, Final, TypeVar

from attrs import define, field
from sqlalchemy import Connection, Engine, Row

from adapters.sql.engine.database import READING
from adapters.sql.engine.mapper import Values, values_of
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.frame.audit import SqlSegments, newest_checkpoint
from adapters.sql.frame.audit_questions import SqlAuditQueries
from adapters.sql.frame.commit import SqlAuditLog
from adapters.sql.sealing.protection import sealing_of
from supervision_core.audit.model import ALARM, REPAIR, check_checkpoints
from supervision_core.audit.ports import AuditFilter
from supervision_core.audit.services import LoggedVersions
from supervision_core.identity.ports import DECIDING, KnownVersions
from supervision_core.kernel.crypto import KeyMissing, Tampered, Verifier
from supervision_core.kernel.errors import CorruptState
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.sealing import RowSeal

Root = TypeVar("Root", bound=Aggregate)

Placed = tuple[str, str | None, int, str]
"""Where a department stands: its id, the one above it, version, and seal."""

KNOWN: Final = "supervision_known"
EVERY: Final = 2.0
"""Seconds for which what was followed is not followed again: one small look-up a process."""
DAY: Final = 86_400.0
KINDS: Final = frozenset(one.kind for one in DECIDING)
_MAKING: Final = Lock()
_UNREAD: Final = (CorruptState, ValueError, TypeError, LookupError)


def believing(rows: RowSeal) -> Callable[[str, str], bool]:
    """Give what tells whether a repair was sealed by a holder of the keys."""

    def believed(target: str, seal: str) -> bool:
        try:
            rows.check(REPAIR, {"target": target}, seal)
        except (Tampered, KeyMissing):
            return False
        return True

    return believed


@define(eq=False)
class Follower:
    """日志跟随 (Follower): follows the log of one database for one process.

    It begins at the newest checkpoint that a key of ``trusted`` signed, with every alarm and repair
    before it. Units follow on their own connections, whose view may be older than what was followed
    already: what they do not see yet is no sign of anything.
    """

    trusted: Mapping[str, Verifier] = field(factory=dict)
    every: float = EVERY
    known: LoggedVersions | None = None
    placed: set[Placed] = field(factory=set)
    """Departments that stand where rows put them which this process found as they were sealed."""
    _due: float = 0.0
    _turns: float = field(factory=lambda: monotonic() + DAY)
    _lock: Lock = field(factory=Lock)

    def followed(self, connection: Connection) -> LoggedVersions:
        """Give what is known, a few seconds old at most."""
        if monotonic() >= self._due:
            with self._lock:
                if monotonic() >= self._due:
                    self.follow(connection)
        return self.known or LoggedVersions(KINDS)

    def follow(self, connection: Connection) -> bool:
        """Take in what the log has gained; tell whether it still ends in what was followed."""
        if self.known is None:
            self.known = self._begun(connection)
        try:
            same = self.known.follow(SqlAuditLog(connection))
        except _UNREAD:  # a row of the log that nobody can read: what is known stays
            same = False
        self._due = monotonic() + self.every
        if monotonic() >= self._turns:
            self._turns = monotonic() + DAY
            self.known.turn()
        return same

    def sound(self, engine: Engine) -> bool:
        """Tell whether the log as it is committed now goes on from what was followed."""
        with self._lock, engine.connect().execution_options(**{READING: True}) as connection:
            if self.follow(connection):
                return True
            archived = SqlSegments(connection).all()
            return bool(archived and self.known and archived[-1].upto >= self.known.next)

    def _begun(self, connection: Connection) -> LoggedVersions:
        known = LoggedVersions(KINDS, believing(sealing_of(connection).rows))
        begins = self._verified(connection)
        wanted = AuditFilter(actions=frozenset({ALARM, REPAIR}))
        queries = SqlAuditQueries(connection)
        for page in every_page(lambda request: queries.search(wanted, request), order="oldest"):
            for row in page.items:
                if row.number < begins:
                    known.take([row])
        known.next = begins
        return known

    def _verified(self, connection: Connection) -> int:
        """Give the size of the newest checkpoint, if a trusted key signed it and its rows are here.

        Nothing of the log is passed over otherwise.
        """
        try:
            last = newest_checkpoint(connection)
        except CorruptState:
            return 0
        if last is None or [*check_checkpoints([last], self.trusted, whole=False)]:
            return 0
        size = last.checkpoint.size
        return size if next(SqlAuditLog(connection).rows(size - 1), None) is not None else 0


def follower_of(source: Engine | Connection) -> Follower:
    """Give what follows the log of the database behind ``source``."""
    engine = source if isinstance(source, Engine) else source.engine
    with _MAKING:
        found: Follower | None = engine.get_execution_options().get(KNOWN)
        if found is None:
            found = Follower()
            engine.update_execution_options(**{KNOWN: found})
    return found


class SqlKnownVersions(KnownVersions):
    """What the process knows, as a unit of work asks for it."""

    def __init__(self, connection: Connection) -> None:
        """Follow on the connection of a unit of work, where that is due."""
        self._connection = connection

    @property
    def alarms(self) -> int:
        """How many alarms and repairs were followed."""
        return self._followed().alarms

    def disputes(self, kind: str, id: str, version: int) -> bool:
        """Tell whether the row as it is stored is not to be believed."""
        return self._followed().disputes(kind, id, version)

    def _followed(self) -> LoggedVersions:
        return follower_of(self._connection).followed(self._connection)


class DecidingRepository(SqlRepository[Root]):
    """A repository whose rows decide: it gives none that the log tells not to believe."""

    def _root(self, values: Values) -> Root:
        root = super()._root(values)
        SqlKnownVersions(self._connection).require(self.kind, root.id, root.version)
        return root

    def _left(self, rows: Sequence[Row[Any]]) -> list[Root]:
        """Give the aggregates without those that are not to be believed."""
        known = SqlKnownVersions(self._connection)
        roots = (super(DecidingRepository, self)._root(values_of(row)) for row in rows)
        return [one for one in roots if not known.disputes(self.kind, one.id, one.version)]
