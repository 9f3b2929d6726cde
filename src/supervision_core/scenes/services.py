"""What is done with scenes."""

from typing import ClassVar

from attrs import define, field, frozen

from supervision_core.assessment.document import write_model
from supervision_core.assessment.model.lifecycle import Defined, Versioned
from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.checklists.ports import Checklists
from supervision_core.grading.document import write_grading
from supervision_core.grading.ports import GradingRules
from supervision_core.identity.model import Reading
from supervision_core.identity.services import Work, does, use_case
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import NotFound, Refused, Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.plain import to_plain
from supervision_core.scenes.document import unportable, write_scene, write_tags
from supervision_core.scenes.model import (
    ChecklistUse,
    HandbookUse,
    ModelUse,
    Scene,
    SceneBasics,
    SceneLocked,
    SceneResources,
    SceneState,
    SceneSwitches,
    TaskSettings,
)
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.ports import Tags


@define(eq=False)
class PackageUnfit(Refused):
    """A package names what there is not here."""

    code: ClassVar[str] = "scenes.package_unfit"


@define(eq=False)
class SceneNotPortable(Refused):
    """The scene does not fit into one package."""

    code: ClassVar[str] = "scenes.not_portable"


def _scene(work: Work, id: str) -> Scene:
    scene = work[Scenes].get(id)
    work.reach("scene", scene.id, region=scene.region, departments=scene.departments)
    return scene


@frozen(kw_only=True)
class CreateScene:
    """A new scene's code, region and basics."""

    code: str = field(metadata=said("场景编码", example="DAIRY"))
    region: str = field(metadata=said("所属区划代码", example="450100", to="region"))
    basics: SceneBasics = field(metadata=said("场景基本信息"))


@use_case("scenes.create", "新增场景")
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

    scene_id: str = field(metadata=said("场景的编号", example="0123abcd", to="scene"))
    basics: SceneBasics | None = field(default=None, metadata=said("场景基本信息，为空则不变"))
    switches: SceneSwitches | None = field(default=None, metadata=said("扩展配置，为空则不变"))
    tasks: TaskSettings | None = field(default=None, metadata=said("任务运行配置，为空则不变"))
    resources: SceneResources | None = field(default=None, metadata=said("基础资源，为空则不变"))
    checklists: tuple[ChecklistUse, ...] | None = field(
        default=None, metadata=said("场景检查单，为空则不变")
    )
    handbooks: tuple[HandbookUse, ...] | None = field(
        default=None, metadata=said("场景手册，为空则不变")
    )


@does(Scene, "configure")
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

    scene_id: str = field(metadata=said("场景的编号", example="0123abcd", to="scene"))
    risk: tuple[ModelUse, ...] = field(metadata=said("各业态的风险模型"))
    credit: tuple[ModelUse, ...] = field(metadata=said("各业态的信用模型"))
    grading_rule: str | None = field(
        metadata=said("分级分类规则的编号，不用的为空", to="grading_rule")
    )


@does(Scene, "assess_by")
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

    scene_id: str = field(metadata=said("场景的编号", example="0123abcd", to="scene"))


@does(Scene, "publish")
def publish_scene(work: Work, cmd: PublishScene) -> str:
    """Open a scene for work; every gap in its configuration is named at once."""
    scene = _scene(work, cmd.scene_id)
    scene.publish(at=work.now)
    work.save(Scenes, scene)
    return scene.id


@frozen(kw_only=True)
class DisableScene:
    """The scene to close for new work."""

    scene_id: str = field(metadata=said("场景的编号", example="0123abcd", to="scene"))


@does(Scene, "disable")
def disable_scene(work: Work, cmd: DisableScene) -> str:
    """Close a scene for new work; tasks under way go on."""
    scene = _scene(work, cmd.scene_id)
    scene.disable(at=work.now)
    work.save(Scenes, scene)
    return scene.id


@frozen(kw_only=True)
class DeleteScene:
    """The scene to take off every list."""

    scene_id: str = field(metadata=said("场景的编号", example="0123abcd", to="scene"))


@does(Scene, "delete")
def delete_scene(work: Work, cmd: DeleteScene) -> str:
    """Take a closed scene off every list."""
    scene = _scene(work, cmd.scene_id)
    scene.delete()
    work.save(Scenes, scene)
    return scene.id


@frozen(kw_only=True)
class ExportScene:
    """The scene to write as a package, by its code in its region."""

    region: str = field(metadata=said("行政区划代码", example="450100"))
    code: str = field(metadata=said("场景编码", example="DAIRY"))


@use_case("scenes.export", "导出场景包")
def export_scene(work: Work, cmd: ExportScene) -> dict[str, Json]:
    """Give a scene with its tags, checklist, models and rule as the documents of a package.

    Cities and counties take over the scenes of the regions above them. Of the checklist, models and
    rule it is the version in force, or the newest draft where none was ever in force. ``checklist``
    is a list of items as plain data. Raises ``SceneNotPortable`` with every reason.
    """
    scene = work[Scenes].find_by_code(cmd.region, cmd.code)
    if scene is None or scene.state is SceneState.DELETED:
        raise NotFound(Scenes.kind, cmd.code)
    work.reach_to_read(Scenes.kind, cmd.code, reading=Reading.OWNER_AND_BELOW, region=scene.region)
    refuse_if(SceneNotPortable, unportable(scene))
    tags = {use.tag: work[Tags].get(use.tag) for use in scene.resources.tags}
    lists = [work[Checklists].get(use.checklist) for use in scene.checklists[:1]]
    risk = [work[RiskModels].get(use.model) for use in scene.risk_models[:1]]
    credit = [work[CreditModels].get(use.model) for use in scene.credit_models[:1]]
    rules = [work[GradingRules].get(rule) for rule in (scene.grading_rule,) if rule]
    return {
        "scene": write_scene(scene, tags),
        "tags": write_tags(tags.values()),
        "checklist": [
            to_plain(item)
            for one in lists
            for item in (one.current.content if one.versions else one.draft).items
        ],
        "risk_model": write_model(_in_force(risk[0])) if risk else {},
        "credit_model": write_model(_in_force(credit[0])) if credit else {},
        "grading_rule": write_grading(_in_force(rules[0])) if rules else {},
    }


def _in_force(kept: Versioned[Defined]) -> Defined:
    return kept.versions[-1] if kept.versions else kept.newest
