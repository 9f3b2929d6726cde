"""The golden files searched for what one engine or the other takes for something else.

Each rule is tried on a statement that it must catch, so that an empty result means something.
"""

import re
from collections.abc import Callable, Iterable, Iterator

import pytest
from attrs import frozen
from dmSQLAlchemy.extensions import RESERVED_WORDS
from sqlalchemy import LargeBinary, Text

from adapters.sql.engine.repository import CHUNK, chunks
from adapters.sql.tables import metadata

from .golden import URLS, read

LONGEST_NAME = 30
"""KingbaseES takes 63 bytes and DM 128; an Oracle mode, and who types them, less."""
DM_LIST = 2_048
LITERALS = re.compile(r"'(?:[^']|'')*'")
BARE = re.compile(r"(?<![\"\w:])([a-z_]\w*)(?![\"\w(])")
DM_RESERVED = {word.lower() for word in RESERVED_WORDS} | {"year"}
"""The vendor's own list, with a word that lacks its blank there."""
NAMES = {table.name for table in metadata.tables.values()} | {
    column.name for table in metadata.tables.values() for column in table.c
}
LARGE = {
    f"{table.name}.{column.name}"
    for table in metadata.tables.values()
    for column in table.c
    if isinstance(column.type, Text | LargeBinary)
}


def statements(engine: str) -> Iterator[str]:
    """Give what is in the files of an engine."""
    yield from read(f"statements.{engine}")
    yield from read(f"migrations.{engine}")


def reserved(statement: str) -> Iterable[str]:
    """Give names of ours that stand without quotes and mean something else to DM."""
    text = LITERALS.sub("", statement)
    return [
        name
        for name in sorted(NAMES & DM_RESERVED)
        if re.search(rf'(?<!["\w:]){name}(?!["\w])', text)
    ]


def long_names(statement: str) -> Iterable[str]:
    """Give names that are too long."""
    return [name for name in BARE.findall(LITERALS.sub("", statement)) if len(name) > LONGEST_NAME]


def large_compared(statement: str) -> Iterable[str]:
    """Give columns of unlimited text that are compared, ordered or grouped by."""
    where = re.split(r"\bWHERE\b|\bORDER BY\b|\bGROUP BY\b|\bHAVING\b", statement, maxsplit=1)
    told = where[1] if len(where) > 1 else ""
    if statement.startswith("SELECT DISTINCT"):
        told = statement
    return [name for name in sorted(LARGE) if re.search(rf"\b{name}\b", told.replace('"', ""))]


def matching(pattern: str) -> Callable[[str], Iterable[str]]:
    """Give what of a statement matches, outside of its literals."""
    found = re.compile(pattern, re.IGNORECASE | re.DOTALL)
    return lambda statement: [one.group() for one in found.finditer(LITERALS.sub("''", statement))]


@frozen
class Trap:
    """A rule, for whom it holds, and a statement that it must catch."""

    name: str
    finds: Callable[[str], Iterable[str]]
    caught: str
    engines: tuple[str, ...] = tuple(URLS)


