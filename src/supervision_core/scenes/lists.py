"""Scenes as lists show them, and what each says when it is opened."""

from datetime import datetime
from typing import Any, Final

from attrs import evolve, field, frozen

from supervision_core.handbooks.ports import HandbookReadings
from supervision_core.identity.model import Placement
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Act, Criterion, ListQuery, Match, Referred, both_ways
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import (
    Reading,
    choice,
    counted,
    department,
    departments,
    flag,
    integer,
    link,
    links,
    long_text,
    moment,
    region,
    rows,
    text,
    texts,
)
from supervision_core.scenes.model import Scene, SceneState
from supervision_core.scenes.model.scene import VERBS
from supervision_core.scenes.ports import Scenes

STATES: Final = VERBS.states


@frozen(kw_only=True)
class SceneRow:
    """One line of the scenes' overview. Source: proposal 6.4.3.2.1.2."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    code: str = text("场景编码", required=True)
    name: str = text("场景名称", required=True, example="乳品安全")
    sort: str = link("场景分类", "scenes.category")
    tags: tuple[str, ...] = links("监管对象", "tag")
    lead: str = department("牵头部门", required=True)
    joining: tuple[str, ...] = departments("配合部门")
    region: str = region("行政区划", required=True)
    state: SceneState = choice("状态", STATES, required=True)
    published_at: datetime | None = moment("启用时间")


@frozen(kw_only=True)
class SceneBeside:
    """What scenes are asked for beside what their rows show."""

    departments: tuple[str, ...] = departments("参与部门")
    checklists: tuple[str, ...] = links("检查单", "checklist")
    associations: tuple[str, ...] = links("行业协会", "officers.association")


@frozen(kw_only=True)
class SceneChecklistView:
    """A checklist that a scene uses."""

    checklist: str = link("检查单", "checklist", required=True)
    trade: str = link("业态", "identity.trade")
    enabled: bool = flag("启用")


@frozen(kw_only=True)
class SceneHandbookView:
    """A handbook that a scene shows."""

    handbook: str = link("手册", "handbook", required=True)
    trade: str = link("业态", "identity.trade")
    enabled: bool = flag("启用")
    reads: int = counted("查看次数")


@frozen(kw_only=True)
class SceneRiskModelView:
    """A risk model that a scene uses."""

    model: str = link("风险模型", "risk_model", required=True)
    trade: str = link("业态", "identity.trade")
    automatic: bool = flag("自动评价")


@frozen(kw_only=True)
class SceneCreditModelView:
    """A credit model that a scene uses."""

    model: str = link("信用模型", "credit_model", required=True)
    trade: str = link("业态", "identity.trade")
    automatic: bool = flag("自动评价")


@frozen(kw_only=True)
class SceneDutyView:
    """What a department answers for in a scene."""

    department: str = department("监管部门", required=True)
    duty: str = long_text("监管职责", required=True)


@frozen(kw_only=True)
class SceneView:
    """What a scene says: its basics, switches, resources and uses."""

    name: str = text("场景名称", required=True)
    code: str = text("场景编码", required=True)
    state: SceneState = choice("状态", STATES, required=True)
    sort: str = link("场景分类", "scenes.category")
    region: str = region("行政区划", required=True)
    lead: str = department("牵头部门", required=True)
    joining: tuple[str, ...] = departments("配合部门")
    trades: tuple[str, ...] = links("业态", "identity.trade")
    levels: tuple[str, ...] = texts("层级")
    public: bool = flag("对外公开")
    third_party: bool = flag("第三方建设场景")
    address: str = text("访问地址")
    tenant: str = text("关联租户")
    mechanism: str = long_text("监管机制")
    origin: str = text("主题来源")
    legal_basis: str = long_text("法律依据")
    note: str = long_text("说明")
    created_at: datetime | None = moment("创建时间")
    published_at: datetime | None = moment("启用时间")
    risk: bool = flag("开展风险评价")
    credit: bool = flag("开展信用评价")
    grading: bool = flag("分级分类")
    handbook: bool = flag("一业一册")
    differentiated: bool = flag("差异化抽查")
    consultation: bool = flag("任务会商")
    grading_rule: str = link("分级分类规则", "grading_rule")
    tags: tuple[str, ...] = links("检查对象标签", "tag")
    looked_at: tuple[str, ...] = links("仅关联不检查的对象标签", "tag")
    subjects_added: int = integer("另行加入的对象数", required=True)
    subjects_removed: int = integer("剔除的对象数", required=True)
    teams: tuple[str, ...] = links("执法队伍", "team")
    institutions: tuple[str, ...] = links("第三方机构", "officers.institution")
    associations: tuple[str, ...] = links("行业协会", "officers.association")
    checklists: tuple[SceneChecklistView, ...] = rows("检查单", SceneChecklistView)
    handbooks: tuple[SceneHandbookView, ...] = rows("合规经营手册", SceneHandbookView)
    risk_models: tuple[SceneRiskModelView, ...] = rows("风险模型", SceneRiskModelView)
    credit_models: tuple[SceneCreditModelView, ...] = rows("信用模型", SceneCreditModelView)
    duties: tuple[SceneDutyView, ...] = rows("监管部门职责", SceneDutyView)


def _tags(one: Scene) -> tuple[str, ...]:
    return tuple(each.tag for each in one.resources.tags)


def _row(one: Scene) -> SceneRow:
    basics = one.basics
    return SceneRow(
        id=one.id, code=one.code, name=basics.name, sort=basics.sort, lead=basics.lead,
        joining=basics.joining, region=one.region, state=one.state, published_at=one.published_at,
        tags=_tags(one),
    )  # fmt: skip


def _view(one: Scene) -> SceneView:
    basics, switches, used = one.basics, one.switches, one.resources
    return SceneView(
        name=basics.name, code=one.code, state=one.state, sort=basics.sort, region=one.region,
        lead=basics.lead, joining=basics.joining, trades=basics.trades,
        levels=tuple(sorted(basics.levels)), public=basics.public, third_party=basics.third_party,
        address=basics.address, tenant=basics.tenant, mechanism=basics.mechanism,
        origin=basics.origin, legal_basis=basics.legal_basis, note=basics.note,
        created_at=one.created_at, published_at=one.published_at,
        risk=switches.risk, credit=switches.credit, grading=switches.grading,
        handbook=switches.handbook, differentiated=one.tasks.differentiated,
        consultation=one.tasks.consultation, grading_rule=one.grading_rule or "",
        tags=tuple(each.tag for each in used.tags if each.inspected),
        looked_at=tuple(each.tag for each in used.tags if not each.inspected),
        subjects_added=len(used.subjects_added),
        subjects_removed=len(used.subjects_removed), teams=tuple(sorted(used.teams)),
        institutions=tuple(sorted(used.institutions)),
        associations=tuple(sorted(used.associations)),
        checklists=tuple(
            SceneChecklistView(checklist=each.checklist, trade=each.trade, enabled=each.enabled)
            for each in one.checklists
        ),
        handbooks=tuple(
            SceneHandbookView(handbook=each.handbook, trade=each.trade, enabled=each.enabled)
            for each in one.handbooks
        ),
        risk_models=tuple(
            SceneRiskModelView(model=each.model, trade=each.trade, automatic=each.automatic)
            for each in one.risk_models
        ),
        credit_models=tuple(
            SceneCreditModelView(model=each.model, trade=each.trade, automatic=each.automatic)
            for each in one.credit_models
        ),
        duties=tuple(
            SceneDutyView(department=each.department, duty=each.duty) for each in basics.duties
        ),
    )  # fmt: skip


def _handbooks_read(unit: UnitOfWork, _root: Any, shown: Any) -> Any:
    """Put into a view how often the handbooks that a scene shows were read."""
    counts = unit[HandbookReadings].of(one.handbook for one in shown.handbooks)
    return evolve(
        shown,
        handbooks=tuple(
            evolve(one, reads=counts[one.handbook].all) if one.handbook in counts else one
            for one in shown.handbooks
        ),
    )


@frozen(kw_only=True)
class CrossDepartmentMatterRow:
    """One line of the matters that departments supervise together. Source: proposal 2135-2162."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    name: str = text("综合监管场景名称", required=True, example="乳品安全综合监管")
    lead: str = department("牵头部门", required=True)
    joining: tuple[str, ...] = departments("协同部门")
    public: bool = flag("是否可以向社会公开")
    objects: tuple[str, ...] = links("监管对象", "tag")
    levels: tuple[str, ...] = texts("监管层级")


