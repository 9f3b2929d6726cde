"""The matching behind the assignment, on plain indexes: Kuhn's paths, then balancing paths.

A *place* is one officer wanted by a group (a group of three has three places); places stand in
the order of their groups. Officers stand in the order of their ids' bytes. All of it is part of
``draw/1``: another order would give another, equally balanced, assignment.
"""

from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from heapq import heapify, heappop, heappush
from itertools import filterfalse
from operator import or_

from attrs import Factory, define, field, frozen


def as_bits(officers: Iterable[int]) -> int:
    """Give a set of officers as an integer with one bit for each."""
    found = bytearray()
    for officer in officers:
        at = officer >> 3
        if at >= len(found):
            found.extend(bytes(at + 1 - len(found)))
        found[at] |= 1 << (officer & 7)
    return int.from_bytes(found, "little")


@frozen
class Group:
    """One demand of one visit: ``count`` officers of ``candidates``, in the order to try them.

    ``candidates`` are walked again and again, but seldom to the end; ``among`` is the same as a
    set (``as_bits``).
    """

    visit: int
    count: int
    candidates: Iterable[int]
    among: int = field(
        default=Factory(lambda self: as_bits(self.candidates), takes_self=True), repr=False
    )


LOOK = 32
"""After so many candidates in vain, look whether any is left."""
_NOBODY: Iterator[int] = iter(())


@frozen
class Violator:
    """Places that compete for too few officers (a set that breaks Hall's condition).

    At least ``needed`` of the places can be filled by these officers alone, who have room for one
    less; the rest are held by officers whom the same visits could have anyway.
    """

    places: frozenset[int]
    officers: frozenset[int]
    needed: int


