"""Proving that one holds a phone on record: codes as of log-ins, for one matter, no session."""

from collections.abc import Callable

from attrs import frozen

from supervision_core.identity.model import CodeNotSent, GuessLimit, LogIn, LogInState
from supervision_core.identity.ports import GuessLimits, LogInStore
from supervision_core.identity.services.frame import Work
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.login.door import Door
from supervision_core.identity.services.login.stored import digest_of, guess_limit
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.ports import UnitOfWork


@frozen(kw_only=True)
class PhoneProofs(Door):
    """A code to a phone, for one ``matter`` (a thing by kind and id) and one address.

    As many codes are sent for a matter as for a log-in, then none until the lock ends; each takes
    as many tries and lives as long. Nobody is let in.
    """

    def begin_phone_proof(self, matter: str, phone: str, *, source: str) -> str:
        """Send a code; give the token of this proof. Raises ``CodeNotSent``."""
        action, token, code = "identity.begin_phone_proof", self.token(), self.code()

        def begun(unit: UnitOfWork) -> bool:
            now, limit = self.clock.now(), self._limit(unit, matter)
            may = limit.reserve(self.policy.code_sends, at=now, since=None, policy=self.policy)
            unit[GuessLimits].save(limit)
            if may:
                attempt = LogIn(id=digest_of(matter, token), user=matter, source=source)
                attempt.send(digest_of(attempt.id, code), at=now, policy=self.policy)
                unit[LogInStore].save(attempt)
                self.audit(unit, action, source, "", targets=(matter,))
            return may

        if not self.committed(begun):
            self.refused(action, source)
            raise CodeNotSent((Violation("identity.proof_codes_used_up"),))
        try:
            self.messages.send(phone, code)
        except CodeNotSent:
            self.committed(lambda unit: self._undone(unit, matter, token))
            self.refused("identity.send_code", source)
            raise
        return token

    def confirm_phone_proof(  # noqa: PLR0913 - what is tried, and what follows
        self,
        matter: str,
        token: str,
        code: str,
        *,
        source: str,
        action: str,
        then: Callable[[Work], None],
    ) -> None:
        """Try a code; what follows from a right one is done in the same transaction, as ``action``.

        Raises ``LogInRefused``, and what ``then`` does.
        """

        def tried(unit: UnitOfWork) -> bool:
            now, attempt = self.clock.now(), find(unit, LogInStore, digest_of(matter, token))
            if attempt is None:
                return False
            good = attempt.confirm(digest_of(attempt.id, code), source, at=now, policy=self.policy)
            unit[LogInStore].save(attempt)
            if good:
                limit = self._limit(unit, matter)
                limit.forget()
                unit[GuessLimits].save(limit)
                work = Work(self.nobody(), now, self.ids, unit)
                then(work)
                self.audit(unit, action, source, "", targets=work.targets)
            return good

        if not self.committed(tried):
            raise self.refused(action, source)

    def phone_proved(self, matter: str, token: str, *, source: str) -> bool:
        """Tell whether a code was right for this matter, from this address, a few minutes ago."""
        with self.transactions.begin_reading() as unit:
            attempt = find(unit, LogInStore, digest_of(matter, token))
        return (
            attempt is not None
            and attempt.state is LogInState.DONE
            and attempt.source == source
            and not attempt.is_over(at=self.clock.now(), policy=self.policy)
        )

    def _undone(self, unit: UnitOfWork, matter: str, token: str) -> None:
        attempt, limit = unit[LogInStore].get(digest_of(matter, token)), self._limit(unit, matter)
        attempt.fail()
        limit.give_back()
        unit[LogInStore].save(attempt)
        unit[GuessLimits].save(limit)

    def _limit(self, unit: UnitOfWork, matter: str) -> GuessLimit:
        return guess_limit(unit, matter, "", at=self.clock.now())
