"""RiskModel and CreditModel: who keeps a model, for whom, how often, reviewed by whom."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final, Self

from attrs import define, evolve, field, frozen

from supervision_core.assessment.model.catalogued import with_indicator
from supervision_core.assessment.model.definition import (
    AssessmentModel,
    Category,
    Indicator,
    Kind,
    ModelNotUsable,
)
from supervision_core.assessment.model.lifecycle import LIVING, LifeState, Versioned, verbs_of_life
from supervision_core.assessment.model.standards import (
    IndicatorAct,
    LevelStandard,
    indicator_violations,
    with_levels,
)
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Event
from supervision_core.kernel.fields import said
from supervision_core.kernel.verbs import Responsible, Verb, Verbs


class Cycle(StrEnum):
    """评价周期 (Cycle): how often a model is applied (proposal 6.4.2.6.2.1)."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    TWO_YEARS = "two_years"

    @property
    def months(self) -> int:
        """Count its months."""
        return {"month": 1, "quarter": 3, "half_year": 6, "year": 12, "two_years": 24}[self.value]

    def begun(self, on: date) -> date:
        """Give the first day of the cycle in which a day lies; two years begin in even ones."""
        months = on.year * 12 + on.month - 1
        year, month = divmod(months - months % self.months, 12)
        return date(year, month + 1, 1)


class ContentDraw(StrEnum):
    """检查内容抽取方式: check items by level or by ratio (proposal 6.4.2.7.2.1)."""

    BY_LEVEL = "by_level"
    BY_RATIO = "by_ratio"


CYCLES: Final[Mapping[str, str]] = {
    Cycle.MONTH: "每月", Cycle.QUARTER: "每季度", Cycle.HALF_YEAR: "每半年",
    Cycle.YEAR: "每年", Cycle.TWO_YEARS: "每两年",
}  # fmt: skip
CONTENT_DRAWS: Final[Mapping[str, str]] = {
    ContentDraw.BY_LEVEL: "按等级抽取", ContentDraw.BY_RATIO: "按比例抽取",
}  # fmt: skip


@define(eq=False)
class ModelNotChangeable(Refused):
    """The state of the model forbids the command."""

    code = "assessment.model_not_changeable"


@define(eq=False)
class ReviewGroupNotUsable(Refused):
    """The review group lacks a name or members, or its leader is not a member."""

    code = "assessment.review_group_not_usable"


@frozen(kw_only=True)
class ReviewGroup:
    """评审小组 (ReviewGroup): the officers who give their opinion on results.

    One member is appointed leader (proposal 6.4.2.6.2.2).
    """

    name: str = field(metadata=said("评审小组名称", example="乳制品风险评审小组"))
    members: tuple[str, ...] = field(metadata=said("小组成员的执法人员编号", to="officer"))
    leader: str | None = field(default=None, metadata=said("组长的执法人员编号", to="officer"))
    note: str = field(default="", metadata=said("备注", long=True))

    def violations(self) -> Iterator[Violation]:
        """Give every fault."""
        if not self.name.strip():
            yield Violation("assessment.review_group_unnamed", "name")
        if not self.members:
            yield Violation("assessment.review_group_empty", "members")
        if len(set(self.members)) < len(self.members):
            yield Violation("assessment.review_member_twice", "members")
        if self.leader is not None and self.leader not in self.members:
            yield Violation("assessment.review_leader_not_member", "leader")


@frozen(kw_only=True)
class ModelChanged(Event):
    """A model was created, redefined, enabled, disabled or deleted (``what``)."""

    model_id: str
    kind: str
    what: str
    model_version: int


VERBS: Final = verbs_of_life(
    "assessment",
    "model",
    "评价模型",
    Verb(
        name="change_basics", title="修改评价模型基本信息", by=Responsible.DEPARTMENTS,
        starts=LIVING - {LifeState.ENABLED}, permission="assessment.change_model_basics",
    ),
    Verb(
        name="appoint_review_group", title="组建评审小组", by=Responsible.DEPARTMENTS,
        starts=LIVING,
    ),
    Verb(
        name="set_levels", title="设置结果等级", by=Responsible.DEPARTMENTS,
        starts=LIVING - {LifeState.ENABLED},
    ),
    Verb(
        name="set_categories", title="设置指标分类", by=Responsible.DEPARTMENTS, starts=LIVING,
    ),
    Verb(name="add_indicator", title="新增指标", by=Responsible.DEPARTMENTS, starts=LIVING),
    Verb(name="change_indicator", title="编辑指标", by=Responsible.DEPARTMENTS, starts=LIVING),
    Verb(
        name="arrange_indicators", title="批量处理指标", by=Responsible.DEPARTMENTS,
        starts=LIVING,
    ),
    case="model",
)  # fmt: skip
"""What is done with a model; every other state is refused as ``assessment.model_is_<state>``."""


