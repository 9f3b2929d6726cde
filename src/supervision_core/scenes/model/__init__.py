"""Scenes and the parts of which they are configured."""

from supervision_core.scenes.model.parts import (
    ChecklistUse,
    CreditModelUse,
    DepartmentDuty,
    HandbookUse,
    ModelUse,
    RiskModelUse,
    SceneBasics,
    SceneResources,
    SceneSwitches,
    TagUse,
    TaskSettings,
)
from supervision_core.scenes.model.path import SceneStep, StepState, path_of
from supervision_core.scenes.model.scene import (
    Scene,
    SceneDisabled,
    SceneLocked,
    SceneNotPublishable,
    ScenePublished,
    SceneState,
    publication_violations,
)

__all__ = [
    "ChecklistUse",
    "CreditModelUse",
    "DepartmentDuty",
    "HandbookUse",
    "ModelUse",
    "RiskModelUse",
    "Scene",
    "SceneBasics",
    "SceneDisabled",
    "SceneLocked",
    "SceneNotPublishable",
    "ScenePublished",
    "SceneResources",
    "SceneState",
    "SceneStep",
    "SceneSwitches",
    "StepState",
    "TagUse",
    "TaskSettings",
    "path_of",
    "publication_violations",
]
