"""预警督办: warnings come and go by themselves; the lead presses, the department answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from attrs import define, field, frozen

from supervision_core.identity.services import Work, use_case
from supervision_core.kernel.days import local_day
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, ListQuery, Lists
from supervision_core.kernel.outbox import Envelope, Receiver, Receiving
from supervision_core.kernel.paging import PageRequest, every_page
from supervision_core.kernel.ports import Clock, Transactions, UnitOfWork
from supervision_core.kernel.storing import store
from supervision_core.tasks.lists import PUBLICATIONS, RECTIFICATIONS, TASKS, VISITS
from supervision_core.tasks.model.publication import PublicationState
from supervision_core.tasks.model.sheet import TaskState
from supervision_core.tasks.model.term_warning import TermWarning, awaited
from supervision_core.tasks.model.visit import VisitState
from supervision_core.tasks.model.warnings import (
    SOON_DAYS,
    LateWarning,
    WarningKind,
    publication_warning,
    rectification_warning,
    task_warnings,
    visit_warning,
)
from supervision_core.tasks.ports import (
    Publications,
    Rectifications,
    Tasks,
    TermWarnings,
    Visits,
)
from supervision_core.tasks.services.tasks import (
    AnswerUrging,
    UrgePart,
    answer_urging,
    urge_part,
)
from supervision_core.tasks.words import TITLES

KINDS: Final[Mapping[str, frozenset[WarningKind]]] = {
    Tasks.kind: frozenset({WarningKind.CLAIM_OVERDUE}),
    Visits.kind: frozenset({WarningKind.RESULT_DUE_SOON, WarningKind.RESULT_OVERDUE}),
    Rectifications.kind: frozenset({WarningKind.RECTIFICATION_OVERDUE}),
    Publications.kind: frozenset({WarningKind.PUBLICATION_OVERDUE}),
}
"""Which warnings things of a kind give reason for."""


def _late(kind: str, thing: Any, today: date) -> Sequence[LateWarning]:
    if kind == Tasks.kind:
        return task_warnings(thing, today)
    one = _WARNED[kind](thing, today)
    return () if one is None else (one,)


_WARNED: Final[Mapping[str, Callable[[Any, date], LateWarning | None]]] = {
    Visits.kind: visit_warning,
    Rectifications.kind: rectification_warning,
    Publications.kind: publication_warning,
}


_PORTS: Final[Mapping[str, type[Any]]] = {
    one.kind: one for one in (Tasks, Visits, Rectifications, Publications)
}


@define(eq=False)
class _Look:
    """A look at things in one transaction; tasks and their open warnings are read once."""

    unit: UnitOfWork
    now: datetime
    _tasks: dict[str, Any] = field(factory=dict, init=False)
    _open: dict[str, dict[str, TermWarning]] = field(factory=dict, init=False)

    def at(self, kind: str, thing: Any) -> int:
        """Issue what one thing gives reason for and end what it does not any more."""
        task = thing.id if kind == Tasks.kind else _task_of(kind, thing)
        if kind == Tasks.kind:
            self._tasks[task] = thing
        if kind == Visits.kind and thing.call_leader(today=local_day(self.now)):
            store(self.unit, self.unit[Visits], [thing], at=self.now)
        open_, wanted = self._open_of(task), awaited(_late(kind, thing, local_day(self.now)))
        mine = {id_ for id_, one in open_.items()
                if one.target == thing.id and one.kind in KINDS[kind]}  # fmt: skip
        for id_ in sorted(mine - wanted.keys()):
            over = open_.pop(id_)
            over.end(at=self.now)
            self._save(over)
        issued = sum(
            self._issue(*wanted[one], self._task(task)) for one in sorted(wanted.keys() - mine)
        )
        if kind == Tasks.kind:
            for warning in open_.values():
                if warning.follow(thing.urgings):
                    self._save(warning)
        return issued

    def _open_of(self, task: str) -> dict[str, TermWarning]:
        if task not in self._open:
            self._open[task] = {one.id: one for one in self.unit[TermWarnings].open_of(task)}
        return self._open[task]

    def _task(self, id: str) -> Any:
        if id not in self._tasks:
            self._tasks[id] = self.unit[Tasks].get(id)
        return self._tasks[id]

    def _issue(self, late: LateWarning, department: str, task: Any) -> int:
        made = TermWarning.issue(
            late,
            department=department,
            lead=task.sheet.lead,
            region=task.sheet.region,
            title=TITLES[WarningKind][late.kind],
            pressed_before=sum(one.department == department for one in task.urgings),
            at=self.now,
        )
        if self.unit[TermWarnings].find_many([made.id]):
            return 0  # it was told, and is over
        self._save(made)
        self._open_of(task.id)[made.id] = made
        return 1

    def _save(self, warning: TermWarning) -> None:
        store(self.unit, self.unit[TermWarnings], [warning], at=self.now)


def look_at(unit: UnitOfWork, things: Iterable[tuple[str, str]], *, now: datetime) -> int:
    """Look at things, by kinds and ids, whether warnings are due or over; count the new ones.

    Looked at again on the same day they change nothing.
    """
    look, ids = _Look(unit, now), dict[str, list[str]]()
    for kind, id_ in things:
        ids.setdefault(kind, []).append(id_)
    return sum(
        look.at(kind, thing) for kind, some in ids.items()
        for thing in unit[_PORTS[kind]].find_many(some)
    )  # fmt: skip


def _task_of(kind: str, thing: Any) -> str:
    return str(thing.task if kind == Publications.kind else thing.sheet.task)


def receive(receiving: Receiving, events: Sequence[Envelope]) -> None:
    """Look at every thing of which something happened."""
    things = dict.fromkeys((one.thing.kind, one.thing.id) for one in events)
    look_at(receiving.unit, things, now=receiving.now)


WARNING_RECEIVER: Final = Receiver(
    name="warnings", title="期限预警", receive=receive, kinds=frozenset(KINDS)
)


@frozen
class WarningRound:
    """Looks at everything whose term has passed or is about to: once a day is enough."""

    transactions: Transactions
    clock: Clock
    at_once: int = 100

    def run(self) -> int:
        """Look, some things in a transaction each time; tell how many warnings are new."""
        now, issued = self.clock.now(), 0
        found = list(self._due(local_day(now)))
        for first in range(0, len(found), self.at_once):
            with self.transactions.begin() as unit:
                issued += look_at(unit, found[first : first + self.at_once], now=now)
                unit.commit()
        return issued

    def _due(self, today: date) -> Iterator[tuple[str, str]]:
        soon, late = today + timedelta(days=SOON_DAYS + 1), today - timedelta(days=1)
        for state in (TaskState.DISPATCHED, TaskState.IN_PROGRESS):
            yield from self._of(TASKS, state=state)
        yield from self._of(VISITS, open=True, due_on_before=soon)
        for signed in (VisitState.SIGNED, VisitState.COMPLETED):
            yield from self._of(VISITS, open=True, state=signed)
        yield from self._of(RECTIFICATIONS, open=True, due_on_to=late)
        yield from self._of(PUBLICATIONS, state=PublicationState.DUE, due_on_to=late)

    def _of(self, query: ListQuery[Any], **asked: object) -> Iterator[tuple[str, str]]:
        with self.transactions.begin_reading() as unit:
            lists, wanted = unit[Lists], ListFilter(asked=asked)

            def ask(request: PageRequest) -> Any:
                return lists.page(query, wanted, request)

            for page in every_page(ask):
                yield from ((query.port.kind, row.id) for row in page.items)


@frozen(kw_only=True)
class Supervise:
    """A warning, and what the late department is told."""

    term_warning_id: str = field(metadata=said("预警的编号", example="0123abcd", to="term_warning"))
    text: str = field(metadata=said("督办内容", example="请尽快办理并反馈原因", long=True))


@use_case("tasks.supervise", "督办")
def supervise(work: Work, cmd: Supervise) -> str:
    """Press the department that a warning is about; it must answer. For the lead department."""
    warning = _reached(work, cmd.term_warning_id, lead_only=True)
    warning.require_open()
    pressed = UrgePart(task_id=warning.task, department=warning.department, text=cmd.text)
    urge_part.body(work, pressed)
    _follow(work, warning)
    return warning.id


@frozen(kw_only=True)
class AnswerSupervision:
    """A warning by which one's department was pressed, and the answer."""

    term_warning_id: str = field(metadata=said("预警的编号", example="0123abcd", to="term_warning"))
    text: str = field(metadata=said("反馈内容", example="预计本周内完成检查", long=True))


@use_case("tasks.answer_supervision", "督办反馈")
def answer_supervision(work: Work, cmd: AnswerSupervision) -> str:
    """Answer for one's own department, which was pressed."""
    warning = _reached(work, cmd.term_warning_id)
    warning.require_pressed()
    answer = AnswerUrging(task_id=warning.task, urging_id=warning.urging, text=cmd.text)
    answer_urging.body(work, answer)
    _follow(work, warning)
    return warning.id


def _reached(work: Work, id: str, *, lead_only: bool = False) -> TermWarning:
    warning = work[TermWarnings].get(id)
    departments = {warning.lead} if lead_only else {warning.lead, warning.department}
    work.reach(TermWarnings.kind, id, region=warning.region, departments=frozenset(departments))
    return warning


def _follow(work: Work, warning: TermWarning) -> None:
    warning.follow(work[Tasks].get(warning.task).urgings)
    work.save(TermWarnings, warning)
