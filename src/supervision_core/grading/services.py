"""What is done with grading rules."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from typing import ClassVar, Final

from attrs import define, evolve, field, frozen

from supervision_core.assessment.model import Kind, LifeState, VersionedModel
from supervision_core.assessment.ports import CreditModels, RiskModels
from supervision_core.assessment.services.models import Model, model_to_apply, models_of_tags
from supervision_core.grading.current import CurrentGrade, GradedPlace, current_id
from supervision_core.grading.graded import GradedSubject, Standing, SubjectGrader, facts_asked
from supervision_core.grading.model import (
    GradingDefinition,
    GradingRule,
    ModelNotBroughtUp,
    SubjectsGraded,
    brought_up,
    require_fitting,
    usual_definition,
)
from supervision_core.grading.ports import (
    CurrentGrades,
    GradedSubjects,
    GradingRules,
    UnscheduledRuns,
)
from supervision_core.grading.unscheduled import UnscheduledRun
from supervision_core.identity.model import Actor, Reading
from supervision_core.identity.services import Commands, Deeds, Work, does, question, use_case
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import NotFound, Refused, Violation, refuse_if
from supervision_core.kernel.events import Thing
from supervision_core.kernel.fields import said
from supervision_core.kernel.outbox import Envelope, Receiver, Receiving, name_of
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.plain import digest
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.kernel.registers import Between, Entries, EntryFilter
from supervision_core.subjects.model import Subject
from supervision_core.subjects.model.subject import SubjectFactsRecorded
from supervision_core.subjects.ports import Subjects
from supervision_core.subjects.registers import APPROVAL_FILES
from supervision_core.subjects.services import parties_of
from supervision_core.subjects.services.known import known_facts


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
    department: str = field(metadata=said("制定部门", example="nanning", to="department"))
    region: str = field(metadata=said("所属区划代码", example="450100", to="region"))
    trade: str = field(metadata=said("适用业态", to="identity.trade"))
    risk_model: str = field(metadata=said("风险模型的编号", example="0123abcd", to="risk_model"))
    credit_model: str = field(
        metadata=said("信用模型的编号", example="0123abcd", to="credit_model")
    )
    definition: GradingDefinition = field(metadata=said("规则内容"))
    description: str = field(default="", metadata=said("规则描述", long=True))


@use_case("grading.create_rule", "按完整内容新增分级分类规则")
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


_BY_TAGS: Final = "不填则由对象标签自动带出"
_OBJECT_TAGS: Final = said("分级分类对象的标签", to="tag", hint="所选标签对应的模型自动带出")
_RISK_MODEL: Final = said("风险模型", example="0123abcd", to="risk_model", hint=_BY_TAGS)
_CREDIT_MODEL: Final = said("信用模型", example="0123abcd", to="credit_model", hint=_BY_TAGS)


@frozen(kw_only=True)
class BeginGradingRule:
    """The basics of a new rule: its grades and matrix are configured afterwards."""

    name: str = field(metadata=said("规则名称", example="乳制品生产企业分级分类规则"))
    department: str = field(metadata=said("制定部门", example="nanning", to="department"))
    region: str = field(metadata=said("所属区划代码", example="450100", to="region"))
    trade: str = field(metadata=said("适用业态", to="identity.trade"))
    scenes: tuple[str, ...] = field(default=(), metadata=said("关联场景", to="scene"))
    object_tags: tuple[str, ...] = field(default=(), metadata=_OBJECT_TAGS)
    risk_model: str = field(default="", metadata=_RISK_MODEL)
    credit_model: str = field(default="", metadata=_CREDIT_MODEL)
    description: str = field(default="", metadata=said("规则描述", long=True))


def _models(work: Work, cmd: "BeginGradingRule | ChooseRuleObjects") -> tuple[Model, Model]:
    """Give the risk and the credit model that are said, or that the tags bring up.

    Raises ``ModelNotBroughtUp``.
    """
    faults: list[Violation] = []
    found: list[Model] = []
    for kind, id_ in ((Kind.RISK, cmd.risk_model), (Kind.CREDIT, cmd.credit_model)):
        if id_:
            found.append(model_to_apply(work, kind, id_))
        else:
            models = list(models_of_tags(work, kind, cmd.object_tags))
            faults += brought_up(kind, cmd.object_tags, models)
            found += models[:1]
    refuse_if(ModelNotBroughtUp, faults)
    risk, credit = found
    return risk, credit


@use_case("grading.begin_rule", "新建分级分类规则")
def begin_rule(work: Work, cmd: BeginGradingRule) -> str:
    """Begin a grading rule over the levels of two models, with four grades as usual.

    A model that is not said is the one in force that assesses subjects of the tags.
    """
    departments = frozenset({cmd.department})
    work.reach("region", cmd.region, region=cmd.region, departments=departments)
    risk, credit = _models(work, cmd)
    definition = usual_definition(risk.newest, credit.newest)
    rule = GradingRule.create(
        id=work.ids.next_id(), name=cmd.name, department=cmd.department, region=cmd.region,
        trade=cmd.trade, risk_model=risk.id, credit_model=credit.id,
        definition=evolve(definition, object_tags=cmd.object_tags), scenes=cmd.scenes,
        description=cmd.description, at=work.now,
    )  # fmt: skip
    work.save(GradingRules, rule)
    return rule.id


@frozen(kw_only=True)
class RedefineGradingRule:
    """A new draft for a rule."""

    rule_id: str = field(metadata=said("分级分类规则的编号", example="0123abcd", to="grading_rule"))
    definition: GradingDefinition = field(metadata=said("修改后的规则内容"))


_RULE: Final = Deeds(GradingRules, GradingRule, _rule)
redefine_rule = _RULE.does(
    "redefine", RedefineGradingRule,
    "Replace the draft of a rule; versions that were in force stay as they are.",
)  # fmt: skip


@frozen(kw_only=True)
class ChangeRuleBasics:
    """The 基本要素 of a rule: what it is called, its trade, the scenes that it is tied to."""

    rule_id: str = field(metadata=said("分级分类规则的编号", example="0123abcd", to="grading_rule"))
    name: str = field(metadata=said("规则名称", example="乳制品生产企业分级分类规则"))
    trade: str = field(metadata=said("业态", to="identity.trade"))
    scenes: tuple[str, ...] = field(default=(), metadata=said("关联场景", to="scene"))
    description: str = field(default="", metadata=said("规则描述", long=True))


change_rule_basics = _RULE.does(
    "change_basics", ChangeRuleBasics,
    "Change name, trade, scenes and description of a rule; its grades and matrix stay.",
)  # fmt: skip


@frozen(kw_only=True)
class ChangeRuleModels:
    """The models that a rule crosses."""

    rule_id: str = field(metadata=said("分级分类规则的编号", example="0123abcd", to="grading_rule"))
    risk_model: str = field(metadata=said("风险模型", example="0123abcd", to="risk_model"))
    credit_model: str = field(metadata=said("信用模型", example="0123abcd", to="credit_model"))


change_rule_models = _RULE.does(
    "change_models", ChangeRuleModels, "Cross other models, of a rule that is not in force."
)


@frozen(kw_only=True)
class ChooseRuleObjects:
    """The tags of whose subjects a rule gives grades, and by which models."""

    rule_id: str = field(metadata=said("分级分类规则的编号", example="0123abcd", to="grading_rule"))
    object_tags: tuple[str, ...] = field(metadata=_OBJECT_TAGS)
    risk_model: str = field(default="", metadata=_RISK_MODEL)
    credit_model: str = field(default="", metadata=_CREDIT_MODEL)


@does(GradingRule, "choose_objects")
def choose_rule_objects(work: Work, cmd: ChooseRuleObjects) -> str:
    """Say the subjects of which tags a rule grades, which is not in force.

    A model that is not said is the one in force that assesses subjects of the tags.
    """
    rule = _rule(work, cmd.rule_id)
    risk, credit = _models(work, cmd)
    rule.choose_objects(cmd.object_tags, risk=risk, credit=credit, at=work.now)
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


disable_rule = _RULE.does(
    "disable", NameGradingRule, "Take a rule out of force: no scene may use it."
)
delete_rule = _RULE.does("delete", NameGradingRule, "Delete a rule that never was in force.")


@define(eq=False)
class DayNotReached(Refused):
    """Nobody is graded by the facts of a day that has not come."""

    code: ClassVar[str] = "grading.day_not_reached"


@define(eq=False)
class DayOver(Refused):
    """Nobody is graded for a day that is over, where that or a later grading stands."""

    code: ClassVar[str] = "grading.day_is_over"


AS_OF: Final = "as_of"
"""Under this name the note of a row of grading says as of which day; rows of before say none."""
CALENDAR: Final = "worker"
"""The account by which grading goes by the calendar: by nobody's hand."""
AFTER_NEWS: Final = "regrading"
"""The account that grades anew after checks and approvals."""


