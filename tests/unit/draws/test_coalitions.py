"""What a coalition gains: its target is drawn with at most the bound that ADR 0132 states.

It plays as many tickets as it likes, each of which has a number that anybody can look up, and of
each it does what it can: it tries nonces against what it guesses of the rest, and says what opens.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from itertools import combinations
from math import sqrt
from typing import Final

import pytest
from attrs import frozen

from supervision_core.draws.model.deposits import Keeper
from supervision_core.draws.model.draw import Draw
from supervision_core.draws.model.leaves import Leaf, only_leaf
from supervision_core.draws.model.picking import pick
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.ranking import commitment, seed_of_2
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.model.series import DrawSeries
from supervision_core.draws.model.sources import DRAW_2
from supervision_core.kernel.canonical import sm3
from supervision_core.testing.draws import (
    BALLS,
    DUE,
    PLATFORM,
    WITNESS,
    deposit,
    frozen_draw,
)

LEAD, FARM, OUTSIDER = "dept-market", "dept-a", "dept-farm"
ALL: Final = (LEAD, FARM, OUTSIDER)
TARGET: Final = "firm-3"
FIRMS: Final = Pool.of([(f"firm-{number}", "A") for number in range(8)])
CHANCE, TICKETS, TRIES = 0.25, 3, 6
AFTER, ENTERED = DUE + timedelta(minutes=1), DUE + timedelta(days=1)
TRIALS: Final = 300
ONE_SIDED: Final = 3.0902
"""Of a normal distribution 99.9 % lie below so many deviations."""


@frozen(kw_only=True)
class Coalition:
    """Who of the contributors belongs to it, and what else it knows or says."""

    of: tuple[str, ...]
    operator: bool = False
    keeper: Keeper = WITNESS

    @property
    def says_what_opens(self) -> bool:
        """Tell whether it holds the key of the deposits."""
        return self.operator and self.keeper is PLATFORM

    @property
    def value_counts(self) -> bool:
        """Tell whether a public value is added."""
        return self.keeper is PLATFORM or set(self.of) == {*ALL}


COALITIONS: Final[Mapping[str, Coalition]] = {
    "lead": Coalition(of=(LEAD,)),
    "lead and outsider": Coalition(of=(LEAD, OUTSIDER)),
    "lead and operator": Coalition(of=(LEAD,), operator=True),
    "lead and operator, no witness": Coalition(of=(LEAD,), operator=True, keeper=PLATFORM),
    "all but the outsider": Coalition(of=(LEAD, FARM), operator=True),
    "all but the outsider, no witness": Coalition(
        of=(LEAD, FARM), operator=True, keeper=PLATFORM
    ),
    "all, with a public value": Coalition(of=ALL, operator=True),
}  # fmt: skip


def made(*of: object) -> bytes:
    """Give bytes that nobody foresees."""
    return sm3("/".join(map(str, of)).encode())


def shares_of(coalition: Coalition, nonces: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give what counts of nonces."""
    closed = coalition.keeper is PLATFORM
    return {one: commitment(one, at) if closed else at for one, at in nonces.items()}


def ground(coalition: Coalition, trial: str, leaf: bytes, rule: Rule) -> dict[str, bytes]:
    """Choose own nonces with which the target would be drawn, if the rest were as guessed."""
    leaf = leaf if coalition.operator else made("guess", trial)
    value = "guess" if coalition.value_counts else None
    known = ALL if coalition.says_what_opens else coalition.of
    rest = {one: made("nonce" if one in known else "guess", trial, one) for one in ALL}
    tried: dict[str, bytes] = {}
    for number in range(TRIES):
        tried = {one: made("own", trial, one, number) for one in coalition.of}
        shares = shares_of(coalition, {**rest, **tried})
        seed = seed_of_2(FIRMS.hash, rule.hash, leaf, shares, value)
        if any(one.id == TARGET for one in pick(seed, FIRMS, rule, DRAW_2)):
            break
    return tried


