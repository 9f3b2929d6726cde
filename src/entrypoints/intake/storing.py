"""Storing what a file holds, chunk by chunk, and telling what became of it."""

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from attrs import field, frozen

from entrypoints.container import Platform
from entrypoints.intake.reading import Chunk, Entry, Reading, batch
from entrypoints.intake.reports import ImportReport
from entrypoints.intake.sheets import placed
from supervision_core.identity.model import Actor
from supervision_core.kernel.canonical import Json, sm3
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.tables import RowFault, Severity
from supervision_core.officers.intake import OFFICER_TABLE, OfficerEntry
from supervision_core.officers.services import ImportOfficers, import_officers
from supervision_core.subjects.intake import SUBJECT_TABLE, SubjectEntry
from supervision_core.subjects.services import ImportSubjectsOfFile, import_subjects

_SOURCE_LENGTH = 100
_SUBJECT_TITLES = {one.name: one.title for one in SUBJECT_TABLE.columns}
_OFFICER_TITLES = {one.name: one.title for one in OFFICER_TABLE.columns}

Advance = Callable[[int], None]


@frozen
class _Refusal:
    row: int
    code: str
    at: str = ""
    data: Mapping[str, str | int | bool | None] = field(factory=dict)


@frozen
class _Answer:
    added: int
    changed: int
    same: int
    refused: tuple[_Refusal, ...]
    left: tuple[_Refusal, ...] = ()


def ignored(step: int) -> None:
    """Tell nobody of the progress."""
    del step


def store_subjects(  # noqa: PLR0913 - what, by whom, and whom to tell
    platform: Platform,
    reading: Reading[SubjectEntry],
    *,
    source: str,
    actor: Actor,
    errors: Path | None = None,
    expect: Advance = ignored,
    advance: Advance = ignored,
    key: str | None = None,
) -> ImportReport:
    """Store the subjects of a table named ``source``; write the rows to correct to ``errors``.

    ``expect`` is told first how many rows there are, ``advance`` how many more are through. Under
    ``key`` a broken-off import that is sent again answers for what was stored before as it did
    then, and changes nothing there.
    """
    named = source[:_SOURCE_LENGTH]

    def store(chunk: Chunk[SubjectEntry], key: str | None) -> Mapping[str, Json]:
        command = ImportSubjectsOfFile(source=named, entries=chunk.entries, origin=chunk.content)
        return platform.commands.run(import_subjects, command, actor=actor, key=key)

    return store_in_chunks(
        reading, store, errors, advance, key, expect=expect, titles=_SUBJECT_TITLES
    )


def store_officers(  # noqa: PLR0913 - as above
    platform: Platform,
    reading: Reading[OfficerEntry],
    *,
    actor: Actor,
    errors: Path | None = None,
    expect: Advance = ignored,
    advance: Advance = ignored,
    key: str | None = None,
) -> ImportReport:
    """Store the officers of a table, as ``store_subjects`` does subjects."""

    def store(chunk: Chunk[OfficerEntry], key: str | None) -> Mapping[str, Json]:
        command = ImportOfficers(entries=chunk.entries)
        return platform.commands.run(import_officers, command, actor=actor, key=key)

    return store_in_chunks(
        reading, store, errors, advance, key, expect=expect, titles=_OFFICER_TITLES
    )


def _key_of(number: int, key: str | None) -> str | None:
    """Give the key of a chunk: the first has that of the whole, so that it serves nothing else."""
    return sm3(f"{key}/{number}".encode()).hex() if key and number else key


def store_in_chunks(  # noqa: PLR0913 - what, where, and whom to tell
    reading: Reading[Entry],
    store: Callable[[Chunk[Entry], str | None], Mapping[str, Json]],
    errors: Path | None,
    advance: Advance,
    key: str | None = None,
    *,
    expect: Advance = ignored,
    titles: Mapping[str, str] = MappingProxyType({}),
) -> ImportReport:
    """Store by ``store``, a chunk and its own key in each transaction; report on all rows.

    ``expect`` is told how many there are before anything is stored.
    ``titles`` are those of the columns by name, for what the store refuses, or leaves as it was.
    """
    expect(reading.total)
    counts: Counter[str] = Counter()
    unstored: list[RowFault] = []
    with batch():
        for number, chunk in enumerate(reading.chunks()):
            answer = from_plain(_Answer, store(chunk, _key_of(number, key)))
            counts.update(added=answer.added, changed=answer.changed, same=answer.same)
            unstored += [
                RowFault(
                    row=one.row,
                    column=titles.get(one.at, ""),
                    violation=Violation(one.code, one.at, one.data),
                    severity=severity,
                )
                for severity, those in (
                    (Severity.ERROR, answer.refused),
                    (Severity.WARNING, answer.left),
                )
                for one in those
            ]
            advance(len(chunk.entries))
            counts["through"] += len(chunk.entries)
    advance(reading.total - counts["through"])
    findings = reading.findings()
    faults = sorted((*findings.faults, *unstored), key=lambda fault: fault.row)
    wrong = {fault.row for fault in faults if fault.severity is Severity.ERROR}
    if errors and faults:
        reading.write_faulty(errors, faults)
    return ImportReport(
        rows=findings.rows,
        added=counts["added"],
        changed=counts["changed"],
        same=counts["same"],
        refused=len(wrong),
        repeated=findings.repeated,
        warnings=sum(fault.severity is Severity.WARNING for fault in faults),
        faults=tuple(placed(fault, reading.sheets) for fault in faults),
        unread=reading.unread,
    )