@frozen(kw_only=True)
class GradeSubjects:
    """At most 1,000 subjects to assess and grade as of a day."""

    rule_id: str = field(metadata=said("分级分类规则的编号", example="0123abcd", to="grading_rule"))
    subject_ids: tuple[str, ...] = field(
        metadata=said("要分级的监管对象，至多1000个", to="subject")
    )
    as_of: date = field(metadata=said("截至哪一天的数据", example="2026-06-30"))


@use_case("grading.grade_subjects", "为监管对象分级")
def grade_subjects(work: Work, cmd: GradeSubjects) -> Mapping[str, Json]:
    """Assess subjects by the enabled versions of a rule's models and grade them.

    Each record keeps its facts, versions and contributions. Answers how many got each grade;
    those that a missing fact leaves without one are counted under ``""``. Cities and counties apply
    the rules of the regions above them, to subjects of their own.
    """
    graded = _graded(work, cmd.rule_id, cmd.subject_ids, cmd.as_of)
    counts: dict[str, Json] = {}
    for grade in sorted("" if one.grade is None else str(one.grade) for one in graded):
        before = counts.get(grade, 0)
        counts[grade] = before + 1 if isinstance(before, int) else 1
    return counts


@frozen(kw_only=True)
class GradeSubject:
    """One subject to assess and grade by a rule as of a day."""

    subject_id: str = field(metadata=said("监管对象的编号", example="0123abcd", to="subject"))
    rule_id: str = field(metadata=said("分级分类规则", example="0123abcd", to="grading_rule"))
    as_of: date = field(metadata=said("截至哪一天的数据", example="2026-06-30"))


