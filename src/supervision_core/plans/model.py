"""The plan of joint inspections, its display to the departments, and their objections."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from itertools import count
from typing import ClassVar, Final, Self

from attrs import define, evolve, field, frozen, setters

from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import files
from supervision_core.kernel.tones import good, over, waiting
from supervision_core.kernel.verbs import (
    Assignee,
    Parts,
    Responsible,
    Verb,
    Verbs,
    always,
    decided_by_another,
    departments,
)
from supervision_core.scenes.model import SceneResources


class PlanState(StrEnum):
    """How far a plan has come."""

    DRAFTED = "drafted"
    CONSULTING = "consulting"
    ON_DISPLAY = "on_display"
    SETTLED = "settled"
    DELETED = "deleted"


class ObjectionState(StrEnum):
    """Whether an objection was answered."""

    RAISED = "raised"
    ANSWERED = "answered"


@define(eq=False)
class PlanNotDrafted(Refused):
    """The plan's content is not acceptable."""

    code: ClassVar[str] = "plans.not_drafted"


@define(eq=False)
class PlanNotChanged(Refused):
    """The plan cannot be changed in this way."""

    code: ClassVar[str] = "plans.not_changed"


@define(eq=False)
class PlanNotDisplayed(Refused):
    """The plan cannot be put on display."""

    code: ClassVar[str] = "plans.not_displayed"


@define(eq=False)
class ObjectionNotTaken(Refused):
    """The objection, or the answer to it, cannot be taken."""

    code: ClassVar[str] = "plans.objection_not_taken"


@define(eq=False)
class PlanNotSettled(Refused):
    """The display cannot end yet."""

    code: ClassVar[str] = "plans.not_settled"


@define(eq=False)
class PlanNotDeleted(Refused):
    """The plan cannot be deleted."""

    code: ClassVar[str] = "plans.not_deleted"


@frozen(kw_only=True)
class SubPlan:
    """子计划 (SubPlan): one period, scope and set of joining departments of a plan.

    ``matters`` are codes of 监管事项; only published ones may be inspected (国办发〔2024〕54号).
    ``trade`` is the 业态, ``subjects`` are whom it names beside its ``scope``, ``joint`` tells
    whether departments go there together, ``whole`` that everybody in its scope is inspected and
    nobody is drawn (全查): it stays as it was displayed.
    Source: proposal 6.4.2.5.2.1.1.2, 5260-5278.
    """

    id: str = field(
        default="",
        metadata=said("子计划编号，本计划内不重复", example="1", hint="不填写的，由系统编号"),
    )
    name: str = field(metadata=said("子计划名称", example="第三季度检查"))
    starts_on: date = field(metadata=said("开始日期", example="2026-07-01"))
    ends_on: date = field(metadata=said("结束日期", example="2026-09-30"))
    joining: tuple[str, ...] = field(metadata=said("配合部门", to="department"))
    scope: str = field(metadata=said("检查范围", example="全市乳制品生产企业", long=True))
    matters: tuple[str, ...] = field(
        metadata=said("监管事项的编码", to="items.matter", looked_up=False)
    )
    note: str = field(default="", metadata=said("备注", long=True))
    trade: str = field(default="", metadata=said("业态", to="identity.trade"))
    subjects: tuple[str, ...] = field(
        default=(), metadata=said("检查对象的编号", to="subject", looked_up=False)
    )
    joint: bool = field(default=False, metadata=said("是否关联检查"))
    whole: bool = field(
        default=False,
        metadata=said("是否全查", hint="范围内的对象全部检查，不抽取；公示以后不能再改"),
    )


@frozen(kw_only=True)
class PlanSheet:
    """What a plan says as a whole. ``attachments`` are references to stored files."""

    name: str = field(metadata=said("计划名称", example="2026年乳制品生产企业综合检查计划"))
    scene: str = field(metadata=said("所属场景的编号", example="0123abcd", to="scene"))
    year: int = field(metadata=said("计划年度", example=2026))
    region: str = field(metadata=said("所属区划代码", example="450100", to="region"))
    lead: str = field(metadata=said("牵头部门的编号", example="nanning", to="department"))
    joining: tuple[str, ...] = field(metadata=said("配合部门", to="department"))
    description: str = field(default="", metadata=said("计划说明", long=True))
    attachments: tuple[str, ...] = files("附件")


@frozen(kw_only=True)
class Solicitation:
    """征集安排 (Solicitation): who asked the departments, when, and until which day, included.

    Source: proposal 5253, 5255.
    """

    at: datetime
    by: str
    until: date


