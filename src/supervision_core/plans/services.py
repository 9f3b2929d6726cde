"""What is done with plans; each use case is one command."""

from datetime import date
from typing import Final

from attrs import field, frozen

from supervision_core.files.services.attaching import attach, detach
from supervision_core.identity.services import Deeds, Work, does, use_case
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.proposing import proposers
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.fields import said
from supervision_core.plans.files import ATTACHED
from supervision_core.plans.model import (
    Plan,
    PlanOpinion,
    PlanSheet,
    SubPlan,
    number_after,
    number_beginning,
    numbered,
)
from supervision_core.plans.ports import Plans, PublishedMatters
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.ports import Subjects


def _plan(work: Work, plan_id: str, *, lead_only: bool = True) -> Plan:
    plan = work[Plans].get(plan_id)
    departments = frozenset({plan.sheet.lead}) if lead_only else plan.departments
    work.reach("plan", plan.id, region=plan.sheet.region, departments=departments)
    return plan


def _drafters(work: Work, plan: Plan) -> frozenset[str]:
    """Give who drafted or changed a plan."""
    return proposers(work, Plans.kind, plan.id, "plans.draft", "plans.change")


def _sheet_in_reach(work: Work, sheet: PlanSheet) -> None:
    work.reach("region", sheet.region, region=sheet.region, departments=frozenset({sheet.lead}))


@frozen(kw_only=True)
class DraftPlan:
    """What a new plan says, with any sub-plans."""

    sheet: PlanSheet = field(metadata=said("计划信息"))
    sub_plans: tuple[SubPlan, ...] = field(default=(), metadata=said("子计划"))


def _subjects_in_reach(work: Work, subs: tuple[SubPlan, ...], before: Plan | None = None) -> None:
    """Demand that the subjects that are newly named are in reach. Raises ``NotFound``."""
    subs_before = () if before is None else before.sub_plans
    named = {id_ for one in subs for id_ in one.subjects}
    new = sorted(named - {id_ for one in subs_before for id_ in one.subjects})
    places = work[Subjects].places_of(new) if new else {}
    for id_ in new:
        if id_ not in places:
            raise NotFound(Subjects.kind, id_)
        place = places[id_]
        work.reach(Subjects.kind, id_, region=place.region, departments=place.departments)


@use_case("plans.draft", "拟订检查计划")
def draft_plan(work: Work, cmd: DraftPlan) -> str:
    """Draft a year's plan of one's own department."""
    _sheet_in_reach(work, cmd.sheet)
    beginning = number_beginning(cmd.sheet.region, cmd.sheet.year)
    number = number_after(work[Plans].last_number(beginning), beginning)
    plan = Plan.draft(id=work.ids.next_id(), number=number, sheet=cmd.sheet, at=work.now)
    _subjects_in_reach(work, cmd.sub_plans)
    if cmd.sub_plans:
        subs = numbered(cmd.sub_plans)
        plan.change(sheet=cmd.sheet, sub_plans=subs, by=work.actor.user, at=work.now)
    attach(work, ATTACHED, plan.id, cmd.sheet.attachments, at="sheet.attachments")
    work.save(Plans, plan)
    return plan.id


@frozen(kw_only=True)
class ChangePlan:
    """What a plan shall say; ``reason`` is asked for once it was displayed."""

    plan_id: str = field(metadata=said("检查计划的编号", example="0123abcd", to="plan"))
    sheet: PlanSheet = field(metadata=said("修改后的计划信息"))
    sub_plans: tuple[SubPlan, ...] = field(metadata=said("修改后的子计划"))
    reason: str = field(
        default="",
        metadata=said("修改理由，公示后修改的必填", example="采纳农业农村局的意见", long=True),
    )


@does(Plan, "change")
def change_plan(work: Work, cmd: ChangePlan) -> None:
    """Change a plan at any time; after its display as an adjustment with a reason.

    One that is on display or settled is to be displayed and settled anew, unless names,
    descriptions, notes and attachments alone change.
    """
    plan = _plan(work, cmd.plan_id)
    _sheet_in_reach(work, cmd.sheet)
    _subjects_in_reach(work, cmd.sub_plans, plan)
    before = plan.sheet.attachments
    plan.change(
        sheet=cmd.sheet,
        sub_plans=numbered(cmd.sub_plans),
        by=work.actor.user,
        reason=cmd.reason,
        at=work.now,
    )
    attach(work, ATTACHED, plan.id, cmd.sheet.attachments, at="sheet.attachments")
    gone = [one for one in before if one not in cmd.sheet.attachments]
    detach(work, ATTACHED, plan.id, gone)
    work.save(Plans, plan)


@frozen(kw_only=True)
class ConsultPlan:
    """A drafted plan, and the last day for opinions on it."""

    plan_id: str = field(metadata=said("检查计划的编号", example="0123abcd", to="plan"))
    until: date = field(metadata=said("意见征集截止日期，含当日", example="2026-03-20"))


