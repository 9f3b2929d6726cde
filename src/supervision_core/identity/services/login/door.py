"""What all ways of logging in share: guesses, challenges, sessions, and a row for every try."""

from collections.abc import Callable
from typing import ClassVar, Final, TypeVar

from attrs import define, evolve, field, frozen

from supervision_core.audit.model import AuditEntry, Outcome
from supervision_core.audit.ports import AuditLog
from supervision_core.identity.model import (
    NOWHERE,
    Access,
    Actor,
    Challenge,
    Credentials,
    DataScope,
    LogInPolicy,
    LogInRefused,
    NotLoggedIn,
    Session,
    SignOnRequirement,
    SourceLimit,
    User,
    UserKind,
    Way,
    access_of,
    origin_of,
    way_suffices,
)
from supervision_core.identity.ports import (
    Captchas,
    Certificates,
    Challenges,
    CodeMessages,
    FaceCertification,
    GuessLimits,
    PasswordHashes,
    Sessions,
    SignOnGateway,
    SourceLimits,
    Users,
)
from supervision_core.identity.services.access import picture_of
from supervision_core.identity.services.actors import Actors
from supervision_core.identity.services.doubting import believed
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.login.stored import (
    digest_of,
    find_credentials,
    forgive_guess,
    guess_limit,
    remember_address,
    written,
)
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Conflict, Refused, Violation
from supervision_core.kernel.ports import (
    Clock,
    Ids,
    Randomness,
    Transactions,
    UnitOfWork,
)

Done = TypeVar("Done")

_TOKEN_BYTES: Final = 32
_RETRIES: Final = 20
STEPPING_UP: Final = "identity.step_up"


@define(eq=False)
class CertificateRequired(Refused):
    """Administrators of system, security and audit log in by certificate only."""

    code: ClassVar[str] = "identity.certificate_required"


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


