"""Audit rows, and the exact text that a row's hash covers."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from json.encoder import encode_basestring as quoted
from typing import Final

from attrs import field, frozen

from supervision_core.kernel.canonical import sm3


class Outcome(StrEnum):
    """How an attempt ended."""

    DONE = "done"
    DENIED = "denied"


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(moment)
    return moment.astimezone(UTC)


@frozen(kw_only=True)
class AuditEntry:
    """审计记录 (AuditEntry): one attempt by one actor. Holds ids and digests, no personal data.

    ``at`` is aware and kept in UTC. ``request`` is the SM3 of the command's canonical JSON;
    ``targets`` name what was written (see ``target_of``); ``note`` holds what must be readable
    without the database (hashes of a draw).
    Source: GB/T 22239-2019 8.1.4 安全审计; proposal 5974-6042.
    """

    at: datetime = field(converter=_utc)
    actor: str
    department: str
    action: str
    outcome: Outcome
    request: str
    targets: tuple[str, ...] = ()
    note: tuple[tuple[str, str], ...] = ()


ALARM: Final = "audit.alarm"
"""The action of rows that name what was found wrong; their targets are refused until repaired."""
REPAIR: Final = "audit.repair"


def target_of(kind: str, id: str, version: int = 0) -> str:
    """Name what was written: ``kind/id@version`` as stored, ``kind/id`` where it has no version."""
    return f"{kind}/{id}@{version}" if version else f"{kind}/{id}"


def read_target(target: str) -> tuple[str, str, int] | None:
    """Give kind, id and version of a target; ``None`` for one without a version."""
    kind, _, rest = target.partition("/")
    name, at, version = rest.rpartition("@")
    return (kind, name, int(version)) if at and version.isascii() and version.isdigit() else None


def things_of(targets: Sequence[str]) -> tuple[str, ...]:
    """Give what targets name, ``kind/id`` without versions, each once."""
    named = (read_target(one) for one in targets)
    things = (
        one if found is None else target_of(found[0], found[1])
        for one, found in zip(targets, named, strict=True)
    )
    return tuple(dict.fromkeys(things))


CONCERNS: Final = "concerns"
"""Under this name the note of a row says, by blanks, the departments whose object it is about."""


def concerned(entry: AuditEntry) -> frozenset[str]:
    """Give the departments whose objects a party acted upon, empty for acts of departments."""
    return frozenset(
        one for name, said in entry.note if name == CONCERNS for one in said.split()
    )  # fmt: skip


def leaf_text(  # noqa: PLR0913 - one for each column of the log
    number: int,
    *,
    at: str,
    actor: str,
    department: str,
    action: str,
    outcome: str,
    request: str,
    targets: str,
    note: str,
) -> str:
    """Give the canonical JSON of a row: what its leaf hash covers, every column and its place.

    ``at`` is ISO text; ``targets`` and ``note`` are already the JSON text of their lists: whoever
    verifies a million rows need not read them apart.
    """
    return (
        f'{{"entry":{{"action":{quoted(action)},"actor":{quoted(actor)},"at":{quoted(at)},'
        f'"department":{quoted(department)},"note":{note},"outcome":{quoted(outcome)},'
        f'"request":{quoted(request)},"targets":{targets}}},"number":{number}}}'
    )


def targets_text(targets: Iterable[str]) -> str:
    """Give the canonical JSON of an entry's ``targets``."""
    return f"[{','.join(map(quoted, targets))}]"


def note_text(note: Iterable[tuple[str, str]]) -> str:
    """Give the canonical JSON of an entry's ``note``."""
    return f"[{','.join(f'[{quoted(name)},{quoted(fact)}]' for name, fact in note)}]"


@frozen(kw_only=True)
class AuditRow:
    """An entry at its place in the log; ``number`` counts from 0 without gaps."""

    number: int
    entry: AuditEntry

    def text(self) -> str:
        """Give the canonical JSON of number and entry."""
        entry = self.entry
        return leaf_text(
            self.number,
            at=entry.at.isoformat(),
            actor=entry.actor,
            department=entry.department,
            action=entry.action,
            outcome=entry.outcome.value,
            request=entry.request,
            targets=targets_text(entry.targets),
            note=note_text(entry.note),
        )

    def leaf(self) -> bytes:
        """Give the leaf hash, SM3(0x00 ‖ canonical JSON of number and entry): 32 bytes."""
        return sm3(b"\x00" + self.text().encode())


StoredLeaf = tuple[int, bytes, bytes | None]
"""A row as a verifier meets it: its number, the hash that is stored, and the one that its columns
give, ``None`` for a row that nobody can read. A bare tuple, since there are millions of them."""
