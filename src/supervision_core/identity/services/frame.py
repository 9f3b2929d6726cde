"""The frame of every command: permission, scope, idempotency, audit, outbox, one transaction."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

from attrs import define, field, frozen

from supervision_core.audit.model import CONCERNS, AuditEntry, Outcome, target_of
from supervision_core.audit.ports import AuditLog
from supervision_core.audit.services import WriteGuard
from supervision_core.identity.model import (
    Actor,
    PermissionDenied,
    Placement,
    Reading,
    admits,
)
from supervision_core.identity.ports import DoneCommand, DoneCommands
from supervision_core.identity.services.contents import require_references
from supervision_core.identity.services.doubting import believed
from supervision_core.identity.services.names import Names
from supervision_core.identity.services.reaching import ListsOf, no_lists, require_reach
from supervision_core.kernel.canonical import canonical_json
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import (
    DomainError,
    KeyReused,
    NotFound,
    Outdated,
    Violation,
)
from supervision_core.kernel.events import Aggregate, Saved
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.plain import digest, to_plain
from supervision_core.kernel.ports import (
    Clock,
    Ids,
    Port,
    Repository,
    Transactions,
    UnitOfWork,
    repository_of,
)
from supervision_core.kernel.registers import Ask, Reference
from supervision_core.kernel.storing import store, tell

Cmd = TypeVar("Cmd")
Answer = TypeVar("Answer")
Root = TypeVar("Root", bound=Aggregate)


@frozen(kw_only=True)
class Expected:
    """Which version of an aggregate the caller has seen and means to change."""

    kind: str = field(metadata=said("对象类型", example="user"))
    id: str = field(metadata=said("编号", example="n000001"))
    version: int = field(metadata=said("版本", example=1))


@define(eq=False)
class Work:
    """What a use case works with: its transaction, the moment, fresh ids and who acts.

    ``seconds`` are who consented to it, where one person alone may not do it. ``ready`` is what the
    use case made ``beforehand``, or nothing: it must not rest on it. What the ``command`` refers to
    is there, and within reach by its ``lists_of``, when the first thing is written: after reach and
    the rules of what is written.
    ``done_at`` is when it was done, where that was noted without signal and is carried out later.
    ``names`` are those that are kept for questions; what is written looks at what is there.
    """

    actor: Actor
    now: datetime
    ids: Ids
    unit: UnitOfWork
    expected: Expected | None = None
    seconds: tuple[Actor, ...] = ()
    ready: object = None
    command: object = None
    done_at: datetime | None = None
    names: Names | None = None
    lists_of: ListsOf = no_lists
    denied: bool = False
    _targets: list[str] = field(factory=list)
    _note: list[tuple[str, str]] = field(factory=list)
    _concerned: set[str] = field(factory=set)

    def __getitem__(self, port: type[Port]) -> Port:
        """Give the transaction's implementation of ``port``."""
        return self.unit[port]

    def resolve(self, kind: str, ids: Iterable[str]) -> Mapping[str, Reference]:
        """Give what those of ``ids`` that there are are called, by id, to show it to the actor."""
        if self.names is None:
            return self[Ask].resolve(kind, ids)
        return self.names.resolve(self[Ask], kind, ids, epoch=self.actor.as_of, now=self.now)

    def on_behalf(
        self, asker: Actor, *, expected: Expected | None = None, seconds: tuple[Actor, ...] = ()
    ) -> "Work":
        """Give this work as done by ``asker``, ``seconds`` consenting to it.

        What it writes and notes stands in the one audit row of this work.
        """
        return Work(
            asker,
            self.now,
            self.ids,
            self.unit,
            expected,
            seconds=seconds,
            targets=self._targets,
            note=self._note,
            concerned=self._concerned,
        )

    def reach(  # noqa: PLR0913 - one for each part of where an object stands
        self,
        kind: str,
        id: str,
        *,
        region: str,
        departments: frozenset[str],
        lead: str = "",
        parties: frozenset[str] = frozenset(),
    ) -> None:
        """Demand that the object lies in the actor's scope.

        Raises ``NotFound`` otherwise: foreign means absent. The attempt is audited as denied.
        """
        if self.actor.scope.outside:
            self._concerned |= departments
        if not self.actor.scope.covers(
            region=region, departments=departments, lead=lead, parties=parties
        ):
            raise self.foreign(kind, id)

    def reached(self, port: type[Repository[Root]], id: str) -> Root:
        """Give what stands in its ``region`` and belongs to its ``departments``, if within scope.

        Raises ``NotFound`` as ``reach`` does.
        """
        found = self.unit[port].get(id)
        root: Any = found
        self.reach(port.kind, id, region=root.region, departments=root.departments)
        return found

    def reach_to_read(  # noqa: PLR0913 - one for each part of where an object stands
        self,
        kind: str,
        id: str,
        *,
        reading: Reading,
        region: str,
        departments: frozenset[str] = frozenset(),
        lead: str = "",
        parties: frozenset[str] = frozenset(),
    ) -> None:
        """Demand that the actor may look at the object, whose kind says ``reading``.

        Whom it concerns may. Raises ``NotFound`` otherwise, audited as denied; whatever changes the
        object asks ``reach``.
        """
        placement = Placement(region=region, departments=departments, lead=lead, parties=parties)
        if not admits(self.actor.scope.readable(reading), placement):
            raise self.foreign(kind, id)

    def foreign(self, kind: str, id: str) -> NotFound:
        """Give the refusal for what is out of reach, which will be audited as denied."""
        self.denied = True
        return NotFound(kind, id)

    def save(self, port: type[Repository[Root]], root: Root) -> None:
        """Store ``root`` and its to-dos, send its events out and name it in the audit row.

        Raises ``Outdated`` where it is not in the version that the caller expects.
        """
        self.save_in(self.unit[port], root)

    def save_in(self, repository: Repository[Root], root: Root) -> None:
        """Store ``root`` as ``save`` does, in a repository that is at hand."""
        seen = self.expected
        if seen and (repository.kind, root.id) == (seen.kind, seen.id):
            if root.version != seen.version:
                raise Outdated(repository.kind, root.id)
            self.expected = None
        self._save_all(repository, [root])

    def require_seen(self) -> None:
        """Demand the version that the caller has seen of what was named and not written.

        What was written has been compared by ``save``. Raises ``Outdated``.
        """
        if self.expected is None or (port := repository_of(self.expected.kind)) is None:
            return
        if self.unit[port].get(self.expected.id).version != self.expected.version:
            raise Outdated(self.expected.kind, self.expected.id)

    def save_all(self, port: type[Repository[Root]], roots: Sequence[Root]) -> None:
        """Store many at once, as ``save`` would those whose version nobody asked for."""
        self._save_all(self.unit[port], roots)

    def _save_all(self, repository: Repository[Root], roots: Sequence[Root]) -> None:
        self._require_references()
        store(self.unit, repository, roots, at=self.now)
        for root in roots:
            self.wrote(repository.kind, root.id, root.version)

    def wrote_events(self, kind: str, root: Aggregate) -> None:
        """Name a stored aggregate for the audit row, and tell what happened to it."""
        self.wrote(kind, root.id, root.version)
        tell(self.unit, kind, root, Saved(at=self.now))

    def wrote(self, kind: str, id: str, version: int = 0) -> None:
        """Name something written by other means than ``save``, for the audit row.

        ``version`` is that of the aggregate once stored, 0 for what has none.
        """
        self._require_references()
        self._targets.append(target_of(kind, id, version))

    def _require_references(self) -> None:
        if self.command is not None:
            command, self.command = self.command, None
            require_references(self.unit, command)
            require_reach(self.unit, command, self.actor, self.lists_of)

    def looked_at(self, kind: str, *ids: str) -> None:
        """Name for the log what the actor is shown though it is closed to his department."""
        self._targets.extend(target_of(kind, one, 0) for one in ids)

    @property
    def targets(self) -> tuple[str, ...]:
        """What was written so far, as the audit row names it."""
        return tuple(self._targets)

    @property
    def tells_log(self) -> bool:
        """Whether something was named or noted that the log has to keep."""
        return bool(self._targets or self._note)

    def note(self, **facts: str) -> None:
        """Add facts to the audit row that must be readable without the database."""
        self._note.extend(sorted(facts.items()))

    def entry(self, action: str, request: str, outcome: Outcome) -> AuditEntry:
        """Give the audit entry of this work, and upon whose objects a party acts."""
        if self._concerned:
            self.note(**{CONCERNS: " ".join(sorted(self._concerned))})
        return AuditEntry(
            at=self.now,
            actor=self.actor.user,
            department=self.actor.department,
            action=action,
            outcome=outcome,
            request=request,
            targets=self.targets,
            note=tuple(self._note),
        )


