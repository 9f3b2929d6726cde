"""Logging in and out in every way, and who acts behind a session's token."""

from collections.abc import Callable
from typing import ClassVar, Final, TypeVar

from attrs import define, evolve, field, frozen

from supervision_core.audit.model import AuditEntry, Outcome
from supervision_core.audit.ports import AuditLog
from supervision_core.identity.model import (
    NOWHERE,
    AccountData,
    Actor,
    Challenge,
    Credentials,
    DataScope,
    ExtendedData,
    LocalUser,
    LogIn,
    LogInPolicy,
    LogInRefused,
    NotLoggedIn,
    PasswordRefused,
    PermissionDenied,
    PersonData,
    Session,
    SignOnProfile,
    SignOnRecord,
    SignOnRequirement,
    SignOnStep,
    SourceLimit,
    StepUpRequired,
    User,
    UserDraft,
    UserKind,
    access_of,
    decide_sign_on,
    password_violations,
)
from supervision_core.identity.ports import (
    Captchas,
    Certificates,
    Challenges,
    CodeMessages,
    CredentialsStore,
    LogInStore,
    PasswordHashes,
    RowSeals,
    Sessions,
    SignOnGateway,
    SourceLimits,
    Users,
)
from supervision_core.identity.services.access import SealBroken, actor_of, picture_of
from supervision_core.identity.services.frame import Work, use_case
from supervision_core.identity.services.keeping import keep, sealed_row, tell
from supervision_core.identity.services.users import managed_user
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import Conflict, NotFound, Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.ports import (
    Clock,
    Ids,
    Randomness,
    Repository,
    Transactions,
    UnitOfWork,
)

Done = TypeVar("Done")
Root = TypeVar("Root", bound=Aggregate)

CERTIFICATE: Final = "certificate"
SIGN_ON: Final = "sign_on"
CREDIT_CODE: Final = "统一社会信用代码"
_TOKEN_BYTES: Final = 32
_RETRIES: Final = 3


@define(eq=False)
class SignOnRefused(Refused):
    """Who comes from the unified platform is not let in, and is told why."""

    code: ClassVar[str] = "identity.sign_on_refused"


@frozen(kw_only=True)
class SessionGiven:
    """A session's token, told once; ``must_change`` says that it serves only a new password."""

    token: str = field(repr=False)
    must_change: bool = False


@frozen(kw_only=True)
class ChallengeGiven:
    """A challenge: the token under which to answer it, and the bytes to sign."""

    token: str = field(repr=False)
    nonce: bytes


def _digest(*parts: str) -> str:
    return sm3("\x1f".join(parts).encode()).hex()


def _find(unit: UnitOfWork, port: type[Repository[Root]], id: str) -> Root | None:
    try:
        return unit[port].get(id)
    except NotFound:
        return None


def _credentials(unit: UnitOfWork, user: str) -> Credentials | None:
    """Give the credentials of ``user``, if any. Raises ``SealBroken``: no hash is put in unseen."""
    kept = _find(unit, CredentialsStore, user)
    if kept is not None and not unit[RowSeals].holds(sealed_row(CredentialsStore.kind, kept)):
        raise SealBroken(CredentialsStore.kind, user)
    return kept


def _kept(unit: UnitOfWork, user: str) -> Credentials:
    kept = _credentials(unit, user)
    if kept is None:
        raise NotFound(CredentialsStore.kind, user)
    return kept


def _keep(unit: UnitOfWork, kept: Credentials) -> None:
    unit[CredentialsStore].save(kept)
    unit[RowSeals].seal(sealed_row(CredentialsStore.kind, kept))


