"""Logging in, as states that only verbs change: passwords, codes, challenges, sessions."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from attrs import define, field, frozen

from supervision_core.identity.model.access import Duty
from supervision_core.kernel.errors import DomainError, Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate


@define(eq=False)
class LogInRefused(DomainError):
    """Nobody is let in. Wrong, unknown, locked, expired and replayed are told apart nowhere."""

    code: ClassVar[str] = "identity.log_in_refused"


@define(eq=False)
class NotLoggedIn(DomainError):
    """There is no such session, or no longer."""

    code: ClassVar[str] = "identity.not_logged_in"


@define(eq=False)
class StepUpRequired(DomainError):
    """The act is critical: who asks for it proves again who he is."""

    code: ClassVar[str] = "identity.step_up_required"


@define(eq=False)
class PasswordRefused(Refused):
    """The new password breaks the policy."""

    code: ClassVar[str] = "identity.password_refused"


@define(eq=False)
class CodeNotSent(Refused):
    """No further code is sent now."""

    code: ClassVar[str] = "identity.code_not_sent"


@frozen(kw_only=True)
class LogInPolicy:
    """登录策略 (LogInPolicy): the limits of logging in, with what is usual at level three.

    The standard (GB/T 22239-2019 8.1.4.1) asks for the rules and leaves the figures to whoever
    runs the platform. Seven digits are 23 bits; six would stay below 20.
    """

    least_length: int = 8
    most_length: int = 128
    least_kinds: int = 3
    password_age: timedelta = timedelta(days=90)
    history: int = 5
    tries: int = 5
    locked_for: timedelta = timedelta(minutes=30)
    known_for: timedelta = timedelta(days=90)
    source_tries: int = 60
    source_window: timedelta = timedelta(minutes=15)
    code_digits: int = 7
    code_age: timedelta = timedelta(minutes=5)
    code_tries: int = 5
    code_sends: int = 3
    code_interval: timedelta = timedelta(seconds=60)
    challenge_age: timedelta = timedelta(minutes=5)
    face_age: timedelta = timedelta(minutes=10)
    face_asks: int = 5
    face_interval: timedelta = timedelta(seconds=60)
    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=8)
    step_up_age: timedelta = timedelta(minutes=5)
    seen_every: timedelta = timedelta(minutes=1)
    administrators_by_certificate: bool = False

    @property
    def account_tries(self) -> int:
        """Wrong guesses at one account from all addresses from which its user never logged in.

        Twice those of one address, which alone therefore locks nobody out elsewhere.
        """
        return 2 * self.tries


def password_violations(
    password: str, *, account: str, policy: LogInPolicy
) -> tuple[Violation, ...]:
    """Give everything against a password: length, kinds of signs, the account's name in it."""
    found = []
    if len(password) < policy.least_length:
        data = {"least": policy.least_length}
        found.append(Violation("identity.password_short", "password", data))
    if len(password) > policy.most_length:
        data = {"most": policy.most_length}
        found.append(Violation("identity.password_long", "password", data))
    kinds = {
        "digit" if sign.isdigit() else "upper" if sign.isupper() else
        "lower" if sign.islower() else "mark"
        for sign in password
    }  # fmt: skip
    if len(kinds) < policy.least_kinds:
        data = {"least": policy.least_kinds}
        found.append(Violation("identity.password_simple", "password", data))
    folded, name = password.casefold(), account.casefold()
    if name and (name in folded or name[::-1] in folded):
        found.append(Violation("identity.password_holds_account", "password"))
    return tuple(found)


_PASSWORD = "password"  # noqa: S105 - what was given, beside thumbprints


