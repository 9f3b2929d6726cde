"""The scene: the whole configuration under which one trade is supervised."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final

from attrs import define, field, frozen, setters

from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Aggregate, Event
from supervision_core.kernel.tones import good, over
from supervision_core.kernel.verbs import Responsible, Verb, Verbs, departments
from supervision_core.scenes.model.parts import (
    ChecklistUse,
    CreditModelUse,
    HandbookUse,
    RiskModelUse,
    SceneBasics,
    SceneResources,
    SceneSwitches,
    TaskSettings,
)


class SceneState(StrEnum):
    """Where a scene is in its life; tasks start in an enabled one only."""

    DRAFT = "draft"
    ENABLED = "enabled"
    DISABLED = "disabled"
    DELETED = "deleted"


@define(eq=False)
class SceneNotPublishable(Refused):
    """The configuration is not fit for work."""

    code: ClassVar[str] = "scenes.not_publishable"


@define(eq=False)
class SceneLocked(Refused):
    """The scene's state forbids this."""

    code: ClassVar[str] = "scenes.locked"


@frozen(kw_only=True)
class ScenePublished(Event):
    """A scene was opened for work."""

    scene: str


@frozen(kw_only=True)
class SceneDisabled(Event):
    """A scene was closed for new work."""

    scene: str


_S = SceneState
_LIVING = frozenset({_S.DRAFT, _S.ENABLED, _S.DISABLED})
_CLOSED = frozenset({_S.DRAFT, _S.DISABLED})

VERBS: Final = Verbs(
    context="scenes",
    noun="scene",
    title="场景",
    states={
        _S.DRAFT: "草稿", _S.ENABLED: good("启用"), _S.DISABLED: over("停用"),
        _S.DELETED: over("已删除"),
    },
    assignees={Responsible.DEPARTMENTS: lambda one, _: departments(*one.departments)},
    roles=("scene_administrator",),
    verbs=(
        Verb(name="configure", title="配置场景", by=Responsible.DEPARTMENTS, starts=_LIVING),
        Verb(name="use_checklists", title="配置场景检查单", by=Responsible.DEPARTMENTS,
             starts=_LIVING),
        Verb(name="assess_by", title="为场景关联模型和规则", by=Responsible.DEPARTMENTS,
             starts=_LIVING),
        Verb(name="publish", title="启用场景", by=Responsible.DEPARTMENTS, starts=_CLOSED,
             leads=_S.ENABLED),
        Verb(name="disable", title="停用场景", by=Responsible.DEPARTMENTS, starts=_S.ENABLED,
             leads=_S.DISABLED),
        Verb(name="delete", title="删除场景", by=Responsible.DEPARTMENTS, starts=_CLOSED,
             leads=_S.DELETED),
    ),
)  # fmt: skip
"""What is done with a scene; every other state is refused as ``scenes.scene_is_<state>``."""


