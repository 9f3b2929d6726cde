"""Putting a scene package to work: tags, check items, checklist, models, rule and scene."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

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
    NameChecklist,
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
from supervision_core.identity.registers import TRADES, TradeContent
from supervision_core.identity.services.registers import cases_of
from supervision_core.items.registers import CATALOGUE, CatalogueContent
from supervision_core.items.services.check_items import (
    AddCheckItem,
    EnableCheckItem,
    add_check_item,
    enable_check_item,
)
from supervision_core.kernel.errors import Violation, refuse_if
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.registers import (
    DEPARTMENT,
    OWNER_REGION,
    Ask,
    Content,
    Entries,
    Register,
    RegisterVerb,
)
from supervision_core.scenes.model import (
    ChecklistUse,
    CreditModelUse,
    ModelUse,
    RiskModelUse,
    SceneBasics,
    SceneResources,
    SceneSwitches,
    TagUse,
    TaskSettings,
)
from supervision_core.scenes.registers import SCENE_CATEGORIES, SceneCategoryContent
from supervision_core.scenes.services import (
    AssessScene,
    ConfigureScene,
    CreateScene,
    NameScene,
    PackageUnfit,
    assess_scene,
    configure_scene,
    create_scene,
    publish_scene,
)
from supervision_core.subjects.services import AddTagRule, CreateTag, add_tag_rule, create_tag

Document = Mapping[str, Any]


@frozen(kw_only=True)
class InstalledScene:
    """A scene at work, and the ids of all that it is tied together from."""

    code: str
    name: str
    region: str
    lead: str
    joining: tuple[str, ...]
    trades: tuple[str, ...]
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
    platform: Platform,
    package: ScenePackage,
    *,
    actor: Actor,
    region: str,
    departments: Mapping[str, str] | None = None,
) -> InstalledScene:
    """Create, enable and publish everything that ``package`` describes, in ``region``.

    A package calls departments by their names; ``departments`` gives the name or code that one has
    here instead. Trades and the category of the scene are entries of their registers, found by name
    or code and added where there are none. Told twice it does nothing the second time and answers
    alike. Raises ``PackageUnfit`` for departments that there are not, before anything is made, and
    what the contexts refuse, with every reason; what was created before stays, and a corrected
    package goes on from there.
    """
    ids = _departments(platform, package, departments or {})
    trades = _entries(platform, TRADES, trades_of(package), "trades")
    categories = _entries(platform, SCENE_CATEGORIES, categories_of(package), "sort")
    return _Installer(platform, package, actor, region, ids, trades, categories).install()


def departments_of(package: ScenePackage) -> Mapping[str, str]:
    """Give the departments that a package names, each with where it stands first."""
    found: dict[str, str] = {}
    for name in (package.scene["lead"], *package.scene.get("joining", ())):
        found.setdefault(name, "scene")
    for item in items_of(package.checklist):
        for name in sorted({item.content.department, *item.content.joining} - {""}):
            found.setdefault(name, f"checklist.{item.code}")
    return found


def trades_of(package: ScenePackage) -> tuple[str, ...]:
    """Give the trades that a package names."""
    return tuple(map(str, package.scene.get("trades", ())))


def categories_of(package: ScenePackage) -> tuple[str, ...]:
    """Give the category under which a package sorts its scene, if it names one."""
    return tuple(filter(None, [str(package.scene.get("sort", ""))]))


def _entries(
    platform: Platform, register: Register[Any], names: Iterable[str], place: str
) -> Mapping[str, str]:
    """Give the id of each entry of a register that is called so. Raises ``PackageUnfit``."""
    with platform.transactions.begin_reading() as unit:
        found = unit[Ask].named(register.name, names)
    refuse_if(
        PackageUnfit,
        [
            Violation(
                "kernel.register_called_twice", place, {"title": register.title, "value": name}
            )
            for name, those in found.items()
            if len(those) > 1
        ],
    )
    return {name: those[0].id for name, those in found.items() if those}


def _departments(
    platform: Platform, package: ScenePackage, called: Mapping[str, str]
) -> Mapping[str, str]:
    """Give the id of each department that a package names. Raises ``PackageUnfit``."""
    places = departments_of(package)
    here = {name: called.get(name, name) for name in places}
    with platform.transactions.begin_reading() as unit:
        found = unit[Ask].named(DEPARTMENT, set(here.values()))
    refuse_if(
        PackageUnfit,
        [
            Violation(
                "scenes.department_ambiguous" if found[own] else "scenes.department_unknown",
                places[name],
                {"name": own},
            )
            for name, own in here.items()
            if len(found[own]) != 1
        ],
    )
    return {name: found[own][0].id for name, own in here.items()}


@frozen
class _Installer:
    platform: Platform
    package: ScenePackage
    actor: Actor
    region: str
    departments: Mapping[str, str]
    trades: Mapping[str, str]
    categories: Mapping[str, str]

    def install(self) -> InstalledScene:
        scene = self.package.scene
        basics = SceneBasics(
            name=scene["name"],
            lead=self.departments[scene["lead"]],
            joining=tuple(self.departments[one] for one in scene.get("joining", ())),
            sort=next(map(self._category, categories_of(self.package)), ""),
            trades=tuple(
                self._trade(name, number)
                for number, name in enumerate(trades_of(self.package), start=1)
            ),
            levels=frozenset(scene.get("levels", ())),
            mechanism=scene.get("mechanism", ""),
            origin=scene.get("origin", ""),
            legal_basis=scene.get("legal_basis", ""),
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
                risk_models=_uses(RiskModelUse, risk, basics.trades, automatic=automatic),
                credit_models=_uses(CreditModelUse, credit, basics.trades, automatic=automatic),
                grading_rule=rule,
            ),
        )
        self._run("publish", publish_scene, NameScene(scene_id=scene_id))
        return InstalledScene(
            code=str(scene["code"]),
            name=basics.name,
            region=self.region,
            lead=basics.lead,
            joining=basics.joining,
            trades=basics.trades,
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

    def _run(self, step: str, case: Any, command: Any, *, actor: Actor | None = None) -> Any:
        key = f"install/{self.region}/{self.package.scene['code']}/{step}"
        return self.platform.commands.run(case, command, actor=actor or self.actor, key=key)

    def _tags(self) -> dict[str, str]:
        found = {}
        for place, tag in enumerate(self.package.tags.get("tags", ())):
            name = str(tag["name"])
            command = CreateTag(name=name, region=self.region, note=tag.get("note", ""))
            found[name] = str(self._run(f"tag/{place}", create_tag, command))
            for number, rule in enumerate(tag["rules"]):
                said = from_plain(AddTagRule, {"tag_id": found[name], **rule})
                self._run(f"tag/{place}/{number}", add_tag_rule, said)
        return found

    def _items(self) -> tuple[ChecklistItem, ...]:
        """Add the items to the library, and their matters to the catalogue where they lack."""
        code = self.package.scene["code"]
        rows = items_of(self.package.checklist)
        items = []
        for item in rows:
            matter = self._matter(item.content.matter, item.content.matter_code)
            content = evolve(
                item.content,
                matter_code=matter,
                department=self.departments.get(item.content.department, ""),
                joining=frozenset(self.departments[one] for one in item.content.joining),
            )
            added = self._run(
                f"item/{item.code}",
                add_check_item,
                AddCheckItem(code=f"{code}-{item.code}", region=self.region, content=content),
            )
            self._run(
                f"enable/{item.code}", enable_check_item, EnableCheckItem(check_item_id=added)
            )
            items.append(evolve(item, content=content, origin=added))
        return tuple(items)

    def _matter(self, name: str, code: str) -> str:
        """Give the code of a matter of the catalogue, added for the region where there is none."""
        with self.platform.transactions.begin_reading() as unit:
            matters = unit[Entries].of(CATALOGUE)
            found = matters.holder("code", code) if code else None
            found = found or matters.sharing(
                ("name", "parent", OWNER_REGION), (name, "", self.region)
            )
            if found:
                return matters.get(found).content.code
        content = CatalogueContent(name=name, code=code, kind="inspection")
        made = self._added(f"matter/{name}", CATALOGUE, content)
        with self.platform.transactions.begin_reading() as unit:
            return unit[Entries].of(CATALOGUE).get(made).content.code

    def _trade(self, name: str, number: int) -> str:
        """Give the trade called so, added under a code of the scene's where there is none."""
        content = TradeContent(name=name, code=f"{self.package.scene['code']}-{number}")
        return self.trades.get(name) or self._added(f"trade/{name}", TRADES, content)

    def _category(self, name: str) -> str:
        """Give the category called so, added where there is none."""
        content = SceneCategoryContent(name=name)
        return self.categories.get(name) or self._added("sort", SCENE_CATEGORIES, content)

    def _added(self, step: str, register: Register[Any], content: Content) -> str:
        """Add an entry to a register for the region, and give its id."""
        actor = evolve(self.actor, scope=evolve(self.actor.scope, region=self.region))
        cases = cases_of(register)
        command = cases.adding(content=content)
        return str(self._run(step, cases.all[RegisterVerb.ADD], command, actor=actor))

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
            "publish_checklist", publish_checklist, NameChecklist(checklist_id=made)
        )
        return made, version

    def _model(self, document: Document, department: str) -> str:
        definition = read_model(document)
        command = CreateModel(
            department=department,
            region=self.region,
            object_type="企业",
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


_Use = TypeVar("_Use", bound=ModelUse)


def _uses(
    use: type[_Use], model: str, trades: Sequence[str], *, automatic: bool
) -> tuple[_Use, ...]:
    return tuple(use(model=model, trade=trade, automatic=automatic) for trade in trades)