@frozen(kw_only=True)
class LogIns:
    """Lets users in. ``source`` is everywhere the network address a request comes from.

    Tokens are 256 random bits of which only the digest is kept. What fails raises
    ``LogInRefused``, whatever it was; every try leaves an audit row, or does not happen.
    """

    transactions: Transactions
    clock: Clock
    ids: Ids
    randomness: Randomness
    hashes: PasswordHashes
    messages: CodeMessages
    captchas: Captchas
    certificates: Certificates
    gateway: SignOnGateway
    requirement: SignOnRequirement
    policy: LogInPolicy

    def log_in_with_password(
        self, account: str, password: str, *, source: str, captcha: str
    ) -> str:
        """Check a password and send a code to the user's phone; give the token of this log-in.

        Raises ``LogInRefused``.
        """
        action = "identity.log_in_with_password"
        if not self.captchas.passes(captcha):
            raise self._refused(action, source)
        known = self._guess(
            lambda unit: unit[Users].find_by_account(account), password, source, last=False
        )
        if known is None:
            raise self._refused(action, source)
        user, _ = known
        token, code = self._token(), self._code()
        now = self.clock.now()
        with self.transactions.begin() as unit:
            attempt = LogIn(id=_digest(token), user=user.id, source=source)
            attempt.send(_digest(attempt.id, code), at=now, policy=self.policy)
            unit[LogInStore].save(attempt)
            self._audit(unit, action, source, user.id)
            unit.commit()
        if user.account.phone:
            self.messages.send(user.account.phone, code)
        return token

    def resend_code(self, token: str, *, source: str) -> None:
        """Send another code. Raises ``CodeNotSent``, ``LogInRefused``."""
        action, code = "identity.resend_code", self._code()
        with self.transactions.begin() as unit:
            attempt = _find(unit, LogInStore, _digest(token))
            user = None if attempt is None else _find(unit, Users, attempt.user)
            if attempt is not None and user is not None and attempt.source == source:
                attempt.send(_digest(attempt.id, code), at=self.clock.now(), policy=self.policy)
                unit[LogInStore].save(attempt)
                self._audit(unit, action, source, user.id)
                unit.commit()
        if attempt is None or user is None or attempt.source != source:
            raise self._refused(action, source)
        if user.account.phone:
            self.messages.send(user.account.phone, code)

    def confirm_sms_code(self, token: str, code: str, *, source: str) -> SessionGiven:
        """Let in who has the code that was sent for this log-in. Raises ``LogInRefused``."""
        action, now = "identity.confirm_sms_code", self.clock.now()

        def tried(unit: UnitOfWork) -> str | None:
            attempt = _find(unit, LogInStore, _digest(token))
            if attempt is None:
                return None
            good = attempt.confirm(_digest(attempt.id, code), source, at=now, policy=self.policy)
            unit[LogInStore].save(attempt)
            if good:
                kept = _kept(unit, attempt.user)
                kept.succeed()
                _keep(unit, kept)
            return attempt.user if good else None

        user = self._committed(tried)
        if user is None:
            raise self._refused(action, source)
        return self._session(user, action, source)

    def begin_certificate_log_in(self, *, source: str) -> ChallengeGiven:
        """Give fresh bytes to sign with the key of a certificate."""
        return self._challenge(CERTIFICATE, source)

    def finish_certificate_log_in(
        self, token: str, certificate: bytes, signature: bytes, *, source: str
    ) -> SessionGiven:
        """Let in who signed the challenge with a good certificate that is bound to a user.

        The challenge is used up before anything is checked. Raises ``LogInRefused``.
        """
        action, now = "identity.log_in_with_certificate", self.clock.now()
        challenge = self._used(token, CERTIFICATE, source)
        thumbprint = self.certificates.thumbprint(certificate, at=now)
        if (
            challenge is None
            or thumbprint is None
            or not self.certificates.verifies(certificate, challenge.nonce, signature)
        ):
            raise self._refused(action, source)
        with self.transactions.begin() as unit:
            owner = unit[CredentialsStore].find_by_certificate(thumbprint)
            sealed = owner and unit[RowSeals].holds(sealed_row(CredentialsStore.kind, owner))
        if owner is not None and not sealed:
            self._alarm(SealBroken(CredentialsStore.kind, owner.id))
        if owner is None or not sealed:
            raise self._refused(action, source)
        return self._session(owner.id, action, source, by_certificate=True)

    def begin_sign_on(self, *, source: str) -> str:
        """Give the ``state`` with which the browser is sent to the unified platform."""
        return self._challenge(SIGN_ON, source).token

    def sign_on(self, code: str, state: str, *, source: str) -> SessionGiven:
        """单点登录: let in who comes back from the unified platform, created or updated as needed.

        Raises ``LogInRefused``, or ``SignOnRefused`` with the reason of the step.
        Source: proposal 6.4.2.12.8.2.
        """
        action = "identity.sign_on"
        profile = None if self._used(state, SIGN_ON, source) is None else self.gateway.profile(code)
        if profile is None:
            raise self._refused(action, source)
        with self.transactions.begin() as unit:
            work = Work(self._nobody(), self.clock.now(), self.ids, unit)
            users = _matching(unit, profile)
            found = tuple(
                LocalUser(id=one.id, active=one.active, document=one.person.document_number,
                          record=one.sign_on)
                for one in users
            )  # fmt: skip
            decision = decide_sign_on(profile, found, self.requirement)
            match decision.step:
                case SignOnStep.REFUSE:
                    self._audit(unit, action, source, "", Outcome.DENIED)
                    unit.commit()
                    raise SignOnRefused((Violation(decision.reason),))
                case SignOnStep.CREATE:
                    user = User.register(_draft(profile), id=self.ids.next_id(), at=work.now)
                    self._told(work, user, profile)
                case SignOnStep.UPDATE:
                    user = users[0]
                    user.change(_updated(user, profile), at=work.now)
                    self._told(work, user, profile)
                case _:  # ADMIT
                    user = users[0]
            unit.commit()
        return self._session(user.id, action, source, by_certificate=True)

    def resume(self, token: str, *, critical: bool = False) -> Actor:
        """Give who acts behind ``token``, with what he may do at this moment.

        Whatever was revoked since the last request counts. ``critical`` acts ask for a ``step_up``
        lately. A broken seal is audited: whoever watches the log
        is alarmed. Raises ``NotLoggedIn``, ``StepUpRequired``, ``SealBroken``.
        """
        try:
            session, actor = self._committed(lambda unit: self._resumed(unit, token))
        except SealBroken as broken:
            self._alarm(broken)
            raise
        if session is None or actor is None:
            raise NotLoggedIn
        if critical and not session.fresh(at=self.clock.now(), policy=self.policy):
            raise StepUpRequired
        return actor

    def log_out(self, token: str, *, source: str) -> None:
        """End the session at once; an unknown or ended one is none."""
        with self.transactions.begin() as unit:
            session = _find(unit, Sessions, _digest(token))
            if session is not None and not session.ended:
                session.end(at=self.clock.now())
                unit[Sessions].save(session)
                self._audit(unit, "identity.log_out", source, session.user)
                unit.commit()

    def step_up(self, token: str, password: str, *, source: str) -> None:
        """Let the user prove himself again by his password. Raises as ``change_password``."""
        session, _ = self._proved("identity.step_up", token, password, source)
        with self.transactions.begin() as unit:
            fresh = unit[Sessions].get(session.id)
            fresh.step_up(at=self.clock.now())
            unit[Sessions].save(fresh)
            self._audit(unit, "identity.step_up", source, session.user)
            unit.commit()

    def change_password(self, token: str, old: str, new: str, *, source: str) -> None:
        """Take a new password and end every session of the user, this one too.

        Wrong old passwords count towards the lock. Raises ``NotLoggedIn``, ``LogInRefused``,
        ``PasswordRefused``.
        """
        session, user = self._proved("identity.change_password", token, old, source)
        with self.transactions.begin() as unit:
            kept = _kept(unit, session.user)
            faults = list(
                password_violations(new, account=user.account.account, policy=self.policy)
            )
            if any(self.hashes.matches(new, one) for one in kept.past):
                faults.append(Violation("identity.password_reused", "password"))
            refuse_if(PasswordRefused, faults)
            kept.replace(
                self.hashes.hash(new), temporary=False, at=self.clock.now(), policy=self.policy
            )
            _keep(unit, kept)
            _end_all(unit, session.user, self.clock)
            self._audit(unit, "identity.change_password", source, session.user)
            unit.commit()

    def issue_password(self, user_id: str, *, actor: Actor) -> str:
        """Give a temporary password for a user whom the actor manages, and unlock him.

        Raises ``PermissionDenied``, ``NotFound``.
        """
        action, now = "identity.reset_password", self.clock.now()
        password = f"Aa1-{self.randomness.token(9).hex()}"
        try:
            _require(actor, action)
            with self.transactions.begin() as unit:
                user = managed_user(Work(actor, now, self.ids, unit), user_id)
                hashed = self.hashes.hash(password)
                kept = _credentials(unit, user.id) or Credentials(
                    id=user.id, password=hashed, changed_at=now
                )
                kept.replace(hashed, temporary=True, at=now, policy=self.policy)
                kept.succeed()
                _keep(unit, kept)
                _end_all(unit, user.id, self.clock)
                self._audit(unit, action, "", actor.user, targets=(f"user/{user.id}",))
                unit.commit()
        except (PermissionDenied, NotFound):
            with self.transactions.begin() as unit:
                self._audit(unit, action, "", actor.user, Outcome.DENIED)
                unit.commit()
            raise
        return password

    def _guess(
        self,
        find: Callable[[UnitOfWork], User | None],
        password: str,
        source: str,
        *,
        last: bool = True,
    ) -> tuple[User, Credentials] | None:
        """Reserve a guess, store that, and only then evaluate it.

        Failures are forgotten once the ``last`` factor is right: who has the password alone cannot
        try codes without end.
        """
        now = self.clock.now()

        def reserved(unit: UnitOfWork) -> tuple[User, Credentials] | None:
            place = _digest(source)
            limit = _find(unit, SourceLimits, place) or SourceLimit(id=place, since=now)
            may = limit.reserve(at=now, policy=self.policy)
            unit[SourceLimits].save(limit)
            user = find(unit)
            kept = None if user is None else _credentials(unit, user.id)
            if not may or user is None or kept is None or not user.active:
                return None
            if not kept.reserve(at=now, policy=self.policy):
                return None
            _keep(unit, kept)
            return user, kept

        try:
            known = self._committed(reserved)
        except SealBroken as broken:
            self._alarm(broken)
            known = None
        except Conflict:  # others guess at the same time: this guess is not made
            known = None
        if known is None:
            self.hashes.waste(password)
            return None
        if not self.hashes.matches(password, known[1].password):
            return None

        def succeeded(unit: UnitOfWork) -> None:
            kept = _kept(unit, known[0].id)
            kept.succeed()
            _keep(unit, kept)

        if last:
            self._committed(succeeded)
        return known

    def _proved(self, action: str, token: str, password: str, source: str) -> tuple[Session, User]:
        session, actor = self._committed(lambda unit: self._resumed(unit, token))
        if session is None or actor is None:
            raise NotLoggedIn
        known = self._guess(lambda unit: _find(unit, Users, session.user), password, source)
        if known is None:
            raise self._refused(action, source)
        return session, known[0]

    def _resumed(self, unit: UnitOfWork, token: str) -> tuple[Session | None, Actor | None]:
        now = self.clock.now()
        session = _find(unit, Sessions, _digest(token))
        if session is None or session.ended:
            return None, None
        user = _find(unit, Users, session.user)
        member = user is not None and (
            not session.department or session.department in user.departments
        )
        if user is None or not user.active or not member:
            session.end(at=now)
        alive = session.use(at=now, policy=self.policy)
        unit[Sessions].save(session)
        if user is None or not alive:
            return None, None
        access = access_of(user, picture_of(unit, user), on=now.date())
        actor = actor_of(unit, user, session.department, access)
        return session, evolve(actor, permissions=frozenset()) if session.limited else actor

    def _session(
        self, user_id: str, action: str, source: str, *, by_certificate: bool = False
    ) -> SessionGiven:
        now, token = self.clock.now(), self._token()
        with self.transactions.begin() as unit:
            user = _find(unit, Users, user_id)
            if user is not None and user.active:
                kept = _credentials(unit, user.id)
                limited = (
                    not by_certificate
                    and kept is not None
                    and kept.must_change(at=now, policy=self.policy)
                )
                home = user.memberships[0].department if user.memberships else ""
                unit[Sessions].save(
                    Session(
                        id=_digest(token),
                        user=user.id,
                        department=home,
                        started_at=now,
                        seen_at=now,
                        limited=limited,
                    )
                )
                self._audit(unit, action, source, user.id)
                unit.commit()
                return SessionGiven(token=token, must_change=limited)
        raise self._refused(action, source)

    def _challenge(self, purpose: str, source: str) -> ChallengeGiven:
        token, nonce = self._token(), self.randomness.token(_TOKEN_BYTES)
        made = Challenge(
            id=_digest(token),
            purpose=purpose,
            source=source,
            nonce=nonce,
            made_at=self.clock.now(),
        )
        with self.transactions.begin() as unit:
            unit[Challenges].save(made)
            unit.commit()
        return ChallengeGiven(token=token, nonce=nonce)

    def _used(self, token: str, purpose: str, source: str) -> Challenge | None:
        def used(unit: UnitOfWork) -> Challenge | None:
            found = _find(unit, Challenges, _digest(token))
            if found is None:
                return None
            good = found.use(purpose, source, at=self.clock.now(), policy=self.policy)
            unit[Challenges].save(found)
            return found if good else None

        return self._committed(used)

    def _committed(self, act: Callable[[UnitOfWork], Done]) -> Done:
        """Act in a transaction of its own, anew where somebody else came first."""
        for left in reversed(range(_RETRIES)):
            try:
                with self.transactions.begin() as unit:
                    done = act(unit)
                    unit.commit()
                    return done
            except Conflict:
                if not left:
                    raise
        raise AssertionError

    def _told(self, work: Work, user: User, profile: SignOnProfile) -> None:
        record = SignOnRecord(user_code=profile.user_code, updated_at=profile.updated_at)
        user.remember_sign_on(record, at=work.now)
        keep(work, Users, user)
        tell(work, "user", user.id)

    def _audit(  # noqa: PLR0913, PLR0917 - one for each part of the row
        self,
        unit: UnitOfWork,
        action: str,
        source: str,
        user: str,
        outcome: Outcome = Outcome.DONE,
        targets: tuple[str, ...] = (),
    ) -> None:
        unit[AuditLog].append(
            AuditEntry(
                at=self.clock.now(),
                actor=user or "-",
                department="",
                action=action,
                outcome=outcome,
                request=_digest(action, source),
                targets=targets,
                note=(("source", source),),
            )
        )

    def _refused(self, action: str, source: str) -> LogInRefused:
        with self.transactions.begin() as unit:
            self._audit(unit, action, source, "", Outcome.DENIED)
            unit.commit()
        return LogInRefused()

    def _alarm(self, broken: SealBroken) -> None:
        with self.transactions.begin() as unit:
            place = (f"{broken.kind}/{broken.id}",)
            self._audit(unit, broken.code, "", "", Outcome.DENIED, place)
            unit.commit()

    def _nobody(self) -> Actor:
        return Actor(
            user="-", department="", scope=DataScope(region=NOWHERE), permissions=frozenset()
        )

    def _token(self) -> str:
        return self.randomness.token(_TOKEN_BYTES).hex()

    def _code(self) -> str:
        """Give six digits, each as likely as any other within 2 in 10**13."""
        return f"{int.from_bytes(self.randomness.token(8), 'big') % 1_000_000:06}"


