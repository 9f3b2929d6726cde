"""Putting a scene package to work: tags, check items, checklist, models, rule and scene."""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from entrypoints.container import Platform, ScenePackage, items_of
from supervision_core.assessment.document import read_model
from supervision_core.assessment.model import Cycle, Kind
from supervision_core.assessment.services import (
    CreateModel,
    SwitchModel,
    create_model,
    enable_model,
)
from supervision_core.checklists.model import ChecklistContent, ChecklistItem
from supervision_core.checklists.services import (
    CreateChecklist,
    PublishChecklist,
    create_checklist,
    publish_checklist,
)
from supervision_core.grading.document import read_grading
from supervision_core.grading.services import (
    CreateGradingRule,
    NameGradingRule,
    create_rule,
    enable_rule,
)
from supervision_core.identity.model import Actor
from supervision_core.items.services import (
    AddCheckItem,
    EnableCheckItem,
    add_check_item,
    enable_check_item,
)
from supervision_core.scenes.model import (
    ChecklistUse,
    ModelUse,
    SceneBasics,
    SceneResources,
    SceneSwitches,
    TagUse,
    TaskSettings,
)
from supervision_core.scenes.services import (
    AssessScene,
    ConfigureScene,
    CreateScene,
    PublishScene,
    assess_scene,
    configure_scene,
    create_scene,
    publish_scene,
)
from supervision_core.subjects.model import TagRule
from supervision_core.subjects.services import CreateTag, create_tag

Document = Mapping[str, Any]


@frozen(kw_only=True)
class InstalledScene:
    """A scene at work, and the ids of all that it is tied together from."""

    code: str
    name: str
    region: str
    lead: str
    joining: tuple[str, ...]
    consultation: bool
    scene: str
    tags: tuple[str, ...]
    checklist: str
    checklist_version: int
    items: tuple[ChecklistItem, ...]
    matters: tuple[str, ...]
    risk_model: str
    credit_model: str
    rule: str


def install_scene(
    platform: Platform, package: ScenePackage, *, actor: Actor, region: str
) -> InstalledScene:
    """Create, enable and publish everything that ``package`` describes, in ``region``.

    Told twice it does nothing the second time and answers alike. Raises what the contexts refuse,
    with every reason; what was created before stays, and a corrected package goes on from there.
    """
    return _Installer(platform, package, actor, region).install()


