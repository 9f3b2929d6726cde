"""The aggregate of one draw: no forbidden step is possible, and each refusal names its reason."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from supervision_core.draws.model.assignment import assign
from supervision_core.draws.model.draw import (
    CommitmentRefused,
    Draw,
    DrawAdjusted,
    DrawCleared,
    DrawFrozen,
    DrawNotAdjustable,
    DrawNotClearable,
    DrawNotComplete,
    DrawNotFrozen,
    DrawState,
    InspectorsAssigned,
    InspectorsNotAssignable,
    NonceCommitted,
    NonceRefused,
    NonceRevealed,
    RoundNotRepeatable,
    RoundRepeated,
    SubjectsDrawn,
)
from supervision_core.draws.model.picking import pick, pick_items
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.ranking import commitment, seed_of
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.model.selection import Action
from supervision_core.draws.model.staffing import Ground, Recusal
from supervision_core.kernel.errors import Refused
from supervision_core.testing.draws import (
    DUE,
    MOMENT,
    NONCES,
    POOL,
    RULE,
    completed_draw,
    deposit,
    earlier_draw,
    frozen_draw,
    opened_draw,
    staffing_for,
)

LATER = DUE + timedelta(hours=1)
EIGHT = Pool.of([(f"f{n}", "A") for n in range(8)])
STATES = list(DrawState)


def _codes(refused: Refused) -> list[str]:
    return [each.code for each in refused.violations]


def _draw(contributors: tuple[str, ...] = ("a", "b"), spent: tuple[bytes, ...] = ()) -> Draw:
    rule = Rule.of({"strata": {"A": {"count": 3}}})
    kept = frozenset(spent)
    return earlier_draw("d", EIGHT, contributors, task="t", lead="a", rule=rule, spent=kept)


def _nonce(contributor: str) -> bytes:
    return contributor.encode() * 32


def _committed() -> Draw:
    draw = _draw()
    for each in ("b", "a"):
        draw.commit(each, commitment(each, _nonce(each)), at=MOMENT)
    draw.take_events()
    return draw


def _drawn() -> Draw:
    draw = _committed()
    for each in ("a", "b"):
        draw.reveal(each, _nonce(each), at=DUE)
    draw.complete(EIGHT, at=DUE)
    draw.take_events()
    return draw


def _adjusted() -> Draw:
    draw = _drawn()
    draw.adjust(Action.REMOVE, draw.picks[0].id, by="u", reason="停业", at=LATER)
    return draw


def _cleared() -> Draw:
    draw = _drawn()
    draw.clear(by="u", reason="错抽", at=LATER)
    return draw


def _deposited() -> Draw:
    rule = Rule.of({"strata": {"A": {"count": 3}}})
    draw = frozen_draw("d", EIGHT, task="t", lead="a", rule=rule)
    for one in draw.round.contributors:
        deposit(draw, one)
    draw.take_events()
    return draw


def _closed() -> Draw:
    draw = _deposited()
    draw.close(at=MOMENT)
    draw.take_events()
    return draw


def _opened() -> Draw:
    draw = opened_draw(_deposited())
    draw.take_events()
    return draw


IN_STATE: dict[DrawState, Callable[[], Draw]] = {
    DrawState.DEPOSITING: _deposited,
    DrawState.CLOSED: _closed,
    DrawState.OPENED: _opened,
    DrawState.COLLECTING: _draw,
    DrawState.REVEALING: _committed,
    DrawState.DRAWN: _drawn,
    DrawState.ADJUSTED: _adjusted,
    DrawState.CLEARED: _cleared,
}


def _refused(error: type[Refused], act: Callable[[], object]) -> list[str]:
    with pytest.raises(error) as refused:
        act()
    assert type(refused.value) is error
    return _codes(refused.value)


def test_strata_are_called_by_their_names() -> None:
    """What names a stratum has was told when it was frozen; it is called as in the rule without."""
    assert [frozen_draw().level(one) for one in "AB"] == ["一级", "B"]


def test_freezing_is_recorded() -> None:
    """A new draw awaits deposits, knows whose it is, and says what was frozen."""
    draw = frozen_draw()
    (event,) = draw.take_events()
    assert event == DrawFrozen(
        at=MOMENT,
        draw="draw-1",
        task="task-1",
        pool_hash=draw.pool_hash.hex(),
        rule_hash=draw.rule.hash.hex(),
        contributors=("dept-farm", "dept-late", "dept-market"),
        due=DUE,
    )
    assert draw.state is DrawState.DEPOSITING
    assert draw.departments == {"dept-farm", "dept-late", "dept-market"}
    assert (draw.region, draw.lead) == ("450100", "dept-market")
    assert draw.seed is None
    assert draw.selection == ()
    assert draw.items(POOL) == {}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"contributors": ()}, ["draws.contributors_missing"]),
        ({"contributors": ("a", "a")}, ["draws.contributor_repeated"]),
        ({"contributors": ("a", "\x1f")}, ["draws.id_unusable"]),
        ({"contributors": ("",)}, ["draws.id_missing"]),
        ({"due": MOMENT}, ["draws.deadline_not_ahead"]),
        ({"rule": {"strata": {"B": {"count": 1}}}}, ["draws.stratum_without_quota"]),
        ({"rule": {"strata": {"A": {"ratio": "5"}}}}, ["draws.ratio_over_one"]),
        (
            {"rule": {"strata": {"B": {"ratio": "2"}}}, "contributors": (), "due": MOMENT},
            [
                "draws.stratum_without_quota",
                "draws.ratio_over_one",
                "draws.contributors_missing",
                "draws.deadline_not_ahead",
            ],
        ),
    ],
)
def test_unfreezable(changes: dict[str, object], expected: list[str]) -> None:
    """A draw does not begin without quotas for all, contributors and a deadline ahead."""
    told: dict[str, Any] = {"rule": {"strata": {"A": {"count": 1}}}} | changes
    with pytest.raises(DrawNotFrozen) as refused:
        frozen_draw(pool=Pool.of([("f", "A")]), **told | {"rule": Rule.of(told["rule"])})
    assert _codes(refused.value) == expected


def test_commitments_are_bound_to_pool_and_rule() -> None:
    """Each commitment is recorded with the hashes it was made for; the last opens the reveals."""
    draw = _draw()
    one = commitment("b", _nonce("b"))
    draw.commit("b", one, at=MOMENT)
    assert draw.state.value == "collecting"
    assert draw.round.missing() == ("a",)
    assert draw.take_events() == (
        NonceCommitted(
            at=MOMENT,
            draw="d",
            contributor="b",
            commitment=one.hex(),
            pool_hash=draw.pool_hash.hex(),
            rule_hash=draw.rule.hash.hex(),
        ),
    )
    draw.commit("a", commitment("a", _nonce("a")), at=DUE)
    assert draw.state is DrawState.REVEALING
    assert [each.contributor for each in draw.round.contributions] == ["a", "b"]
    assert draw.round.missing() == ("a", "b")
    assert draw.round.contributions[1].committed_at == MOMENT


def test_commitment_refusals() -> None:
    """Strangers, second, late, malformed, copied and spent commitments are refused."""
    draw = _draw(spent=(b"\x09" * 32,))
    one = commitment("a", _nonce("a"))
    after = DUE + timedelta(microseconds=1)
    commit, error = draw.commit, CommitmentRefused
    assert _refused(error, lambda: commit("x", one, at=MOMENT)) == ["draws.contributor_unknown"]
    assert _refused(error, lambda: commit("a", one, at=after)) == ["draws.deadline_passed"]
    short = ["draws.commitment_malformed"]
    assert _refused(error, lambda: commit("a", one[:31], at=MOMENT)) == short
    assert _refused(error, lambda: commit("a", b"\x09" * 32, at=MOMENT)) == [
        "draws.commitment_used"
    ]
    assert _refused(error, lambda: commit("x", b"", at=after)) == [
        "draws.contributor_unknown",
        "draws.deadline_passed",
        "draws.commitment_malformed",
    ]
    draw.commit("a", one, at=MOMENT)
    assert _refused(error, lambda: commit("a", one, at=MOMENT)) == ["draws.already_committed"]
    assert _refused(error, lambda: commit("b", one, at=MOMENT)) == ["draws.commitment_used"]
    assert draw.used_commitments() == {one, b"\x09" * 32}


@pytest.mark.parametrize("state", [each for each in STATES if each is not DrawState.COLLECTING])
def test_commitments_only_while_collecting(state: DrawState) -> None:
    """Nobody commits once the reveals have begun, in any later state."""
    draw = IN_STATE[state]()
    assert draw.state is state
    refused = _refused(CommitmentRefused, lambda: draw.commit("x", b"", at=LATER))
    assert refused == [f"draws.draw_is_{state}"]


def test_reveal_refusals() -> None:
    """Only the nonce that was committed to is taken, once, in time, from its contributor."""
    draw = _committed()
    after = DUE + timedelta(microseconds=1)
    reveal, error = draw.reveal, NonceRefused
    assert _refused(error, lambda: reveal("a", _nonce("b"), at=DUE)) == ["draws.nonce_differs"]
    assert _refused(error, lambda: reveal("a", b"a" * 31, at=DUE)) == ["draws.nonce_malformed"]
    assert _refused(error, lambda: reveal("x", b"", at=DUE)) == ["draws.contributor_unknown"]
    late = ["draws.deadline_passed"]
    assert _refused(error, lambda: reveal("a", _nonce("a"), at=after)) == late
    draw.reveal("a", _nonce("a"), at=DUE)
    assert draw.take_events() == (
        NonceRevealed(at=DUE, draw="d", contributor="a", nonce=_nonce("a").hex()),
    )
    assert _refused(error, lambda: reveal("a", _nonce("a"), at=DUE)) == ["draws.already_revealed"]
    first = draw.round.contributions[0]
    assert (first.nonce, first.revealed_at) == (_nonce("a"), DUE)
    assert draw.round.contributions[1].nonce is None
    assert draw.round.missing() == ("b",)


@pytest.mark.parametrize("state", [each for each in STATES if each is not DrawState.REVEALING])
def test_reveals_only_after_all_commitments(state: DrawState) -> None:
    """Nobody reveals before all have committed, nor after the pick."""
    draw = IN_STATE[state]()
    assert _refused(NonceRefused, lambda: draw.reveal("a", _nonce("a"), at=MOMENT)) == [
        f"draws.draw_is_{state}"
    ]


def test_commitment_cannot_be_copied() -> None:
    """Who copies another's commitment cannot reveal it: it is bound to its contributor."""
    draw = _draw(("a", "b", "c"))
    theirs = commitment("a", _nonce("a"))
    forged = commitment("b", _nonce("a"))
    assert theirs != forged
    draw.commit("a", theirs, at=MOMENT)
    refused = _refused(CommitmentRefused, lambda: draw.commit("b", theirs, at=MOMENT))
    assert refused == ["draws.commitment_used"]


