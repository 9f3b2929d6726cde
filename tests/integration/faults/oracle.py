"""Whether everything acknowledged is there, once, and nothing is half there."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping

from sqlalchemy import Engine, text

from adapters.sql.frame.commit import SqlAuditLog
from adapters.sql.ports import stored_versions
from supervision_core.audit.model import AuditRow, Outcome, read_target, tree_root
from supervision_core.kernel.plain import digest

Acknowledged = Mapping[int, str]
"""The digest of the answer of each command that returned, by its number."""


def faults(engine: Engine, actor: str, seed: int, acknowledged: Acknowledged) -> list[str]:
    """Give everything that is lost, doubled, half there or out of order; empty is good."""
    return list(_faults(engine, actor, seed, acknowledged))


def _faults(engine: Engine, actor: str, seed: int, acknowledged: Acknowledged) -> Iterator[str]:
    if engine.dialect.name == "sqlite":
        yield from _damage(engine)
    log = SqlAuditLog(engine)
    rows = list(log.rows())
    yield from _order(rows, log.leaves())
    mine = [row for row in rows if row.entry.actor == actor]
    yield from _records(engine, actor, seed, acknowledged, mine)
    yield from _effects(engine, rows)


def _damage(engine: Engine) -> Iterator[str]:
    with engine.connect() as connection:
        if connection.execute(text("PRAGMA integrity_check")).scalar_one() != "ok":
            yield "the file is damaged"
        if connection.execute(text("PRAGMA foreign_key_check")).all():
            yield "a row points at nothing"


def _order(rows: list[AuditRow], leaves: list[bytes]) -> Iterator[str]:
    if [row.number for row in rows] != list(range(len(rows))):
        yield "the log has a gap"
    if tree_root([row.leaf() for row in rows]) != tree_root(leaves):
        yield "a leaf is not that of its row"


def _records(
    engine: Engine, actor: str, seed: int, acknowledged: Acknowledged, mine: list[AuditRow]
) -> Iterator[str]:
    """Compare acknowledgements, done commands and audit rows, which stand for each other."""
    asked = text("SELECT request_key, action, request, answer FROM done_command WHERE actor = :a")
    with engine.connect() as connection:
        found = {row.request_key: row for row in connection.execute(asked, {"a": actor})}
    for number, answer in acknowledged.items():
        row = found.get(f"{seed}/{number}")
        if row is None:
            yield f"command {number} was acknowledged and is lost"
        elif _digest(row.answer) != answer:
            yield f"command {number} answers otherwise than it did"
    recorded = Counter((row.action, row.request) for row in found.values())
    logged = Counter((row.entry.action, row.entry.request) for row in mine)
    if recorded != logged:
        yield f"done commands and audit rows differ: {recorded - logged} {logged - recorded}"
    if any(row.entry.outcome is not Outcome.DONE for row in mine):
        yield "a command was denied"


def _digest(answer: str) -> str:
    return digest(json.loads(answer))


def _effects(engine: Engine, rows: list[AuditRow]) -> Iterator[str]:
    """Compare the versions that the log names with those that are stored."""
    logged: dict[tuple[str, str], int] = {}
    for row in rows:
        for kind, name, version in filter(None, map(read_target, row.entry.targets)):
            logged[kind, name] = max(version, logged.get((kind, name), 0))
    stored = stored_versions(engine)
    there = {(kind, name): at for kind in stored.kinds() for name, at in stored.of(kind)}
    for place in sorted(there.keys() | logged.keys()):
        if there.get(place) != logged.get(place):
            yield f"{place}: stored version {there.get(place)}, logged {logged.get(place)}"
