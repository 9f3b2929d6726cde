from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

import pytest
from attrs import define, evolve, field, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from supervision_core.audit.model import Outcome
from supervision_core.identity.model import (
    SUPER,
    Actor,
    CodeNotSent,
    Credentials,
    GrantForbidden,
    GuessLimit,
    HolderKind,
    IdentityChange,
    LocalUser,
    LogIn,
    LogInPolicy,
    LogInRefused,
    LogInState,
    Membership,
    NotLoggedIn,
    PasswordRefused,
    PhoneStep,
    SceneRole,
    SealBroken,
    Session,
    SignOnProfile,
    SignOnRecord,
    SignOnRequirement,
    SignOnStep,
    StepUpRequired,
    User,
    UserInvalid,
    UserKind,
    decide_sign_on,
    password_violations,
)
from supervision_core.identity.ports import (
    AccessEpoch,
    CaptchaGiven,
    Captchas,
    Certificates,
    CodeMessages,
    Departments,
    GrantSheets,
    PasswordHashes,
    Sessions,
    SignOnGateway,
    Users,
)
from supervision_core.identity.services.granting import (
    GrantPermission,
    RevokePermission,
    grant,
    revoke,
)
from supervision_core.identity.services.login import (
    BindCertificate,
    CertificateRequired,
    ChallengeGiven,
    LogIns,
    RevokeSessions,
    SessionGiven,
    SignOnRefused,
    UnbindCertificate,
    bind_certificate,
    list_certificates,
    revoke_sessions,
    unbind_certificate,
)
from supervision_core.identity.services.login.binding import ListCertificates
from supervision_core.identity.services.login.stored import digest_of
from supervision_core.identity.services.phone_notices import PhoneNoticeDelivery
from supervision_core.identity.services.users import SwitchUser, switch_user
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.codes.identity_card import complete_identity_card
from supervision_core.kernel.errors import DomainError, NotFound, Refused, Violation
from supervision_core.kernel.ports import Clock, Ids, Randomness
from supervision_core.testing.identity import NOON, full_draft

from .conftest import World

HOME = "192.0.2.1"
POLICY = LogInPolicy()
GOOD = "Correct-horse-7"


@define
class Moving(Clock):
    """Goes when told."""

    at: datetime = NOON

    def now(self) -> datetime:
        """Give the moment."""
        return self.at

    def go(self, **by: float) -> None:
        """Go on, or back."""
        self.at += timedelta(**by)


@frozen
class Counted(Ids, Randomness):
    """Counts, where chance would choose."""

    numbers: Iterator[int] = field(factory=lambda: count(1))

    def next_id(self) -> str:
        """Give the next."""
        return f"made-{next(self.numbers)}"

    def token(self, size: int) -> bytes:
        """Give the next."""
        return next(self.numbers).to_bytes(size, "big")


@define
class PlainHashes(PasswordHashes):
    """No hashes at all, but counts what is evaluated."""

    evaluated: int = 0
    wasted: int = 0

    def hash(self, password: str) -> str:
        """Mark it."""
        return f"hashed:{password}"

    def matches(self, password: str, hashed: str) -> bool:
        """Compare."""
        self.evaluated += 1
        return hashed == f"hashed:{password}"

    def waste(self, password: str) -> None:
        """Count."""
        del password
        self.wasted += 1


@define
class Phone(CodeMessages):
    """Keeps what was sent."""

    sent: list[str] = field(factory=list)
    phones: list[str] = field(factory=list)
    told: list[tuple[str, IdentityChange]] = field(factory=list)

    broken: bool = False

    def send(self, phone: str, code: str) -> None:
        """Keep it."""
        self._require_whole()
        self.sent.append(code)
        self.phones.append(phone)

    def tell(self, phone: str, change: IdentityChange) -> None:
        """Keep it."""
        self._require_whole()
        self.told.append((phone, change))

    def _require_whole(self) -> None:
        if self.broken:
            raise CodeNotSent((Violation("identity.code_undelivered"),))


class OneAnswer(Captchas):
    """Has one right answer."""

    def issue(self, *, in_words: bool = False) -> CaptchaGiven:
        """Ask for it."""
        del in_words
        return CaptchaGiven(ticket="", question="3+4")

    def passes(self, answer: str) -> bool:
        """Compare."""
        return answer == "7"


def print_of(name: str) -> str:
    """Give the thumbprint of a certificate."""
    return sm3(name.encode()).hex()


class Papers(Certificates):
    """A certificate is ``good:<name>``; its key signs by writing the name before the data."""

    def thumbprint(self, certificate: bytes, *, at: datetime) -> str | None:
        """Give the name of a good one."""
        del at
        kind, _, name = certificate.partition(b":")
        return print_of(name.decode()) if kind == b"good" else None

    def verifies(self, certificate: bytes, data: bytes, signature: bytes) -> bool:
        """Compare."""
        return signature == certificate.partition(b":")[2] + data


@define
class Platform(SignOnGateway):
    """Knows one user under the code ``code``."""

    tells: SignOnProfile | None = None

    def profile(self, code: str) -> SignOnProfile | None:
        """Give him."""
        return self.tells if code == "code" else None

    def profile_of_token(self, token: str) -> SignOnProfile | None:
        """Give him under the token ``token``."""
        return self.tells if token == "token" else None  # noqa: S105 - no password

    def address(self, state: str) -> str:
        """Say where."""
        return f"https://sso.example/?state={state}"

    def log_out_address(self, return_to: str) -> str:
        """Say where."""
        return f"https://sso.example/out?to={return_to}"

    def logged_out(self, notice: bytes, signature: str, *, at: datetime) -> str | None:
        """Believe the signature ``signed``."""
        del at
        return notice.decode() if signature == "signed" else None


@define
class Door:
    """The way in, with all its helpers."""

    world: Any
    clock: Moving
    hashes: PlainHashes
    phone: Phone
    platform: Platform
    log_ins: LogIns
    actor: Actor

    def begin(self, password: str = GOOD, account: str = "aaa", source: str = HOME) -> str:
        """Give the token of a log-in."""
        return self.log_ins.log_in_with_password(account, password, source=source, captcha="7")

    def enter(self) -> SessionGiven:
        """Log in."""
        token = self.begin()
        return self.log_ins.confirm_sms_code(token, self.phone.sent[-1], source=HOME)


@pytest.fixture
def door(world: Any) -> Door:
    """Give a door, and one user who knows his password."""
    clock, hashes, phone, platform = Moving(), PlainHashes(), Phone(), Platform()
    world.user("aaa", world.department("1"))
    world.give(HolderKind.USER, "aaa", "tasks.close")
    chance = Counted()
    log_ins = LogIns(
        transactions=world.transactions,
        clock=clock,
        ids=chance,
        randomness=chance,
        hashes=hashes,
        messages=phone,
        captchas=OneAnswer(),
        certificates=Papers(),
        gateway=platform,
        requirement=SignOnRequirement(
            kinds=frozenset({UserKind.CITIZEN, UserKind.ENTERPRISE, UserKind.STAFF}), level=2
        ),
        policy=POLICY,
    )
    root = world.root
    made = Door(world, clock, hashes, phone, platform, log_ins, root)
    issued = log_ins.issue_password("aaa", actor=root)
    first = made.begin(issued)
    session = log_ins.confirm_sms_code(first, phone.sent[-1], source=HOME)
    assert session.must_change
    assert log_ins.resume(session.token).permissions == set()
    log_ins.change_password(session.token, issued, GOOD, source=HOME)
    hashes.evaluated = hashes.wasted = 0
    return made


