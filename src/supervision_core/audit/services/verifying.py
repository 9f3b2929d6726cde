"""Verifying what a store holds of the log, and what it says against what is stored."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from supervision_core.audit.model import (
    AuditRow,
    Finding,
    Frontier,
    LogVerifier,
    Outcome,
    SignedCheckpoint,
    Verdict,
    check_checkpoints,
    cosignature_content,
)
from supervision_core.audit.ports import (
    AuditLog,
    Checkpoints,
    NamedVersions,
    Segment,
    StoredVersions,
)
from supervision_core.audit.services.logged import LoggedVersions
from supervision_core.kernel.canonical import Json, canonical_json, sm3
from supervision_core.kernel.crypto import Verifier
from supervision_core.kernel.errors import Refused
from supervision_core.kernel.signing import verify_document


def verify_store(
    checkpoints: Checkpoints,
    trusted: Mapping[str, Verifier],
    *,
    others: Sequence[SignedCheckpoint] = (),
    witnesses: Mapping[str, Verifier] | None = None,
    span: tuple[int, int] | None = None,
) -> Verdict:
    """Verify what a store holds of the log, with public keys only.

    ``others`` are checkpoints that somebody else kept; ``witnesses`` the keys whose co-signatures
    are checked. ``span`` limits the rows that are read to those between two sizes of checkpoints;
    the checkpoints themselves are checked all the same.
    """
    kept = checkpoints.between(0)
    found = [*check_checkpoints(kept, trusted, whole=True)]
    found += (Finding("audit.checkpoint_unreadable", at, at) for at in checkpoints.unreadable())
    found += _check_cosignatures(checkpoints, kept, witnesses or {})
    strangers = [*check_others(kept, others, trusted)]
    unsound = {one.first for one in found if one.code == "audit.checkpoint_not_signed"}
    sound = [one for one in kept if one.checkpoint.size not in unsound]
    segments = checkpoints.segments()
    begins = segments[-1].upto if segments else 0
    start, stop = span or (begins, None)
    start = max(start, begins)
    frontier = next((one.frontier for one in sound if one.frontier.size == start), None)
    if frontier is None:
        if start:
            found.append(Finding("audit.checkpoint_missing", start, start))
        start, frontier = 0, Frontier()
    bad = {one.first for one in strangers}
    expected = [*sound, *(one for one in others if one.checkpoint.size not in bad)]
    within = [
        one
        for one in expected
        if start <= one.checkpoint.size and (stop is None or one.checkpoint.size <= stop)
    ]
    verifier = LogVerifier(frontier, within)
    for finding in (*found, *strangers):
        verifier.find(finding)
    verifier.feed(checkpoints.leaves(start, stop))
    if checkpoints.segments() != segments:  # rows were archived while they were read
        return verify_store(checkpoints, trusted, others=others, witnesses=witnesses, span=span)
    return verifier.finish()


def check_others(
    kept: Sequence[SignedCheckpoint],
    others: Sequence[SignedCheckpoint],
    trusted: Mapping[str, Verifier],
) -> Iterator[Finding]:
    """Check checkpoints from elsewhere: signed by a trusted key, and of this log."""
    logs = {one.checkpoint.log for one in kept}
    for other in others:
        at = other.checkpoint.size
        yield from check_checkpoints([other], trusted, whole=False)
        if logs and other.checkpoint.log not in logs:
            yield Finding("audit.checkpoint_of_another_log", at, at)


def _check_cosignatures(
    checkpoints: Checkpoints, kept: Sequence[SignedCheckpoint], witnesses: Mapping[str, Verifier]
) -> Iterator[Finding]:
    for one in kept if witnesses else ():
        size = one.checkpoint.size
        for given in checkpoints.cosignatures(size):
            if given.witness not in witnesses:
                continue
            content = cosignature_content(one.checkpoint, given.witness, given.at)
            try:
                signer = verify_document(given.signature, content, witnesses)
            except Refused:
                signer = ""
            if signer != given.witness:
                yield Finding("audit.cosignature_wrong", size, size, given.witness)


def segments_digest(segments: Sequence[Segment]) -> str:
    """Give one hash over all that was archived: the log itself tells it with each segment."""
    plain: list[Json] = [[one.first, one.upto, one.file, one.digest] for one in segments]
    return sm3(canonical_json(plain)).hex()


def check_segments(segments: Sequence[Segment], rows: Iterable[AuditRow]) -> Iterator[Finding]:
    """Check that the log tells of every segment: else rows were taken off by somebody else.

    ``rows`` are those of the action ``audit.archive``; the last one that was done counts.
    """
    told = ""
    for row in rows:
        if row.entry.outcome is Outcome.DONE:
            told = dict(row.entry.note).get("segments", "")
    if segments and told != segments_digest(segments):
        yield Finding("audit.segment_not_logged", segments[0].first, segments[-1].upto - 1)


def compare_versions(
    log: AuditLog,
    stored: StoredVersions,
    named: NamedVersions,
    *,
    kinds: frozenset[str],
    whole: bool,
) -> Iterator[Finding]:
    """Compare what the log says was written last with what is stored.

    A row put back as it once was, or deleted, is found by this alone. ``named`` is empty and takes
    what the log says. ``whole``: the log has its first row, so that what it never names was never
    audited.
    """
    logged = LoggedVersions(kinds & stored.kinds(), named=named)
    logged.follow(log)
    yield from logged.compare(stored, log, whole=whole)