@use_case("grading.grade_subject", "按规则分级", answers="分级分类等级的序号，数据不足的为空")
def grade_subject(work: Work, cmd: GradeSubject) -> int | None:
    """Assess a subject by the models of a rule and grade it, as ``grade_subjects`` does."""
    work.reached(Subjects, cmd.subject_id)
    (graded,) = _graded(work, cmd.rule_id, (cmd.subject_id,), cmd.as_of)
    return graded.grade


def _graded(
    work: Work, rule_id: str, subjects: tuple[str, ...], as_of: date
) -> Sequence[GradedSubject]:
    """Grade subjects by the versions in force, and let their current grades follow.

    Raises ``DayNotReached``: facts of a day to come would stand before every newer one; and
    ``DayOver``: what stands is not written over by a day that was chosen afterwards.
    """
    today = local_day(work.now)
    if as_of > today:
        raise DayNotReached((Violation("grading.day_to_come", "as_of"),))
    rule = _rule_to_apply(work, rule_id)
    for subject_id, place in work[Subjects].places_of(subjects).items():
        work.reach("subject", subject_id, region=place.region, departments=place.departments)
    definition = rule.current()
    risk = work[RiskModels].get(rule.risk_model).current()
    credit = work[CreditModels].get(rule.credit_model).current()
    require_fitting(definition, risk, credit)
    asked = {one.name for one in (*risk.facts, *credit.facts)}
    facts = known_facts(work.unit, subjects, as_of, asked)
    grader = SubjectGrader(rule_id=rule.id, rule=definition, risk=risk, credit=credit, as_of=as_of)
    graded = [grader.grade(one, facts[one]) for one in subjects]
    if as_of < today:
        refuse_if(DayOver, _standing_violations(work, rule, graded, as_of))
    work[GradedSubjects].record(graded)
    _note_run(work, rule, subjects, as_of)
    _renew(work.unit, definition, graded, at=work.now)
    work.wrote("grading_rule", rule.id)
    return graded


