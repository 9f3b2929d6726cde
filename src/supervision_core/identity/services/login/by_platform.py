"""Single sign-on from the unified platform, and its log-out."""

from typing import ClassVar

from attrs import define, evolve, frozen

from supervision_core.audit.model import Outcome
from supervision_core.identity.model import (
    AccountData,
    ExtendedData,
    FirmProof,
    LocalUser,
    PersonData,
    SignOnDecision,
    SignOnProfile,
    SignOnRecord,
    SignOnStep,
    User,
    UserDraft,
    UserInvalid,
    UserKind,
    Way,
    decide_sign_on,
    kinds_of,
)
from supervision_core.identity.ports import Users
from supervision_core.identity.services.frame import Work
from supervision_core.identity.services.keeping import keep, tell
from supervision_core.identity.services.login.door import Door, SessionGiven
from supervision_core.identity.services.login.stored import digest_of, end_all
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.ports import UnitOfWork


@define(eq=False)
class SignOnRefused(Refused):
    """Who comes from the unified platform is not let in, and is told why."""

    code: ClassVar[str] = "identity.sign_on_refused"


@frozen(kw_only=True)
class PlatformLogIns(Door):
    """The eight steps of proposal 6.4.2.12.8.2."""

    @property
    def sign_on_offered(self) -> bool:
        """Whether there is a unified platform to come from."""
        return self.gateway.offered

    def begin_sign_on(self, *, source: str) -> str:
        """Give the ``state`` with which the browser is sent to the unified platform.

        The browser keeps it too (in a cookie), so that nobody is logged in by another's link.
        """
        return self.challenge(Way.SIGN_ON, source).token

    def sign_on_address(self, state: str) -> str:
        """Give where the browser goes with ``state`` (step 3)."""
        return self.gateway.address(state)

    def sign_on(self, code: str, state: str, *, source: str) -> SessionGiven:
        """单点登录: let in who comes back from the unified platform, created or updated as needed.

        Raises ``LogInRefused``, ``CertificateRequired``, ``SignOnRefused`` with the reason of the
        step, and what the gateway raises where the platform does not answer.
        Source: proposal 6.4.2.12.8.2.
        """
        action = "identity.sign_on"
        if self.used(state, Way.SIGN_ON, source) is None:
            raise self.refused(action, source)
        try:
            profile = self.gateway.profile(code)
        except Refused:
            self.refused(action, source)
            raise
        return self._let_in(profile, action, source)

    def sign_on_with_token(self, token: str, *, source: str) -> SessionGiven:
        """Let in who uses this system inside of the platform's own app, which gave ``token``.

        Raises as ``sign_on``. Source: proposal 6.4.2.4.1.3.
        """
        action = "identity.sign_on_with_token"
        try:
            profile = self.gateway.profile_of_token(token)
        except Refused:
            self.refused(action, source)
            raise
        return self._let_in(profile, action, source)

    def log_out_address(self, return_to: str) -> str:
        """Give where the browser goes after a log-out here, to be logged out there as well.

        Empty where the platform has no such place.
        """
        return self.gateway.log_out_address(return_to)

    def sign_off(self, notice: bytes, signature: str, *, source: str) -> int:
        """End all sessions of who logged out on the unified platform; tell how many.

        Raises ``LogInRefused`` unless the platform signed the notice a moment ago.
        """
        action = "identity.sign_off"
        user_code = self.gateway.logged_out(notice, signature, at=self.clock.now())
        if user_code is None:
            raise self.refused(action, source)

        def ended(unit: UnitOfWork) -> int:
            user = unit[Users].find_by_user_code(user_code)
            if user is None:
                return 0
            targets = end_all(unit, user.id, at=self.clock.now())
            self.audit(unit, action, source, user.id, targets=targets)
            return len(targets)

        return self.committed(ended)

    def _let_in(self, profile: SignOnProfile | None, action: str, source: str) -> SessionGiven:
        if profile is None:
            raise self.refused(action, source)
        try:
            user = self._local_user(profile, action, source)
        except Tampered:
            raise self.refused(action, source) from None
        except UserInvalid:  # a name or number that cannot be anybody's
            self.refused(action, source)
            raise SignOnRefused((Violation("identity.sign_on_incomplete"),)) from None
        return self.session(user, action, source, Way.SIGN_ON)

    def _local_user(self, profile: SignOnProfile, action: str, source: str) -> str:
        """Decide steps 4 to 8 and carry them out. Raises ``SignOnRefused``, ``UserInvalid``."""

        def decided(unit: UnitOfWork) -> SignOnDecision:
            work = Work(self.nobody(), self.clock.now(), self.ids, unit)
            users, other = _matching(unit, profile)
            found = tuple(
                LocalUser(
                    id=one.id,
                    active=one.works_on(local_day(work.now)),
                    document=one.person.document_number,
                    record=one.sign_on,
                )
                for one in users
            )
            decision = decide_sign_on(profile, found, self.requirement)
            match decision.step:
                case SignOnStep.REFUSE:
                    self.audit(unit, action, source, "", Outcome.DENIED)
                case SignOnStep.CREATE:
                    user = User.register(
                        _draft(profile), id=self.ids.next_id(), at=work.now, proof=_proof(profile)
                    )
                    self._told(work, user, profile, other, source)
                    decision = evolve(decision, user=user.id)
                case SignOnStep.UPDATE:
                    users[0].change(_updated(users[0], profile), at=work.now)
                    self._told(work, users[0], profile, other, source)
                case SignOnStep.ADMIT:
                    pass
            return decision

        decision = self.committed(decided)
        if decision.step is SignOnStep.REFUSE:
            raise SignOnRefused((Violation(decision.reason),))
        return decision.user

    def _told(
        self, work: Work, user: User, profile: SignOnProfile, other: User | None, source: str
    ) -> None:
        """Keep what the platform tells of a user, with a row of its own for what was written."""
        if other is not None:
            other.forget_sign_on(at=work.now)
            keep(work, Users, other)
        record = SignOnRecord(user_code=profile.user_code, updated_at=profile.updated_at)
        user.remember_sign_on(record, at=work.now)
        keep(work, Users, user)
        tell(work, "user", user.id)
        self.audit(work.unit, "identity.remember_sign_on", source, user.id, targets=work.targets)


