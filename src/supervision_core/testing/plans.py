"""Plans with every field filled, to try repositories with."""

from datetime import UTC, date, datetime

from supervision_core.plans.model import (
    Adjustment,
    Objection,
    Plan,
    PlanOpinion,
    PlanSheet,
    PlanState,
    Solicitation,
    SubPlan,
)
from supervision_core.plans.ports import Plans
from supervision_core.scenes.model import SceneResources
from supervision_core.testing.units import RepositoryCase

MOMENT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def plan_sheet(**changes: object) -> PlanSheet:
    """Give what a plan of 乳品安全 says."""
    told: dict[str, object] = {
        "name": "2026年乳品安全综合检查计划",
        "scene": "scene-dairy",
        "year": 2026,
        "region": "450100",
        "lead": "dept-market",
        "joining": ("dept-farm", "dept-health"),
        "description": "覆盖全市乳制品生产企业",
        "attachments": ("file-1",),
    }
    return PlanSheet(**(told | changes))  # type: ignore[arg-type]


def sub_plan(**changes: object) -> SubPlan:
    """Give a sub-plan of ``plan_sheet()``."""
    told: dict[str, object] = {
        "id": "sub-1",
        "name": "上半年检查",
        "starts_on": date(2026, 4, 1),
        "ends_on": date(2026, 6, 30),
        "joining": ("dept-farm",),
        "scope": "乳制品生产企业",
        "matters": ("matter-1", "matter-2"),
        "note": "突出重点",
    }
    return SubPlan(**(told | changes))  # type: ignore[arg-type]


def plan(id: str) -> Plan:
    """Give a plan with every field filled."""
    return Plan(
        id=id,
        number=f"JH4501002026-{id}",
        sheet=plan_sheet(),
        sub_plans=(
            sub_plan(trade="乳品", subjects=("subject-1",), joint=True),
            sub_plan(id="sub-2", name="第二期"),
        ),
        state=PlanState.ON_DISPLAY,
        objections_until=date(2026, 3, 9),
        objections=(
            Objection(
                id="objection-1",
                department="dept-farm",
                reason="人手不足",
                at=MOMENT,
                accepted=True,
                answer="已调整",
            ),
            Objection(id="objection-2", department="dept-health", reason="时间冲突", at=MOMENT),
        ),
        adjustments=(Adjustment(at=MOMENT, by="u-1", reason="采纳异议"),),
        deleted_because="样例",
        consulted=Solicitation(at=MOMENT, by="u-1", until=date(2026, 3, 5)),
        displayed=Solicitation(at=MOMENT, by="u-1", until=date(2026, 3, 9)),
        opinions=(PlanOpinion(department="dept-farm", text="同意", by="u-2", at=MOMENT),),
        inspected=SceneResources(subjects_added=frozenset({"subject-1"})),
    )


def _change(changed: Plan) -> None:
    changed.change(
        sheet=plan_sheet(name="改名的计划"),
        sub_plans=(sub_plan(scope="全部"),),
        by="u-2",
        reason="改名",
        at=MOMENT,
    )


PLANS = RepositoryCase(port=Plans, example=plan, change=_change)