@define(eq=False, kw_only=True)
class Credentials(Aggregate):
    """登录凭据 (Credentials): what a user proves himself with; its id is the user's.

    It changes only by acts that the audit log names; guesses are counted in a ``GuessLimit``.
    Source: GB/T 22239-2019 8.1.4.1; proposal 5974-6042.
    """

    _password: str = field(repr=False)
    _changed_at: datetime
    _history: tuple[str, ...] = field(default=(), repr=False)
    _temporary: bool = False
    _certificates: frozenset[str] = frozenset()
    _given_by: tuple[tuple[str, str], ...] = ()

    @classmethod
    def without_password(cls, *, id: str, at: datetime) -> "Credentials":
        """Give those of a user who logs in by certificate only: no password matches."""
        return cls(id=id, password="", changed_at=at)

    @property
    def password(self) -> str:
        """The hash of the password, with its salt and rounds; empty where there is none."""
        return self._password

    @property
    def changed_at(self) -> datetime:
        """Since when the password is the present one."""
        return self._changed_at

    @property
    def past(self) -> tuple[str, ...]:
        """The hashes that no new password may match, the present one first."""
        return tuple(one for one in (self._password, *self._history) if one)

    @property
    def certificates(self) -> frozenset[str]:
        """The thumbprints of the certificates bound to him."""
        return self._certificates

    def replace(
        self, password: str, *, temporary: bool, at: datetime, policy: LogInPolicy, by: str = ""
    ) -> None:
        """Take the hash of a new password; a temporary one lets in only to change it.

        ``by`` is the administrator who gave it, nobody where it is the user's own choice.
        """
        self._history = self.past[: policy.history]
        self._password, self._changed_at, self._temporary = password, at, temporary
        self._note_hand(_PASSWORD, by)

    def must_change(self, *, at: datetime, policy: LogInPolicy) -> bool:
        """Tell whether the password is temporary or has expired."""
        return self._temporary or at >= self._changed_at + policy.password_age

    @property
    def hands(self) -> frozenset[str]:
        """Ids of the administrators who gave what now lets the user in."""
        return frozenset(by for _, by in self._given_by)

    @property
    def certificate_hands(self) -> frozenset[str]:
        """Ids of the administrators who gave certificates: those stay until they are unbound."""
        return frozenset(by for given, by in self._given_by if given != _PASSWORD)

    @property
    def ways(self) -> dict[str, str]:
        """What lets the user in, thumbprints and "password", each with who gave it, if known."""
        given, passwords = dict(self._given_by), [_PASSWORD] if self._password else []
        return {one: given.get(one, "") for one in (*passwords, *sorted(self._certificates))}

    @property
    def usable(self) -> bool:
        """Whether anything lets the user in."""
        return bool(self._password or self._certificates)

    def bind(self, thumbprint: str, *, by: str = "") -> None:
        """Let the certificate of that thumbprint log the user in; ``by`` an administrator."""
        self._certificates |= {thumbprint}
        self._note_hand(thumbprint, by)

    def unbind(self, thumbprint: str) -> None:
        """Let the certificate of that thumbprint log nobody in any more."""
        self._certificates -= {thumbprint}
        self._note_hand(thumbprint, "")

    def _note_hand(self, given: str, by: str) -> None:
        others = (one for one in self._given_by if one[0] != given)
        self._given_by = tuple(sorted((*others, *([(given, by)] if by else []))))

    def void_given(self, *, at: datetime) -> bool:
        """Forget certificates and a temporary password; tell whether there were any."""
        voided = bool(self._certificates) or (self._temporary and bool(self._password))
        if self._temporary:
            self._password, self._changed_at = "", at
        self._certificates, self._given_by = frozenset(), ()
        return voided

    def erase(self, *, at: datetime) -> None:
        """Forget passwords and certificates, past ones too: nothing proves him any more."""
        self._password, self._history, self._changed_at = "", (), at
        self._certificates, self._given_by = frozenset(), ()


@define(eq=False, kw_only=True)
class GuessLimit(Aggregate):
    """猜测限制 (GuessLimit): the wrong guesses at one account, from one address or from all others.

    Every guess is reserved, and stored, before it is evaluated: parallel guesses cannot outrun it.
    That of one address remembers for ``known_for`` that the user logged in completely from there.
    Its id is a digest. Source: GB/T 22239-2019 8.1.4.1.
    """

    _last_at: datetime
    _count: int = 0
    _locked_until: datetime | None = None
    _known_until: datetime | None = None

    def is_known(self, *, at: datetime) -> bool:
        """Tell whether the user logged in from this address lately."""
        return self._known_until is not None and at < self._known_until

    def reserve(
        self, most: int, *, at: datetime, since: datetime | None, policy: LogInPolicy
    ) -> bool:
        """Count a guess before it is made; tell whether it may be made at all.

        Guesses from before ``since`` were at another password, and count no more.
        """
        unlocked = self._locked_until is not None and at >= self._locked_until
        if unlocked or (since is not None and self._last_at < since):
            self.forget()
        if self._locked_until is not None:
            return False
        self._last_at = at
        self._count += 1
        if self._count >= most:
            self._locked_until = at + policy.locked_for
        return True

    def give_back(self) -> None:
        """Count a guess no longer: it was right."""
        self._count, self._locked_until = max(self._count - 1, 0), None

    def forget(self) -> None:
        """Count no guess any more: the user has proved himself, or nobody could."""
        self._count, self._locked_until = 0, None

    def enter(self, *, at: datetime, policy: LogInPolicy) -> None:
        """Note that the user logged in completely from this address."""
        self._known_until = at + policy.known_for

    def is_over(self, *, at: datetime, policy: LogInPolicy) -> bool:
        """Tell whether it limits nothing and knows nobody any more."""
        return at >= self._last_at + policy.locked_for and not self.is_known(at=at)


