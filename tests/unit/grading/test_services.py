"""Models, rounds and rules through the frame of commands."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

import pytest
from attrs import evolve, field, frozen

from adapters.memory.graded import (
    MemoryCurrentGrades,
    MemoryGradedSubjects,
    MemoryUnscheduledRuns,
)
from adapters.memory.identity import MemoryDepartments, MemoryRegions
from adapters.memory.officers import MemoryOfficers
from adapters.memory.references import MemoryAsk
from adapters.memory.registers import MemoryEntries
from adapters.memory.repository import MemoryRepository
from adapters.memory.scenes import MemoryScenes
from adapters.memory.subjects import MemorySubjectFacts, MemorySubjects, MemoryTags
from adapters.memory.unit import MemoryStore, MemoryTransactions
from supervision_core.assessment import services as assessing
from supervision_core.assessment.model import (
    EXCLUDED,
    AssessmentModel,
    Band,
    Bands,
    Category,
    ContentDraw,
    CreditModel,
    Cycle,
    EvaluationRound,
    FactDefinition,
    FactsNotUsable,
    FactType,
    Indicator,
    Kind,
    Level,
    ModelNotChangeable,
    Opinion,
    ReviewGroup,
    RiskModel,
    RoundNotChangeable,
    total_scale,
)
from supervision_core.assessment.ports import CreditModels, EvaluationRounds, RiskModels
from supervision_core.audit.ports import AuditLog
from supervision_core.grading import services as grading
from supervision_core.grading.model import (
    Grade,
    GradingDefinition,
    GradingRule,
    ModelNotBroughtUp,
    ModelsDoNotFit,
)
from supervision_core.grading.ports import (
    CurrentGrades,
    GradedSubjects,
    GradingRules,
    UnscheduledRuns,
)
from supervision_core.identity.model import Actor, DataScope
from supervision_core.identity.ports import Departments, Regions
from supervision_core.identity.services import Commands, UseCase
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.events import Thing
from supervision_core.kernel.outbox import Envelope, Receiving, name_of
from supervision_core.kernel.ports import Clock, Ids
from supervision_core.kernel.registers import Ask, Entries, EntryInvalid
from supervision_core.officers.model import Officer
from supervision_core.officers.ports import Officers
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.facts import REGISTRATION_STATUS, SubjectFact
from supervision_core.subjects.model import Subject, Tag
from supervision_core.subjects.model.subject import SubjectFactsRecorded
from supervision_core.subjects.ports import SubjectFacts, Subjects, Tags
from supervision_core.subjects.services.known import known_facts
from supervision_core.testing.officers import full_officer_draft
from supervision_core.testing.offices import keep_directory
from supervision_core.testing.scenes import full_scene
from supervision_core.testing.subjects import full_subject_draft
from supervision_core.testing.trades import keep_trades

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
EVENTS = count(1)
CLERK = Actor(
    user="u1",
    department="d1",
    scope=DataScope(region="450100", departments=frozenset({"d1"})),
    permissions=frozenset({"assessment.*", "grading.*"}),
)
STRANGER = Actor(
    user="u2",
    department="d2",
    scope=DataScope(region="450200", departments=frozenset({"d2"})),
    permissions=frozenset({"assessment.*", "grading.*"}),
)
Cmd = TypeVar("Cmd")
Answer = TypeVar("Answer")


@frozen
class Noon(Clock):
    """Stands still."""

    def now(self) -> datetime:
        """Give noon."""
        return NOON


@frozen
class Numbered(Ids):
    """Counts."""

    numbers: Iterator[int] = field(factory=count)

    def next_id(self) -> str:
        """Give the next number."""
        return str(next(self.numbers))


class RiskModelsInMemory(MemoryRepository[RiskModel], RiskModels):
    """Risk models."""

    cls = RiskModel


class CreditModelsInMemory(MemoryRepository[CreditModel], CreditModels):
    """Credit models."""

    cls = CreditModel


class RoundsInMemory(MemoryRepository[EvaluationRound], EvaluationRounds):
    """Rounds."""

    cls = EvaluationRound


class RulesInMemory(MemoryRepository[GradingRule], GradingRules):
    """Rules."""

    cls = GradingRule


class Desk:
    """Where commands are given."""

    def __init__(self) -> None:
        """Begin with the trades and the directory of the examples."""
        ports: dict[Any, Any] = {
            RiskModels: RiskModelsInMemory,
            CreditModels: CreditModelsInMemory,
            EvaluationRounds: RoundsInMemory,
            GradingRules: RulesInMemory,
            Subjects: MemorySubjects,
            SubjectFacts: MemorySubjectFacts,
            Officers: MemoryOfficers,
            GradedSubjects: MemoryGradedSubjects,
            CurrentGrades: MemoryCurrentGrades,
            UnscheduledRuns: MemoryUnscheduledRuns,
            Ask: MemoryAsk,
            Entries: MemoryEntries,
            Departments: MemoryDepartments,
            Regions: MemoryRegions,
            Scenes: MemoryScenes,
            Tags: MemoryTags,
        }
        self.commands = Commands(MemoryTransactions(MemoryStore(), ports), Noon(), Numbered())
        with self.commands.transactions.begin() as unit:
            keep_trades(unit)
            keep_directory(unit, ("d1",))
            unit.commit()

    def run(self, case: UseCase[Cmd, Answer], cmd: Cmd, actor: Actor = CLERK) -> Answer:
        """Run one command."""
        return self.commands.run(case, cmd, actor=actor)

    def model(
        self, kind: Kind, levels: str = "AB", region: str = "450103", actor: Actor = CLERK
    ) -> str:
        """Create a model."""
        mild, severe = tuple(levels)
        definition = AssessmentModel(
            kind=kind,
            code="model",
            name="模型",
            facts=(
                FactDefinition("fines", "罚款次数", FactType.INTEGER),
                FactDefinition("since", "成立日期", FactType.DAY),
            ),
            categories=(Category("all", "全部"),),
            indicators=(
                Indicator(
                    "fines",
                    "罚款",
                    "all",
                    Bands("fines", (Band(None, 1, 0), Band(1, None, 600)), EXCLUDED),
                ),
            ),
            levels=(Level(mild, "低"), Level(severe, "高")),
            grader=total_scale((Band(None, 500, mild), Band(500, None, severe))),
        )
        command = assessing.CreateModel(
            department="d1",
            region=region,
            object_type="firm",
            cycle=Cycle.YEAR,
            definition=definition,
        )
        return self.run(assessing.create_model, command, actor)

    def rule(self) -> grading.CreateGradingRule:
        """Give the command for a rule over two new models."""
        return rule_of(self.model(Kind.RISK), self.model(Kind.CREDIT))


def rule_of(risk: str, credit: str) -> grading.CreateGradingRule:
    """Give the command for a rule over two levels each."""
    grades = tuple(
        Grade(number=n, name=str(n), measure="监管", object_ratio=r)
        for n, r in ((1, "0.05"), (2, "1"))
    )
    return grading.CreateGradingRule(
        name="规则",
        department="d1",
        region="450103",
        trade="dairy",
        risk_model=risk,
        credit_model=credit,
        definition=GradingDefinition(
            risk_levels=("A", "B"), credit_levels=("A", "B"), matrix=((1, 2), (2, 2)), grades=grades
        ),
    )


def test_a_round_goes_from_draft_to_archive() -> None:
    """Create, enable, initiate, publish, score, ask, agree, complete: each its own command."""
    desk = Desk()
    named = assessing.SwitchModel(kind=Kind.RISK, model_id=desk.model(Kind.RISK))
    initiate = assessing.InitiateRound(
        kind=Kind.RISK, model_id=named.model_id, batch="2026", subjects=("s1",)
    )
    with pytest.raises(ModelNotChangeable):
        desk.run(assessing.initiate_round, initiate)
    with desk.commands.transactions.begin() as unit:
        reviewer = Officer.from_draft(evolve(full_officer_draft(), department="d1"), id="f1")
        reviewer.tie("u2", at=NOON)
        unit[Officers].save(reviewer)
        unit[Subjects].save(Subject.from_draft(full_subject_draft(), id="s1", at=NOON))
        unit.commit()
    group = ReviewGroup(name="组", members=("f1",), leader="f1")
    desk.run(
        assessing.appoint_review_group,
        assessing.AppointReviewGroup(kind=Kind.RISK, model_id=named.model_id, group=group),
    )
    assert desk.run(assessing.enable_model, named) == 1
    found = assessing.NameRound(round_id=desk.run(assessing.initiate_round, initiate))
    desk.run(assessing.publish_round, found)
    score = assessing.ScoreSubject(
        round_id=found.round_id,
        subject="s1",
        facts={"fines": 2, "since": "2020-01-31"},
        as_of=date(2026, 11, 24),
    )
    with pytest.raises(FactsNotUsable):
        desk.run(assessing.score_subject, evolve(score, facts={"fines": 2, "since": "2020-13-31"}))
    assert desk.run(assessing.score_subject, score) == "B"
    ask = assessing.AskReviewers(
        round_id=found.round_id, reviewers=("f1",), deadline=NOON + timedelta(days=1)
    )
    desk.run(assessing.ask_reviewers, ask)
    with pytest.raises(RoundNotChangeable):
        desk.run(assessing.complete_round, found)
    opinion = assessing.GiveOpinion(round_id=found.round_id, opinion=Opinion.NO_OBJECTION)
    desk.run(assessing.give_opinion, opinion, evolve(CLERK, user="u2"))
    assert desk.run(assessing.complete_round, found) == found.round_id


def test_the_basics_of_a_model_and_how_credit_steers_the_draw_are_set() -> None:
    """基本信息维护 and 是否信用抽取 (proposal 3421, 3673), of what is not in force."""
    desk = Desk()
    risk, credit = desk.model(Kind.RISK), desk.model(Kind.CREDIT)
    basics = assessing.ChangeModelBasics(
        kind=Kind.RISK, model_id=risk, object_type="餐饮企业", cycle=Cycle.QUARTER, reviewed=True
    )
    desk.run(assessing.change_model_basics, basics)
    drawn = assessing.DrawByCredit(
        model_id=credit, by_credit=True, content_draw=ContentDraw.BY_RATIO
    )
    desk.run(assessing.draw_by_credit, drawn)
    with desk.commands.transactions.begin() as unit:
        model, other = unit[RiskModels].get(risk), unit[CreditModels].get(credit)
    assert (model.object_type, model.cycle, model.reviewed) == ("餐饮企业", Cycle.QUARTER, True)
    assert (other.drawn_by_credit, other.content_draw) == (True, ContentDraw.BY_RATIO)
    desk.run(assessing.enable_model, assessing.SwitchModel(kind=Kind.CREDIT, model_id=credit))
    with pytest.raises(ModelNotChangeable) as refusal:
        desk.run(assessing.draw_by_credit, drawn)
    assert [one.code for one in refusal.value.violations] == ["assessment.model_is_enabled"]


def test_a_rule_is_tied_to_scenes_that_there_are() -> None:
    """基本要素信息 (proposal 3854): name, trade, scenes, description; models while not in force."""
    desk = Desk()
    rule = desk.run(grading.create_rule, desk.rule())
    with desk.commands.transactions.begin() as unit:
        unit[Scenes].save(full_scene("scene-1"))
        unit.commit()
    basics = grading.ChangeRuleBasics(
        rule_id=rule, name="新名称", trade="dairy", scenes=("scene-1",), description="说明"
    )
    with pytest.raises(EntryInvalid) as refusal:
        desk.run(grading.change_rule_basics, evolve(basics, scenes=("scene-9",)))
    assert [one.at for one in refusal.value.violations] == ["scenes"]
    desk.run(grading.change_rule_basics, basics)
    other = desk.model(Kind.RISK)
    models = grading.ChangeRuleModels(
        rule_id=rule, risk_model=other, credit_model=desk.model(Kind.CREDIT)
    )
    desk.run(grading.change_rule_models, models)
    with desk.commands.transactions.begin() as unit:
        kept = unit[GradingRules].get(rule)
    assert (kept.name, kept.scenes, kept.description) == ("新名称", ("scene-1",), "说明")
    assert kept.risk_model == other


COUNTY = Actor(
    user="u7",
    department="d7",
    scope=DataScope(region="450103", departments=frozenset({"d7"})),
    permissions=frozenset({"assessment.*", "grading.*"}),
)


def test_a_county_applies_the_models_of_the_city() -> None:
    """It reads what the city owns and changes none of it; its round is its own; subjects too."""
    desk = Desk()
    named = assessing.SwitchModel(kind=Kind.RISK, model_id=desk.model(Kind.RISK, region="450100"))
    desk.run(assessing.enable_model, named)
    with desk.commands.transactions.begin() as unit:
        for at, region in enumerate(("450103", "450200")):
            draft = evolve(full_subject_draft(f"91450100MA5K0000{at}7"), region=region)
            unit[Subjects].save(Subject.from_draft(draft, id=f"s{at}", at=NOON))
        unit.commit()

    def begin(*subjects: str) -> assessing.InitiateRound:
        return assessing.InitiateRound(
            kind=Kind.RISK, model_id=named.model_id, batch="2026", subjects=subjects
        )

    own = desk.run(assessing.initiate_round, begin("s0"), COUNTY)
    desk.run(assessing.publish_round, assessing.NameRound(round_id=own), COUNTY)
    score = assessing.ScoreSubject(
        round_id=own, subject="s0", facts={"fines": 2}, as_of=date(2026, 11, 24)
    )
    assert desk.run(assessing.score_subject, score, COUNTY) == "B"
    foreign: tuple[tuple[UseCase[Any, Any], Any, Actor], ...] = (
        (assessing.disable_model, named, COUNTY),
        (assessing.initiate_round, begin("s1"), COUNTY),
        (assessing.initiate_round, begin("s1"), STRANGER),
        (assessing.score_subject, score, evolve(COUNTY, scope=STRANGER.scope)),
        (
            assessing.score_subject,
            score,
            evolve(COUNTY, scope=evolve(COUNTY.scope, departments=frozenset({"d8"}))),
        ),
    )
    for case, command, actor in foreign:
        with pytest.raises(NotFound):
            desk.run(case, command, actor)


def test_nobody_grades_what_another_department_keeps() -> None:
    """A subject of the own department, or of none, is graded; one of another is not found."""
    desk = Desk()
    risk, credit = desk.model(Kind.RISK), desk.model(Kind.CREDIT)
    for kind, model in ((Kind.RISK, risk), (Kind.CREDIT, credit)):
        desk.run(assessing.enable_model, assessing.SwitchModel(kind=kind, model_id=model))
    rule = desk.run(grading.create_rule, rule_of(risk, credit))
    desk.run(grading.enable_rule, grading.NameGradingRule(rule_id=rule))
    kept = {"own": frozenset({"d1", "d2"}), "shared": frozenset[str](), "other": frozenset({"d2"})}
    with desk.commands.transactions.begin() as unit:
        for at, (id_, departments) in enumerate(kept.items()):
            draft = full_subject_draft(f"91450100MA5K0000{at}7")
            unit[Subjects].save(Subject.from_draft(draft, id=id_, at=NOON, departments=departments))
        unit.commit()
    asked = grading.GradeSubjects(
        rule_id=rule, subject_ids=("own", "shared"), as_of=date(2026, 11, 24)
    )
    assert sum(map(int, map(str, desk.run(grading.grade_subjects, asked).values()))) == 2
    with pytest.raises(NotFound) as refused:
        desk.run(grading.grade_subjects, evolve(asked, subject_ids=("own", "other")))
    assert refused.value.id == "other"


def test_what_lies_outside_the_scope_is_absent() -> None:
    """Another department of another city finds neither model nor rule."""
    desk = Desk()
    model = assessing.SwitchModel(kind=Kind.RISK, model_id=desk.model(Kind.RISK))
    rule = grading.NameGradingRule(rule_id=desk.run(grading.create_rule, desk.rule()))
    with pytest.raises(NotFound):
        desk.run(assessing.enable_model, model, STRANGER)
    with pytest.raises(NotFound):
        desk.run(grading.delete_rule, rule, STRANGER)
    desk.run(assessing.delete_model, model)
    desk.run(grading.delete_rule, rule)


def test_a_rule_of_a_neighbouring_department_is_absent() -> None:
    """Same region, another department: the rule is not found, and named as it was asked for."""
    desk = Desk()
    rule = grading.NameGradingRule(rule_id=desk.run(grading.create_rule, desk.rule()))
    for region, department in (("450100", "d2"), ("450200", "d1")):
        scope = DataScope(region=region, departments=frozenset({department}))
        with pytest.raises(NotFound) as refusal:
            desk.run(grading.delete_rule, rule, evolve(CLERK, scope=scope))
        assert (refusal.value.kind, refusal.value.id) == ("grading_rule", rule.rule_id)


@pytest.mark.function("F192")
def test_a_rule_is_enabled_only_over_fitting_models_in_force() -> None:
    """Both models are in force, and their levels are those of the matrix."""
    desk = Desk()
    risk, credit, other = (
        desk.model(Kind.RISK),
        desk.model(Kind.CREDIT),
        desk.model(Kind.CREDIT, "AC"),
    )
    rule = grading.NameGradingRule(rule_id=desk.run(grading.create_rule, rule_of(risk, credit)))
    with pytest.raises(ModelNotChangeable):
        desk.run(grading.enable_rule, rule)
    for kind, model in ((Kind.RISK, risk), (Kind.CREDIT, credit), (Kind.CREDIT, other)):
        desk.run(assessing.enable_model, assessing.SwitchModel(kind=kind, model_id=model))
    assert desk.run(grading.enable_rule, rule) == 1
    desk.run(grading.disable_rule, rule)
    unfit = grading.NameGradingRule(rule_id=desk.run(grading.create_rule, rule_of(risk, other)))
    with pytest.raises(ModelsDoNotFit):
        desk.run(grading.enable_rule, unfit)


def test_tags_bring_up_the_one_model_in_force_that_the_actor_may_apply() -> None:
    """None, several, one of another city: refused at the field; over other levels a new matrix."""
    desk = Desk()
    everywhere = evolve(CLERK, scope=DataScope(region="450000"))
    with desk.commands.transactions.begin() as unit:
        unit[Tags].save(Tag(id="t1", name="乳品企业", region="450000"))
        unit.commit()

    def model(kind: Kind, levels: str, region: str = "450103") -> str:
        id_ = desk.model(kind, levels, region, everywhere)
        basics = assessing.ChangeModelBasics(
            kind=kind, model_id=id_, object_type="firm", cycle=Cycle.YEAR, reviewed=False,
            object_tags=("t1",),
        )  # fmt: skip
        desk.run(assessing.change_model_basics, basics, everywhere)
        switch = assessing.SwitchModel(kind=kind, model_id=id_)
        desk.run(assessing.enable_model, switch, everywhere)
        return id_

    def refused(command: grading.ChooseRuleObjects) -> list[tuple[str, str]]:
        with pytest.raises(ModelNotBroughtUp) as refusal:
            desk.run(grading.choose_rule_objects, command)
        return [(one.code, one.at) for one in refusal.value.reasons]

    rule = desk.run(grading.create_rule, desk.rule())
    chosen = grading.ChooseRuleObjects(rule_id=rule, object_tags=("t1",))
    model(Kind.RISK, "AB", "450200")
    credit = model(Kind.CREDIT, "AB")
    assert refused(chosen) == [("grading.tags_without_model", "risk_model")]
    assert refused(evolve(chosen, object_tags=())) == [
        ("grading.tags_missing", "object_tags"), ("grading.tags_missing", "object_tags"),
    ]  # fmt: skip
    risk = model(Kind.RISK, "CD")
    desk.run(grading.choose_rule_objects, chosen)
    with desk.commands.transactions.begin() as unit:
        kept = unit[GradingRules].get(rule)
    assert (kept.risk_model, kept.credit_model) == (risk, credit)
    assert kept.newest.object_tags == ("t1",)
    assert kept.newest.risk_levels == ("C", "D")
    assert kept.newest.matrix == ((1, 2), (2, 2))
    model(Kind.RISK, "AB")
    assert refused(chosen) == [("grading.tags_with_several_models", "risk_model")]


def _a_graded_subject(desk: Desk) -> str:
    """Grade a subject of two checks' worth of facts by a rule in force; give the rule."""
    with desk.commands.transactions.begin() as unit:
        unit[Subjects].save(Subject.from_draft(full_subject_draft(), id="s1", at=NOON))
        unit.commit()
    risk, credit = desk.model(Kind.RISK), desk.model(Kind.CREDIT)
    for kind, model in ((Kind.RISK, risk), (Kind.CREDIT, credit)):
        desk.run(assessing.enable_model, assessing.SwitchModel(kind=kind, model_id=model))
    rule = desk.run(grading.create_rule, rule_of(risk, credit))
    desk.run(grading.enable_rule, grading.NameGradingRule(rule_id=rule))
    _known(desk, 0)
    grade = grading.GradeSubject(subject_id="s1", rule_id=rule, as_of=NOON.date())
    assert desk.run(grading.grade_subject, grade) == 1
    return rule