def _note_run(work: Work, rule: GradingRule, subjects: tuple[str, ...], as_of: date) -> None:
    """Keep who graded whom beside the calendar; the calendar's own run takes its place.

    The row says as of which day; those of releases that kept no run say none (ADR 0153).
    """
    work.note(**{AS_OF: as_of.isoformat()})
    if work.actor.user == CALENDAR:
        runs = work[UnscheduledRuns].of_rule(rule.id, until=as_of, since=as_of)
        work.save_all(UnscheduledRuns, [one for one in runs if one.give_way(set(subjects))])
        return
    run = UnscheduledRun(
        id=work.ids.next_id(), rule=rule.id, as_of=as_of, by=work.actor.user,
        department=work.actor.department, at=work.now, subjects=tuple(sorted(set(subjects))),
    )  # fmt: skip
    work.save(UnscheduledRuns, run)


def beside_the_calendar(
    unit: UnitOfWork, rule: str, *, until: date, since: date | None = None
) -> Mapping[tuple[str, date], UnscheduledRun]:
    """Give by subject and day the gradings by a rule that are not the calendar's.

    Each with the last run by which it came; as of days from ``since`` to ``until``.
    """
    runs = unit[UnscheduledRuns].of_rule(rule, until=until, since=since)
    return {(subject, one.as_of): one for one in runs for subject in one.subjects}


def _standing_violations(
    work: Work, rule: GradingRule, graded: Sequence[GradedSubject], as_of: date
) -> Iterator[Violation]:
    """Say of whom a grading as of a day that is over would come before or upon what stands.

    The first day of a running cycle is the calendar's: whoever has no grading of it gets one, and
    the calendar grades anew whom somebody else graded. What comes to what stands already may be
    done again.
    """
    subjects = [one.subject for one in graded]
    same = work[GradedSubjects].of_day(rule.id, as_of, subjects)
    new = {one.subject for one in graded if same.get(one.subject) != one}
    ports: tuple[type[RiskModels | CreditModels], ...] = (RiskModels, CreditModels)
    models = [
        work[port].get(one)
        for port, one in zip(ports, (rule.risk_model, rule.credit_model), strict=True)
    ]
    today = local_day(work.now)
    if as_of in {one.cycle.begun(today) for one in models}:
        stands = set(same)
        if work.actor.user == CALENDAR:
            beside = beside_the_calendar(work.unit, rule.id, until=as_of, since=as_of)
            stands -= {one for one, _ in beside}
    else:
        ids = [current_id(rule.id, one) for one in subjects]
        kept = work[CurrentGrades].find_many(ids)
        stands = {one.subject for one in kept if one.as_of >= as_of}
    for one in sorted(stands & new):
        yield Violation("grading.day_over", "as_of", {"subject": one, "day": as_of.isoformat()})


def _renew(
    unit: UnitOfWork, rule: GradingDefinition, graded: Sequence[GradedSubject], *, at: datetime
) -> None:
    """Let the current grades follow gradings; those of the record are what is answered for.

    Where a graded subject stands, its grades follow by ``follow_subjects``.
    """
    by_id = {current_id(one.rule, one.subject): one for one in graded}
    kept = {one.id: one for one in unit[CurrentGrades].find_many(by_id)}
    for id_, grade in kept.items():
        grade.renew(by_id[id_], rule)
    new = {one.subject: one for id_, one in by_id.items() if id_ not in kept}
    unit[Subjects].hold(sorted(new))  # who moves meanwhile is followed by the grade
    for subject in unit[Subjects].find_many(new):
        grade = CurrentGrade.of(new[subject.id], rule, _place(subject))
        kept[grade.id] = grade
    _keep(unit, tuple(kept.values()), at=at)


