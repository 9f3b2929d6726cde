"""Models, rounds and rules through the frame of commands."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

import pytest
from attrs import evolve, field, frozen

from adapters.memory.officers import MemoryOfficers
from adapters.memory.repository import MemoryRepository
from adapters.memory.subjects import MemorySubjects
from adapters.memory.unit import MemoryStore, MemoryTransactions
from supervision_core.assessment import services as assessing
from supervision_core.assessment.model import (
    EXCLUDED,
    AssessmentModel,
    Band,
    Bands,
    Category,
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
from supervision_core.grading import services as grading
from supervision_core.grading.model import Grade, GradingDefinition, GradingRule, ModelsDoNotFit
from supervision_core.grading.ports import GradingRules
from supervision_core.identity.model import Actor, DataScope
from supervision_core.identity.services import Commands, UseCase
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.ports import Clock, Ids
from supervision_core.officers.model import Officer
from supervision_core.officers.ports import Officers
from supervision_core.subjects.model import Subject
from supervision_core.subjects.ports import Subjects
from supervision_core.testing.officers import full_officer_draft
from supervision_core.testing.subjects import full_subject_draft

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
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
        """Begin with nothing stored."""
        ports: dict[Any, Any] = {
            RiskModels: RiskModelsInMemory,
            CreditModels: CreditModelsInMemory,
            EvaluationRounds: RoundsInMemory,
            GradingRules: RulesInMemory,
            Subjects: MemorySubjects,
            Officers: MemoryOfficers,
        }
        self.commands = Commands(MemoryTransactions(MemoryStore(), ports), Noon(), Numbered())

    def run(self, case: UseCase[Cmd, Answer], cmd: Cmd, actor: Actor = CLERK) -> Answer:
        """Run one command."""
        return self.commands.run(case, cmd, actor=actor)

    def model(self, kind: Kind, levels: str = "AB", region: str = "450103") -> str:
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
        return self.run(assessing.create_model, command)


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
    group = ReviewGroup(name="组", members=("u1",), leader="u1")
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
    with desk.commands.transactions.begin() as unit:
        reviewer = Officer.from_draft(evolve(full_officer_draft(), department="d1"), id="f1")
        reviewer.tie("u1", at=NOON)
        unit[Officers].save(reviewer)
        unit.commit()
    ask = assessing.AskReviewers(
        round_id=found.round_id, reviewers=("f1",), deadline=NOON + timedelta(days=1)
    )
    desk.run(assessing.ask_reviewers, ask)
    with pytest.raises(RoundNotChangeable):
        desk.run(assessing.complete_round, found)
    opinion = assessing.GiveOpinion(round_id=found.round_id, opinion=Opinion.NO_OBJECTION)
    desk.run(assessing.give_opinion, opinion)
    assert desk.run(assessing.complete_round, found) == found.round_id


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
            unit[Subjects].save(Subject.from_draft(draft, id=f"s{at}"))
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


def test_what_lies_outside_the_scope_is_absent() -> None:
    """Another department of another city finds neither model nor rule."""
    desk = Desk()
    model = assessing.SwitchModel(kind=Kind.RISK, model_id=desk.model(Kind.RISK))
    rule = grading.NameGradingRule(rule_id=desk.run(grading.create_rule, rule_of("1", "2")))
    with pytest.raises(NotFound):
        desk.run(assessing.enable_model, model, STRANGER)
    with pytest.raises(NotFound):
        desk.run(grading.delete_rule, rule, STRANGER)
    desk.run(assessing.delete_model, model)
    desk.run(grading.delete_rule, rule)


def test_a_rule_of_a_neighbouring_department_is_absent() -> None:
    """Same region, another department: the rule is not found, and named as it was asked for."""
    desk = Desk()
    rule = grading.NameGradingRule(rule_id=desk.run(grading.create_rule, rule_of("1", "2")))
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