def _matching(unit: UnitOfWork, profile: SignOnProfile) -> tuple[list[User], User | None]:
    """Give the users of the profile's kind with its document or code, and one of another kind.

    The latter had the code while the platform called its owner something else: who left the service
    is let in as a citizen, and no longer as staff.
    """
    by_document = unit[Users].find_by_document(profile.document) if profile.document else []
    by_code = unit[Users].find_by_user_code(profile.user_code) if profile.user_code else None
    named = {one.id: one for one in (*by_document, *([by_code] if by_code else ()))}
    kinds = kinds_of(profile)
    found = [named[one] for one in sorted(named) if named[one].extended.kind in kinds]
    other = by_code if by_code and by_code.extended.kind not in kinds else None
    return found, other


def _draft(profile: SignOnProfile) -> UserDraft:
    firm = profile.kind is UserKind.ENTERPRISE
    return UserDraft(
        account=AccountData(account=f"sso.{digest_of(profile.user_code)[:24]}"),
        person=PersonData(
            name=profile.name,
            document_kind=profile.document_kind,
            document_number=profile.document,
        ),
        extended=ExtendedData(
            kind=profile.kind,
            party=profile.document if firm else f"citizen/{digest_of(profile.user_code)[:24]}",
        ),
    )


def _proof(profile: SignOnProfile) -> FirmProof:
    """Give what proves that who signs on acts for a firm: the platform said so of its account."""
    return FirmProof(document="统一身份认证", number=profile.user_code[:64])


def _updated(user: User, profile: SignOnProfile) -> UserDraft:
    draft = user.draft
    return evolve(draft, person=evolve(draft.person, name=profile.name))
