"""Scenes as lists show them, and what each says when it is opened."""

from datetime import datetime
from typing import Final

from attrs import field, frozen

from supervision_core.identity.model import Placement
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Criterion, ListQuery, Match, both_ways
from supervision_core.kernel.registers import (
    Reading,
    choice,
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
    sort: str = text("场景类别")
    tags: tuple[str, ...] = links("监管对象", "tag")
    lead: str = department("牵头部门", required=True)
    joining: tuple[str, ...] = departments("联合部门")
    region: str = region("行政区划", required=True)
    state: SceneState = choice("状态", STATES, required=True)
    published_at: datetime | None = moment("启用时间")


@frozen(kw_only=True)
class SceneBeside:
    """What scenes are asked for beside what their rows show."""

    departments: tuple[str, ...] = departments("参与部门")


@frozen(kw_only=True)
class SceneChecklistView:
    """A checklist that a scene uses."""

    checklist: str = link("检查单", "checklist", required=True)
    trade: str = link("业态", "identity.trade")
    enabled: bool = flag("启用")


@frozen(kw_only=True)
class SceneModelView:
    """A model that a scene uses."""

    model: str = text("评价模型编号", required=True)
    trade: str = link("业态", "identity.trade")
    automatic: bool = flag("自动评价")


@frozen(kw_only=True)
class SceneView:
    """What a scene says: its basics, switches, resources and uses."""

    name: str = text("场景名称", required=True)
    code: str = text("场景编码", required=True)
    state: SceneState = choice("状态", STATES, required=True)
    sort: str = text("场景类别")
    region: str = region("行政区划", required=True)
    lead: str = department("牵头部门", required=True)
    joining: tuple[str, ...] = departments("联合部门")
    trades: tuple[str, ...] = links("业态", "identity.trade")
    levels: tuple[str, ...] = texts("层级")
    public: bool = flag("对外公开")
    third_party: bool = flag("可委托第三方")
    address: str = text("访问地址")
    note: str = long_text("说明")
    published_at: datetime | None = moment("启用时间")
    risk: bool = flag("开展风险评价")
    credit: bool = flag("开展信用评价")
    grading: bool = flag("分级分类")
    handbook: bool = flag("一业一册")
    differentiated: bool = flag("差异化抽查")
    consultation: bool = flag("任务会商")
    grading_rule: str = link("分级分类规则", "grading_rule")
    tags: tuple[str, ...] = links("对象标签", "tag")
    subjects_added: int = integer("另行加入的对象数", required=True)
    subjects_removed: int = integer("剔除的对象数", required=True)
    teams: tuple[str, ...] = links("执法队伍", "team")
    institutions: tuple[str, ...] = links("第三方机构", "officers.institution")
    associations: tuple[str, ...] = links("行业协会", "officers.association")
    checklists: tuple[SceneChecklistView, ...] = rows("检查单", SceneChecklistView)
    risk_models: tuple[SceneModelView, ...] = rows("风险评价模型", SceneModelView)
    credit_models: tuple[SceneModelView, ...] = rows("信用评价模型", SceneModelView)


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
        address=basics.address, note=basics.note, published_at=one.published_at,
        risk=switches.risk, credit=switches.credit, grading=switches.grading,
        handbook=switches.handbook, differentiated=one.tasks.differentiated,
        consultation=one.tasks.consultation, grading_rule=one.grading_rule or "",
        tags=_tags(one), subjects_added=len(used.subjects_added),
        subjects_removed=len(used.subjects_removed), teams=tuple(sorted(used.teams)),
        institutions=tuple(sorted(used.institutions)),
        associations=tuple(sorted(used.associations)),
        checklists=tuple(
            SceneChecklistView(checklist=each.checklist, trade=each.trade, enabled=each.enabled)
            for each in one.checklists
        ),
        risk_models=tuple(
            SceneModelView(model=each.model, trade=each.trade, automatic=each.automatic)
            for each in one.risk_models
        ),
        credit_models=tuple(
            SceneModelView(model=each.model, trade=each.trade, automatic=each.automatic)
            for each in one.credit_models
        ),
    )  # fmt: skip


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
        Criterion("region", Match.BEGINS),
    ),
    beside=SceneBeside,
    facts=lambda one: SceneBeside(departments=tuple(sorted(one.departments))),
    view=SceneView,
    viewed=_view,
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
)  # fmt: skip