def test_late_are_named_and_the_round_repeated() -> None:
    """Who does not reveal in time is named; the rest begin anew, every nonce new."""
    draw = _committed()
    draw.reveal("a", _nonce("a"), at=DUE)
    draw.take_events()
    again = LATER + timedelta(hours=1)
    draw.repeat_round(due=again, at=LATER)
    assert draw.take_events() == (
        RoundRepeated(at=LATER, draw="d", late=("b",), contributors=("a",), due=again),
    )
    assert draw.state is DrawState.COLLECTING
    assert draw.rounds[0].late == ("b",)
    assert draw.rounds[0].contributions[0].nonce == _nonce("a")
    assert (draw.round.contributors, draw.round.contributions) == (("a",), ())
    old = commitment("a", _nonce("a"))
    refused = _refused(CommitmentRefused, lambda: draw.commit("a", old, at=LATER))
    assert refused == ["draws.commitment_used"]
    draw.commit("a", commitment("a", b"n" * 32), at=LATER)
    draw.reveal("a", b"n" * 32, at=LATER)
    draw.complete(EIGHT, at=LATER)
    assert draw.seed == seed_of(draw.pool_hash, draw.rule.hash, {"a": b"n" * 32})
    assert draw.departments == {"a", "b"}


def test_late_to_commit_are_named_too() -> None:
    """Who does not even commit in time is left out in the same way."""
    draw = _draw()
    draw.commit("b", commitment("b", _nonce("b")), at=MOMENT)
    draw.repeat_round(due=LATER + timedelta(hours=1), at=LATER)
    assert draw.rounds[0].late == ("a",)
    assert draw.round.contributors == ("b",)


