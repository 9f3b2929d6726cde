from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve, fields

from supervision_core.assessment.model import (
    EXCLUDED,
    AssessmentModel,
    Band,
    Bands,
    Case,
    Category,
    CreditModel,
    Cycle,
    EvaluationRound,
    FactDefinition,
    FactType,
    Indicator,
    Kind,
    Level,
    LifeState,
    ModelNotChangeable,
    Opinion,
    Review,
    ReviewGroup,
    ReviewGroupNotUsable,
    RiskModel,
    RoundNotChangeable,
    RoundState,
    back_test,
    evaluate,
    total_scale,
)
from supervision_core.assessment.model.rounds import VERBS
from supervision_core.kernel.errors import Refused
from supervision_core.kernel.plain import from_plain, to_plain

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
AS_OF = date(2026, 11, 24)
STEPS = (Band(None, 1, 0), Band(1, 5, 600), Band(5, None, 1200))


def definition(cut: int = 500, kind: Kind = Kind.RISK) -> AssessmentModel:
    """Give a model of one indicator and two levels."""
    return AssessmentModel(
        kind=kind,
        code="model",
        name="模型",
        facts=(FactDefinition("fines", "罚款次数", FactType.INTEGER),),
        categories=(Category("all", "全部"),),
        indicators=(Indicator("fines", "罚款", "all", Bands("fines", STEPS, EXCLUDED)),),
        levels=(Level("A", "低"), Level("B", "高")),
        grader=total_scale((Band(None, cut, "A"), Band(cut, None, "B"))),
    )


def risk_model(**given: Any) -> RiskModel:
    """Give a drafted risk model."""
    usual = {"id": "m1", "department": "d1", "region": "450000", "object_type": "firm"}
    return RiskModel.create(
        **{"definition": definition(), "cycle": Cycle.YEAR, "at": AT, **usual, **given}
    )


def refusal_codes(refusal: pytest.ExceptionInfo[Any]) -> list[str]:
    """Give the codes of every reason."""
    error = refusal.value
    assert isinstance(error, Refused)
    return [violation.code for violation in error.violations]


@pytest.mark.function("F170")
def test_an_enabled_version_never_changes() -> None:
    """A change of an enabled model is a new version beside the one in force."""
    model = risk_model()
    model.enable(at=AT)
    first = model.current()
    model.redefine(definition(700), at=AT)
    assert (model.current(), model.current().version) == (first, 1)
    assert model.draft is not None
    assert model.draft.version == 2
    model.enable(at=AT)
    assert model.current() == definition(700).at_version(2)
    assert model.version_numbered(1) == first
    assert [m.version for m in model.versions] == [1, 2]


@pytest.mark.function("F170")
def test_a_model_that_was_enabled_cannot_be_deleted() -> None:
    """Deleting is for models that never were in force; results may depend on the others."""
    model = risk_model()
    model.enable(at=AT)
    model.disable(at=AT)
    with pytest.raises(ModelNotChangeable) as refusal:
        model.delete(at=AT)
    assert refusal_codes(refusal) == ["assessment.model_is_disabled"]
    fresh = risk_model()
    fresh.delete(at=AT)
    assert fresh.state is LifeState.DELETED
    for verb in (fresh.delete, fresh.enable):
        with pytest.raises(ModelNotChangeable) as refusal:
            verb(at=AT)
        assert refusal_codes(refusal) == ["assessment.model_is_deleted"]


@pytest.mark.function("F164")
def test_a_disabled_model_assesses_nothing_until_enabled_again() -> None:
    """Only an enabled model has a version in force; enabling again brings it back."""
    model = risk_model()
    for _ in range(2):
        with pytest.raises(ModelNotChangeable) as refusal:
            model.current()
        assert refusal_codes(refusal) == ["assessment.not_enabled"]
        model.enable(at=AT)
        with pytest.raises(ModelNotChangeable) as refusal:
            model.enable(at=AT)
        assert refusal_codes(refusal) == ["assessment.already_enabled"]
        model.disable(at=AT)
        with pytest.raises(ModelNotChangeable) as refusal:
            model.disable(at=AT)
        assert refusal_codes(refusal) == ["assessment.model_is_disabled"]
    assert len(model.versions) == 1


