"""What administrators do about others' log-ins: bind a certificate, end their sessions."""

import re
from collections.abc import Sequence
from typing import Final

from attrs import field, frozen

from supervision_core.identity.model import Credentials, UserInvalid
from supervision_core.identity.ports import CredentialsStore
from supervision_core.identity.services.authority import (
    hold_access,
    require_dispensable,
    require_entering,
    require_other_hand,
)
from supervision_core.identity.services.frame import Work, question, use_case
from supervision_core.identity.services.keeping import (
    end_sessions,
    keep,
    living_user,
    managed_user,
)
from supervision_core.identity.services.login.stored import find_credentials
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said

_THUMBPRINT: Final = re.compile(r"[0-9a-f]{64}")


@frozen(kw_only=True)
class RevokeSessions:
    """The user whose sessions shall end."""

    user_id: str = field(metadata=said("用户编号", example="clerk"))


@use_case("identity.revoke_sessions", "结束用户的全部会话", answers="结束的会话数")
def revoke_sessions(work: Work, cmd: RevokeSessions) -> int:
    """End every session of a user at once; answers how many there were."""
    user = managed_user(work, cmd.user_id)
    work.wrote("user", user.id)
    return end_sessions(work, user.id)


@frozen(kw_only=True)
class BindCertificate:
    """The user, and the thumbprint (SM3, hex) of his certificate."""

    user_id: str = field(metadata=said("用户编号", example="clerk"))
    thumbprint: str = field(
        metadata=said(
            "证书的SM3指纹，64位小写十六进制",
            example="00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff",
        )
    )


@use_case("identity.bind_certificate", "绑定用户的数字证书")
def bind_certificate(work: Work, cmd: BindCertificate) -> str:
    """Let a user log in with a certificate; he needs no password for that.

    Nobody binds one to himself, or to who holds what the binder may not give; to a holder of an
    administrators' duty with a second person's consent, and not whoever gave that duty.
    """
    hold_access(work)
    user = living_user(work, cmd.user_id)
    if not _THUMBPRINT.fullmatch(cmd.thumbprint):
        raise UserInvalid((Violation("identity.thumbprint_form", "thumbprint"),))
    require_other_hand(work, user)
    require_entering(work, user)
    kept = find_credentials(work.unit, user.id) or Credentials.without_password(
        id=user.id, at=work.now
    )
    kept.bind(cmd.thumbprint, by=work.actor.user)
    keep(work, CredentialsStore, kept)
    return user.id


@frozen(kw_only=True)
class UnbindCertificate:
    """The user, and the thumbprint of a certificate that shall let him in no more."""

    user_id: str = field(metadata=said("用户编号", example="clerk"))
    thumbprint: str = field(
        metadata=said(
            "证书的SM3指纹，64位小写十六进制",
            example="00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff",
        )
    )


@use_case("identity.unbind_certificate", "解除用户的数字证书", answers="此前是否绑定")
def unbind_certificate(work: Work, cmd: UnbindCertificate) -> bool:
    """Let a certificate log its user in no more, and end his sessions; answers if it was bound.

    It takes who may bind one; the last holder of an administrators' duty keeps the last one.
    """
    hold_access(work)
    user = managed_user(work, cmd.user_id)
    kept = find_credentials(work.unit, user.id)
    if kept is None or cmd.thumbprint not in kept.certificates:
        return False
    require_entering(work, user)
    kept.unbind(cmd.thumbprint)
    if not kept.usable:
        require_dispensable(work, user)
    keep(work, CredentialsStore, kept)
    end_sessions(work, user.id)
    return True


@frozen(kw_only=True)
class ListCertificates:
    """The user whose certificates are wanted."""

    user_id: str = field(metadata=said("用户编号", example="clerk"))


@frozen(kw_only=True)
class CertificateList:
    """The thumbprints (SM3, hex) of the certificates bound to a user."""

    items: Sequence[str] = field(metadata=said("本页各行"))


@question("identity.list_certificates", "查看用户的数字证书")
def list_certificates(work: Work, about: ListCertificates) -> CertificateList:
    """List the certificates with which a managed user can log in."""
    user = managed_user(work, about.user_id)
    kept = find_credentials(work.unit, user.id)
    return CertificateList(items=tuple(sorted(kept.certificates)) if kept else ())
