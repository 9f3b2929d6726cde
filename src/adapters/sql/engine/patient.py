"""Connections of psycopg that wait for a COMMIT only so long."""

from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

from adapters.sql.engine.confirming import COMMIT_SECONDS


class CommitOverdue(psycopg.OperationalError):
    """The server has not said whether it committed; it may still do so."""


class PatientConnection(psycopg.Connection[Any]):
    """Ends itself where the server does not answer a COMMIT in time."""

    def commit(self) -> None:
        """Commit. Raises ``CommitOverdue``."""
        try:
            with self.lock:
                self.wait(self._commit_gen(), timeout=COMMIT_SECONDS)
        except psycopg.OperationalError as error:
            if self.pgconn.transaction_status != TransactionStatus.ACTIVE:
                raise
            self.close()
            raise CommitOverdue from error