@define(eq=False, kw_only=True)
class SourceLimit(Aggregate):
    """来源限制 (SourceLimit): how often one address may try to be whoever never came from there."""

    _since: datetime
    _count: int = 0

    def reserve(self, *, at: datetime, policy: LogInPolicy) -> bool:
        """Count a try; tell whether it may be made."""
        if at >= self._since + policy.source_window:
            self._since, self._count = at, 0
        if self._count >= policy.source_tries:
            return False
        self._count += 1
        return True

    def is_over(self, *, at: datetime, policy: LogInPolicy) -> bool:
        """Tell whether it limits nothing any more."""
        return at >= self._since + policy.source_window

    def give_back(self) -> None:
        """Count a try no longer: it was right."""
        self._count = max(self._count - 1, 0)


class LogInState(StrEnum):
    """How far a log-in with two factors has come."""

    PASSWORD_PASSED = "password_passed"  # noqa: S105 - a state
    CODE_SENT = "code_sent"
    DONE = "done"
    FAILED = "failed"


@define(eq=False, kw_only=True)
class LogIn(Aggregate):
    """登录过程 (LogIn): from the right password to the right code, for one request.

    A code works once, for this log-in, from the address that began it; the last one sent counts.
    """

    _user: str
    _source: str
    _state: LogInState = LogInState.PASSWORD_PASSED
    _code: str = field(default="", repr=False)
    _sent_at: datetime | None = None
    _sends: int = 0
    _tries: int = 0

    @property
    def user(self) -> str:
        """Whose password it was."""
        return self._user

    @property
    def source(self) -> str:
        """The address that began it."""
        return self._source

    @property
    def state(self) -> LogInState:
        """How far it has come."""
        return self._state

    def send(self, code: str, *, at: datetime, policy: LogInPolicy) -> None:
        """Remember the digest of a code to be sent; an earlier one dies. Raises ``CodeNotSent``."""
        violations = []
        if self._state in {LogInState.DONE, LogInState.FAILED}:
            violations.append(Violation("identity.log_in_over"))
        if self._sends >= policy.code_sends:
            violations.append(Violation("identity.codes_used_up"))
        if self._sent_at is not None and at < self._sent_at + policy.code_interval:
            violations.append(Violation("identity.code_too_soon"))
        refuse_if(CodeNotSent, violations)
        self._code, self._sent_at, self._state = code, at, LogInState.CODE_SENT
        self._sends += 1

    def is_over(self, *, at: datetime, policy: LogInPolicy) -> bool:
        """Tell whether no code can end it any more."""
        return self._sent_at is None or at >= self._sent_at + policy.code_age

    def fail(self) -> None:
        """End it: its code could not be sent."""
        self._state = LogInState.FAILED

    def confirm(self, code: str, source: str, *, at: datetime, policy: LogInPolicy) -> bool:
        """Try the digest of a code; tell whether the user is in. To be stored either way."""
        if self._state is not LogInState.CODE_SENT or self._sent_at is None:
            return False
        self._tries += 1
        if not self._sent_at <= at < self._sent_at + policy.code_age or source != self._source:
            self._state = LogInState.FAILED
            return False
        if code == self._code:
            self._state = LogInState.DONE
            return True
        if self._tries >= policy.code_tries:
            self._state = LogInState.FAILED
        return False


