"""What a database must be set to before it may hold anything, told by the server itself.

Measured: with weaker settings 39 of 60 (SQLite) and 12 of 12 (PostgreSQL) power cuts lost
acknowledged changes. What DM's settings mean for it nobody here could measure, so the operator
has to say that he did (docs/databases.md).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar

from attrs import define, frozen
from sqlalchemy import Connection, Engine, text

from adapters.sql.engine.database import READING
from supervision_core.kernel.errors import Refused, Violation, refuse_if

ABSENT = ""
"""Found where the server knows no such setting: PostgreSQL of those of KingbaseES."""


@define(eq=False)
class DurabilityTooWeak(Refused):
    """The database may lose acknowledged changes when the power fails."""

    code: ClassVar[str] = "sql.durability_too_weak"


@define(eq=False)
class DurabilityUnknown(Refused):
    """Nobody has shown that the database keeps acknowledged changes when the power fails."""

    code: ClassVar[str] = "sql.durability_unknown"


@define(eq=False)
class DatabaseUnfit(Refused):
    """The database would take statements or texts for something else than they are."""

    code: ClassVar[str] = "sql.database_unfit"


@frozen
class Requirement:
    """A setting, and the values with which all that is built on the database holds."""

    refusal: type[Refused]
    setting: str
    good: frozenset[str]


@frozen
class Finding:
    """What a database has for a setting."""

    requirement: Requirement
    value: str

    @property
    def good(self) -> bool:
        """Say whether that will do."""
        return self.value in self.requirement.good

    @property
    def violation(self) -> Violation:
        """Give the fault, to be put into words."""
        setting = self.requirement.setting
        return Violation(
            self.requirement.refusal.code, setting, {"setting": setting, "found": self.value}
        )


def _needs(refusal: type[Refused], setting: str, *good: str) -> Requirement:
    return Requirement(refusal, setting, frozenset(good))


_SQLITE = (
    _needs(DurabilityTooWeak, "journal_mode", "wal"),
    _needs(DurabilityTooWeak, "synchronous", "2", "3"),
    _needs(DatabaseUnfit, "encoding", "UTF-8"),
)
_POSTGRES = (
    _needs(DurabilityTooWeak, "fsync", "on"),
    _needs(DurabilityTooWeak, "full_page_writes", "on"),
    # remote_write and local still sync the server's own log before they acknowledge
    _needs(DurabilityTooWeak, "synchronous_commit", "on", "remote_apply", "remote_write", "local"),
    _needs(DatabaseUnfit, "server_encoding", "UTF8"),
    # the audit log's counter is read under a lock, after whoever had it before has committed
    _needs(DatabaseUnfit, "default_transaction_isolation", "read committed"),
    _needs(DatabaseUnfit, "transaction_read_only", "off"),
)
_KINGBASE = (
    *_POSTGRES,
    _needs(DatabaseUnfit, "database_mode", ABSENT, "pg", "oracle"),
    _needs(DatabaseUnfit, "enable_ci", ABSENT, "off"),
    _needs(DatabaseUnfit, "char_default_type", ABSENT, "char"),
    _needs(DatabaseUnfit, "ora_style_nls_date_format", ABSENT, "off"),
)
_DM = (
    _needs(DurabilityUnknown, "durability", "proved"),
    _needs(DatabaseUnfit, "COMPATIBLE_MODE", "0", "2"),
    _needs(DatabaseUnfit, "UNICODE_FLAG", "1"),
    _needs(DatabaseUnfit, "CASE_SENSITIVE", "1"),
)
_DM_QUESTIONS = {
    "COMPATIBLE_MODE": "SELECT PARA_VALUE FROM V$DM_INI WHERE PARA_NAME = 'COMPATIBLE_MODE'",
    "UNICODE_FLAG": "SELECT SF_GET_UNICODE_FLAG()",
    "CASE_SENSITIVE": "SELECT SF_GET_CASE_SENSITIVE_FLAG()",
}


def _ask_sqlite(connection: Connection, setting: str) -> str:
    return str(connection.execute(text(f"PRAGMA {setting}")).scalar_one())


def _ask_postgres(connection: Connection, setting: str) -> str:
    asked = text("SELECT current_setting(:setting, true)")
    found = connection.execute(asked, {"setting": setting}).scalar_one()
    return ABSENT if found is None else str(found)


def _ask_dm(connection: Connection, setting: str) -> str:
    if setting == "durability":
        return str(getattr(connection.dialect, "durability", "unknown"))
    return str(connection.execute(text(_DM_QUESTIONS[setting])).scalar_one())


Ask = Callable[[Connection, str], str]
KINDS: Mapping[str, tuple[Ask, Sequence[Requirement]]] = {
    "sqlite": (_ask_sqlite, _SQLITE),
    "postgresql": (_ask_postgres, _POSTGRES),
    "kingbase": (_ask_postgres, _KINGBASE),
    "dm": (_ask_dm, _DM),
}
"""How each kind of database is asked, and for what. Others are not known here."""


def findings(connection: Connection) -> Iterator[Finding]:
    """Give what the database has for each requirement of its kind."""
    ask, requirements = KINDS[connection.dialect.name]
    for requirement in requirements:
        yield Finding(requirement, ask(connection, requirement.setting))


def check_requirements(engine: Engine) -> None:
    """Refuse a database that would lose or garble what it is given, with every reason of a kind.

    Raises ``DurabilityTooWeak``, ``DurabilityUnknown`` or ``DatabaseUnfit``.
    """
    with engine.connect().execution_options(**{READING: True}) as connection:
        faults = [found for found in findings(connection) if not found.good]
    for refusal in (DurabilityTooWeak, DurabilityUnknown, DatabaseUnfit):
        refuse_if(
            refusal, (found.violation for found in faults if found.requirement.refusal is refusal)
        )