@frozen(kw_only=True)
class PlanOpinion:
    """计划意见 (PlanOpinion): what a joining department says of a plan before its display."""

    department: str
    text: str
    by: str
    at: datetime


@frozen(kw_only=True)
class Objection:
    """计划异议 (Objection): a department's request to adjust a plan on display.

    ``followed`` tells that the plan was changed since, and is displayed anew; ``answered_by`` is
    unknown of older ones.
    """

    id: str
    department: str
    reason: str
    at: datetime
    accepted: bool | None = None
    answer: str = ""
    by: str = ""
    answered_by: str = ""
    followed: bool = False

    @property
    def unfollowed(self) -> bool:
        """Whether it was accepted, and the plan says what it said before."""
        return self.accepted is True and not self.followed

    @property
    def state(self) -> "ObjectionState":
        """Whether it was answered."""
        return ObjectionState.RAISED if self.accepted is None else ObjectionState.ANSWERED


@frozen(kw_only=True)
class Adjustment:
    """计划调整 (Adjustment): a change made after the plan was shown, and why."""

    at: datetime
    by: str
    reason: str


@frozen(kw_only=True)
class PlanDrafted(Event):
    """A plan was drafted."""

    plan: str


@frozen(kw_only=True)
class PlanConsulted(Event):
    """The joining departments were asked for their opinion until ``until``, that day included."""

    plan: str
    until: date
    departments: tuple[str, ...]


@frozen(kw_only=True)
class PlanDisplayed(Event):
    """A plan went on display; objections are open until ``until``, that day included."""

    plan: str
    until: date
    departments: tuple[str, ...]


@frozen(kw_only=True)
class PlanAdjusted(Event):
    """A plan changed after it was shown."""

    plan: str
    reason: str


@frozen(kw_only=True)
class PlanObjected(Event):
    """A department objected."""

    plan: str
    department: str


@frozen(kw_only=True)
class PlanSettled(Event):
    """The display ended with every objection answered: tasks may follow."""

    plan: str


@frozen(kw_only=True)
class PlanDeleted(Event):
    """A plan was deleted; tasks that came of it stay as they are."""

    plan: str
    reason: str


_RUNNING: Final = 5


def number_beginning(region: str, year: int) -> str:
    """Give with what the numbers of a region's plans of a year begin (计划编号, proposal 2999)."""
    return f"JH{region}{year}"


def number_after(last: str, beginning: str) -> str:
    """Give the number after the ``last`` one that begins so; empty where there is none yet."""
    running = int(last.removeprefix(beginning) or 0) + 1
    return f"{beginning}{running:0{_RUNNING}}"


def numbered(sub_plans: Iterable[SubPlan]) -> tuple[SubPlan, ...]:
    """Give each sub-plan without an id the next number that none of them bears."""
    subs = tuple(sub_plans)
    taken = {sub.id for sub in subs}
    free = (str(number) for number in count(1) if str(number) not in taken)
    return tuple(sub if sub.id.strip() else evolve(sub, id=next(free)) for sub in subs)


def sheet_violations(sheet: PlanSheet) -> Iterator[Violation]:
    """Give every fault of the plan as a whole."""
    for name in ("name", "scene", "region", "lead"):
        if not getattr(sheet, name).strip():
            yield Violation("plans.field_empty", name)
    if sheet.lead in sheet.joining:
        yield Violation("plans.lead_joins_itself", "joining")
    if len(set(sheet.joining)) != len(sheet.joining):
        yield Violation("plans.department_twice", "joining")


def sub_plan_violations(sheet: PlanSheet, sub: SubPlan, at: str = "") -> Iterator[Violation]:
    """Give every fault of ``sub`` under ``sheet``; ``at`` prefixes the places named."""
    if not sub.name.strip():
        yield Violation("plans.field_empty", f"{at}name")
    if not sub.scope.strip():
        yield Violation("plans.field_empty", f"{at}scope")
    if sub.ends_on < sub.starts_on:
        yield Violation("plans.period_backwards", f"{at}ends_on")
    if {sub.starts_on.year, sub.ends_on.year} != {sheet.year}:
        yield Violation("plans.period_outside_year", f"{at}starts_on", {"year": sheet.year})
    for department in sorted(set(sub.joining) - set(sheet.joining)):
        yield Violation("plans.department_not_joining", f"{at}joining", {"department": department})
    if not sub.matters:
        yield Violation("plans.matters_missing", f"{at}matters")
    if len(set(sub.subjects)) < len(sub.subjects):
        yield Violation("plans.subject_twice", f"{at}subjects")