def _known(desk: Desk, fines: int) -> None:
    _known_on(desk, fines, NOON.date())


def _known_on(desk: Desk, fines: int, day: date) -> None:
    with desk.commands.transactions.begin() as unit:
        unit[SubjectFacts].record([
            SubjectFact(subject="s1", name="fines", value=fines, known_on=day, source="x")
        ])  # fmt: skip
        unit.commit()


def _checked(desk: Desk) -> int:
    """Tell of new facts of the subject, twice; give its current grade."""
    with desk.commands.transactions.begin_reading() as unit:
        told = Envelope(
            number=next(EVENTS), name=name_of(SubjectFactsRecorded), at=NOON,
            thing=Thing("subject", "s1", 0), facts={"subject": "s1"},
        )  # fmt: skip
        regrading = grading.Regrading(desk.commands, CLERK)
        receiving = Receiving(unit=unit, now=NOON, ids=Numbered())
        regrading.receive(receiving, [told, told])
        regrading.receive(receiving, [told])
    with desk.commands.transactions.begin() as unit:
        (grade,) = unit[CurrentGrades].of_subjects(["s1"])
    return grade.grade


@pytest.mark.function("F190")
def test_a_check_that_says_something_new_changes_the_grade() -> None:
    """信用等级根据检查情况动态调整 (3813); a rule out of force leaves the grade as it was."""
    desk = Desk()
    rule = _a_graded_subject(desk)
    assert _checked(desk) == 1
    _known(desk, 3)
    assert _checked(desk) == 2
    desk.run(grading.disable_rule, grading.NameGradingRule(rule_id=rule))
    _known(desk, 0)
    assert _checked(desk) == 2


