"""What models and rounds leave behind: every step and event, and every reason whole."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from attrs import evolve

from supervision_core.assessment.model import (
    EXCLUDED,
    REFUSED,
    AssessmentModel,
    Band,
    Bands,
    Case,
    Category,
    Cycle,
    EvaluationRound,
    FactDefinition,
    FactType,
    Indicator,
    Kind,
    Level,
    LifeState,
    Opinion,
    Review,
    ReviewGroup,
    RiskModel,
    RoundState,
    back_test,
    evaluate,
    total_scale,
)
from supervision_core.assessment.model.definition import NoSuchIndicator
from supervision_core.assessment.model.models import ModelChanged
from supervision_core.assessment.model.rounds import RoundChanged, Step
from supervision_core.kernel.errors import Refused, Violation

DAWN = datetime(2026, 11, 24, tzinfo=UTC)
NOON = DAWN + timedelta(hours=12)
DUE = DAWN + timedelta(days=3)
AS_OF = date(2026, 11, 24)
Reasons = tuple[Violation, ...]


def because(code: str, at: str = "", **data: str | int) -> Violation:
    """Give a violation of the context."""
    return Violation(f"assessment.{code}", at, data)


def reasons(deed: Callable[[], object]) -> Reasons:
    """Do what must be refused, and give every reason."""
    with pytest.raises(Refused) as refusal:
        deed()
    return refusal.value.violations


def definition(*indicators: str) -> AssessmentModel:
    """Give a model of indicators that each need their own fact."""
    codes = indicators or ("fines",)
    steps = (Band(None, 1, 0), Band(1, 5, 600), Band(5, None, 1200))
    return AssessmentModel(
        kind=Kind.RISK,
        code="model",
        name="模型",
        facts=tuple(FactDefinition(code, code, FactType.INTEGER) for code in codes),
        categories=(Category("all", "全部"),),
        indicators=tuple(
            Indicator(code, code, "all", Bands(code, steps, REFUSED)) for code in codes
        ),
        levels=(Level("A", "低"), Level("B", "中"), Level("C", "高")),
        grader=total_scale((Band(None, 500, "A"), Band(500, 1000, "B"), Band(1000, None, "C"))),
    )


def begun(*, reviewed: bool = False) -> RiskModel:
    """Begin a risk model at dawn."""
    return RiskModel.create(
        id="m1",
        department="d1",
        region="450100",
        object_type="firm",
        cycle=Cycle.YEAR,
        definition=definition(),
        at=DAWN,
        reviewed=reviewed,
    )


def told(model: RiskModel) -> list[tuple[datetime, str, str, str, int]]:
    """Take the events as plain tuples."""
    return [
        (event.at, event.model_id, event.kind, event.what, event.model_version)
        for event in model.take_events()
        if isinstance(event, ModelChanged)
    ]


def test_a_model_begins_with_what_it_was_told() -> None:
    """Keeper, region, object type, cycle and review are kept; no review unless asked for."""
    model = begun(reviewed=True)
    assert (model.id, model.department, model.region) == ("m1", "d1", "450100")
    assert (model.object_type, model.cycle, model.reviewed) == ("firm", Cycle.YEAR, True)
    assert model.draft == definition()
    assert begun().reviewed is False


def test_every_change_of_a_model_is_told() -> None:
    """Each verb leaves one event: when, which model, what, and the newest version then."""
    model = begun()
    model.change_basics(cycle=Cycle.MONTH, object_type="person", reviewed=False, at=NOON)
    model.appoint_review_group(ReviewGroup(name="组", members=("a",)), at=NOON)
    model.enable(at=NOON)
    model.redefine(definition(), at=NOON)
    model.disable(at=NOON)
    assert model.state is LifeState.DISABLED
    assert told(model) == [
        (at, "m1", "risk", what, version)
        for at, what, version in (
            (DAWN, "redefined", 1),
            (NOON, "basics_changed", 1),
            (NOON, "review_group_appointed", 1),
            (NOON, "enabled", 1),
            (NOON, "redefined", 2),
            (NOON, "disabled", 2),
        )
    ]
    other = begun()
    other.delete(at=NOON)
    assert told(other)[-1] == (NOON, "m1", "risk", "deleted", 1)


def test_versions_are_numbered_from_one() -> None:
    """The first and the last number give their versions; others are refused by their number."""
    model = begun()
    model.enable(at=DAWN)
    model.redefine(definition(), at=DAWN)
    model.enable(at=DAWN)
    assert [model.version_numbered(n).version for n in (1, 2)] == [1, 2]
    for number in (0, 3):
        wanted = (because("version_unknown", number=number),)
        assert reasons(lambda n=number: model.version_numbered(n)) == wanted  # type: ignore[misc]


def test_each_fault_of_a_review_group_has_its_field() -> None:
    """Name, members and leader each have their own reason."""
    assert tuple(ReviewGroup(name=" ", members=("a", "a"), leader="c").violations()) == (
        because("review_group_unnamed", "name"),
        because("review_member_twice", "members"),
        because("review_leader_not_member", "leader"),
    )
    assert tuple(ReviewGroup(name="组", members=()).violations()) == (
        because("review_group_empty", "members"),
    )


def test_an_indicator_that_is_not_there_is_named() -> None:
    """Each unknown code is given, for whatever is to be done with it; known ones are switched."""
    model = definition("one", "two")
    with pytest.raises(NoSuchIndicator) as refusal:
        model.switched("x", "one", "y", enabled=False)
    assert refusal.value.violations == (
        because("no_such_indicator", indicator="x"),
        because("no_such_indicator", indicator="y"),
    )
    off = model.switched("one", enabled=False)
    assert [i.enabled for i in off.indicators] == [False, True]
    assert off.switched("one", enabled=True) == model
    assert off.indicators[0].enabled is False


def draft(*subjects: str) -> EvaluationRound:
    """Begin a round at dawn."""
    return EvaluationRound.create(
        id="r1",
        kind=Kind.RISK,
        model_id="m1",
        model_version=1,
        initiator="chief",
        department="d1",
        batch="2026",
        subjects=subjects,
        at=DAWN,
    )


FOUND = evaluate(definition(), {"fines": 1}, AS_OF)


def scored(*subjects: str) -> EvaluationRound:
    """Give a round of which these subjects, out of s1 and s2, are scored."""
    made = draft("s1", "s2")
    made.publish(by="chief", at=DAWN)
    for subject in subjects:
        made.score(subject, FOUND, by="officer", at=NOON)
    return made


def asked() -> EvaluationRound:
    """Give a round whose results a and b review until the deadline."""
    made = scored("s1", "s2")
    made.ask_reviewers(("a", "b"), deadline=DUE, by="officer", at=NOON)
    return made


def test_a_round_begins_with_what_it_was_told() -> None:
    """Model, version, initiator, department, batch and subjects are kept."""
    made = draft("s1", "s2")
    assert (made.id, made.kind, made.model_id, made.model_version) == ("r1", Kind.RISK, "m1", 1)
    assert (made.initiator, made.department, made.batch) == ("chief", "d1", "2026")
    assert made.subjects == ("s1", "s2")
    assert made.steps == (Step(action="created", by="chief", at=DAWN),)


def test_every_step_of_a_round_is_kept_and_told() -> None:
    """Who did what, when, with which words: in the round, and as an event each."""
    made = draft("s1")
    made.edit(batch="2027", subjects=("s1", "s2"), by="chief", at=NOON)
    made.publish(by="chief", at=NOON)
    for subject in ("s1", "s2"):
        made.score(subject, FOUND, by="officer", at=NOON)
    made.ask_reviewers(("a",), deadline=DUE, by="officer", at=NOON)
    made.review(Review(reviewer="a", opinion=Opinion.OBJECTION, text="过高", at=DUE))
    made.reopen(by="chief", at=DUE, note="重评")
    made.ask_reviewers(("a",), deadline=DUE + timedelta(days=1), by="officer", at=DUE)
    made.review(Review(reviewer="a", opinion=Opinion.NO_OBJECTION, text="", at=DUE))
    made.complete(by="chief", at=DUE)
    taken = [
        ("created", "chief", DAWN, ""),
        ("edited", "chief", NOON, ""),
        ("published", "chief", NOON, ""),
        ("scored", "officer", NOON, "s1"),
        ("scored", "officer", NOON, "s2"),
        ("reviewers_asked", "officer", NOON, ""),
        ("objection", "a", DUE, "过高"),
        ("reopened", "chief", DUE, "重评"),
        ("reviewers_asked", "officer", DUE, ""),
        ("no_objection", "a", DUE, ""),
        ("completed", "chief", DUE, ""),
    ]
    level, points = FOUND.level or "", FOUND.total
    assert made.steps == tuple(
        Step(
            action=action,
            by=by,
            at=at,
            note=note,
            level=level if action == "scored" else "",
            points=points if action == "scored" else None,
        )
        for action, by, at, note in taken
    )
    assert made.take_events() == tuple(
        RoundChanged(at=at, round_id="r1", what=action) for action, _, at, _ in taken
    )
    assert made.results == {"s1": FOUND, "s2": FOUND}
    assert (made.batch, made.state) == ("2027", RoundState.COMPLETED)


def test_a_deleted_draft_is_over() -> None:
    """Deleting is a step too; nothing can be done afterwards."""
    made = draft("s1")
    made.delete(by="chief", at=NOON)
    assert made.state is RoundState.DELETED
    assert made.steps[-1] == Step(action="deleted", by="chief", at=NOON)
    assert reasons(lambda: made.edit(batch="x", subjects=(), by="x", at=NOON)) == (
        because("round_is_deleted"),
        because("not_the_initiator"),
    )


def test_a_later_opinion_replaces_the_earlier_one() -> None:
    """Each reviewer has one opinion; the others' stand."""
    made = asked()
    first = Review(reviewer="a", opinion=Opinion.OBJECTION, text="过高", at=NOON)
    other = Review(reviewer="b", opinion=Opinion.NO_OBJECTION, text="", at=NOON)
    last = Review(reviewer="a", opinion=Opinion.NO_OBJECTION, text="", at=DUE)
    for review in (first, other, last):
        made.review(review)
    assert made.reviews == (other, last)


