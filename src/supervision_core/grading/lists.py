"""Grading rules as lists show them, and what each says when it is opened."""

from datetime import date
from typing import Any, Final

from attrs import field, frozen

from supervision_core.assessment.model import LifeState
from supervision_core.assessment.model.lifecycle import LIFE_STATES
from supervision_core.grading.current import CurrentGrade
from supervision_core.grading.model import ITEM_DRAWS, GradingRule, ItemDraw
from supervision_core.grading.ports import CurrentGrades, GradingRules, RulesOfScenes
from supervision_core.identity.model import Placement
from supervision_core.kernel.fields import said
from supervision_core.kernel.listing import Criterion, ListQuery, Match, Referred, both_ways
from supervision_core.kernel.registers import (
    Reading,
    choice,
    day,
    department,
    integer,
    link,
    links,
    long_text,
    region,
    rows,
    text,
    texts,
)
from supervision_core.subjects.registers import CATEGORIES


@frozen(kw_only=True)
class GradingRuleRow:
    """One line of a list of grading rules. Source: proposal 6.4.2.8."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    name: str = text("规则名称", required=True)
    object_tags: tuple[str, ...] = links("分级分类对象", "tag")
    trade: str = link("业态", "identity.trade")
    risk_model: str = link("风险模型", "risk_model", required=True)
    credit_model: str = link("信用模型", "credit_model", required=True)
    scenes: tuple[str, ...] = links("关联场景", "scene")
    region: str = region("行政区划", required=True)
    department: str = department("制定部门", required=True)
    item_draw: ItemDraw = choice("抽取方式", ITEM_DRAWS, required=True)
    state: LifeState = choice("状态", LIFE_STATES, required=True)
    versions: int = integer("已启用版本数", required=True)


@frozen(kw_only=True)
class MatrixLineView:
    """A risk level, and the grade that each credit level gives it."""

    risk: str = text("风险等级", required=True)
    grades: tuple[str, ...] = texts("各信用等级对应的分级")


@frozen(kw_only=True)
class GradeView:
    """A grade, and what is done with its subjects."""

    number: int = integer("等级序号", required=True)
    name: str = text("等级名称", required=True)
    measure: str = text("监管措施", required=True)
    object_ratio: str = text("对象抽取比例", required=True)
    item_ratio: str = text("检查项抽取比例", required=True)
    yearly_cap: int | None = integer("每年最多检查次数")


@frozen(kw_only=True)
class SecondaryView:
    """Objects below a subject that their own model draws."""

    tag: str = link("客体对象标签", "tag", required=True)
    model: str = link("客体等级模型", "risk_model", required=True)
    draw: ItemDraw = choice("抽取方式", ITEM_DRAWS, required=True)
    ratio: str = text("抽取比例")


@frozen(kw_only=True)
class GradingVersionView:
    """A version that was enabled."""

    number: int = integer("版本号", required=True)
    grades: str = text("分级分类等级", example="一级、二级")


@frozen(kw_only=True)
class GradingRuleView:
    """What a grading rule says in its newest version."""

    name: str = text("规则名称", required=True)
    state: LifeState = choice("状态", LIFE_STATES, required=True)
    trade: str = link("业态", "identity.trade")
    risk_model: str = link("风险模型", "risk_model", required=True)
    credit_model: str = link("信用模型", "credit_model", required=True)
    scenes: tuple[str, ...] = links("关联场景", "scene")
    region: str = region("行政区划", required=True)
    department: str = department("制定部门", required=True)
    versions: int = integer("已启用版本数", required=True)
    description: str = long_text("规则描述")
    credit_levels: tuple[str, ...] = texts("信用等级")
    insufficient: int | None = integer("数据不足的按哪一等级")
    item_draw: ItemDraw = choice("检查项抽取方式", ITEM_DRAWS, required=True)
    object_tags: tuple[str, ...] = links("分级分类对象", "tag")
    matrix: tuple[MatrixLineView, ...] = rows("评价矩阵", MatrixLineView)
    grades: tuple[GradeView, ...] = rows("分级分类等级", GradeView)
    secondary: tuple[SecondaryView, ...] = rows("客体对象", SecondaryView)
    enabled_versions: tuple[GradingVersionView, ...] = rows("已启用版本", GradingVersionView)


def _row(one: GradingRule) -> GradingRuleRow:
    return GradingRuleRow(
        id=one.id, name=one.name, trade=one.trade, risk_model=one.risk_model,
        credit_model=one.credit_model, scenes=one.scenes, region=one.region,
        department=one.department, state=one.state, versions=len(one.versions),
        object_tags=one.newest.object_tags, item_draw=one.newest.item_draw,
    )  # fmt: skip


def _view(one: GradingRule) -> GradingRuleView:
    said = one.newest
    return GradingRuleView(
        name=one.name, state=one.state, trade=one.trade, risk_model=one.risk_model,
        credit_model=one.credit_model, scenes=one.scenes, region=one.region,
        department=one.department, versions=len(one.versions), description=one.description,
        credit_levels=said.credit_levels,
        matrix=tuple(
            MatrixLineView(risk=risk, grades=tuple(str(grade) for grade in line))
            for risk, line in zip(said.risk_levels, said.matrix, strict=False)
        ),
        insufficient=said.insufficient, item_draw=said.item_draw, object_tags=said.object_tags,
        grades=tuple(
            GradeView(
                number=each.number, name=each.name, measure=each.measure,
                object_ratio=each.object_ratio, item_ratio=each.item_ratio,
                yearly_cap=each.yearly_cap,
            )
            for each in said.grades
        ),
        secondary=tuple(
            SecondaryView(
                tag=each.tag, model=each.model_id, draw=each.draw, ratio=each.ratio
            )
            for each in said.secondary
        ),
        enabled_versions=tuple(
            GradingVersionView(
                number=each.version, grades="、".join(grade.name for grade in each.grades)
            )
            for each in one.versions
        ),
    )  # fmt: skip


@frozen(kw_only=True)
class GradedSubjectRow:
    """One line of the list of graded subjects. Source: proposal 3872 (四级检查市场主体名单)."""

    id: str = field(metadata=said("编号", example="0123abcd"))
    subject: str = link("监管对象", "subject", required=True)
    code: str = text("统一社会信用代码")
    grade_name: str = text("分级分类等级", required=True, example="A类")
    grade: int = integer("等级序号", required=True)
    risk_level: str = text("风险等级")
    risk_points: str = text("风险得分")
    credit_level: str = text("信用等级")
    credit_points: str = text("信用得分")
    rule: str = link("分级分类规则", "grading_rule", required=True)
    as_of: date = day("评价日", required=True)
    region: str = region("行政区划", required=True)
    category: str = link("监管对象分类", CATEGORIES.name)


@frozen(kw_only=True)
class GradedSubjectView:
    """What the newest grade of a subject by a rule says; the subject's page gives the reasons."""

    grade_name: str = text("分级分类等级", required=True)
    subject: str = link("监管对象", "subject", required=True)
    code: str = text("统一社会信用代码")
    grade: int = integer("等级序号", required=True)
    risk_level: str = text("风险等级")
    risk_points: str = text("风险得分")
    credit_level: str = text("信用等级")
    credit_points: str = text("信用得分")
    rule: str = link("分级分类规则", "grading_rule", required=True)
    as_of: date = day("评价日", required=True)
    region: str = region("行政区划", required=True)
    category: str = link("监管对象分类", CATEGORIES.name)