def _audited(desk: Desk) -> int:
    with desk.commands.transactions.begin() as unit:
        return len(list(unit[AuditLog].rows()))


def test_nobody_grades_for_a_day_that_is_over() -> None:
    """What stands is neither written over nor preceded by a day that somebody chose afterwards.

    The first day of a running cycle is the calendar's, once for each subject.
    """
    desk = Desk()
    rule = _a_graded_subject(desk)
    day = NOON.date()
    for past in (day - timedelta(days=1), day - timedelta(days=400)):
        grade = grading.GradeSubject(subject_id="s1", rule_id=rule, as_of=past)
        with pytest.raises(grading.DayOver) as refusal:
            desk.run(grading.grade_subject, grade)
        assert [(one.code, one.at) for one in refusal.value.violations] == [
            ("grading.day_over", "as_of")
        ]
    with desk.commands.transactions.begin_reading() as unit:
        kept = unit[GradingRules].get(rule)
        begun = unit[RiskModels].get(kept.risk_model).cycle.begun(day)
    turn = grading.GradeSubject(subject_id="s1", rule_id=rule, as_of=begun)
    assert desk.run(grading.grade_subject, turn) == desk.run(grading.grade_subject, turn)
    _known_on(desk, 9, begun)
    with pytest.raises(grading.DayOver):
        desk.run(grading.grade_subject, turn)