@frozen
class _Installer:
    platform: Platform
    package: ScenePackage
    actor: Actor
    region: str

    def install(self) -> InstalledScene:
        scene = self.package.scene
        basics = SceneBasics(
            name=scene["name"],
            lead=scene["lead"],
            joining=tuple(scene.get("joining", ())),
            sort=scene.get("sort", ""),
            trades=tuple(scene["trades"]),
            levels=frozenset(scene.get("levels", ())),
            note=scene.get("note", ""),
        )
        settings = TaskSettings(**scene.get("tasks", {}))
        tags = self._tags()
        items = self._items()
        checklist, version = self._checklist(basics, items)
        risk = self._model(self.package.risk_model, basics.lead)
        credit = self._model(self.package.credit_model, basics.lead)
        rule = self._rule(basics, risk, credit)
        scene_id = self._run(
            "scene",
            create_scene,
            CreateScene(code=str(scene["code"]), region=self.region, basics=basics),
        )
        uses = [TagUse(tag=tags[use["name"]], inspected=use["inspected"]) for use in scene["tags"]]
        self._run(
            "configure",
            configure_scene,
            ConfigureScene(
                scene_id=scene_id,
                switches=SceneSwitches(**scene.get("switches", {})),
                tasks=settings,
                resources=SceneResources(tags=tuple(uses)),
                checklists=tuple(
                    ChecklistUse(checklist=checklist, trade=trade) for trade in basics.trades
                ),
            ),
        )
        automatic = bool(scene.get("models", {}).get("automatic", False))
        self._run(
            "assess_by",
            assess_scene,
            AssessScene(
                scene_id=scene_id,
                risk=_uses(risk, basics.trades, automatic=automatic),
                credit=_uses(credit, basics.trades, automatic=automatic),
                grading_rule=rule,
            ),
        )
        self._run("publish", publish_scene, PublishScene(scene_id=scene_id))
        return InstalledScene(
            code=str(scene["code"]),
            name=basics.name,
            region=self.region,
            lead=basics.lead,
            joining=basics.joining,
            consultation=settings.consultation,
            scene=scene_id,
            tags=tuple(use.tag for use in uses if use.inspected),
            checklist=checklist,
            checklist_version=version,
            items=items,
            matters=tuple(sorted({item.content.matter_code for item in items})),
            risk_model=risk,
            credit_model=credit,
            rule=rule,
        )

    def _run(self, step: str, case: Any, command: Any) -> Any:
        key = f"install/{self.region}/{self.package.scene['code']}/{step}"
        return self.platform.commands.run(case, command, actor=self.actor, key=key)

    def _tags(self) -> dict[str, str]:
        found = {}
        for place, tag in enumerate(self.package.tags.get("tags", ())):
            rules = tuple(
                TagRule(**{name: tuple(values) for name, values in rule.items()})
                for rule in tag["rules"]
            )
            command = CreateTag(
                name=tag["name"], region=self.region, rules=rules, note=tag.get("note", "")
            )
            found[str(tag["name"])] = str(self._run(f"tag/{place}", create_tag, command))
        return found

    def _items(self) -> tuple[ChecklistItem, ...]:
        """Add the items to the library; one without a matter's code gets one of the scene's own."""
        code = self.package.scene["code"]
        rows = items_of(self.package.checklist)
        matters = list(dict.fromkeys(item.content.matter for item in rows))
        items = []
        for item in rows:
            own = f"{code}.{matters.index(item.content.matter) + 1}"
            content = evolve(item.content, matter_code=item.content.matter_code or own)
            added = self._run(
                f"item/{item.code}",
                add_check_item,
                AddCheckItem(code=f"{code}-{item.code}", region=self.region, content=content),
            )
            self._run(f"enable/{item.code}", enable_check_item, EnableCheckItem(item_id=added))
            items.append(evolve(item, content=content, origin=added))
        return tuple(items)

    def _checklist(self, basics: SceneBasics, items: tuple[ChecklistItem, ...]) -> tuple[str, int]:
        content = ChecklistContent(
            name=f"{basics.name}综合检查单",
            trade=basics.trades[0],
            lead=basics.lead,
            joining=basics.joining,
            items=items,
        )
        code = str(self.package.scene["code"])
        made = self._run(
            "checklist",
            create_checklist,
            CreateChecklist(code=code, region=self.region, content=content),
        )
        version = self._run(
            "publish_checklist", publish_checklist, PublishChecklist(checklist_id=made)
        )
        return made, version

    def _model(self, document: Document, department: str) -> str:
        definition = read_model(document)
        command = CreateModel(
            department=department,
            region=self.region,
            object_type="enterprise",
            cycle=Cycle.QUARTER,
            definition=definition,
        )
        made = str(self._run(f"model/{definition.kind}", create_model, command))
        kind = Kind(definition.kind)
        self._run(f"enable_model/{kind}", enable_model, SwitchModel(kind=kind, model_id=made))
        return made

    def _rule(self, basics: SceneBasics, risk: str, credit: str) -> str:
        command = CreateGradingRule(
            name=f"{basics.name}分级分类规则",
            department=basics.lead,
            region=self.region,
            trade=basics.trades[0],
            risk_model=risk,
            credit_model=credit,
            definition=read_grading(self.package.grading_rule),
        )
        made = str(self._run("rule", create_rule, command))
        self._run("enable_rule", enable_rule, NameGradingRule(rule_id=made))
        return made


def _uses(model: str, trades: Sequence[str], *, automatic: bool) -> tuple[ModelUse, ...]:
    return tuple(ModelUse(model=model, trade=trade, automatic=automatic) for trade in trades)
