"""What administrators do about others' log-ins: bind a certificate, end their sessions."""

import re
from collections.abc import Sequence
from typing import Final

from attrs import frozen

from supervision_core.identity.model import Credentials, GrantForbidden, UserInvalid
from supervision_core.identity.ports import CredentialsStore
from supervision_core.identity.services.access import against_credentials
from supervision_core.identity.services.frame import Work, question, use_case
from supervision_core.identity.services.keeping import keep
from supervision_core.identity.services.login.stored import find_credentials
from supervision_core.identity.services.users import end_sessions, living_user, managed_user
from supervision_core.kernel.errors import Violation, refuse_if

_THUMBPRINT: Final = re.compile(r"[0-9a-f]{64}")


@frozen(kw_only=True)
class RevokeSessions:
    """The user whose sessions shall end."""

    user_id: str


@use_case("identity.revoke_sessions")
def revoke_sessions(work: Work, cmd: RevokeSessions) -> int:
    """End every session of a user at once; answers how many there were."""
    user = managed_user(work, cmd.user_id)
    work.wrote("user", user.id)
    return end_sessions(work, user.id)


@frozen(kw_only=True)
class BindCertificate:
    """The user, and the thumbprint (SM3, hex) of his certificate."""

    user_id: str
    thumbprint: str


@use_case("identity.bind_certificate")
def bind_certificate(work: Work, cmd: BindCertificate) -> str:
    """Let a user log in with a certificate; he needs no password for that.

    Nobody binds one to himself, to an administrator of another duty, or to who may do what the
    binder may not hand on.
    """
    user = living_user(work, cmd.user_id)
    if not _THUMBPRINT.fullmatch(cmd.thumbprint):
        raise UserInvalid((Violation("identity.thumbprint_form", "thumbprint"),))
    refuse_if(GrantForbidden, against_credentials(work, user, alone=True))
    kept = find_credentials(work.unit, user.id) or Credentials.without_password(
        id=user.id, at=work.now
    )
    kept.bind(cmd.thumbprint)
    keep(work, CredentialsStore, kept)
    return user.id


@frozen(kw_only=True)
class UnbindCertificate:
    """The user, and the thumbprint of a certificate that shall let him in no more."""

    user_id: str
    thumbprint: str


@use_case("identity.unbind_certificate")
def unbind_certificate(work: Work, cmd: UnbindCertificate) -> bool:
    """Let a certificate log its user in no more, and end his sessions; answers if it was bound."""
    user = managed_user(work, cmd.user_id)
    kept = find_credentials(work.unit, user.id)
    if kept is None or cmd.thumbprint not in kept.certificates:
        return False
    kept.unbind(cmd.thumbprint)
    keep(work, CredentialsStore, kept)
    end_sessions(work, user.id)
    return True


@frozen(kw_only=True)
class ListCertificates:
    """The user whose certificates are wanted."""

    user_id: str


@frozen(kw_only=True)
class CertificateList:
    """The thumbprints (SM3, hex) of the certificates bound to a user."""

    items: Sequence[str]


@question("identity.list_certificates")
def list_certificates(work: Work, about: ListCertificates) -> CertificateList:
    """List the certificates with which a managed user can log in."""
    user = managed_user(work, about.user_id)
    kept = find_credentials(work.unit, user.id)
    return CertificateList(items=tuple(sorted(kept.certificates)) if kept else ())
