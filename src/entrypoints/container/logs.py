"""The audit log of a database, and what keeps it honest."""

import os
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from attrs import frozen
from sqlalchemy import Engine

from adapters.crypto.draw_keys import KeyedDeposits
from adapters.crypto.platform_keys import KeySettings, PlatformKeys
from adapters.crypto.public_keys import read_public_key
from adapters.sql.engine.database import open_engine
from adapters.sql.frame.audit import SqlCheckpoints
from adapters.sql.frame.audit_questions import SqlAuditQueries
from adapters.sql.frame.commit import SqlAuditLog
from adapters.sql.frame.known import believing, follower_of
from adapters.sql.identity.deciding import deciding_rows
from adapters.sql.ports import other_rows, stored_versions
from adapters.system import SystemRandomness
from adapters.witness.deposits import WitnessDeposits
from adapters.witness.kept import KeptCheckpoint
from adapters.witness.ledger import FileWitness
from adapters.witness.openings import FileOpenings
from adapters.witness.remote import HttpWitness
from entrypoints.settings import Settings
from supervision_core.audit.model import AnchorPolicy, WitnessUnavailable
from supervision_core.audit.ports import (
    AuditFilter,
    AuditLog,
    AuditQueries,
    Checkpoints,
    SealedRows,
    StoredVersions,
    Witness,
)
from supervision_core.audit.row_proof import NotProvable, RowProof, prove
from supervision_core.audit.services import Anchoring, WriteGuard
from supervision_core.draws.model.deposits import ClosedList
from supervision_core.draws.model.sources import OpenedBy
from supervision_core.draws.model.witnessed import CLOSED_LIST, CLOSING
from supervision_core.draws.ports import Deposits
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.crypto import Verifier
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.ports import Clock, Ids
from supervision_core.kernel.sealing import RowSeal
from supervision_core.kernel.signing import key_id, verifiers


@frozen(kw_only=True)
class LogStore:
    """The audit log of a database, as it can be read without any key."""

    engine: Engine
    log: AuditLog
    checkpoints: Checkpoints
    queries: AuditQueries
    versions: StoredVersions


def log_store(engine: Engine) -> LogStore:
    """Give the audit log of a database that is open."""
    return LogStore(
        engine=engine,
        log=SqlAuditLog(engine),
        checkpoints=SqlCheckpoints(engine),
        queries=SqlAuditQueries(engine),
        versions=stored_versions(engine),
    )


def open_log(url: str) -> LogStore:
    """Open a database only to read its audit log: nothing is migrated, no key is needed."""
    return log_store(open_engine(url))


@frozen(kw_only=True)
class Auditing:
    """What keeps the audit log honest: its store, the anchoring, the keys to verify with."""

    store: LogStore
    deciding: SealedRows
    """What decides about permissions."""
    others: SealedRows
    anchoring: Anchoring
    trusted: Mapping[str, Verifier]
    witnesses: Mapping[str, Verifier]
    believes: Callable[[str, str], bool]
    """Tells whether a repair was sealed by a holder of the keys."""
    kept: KeptCheckpoint


def kept_name(engine: Engine) -> str:
    """Give the name of the file that keeps the last checkpoint of a database, by its address."""
    address = engine.url.set(username=None, password=None).render_as_string()
    return f"{sm3(address.encode()).hex()[:16]}.json"


def auditing_of(
    engine: Engine, keys: PlatformKeys, settings: Settings, clock: Clock, ids: Ids
) -> Auditing:
    """Give what keeps a database's log honest, with the witnesses of the settings."""
    store = log_store(engine)
    known = [_witness(place, keys, clock) for place in settings.audit_witnesses]
    witnesses = verifiers(*(verifier for _, verifier in known))
    anchoring = Anchoring(
        checkpoints=store.checkpoints,
        signer=keys.signer,
        witnesses=[witness for witness, _ in known],
        trusted=witnesses,
        clock=clock,
        ids=ids,
        policy=AnchorPolicy(unanchored=timedelta(hours=settings.audit_unanchored_hours)),
    )
    return Auditing(
        store=store,
        deciding=deciding_rows(engine),
        others=other_rows(engine),
        anchoring=anchoring,
        trusted=keys.trusted,
        witnesses=witnesses,
        believes=believing(RowSeal(keys.store)),
        kept=KeptCheckpoint(settings.worker_folder / kept_name(engine), store.checkpoints),
    )