def test_repeat_refusals() -> None:
    """No round is repeated early, without anyone late, or with nobody left."""
    error = RoundNotRepeatable
    ahead = LATER + timedelta(hours=1)
    draw = _committed()
    draw.reveal("a", _nonce("a"), at=DUE)
    repeat = draw.repeat_round
    assert _refused(error, lambda: repeat(due=ahead, at=DUE)) == ["draws.deadline_ahead"]
    assert _refused(error, lambda: repeat(due=LATER, at=LATER)) == ["draws.deadline_not_ahead"]
    draw.reveal("b", _nonce("b"), at=DUE)
    assert _refused(error, lambda: repeat(due=ahead, at=LATER)) == ["draws.nobody_late"]
    nobody = _committed()
    assert _refused(error, lambda: nobody.repeat_round(due=DUE, at=DUE)) == [
        "draws.deadline_ahead",
        "draws.nobody_left",
        "draws.deadline_not_ahead",
    ]
    for state in (DrawState.DRAWN, DrawState.ADJUSTED, DrawState.CLEARED):
        over = IN_STATE[state]()
        found = _refused(error, lambda over=over: over.repeat_round(due=ahead, at=LATER))  # type: ignore[misc]
        assert found == [f"draws.draw_is_{state}"]


@pytest.mark.function("F106")
def test_completion_picks_by_the_definition() -> None:
    """The seed and picks are those that anyone computes from the revealed nonces."""
    draw = _committed()
    for each in ("b", "a"):
        draw.reveal(each, _nonce(each), at=DUE)
    draw.take_events()
    draw.complete(EIGHT, at=LATER)
    seed = seed_of(draw.pool_hash, draw.rule.hash, {"a": _nonce("a"), "b": _nonce("b")})
    assert draw.seed == seed
    assert draw.picks == pick(seed, EIGHT, draw.rule)
    assert draw.selection == tuple(each.id for each in draw.picks)
    assert draw.state is DrawState.DRAWN
    assert draw.take_events() == (
        SubjectsDrawn(at=LATER, draw="d", task="t", seed=seed.hex(), picked=3),
    )