def test_a_faulty_draft_cannot_be_enabled() -> None:
    """Enabling gives every fault of the draft, and the model stays as it was."""
    model = risk_model(definition=evolve(definition(), levels=()), reviewed=True)
    with pytest.raises(ModelNotChangeable) as refusal:
        model.enable(at=AT)
    assert refusal_codes(refusal) == [
        "assessment.levels_missing",
        "assessment.level_unknown",
        "assessment.level_unknown",
        "assessment.review_leader_missing",
    ]
    assert (model.state, model.versions) == (LifeState.DRAFT, ())


@pytest.mark.function("F167")
def test_a_reviewed_model_needs_a_group_with_a_leader() -> None:
    """Where results are reviewed, a group and its leader are appointed before enabling."""
    model = risk_model(reviewed=True)
    model.appoint_review_group(ReviewGroup(name="组", members=("a", "b")), at=AT)
    with pytest.raises(ModelNotChangeable) as refusal:
        model.enable(at=AT)
    assert refusal_codes(refusal) == ["assessment.review_leader_missing"]
    model.appoint_review_group(ReviewGroup(name="组", members=("a", "b"), leader="b"), at=AT)
    model.enable(at=AT)
    assert model.state is LifeState.ENABLED


def test_a_review_group_states_every_fault() -> None:
    """A group has a name, members, none twice, and a leader among them."""
    with pytest.raises(ReviewGroupNotUsable) as refusal:
        risk_model().appoint_review_group(
            ReviewGroup(name=" ", members=("a", "a"), leader="c"), at=AT
        )
    assert refusal_codes(refusal) == [
        "assessment.review_group_unnamed",
        "assessment.review_member_twice",
        "assessment.review_leader_not_member",
    ]
    assert [v.code for v in ReviewGroup(name="a", members=()).violations()] == [
        "assessment.review_group_empty"
    ]


@pytest.mark.function("F166")
def test_basics_change_only_out_of_force() -> None:
    """While enabled nothing changes; once enabled the object type stays for good."""
    model = risk_model()
    model.change_basics(cycle=Cycle.MONTH, object_type="person", reviewed=False, at=AT)
    assert (model.cycle.months, model.object_type) == (1, "person")
    model.enable(at=AT)
    with pytest.raises(ModelNotChangeable) as refusal:
        model.change_basics(cycle=Cycle.YEAR, object_type="firm", reviewed=True, at=AT)
    assert refusal_codes(refusal) == [
        "assessment.model_is_enabled",
        "assessment.object_type_fixed",
    ]
    model.disable(at=AT)
    model.change_basics(cycle=Cycle.TWO_YEARS, object_type="person", reviewed=False, at=AT)
    assert model.cycle.months == 24


def test_risk_and_credit_are_not_interchangeable() -> None:
    """A credit model takes no risk definition."""
    with pytest.raises(ModelNotChangeable) as refusal:
        CreditModel.create(
            id="c",
            department="d",
            region="450000",
            object_type="firm",
            cycle=Cycle.YEAR,
            definition=definition(),
            at=AT,
        )
    assert refusal_codes(refusal) == ["assessment.kind_differs"]


def test_a_model_survives_storage() -> None:
    """Every field of a filled model comes back from plain JSON."""
    model = risk_model(reviewed=True)
    model.appoint_review_group(ReviewGroup(name="组", members=("a",), leader="a"), at=AT)
    model.enable(at=AT)
    model.redefine(definition(700), at=AT)
    back = from_plain(RiskModel, to_plain(model))
    for attribute in fields(RiskModel):
        if attribute.init:
            assert getattr(back, attribute.name) == getattr(model, attribute.name), attribute.name
    assert [type(e).__name__ for e in model.take_events()] == ["ModelChanged"] * 4