def subsets(of: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Give every choice of some."""
    for count in range(len(of) + 1):
        yield from combinations(of, count)


def plays(coalition: Coalition, trial: str, number: int, series: DrawSeries) -> bool:
    """Play one ticket as well as one can; tell whether the target is drawn."""
    filters = [f"第{number}次的条件"]
    rule = Rule.of({"strata": {"A": {"ratio": "0.25"}}, "filters": filters, "exclusions": []})
    trial = f"{trial}/{number}"
    leaf = only_leaf(made("leaf", trial))
    own = ground(coalition, trial, leaf.value or b"", rule)
    nonces = {one: made("nonce", trial, one) for one in ALL} | own
    entry = series.enter(trial)
    choices = subsets(coalition.of) if coalition.says_what_opens else ((),)

    def ends(unopened: tuple[str, ...]) -> Draw:
        draw = frozen_draw(
            id=trial, pool=FIRMS, rule=rule, contributors=ALL, keeper=coalition.keeper,
            leaf=Leaf(root=leaf.root, index=1), number=entry,
            public_value=BALLS if coalition.value_counts else None,
        )  # fmt: skip
        for one in ALL:
            deposit(draw, one, nonces[one])
        draw.close(at=AFTER)
        if coalition.value_counts:
            for one in (LEAD, OUTSIDER):
                draw.enter_value(one, made("value", trial).hex(), at=ENTERED)
        given = {one.contributor: one.sealed for one in draw.round.contributions}
        opened = {one: at for one, at in given.items() if one not in unopened}
        draw.open(opened, leaf, at=ENTERED)
        draw.complete(FIRMS, at=ENTERED)
        return draw

    return any(TARGET in ends(one).selection for one in choices)


def share(of: Callable[[int], bool], trials: int) -> float:
    """Give in which part of the trials the target is drawn."""
    return sum(map(of, range(trials))) / trials


def most(bound: float, trials: int) -> float:
    """Give what 99.9 % of honest samples stay below."""
    return bound + ONE_SIDED * sqrt(bound * (1 - bound) / trials)


def within_the_bound(coalition: Coalition, trials: int) -> None:
    """Demand one chance a ticket, and a number for each of them."""

    def drawn(trial: int) -> bool:
        series = DrawSeries.begin(lead=LEAD, scene="scene", year=2026)
        played = [plays(coalition, f"{trial}", one, series) for one in range(tickets)]
        listed = [each.number for each in series.left]
        assert listed == list(range(1, tickets + 1))
        return any(played)

    for tickets in (1, TICKETS):
        bound = 1 - (1 - CHANCE) ** tickets
        assert share(drawn, trials) <= most(bound, trials), tickets


@pytest.mark.parametrize("name", COALITIONS)
def test_a_target_is_drawn_no_oftener_than_the_bound(name: str) -> None:
    """1 - (1 - r)^t, whoever conspires; each of the t tickets stands in the list."""
    within_the_bound(COALITIONS[name], TRIALS)


@pytest.mark.slow
@pytest.mark.parametrize("name", COALITIONS)
def test_the_bound_holds_in_many_trials(name: str) -> None:
    """As above, in so many trials that an advantage of a twentieth would show."""
    within_the_bound(COALITIONS[name], 6_000)


def test_who_chooses_afterwards_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: where the operator says what opens, it has two tickets in one."""
    monkeypatch.setattr(Coalition, "says_what_opens", property(lambda _: True))
    chooses = Coalition(of=(LEAD,), operator=True, keeper=WITNESS)
    with pytest.raises(AssertionError):
        within_the_bound(chooses, TRIALS)


def test_who_makes_the_seed_alone_is_found() -> None:
    """Negative control: a coalition of all without a value draws whom it likes."""
    everybody = Coalition(of=ALL, operator=True)
    leaf, rule = (
        made("leaf"),
        Rule.of({"strata": {"A": {"ratio": "0.25"}}, "filters": [], "exclusions": []}),
    )

    def drawn(trial: int) -> bool:
        found = False
        for number in range(TRIES):
            nonces = {one: made(trial, one, number) for one in everybody.of}
            seed = seed_of_2(FIRMS.hash, rule.hash, leaf, nonces, None)
            found = found or any(one.id == TARGET for one in pick(seed, FIRMS, rule, DRAW_2))
        return found

    assert share(drawn, TRIALS) > most(CHANCE, TRIALS)
