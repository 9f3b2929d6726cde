"""The workload on a SQLite that syncs less than it must: what a power cut then takes is seen."""

import os
import sqlite3

from sqlalchemy import event
from sqlalchemy.pool import Pool
from workload import serve  # type: ignore[import-not-found]  # lies beside this program

from entrypoints.container import databases


def _weaken(connection: object, _entry: object, _proxy: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    level = os.environ["SUPERVISION_TEST_SYNCHRONOUS"]
    connection.execute(f"PRAGMA synchronous = {level}")


if __name__ == "__main__":
    vars(databases)["check_requirements"] = lambda _engine: None
    event.listen(Pool, "checkout", _weaken)
    serve()
