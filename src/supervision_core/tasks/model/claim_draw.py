"""认领时抽取: a department draws the officers of its visits out of its own when it claims."""

from collections.abc import Mapping
from datetime import date
from typing import Final, Self

from attrs import evolve, frozen

from supervision_core.draws.model.assignment import Assignment, assign
from supervision_core.draws.model.ranking import Sift, sift
from supervision_core.draws.model.staffing import Demand, Inspector, Recusal, Staffing, Visit
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
class ClaimDraw:
    """认领抽取 (ClaimDraw): what a department's officers were drawn from when it claimed.

    With the visits in which the department answers items anyone finds the same officers:
    ``replay`` draws them again, ``holds`` tells whether ``result``, the SM3 of who was drawn for
    which subject, is theirs. ``seed`` is hexadecimal; ``team`` is empty where all officers of the
    department took part. Source: proposal 6.4.2.5.2.2.2.1, 6.4.2.5.2.3.1.
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

    def staffing(self, places: Mapping[str, str]) -> Staffing:
        """Give what the assignment is made from, for visits of these subjects in their regions."""
        demands = (Demand((self.department,), self.count, ANY_MATTER),)
        return Staffing(
            day=self.day,
            visits=tuple(Visit(subject, region, demands) for subject, region in places.items()),
            inspectors=self.candidates,
            recusals=self.recusals,
            cap=self.cap,
        )

    def replay(self, places: Mapping[str, str], by: Sift = sift) -> Assignment:
        """Draw for visits of these subjects, in their regions.

        Raises ``StaffingUnusable`` and ``DemandsUnmet`` as ``assign``, which needs no two officers
        a visit here: departments send them together.
        """
        return assign(bytes.fromhex(self.seed), self.staffing(places), by, least=1)

    def finished(self, found: Assignment) -> Self:
        """Give the same with who was drawn."""
        return evolve(self, result=result_of(found))

    def holds(self, places: Mapping[str, str]) -> bool:
        """Tell whether drawing again for these visits gives those who were drawn."""
        return result_of(self.replay(places)) == self.result


def result_of(found: Assignment) -> str:
    """Give the SM3 of who goes to which subject, hexadecimal."""
    pairs = {each.id: list[str](each.officers) for each in found.visits}
    return sm3(canonical_json(pairs)).hex()
