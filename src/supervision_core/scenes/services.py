"""What is done with scenes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar, Final

from attrs import define, evolve, field, frozen

from supervision_core.assessment.document import write_model
from supervision_core.assessment.model.lifecycle import Defined, Versioned
from supervision_core.assessment.ports import CreditModels, ModelsOfScenes, RiskModels
from supervision_core.checklists.ports import Checklists, ChecklistsOfScenes
from supervision_core.grading.document import write_grading
from supervision_core.grading.ports import GradingRules, RulesOfScenes
from supervision_core.identity.model import Reading, SceneRole
from supervision_core.identity.registers import TRADES
from supervision_core.identity.services import Deeds, Work, does, question, use_case
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import NotFound, Refused, Violation, refuse_if
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.registers import (
    Ask,
    department,
    departments,
    links,
    long_text,
    rows,
    text,
)
from supervision_core.scenes.document import unportable, write_scene, write_tags
from supervision_core.scenes.lists import SCENES, SceneDutyView
from supervision_core.scenes.model import (
    ChecklistUse,
    CreditModelUse,
    HandbookUse,
    RiskModelUse,
    Scene,
    SceneBasics,
    SceneLocked,
    SceneNotPublishable,
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


@frozen
class SceneRules(RulesOfScenes):
    """A scene says its rule itself."""

    scenes: Scenes

    def values(self, id: str) -> tuple[str, ...]:
        """Give the rule of the scene, if it has one."""
        try:
            rule = self.scenes.get(id).grading_rule
        except NotFound:
            return ()
        return (rule,) if rule else ()


@frozen
class SceneModels(ModelsOfScenes):
    """A scene says its models itself."""

    scenes: Scenes

    def values(self, id: str) -> tuple[str, ...]:
        """Give the risk and credit models of the scene."""
        try:
            scene = self.scenes.get(id)
        except NotFound:
            return ()
        return tuple(one.model for one in (*scene.risk_models, *scene.credit_models))


@frozen
class SceneChecklists(ChecklistsOfScenes):
    """A scene says its checklists itself."""

    scenes: Scenes

    def values(self, id: str) -> tuple[str, ...]:
        """Give the checklists that the scene uses, enabled or not."""
        try:
            scene = self.scenes.get(id)
        except NotFound:
            return ()
        return tuple(dict.fromkeys(one.checklist for one in scene.checklists))


_TRADE: Final = "trade"
"""Under this name the reasons of a refusal say of which trade they speak."""


def _scene(work: Work, id: str) -> Scene:
    return work.reached(Scenes, id)


@contextmanager
def _trades_by_name(work: Work) -> Iterator[None]:
    """Let refusals call trades by their names."""
    try:
        yield
    except SceneNotPublishable as refusal:
        ids = {str(one.data[_TRADE]) for one in refusal.reasons if _TRADE in one.data}
        names = work[Ask].resolve(TRADES.name, ids)
        raise SceneNotPublishable(
            tuple(
                evolve(one, data={**one.data, _TRADE: names[str(one.data[_TRADE])].name})
                if one.data.get(_TRADE) in names
                else one
                for one in refusal.reasons
            )
        ) from refusal


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
    scene = Scene(
        id=work.ids.next_id(), code=cmd.code, region=cmd.region, basics=cmd.basics,
        created_at=work.now,
    )  # fmt: skip
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
    with _trades_by_name(work):
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
class UseChecklists:
    """The checklists that a scene uses, each for one of its trades."""

    scene_id: str = field(metadata=said("场景的编号", example="0123abcd", to="scene"))
    checklists: tuple[ChecklistUse, ...] = field(metadata=said("场景检查单"))


@does(Scene, "use_checklists")
def use_checklists(work: Work, cmd: UseChecklists) -> str:
    """Set which checklists a scene uses, on or off; an open scene keeps one for each trade."""
    scene = _scene(work, cmd.scene_id)
    with _trades_by_name(work):
        scene.use_checklists(cmd.checklists)
    work.save(Scenes, scene)
    return scene.id


@frozen(kw_only=True)
class AssessScene:
    """The models and the rule that grade a scene's subjects; what is ``None`` stays as it is."""

    scene_id: str = field(metadata=said("场景的编号", example="0123abcd", to="scene"))
    risk_models: tuple[RiskModelUse, ...] | None = field(
        default=None, metadata=said("各业态的风险模型，为空则不变")
    )
    credit_models: tuple[CreditModelUse, ...] | None = field(
        default=None, metadata=said("各业态的信用模型，为空则不变")
    )
    grading_rule: str | None = field(
        default=None,
        metadata=said(
            "分级分类规则的编号", hint="不用规则的填空文本，不填则不变", to="grading_rule"
        ),
    )