_PLAN: Final = Deeds(Plans, Plan, _plan)
consult_on_plan = _PLAN.does(
    "consult", ConsultPlan,
    "Ask the joining departments for their opinion on a plan before its display.",
    answer=None,
)  # fmt: skip


@frozen(kw_only=True)
class GivePlanOpinion:
    """What one's department says of a plan."""

    plan_id: str = field(metadata=said("检查计划的编号", example="0123abcd", to="plan"))
    text: str = field(metadata=said("意见", example="建议增加冷链运输检查", long=True))


@does(Plan, "give_opinion")
def give_plan_opinion(work: Work, cmd: GivePlanOpinion) -> None:
    """Say, for one's own department, what it thinks of a plan."""
    plan = _plan(work, cmd.plan_id, lead_only=False)
    opinion = PlanOpinion(
        department=work.actor.department, text=cmd.text, by=work.actor.user, at=work.now
    )
    plan.give_opinion(opinion)
    work.save(Plans, plan)


@frozen(kw_only=True)
class DisplayPlan:
    """A drafted plan, and the last day for objections."""

    plan_id: str = field(metadata=said("检查计划的编号", example="0123abcd", to="plan"))
    until: date = field(metadata=said("公示截止日期，含当日", example="2026-03-31"))


@does(Plan, "display")
def display_plan(work: Work, cmd: DisplayPlan) -> None:
    """Show a plan to its departments; every matter in it is published.

    Whom a sub-plan inspects without a draw is fixed as the scene says now.
    """
    plan = _plan(work, cmd.plan_id)
    matters = sorted({matter for sub in plan.sub_plans for matter in sub.matters})
    published = work[PublishedMatters].among(matters)
    scene = find(work.unit, Scenes, plan.sheet.scene)
    plan.display(
        until=cmd.until, published=published, by=work.actor.user, at=work.now,
        inspected=scene.resources if scene is not None else None,
    )  # fmt: skip
    work.save(Plans, plan)


@frozen(kw_only=True)
class ObjectToPlan:
    """A plan on display, and why one's department objects."""

    plan_id: str = field(metadata=said("检查计划的编号", example="0123abcd", to="plan"))
    reason: str = field(metadata=said("异议理由", example="与本部门专项行动时间冲突", long=True))


@does(Plan, "object_to")
def object_to_plan(work: Work, cmd: ObjectToPlan) -> str:
    """Object, for one's own department, while the plan is on display."""
    plan = _plan(work, cmd.plan_id, lead_only=False)
    objection = work.ids.next_id()
    plan.object_to(
        objection=objection,
        department=work.actor.department,
        reason=cmd.reason,
        at=work.now,
        by=work.actor.user,
    )
    work.save(Plans, plan)
    return objection


@frozen(kw_only=True)
class AnswerObjection:
    """The lead's answer to an objection."""

    plan_id: str = field(metadata=said("检查计划的编号", example="0123abcd", to="plan"))
    objection_id: str = field(metadata=said("异议的编号", example="0123abcd"))
    accepted: bool = field(metadata=said("是否采纳"))
    text: str = field(metadata=said("答复内容", example="已按意见调整检查时间", long=True))


@does(Plan, "answer")
def answer_objection(work: Work, cmd: AnswerObjection) -> None:
    """Accept or reject an objection in words; an accepted one is followed by a change.

    The plan is then displayed anew. Refused to whoever drafted or changed it.
    """
    plan = _plan(work, cmd.plan_id)
    plan.answer(
        objection=cmd.objection_id, accepted=cmd.accepted, text=cmd.text, by=work.actor.user,
        drafted_by=_drafters(work, plan),
    )  # fmt: skip
    work.save(Plans, plan)


@frozen(kw_only=True)
class SettlePlan:
    """A plan whose display is over."""

    plan_id: str = field(metadata=said("检查计划的编号", example="0123abcd", to="plan"))


@does(Plan, "settle")
def settle_plan(work: Work, cmd: SettlePlan) -> None:
    """End the display after its last day, with every objection answered, and followed if accepted.

    Refused to whoever drafted or changed the plan.
    """
    plan = _plan(work, cmd.plan_id)
    plan.settle(at=work.now, by=work.actor.user, drafted_by=_drafters(work, plan))
    work.save(Plans, plan)


@frozen(kw_only=True)
class DeletePlan:
    """A plan to delete, and why."""

    plan_id: str = field(metadata=said("检查计划的编号", example="0123abcd", to="plan"))
    reason: str = field(metadata=said("删除理由", example="与上级计划重复", long=True))


delete_plan = _PLAN.does(
    "delete", DeletePlan, "Delete a plan; nothing that came of it changes.", answer=None
)
