"""Scenes and the parts of which they are configured."""

from supervision_core.scenes.model.parts import (
    ChecklistUse,
    HandbookUse,
    ModelUse,
    SceneBasics,
    SceneResources,
    SceneSwitches,
    TagUse,
    TaskSettings,
)
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
    "HandbookUse",
    "ModelUse",
    "Scene",
    "SceneBasics",
    "SceneDisabled",
    "SceneLocked",
    "SceneNotPublishable",
    "ScenePublished",
    "SceneResources",
    "SceneState",
    "SceneSwitches",
    "TagUse",
    "TaskSettings",
    "publication_violations",
]
