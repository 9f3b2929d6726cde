"""Sessions after the log-in: who acts behind a token, and the end of it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Final

from attrs import field, frozen

from supervision_core.identity.model import Actor, Session, StepUpRequired, UserKind, Way
from supervision_core.identity.ports import (
    TRACES,
    Departments,
    LogInTraces,
    Sessions,
    StationMessages,
    Users,
)
from supervision_core.identity.services.history import LogInRecord, log_ins_of
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.login.door import Door
from supervision_core.identity.services.login.stored import digest_of, end_these, find_credentials
from supervision_core.identity.services.station_messages import MessageView, messages_of
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import Page, PageRequest
from supervision_core.kernel.ports import Repository, UnitOfWork

_KEPT_FOR: Final = timedelta(days=1)
_BATCH: Final = 500


@frozen(kw_only=True)
class Workplace:
    """A department for which somebody can work; ``current`` is the one he works for now."""

    id: str = field(metadata=said("编号", example="n000001"))
    name: str = field(metadata=said("机构名称", example="南宁市市场监督管理局"))
    current: bool = field(metadata=said("是否当前会话所在的机构", example=True))


@frozen(kw_only=True)
class OwnProfile:
    """Who is logged in, as he is told himself."""

    account: str
    name: str = field(repr=False)
    kind: UserKind
    workplaces: tuple[Workplace, ...]
    password_set: bool

    @property
    def department(self) -> str:
        """The name of the department that he works for now, empty for whoever has none."""
        return next((one.name for one in self.workplaces if one.current), "")


@frozen(kw_only=True)
class SessionKeeping(Door):
    """Resuming and ending."""

    def resume(self, token: str, *, critical: bool = False) -> Actor:
        """Give who acts behind ``token``, with what he may do at this moment.

        Whatever was revoked since the last request counts. ``critical`` acts ask for a ``step_up``
        lately. A broken seal is audited: whoever watches the log
        is alarmed. Raises ``NotLoggedIn``, ``StepUpRequired``, ``Tampered``.
        """
        session, actor = self._resumed(token)
        if critical and not session.fresh(at=self.clock.now(), policy=self.policy):
            raise StepUpRequired
        return actor

    def _resumed(self, token: str) -> tuple[Session, Actor]:
        """Give session and actor; a request soon after another one of the session only reads.

        Otherwise requests sent side by side would wait for each other. Raises ``NotLoggedIn``.
        """
        session, actor = self._read(token)
        if session is None or actor is None:
            return self.logged_in(token)
        return session, actor

    def _read(self, token: str) -> tuple[Session | None, Actor | None]:
        """Give session and actor where nothing need be written for it: no count, no alarm."""
        digest = digest_of(token)
        try:
            with self.transactions.begin_looking() as unit:
                session, epoch = unit[Sessions].with_epoch(digest)
                lately = self._seen_lately(session)
                actor = self.kept_actor(unit, session, epoch) if lately else None
            if actor is not None:
                return session, actor
            with self.transactions.begin_reading() as unit:
                session = unit[Sessions].get(digest)
                seen = self._seen_lately(session)
                return (session, self.actor_of(unit, session)) if seen else (None, None)
        except (NotFound, Tampered):  # perhaps changed in between; the other way looks and alarms
            return None, None

    def _seen_lately(self, session: Session) -> bool:
        return session.seen_lately(at=self.clock.now(), policy=self.policy)

    def own_sessions(self, token: str) -> tuple[Session, tuple[Session, ...]]:
        """Give the session of ``token``, and all of its user that live, oldest first.

        Raises ``NotLoggedIn``.
        """
        mine, _ = self._resumed(token)
        now = self.clock.now()
        with self.transactions.begin_reading() as unit:
            found = unit[Sessions].of_user(mine.user)
        living = (one for one in found if one.use(at=now, policy=self.policy))
        return mine, tuple(sorted(living, key=lambda one: (one.started_at, one.id)))

    def own_profile(self, token: str) -> OwnProfile:
        """Tell the user of ``token`` who he is here, with the departments for which he can work.

        Raises ``NotLoggedIn``.
        """
        mine, _ = self._resumed(token)
        with self.transactions.begin_reading() as unit:
            user = unit[Users].get(mine.user)
            kept = find_credentials(unit, mine.user)
            found = [unit[Departments].get(one.department) for one in user.memberships]
        return OwnProfile(
            account=user.account.account,
            name=user.person.name,
            kind=user.extended.kind,
            workplaces=tuple(
                Workplace(id=one.id, name=one.data.name, current=one.id == mine.department)
                for one in found
            ),
            password_set=kept is not None and bool(kept.password),
        )

    def work_for(self, token: str, department: str, *, source: str) -> None:
        """切换任职机构: let the user of ``token`` go on for another of his departments.

        It counts from the next request on, for this session alone. Raises ``NotLoggedIn``, and
        ``NotFound`` for what is no department of his. Source: proposal 6.4.1.4.1 (允许一个用户属于
        多个组织).
        """
        mine, _ = self._resumed(token)

        def chosen(unit: UnitOfWork) -> None:
            session, user = unit[Sessions].get(mine.id), unit[Users].get(mine.user)
            if department not in user.departments:
                raise NotFound(Departments.kind, department)
            session.work_for(department)
            unit[Sessions].save(session)
            place = (f"department/{department}",)
            self.audit(unit, "identity.work_for", source, mine.user, targets=place)

        self.committed(chosen)

    def own_log_ins(self, token: str, page: PageRequest) -> Page[LogInRecord]:
        """Give a page of the log-ins of the user of ``token``, the newest first, failed ones too.

        Raises ``NotLoggedIn``.
        """
        mine, _ = self._resumed(token)
        with self.transactions.begin_reading() as unit:
            return log_ins_of(unit, mine.user, page)

    def own_messages(
        self, token: str, page: PageRequest, *, unread: bool = False
    ) -> Page[MessageView]:
        """Give a page of the messages to the user of ``token``, newest first.

        Raises ``NotLoggedIn``.
        """
        mine, _ = self._resumed(token)
        with self.transactions.begin_reading() as unit:
            return messages_of(unit, mine.user, unread=unread, request=page)

    def unread_messages(self, token: str) -> int:
        """Count what the user of ``token`` has not read. Raises ``NotLoggedIn``."""
        mine, _ = self._resumed(token)
        with self.transactions.begin_reading() as unit:
            return unit[StationMessages].unread(mine.user)

    def read_messages(self, token: str, ids: Sequence[str]) -> int:
        """Mark these messages to the user of ``token`` as read, or all; tell how many it were.

        Those of others are passed over. Raises ``NotLoggedIn``.
        """
        mine, _ = self._resumed(token)
        with self.transactions.begin() as unit:
            read = unit[StationMessages].read(mine.user, ids, at=self.clock.now())
            unit.commit()
        return read

    def end_own(self, token: str, ended: str | None, *, source: str) -> int:
        """End one session of the user of ``token``, or all of them; tell how many it were.

        Raises ``NotLoggedIn``, and ``NotFound`` for what is no session of his.
        """
        mine, _ = self._resumed(token)

        def end(unit: UnitOfWork) -> int:
            found = [one for one in unit[Sessions].of_user(mine.user) if ended in {None, one.id}]
            if ended is not None and not found:
                raise NotFound(Sessions.kind, ended)
            targets = end_these(unit, found, at=self.clock.now())
            self.audit(unit, "identity.log_out", source, mine.user, targets=targets)
            return len(targets)

        return self.committed(end)

    def log_out(self, token: str, *, source: str, return_to: str = "") -> str:
        """End the session at once; an unknown or ended one is none.

        Gives where the browser of who came by the unified platform goes to be logged out there too,
        and from there to ``return_to``; empty for all others, and where there is no such place.
        """
        with self.transactions.begin() as unit:
            session = find(unit, Sessions, digest_of(token))
            if session is not None and not session.ended:
                targets = end_these(unit, [session], at=self.clock.now())
                self.audit(unit, "identity.log_out", source, session.user, targets=targets)
                unit.commit()
        signed_on = session is not None and session.way is Way.SIGN_ON
        return self.gateway.log_out_address(return_to) if signed_on else ""

    def forget_traces(self) -> int:
        """Remove challenges, log-ins, limits and sessions that were over a day ago; tell how many.

        The audit log keeps what is to be kept of them.
        """
        at = self.clock.now() - _KEPT_FOR

        def is_over(one: Any) -> bool:
            return bool(one.is_over(at=at, policy=self.policy))

        return sum(self._forget(port, is_over) for port in TRACES)

    def _forget(self, port: type[Repository[Any]], is_over: Callable[[Any], bool]) -> int:
        after, removed = "", 0
        while True:
            with self.transactions.begin() as unit:
                after, some = unit[LogInTraces].forget(port, is_over, after=after, limit=_BATCH)
                unit.commit()
            removed += some
            if not after:
                return removed