def test_completion_refusals() -> None:
    """Nothing is picked before every nonce is known, and never twice."""
    draw = _committed()
    draw.reveal("b", _nonce("b"), at=DUE)
    with pytest.raises(DrawNotComplete) as refused:
        draw.complete(EIGHT, at=DUE)
    assert [(each.code, each.data["id"]) for each in refused.value.violations] == [
        ("draws.nonce_missing", "a")
    ]
    for state in STATES:
        if state not in {DrawState.REVEALING, DrawState.OPENED}:
            other = IN_STATE[state]()
            found = _refused(DrawNotComplete, lambda other=other: other.complete(EIGHT, at=DUE))  # type: ignore[misc]
            assert found == [f"draws.draw_is_{state}"]


@pytest.mark.function("F106")
def test_items_follow_the_selection() -> None:
    """Check items are drawn for each selected subject, one added by hand included."""
    draw = completed_draw()
    draw.adjust(Action.ADD, "outside", by="u", reason="举报", at=LATER)
    draw.adjust(Action.REMOVE, draw.picks[0].id, by="u", reason="停业", at=LATER)
    items = draw.items(POOL)
    assert tuple(items) == draw.selection
    strata = {each.id: each.stratum for each in draw.picks}
    seed = draw.seed or b""
    assert items == {
        each: pick_items(seed, each, strata.get(each), draw.rule) for each in draw.selection
    }
    assert set(items["outside"]) == {"item-1", "item-2"}
    assert draw.rule.document == RULE


def test_adjustments_are_marked() -> None:
    """A subject added or removed by hand stands with by, at and reason, beside the picks."""
    draw = _drawn()
    first, *rest = draw.selection
    draw.adjust(Action.REMOVE, first, by="u-1", reason="停业", at=LATER)
    draw.adjust(Action.ADD, "extra", by="u-2", reason="举报", at=LATER)
    assert draw.selection == (*rest, "extra")
    assert draw.state is DrawState.ADJUSTED
    assert [each.id for each in draw.picks] == [first, *rest]
    assert [(each.action, each.id, each.by, each.reason) for each in draw.adjustments] == [
        (Action.REMOVE, first, "u-1", "停业"),
        (Action.ADD, "extra", "u-2", "举报"),
    ]
    assert draw.take_events()[1] == DrawAdjusted(
        at=LATER, draw="d", task="t", action="add", subject="extra", by="u-2", reason="举报"
    )


def test_adjustment_refusals() -> None:
    """No adjustment without a reason, twice, of nothing, or outside the result's life."""
    draw = _drawn()
    chosen = draw.selection[0]

    def act(action: Action, subject: str, reason: str) -> list[str]:
        return _refused(
            DrawNotAdjustable,
            lambda: draw.adjust(action, subject, by="u", reason=reason, at=LATER),
        )

    assert act(Action.ADD, chosen, "r") == ["draws.already_selected"]
    assert act(Action.REMOVE, "other", "r") == ["draws.not_selected"]
    assert act(Action.ADD, "new", " ") == ["draws.reason_missing"]
    assert act(Action.ADD, "", "") == ["draws.reason_missing", "draws.id_missing"]
    for state in (DrawState.COLLECTING, DrawState.REVEALING, DrawState.CLEARED):
        draw = IN_STATE[state]()
        assert act(Action.ADD, "new", "r") == [f"draws.draw_is_{state}"]


