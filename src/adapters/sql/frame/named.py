"""What the log names of very many things, in a file of its own while it is compared."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Final

from supervision_core.audit.ports import NEVER_NAMED, NamedVersions

WAITING: Final = 10_000
"""Noted before they go into the file together."""
_BEGIN: Final = """
    PRAGMA cache_size = -4096;
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE TABLE named (
        kind TEXT, id TEXT, version INTEGER, number INTEGER, PRIMARY KEY (kind, id)
    ) WITHOUT ROWID;
    BEGIN;
"""
_NOTE: Final = """
    INSERT INTO named VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE
    SET version = excluded.version, number = excluded.number WHERE excluded.version > version
"""


class NamedInFile(NamedVersions):
    """Named versions of which a few megabytes are in memory, however many there are."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Begin with none, in a database that is empty."""
        connection.executescript(_BEGIN)
        self._connection = connection
        self._waiting: list[tuple[str, str, int, int]] = []

    def note(self, kind: str, id: str, version: int, number: int) -> None:
        """Keep a version and its row, unless the version that is kept is as high."""
        self._waiting.append((kind, id, version, number))
        if len(self._waiting) >= WAITING:
            self._written()

    def of(self, kind: str, id: str) -> tuple[int, int]:
        """Give version and row of a thing."""
        asked = "SELECT version, number FROM named WHERE kind = ? AND id = ?"
        found: tuple[int, int] | None = self._written().execute(asked, (kind, id)).fetchone()
        return found or NEVER_NAMED

    def every(self, kind: str) -> Iterator[tuple[str, tuple[int, int]]]:
        """Give each thing of ``kind``."""
        asked = "SELECT id, version, number FROM named WHERE kind = ? ORDER BY id"
        for id_, version, number in self._written().execute(asked, (kind,)):
            yield id_, (version, number)

    def forget(self, kind: str, before: int) -> None:
        """Forget the things of ``kind`` whose row stands before that number."""
        self._written().execute("DELETE FROM named WHERE kind = ? AND number < ?", (kind, before))

    def _written(self) -> sqlite3.Connection:
        self._connection.executemany(_NOTE, self._waiting)
        self._waiting.clear()
        return self._connection


@contextmanager
def named_on_disk() -> Iterator[NamedInFile]:
    """Give an empty file in the folder for what is temporary; it is gone after the block."""
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        yield NamedInFile(connection)