def round_of(*subjects: str, reviewed: bool = False) -> EvaluationRound:
    """Give a draft."""
    return EvaluationRound.create(
        id="r1",
        kind=Kind.RISK,
        model_id="m1",
        model_version=1,
        initiator="chief",
        department="d1",
        batch="2026",
        subjects=subjects,
        reviewed=reviewed,
        at=AT,
    )


def owed(found: EvaluationRound) -> set[str]:
    """Name what somebody owes to a round."""
    return {one.verb for one in VERBS.duties(found, "evaluation_round")}


def scored_round(*, reviewed: bool = False) -> EvaluationRound:
    """Give a round of two scored subjects."""
    found = round_of("s1", "s2", reviewed=reviewed)
    found.publish(by="chief", at=AT)
    for subject in ("s1", "s2"):
        evaluation = evaluate(definition(), {"fines": 1}, AS_OF)
        found.score(subject, evaluation, by="officer", at=AT)
    return found


@pytest.mark.function("F171")
def test_a_draft_is_its_authors_alone() -> None:
    """Only its author edits, deletes or publishes a draft; a published round is no draft."""
    draft = round_of("s1")
    with pytest.raises(RoundNotChangeable) as refusal:
        draft.publish(by="other", at=AT)
    assert refusal_codes(refusal) == ["assessment.not_the_initiator"]
    draft.edit(batch="2027", subjects=("s1", "s1"), by="chief", at=AT)
    with pytest.raises(RoundNotChangeable) as refusal:
        draft.publish(by="chief", at=AT)
    assert refusal_codes(refusal) == ["assessment.round_subject_twice"]
    draft.edit(batch="2027", subjects=(), by="chief", at=AT)
    with pytest.raises(RoundNotChangeable) as refusal:
        draft.publish(by="chief", at=AT)
    assert refusal_codes(refusal) == ["assessment.round_without_subjects"]
    draft.edit(batch="2027", subjects=("s1",), by="chief", at=AT)
    draft.publish(by="chief", at=AT)
    with pytest.raises(RoundNotChangeable) as refusal:
        draft.delete(by="other", at=AT)
    assert refusal_codes(refusal) == [
        "assessment.round_is_scoring",
        "assessment.not_the_initiator",
    ]


def test_a_draft_counts_as_no_evaluation() -> None:
    """评价次数 of a model: neither drafts count, nor those that were deleted."""
    draft, published = round_of("s1"), round_of("s1")
    assert not draft.counted
    published.publish(by="chief", at=AT)
    assert published.counted
    draft.delete(by="chief", at=AT)
    assert not draft.counted


@pytest.mark.function("F172")
def test_a_score_is_of_this_round_and_version_and_without_faults() -> None:
    """What cannot be the result of this round is refused with every reason."""
    found = round_of("s1")
    found.publish(by="chief", at=AT)
    refused = evaluate(definition().at_version(2), {"fines": 1}, AS_OF)
    with pytest.raises(RoundNotChangeable) as refusal:
        found.score("s9", refused, by="officer", at=AT)
    assert refusal_codes(refusal) == [
        "assessment.subject_of_another_round",
        "assessment.evaluated_by_another_version",
    ]
    with pytest.raises(RoundNotChangeable) as refusal:
        found.complete(by="chief", at=AT)
    assert refusal_codes(refusal) == ["assessment.subjects_unscored"]


