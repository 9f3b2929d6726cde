"""What is committed in memory."""

from threading import RLock

from supervision_core.audit.model import AuditRow, Cosignature, SignedCheckpoint
from supervision_core.audit.ports import Segment
from supervision_core.audit.services import LoggedVersions
from supervision_core.identity.ports import DECIDING
from supervision_core.kernel.outbox import Envelope

KINDS = frozenset(one.kind for one in DECIDING)


class MemoryStore:
    """What is committed: JSON texts by table and key, the audit log, the outbox."""

    def __init__(self) -> None:
        """Start empty."""
        self.lock = RLock()
        self.texts: dict[str, dict[str, str]] = {}
        self.audit: list[AuditRow] = []
        self.archived = 0
        self.segments: list[Segment] = []
        self.checkpoints: dict[int, SignedCheckpoint] = {}
        self.cosignatures: dict[tuple[int, str], Cosignature] = {}
        self.outbox: dict[int, Envelope] = {}
        self.sent = 0
        self.known = LoggedVersions(KINDS, lambda target, seal: seal == f"sealed {target}")

    def find(self, table: str, key: str) -> str | None:
        """Give the committed text, if any."""
        with self.lock:
            return self.texts.get(table, {}).get(key)
