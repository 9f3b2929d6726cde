"""人脸认证: in place of the code and as a fresh proof, in each store."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from attrs import define, evolve

from adapters.sql.identity.logins import SqlFaceChecks
from supervision_core.audit.ports import AuditLog
from supervision_core.identity.model import (
    CREDIT_CODE,
    FaceBegun,
    FaceRefused,
    LogInPolicy,
    LogInRefused,
    NotLoggedIn,
    StepUpRequired,
    UserKind,
)
from supervision_core.identity.ports import FaceChecks, Users
from supervision_core.identity.services.login import FaceGiven, LogIns
from supervision_core.identity.services.login.stored import guess_limit
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.errors import Unavailable
from supervision_core.testing.identity import full_draft
from supervision_core.testing.login import PlayedFaces

from .conftest import GOOD, HOME, House

ELSEWHERE = "198.51.100.1"
POLICY = LogInPolicy()


@define
class Door:
    """The way in with faces over a house."""

    house: House
    faces: PlayedFaces
    log_ins: LogIns

    def begin(self, account: str = "aaa", password: str = GOOD, source: str = HOME) -> FaceGiven:
        """Begin a log-in."""
        return self.log_ins.log_in_with_face(account, password, source=source, captcha="")

    def confirm(self, token: str, source: str = HOME) -> str:
        """Say that the face was shown; give the session's token."""
        return self.log_ins.confirm_face(token, source=source).token

    def enter(self) -> str:
        """Log in; give the session's token."""
        given = self.begin()
        self.faces.let_pass()
        return self.confirm(given.token)

    def failures(self, user: str = "aaa") -> int:
        """Count what is held against a user who comes from home, or from anywhere."""
        now = self.house.clock.now()
        with self.house.transactions.begin() as unit:
            return sum(guess_limit(unit, user, source, at=now)._count for source in (HOME, ""))


@pytest.fixture
def door(house: House) -> Door:
    """Give it."""
    faces = PlayedFaces()
    return Door(house, faces, house.again(faces=faces))


def refused(act: Callable[[], object]) -> None:
    """Hold that nobody is let in, and that nothing tells why."""
    with pytest.raises(LogInRefused) as caught:
        act()
    assert [one.code for one in caught.value.reasons] == ["identity.log_in_refused"]


def told(act: Callable[[], object]) -> set[str]:
    """Give the reasons for which no certification is begun, or not passed."""
    with pytest.raises(FaceRefused) as caught:
        act()
    return {one.code for one in caught.value.reasons}


@pytest.mark.function("F096", surface="library")
def test_password_and_face_let_in(door: Door) -> None:
    """人脸认证登录: the platform is told the name and number stored of the user, nobody else's."""
    given = door.begin()
    assert door.faces.begun == [("王示例", full_draft().person.document_number)]
    assert given.address == "https://face.example/certify-1"
    assert told(lambda: door.confirm(given.token)) == {"identity.face_not_passed"}
    door.faces.let_pass()
    session = door.confirm(given.token)
    assert door.log_ins.resume(session).user == "aaa"
    assert door.failures() == 0
    assert door.house.phones.sent == []


@pytest.mark.function("F096", surface="library")
@pytest.mark.parametrize("kind", list(UserKind), ids=str)
def test_every_kind_of_user_may_where_it_is_set_so(door: Door, kind: UserKind) -> None:
    """工作人员、群众、企业: each by his own identity number, and only kinds that are set."""
    door.house.user("bbb")
    with door.house.transactions.begin() as unit:
        user = unit[Users].get("bbb")
    user._extended = evolve(user.extended, kind=kind, party="p-1")
    door.house.keep(Users, user)
    others = frozenset(UserKind) - {kind}
    narrow = door.house.again(faces=door.faces, face_kinds=others)
    assert told(
        lambda: narrow.log_in_with_face("bbb", GOOD, source=HOME, captcha="")
    ) == {"identity.face_kind_unfit"}  # fmt: skip
    given = door.begin("bbb")
    door.faces.let_pass()
    assert door.log_ins.resume(door.confirm(given.token)).user == "bbb"


