"""What administrators do about others' log-ins: bind a certificate, end their sessions."""

from typing import Final

from attrs import frozen

from supervision_core.identity.model import Credentials, UserInvalid, too_long
from supervision_core.identity.ports import CredentialsStore, Sessions
from supervision_core.identity.services.frame import Work, use_case
from supervision_core.identity.services.keeping import keep
from supervision_core.identity.services.login.stored import find_credentials
from supervision_core.identity.services.users import managed_user
from supervision_core.kernel.errors import refuse_if

LONGEST_THUMBPRINT: Final = 128


@frozen(kw_only=True)
class RevokeSessions:
    """The user whose sessions shall end."""

    user_id: str


@use_case("identity.revoke_sessions")
def revoke_sessions(work: Work, cmd: RevokeSessions) -> int:
    """End every session of a user at once; answers how many there were."""
    user = managed_user(work, cmd.user_id)
    sessions = work[Sessions].of_user(user.id)
    for session in sessions:
        session.end(at=work.now)
        work[Sessions].save(session)
    work.wrote("user", user.id)
    return len(sessions)


@frozen(kw_only=True)
class BindCertificate:
    """The user, and the thumbprint (SM3, hex) of his certificate."""

    user_id: str
    thumbprint: str


@use_case("identity.bind_certificate")
def bind_certificate(work: Work, cmd: BindCertificate) -> str:
    """Let a user log in with a certificate; he needs no password for that."""
    user = managed_user(work, cmd.user_id)
    refuse_if(UserInvalid, too_long({"thumbprint": (cmd.thumbprint, LONGEST_THUMBPRINT)}))
    kept = find_credentials(work.unit, user.id) or Credentials.without_password(
        id=user.id, at=work.now
    )
    kept.bind(cmd.thumbprint)
    keep(work, CredentialsStore, kept)
    return user.id