def _keep(unit: UnitOfWork, grades: Sequence[CurrentGrade], *, at: datetime) -> None:
    """Store current grades, and tell of them by rule."""
    unit[CurrentGrades].save_all(grades)
    for rule in sorted({one.rule for one in grades}):
        told = tuple(one.id for one in grades if one.rule == rule)
        unit.emit(SubjectsGraded(at=at, grades=told), Thing(GradingRules.kind, rule, 0))


def _place(subject: Subject) -> GradedPlace:
    return GradedPlace(
        region=subject.region,
        departments=tuple(sorted(subject.departments)),
        category=subject.category or "",
        code=subject.identity.shown,
    )


def follow_subjects(receiving: Receiving, events: Sequence[Envelope]) -> None:
    """Let the current grades of subjects stand where these stand now."""
    unit = receiving.unit
    grades = unit[CurrentGrades].of_subjects({one.thing.id for one in events})
    found = unit[Subjects].find_many(sorted({one.subject for one in grades}))
    places = {one.id: _place(one) for one in found}
    moved = [one for one in grades if one.follow(places[one.subject])]
    _keep(unit, moved, at=receiving.now)


GRADE_RECEIVER: Final = Receiver(
    name="grades", title="分级名单随监管对象更新", receive=follow_subjects,
    kinds=frozenset({Subjects.kind}),
)  # fmt: skip


_LOOKED_BACK: Final = 31
_AT_ONCE: Final = 500


@frozen
class Regrading:
    """检查、审批后重新分级: grades subjects anew when something new is known (proposal 3813).

    By checks or by approval files, and by the calendar where an approval begins or ceases to hold.
    As of the day of the news, by each rule by which the subject has a grade. Those of one rule and
    day are graded by one command, which is carried out once, or each by its own where something
    about one of them is refused. A rule out of force, or that no longer fits its models, leaves the
    grade as it was.
    """

    commands: Commands
    actor: Actor

    @property
    def receiver(self) -> Receiver:
        """Give it as a receiver of events."""
        return Receiver(
            name="regrading", title="检查、审批后重新分级", receive=self.receive,
            names=frozenset({name_of(SubjectFactsRecorded)}),
            kinds=frozenset({APPROVAL_FILES.kind}), outside=True,
        )  # fmt: skip

    def receive(self, receiving: Receiving, events: Sequence[Envelope]) -> None:
        """Grade whom these events are about; of several about one, the last tells the day."""
        unit = receiving.unit
        files = {one.thing.id for one in events if one.thing.kind == APPROVAL_FILES.kind}
        about = {
            one.id: one.content.subject
            for one in unit[Entries].of(APPROVAL_FILES).find_many(files)
        } if files else {}  # fmt: skip
        last = {about.get(one.thing.id, one.thing.id): one for one in events}
        together = dict[tuple[str, date], dict[str, str]]()
        for grade in unit[CurrentGrades].of_subjects(last.keys()):
            told = last[grade.subject]
            news = together.setdefault((grade.rule, local_day(told.at)), {})
            news[grade.subject] = f"event {told.number}"
        for (rule, day), news in together.items():
            self._grade(rule, day, news)

    def look(self, today: date) -> int:
        """Grade anew of whom an approval began or ceased to hold since he was graded; count them.

        Looked at again on the same day it changes nothing; what turned more than 31 days ago is
        left to the next evaluation.
        """
        together = dict[str, dict[str, str]]()
        with self.commands.transactions.begin_reading() as unit:
            turned = _turned(unit, today)
            graded = unit[CurrentGrades].of_subjects(turned.keys())
            rules = unit[GradingRules].find_many({one.rule for one in graded})
            in_force = {one.id for one in rules if one.state is LifeState.ENABLED}
            for grade in graded:
                if grade.rule in in_force and grade.as_of < turned[grade.subject]:
                    turn = f"turned {turned[grade.subject]}"
                    together.setdefault(grade.rule, {})[grade.subject] = turn
        for rule, news in together.items():
            ids = sorted(news)
            for first in range(0, len(ids), _AT_ONCE):
                self._grade(rule, today, {one: news[one] for one in ids[first : first + _AT_ONCE]})
        return len({subject for news in together.values() for subject in news})

    def _grade(self, rule: str, day: date, news: Mapping[str, str]) -> None:
        """Grade those of whom there is news, each alone where one of them is refused."""
        try:
            self._run(rule, day, news)
        except (Refused, NotFound):
            for subject, told in news.items() if len(news) > 1 else ():
                with suppress(Refused, NotFound):
                    self._run(rule, day, {subject: told})

    def _run(self, rule: str, day: date, news: Mapping[str, str]) -> None:
        command = GradeSubjects(rule_id=rule, subject_ids=tuple(news), as_of=day)
        key = f"regrading/{digest({'day': day.isoformat(), 'news': dict(news)})}/{rule}"
        self.commands.run(grade_subjects, command, actor=self.actor, key=key)


