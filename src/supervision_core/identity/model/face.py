"""Certifying by face who somebody is, as the platform of 智桂通 does it."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from attrs import define, field, frozen

from supervision_core.identity.model.login import LogInPolicy
from supervision_core.identity.model.user import IDENTITY_CARD, User, UserKind
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.events import Aggregate


@define(eq=False)
class FaceRefused(Refused):
    """No certification by face is begun, or it is not passed yet; the reasons say which."""

    code: ClassVar[str] = "identity.face_refused"


class FacePurpose(StrEnum):
    """What a certification is for: its token serves nothing else."""

    LOG_IN = "log_in"
    STEP_UP = "step_up"


@frozen(kw_only=True)
class FaceBegun:
    """A certification that the platform began: its id there, and where the user shows his face."""

    certify_id: str = field(repr=False)
    address: str = field(repr=False)


def face_violations(user: User, kinds: frozenset[UserKind]) -> tuple[Violation, ...]:
    """Give everything against certifying ``user``: his kind, or no identity number to hold against.

    Nobody else's name and number are ever sent than those stored of him.
    """
    found = []
    if user.extended.kind not in kinds:
        found.append(Violation("identity.face_kind_unfit"))
    if user.person.document_kind != IDENTITY_CARD or not user.person.document_number:
        found.append(Violation("identity.face_number_missing"))
    return tuple(found)


@define(eq=False, kw_only=True)
class FaceCheck(Aggregate):
    """人脸认证 (FaceCheck): one certification by face, for one log-in or session, used once.

    Its id is the digest of the token of the log-in or session that began it. Which certification it
    is on the platform's side stands here only: whoever confirms names his token, never that id, and
    so nobody can bring another's. No picture is kept. Source: proposal 6.4.2.4.2.
    """

    _user: str
    _purpose: FacePurpose
    _source: str
    _begun_at: datetime | None = None
    _certify_id: str = field(default="", repr=False)
    _asks: int = 0
    _over: bool = False

    @property
    def user(self) -> str:
        """Who is to be certified."""
        return self._user

    @property
    def certify_id(self) -> str:
        """The platform's id of it, empty until the platform has begun it."""
        return self._certify_id

    def begin(self, source: str, *, at: datetime, policy: LogInPolicy) -> None:
        """Note, before the platform is asked, that it is begun; an earlier one dies.

        Raises ``FaceRefused`` where the last one was begun a moment ago.
        """
        if self._begun_at is not None and at < self._begun_at + policy.face_interval:
            raise FaceRefused((Violation("identity.face_too_soon"),))
        self._begun_at, self._source = at, source
        self._certify_id, self._asks, self._over = "", 0, False

    def opened(self, certify_id: str) -> None:
        """Note the platform's id of it."""
        self._certify_id = certify_id

    def ask(self, purpose: str, source: str, *, at: datetime, policy: LogInPolicy) -> bool:
        """Reserve a question to the platform; tell whether it may be asked.

        To be stored either way, before it is asked. Another address ends it.
        """
        begun = self._begun_at
        self._asks += 1
        fresh = begun is not None and begun <= at < begun + policy.face_age
        if not fresh or source != self._source or self._asks > policy.face_asks:
            self._over = True
        return not self._over and bool(self._certify_id) and purpose == self._purpose

    def give_back(self) -> None:
        """Count a question no longer: the platform did not answer."""
        self._asks -= 1

    def use(self) -> bool:
        """Use it up; tell whether it was not before."""
        first, self._over = not self._over, True
        return first

    def is_over(self, *, at: datetime, policy: LogInPolicy) -> bool:
        """Tell whether nothing can come of it any more."""
        return self._begun_at is None or at >= self._begun_at + policy.face_age
