"""GradingRule: risk level and credit level give a grade, and the grade its measures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Final, Self

from attrs import define, evolve, field, frozen

from supervision_core.assessment.model import AssessmentModel, Kind
from supervision_core.assessment.model.definition import KIND_TITLES
from supervision_core.assessment.model.expressions import (
    Arithmetic,
    Number,
    Operation,
    Quantity,
    Ref,
    Steps,
)
from supervision_core.assessment.model.lifecycle import (
    LIVING,
    Definition,
    LifeState,
    Versioned,
    verbs_of_life,
)
from supervision_core.assessment.model.models import VersionedModel
from supervision_core.kernel.errors import Refused, Violation, refuse_if
from supervision_core.kernel.events import Event
from supervision_core.kernel.fields import said
from supervision_core.kernel.verbs import Responsible, Verb, Verbs

_RATIO = re.compile(r"0(\.[0-9]{1,6})?|1(\.0{1,6})?")


class ItemDraw(StrEnum):
    """检查项抽取方式: items ticked for the grade, or a ratio of all (proposal 6.4.2.8.2.4)."""

    BY_GRADE = "by_grade"
    BY_RATIO = "by_ratio"


ITEM_DRAWS: Final[Mapping[str, str]] = {
    ItemDraw.BY_GRADE: "按等级抽取", ItemDraw.BY_RATIO: "按比例抽取",
}  # fmt: skip


@frozen(kw_only=True)
class Grade:
    """分级分类等级 (Grade): 1 is the mildest; what is done with its subjects.

    ``object_ratio`` and ``item_ratio`` are decimal texts from "0" to "1"; ``yearly_cap`` is the
    most inspections a year, ``None`` for no cap. (proposal 6.4.2.8.2.2, 6.4.2.8.3.1)
    """

    number: int = field(metadata=said("等级序号，1为最轻", example=1))
    name: str = field(metadata=said("等级名称", example="A级"))
    measure: str = field(metadata=said("监管措施", example="重点监管", long=True))
    object_ratio: str = field(metadata=said("对象抽取比例，0至1之间的小数", example="0.05"))
    item_ratio: str = field(
        default="1", metadata=said("检查项抽取比例，0至1之间的小数", example="1")
    )
    yearly_cap: int | None = field(default=None, metadata=said("每年最多检查次数，为空则不限"))


@frozen(kw_only=True)
class SecondaryObject:
    """客体对象: objects below a subject (equipment, vehicles) drawn by their own model.

    (proposal 6.4.2.8.2.4)
    """

    tag: str = field(metadata=said("客体对象的标签", to="tag"))
    model_id: str = field(metadata=said("客体等级模型的编号", example="0123abcd", to="risk_model"))
    draw: ItemDraw = field(metadata=said("抽取方式", codes=ITEM_DRAWS, example="by_ratio"))
    ratio: str = field(default="1", metadata=said("抽取比例，0至1之间的小数", example="0.1"))


@define(eq=False)
class GradingNotUsable(Refused):
    """The definition has faults; ``at`` of each is its path, such as ``matrix[1][2]``."""

    code = "grading.grading_not_usable"


@define(eq=False)
class LevelNotCovered(Refused):
    """The matrix knows no such risk or credit level."""

    code = "grading.level_not_covered"


@define(eq=False)
class ModelsDoNotFit(Refused):
    """The models give levels the matrix does not have, or type a fact differently."""

    code = "grading.models_do_not_fit"


@frozen(kw_only=True)
class GradingDefinition(Definition):
    """综合评价矩阵 (GradingDefinition): one version of a rule: matrix, grades, how items are drawn.

    ``risk_levels`` and ``credit_levels`` stand mildest first; ``matrix`` has a row for each risk
    level and in it a grade number for each credit level. More risk or less credit never gives a
    milder grade, and a milder grade is never inspected more. ``insufficient`` is the grade as which
    subjects without a level (数据不足) are treated, ``None`` for none. (proposal 6.4.2.8.3.2)
    """

    risk_levels: tuple[str, ...] = field(metadata=said("风险等级，从轻到重"))
    credit_levels: tuple[str, ...] = field(metadata=said("信用等级，从轻到重"))
    matrix: tuple[tuple[int, ...], ...] = field(
        metadata=said("综合评价矩阵：每行一个风险等级，行内按信用等级列出等级序号")
    )
    grades: tuple[Grade, ...] = field(metadata=said("分级分类等级"))
    item_draw: ItemDraw = field(
        default=ItemDraw.BY_GRADE,
        metadata=said(
            "检查项抽取方式",
            codes=ITEM_DRAWS,
            example="by_ratio",
        ),
    )
    object_tags: tuple[str, ...] = field(default=(), metadata=said("分级分类对象的标签", to="tag"))
    secondary: tuple[SecondaryObject, ...] = field(default=(), metadata=said("客体对象"))
    version: int = field(default=1, metadata=said("版本号", example=1))
    insufficient: int | None = field(
        default=None, metadata=said("数据不足的对象按哪一等级管理，为空则不定等级")
    )

    def at_version(self, number: int) -> "GradingDefinition":
        """Give the same definition under another version number."""
        return evolve(self, version=number)

    def grade(self, risk: str, credit: str) -> int:
        """Give the grade number. Raises ``LevelNotCovered`` for a level of no row or column."""
        violations = [
            Violation("grading.level_not_covered", data={"level": level})
            for level, known in ((risk, self.risk_levels), (credit, self.credit_levels))
            if level not in known
        ]
        refuse_if(LevelNotCovered, violations)
        return self.matrix[self.risk_levels.index(risk)][self.credit_levels.index(credit)]

    def position(self, risk: str, credit: str) -> Quantity:
        """Say ``grade`` in the expression language, over the named positions of both levels."""
        numbers = [number for row in self.matrix for number in row]
        cuts = [n for n in range(1, len(numbers)) if numbers[n] != numbers[n - 1]]
        width = Number(len(self.credit_levels))
        row = Arithmetic(Operation.MULTIPLY, Ref(risk), width)
        cell = Arithmetic(Operation.ADD, row, Ref(credit))
        return Steps(cell, tuple(cuts), (numbers[0], *(numbers[n] for n in cuts)))

    def over(self, risk: AssessmentModel, credit: AssessmentModel) -> "GradingDefinition":
        """Give the same grades over the levels of two models, in a matrix to begin with.

        The grade follows the worse of both levels. Where these are the levels, the matrix stays.
        """
        levels = risk.level_codes, credit.level_codes
        if levels == (self.risk_levels, self.credit_levels):
            return self
        last = len(self.grades)
        matrix = tuple(
            tuple(min(last, 1 + max(row, column)) for column in range(len(credit.levels)))
            for row in range(len(risk.levels))
        )
        return evolve(self, risk_levels=levels[0], credit_levels=levels[1], matrix=matrix)

    def grade_numbered(self, number: int) -> Grade:
        """Give the grade of that number."""
        return next(grade for grade in self.grades if grade.number == number)

    def violations(self) -> Iterator[Violation]:
        """Give every reason why the rule cannot be used; none for a usable one."""
        yield from self._grade_violations()
        shaped = [*self._shape_violations()]
        yield from shaped
        if not shaped:
            yield from self._monotone_violations()

    def require_usable(self) -> None:
        """Raise ``GradingNotUsable`` with every violation, if there is any."""
        refuse_if(GradingNotUsable, self.violations())

    def _grade_violations(self) -> Iterator[Violation]:
        if not self.grades:
            yield Violation("grading.grades_missing", "grades")
        if [grade.number for grade in self.grades] != list(range(1, len(self.grades) + 1)):
            yield Violation("grading.grades_not_in_order", "grades")
        for index, grade in enumerate(self.grades):
            for name, ratio in (
                ("object_ratio", grade.object_ratio),
                ("item_ratio", grade.item_ratio),
            ):
                if not _RATIO.fullmatch(ratio):
                    at = f"grades[{index}].{name}"
                    yield Violation("grading.ratio_not_usable", at, {"ratio": ratio})
            if grade.yearly_cap is not None and grade.yearly_cap < 1:
                yield Violation("grading.cap_too_small", f"grades[{index}].yearly_cap")
        for index, (milder, worse) in enumerate(pairwise(self.grades)):
            yield from _milder_inspected_more(milder, worse, f"grades[{index + 1}]")
        for index, second in enumerate(self.secondary):
            if not _RATIO.fullmatch(second.ratio):
                at = f"secondary[{index}].ratio"
                yield Violation("grading.ratio_not_usable", at, {"ratio": second.ratio})

    def _shape_violations(self) -> Iterator[Violation]:
        for side, levels in (
            ("risk_levels", self.risk_levels),
            ("credit_levels", self.credit_levels),
        ):
            if not levels or len(set(levels)) < len(levels):
                yield Violation("grading.levels_not_distinct", side)
        widths = {len(row) for row in self.matrix}
        if len(self.matrix) != len(self.risk_levels) or widths != {len(self.credit_levels)}:
            data = {"rows": len(self.risk_levels), "columns": len(self.credit_levels)}
            yield Violation("grading.matrix_incomplete", "matrix", data)
        known = {grade.number for grade in self.grades}
        if self.insufficient is not None and self.insufficient not in known:
            data = {"grade": self.insufficient}
            yield Violation("grading.grade_unknown", "insufficient", data)
        for row, numbers in enumerate(self.matrix):
            for column, number in enumerate(numbers):
                if number not in known:
                    at, data = f"matrix[{row}][{column}]", {"grade": number}
                    yield Violation("grading.grade_unknown", at, data)

    def _monotone_violations(self) -> Iterator[Violation]:
        for row, numbers in enumerate(self.matrix):
            for column, number in enumerate(numbers):
                at = f"matrix[{row}][{column}]"
                data = {"risk": self.risk_levels[row], "credit": self.credit_levels[column]}
                if row and number < self.matrix[row - 1][column]:
                    yield Violation("grading.riskier_but_milder", at, data)
                if column and number < numbers[column - 1]:
                    yield Violation("grading.less_credit_but_milder", at, data)


def _milder_inspected_more(milder: Grade, worse: Grade, at: str) -> Iterator[Violation]:
    for name in ("object_ratio", "item_ratio"):
        before, after = getattr(milder, name), getattr(worse, name)
        both = _RATIO.fullmatch(before) and _RATIO.fullmatch(after)
        if both and Fraction(before) > Fraction(after):
            yield Violation(
                "grading.milder_inspected_more", f"{at}.{name}", {"grade": worse.number}
            )


_USUAL: Final = (
    ("一级", "自主监管", "0.05", "0.3"), ("二级", "一般监管", "0.1", "0.5"),
    ("三级", "重点监管", "0.3", "0.8"), ("四级", "严格监管", "1", "1"),
)  # fmt: skip


def usual_definition(risk: AssessmentModel, credit: AssessmentModel) -> GradingDefinition:
    """Give four grades and a monotone matrix over the levels of two models, to begin with.

    Source: proposal 3858, 3872.
    """
    grades = tuple(
        Grade(number=at, name=name, measure=measure, object_ratio=objects, item_ratio=items)
        for at, (name, measure, objects, items) in enumerate(_USUAL, 1)
    )
    none = GradingDefinition(risk_levels=(), credit_levels=(), matrix=(), grades=grades)
    return none.over(risk, credit)


def require_fitting(
    rule: GradingDefinition, risk: AssessmentModel, credit: AssessmentModel
) -> None:
    """Raise ``ModelsDoNotFit`` unless both models give the levels of the matrix, in its order.

    A fact that both use must be of one type, as it is read from one column.
    """
    violations = []
    if risk.level_codes != rule.risk_levels:
        violations.append(Violation("grading.levels_differ", "risk_levels"))
    if credit.level_codes != rule.credit_levels:
        violations.append(Violation("grading.levels_differ", "credit_levels"))
    types = {fact.name: fact.type for fact in risk.facts}
    violations += [
        Violation("grading.fact_types_differ", data={"fact": fact.name})
        for fact in credit.facts
        if types.get(fact.name, fact.type) is not fact.type
    ]
    refuse_if(ModelsDoNotFit, violations)


@define(eq=False)
class ModelNotBroughtUp(Refused):
    """The tags do not lead to one risk model and one credit model; at whose field, and why."""

    code = "grading.model_not_brought_up"


def brought_up(
    kind: Kind, tags: Sequence[str], models: Sequence[VersionedModel]
) -> Iterator[Violation]:
    """Find why the ``tags`` do not lead to exactly one of the ``models`` that assess by them."""
    at, data = f"{kind.value}_model", {"kind": f"{KIND_TITLES[kind]}模型"}
    if not tags:
        yield Violation("grading.tags_missing", "object_tags", data)
    elif not models:
        yield Violation("grading.tags_without_model", at, data)
    elif len(models) > 1:
        names = "、".join(sorted(one.name for one in models))
        yield Violation("grading.tags_with_several_models", at, {**data, "names": names})


@define(eq=False)
class GradingRuleNotChangeable(Refused):
    """The state of the rule forbids the command."""

    code = "grading.rule_not_changeable"


@frozen(kw_only=True)
class GradingRuleChanged(Event):
    """A grading rule was created, redefined, enabled, disabled or deleted (``what``)."""

    rule_id: str
    what: str
    rule_version: int


@frozen(kw_only=True)
class SubjectsGraded(Event):
    """Current grades were given, or stand elsewhere now; ``grades`` are their ids."""

    grades: tuple[str, ...]


VERBS: Final = verbs_of_life(
    "grading",
    "rule",
    "分级分类规则",
    Verb(
        name="change_basics", title="修改分级分类规则基本要素", by=Responsible.DEPARTMENTS,
        starts=LIVING, permission="grading.change_rule_basics",
    ),
    Verb(
        name="change_models", title="更换分级分类规则的模型", by=Responsible.DEPARTMENTS,
        starts=LIVING - {LifeState.ENABLED}, permission="grading.change_rule_models",
    ),
    Verb(
        name="choose_objects", title="配置分级分类对象", by=Responsible.DEPARTMENTS,
        starts=LIVING - {LifeState.ENABLED}, permission="grading.choose_rule_objects",
    ),
    case="rule",
)  # fmt: skip
"""What is done with a rule; every other state is refused as ``grading.rule_is_<state>``."""


@define(eq=False, kw_only=True)
class GradingRule(Versioned[GradingDefinition]):
    """分级分类规则 (GradingRule): which models are crossed into which grades, through its life.

    ``trade`` is the 业态; ``scenes`` are the ids of the scenes it is tied to. (proposal 6.4.2.8)
    """

    context: ClassVar[str] = "grading"
    refusal: ClassVar[type[Refused]] = GradingRuleNotChangeable
    verbs: ClassVar[Verbs | None] = VERBS

    name: str
    trade: str
    risk_model: str
    credit_model: str
    scenes: tuple[str, ...] = ()
    description: str = ""

    @classmethod
    def create(  # noqa: PLR0913 -- the fields of the proposal
        cls,
        *,
        id: str,
        name: str,
        department: str,
        region: str,
        trade: str,
        risk_model: str,
        credit_model: str,
        definition: GradingDefinition,
        at: datetime,
        description: str = "",
        scenes: tuple[str, ...] = (),
    ) -> Self:
        """Begin a rule as a draft."""
        rule = cls(
            id=id,
            name=name,
            department=department,
            region=region,
            trade=trade,
            risk_model=risk_model,
            credit_model=credit_model,
            description=description,
            scenes=scenes,
        )
        rule.redefine(definition, at=at)
        return rule

    def change_basics(
        self, *, name: str, trade: str, scenes: tuple[str, ...], description: str, at: datetime
    ) -> None:
        """Change name, trade, scenes and description (基本要素信息), whatever the state."""
        refuse_if(self.refusal, self.forbids("change_basics"))
        self.name, self.trade, self.scenes, self.description = name, trade, scenes, description
        self._record(self._happened("basics_changed", at))

    def change_models(self, *, risk_model: str, credit_model: str, at: datetime) -> None:
        """Cross other models. Refused while enabled."""
        refuse_if(self.refusal, self.forbids("change_models"))
        self.risk_model, self.credit_model = risk_model, credit_model
        self._record(self._happened("models_changed", at))

    def choose_objects(
        self,
        object_tags: tuple[str, ...],
        *,
        risk: VersionedModel,
        credit: VersionedModel,
        at: datetime,
    ) -> None:
        """Grade the subjects of these tags by these models (分级分类对象配置).

        Refused while enabled. Over models of other levels the matrix begins anew; grades and
        measures stay.
        """
        refuse_if(self.refusal, self.forbids("choose_objects"))
        chosen = evolve(self.newest, object_tags=object_tags)
        self.risk_model, self.credit_model = risk.id, credit.id
        self._redraft(chosen.over(risk.newest, credit.newest))
        self._record(self._happened("objects_chosen", at))

    def _happened(self, what: str, at: datetime) -> GradingRuleChanged:
        return GradingRuleChanged(
            at=at, rule_id=self.id, what=what, rule_version=self.newest.version
        )