def _code(act: Callable[[], object], kind: type[DomainError] = LogInRefused) -> list[str]:
    with pytest.raises(kind) as caught:
        act()
    return [one.code for one in caught.value.reasons]


@pytest.mark.function("F121")
def test_password_and_code_let_in(door: Door) -> None:
    """账号密码登录: two factors make a session, whose actor has what the user was granted."""
    actor = door.log_ins.resume(door.enter().token)
    assert (actor.user, actor.permissions) == ("aaa", frozenset({"tasks.close"}))
    assert [row.entry.action for row in door.world.store.audit][-2:] == [
        "identity.log_in_with_password",
        "identity.confirm_sms_code",
    ]


def test_every_refusal_looks_the_same(door: Door) -> None:
    """Unknown account, wrong password, wrong captcha, disabled, locked: one answer, same work."""
    acts: list[Callable[[], object]] = [
        lambda: door.begin("wrong"),
        lambda: door.begin(account="nobody"),
        lambda: door.log_ins.log_in_with_password("aaa", GOOD, source=HOME, captcha="8"),
    ]
    for act in acts:
        assert _code(act) == ["identity.log_in_refused"]
    assert (door.hashes.evaluated, door.hashes.wasted) == (1, 1)
    door.world.run(switch_user, SwitchUser(user_id="aaa", enabled=False))
    assert _code(door.begin) == ["identity.log_in_refused"]
    assert [row.entry.outcome for row in door.world.store.audit][-1] is Outcome.DENIED


def test_of_ten_thousand_guesses_ten_are_evaluated(door: Door) -> None:
    """锁定: after ten wrong guesses nothing is evaluated, from whatever address, in parallel."""

    def guess(number: int) -> None:
        with pytest.raises(LogInRefused):
            door.begin(f"guess-{number}", source=f"203.0.113.{number % 250}")

    for number in range(9000):
        guess(number)
    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(guess, range(9000, 10_000)))
    assert door.hashes.evaluated == POLICY.account_tries
    elsewhere = "198.51.100.7"
    assert _code(lambda: door.begin(source=elsewhere)) == ["identity.log_in_refused"]
    door.enter()
    door.clock.go(minutes=31)
    door.begin(source=elsewhere)


def test_parallel_guesses_do_not_outrun_the_lock(door: Door) -> None:
    """A guess is counted before it is made: fifty connections get no sixth."""

    def guess(number: int) -> None:
        with pytest.raises(LogInRefused):
            door.begin("wrong", source=f"198.51.100.{number}")

    with ThreadPoolExecutor(16) as crowd:
        list(crowd.map(guess, range(50)))
    assert door.hashes.evaluated <= POLICY.account_tries


def test_a_reset_password_unlocks(door: Door) -> None:
    """重置密码: guesses at an earlier password count no more, from any address."""
    for number in range(20):
        _code(lambda n=number: door.begin("wrong", source=f"198.51.100.{n % 2}"))  # type: ignore[misc]
    assert door.hashes.evaluated == POLICY.account_tries
    door.clock.go(minutes=1)
    issued = door.log_ins.issue_password("aaa", actor=door.actor)
    assert door.begin(issued, source="198.51.100.1")


def test_nobody_is_locked_by_being_called_by_an_id(door: Door) -> None:
    """Who types a user's id for an account guesses at nobody, and counts against nobody."""
    for number in range(20):
        _code(lambda n=number: door.begin("wrong", "aaa-id", f"198.51.100.{n}"))  # type: ignore[misc]
    assert door.begin(source="203.0.113.5")


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(min_value=0, max_value=3600), st.sampled_from("wwwwr")), max_size=60
    )
)
def test_no_half_hour_sees_a_sixth_wrong_guess(steps: list[tuple[int, str]]) -> None:
    """However guesses are timed, at most five wrong ones are made before the lock's time."""
    kept = GuessLimit(id="u", last_at=NOON)
    at, made = NOON, list[datetime]()
    for seconds, guess in steps:
        at += timedelta(seconds=seconds)
        if kept.reserve(POLICY.tries, at=at, since=None, policy=POLICY):
            if guess == "r":
                kept.forget()
                made = []
            else:
                made.append(at)
        if len(made) > 5:
            assert made[-1] >= made[-2 - (len(made) - 1) % 5] + POLICY.locked_for


def test_an_address_has_its_own_limit(door: Door) -> None:
    """Who tries many accounts from one address is stopped; other addresses go on.

    So do those who logged in from there before.
    """
    there = "198.51.100.8"
    for number in range(POLICY.source_tries + 5):
        for source in (there, HOME):
            tried = (GOOD, f"user{number}", source)
            assert _code(lambda t=tried: door.begin(*t)) == ["identity.log_in_refused"]  # type: ignore[misc]
    assert _code(lambda: door.begin(source=there)) == ["identity.log_in_refused"]
    door.begin(source="198.51.100.7")
    door.begin()


def test_an_ipv6_line_is_one_address(door: Door) -> None:
    """2**64 addresses of one /64 share one limit; the next line has its own."""
    for number in range(POLICY.source_tries):
        _code(lambda n=number: door.begin(account=f"x{n}", source=f"2001:db8::{n:x}"))  # type: ignore[misc]
    known = door.hashes.evaluated
    assert _code(lambda: door.begin(source="2001:db8::ffff:1")) == ["identity.log_in_refused"]
    assert door.hashes.evaluated == known
    assert door.begin(source="2001:db8:0:1::1")


def test_a_code_works_once_for_one_log_in_from_one_address(door: Door) -> None:
    """短信验证码: used, expired, sent for another log-in, or from elsewhere, it opens nothing."""
    confirm = door.log_ins.confirm_sms_code
    first = door.begin()
    code = door.phone.sent[-1]
    second = door.begin()
    assert _code(lambda: confirm(second, code, source=HOME)) == ["identity.log_in_refused"]
    confirm(first, code, source=HOME)
    assert _code(lambda: confirm(first, code, source=HOME)) == ["identity.log_in_refused"]
    third = door.begin()
    here = door.phone.sent[-1]
    assert _code(lambda: confirm(third, here, source="x")) == ["identity.log_in_refused"]
    assert _code(lambda: confirm(third, here, source=HOME)) == ["identity.log_in_refused"]
    late = door.begin()
    door.clock.go(minutes=5)
    assert _code(lambda: confirm(late, door.phone.sent[-1], source=HOME))
    door.clock.go(minutes=-3)
    assert _code(lambda: confirm(late, door.phone.sent[-1], source=HOME))


def test_neither_factor_opens_alone(door: Door) -> None:
    """Two factors are required: the token of a log-in is no session, a code without one nothing."""
    token = door.begin()
    assert _code(lambda: door.log_ins.resume(token), NotLoggedIn) == ["identity.not_logged_in"]
    code = door.phone.sent[-1]
    assert _code(lambda: door.log_ins.confirm_sms_code("x", code, source=HOME))


