"""Which keys protect a database, so that it is never opened with others."""

from typing import ClassVar

from attrs import define
from sqlalchemy import Engine, PrimaryKeyConstraint, Table, insert, inspect, select

from adapters.sql.engine.reading import Reader
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import required, whole
from supervision_core.kernel.crypto import KeyMissing, KeyStore
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.sealing import KEY_NAMES

MARKED = b"supervision key-mark/1"

key_mark = Table(
    "key_mark",
    metadata,
    required("name", 20),
    whole("key_version"),
    required("mark", 64),
    PrimaryKeyConstraint("name", "key_version"),
)
"""HMAC-SM3 of a constant under each version of each data key that was ever used here."""


@define(eq=False)
class KeysForeign(Refused):
    """Other keys than those at hand protect the database."""

    code: ClassVar[str] = "sql.keys_foreign"


def is_marked(engine: Engine) -> bool:
    """Tell whether some keys protect the database already."""
    if not inspect(engine).has_table(key_mark.name):
        return False
    return bool(Reader(engine).rows(select(key_mark.c.name).limit(1)))


def check_marks(engine: Engine, keys: KeyStore) -> None:
    """Raise ``KeysForeign``, naming each key that is missing or another."""
    rows = Reader(engine).rows(select(key_mark).order_by(key_mark.c.name, key_mark.c.key_version))
    refuse_if(
        KeysForeign,
        (
            Violation(KeysForeign.code, data={"name": row.name, "version": row.key_version})
            for row in rows
            if _mark(keys, row.name, row.key_version) != row.mark
        ),
    )


def write_marks(engine: Engine, keys: KeyStore) -> None:
    """Note every version at hand that is not noted yet."""
    asked = select(key_mark.c.name, key_mark.c.key_version)
    known = {(row.name, row.key_version) for row in Reader(engine).rows(asked)}
    new = [
        {"name": name, "key_version": version, "mark": _mark(keys, name, version)}
        for name in KEY_NAMES
        for version in keys.versions(name)
        if (name, version) not in known
    ]
    if new:
        with engine.begin() as connection:
            connection.execute(insert(key_mark), new)


def _mark(keys: KeyStore, name: str, version: int) -> str:
    try:
        return keys.mac(name, version).tag(MARKED).hex()
    except KeyMissing:
        return ""
