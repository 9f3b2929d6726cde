"""What is stored of log-ins: sealed credentials, sessions, digests in place of secrets."""

from collections.abc import Iterable
from datetime import datetime

from supervision_core.audit.model import target_of
from supervision_core.identity.model import (
    Credentials,
    GuessLimit,
    LogInPolicy,
    Session,
    origin_of,
)
from supervision_core.identity.ports import (
    CredentialsStore,
    GuessLimits,
    Sessions,
    SourceLimits,
)
from supervision_core.identity.services.keeping import find, find_known
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.ports import UnitOfWork


def digest_of(*parts: str) -> str:
    """Give the digest under which what must not be kept itself is kept."""
    return sm3("\x1f".join(parts).encode()).hex()


def find_credentials(unit: UnitOfWork, user: str) -> Credentials | None:
    """Give the credentials of ``user``, if any. Raises ``SealBroken``: no hash is put in unseen."""
    return find_known(unit, CredentialsStore, user)


def credentials_of(unit: UnitOfWork, user: str) -> Credentials:
    """Give the credentials of ``user``. Raises ``NotFound``, ``SealBroken``."""
    kept = find_credentials(unit, user)
    if kept is None:
        raise NotFound(CredentialsStore.kind, user)
    return kept


def written(kind: str, root: Aggregate) -> str:
    """Name what was just stored, as the audit row does."""
    return target_of(kind, root.id, root.version)


def keep_credentials(unit: UnitOfWork, kept: Credentials) -> str:
    """Store them; give their name for the audit row."""
    unit[CredentialsStore].save(kept)
    return written(CredentialsStore.kind, kept)


def end_all(unit: UnitOfWork, user: str, *, at: datetime) -> tuple[str, ...]:
    """End every session of a user; give their names for the audit row."""
    return end_these(unit, unit[Sessions].of_user(user), at=at)


def end_these(unit: UnitOfWork, sessions: Iterable[Session], *, at: datetime) -> tuple[str, ...]:
    """End sessions; give their names for the audit row."""
    found = []
    for session in sessions:
        session.end(at=at)
        unit[Sessions].save(session)
        found.append(written(Sessions.kind, session))
    return tuple(found)


def guess_limit(unit: UnitOfWork, account: str, source: str, *, at: datetime) -> GuessLimit:
    """Give the limit of one account from one address; from all of them where ``source`` is empty.

    Without ``account`` it is nobody's, to store there what must not be told by its absence.
    """
    place = digest_of(account, origin_of(source))
    return find(unit, GuessLimits, place) or GuessLimit(id=place, last_at=at)


def forgive_guess(unit: UnitOfWork, user: str, source: str, *, at: datetime, last: bool) -> None:
    """Count a right guess against its address no longer, and with the last factor forget all."""
    limit = find(unit, SourceLimits, digest_of(origin_of(source)))
    if limit is not None and not guess_limit(unit, user, source, at=at).is_known(at=at):
        limit.give_back()
        unit[SourceLimits].save(limit)
    if last:
        forgive(unit, user, source, at=at)


def forgive(unit: UnitOfWork, user: str, source: str, *, at: datetime) -> None:
    """Forget the guesses of a user from an address: he has proved himself, or nobody could."""
    pair = guess_limit(unit, user, source, at=at)
    pair.forget()
    unit[GuessLimits].save(pair)
    if not pair.is_known(at=at):
        everywhere = guess_limit(unit, user, "", at=at)
        everywhere.give_back()
        unit[GuessLimits].save(everywhere)


def remember_address(
    unit: UnitOfWork, user: str, source: str, *, at: datetime, policy: LogInPolicy
) -> None:
    """Note that the user has logged in completely from this address."""
    pair = guess_limit(unit, user, source, at=at)
    pair.enter(at=at, policy=policy)
    unit[GuessLimits].save(pair)
