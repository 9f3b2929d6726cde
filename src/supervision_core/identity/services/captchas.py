"""Captchas whose tickets hold their own answer, sealed: a row is written only for a used one."""

import json
from datetime import datetime, timedelta
from typing import Final

from attrs import field, frozen

from supervision_core.identity.model import Challenge
from supervision_core.identity.ports import CaptchaGiven, CaptchaPictures, Captchas, Challenges
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.crypto import KeyMissing, Tampered
from supervision_core.kernel.errors import Conflict
from supervision_core.kernel.ports import Clock, Randomness, Transactions
from supervision_core.kernel.sealing import FieldCipher, Place

PURPOSE: Final = "captcha"
SIGNS: Final = "234679ACDEFHJKMNPRTUVWXY"
"""Signs that nobody takes for one another, in whatever case."""
_LENGTH = 5
_PLACE = Place("captcha", "ticket", "")
_DIGITS = "零一二三四五六七八九"
_LONGEST = 2000


@frozen(kw_only=True)
class SealedCaptchas(Captchas):
    """Gives pictures, or sums in words, and takes each answer once, in whatever process.

    A ticket holds answer and moment under SM4-GCM, so that asking for one stores nothing and
    nobody fills the database by asking. Of a ticket that was answered, rightly or not, a mark
    stays.
    """

    transactions: Transactions
    clock: Clock
    randomness: Randomness
    fields: FieldCipher
    pictures: CaptchaPictures
    age: timedelta = field(default=timedelta(minutes=3))

    def issue(self, *, in_words: bool = False) -> CaptchaGiven:
        """Give a fresh one."""
        if in_words:
            first, second = (2 + number % 18 for number in self.randomness.token(2))
            question = f"{_spoken(first)}加{_spoken(second)}等于几？请用数字回答"
            return CaptchaGiven(ticket=self._ticket(str(first + second)), question=question)
        signs = "".join(SIGNS[number] for number in self._numbers())
        return CaptchaGiven(ticket=self._ticket(signs), picture=self.pictures.draw(signs))

    def passes(self, answer: str) -> bool:
        """Use the ticket up, then compare; letter case and blanks around do not count."""
        ticket, _, said = answer.partition(" ")
        now = self.clock.now()
        try:
            held = json.loads(self.fields.open(ticket[:_LONGEST], _PLACE))
        except (Tampered, KeyMissing):
            return False
        made_at = datetime.fromisoformat(held["at"])
        if not made_at <= now < made_at + self.age or not self._use(held["id"], now):
            return False
        return bool(said.strip().upper() == held["answer"])

    def _use(self, id: str, now: datetime) -> bool:
        mark = Challenge(
            id=sm3(f"{PURPOSE}\x1f{id}".encode()).hex(),
            purpose=PURPOSE,
            source="",
            nonce=b"",
            made_at=now,
            used=True,
        )
        try:
            with self.transactions.begin() as unit:
                unit[Challenges].save(mark)
                unit.commit()
        except Conflict:
            return False
        return True

    def _ticket(self, answer: str) -> str:
        held = {
            "id": self.randomness.token(16).hex(),
            "at": self.clock.now().isoformat(),
            "answer": answer,
        }
        return self.fields.seal(json.dumps(held), _PLACE)

    def _numbers(self) -> list[int]:
        """Give numbers of signs, each as likely as any other: the bytes beyond are drawn anew."""
        most = 256 - 256 % len(SIGNS)
        found: list[int] = []
        while len(found) < _LENGTH:
            found += (one % len(SIGNS) for one in self.randomness.token(_LENGTH) if one < most)
        return found[:_LENGTH]


def _spoken(number: int) -> str:
    """Say a number from 2 to 19."""
    tens, ones = divmod(number, 10)
    return ("十" if tens else "") + (_DIGITS[ones] if ones or not tens else "")
