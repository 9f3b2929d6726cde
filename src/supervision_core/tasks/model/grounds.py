"""Why a firm is visited: a visit rests on exactly one ground, which others can check."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from attrs import field, frozen

from supervision_core.identity.model import region_contains
from supervision_core.kernel.errors import Violation


class VisitGround(StrEnum):
    """Why a firm is visited."""

    PICK = "pick"
    ADJUSTMENT = "adjustment"
    PLAN = "plan"
    CLUE = "clue"
    ORDER = "order"
    APPLICATION = "application"


DRAWN_FOR: Final = frozenset({VisitGround.PICK, VisitGround.ADJUSTMENT})
"""Grounds that rest on the task's own draw, which says the items as well."""
SENT_FOR: Final = frozenset({VisitGround.CLUE, VisitGround.ORDER})
"""Grounds that nobody of the task chose: they alone may be urgent. Source: design §14."""
UNCAPPED: Final = SENT_FOR | {VisitGround.APPLICATION}
"""Grounds outside the yearly cap: clue, order, and the firm's own application.

Source: 国办发〔2024〕54号.
"""
APPLIED_WITHIN_DAYS: Final = 60
"""So long after the decision on it an application grounds a visit: nearly every firm has a licence.

Not called law: a bound of our own (docs/adr/0143).
"""


@frozen(kw_only=True)
class JudgedClue:
    """已研判线索 (JudgedClue): what a visit may rest on of a clue.

    ``judged_by`` is empty unless its triage asks for an inspection; ``judges`` are all who ever
    judged it. ``task`` is the task that follows it up, ``over`` tells that it is settled,
    ``visited`` is the number of another task's visit that rests on it, once that went out.
    Source: proposal 6.4.2.5.1.3.
    """

    id: str
    subject: str
    region: str
    departments: frozenset[str]
    registered_at: datetime
    judged_by: str = ""
    task: str = ""
    over: bool = False
    judges: frozenset[str] = frozenset()
    visited: str = ""

    @property
    def kept_out(self) -> frozenset[str]:
        """The accounts that judged it: they neither inspect for it nor approve its task."""
        return (self.judges | {self.judged_by}) - {""}


@frozen(kw_only=True)
class OrderFromAbove:
    """上级部署 (OrderFromAbove): what a superior department has ordered to be inspected.

    ``entered_by`` are the accounts that entered it or changed it last: whatever second post they
    hold, they neither open nor approve nor make a visit that rests on it.
    """

    id: str
    number: str
    department: str
    scene: str
    region: str
    starts_on: date
    ends_on: date
    entered_by: frozenset[str] = frozenset()


@frozen(kw_only=True)
class OwnApplication:
    """企业申请 (OwnApplication): what a firm applied for, as its 审批办件 says.

    ``own`` tells that people of the lead, or of a department below it, entered it; ``visited`` is
    the number of the visit that rests on it already, empty where none does. Source: design §14.
    """

    id: str
    number: str
    subject: str
    decided_on: date
    entered_at: datetime | None
    own: bool
    visited: str = ""