def test_a_removed_subject_is_not_added_for_other_officers() -> None:
    """Whose officers were drawn comes back by no correction: it would be given other officers."""
    draw = completed_draw()
    chosen, other = draw.selection[:2]
    draw.adjust(Action.REMOVE, other, by="u", reason="r", at=LATER)
    draw.adjust(Action.ADD, other, by="u", reason="r", at=LATER)
    draw.assign_inspectors(staffing_for(draw.course.subjects), at=LATER)
    draw.adjust(Action.REMOVE, chosen, by="u", reason="r", at=LATER)
    again = _refused(
        DrawNotAdjustable,
        lambda: draw.adjust(Action.ADD, chosen, by="u", reason="r", at=LATER),
    )
    assert again == ["draws.removed_with_officers"]


def test_inspectors_for_the_selection() -> None:
    """Every selected subject gets its officers; a later correction voids the assignment."""
    draw = completed_draw()
    draw.take_events()
    staffing = staffing_for(draw.course.subjects)
    draw.assign_inspectors(staffing, at=LATER)
    assert draw.staffing == staffing
    assert draw.assignment is not None
    assert {each.id for each in draw.assignment.visits} == set(draw.selection)
    (event,) = draw.take_events()
    assert isinstance(event, InspectorsAssigned)
    assert event.officers == ("officer-0", "officer-1", "officer-2")
    assert event.cap == draw.assignment.cap
    assert (event.at, event.draw, event.task) == (LATER, "draw-1", "task-1")
    draw.adjust(Action.ADD, "extra", by="u", reason="举报", at=LATER)
    assert draw.assignment is None
    assert draw.staffing is None
    refused = _refused(InspectorsNotAssignable, lambda: draw.assign_inspectors(staffing, at=LATER))
    assert refused == ["draws.visits_differ"]
    draw.assign_inspectors(staffing_for(draw.course.subjects), at=LATER)


def test_inspectors_are_drawn_once() -> None:
    """Finding 6: they were drawn again after the seed was public, over the former result.

    A correction by hand opens no way round it, and the former result is kept.
    """
    draw = completed_draw()
    staffing = staffing_for(draw.course.subjects)
    draw.assign_inspectors(staffing, at=LATER)
    first, other = draw.assignment, evolve(staffing, cap=(staffing.cap or 9) + 1)
    for again in (staffing, other):
        refused = _refused(
            InspectorsNotAssignable, partial(draw.assign_inspectors, again, at=LATER)
        )
        assert refused == ["draws.inspectors_assigned"]
    draw.adjust(Action.ADD, "extra", by="u", reason="举报", at=LATER)
    assert draw.former_assignments == (first,)
    whole = staffing_for(draw.course.subjects)
    for wrong in (
        evolve(whole, cap=(whole.cap or 9) + 1), evolve(whole, inspectors=whole.inspectors[:-1]),
        evolve(whole, day=whole.day + timedelta(days=1)),
        evolve(whole, recusals=(Recusal("officer-1", draw.selection[1], Ground.REQUEST),)),
    ):  # fmt: skip
        refused = _refused(
            InspectorsNotAssignable, partial(draw.assign_inspectors, wrong, at=LATER)
        )
        assert refused == ["draws.staffing_settled"]
    draw.assign_inspectors(whole, at=LATER)


def test_who_must_keep_away_is_replaced_by_the_next() -> None:
    """§14: after the seed only recusal, decided by the head with its ground; counted."""
    draw = completed_draw()
    staffing = staffing_for(draw.course.subjects)
    spare = evolve(staffing.inspectors[0], id="officer-9")
    draw.assign_inspectors(evolve(staffing, inspectors=(*staffing.inspectors, spare)), at=LATER)
    first = draw.assignment
    assert first is not None
    visit = first.visits[0]
    officer = visit.officers[0]

    def recuse(**changes: str) -> None:
        told = {"officer": officer, "subject": visit.id, "reason": "近亲属", "by": "head-1"}
        draw.recuse_inspector(**(told | changes), at=LATER)  # type: ignore[arg-type]

    for changes, said in (
        ({"reason": " "}, "draws.reason_missing"),
        ({"officer": "nobody"}, "draws.inspector_not_assigned"),
    ):
        refused = _refused(InspectorsNotAssignable, partial(recuse, **changes))
        assert refused == [said]
    recuse()
    assert draw.assignment is not None
    (now,) = (one for one in draw.assignment.visits if one.id == visit.id)
    assert officer not in now.officers
    assert draw.former_assignments == (first,)
    assert [(one.officer, one.subject) for one in draw.granted] == [(officer, visit.id)]
    assert draw.assignment == assign(draw.seed or b"", draw.staffing or staffing_for(()))


