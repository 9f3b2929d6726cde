"""The nine steps by which a scene is configured, and what each still lacks."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from attrs import frozen

from supervision_core.kernel.errors import Violation
from supervision_core.scenes.model.scene import Scene, publication_violations


class SceneStep(StrEnum):
    """配置步骤 (SceneStep): one step of configuring a scene. Source: proposal 4484-4534."""

    BASICS = "basics"
    SWITCHES = "switches"
    CHECKLISTS = "checklists"
    HANDBOOKS = "handbooks"
    RESOURCES = "resources"
    RISK = "risk"
    CREDIT = "credit"
    GRADING = "grading"
    OVERVIEW = "overview"


_S = SceneStep
STEP_TITLES: Final[Mapping[str, str]] = {
    _S.BASICS: "基本信息", _S.SWITCHES: "个性化配置", _S.CHECKLISTS: "综合检查单",
    _S.HANDBOOKS: "经营手册", _S.RESOURCES: "基础资源", _S.RISK: "风险评价模型",
    _S.CREDIT: "信用评价模型", _S.GRADING: "分级分类规则", _S.OVERVIEW: "场景总览",
}  # fmt: skip
_PARTS: Final[Mapping[str, SceneStep]] = {
    "basics": _S.BASICS, "switches": _S.SWITCHES, "tasks": _S.SWITCHES,
    "checklists": _S.CHECKLISTS, "handbooks": _S.HANDBOOKS, "resources": _S.RESOURCES,
    "risk_models": _S.RISK, "credit_models": _S.CREDIT, "grading_rule": _S.GRADING,
}  # fmt: skip
"""In which step the part stands that a reason against publication is about."""


@frozen(kw_only=True)
class StepState:
    """步骤状态 (StepState): how far a step is.

    ``gaps`` is what keeps the scene from being published; a step that is not ``needed`` is switched
    off, or left to the other system that runs the scene.
    """

    step: SceneStep
    needed: bool
    gaps: tuple[Violation, ...]


def path_of(scene: Scene) -> tuple[StepState, ...]:
    """Give every step in its order; in the overview nothing is missing once nothing else is."""
    gaps: dict[SceneStep, list[Violation]] = {step: [] for step in SceneStep}
    for one in publication_violations(scene):
        part = one.at.partition(".")[0].partition("[")[0]
        gaps[_PARTS[part]].append(one)
    switches, own = scene.switches, not scene.basics.third_party
    switched = {
        SceneStep.HANDBOOKS: switches.handbook, SceneStep.RISK: switches.risk,
        SceneStep.CREDIT: switches.credit, SceneStep.GRADING: switches.grading,
    }  # fmt: skip
    always = {SceneStep.BASICS, SceneStep.OVERVIEW}
    return tuple(
        StepState(
            step=step,
            needed=step in always or (own and switched.get(step, True)),
            gaps=tuple(gaps[step]),
        )
        for step in SceneStep
    )