@frozen(kw_only=True)
class Grounds:
    """检查依据 (Grounds): all that the visits of one task can rest on.

    Subjects by id: ``picked`` by the task's own draw (also who stands in for a pick that was
    removed), ``added`` to it by hand, ``wanted`` by
    departments whose opinion was adopted, ``whole`` those whom the displayed plan visits without
    a draw. ``superiors`` are the departments above the lead, ``since`` is when the task was
    drafted, unknown of what older releases drafted; ``by`` is who opens the visits.
    Source: design §14.
    """

    task: str
    scene: str
    region: str
    starts_on: date
    ends_on: date
    since: datetime | None
    picked: frozenset[str] = frozenset()
    added: frozenset[str] = frozenset()
    wanted: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    clues: Mapping[str, JudgedClue] = field(factory=dict)
    orders: Mapping[str, OrderFromAbove] = field(factory=dict)
    applications: Mapping[str, OwnApplication] = field(factory=dict)
    superiors: frozenset[str] = frozenset()
    by: str = ""

    def violations(
        self, ground: VisitGround, basis: str, subject: str, *, sent: frozenset[str], at: str
    ) -> Iterator[Violation]:
        """Say why ``subject`` is not to be visited on a ground.

        ``basis`` is the clue, order or application that it names, ``sent`` are the accounts of
        whoever inspects.
        """
        data = {"subject": subject}
        match ground:
            case VisitGround.PICK if subject not in self.picked:
                yield Violation("tasks.subject_not_drawn", at, data)
            case VisitGround.ADJUSTMENT if subject not in self.added | self.wanted:
                yield Violation("tasks.subject_not_added", at, data)
            case VisitGround.PLAN if subject not in self.whole:
                yield Violation("tasks.plan_not_whole", at, data)
            case VisitGround.CLUE:
                yield from self._against_clue(self.clues.get(basis), subject, sent, at)
            case VisitGround.ORDER:
                yield from self._against_order(self.orders.get(basis), sent, at)
            case VisitGround.APPLICATION:
                yield from self._against_application(self.applications.get(basis), subject, at)

    def _against_clue(
        self, clue: JudgedClue | None, subject: str, sent: frozenset[str], at: str
    ) -> Iterator[Violation]:
        data = {"subject": subject}
        if clue is None:
            yield Violation("tasks.clue_missing", at, data)
            return
        if clue.subject != subject:
            yield Violation("tasks.clue_of_other_firm", at, data)
        if self.since is not None and clue.registered_at > self.since:
            yield Violation("tasks.clue_too_young", at, data)
        if not clue.judged_by:
            yield Violation("tasks.clue_unjudged", at, data)
        elif clue.kept_out & sent:
            yield Violation("tasks.inspector_judged_clue", at, data)
        if clue.over or clue.visited or clue.task not in {"", self.task}:
            yield Violation("tasks.clue_used", at, data)

    def _against_application(
        self, application: OwnApplication | None, subject: str, at: str
    ) -> Iterator[Violation]:
        if application is None:
            yield Violation("tasks.application_missing", at, {"subject": subject})
            return
        data = {"subject": subject, "number": application.number}
        if application.subject != subject:
            yield Violation("tasks.application_of_other_firm", at, data)
        if application.own:
            yield Violation("tasks.application_own", at, data)
        entered = application.entered_at
        if entered is None or (self.since is not None and entered > self.since):
            yield Violation("tasks.application_too_young", at, data)
        if (self.starts_on - application.decided_on).days > APPLIED_WITHIN_DAYS:
            yield Violation("tasks.application_too_old", at, data | {"days": APPLIED_WITHIN_DAYS})
        if application.visited:
            yield Violation("tasks.application_used", at, data | {"visit": application.visited})

    def _against_order(
        self, order: OrderFromAbove | None, sent: frozenset[str], at: str
    ) -> Iterator[Violation]:
        if order is None:
            yield Violation("tasks.order_missing", at)
            return
        if not order.entered_by.isdisjoint({self.by, *sent} - {""}):
            yield Violation("tasks.order_own", at, {"number": order.number})
        if order.department not in self.superiors:
            yield Violation("tasks.order_not_from_above", at, {"number": order.number})
        if order.scene != self.scene or not region_contains(order.region, self.region):
            yield Violation("tasks.order_elsewhere", at, {"number": order.number})
        if self.starts_on < order.starts_on or self.ends_on > order.ends_on:
            yield Violation("tasks.order_of_other_time", at, {"number": order.number})


@frozen(kw_only=True)
class DrawOutcome:
    """抽取落实情况 (DrawOutcome): what a task makes of its draw, or of a plan that inspects all.

    ``drawn`` counts the picks, ``added`` and ``removed`` the adjustments by hand that stand,
    ``undrawn`` the visits of whom neither selects; ``unvisited`` are the selected without a visit.
    ``ungrounded`` counts the visits of whom it selected once, and selects no longer. ``digest``
    tells one selection from another. Source: design §14.
    """

    drawn: int = 0
    added: int = 0
    removed: int = 0
    undrawn: int = 0
    ungrounded: int = 0
    unvisited: tuple[str, ...] = ()
    finished: bool = True
    digest: str = ""


NOTHING_DRAWN: Final = DrawOutcome()
"""The outcome where neither a draw nor a plan says whom to visit."""