def test_codes_have_limits() -> None:
    """Five tries, three sends, a minute between them; the last code sent is the one that counts."""
    log_in = LogIn(id="l", user="u", source=HOME)
    log_in.send("one", at=NOON, policy=POLICY)
    assert _code(lambda: log_in.send("two", at=NOON, policy=POLICY), CodeNotSent) == [
        "identity.code_too_soon"
    ]
    later = NOON + timedelta(minutes=1)
    log_in.send("two", at=later, policy=POLICY)
    for wrong in ("one", "x", "y", "z"):
        assert not log_in.confirm(wrong, HOME, at=later, policy=POLICY)
    assert log_in.confirm("two", HOME, at=later, policy=POLICY)
    other = LogIn(id="m", user="u", source=HOME)
    for minute in range(3):
        other.send("c", at=NOON + timedelta(minutes=minute), policy=POLICY)
    much_later = NOON + timedelta(minutes=9)
    assert _code(lambda: other.send("c", at=much_later, policy=POLICY), CodeNotSent) == [
        "identity.codes_used_up"
    ]
    third = LogIn(id="n", user="u", source=HOME)
    third.send("c", at=NOON, policy=POLICY)
    for _ in range(5):
        third.confirm("x", HOME, at=NOON, policy=POLICY)
    assert third.state is LogInState.FAILED
    assert not third.confirm("c", HOME, at=NOON, policy=POLICY)


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        (GOOD, []),
        ("Ab1", ["identity.password_short"]),
        ("abcdefgh", ["identity.password_simple"]),
        ("xaaa-BBB1", ["identity.password_holds_account"]),
        ("aaa", ["identity.password_short", "identity.password_simple",
                 "identity.password_holds_account"]),
        ("Ab1" * 50, ["identity.password_long"]),
    ],
)  # fmt: skip
def test_passwords_follow_the_policy(password: str, codes: list[str]) -> None:
    """口令复杂度: length, three kinds of signs, not the account; every fault at once."""
    found = password_violations(password, account="aaa", policy=POLICY)
    assert [one.code for one in found] == codes


def test_passwords_are_not_taken_again_and_expire(door: Door) -> None:
    """The last five and the present one are refused; after 90 days a session only changes it."""
    token = door.enter().token
    change = door.log_ins.change_password
    assert _code(lambda: change(token, GOOD, GOOD, source=HOME), PasswordRefused) == [
        "identity.password_reused"
    ]
    assert _code(lambda: change(token, "wrong", "Other-pass-1", source=HOME))
    change(token, GOOD, "Other-pass-1", source=HOME)
    assert _code(lambda: door.log_ins.resume(token), NotLoggedIn)
    door.clock.go(days=90)
    begun = door.begin("Other-pass-1")
    given_ = door.log_ins.confirm_sms_code(begun, door.phone.sent[-1], source=HOME)
    assert given_.must_change


def test_sessions_end_by_idleness_age_and_for_good(door: Door) -> None:
    """Idle 30 minutes or 8 hours old: over, also when the clock goes back."""
    idle = door.enter().token
    door.clock.go(minutes=29)
    door.log_ins.resume(idle)
    door.clock.go(minutes=30)
    assert _code(lambda: door.log_ins.resume(idle), NotLoggedIn) == ["identity.not_logged_in"]
    door.clock.go(minutes=-20)
    assert _code(lambda: door.log_ins.resume(idle), NotLoggedIn) == ["identity.not_logged_in"]
    old = door.enter().token
    for _ in range(16):
        door.clock.go(minutes=29)
        door.log_ins.resume(old)
    door.clock.go(minutes=16)
    assert _code(lambda: door.log_ins.resume(old), NotLoggedIn) == ["identity.not_logged_in"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(min_value=-90, max_value=90), max_size=40))
def test_an_ended_session_never_lives_again(steps: list[int]) -> None:
    """Property: whatever the clock does, once over is over."""
    session = Session(id="s", user="u", department="d", started_at=NOON, seen_at=NOON)
    at, over = NOON, False
    for minutes in steps:
        at += timedelta(minutes=minutes)
        alive = session.use(at=at, policy=POLICY)
        assert not (over and alive)
        over = over or not alive


def test_what_is_revoked_counts_from_the_next_request(door: Door) -> None:
    """Log-out, revocation, disabling, a permission withdrawn: the same token sees it at once."""
    run, resume = door.world.run, door.log_ins.resume
    tokens = [door.enter().token for _ in range(2)]
    door.log_ins.log_out(tokens[0], source=HOME)
    assert _code(lambda: resume(tokens[0]), NotLoggedIn)
    run(revoke, RevokePermission(holder=HolderKind.USER, holder_id="aaa",
                                 permission="tasks.close"))  # fmt: skip
    assert resume(tokens[1]).permissions == set()
    assert run(revoke_sessions, RevokeSessions(user_id="aaa")) == 1
    assert _code(lambda: resume(tokens[1]), NotLoggedIn)
    last = door.enter().token
    run(switch_user, SwitchUser(user_id="aaa", enabled=False))
    assert _code(lambda: resume(last), NotLoggedIn)
    run(switch_user, SwitchUser(user_id="aaa", enabled=True))
    assert _code(lambda: resume(last), NotLoggedIn)


def test_an_account_expires_after_its_last_day(door: Door) -> None:
    """过期的账户: the last day counts, by Guangxi's clock; then nothing lets in any more."""

    def expire(user: User) -> None:
        extended = evolve(user.extended, valid_until=NOON.date() + timedelta(days=1))
        user.change(evolve(user.draft, extended=extended), at=NOON)

    door.world.change(Users, "aaa", expire)
    door.clock.go(days=1, hours=11)
    token = door.enter().token
    assert door.log_ins.resume(token).permissions == {"tasks.close"}
    for _ in range(2):
        door.clock.go(minutes=29)
        door.log_ins.resume(token)
    door.clock.go(minutes=5)
    assert _code(lambda: door.log_ins.resume(token), NotLoggedIn)
    evaluated = door.hashes.evaluated
    assert _code(door.begin) == ["identity.log_in_refused"]
    assert door.hashes.evaluated == evaluated


def test_critical_acts_ask_again(door: Door) -> None:
    """Step-up: the password again, good for five minutes, wrong ones counted."""
    token = door.enter().token
    assert _code(lambda: door.log_ins.resume(token, critical=True), StepUpRequired) == [
        "identity.step_up_required"
    ]
    assert _code(lambda: door.log_ins.step_up(token, "wrong", source=HOME))
    last = door.world.store.audit[-1].entry
    assert (last.action, last.actor, last.outcome) == ("identity.step_up", "aaa", Outcome.DENIED)
    door.log_ins.step_up(token, GOOD, source=HOME)
    door.log_ins.resume(token, critical=True)
    door.clock.go(minutes=5)
    assert _code(lambda: door.log_ins.resume(token, critical=True), StepUpRequired)


def test_a_broken_seal_denies_and_is_in_the_log(door: Door) -> None:
    """Permissions written behind the seal give nothing, and stop their user within a minute."""
    token = door.enter().token
    before = door.log_ins.resume(token)
    rows = door.world.store.texts["grant_sheet"]
    rows["user/aaa"] = rows["user/aaa"].replace("tasks.close", "tasks.claim")
    assert door.log_ins.resume(token) == before
    door.clock.go(seconds=60)
    assert _code(lambda: door.log_ins.resume(token), SealBroken) == ["identity.seal_broken"]
    entry = door.world.store.audit[-1].entry
    assert (entry.outcome, entry.targets) == (Outcome.DENIED, ("grant_sheet/user/aaa",))


