"""The matching behind the assignment, on plain indexes: Kuhn's paths, then balancing paths.

A *place* is one officer wanted by a group (a group of three has three places); places stand in
the order of their groups. Officers stand in the order of their ids' bytes. All of it is part of
``draw/1``: another order would give another, equally balanced, assignment.
"""

from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from heapq import heapify, heappop, heappush
from itertools import chain, compress, filterfalse, islice
from operator import or_
from typing import Final

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
    """One demand of one visit: ``count`` officers of its candidates, in the order to try them.

    The ``first`` of them are walked again and again, the ``rest`` seldom; ``among`` are all of
    them as a set (``as_bits``).
    """

    visit: int
    count: int
    first: Sequence[int]
    rest: Iterable[int] = ()
    among: int = field(
        default=Factory(lambda self: as_bits(chain(self.first, self.rest)), takes_self=True),
        repr=False,
    )


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
    firsts: list[Sequence[int]] = field(init=False)
    holder: list[int] = field(init=False)
    held: list[list[int]] = field(init=False)
    load: list[int] = field(init=False)
    beside: list[dict[int, int]] = field(init=False)
    """Of each place, who is on its visit, and in which place."""

    def __attrs_post_init__(self) -> None:
        """Start with every place empty."""
        self.group_of = [i for i, each in enumerate(self.groups) for _ in range(each.count)]
        self.firsts = [self.groups[group].first for group in self.group_of]
        self.holder = [-1] * len(self.group_of)
        self.held = [[] for _ in self.prior]
        self.load = list(self.prior)
        on_visit: dict[int, dict[int, int]] = {}
        self.beside = [on_visit.setdefault(self.groups[it].visit, {}) for it in self.group_of]

    def fill(self) -> Violator | None:
        """Fill all places by augmenting paths, in order; or give the first set that cannot be."""
        for place in range(len(self.group_of)):
            if violator := self._augment(place):
                return violator
        return None

    def _augment(self, root: int) -> Violator | None:
        """Find officers for ``root`` depth first, moving others on; or say why it cannot be.

        In the hardest problems a path has thousands of steps, so that it is a plain list. What was
        tried is marked: back at a place, its candidates are walked from the start.
        """
        groups, group_of, beside = self.groups, self.group_of, self.beside
        firsts, held, load, cap = self.firsts, self.held, self.load, self.cap
        seen, reached = bytearray(len(load)), bytearray(len(group_of))
        is_seen, is_reached = seen.__getitem__, reached.__getitem__
        unseen, marked = (1 << len(load)) - 1, list[int]()
        rests: dict[int, Iterator[int]] = {}
        path, place = list[int](), root
        candidates: Iterator[int] = filterfalse(is_seen, firsts[root])
        reached[root] = 1
        while True:
            officer = next(candidates, -1)
            if officer >= 0:
                other = beside[place].get(officer)
                if other is None:
                    seen[officer] = 1
                    marked.append(officer)
                    if load[officer] < cap:
                        path.append(place)
                        self._move(path, officer)
                        return None
                    mover = next(filterfalse(is_reached, held[officer]), -1)
                elif reached[other] or group_of[other] == group_of[place]:
                    continue
                else:
                    # Already on this visit: only another group of it could give the officer up.
                    mover = other
            elif place not in rests:
                unseen ^= as_bits(marked)
                marked.clear()
                rest = groups[group_of[place]].rest if self._open(place, unseen, reached) else ()
                rests[place] = candidates = filterfalse(is_seen, rest)
                continue
            elif path:
                officer, place = self.holder[place], path.pop()
                candidates = rests.get(place) or filterfalse(is_seen, firsts[place])
                if officer in beside[place]:
                    continue
                mover = next(filterfalse(is_reached, held[officer]), -1)
            else:
                return self._violator(seen, reached)
            if mover >= 0:
                reached[mover] = 1
                path.append(place)
                place, candidates = mover, filterfalse(is_seen, firsts[mover])

    def _open(self, place: int, unseen: int, passed: bytearray) -> int:
        """Give which of these officers the place could have, or could have others make give up.

        Who is on the visit already can only give up a place of another group, not ``passed`` yet.
        """
        group = self.group_of[place]
        firm = (
            officer
            for officer, other in self.beside[place].items()
            if passed[other] or self.group_of[other] == group
        )
        return self.groups[group].among & unseen & ~as_bits(firm)

    def _violator(self, seen: bytearray, reached: bytearray) -> Violator:
        full = frozenset(officer for officer, one in enumerate(seen) if one)
        on = frozenset(place for place, one in enumerate(reached) if one)
        return Violator(on, full, sum(self.holder[place] in full for place in on) + 1)

    def _move(self, places: Sequence[int], officer: int) -> None:
        """Give the last place the officer, and each other whom the place after it had."""
        holder, held, beside = self.holder, self.held, self.beside
        self.load[officer] += 1
        insort(held[officer], places[-1])
        for at in range(len(places) - 1, -1, -1):
            place = places[at]
            visit, old = beside[place], holder[place]
            if old >= 0:
                del visit[old]
                held[old].remove(place)
                if at:
                    insort(held[old], places[at - 1])
            visit[officer] = place
            holder[place] = officer
            officer = old

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
        passed = bytearray(len(self.holder))
        places = list(self.held[start])
        while places:
            place = places.pop()
            new = self._open(place, unseen, passed)
            if not new:
                continue
            for officer, other in self.beside[place].items():
                if new >> officer & 1:
                    new ^= 1 << officer
                    passed[other] = 1
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
        passed = bytearray(len(self.holder))
        is_target = _flags(targets, len(self.load)).__getitem__
        # The places reached: the entry each came from, and the officers that only it reaches.
        reached: list[tuple[int, int, int]] = []
        for place, origin in self._places_from(start, reached, passed):
            visit, new = self.beside[place], self._open(place, unseen, passed)
            if new & targets:
                for officer in filter(is_target, self._candidates(place)):
                    if officer not in visit:
                        self._shift(reached, origin, place, officer)
                        return officer
            if new:
                reached.append((place, origin, new))
                unseen ^= new & ~as_bits(visit)
        raise AssertionError(targets)

    def _places_from(
        self, start: int, reached: Sequence[tuple[int, int, int]], passed: bytearray
    ) -> Iterator[tuple[int, int]]:
        """Give the places of ``start``, then those of whom the places reached could have instead.

        Candidates are put in order only when their turn comes.
        """
        for place in self.held[start]:
            yield place, -1
        for at, (place, _, new) in enumerate(reached):
            visit, is_new = self.beside[place], _flags(new, len(self.load)).__getitem__
            walk = filter(is_new, self._candidates(place))
            for officer in islice(walk, new.bit_count()):
                other = visit.get(officer)
                if other is None:
                    for each in self.held[officer]:
                        yield each, at
                elif not passed[other]:
                    passed[other] = 1
                    yield other, at

    def _candidates(self, place: int) -> Iterator[int]:
        group = self.groups[self.group_of[place]]
        return chain(group.first, group.rest)

    def _shift(
        self, reached: Sequence[tuple[int, int, int]], origin: int, place: int, officer: int
    ) -> None:
        places = [place]
        while origin >= 0:
            place, origin, _ = reached[origin]
            places.append(place)
        places.reverse()
        self.load[self.holder[places[0]]] -= 1
        self._move(places, officer)


def useful_of(groups: Sequence[Group]) -> list[int]:
    """Give the officers who are a candidate of any group."""
    return officers_of(_all({each.among for each in groups}))


def officers_of(bits: int) -> list[int]:
    """Give the officers of a set in their order."""
    return list(compress(range(bits.bit_length()), _flags(bits, bits.bit_length())))


def _flags(bits: int, length: int) -> bytearray:
    """Give 1 for each officer of a set, and 0 for each other."""
    return bytearray(f"{bits:0{length}b}".encode().translate(_DIGITS))[::-1]


_DIGITS: Final = bytes.maketrans(b"01", b"\0\1")


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
