"""The audit log outside of its database: files of it, their verification, archives."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

from attrs import evolve, frozen
from sqlalchemy.exc import SQLAlchemyError

from entrypoints.container import (
    LogStore,
    Platform,
    named_on_disk,
    read_ledger,
    read_public_key,
)
from supervision_core.audit.log_file import verify_lines, write_log
from supervision_core.audit.model import AuditRow, Finding, SignedCheckpoint, Verdict
from supervision_core.audit.ports import AuditFilter
from supervision_core.audit.row_proof import NotProvable, RowProof, prove, prove_from_lines
from supervision_core.audit.services import (
    LogTampered,
    check_segments,
    compare_versions,
    due_segment,
    verify_store,
)
from supervision_core.identity.model import Actor
from supervision_core.identity.services.auditing import ArchiveSegment, archive_segment
from supervision_core.kernel.crypto import Algorithms, Verifier
from supervision_core.kernel.errors import CorruptState, Violation
from supervision_core.kernel.paging import Page, PageRequest, every_page
from supervision_core.kernel.ports import unlogged_kinds
from supervision_core.kernel.signing import verifiers

ARCHIVED: Final = "audit.archive"
SQLITE: Final = b"SQLite format 3\0"
_CHUNK: Final = 1 << 20


def is_database(source: str) -> bool:
    """Tell an address or a database's file from a file of the log."""
    if "://" in source:
        return True
    with Path(source).open("rb") as file:
        return file.read(len(SQLITE)) == SQLITE


def trusted_keys(files: Iterable[Path], algorithms: Algorithms) -> dict[str, Verifier]:
    """Read public keys, PEM or hex. Raises ``KeyRejected``."""
    keys = (read_public_key(file.read_text("ascii", errors="replace")) for file in files)
    return verifiers(*(algorithms.verifier(key) for key in keys))


def read_checkpoints(files: Iterable[Path]) -> list[SignedCheckpoint]:
    """Read checkpoints from elsewhere: a checkpoint's file, or the file of a witness."""
    found = []
    for file in files:
        if file.suffix == ".jsonl":
            found += [signed for signed, _ in read_ledger(file)]
        else:
            plain = json.loads(file.read_text("utf-8"))
            found.append(SignedCheckpoint.read(plain))
    return found


def verify_file(
    path: Path, trusted: Mapping[str, Verifier], others: Sequence[SignedCheckpoint]
) -> Verdict:
    """Verify a file of the log."""
    with path.open("rb", buffering=_CHUNK) as lines:
        return verify_lines(lines, trusted, others)


def verify_database(
    store: LogStore,
    trusted: Mapping[str, Verifier],
    others: Sequence[SignedCheckpoint],
    witnesses: Mapping[str, Verifier],
) -> Verdict:
    """Verify the log in a database, and what it says against what is stored there."""
    verdict = verify_store(store.checkpoints, trusted, others=others, witnesses=witnesses)
    return evolve(verdict, findings=(*verdict.findings, *compare_database(store)))


def compare_database(
    store: LogStore, *, without: frozenset[str] = frozenset()
) -> tuple[Finding, ...]:
    """Compare what is stored, and what was archived, with what the log says of it.

    Not of the kinds ``without``.
    """
    segments = store.checkpoints.segments()
    try:
        with named_on_disk() as named:
            compared = compare_versions(
                store.log,
                store.versions,
                named,
                kinds=store.versions.kinds() - unlogged_kinds() - without,
                whole=not segments,
            )
            return (*check_segments(segments, _archive_rows(store)), *compared)
    except (CorruptState, ValueError, TypeError, SQLAlchemyError):  # a row that nobody can read
        return (Finding("audit.not_compared", 0, max(store.checkpoints.end(0).size - 1, 0)),)


def _archive_rows(store: LogStore) -> list[AuditRow]:
    wanted = AuditFilter(action=ARCHIVED)

    def ask(request: PageRequest) -> Page[AuditRow]:
        return store.queries.search(wanted, request)

    return [row for page in every_page(ask, order="oldest") for row in page.items]


def checked_rows(store: LogStore, first: int, size: int) -> Iterator[AuditRow]:
    """Give rows of the log whose hashes are as stored. Raises ``LogTampered``."""
    leaves = store.checkpoints.leaves(first, size)
    for row, (number, stored, computed) in zip(store.log.rows(first), leaves, strict=False):
        if row.number != number or computed != stored:
            raise LogTampered((Violation(LogTampered.code, data={"row": number}),))
        yield row


def write_file(path: Path, store: LogStore, first: int, size: int) -> str:
    """Write rows and their checkpoints as a file of the log, synced; give its SM3 in hex.

    A ``first`` above 0 is the size of a checkpoint. Raises ``LogTampered``.
    """
    checkpoints = store.checkpoints.between(first, size)
    log = checkpoints[-1].checkpoint.log if checkpoints else "-"
    lines = write_log(
        checked_rows(store, first, size), checkpoints, log=log, first=first, size=size
    )
    hasher = hashlib.new("sm3")
    made = path.with_name(f".{path.name}.new")
    with made.open("wb") as file:
        for line in lines:
            content = line.encode()
            hasher.update(content)
            file.write(content)
        file.flush()
        os.fsync(file.fileno())
    made.rename(path)
    return hasher.hexdigest()


def prove_row(store: LogStore, number: int) -> RowProof:
    """Prove a row of a database by the first checkpoint behind it. Raises ``NotProvable``."""
    before, signed = store.checkpoints.around(number)
    row = next(iter(store.log.rows(number)), None)
    if signed is None or row is None or row.number != number:
        raise NotProvable((Violation(NotProvable.code, data={"number": number}),))
    first = before.checkpoint.size if before else 0
    size = signed.checkpoint.size
    leaves = [stored for _, stored, _ in store.checkpoints.leaves(first, size)]
    proof = prove(before, leaves, signed, row.text(), number)
    return evolve(proof, cosignatures=tuple(store.checkpoints.cosignatures(size)))


def prove_row_of_file(path: Path, number: int) -> RowProof:
    """Prove a row of a file of the log. Raises ``NotProvable``."""
    with path.open("rb", buffering=_CHUNK) as lines:
        return prove_from_lines(lines, number)


@frozen(kw_only=True)
class Archived:
    """A segment that has left the database."""

    file: Path
    first: int
    upto: int
    digest: str


def archive(platform: Platform, folder: Path, *, days: int, actor: Actor) -> Archived | None:
    """Move what is past its term into a file of ``folder``; ``None`` when nothing is.

    The file is synced and verified before a row leaves the database.
    """
    auditing = platform.auditing()
    store = auditing.store
    due = due_segment(
        store.checkpoints,
        anchored=auditing.anchoring.anchored_size(),
        term=timedelta(days=days),
        now=platform.clock.now(),
    )
    if due is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"audit-{due.first}-{due.upto}.jsonl"
    digest = write_file(path, store, due.first, due.upto)
    verdict = verify_file(path, auditing.trusted, due.checkpoints)
    if not verdict.holds or verdict.size != due.upto:
        raise LogTampered((Violation(LogTampered.code, data={"row": verdict.anchored}),))
    command = ArchiveSegment(
        first=due.first, upto=due.upto, file=path.name, digest=digest, days=days
    )
    platform.commands.run(archive_segment, command, actor=actor)
    return Archived(file=path, first=due.first, upto=due.upto, digest=digest)
