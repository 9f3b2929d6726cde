"""Which rows an actor reaches: one definition, evaluated here and compiled into queries."""

from enum import StrEnum
from typing import Final

from attrs import frozen

from supervision_core.kernel.plain import converter, tagged_union

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


class SceneRole(StrEnum):
    """场景角色 (SceneRole): as what an actor has to do with a scene and what comes of it."""

    LEAD = "lead"
    JOINING = "joining"
    THIRD_PARTY = "third_party"
    ENTERPRISE = "enterprise"
    CITIZEN = "citizen"


@frozen(kw_only=True)
class Placement:
    """Where an object stands: its region, the departments that own it, whom it concerns.

    ``lead`` is the one of ``departments`` that leads, empty where none does; ``parties`` are the
    ids of the firm, citizen or third party that may see the object as its own.
    """

    region: str
    departments: frozenset[str] = frozenset()
    lead: str = ""
    parties: frozenset[str] = frozenset()


@frozen
class InRegion:
    """The object lies in ``region`` or below it."""

    region: str


@frozen
class OwnedBy:
    """One of ``departments`` owns the object, or nobody does."""

    departments: frozenset[str]


@frozen
class LedBy:
    """One of ``departments`` leads; without departments, some department does."""

    departments: frozenset[str]


@frozen
class JoinedBy:
    """One of ``departments`` has part in the object without leading it."""

    departments: frozenset[str]


@frozen
class Concerns:
    """The object is about ``party``; about nobody when that is empty."""

    party: str


Part = InRegion | OwnedBy | LedBy | JoinedBy | Concerns
tagged_union(Part, converter)


@frozen
class AllOf:
    """Every part holds."""

    parts: tuple[Part, ...]


Predicate = Part | AllOf
"""What a scope demands of an object. ``admits`` is its meaning; a store compiles the same value."""


def admits(predicate: Predicate, placement: Placement) -> bool:
    """Tell whether ``placement`` fulfils ``predicate``."""
    owners, lead = placement.departments, placement.lead
    match predicate:
        case InRegion(region):
            return region_contains(region, placement.region)
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
        within = InRegion(self.region)
        match self.role:
            case SceneRole.THIRD_PARTY | SceneRole.ENTERPRISE | SceneRole.CITIZEN:
                return Concerns(self.party)
            case SceneRole.LEAD:
                return AllOf((within, LedBy(self.departments)))
            case SceneRole.JOINING:
                return AllOf((within, JoinedBy(self.departments)))
            case None:
                return AllOf((within, OwnedBy(self.departments))) if self.departments else within

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