def _told(one: CurrentGrade) -> dict[str, Any]:
    return {
        "subject": one.subject, "code": one.place.code, "grade_name": one.grade_name,
        "grade": one.grade,
        "risk_level": one.risk.level, "risk_points": one.risk.points,
        "credit_level": one.credit.level, "credit_points": one.credit.points,
        "rule": one.rule, "as_of": one.as_of, "region": one.place.region,
        "category": one.place.category,
    }  # fmt: skip


GRADED_SUBJECTS: Final = ListQuery(
    name="grading.graded_subject",
    plural="graded_subjects",
    title="分级名单",
    menu="一业一评",
    port=CurrentGrades,
    cls=CurrentGrade,
    row=GradedSubjectRow,
    row_of=lambda one: GradedSubjectRow(id=one.id, **_told(one)),
    placed=lambda one: Placement(
        region=one.place.region, departments=frozenset(one.place.departments),
        parties=frozenset({one.subject}),
    ),
    orders=both_ways("grade"),
    criteria=(
        Criterion("subject"),
        Criterion("grade_name"),
        Criterion("rule", Match.AMONG, name="scene", title="场景", through=RulesOfScenes),
        Criterion("code"),
        Criterion("grade"),
        Criterion("risk_level"),
        Criterion("credit_level"),
        Criterion("rule"),
        Criterion("category"),
        Criterion("as_of", Match.BETWEEN),
        Criterion("region", Match.BEGINS),
    ),
    view=GradedSubjectView,
    viewed=lambda one: GradedSubjectView(**_told(one)),
)  # fmt: skip
GRADING_RULES: Final = ListQuery(
    name="grading.rule",
    plural="rules",
    title="分级分类规则",
    menu="一业一评",
    port=GradingRules,
    referred=Referred("name", owned=True),
    adds=("grading.begin_rule",),
    cls=GradingRule,
    row=GradingRuleRow,
    row_of=_row,
    placed=lambda one: Placement(region=one.region, departments=frozenset({one.department})),
    listed=lambda one: one.state is not LifeState.DELETED,
    read=Reading.OWNER_AND_BELOW,
    orders=both_ways("name"),
    criteria=(
        Criterion("name", Match.HOLDS),
        Criterion("state"),
        Criterion("trade"),
        Criterion("scenes"),
        Criterion("object_tags"),
        Criterion("department"),
        Criterion("region", Match.BEGINS),
    ),
    tree="department",
    several=("grading.enable_rule", "grading.disable_rule", "grading.delete_rule"),
    view=GradingRuleView,
    viewed=_view,
    fits={"grading.grade_subjects": lambda one: one.state is LifeState.ENABLED},
    offered=lambda _unit, one, permission, _department: one.changes_by(
        permission.removeprefix("grading.").removesuffix("_rule")
    ),
)
