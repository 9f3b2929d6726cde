"""Column types that mean the same in every engine."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Integer, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

ID_LENGTH = 36
LABEL_LENGTH = 200
"""Characters of a name by which things are found."""
TAG_LENGTH = 80
"""Of ``sm3$v<key>$<64 hex digits>``."""
BODY = "body"


class Words(TypeDecorator[str]):
    """Text that may be empty. Oracle-like engines read ``''`` back as NULL, so NULL is stored."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Store nothing for the empty text."""
        del dialect
        return value or None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str:
        """Read nothing as the empty text."""
        del dialect
        return "" if value is None else str(value)


class MaybeWords(TypeDecorator[str]):
    """Text that may be absent; an empty one is absent."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Store nothing for the empty text."""
        del dialect
        return value or None


class Sorted(TypeDecorator[str]):
    """Text that lists are ordered by: by code point everywhere, whatever the database's locale."""

    impl = String
    cache_ok = True

    def __init__(self, length: int) -> None:
        """Hold at most ``length`` characters."""
        super().__init__(length)
        self.length = length

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Fix the collation where a database has another by default; SQLite's is by code point."""
        collation = "C" if dialect.name in ("postgresql", "kingbase") else None
        return dialect.type_descriptor(String(self.length, collation=collation))


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC without a zone: DM drops the zone without a word."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC. Raises ``ValueError`` for a moment without a zone."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(value)
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Give an aware moment in UTC."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


def key(name: str = "id") -> Column[str]:
    """Give a primary key made by the application."""
    return Column(name, String(ID_LENGTH), primary_key=True)


def version() -> Column[int]:
    """Give the version that optimistic locking compares."""
    return Column("version", BigInteger, nullable=False)


def body() -> Column[str]:
    """Give the column that holds, as JSON text, every field without a column of its own."""
    return Column(BODY, Text, nullable=False)


def part(name: str) -> Column[str]:
    """Give a column that holds one field as JSON text of its own, apart from ``body``."""
    return Column(name, Text, nullable=False)


def blind(name: str) -> Column[str]:
    """Give a column that holds the blind index of a sealed value, or nothing."""
    return words(name, TAG_LENGTH)


def row_seal() -> Column[str]:
    """Give the column that holds the seal over the others of the row."""
    return required("row_seal", TAG_LENGTH)


def required(name: str, length: int) -> Column[str]:
    """Give a text column that is never empty."""
    return Column(name, String(length), nullable=False)


def ordered(name: str, length: int) -> Column[str]:
    """Give a text column, never empty, that lists are ordered by."""
    return Column(name, Sorted(length), nullable=False)


def words(name: str, length: int) -> Column[str]:
    """Give a text column that may be empty."""
    return Column(name, Words(length))


def label() -> Column[str]:
    """Give the column by which a thing is found that its body names."""
    return words("label", LABEL_LENGTH)


def maybe(name: str, length: int) -> Column[str]:
    """Give a text column that may be absent."""
    return Column(name, MaybeWords(length))


def whole(name: str, *, nullable: bool = False) -> Column[int]:
    """Give a column of integers."""
    return Column(name, BigInteger, nullable=nullable)


def place(name: str) -> Column[int]:
    """Give a primary key that counts; SQLite keeps the rows by it, without an index beside them."""
    kind = BigInteger().with_variant(Integer(), "sqlite")
    return Column(name, kind, primary_key=True, autoincrement=False)


def flag(name: str) -> Column[bool]:
    """Give a column of truth, to be compared by ``== true()`` and never by ``.is_()``."""
    return Column(name, Boolean, nullable=False)


def day(name: str, *, nullable: bool = False) -> Column[Any]:
    """Give a column of days."""
    return Column(name, Date, nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> Column[datetime]:
    """Give a column of moments."""
    return Column(name, Moment, nullable=nullable)