def _turned(unit: UnitOfWork, today: date) -> Mapping[str, date]:
    """Give of whom an approval began or ceased to hold of late, with the last day on which."""
    begins = today - timedelta(days=_LOOKED_BACK)
    store, turned = unit[Entries].of(APPROVAL_FILES), dict[str, date]()
    for name, days in (("decided_on", 0), ("valid_from", 0), ("valid_to", 1), ("ended_on", 0)):
        later = timedelta(days=days)
        wanted = EntryFilter(ranges={name: Between(begins - later, today - later)})
        for page in every_page(partial(store.page, wanted)):
            for one in page.items:
                on = getattr(one.content, name) + later
                subject = one.content.subject
                turned[subject] = max(on, turned.get(subject, on))
    return turned


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
    explanations, what would improve the grade (the largest loss first), and the digest of the
    record. Raises
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
    better = grader.improvements(graded)
    name = "" if graded.grade is None else definition.grade_numbered(graded.grade).name
    return {
        "risk": graded.risk.level,
        "credit": graded.credit.level,
        "grade": graded.grade,
        "grade_name": name,
        "facts_known": len(graded.facts),
        "facts_asked": facts_asked(risk, credit),
        "explanation": list[Json](lines),
        "improvements": list[Json](better),
        "digest": graded.digest,
    }


def level_names(work: Work, rule: GradingRule, graded: GradedSubject) -> tuple[str, str]:
    """Give what the levels of risk and credit are called, empty where too little is known."""
    models = work[RiskModels].get(rule.risk_model), work[CreditModels].get(rule.credit_model)
    risk, credit = map(_level_name, models, (graded.risk, graded.credit))
    return risk, credit


def _level_name(model: VersionedModel, standing: Standing) -> str:
    """Name a level; by its code where the rule has got another model since."""
    wanted = (standing.model, standing.model_version)
    used = next((one for one in model.versions if (one.code, one.version) == wanted), None)
    return standing.level or "" if used is None else used.level_name(standing.level)


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
    improvements: tuple[str, ...] = field(metadata=said("怎样可以改进，失分多的在前"))


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
        risk, credit = level_names(work, rule, graded)
        found.append(
            GradeShown(
                rule=rule.name, as_of=graded.as_of, grade=str(said_["grade_name"]),
                risk=risk, credit=credit,
                facts_known=len(graded.facts), facts_asked=int(str(said_["facts_asked"])),
                explanation=tuple(map(str, said_["explanation"])),  # type: ignore[arg-type]
                improvements=tuple(map(str, said_["improvements"])),  # type: ignore[arg-type]
            )
        )  # fmt: skip
    return tuple(found)