@does(Scene, "assess_by")
def assess_scene(work: Work, cmd: AssessScene) -> str:
    """Set by which models and which rule a scene's subjects are assessed and graded."""
    scene = _scene(work, cmd.scene_id)
    with _trades_by_name(work):
        if cmd.risk_models is not None or cmd.credit_models is not None:
            scene.assess_by(
                risk=scene.risk_models if cmd.risk_models is None else cmd.risk_models,
                credit=scene.credit_models if cmd.credit_models is None else cmd.credit_models,
            )
        if cmd.grading_rule is not None:
            scene.grade_by(cmd.grading_rule or None)
    work.save(Scenes, scene)
    return scene.id


@frozen(kw_only=True)
class NameScene:
    """A scene."""

    scene_id: str = field(metadata=said("场景的编号", example="0123abcd", to="scene"))


@does(Scene, "publish")
def publish_scene(work: Work, cmd: NameScene) -> str:
    """Open a scene for work; every gap in its configuration is named at once."""
    scene = _scene(work, cmd.scene_id)
    with _trades_by_name(work):
        scene.publish(at=work.now)
    work.save(Scenes, scene)
    return scene.id


_SCENE: Final = Deeds(Scenes, Scene)
disable_scene = _SCENE.does(
    "disable", NameScene, "Close a scene for new work; tasks under way go on."
)


delete_scene = _SCENE.does("delete", NameScene, "Take a closed scene off every list.")


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


@frozen(kw_only=True)
class ListOwnScenes:
    """The scenes in which one's own association works."""


@frozen(kw_only=True)
class OwnScene:
    """What an association is told of a scene: what it is about, and who answers for what."""

    id: str = field(metadata=said("场景的编号", example="0123abcd"))
    name: str = text("场景名称", required=True, example="乳品安全综合监管")
    trades: tuple[str, ...] = links("业态", TRADES.name)
    lead: str = department("牵头部门", required=True)
    joining: tuple[str, ...] = departments("配合部门")
    mechanism: str = long_text("监管机制", listed=True)
    duties: tuple[SceneDutyView, ...] = rows("监管部门职责", SceneDutyView)


@frozen(kw_only=True)
class OwnScenes:
    """The scenes in which an association works."""

    items: tuple[OwnScene, ...] = field(metadata=said("各场景"))


@question("scenes.list_own_scenes", "查看本协会参与的场景")
def list_own_scenes(work: Work, about: ListOwnScenes) -> OwnScenes:
    """List the enabled scenes in which the association works for which one acts."""
    del about
    scope = work.actor.scope
    if scope.role is not SceneRole.THIRD_PARTY or not scope.party:
        return OwnScenes(items=())
    wanted = ListFilter(asked={"state": SceneState.ENABLED.value, "associations": scope.party})
    pages = every_page(lambda page: work[Lists].page(SCENES, wanted, page), order="code")
    own = (work[Scenes].get(row.id) for page in pages for row in page.items)
    return OwnScenes(items=tuple(map(_own_scene, own)))


def _own_scene(scene: Scene) -> OwnScene:
    basics = scene.basics
    return OwnScene(
        id=scene.id, name=basics.name, trades=basics.trades, lead=basics.lead,
        joining=basics.joining, mechanism=basics.mechanism,
        duties=tuple(
            SceneDutyView(department=one.department, duty=one.duty) for one in basics.duties
        ),
    )  # fmt: skip