def test_the_run_of_the_calendar_takes_the_place_of_others() -> None:
    """Whom somebody graded as of its day it grades anew; its own result stands.

    Until then it is kept who graded whom beside the calendar.
    """
    desk = Desk()
    rule = _a_graded_subject(desk)
    with desk.commands.transactions.begin_reading() as unit:
        begun = (
            unit[RiskModels].get(unit[GradingRules].get(rule).risk_model).cycle.begun(NOON.date())
        )
    turn = grading.GradeSubject(subject_id="s1", rule_id=rule, as_of=begun)
    worker = evolve(CLERK, user=grading.CALENDAR)
    desk.run(grading.grade_subject, turn)
    _known_on(desk, 9, begun)
    assert _beside(desk, rule) == {("s1", begun): "u1", ("s1", NOON.date()): "u1"}
    assert desk.run(grading.grade_subject, turn, worker) == 2
    assert _beside(desk, rule) == {("s1", NOON.date()): "u1"}
    with desk.commands.transactions.begin_reading() as unit:
        *_, row = unit[AuditLog].rows()
    assert (row.entry.actor, dict(row.entry.note)) == (
        grading.CALENDAR, {grading.AS_OF: begun.isoformat()},
    )  # fmt: skip
    _known_on(desk, 0, begun)
    with pytest.raises(grading.DayOver):
        desk.run(grading.grade_subject, turn, worker)


