"""A plan and a draw that live: any verbs in any order, by anybody, while days pass."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from supervision_core.draws.model.draw import Draw, DrawState, carried_by
from supervision_core.draws.model.pool import Pool
from supervision_core.draws.model.ranking import commitment, seed_of
from supervision_core.draws.model.rounds import NamedValue
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.model.selection import Action
from supervision_core.draws.model.sources import Outsider, OutsiderKind
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Refused
from supervision_core.kernel.plain import to_plain
from supervision_core.plans.model import Plan, PlanOpinion, PlanState
from supervision_core.testing.draws import (
    CALENDAR,
    deposit,
    earlier_draw,
    frozen_draw,
    leaf_at,
    place,
)
from supervision_core.testing.plans import plan_sheet, sub_plan

DAY_1 = datetime(2026, 3, 2, 1, tzinfo=UTC)
LEAD, FARM, HEALTH, STRANGER = "dept-market", "dept-farm", "dept-health", "dept-fire"
DEPARTMENTS = st.sampled_from((LEAD, FARM, HEALTH, STRANGER))
HOURS = st.sampled_from((0, 1, 5, 24, 72))
PUBLISHED = frozenset({"matter-1", "matter-2"})


class PlanLife(RuleBasedStateMachine):
    """What must hold of a plan holds, whatever is tried with it."""

    def __init__(self) -> None:
        """Begin with a plan just drafted."""
        super().__init__()
        self.plan = Plan.draft(id="p", number="JH450100202600001", sheet=plan_sheet(), at=DAY_1)
        self.now = DAY_1
        self.objections = 0

    @rule(
        verb=st.sampled_from(
            ("change", "consult", "give_opinion", "display", "object_to", "answer", "settle",
             "delete")
        ),
        department=DEPARTMENTS, hours=HOURS, words=st.sampled_from(("", "理由")),
        days=st.integers(-1, 3),
    )  # fmt: skip
    def act(self, verb: str, department: str, hours: int, words: str, days: int) -> None:
        """Try a verb; a refusal leaves everything as it was."""
        self.now += timedelta(hours=hours)
        if verb == "delete" and days:
            return  # what is deleted lives no more: rarely
        before, now, plan = to_plain(self.plan), self.now, self.plan
        until = local_day(now) + timedelta(days=days)
        number = f"o-{max(self.objections - max(days, 0), 0)}"
        acts: dict[str, Callable[[], object]] = {
            "change": lambda: plan.change(
                sheet=plan_sheet(), sub_plans=(sub_plan(),) * (days != 1), by="u", reason=words,
                at=now,
            ),
            "consult": lambda: plan.consult(until=until, by="u", at=now),
            "give_opinion": lambda: plan.give_opinion(
                PlanOpinion(department=department, text=words, by="u", at=now)
            ),
            "display": lambda: plan.display(until=until, published=PUBLISHED, at=now),
            "object_to": lambda: plan.object_to(
                objection=f"o-{self.objections}", department=department, reason=words, at=now
            ),
            "answer": lambda: plan.answer(objection=number, accepted=True, text=words),
            "settle": lambda: plan.settle(at=now),
            "delete": lambda: plan.delete(reason=words, at=now),
        }  # fmt: skip
        try:
            acts[verb]()
        except Refused:
            assert to_plain(plan) == before
        else:
            self.objections += verb == "object_to"

    @invariant()
    def holds(self) -> None:
        """Nothing is settled that was not displayed to its end and answered, nor heard twice."""
        plan = self.plan
        if plan.state in (PlanState.ON_DISPLAY, PlanState.SETTLED):
            assert plan.displayed is not None
            assert plan.sub_plans
        if plan.state is PlanState.SETTLED:
            assert all(one.accepted is not None for one in plan.objections)
            assert plan.objections_until is not None
            assert local_day(self.now) > plan.objections_until
        assert (plan.deleted_because != "") == (plan.state is PlanState.DELETED)
        assert not plan.adjustments or plan.displayed is not None
        said = [one.department for one in plan.opinions]
        assert len(set(said)) == len(said)
        assert set(said) <= set(plan.sheet.joining)
        assert {one.department for one in plan.objections} <= plan.departments
        assert not plan.objections or plan.displayed is not None
        if plan.consulted is None:
            assert not plan.opinions


POOL = Pool.of([(f"f{number}", "A") for number in range(8)])
OTHER = Pool.of([(f"g{number}", "A") for number in range(8)])
RULE = Rule.of({"strata": {"A": {"count": 3}}})
CONTRIBUTORS = ("a", "b", "c")


class DrawLife(RuleBasedStateMachine):
    """What must hold of the round of a ``draw/2``, and of what is drawn by it."""

    def __init__(self) -> None:
        """Begin with a draw just frozen, on a Monday at nine."""
        super().__init__()
        self.now = DAY_1
        self.count = 0
        self.draw = self.frozen(POOL)
        self.seeds: dict[bytes, bytes] = {}
        self.before: list[Draw] = []

    def frozen(self, pool: Pool, *earlier: Draw) -> Draw:
        """Freeze a draw of a pool."""
        self.count += 1
        return frozen_draw(
            f"d-{self.count}", pool, lead="a", rule=RULE, contributors=CONTRIBUTORS, by="u",
            outsider=Outsider(kind=OutsiderKind.DEPARTMENT, contributor="b"),
            due=self.now + timedelta(hours=8 + 72), at=self.now, earlier=earlier,
            leaf=place(self.count),
        )  # fmt: skip

    @rule(
        verb=st.sampled_from(
            ("deposit", "deposit", "deposit", "close", "open", "complete", "adjust", "clear",
             "move", "replace", "enter", "consent", "commit", "reveal", "repeat")
        ),
        who=st.sampled_from((*CONTRIBUTORS, "x")), hours=HOURS, number=st.integers(0, 2),
    )  # fmt: skip
    def act(self, verb: str, who: str, hours: int, number: int) -> None:
        """Try a verb, early or late, again or for a stranger; a refusal leaves all as it was."""
        self.now += timedelta(hours=hours)
        draw, now = self.draw, self.now
        before = to_plain(draw)
        nonce = bytes([self.count, number]) * 16
        value = NamedValue(name="彩", issue="1", day=local_day(now) + timedelta(days=number))
        index = draw.leaf.index if draw.leaf else 1
        pool = POOL if draw.pool_hash == POOL.hash else OTHER
        sealed = {it.contributor: it.sealed for it in draw.round.contributions}
        acts: dict[str, Callable[[], object]] = {
            "deposit": lambda: deposit(draw, who, nonce, at=now),
            "close": lambda: draw.close(at=now),
            "open": lambda: draw.open(sealed, leaf_at(index), at=now),
            "complete": lambda: draw.complete(pool, at=now),
            "adjust": lambda: draw.adjust(Action.ADD, f"x{number}", by="u", reason="r", at=now),
            "clear": lambda: draw.clear(by="u", reason="r", at=now),
            "move": lambda: draw.move_deadline(
                due=now + timedelta(hours=80), reason="r", by="u", at=now, calendar=CALENDAR
            ),
            "replace": lambda: draw.replace_outsider(value, at=now),
            "enter": lambda: draw.enter_value(who, str(number), at=now),
            "consent": lambda: draw.consent(by="u" if number else "h", at=now),
            "commit": lambda: draw.commit(who, commitment(who, nonce), at=now),
            "reveal": lambda: draw.reveal(who, nonce, at=now),
            "repeat": lambda: draw.repeat_round(due=now + timedelta(hours=80), at=now),
        }  # fmt: skip
        try:
            acts[verb]()
        except Refused:
            assert to_plain(draw) == before
        except ValueError as error:  # what is not closed, or of another link, was to be refused
            raise AssertionError(verb) from error
        else:
            assert verb not in {"commit", "reveal", "repeat"}

    @rule(other=st.booleans())
    def freeze_again(self, other: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        """Freeze anew what was cleared, from the same pool or another."""
        if self.draw.state is not DrawState.CLEARED:
            return
        self.before.append(self.draw)
        pool = OTHER if other else POOL
        carried = carried_by(self.before, pool.hash, RULE.hash)
        if carried is None:
            self.draw = self.frozen(pool, *self.before)
            return
        self.count += 1
        self.draw = Draw.freeze_again(carried, id=f"d-{self.count}", at=self.now, by="u")
        assert self.draw.round == carried.round
        assert self.draw.leaf == carried.leaf

    @invariant()
    def holds(self) -> None:
        """Nothing is known before the list is closed; one pool and rule has one seed for ever."""
        draw = self.draw
        given = draw.round.contributions
        assert len({it.contributor for it in given}) == len(given)
        assert all(it.committed_at <= draw.round.due for it in given)
        if draw.round.closed_at is None:
            assert all(it.nonce is None for it in given)
            assert draw.leaf is not None
            assert draw.leaf.value is None
        elif draw.outsider and draw.outsider.kind is OutsiderKind.PUBLIC_VALUE:
            assert draw.public_value is not None
        else:
            assert draw.round.of("b") is not None
        if draw.opening is not None:
            assert not draw.awaits_value
            assert not draw.awaits_consent
            assert draw.opening.closed_at <= draw.opening.opened_at
        if draw.seed is not None:
            assert self.seeds.setdefault(draw.pool_hash, draw.seed) == draw.seed
        assert len(draw.rounds) == 1


class EarlierDrawLife(RuleBasedStateMachine):
    """What must hold of a round of numbers of a ``draw/1``, and of what is drawn by them."""

    def __init__(self) -> None:
        """Begin with a draw just frozen."""
        super().__init__()
        self.now = DAY_1
        self.draw = earlier_draw(
            "d", POOL, CONTRIBUTORS, task="t", lead="a", rule=RULE, spent=frozenset()
        )
        self.picked: tuple[object, ...] = ()

    @rule(
        verb=st.sampled_from(
            ("commit", "commit", "reveal", "reveal", "repeat", "complete", "adjust", "clear")
        ),
        who=st.sampled_from((*CONTRIBUTORS, "x")),
        other=st.sampled_from((*CONTRIBUTORS, "f0")),
        hours=HOURS,
    )
    def act(self, verb: str, who: str, other: str, hours: int) -> None:
        """Try a verb, with one's own number or another's; a refusal leaves all as it was."""
        if verb == "clear" and hours != 1:
            return  # what is cleared lives no more: rarely
        self.now += timedelta(hours=hours) if hours < max(range(24)) or who == "x" else timedelta()
        draw, now = self.draw, self.now
        before = to_plain(draw)
        nonce = (who if hours else other).encode() * 31 + bytes([len(draw.rounds)])
        action = Action.REMOVE if hours else Action.ADD
        acts: dict[str, Callable[[], object]] = {
            "commit": lambda: draw.commit(who, commitment(who, nonce[:32]), at=now),
            "reveal": lambda: draw.reveal(who, nonce[:32], at=now),
            "repeat": lambda: draw.repeat_round(due=now + timedelta(hours=8), at=now),
            "complete": lambda: draw.complete(POOL, at=now),
            "adjust": lambda: draw.adjust(
                action, draw.selection[0] if hours and draw.selection else other, by="u",
                reason="r", at=now,
            ),
            "clear": lambda: draw.clear(by="u", reason="r", at=now),
        }  # fmt: skip
        try:
            acts[verb]()
        except Refused:
            assert to_plain(draw) == before

    @invariant()
    def holds(self) -> None:
        """No number is known before all are bound; what they gave is never drawn again."""
        draw = self.draw
        made = [it for each in draw.rounds for it in each.contributions]
        assert len({it.commitment for it in made}) == len(made)
        assert all(each.late for each in draw.rounds[:-1])
        bound, names = draw.round.contributions, draw.round.contributors
        known = {it.contributor: it.nonce for it in bound if it.nonce is not None}
        if known:
            assert {it.contributor for it in bound} == set(names)
        for each in bound:
            assert each.committed_at <= draw.round.due
            assert each.nonce is None or commitment(each.contributor, each.nonce) == each.commitment
        if draw.state in (DrawState.DRAWN, DrawState.ADJUSTED):
            assert set(known) == set(names)
        if draw.seed is not None:
            assert draw.seed == seed_of(draw.pool_hash, draw.rule.hash, known)
            self.picked = self.picked or draw.picks
            assert draw.picks == self.picked
            assert len(self.picked) == len("abc")
        assert not draw.adjustments or draw.seed is not None
        assert len(set(draw.selection)) == len(draw.selection)
