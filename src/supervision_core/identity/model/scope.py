"""Which rows an actor reaches: one definition, evaluated here and compiled into queries."""

from collections.abc import Callable
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Final

from attrs import field, frozen

from supervision_core.kernel.fields import said
from supervision_core.kernel.plain import converter, tagged_union
from supervision_core.kernel.reading import Reading
from supervision_core.kernel.registers import Reach

NOWHERE: Final = "-"
"""A region that holds nothing, for whoever has no region: a filter by it lets nothing through,
where an empty one would let everything."""


def region_contains(outer: str, inner: str) -> bool:
    """Tell whether region ``inner`` lies in ``outer`` (GB/T 2260: 450000 > 450100 > 450103)."""
    if outer.endswith("0000"):
        return inner[:2] == outer[:2]
    if outer.endswith("00"):
        return inner[:4] == outer[:4]
    return inner == outer


def region_and_above(code: str) -> tuple[str, ...]:
    """Give a region and those above it, the nearest first (GB/T 2260)."""
    city, province = f"{code[:4]}00", f"{code[:2]}0000"
    return tuple(dict.fromkeys((code, city, province))) if code else ()


class SceneRole(StrEnum):
    """场景角色 (SceneRole): as what an actor has to do with a scene and what comes of it."""

    LEAD = "lead"
    JOINING = "joining"
    THIRD_PARTY = "third_party"
    ENTERPRISE = "enterprise"
    CITIZEN = "citizen"


_OUTSIDE: Final = frozenset({SceneRole.THIRD_PARTY, SceneRole.ENTERPRISE, SceneRole.CITIZEN})


@frozen(kw_only=True)
class Placement:
    """Where an object stands: its region, the departments that own it, whom it concerns.

    ``lead`` is the one of ``departments`` that leads, empty where none does; ``parties`` are the
    ids of the firm, citizen or third party that may see the object as its own. What stands
    ``everywhere`` is within reach of whoever works in any region.
    """

    region: str
    departments: frozenset[str] = frozenset()
    lead: str = ""
    parties: frozenset[str] = frozenset()
    everywhere: bool = False


@frozen
class InRegion:
    """The object lies in ``region`` or below it."""

    region: str = field(metadata=said("位于哪一区划及其下级", example="450100", to="region"))


@frozen
class InLineWith:
    """The object lies in ``region``, below it, or in a region that holds it."""

    region: str


@frozen
class OwnedBy:
    """One of ``departments`` owns the object, or nobody does."""

    departments: frozenset[str] = field(metadata=said("归哪些部门所有", to="department"))


@frozen
class LedBy:
    """One of ``departments`` leads; without departments, some department does."""

    departments: frozenset[str] = field(
        metadata=said("由哪些部门牵头，为空则任一部门", to="department")
    )


@frozen
class JoinedBy:
    """One of ``departments`` has part in the object without leading it."""

    departments: frozenset[str] = field(metadata=said("由哪些部门参与", to="department"))


@frozen
class Concerns:
    """The object is about ``party``; about nobody when that is empty."""

    party: str = field(metadata=said("所涉当事人的编号"))


Part = InRegion | InLineWith | OwnedBy | LedBy | JoinedBy | Concerns
tagged_union(Part, converter)


@frozen
class AllOf:
    """Every part holds."""

    parts: tuple[Part, ...] = field(metadata=said("须同时满足的范围"))


Predicate = Part | AllOf
"""What a scope demands of an object. ``admits`` is its meaning; a store compiles the same value."""


def admits(predicate: Predicate, placement: Placement) -> bool:  # noqa: PLR0911 - one a part
    """Tell whether ``placement`` fulfils ``predicate``."""
    owners, lead = placement.departments, placement.lead
    if placement.everywhere and not isinstance(predicate, AllOf):
        return not isinstance(predicate, Concerns)
    match predicate:
        case InRegion(region):
            return region_contains(region, placement.region)
        case InLineWith(region):
            above = region_contains(placement.region, region)
            return above or region_contains(region, placement.region)
        case OwnedBy(departments):
            return not owners or bool(departments & owners)
        case LedBy(departments):
            return bool(lead) and (not departments or lead in departments)
        case JoinedBy(departments):
            joining = owners - {lead}
            return bool(joining & departments if departments else joining)
        case Concerns(party):
            return bool(party) and party in placement.parties
        case AllOf(parts):
            return all(admits(part, placement) for part in parts)


EVERYTHING: Final = AllOf(())
"""What every object fulfils."""
NOTHING: Final = Concerns("")
"""What no object fulfils."""


def reached_by(reach: Predicate | Reach | None) -> Callable[[Placement], bool]:
    """Give what tells whether an object is reached: all are, where nothing is demanded."""
    match reach:
        case None:
            return lambda _: True
        case Reach():
            return lambda placed: reach.covers(placed.region, "")
        case _:
            return lambda placed: admits(reach, placed)


@lru_cache(maxsize=500)
def _of_staff(region: str, departments: frozenset[str]) -> AllOf:
    """Give one object to all who reach the same: it is known again without comparing every id."""
    return AllOf((InRegion(region), OwnedBy(departments)))


@frozen(kw_only=True)
class DataScope:
    """数据范围 (DataScope): which rows an actor reaches, region subtree × department × role.

    ``departments`` empty means every department of the region (a cross-department office).
    ``role`` narrows staff to what their department leads or joins, ``None`` to neither; third
    parties, firms and citizens reach nothing but what concerns ``party``, wherever it lies.
    Source: proposal 1971-2105.
    """

    region: str
    departments: frozenset[str] = frozenset()
    role: SceneRole | None = None
    party: str = ""

    def predicate(self) -> Predicate:
        """Give what an object must fulfil: the value that a store compiles into its query."""
        return self._predicate

    @cached_property
    def _predicate(self) -> Predicate:
        within = InRegion(self.region)
        match self.role:
            case SceneRole.LEAD:
                return AllOf((within, LedBy(self.departments)))
            case SceneRole.JOINING:
                return AllOf((within, JoinedBy(self.departments)))
            case None:
                return _of_staff(self.region, self.departments) if self.departments else within
            case _:
                return Concerns(self.party)

    @property
    def outside(self) -> bool:
        """Whether somebody acts for a party outside of the departments."""
        return self.role in _OUTSIDE

    def readable(self, reading: Reading) -> Predicate:
        """Give what an object must fulfil to be looked at, where its kind says ``reading``.

        What a region owns is so read by the cities and counties below it, whatever the department;
        what a change asks for stays ``predicate``.
        """
        match reading:
            case Reading.EVERYONE:
                return EVERYTHING
            case Reading.OWNER_AND_BELOW if not self.outside:
                return InLineWith(self.region)
            case Reading.OWNER if self.outside:
                return NOTHING
            case _:
                return self.predicate()

    def covers(
        self,
        *,
        region: str,
        departments: frozenset[str],
        lead: str = "",
        parties: frozenset[str] = frozenset(),
    ) -> bool:
        """Tell whether an object of ``region``, owned by ``departments``, may be reached.

        An object without an owning department belongs to everybody of the region.
        """
        placement = Placement(region=region, departments=departments, lead=lead, parties=parties)
        return admits(self.predicate(), placement)