def _beside(desk: Desk, rule: str) -> dict[tuple[str, date], str]:
    with desk.commands.transactions.begin_reading() as unit:
        found = grading.beside_the_calendar(unit, rule, until=NOON.date())
    return {spot: run.by for spot, run in found.items()}


def _graded_too(desk: Desk, rule: str, id: str, code: str) -> None:
    """Grade another subject, of whom nothing is wrong, by the rule."""
    with desk.commands.transactions.begin() as unit:
        unit[Subjects].save(Subject.from_draft(full_subject_draft(code), id=id, at=NOON))
        unit.commit()
    grade = grading.GradeSubject(subject_id=id, rule_id=rule, as_of=NOON.date())
    desk.run(grading.grade_subject, grade)


def test_news_of_several_subjects_are_one_command_where_nothing_is_refused() -> None:
    """Of one whose facts cannot be used the grade stays; the others are graded all the same."""
    desk = Desk()
    rule = _a_graded_subject(desk)
    _graded_too(desk, rule, "s2", "91450100MA5K000025")
    told = [
        Envelope(
            number=next(EVENTS), name=name_of(SubjectFactsRecorded), at=NOON,
            thing=Thing("subject", one, 0), facts={"subject": one},
        )
        for one in ("s1", "s2")
    ]  # fmt: skip
    _known(desk, 3)

    def after() -> tuple[int, dict[str, int | None]]:
        before = _audited(desk)
        with desk.commands.transactions.begin_reading() as unit:
            receiving = Receiving(unit=unit, now=NOON, ids=Numbered())
            grading.Regrading(desk.commands, CLERK).receive(receiving, told)
            grading.Regrading(desk.commands, CLERK).receive(receiving, told)
        with desk.commands.transactions.begin() as unit:
            grades = unit[CurrentGrades].of_subjects(["s1", "s2"])
        return _audited(desk) - before, {one.subject: one.grade for one in grades}

    commands, grades = after()
    assert (commands, grades["s1"]) == (1, 2)
    told[:] = [evolve(one, number=next(EVENTS)) for one in told]
    _known(desk, 0)
    with desk.commands.transactions.begin() as unit:
        wrong = SubjectFact(
            subject="s2", name="fines", value="many", known_on=NOON.date(), source="x"
        )
        unit[SubjectFacts].record([wrong])
        unit.commit()
    assert after() == (1, {"s1": 1, "s2": grades["s2"]})


