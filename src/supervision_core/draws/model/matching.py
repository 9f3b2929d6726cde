"""The matching behind the assignment, on plain indexes: Kuhn's paths, then balancing paths.

A *place* is one officer wanted by a group (a group of three has three places); places stand in
the order of their groups. Officers stand in the order of their ids' bytes. All of it is part of
``draw/1``: another order would give another, equally balanced, assignment.
"""

from bisect import insort
from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush

from attrs import define, field, frozen


@frozen
class Group:
    """One demand of one visit: ``count`` officers of ``candidates``, in the order to try them."""

    visit: int
    count: int
    candidates: Sequence[int]


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
class _Step:
    """A place on the path being searched, the officer it wants, and who might make room."""

    place: int
    candidates: Iterator[int]
    officer: int = -1
    occupants: Iterator[int] = field(factory=lambda: iter(()))


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
        """Find officers for ``root`` depth first, moving others on; or say why it cannot be."""
        seen = bytearray(len(self.load))
        reached = {root}
        path = [self._step(root)]
        while path:
            step = path[-1]
            mover = next((each for each in step.occupants if each not in reached), None)
            if mover is not None:
                reached.add(mover)
                path.append(self._step(mover))
                continue
            officer = next((each for each in step.candidates if not seen[each]), None)
            if officer is None:
                path.pop()
                continue
            step.officer = officer
            other = self.on_visit[self.visit_of[step.place]].get(officer)
            if other is not None:
                # Already on this visit: only another group of it could give the officer up.
                apart = self.group_of[other] != self.group_of[step.place]
                step.occupants = iter((other,) if apart else ())
                continue
            seen[officer] = 1
            if self.load[officer] < self.cap:
                for each in reversed(path):
                    self._move(each.place, each.officer)
                return None
            step.occupants = iter(self.held[officer])
        full = frozenset(officer for officer, one in enumerate(seen) if one)
        needed = sum(self.holder[place] in full for place in reached) + 1
        return Violator(frozenset(reached), full, needed)

    def _step(self, place: int) -> _Step:
        return _Step(place, iter(self.groups[self.group_of[place]].candidates))

    def _move(self, place: int, officer: int) -> None:
        visit = self.on_visit[self.visit_of[place]]
        old = self.holder[place]
        if old >= 0:
            del visit[old]
            self.held[old].remove(place)
            self.load[old] -= 1
        visit[officer] = place
        self.holder[place] = officer
        insort(self.held[officer], place)
        self.load[officer] += 1

    def balance(self) -> None:
        """Apply alternating paths until the sum of squared loads is the least possible.

        An officer from whom no path leads to a load lower by two never gets one later: nothing
        that he reaches changes any more. So whatever he reached is set aside for good.
        """
        useful = {officer for each in self.groups for officer in each.candidates}
        done = bytearray(0 if i in useful else 1 for i in range(len(self.load)))
        loads = Counter(self.load[officer] for officer in useful)
        queue = [(-self.load[officer], officer) for officer in useful]
        heapify(queue)
        while queue:
            high, start = heappop(queue)
            if done[start] or -high != self.load[start]:
                continue
            if -high - min(loads) < 2:  # noqa: PLR2004 - the definition's own two
                return
            found = self._improve(start, done)
            if isinstance(found, set):
                for officer in found:
                    done[officer] = 1
                    _less(loads, self.load[officer])
                continue
            _less(loads, -high)
            _less(loads, self.load[found] - 1)
            loads.update((self.load[start], self.load[found]))
            heappush(queue, (-self.load[start], start))
            heappush(queue, (-self.load[found], found))

    def _improve(self, start: int, done: bytearray) -> int | set[int]:
        """Shift one visit from ``start`` to the first officer found with a load lower by two.

        Gives that officer, or every officer reached where there is none.
        """
        low = self.load[start] - 2
        seen = bytearray(done)
        seen[start] = 1
        reached: set[int] = set()
        # One entry a node: the places to expand, the entry it came from, the place and officer.
        nodes: list[tuple[Sequence[int], int, int, int]] = [(self.held[start], -1, -1, start)]
        for at, (places, _, _, _) in enumerate(nodes):
            for place in places:
                visit = self.on_visit[self.visit_of[place]]
                group = self.group_of[place]
                for officer in self.groups[group].candidates:
                    if seen[officer]:
                        continue
                    other = visit.get(officer)
                    if other is not None:
                        if self.group_of[other] != group and other not in reached:
                            reached.add(other)
                            nodes.append(((other,), at, place, officer))
                        continue
                    seen[officer] = 1
                    nodes.append((self.held[officer], at, place, officer))
                    if self.load[officer] <= low:
                        self._shift(nodes)
                        return officer
        return {officer for places, _, _, officer in nodes if places is self.held[officer]}

    def _shift(self, nodes: list[tuple[Sequence[int], int, int, int]]) -> None:
        at = len(nodes) - 1
        while at > 0:
            _, origin, place, officer = nodes[at]
            self._move(place, officer)
            at = origin


def _less(loads: Counter[int], load: int) -> None:
    loads[load] -= 1
    if not loads[load]:
        del loads[load]


def least_cap(groups: Sequence[Group], prior: Sequence[int]) -> int:
    """Give a cap below which the demands surely cannot be met."""
    wanted = sum(each.count for each in groups)
    useful = {officer for each in groups for officer in each.candidates}
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
