"""Logging in by password and a code sent to the phone, and what is done with passwords."""

from collections.abc import Iterator

from attrs import frozen

from supervision_core.audit.model import Outcome
from supervision_core.identity.model import (
    Actor,
    CodeNotSent,
    Credentials,
    GrantForbidden,
    LogIn,
    PasswordRefused,
    PermissionDenied,
    User,
    Way,
    password_violations,
)
from supervision_core.identity.ports import LogInStore, Users
from supervision_core.identity.services.authority import against_entering, is_operator, need_of
from supervision_core.identity.services.frame import Work
from supervision_core.identity.services.keeping import find, living_user
from supervision_core.identity.services.login.door import STEPPING_UP, Door, SessionGiven
from supervision_core.identity.services.login.stored import (
    credentials_of,
    digest_of,
    end_all,
    find_credentials,
    forgive,
    keep_credentials,
)
from supervision_core.kernel.errors import NotFound, Violation, refuse_if
from supervision_core.kernel.ports import UnitOfWork


@frozen(kw_only=True)
class PasswordLogIns(Door):
    """Password, then code; and changing, resetting and proving a password."""

    def log_in_with_password(
        self, account: str, password: str, *, source: str, captcha: str
    ) -> str:
        """Check a password and send a code to the user's phone; give the token of this log-in.

        ``captcha`` is the ticket and what was read, with a blank between. Raises ``LogInRefused``,
        ``CodeNotSent`` where the code could not be handed on.
        """
        action = "identity.log_in_with_password"
        if not self.captchas.passes(captcha):
            raise self.refused(action, source)
        known = self.guess(
            lambda unit: unit[Users].find_by_account(account), account, password, source, last=False
        )
        if known is None:
            raise self.refused_for(action, source, account)
        user, _ = known
        token, code = self.token(), self.code()
        now = self.clock.now()
        with self.transactions.begin() as unit:
            attempt = LogIn(id=digest_of(token), user=user.id, source=source)
            attempt.send(digest_of(attempt.id, code), at=now, policy=self.policy)
            unit[LogInStore].save(attempt)
            self.audit(unit, action, source, user.id)
            unit.commit()
        self._send(user, code, attempt.id, source)
        return token

    def resend_code(self, token: str, *, source: str) -> None:
        """Send another code. Raises ``CodeNotSent``, ``LogInRefused``."""
        action, code = "identity.resend_code", self.code()
        with self.transactions.begin() as unit:
            attempt = find(unit, LogInStore, digest_of(token))
            user = None if attempt is None else find(unit, Users, attempt.user)
            if attempt is not None and user is not None and attempt.source == source:
                attempt.send(digest_of(attempt.id, code), at=self.clock.now(), policy=self.policy)
                unit[LogInStore].save(attempt)
                self.audit(unit, action, source, user.id)
                unit.commit()
        if attempt is None or user is None or attempt.source != source:
            raise self.refused(action, source)
        self._send(user, code, attempt.id, source)

    def confirm_sms_code(self, token: str, code: str, *, source: str) -> SessionGiven:
        """Let in who has the code that was sent for this log-in.

        Raises ``LogInRefused``, ``CertificateRequired``.
        """
        action, now = "identity.confirm_sms_code", self.clock.now()

        def tried(unit: UnitOfWork) -> tuple[str, bool]:
            attempt = find(unit, LogInStore, digest_of(token))
            if attempt is None:
                return "", False
            good = attempt.confirm(digest_of(attempt.id, code), source, at=now, policy=self.policy)
            unit[LogInStore].save(attempt)
            if good:
                forgive(unit, attempt.user, source, at=now)
            return attempt.user, good

        user, good = self.committed(tried)
        if not good:
            raise self.refused(action, source, user)
        return self.session(user, action, source, Way.PASSWORD)

    def step_up(self, token: str, password: str, *, source: str) -> None:
        """Let the user prove himself again by his password. Raises as ``change_password``."""
        session, _ = self.proved(STEPPING_UP, token, password, source)
        self.committed(lambda unit: self.stepped_up(unit, session, source))

    def change_password(
        self, token: str, old: str, new: str, *, source: str, goes_on: bool = False
    ) -> SessionGiven | None:
        """Take a new password and end every session of the user, this one too.

        With ``goes_on``, give a fresh session that began in the same way, unless the user may no
        longer log in that way. Wrong old passwords count towards the lock. Raises ``NotLoggedIn``,
        ``LogInRefused``, ``PasswordRefused``.
        """
        session, user = self.proved("identity.change_password", token, old, source)
        with self.transactions.begin() as unit:
            past = credentials_of(unit, session.user).past
        faults = list(password_violations(new, account=user.account.account, policy=self.policy))
        if any(self.hashes.matches(new, one) for one in past):
            faults.append(Violation("identity.password_reused", "password"))
        refuse_if(PasswordRefused, faults)
        hashed = self.hashes.hash(new)  # slow work holds no transaction
        with self.transactions.begin() as unit:
            kept = credentials_of(unit, session.user)
            kept.replace(hashed, temporary=False, at=self.clock.now(), policy=self.policy)
            stored = keep_credentials(unit, kept)
            targets = (stored, *end_all(unit, session.user, at=self.clock.now()))
            given = self.renewed(unit, user, session.way, source) if goes_on else None
            self.audit(unit, "identity.change_password", source, session.user, targets=targets)
            unit.commit()
        return given

    def issue_password(self, user_id: str, *, actor: Actor) -> str:
        """Give a temporary password for a user whom the actor manages, and unlock him.

        Raises ``PermissionDenied``, ``NotFound``, ``GrantForbidden``.
        """
        action, now = "identity.reset_password", self.clock.now()
        password = f"Aa1-{self.randomness.token(9).hex()}"
        try:
            _require(actor, action)
            hashed = self.hashes.hash(password)
            with self.transactions.begin() as unit:
                work = Work(actor, now, self.ids, unit)
                user = living_user(work, user_id)
                refuse_if(GrantForbidden, _against_password(work, user))
                kept = find_credentials(unit, user.id) or Credentials(
                    id=user.id, password=hashed, changed_at=now
                )
                kept.replace(hashed, temporary=True, at=now, policy=self.policy, by=actor.user)
                stored = keep_credentials(unit, kept)
                targets = (f"user/{user.id}", stored, *end_all(unit, user.id, at=now))
                self.audit(unit, action, "", actor.user, targets=targets)
                unit.commit()
        except (PermissionDenied, NotFound):
            with self.transactions.begin() as unit:
                self.audit(unit, action, "", actor.user, Outcome.DENIED)
                unit.commit()
            raise
        return password

    def _send(self, user: User, code: str, attempt_id: str, source: str) -> None:
        """Hand the code on, outside of any transaction.

        Where that fails the code dies and the right password is not held against the user: an
        operator's outage locks nobody out.
        """
        if not user.account.phone:
            return
        try:
            self.messages.send(user.account.phone, code)
        except CodeNotSent:

            def undone(unit: UnitOfWork) -> None:
                attempt = unit[LogInStore].get(attempt_id)
                attempt.fail()
                unit[LogInStore].save(attempt)
                forgive(unit, user.id, source, at=self.clock.now())
                self.audit(unit, "identity.send_code", source, user.id, Outcome.DENIED)

            self.committed(undone)
            raise


def _against_password(work: Work, user: User) -> Iterator[Violation]:
    """Give what is against handing out a password: it takes one administrator, there and then."""
    yield from against_entering(work, user)
    need = need_of(work, user, entering=True)
    if need.duties and not is_operator(work.actor):
        yield Violation("identity.password_by_operator", "user_id")
    elif need.shared:
        yield Violation("identity.password_by_all", "user_id")


def _require(actor: Actor, permission: str) -> None:
    if not actor.may(permission):
        raise PermissionDenied(permission)