@frozen
class UseCase(Generic[Cmd, Answer]):
    """A verb of the domain with the permission it asks for; its name is ``context.verb``.

    ``title`` is what it and its permission are called in Chinese; ``answers`` what its answer is,
    where that is neither the id of what was done nor a value with words of its own. Where programs
    give it and nobody fills a form in, ``by_programs`` says why.
    What takes long is made ``beforehand``, by a look at the store that keeps nobody from writing;
    the body finds it as ``work.ready``. It refuses nothing but what is out of reach: the command
    may have been done before.
    """

    permission: str
    title: str
    body: Callable[[Work, Cmd], Answer]
    beforehand: Callable[[Work, Cmd], object] | None = field(default=None, kw_only=True)
    answers: str = field(default="", kw_only=True)
    by_programs: str = field(default="", kw_only=True)

    @property
    def name(self) -> str:
        """The permission's name: one use case, one permission."""
        return self.permission

    @property
    def promise(self) -> str:
        """What the use case promises: its docstring."""
        return self.body.__doc__ or ""


def _never(_about: object) -> bool:
    return False


def _always(_about: object) -> bool:
    return True


@frozen
class Question(UseCase[Cmd, Answer]):
    """A question to the domain with the permission it asks for: it reads and changes nothing.

    What ``looks_once`` asks the store a single time for all it answers, but for names that are
    kept (``Names``), which may be newer. ``orders`` are those
    that a list offers beside its usual one; ``refuses`` are the refusals of its own.
    """

    looks_once: Callable[[Cmd], bool] = _never
    orders: tuple[str, ...] = ()
    refuses: tuple[type[DomainError], ...] = ()


