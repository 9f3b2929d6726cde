"""How every draw begins: who contributes, who of them is an outsider, which leaf it takes."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from itertools import takewhile
from types import MappingProxyType

from attrs import astuple

from supervision_core.draws.model.draw import Draw, DrawState, carried_by
from supervision_core.draws.model.leaves import Leaf, LeafTree
from supervision_core.draws.model.outsiders import outsider_of
from supervision_core.draws.model.pool import FrozenPool
from supervision_core.draws.model.rounds import NamedValue
from supervision_core.draws.model.rule import Rule
from supervision_core.draws.model.sources import Mark, Outsider
from supervision_core.draws.model.staffing import Ties
from supervision_core.draws.ports import Deposits, Draws, LeafTrees, Leaves, Lines, SeriesOfDraws
from supervision_core.draws.services.numbering import series_of
from supervision_core.identity.services import Work
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.days import local_day
from supervision_core.kernel.ports import UnitOfWork


def outsider_for(work: Work, region: str, lead: str, contributors: Collection[str]) -> Outsider:
    """Give who of a round would be outside the lead's line."""
    lines = work[Lines]
    supervision = lines.supervision(region, local_day(work.now))
    above = lines.above({lead, *contributors, supervision} - {""})
    return outsider_of(lead, contributors, above=above, supervision=supervision)


def next_leaf(work: Work) -> Leaf:
    """Take the next leaf of the year's tree, which begins where it has not.

    Raises ``LeavesUsedUp``.
    """
    year = local_day(work.now).year
    tree = find(work.unit, LeafTrees, str(year))
    if tree is None:
        tree = LeafTree.begin(year=year, root=work[Leaves].root(year))
        work.note(tree_begun=f"{year} {tree.root.hex()}")
    place = tree.take()
    work.save(LeafTrees, tree)
    return place


def leaf_for(work: Work, listed: bytes) -> Leaf:
    """Give the next leaf, with its value, to draw at once from a list that is of this SM3.

    The list is fixed: its SM3 and the place of the leaf stand in the audit row of the act. A second
    act finds another leaf. Raises ``LeavesUsedUp``, ``KeyMissing``.
    """
    place = next_leaf(work)
    work.note(listed=listed.hex(), leaf=f"{place.root.hex()} {place.index}")
    return work[Leaves].leaf(local_day(work.now).year, place)


def is_of_tree(unit: UnitOfWork, leaf: Leaf | None, at: datetime | None) -> bool:
    """Tell whether a leaf stands among those taken of the tree of that year.

    What was drawn before leaves were taken, and has none, is not asked for one.
    """
    if leaf is None or at is None:
        return leaf is None
    tree = find(unit, LeafTrees, str(local_day(at).year))
    return tree is not None and leaf.root == tree.root and leaf.index <= tree.taken


def new_draw(  # noqa: PLR0913 - what a draw is made of
    work: Work,
    *,
    task: str,
    region: str,
    lead: str,
    pool: FrozenPool,
    rule: Rule,
    contributors: Collection[str],
    due: datetime,
    public_value: NamedValue | None,
    scene: str,
    called: str = "",
    levels: Mapping[str, str] = MappingProxyType({}),
    since: str = "",
    pool_changes: Mapping[str, int] = MappingProxyType({}),
    changes_hash: bytes | None = None,
    quotas_because: str = "",
    marked: Collection[Mark] = (),
    ties: Mapping[str, Ties] = MappingProxyType({}),
) -> Draw:
    """Begin a draw with its number; one of the same task, pool and rule is carried on instead.

    ``ties`` are what binds the officers of the rule's roster to subjects, in clear.
    Without a task it is of a pool of the lead's own: another one after a clearing is a change.
    Raises ``DrawNotFrozen``, ``LeavesUsedUp``.
    """
    earlier = [one for one in work[Draws].of_task(task) if one.lead == lead]
    id_, by = work.ids.next_id(), work.actor.user
    series = series_of(work, lead=lead, scene=scene)
    number = series.enter(id_)
    work.save(SeriesOfDraws, series)
    before = carried_by(earlier, pool.hash, rule.hash)
    if before is not None:
        draw = Draw.freeze_again(
            before, id=id_, at=work.now, by=by, number=number, since=since,
            pool_changes=pool_changes, changes_hash=changes_hash,
            quotas_because=quotas_because, marked=marked,
        )  # fmt: skip
        work.note(carries=before.id)
    else:
        leaf = next_leaf(work)
        draw = Draw.freeze(
            id=id_,
            task=task,
            region=region,
            lead=lead,
            pool=pool,
            rule=rule,
            contributors=contributors,
            due=due,
            at=work.now,
            by=by,
            calendar=work[Calendars].working_calendar(),
            leaf=leaf,
            outsider=outsider_for(work, region, lead, contributors),
            keeper=work[Deposits].keeper(),
            public_value=public_value,
            earlier=earlier if task else _just_cleared(earlier),
            called=called,
            levels=levels,
            number=number,
            since=since,
            pool_changes=pool_changes,
            changes_hash=changes_hash,
            quotas_because=quotas_because,
            marked=marked,
            ties=blinded(work, leaf, local_day(work.now).year, ties),
        )
    _note(work, draw)
    return draw


def blinded(work: Work, leaf: Leaf, year: int, ties: Mapping[str, Ties]) -> Mapping[str, Ties]:
    """Give what binds people as texts that say nothing, and are equal where those are."""
    of = partial(work[Leaves].blinded, year, leaf)
    return {
        one: Ties(*(frozenset(map(of, said)) for said in astuple(each, recurse=False)))
        for one, each in ties.items()
    }


def _just_cleared(own: Collection[Draw]) -> tuple[Draw, ...]:
    """Give those own draws that were cleared since the last one that was not."""
    latest = sorted(own, key=lambda one: (one.frozen_at is not None, one.frozen_at, one.id))
    return tuple(takewhile(lambda one: one.state is DrawState.CLEARED, reversed(latest)))


def _note(work: Work, draw: Draw) -> None:
    """Say in the audit row what is fixed now: leaf, outsider, public value, whose key."""
    if draw.leaf and draw.outsider and draw.keeper:
        value, outsider = draw.public_value, draw.outsider
        work.note(
            leaf=f"{draw.leaf.root.hex()} {draw.leaf.index}",
            outsider=f"{outsider.kind.value} {outsider.contributor}".strip(),
            public_value="" if value is None else f"{value.name} {value.issue}",
            keeper=draw.keeper.public_key.hex(),
            contributors=",".join(draw.round.contributors),
        )
