"""The seed of a draw/2: nobody grinds it, foresees it, leaves it, or asks for another ticket."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from supervision_core.draws.model.draw import (
    Draw,
    DrawNotFrozen,
    DrawState,
    RoundNotRepeatable,
    carried_by,
)
from supervision_core.draws.model.leaves import LEAVES, LeafTree, LeavesUsedUp, only_leaf
from supervision_core.draws.model.outsiders import outsider_of
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.ranking import commitment, seed_of_2
from supervision_core.draws.model.rounds import (
    DeadlineNotMovable,
    DepositRefused,
    NamedValue,
    OutsiderNotReplaceable,
    RedrawNotConsentable,
    RoundNotClosable,
    RoundNotOpenable,
    ValueRefused,
)
from supervision_core.draws.model.sources import OpenedBy, Outsider, OutsiderKind
from supervision_core.kernel.days import GUANGXI
from supervision_core.kernel.errors import Refused
from supervision_core.testing.draws import (
    BALLS,
    CALENDAR,
    DUE,
    MOMENT,
    NONCES,
    PLATFORM,
    POOL,
    completed_draw,
    deposit,
    drawn_2,
    frozen_draw,
    leaf_at,
    nonce_of,
    opened_draw,
    place,
)

LEAD, OUTSIDER, LATE = "dept-market", "dept-farm", "dept-late"
AFTER = DUE + timedelta(seconds=1)
NOBODY = Outsider(kind=OutsiderKind.PUBLIC_VALUE)
OTHER = Pool.of([("firm-99", "A"), ("firm-98", "D")])


def _refused(error: type[Refused], act: Callable[[], object]) -> list[str]:
    with pytest.raises(error) as refused:
        act()
    return [each.code for each in refused.value.violations]


def _deposited(*who: str, draw: Draw | None = None) -> Draw:
    made = draw or frozen_draw()
    for one in who or made.round.contributors:
        deposit(made, one)
    return made


# The attacks of a lead department.


def test_the_lead_alone_makes_no_seed() -> None:
    """Without anybody outside its line the lead freezes nothing; the refusal says what helps."""
    alone: dict[str, Any] = {"contributors": (LEAD,), "outsider": NOBODY}
    assert _refused(DrawNotFrozen, lambda: frozen_draw(**alone)) == ["draws.no_outsider"]
    assert frozen_draw(**alone, public_value=BALLS).state is DrawState.DEPOSITING


def test_a_thousand_nonces_are_one_ticket() -> None:
    """Whoever deposited deposits no other nonce, whatever he clears and freezes anew.

    A thousand tries bring the seed of the first, and the same picks.
    """
    draw = drawn_2("d-0")
    seed, picks = draw.seed, draw.picks
    for number in range(1_000):
        draw.clear(by="u-1", reason="再来一次", at=AFTER)
        before = carried_by([draw], draw.pool_hash, draw.rule.hash)
        assert before is draw
        draw = Draw.freeze_again(before, id=f"d-{number + 1}", at=AFTER, by="u-1")
        ground = number.to_bytes(32, "big")
        refused = _refused(DepositRefused, lambda: deposit(draw, LEAD, ground, at=AFTER))  # noqa: B023
        assert refused == ["draws.draw_is_opened"]
        draw.complete(POOL, at=AFTER)
        assert (draw.seed, draw.picks) == (seed, picks)


def test_a_deadline_of_seconds_is_refused() -> None:
    """A round lasts an hour of work: nights, noons and days off do not count."""
    friday = datetime(2026, 3, 6, 17, 30, tzinfo=GUANGXI)
    monday = datetime(2026, 3, 9, 9, 30, tzinfo=GUANGXI)
    for at, due in (
        (MOMENT, MOMENT + timedelta(seconds=3)),
        (friday, monday - timedelta(seconds=1)),
        (
            datetime(2026, 3, 2, 11, 30, tzinfo=GUANGXI),
            datetime(2026, 3, 2, 13, 29, tzinfo=GUANGXI),
        ),
    ):
        refused = _refused(DrawNotFrozen, lambda: frozen_draw(at=at, due=due))  # noqa: B023
        assert refused == ["draws.round_too_short"]
    assert frozen_draw(at=friday, due=monday).round.due == monday


def test_nobody_is_dropped_by_repeating() -> None:
    """No round of a draw/2 is repeated, before an opening or after it."""
    closed = _deposited(LEAD, OUTSIDER)
    closed.close(at=AFTER)
    for draw in (frozen_draw(), closed, opened_draw(_deposited()), drawn_2()):
        refused = _refused(
            RoundNotRepeatable,
            lambda: draw.repeat_round(due=AFTER + timedelta(days=1), at=AFTER),  # noqa: B023
        )
        assert refused == [f"draws.draw_is_{draw.state}"]


def test_the_last_one_sees_nothing_and_gets_no_other_ticket() -> None:
    """Nothing is known before all is closed; who looks, clears and freezes has what he had.

    From another pool he needs new nonces of all, the head's consent and the outsider's deposit.
    """
    draw = _deposited(OUTSIDER)
    assert [it.nonce for it in draw.round.contributions] == [None]
    deposit(draw, LEAD)
    opened_draw(draw).complete(POOL, at=AFTER)
    draw.clear(by="u-1", reason="对象库有误", at=AFTER)
    assert carried_by([draw], OTHER.hash, draw.rule.hash) is None
    again = frozen_draw("d-2", OTHER, earlier=[draw], by="u-1")
    old = ["draws.commitment_used"]
    assert _refused(DepositRefused, lambda: deposit(again, LEAD)) == old
    deposit(again, LEAD, b"\x21" * 32)
    wanted = ["draws.outsider_needed", "draws.consent_missing"]
    assert _refused(RoundNotClosable, lambda: again.close(at=AFTER)) == wanted
    value = evolve(BALLS, day=date(2026, 3, 9))
    stays = _refused(OutsiderNotReplaceable, lambda: again.replace_outsider(value, at=AFTER))
    assert stays == ["draws.outsider_needed"]
    deposit(again, OUTSIDER, b"\x22" * 32)
    own = _refused(RedrawNotConsentable, lambda: again.consent(by="u-1", at=MOMENT))
    assert own == ["draws.consent_by_proposer"]
    again.consent(by="u-head", at=MOMENT)
    twice = _refused(RedrawNotConsentable, lambda: again.consent(by="u-head", at=MOMENT))
    assert twice == ["draws.no_consent_awaited"]
    again.close(at=AFTER)
    assert again.state is DrawState.CLOSED


# The ceremony.


def test_the_seed_is_that_of_the_seam() -> None:
    """Link, shares by contributor and the public value make the seed; who is late has no share."""
    draw = _deposited(LEAD, OUTSIDER, draw=frozen_draw(public_value=BALLS))
    draw.close(at=AFTER)
    day = DUE + timedelta(days=1)
    for one in (LEAD, OUTSIDER):
        draw.enter_value(one, " 02 08 11 ", at=day)
    sealed = {one.contributor: one.sealed for one in draw.round.contributions}
    draw.open(sealed | {LEAD: b"no nonce"}, leaf_at(1), at=day)
    draw.complete(POOL, at=day)
    shares = {OUTSIDER: NONCES[OUTSIDER], LEAD: commitment(LEAD, NONCES[LEAD])}
    made = seed_of_2(draw.pool_hash, draw.rule.hash, leaf_at(1).value or b"", shares, "02 08 11")
    assert draw.seed == made
    assert draw.round.late == (LATE,)
    assert draw.opening is not None
    assert (draw.opening.by, draw.opening.closed_at) == (OpenedBy.WITNESS, AFTER)
    assert draw.public_value is not None
    assert draw.public_value.entered_by == (OUTSIDER, LEAD)


def test_a_deposit_for_another_round_or_contributor_does_not_open() -> None:
    """What is sealed says for which round and whom: copied elsewhere, the commitment counts."""
    other = frozen_draw("d-other")
    deposit(other, LEAD)
    (copied,) = other.round.contributions
    draw = frozen_draw()
    draw.deposit(LEAD, copied.commitment, copied.sealed, at=MOMENT)
    deposit(draw, OUTSIDER)
    opened_draw(draw)
    first, second = draw.round.contributions
    assert (first.nonce, second.nonce) == (nonce_of(OUTSIDER), None)
    assert second.share == copied.commitment


def test_deposit_refusals() -> None:
    """Strangers, second, late, malformed and copied deposits are refused, and all after closing."""
    draw = _deposited(LEAD)
    one = commitment("x", b"\x01" * 32)
    give = draw.deposit
    assert _refused(DepositRefused, lambda: give("x", one, b"s", at=AFTER)) == [
        "draws.contributor_unknown", "draws.deposit_late",
    ]  # fmt: skip
    assert _refused(DepositRefused, lambda: give(LATE, b"", b"", at=MOMENT)) == [
        "draws.commitment_malformed", "draws.deposit_malformed",
    ]  # fmt: skip
    twice = ["draws.already_deposited"]
    assert _refused(DepositRefused, lambda: give(LEAD, one, b"s", at=MOMENT)) == twice
    (made,) = draw.round.contributions
    copied = _refused(DepositRefused, lambda: give(LATE, made.commitment, b"s", at=MOMENT))
    assert copied == ["draws.commitment_used"]
    deposit(draw, OUTSIDER)
    draw.close(at=AFTER)
    closed = _refused(DepositRefused, lambda: give(LATE, one, b"s", at=MOMENT))
    assert closed == ["draws.draw_is_closed"]


def test_closing_waits_for_the_deadline_or_for_all() -> None:
    """A list is closed at its deadline or once it is full; then its digest is fixed for good."""
    draw = _deposited(LEAD, OUTSIDER)
    early = _refused(RoundNotClosable, lambda: draw.close(at=DUE))
    assert early == ["draws.deadline_ahead"]
    assert draw.closed_list is None
    full = _deposited()
    full.close(at=MOMENT)
    closed = full.closed_list
    assert closed is not None
    assert closed.late == ()
    opened = {one.contributor: one.sealed for one in full.round.contributions}
    full.open(opened, leaf_at(1), at=MOMENT)
    assert full.closed_list == closed
    assert _refused(RoundNotClosable, lambda: full.close(at=AFTER)) == ["draws.draw_is_opened"]


def test_an_outsider_who_is_late_is_named_and_replaced_by_a_public_value() -> None:
    """Without the outsider nothing is opened: the deadline moves once, or a value replaces him."""
    draw = _deposited(LEAD, LATE)
    value = evolve(BALLS, day=date(2026, 3, 3))
    assert _refused(RoundNotClosable, lambda: draw.close(at=AFTER)) == ["draws.outsider_missing"]
    replace, error = draw.replace_outsider, OutsiderNotReplaceable
    assert _refused(error, lambda: replace(value, at=DUE)) == ["draws.deadline_ahead"]
    today = evolve(value, day=date(2026, 3, 2))
    assert _refused(error, lambda: replace(today, at=AFTER)) == ["draws.public_value_day"]
    draw.replace_outsider(value, at=AFTER)
    draw.close(at=AFTER)
    assert draw.round.late == (OUTSIDER,)
    assert draw.outsider == NOBODY
    assert _refused(RoundNotOpenable, lambda: draw.open({}, leaf_at(1), at=AFTER)) == [
        "draws.public_value_missing"
    ]
    there = _deposited(OUTSIDER)
    refused = _refused(error, lambda: there.replace_outsider(value, at=AFTER))
    assert refused == ["draws.outsider_not_missing"]
    fixed = frozen_draw(public_value=BALLS)
    refused = _refused(error, lambda: fixed.replace_outsider(value, at=AFTER))
    assert refused == ["draws.public_value_fixed"]
    fixed.close(at=AFTER)
    assert fixed.outsider == NOBODY


def test_an_outage_moves_the_deadline_once() -> None:
    """Before the list is closed, with a reason, to a later time, by which no value is known."""
    draw = frozen_draw(public_value=BALLS)
    later = DUE + timedelta(hours=3)
    told = {"reason": "停电", "by": "u-1", "at": AFTER, "calendar": CALENDAR}

    def refused(**changes: object) -> list[str]:
        given = {"due": later, **told, **changes}
        return _refused(DeadlineNotMovable, lambda: draw.move_deadline(**given))  # type: ignore[arg-type]

    assert refused(reason=" ") == ["draws.reason_missing"]
    assert refused(due=DUE) == ["draws.deadline_not_later", "draws.deadline_not_ahead"]
    assert refused(due=DUE + timedelta(days=1)) == ["draws.public_value_day"]
    other = NamedValue(name="体彩", issue="1", day=date(2026, 3, 9))
    assert refused(public_value=other) == ["draws.public_value_other"]
    draw.move_deadline(due=later, **told)  # type: ignore[arg-type]
    assert draw.round.due == later
    assert draw.round.moved is not None
    assert (draw.round.moved.before, draw.round.moved.reason) == (DUE, "停电")
    assert refused(due=later + timedelta(hours=1)) == ["draws.deadline_moved_before"]
    deposit(draw, OUTSIDER, at=AFTER)
    draw.close(at=later + timedelta(seconds=1))
    assert refused() == ["draws.draw_is_closed"]


def test_without_a_witness_the_public_value_is_compulsory() -> None:
    """Whoever holds the key of deposits could look: a value that nobody knows is added."""
    required = ["draws.public_value_required"]
    assert _refused(DrawNotFrozen, lambda: frozen_draw(keeper=PLATFORM)) == required
    for day, name in ((date(2026, 3, 2), "双色球"), (date(2026, 3, 3), " ")):
        value = NamedValue(name=name, issue="1", day=day)
        act = lambda: frozen_draw(keeper=PLATFORM, public_value=value)  # noqa: B023, E731
        assert _refused(DrawNotFrozen, act) in (
            ["draws.public_value_day"], ["draws.public_value_unnamed"],
        )  # fmt: skip
    assert frozen_draw(keeper=PLATFORM, public_value=BALLS).awaits_value


def test_without_a_witness_nobody_says_what_opens() -> None:
    """Knowing the value, an operator could say of each own deposit that it does not open: 2^c."""
    seeds = set()
    for told in ((), (LEAD,), (OUTSIDER,), (LEAD, OUTSIDER)):
        draw = _deposited(draw=frozen_draw(keeper=PLATFORM, public_value=BALLS))
        draw.close(at=AFTER)
        for one in (LEAD, OUTSIDER):
            draw.enter_value(one, "02 08", at=DUE + timedelta(days=1))
        sealed = {one.contributor: one.sealed for one in draw.round.contributions}
        draw.open({one: sealed[one] for one in told}, leaf_at(1), at=DUE + timedelta(days=1))
        draw.complete(POOL, at=DUE + timedelta(days=1))
        assert [one.share for one in draw.round.contributions] == [
            one.commitment for one in draw.round.contributions
        ]
        seeds.add(draw.seed)
    assert len(seeds) == 1


def test_two_departments_enter_the_same_public_value() -> None:
    """What differs is refused naming both; whoever erred corrects his own before both agree."""
    draw = _deposited(draw=frozen_draw(public_value=BALLS))
    enter, day = draw.enter_value, DUE + timedelta(days=1)
    assert _refused(ValueRefused, lambda: enter(LEAD, "1", at=day)) == ["draws.draw_is_depositing"]
    draw.close(at=MOMENT)
    assert _refused(ValueRefused, lambda: enter(LEAD, "1", at=DUE)) == ["draws.public_value_early"]
    assert _refused(ValueRefused, lambda: enter(LEAD, " ", at=day)) == ["draws.public_value_empty"]
    enter(LEAD, "02 08", at=day)
    with pytest.raises(ValueRefused) as refused:
        enter(OUTSIDER, "02 09", at=day)
    (why,) = refused.value.violations
    both = {"first": LEAD, "second": OUTSIDER}
    assert (why.code, dict(why.data)) == ("draws.public_values_differ", both)
    enter(LEAD, "02 09", at=day)
    assert draw.awaits_value
    enter(OUTSIDER, "02 09", at=day)
    assert not draw.awaits_value
    known = _refused(ValueRefused, lambda: enter(LEAD, "02 08", at=day))
    assert known == ["draws.public_value_known"]
    none = _deposited()
    none.close(at=MOMENT)
    told = _refused(ValueRefused, lambda: none.enter_value(LEAD, "1", at=day))
    assert told == ["draws.no_public_value"]


def test_another_leaf_than_the_one_fixed_is_refused() -> None:
    """The leaf is that of the root and index which were fixed at freezing, with its path."""
    draw = _deposited()
    draw.close(at=MOMENT)
    other = evolve(leaf_at(2), index=1)
    for leaf in (leaf_at(2), other, leaf_at(1, b"other"), place(1), only_leaf(bytes(32)), None):
        with pytest.raises(ValueError, match="draw-1"):
            draw.open({}, leaf, at=MOMENT)
    assert draw.leaf is not None
    assert draw.leaf.value is None


def test_without_a_leaf_a_round_is_frozen_anew() -> None:
    """One that was frozen before there were leaves is not opened, and nothing carries it on."""
    draw = _deposited()
    draw.close(at=MOMENT)
    draw._leaf = None
    assert _refused(RoundNotOpenable, lambda: draw.open({}, None, at=AFTER)) == [
        "draws.leaf_missing"
    ]
    assert carried_by([draw], draw.pool_hash, draw.rule.hash) is None


def test_a_cleared_round_is_carried_on_wherever_it_stood() -> None:
    """Deposits, closing, public value and consent stay; the furthest of several is carried on."""
    begun = frozen_draw(earlier=[completed_draw()], public_value=BALLS)
    deposit(begun, LEAD, b"\x21" * 32)
    begun.consent(by="u-2", at=MOMENT)
    begun.clear(by="u-1", reason="r", at=MOMENT)
    again = Draw.freeze_again(begun, id="d-2", at=MOMENT, by="u-3")
    assert again.state is DrawState.DEPOSITING
    assert again.round == begun.round
    assert (again.leaf, again.value_day) == (begun.leaf, BALLS.day)
    assert not again.awaits_consent
    deposit(again, OUTSIDER, b"\x22" * 32)
    again.close(at=AFTER)
    again.enter_value(LEAD, "1", at=AFTER + timedelta(days=1))
    again.clear(by="u-1", reason="r", at=AFTER)
    assert carried_by([begun, again], POOL.hash, again.rule.hash) is again
    third = Draw.freeze_again(again, id="d-3", at=AFTER, by="u-3")
    assert (third.state, third.entered) == (DrawState.CLOSED, again.entered)
    assert carried_by([completed_draw()], POOL.hash, again.rule.hash) is None


@pytest.mark.parametrize(
    ("joining", "supervision", "expected"),
    [
        (("farm",), "", Outsider(kind=OutsiderKind.DEPARTMENT, contributor="farm")),
        (("office", "farm", "bureau"), "justice",
         Outsider(kind=OutsiderKind.DEPARTMENT, contributor="farm")),
        (("office", "bureau"), "justice",
         Outsider(kind=OutsiderKind.SUPERVISION, contributor="justice")),
        ((), "bureau", NOBODY),
        ((), "market", NOBODY),
        (("office",), "", NOBODY),
    ],
)  # fmt: skip
def test_the_outsider_is_found_by_rule(
    joining: tuple[str, ...], supervision: str, expected: Outsider
) -> None:
    """Nobody above or below the lead is outside it; then supervision, then a public value."""
    above = {"market": ["bureau", "top"], "office": ["market", "bureau", "top"]}
    found = outsider_of("market", ("market", *joining), above=above, supervision=supervision)
    assert found == expected


def test_leaves_are_taken_one_by_one() -> None:
    """A tree says where, not what: restarted from what was stored, it goes on behind that."""
    tree = LeafTree.begin(year=2026, root=leaf_at(1).root)
    places = [tree.take() for _ in range(3)]
    assert [one.index for one in places] == [1, 2, 3]
    assert all((one.value, one.path) == (None, ()) for one in places)
    assert [leaf_at(one.index).is_at(one) for one in places] == [True] * 3
    full = LeafTree(id="2026", root=leaf_at(1).root, taken=LEAVES)
    with pytest.raises(LeavesUsedUp):
        full.take()