def test_a_password_written_behind_the_seal_opens_nothing(door: Door) -> None:
    """Who puts his own hash or certificate into the database is refused, and is in the log."""
    rows = door.world.store.texts["credentials"]
    rows["aaa"] = rows["aaa"].replace(f"hashed:{GOOD}", "hashed:Mine-1234")
    assert _code(lambda: door.begin("Mine-1234")) == ["identity.log_in_refused"]
    assert door.hashes.evaluated == 0
    assert ("credentials/aaa",) in [row.entry.targets for row in door.world.store.audit][-2:]
    rows["aaa"] = rows["aaa"].replace(
        '"_certificates": []', f'"_certificates": ["{print_of("mine")}"]'
    )
    door.world.store.texts["credentials.unique"] = {print_of("mine"): "aaa"}
    asked = door.log_ins.begin_certificate_log_in(source=HOME)
    answer = (asked.token, b"good:mine", b"mine" + asked.nonce)
    assert _code(lambda: door.log_ins.finish_certificate_log_in(*answer, source=HOME)) == [
        "identity.log_in_refused"
    ]


def test_a_certificate_answers_a_challenge_once(door: Door) -> None:
    """SM2 challenge: replay, other key or address, bad or unbound certificate, late: refused."""
    door.world.run(bind_certificate, BindCertificate(user_id="aaa", thumbprint=print_of("paper")))
    finish, begin = door.log_ins.finish_certificate_log_in, door.log_ins.begin_certificate_log_in
    good = begin(source=HOME)
    assert len(good.nonce) == 32
    signed = b"paper" + good.nonce
    session = finish(good.token, b"good:paper", signed, source=HOME)
    assert door.log_ins.resume(session.token).user == "aaa"
    assert _code(lambda: finish(good.token, b"good:paper", signed, source=HOME))
    for certificate, change, source in [
        (b"good:paper", b"!", HOME),
        (b"revoked:paper", b"", HOME),
        (b"good:other", b"", HOME),
        (b"good:paper", b"", "198.51.100.9"),
    ]:
        asked = begin(source=HOME)
        answer = certificate.partition(b":")[2] + asked.nonce + change
        attempt = (asked.token, certificate, answer)
        assert _code(lambda a=attempt, s=source: finish(*a, source=s)) == [  # type: ignore[misc]
            "identity.log_in_refused"
        ]
        again = (asked.token, b"good:paper", b"paper" + asked.nonce)
        assert _code(lambda a=again: finish(*a, source=HOME))  # type: ignore[misc]
    late = begin(source=HOME)
    door.clock.go(minutes=5)
    assert _code(lambda: finish(late.token, b"good:paper", b"paper" + late.nonce, source=HOME))


CITIZEN = SignOnProfile(
    user_code="c-1",
    kind=UserKind.CITIZEN,
    level=3,
    document=complete_identity_card("45010319910202002"),
    name="李示例",
    updated_at="2026-11-24 12:00:00",
)
RECORD = SignOnRecord(user_code="c-1", updated_at="2026-11-24 12:00:00")
KNOWN = LocalUser(id="u", active=True, document=CITIZEN.document, record=RECORD)
NEEDS = SignOnRequirement(kinds=frozenset({UserKind.CITIZEN, UserKind.STAFF}), level=2)


@pytest.mark.parametrize(
    ("profile", "found", "step", "reason"),
    [
        (CITIZEN, (KNOWN,), SignOnStep.ADMIT, ""),
        (CITIZEN, (), SignOnStep.CREATE, ""),
        (evolve(CITIZEN, updated_at="later"), (KNOWN,), SignOnStep.UPDATE, ""),
        (evolve(CITIZEN, user_code="c-2"), (KNOWN,), SignOnStep.UPDATE, ""),
        (CITIZEN, (evolve(KNOWN, record=None),), SignOnStep.UPDATE, ""),
        (CITIZEN, (evolve(KNOWN, document="other"),), SignOnStep.REFUSE,
         "sign_on_document_differs"),
        (CITIZEN, (evolve(KNOWN, document=""),), SignOnStep.REFUSE, "sign_on_document_differs"),
        (evolve(CITIZEN, level=1), (KNOWN,), SignOnStep.REFUSE, "account_not_sufficient"),
        (evolve(CITIZEN, kind=UserKind.ENTERPRISE), (), SignOnStep.REFUSE,
         "account_not_sufficient"),
        (evolve(CITIZEN, document=""), (), SignOnStep.REFUSE, "sign_on_incomplete"),
        (evolve(CITIZEN, kind=UserKind.STAFF), (), SignOnStep.REFUSE, "staff_not_registered"),
        (CITIZEN, (KNOWN, evolve(KNOWN, id="v")), SignOnStep.REFUSE, "sign_on_ambiguous"),
        (CITIZEN, (evolve(KNOWN, active=False),), SignOnStep.REFUSE, "user_disabled"),
    ],
)  # fmt: skip
@pytest.mark.function("F218")
def test_sign_on_decides_each_step(
    profile: SignOnProfile, found: tuple[LocalUser, ...], step: SignOnStep, reason: str
) -> None:
    """单点登录流程 steps 4 to 8: level check, look-up, updateTime, useridcode, creation."""
    decision = decide_sign_on(profile, found, NEEDS)
    assert decision.step is step
    assert decision.reason == (f"identity.{reason}" if reason else "")


@pytest.mark.function("F095")
def test_who_comes_from_the_platform_is_created_then_updated(door: Door) -> None:
    """Created at first, admitted while unchanged, updated when told anew; a state works once."""
    door.platform.tells = CITIZEN

    def enter() -> str:
        state = door.log_ins.begin_sign_on(source=HOME)
        return door.log_ins.resume(door.log_ins.sign_on("code", state, source=HOME).token).user

    first = enter()
    assert enter() == first
    door.platform.tells = evolve(CITIZEN, user_code="c-9", updated_at="later", name="李改名")
    assert enter() == first
    with door.world.transactions.begin() as unit:
        user = unit[Users].get(first)
        assert user.sign_on == SignOnRecord(user_code="c-9", updated_at="later")
        assert (user.person.name, user.extended.kind) == ("李改名", UserKind.CITIZEN)
    state = door.log_ins.begin_sign_on(source=HOME)
    assert _code(lambda: door.log_ins.sign_on("wrong", state, source=HOME))
    assert _code(lambda: door.log_ins.sign_on("code", state, source=HOME))
    door.platform.tells = evolve(CITIZEN, level=0)
    state = door.log_ins.begin_sign_on(source=HOME)
    assert _code(lambda: door.log_ins.sign_on("code", state, source=HOME), SignOnRefused) == [
        "identity.account_not_sufficient"
    ]


