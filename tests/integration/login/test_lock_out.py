"""S6: who guesses is locked out, however many guess at once; nobody learns who exists."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, event

from adapters.crypto.passwords import Sm3PasswordHashes, usual_derive
from adapters.system import SystemRandomness
from supervision_core.identity.model import Credentials, LogInPolicy, LogInRefused, User, Way
from supervision_core.identity.ports import PasswordHashes, Users
from supervision_core.identity.services.login import LogIns
from supervision_core.kernel.errors import Conflict
from supervision_core.kernel.ports import UnitOfWork

from .conftest import GOOD, HOME, House
from .guessing import CarelessLogIns, Counting, guess_all

SCRIPT = Path(__file__).parent / "guessing.py"
POLICY = LogInPolicy()


def refused(act: Callable[[], object]) -> list[str]:
    """Give the codes of a log-in's refusal."""
    with pytest.raises(LogInRefused) as caught:
        act()
    return [one.code for one in caught.value.reasons]


def enter(house: House, account: str = "aaa", source: str = HOME) -> None:
    """Log in completely."""
    token = house.begin(account, source=source)
    house.log_ins.confirm_sms_code(token, house.phones.sent[-1][1], source=source)


def test_fifty_connections_evaluate_ten_guesses(house: House) -> None:
    """Parallel guesses cannot outrun the lock, in any store; the right password waits with them."""
    assert guess_all(house.log_ins, "aaa", range(300), 50) == 0
    assert house.hashes.evaluated <= POLICY.account_tries
    assert refused(house.begin) == ["identity.log_in_refused"]
    assert house.hashes.evaluated <= POLICY.account_tries
    house.clock.go(minutes=31)
    house.begin()


def test_guesses_from_elsewhere_lock_nobody_out_at_home(house: House) -> None:
    """Above the account's ceiling its user logs in from where he did before, and from there only.

    A log-in whose password was right before that is finished with its code.
    """
    enter(house)
    house.clock.go(minutes=5)
    begun, code = house.begin(source="198.51.100.7"), house.phones.sent[-1][1]
    guess_all(house.log_ins, "aaa", range(300), 50)
    assert refused(lambda: house.begin(source="198.51.100.8")) == ["identity.log_in_refused"]
    enter(house)
    house.log_ins.confirm_sms_code(begun, code, source="198.51.100.7")


def test_guesses_from_one_address_lock_nobody_else_out_there(house: House) -> None:
    """Whoever sprays accounts from an office's address stops no colleague who works there."""
    enter(house)
    for number in range(POLICY.source_tries + 5):
        refused(lambda number=number: house.begin(f"user{number}", "wrong"))  # type: ignore[misc]
    house.user("bbb")
    assert refused(lambda: house.begin("bbb")) == ["identity.log_in_refused"]
    enter(house)


def test_one_address_locks_an_account_out_there_alone(house: House) -> None:
    """Five guesses from one address, and it may guess no more; others still may."""
    for number in range(30):
        refused(lambda number=number: house.begin("aaa", f"wrong-{number}"))  # type: ignore[misc]
    assert house.hashes.evaluated == POLICY.tries
    assert refused(house.begin) == ["identity.log_in_refused"]
    enter(house, source="198.51.100.7")


def test_where_somebody_logged_in_he_is_guessed_at_five_times(house: House) -> None:
    """A known address has its own five guesses, and no more, whatever is counted elsewhere."""
    enter(house)
    house.hashes.evaluated = 0
    for number in range(30):
        refused(lambda number=number: house.begin("aaa", f"wrong-{number}"))  # type: ignore[misc]
    assert house.hashes.evaluated == POLICY.tries
    house.clock.go(days=POLICY.known_for.days)
    guess_all(house.log_ins, "aaa", range(30), 4)
    assert refused(house.begin) == ["identity.log_in_refused"]


class Meeting(Counting):
    """Evaluates no guess before all have come so far."""

    def __init__(self, parties: int) -> None:
        """Wait for so many."""
        super().__init__()
        self.barrier = Barrier(parties)

    def matches(self, password: str, hashed: str) -> bool:
        """Wait for the others, count, and compare."""
        self.barrier.wait(timeout=60)
        return super().matches(password, hashed)


def test_counting_afterwards_is_outrun(house: House) -> None:
    """The negative control: a guess that is counted after it was made lets as many through as come.

    They meet where guesses are evaluated, as they would by chance in a thousand tries.
    """
    meeting = Meeting(parties=20)
    careless = house.again(kind=CarelessLogIns, hashes=meeting)
    guess_all(careless, "aaa", range(20), 20)
    assert meeting.evaluated == 20


def processes(
    house: House, count: int, each: int, threads: int, *words: str
) -> list[dict[str, Any]]:
    """Guess in several processes at once; give what each counted."""
    running = [
        subprocess.Popen(  # noqa: S603 - our own script
            [sys.executable, SCRIPT, house.database, "aaa", str(one * each), str(each),
             str(threads), *words],
            stdout=subprocess.PIPE, text=True,
        )
        for one in range(count)
    ]  # fmt: skip
    found = []
    for process in running:
        said, _ = process.communicate(timeout=3000)
        assert process.returncode == 0
        found.append(json.loads(said))
    return found