CREDIT_VERBS: Final = evolve(
    VERBS,
    verbs=(
        *VERBS.verbs,
        Verb(
            name="draw_by_credit", title="设置信用抽取", by=Responsible.DEPARTMENTS,
            starts=LIVING - {LifeState.ENABLED},
        ),
    ),
)  # fmt: skip
"""Of a credit model, also how its levels steer the draw (proposal 3673, 3689)."""


@define(eq=False, kw_only=True)
class VersionedModel(Versioned[AssessmentModel]):
    """What risk and credit models have in common.

    ``object_tags`` are the tags whose subjects it assesses (评价对象标签).
    """

    context: ClassVar[str] = "assessment"
    refusal: ClassVar[type[Refused]] = ModelNotChangeable
    verbs: ClassVar[Verbs | None] = VERBS
    kind: ClassVar[Kind]

    object_type: str
    cycle: Cycle
    reviewed: bool = False
    object_tags: tuple[str, ...] = ()
    _review_group: ReviewGroup | None = field(default=None)

    @property
    def name(self) -> str:
        """Give the name that the newest definition bears."""
        return self.newest.name

    @property
    def review_group(self) -> ReviewGroup | None:
        """Give the group that reviews results, if one is appointed."""
        return self._review_group

    @classmethod
    def create(  # noqa: PLR0913 -- the fields of the proposal
        cls,
        *,
        id: str,
        department: str,
        region: str,
        object_type: str,
        cycle: Cycle,
        definition: AssessmentModel,
        at: datetime,
        reviewed: bool = False,
        object_tags: tuple[str, ...] = (),
    ) -> Self:
        """Begin a model as a draft. Refused where ``definition`` is of the other kind."""
        model = cls(
            id=id,
            department=department,
            region=region,
            object_type=object_type,
            cycle=cycle,
            reviewed=reviewed,
            object_tags=object_tags,
        )
        model.redefine(definition, at=at)
        return model

    def redefine(self, definition: AssessmentModel, *, at: datetime) -> None:
        """Replace the draft, or begin one. Refused where ``definition`` is of the other kind."""
        if definition.kind is not self.kind:
            raise self._refused("kind_differs")
        Versioned.redefine(self, definition, at=at)

    def change_basics(  # noqa: PLR0913 -- the fields of the proposal
        self,
        *,
        cycle: Cycle,
        object_type: str,
        reviewed: bool,
        at: datetime,
        name: str | None = None,
        description: str | None = None,
        object_tags: tuple[str, ...] | None = None,
    ) -> None:
        """Change the basics (基本信息维护). Refused while enabled.

        What is ``None`` stays. Name and description stand in the definition: changing them changes
        the draft. Once a version was in force the object type stays: its results are about such
        objects.
        """
        violations = list(self.forbids("change_basics"))
        if self._versions and object_type != self.object_type:
            violations.append(Violation("assessment.object_type_fixed", "object_type"))
        refuse_if(self.refusal, violations)
        self.cycle, self.object_type, self.reviewed = cycle, object_type, reviewed
        if object_tags is not None:
            self.object_tags = object_tags
        now = self.newest
        said = evolve(
            now,
            name=now.name if name is None else name,
            description=now.description if description is None else description,
        )
        if said != now:
            self._redraft(said)
        self._record(self._happened("basics_changed", at))

    def set_levels(self, standards: tuple[LevelStandard, ...], *, at: datetime) -> None:
        """Cut the total into result levels (结果等级维护), mildest first. Refused while enabled.

        Refused with every gap and overlap between the levels.
        """
        refuse_if(self.refusal, self.forbids("set_levels"))
        self._redraft(with_levels(self.newest, standards))
        self._record(self._happened("levels_set", at))

    def set_categories(self, categories: tuple[Category, ...], *, at: datetime) -> None:
        """Say by which categories indicators are sorted. Refused where one is still used."""
        refuse_if(self.refusal, self.forbids("set_categories"))
        said = evolve(self.newest, categories=categories)
        refuse_if(ModelNotUsable, said.category_violations())
        self._redraft(said)
        self._record(self._happened("categories_set", at))

    def add_indicator(self, indicator: Indicator, *, at: datetime) -> None:
        """Add an indicator. Refused with all that is wrong in it, and where its code is taken."""
        refuse_if(self.refusal, self.forbids("add_indicator"))
        taken = (
            Violation(
                "assessment.indicator_code_taken", "indicator.code",
                {"code": one.code, "name": one.name},
            )
            for one in self.newest.indicators
            if one.code == indicator.code
        )  # fmt: skip
        refuse_if(ModelNotUsable, taken)
        self._put(indicator)
        self._record(self._happened("indicator_added", at))

    def change_indicator(self, indicator: Indicator, *, at: datetime) -> None:
        """Change the indicator of that code. Raises ``NoSuchIndicator``."""
        refuse_if(self.refusal, self.forbids("change_indicator"))
        self.newest.require(indicator.code)
        self._put(indicator)
        self._record(self._happened("indicator_changed", at))

    def _put(self, indicator: Indicator) -> None:
        said = with_indicator(self.newest, indicator)
        refuse_if(ModelNotUsable, indicator_violations(said, indicator.code))
        self._redraft(said)

    def arrange_indicators(
        self, codes: tuple[str, ...], act: IndicatorAct, *, at: datetime
    ) -> None:
        """Enable, disable, copy or delete indicators. Raises ``NoSuchIndicator``."""
        refuse_if(self.refusal, self.forbids("arrange_indicators"))
        now = self.newest
        match act:
            case IndicatorAct.COPY:
                said = now.with_copies(*codes)
            case IndicatorAct.DELETE:
                said = now.without_indicators(*codes)
            case _:
                said = now.switched(*codes, enabled=act is IndicatorAct.ENABLE)
        self._redraft(said)
        self._record(self._happened("indicators_arranged", at))

    def appoint_review_group(self, group: ReviewGroup, *, at: datetime) -> None:
        """Appoint or replace the review group. Refused with every fault of the group."""
        refuse_if(self.refusal, self.forbids("appoint_review_group"))
        refuse_if(ReviewGroupNotUsable, group.violations())
        self._review_group = group
        self._record(self._happened("review_group_appointed", at))

    def _enabling_violations(self) -> Iterator[Violation]:
        yield from Versioned._enabling_violations(self)  # noqa: SLF001 -- our own base
        if self.reviewed and (self._review_group is None or self._review_group.leader is None):
            yield self._violation("review_leader_missing")

    def _happened(self, what: str, at: datetime) -> ModelChanged:
        return ModelChanged(
            at=at,
            model_id=self.id,
            kind=self.kind.value,
            what=what,
            model_version=self.newest.version,
        )


