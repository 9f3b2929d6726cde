"""What an assessment and grading came to for one subject, with all that it was made from."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import ClassVar, NamedTuple, cast

from attrs import define, field, frozen

from supervision_core.assessment.model import (
    AssessmentModel,
    FactDefinition,
    Kind,
    RawValue,
    compile_python,
    evaluate,
    raw_facts,
)
from supervision_core.assessment.model.catalogued import as_asked
from supervision_core.assessment.model.generated import Assess
from supervision_core.assessment.wording import Explanation, explain, improvements
from supervision_core.grading.model import GradingDefinition
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.plain import digest
from supervision_core.subjects.facts import FactValue


@frozen(kw_only=True)
class Standing:
    """一方评价 (Standing): what one model said of a subject; points in hundredths.

    ``level`` and ``total`` are ``None`` where a fact that the model insists on is missing.
    ``contributions`` names each indicator with its points, ``None`` where it did not count.
    """

    model: str
    model_version: int
    level: str | None
    total: int | None
    contributions: tuple[tuple[str, int | None], ...]


@frozen(kw_only=True)
class GradedSubject:
    """分级结果 (GradedSubject): a subject's grade under one rule as of one day, replayable.

    ``facts`` are the inputs as they were read, so that anyone can compute the result again from
    this record, the model versions and the rule version alone. Where a level is ``None`` (数据不足)
    ``grade`` is as the rule says, ``None`` if it says nothing. Source: proposal 6.4.2.8.3;
    design §2.
    """

    rule: str
    rule_version: int
    subject: str
    as_of: date
    risk: Standing
    credit: Standing
    grade: int | None
    facts: Mapping[str, FactValue] = field(hash=False)

    @property
    def insufficient(self) -> bool:
        """Tell whether too little is known for a level (数据不足)."""
        return self.risk.level is None or self.credit.level is None

    @property
    def digest(self) -> str:
        """SM3 over the record, in lower-case hex: what an explanation refers to."""
        return digest(self)


class LatestGrade(NamedTuple):
    """最近等级 (LatestGrade): which grade a subject has, none for too little known; since when."""

    as_of: date
    grade: int | None


def changes_among(graded: Iterable[GradedSubject]) -> Iterator[GradedSubject]:
    """Give of gradings, the oldest first, those that changed something by their rule.

    The first by each rule does; after it whatever has another grade, risk level or credit level.
    """
    last = dict[str, tuple[int | None, str | None, str | None]]()
    for one in graded:
        standing = one.grade, one.risk.level, one.credit.level
        if last.get(one.rule) != standing:
            yield one
        last[one.rule] = standing


def facts_asked(risk: AssessmentModel, credit: AssessmentModel) -> int:
    """Count the facts that two models ask for; of them ``GradedSubject.facts`` are known."""
    return len({fact.name for model in (risk, credit) for fact in model.facts})


@define(eq=False)
class GradingNotReplayable(Refused):
    """The record is not what its facts, models and rule give."""

    code: ClassVar[str] = "grading.not_replayable"


@frozen(kw_only=True)
class SubjectGrader:
    """Grades many subjects by one rule and its models as of one day.

    The models are compiled once; each record equals what ``evaluate`` says of the same facts.
    """

    rule_id: str
    rule: GradingDefinition
    risk: AssessmentModel
    credit: AssessmentModel
    as_of: date
    _assess: Mapping[Kind, Assess] = field(init=False, eq=False, repr=False)
    _asked: Mapping[str, FactDefinition] = field(init=False, eq=False, repr=False)

    @_assess.default
    def _compile(self) -> Mapping[Kind, Assess]:
        return {m.kind: compile_python(m, self.as_of) for m in (self.risk, self.credit)}

    @_asked.default
    def _ask(self) -> Mapping[str, FactDefinition]:
        facts = {fact.name: fact for m in (self.risk, self.credit) for fact in m.facts}
        return dict(sorted(facts.items()))

    def grade(self, subject: str, facts: Mapping[str, FactValue]) -> GradedSubject:
        """Assess a subject by both models and grade it.

        Only the facts that a model asks for are read and kept. Raises ``FactsNotUsable`` for a
        fact of a wrong type and ``LevelNotCovered`` for a rule that does not fit the models.
        """
        known = {name: facts[name] for name in self._asked if name in facts}
        read = {name: as_asked(value, self._asked[name]) for name, value in known.items()}
        raw = raw_facts(tuple(self._asked.values()), read)
        risk, credit = self._standing(self.risk, raw), self._standing(self.credit, raw)
        graded = risk.level is not None and credit.level is not None
        return GradedSubject(
            rule=self.rule_id,
            rule_version=self.rule.version,
            subject=subject,
            as_of=self.as_of,
            risk=risk,
            credit=credit,
            grade=(
                self.rule.grade(risk.level or "", credit.level or "")
                if graded
                else self.rule.insufficient
            ),
            facts=known,
        )

    def explain(self, graded: GradedSubject) -> tuple[Explanation, Explanation]:
        """Say in words how a record's risk and credit came about.

        The record is computed again first; raises ``GradingNotReplayable`` unless that gives the
        same.
        """
        known = self._replayed(graded)
        risk, credit = (
            explain(model, evaluate(model, known, self.as_of), known)
            for model in (self.risk, self.credit)
        )
        return risk, credit

    def improvements(self, graded: GradedSubject) -> tuple[str, ...]:
        """Say in words what would improve a record: of its risk, then of its credit.

        Raises as ``explain``.
        """
        known = self._replayed(graded)
        return tuple(
            line
            for model in (self.risk, self.credit)
            for line in improvements(model, evaluate(model, known, self.as_of), known)
        )

    def _replayed(self, graded: GradedSubject) -> dict[str, FactValue | date | None]:
        """Give the facts of a record that is what they give. Raises ``GradingNotReplayable``."""
        if self.grade(graded.subject, graded.facts) != graded:
            raise GradingNotReplayable((Violation(GradingNotReplayable.code),))
        return {n: as_asked(v, self._asked[n]) for n, v in graded.facts.items()}

    def _standing(self, model: AssessmentModel, raw: Mapping[str, RawValue]) -> Standing:
        row = tuple(raw[fact.name] for fact in model.facts)
        level, total, _, *points = next(self._assess[model.kind]((row,)))
        codes = (indicator.code for indicator in model.enabled)
        return Standing(
            model=model.code,
            model_version=model.version,
            level=cast("str | None", level),
            total=cast("int | None", total),
            contributions=tuple(zip(codes, cast("list[int | None]", points), strict=True)),
        )
