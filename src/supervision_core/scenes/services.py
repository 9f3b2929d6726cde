"""What is done with scenes."""

from attrs import frozen

from supervision_core.identity.services import Work, use_case
from supervision_core.kernel.errors import Violation
from supervision_core.scenes.model import (
    ChecklistUse,
    HandbookUse,
    ModelUse,
    Scene,
    SceneBasics,
    SceneLocked,
    SceneResources,
    SceneSwitches,
    TaskSettings,
)
from supervision_core.scenes.ports import Scenes


def _scene(work: Work, id: str) -> Scene:
    scene = work[Scenes].get(id)
    work.reach("scene", scene.id, region=scene.region, departments=scene.departments)
    return scene


@frozen(kw_only=True)
class CreateScene:
    """A new scene's code, region and basics."""

    code: str
    region: str
    basics: SceneBasics


@use_case("scenes.create")
def create_scene(work: Work, cmd: CreateScene) -> str:
    """Begin a scene as a draft; its code is unique in its region."""
    if work[Scenes].find_by_code(cmd.region, cmd.code):
        raise SceneLocked((Violation("scenes.code_taken", "code", {"code": cmd.code}),))
    scene = Scene(id=work.ids.next_id(), code=cmd.code, region=cmd.region, basics=cmd.basics)
    work.reach("region", cmd.region, region=scene.region, departments=scene.departments)
    work.save(Scenes, scene)
    return scene.id


@frozen(kw_only=True)
class ConfigureScene:
    """What to change of a scene; a part that is ``None`` stays as it is."""

    scene_id: str
    basics: SceneBasics | None = None
    switches: SceneSwitches | None = None
    tasks: TaskSettings | None = None
    resources: SceneResources | None = None
    checklists: tuple[ChecklistUse, ...] | None = None
    handbooks: tuple[HandbookUse, ...] | None = None


@use_case("scenes.configure")
def configure_scene(work: Work, cmd: ConfigureScene) -> str:
    """Change parts of a scene together; an open scene stays fit for work or is left as it was."""
    scene = _scene(work, cmd.scene_id)
    if cmd.basics is not None:
        scene.describe(cmd.basics)
    if cmd.switches is not None:
        scene.switch(cmd.switches)
    if cmd.tasks is not None:
        scene.run_tasks_by(cmd.tasks)
    if cmd.resources is not None:
        scene.provide(cmd.resources)
    if cmd.checklists is not None:
        scene.use_checklists(cmd.checklists)
    if cmd.handbooks is not None:
        scene.show_handbooks(cmd.handbooks)
    work.save(Scenes, scene)
    return scene.id


@frozen(kw_only=True)
class AssessScene:
    """The models and the rule that grade a scene's subjects."""

    scene_id: str
    risk: tuple[ModelUse, ...]
    credit: tuple[ModelUse, ...]
    grading_rule: str | None


@use_case("scenes.assess_by")
def assess_scene(work: Work, cmd: AssessScene) -> str:
    """Set by which models and which rule a scene's subjects are assessed and graded."""
    scene = _scene(work, cmd.scene_id)
    scene.assess_by(risk=cmd.risk, credit=cmd.credit)
    scene.grade_by(cmd.grading_rule)
    work.save(Scenes, scene)
    return scene.id


@frozen(kw_only=True)
class PublishScene:
    """The scene to open for work."""

    scene_id: str


@use_case("scenes.publish")
def publish_scene(work: Work, cmd: PublishScene) -> str:
    """Open a scene for work; every gap in its configuration is named at once."""
    scene = _scene(work, cmd.scene_id)
    scene.publish(at=work.now)
    work.save(Scenes, scene)
    return scene.id


@frozen(kw_only=True)
class DisableScene:
    """The scene to close for new work."""

    scene_id: str


@use_case("scenes.disable")
def disable_scene(work: Work, cmd: DisableScene) -> str:
    """Close a scene for new work; tasks under way go on."""
    scene = _scene(work, cmd.scene_id)
    scene.disable(at=work.now)
    work.save(Scenes, scene)
    return scene.id


@frozen(kw_only=True)
class DeleteScene:
    """The scene to take off every list."""

    scene_id: str


@use_case("scenes.delete")
def delete_scene(work: Work, cmd: DeleteScene) -> str:
    """Take a closed scene off every list."""
    scene = _scene(work, cmd.scene_id)
    scene.delete()
    work.save(Scenes, scene)
    return scene.id