@define(eq=False, kw_only=True)
class RiskModel(VersionedModel):
    """风险模型 (RiskModel): a risk model through its life (proposal 6.4.2.6.1-6.4.2.6.3)."""

    kind: ClassVar[Kind] = Kind.RISK


@define(eq=False, kw_only=True)
class CreditModel(VersionedModel):
    """信用模型 (CreditModel): a credit model through its life (proposal 6.4.2.7.1-6.4.2.7.3).

    ``drawn_by_credit`` is 是否信用抽取: whether its levels steer the draw, and then
    ``content_draw`` how check items are drawn.
    """

    kind: ClassVar[Kind] = Kind.CREDIT
    verbs: ClassVar[Verbs | None] = CREDIT_VERBS

    drawn_by_credit: bool = False
    content_draw: ContentDraw = ContentDraw.BY_LEVEL

    @property
    def steers_draw(self) -> bool:
        """Whether tasks draw by its levels now."""
        return self.drawn_by_credit and self._state is LifeState.ENABLED

    def draw_by_credit(self, *, drawn: bool, content_draw: ContentDraw, at: datetime) -> None:
        """Say whether the draw goes by its levels, and how check items are drawn then."""
        refuse_if(self.refusal, self.forbids("draw_by_credit"))
        self.drawn_by_credit, self.content_draw = drawn, content_draw
        self._record(self._happened("drawn_by_credit", at))
