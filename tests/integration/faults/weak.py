"""The workload on a SQLite that syncs less than it must: what a power cut then takes is seen."""

import os
import sqlite3
from typing import Any, TextIO

from sqlalchemy import event
from sqlalchemy.pool import Pool

from entrypoints.container import databases

from . import workload


def _weaken(connection: object, _entry: object, _proxy: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    level = os.environ["SUPERVISION_TEST_SYNCHRONOUS"]
    connection.execute(f"PRAGMA synchronous = {level}")


def work(asked: dict[str, Any], line: TextIO) -> None:
    """Do the same at the level that the environment says."""
    vars(databases)["check_requirements"] = lambda _engine: None
    event.listen(Pool, "checkout", _weaken)
    workload.work(asked, line)