def test_two_processes_evaluate_ten_guesses(postgres_house: House) -> None:
    """The count is kept in the database: another process knows of it."""
    found = processes(postgres_house, 2, 100, 25)
    assert sum(one["evaluated"] for one in found) <= POLICY.account_tries
    assert sum(one["let_in"] for one in found) == 0


@pytest.mark.slow
def test_ten_thousand_guesses_over_fifty_connections(postgres_house: House) -> None:
    """S6 in full: 10,000 guesses, 5 processes of 10 connections, at most 10 evaluated."""
    found = processes(postgres_house, 5, 2000, 10)
    assert sum(one["evaluated"] for one in found) <= POLICY.account_tries
    careless = processes(postgres_house, 5, 40, 10, "careless")
    assert sum(one["let_in"] for one in careless) == 0


def test_a_whole_department_logs_in_from_one_address(postgres_house: House) -> None:
    """Forty at once behind one address are let in: none is refused because others come too."""
    for number in range(40):
        postgres_house.user(f"staff.{number}")

    def begin(number: int) -> str:
        return postgres_house.begin(f"staff.{number}")

    with ThreadPoolExecutor(40) as crowd:
        assert len(set(crowd.map(begin, range(40)))) == 40


def test_a_code_opens_once_however_many_use_it_at_once(house: House) -> None:
    """Matrix 6: sixteen send the right code together; one gets a session, the others nothing."""
    token = house.begin()
    code = house.phones.sent[-1][1]

    def confirm(_: int) -> bool:
        try:
            house.log_ins.confirm_sms_code(token, code, source=HOME)
        except (LogInRefused, Conflict):
            return False
        return True

    with ThreadPoolExecutor(16) as crowd:
        assert sum(crowd.map(confirm, range(16))) == 1


def test_codes_cannot_be_tried_out_in_parallel(house: House) -> None:
    """Matrix 6: five tries of a code, also at once; then the right one opens nothing either."""
    token = house.begin()
    code = house.phones.sent[-1][1]
    wrong = [f"{number:07}" for number in range(40) if f"{number:07}" != code]

    def confirm(guess: str) -> bool:
        try:
            house.log_ins.confirm_sms_code(token, guess, source=HOME)
        except (LogInRefused, Conflict):
            return False
        return True

    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(confirm, wrong)) == 0
    assert not confirm(code)


def test_a_challenge_is_answered_once_at_a_time(house: House) -> None:
    """Matrix 7: of sixteen who use a sign-on's state together, one at most uses it."""
    state = house.log_ins.begin_sign_on(source=HOME)

    def use(_: int) -> bool:
        try:
            return house.log_ins.used(state, Way.SIGN_ON, HOME) is not None
        except Conflict:
            return False

    with ThreadPoolExecutor(16) as crowd:
        assert sum(crowd.map(use, range(16))) == 1


class Hasty(PasswordHashes):
    """Wastes no time where there is no account: the negative control."""

    def __init__(self, hashes: PasswordHashes) -> None:
        """Hash as ``hashes`` do."""
        self._hashes = hashes

    def hash(self, password: str) -> str:
        """Hash."""
        return self._hashes.hash(password)

    def matches(self, password: str, hashed: str) -> bool:
        """Compare."""
        return self._hashes.matches(password, hashed)

    def waste(self, password: str) -> None:
        """Answer at once."""


ROUNDS = 100_000
SAMPLES = 21
KINDS = ("known", "unknown", "disabled", "locked", "familiar")
HERE = ("10.1.0.1", "10.3.0.1")