TRAPS = (
    Trap(  # Alembic keeps its own version so, where the dialect says that it may
        "returning",
        matching(r"^(?!INSERT INTO alembic_version\b).*\bRETURNING\b"),
        "INSERT INTO t (a) VALUES (1) RETURNING a",
    ),
    Trap("returning-dm", matching(r"\bRETURNING\b"), "DELETE FROM t RETURNING a", ("dm",)),
    Trap("upsert", matching(r"\bON (CONFLICT|DUPLICATE)\b|\bMERGE\b"), "MERGE INTO t USING u"),
    Trap("update-from", matching(r"^UPDATE[^;]*\bFROM\b"), "UPDATE a SET x = 1 FROM b"),
    Trap("delete-using", matching(r"^DELETE[^;]*\bUSING\b"), "DELETE FROM a USING b"),
    Trap("is-one", matching(r"\bIS (NOT )?[01]\b"), "SELECT 1 WHERE a.b IS 1"),
    Trap(
        "is-true",
        matching(r"\bIS (NOT )?(TRUE|FALSE)\b"),
        "SELECT 1 WHERE a.b IS TRUE",
        ("sqlite", "dm"),
    ),
    Trap("filter", matching(r"\) FILTER \("), "SELECT count(*) FILTER (WHERE a) FROM t"),
    Trap("lateral", matching(r"\bLATERAL\b|\bTABLESAMPLE\b"), "SELECT 1 FROM a, LATERAL b"),
    Trap("json", matching(r"->|\bjson_value\b|\bJSONB?\b"), "SELECT a -> 'b' FROM t"),
    Trap(
        "identity",
        matching(r"\b(AUTOINCREMENT|IDENTITY|BIGSERIAL|SERIAL|SEQUENCE|NEXTVAL)\b|\bROWID = "),
        "CREATE TABLE t (a BIGINT IDENTITY(1, 1))",
    ),
    Trap(
        "zoned",
        matching(r"(?<!OUT )(?<!WITHOUT )\bTIME ZONE\b|\bTIMESTAMPTZ\b"),
        "CREATE TABLE t (a TIMESTAMP WITH TIME ZONE)",
    ),
    Trap("inexact", matching(r"\b(FLOAT|REAL|DOUBLE)\b"), "CREATE TABLE t (a FLOAT)"),
    Trap("no-length", matching(r"(?<!::)\bVARCHAR2?\b(?! ?\()"), "CREATE TABLE t (a VARCHAR)"),
    Trap(
        "too-long",
        matching(r"VARCHAR2?\((?:[4-9]\d{3}|\d{5,})"),
        "CREATE TABLE t (a VARCHAR(4001))",
    ),
    Trap("empty-text", lambda text: re.findall(r"(?<!')''(?!')", text), "UPDATE t SET a = ''"),
    Trap("now", matching(r"\bCURRENT_(TIMESTAMP|DATE)\b|\bnow\(|\bSYSDATE\b"), "SELECT now()"),
    Trap("long-name", long_names, "SELECT t." + "a" * 31),
    Trap("large-compared", large_compared, "SELECT 1 FROM clue WHERE clue.body = :body_1"),
    Trap("large-ordered", large_compared, "SELECT clue.id FROM clue ORDER BY clue.body"),
    Trap("large-distinct", large_compared, "SELECT DISTINCT clue.id, clue.body FROM clue"),
    Trap(
        "locked-page",
        matching(r"\b(LIMIT|FETCH FIRST)\b.*\bFOR UPDATE\b"),
        "SELECT a FROM t FETCH FIRST :n ROWS ONLY FOR UPDATE",
    ),
    Trap("limit", matching(r"\bLIMIT\b"), "SELECT a FROM t LIMIT 1", ("dm",)),
    Trap(
        "boolean", matching(r"\b(true|false|BOOLEAN)\b"), "SELECT a FROM t WHERE b = true", ("dm",)
    ),
    Trap("reserved", reserved, "SELECT visit.sealed FROM visit", ("dm",)),
    Trap("row-value", matching(r"\) > \("), "SELECT a FROM t WHERE (a, b) > (:a, :b)", ("dm",)),
    Trap("recursive", matching(r"\bRECURSIVE\b"), "WITH RECURSIVE t AS (SELECT 1)", ("dm",)),
    Trap(
        "collation", matching(r"\bCOLLATE\b"), 'CREATE TABLE t (a VARCHAR(9) COLLATE "C")', ("dm",)
    ),
    Trap("uncollated-key", matching(r"\bCOLLATE (?!\"C\")"), "SELECT a COLLATE zh FROM t"),
)


@pytest.mark.parametrize("engine", URLS)
@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_no_statement_is_a_trap(trap: Trap, engine: str) -> None:
    """No engine gets a statement which it refuses or, worse, understands otherwise."""
    if engine in trap.engines:
        found = [
            (one, statement) for statement in statements(engine) for one in trap.finds(statement)
        ]
        assert found == []


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_each_rule_catches(trap: Trap) -> None:
    """A statement of the kind that a rule forbids is found by it."""
    assert list(trap.finds(trap.caught))


def test_the_files_hold_what_is_searched() -> None:
    """The files are there and speak of every table: an empty file would hold no trap either."""
    for engine in URLS:
        text = "\n".join(statements(engine))
        assert [name for name in metadata.tables if name not in text] == []


def test_lists_are_cut() -> None:
    """A list of values is bound in parts that every engine takes."""
    assert CHUNK <= DM_LIST
    assert [len(part) for part in chunks(range(CHUNK * 2 + 1))] == [CHUNK, CHUNK, 1]