def question(
    permission: str,
    title: str,
    *,
    looks_once: bool = False,
    orders: tuple[str, ...] = (),
    refuses: tuple[type[DomainError], ...] = (),
) -> Callable[[Callable[[Work, Cmd], Answer]], Question[Cmd, Answer]]:
    """Make a question of a function ``(work, what is asked) -> answer``."""

    def made(body: Callable[[Work, Cmd], Answer]) -> Question[Cmd, Answer]:
        looks = _always if looks_once else _never
        return Question(permission, title, body, looks, orders, refuses)

    return made


def use_case(
    permission: str,
    title: str,
    *,
    beforehand: Callable[[Work, Any], object] | None = None,
    answers: str = "",
    by_programs: str = "",
) -> Callable[[Callable[[Work, Cmd], Answer]], UseCase[Cmd, Answer]]:
    """Make a use case of a function ``(work, command) -> plain JSON answer``."""

    def made(body: Callable[[Work, Cmd], Answer]) -> UseCase[Cmd, Answer]:
        return UseCase(
            permission, title, body, beforehand=beforehand, answers=answers, by_programs=by_programs
        )

    return made


def does(
    kind: type[Aggregate],
    verb: str,
    *,
    answers: str = "",
    beforehand: Callable[[Work, Any], object] | None = None,
    by_programs: str = "",
) -> Callable[[Callable[[Work, Cmd], Answer]], UseCase[Cmd, Answer]]:
    """Make the use case of a verb that an aggregate declares: permission and title stand there."""
    verbs = kind.verbs
    if verbs is None:
        raise TypeError(kind.__name__)
    declared = verbs[verb]
    return use_case(
        verbs.permission(declared), declared.title, answers=answers, beforehand=beforehand,
        by_programs=by_programs,
    )  # fmt: skip


def _done_under(
    unit: UnitOfWork, case: UseCase[Cmd, Answer], request: str, actor: Actor, key: str | None
) -> DoneCommand | None:
    """Give what was done under the key, if anything. Raises ``KeyReused`` for another request."""
    done = unit[DoneCommands].find(actor.user, key) if key else None
    if key and done is not None and (done.action, done.request) != (case.name, request):
        raise KeyReused(key)
    return done


