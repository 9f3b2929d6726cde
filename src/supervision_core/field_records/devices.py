"""The phones that may send, and the PINs by which companions of their owners confirm on them."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar, Final, Self

from attrs import define, evolve, field, frozen, setters

from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate

_KEY: Final = re.compile(r"04[0-9a-f]{128}")
MOST_WRONG: Final = 5
"""Wrong PINs of a companion after which no further one is tried."""


@define(eq=False)
class DeviceRefused(Refused):
    """A phone cannot be registered, or does not take a companion's PIN."""

    code: ClassVar[str] = "field_records.device_refused"


@frozen(kw_only=True)
class CompanionPin:
    """同行口令 (CompanionPin): by it an officer confirms on the phone of the one he goes with.

    Of the PIN and a salt that lies on the phone follows a key, whose ``public_key`` is kept here
    and nowhere else: the phone alone cannot tell a right PIN from a wrong one. It counts once the
    account of ``user`` ``agreed_at``.
    """

    id: str
    user: str
    public_key: str = field(repr=False)
    offered_at: datetime
    agreed_at: datetime | None = None
    wrong: int = 0

    @property
    def locked(self) -> bool:
        """Tell whether too many wrong PINs were tried."""
        return self.wrong >= MOST_WRONG


def confirmation_stated(companion: str, visit: str, digest: str) -> bytes:
    """Give what a companion's key signs: which visit, and the SM3 of what is confirmed of it."""
    return f"field-confirmation/1\n{companion}\n{visit}\n{digest}".encode()


@define(eq=False, kw_only=True)
class FieldDevice(Aggregate):
    """外勤手机 (FieldDevice): the key with which a phone signs what its owner records.

    ``public_key`` is hex of ``04 ‖ x ‖ y``; the private one never leaves the phone.
    """

    owner: str = field(on_setattr=setters.frozen)
    _department: str = ""
    public_key: str = field(on_setattr=setters.frozen)
    registered_at: datetime = field(on_setattr=setters.frozen)
    _retired_at: datetime | None = None
    _retired_by: str = ""
    _reason: str = ""
    _seen_at: datetime | None = None
    _waiting: int = 0
    _lacking: int = 0
    _companions: tuple[CompanionPin, ...] = ()

    @property
    def mark(self) -> str:
        """The first signs of its id, by which people tell phones of one owner apart."""
        return self.id[:6]

    @property
    def department(self) -> str:
        """For which department its owner works, as far as the phone told."""
        return self._department

    @property
    def retired_at(self) -> datetime | None:
        """When it was given up, lost or sold."""
        return self._retired_at

    @property
    def retired_by(self) -> str:
        """Who gave it up: its owner, or whoever administers his department."""
        return self._retired_by

    @property
    def reason(self) -> str:
        """Why it was given up."""
        return self._reason

    @property
    def seen_at(self) -> datetime | None:
        """When the phone last told how it is."""
        return self._seen_at

    @property
    def waiting(self) -> int:
        """How many records waited on it then."""
        return self._waiting

    @property
    def lacking(self) -> int:
        """How many of these follow a record that the phone had no more."""
        return self._lacking

    @property
    def companions(self) -> tuple[CompanionPin, ...]:
        """The PINs by which others confirm on it."""
        return self._companions

    def retire(self, *, by: str, reason: str, at: datetime) -> None:
        """Take nothing of it any more; the first time stays. Raises ``DeviceRefused``."""
        if self._retired_at is not None:
            return
        faults = [] if reason.strip() else [Violation("field_records.reason_missing", "reason")]
        refuse_if(DeviceRefused, faults)
        self._retired_at, self._retired_by, self._reason = at, by, reason.strip()
        self._companions = ()

    def tell(self, *, waiting: int, lacking: int, department: str, at: datetime) -> None:
        """Note how many records wait on it, and that it was there. Raises ``DeviceRefused``.

        It follows its owner to another department.
        """
        gone = self._retired_at is not None
        refuse_if(DeviceRefused, [Violation("field_records.device_retired")] if gone else [])
        self._department = department or self._department
        self._seen_at, self._waiting, self._lacking = at, waiting, lacking

    def offer(self, companion: CompanionPin) -> None:
        """Keep the PIN of a companion until he agrees; it takes the place of his earlier one.

        Raises ``DeviceRefused``.
        """
        refuse_if(DeviceRefused, self._offer_violations(companion))
        others = (one for one in self._companions if one.user != companion.user)
        self._companions = (*others, companion)

    def _offer_violations(self, companion: CompanionPin) -> Iterator[Violation]:
        if self._retired_at is not None:
            yield Violation("field_records.device_retired", "device_id")
        if not _KEY.fullmatch(companion.public_key):
            yield Violation("field_records.key_form", "public_key")
        if companion.user == self.owner:
            yield Violation("field_records.companion_self", "officer")

    def companion(self, id: str) -> CompanionPin | None:
        """Give a companion's PIN."""
        return next((one for one in self._companions if one.id == id), None)

    def agree(self, id: str, *, at: datetime) -> None:
        """Let a companion's PIN count from now on; the first time stays."""
        self._companions = tuple(
            evolve(one, agreed_at=at) if one.id == id and one.agreed_at is None else one
            for one in self._companions
        )

    def end(self, id: str) -> None:
        """Take a companion's PIN no more."""
        self._companions = tuple(one for one in self._companions if one.id != id)

    def tried(self, id: str, *, right: bool) -> bool:
        """Count a wrong PIN of a companion; one that confirmed something forgives those before.

        Tell whether no further one is tried.
        """
        self._companions = tuple(
            evolve(one, wrong=0 if right else one.wrong + 1) if one.id == id else one
            for one in self._companions
        )
        return any(one.locked for one in self._companions if one.id == id)

    @classmethod
    def register(cls, *, owner: str, department: str, public_key: str, at: datetime) -> Self:
        """Register a phone's key for its owner. Raises ``DeviceRefused``."""
        unfit = not _KEY.fullmatch(public_key)
        found = [Violation("field_records.key_form", "public_key")] if unfit else []
        refuse_if(DeviceRefused, found)
        return cls(
            id=device_of(public_key), owner=owner, department=department, public_key=public_key,
            registered_at=at, seen_at=at,
        )  # fmt: skip


def device_of(public_key: str) -> str:
    """Give the id of the phone that holds a key."""
    return sm3(public_key.encode()).hex()[:32]