ROUNDS: dict[str, tuple[Callable[[], object], Reasons]] = {
    "edited by another": (
        lambda: draft("s1").edit(batch="x", subjects=(), by="x", at=NOON),
        (because("not_the_initiator"),),
    ),
    "deleted by another": (
        lambda: draft("s1").delete(by="x", at=NOON),
        (because("not_the_initiator"),),
    ),
    "deleted once published": (
        lambda: scored().delete(by="chief", at=NOON),
        (because("round_is_scoring"),),
    ),
    "published without subjects": (
        lambda: draft().publish(by="chief", at=NOON),
        (because("round_without_subjects"),),
    ),
    "published with one twice": (
        lambda: draft("s1", "s1").publish(by="chief", at=NOON),
        (because("round_subject_twice"),),
    ),
    "scored as a draft": (
        lambda: draft("s1").score("s1", FOUND, by="officer", at=NOON),
        (because("round_is_draft"),),
    ),
    "scored with faults": (
        lambda: scored().score(
            "s9",
            evaluate(definition("one", "two").at_version(2), {}, AS_OF),
            by="officer",
            at=NOON,
        ),
        (
            because("subject_of_another_round"),
            because("evaluated_by_another_version"),
            because("evaluation_has_faults", indicators="one, two"),
        ),
    ),
    "reviewed too early by nobody": (
        lambda: scored("s1").ask_reviewers((), deadline=NOON, by="officer", at=NOON),
        (
            because("subjects_unscored", count=1),
            because("round_without_reviewers", "reviewers"),
            because("deadline_passed"),
        ),
    ),
    "an opinion before it was asked for": (
        lambda: scored("s1").review(
            Review(reviewer="a", opinion=Opinion.NO_OBJECTION, text="", at=NOON)
        ),
        (because("round_is_scoring"),),
    ),
    "an objection of nobody": (
        lambda: asked().review(
            Review(
                reviewer="x",
                opinion=Opinion.OBJECTION,
                text=" ",
                at=DUE + timedelta(microseconds=1),
            )
        ),
        (
            because("reviewer_not_asked"),
            because("deadline_passed"),
            because("objection_without_reason"),
        ),
    ),
    "reopened while scoring by another without a reason": (
        lambda: scored().reopen(by="x", at=NOON, note=" "),
        (
            because("round_is_scoring"),
            because("not_the_initiator"),
            because("reopening_without_reason", "note"),
        ),
    ),
    "asked of somebody outside the group": (
        lambda: scored().ask_reviewers(("a", "x"), group=("a",), deadline=DUE, by="o", at=NOON),
        (
            because("subjects_unscored", count=2),
            because("reviewer_not_member", "reviewers", count=1),
        ),
    ),
    "completed by another with reviews pending": (
        lambda: asked().complete(by="x", at=DUE),
        (because("not_the_initiator"), because("reviews_pending", count=2)),
    ),
    "completed unscored": (
        lambda: scored().complete(by="chief", at=NOON),
        (because("subjects_unscored", count=2),),
    ),
    "completed as a draft": (
        lambda: draft("s1").complete(by="chief", at=NOON),
        (because("round_is_draft"),),
    ),
}