@pytest.mark.parametrize("state", [DrawState.COLLECTING, DrawState.REVEALING, DrawState.CLEARED])
def test_no_inspectors_without_a_result(state: DrawState) -> None:
    """Inspectors are assigned to a result only."""
    draw = IN_STATE[state]()
    staffing = staffing_for(("f1",))
    refused = _refused(InspectorsNotAssignable, lambda: draw.assign_inspectors(staffing, at=LATER))
    assert refused == [f"draws.draw_is_{state}"]


@pytest.mark.parametrize("state", [each for each in STATES if each is not DrawState.CLEARED])
def test_clearing_keeps_everything(state: DrawState) -> None:
    """A cleared draw keeps what it held and its reason; it is cleared once."""
    draw = IN_STATE[state]()
    before = (draw.rounds, draw.seed, draw.picks, draw.adjustments)
    draw.take_events()
    assert _refused(DrawNotClearable, lambda: draw.clear(by="u", reason=" ", at=LATER)) == [
        "draws.reason_missing"
    ]
    draw.clear(by="u", reason="错抽", at=LATER)
    assert draw.take_events() == (DrawCleared(at=LATER, draw="d", task="t", by="u", reason="错抽"),)
    assert draw.state is DrawState.CLEARED
    assert draw.cleared_because == "错抽"
    assert (draw.rounds, draw.seed, draw.picks, draw.adjustments) == before
    assert _refused(DrawNotClearable, lambda: draw.clear(by="u", reason="", at=LATER)) == [
        "draws.draw_is_cleared",
        "draws.reason_missing",
    ]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["commit", "reveal", "repeat", "complete", "adjust", "clear"]),
        st.sampled_from(["a", "b", "f0"]),
        st.sampled_from([MOMENT, DUE, LATER]),
    ),
    max_size=25,
)


@given(STEPS)
def test_no_forbidden_state_is_reachable(steps: list[tuple[str, str, datetime]]) -> None:
    """In whatever order: no pick without all nonces, no reveal before all commitments, one seed."""
    draw = _draw()
    seeds: set[bytes] = set()
    for step, who, at in steps:
        nonce = who.encode() * 31 + bytes([len(draw.rounds)])
        acts: dict[str, Callable[[], None]] = {
            "commit": lambda w=who, n=nonce, t=at: draw.commit(w, commitment(w, n[:32]), at=t),  # type: ignore[misc]
            "reveal": lambda w=who, n=nonce, t=at: draw.reveal(w, n[:32], at=t),  # type: ignore[misc]
            "repeat": lambda t=at: draw.repeat_round(due=t + timedelta(hours=2), at=t),  # type: ignore[misc]
            "complete": lambda t=at: draw.complete(EIGHT, at=t),  # type: ignore[misc]
            "adjust": lambda w=who, t=at: draw.adjust(  # type: ignore[misc]
                Action.ADD, w, by="u", reason="r", at=t
            ),
            "clear": lambda t=at: draw.clear(by="u", reason="r", at=t),  # type: ignore[misc]
        }
        with suppress(Refused):
            acts[step]()
        now = draw.round
        revealed = [each for each in now.contributions if each.nonce is not None]
        if draw.state is DrawState.COLLECTING:
            assert not revealed
        if draw.picks or draw.seed:
            assert len(revealed) == len(now.contributors)
            seeds.add(draw.seed or b"")
        for each in draw.rounds[:-1]:
            assert each.late
    assert len(seeds) <= 1


def test_nonces_of_the_example_are_used() -> None:
    """The example's second round is the one that counts."""
    draw = completed_draw()
    assert draw.seed == seed_of(draw.pool_hash, draw.rule.hash, NONCES)
    assert [each.late for each in draw.rounds] == [("dept-late",), ()]
