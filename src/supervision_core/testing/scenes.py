"""A fully filled example of a scene."""

from datetime import UTC, datetime

from supervision_core.scenes.model import (
    ChecklistUse,
    HandbookUse,
    ModelUse,
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
            note="试点场景",
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
        risk_models=(ModelUse(model="risk-1", trade="乳品", automatic=True),),
        credit_models=(ModelUse(model="credit-1", trade="乳品"),),
        grading_rule="rule-1",
        state=SceneState.ENABLED,
        published_at=datetime(2026, 3, 2, 1, 0, tzinfo=UTC),
    )
