"""What statistics want from the outside."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from attrs import frozen

from supervision_core.dashboards.model import Cell, Measure
from supervision_core.identity.model import AllOf, InRegion, Placement, Predicate, admits
from supervision_core.identity.model.scope import JoinedBy, LedBy, OwnedBy, Part

DIMENSIONS = ("measure", "value", "day", "month", "region", "department", "about")
"""By a month (its first day) many days count together; a thing counts for each department."""


@frozen(kw_only=True)
class Wanted:
    """Which counts are wanted: of which measures, days (both included), region and scenes.

    Of ``departments``, where there are some, only these are told by department. ``reach`` is what a
    scope demands, ``None`` for whoever reaches everything.
    """

    measures: frozenset[Measure]
    starts_on: date = date.min
    ends_on: date = date.max
    region: str = ""
    abouts: frozenset[str] | None = None
    departments: frozenset[str] = frozenset()
    reach: Predicate | None = None

    @property
    def regions(self) -> frozenset[str]:
        """The regions in all of which a cell has to lie."""
        own = {one.region for one in self._parts if isinstance(one, InRegion)}
        return frozenset(own | {self.region} - {""})

    @property
    def by_group(self) -> bool:
        """Tell whether the reach asks for more than regions."""
        return any(not isinstance(one, InRegion) for one in self._parts)

    @property
    def reached_departments(self) -> frozenset[str]:
        """Departments of which one at least has part in whatever departments have part in.

        Empty where the reach names none.
        """
        named = (one.departments for one in self._parts
                 if isinstance(one, OwnedBy | LedBy | JoinedBy))  # fmt: skip
        return frozenset[str]().union(*named)

    def admits(self, placement: Placement) -> bool:
        """Tell whether things of a group are reached, their region aside."""
        return all(admits(one, placement) for one in self._parts if not isinstance(one, InRegion))

    @property
    def _parts(self) -> tuple[Part, ...]:
        if self.reach is None:
            return ()
        return self.reach.parts if isinstance(self.reach, AllOf) else (self.reach,)


class Counts(ABC):
    """Keeps in which cells each thing counts, and how many things count in each."""

    @abstractmethod
    def settle(self, kind: str, id: str, cells: Collection[Cell]) -> None:
        """Let ``cells`` be all in which a thing counts; the same again changes nothing.

        What is settled is seen once the unit of work is committed.
        """

    @abstractmethod
    def sums(self, wanted: Wanted, by: tuple[str, ...]) -> Mapping[tuple[object, ...], int]:
        """Count by some of ``DIMENSIONS``; absent means none.

        By department, what no department is concerned with is absent.
        """

    @abstractmethod
    def standing(self, kind: str, after: str, limit: int) -> Mapping[str, frozenset[Cell]]:
        """Give the next things of a kind that count, by id beyond ``after``, with their cells."""

    @abstractmethod
    def wrong(self) -> Sequence[Cell]:
        """Give the cells whose sum is not the number of things that count there."""

    @abstractmethod
    def sum_up(self) -> None:
        """Make every sum anew from the things that count."""