def _require(actor: Actor, permission: str) -> None:
    if not actor.may(permission):
        raise PermissionDenied(permission)


def _end_all(unit: UnitOfWork, user: str, clock: Clock) -> int:
    sessions = unit[Sessions].of_user(user)
    for session in sessions:
        session.end(at=clock.now())
        unit[Sessions].save(session)
    return len(sessions)


def _matching(unit: UnitOfWork, profile: SignOnProfile) -> list[User]:
    by_document = unit[Users].find_by_document(profile.document) if profile.document else []
    by_code = unit[Users].find_by_user_code(profile.user_code) if profile.user_code else None
    found = {one.id: one for one in by_document if one.extended.kind is profile.kind}
    if by_code is not None:
        found[by_code.id] = by_code
    return [found[one] for one in sorted(found)]


def _draft(profile: SignOnProfile) -> UserDraft:
    firm = profile.kind is UserKind.ENTERPRISE
    person = PersonData(name=profile.name, document_number=profile.document)
    return UserDraft(
        account=AccountData(account=f"sso.{_digest(profile.user_code)[:24]}"),
        person=evolve(person, document_kind=CREDIT_CODE) if firm else person,
        extended=ExtendedData(
            kind=profile.kind,
            party=profile.document if firm else f"citizen/{_digest(profile.user_code)[:24]}",
        ),
    )


def _updated(user: User, profile: SignOnProfile) -> UserDraft:
    draft = user.draft
    person = evolve(draft.person, name=profile.name, document_number=profile.document)
    return evolve(draft, person=person)


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
        work.save(Sessions, session)
    return len(sessions)


@frozen(kw_only=True)
class BindCertificate:
    """The user, and the thumbprint (SM3, hex) of his certificate."""

    user_id: str
    thumbprint: str


@use_case("identity.bind_certificate")
def bind_certificate(work: Work, cmd: BindCertificate) -> str:
    """Let a user log in with a certificate."""
    user = managed_user(work, cmd.user_id)
    kept = _kept(work.unit, user.id)
    kept.bind(cmd.thumbprint)
    keep(work, CredentialsStore, kept)
    return user.id
