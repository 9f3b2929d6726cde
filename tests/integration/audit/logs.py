"""Logs to tamper with: rows as they come in life, checkpoints, and the keys to verify them."""

import shutil
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from attrs import define, frozen
from sqlalchemy import Engine

from adapters.crypto.providers import OpensslAlgorithms
from adapters.sql.engine.database import open_engine
from adapters.sql.frame.audit import SqlCheckpoints
from adapters.sql.frame.unit import SqlTransactions
from adapters.system import FixedClock
from supervision_core.audit.model import AuditEntry, Outcome, SignedCheckpoint, Verdict
from supervision_core.audit.ports import AuditLog, Witness
from supervision_core.audit.services import Anchoring, verify_store
from supervision_core.kernel.crypto import Signer, Verifier
from supervision_core.kernel.ports import Ids
from supervision_core.kernel.signing import verifiers

NOON = datetime(2026, 11, 24, 4, 0, 0, 5000, tzinfo=UTC)
ALGORITHMS = OpensslAlgorithms()
SIGNER = ALGORITHMS.signer((11).to_bytes(32, "big"))
OTHER = ALGORITHMS.signer((12).to_bytes(32, "big"))
TRUSTED = verifiers(ALGORITHMS.verifier(SIGNER.public_key))
ROWS = 50
SIZES = (13, 32, 47)


class Counted(Ids):
    """Ids in the order asked for."""

    def __init__(self) -> None:
        """Start at 1."""
        self._numbers = count(1)

    def next_id(self) -> str:
        """Give the next."""
        return f"log-{next(self._numbers)}"


def entries(rows: int, *, salt: str = "") -> list[AuditEntry]:
    """Give entries with every field filled, some with signs beyond ASCII."""
    return [
        AuditEntry(
            at=NOON + timedelta(seconds=at, microseconds=(at % 3) * 1000 - 5000),
            actor=f"u-{at % 4}{salt}",
            department=f"d-{at % 3}",
            action=f"tasks.act{at % 5}",
            outcome=Outcome.DENIED if at % 7 == 0 else Outcome.DONE,
            request=f"{at * 7919:064x}",
            targets=(f"visit/v-{at}@{at + 1}", "task/t-1@3"),
            note=(("原因", f"复核{at}"),),
        )
        for at in range(rows)
    ]


@define
class Logged:
    """A log in a database, with checkpoints at known sizes."""

    engine: Engine
    path: Path
    signer: Signer = SIGNER
    witnesses: Sequence[Witness] = ()
    known: dict[str, Verifier] | None = None

    @property
    def checkpoints(self) -> SqlCheckpoints:
        """Give the store."""
        return SqlCheckpoints(self.engine)

    @property
    def anchoring(self) -> Anchoring:
        """Give what anchors it."""
        return Anchoring(
            checkpoints=self.checkpoints,
            signer=self.signer,
            witnesses=self.witnesses,
            trusted=self.known or {},
            clock=FixedClock(NOON + timedelta(hours=1)),
            ids=Counted(),
        )

    def write(self, wanted: Sequence[AuditEntry]) -> None:
        """Append."""
        with SqlTransactions(self.engine, {}).begin() as unit:
            for one in wanted:
                unit[AuditLog].append(one)
            unit.commit()

    def fill(self, rows: int = ROWS, sizes: Sequence[int] = SIZES, *, salt: str = "") -> None:
        """Write rows, and anchor at each size."""
        written, start = entries(rows, salt=salt), 0
        for size in (*sizes, rows):
            self.write(written[start:size])
            if size in sizes:
                self.anchoring.anchor()
            start = size

    def verify(self, others: Sequence[SignedCheckpoint] = ()) -> Verdict:
        """Verify with the public key only."""
        return verify_store(self.checkpoints, TRUSTED, others=others)

    def raw(self, statement: str, *values: object) -> None:
        """Write past the platform, as somebody with the file in his hands does."""
        with sqlite3.connect(self.path) as database:
            database.execute(statement, values)
        database.close()


def codes(verdict: Verdict) -> set[str]:
    """Give what was found."""
    return {one.code for one in verdict.findings}


def names(verdict: Verdict, row: int) -> bool:
    """Tell whether a finding names the row."""
    return any(one.first <= row <= one.last for one in verdict.findings)


@frozen
class Copies:
    """Makes copies of a filled log, so that each may be broken in its own way."""

    source: Path
    folder: Path
    opened: list[Engine]

    def fresh(self) -> Logged:
        """Give a copy."""
        path = self.folder / f"copy-{len(self.opened)}.db"
        shutil.copy(self.source, path)
        engine = open_engine(f"sqlite:///{path}")
        self.opened.append(engine)
        return Logged(engine, path)