def unpublished_violations(
    matters: Iterable[str], published: frozenset[str]
) -> Iterator[Violation]:
    """Give a violation for each matter that is not published: it must not be inspected."""
    for matter in sorted(set(matters) - published):
        yield Violation("plans.matter_unpublished", "matters", {"matter": matter})


def _unworded(
    sheet: PlanSheet, sub_plans: Iterable[SubPlan]
) -> tuple[PlanSheet, tuple[SubPlan, ...]]:
    """Give what tasks may rest on, without names, descriptions, notes and attachments."""
    return (
        evolve(sheet, name="", description="", attachments=()),
        tuple(evolve(sub, name="", note="") for sub in sub_plans),
    )


def _placed(sheet: PlanSheet) -> tuple[str, str, str]:
    return sheet.scene, sheet.region, sheet.lead


_S = PlanState
_LIVING = frozenset({_S.DRAFTED, _S.CONSULTING, _S.ON_DISPLAY, _S.SETTLED})
_UNSEEN = frozenset({_S.DRAFTED, _S.CONSULTING})
_SEEN = frozenset({_S.ON_DISPLAY, _S.SETTLED})


def _unheard(plan: "Plan", _: object) -> frozenset[Assignee]:
    """Give the joining departments that have said nothing yet."""
    said = {one.department for one in plan.opinions}
    return departments(*sorted(set(plan.sheet.joining) - said))


VERBS: Final = Verbs(
    context="plans",
    noun="plan",
    title="检查计划",
    states={
        _S.DRAFTED: "起草", _S.CONSULTING: waiting("征集意见"),
        _S.ON_DISPLAY: waiting("公示中"), _S.SETTLED: good("已确定"),
        _S.DELETED: over("已删除"),
    },
    parts=(
        Parts(
            noun="objection", title="计划异议", all=lambda plan: plan.objections,
            states={
                ObjectionState.RAISED: waiting("待答复"), ObjectionState.ANSWERED: good("已答复"),
            },
        ),
    ),
    label=lambda plan: plan.sheet.name,
    assignees={
        Responsible.LEAD: lambda plan, _: departments(plan.sheet.lead),
        Responsible.DEPARTMENTS: lambda plan, _: departments(*plan.departments),
        Responsible.JOINING: _unheard,
    },
    verbs=(
        Verb(name="change", title="修改检查计划", by=Responsible.LEAD, starts=_LIVING,
             leads=_S.DRAFTED, roles=("task_administrator",)),
        Verb(name="consult", title="征集计划意见", by=Responsible.LEAD, starts=_S.DRAFTED,
             leads=_S.CONSULTING, roles=("leader", "task_administrator")),
        Verb(name="give_opinion", title="反馈计划意见", by=Responsible.JOINING,
             starts=_S.CONSULTING, owed=always, term="opinions_until", roles=("clerk",)),
        Verb(name="display", title="公示检查计划", by=Responsible.LEAD, starts=_UNSEEN,
             leads=_S.ON_DISPLAY, owed=always, roles=("leader", "task_administrator")),
        Verb(name="object_to", title="对计划提出异议", by=Responsible.DEPARTMENTS,
             starts=_S.ON_DISPLAY, permission="plans.object", roles=("clerk",)),
        Verb(name="answer", title="答复对计划的异议", by=Responsible.LEAD, starts=_S.ON_DISPLAY,
             part="objection", part_starts=ObjectionState.RAISED,
             part_leads=ObjectionState.ANSWERED, owed=always, term="objections_until",
             permission="plans.answer_objection", roles=("leader", "task_administrator")),
        Verb(name="settle", title="确定检查计划", by=Responsible.LEAD, starts=_S.ON_DISPLAY,
             leads=_S.SETTLED, owed=always, term="objections_until",
             roles=("leader", "task_administrator")),
        Verb(name="delete", title="删除检查计划", by=Responsible.LEAD, starts=_LIVING,
             leads=_S.DELETED, roles=("task_administrator",)),
    ),
)  # fmt: skip
"""What is done with a plan; every other state is refused as ``plans.plan_is_<state>``."""