@define(eq=False, kw_only=True)
class Challenge(Aggregate):
    """登录挑战 (Challenge): fresh bytes that are answered once, from where they were asked for.

    ``purpose`` keeps those of a certificate apart from the state of a single sign-on.
    """

    _purpose: str
    _source: str
    _nonce: bytes = field(repr=False)
    _made_at: datetime
    _used: bool = False

    @property
    def nonce(self) -> bytes:
        """The bytes to sign: 256 bits."""
        return self._nonce

    def is_over(self, *, at: datetime, policy: LogInPolicy) -> bool:
        """Tell whether it would be refused for its age alone."""
        return at >= self._made_at + policy.challenge_age

    def use(self, purpose: str, source: str, *, at: datetime, policy: LogInPolicy) -> bool:
        """Use it up, whatever comes of it; tell whether it was good."""
        fresh = self._made_at <= at < self._made_at + policy.challenge_age
        good = not self._used and fresh and (purpose, source) == (self._purpose, self._source)
        self._used = True
        return good


class Way(StrEnum):
    """How somebody proved who he is; also what a challenge is for."""

    PASSWORD = "password"  # noqa: S105 - a way
    CERTIFICATE = "certificate"
    SIGN_ON = "sign_on"
    STEP_UP = "step_up"


def way_suffices(way: Way, duties: frozenset[Duty], policy: LogInPolicy) -> bool:
    """Tell whether who proved himself in this way may have these administrators' duties.

    Source: GB/T 22239-2019 8.1.4.1 d, by ``administrators_by_certificate``.
    """
    return not duties or way is Way.CERTIFICATE or not policy.administrators_by_certificate


@define(eq=False, kw_only=True)
class Session(Aggregate):
    """会话 (Session): a user at work, from log-in to log-out; its id is the digest of its token.

    It ends by log-out, revocation, idleness or age, and never lives again, not even when the clock
    goes back. A limited one serves only to change the password.
    """

    _user: str
    _department: str
    _started_at: datetime
    _seen_at: datetime
    _limited: bool = False
    _stepped_up_at: datetime | None = None
    _ended_at: datetime | None = None
    _way: Way = Way.PASSWORD

    @property
    def user(self) -> str:
        """Who is at work."""
        return self._user

    @property
    def department(self) -> str:
        """For which department."""
        return self._department

    @property
    def started_at(self) -> datetime:
        """When the log-in was."""
        return self._started_at

    @property
    def seen_at(self) -> datetime:
        """When it was last used, to the minute (``seen_every``)."""
        return self._seen_at

    @property
    def limited(self) -> bool:
        """Whether it serves only to change the password."""
        return self._limited

    @property
    def way(self) -> Way:
        """How the user proved himself at the log-in."""
        return self._way

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self._ended_at is not None

    def use(self, *, at: datetime, policy: LogInPolicy) -> bool:
        """Count a request; tell whether the session lives. One that is too old ends here."""
        now = max(at, self._seen_at)
        if self.ended:
            return False
        if now >= min(self._seen_at + policy.idle, self._started_at + policy.longest):
            self.end(at=now)
            return False
        self._seen_at = now
        return True

    def seen_lately(self, *, at: datetime, policy: LogInPolicy) -> bool:
        """Tell whether it lives and was counted so lately that this request need not be."""
        until = min(self._seen_at + policy.seen_every, self._started_at + policy.longest)
        return not self.ended and self._seen_at <= at < until

    def is_over(self, *, at: datetime, policy: LogInPolicy) -> bool:
        """Tell whether it ended before ``at``, or would by its age alone."""
        ended = self._ended_at is not None and at >= self._ended_at
        return ended or at >= self._started_at + policy.longest

    def work_for(self, department: str) -> None:
        """Go on for another department of the user."""
        self._department = department

    def step_up(self, *, at: datetime) -> None:
        """Note that the user has just proved himself again."""
        self._stepped_up_at = at

    def fresh(self, *, at: datetime, policy: LogInPolicy) -> bool:
        """Tell whether the user proved himself again lately enough for a critical act."""
        since = self._stepped_up_at
        return since is not None and since <= at < since + policy.step_up_age

    def end(self, *, at: datetime) -> None:
        """End it; what has ended stays as it ended."""
        if self._ended_at is None:
            self._ended_at = at
