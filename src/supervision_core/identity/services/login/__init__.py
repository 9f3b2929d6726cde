"""Logging in and out in every way, and who acts behind a session's token."""

from attrs import frozen

from supervision_core.identity.services.login.binding import (
    BindCertificate,
    RevokeSessions,
    UnbindCertificate,
    bind_certificate,
    list_certificates,
    revoke_sessions,
    unbind_certificate,
)
from supervision_core.identity.services.login.by_certificate import CertificateLogIns
from supervision_core.identity.services.login.by_face import FaceGiven, FaceLogIns
from supervision_core.identity.services.login.by_password import PasswordLogIns
from supervision_core.identity.services.login.by_platform import PlatformLogIns, SignOnRefused
from supervision_core.identity.services.login.door import (
    CertificateRequired,
    ChallengeGiven,
    SessionGiven,
)
from supervision_core.identity.services.login.drafts import OwnDrafts
from supervision_core.identity.services.login.own_phone import OwnPhone
from supervision_core.identity.services.login.phone_proofs import PhoneProofs
from supervision_core.identity.services.login.preferences import OwnPreferences
from supervision_core.identity.services.login.sessions import OwnProfile, SessionKeeping, Workplace

__all__ = [
    "BindCertificate",
    "CertificateRequired",
    "ChallengeGiven",
    "FaceGiven",
    "LogIns",
    "OwnProfile",
    "RevokeSessions",
    "SessionGiven",
    "SignOnRefused",
    "UnbindCertificate",
    "Workplace",
    "bind_certificate",
    "list_certificates",
    "revoke_sessions",
    "unbind_certificate",
]


@frozen(kw_only=True)
class LogIns(
    PasswordLogIns,
    FaceLogIns,
    CertificateLogIns,
    PlatformLogIns,
    OwnPhone,
    PhoneProofs,
    OwnPreferences,
    OwnDrafts,
    SessionKeeping,
):
    """Lets users in. ``source`` is everywhere the network address a request comes from.

    Tokens are 256 random bits of which only the digest is kept. What fails raises
    ``LogInRefused``, whatever it was; every try leaves an audit row, or does not happen.
    """