def test_without_an_identity_number_nobody_is_certified(door: Door) -> None:
    """A firm's credit code is nobody's face; who has the right password is told, and not locked."""
    with door.house.transactions.begin() as unit:
        user = unit[Users].get("aaa")
    person = evolve(
        user.person, document_kind=CREDIT_CODE, document_number="91350100M000100Y43"
    )  # fmt: skip
    user.change(evolve(user.draft, person=person), at=door.house.clock.now())
    door.house.keep(Users, user)
    for _ in range(POLICY.tries + 1):
        assert told(door.begin) == {"identity.face_number_missing"}
    assert door.faces.begun == []
    refused(lambda: door.begin("aaa", "wrong"))


def test_the_password_comes_first(door: Door) -> None:
    """Unknown, wrong, locked: the platform is not asked, and all look the same."""
    refused(lambda: door.begin("nobody"))
    for _ in range(POLICY.tries):
        refused(lambda: door.begin("aaa", "wrong"))
    refused(door.begin)
    assert door.faces.begun == []


def test_a_certification_serves_its_own_log_in_only(door: Door) -> None:
    """One token, one address, once: replay, another's token or step and elsewhere are refused."""
    door.house.user("bbb")
    mine, other = door.begin(), door.begin("bbb")
    door.faces.let_pass("certify-1")
    assert told(lambda: door.confirm(other.token)) == {"identity.face_not_passed"}
    refused(lambda: door.confirm("certify-1"))
    refused(lambda: door.confirm(""))
    refused(lambda: door.log_ins.confirm_sms_code(mine.token, "1", source=HOME))
    session = door.confirm(mine.token)
    assert door.log_ins.resume(session).user == "aaa"
    refused(lambda: door.confirm(mine.token))
    refused(lambda: door.confirm(session))
    sms = door.house.begin()
    refused(lambda: door.confirm(sms))
    third = door.begin()
    door.faces.let_pass()
    refused(lambda: door.confirm(third.token, ELSEWHERE))
    refused(lambda: door.confirm(third.token))


def test_a_certification_is_short_lived(door: Door) -> None:
    """Ten minutes after it was begun a face counts no more, nor does one of the future."""
    for minutes in (10, -1):
        given = door.begin()
        door.faces.let_pass()
        door.house.clock.go(minutes=minutes)
        refused(lambda token=given.token: door.confirm(token))  # type: ignore[misc]
    assert POLICY.face_age <= timedelta(minutes=10)


def test_questions_are_counted_before_they_are_asked(door: Door) -> None:
    """Five times it is asked whether he has passed, then never again; an outage does not count."""
    given = door.begin()
    door.faces.broken = True
    for _ in range(POLICY.face_asks + 1):
        with pytest.raises(Unavailable):
            door.confirm(given.token)
    door.faces.broken, door.faces.asked = False, 0
    for _ in range(POLICY.face_asks):
        assert told(lambda: door.confirm(given.token)) == {"identity.face_not_passed"}
    door.faces.let_pass()
    refused(lambda: door.confirm(given.token))
    assert door.faces.asked == POLICY.face_asks


def test_an_outage_locks_nobody_out(door: Door) -> None:
    """平台不可用: said so, and the right password is not held against the user."""
    door.faces.broken = True
    for _ in range(POLICY.tries + 1):
        with pytest.raises(Unavailable):
            door.begin()
    assert door.failures() == 0
    door.faces.broken = False
    assert door.log_ins.resume(door.enter()).user == "aaa"


def test_log_ins_that_are_never_finished_lock_the_account(door: Door) -> None:
    """Whoever has the password alone lets the platform begin only so many certifications."""
    for _ in range(POLICY.tries):
        door.begin()
    refused(door.begin)
    assert len(door.faces.begun) == POLICY.tries


def test_a_platform_that_gives_an_id_twice_is_not_believed(door: Door) -> None:
    """Whoever passed under an id yesterday would pass today for somebody else."""

    class Repeating(PlayedFaces):
        def begin(self, name: str, number: str) -> FaceBegun | None:
            super().begin(name, number)
            return FaceBegun(certify_id="certify-1", address="https://face.example/1")

    door.house.user("bbb")
    first = door.begin()
    door.faces.let_pass()
    repeating = door.house.again(faces=Repeating())
    with pytest.raises(Unavailable) as caught:
        repeating.log_in_with_face("bbb", GOOD, source=HOME, captcha="")
    assert [one.code for one in caught.value.reasons] == ["identity.face_id_repeated"]
    assert door.log_ins.resume(door.confirm(first.token)).user == "aaa"


