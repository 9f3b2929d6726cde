"""认领时抽取: a department draws the officers of its visits out of its own when it claims."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final, Self

from attrs import evolve, frozen

from supervision_core.draws.model.assignment import Assignment, assign
from supervision_core.draws.model.eligibility import Eligibility
from supervision_core.draws.model.ranking import Sift, sift
from supervision_core.draws.model.staffing import (
    LEAST_OFFICERS,
    Demand,
    Inspector,
    Recusal,
    Staffing,
    Visit,
)
from supervision_core.kernel.canonical import canonical_json, sm3

LEAD_SENDS, JOINING_SENDS = 2, 1
"""How many officers a department sends to a visit unless it says otherwise.

With the lead's two every visit that it answers has what 行政处罚法 第42条 demands.
"""
ANY_MATTER: Final = "*"
"""The matter of a demand for which any certificate of the officer will do."""
_CLAIM = b"\x04"


def claim_seed(drawn: bytes, department: str) -> bytes:
    """Give the seed by which a department draws: SM3(seed of the task's draw 0x04 department)."""
    return sm3(drawn + _CLAIM + department.encode())


@frozen(kw_only=True)
class UnstaffedSubject:
    """待派对象 (UnstaffedSubject): whom a draw left without officers: fewer may go than it needs.

    Of the candidates ``fit`` may go; ``recused`` must withdraw, the others, ``uncertified``, have
    no certificate that is good in its region on the day.
    """

    subject: str
    needed: int
    fit: int
    recused: int
    uncertified: int


@frozen(kw_only=True)
class ClaimDraw:
    """认领抽取 (ClaimDraw): what a department's officers were drawn from when it claimed.

    With the subjects that it was for anyone finds the same officers: ``replay`` draws them again,
    ``holds`` tells whether ``result``, the SM3 of who was drawn for which subject, is theirs, and
    whether the ``unstaffed`` are those for whom nobody could be drawn. Where the department is
    ``alone`` with a subject, two go at least. ``seed`` is hexadecimal; ``team`` is empty where all
    officers of the department took part. Source: proposal 6.4.2.5.2.2.2.1, 6.4.2.5.2.3.1.
    """

    seed: str
    department: str
    team: str
    count: int
    cap: int | None
    day: date
    candidates: tuple[Inspector, ...]
    recusals: tuple[Recusal, ...]
    result: str = ""
    alone: tuple[str, ...] = ()
    unstaffed: tuple[UnstaffedSubject, ...] = ()
    drawn_at: datetime | None = None

    def staffing(self, places: Mapping[str, str]) -> Staffing:
        """Give what the assignment is made from, for visits of these subjects in their regions."""
        usual, alone = self._demands(self.count), frozenset(self.alone)
        more = self._demands(max(self.count, LEAST_OFFICERS))
        return Staffing(
            day=self.day,
            visits=tuple(
                Visit(subject, region, more if subject in alone else usual)
                for subject, region in places.items()
            ),
            inspectors=self.candidates,
            recusals=self.recusals,
            cap=self.cap,
        )

    def _demands(self, count: int) -> tuple[Demand, ...]:
        return (Demand((self.department,), count, ANY_MATTER),)

    def short(self, places: Mapping[str, str]) -> tuple[UnstaffedSubject, ...]:
        """Give for which of these subjects fewer may go than are needed, in order of their ids."""
        return tuple(_short(evolve(self.staffing(dict(sorted(places.items()))), cap=None)))

    def replay(self, places: Mapping[str, str], by: Sift = sift) -> Assignment:
        """Draw for visits of these subjects, in their regions, but those that are ``short``.

        Raises ``StaffingUnusable`` and ``DemandsUnmet`` as ``assign``, which needs no two officers
        a visit here: departments send them together.
        """
        short = {one.subject for one in self.short(places)}
        left = {subject: at for subject, at in places.items() if subject not in short}
        return assign(bytes.fromhex(self.seed), self.staffing(left), by, least=1)

    def finished(self, found: Assignment, places: Mapping[str, str]) -> Self:
        """Give the same with who was drawn for these subjects, and for which nobody could be."""
        return evolve(self, result=result_of(found), unstaffed=self.short(places))

    def holds(self, places: Mapping[str, str]) -> bool:
        """Tell whether drawing again for these visits gives those who were drawn."""
        again = self.finished(self.replay(places), places)
        return (again.result, again.unstaffed) == (self.result, self.unstaffed)


def _short(staffing: Staffing) -> Iterator[UnstaffedSubject]:
    eligibility = Eligibility(staffing)
    for visit in staffing.visits:
        (demand,) = visit.demands
        certified = eligibility.certified(visit, demand).officers
        recused = len(set(certified).intersection(eligibility.recused(visit.subject)))
        if len(certified) - recused < demand.count:
            yield UnstaffedSubject(
                subject=visit.subject, needed=demand.count, fit=len(certified) - recused,
                recused=recused, uncertified=len(staffing.inspectors) - len(certified),
            )  # fmt: skip


def result_of(found: Assignment) -> str:
    """Give the SM3 of who goes to which subject, hexadecimal."""
    pairs = {each.id: list[str](each.officers) for each in found.visits}
    return sm3(canonical_json(pairs)).hex()