@pytest.mark.function("F095")
def test_a_learned_code_admits_nobody_after_correction(door: Door) -> None:
    """A foreign document was written into a user and corrected: its holder comes in no more.

    The correction makes the learned code void; and one that is learned changes no stored number.
    Errors: identity.staff_not_registered, identity.sign_on_document_differs.
    """
    registered(door.world, "ccc", UserKind.STAFF, CITIZEN.document)
    door.platform.tells = evolve(CITIZEN, kind=UserKind.STAFF)

    def enter() -> str:
        return door.log_ins.resume(door.log_ins.sign_on_with_token("token", source=HOME).token).user

    assert enter() == "ccc"
    right = complete_identity_card("45010319880505006")

    def correct(user: User) -> None:
        person = evolve(user.person, document_number=right)
        user.change(evolve(user.draft, person=person), at=NOON)

    door.world.change(Users, "ccc", correct)
    for updated_at in (CITIZEN.updated_at, "later"):
        door.platform.tells = evolve(CITIZEN, kind=UserKind.STAFF, updated_at=updated_at)
        assert _code(enter, SignOnRefused) == ["identity.staff_not_registered"]
    door.platform.tells = evolve(
        CITIZEN, kind=UserKind.STAFF, user_code="c-2", document=right, name="李改名"
    )
    assert enter() == "ccc"
    assert door.world.store.audit[-2].entry.action == "identity.remember_sign_on"
    with door.world.transactions.begin() as unit:
        user = unit[Users].get("ccc")
    assert (user.person.document_number, user.person.name) == (right, "李改名")
    door.platform.tells = evolve(CITIZEN, kind=UserKind.STAFF, user_code="c-2")
    assert _code(enter, SignOnRefused) == ["identity.sign_on_document_differs"]


def registered(world: World, account: str, kind: UserKind, document: str) -> None:
    """Let a user of that kind have that document."""

    def become(user: User) -> None:
        party = "" if kind is UserKind.STAFF else "p-1"
        user._person = evolve(user.person, document_number=document)
        user._extended = evolve(user.extended, kind=kind, party=party)

    world.user(account, world.department(account))
    world.change(Users, account, become)


@pytest.mark.function("F095")
@pytest.mark.parametrize(
    ("known", "told", "refused"),
    [
        (UserKind.THIRD_PARTY, UserKind.CITIZEN, ""),
        (UserKind.STAFF, UserKind.STAFF, ""),
        (UserKind.THIRD_PARTY, UserKind.STAFF, "identity.staff_not_registered"),
    ],
)
def test_a_third_partys_user_comes_as_a_person(
    door: Door, known: UserKind, told: UserKind, refused: str
) -> None:
    """第三方: the platform knows no third parties; staff come as staff alone."""
    registered(door.world, "ccc", known, CITIZEN.document)
    door.platform.tells = evolve(CITIZEN, kind=told)

    def enter() -> str:
        return door.log_ins.sign_on_with_token("token", source=HOME).token

    if refused:
        assert _code(enter, SignOnRefused) == [refused]
    else:
        assert door.log_ins.resume(enter()).user == "ccc"


@pytest.mark.function("F095")
def test_no_citizen_comes_in_as_staff(door: Door) -> None:
    """群众与工作人员: one identity number, told as no civil servant: another user, with nothing."""
    registered(door.world, "ccc", UserKind.STAFF, CITIZEN.document)
    door.platform.tells = CITIZEN
    actor = door.log_ins.resume(door.log_ins.sign_on_with_token("token", source=HOME).token)
    assert actor.user != "ccc"
    assert actor.scope.role is SceneRole.CITIZEN


@pytest.mark.function("F095")
def test_who_is_a_citizen_and_of_a_third_party_is_mixed_up_with_nobody(door: Door) -> None:
    """步骤5: found twice, let in as neither."""
    door.platform.tells = CITIZEN
    door.log_ins.sign_on_with_token("token", source=HOME)
    registered(door.world, "ccc", UserKind.THIRD_PARTY, CITIZEN.document)
    assert _code(lambda: door.log_ins.sign_on_with_token("token", source=HOME), SignOnRefused) == [
        "identity.sign_on_ambiguous"
    ]


@pytest.mark.function("F095")
def test_a_log_out_here_leads_out_of_the_platform_too(door: Door) -> None:
    """统一退出: for who came from there, and for nobody else."""
    door.platform.tells = CITIZEN
    token = door.log_ins.sign_on_with_token("token", source=HOME).token
    assert door.log_ins.log_out(token, source=HOME, return_to="/x").endswith("out?to=/x")
    assert _code(lambda: door.log_ins.resume(token), NotLoggedIn)
    assert door.log_ins.log_out(door.enter().token, source=HOME, return_to="/x") == ""
    assert door.log_ins.log_out("nobody's", source=HOME, return_to="/x") == ""


def test_who_is_logged_in_is_told_who_he_is(door: Door) -> None:
    """本人: name, account, kind and department; a password only who has one."""
    mine = door.log_ins.own_profile(door.enter().token)
    assert (mine.account, mine.name, mine.password_set) == ("aaa", "王示例", True)
    assert mine.department.startswith("机构")
    door.platform.tells = CITIZEN
    token = door.log_ins.sign_on_with_token("token", source=HOME).token
    theirs = door.log_ins.own_profile(token)
    assert (theirs.name, theirs.kind, theirs.department) == ("李示例", UserKind.CITIZEN, "")
    assert not theirs.password_set


def test_no_secret_is_kept_or_shown(door: Door) -> None:
    """Tokens and codes are stored as digests only; no password stands in the audit log."""
    token = door.begin()
    session = door.log_ins.confirm_sms_code(token, door.phone.sent[-1], source=HOME)
    door.world.run(grant, GrantPermission(holder=HolderKind.USER, holder_id="aaa",
                                          permission="tasks.claim"))  # fmt: skip
    stored = repr(door.world.store.texts) + repr(door.world.store.audit)
    for secret in (token, session.token):
        assert secret not in stored
        assert secret not in repr(session)
    assert GOOD not in repr(door.world.store.audit)


def test_a_right_password_does_not_use_up_its_address(door: Door) -> None:
    """A whole department behind one address logs in; only wrong guesses count against it."""
    door.world.user("bbb", door.world.department("2"))
    issued = door.log_ins.issue_password("bbb", actor=door.actor)
    for _ in range(POLICY.source_tries + 5):
        door.enter()
    for number in range(POLICY.source_tries - 1):
        assert _code(lambda number=number: door.begin(account=f"user{number}"))  # type: ignore[misc]
    door.begin(issued, "bbb")
    assert _code(lambda: door.begin(account="user"))
    assert _code(lambda: door.begin(issued, "bbb")) == ["identity.log_in_refused"]


def test_an_outage_of_the_operator_locks_nobody_out(door: Door) -> None:
    """What could not be sent is told, its code is dead, and the right password is forgiven."""
    door.phone.broken = True
    for _ in range(POLICY.tries + 1):
        assert _code(door.begin, CodeNotSent) == ["identity.code_undelivered"]
    rows = [row.entry for row in door.world.store.audit][-2:]
    assert [(row.action, row.outcome) for row in rows] == [
        ("identity.log_in_with_password", Outcome.DONE),
        ("identity.send_code", Outcome.DENIED),
    ]
    door.phone.broken = False
    door.enter()


def test_a_code_that_could_not_be_sent_opens_nothing() -> None:
    """An operator that answers late may have delivered it all the same: it is dead."""
    attempt = LogIn(id="l", user="u", source=HOME)
    attempt.send("digest", at=NOON, policy=POLICY)
    attempt.fail()
    assert not attempt.confirm("digest", HOME, at=NOON, policy=POLICY)
    assert attempt.state is LogInState.FAILED