@pytest.mark.parametrize("case", ROUNDS)
def test_each_refusal_of_a_round_is_whole(case: str) -> None:
    """Each refused command on a round gives every reason with its data."""
    deed, wanted = ROUNDS[case]
    assert reasons(deed) == wanted


def test_a_back_test_counts_every_level_as_of_its_day() -> None:
    """Pairs are won over all milder levels; the most severe tenth is filled from the top down."""
    model = definition()
    counts = {0: (6, 1), 1: (7, 2), 5: (1, 1)}  # fines: subjects without, with a finding
    cases = [
        Case({"fines": fines}, found=found)
        for fines, (without, with_one) in counts.items()
        for found, times in ((False, without), (True, with_one))
        for _ in range(times)
    ]
    result = back_test(model, model, cases, AS_OF, {"A": Fraction(1, 10), "B": Fraction(1, 3)})
    won = 1 * Fraction(6, 2) + 2 * (6 + Fraction(7, 2)) + 1 * (13 + Fraction(1, 2))
    assert result.ranking_old.concordance == won / (4 * 14)
    # room for 1.8 of 18 subjects: the 2 of C, of whom 1.8/2 count; nothing is left for B
    assert result.ranking_old.captured == Fraction(9, 10) * 1 / 4
    assert result.inspections_old == 1 + 3
    assert result.moved == 0