@define(eq=False, kw_only=True)
class Plan(Aggregate):
    """检查计划 (Plan): a year's joint inspections of one scene, led by one department.

    Source: proposal 6.4.2.5.2.1; yearly plan and publicity: 国市监信〔2019〕38号.
    """

    verbs: ClassVar[Verbs | None] = VERBS

    number: str = field(on_setattr=setters.frozen)
    _sheet: PlanSheet
    _sub_plans: tuple[SubPlan, ...] = ()
    _state: PlanState = PlanState.DRAFTED
    _objections_until: date | None = None
    _objections: tuple[Objection, ...] = ()
    _adjustments: tuple[Adjustment, ...] = ()
    _deleted_because: str = ""
    _consulted: Solicitation | None = None
    _displayed: Solicitation | None = None
    _opinions: tuple[PlanOpinion, ...] = ()
    _inspected: SceneResources | None = None

    @classmethod
    def draft(cls, *, id: str, number: str, sheet: PlanSheet, at: datetime) -> Self:
        """Draft a plan; ``number`` is its own for good. Raises ``PlanNotDrafted``."""
        refuse_if(PlanNotDrafted, sheet_violations(sheet))
        plan = cls(id=id, number=number, sheet=sheet)
        plan._record(PlanDrafted(at=at, plan=id))
        return plan

    @property
    def sheet(self) -> PlanSheet:
        """What the plan says as a whole."""
        return self._sheet

    @property
    def sub_plans(self) -> tuple[SubPlan, ...]:
        """Its sub-plans, in the order in which they were added."""
        return self._sub_plans

    @property
    def state(self) -> PlanState:
        """How far it has come."""
        return self._state

    @property
    def consulted(self) -> Solicitation | None:
        """Who asked for opinions, and until when; nothing where nobody was asked."""
        return self._consulted

    @property
    def opinions_until(self) -> date | None:
        """The last day for opinions, once asked for."""
        return self._consulted.until if self._consulted else None

    @property
    def opinions(self) -> tuple[PlanOpinion, ...]:
        """What the joining departments said before the display."""
        return self._opinions

    @property
    def displayed(self) -> Solicitation | None:
        """Who displayed it, and until when objections were open; nothing before."""
        return self._displayed

    @property
    def objections_until(self) -> date | None:
        """The last day for objections, once displayed."""
        return self._objections_until

    @property
    def objections(self) -> tuple[Objection, ...]:
        """Every objection, answered or not."""
        return self._objections

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """Every change since the first display."""
        return self._adjustments

    @property
    def deleted_because(self) -> str:
        """Why it was deleted; empty otherwise."""
        return self._deleted_because

    @property
    def period(self) -> tuple[date | None, date | None]:
        """From when to when it is carried out: the first and the last day of its sub-plans."""
        subs = self._sub_plans
        return (
            min((sub.starts_on for sub in subs), default=None),
            max((sub.ends_on for sub in subs), default=None),
        )

    @property
    def departments(self) -> frozenset[str]:
        """The lead and every joining department."""
        return frozenset({self._sheet.lead, *self._sheet.joining})

    def inspected(self, sub_plan: str) -> SceneResources | None:
        """Give whom a sub-plan visits without a draw (全查): its scene as it was at the display.

        Nothing unless it was displayed so without an objection left, and for plans that were
        displayed before this was kept.
        """
        settled = self._state is PlanState.SETTLED
        whole = any(sub.whole for sub in self._sub_plans if sub.id == sub_plan)
        return self._inspected if settled and whole else None

    def foresees_draw(
        self, sub_plan: str, *, placed: tuple[str, str, str], starts_on: date, ends_on: date
    ) -> bool:
        """Tell whether it was displayed, without an objection left, to draw so in a sub-plan.

        ``placed`` are scene, region and lead; the period lies within that of the sub-plan, which
        does not inspect its whole scope.
        """
        return (
            self._state is PlanState.SETTLED
            and placed == _placed(self._sheet)
            and any(
                not sub.whole and sub.starts_on <= starts_on and ends_on <= sub.ends_on
                for sub in self._sub_plans
                if sub.id == sub_plan
            )
        )

    def change(
        self,
        *,
        sheet: PlanSheet,
        sub_plans: tuple[SubPlan, ...],
        by: str,
        reason: str = "",
        at: datetime,
    ) -> None:
        """Replace what the plan says, at any time before deletion.

        Once it was displayed a ``reason`` is asked for, and the change is kept as an adjustment.
        A plan on display, or settled, stays so where only names, descriptions, notes and
        attachments change, and no accepted objection is to be followed; else it is a draft again,
        to be displayed for a whole period and settled anew. Raises ``PlanNotChanged``.
        """
        shown = self._objections_until is not None
        refuse_if(PlanNotChanged, self._change_violations(sheet, sub_plans, reason, shown=shown))
        differs = (sheet, sub_plans) != (self._sheet, self._sub_plans)
        follows = differs and self._state is PlanState.ON_DISPLAY and self._unfollowed
        if self._state in _SEEN and (follows or not self._stands(sheet, sub_plans)):
            self._state = PlanState.DRAFTED
        if differs and self._state not in _SEEN:
            self._objections = tuple(
                each if each.accepted is False else evolve(each, followed=True)
                for each in self._objections
            )
        self._sheet, self._sub_plans = sheet, sub_plans
        if shown:
            self._adjustments += (Adjustment(at=at, by=by, reason=reason),)
            self._record(PlanAdjusted(at=at, plan=self.id, reason=reason))

    @property
    def _unfollowed(self) -> int:
        """How many objections were accepted, and changed nothing of the plan."""
        return sum(each.unfollowed for each in self._objections)

    def _stands(self, sheet: PlanSheet, sub_plans: tuple[SubPlan, ...]) -> bool:
        """Tell whether what was displayed is what tasks rest on after a change to these."""
        fixed = self._inspected is not None or not any(sub.whole for sub in self._sub_plans)
        return fixed and _unworded(sheet, sub_plans) == _unworded(self._sheet, self._sub_plans)

    def _change_violations(
        self, sheet: PlanSheet, sub_plans: tuple[SubPlan, ...], reason: str, *, shown: bool
    ) -> Iterator[Violation]:
        yield from self.forbids("change")
        yield from sheet_violations(sheet)
        for place, sub in enumerate(sub_plans):
            yield from sub_plan_violations(sheet, sub, f"sub_plans[{place}].")
        if len({sub.id for sub in sub_plans}) != len(sub_plans):
            yield Violation("plans.sub_plan_twice", "sub_plans")
        if shown and not reason.strip():
            yield Violation("plans.reason_missing", "reason")
        if shown and not sub_plans:
            yield Violation("plans.sub_plans_missing", "sub_plans")

    def consult(self, *, until: date, by: str, at: datetime) -> None:
        """Ask the joining departments for their opinion until ``until``, that day included.

        Raises ``PlanNotChanged``.
        """
        refuse_if(PlanNotChanged, self._consult_violations(local_day(at), until))
        self._state = PlanState.CONSULTING
        self._consulted = Solicitation(at=at, by=by, until=until)
        asked = tuple(sorted(self._sheet.joining))
        self._record(PlanConsulted(at=at, plan=self.id, until=until, departments=asked))

    def _consult_violations(self, today: date, until: date) -> Iterator[Violation]:
        yield from self.forbids("consult")
        if not self._sheet.joining:
            yield Violation("plans.nobody_to_consult", "until")
        if not self._sub_plans:
            yield Violation("plans.sub_plans_missing", "sub_plans")
        if until < today:
            yield Violation("plans.consultation_over", "until")

    def give_opinion(self, opinion: PlanOpinion) -> None:
        """Take a joining department's opinion, once. Raises ``PlanNotChanged``."""
        refuse_if(PlanNotChanged, self._opinion_violations(opinion))
        self._opinions += (opinion,)

    def _opinion_violations(self, opinion: PlanOpinion) -> Iterator[Violation]:
        department = opinion.department
        yield from self.forbids("give_opinion")
        if department not in self._sheet.joining:
            yield Violation("plans.department_not_joining", data={"department": department})
        if not opinion.text.strip():
            yield Violation("plans.reason_missing", "text")
        if any(one.department == department for one in self._opinions):
            yield Violation("plans.opinion_given")

    def display(
        self,
        *,
        until: date,
        published: frozenset[str],
        at: datetime,
        by: str = "",
        inspected: SceneResources | None = None,
    ) -> None:
        """Show the plan to its departments, objections being open until ``until`` (included).

        ``published`` holds the published matters among the plan's, ``inspected`` whom its scene
        inspects now, which is kept where a sub-plan inspects all (design §14). Who was asked for
        an opinion has given it, or its day is past. Raises ``PlanNotDisplayed``.
        """
        refuse_if(PlanNotDisplayed, self._display_violations(local_day(at), until, published))
        self._state, self._objections_until = PlanState.ON_DISPLAY, until
        self._displayed = Solicitation(at=at, by=by, until=until)
        whole = any(sub.whole for sub in self._sub_plans)
        self._inspected = inspected.subjects_alone if whole and inspected is not None else None
        self._record(
            PlanDisplayed(
                at=at, plan=self.id, until=until, departments=tuple(sorted(self.departments))
            )
        )

    def _display_violations(
        self, today: date, until: date, published: frozenset[str]
    ) -> Iterator[Violation]:
        yield from self.forbids("display")
        if not self._sub_plans:
            yield Violation("plans.sub_plans_missing", "sub_plans")
        yield from unpublished_violations(
            (matter for sub in self._sub_plans for matter in sub.matters), published
        )
        if until <= today:
            yield Violation("plans.display_too_short", "until")
        if self.opinions_until is not None and today <= self.opinions_until:
            said = {one.department for one in self._opinions}
            for department in sorted(set(self._sheet.joining) - said):
                yield Violation("plans.opinion_missing", data={"department": department})

    def object_to(
        self,
        *,
        objection: str,
        department: str,
        reason: str,
        at: datetime,
        by: str = "",
    ) -> None:
        """Take a department's objection during the display. Raises ``ObjectionNotTaken``."""
        refuse_if(ObjectionNotTaken, self._objection_violations(department, reason, local_day(at)))
        made = Objection(id=objection, department=department, reason=reason, at=at, by=by)
        self._objections += (made,)
        self._record(PlanObjected(at=at, plan=self.id, department=department))

    def _objection_violations(
        self, department: str, reason: str, today: date
    ) -> Iterator[Violation]:
        yield from self.forbids("object_to")
        if department not in self.departments:
            yield Violation("plans.department_not_joining", data={"department": department})
        if not reason.strip():
            yield Violation("plans.reason_missing", "reason")
        if self._objections_until is not None and today > self._objections_until:
            yield Violation("plans.objections_closed")

    def answer(
        self,
        *,
        objection: str,
        accepted: bool,
        text: str,
        by: str = "",
        drafted_by: frozenset[str] = frozenset(),
    ) -> None:
        """Answer an objection of somebody else once; an accepted one is followed by ``change``.

        Whoever drafted or changed the plan does not answer. Raises ``ObjectionNotTaken``.
        """
        faults = (*self._answer_violations(objection, text, by),
                  *decided_by_another(by, *drafted_by))  # fmt: skip
        refuse_if(ObjectionNotTaken, faults)
        self._objections = tuple(
            evolve(each, accepted=accepted, answer=text, answered_by=by)
            if each.id == objection
            else each
            for each in self._objections
        )

    def _answer_violations(self, objection: str, text: str, by: str) -> Iterator[Violation]:
        found = next((each for each in self._objections if each.id == objection), None)
        yield from self.forbids("answer", found)
        if found is None:
            yield Violation("plans.objection_unknown", "objection")
        else:
            yield from decided_by_another(by, found.by)
        if not text.strip():
            yield Violation("plans.reason_missing", "text")

    def settle(
        self, *, at: datetime, by: str = "", drafted_by: frozenset[str] = frozenset()
    ) -> None:
        """End the display after its last day, every objection being answered, and followed.

        Whoever drafted or changed it does not settle it. Raises ``PlanNotSettled``.
        """
        faults = (*self._settle_violations(local_day(at)), *decided_by_another(by, *drafted_by))
        refuse_if(PlanNotSettled, faults)
        self._state = PlanState.SETTLED
        self._record(PlanSettled(at=at, plan=self.id))

    def _settle_violations(self, today: date) -> Iterator[Violation]:
        yield from self.forbids("settle")
        if self._objections_until is not None and today <= self._objections_until:
            yield Violation(
                "plans.objections_open_until", data={"day": str(self._objections_until)}
            )
        unanswered = sum(each.accepted is None for each in self._objections)
        if unanswered:
            yield Violation("plans.objections_unanswered", data={"count": unanswered})
        if self._unfollowed:
            yield Violation("plans.objections_unfollowed", data={"count": self._unfollowed})

    def delete(self, *, reason: str, at: datetime) -> None:
        """Delete the plan; it is no longer shown, and nothing else changes.

        Raises ``PlanNotDeleted``.
        """
        refuse_if(PlanNotDeleted, self._delete_violations(reason))
        self._state, self._deleted_because = PlanState.DELETED, reason
        self._record(PlanDeleted(at=at, plan=self.id, reason=reason))

    def _delete_violations(self, reason: str) -> Iterator[Violation]:
        yield from self.forbids("delete")
        if not reason.strip():
            yield Violation("plans.reason_missing", "reason")
