"""``draw/2`` step 5: who inspects whom where hands corrected what chance picked."""

from bisect import bisect_left
from collections.abc import Iterable

from attrs import define, evolve, field, frozen

from supervision_core.draws.model.assignment import Assigned, Assignment, DemandsUnmet, assign
from supervision_core.draws.model.ranking import Sift, rank, sift
from supervision_core.draws.model.selection import Action, Adjustment
from supervision_core.draws.model.shortage import least_cap_for
from supervision_core.draws.model.staffing import (
    Staffing,
    StaffingUnusable,
    staffing_violations,
)
from supervision_core.kernel.errors import refuse_if


@frozen
class Correction:
    """增减一步 (Correction): who left the selection by hand, and who came into it."""

    left: str | None
    came: str | None

    @classmethod
    def of(cls, made: Adjustment) -> "Correction":
        """Give what an adjustment did: whom it added, or removed and put in the place."""
        if made.action is Action.ADD:
            return cls(None, made.id)
        return cls(made.id, made.replacement)


@frozen
class Course:
    """派员次序 (Course): whom chance picked, then the corrections in the order of their making."""

    picks: tuple[str, ...]
    corrections: tuple[Correction, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """Everyone who was selected at any time: an assignment needs a visit of each."""
        came = (one.came for one in self.corrections if one.came is not None)
        return tuple(dict.fromkeys((*self.picks, *came)))


def assign_in_turn(seed: bytes, staffing: Staffing, course: Course, by: Sift = sift) -> Assignment:
    """Assign inspectors as if nothing had been corrected, then to whoever came, one by one.

    The picks are assigned as ``assign`` does. Then each correction is made: who left gives his
    officers back, who came is assigned alone, to officers who have what they were given so far.
    Nobody else's officers ever change. Where there are not enough for the picks, those last by
    (rank, id) wait until the others can all be assigned; who waits is tried again, alone, at once
    and after each correction. Answers with the visits of those selected at the end. Raises as
    ``assign``, for those who still wait, too.
    """
    if not course.corrections:
        return assign(seed, staffing, by)
    refuse_if(StaffingUnusable, staffing_violations(staffing))
    turns = _Turns(seed, staffing, by)
    turns.begin(course.picks)
    for each in course.corrections:
        turns.take(each)
    return turns.answer()


@define
class _Turns:
    """Who has which officers so far, and who waits for some.

    Where the picks cannot all be assigned, the longest beginning of them that can is.
    """

    seed: bytes
    staffing: Staffing
    by: Sift
    cap: int = 0
    loads: dict[str, int] = field(factory=dict)
    given: dict[str, tuple[str, ...]] = field(factory=dict)
    waiting: list[str] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        self.loads = {one.id: one.workload for one in self.staffing.inspectors}

    def begin(self, picks: Iterable[str]) -> None:
        """Assign the picks: all of them, else as many of the first as can be."""
        ordered = self._ordered(picks)
        try:
            self._give(ordered)
        except DemandsUnmet:
            counts = range(1, len(ordered) + 1)
            count = bisect_left(counts, 1, key=lambda some: not self._can(ordered[:some]))
            self._give(ordered[:count])
            self.waiting = ordered[count:]
            self._try_waiting()

    def take(self, made: Correction) -> None:
        """Let who left give his officers back, and who came wait for some."""
        if made.left is not None:
            for officer in self.given.pop(made.left, ()):
                self.loads[officer] -= 1
        self.waiting = [one for one in self.waiting if one != made.left]
        if made.came is not None:
            self.waiting.append(made.came)
        self._try_waiting()

    def answer(self) -> Assignment:
        """Give the assignment. Raises ``DemandsUnmet`` where anybody waits."""
        if self.waiting:
            self._give(self.waiting)
        found = tuple(Assigned(one, self.given[one]) for one in self._ordered(self.given))
        return Assignment(found, self.cap, self.loads)

    def _try_waiting(self) -> None:
        still = []
        for one in self.waiting:
            if self._can([one]):
                self._give([one])
            else:
                still.append(one)
        self.waiting = still

    def _can(self, subjects: Iterable[str]) -> bool:
        return least_cap_for(self._asked(subjects)) is not None

    def _give(self, subjects: Iterable[str]) -> None:
        found = assign(self.seed, self._asked(subjects), self.by)
        self.given |= {one.id: one.officers for one in found.visits}
        self.loads = dict(found.loads)
        self.cap = max(self.cap, found.cap)

    def _asked(self, subjects: Iterable[str]) -> Staffing:
        wanted = set(subjects)
        return evolve(
            self.staffing,
            visits=tuple(one for one in self.staffing.visits if one.subject in wanted),
            inspectors=tuple(
                evolve(one, workload=self.loads[one.id]) for one in self.staffing.inspectors
            ),
        )

    def _ordered(self, subjects: Iterable[str]) -> list[str]:
        return sorted(subjects, key=lambda one: (rank(self.seed, one), one))
