"""``draw/2`` step 5: who inspects whom where somebody decided since chance picked."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator

from attrs import define, evolve, field, frozen

from supervision_core.draws.model.assignment import Assigned, Assignment, DemandsUnmet, assign
from supervision_core.draws.model.ranking import OFFICER, Sift, rank, sift
from supervision_core.draws.model.selection import Action, Adjustment
from supervision_core.draws.model.shortage import least_cap_for
from supervision_core.draws.model.staffing import (
    Ground,
    Recusal,
    Staffing,
    StaffingUnusable,
    meets,
    staffing_violations,
)
from supervision_core.kernel.canonical import sm3
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
class Withdrawal:
    """退出一步 (Withdrawal): an officer who keeps away from a subject, as was decided since.

    It is made once ``after`` of the corrections were.
    """

    officer: str
    subject: str
    after: int = 0


@frozen
class Course:
    """派员次序 (Course): whom chance picked, then what was decided, in the order of its making.

    That are corrections of the selection, and withdrawals of officers.
    """

    picks: tuple[str, ...]
    corrections: tuple[Correction, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """Everyone who was selected at any time: an assignment needs a visit of each."""
        came = (one.came for one in self.corrections if one.came is not None)
        return tuple(dict.fromkeys((*self.picks, *came)))

    @property
    def steps(self) -> Iterator[Correction | Withdrawal]:
        """Everything that was decided, in order; of what was at once, withdrawals after."""
        for made in range(len(self.corrections) + 1):
            yield from self.corrections[max(made - 1, 0) : made]
            yield from (one for one in self.withdrawals if one.after == made)


def assign_in_turn(seed: bytes, staffing: Staffing, course: Course, by: Sift = sift) -> Assignment:
    """Assign inspectors as if nothing had been decided since, then step by step what was.

    The picks are assigned as ``assign`` does. Then each correction is made: who left gives his
    officers back, who came is assigned alone, to officers who have what they were given so far.
    Of a withdrawal only the officer who keeps away changes: in his place comes the first by lot who
    may go and with whom those who stay meet the demands; where nobody may, the subject waits.
    Nobody else's officers ever change. Where there are not enough for the picks, those last by
    (rank, id) wait until the others can all be assigned; who waits is tried again, alone, at once
    and after each correction. Answers with the visits of those selected at the end. Raises as
    ``assign``, for those who still wait, too.
    """
    if not course.corrections and not course.withdrawals:
        return assign(seed, staffing, by)
    refuse_if(StaffingUnusable, staffing_violations(staffing))
    turns = _Turns(seed, staffing, by)
    turns.begin(course.picks)
    for each in course.steps:
        if isinstance(each, Withdrawal):
            turns.withdraw(each)
        else:
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
    away: set[tuple[str, str]] = field(factory=set)

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

    def withdraw(self, made: Withdrawal) -> None:
        """Let an officer go, if he was to go there, and the next by lot come; never again him."""
        self.away.add((made.officer, made.subject))
        officers = self.given.get(made.subject, ())
        if made.officer in officers:
            staying = tuple(one for one in officers if one != made.officer)
            self.loads[made.officer] -= 1
            found = next(self._next(made.subject, staying), None)
            if found is None:
                for officer in staying:
                    self.loads[officer] -= 1
                del self.given[made.subject]
                self.waiting.append(made.subject)
            else:
                self.loads[found] += 1
                self.cap = max(self.cap, self.loads[found])
                self.given[made.subject] = tuple(sorted((*staying, found)))
        self._try_waiting()

    def _next(self, subject: str, staying: Collection[str]) -> Iterator[str]:
        """Give who may go beside those who stay, the first by lot first."""
        visit = next(one for one in self.staffing.visits if one.subject == subject)
        known = {one.id: one for one in self.staffing.inspectors}
        kept_away = {one.officer for one in self.staffing.recusals if one.subject == subject}
        kept_away |= {officer for officer, of in self.away if of == subject}
        cap, prefix = self.staffing.cap, self.seed + OFFICER + subject.encode() + b"\x1f"
        for one in sorted(known, key=lambda each: (sm3(prefix + each.encode()), each)):
            free = cap is None or self.loads[one] < cap
            if free and one not in kept_away and one not in staying:
                going = [known[each] for each in (*staying, one)]
                if meets(visit, going, self.staffing.day):
                    yield one

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
            recusals=(
                *self.staffing.recusals,
                *(Recusal(one, of, Ground.REQUEST) for one, of in sorted(self.away)),
            ),
        )

    def _ordered(self, subjects: Iterable[str]) -> list[str]:
        return sorted(subjects, key=lambda one: (rank(self.seed, one), one))
