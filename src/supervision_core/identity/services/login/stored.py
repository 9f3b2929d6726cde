"""What is stored of log-ins: sealed credentials, sessions, digests in place of secrets."""

from datetime import datetime

from supervision_core.identity.model import Credentials, origin_of
from supervision_core.identity.ports import (
    CredentialsStore,
    RowSeals,
    SealedRow,
    Sessions,
    SourceLimits,
)
from supervision_core.identity.services.access import SealBroken
from supervision_core.identity.services.keeping import find, sealed_row
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.ports import UnitOfWork


def digest_of(*parts: str) -> str:
    """Give the digest under which what must not be kept itself is kept."""
    return sm3("\x1f".join(parts).encode()).hex()


def find_credentials(unit: UnitOfWork, user: str) -> Credentials | None:
    """Give the credentials of ``user``, if any. Raises ``SealBroken``: no hash is put in unseen."""
    kept = find(unit, CredentialsStore, user)
    row = SealedRow(kind=CredentialsStore.kind, id=user)
    if kept is not None:
        row = sealed_row(CredentialsStore.kind, kept)
    if not unit[RowSeals].holds(row):
        raise SealBroken.at(row)
    return kept


def nobodys_credentials(unit: UnitOfWork, place: str, *, at: datetime) -> Credentials:
    """Give credentials that let nobody in, to reserve guesses that are about nobody.

    There are at most 256 of them, shared by the addresses that guess.
    """
    nobody = f"-{place[:2]}"
    return find_credentials(unit, nobody) or Credentials.without_password(id=nobody, at=at)


def credentials_of(unit: UnitOfWork, user: str) -> Credentials:
    """Give the credentials of ``user``. Raises ``NotFound``, ``SealBroken``."""
    kept = find_credentials(unit, user)
    if kept is None:
        raise NotFound(CredentialsStore.kind, user)
    return kept


def keep_credentials(unit: UnitOfWork, kept: Credentials) -> None:
    """Store and seal them."""
    unit[CredentialsStore].save(kept)
    unit[RowSeals].seal(sealed_row(CredentialsStore.kind, kept))


def end_all(unit: UnitOfWork, user: str, *, at: datetime) -> int:
    """End every session of a user; tell how many there were."""
    sessions = unit[Sessions].of_user(user)
    for session in sessions:
        session.end(at=at)
        unit[Sessions].save(session)
    return len(sessions)


def forgive_guess(unit: UnitOfWork, user: str, source: str, *, last: bool) -> None:
    """Count a right guess against its address no longer, and with the last factor forget all."""
    limit = find(unit, SourceLimits, digest_of(origin_of(source)))
    if limit is not None:
        limit.give_back()
        unit[SourceLimits].save(limit)
    if last:
        forgive(unit, user)


def forgive(unit: UnitOfWork, user: str) -> None:
    """Forget the failures of a user: he has proved himself, or nobody could."""
    kept = credentials_of(unit, user)
    kept.succeed()
    keep_credentials(unit, kept)