@frozen(kw_only=True)
class FollowedLog:
    """What this process knows by following the log: is it as it was, and what is refused."""

    sound: bool
    refused: tuple[str, ...]


def followed_log(engine: Engine) -> FollowedLog:
    """Follow the log to its end, and tell."""
    follower = follower_of(engine)
    sound = follower.sound(engine)
    refused = follower.known.refused if follower.known else {}
    return FollowedLog(sound=sound, refused=tuple(sorted(refused)))


def open_witness(
    folder: Path, trusted: Mapping[str, Verifier], clock: Clock
) -> tuple[FileWitness, Verifier]:
    """Open a witness's folder with a key of its own, made when there is none."""
    settings = KeySettings(folder=folder / "keys", master=folder / "master.key")
    randomness = SystemRandomness()
    if not settings.there():
        settings.make(randomness)
    keys = settings.open(randomness)
    witness = FileWitness(folder / "seen", keys.signer, trusted, clock)
    return witness, keys.algorithms.verifier(keys.signer.public_key)


def open_openings(
    folder: Path, witness: FileWitness, trusted: Mapping[str, Verifier], clock: Clock
) -> FileOpenings:
    """Open what a witness's folder keeps of deposits, under keys of its own (``open_witness``)."""
    settings = KeySettings(folder=folder / "keys", master=folder / "master.key")
    keys = settings.open(SystemRandomness())
    kept = KeyedDeposits(keys.store, keys.algorithms, OpenedBy.WITNESS)
    return FileOpenings(folder / "openings", kept, witness, keys.signer, trusted, clock)


def deposits_of(
    keys: PlatformKeys, settings: Settings, auditing: Callable[[], Auditing]
) -> Deposits:
    """Give who keeps deposits: the first witness outside, or the platform where there is none."""
    outside = next((one for one in settings.audit_witnesses if _is_address(one)), None)
    if outside is None:
        return KeyedDeposits(keys.store, keys.algorithms)
    witness, public_key = _remote(outside)
    trusted = verifiers(keys.algorithms.verifier(public_key))
    return WitnessDeposits(witness, trusted, lambda closed: _covered(auditing(), witness, closed))


def _covered(auditing: Auditing, witness: Witness, closed: ClosedList) -> RowProof:
    """Have the log witnessed, and prove the row in which a list was closed.

    Raises ``NotProvable``.
    """
    auditing.anchoring.anchor()
    checkpoints = auditing.store.checkpoints
    size = checkpoints.cosigned(witness.name)
    wanted = AuditFilter(
        action=CLOSING, since=closed.closed_at, until=closed.closed_at + timedelta(seconds=1)
    )
    digest = closed.digest.hex()
    for page in every_page(lambda page: auditing.store.queries.search(wanted, page)):
        for row in page.items:
            if (CLOSED_LIST, digest) in row.entry.note and row.number < size:
                (signed,) = checkpoints.between(size, size)
                before, _ = checkpoints.around(row.number)
                first = before.checkpoint.size if before else 0
                leaves = [stored for _, stored, _ in checkpoints.leaves(first, size)]
                return prove(before, leaves, signed, row.text(), row.number)
    raise NotProvable((Violation(NotProvable.code, data={"number": size}),))


def _witness(place: str, keys: PlatformKeys, clock: Clock) -> tuple[Witness, Verifier]:
    if not _is_address(place):
        return open_witness(Path(place).expanduser(), keys.trusted, clock)
    witness, public_key = _remote(place)
    return witness, keys.algorithms.verifier(public_key)


def witness_answers(place: str) -> bool:
    """Tell whether a witness of the settings can be asked, and is who it was told to be.

    Raises ``KeyRejected`` where the setting names no key.
    """
    if not _is_address(place):
        folder = Path(place).expanduser()
        return os.access(folder if folder.exists() else folder.parent, os.W_OK)
    witness, public_key = _remote(place)
    try:
        return witness.public_key() == public_key
    except WitnessUnavailable:
        return False


def _is_address(place: str) -> bool:
    return place.startswith(("http://", "https://"))


def _remote(place: str) -> tuple[HttpWitness, bytes]:
    """Give who is asked at an address, and the key that he was told to have."""
    address, _, text = place.partition("#")
    public_key = read_public_key(text)
    return HttpWitness(address, key_id(public_key)), public_key


def guard_of(auditing: Callable[[], Auditing]) -> WriteGuard:
    """Give what stops writing while the log is unanchored."""
    return WriteGuard(lambda: auditing().anchoring)