@frozen
class Commands:
    """Carries out use cases: one command, one transaction, one audit row.

    Business rows, audit row, outbox rows and idempotency record commit together or not at all. A
    denial is audited, and so is a stored value that proves tampered with twice (``believed``); what
    a rule refuses leaves nothing. ``guard`` stops writing while no witness sees the log. By
    ``lists_of`` it is known what whoever acts may name in a command.
    """

    transactions: Transactions
    clock: Clock
    ids: Ids
    guard: WriteGuard | None = None
    lists_of: ListsOf = field(default=no_lists, kw_only=True)
    _names: Names = field(factory=Names, eq=False, repr=False, kw_only=True)

    def run(
        self,
        case: UseCase[Cmd, Answer],
        command: Cmd,
        *,
        actor: Actor,
        key: str | None = None,
        expected: Expected | None = None,
    ) -> Answer:
        """Carry out ``case``; repeated under the same ``key`` it answers alike and does nothing.

        Raises ``PermissionDenied`` (audited), ``NotFound`` (audited when out of scope),
        ``KeyReused``, ``Outdated``, ``Conflict``, ``LogUnanchored``, and what the use case refuses.
        """
        request = digest(command)

        def attempt() -> Answer:
            ready = self._ready(case, command, actor)
            unit = self.transactions.begin()
            work = Work(
                actor, self.clock.now(), self.ids, unit, expected, ready=ready, command=command,
                lists_of=self.lists_of,
            )  # fmt: skip
            with self._denials(work, case, command):
                return self._done(work, case, command, request, key)

        return self._alarming(attempt, actor, case, command)

    def _ready(self, case: UseCase[Cmd, Answer], command: Cmd, actor: Actor) -> object:
        if case.beforehand is None:
            return None
        work = Work(actor, self.clock.now(), self.ids, self.transactions.begin_reading())
        with self._denials(work, case, command):
            if not actor.may(case.permission):
                raise PermissionDenied(case.permission)
            with work.unit:
                return case.beforehand(work, command)

    def _done(
        self,
        work: Work,
        case: UseCase[Cmd, Answer],
        command: Cmd,
        request: str,
        key: str | None,
    ) -> Answer:
        actor = work.actor
        if not actor.may(case.permission):
            raise PermissionDenied(case.permission)
        if self.guard is not None:
            self.guard.require(work.now)
        try:
            with work.unit as unit:
                if done := _done_under(unit, case, request, actor, key):
                    return cast("Answer", json.loads(done.answer))
                answer = case.body(work, command)
                work.require_seen()
                if key:
                    text = canonical_json(to_plain(answer)).decode()
                    unit[DoneCommands].add(
                        actor.user,
                        DoneCommand(
                            key=key,
                            action=case.name,
                            request=request,
                            answer=text,
                            done_on=local_day(work.now),
                        ),
                    )
                unit[AuditLog].append(work.entry(case.name, request, Outcome.DONE))
                unit.commit()
                return answer
        except DomainError:
            if not key:
                raise
            # The same request may have been first, at the same moment: its answer is this one's.
            with self.transactions.begin_reading() as unit:
                done = _done_under(unit, case, request, actor, key)
            if done is None:
                raise
            return cast("Answer", json.loads(done.answer))

    def ask(self, asked: Question[Cmd, Answer], about: Cmd, *, actor: Actor) -> Answer:
        """Answer a question from one state of the store.

        Audited are denials and, before the answer is given, what was ``looked_at``.

        Raises ``PermissionDenied``, ``NotFound`` (both audited as in ``run``), ``UnknownOrder``.
        """
        begin = self.transactions.begin_reading
        if actor.may(asked.permission) and asked.looks_once(about):
            begin = self.transactions.begin_looking

        def attempt() -> Answer:
            work = Work(actor, self.clock.now(), self.ids, begin(), names=self._names)
            with self._denials(work, asked, about):
                if not actor.may(asked.permission):
                    raise PermissionDenied(asked.permission)
                if isinstance(page := getattr(about, "page", None), PageRequest):
                    page.require_order(*asked.orders)
                with work.unit:
                    answer = asked.body(work, about)
            if work.tells_log:
                self._note_looking(work, asked, about)
            return answer

        return self._alarming(attempt, actor, asked, about)

    @contextmanager
    def _denials(self, work: Work, case: UseCase[Cmd, Answer], asked: Cmd) -> Iterator[None]:
        """Audit what is denied inside, in a unit of its own."""
        try:
            yield
        except PermissionDenied:
            self._deny(work.actor, case, asked)
            raise
        except NotFound:
            if work.denied:
                self._deny(work.actor, case, asked)
            raise

    def _alarming(
        self,
        attempt: Callable[[], Answer],
        actor: Actor,
        case: UseCase[Cmd, Answer],
        asked: Cmd,
    ) -> Answer:
        """Attempt, and audit what surely proves tampered with, naming its place."""
        try:
            return believed(attempt)
        except Tampered as error:
            self._deny(actor, case, asked, alarm=error.reasons[0])
            raise

    def _note_looking(self, work: Work, asked: Question[Cmd, Answer], about: Cmd) -> None:
        with self.transactions.begin() as unit:
            unit[AuditLog].append(work.entry(asked.name, digest(about), Outcome.DONE))
            unit.commit()

    def _deny(
        self,
        actor: Actor,
        case: UseCase[Cmd, Answer],
        asked: Cmd,
        alarm: Violation | None = None,
    ) -> None:
        with self.transactions.begin() as unit:
            denied = Work(actor, self.clock.now(), self.ids, unit)
            if alarm is not None:
                denied.note(alarm=alarm.code, place=alarm.at)
            unit[AuditLog].append(denied.entry(case.name, digest(asked), Outcome.DENIED))
            unit.commit()
