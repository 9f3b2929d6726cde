"""Guesses passwords of one account over many connections; run in several processes at once.

``python guessing.py DATABASE ACCOUNT FIRST COUNT THREADS [careless]`` prints how many guesses were
evaluated, and how many were let in, as JSON. ``careless`` counts a guess after it was evaluated,
as so many log-ins do: the negative control.
"""

import json
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from attrs import define, field, frozen

from adapters.crypto.platform_keys import KeySettings
from adapters.crypto.trust import TrustFolder
from adapters.sql.engine.database import open_engine
from adapters.sql.ports import sql_transactions
from adapters.sql.sealing.protection import Sealing
from adapters.system import SystemClock, SystemIds, SystemRandomness
from adapters.zhiguitong.sign_on import NoPlatform
from supervision_core.identity.model import (
    Credentials,
    GuessLimit,
    IdentityChange,
    LogInPolicy,
    LogInRefused,
    SignOnRequirement,
    User,
    UserKind,
)
from supervision_core.identity.ports import (
    CaptchaGiven,
    Captchas,
    CodeMessages,
    FaceCertification,
    GuessLimits,
    PasswordHashes,
)
from supervision_core.identity.services.login import LogIns
from supervision_core.identity.services.login.stored import find_credentials, guess_limit
from supervision_core.kernel.errors import Conflict
from supervision_core.kernel.ports import Clock, Transactions, UnitOfWork
from supervision_core.testing.login import PlainPasswordHashes


class Passing(Captchas):
    """Takes everybody for a person: what is tried here lies behind the captcha."""

    def issue(self, *, in_words: bool = False) -> CaptchaGiven:
        """Ask nothing."""
        del in_words
        return CaptchaGiven(ticket="")

    def passes(self, answer: str) -> bool:
        """Pass."""
        del answer
        return True


@define
class Phones(CodeMessages):
    """Keeps what was sent to each phone."""

    sent: list[tuple[str, str]] = field(factory=list)

    def send(self, phone: str, code: str) -> None:
        """Keep it."""
        self.sent.append((phone, code))

    def tell(self, phone: str, change: IdentityChange) -> None:
        """Keep what was changed."""
        self.sent.append((phone, change))


@define(slots=False)
class Counting(PasswordHashes):
    """Counts every guess that is evaluated, in whatever thread."""

    hashes: PasswordHashes = field(factory=PlainPasswordHashes)
    evaluated: int = 0
    lock: Lock = field(factory=Lock)

    def hash(self, password: str) -> str:
        """Hash."""
        return self.hashes.hash(password)

    def matches(self, password: str, hashed: str) -> bool:
        """Count, and compare."""
        with self.lock:
            self.evaluated += 1
        return self.hashes.matches(password, hashed)

    def waste(self, password: str) -> None:
        """Take as long."""
        self.hashes.waste(password)


@frozen(kw_only=True)
class CarelessLogIns(LogIns):
    """Looks whether the account is locked, evaluates the guess, and counts it only then."""

    def guess(
        self,
        look_up: Callable[[UnitOfWork], User | None],
        named: str,
        password: str,
        source: str,
        *,
        last: bool = True,
    ) -> tuple[User, Credentials] | None:
        """Guess the careless way."""
        del source, last
        now = self.clock.now()

        def known(unit: UnitOfWork) -> tuple[User | None, Credentials | None, GuessLimit]:
            found = look_up(unit)
            kept = None if found is None else find_credentials(unit, found.id)
            return found, kept, guess_limit(unit, named, "", at=now)

        user, kept, limit = self.committed(known)
        most = self.policy.account_tries
        if (
            user is None
            or kept is None
            or not limit.reserve(most, at=now, since=None, policy=self.policy)
        ):
            return None
        if self.hashes.matches(password, kept.password):
            return user, kept
        try:
            with self.transactions.begin() as unit:
                unit[GuessLimits].save(limit)
                unit.commit()
        except Conflict:  # somebody else counted his
            return None
        return None


def door(  # noqa: PLR0913 - what a test may change
    transactions: Transactions,
    hashes: PasswordHashes,
    *,
    clock: Clock | None = None,
    messages: CodeMessages | None = None,
    kind: type[LogIns] = LogIns,
    trust: TrustFolder,
    policy: LogInPolicy | None = None,
    faces: FaceCertification | None = None,
    face_kinds: frozenset[UserKind] = frozenset(UserKind),
) -> LogIns:
    """Give the way in over a store, with what a test cannot have played."""
    randomness = SystemRandomness()
    return kind(
        transactions=transactions,
        clock=clock or SystemClock(),
        ids=SystemIds(),
        randomness=randomness,
        hashes=hashes,
        messages=messages or Phones(),
        captchas=Passing(),
        certificates=trust,
        gateway=NoPlatform(),
        requirement=SignOnRequirement(kinds=frozenset(UserKind), level=1),
        policy=policy or LogInPolicy(),
        faces=faces,
        face_kinds=face_kinds,
    )


def guess_all(log_ins: LogIns, account: str, numbers: range, threads: int) -> int:
    """Guess over ``threads`` connections, each from an address of its own; count who is let in."""

    def one(number: int) -> bool:
        source = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        try:
            log_ins.log_in_with_password(account, f"wrong-{number}", source=source, captcha="")
        except LogInRefused:
            return False
        return True

    with ThreadPoolExecutor(threads) as crowd:
        return sum(crowd.map(one, numbers))


def main() -> None:
    """Guess as the command line says."""
    database, account, first, count, threads, *careless = sys.argv[1:]
    randomness = SystemRandomness()
    keys = KeySettings.read(os.environ).open(randomness)
    engine = open_engine(
        database, pool_size=int(threads), sealing=Sealing.under(keys.store, randomness)
    )
    hashes = Counting()
    log_ins = door(
        sql_transactions(engine),
        hashes,
        kind=CarelessLogIns if careless else LogIns,
        trust=TrustFolder(KeySettings.read(os.environ).folder, keys.algorithms.verifier),
    )
    numbers = range(int(first), int(first) + int(count))
    let_in = guess_all(log_ins, account, numbers, int(threads))
    sys.stdout.write(json.dumps({"evaluated": hashes.evaluated, "let_in": let_in}) + "\n")
    engine.dispose()


if __name__ == "__main__":
    main()