def test_administrators_log_in_by_certificate_only(door: Door) -> None:
    """Where the policy asks for it, password and code let no administrator in; others they do."""
    strict = evolve(door.log_ins, policy=evolve(POLICY, administrators_by_certificate=True))
    door.log_ins = strict
    door.enter()
    door.world.give(HolderKind.USER, "aaa", "identity.register_user")
    assert _code(door.enter, CertificateRequired) == ["identity.certificate_required"]
    last = door.world.store.audit[-1].entry
    assert (last.actor, last.outcome) == ("aaa", Outcome.DENIED)
    door.world.run(bind_certificate, BindCertificate(user_id="aaa", thumbprint=print_of("paper")))
    asked = strict.begin_certificate_log_in(source=HOME)
    given_ = strict.finish_certificate_log_in(
        asked.token, b"good:paper", b"paper" + asked.nonce, source=HOME
    )
    assert strict.resume(given_.token).user == "aaa"


def test_a_duty_ends_sessions_whose_way_it_does_not_allow(door: Door) -> None:
    """A password session whose user is given an administrators' duty is over, and in the log.

    One begun by a certificate goes on, and who is kept for it does not carry the other.
    """
    strict = evolve(door.log_ins, policy=evolve(POLICY, administrators_by_certificate=True))
    door.log_ins = strict
    by_password, unasked = door.enter().token, door.enter().token
    door.world.run(bind_certificate, BindCertificate(user_id="aaa", thumbprint=print_of("paper")))
    asked = strict.begin_certificate_log_in(source=HOME)
    signed = (asked.token, b"good:paper", b"paper" + asked.nonce)
    by_certificate = strict.finish_certificate_log_in(*signed, source=HOME).token
    strict.resume(by_password)
    door.world.give(HolderKind.USER, "aaa", "audit.search")
    with door.world.transactions.begin() as unit:
        unit[AccessEpoch].advance()
        unit.commit()
    assert strict.resume(by_certificate).may("audit.search")
    assert _code(lambda: strict.resume(by_password), NotLoggedIn) == ["identity.not_logged_in"]
    entry = door.world.store.audit[-1].entry
    assert (entry.actor, entry.action) == ("aaa", "identity.session_over")
    assert entry.targets[0].startswith(f"session/{digest_of(by_password)}@")
    door.world.change(GrantSheets, "user/aaa", lambda one: one.revoke("audit.search", at=NOON))
    with door.world.transactions.begin() as unit:
        unit[AccessEpoch].advance()
        unit.commit()
    assert _code(lambda: strict.resume(by_password), NotLoggedIn)
    assert strict.resume(unasked).user == "aaa"


def test_every_end_of_a_session_is_named_in_the_log(door: Door) -> None:
    """Logged out, ended by himself or others, with the password, by age: session and version."""

    def ended(act: Callable[[str], object]) -> str:
        token = door.enter().token
        act(token)
        (named,) = (
            one
            for one in door.world.store.audit[-1].entry.targets
            if one.startswith(f"session/{digest_of(token)}@")
        )
        return str(named.rpartition("@")[2])

    run, log_ins = door.world.run, door.log_ins

    def age(token: str) -> None:
        door.clock.go(minutes=31)
        _code(lambda: log_ins.resume(token), NotLoggedIn)

    acts: list[Callable[[str], object]] = [
        lambda token: log_ins.log_out(token, source=HOME),
        lambda token: log_ins.end_own(token, None, source=HOME),
        lambda _: run(revoke_sessions, RevokeSessions(user_id="aaa")),
        lambda token: log_ins.change_password(token, GOOD, f"{GOOD}!", source=HOME),
    ]
    assert [ended(act) for act in acts[:3]] == ["2", "2", "2"]
    assert ended(age) == "2"
    assert ended(acts[3])
    assert door.world.store.audit[-1].entry.targets[0].startswith("credentials/aaa@")


NEW_PHONE = "13900000002"


def begin_phone(door: Door, token: str, password: str = GOOD, phone: str = NEW_PHONE) -> PhoneStep:
    """Begin to change one's own phone."""
    return door.log_ins.begin_phone_change(token, password, phone, source=HOME)


def phone_of(door: Door, user: str = "aaa") -> str:
    """Give the phone that is stored."""
    with door.world.transactions.begin() as unit:
        found: User = unit[Users].get(user)
    return found.account.phone


def test_ones_own_phone_is_changed_by_proving_the_old_one(door: Door) -> None:
    """更换本人手机号: password, old phone, new phone; other sessions end, the old phone is told."""
    record = SignOnRecord(user_code="c-7", updated_at="x")
    door.world.change(Users, "aaa", lambda user: user.remember_sign_on(record, at=NOON))
    token, other = door.enter().token, door.enter().token
    assert begin_phone(door, token) is PhoneStep.OLD
    assert door.phone.phones[-1] == "13900000001"
    door.log_ins.confirm_old_phone(token, door.phone.sent[-1], source=HOME)
    assert (door.phone.phones[-1], phone_of(door)) == (NEW_PHONE, "13900000001")
    door.log_ins.confirm_new_phone(token, door.phone.sent[-1], source=HOME)
    assert phone_of(door) == NEW_PHONE
    entry = door.world.store.audit[-1].entry
    assert entry.action == "identity.confirm_new_phone"
    assert any(one.startswith("user/aaa@") for one in entry.targets)
    assert any(one.startswith(f"session/{digest_of(other)}@") for one in entry.targets)
    assert _code(lambda: door.log_ins.resume(other), NotLoggedIn)
    assert door.log_ins.resume(token).user == "aaa"
    with door.world.transactions.begin() as unit:
        assert unit[Users].get("aaa").sign_on is None
    delivery = PhoneNoticeDelivery(door.world.transactions, door.clock, door.phone)
    door.phone.broken = True
    assert delivery.run() == {"failed": 1}
    door.phone.broken = False
    assert delivery.run() == {"sent": 1}
    assert delivery.run() == {}
    assert door.phone.told == [("13900000001", IdentityChange.PHONE)]
    assert NEW_PHONE not in repr(door.world.store.audit)
    assert _code(lambda: door.log_ins.confirm_new_phone(token, door.phone.sent[-1], source=HOME))


def test_who_has_no_phone_proves_the_new_one(door: Door) -> None:
    """Where there is no old phone, nobody is asked for it or told."""

    def without(user: User) -> None:
        account = evolve(user.account, phone="")
        user.change(evolve(user.draft, account=account), at=NOON)

    token = door.enter().token
    door.world.change(Users, "aaa", without)
    assert begin_phone(door, token) is PhoneStep.NEW
    assert _code(lambda: door.log_ins.confirm_old_phone(token, door.phone.sent[-1], source=HOME))
    door.log_ins.confirm_new_phone(token, door.phone.sent[-1], source=HOME)
    assert phone_of(door) == NEW_PHONE
    assert PhoneNoticeDelivery(door.world.transactions, door.clock, door.phone).run() == {}


