"""RiskModel and CreditModel: who keeps a model, for whom, how often, reviewed by whom."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final, Self

from attrs import define, field, frozen

from supervision_core.assessment.model.definition import AssessmentModel, Kind
from supervision_core.assessment.model.lifecycle import LIVING, LifeState, Versioned, verbs_of_life
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

    name: str = field(metadata=said("评价小组名称", example="乳制品风险评价小组"))
    members: tuple[str, ...] = field(metadata=said("小组成员的执法人员编号", to="officer"))
    leader: str | None = field(default=None, metadata=said("组长的执法人员编号", to="officer"))
    note: str = field(default="", metadata=said("备注"))

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
        name="appoint_review_group", title="组建评价小组", by=Responsible.DEPARTMENTS,
        starts=LIVING,
    ),
    case="model",
)  # fmt: skip
"""What is done with a model; every other state is refused as ``assessment.model_is_<state>``."""


@define(eq=False, kw_only=True)
class VersionedModel(Versioned[AssessmentModel]):
    """What risk and credit models have in common."""

    context: ClassVar[str] = "assessment"
    refusal: ClassVar[type[Refused]] = ModelNotChangeable
    verbs: ClassVar[Verbs | None] = VERBS
    kind: ClassVar[Kind]

    object_type: str
    cycle: Cycle
    reviewed: bool = False
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
    ) -> Self:
        """Begin a model as a draft. Refused where ``definition`` is of the other kind."""
        model = cls(
            id=id,
            department=department,
            region=region,
            object_type=object_type,
            cycle=cycle,
            reviewed=reviewed,
        )
        model.redefine(definition, at=at)
        return model

    def redefine(self, definition: AssessmentModel, *, at: datetime) -> None:
        """Replace the draft, or begin one. Refused where ``definition`` is of the other kind."""
        if definition.kind is not self.kind:
            raise self._refused("kind_differs")
        Versioned.redefine(self, definition, at=at)

    def change_basics(
        self, *, cycle: Cycle, object_type: str, reviewed: bool, at: datetime
    ) -> None:
        """Change cycle, object type and review (基本信息维护). Refused while enabled.

        Once a version was in force the object type stays: its results are about such objects.
        """
        violations = list(self.forbids("redefine"))
        if self._state is LifeState.ENABLED:
            violations.append(self._violation("still_enabled"))
        if self._versions and object_type != self.object_type:
            violations.append(self._violation("object_type_fixed"))
        refuse_if(self.refusal, violations)
        self.cycle, self.object_type, self.reviewed = cycle, object_type, reviewed
        self._record(self._happened("basics_changed", at))

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

    drawn_by_credit: bool = False
    content_draw: ContentDraw = ContentDraw.BY_LEVEL
