"""The newest checkpoint of a database, kept outside of it."""

import json
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from supervision_core.audit.model import CheckpointMalformed, Finding, SignedCheckpoint
from supervision_core.audit.ports import Checkpoints


@frozen
class KeptCheckpoint:
    """留存的检查点 (KeptCheckpoint): a file that whoever has only the database cannot change.

    A database that was put back whole lacks the checkpoint, or has another one in its place.
    """

    path: Path
    _checkpoints: Checkpoints

    def read(self) -> SignedCheckpoint | None:
        """Give what is kept; nothing where nobody can read it."""
        try:
            return SignedCheckpoint.read(json.loads(self.path.read_text("utf-8")))
        except (OSError, ValueError, CheckpointMalformed):
            return None

    def keep(self) -> None:
        """Keep the newest checkpoint, if the log goes on from the one that was kept."""
        last = self._checkpoints.last()
        if last is None or [*self.missed()]:
            return
        kept = self.read()
        if kept is None or kept.checkpoint.size < last.checkpoint.size:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            made = self.path.with_suffix(".new")
            made.write_text(json.dumps(last.plain(), ensure_ascii=False) + "\n", encoding="utf-8")
            made.rename(self.path)

    def missed(self) -> Iterator[Finding]:
        """Tell whether the database lacks the checkpoint that was kept."""
        kept = self.read()
        if kept is None:
            return
        size = kept.checkpoint.size
        found = self._checkpoints.between(size, size)
        if [one.checkpoint for one in found] != [kept.checkpoint]:
            yield Finding("audit.checkpoint_lost", size, size)
