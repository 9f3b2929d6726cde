"""Sessions after the log-in: who acts behind a token, and the end of it."""

from attrs import frozen

from supervision_core.identity.model import Actor, NotLoggedIn, StepUpRequired
from supervision_core.identity.ports import Sessions
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.login.door import Door, digest_of


@frozen(kw_only=True)
class SessionKeeping(Door):
    """Resuming and ending."""

    def resume(self, token: str, *, critical: bool = False) -> Actor:
        """Give who acts behind ``token``, with what he may do at this moment.

        Whatever was revoked since the last request counts. ``critical`` acts ask for a ``step_up``
        lately. A broken seal is audited: whoever watches the log
        is alarmed. Raises ``NotLoggedIn``, ``StepUpRequired``, ``Tampered``.
        """
        session, actor = self.committed(lambda unit: self.resumed(unit, token))
        if session is None or actor is None:
            raise NotLoggedIn
        if critical and not session.fresh(at=self.clock.now(), policy=self.policy):
            raise StepUpRequired
        return actor

    def log_out(self, token: str, *, source: str) -> None:
        """End the session at once; an unknown or ended one is none."""
        with self.transactions.begin() as unit:
            session = find(unit, Sessions, digest_of(token))
            if session is not None and not session.ended:
                session.end(at=self.clock.now())
                unit[Sessions].save(session)
                self.audit(unit, "identity.log_out", source, session.user)
                unit.commit()
