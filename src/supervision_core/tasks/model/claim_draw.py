"""认领时抽取: a department draws the officers of its visits out of its own when it claims."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final, Self

from attrs import evolve, field, frozen

from supervision_core.draws.model.assignment import Assignment, DemandsUnmet, assign
from supervision_core.draws.model.eligibility import Eligibility
from supervision_core.draws.model.leaves import Leaf
from supervision_core.draws.model.ranking import Sift, sift
from supervision_core.draws.model.staffing import (
    LEAST_OFFICERS,
    Certificate,
    Demand,
    Inspector,
    Recusal,
    Staffing,
    StaffingUnusable,
    Visit,
)
from supervision_core.kernel.canonical import canonical_json, sm3
from supervision_core.kernel.plain import to_plain

LEAD_SENDS, JOINING_SENDS = 2, 1
"""How many officers a department sends to a visit unless it says otherwise.

With the lead's two every visit that it answers has what 行政处罚法 第42条 demands.
"""
LISTED: Final = "claim-list/1"
"""The format of what is fixed before a department draws."""


@frozen(kw_only=True)
class UnstaffedSubject:
    """待派对象 (UnstaffedSubject): whom a draw left without officers: fewer may go than it needs.

    Of the candidates ``fit`` may go; ``recused`` must withdraw, the others, ``uncertified``, have
    no certificate that is good in its region on its day.
    """

    subject: str
    needed: int
    fit: int
    recused: int
    uncertified: int


@frozen(kw_only=True)
class ClaimDraw:
    """认领抽取 (ClaimDraw): what a department's officers were drawn from when it claimed.

    All but seed, result and whom it left was fixed, as ``listed`` tells, before the platform's
    ``leaf`` was known, from whose value and the list the ``seed`` follows; older draws have none.
    With the subjects that it was for anyone finds the same officers: ``replay`` draws them again,
    ``holds`` tells whether ``result``, the SM3 of who was drawn for which subject, is theirs, and
    whether the ``unstaffed`` are those for whom nobody could be drawn. Whoever goes is certified
    when the visit is due, or on the day of the draw once that is past: on ``day``, or as ``later``
    says of some subjects. Where the department is ``alone`` with one, two go at least. ``seed`` is
    hexadecimal, empty until the leaf is known; ``team`` is empty where all officers of the
    department took part. ``staff`` counts the officers whom the department had then, not known of
    older draws; ``changes`` how many of them are not as at the dispatch of the task, by kind
    (``PoolChange``): who came, who was suspended or left, whose certificates are others.
    Source: proposal 6.4.2.5.2.2.2.1, 6.4.2.5.2.3.1.
    """

    seed: str = ""
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
    later: Mapping[str, date] = field(factory=dict)
    drawn_at: datetime | None = None
    leaf: Leaf | None = None
    staff: int = 0
    changes: Mapping[str, int] = field(factory=dict)

    def listed(self, places: Mapping[str, str]) -> bytes:
        """Give the SM3 of the list: who may go to which subjects, in their regions, by what."""
        return sm3(
            canonical_json(
                {
                    "format": LISTED,
                    "department": self.department,
                    "team": self.team,
                    "count": self.count,
                    "cap": self.cap,
                    "day": self.day.isoformat(),
                    "later": {one: day.isoformat() for one, day in self.later.items()},
                    "alone": list[str](self.alone),
                    "candidates": [to_plain(one) for one in self.candidates],
                    "recusals": [to_plain(one) for one in self.recusals],
                    "places": dict(places),
                }
            )
        )

    def seeded(self, leaf: Leaf, places: Mapping[str, str]) -> Self:
        """Give the same with the leaf, its value known, that draws for these subjects."""
        return evolve(self, leaf=leaf, seed=leaf.seed(self.listed(places)).hex())

    def day_of(self, subject: str) -> date:
        """Give the day on which whoever goes to a subject has to be certified."""
        return self.later.get(subject, self.day)

    def staffing(self, places: Mapping[str, str]) -> Staffing:
        """Give what the assignment is made from, for visits of these subjects in their regions.

        Any certificate will do that is good on the day of the visit: the days stand for matters.
        """
        alone, days = frozenset(self.alone), {self.day, *self.later.values()}
        return Staffing(
            day=self.day,
            visits=tuple(
                Visit(subject, region, (self._demand(subject, alone=subject in alone),))
                for subject, region in places.items()
            ),
            inspectors=tuple(
                evolve(one, certificates=tuple(self._on(days, each) for each in one.certificates))
                for one in self.candidates
            ),
            recusals=self.recusals,
            cap=self.cap,
        )

    def _demand(self, subject: str, *, alone: bool) -> Demand:
        count = max(self.count, LEAST_OFFICERS) if alone else self.count
        return Demand((self.department,), count, self.day_of(subject).isoformat())

    def _on(self, days: Iterable[date], held: Certificate) -> Certificate:
        good = frozenset(
            each.isoformat() for each in days if held.valid_from <= each <= held.valid_until
        )
        return Certificate(good, held.regions, self.day, self.day)

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

    def again(self, places: Mapping[str, str], by: Sift = sift) -> Assignment | None:
        """Draw as ``replay``, or give nothing where what is kept no longer lets it."""
        try:
            return self.replay(places, by)
        except (DemandsUnmet, StaffingUnusable):
            return None

    def gave(self, found: Assignment | None, places: Mapping[str, str]) -> bool:
        """Tell whether those who were drawn, and left, for these visits are as ``found`` again.

        So are leaf, list and seed.
        """
        if found is None or self.finished(found, places) != self:
            return False
        return self.leaf is None or self.leaf.gives(bytes.fromhex(self.seed), self.listed(places))

    def holds(self, places: Mapping[str, str]) -> bool:
        """Tell whether drawing again for these visits gives those who were drawn."""
        return self.gave(self.again(places), places)


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
