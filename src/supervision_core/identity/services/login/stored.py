"""What is stored of log-ins: sealed credentials, sessions, digests in place of secrets."""

from datetime import datetime

from supervision_core.audit.model import target_of
from supervision_core.identity.model import Credentials, Session, origin_of
from supervision_core.identity.ports import CredentialsStore, Sessions, SourceLimits
from supervision_core.identity.services.keeping import find, find_known
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.ports import UnitOfWork


def digest_of(*parts: str) -> str:
    """Give the digest under which what must not be kept itself is kept."""
    return sm3("\x1f".join(parts).encode()).hex()


def find_credentials(unit: UnitOfWork, user: str) -> Credentials | None:
    """Give the credentials of ``user``, if any. Raises ``SealBroken``: no hash is put in unseen."""
    return find_known(unit, CredentialsStore, user)


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


def keep_credentials(unit: UnitOfWork, kept: Credentials) -> str:
    """Store them; give how the log names them."""
    unit[CredentialsStore].save(kept)
    return target_of(CredentialsStore.kind, kept.id, kept.version)


def end_session(unit: UnitOfWork, session: Session, *, at: datetime) -> str:
    """End a session; give how the log names it: put back as it was, it lives no more."""
    session.end(at=at)
    unit[Sessions].save(session)
    return target_of(Sessions.kind, session.id, session.version)


def end_all(unit: UnitOfWork, user: str, *, at: datetime) -> tuple[str, ...]:
    """End every session of a user; give how the log names them."""
    return tuple(end_session(unit, one, at=at) for one in unit[Sessions].of_user(user))


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