def test_a_back_test_fills_its_tenth_from_several_levels() -> None:
    """A level that lies wholly within the tenth counts in full, the next by its share."""
    cases = [Case({"fines": 0}, found=False) for _ in range(36)]
    cases += [Case({"fines": 1}, found=n < 1) for n in range(2)]
    cases += [Case({"fines": 5}, found=n < 1) for n in range(2)]
    ranking = back_test(definition(), definition(), cases, AS_OF, {}).ranking_new
    # room for 4 of 40: 2 of C, 2 of B
    assert ranking.captured == 1
    cases += [Case({"fines": 0}, found=False) for _ in range(10)] + cases[36:38]
    ranking = back_test(definition(), definition(), cases, AS_OF, {}).ranking_new
    # 52 subjects: room for 5.2; 2 of C, then 3.2 of the 4 of B
    assert ranking.captured == (1 + Fraction(16, 5) / 4 * 2) / 3


def test_a_back_test_ages_facts_as_of_its_day() -> None:
    """Days become ages as of the day that is given, for both versions."""
    base = definition()
    rule = Bands("since", (Band(None, 365, 1200), Band(365, None, 0)), EXCLUDED)
    aged = evolve(
        base,
        facts=(FactDefinition("since", "成立日期", FactType.DAY),),
        indicators=(Indicator("age", "年限", "all", rule),),
    )
    case = Case({"since": date(2026, 1, 1)}, found=False)
    assert back_test(aged, aged, [case], AS_OF, {}).moves == {("C", "C"): 1}
    assert back_test(aged, aged, [case], date(2027, 1, 1), {}).moves == {("A", "A"): 1}


def test_a_level_within_the_tenth_counts_once() -> None:
    """However much room a level leaves, its own findings are captured once."""
    cases = [Case({"fines": 0}, found=n < 3) for n in range(36)]
    cases += [Case({"fines": 1}, found=False) for _ in range(2)]
    cases += [Case({"fines": 5}, found=n < 1) for n in range(2)]
    ranking = back_test(definition(), definition(), cases, AS_OF, {}).ranking_new
    assert ranking.captured == Fraction(1, 4)


def test_nobody_reviews_what_he_began_or_scored() -> None:
    """By whatever officer an account acts: another one has to agree."""
    made = scored("s1", "s2")
    made.ask_reviewers(("a",), deadline=DUE, by="chief", at=NOON)
    own = Review(reviewer="a", opinion=Opinion.NO_OBJECTION, text="", at=NOON)
    for account in ("chief", "officer"):
        with pytest.raises(Refused, match="decided_by_proposer"):
            made.review(own, by=account)
    made.review(own, by="another")
    made.complete(by="chief", at=NOON)


def test_who_objected_is_asked_again() -> None:
    """Nobody gets rid of an objection by asking others."""
    made = scored("s1", "s2")
    made.ask_reviewers(("a", "b"), deadline=DUE, by="chief", at=NOON)
    made.review(Review(reviewer="a", opinion=Opinion.OBJECTION, text="过高", at=NOON), by="x")
    made.reopen(by="chief", at=NOON, note="重评")
    with pytest.raises(Refused, match="objector_not_asked"):
        made.ask_reviewers(("b",), deadline=DUE, by="chief", at=NOON)
    made.ask_reviewers(("a",), deadline=DUE, by="chief", at=NOON)
