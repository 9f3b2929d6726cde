"""What is done with grading rules."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from attrs import define, frozen

from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.grading.graded import SubjectGrader, facts_asked
from supervision_core.grading.model import GradingDefinition, GradingRule, require_fitting
from supervision_core.grading.ports import GradedSubjects, GradingRules
from supervision_core.identity.services import Work, use_case
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.subjects.ports import SubjectFacts, Subjects


def _rule(work: Work, id: str) -> GradingRule:
    rule = work[GradingRules].get(id)
    departments = frozenset({rule.department})
    work.reach("grading_rule", id, region=rule.region, departments=departments)
    return rule


@frozen(kw_only=True)
class CreateGradingRule:
    """A new rule: its keeper, trade, models and first definition."""

    name: str
    department: str
    region: str
    trade: str
    risk_model: str
    credit_model: str
    definition: GradingDefinition
    description: str = ""


@use_case("grading.create_rule")
def create_rule(work: Work, cmd: CreateGradingRule) -> str:
    """Begin a grading rule as a draft."""
    departments = frozenset({cmd.department})
    work.reach("region", cmd.region, region=cmd.region, departments=departments)
    rule = GradingRule.create(
        id=work.ids.next_id(),
        name=cmd.name,
        department=cmd.department,
        region=cmd.region,
        trade=cmd.trade,
        risk_model=cmd.risk_model,
        credit_model=cmd.credit_model,
        definition=cmd.definition,
        description=cmd.description,
        at=work.now,
    )
    work.save(GradingRules, rule)
    return rule.id


@frozen(kw_only=True)
class RedefineGradingRule:
    """A new draft for a rule."""

    rule_id: str
    definition: GradingDefinition


@use_case("grading.redefine_rule")
def redefine_rule(work: Work, cmd: RedefineGradingRule) -> str:
    """Replace the draft of a rule; versions that were in force stay as they are."""
    rule = _rule(work, cmd.rule_id)
    rule.redefine(cmd.definition, at=work.now)
    work.save(GradingRules, rule)
    return rule.id


@frozen(kw_only=True)
class NameGradingRule:
    """The rule to enable, disable or delete."""

    rule_id: str


@use_case("grading.enable_rule")
def enable_rule(work: Work, cmd: NameGradingRule) -> int:
    """Put a rule in force; both its models are in force and give the levels of its matrix."""
    rule = _rule(work, cmd.rule_id)
    risk = work[RiskModels].get(rule.risk_model).current()
    credit = work[CreditModels].get(rule.credit_model).current()
    require_fitting(rule.newest, risk, credit)
    rule.enable(at=work.now)
    work.save(GradingRules, rule)
    return rule.current().version


@use_case("grading.disable_rule")
def disable_rule(work: Work, cmd: NameGradingRule) -> str:
    """Take a rule out of force: no scene may use it."""
    rule = _rule(work, cmd.rule_id)
    rule.disable(at=work.now)
    work.save(GradingRules, rule)
    return rule.id


@use_case("grading.delete_rule")
def delete_rule(work: Work, cmd: NameGradingRule) -> str:
    """Delete a rule that never was in force."""
    rule = _rule(work, cmd.rule_id)
    rule.delete(at=work.now)
    work.save(GradingRules, rule)
    return rule.id


@frozen(kw_only=True)
class GradeSubjects:
    """At most 1,000 subjects to assess and grade as of a day."""

    rule_id: str
    subject_ids: tuple[str, ...]
    as_of: date


@use_case("grading.grade_subjects")
def grade_subjects(work: Work, cmd: GradeSubjects) -> Mapping[str, Json]:
    """Assess subjects by the enabled versions of a rule's models and grade them.

    Each record keeps its facts, versions and contributions. Answers how many got each grade;
    those that a missing fact leaves without one are counted under ``""``.
    """
    rule = _rule(work, cmd.rule_id)
    definition = rule.current()
    risk = work[RiskModels].get(rule.risk_model).current()
    credit = work[CreditModels].get(rule.credit_model).current()
    require_fitting(definition, risk, credit)
    for subject_id, region in work[Subjects].regions_of(cmd.subject_ids).items():
        work.reach("subject", subject_id, region=region, departments=frozenset())
    facts = work[SubjectFacts].facts_on(cmd.subject_ids, cmd.as_of)
    grader = SubjectGrader(
        rule_id=rule.id, rule=definition, risk=risk, credit=credit, as_of=cmd.as_of
    )
    graded = [grader.grade(subject_id, facts[subject_id]) for subject_id in cmd.subject_ids]
    work[GradedSubjects].record(graded)
    work.wrote("grading_rule", rule.id)
    counts: dict[str, Json] = {}
    for grade in sorted("" if one.grade is None else str(one.grade) for one in graded):
        before = counts.get(grade, 0)
        counts[grade] = before + 1 if isinstance(before, int) else 1
    return counts


@define(eq=False)
class NotGraded(Refused):
    """The subject was not graded by that rule on that day."""

    code: ClassVar[str] = "grading.not_graded"


@frozen(kw_only=True)
class ExplainGrade:
    """Whose grade to explain, by which rule and of which day."""

    rule_id: str
    subject_id: str
    as_of: date


@use_case("grading.explain")
def explain_grade(work: Work, cmd: ExplainGrade) -> Mapping[str, Json]:
    """Compute a stored grade again from what is stored with it, and say how it came about.

    Answers levels, grade, how many of the facts asked for are known, the lines of both
    explanations, and the digest of the record. Raises
    ``NotGraded``, and ``GradingNotReplayable`` where the record is not what its facts give.
    """
    rule = _rule(work, cmd.rule_id)
    region = work[Subjects].get(cmd.subject_id).region
    work.reach("subject", cmd.subject_id, region=region, departments=frozenset())
    kept = work[GradedSubjects].of_day(rule.id, cmd.as_of, [cmd.subject_id])
    if not kept:
        raise NotGraded((Violation(NotGraded.code),))
    graded = kept[cmd.subject_id]
    definition = rule.version_numbered(graded.rule_version)
    risk = work[RiskModels].get(rule.risk_model).version_numbered(graded.risk.model_version)
    credit = work[CreditModels].get(rule.credit_model).version_numbered(graded.credit.model_version)
    grader = SubjectGrader(
        rule_id=rule.id, rule=definition, risk=risk, credit=credit, as_of=cmd.as_of
    )
    lines = [line for one in grader.explain(graded) for line in one.text().splitlines()]
    name = "" if graded.grade is None else definition.grade_numbered(graded.grade).name
    return {
        "risk": graded.risk.level,
        "credit": graded.credit.level,
        "grade": graded.grade,
        "grade_name": name,
        "facts_known": len(graded.facts),
        "facts_asked": facts_asked(risk, credit),
        "explanation": list[Json](lines),
        "digest": graded.digest,
    }