@frozen(kw_only=True)
class Door:
    """What every way in needs, and the steps that they share."""

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
    faces: FaceCertification | None = None
    face_kinds: frozenset[UserKind] = frozenset()
    actors: Actors = field(factory=Actors)
    _alarmed: set[str] = field(factory=set, init=False)
    """What was alarmed of already, by this process."""

    def guess(
        self,
        look_up: Callable[[UnitOfWork], User | None],
        named: str,
        password: str,
        source: str,
        *,
        last: bool = True,
    ) -> tuple[User, Credentials] | None:
        """Reserve a guess, store that, and only then evaluate it; ``named`` says at whom it is.

        Where none may be made, because nobody is meant or he is locked, the same is stored: no
        refusal takes less time. Guesses are forgotten once the ``last`` factor is right: who has
        the password alone cannot try codes without end. A right password does not count against the
        address it came from, which a whole department may share.
        """
        try:
            known = self.committed(lambda unit: self._reserved(unit, look_up(unit), named, source))
        except (Tampered, Conflict):  # others guess at the same time: this guess is not made
            known = None
        if known is None:
            self.hashes.waste(password)
            return None
        user, kept = known
        if not self.hashes.matches(password, kept.password):
            return None
        now = self.clock.now()
        self.committed(lambda unit: forgive_guess(unit, user.id, source, at=now, last=last))
        return known

    def _reserved(
        self, unit: UnitOfWork, user: User | None, named: str, source: str
    ) -> tuple[User, Credentials] | None:
        """Count a guess; give whose it is and the credentials, if it may be evaluated.

        An address from which the user logged in before counts by itself. All others count together
        too, up to the ceilings of the address and of the account; the account's own row is not
        written above its ceiling, so that who guesses on keeps no lock on it. The same rows are
        read and as many written, whoever is meant.
        """
        now, place = self.clock.now(), digest_of(origin_of(source))
        limit = find(unit, SourceLimits, place) or SourceLimit(id=place, since=now)
        who = f"-{named}" if user is None else user.id
        pair, everywhere, nobodys = (
            guess_limit(unit, account, at_source, at=now)
            for account, at_source in ((who, source), (who, ""), ("", source))
        )
        kept = find_credentials(unit, "-" if user is None else user.id)
        since = None if kept is None else kept.changed_at
        known = pair.is_known(at=now)
        may = limit.reserve(at=now, policy=self.policy)
        if known and may:
            limit.give_back()
        may = (may or known) and pair.reserve(
            self.policy.tries, at=now, since=since, policy=self.policy
        )
        counted = nobodys
        if may and not known:
            may = everywhere.reserve(
                self.policy.account_tries, at=now, since=since, policy=self.policy
            )
            counted = everywhere if may else nobodys
        unit[SourceLimits].save(limit)
        unit[GuessLimits].save(pair)
        unit[GuessLimits].save(counted)
        if not may or user is None or kept is None or not user.works_on(local_day(now)):
            return None
        return user, kept

    def proved(self, action: str, token: str, password: str, source: str) -> tuple[Session, User]:
        """Give session and user of ``token``, who proves himself by his password.

        Raises ``NotLoggedIn``, ``LogInRefused``.
        """
        session, _ = self.logged_in(token)
        known = self.guess(
            lambda unit: find(unit, Users, session.user), session.user, password, source
        )
        if known is None:
            raise self.refused(action, source, session.user)
        return session, known[0]

    def logged_in(self, token: str) -> tuple[Session, Actor]:
        """Count a request of session ``token``; give it and who acts. Raises ``NotLoggedIn``."""
        noting = self.transactions.begin_noting
        session, actor = self.committed(lambda unit: self.resumed(unit, token), begin=noting)
        if session is None or actor is None:
            raise NotLoggedIn
        return session, actor

    def stepped_up(self, unit: UnitOfWork, session: Session, source: str) -> None:
        """Note that the user of ``session`` has just proved himself again."""
        fresh = unit[Sessions].get(session.id)
        fresh.step_up(at=self.clock.now())
        unit[Sessions].save(fresh)
        self.audit(unit, STEPPING_UP, source, session.user)

    def resumed(self, unit: UnitOfWork, token: str) -> tuple[Session | None, Actor | None]:
        """Count a request of a session; give it and who acts, ``None`` where it is over.

        That it ends is audited here, whyever it does.
        """
        now = self.clock.now()
        session = find(unit, Sessions, digest_of(token))
        if session is None or session.ended:
            return None, None
        actor = self.actor_of(unit, session)
        if actor is None:
            session.end(at=now)
        alive = session.use(at=now, policy=self.policy)
        unit[Sessions].save(session)
        if actor is None or not alive:
            targets = (written(Sessions.kind, session),)
            self.audit(unit, "identity.session_over", "", session.user, targets=targets)
            return None, None
        return session, actor

    def actor_of(self, unit: UnitOfWork, session: Session) -> Actor | None:
        """Give who acts in a session, ``None`` where nobody may; a limited one permits nothing.

        Nobody may whose duties ask for another way of log-in than that of the session.
        """
        now = self.clock.now()
        return self._within(
            session, self.actors.of(unit, session.user, session.department, now=now)
        )

    def kept_actor(self, unit: UnitOfWork, session: Session, epoch: int) -> Actor | None:
        """Give who acts in a session in this epoch of access, if it is known without reading."""
        now = self.clock.now()
        kept = self.actors.kept(unit, session.user, session.department, epoch=epoch, now=now)
        return self._within(session, kept)

    def _within(self, session: Session, actor: Actor | None) -> Actor | None:
        if actor is None or not way_suffices(session.way, actor.duties, self.policy):
            return None
        return evolve(actor, permissions=frozenset()) if session.limited else actor

    def session(self, user_id: str, action: str, source: str, way: Way) -> SessionGiven:
        """Let somebody in who has proved himself: what he may do is checked for its seals.

        Raises ``LogInRefused``, ``CertificateRequired``.
        """

        def admitted(unit: UnitOfWork) -> SessionGiven | None:
            user = find(unit, Users, user_id)
            if user is None or not user.works_on(local_day(self.clock.now())):
                return None
            given = self._admitted(unit, user, way, source)
            self.audit(unit, action, source, user.id)
            return given

        try:
            given = self.committed(admitted)
        except Tampered:
            given = None
        except CertificateRequired:
            self.refused(action, source, user_id)
            raise
        if given is None:
            raise self.refused(action, source)
        return given

    def renewed(self, unit: UnitOfWork, user: User, way: Way, source: str) -> SessionGiven | None:
        """Let somebody go on who came in by ``way``, where that way still suffices."""
        try:
            return self._admitted(unit, user, way, source)
        except (CertificateRequired, Tampered):
            return None

    def _admitted(self, unit: UnitOfWork, user: User, way: Way, source: str) -> SessionGiven:
        now, token = self.clock.now(), self.token()
        duties = self._access(unit, user).duties
        if not way_suffices(way, duties, self.policy):
            raise CertificateRequired((Violation(CertificateRequired.code),))
        kept = find_credentials(unit, user.id)
        limited = (
            way is Way.PASSWORD
            and kept is not None
            and kept.must_change(at=now, policy=self.policy)
        )
        home = user.memberships[0].department if user.memberships else ""
        unit[Sessions].save(
            Session(
                id=digest_of(token),
                user=user.id,
                department=home,
                started_at=now,
                seen_at=now,
                limited=limited,
                way=way,
            )
        )
        remember_address(unit, user.id, source, at=now, policy=self.policy)
        return SessionGiven(token=token, must_change=limited)

    def _access(self, unit: UnitOfWork, user: User) -> Access:
        return access_of(user, picture_of(unit, user), on=local_day(self.clock.now()))

    def challenge(self, way: Way, source: str) -> ChallengeGiven:
        """Make fresh bytes to be answered once, for one purpose, from one address."""
        token, nonce = self.token(), self.randomness.token(_TOKEN_BYTES)
        made = Challenge(
            id=digest_of(token),
            purpose=way,
            source=source,
            nonce=nonce,
            made_at=self.clock.now(),
        )
        with self.transactions.begin() as unit:
            unit[Challenges].save(made)
            unit.commit()
        return ChallengeGiven(token=token, nonce=nonce)

    def used(self, token: str, way: Way, source: str) -> Challenge | None:
        """Use a challenge up; give it if it was good."""

        def use(unit: UnitOfWork) -> Challenge | None:
            found = find(unit, Challenges, digest_of(token))
            if found is None:
                return None
            good = found.use(way, source, at=self.clock.now(), policy=self.policy)
            unit[Challenges].save(found)
            return found if good else None

        return self.committed(use)

    def committed(
        self, act: Callable[[UnitOfWork], Done], begin: Callable[[], UnitOfWork] | None = None
    ) -> Done:
        """Act in a transaction of its own, anew where somebody else came first.

        Raises ``Conflict`` where others always do, and ``Tampered``, with an alarm (``believed``).
        """
        try:
            return believed(lambda: self._retried(act, begin or self.transactions.begin))
        except Tampered as broken:
            self.alarm(broken)
            raise

    def _retried(self, act: Callable[[UnitOfWork], Done], begin: Callable[[], UnitOfWork]) -> Done:
        for _ in range(_RETRIES):
            try:
                return _once(act, begin)
            except Conflict:
                continue
        return _once(act, begin)

    def audit(  # noqa: PLR0913, PLR0917 - one for each part of the row
        self,
        unit: UnitOfWork,
        action: str,
        source: str,
        user: str,
        outcome: Outcome = Outcome.DONE,
        targets: tuple[str, ...] = (),
    ) -> None:
        """Add the row of a try, in the transaction of what came of it."""
        unit[AuditLog].append(
            AuditEntry(
                at=self.clock.now(),
                actor=user or "-",
                department="",
                action=action,
                outcome=outcome,
                request=digest_of(action, source),
                targets=targets,
                note=(("source", source),),
            )
        )

    def refused(self, action: str, source: str, user: str = "") -> LogInRefused:
        """Audit a try that failed, and give the one answer for all of them."""
        with self.transactions.begin() as unit:
            self.audit(unit, action, source, user, Outcome.DENIED)
            unit.commit()
        return LogInRefused()

    def refused_for(self, action: str, source: str, account: str) -> LogInRefused:
        """Refuse as ``refused``; the row names whose account it was, for his log-in history."""
        try:
            with self.transactions.begin_reading() as unit:
                owner = unit[Users].find_by_account(account)
        except Tampered:  # the guess has alarmed already
            owner = None
        return self.refused(action, source, "" if owner is None else owner.id)

    def alarm(self, broken: Tampered) -> None:
        """Put a broken seal into the log, once: whoever watches it is alarmed."""
        places = tuple(one.at for one in broken.reasons)
        if self._alarmed.issuperset(places):
            return
        self._alarmed.update(places)
        with self.transactions.begin() as unit:
            self.audit(unit, broken.code, "", "", Outcome.DENIED, places)
            unit.commit()

    def nobody(self) -> Actor:
        """Give who acts before anybody has logged in."""
        return Actor(
            user="-", department="", scope=DataScope(region=NOWHERE), permissions=frozenset()
        )

    def token(self) -> str:
        """Give a fresh token: 256 bits."""
        return self.randomness.token(_TOKEN_BYTES).hex()

    def code(self) -> str:
        """Give digits, every code as likely as any other within 1 in 10**12."""
        digits = self.policy.code_digits
        return f"{int.from_bytes(self.randomness.token(8), 'big') % 10**digits:0{digits}}"


def _once(act: Callable[[UnitOfWork], Done], begin: Callable[[], UnitOfWork]) -> Done:
    with begin() as unit:
        done = act(unit)
        unit.commit()
        return done
