"""A fully filled example of a scene."""

from datetime import UTC, datetime

from supervision_core.scenes.model import (
    ChecklistUse,
    CreditModelUse,
    DepartmentDuty,
    HandbookUse,
    RiskModelUse,
    Scene,
    SceneBasics,
    SceneResources,
    SceneState,
    SceneSwitches,
    TagUse,
    TaskSettings,
)


def full_scene(id: str = "scene-1") -> Scene:
    """Give an enabled scene, fit for work, with every field filled."""
    return Scene(
        id=id,
        code="dairy",
        region="450000",
        basics=SceneBasics(
            name="乳品安全综合监管",
            lead="市场监管",
            joining=("农业农村", "卫生健康"),
            sort="食品安全",
            trades=("乳品",),
            levels=frozenset({"自治区", "市", "县"}),
            public=False,
            third_party=False,
            address="https://scene.example",
            tenant="dairy",
            mechanism="牵头部门发起，各部门联合检查",
            origin="国家一件事清单",
            legal_basis="《中华人民共和国食品安全法》第一百零九条",
            note="试点场景",
            duties=(DepartmentDuty(department="市场监管", duty="牵头联合检查"),),
        ),
        switches=SceneSwitches(risk=True, credit=True, grading=True, handbook=True),
        tasks=TaskSettings(differentiated=True, consultation=True),
        resources=SceneResources(
            tags=(TagUse(tag="tag-1"), TagUse(tag="tag-2", inspected=False)),
            subjects_added=frozenset({"subject-1"}),
            subjects_removed=frozenset({"subject-2"}),
            teams=frozenset({"team-1"}),
            institutions=frozenset({"institution-1"}),
            associations=frozenset({"association-1"}),
        ),
        checklists=(ChecklistUse(checklist="checklist-1", trade="乳品"),),
        handbooks=(HandbookUse(handbook="handbook-1", trade="乳品"),),
        risk_models=(RiskModelUse(model="risk-1", trade="乳品", automatic=True),),
        credit_models=(CreditModelUse(model="credit-1", trade="乳品"),),
        grading_rule="rule-1",
        state=SceneState.ENABLED,
        published_at=datetime(2026, 3, 2, 1, 0, tzinfo=UTC),
        created_at=datetime(2026, 3, 1, 1, 0, tzinfo=UTC),
    )
