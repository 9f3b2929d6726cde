"""What is done with grading rules."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar, Final

from attrs import define, field, frozen

from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.grading.current import CurrentGrade, GradedPlace, current_id
from supervision_core.grading.graded import GradedSubject, SubjectGrader, facts_asked
from supervision_core.grading.model import GradingDefinition, GradingRule, require_fitting
from supervision_core.grading.ports import CurrentGrades, GradedSubjects, GradingRules
from supervision_core.identity.model import Reading
from supervision_core.identity.services import Work, does, question, use_case
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.outbox import Envelope, Receiver, Receiving
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.subjects.model import Subject
from supervision_core.subjects.ports import SubjectFacts, Subjects
from supervision_core.subjects.services import parties_of


def _rule(work: Work, id: str) -> GradingRule:
    rule = work[GradingRules].get(id)
    departments = frozenset({rule.department})
    work.reach("grading_rule", id, region=rule.region, departments=departments)
    return rule


def _rule_to_apply(work: Work, id: str, parties: frozenset[str] = frozenset[str]()) -> GradingRule:
    """Load a rule that the actor may apply or see applied to the own party."""
    rule = work[GradingRules].get(id)
    work.reach_to_read(
        "grading_rule", id, reading=Reading.OWNER_AND_BELOW, region=rule.region, parties=parties
    )
    return rule


@frozen(kw_only=True)
class CreateGradingRule:
    """A new rule: its keeper, trade, models and first definition."""

    name: str = field(metadata=said("规则名称", example="乳制品生产企业分级分类规则"))
    department: str = field(
        metadata=said("维护规则的部门的编号", example="nanning", to="department")
    )
    region: str = field(metadata=said("所属区划代码", example="450100", to="region"))
    trade: str = field(metadata=said("适用业态", example="乳制品生产"))
    risk_model: str = field(metadata=said("风险模型的编号", example="0123abcd", to="risk_model"))
    credit_model: str = field(
        metadata=said("信用模型的编号", example="0123abcd", to="credit_model")
    )
    definition: GradingDefinition = field(metadata=said("规则内容"))
    description: str = field(default="", metadata=said("规则说明"))


@use_case("grading.create_rule", "新增分级分类规则")
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

    rule_id: str = field(metadata=said("分级分类规则的编号", example="0123abcd", to="grading_rule"))
    definition: GradingDefinition = field(metadata=said("修改后的规则内容"))


@does(GradingRule, "redefine")
def redefine_rule(work: Work, cmd: RedefineGradingRule) -> str:
    """Replace the draft of a rule; versions that were in force stay as they are."""
    rule = _rule(work, cmd.rule_id)
    rule.redefine(cmd.definition, at=work.now)
    work.save(GradingRules, rule)
    return rule.id


@frozen(kw_only=True)
class NameGradingRule:
    """The rule to enable, disable or delete."""

    rule_id: str = field(metadata=said("分级分类规则的编号", example="0123abcd", to="grading_rule"))


@does(GradingRule, "enable", answers="启用的版本号")
def enable_rule(work: Work, cmd: NameGradingRule) -> int:
    """Put a rule in force; both its models are in force and give the levels of its matrix."""
    rule = _rule(work, cmd.rule_id)
    risk = work[RiskModels].get(rule.risk_model)
    credit = work[CreditModels].get(rule.credit_model)
    for kind, model in (("risk_model", risk), ("credit_model", credit)):
        work.reach_to_read(kind, model.id, reading=Reading.OWNER_AND_BELOW, region=model.region)
    require_fitting(rule.newest, risk.current(), credit.current())
    rule.enable(at=work.now)
    work.save(GradingRules, rule)
    return rule.current().version


@does(GradingRule, "disable")
def disable_rule(work: Work, cmd: NameGradingRule) -> str:
    """Take a rule out of force: no scene may use it."""
    rule = _rule(work, cmd.rule_id)
    rule.disable(at=work.now)
    work.save(GradingRules, rule)
    return rule.id


@does(GradingRule, "delete")
def delete_rule(work: Work, cmd: NameGradingRule) -> str:
    """Delete a rule that never was in force."""
    rule = _rule(work, cmd.rule_id)
    rule.delete(at=work.now)
    work.save(GradingRules, rule)
    return rule.id


@frozen(kw_only=True)
class GradeSubjects:
    """At most 1,000 subjects to assess and grade as of a day."""

    rule_id: str = field(metadata=said("分级分类规则的编号", example="0123abcd", to="grading_rule"))
    subject_ids: tuple[str, ...] = field(
        metadata=said("要分级的监管对象的编号，至多1000个", to="subject")
    )
    as_of: date = field(metadata=said("截至哪一天的数据", example="2026-06-30"))


@use_case("grading.grade_subjects", "为监管对象分级")
def grade_subjects(work: Work, cmd: GradeSubjects) -> Mapping[str, Json]:
    """Assess subjects by the enabled versions of a rule's models and grade them.

    Each record keeps its facts, versions and contributions. Answers how many got each grade;
    those that a missing fact leaves without one are counted under ``""``. Cities and counties apply
    the rules of the regions above them, to subjects of their own.
    """
    rule = _rule_to_apply(work, cmd.rule_id)
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
    _renew(work.unit, definition, graded)
    work.wrote("grading_rule", rule.id)
    counts: dict[str, Json] = {}
    for grade in sorted("" if one.grade is None else str(one.grade) for one in graded):
        before = counts.get(grade, 0)
        counts[grade] = before + 1 if isinstance(before, int) else 1
    return counts


def _renew(unit: UnitOfWork, rule: GradingDefinition, graded: Sequence[GradedSubject]) -> None:
    """Let the current grades follow gradings; those of the record are what is answered for."""
    current = unit[CurrentGrades]
    known = {one.id: one for one in unit[Subjects].find_many([one.subject for one in graded])}
    kept = {
        one.id: one
        for one in current.find_many([current_id(one.rule, one.subject) for one in graded])
    }
    for one in graded:
        if (subject := known.get(one.subject)) is None:
            continue
        place, id_ = _place(subject), current_id(one.rule, one.subject)
        if id_ in kept:
            kept[id_].renew(one, rule, place)
        else:
            kept[id_] = CurrentGrade.of(one, rule, place)
    current.save_all(tuple(kept.values()))


def _place(subject: Subject) -> GradedPlace:
    return GradedPlace(
        region=subject.region,
        departments=tuple(sorted(subject.departments)),
        category=subject.category or "",
    )


def follow_subjects(receiving: Receiving, events: Sequence[Envelope]) -> None:
    """Let the current grades of subjects stand where these stand now."""
    unit = receiving.unit
    for id_ in dict.fromkeys(one.thing.id for one in events):
        grades = unit[CurrentGrades].of_subject(id_)
        if grades:
            place = _place(unit[Subjects].get(id_))
            unit[CurrentGrades].save_all([one for one in grades if one.follow(place)])


GRADE_RECEIVER: Final = Receiver(
    name="grades", title="分级名单随监管对象更新", receive=follow_subjects,
    kinds=frozenset({Subjects.kind}),
)  # fmt: skip


@define(eq=False)
class NotGraded(Refused):
    """The subject was not graded by that rule on that day."""

    code: ClassVar[str] = "grading.not_graded"


@frozen(kw_only=True)
class ExplainGrade:
    """Whose grade to explain, by which rule and of which day."""

    rule_id: str = field(metadata=said("分级分类规则的编号", example="0123abcd", to="grading_rule"))
    subject_id: str = field(metadata=said("监管对象的编号", example="0123abcd", to="subject"))
    as_of: date = field(metadata=said("截至哪一天的数据", example="2026-06-30"))


@use_case("grading.explain", "说明分级怎样得来")
def explain_grade(work: Work, cmd: ExplainGrade) -> Mapping[str, Json]:
    """Compute a stored grade again from what is stored with it, and say how it came about.

    A firm is told so of its own.

    Answers levels, grade, how many of the facts asked for are known, the lines of both
    explanations, and the digest of the record. Raises
    ``NotGraded``, and ``GradingNotReplayable`` where the record is not what its facts give.
    """
    parties = parties_of(work, cmd.subject_id)
    rule = _rule_to_apply(work, cmd.rule_id, parties)
    region = work[Subjects].get(cmd.subject_id).region
    work.reach("subject", cmd.subject_id, region=region, departments=frozenset(), parties=parties)
    kept = work[GradedSubjects].of_day(rule.id, cmd.as_of, [cmd.subject_id])
    if not kept:
        raise NotGraded((Violation(NotGraded.code),))
    return _explained(work, rule, kept[cmd.subject_id])


def _explained(work: Work, rule: GradingRule, graded: GradedSubject) -> Mapping[str, Json]:
    """Say how a kept grade came about. Raises ``GradingNotReplayable``."""
    definition = rule.version_numbered(graded.rule_version)
    risk = work[RiskModels].get(rule.risk_model).version_numbered(graded.risk.model_version)
    credit = work[CreditModels].get(rule.credit_model).version_numbered(graded.credit.model_version)
    grader = SubjectGrader(
        rule_id=rule.id, rule=definition, risk=risk, credit=credit, as_of=graded.as_of
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


@frozen(kw_only=True)
class ShowGrades:
    """The subject whose newest grades are wanted."""

    subject_id: str = field(metadata=said("监管对象的编号", example="0123abcd", to="subject"))


@frozen(kw_only=True)
class GradeShown:
    """The newest grade of a subject by one rule, and how it came about."""

    rule: str = field(metadata=said("分级分类规则的名称", example="乳制品生产企业分级分类规则"))
    as_of: date = field(metadata=said("截至哪一天的数据", example="2026-06-30"))
    grade: str = field(metadata=said("等级，数据不足的为空", example="A类"))
    risk: str = field(metadata=said("风险等级"))
    credit: str = field(metadata=said("信用等级"))
    facts_known: int = field(metadata=said("已掌握的指标数据项数", example=12))
    facts_asked: int = field(metadata=said("需要的指标数据项数", example=15))
    explanation: tuple[str, ...] = field(metadata=said("等级怎样得来，逐条说明"))


@question("grading.show_grades", "查看监管对象的等级")
def show_grades(work: Work, about: ShowGrades) -> tuple[GradeShown, ...]:
    """Show the newest grade of a subject by each rule that the reader may see, explained.

    Raises ``GradingNotReplayable`` where a record is not what its facts give.
    """
    parties = parties_of(work, about.subject_id)
    subject = work[Subjects].get(about.subject_id)
    work.reach(
        "subject", subject.id, region=subject.region, departments=subject.departments,
        parties=parties,
    )  # fmt: skip
    found = []
    for graded in work[GradedSubjects].latest(about.subject_id):
        rule = work[GradingRules].get(graded.rule)
        said_ = _explained(work, rule, graded)
        found.append(
            GradeShown(
                rule=rule.name, as_of=graded.as_of, grade=str(said_["grade_name"]),
                risk=graded.risk.level or "", credit=graded.credit.level or "",
                facts_known=len(graded.facts), facts_asked=int(str(said_["facts_asked"])),
                explanation=tuple(map(str, said_["explanation"])),  # type: ignore[arg-type]
            )
        )  # fmt: skip
    return tuple(found)
