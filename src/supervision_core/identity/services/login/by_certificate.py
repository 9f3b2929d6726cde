"""Logging in by an SM2 certificate that answers a challenge."""

from attrs import frozen

from supervision_core.identity.model import Challenge, Way
from supervision_core.identity.ports import CredentialsStore
from supervision_core.identity.services.login.door import (
    STEPPING_UP,
    ChallengeGiven,
    Door,
    SessionGiven,
)
from supervision_core.identity.services.login.stored import credentials_of
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.ports import UnitOfWork


@frozen(kw_only=True)
class CertificateLogIns(Door):
    """Challenge and answer, to log in and to prove oneself again."""

    def begin_certificate_log_in(self, *, source: str) -> ChallengeGiven:
        """Give fresh bytes to sign with the key of a certificate."""
        return self.challenge(Way.CERTIFICATE, source)

    def finish_certificate_log_in(
        self, token: str, certificate: bytes, signature: bytes, *, source: str
    ) -> SessionGiven:
        """Let in who signed the challenge with a good certificate that is bound to a user.

        The challenge is used up before anything is checked. Raises ``LogInRefused``.
        """
        action = "identity.log_in_with_certificate"
        challenge = self.used(token, Way.CERTIFICATE, source)
        owner = self._owner(challenge, certificate, signature)
        if owner is None:
            raise self.refused(action, source)
        return self.session(owner, action, source, Way.CERTIFICATE)

    def begin_step_up(self, *, source: str) -> ChallengeGiven:
        """Give fresh bytes to sign by who must prove himself again."""
        return self.challenge(Way.STEP_UP, source)

    def finish_step_up(
        self, token: str, challenge: str, certificate: bytes, signature: bytes, *, source: str
    ) -> None:
        """Let the user of session ``token`` prove himself again by his certificate.

        Raises ``NotLoggedIn``, ``LogInRefused``.
        """
        given = self.used(challenge, Way.STEP_UP, source)
        owner = self._owner(given, certificate, signature)
        session, _ = self.logged_in(token)
        if owner is None or owner != session.user:
            raise self.refused(STEPPING_UP, source, session.user)
        self.committed(lambda unit: self.stepped_up(unit, session, source))

    def _owner(
        self, challenge: Challenge | None, certificate: bytes, signature: bytes
    ) -> str | None:
        """Give the user whose good certificate signed the challenge."""
        thumbprint = self.certificates.thumbprint(certificate, at=self.clock.now())
        if (
            challenge is None
            or thumbprint is None
            or not self.certificates.verifies(certificate, challenge.nonce, signature)
        ):
            return None

        def bound(unit: UnitOfWork) -> str | None:
            owner = unit[CredentialsStore].find_by_certificate(thumbprint)
            return None if owner is None else credentials_of(unit, owner.id).id

        try:
            return self.committed(bound)
        except Tampered:
            return None