def test_an_exchanged_id_is_noticed(sqlite_house: House) -> None:
    """Matrix 4: who writes to the database puts no certification of his own in another's place."""
    faces = PlayedFaces()
    door = Door(sqlite_house, faces, sqlite_house.again(faces=faces))
    given = door.begin()
    with door.house.transactions.begin() as unit:
        checks = unit[FaceChecks]
        assert isinstance(checks, SqlFaceChecks)
        table = checks.mapper.table
        checks._connection.execute(table.update().values(certify_id="another"))
        unit.commit()
    with pytest.raises(Tampered):
        door.confirm(given.token)


def test_of_many_who_confirm_at_once_one_is_let_in(door: Door) -> None:
    """A passed certification makes one session, however many ask for one side by side."""
    given = door.begin()
    door.faces.let_pass()

    def enter(_: int) -> bool:
        try:
            door.confirm(given.token)
        except LogInRefused:
            return False
        return True

    with ThreadPoolExecutor(4) as crowd:
        assert sum(crowd.map(enter, range(4))) == 1


@pytest.mark.function("F096", surface="library")
def test_a_face_is_a_fresh_proof(door: Door) -> None:
    """再次核验: the user of the session, once, within ten minutes, begun once a minute at most."""
    session = door.enter()
    log_ins = door.log_ins

    def fresh() -> bool:
        try:
            log_ins.resume(session, critical=True)
        except StepUpRequired:
            return False
        return True

    refused(lambda: log_ins.finish_face_step_up(session, source=HOME))
    assert log_ins.begin_face_step_up(session, source=HOME) == "https://face.example/certify-2"
    assert door.faces.begun[0] == door.faces.begun[1]
    assert told(lambda: log_ins.begin_face_step_up(session, source=HOME)) == {
        "identity.face_too_soon"
    }
    not_passed = told(lambda: log_ins.finish_face_step_up(session, source=HOME))
    assert not_passed == {"identity.face_not_passed"}
    assert not fresh()
    door.faces.let_pass()
    refused(lambda: door.confirm(session))
    log_ins.finish_face_step_up(session, source=HOME)
    assert fresh()
    door.house.clock.go(minutes=6)
    assert not fresh()
    refused(lambda: log_ins.finish_face_step_up(session, source=HOME))
    log_ins.begin_face_step_up(session, source=HOME)
    door.faces.let_pass()
    door.house.clock.go(minutes=10)
    refused(lambda: log_ins.finish_face_step_up(session, source=HOME))
    log_ins.log_out(session, source=HOME)
    for act in (log_ins.begin_face_step_up, log_ins.finish_face_step_up):
        with pytest.raises(NotLoggedIn):
            act(session, source=HOME)


def test_where_none_is_connected_none_is_offered(door: Door) -> None:
    """没有接入: said in words, whatever the password; the other ways in stay."""
    without = door.house.again()
    assert door.log_ins.faces_offered
    assert not without.faces_offered
    for account in ("aaa", "nobody"):
        assert told(
            lambda account=account: without.log_in_with_face(  # type: ignore[misc]
                account, GOOD, source=HOME, captcha=""
            )
        ) == {"identity.face_not_offered"}


def test_every_try_leaves_one_row(door: Door) -> None:
    """Matrix 10: each step once, done or denied, with who it was; nothing personal in it."""

    def rows() -> list[tuple[str, str, str]]:
        with door.house.transactions.begin() as unit:
            entries = [row.entry for row in unit[AuditLog].rows()]
        assert "王示例" not in str(entries)
        assert full_draft().person.document_number not in str(entries)
        return [(one.action, one.outcome.value, one.actor) for one in entries]

    before = len(rows())
    given = door.begin()
    refused(lambda: door.begin("aaa", "wrong"))
    told(lambda: door.confirm(given.token))
    door.faces.let_pass()
    door.confirm(given.token)
    refused(lambda: door.confirm(given.token))
    assert rows()[before:] == [
        ("identity.log_in_with_face", "done", "aaa"),
        ("identity.log_in_with_face", "denied", "aaa"),
        ("identity.confirm_face", "denied", "aaa"),
        ("identity.confirm_face", "done", "aaa"),
        ("identity.confirm_face", "denied", "-"),
    ]