@define(eq=False, kw_only=True)
class Scene(Aggregate):
    """场景 (Scene): everything that supervising one trade needs, tied together by its lead.

    Configured part by part; publishing checks the whole. While it is enabled, a change that
    would make it unfit is refused. Source: proposal 6.4.3.2.
    """

    verbs: ClassVar[Verbs | None] = VERBS

    _code: str
    _region: str
    _basics: SceneBasics
    _switches: SceneSwitches = field(factory=SceneSwitches)
    _tasks: TaskSettings = field(factory=TaskSettings)
    _resources: SceneResources = field(factory=SceneResources)
    _checklists: tuple[ChecklistUse, ...] = ()
    _handbooks: tuple[HandbookUse, ...] = ()
    _risk_models: tuple[RiskModelUse, ...] = ()
    _credit_models: tuple[CreditModelUse, ...] = ()
    _grading_rule: str | None = None
    _state: SceneState = SceneState.DRAFT
    _published_at: datetime | None = None
    created_at: datetime | None = field(default=None, on_setattr=setters.frozen)

    @property
    def code(self) -> str:
        """Its code, unique in its region."""
        return self._code

    @property
    def region(self) -> str:
        """The region whose scene it is."""
        return self._region

    @property
    def name(self) -> str:
        """Its name."""
        return self._basics.name

    @property
    def departments(self) -> frozenset[str]:
        """The lead and the joining departments."""
        return frozenset({self._basics.lead, *self._basics.joining})

    @property
    def basics(self) -> SceneBasics:
        """基本信息."""
        return self._basics

    @property
    def switches(self) -> SceneSwitches:
        """扩展配置."""
        return self._switches

    @property
    def tasks(self) -> TaskSettings:
        """任务运行配置."""
        return self._tasks

    @property
    def resources(self) -> SceneResources:
        """基础资源."""
        return self._resources

    @property
    def checklists(self) -> tuple[ChecklistUse, ...]:
        """The checklists it uses."""
        return self._checklists

    @property
    def handbooks(self) -> tuple[HandbookUse, ...]:
        """The handbooks it shows."""
        return self._handbooks

    @property
    def risk_models(self) -> tuple[RiskModelUse, ...]:
        """Its risk models, at most one for each trade."""
        return self._risk_models

    @property
    def credit_models(self) -> tuple[CreditModelUse, ...]:
        """Its credit models, at most one for each trade."""
        return self._credit_models

    @property
    def grading_rule(self) -> str | None:
        """Its grading rule."""
        return self._grading_rule

    @property
    def state(self) -> SceneState:
        """Where it is in its life."""
        return self._state

    @property
    def published_at(self) -> datetime | None:
        """When it was last opened for work."""
        return self._published_at

    def checklist_for(self, trade: str) -> str | None:
        """Give the enabled checklist of ``trade``, the first where several are."""
        return next((one.checklist for one in self._checklists if _used(one, trade)), None)

    def risk_model_for(self, trade: str) -> RiskModelUse | None:
        """Give the risk model of ``trade``."""
        return next((one for one in self._risk_models if one.trade == trade), None)

    def credit_model_for(self, trade: str) -> CreditModelUse | None:
        """Give the credit model of ``trade``."""
        return next((one for one in self._credit_models if one.trade == trade), None)

    def evaluated_as_of(self, begun: Mapping[str, date]) -> date | None:
        """Give the day as of which it evaluates by itself, if it does (proposal 4520, 4524).

        ``begun`` says when the cycle of each model in force began. An enabled scene with a grading
        rule evaluates with the newest of its automatic models.
        """
        if self._state is not SceneState.ENABLED or self._grading_rule is None:
            return None
        uses = (*self._risk_models, *self._credit_models)
        return max((begun[one.model] for one in uses if one.automatic and one.model in begun),
                   default=None)  # fmt: skip

    def describe(self, basics: SceneBasics) -> None:
        """Change the basics."""
        self._change(_basics=basics)

    def switch(self, switches: SceneSwitches) -> None:
        """Change which parts it uses."""
        self._change(_switches=switches)

    def run_tasks_by(self, tasks: TaskSettings) -> None:
        """Change how its tasks run."""
        self._change(_tasks=tasks)

    def provide(self, resources: SceneResources) -> None:
        """Change whom it concerns and who works in it."""
        self._change(_resources=resources)

    def use_checklists(self, uses: tuple[ChecklistUse, ...]) -> None:
        """Set its checklists."""
        self._change("use_checklists", _checklists=uses)

    def show_handbooks(self, uses: tuple[HandbookUse, ...]) -> None:
        """Set its handbooks."""
        self._change(_handbooks=uses)

    def assess_by(
        self, *, risk: tuple[RiskModelUse, ...], credit: tuple[CreditModelUse, ...]
    ) -> None:
        """Set its models."""
        self._change("assess_by", _risk_models=risk, _credit_models=credit)

    def grade_by(self, rule: str | None) -> None:
        """Set its grading rule."""
        self._change("assess_by", _grading_rule=rule)

    def publish(self, *, at: datetime) -> None:
        """Open it for work.

        Raises ``SceneNotPublishable`` with every reason, ``SceneLocked`` when it is open or gone.
        """
        refuse_if(SceneLocked, self.forbids("publish"))
        refuse_if(SceneNotPublishable, publication_violations(self))
        self._state, self._published_at = SceneState.ENABLED, at
        self._record(ScenePublished(at=at, scene=self.id))

    def disable(self, *, at: datetime) -> None:
        """Close it for new work; what is under way goes on. Raises ``SceneLocked``."""
        refuse_if(SceneLocked, self.forbids("disable"))
        self._state = SceneState.DISABLED
        self._record(SceneDisabled(at=at, scene=self.id))

    def delete(self) -> None:
        """Take it off every list. Raises ``SceneLocked`` while it is open, and once deleted."""
        refuse_if(SceneLocked, self.forbids("delete"))
        self._state = SceneState.DELETED

    def _change(self, _verb: str = "configure", **parts: object) -> None:
        """Change parts; an open scene stays fit or nothing changes."""
        refuse_if(SceneLocked, self.forbids(_verb))
        before = {name: getattr(self, name) for name in parts}
        self._set(parts)
        if self._state is SceneState.ENABLED and (broken := tuple(publication_violations(self))):
            self._set(before)
            raise SceneNotPublishable(broken)

    def _set(self, parts: dict[str, object]) -> None:
        for name, value in parts.items():
            setattr(self, name, value)