@pytest.mark.function("F173")
def test_an_objection_blocks_until_it_is_settled() -> None:
    """With an objection the round is scored again; an objection states its reason."""
    found = scored_round()
    deadline = AT + timedelta(days=3)
    found.ask_reviewers(("a", "b"), deadline=deadline, by="officer", at=AT)
    silent = Review(reviewer="a", opinion=Opinion.OBJECTION, text=" ", at=AT)
    with pytest.raises(RoundNotChangeable) as refusal:
        found.review(evolve(silent, reviewer="c", at=deadline + timedelta(seconds=1)))
    assert refusal_codes(refusal) == [
        "assessment.reviewer_not_asked",
        "assessment.deadline_passed",
        "assessment.objection_without_reason",
    ]
    found.review(evolve(silent, text="分值过高", at=deadline))
    with pytest.raises(RoundNotChangeable) as refusal:
        found.complete(by="officer", at=deadline)
    assert refusal_codes(refusal) == [
        "assessment.not_the_initiator",
        "assessment.objection_stands",
        "assessment.reviews_pending",
    ]
    found.reopen(by="chief", at=deadline, note="重评")
    assert found.state is RoundState.SCORING


@pytest.mark.function("F174")
def test_a_round_completes_when_all_are_heard_or_the_deadline_is_over() -> None:
    """No objection, and nobody left to hear: the initiator archives the round."""
    deadline = AT + timedelta(days=3)
    heard = scored_round()
    heard.ask_reviewers(("a",), deadline=deadline, by="officer", at=AT)
    heard.review(Review(reviewer="a", opinion=Opinion.OBJECTION, text="x", at=AT))
    heard.review(Review(reviewer="a", opinion=Opinion.NO_OBJECTION, text="", at=AT))
    heard.complete(by="chief", at=AT)
    late = scored_round()
    late.ask_reviewers(("a",), deadline=deadline, by="officer", at=AT)
    late.complete(by="chief", at=deadline + timedelta(seconds=1))
    unreviewed = scored_round()
    unreviewed.complete(by="chief", at=AT)
    assert {r.state for r in (heard, late, unreviewed)} == {RoundState.COMPLETED}
    assert [step.action for step in heard.steps][-3:] == ["objection", "no_objection", "completed"]
    with pytest.raises(RoundNotChangeable) as refusal:
        heard.complete(by="chief", at=AT)
    assert refusal_codes(refusal) == ["assessment.round_is_completed"]


def test_an_objection_is_not_got_round_by_scoring_again() -> None:
    """退回重新评分: archived at once, nobody asked the objector whether the scores are right."""
    found = scored_round()
    deadline = AT + timedelta(days=3)
    found.ask_reviewers(("a",), deadline=deadline, by="officer", at=AT)
    found.review(Review(reviewer="a", opinion=Opinion.OBJECTION, text="x", at=AT))
    found.reopen(by="chief", at=AT, note="已核对")
    assert "complete" not in owed(found)
    with pytest.raises(RoundNotChangeable) as refusal:
        found.complete(by="chief", at=AT)
    assert refusal_codes(refusal) == ["assessment.objector_unheard"]
    found.ask_reviewers(("a",), deadline=deadline, by="officer", at=AT)
    found.review(Review(reviewer="a", opinion=Opinion.NO_OBJECTION, text="", at=AT))
    found.complete(by="chief", at=AT)


def test_reviewers_have_a_day_at_least() -> None:
    """Of two one agreed at once; a second later the term of the other was over."""
    found = scored_round()
    for least in (timedelta(seconds=1), timedelta(days=1) - timedelta(seconds=1)):
        with pytest.raises(RoundNotChangeable) as refusal:
            found.ask_reviewers(("a", "b"), deadline=AT + least, by="officer", at=AT)
        assert refusal_codes(refusal) == ["assessment.deadline_too_soon"]
    found.ask_reviewers(("a", "b"), deadline=AT + timedelta(days=1), by="officer", at=AT)


def test_each_score_that_was_given_is_kept() -> None:
    """A second score of a subject replaces the first, and the first is seen in the steps."""
    found = scored_round()
    again = evaluate(definition(), {"fines": 9}, AS_OF)
    found.score("s1", again, by="officer", at=AT)
    first, _, second = (one for one in found.steps if one.action == "scored")
    was = scored_round().results["s1"]
    assert (first.level, first.points) == (was.level, was.total)
    assert (second.level, second.points) == (again.level, again.total)
    assert first.points != second.points