def test_a_phone_change_serves_its_session_only(door: Door) -> None:
    """Wrong password, wrong, expired or reused code, another's session or address: no change."""
    token, other = door.enter().token, door.enter().token
    old, new = door.log_ins.confirm_old_phone, door.log_ins.confirm_new_phone
    assert _code(lambda: begin_phone(door, token, "wrong")) == ["identity.log_in_refused"]
    assert _code(lambda: old(token, "0", source=HOME))
    begin_phone(door, token)
    code = door.phone.sent[-1]
    attempts: list[Callable[[], object]] = [
        lambda: old(other, code, source=HOME),
        lambda: new(token, code, source=HOME),
        lambda: old(token, "wrong", source=HOME),
    ]
    for act in attempts:
        assert _code(act) == ["identity.log_in_refused"]
    assert _code(lambda: old("nobody's", code, source=HOME), NotLoggedIn)
    old(token, code, source=HOME)
    assert _code(lambda: old(token, code, source=HOME)) == ["identity.log_in_refused"]
    assert _code(lambda: new(token, code, source=HOME)) == ["identity.log_in_refused"]
    door.clock.go(minutes=5)
    assert _code(lambda: new(token, door.phone.sent[-1], source=HOME))
    begin_phone(door, token)
    assert _code(lambda: old(token, door.phone.sent[-1], source="198.51.100.9"))
    assert _code(lambda: old(token, door.phone.sent[-1], source=HOME))
    door.clock.go(minutes=2)
    begin_phone(door, token)
    for _ in range(POLICY.code_tries):
        assert _code(lambda: old(token, "wrong", source=HOME))
    assert _code(lambda: old(token, door.phone.sent[-1], source=HOME))
    assert phone_of(door) == "13900000001"


def test_phone_changes_are_begun_seldom(door: Door) -> None:
    """A minute apart, and three a session; a code that could not be sent opens nothing."""
    token = door.enter().token
    assert _code(lambda: begin_phone(door, token, phone="12"), UserInvalid) == [
        "identity.phone_form"
    ]
    for phone in ("", "13900000001"):
        assert _code(lambda p=phone: begin_phone(door, token, phone=p), UserInvalid) == [  # type: ignore[misc]
            "identity.phone_not_new"
        ]
    door.phone.broken = True
    assert _code(lambda: begin_phone(door, token), CodeNotSent) == ["identity.code_undelivered"]
    door.phone.broken = False
    assert _code(lambda: begin_phone(door, token), CodeNotSent) == ["identity.code_too_soon"]
    for _ in range(POLICY.code_sends - 1):
        door.clock.go(minutes=1)
        begin_phone(door, token)
    door.clock.go(minutes=1)
    assert _code(lambda: begin_phone(door, token), CodeNotSent) == [
        "identity.phone_changes_used_up"
    ]


def test_a_broken_seal_is_found_at_log_in(door: Door) -> None:
    """Permissions written behind the seal keep their user out from the first moment."""
    rows = door.world.store.texts["grant_sheet"]
    rows["user/aaa"] = rows["user/aaa"].replace("tasks.close", "tasks.claim")
    assert _code(door.enter) == ["identity.log_in_refused"]
    assert ("grant_sheet/user/aaa",) in [row.entry.targets for row in door.world.store.audit]


def test_a_certificate_needs_no_password(door: Door) -> None:
    """Who has a certificate and never had a password logs in by the one, and by no other."""
    door.world.user("bbb", door.world.department("2"))
    door.world.run(bind_certificate, BindCertificate(user_id="bbb", thumbprint=print_of("own")))
    asked = door.log_ins.begin_certificate_log_in(source=HOME)
    signed = (asked.token, b"good:own", b"own" + asked.nonce)
    assert not door.log_ins.finish_certificate_log_in(*signed, source=HOME).must_change
    assert Credentials.without_password(id="bbb", at=NOON).past == ()
    assert _code(lambda: door.begin("", account="bbb")) == ["identity.log_in_refused"]


def test_a_certificate_proves_its_user_again(door: Door) -> None:
    """Step-up by certificate: his own, over a challenge for that purpose, used once."""
    token = door.enter().token
    door.world.run(bind_certificate, BindCertificate(user_id="aaa", thumbprint=print_of("paper")))
    door.world.user("bbb", door.world.department("2"))
    door.world.run(bind_certificate, BindCertificate(user_id="bbb", thumbprint=print_of("other")))
    finish = door.log_ins.finish_step_up

    def step(asked: ChallengeGiven, name: bytes) -> None:
        finish(token, asked.token, b"good:" + name, name + asked.nonce, source=HOME)

    to_log_in = door.log_ins.begin_certificate_log_in(source=HOME)
    assert _code(lambda: step(to_log_in, b"paper")) == ["identity.log_in_refused"]
    foreign = door.log_ins.begin_step_up(source=HOME)
    assert _code(lambda: step(foreign, b"other")) == ["identity.log_in_refused"]
    good = door.log_ins.begin_step_up(source=HOME)
    step(good, b"paper")
    door.log_ins.resume(token, critical=True)
    assert _code(lambda: step(good, b"paper")) == ["identity.log_in_refused"]


def _codes_of_binding(door: Door, actor: Actor, user: str) -> list[str]:
    cmd = BindCertificate(user_id=user, thumbprint=print_of("mine"))
    return _code(lambda: door.world.run(bind_certificate, cmd, actor), Refused)


def test_nobody_gives_out_credentials_to_act_as_others(door: Door) -> None:
    """A security administrator takes over neither audit nor system, nor himself, nor the mightier.

    Errors: identity.second_person_required, identity.password_by_operator, identity.own_access,
    identity.not_yours_to_enter.
    """
    world, department = door.world, door.world.department("2")
    for account in ("sec", "auditor", "clerk"):
        world.user(account, department)
    sec = evolve(
        door.actor,
        user="sec",
        permissions=frozenset(
            {SUPER, "identity.grant", "identity.bind_certificate", "identity.reset_password"}
        ),
    )
    world.give(HolderKind.USER, "auditor", "audit.search")
    assert _codes_of_binding(door, sec, "auditor") == ["identity.second_person_required"]
    assert _codes_of_binding(door, sec, "sec") == ["identity.own_access"]
    for user, code in (
        ("auditor", "identity.password_by_operator"),
        ("sec", "identity.own_access"),
    ):
        issue = lambda user=user: door.log_ins.issue_password(user, actor=sec)  # noqa: E731
        assert _code(issue, GrantForbidden) == [code]
    world.give(HolderKind.USER, "clerk", "plans.publish", "tasks.claim", "tasks.close")
    world.give(HolderKind.USER, "sec", "tasks.close")
    world.give(HolderKind.USER, "sec", "tasks.claim", passable=False)
    world.change(Departments, department, lambda one: one.appoint(frozenset({"sec"}), at=NOON))
    local = evolve(sec, permissions=sec.permissions - {SUPER})
    assert _codes_of_binding(door, local, "clerk") == ["identity.not_yours_to_enter"]
    assert _code(partial(door.log_ins.issue_password, "clerk", actor=local), GrantForbidden) == [
        "identity.not_yours_to_enter"
    ]
    world.run(bind_certificate, BindCertificate(user_id="clerk", thumbprint=print_of("c")), sec)


