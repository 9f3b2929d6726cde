"""Of whom inspectors are drawn: fixed by the rule of a draw, before anybody can know its seed."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, cast

from attrs import field, frozen

from supervision_core.draws.model.pool import id_fault
from supervision_core.draws.model.staffing import Demand, Inspector, Staffing
from supervision_core.kernel.canonical import Json, canonical_json, sm3
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.plain import from_plain, to_plain

_TEAM: Final = b"\x03"


def _sorted(ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(ids))


@frozen(kw_only=True)
class RosterTeam:
    """名册小组 (RosterTeam): a team of officers, of one or several departments, that may be drawn.

    Source: proposal 6.4.2.5.2.2.2.1.
    """

    id: str
    departments: tuple[str, ...] = field(converter=_sorted)
    members: tuple[str, ...] = field(converter=_sorted)


@frozen(kw_only=True)
class Roster:
    """检查人员名册 (Roster): all from which inspectors are drawn, beside the seed.

    Officers with their certificates, how many of which departments go to each subject, the day on
    which they are certified, the most visits of one, and the teams of which one is drawn first for
    each department that has any. Without ``demands`` each department that answers an item of a
    subject sends one officer, two where it is alone. It is a member of the rule, so that its hash
    stands before the seed. Source: design §14.
    """

    day: date
    demands: tuple[Demand, ...]
    inspectors: tuple[Inspector, ...]
    teams: tuple[RosterTeam, ...] = ()
    cap: int | None = None

    @property
    def document(self) -> dict[str, Json]:
        """It as a member of a rule: integers and texts alone."""
        plain = cast("Mapping[str, Json]", to_plain(self))
        return {name: value for name, value in plain.items() if value is not None}

    @classmethod
    def of(cls, document: object) -> "Roster | None":
        """Read it as ``document`` gave it, exactly; nothing for what is none."""
        try:
            read = from_plain(cls, document)
            same = canonical_json(read.document) == canonical_json(document)  # type: ignore[arg-type]
        except Exception:  # noqa: BLE001 - cattrs answers hostile input with whatever it met
            return None
        return read if same else None

    def drawn_teams(self, seed: bytes) -> Mapping[str, RosterTeam]:
        """Draw a team for each department that has any: whose SM3(seed 0x03 id) is the least."""
        least: dict[str, tuple[bytes, RosterTeam]] = {}
        for one in self.teams:
            lot = sm3(seed + _TEAM + one.id.encode()), one
            for each in one.departments:
                least[each] = min(least.get(each, lot), lot, key=lambda found: found[0])
        return {each: team for each, (_, team) in sorted(least.items())}

    def going(self, seed: bytes) -> tuple[Inspector, ...]:
        """Give the officers who take part: of a department with teams, those of the drawn one."""
        teams = self.drawn_teams(seed)
        return tuple(
            one
            for one in self.inspectors
            if one.department not in teams or one.id in teams[one.department].members
        )

    def against(self, staffing: Staffing, seed: bytes) -> Iterator[Violation]:
        """Name what of an assignment's inputs is not as it was frozen."""
        frozen_ones = {one.id: one for one in self.going(seed)}
        if {one.id: one for one in staffing.inspectors} != frozen_ones:
            yield Violation("draws.roster_differs", "inspectors")
        if (staffing.day, staffing.cap) != (self.day, self.cap):
            yield Violation("draws.roster_differs", "day")
        if self.demands and any(one.demands != self.demands for one in staffing.visits):
            yield Violation("draws.roster_differs", "demands")


def roster_violations(document: object) -> Iterator[Violation]:
    """Give everything that forbids ``document`` as the roster of a rule."""
    roster = Roster.of(document)
    if roster is None:
        yield Violation("draws.rule_malformed", "rule.officers")
        return
    if roster.cap is not None and roster.cap < 1:
        yield Violation("draws.cap_unusable", "cap")
    for one in roster.inspectors:
        if fault := id_fault(one.id):
            yield Violation(fault, "rule.officers")
    if any(demand.count < 1 or not demand.departments for demand in roster.demands):
        yield Violation("draws.demand_unusable", "demands")