def test_what_one_person_did_alone_is_marked() -> None:
    """Begun, scored and archived by one, with nobody asked: each reader sees so."""
    for by, alone in (("chief", True), ("officer", False)):
        found = round_of("s1")
        found.publish(by="chief", at=AT)
        found.score("s1", evaluate(definition(), {"fines": 1}, AS_OF), by=by, at=AT)
        assert not found.alone
        found.complete(by="chief", at=AT)
        assert found.alone is alone


@pytest.mark.parametrize("asked", [False, True])
def test_what_the_model_has_reviewed_is_not_completed_unheard(asked: bool) -> None:  # noqa: FBT001
    """是否评审: no archive without an opinion, were the deadline over; then the way is free."""
    deadline = AT + timedelta(days=3)
    found = scored_round(reviewed=True)
    assert owed(found) == {"ask_reviewers"}
    if asked:
        found.ask_reviewers(("a",), deadline=deadline, by="officer", at=AT)
    with pytest.raises(RoundNotChangeable) as refusal:
        found.complete(by="chief", at=deadline + timedelta(seconds=1))
    assert refusal_codes(refusal) == ["assessment.review_missing"]
    if not asked:
        found.ask_reviewers(("a",), deadline=deadline, by="officer", at=AT)
    assert owed(found) == {"review"}
    found.review(Review(reviewer="a", opinion=Opinion.NO_OBJECTION, text="", at=AT))
    assert owed(found) == {"complete"}
    found.complete(by="chief", at=AT)
    assert found.state is RoundState.COMPLETED


def test_reopened_it_asks_everybody_anew() -> None:
    """Opinions were of the points before: what is scored again is reviewed again."""
    found = scored_round(reviewed=True)
    found.ask_reviewers(("a",), deadline=AT + timedelta(days=3), by="officer", at=AT)
    found.review(Review(reviewer="a", opinion=Opinion.OBJECTION, text="过高", at=AT))
    assert owed(found) == {"reopen"}
    found.reopen(by="chief", at=AT, note="重评")
    assert (found.reviewers, found.deadline, found.reviews) == ((), None, ())


def test_reviewers_are_asked_before_the_deadline() -> None:
    """Asking wants somebody to ask and time to answer."""
    with pytest.raises(RoundNotChangeable) as refusal:
        scored_round().ask_reviewers((), deadline=AT, by="officer", at=AT)
    assert refusal_codes(refusal) == [
        "assessment.round_without_reviewers",
        "assessment.deadline_passed",
    ]


def test_a_back_test_shows_who_moves_and_how_well_each_version_ranks() -> None:
    """Moves, inspections and ranking are exact: no float decides."""
    cases = [Case({"fines": n}, found=n >= 5) for n in (0, 0, 1, 1, 1, 1, 5, 5, 5, 5)]
    ratios = {"A": Fraction(1, 20), "B": Fraction(1, 2)}
    result = back_test(definition(500), definition(1000), cases, AS_OF, ratios)
    assert result.moves == {("A", "A"): 2, ("B", "A"): 4, ("B", "B"): 4}
    assert (result.moved, result.inspections_old, result.inspections_new) == (4, 5, 3)
    assert result.more_inspections == -2
    # old: 4 findings against 2 in A (won) and 4 in B (tied): (8 + 8) / ... of 24 pairs
    assert result.ranking_old.concordance == Fraction(4 * 2 + 4 * 4 * Fraction(1, 2), 24)
    assert result.ranking_new.concordance == 1
    assert result.ranking_old.captured == Fraction(1, 8) * 4 / 4
    assert result.ranking_new.captured == Fraction(1, 4)


def test_a_back_test_without_findings_ranks_nothing() -> None:
    """Where nothing was ever found there is nothing to rank by."""
    result = back_test(definition(), definition(), [Case({"fines": 1}, found=False)], AS_OF, {})
    assert (result.ranking_old.concordance, result.ranking_old.captured) == (None, None)
    assert (result.moved, result.inspections_new) == (0, 0)