def test_a_password_for_two_cities_is_given_by_who_manages_both(door: Door) -> None:
    """Errors: identity.password_by_all; identity.one_hand_password for a duty from the same hand.

    Once the user has chosen a password of his own, that hand may give the duty as any other may.
    """
    world, one, two = door.world, door.world.department("2"), door.world.department("3")
    world.user("both", one, two)
    sec = world.administrator("sec", one)
    sec = evolve(sec, permissions=sec.permissions | {"identity.reset_password"})
    issue = partial(door.log_ins.issue_password, "both", actor=sec)
    assert _code(issue, GrantForbidden) == ["identity.password_by_all"]
    world.change(Departments, two, lambda found: found.appoint(frozenset({"sec"}), at=NOON))
    given = issue()
    world.give(HolderKind.USER, "sec", "audit.search")
    gives = GrantPermission(
        holder=HolderKind.USER, holder_id="both", permission="audit.search", passable=False
    )
    code = partial(_code, lambda: world.run(grant, gives, sec), Refused)
    assert code() == ["identity.one_hand_password"]
    token = door.begin(given, account="both")
    entered = door.log_ins.confirm_sms_code(token, door.phone.sent[-1], source=HOME)
    door.log_ins.change_password(entered.token, given, "Own-choice-7", source=HOME)
    assert code() == ["identity.second_person_required"]


def test_a_thumbprint_is_one(door: Door) -> None:
    """What is no SM3 in hex could never log anybody in. Error: identity.thumbprint_form."""
    for wrong in ("", "paper", "AB" * 32, "ab" * 33):
        cmd = BindCertificate(user_id="aaa", thumbprint=wrong)
        assert _code(lambda cmd=cmd: door.world.run(bind_certificate, cmd), UserInvalid) == [  # type: ignore[misc]
            "identity.thumbprint_form"
        ]


def test_a_certificate_taken_away_lets_nobody_in(door: Door) -> None:
    """解除绑定: at once, its user's sessions end with it, and it may be bound to somebody else."""
    world = door.world
    world.run(bind_certificate, BindCertificate(user_id="aaa", thumbprint=print_of("paper")))
    assert world.commands.ask(
        list_certificates, ListCertificates(user_id="aaa"), actor=world.root
    ).items == (print_of("paper"),)

    def enter() -> str:
        asked = door.log_ins.begin_certificate_log_in(source=HOME)
        signed = (asked.token, b"good:paper", b"paper" + asked.nonce)
        return door.log_ins.finish_certificate_log_in(*signed, source=HOME).token

    token = enter()
    taken = UnbindCertificate(user_id="aaa", thumbprint=print_of("paper"))
    assert world.run(unbind_certificate, taken)
    assert _code(lambda: door.log_ins.resume(token), NotLoggedIn) == ["identity.not_logged_in"]
    assert _code(enter) == ["identity.log_in_refused"]
    assert not world.run(unbind_certificate, taken)
    world.user("bbb", world.department("2"))
    world.run(bind_certificate, BindCertificate(user_id="bbb", thumbprint=print_of("paper")))
    assert door.log_ins.resume(enter()).user == "bbb"


@pytest.mark.function("F121")
def test_who_belongs_to_several_departments_works_for_one_at_a_time(door: Door) -> None:
    """多个组织: the main one first; another of his by choice, never one that is not his."""
    world = door.world
    second, foreign = world.department("2"), world.department("3")
    main = door.log_ins.own_profile(door.enter().token).workplaces[0].id
    both = (Membership(department=main), Membership(department=second))
    world.change(Users, "aaa", lambda one: one.change(
        evolve(one.draft, memberships=both), at=NOON
    ))  # fmt: skip
    token = door.enter().token
    assert door.log_ins.resume(token).scope.departments == {main}
    door.log_ins.work_for(token, second, source=HOME)
    actor = door.log_ins.resume(token)
    assert (actor.department, actor.scope.departments) == (second, frozenset({second}))
    assert [one.current for one in door.log_ins.own_profile(token).workplaces] == [False, True]
    last = world.store.audit[-1].entry
    assert (last.action, last.targets) == ("identity.work_for", (f"department/{second}",))
    with pytest.raises(NotFound):
        door.log_ins.work_for(token, foreign, source=HOME)
    assert door.log_ins.resume(token).department == second
    assert door.log_ins.resume(door.enter().token).department == main
    world.change(Users, "aaa", lambda one: one.change(
        evolve(one.draft, memberships=both[:1]), at=NOON
    ))  # fmt: skip
    with world.transactions.begin() as unit:
        unit[AccessEpoch].advance()
        unit.commit()
    assert _code(lambda: door.log_ins.resume(token), NotLoggedIn) == ["identity.not_logged_in"]


@pytest.mark.function("F218")
def test_who_left_the_service_is_staff_no_more(door: Door) -> None:
    """用户类型: what the platform calls him now counts, not what his account here once was."""
    world = door.world
    person = evolve(full_draft("aaa").person, document_number=CITIZEN.document)
    world.change(Users, "aaa", lambda one: one.change(evolve(one.draft, person=person), at=NOON))
    door.platform.tells = evolve(CITIZEN, kind=UserKind.STAFF)

    def enter() -> Actor:
        return door.log_ins.resume(door.log_ins.sign_on_with_token("token", source=HOME).token)

    assert enter().user == "aaa"
    door.platform.tells = CITIZEN
    citizen = enter()
    assert (citizen.user != "aaa", citizen.scope.role) == (True, SceneRole.CITIZEN)
    assert enter().user == citizen.user
    door.platform.tells = evolve(CITIZEN, kind=UserKind.STAFF)
    assert enter().user == "aaa"
    with world.transactions.begin() as unit:
        assert unit[Users].get(citizen.user).sign_on is None


@pytest.mark.function("F095")
def test_the_platforms_own_app_hands_over_its_user(door: Door) -> None:
    """智桂通统一用户认证: the app's token lets its user in, another lets nobody."""
    door.platform.tells = CITIZEN
    given_ = door.log_ins.sign_on_with_token("token", source=HOME)
    assert door.log_ins.resume(given_.token).scope.role is SceneRole.CITIZEN
    assert _code(lambda: door.log_ins.sign_on_with_token("x", source=HOME)) == [
        "identity.log_in_refused"
    ]


def test_a_log_out_there_ends_the_sessions_here(door: Door) -> None:
    """The unified platform's signed notice ends every session of its user; no other does."""
    door.platform.tells = CITIZEN
    tokens = [door.log_ins.sign_on_with_token("token", source=HOME).token for _ in range(2)]
    forged = (CITIZEN.user_code.encode(), "forged")
    assert _code(lambda: door.log_ins.sign_off(*forged, source=HOME)) == ["identity.log_in_refused"]
    door.log_ins.resume(tokens[0])
    notice = (CITIZEN.user_code.encode(), "signed")
    assert door.log_ins.sign_off(*notice, source=HOME) == 2
    for token in tokens:
        assert _code(lambda token=token: door.log_ins.resume(token), NotLoggedIn)  # type: ignore[misc]
    assert door.log_ins.sign_off(b"nobody", "signed", source=HOME) == 0
    assert door.log_ins.sign_on_address("s").endswith("state=s")
    assert door.log_ins.log_out_address("/").endswith("to=/")


def test_requests_within_a_minute_are_counted_once(door: Door) -> None:
    """Requests sent side by side only read the session; a minute later one is counted again."""
    token = door.enter().token

    def version() -> int:
        with door.world.transactions.begin() as unit:
            (session,) = unit[Sessions].of_user("aaa")
            return int(session.version)

    before = version()
    for _ in range(3):
        door.log_ins.resume(token)
        door.clock.go(seconds=10)
    assert version() == before
    door.clock.go(seconds=60)
    door.log_ins.resume(token)
    assert version() == before + 1
    door.clock.go(seconds=-30)  # a clock that goes back makes nothing young again
    door.log_ins.resume(token)
    assert version() == before + 2