@pytest.mark.function("F190")
def test_a_model_reads_the_registration_status_from_the_register() -> None:
    """存续情况 (3813): as the register says it, in words, and only where it is asked for."""
    desk = Desk()
    _a_graded_subject(desk)
    with desk.commands.transactions.begin() as unit:
        none = known_facts(unit, ["s1"], NOON.date(), {"fines"})
        known = known_facts(unit, ["s1", "gone"], NOON.date(), {REGISTRATION_STATUS})
    assert none == {"s1": {"fines": 0}}
    assert known == {"s1": {"fines": 0, REGISTRATION_STATUS: "停业"}, "gone": {}}


def test_a_rule_is_of_a_trade_that_there_is() -> None:
    """A text that no entry of the register has for its id is refused, and the place named."""
    desk = Desk()
    with pytest.raises(EntryInvalid) as refused:
        desk.run(grading.create_rule, evolve(desk.rule(), trade="旅行"))
    assert [(one.code, one.at) for one in refused.value.reasons] == [
        ("kernel.register_unknown", "trade")
    ]


def test_a_rule_is_over_models_that_there_are() -> None:
    """Department, region and both models are there; all that are not are named at once."""
    made = evolve(rule_of("none", "nothing"), department="nobody", region="459999")
    everywhere = evolve(CLERK, scope=evolve(CLERK.scope, region="450000", departments=frozenset()))
    with pytest.raises(EntryInvalid) as refused:
        Desk().run(grading.create_rule, made, everywhere)
    assert [(one.at, one.data["value"]) for one in refused.value.reasons] == [
        ("department", "nobody"),
        ("region", "459999"),
        ("risk_model", "none"),
        ("credit_model", "nothing"),
    ]