class Rounds:
    """Counts the rounds that are worked off: what the time of a refusal is made of."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.worked = 0

    def __call__(self, password: bytes, salt: bytes, rounds: int) -> bytes:
        """Derive in one round, and count those that were asked for."""
        self.worked += rounds
        return usual_derive()(password, salt, 1)


def work(log_ins: LogIns, rounds: Rounds) -> dict[str, int]:
    """Count the rounds of a refusal of each kind."""
    found = {}
    for account in KINDS:
        before = rounds.worked
        refuse(log_ins, account, HERE[0])
        found[account] = rounds.worked - before
    return found


def refuse(log_ins: LogIns, account: str, source: str) -> None:
    """Have a log-in refused."""
    with pytest.raises(LogInRefused):
        log_ins.log_in_with_password(account, "wrong", source=source, captcha="")


def times(log_ins: LogIns) -> dict[str, float]:
    """Measure refusals of each kind in turn, each from an address of its own; give the shortest.

    What else the machine does only ever adds time, so the shortest of many is the work itself.
    """
    found = dict.fromkeys(KINDS, float("inf"))
    for number, account in product(range(SAMPLES), KINDS):
        started = time.thread_time()
        refuse(log_ins, account, f"10.1.{number}.{len(account)}")
        found[account] = min(found[account], time.thread_time() - started)
    return found


def settled_for_timing(house: House, hashes: PasswordHashes, kind: type[LogIns] = LogIns) -> LogIns:
    """Give a way in whose accounts are known, disabled, locked, and were here before."""
    patient = LogInPolicy(tries=1000, source_tries=1000)
    log_ins = house.again(hashes=hashes, policy=patient, kind=kind)
    house.hashes.hashes = hashes
    for account in ("known", "disabled", "locked", "familiar"):
        house.user(account)
    for place in HERE:
        enter(house, "familiar", place)
    with house.transactions.begin() as unit:
        user = unit[Users].get("disabled")
        user.switch(enabled=False, at=house.clock.now())
    house.keep(Users, user)
    for number in range(POLICY.account_tries):
        refused(
            lambda number=number: house.begin("locked", "wrong", f"10.2.0.{number}")  # type: ignore[misc]
        )
    return log_ins


def counted() -> tuple[Sm3PasswordHashes, Rounds]:
    """Give hashes whose rounds are counted."""
    rounds = Rounds()
    return Sm3PasswordHashes(SystemRandomness(), rounds=ROUNDS, derive=rounds), rounds


def test_a_refusal_is_the_work_of_one_hash(house: House) -> None:
    """Matrix 8: whoever a refusal is about, it works off exactly the rounds of one hash."""
    hashes, rounds = counted()
    assert work(settled_for_timing(house, hashes), rounds) == dict.fromkeys(KINDS, ROUNDS)


def test_a_refusal_without_its_hash_is_found(house: House) -> None:
    """The negative control: who wastes no time on unknown accounts works off no rounds for them."""
    hashes, rounds = counted()
    found = work(settled_for_timing(house, Hasty(hashes)), rounds)
    assert found["known"] == ROUNDS
    assert found["unknown"] == 0


@contextmanager
def written() -> Iterator[list[str]]:
    """Note what is written to databases: the verbs and their tables, in order."""
    found: list[str] = []

    def note(_c: object, _d: object, statement: str, *_rest: object) -> None:
        if change := re.match(r"INSERT INTO \w+|UPDATE \w+|DELETE FROM \w+", statement):
            found.append(change[0])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def writes(log_ins: LogIns) -> dict[str, list[str]]:
    """Give what a refusal of each kind writes, after the first from that address."""
    found = {}
    for account in KINDS:
        refuse(log_ins, account, HERE[1])
        with written() as found[account]:
            refuse(log_ins, account, HERE[1])
    return found


@pytest.mark.parametrize("place", ["sqlite_house", "postgres_house"])
def test_a_refusal_writes_the_same_whoever_it_is_about(
    place: str, request: pytest.FixtureRequest
) -> None:
    """Matrix 8: nobody's guesses are stored as somebody's are, so that storing tells nothing."""
    hashes, _ = counted()
    found = writes(settled_for_timing(request.getfixturevalue(place), hashes))
    assert found["known"].count("UPDATE guess_limit") == 2
    assert not any("credentials" in one for one in found["known"])
    assert found == dict.fromkeys(KINDS, found["known"])


class Sparing(LogIns):
    """Stores nothing where nobody is meant: the negative control."""

    def _reserved(
        self, unit: UnitOfWork, user: User | None, named: str, source: str
    ) -> tuple[User, Credentials] | None:
        return None if user is None else super()._reserved(unit, user, named, source)


def test_a_refusal_that_stores_less_is_found(sqlite_house: House) -> None:
    """The negative control: where nobody's guesses are not stored, the writes tell them apart."""
    hashes, _ = counted()
    found = writes(settled_for_timing(sqlite_house, hashes, Sparing))
    assert found["known"] == found["disabled"] == found["locked"] != found["unknown"]


@pytest.mark.slow
@pytest.mark.parametrize("place", ["sqlite_house", "postgres_house"])
def test_nobody_learns_who_exists_by_the_time_of_a_refusal(
    place: str, request: pytest.FixtureRequest
) -> None:
    """Matrix 8: a refusal takes the same processor time, whoever it is about; within a tenth."""
    hashes = Sm3PasswordHashes(SystemRandomness(), rounds=ROUNDS)
    found = times(settled_for_timing(request.getfixturevalue(place), hashes))
    for other in KINDS:
        assert 0.9 < found["known"] / found[other] < 1.1, other


@pytest.mark.slow
def test_the_measure_finds_a_refusal_without_its_hash(sqlite_house: House) -> None:
    """The negative control: where unknown accounts waste no time, the measure tells them apart."""
    hashes = Sm3PasswordHashes(SystemRandomness(), rounds=ROUNDS)
    found = times(settled_for_timing(sqlite_house, Hasty(hashes)))
    assert found["known"] > 2 * found["unknown"]


def test_a_log_in_stays_below_its_time(sqlite_house: House) -> None:
    """Password, with the rounds that are used: less than 0.6 s of work, the best of three."""
    hashes = Sm3PasswordHashes(SystemRandomness())
    sqlite_house.hashes.hashes = hashes
    taken = []
    for account in ("first", "second", "third"):
        sqlite_house.user(account)
        started = time.thread_time()
        sqlite_house.begin(account, GOOD)
        taken.append(time.thread_time() - started)
    assert min(taken) < 0.6
