"""One's own phone: changed by whoever proves password, old phone and new phone."""

from attrs import evolve, frozen

from supervision_core.identity.model import (
    CodeNotSent,
    IdentityChange,
    PhoneChange,
    PhoneStep,
    Session,
    User,
    UserInvalid,
    user_violations,
)
from supervision_core.identity.ports import PhoneChanges, Sessions, Users
from supervision_core.identity.services.frame import Work
from supervision_core.identity.services.keeping import find, keep, tell
from supervision_core.identity.services.login.door import Door
from supervision_core.identity.services.login.stored import digest_of, end_these
from supervision_core.identity.services.phone_notices import tell_old_phone
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.ports import UnitOfWork


@frozen(kw_only=True)
class OwnPhone(Door):
    """Password, then a code to the old phone, then one to the new, for one session."""

    def begin_phone_change(
        self, token: str, password: str, phone: str, *, source: str
    ) -> PhoneStep:
        """更换本人手机号: send a code to the old phone, or to the new one where there is none.

        Gives which phone it went to. Wrong passwords count towards the lock. Raises
        ``NotLoggedIn``, ``LogInRefused``, ``UserInvalid``, ``CodeNotSent``.
        """
        action = "identity.begin_phone_change"
        session, user = self.proved(action, token, password, source)
        if session.limited:
            raise self.refused(action, source, session.user)
        now, old, code = self.clock.now(), user.account.phone, self.code()
        wanted = evolve(user.draft, account=evolve(user.account, phone=phone))
        faults = [one for one in user_violations(wanted, on=local_day(now)) if one.at == "phone"]
        if not phone or phone == old:
            faults.append(Violation("identity.phone_not_new", "phone"))
        refuse_if(UserInvalid, faults)
        first = PhoneStep.OLD if old else PhoneStep.NEW

        def begun(unit: UnitOfWork) -> None:
            change = find(unit, PhoneChanges, session.id) or PhoneChange(
                id=session.id, user=user.id, source=source
            )
            digest = digest_of(session.id, first, code)
            change.begin(phone, digest, source, first=first, at=now, policy=self.policy)
            unit[PhoneChanges].save(change)
            self.audit(unit, action, source, user.id)

        self.committed(begun)
        self._send_to(old or phone, code, session, source)
        return first

    def confirm_old_phone(self, token: str, code: str, *, source: str) -> None:
        """Take the code of the old phone, and send one to the new.

        Raises ``NotLoggedIn``, ``LogInRefused``, ``CodeNotSent``.
        """
        fresh = self.code()
        session, change = self._confirmed(token, PhoneStep.OLD, code, source, fresh)
        self._send_to(change.phone, fresh, session, source)

    def confirm_new_phone(self, token: str, code: str, *, source: str) -> None:
        """Take the code of the new phone: codes go there from now on.

        The user's other sessions end; what the unified platform told of him stays; the old phone is
        told. Raises ``NotLoggedIn``, ``LogInRefused``.
        """
        self._confirmed(token, PhoneStep.NEW, code, source)

    def _confirmed(
        self, token: str, step: PhoneStep, code: str, source: str, fresh: str = ""
    ) -> tuple[Session, PhoneChange]:
        """Try a code; what follows from a right one is done in the same transaction."""
        action = f"identity.confirm_{step}_phone"
        session, _ = self.logged_in(token)

        def tried(unit: UnitOfWork) -> PhoneChange | None:
            change = find(unit, PhoneChanges, session.id)
            if change is None:
                return None
            digest, now = digest_of(session.id, step, code), self.clock.now()
            good = change.confirm(step, digest, source, at=now, policy=self.policy)
            targets: tuple[str, ...] = ()
            if good and step is PhoneStep.OLD:
                change.ask_new(digest_of(session.id, PhoneStep.NEW, fresh), at=now)
            elif good:
                targets = self._changed(unit, session, change.phone)
            unit[PhoneChanges].save(change)
            if good:
                self.audit(unit, action, source, session.user, targets=targets)
            return change if good else None

        change = self.committed(tried)
        if change is None:
            raise self.refused(action, source, session.user)
        return session, change

    def _changed(self, unit: UnitOfWork, session: Session, phone: str) -> tuple[str, ...]:
        """Give the user his new phone; name what was written."""
        work = Work(self.nobody(), self.clock.now(), self.ids, unit)
        user: User = unit[Users].get(session.user)
        old = user.account.phone
        user.change(evolve(user.draft, account=evolve(user.account, phone=phone)), at=work.now)
        keep(work, Users, user)
        tell(work, Users.kind, user.id)
        tell_old_phone(work, old, IdentityChange.PHONE)
        others = (one for one in unit[Sessions].of_user(user.id) if one.id != session.id)
        return work.targets + end_these(unit, others, at=work.now)

    def _send_to(self, phone: str, code: str, session: Session, source: str) -> None:
        """Hand a code on, outside of any transaction; where that fails the change ends."""
        try:
            self.messages.send(phone, code)
        except CodeNotSent:

            def undone(unit: UnitOfWork) -> None:
                change = unit[PhoneChanges].get(session.id)
                change.fail()
                unit[PhoneChanges].save(change)

            self.committed(undone)
            self.refused("identity.send_code", source, session.user)
            raise