@define(eq=False)
class Matching:
    """Who holds which place, under one cap on every officer's workload."""

    groups: Sequence[Group]
    prior: Sequence[int]
    cap: int
    group_of: list[int] = field(init=False)
    visit_of: list[int] = field(init=False)
    holder: list[int] = field(init=False)
    held: list[list[int]] = field(init=False)
    load: list[int] = field(init=False)
    on_visit: list[dict[int, int]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Start with every place empty."""
        self.group_of = [i for i, each in enumerate(self.groups) for _ in range(each.count)]
        self.visit_of = [self.groups[group].visit for group in self.group_of]
        self.holder = [-1] * len(self.group_of)
        self.held = [[] for _ in self.prior]
        self.load = list(self.prior)
        self.on_visit = [{} for _ in range(max(self.visit_of, default=-1) + 1)]

    def fill(self) -> Violator | None:
        """Fill all places by augmenting paths, in order; or give the first set that cannot be."""
        for place in range(len(self.group_of)):
            if violator := self._augment(place):
                return violator
        return None

    def _augment(self, root: int) -> Violator | None:
        """Find officers for ``root`` depth first, moving others on; or say why it cannot be.

        In the hardest problems a path has thousands of steps, so a step is four plain lists.
        """
        groups, group_of, visit_of = self.groups, self.group_of, self.visit_of
        on_visit, held, load, cap = self.on_visit, self.held, self.load, self.cap
        seen, unseen = bytearray(len(load)), (1 << len(load)) - 1
        reached = bytearray(len(group_of))
        # The places on the path, whom each could have, whom it wants, who might make room.
        places, candidates = [root], [iter(groups[group_of[root]].candidates)]
        officers, occupants = [-1], [_NOBODY]
        reached[root] = 1
        while places:
            place = places[-1]
            mover = next(filterfalse(reached.__getitem__, occupants[-1]), None)
            if mover is not None:
                reached[mover] = 1
                places.append(mover)
                candidates.append(iter(groups[group_of[mover]].candidates))
                officers.append(-1)
                occupants.append(_NOBODY)
                continue
            among, officer = groups[group_of[place]].among, -1
            for tried, each in enumerate(candidates[-1], 1):
                if not seen[each]:
                    officer = each
                    break
                if not tried % LOOK and not among & unseen:
                    break
            if officer < 0:
                for stack in (places, candidates, officers, occupants):
                    stack.pop()
                continue
            officers[-1] = officer
            other = on_visit[visit_of[place]].get(officer)
            if other is not None:
                # Already on this visit: only another group of it could give the officer up.
                occupants[-1] = iter((other,)) if group_of[other] != group_of[place] else _NOBODY
                continue
            seen[officer] = 1
            unseen ^= 1 << officer
            if load[officer] < cap:
                self._fill_along(places, officers)
                return None
            occupants[-1] = iter(held[officer])
        full = frozenset(officer for officer, one in enumerate(seen) if one)
        on = frozenset(place for place, one in enumerate(reached) if one)
        needed = sum(self.holder[place] in full for place in on) + 1
        return Violator(on, full, needed)

    def _fill_along(self, places: list[int], officers: list[int]) -> None:
        """Give each place on a path the officer it wants; only the last one has a visit more."""
        for place, officer in zip(reversed(places), reversed(officers), strict=True):
            self._seat(place, officer)
        self.load[officers[-1]] += 1

    def _seat(self, place: int, officer: int) -> None:
        visit = self.on_visit[self.visit_of[place]]
        old = self.holder[place]
        if old >= 0:
            del visit[old]
            self.held[old].remove(place)
        visit[officer] = place
        self.holder[place] = officer
        insort(self.held[officer], place)

    def balance(self) -> None:
        """Apply alternating paths until the sum of squared loads is the least possible.

        An officer from whom no path leads to a load lower by two never gets one later: nothing
        that he reaches changes any more. So whatever he reached is set aside for good.
        """
        queue = [(-self.load[officer], officer) for officer in useful_of(self.groups)]
        levels: dict[int, int] = {}
        for high, officer in queue:
            levels[-high] = levels.get(-high, 0) | 1 << officer
        heapify(queue)
        while queue:
            high, start = heappop(queue)
            load = -high
            if not levels[load] >> start & 1:
                continue
            targets = _all(bits for level, bits in levels.items() if level <= load - 2)
            if not targets:
                return
            candidates = _all(levels.values())
            reached = self._reached(start, candidates, targets)
            if reached is not None:
                for level in levels:
                    levels[level] &= ~reached
                continue
            found = self._improve(start, candidates, targets)
            moved = ((start, load, load - 1), (found, self.load[found] - 1, self.load[found]))
            for officer, level, new in moved:
                levels[level] ^= 1 << officer
                levels[new] = levels.get(new, 0) | 1 << officer
                heappush(queue, (-new, officer))

    def _reached(self, start: int, candidates: int, targets: int) -> int | None:
        """Give every officer whom an alternating path from ``start`` reaches, and himself.

        Nothing where one of ``targets`` is among them. No order matters here.
        """
        unseen = candidates & ~(1 << start)
        passed: set[int] = set()
        places = list(self.held[start])
        while places:
            place = places.pop()
            group = self.group_of[place]
            new = self.groups[group].among & unseen
            if not new:
                continue
            for officer, other in self.on_visit[self.visit_of[place]].items():
                if new >> officer & 1:
                    new ^= 1 << officer
                    if self.group_of[other] != group and other not in passed:
                        passed.add(other)
                        places.append(other)
            if new & targets:
                return None
            unseen ^= new
            for officer in officers_of(new):
                places += self.held[officer]
        return candidates & ~unseen

    def _improve(self, start: int, candidates: int, targets: int) -> int:
        """Shift one visit from ``start`` to the first of ``targets`` found; give him.

        There is one (``_reached``).
        """
        unseen = candidates & ~(1 << start)
        seen = bytearray(b"\1") * len(self.load)
        for officer in officers_of(unseen):
            seen[officer] = 0
        low = self.load[start] - 2
        passed: set[int] = set()
        # One entry a node: the places to expand, the entry it came from, the place and officer.
        nodes: list[tuple[Sequence[int], int, int, int]] = [(self.held[start], -1, -1, start)]
        for at, (places, _, _, _) in enumerate(nodes):
            for place in places:
                visit = self.on_visit[self.visit_of[place]]
                group = self.group_of[place]
                if not self.groups[group].among & unseen:
                    continue
                for officer in self.groups[group].candidates:
                    if seen[officer]:
                        continue
                    other = visit.get(officer)
                    if other is not None:
                        if self.group_of[other] != group and other not in passed:
                            passed.add(other)
                            nodes.append(((other,), at, place, officer))
                        continue
                    seen[officer] = 1
                    unseen ^= 1 << officer
                    nodes.append((self.held[officer], at, place, officer))
                    if self.load[officer] <= low:
                        self._shift(nodes)
                        return officer
        raise AssertionError(targets)

    def _shift(self, nodes: list[tuple[Sequence[int], int, int, int]]) -> None:
        at = len(nodes) - 1
        while at > 0:
            _, origin, place, officer = nodes[at]
            self._seat(place, officer)
            at = origin
        self.load[nodes[0][3]] -= 1
        self.load[nodes[-1][3]] += 1


def useful_of(groups: Sequence[Group]) -> list[int]:
    """Give the officers who are a candidate of any group."""
    return officers_of(_all({each.among for each in groups}))


def officers_of(bits: int) -> list[int]:
    """Give the officers of a set in their order."""
    return [at for at, bit in enumerate(reversed(f"{bits:b}")) if bit == "1"]


def _all(sets: Iterable[int]) -> int:
    return reduce(or_, sets, 0)


def least_cap(groups: Sequence[Group], prior: Sequence[int]) -> int:
    """Give a cap below which the demands surely cannot be met."""
    wanted = sum(each.count for each in groups)
    useful = useful_of(groups)
    return cap_for(wanted, [prior[officer] for officer in useful])


def cap_for(wanted: int, prior: Sequence[int]) -> int:
    """Give the smallest cap at which officers with these loads can take ``wanted`` visits more.

    0 where nothing is wanted or nobody is there.
    """
    if not wanted or not prior:
        return 0
    ordered = sorted(prior)
    room, cap = 0, ordered[0]
    for count, load in enumerate(ordered, 1):
        # Raising the cap from this load to the next gives ``count`` visits for each step.
        above = ordered[count] if count < len(ordered) else load + wanted
        step = min(above - load, -(-(wanted - room) // count))
        room += step * count
        cap = load + step
        if room >= wanted:
            break
    return cap


def fill(
    groups: Sequence[Group], prior: Sequence[int], limit: int | None
) -> tuple[Matching, Violator | None]:
    """Fill all places under the smallest cap, at most ``limit``; or give the blocking set.

    A set that cannot be filled under one cap tells the least cap that could, so that the search
    climbs by the bound that it found rather than one by one; nothing below is ever feasible.
    """
    # No officer can have more than his own load and one place on every visit.
    top = max(prior, default=0) + len({each.visit for each in groups})
    highest = top if limit is None else min(limit, top)
    matching = Matching(groups, prior, highest)
    if violator := matching.fill():
        return matching, violator
    cap = least_cap(groups, prior)
    while cap < highest:
        lower = Matching(groups, prior, cap)
        violator = lower.fill()
        if violator is None:
            return lower, None
        bound = cap_for(violator.needed, [prior[each] for each in violator.officers])
        cap = max(bound, cap + 1)
    return matching, None