def _used(use: ChecklistUse, trade: str) -> bool:
    return use.enabled and use.trade == trade


def publication_violations(scene: Scene) -> Iterator[Violation]:
    """Give every reason why ``scene`` is not fit for work.

    A linked third-party scene needs only its basics and address.
    """
    yield from _basics_violations(scene.basics)
    if scene.basics.third_party:
        if not scene.basics.address.strip():
            yield Violation("scenes.address_missing", "basics.address")
        return
    if not scene.resources.inspected_tags and not scene.resources.subjects_added:
        yield Violation("scenes.subjects_missing", "resources.tags")
    yield from _double_tags(scene.resources)
    for trade in scene.basics.trades:
        if scene.checklist_for(trade) is None:
            yield Violation("scenes.checklist_missing", "checklists", {"trade": trade})
    yield from _switch_violations(scene)
    yield from _trade_violations(scene)


def _basics_violations(basics: SceneBasics) -> Iterator[Violation]:
    if not basics.name.strip():
        yield Violation("scenes.name_missing", "basics.name")
    if not basics.lead.strip():
        yield Violation("scenes.lead_missing", "basics.lead")
    if not basics.joining and not basics.third_party:
        yield Violation("scenes.joining_missing", "basics.joining")
    if basics.lead in basics.joining or len(set(basics.joining)) < len(basics.joining):
        yield Violation("scenes.department_twice", "basics.joining")
    if not basics.trades:
        yield Violation("scenes.trades_missing", "basics.trades")


def _double_tags(resources: SceneResources) -> Iterator[Violation]:
    seen: set[str] = set()
    for number, use in enumerate(resources.tags):
        if use.tag in seen:
            yield Violation("scenes.tag_twice", f"resources.tags[{number}]")
        seen.add(use.tag)


def _switch_violations(scene: Scene) -> Iterator[Violation]:
    switches = scene.switches
    for trade in scene.basics.trades:
        if switches.risk and scene.risk_model_for(trade) is None:
            yield Violation("scenes.risk_model_missing", "risk_models", {"trade": trade})
        if switches.credit and scene.credit_model_for(trade) is None:
            yield Violation("scenes.credit_model_missing", "credit_models", {"trade": trade})
    if switches.grading and scene.grading_rule is None:
        yield Violation("scenes.grading_rule_missing", "grading_rule")
    if switches.grading and not (switches.risk and switches.credit):
        yield Violation("scenes.grading_without_models", "switches.grading")
    if scene.tasks.differentiated and not switches.grading:
        yield Violation("scenes.differentiated_without_grading", "tasks.differentiated")
    if switches.handbook and not any(one.enabled for one in scene.handbooks):
        yield Violation("scenes.handbook_missing", "handbooks")


def _trade_violations(scene: Scene) -> Iterator[Violation]:
    trades = scene.basics.trades
    uses = (
        ("checklists", [one.trade for one in scene.checklists]),
        ("handbooks", [one.trade for one in scene.handbooks]),
        ("risk_models", [one.trade for one in scene.risk_models]),
        ("credit_models", [one.trade for one in scene.credit_models]),
    )
    for part, named in uses:
        for trade in sorted(set(named) - set(trades)):
            yield Violation("scenes.trade_foreign", part, {"trade": trade})
    for part, named in uses[2:]:
        for trade in sorted({trade for trade in named if named.count(trade) > 1}):
            yield Violation("scenes.models_twice", part, {"trade": trade})