SCENES: Final = ListQuery(
    name="scenes.scene",
    plural="scenes",
    title="监管场景",
    menu="场景",
    port=Scenes,
    referred=Referred("name", "code"),
    adds=("scenes.create",),
    cls=Scene,
    row=SceneRow,
    row_of=_row,
    placed=lambda one: Placement(region=one.region, departments=one.departments),
    listed=lambda one: one.state is not SceneState.DELETED,
    read=Reading.OWNER_AND_BELOW,
    orders=both_ways("code"),
    criteria=(
        Criterion("name", Match.HOLDS),
        Criterion("state"),
        Criterion("sort"),
        Criterion("code"),
        Criterion("lead"),
        Criterion("departments"),
        Criterion("checklists"),
        Criterion("associations"),
        Criterion("region", Match.BEGINS),
    ),
    beside=SceneBeside,
    facts=lambda one: SceneBeside(
        departments=tuple(sorted(one.departments)),
        checklists=tuple(sorted({each.checklist for each in one.checklists})),
        associations=tuple(sorted(one.resources.associations)),
    ),
    view=SceneView,
    viewed=_view,
    completed=_handbooks_read,
)
CROSS_DEPARTMENT_MATTERS: Final = ListQuery(
    name="scenes.cross_department_matter",
    plural="cross_department_matters",
    title="跨部门监管事项",
    menu="监管事项",
    port=Scenes,
    cls=Scene,
    row=CrossDepartmentMatterRow,
    row_of=lambda one: CrossDepartmentMatterRow(
        id=one.id, name=one.name, lead=one.basics.lead, joining=one.basics.joining,
        public=one.basics.public, objects=_tags(one),
        levels=tuple(sorted(one.basics.levels)),
    ),
    placed=lambda one: Placement(region=one.region, departments=one.departments),
    listed=lambda one: one.state is not SceneState.DELETED,
    read=Reading.OWNER_AND_BELOW,
    orders=both_ways("name"),
    criteria=(Criterion("name", Match.HOLDS), Criterion("lead"), Criterion("joining")),
    view=SceneView,
    viewed=_view,
    acts=(Act("configure", "编辑"),),
    partial=True,
)  # fmt: skip
