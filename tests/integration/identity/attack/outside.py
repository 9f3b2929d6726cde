"""What lies outside of the platform: phones, keys of certificates, the unified platform, faces."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from itertools import count

from attrs import define, field, frozen

from supervision_core.identity.model import FaceBegun, IdentityChange, SignOnProfile, UserKind
from supervision_core.identity.ports import (
    CaptchaGiven,
    Captchas,
    Certificates,
    CodeMessages,
    FaceCertification,
    SignOnGateway,
)
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.codes.identity_card import complete_identity_card
from supervision_core.kernel.ports import Clock, Ids, Randomness
from supervision_core.testing.identity import NOON


@define
class Moving(Clock):
    """Goes when told."""

    at: datetime = NOON

    def now(self) -> datetime:
        """Give the moment."""
        return self.at

    def go(self, by: timedelta) -> None:
        """Go on."""
        self.at += by


@define
class Counted(Ids, Randomness):
    """Counts, where chance would choose: the same history always gives the same tokens."""

    _numbers: Iterator[int] = field(factory=lambda: count(1))

    def next_id(self) -> str:
        """Give the next."""
        return f"made-{next(self._numbers)}"

    def token(self, size: int) -> bytes:
        """Give the next."""
        return next(self._numbers).to_bytes(size, "big")


@define
class Phones(CodeMessages):
    """Keeps the last code that was sent to each phone, for whoever holds it."""

    _last: dict[str, str] = field(factory=dict)

    def send(self, phone: str, code: str) -> None:
        """Keep it."""
        self._last[phone] = code

    def tell(self, phone: str, change: IdentityChange) -> None:
        """Let it be told."""

    def read(self, phone: str) -> str:
        """Give the last code, empty where none came."""
        return self._last.get(phone, "")


class NoRobots(Captchas):
    """Lets everybody pass: reading a picture keeps no attacker out."""

    def issue(self, *, in_words: bool = False) -> CaptchaGiven:
        """Ask for nothing."""
        del in_words
        return CaptchaGiven(ticket="", question="")

    def passes(self, answer: str) -> bool:
        """Agree."""
        del answer
        return True


@cache
def print_of(name: str) -> str:
    """Give the thumbprint of the certificate of that name."""
    return sm3(name.encode()).hex()


class Papers(Certificates):
    """A certificate is its name; whoever holds its key signs by writing the name before."""

    def thumbprint(self, certificate: bytes, *, at: datetime) -> str | None:
        """Give its thumbprint."""
        del at
        return print_of(certificate.decode())

    def verifies(self, certificate: bytes, data: bytes, signature: bytes) -> bool:
        """Compare."""
        return signature == certificate + data


@cache
def document_of(name: str) -> str:
    """Give the identity number of a person."""
    number = int.from_bytes(name.encode(), "big") % 999
    return complete_identity_card(f"45010319900101{number:03}")


@frozen
class Identities(SignOnGateway):
    """The unified platform: whoever has an account there is told as he is; a code is its name."""

    known: Mapping[str, SignOnProfile]

    def profile(self, code: str) -> SignOnProfile | None:
        """Give him."""
        return self.known.get(code)

    def profile_of_token(self, token: str) -> SignOnProfile | None:
        """Give him."""
        return self.known.get(token)

    def address(self, state: str) -> str:
        """Say where."""
        return f"https://sso.example/?state={state}"

    def log_out_address(self, return_to: str) -> str:
        """Say where."""
        return f"https://sso.example/out?to={return_to}"

    def logged_out(self, notice: bytes, signature: str, *, at: datetime) -> str | None:
        """Believe nobody."""
        del notice, signature, at
        return None


def profile_of(name: str) -> SignOnProfile:
    """Give what the unified platform tells of the member of staff of that name."""
    return SignOnProfile(
        user_code=f"code-{name}",
        kind=UserKind.STAFF,
        level=3,
        document=document_of(name),
        name=name,
        updated_at="20261124",
    )


@define
class Faces(FaceCertification):
    """Certifies whoever is in front of the camera: one of ``present``, by identity number."""

    present: frozenset[str] = frozenset()
    _begun: list[str] = field(factory=list)

    def begin(self, name: str, number: str) -> FaceBegun | None:
        """Begin; somebody without a number is refused."""
        del name
        if not number:
            return None
        self._begun.append(number)
        certify_id = f"certify-{len(self._begun)}"
        return FaceBegun(certify_id=certify_id, address=f"https://face.example/{certify_id}")

    def passed(self, certify_id: str) -> bool:
        """Compare."""
        _, _, number = certify_id.partition("-")
        return self._begun[int(number) - 1] in self.present
